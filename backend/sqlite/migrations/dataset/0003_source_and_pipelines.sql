-- Source control, pipelines, tests, boards and capacities. As in 0001 keys are small integers of this
-- file, 0 stands for none, times are milliseconds since 1970-01-01 UTC, NULL means "not known". A commit id is
-- a blob of 20 bytes (text only if it is not hexadecimal). Rows the server no longer has stay, with gone = 1.
-- There are five secondary indexes beside the unique ones; each says which question needs it.

-- Every text that comes again and again: refs, states, results, names of steps, pools, folders.
CREATE TABLE dim_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

-- Who wrote a commit, as Git knows them.
CREATE TABLE dim_signature (id INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, UNIQUE (name, address));

CREATE TABLE dim_repository (
  id             INTEGER PRIMARY KEY,
  key            TEXT NOT NULL UNIQUE, -- lower GUID
  guid           TEXT NOT NULL,
  project        INTEGER NOT NULL,
  name           TEXT NOT NULL,
  default_branch TEXT NOT NULL,
  size           INTEGER NOT NULL,
  web_url        TEXT NOT NULL,
  disabled       INTEGER NOT NULL,
  in_maintenance INTEGER NOT NULL,
  fork           INTEGER NOT NULL,
  gone           INTEGER NOT NULL,
  listed         INTEGER NOT NULL      -- 1: the service listed it; 0: only rows name it
);

CREATE TABLE fact_branch (
  repository INTEGER NOT NULL,
  ref        INTEGER NOT NULL,         -- dim_text
  head       BLOB,
  gone       INTEGER NOT NULL,
  PRIMARY KEY (repository, ref)
) WITHOUT ROWID;

-- Commits are appended in the order they come, and only the narrow index is scattered; their texts are
-- apart, so that reports scan narrow rows.
CREATE TABLE fact_commit (
  id         INTEGER PRIMARY KEY,
  repository INTEGER NOT NULL,
  sha        BLOB NOT NULL,
  author     INTEGER NOT NULL,         -- dim_signature
  authored   INTEGER,
  committer  INTEGER NOT NULL,
  committed  INTEGER,
  adds INTEGER, edits INTEGER, deletes INTEGER, -- files
  UNIQUE (repository, sha)
);
CREATE TABLE fact_commit_comment (id INTEGER PRIMARY KEY, comment TEXT NOT NULL);

CREATE TABLE fact_push (
  repository INTEGER NOT NULL,
  id         INTEGER NOT NULL,
  pushed     INTEGER,
  pushed_by  INTEGER NOT NULL,
  PRIMARY KEY (repository, id)
) WITHOUT ROWID;
CREATE TABLE fact_ref_update (
  repository INTEGER NOT NULL,
  push       INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  ref        INTEGER NOT NULL,         -- dim_text
  old        BLOB,                     -- NULL: the ref was made
  new        BLOB,                     -- NULL: the ref was deleted
  PRIMARY KEY (repository, push, position)
) WITHOUT ROWID;

CREATE TABLE fact_pull_request (
  id            INTEGER PRIMARY KEY,
  project       INTEGER NOT NULL,
  repository    INTEGER NOT NULL,
  title         TEXT NOT NULL,
  status        INTEGER NOT NULL,      -- dim_text
  active        INTEGER NOT NULL,      -- 1: the status is active
  source        INTEGER NOT NULL,      -- dim_text, as target and merge_status
  target        INTEGER NOT NULL,
  merge_status  INTEGER NOT NULL,
  draft         INTEGER NOT NULL,
  created       INTEGER,
  closed        INTEGER,
  created_by    INTEGER NOT NULL,
  closed_by     INTEGER NOT NULL,
  source_commit BLOB,
  labels        INTEGER NOT NULL,      -- dim_tag_set
  reviewers     TEXT NOT NULL,         -- JSON: [[person, vote, flags], …]; flags 1 required, 2 group, 4 declined
  reviewed      INTEGER                -- when its threads were read: fact_review.read
);
-- Each refresh asks for the active ones and for those whose threads are to be read: a few of many.
CREATE INDEX fact_pull_request_pending ON fact_pull_request (project, id)
 WHERE active = 1 OR reviewed IS NULL OR reviewed < closed + 86400000;

CREATE TABLE fact_review (
  pull_request INTEGER PRIMARY KEY,
  project      INTEGER NOT NULL,
  repository   INTEGER NOT NULL,
  read         INTEGER,                -- when the threads were read: no fact of the organization
  threads      INTEGER NOT NULL,
  comments     INTEGER NOT NULL,
  first_review INTEGER,
  votes        TEXT NOT NULL           -- JSON: [[person, vote, time], …]
);

CREATE TABLE dim_definition (
  id           INTEGER PRIMARY KEY,
  project      INTEGER NOT NULL,
  definition   INTEGER NOT NULL,       -- the service's id
  name         TEXT NOT NULL,
  name_seen    INTEGER NOT NULL,       -- as for a person
  path         TEXT, queue_status TEXT, kind TEXT,
  gone         INTEGER NOT NULL DEFAULT 0,
  listed       INTEGER NOT NULL DEFAULT 0,
  UNIQUE (project, definition)
);

-- What a build was made from: a repository of any kind.
CREATE TABLE dim_build_source (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,            -- TfsGit, TfsVersionControl, GitHub, …
  repository TEXT NOT NULL,            -- lower GUID for TfsGit
  UNIQUE (kind, repository)
);

CREATE TABLE fact_build (
  id            INTEGER PRIMARY KEY,
  project       INTEGER NOT NULL,
  definition    INTEGER NOT NULL,      -- dim_definition
  status        INTEGER NOT NULL,      -- dim_text, as result, reason, branch and pool
  completed     INTEGER NOT NULL,      -- 1: the status is completed
  result        INTEGER NOT NULL,
  reason        INTEGER NOT NULL,
  branch        INTEGER NOT NULL,
  pool          INTEGER NOT NULL,
  source        INTEGER NOT NULL,      -- dim_build_source
  queued        INTEGER,
  started       INTEGER,
  finished      INTEGER,
  requested_for INTEGER NOT NULL,
  requested_by  INTEGER NOT NULL,
  tags          INTEGER NOT NULL,      -- dim_tag_set
  keep_forever  INTEGER NOT NULL,
  gone          INTEGER NOT NULL,
  number        TEXT NOT NULL,
  version       BLOB,                  -- commit id, or text: C123 for a changeset
  waits         INTEGER                -- NULL: no timeline to read; 1: its timeline is to be read; 2: and it failed
);
-- Which builds does the server still have? Asked of all of a project, by when they were queued; it also
-- counts them.
CREATE INDEX fact_build_kept ON fact_build (project, queued) WHERE gone = 0;
-- Which builds have to be read again until they finish? A handful.
CREATE INDEX fact_build_open ON fact_build (project, id) WHERE completed = 0 AND gone = 0;
-- Which timeline comes next? Failed ones first, then the newest.
CREATE INDEX fact_build_waits ON fact_build (project, waits, queued) WHERE waits IS NOT NULL;

CREATE TABLE fact_timeline (
  build    INTEGER PRIMARY KEY,
  project  INTEGER NOT NULL,
  read     INTEGER,                    -- when it was read: no fact of the organization
  finished INTEGER,                    -- when the build had finished then: a build that runs again has another timeline
  empty    INTEGER NOT NULL,
  records  INTEGER NOT NULL            -- how many rows it has in fact_timeline_record
);
-- The records of a build are one range of keys: rk = build id * 65536 + number, in the order of their ids.
CREATE TABLE fact_timeline_record (
  rk         INTEGER PRIMARY KEY,
  id         BLOB NOT NULL,            -- GUID as 16 bytes; text if it is none
  parent     BLOB,                     -- number of the record, or its id when it did not come; NULL: none
  kind       INTEGER NOT NULL,         -- dim_text, as name, identifier, state, result and worker
  name       INTEGER NOT NULL,
  identifier INTEGER NOT NULL,
  state      INTEGER NOT NULL,
  result     INTEGER NOT NULL,
  worker     INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  attempt    INTEGER NOT NULL,
  errors     INTEGER NOT NULL,
  warnings   INTEGER NOT NULL,
  started    INTEGER,
  finished   INTEGER
);

CREATE TABLE dim_release_definition (
  id         INTEGER PRIMARY KEY,
  project    INTEGER NOT NULL,
  definition INTEGER NOT NULL,         -- the service's id
  name       TEXT NOT NULL,
  name_seen  INTEGER NOT NULL,
  UNIQUE (project, definition)
);
CREATE TABLE dim_environment (
  id          INTEGER PRIMARY KEY,
  definition  INTEGER NOT NULL,        -- dim_release_definition
  environment INTEGER NOT NULL,        -- the service's id
  name        TEXT NOT NULL,
  name_seen   INTEGER NOT NULL,
  UNIQUE (definition, environment)
);
CREATE TABLE fact_deployment (
  project       INTEGER NOT NULL,
  id            INTEGER NOT NULL,
  release       INTEGER NOT NULL,
  release_name  TEXT NOT NULL,
  environment   INTEGER NOT NULL,      -- dim_environment
  attempt       INTEGER NOT NULL,
  reason        INTEGER NOT NULL,      -- dim_text, as status and operation
  status        INTEGER NOT NULL,
  operation     INTEGER NOT NULL,
  queued INTEGER, started INTEGER, completed INTEGER, modified INTEGER,
  requested_for INTEGER NOT NULL,
  requested_by  INTEGER NOT NULL,
  build         INTEGER NOT NULL,
  PRIMARY KEY (project, id)
) WITHOUT ROWID;

CREATE TABLE fact_test_run (
  project   INTEGER NOT NULL,
  id        INTEGER NOT NULL,
  name      TEXT NOT NULL,
  automated INTEGER NOT NULL,
  state     INTEGER NOT NULL,          -- dim_text, as stage
  started INTEGER, completed INTEGER, updated INTEGER,
  owner     INTEGER NOT NULL,
  build     INTEGER NOT NULL,
  release   INTEGER NOT NULL,
  stage     INTEGER NOT NULL,
  total INTEGER NOT NULL, passed INTEGER NOT NULL, failed INTEGER NOT NULL, not_executed INTEGER NOT NULL,
  incomplete INTEGER NOT NULL, not_applicable INTEGER NOT NULL,
  outcomes  TEXT,                      -- JSON: {"Passed": 12, …}; NULL when the service did not say
  PRIMARY KEY (project, id)
) WITHOUT ROWID;

CREATE TABLE fact_changeset (
  id            INTEGER PRIMARY KEY,
  project       INTEGER NOT NULL,      -- that listed it first
  author        INTEGER NOT NULL,
  checked_in_by INTEGER NOT NULL,
  created       INTEGER,
  comment       TEXT NOT NULL,
  files_read    INTEGER NOT NULL
);
-- Which changesets still need their files? Few after the first load.
CREATE INDEX fact_changeset_unread ON fact_changeset (project, id) WHERE files_read = 0;
-- The further projects of changesets that touch more than one.
CREATE TABLE fact_changeset_project (
  project   INTEGER NOT NULL,
  changeset INTEGER NOT NULL,
  PRIMARY KEY (project, changeset)
) WITHOUT ROWID;

CREATE TABLE dim_file (
  id     INTEGER PRIMARY KEY,
  folder INTEGER NOT NULL,             -- dim_text: $/Project/src; 0 for none
  name   TEXT NOT NULL,
  UNIQUE (folder, name)
);
CREATE TABLE fact_changed_file (
  changeset INTEGER NOT NULL,
  file      INTEGER NOT NULL,
  flags     INTEGER NOT NULL,          -- 1 add, 2 edit, 4 delete, 8 rename, 16 branch, 32 merge, …
  folder    INTEGER NOT NULL,
  size      INTEGER,
  PRIMARY KEY (changeset, file)
) WITHOUT ROWID;

CREATE TABLE dim_tfvc_branch (
  path    TEXT PRIMARY KEY,
  project INTEGER NOT NULL,
  parent  TEXT NOT NULL,               -- '' for a root
  owner   INTEGER NOT NULL,
  created INTEGER,
  deleted INTEGER NOT NULL,
  gone    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE dim_team_board (
  team         TEXT NOT NULL,          -- dim_team.guid
  board        TEXT NOT NULL,          -- lower GUID
  name         TEXT NOT NULL,
  backlog      TEXT NOT NULL,
  column_field TEXT NOT NULL, done_field TEXT NOT NULL, lane_field TEXT NOT NULL,
  columns      TEXT NOT NULL,          -- JSON, in their order: [{"id", "name", "kind", "limit", "split", "description", "states": {type: state}}, …]
  lanes        TEXT NOT NULL,          -- JSON: [{"id", "name"}, …]
  PRIMARY KEY (team, board)
) WITHOUT ROWID;

CREATE TABLE dim_capacity (
  team      TEXT NOT NULL,             -- dim_team.guid
  iteration TEXT NOT NULL,             -- lower identifier
  person    INTEGER NOT NULL,
  activity  TEXT NOT NULL,
  per_day   REAL NOT NULL,             -- hours
  PRIMARY KEY (team, iteration, person, activity)
) WITHOUT ROWID;
CREATE TABLE dim_day_off (
  team      TEXT NOT NULL,
  iteration TEXT NOT NULL,
  person    INTEGER NOT NULL,          -- 0: the whole team
  first     INTEGER NOT NULL,
  last      INTEGER NOT NULL,          -- included
  PRIMARY KEY (team, iteration, person, first, last)
) WITHOUT ROWID;
