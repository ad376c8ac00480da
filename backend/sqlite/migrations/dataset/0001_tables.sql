-- The tables of a dataset. Keys are small integers of this file; times are milliseconds since
-- 1970-01-01 UTC; NULL means "not known" or "not set" and is never 0. People read the views (0002).

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- How far each feed of the service was read. Written in the same transaction as the rows it covers.
CREATE TABLE sync_cursor (
  feed  TEXT NOT NULL,
  scope TEXT NOT NULL,          -- project GUID, or '' for the organization
  token TEXT NOT NULL,
  done  INTEGER NOT NULL,
  PRIMARY KEY (feed, scope)
) WITHOUT ROWID;

CREATE TABLE dim_project (
  id           INTEGER PRIMARY KEY,
  key          TEXT NOT NULL UNIQUE,   -- lower GUID, or 'name:' and the lower name when only that is known
  guid         TEXT NOT NULL,
  name         TEXT NOT NULL,
  name_seen    INTEGER NOT NULL,       -- as for a person
  description  TEXT, state TEXT, visibility TEXT,
  last_update  INTEGER,
  process_id   TEXT, process_name TEXT, process TEXT,
  tfvc         INTEGER, git INTEGER,
  default_team TEXT,
  gone         INTEGER,
  listed       INTEGER NOT NULL DEFAULT 0,  -- 1: the service listed it; 0: only rows name it
  effort_field TEXT, remaining_field TEXT, order_field TEXT, activity_field TEXT
);

CREATE TABLE dim_person (
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE,     -- lower GUID, 'address:' and the lower address, or 'name:' and the name
  guid       TEXT NOT NULL,
  -- Of several spellings the newest stands; "seen" is when it was, in periods of 30 days since 1970.
  name       TEXT NOT NULL, name_seen       INTEGER NOT NULL,
  address    TEXT NOT NULL, address_seen    INTEGER NOT NULL,
  descriptor TEXT NOT NULL, descriptor_seen INTEGER NOT NULL
);

CREATE TABLE dim_field (
  id             INTEGER PRIMARY KEY,
  reference_name TEXT NOT NULL UNIQUE,
  name           TEXT, type TEXT,
  is_identity    INTEGER, is_picklist INTEGER, custom INTEGER,
  listed         INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE dim_type (
  id             INTEGER PRIMARY KEY,
  project        INTEGER NOT NULL,
  name           TEXT NOT NULL,
  reference_name TEXT, color TEXT, disabled INTEGER,
  backlog_id     TEXT, backlog_name TEXT, backlog_rank INTEGER, backlog_kind TEXT,
  bug            INTEGER,
  listed         INTEGER NOT NULL DEFAULT 0,
  UNIQUE (project, name)
);

CREATE TABLE dim_state (
  id       INTEGER PRIMARY KEY,
  type     INTEGER NOT NULL,
  name     TEXT NOT NULL,
  color    TEXT,
  category TEXT,                       -- Proposed, InProgress, Resolved, Completed, Removed
  position INTEGER,                    -- in the workflow, from 0
  listed   INTEGER NOT NULL DEFAULT 0,
  UNIQUE (type, name)
);

-- What a revision says of project, type, state and reason in one number.
CREATE TABLE dim_situation (
  id           INTEGER PRIMARY KEY,
  project      INTEGER NOT NULL,       -- 0: none
  project_name TEXT NOT NULL,          -- as the revision spelled it
  type         INTEGER NOT NULL,       -- 0: none
  state        INTEGER NOT NULL,       -- 0: none
  reason       TEXT NOT NULL
);

-- What a revision says of its area or iteration: the node and the path as it was spelled then.
CREATE TABLE dim_place (
  id   INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,               -- 0 area, 1 iteration
  node INTEGER NOT NULL,               -- the service's node id, 0 when the revision had none
  path TEXT NOT NULL,
  seen INTEGER NOT NULL                -- period of 30 days since 1970 of the newest revision that spelled it so
);

CREATE TABLE dim_tag_set  (id INTEGER PRIMARY KEY, tags TEXT NOT NULL UNIQUE);   -- a JSON array
CREATE TABLE dim_severity (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE dim_board (
  id           INTEGER PRIMARY KEY,
  board_column TEXT NOT NULL,
  lane         TEXT NOT NULL,
  done         INTEGER                 -- NULL: not said
);
CREATE TABLE dim_link_type (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE dim_node (
  kind       INTEGER NOT NULL,         -- 0 area, 1 iteration
  id         INTEGER NOT NULL,         -- the service's node id
  identifier TEXT NOT NULL,
  project    INTEGER NOT NULL,
  parent     INTEGER NOT NULL,         -- 0 for a root
  name       TEXT NOT NULL,
  path       TEXT NOT NULL,
  depth      INTEGER NOT NULL,
  start      INTEGER, finish INTEGER,
  gone       INTEGER NOT NULL,         -- 1: the tree no longer has it
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;

CREATE TABLE dim_team (
  id            INTEGER PRIMARY KEY,
  guid          TEXT NOT NULL UNIQUE,
  project       INTEGER NOT NULL,
  name          TEXT NOT NULL,
  description   TEXT,
  working_days  TEXT NOT NULL,         -- a JSON array: ["monday", …]
  bugs_behavior TEXT,
  backlog_path  TEXT,
  default_area  TEXT
);
CREATE TABLE dim_team_area (
  team INTEGER NOT NULL, position INTEGER NOT NULL,
  path TEXT NOT NULL, include_children INTEGER NOT NULL,
  PRIMARY KEY (team, position)
) WITHOUT ROWID;
CREATE TABLE dim_team_iteration (
  team INTEGER NOT NULL, position INTEGER NOT NULL,
  identifier TEXT NOT NULL,
  PRIMARY KEY (team, position)
) WITHOUT ROWID;

-- One row a work item: which revision is current.
CREATE TABLE fact_item (
  id      INTEGER PRIMARY KEY,
  rev     INTEGER NOT NULL,
  project INTEGER NOT NULL,
  deleted INTEGER NOT NULL
);
CREATE INDEX fact_item_deleted ON fact_item (id) WHERE deleted = 1;

-- One row a revision. The key orders by work item and revision, so no index is needed:
-- rk = work item id * 1048576 + revision number. Columns that reports scan stand first.
CREATE TABLE fact_revision (
  rk                INTEGER PRIMARY KEY,
  changed           INTEGER,
  changed_by        INTEGER NOT NULL,
  situation         INTEGER NOT NULL,
  area              INTEGER NOT NULL,  -- dim_place
  iteration         INTEGER NOT NULL,  -- dim_place
  assigned_to       INTEGER NOT NULL,
  severity          INTEGER NOT NULL,
  tag_set           INTEGER NOT NULL,
  deleted           INTEGER NOT NULL,
  priority          REAL,
  story_points      REAL,
  effort            REAL,
  size              REAL,
  original_estimate REAL,
  remaining_work    REAL,
  completed_work    REAL,
  detail            INTEGER NOT NULL,  -- fact_detail.dk = work item id * 1048576 + detail
  activated         INTEGER,
  resolved          INTEGER,
  closed            INTEGER,
  state_changed     INTEGER,
  comments          INTEGER NOT NULL,
  parent            INTEGER NOT NULL,
  board             INTEGER NOT NULL,
  stack_rank        REAL,
  revised           INTEGER,
  watermark         INTEGER NOT NULL
);

-- What rarely changes, once for every different content of a work item.
CREATE TABLE fact_detail (
  dk             INTEGER PRIMARY KEY,
  title          TEXT NOT NULL,
  created        INTEGER,
  created_by     INTEGER NOT NULL,
  target         INTEGER,
  start          INTEGER,
  finish         INTEGER,
  business_value REAL,
  value_area     TEXT NOT NULL,
  activity       TEXT NOT NULL,
  other          TEXT                  -- JSON: {"<dim_field.id>": value}; a time is {"t": ms}, a person {"p": id}
);

CREATE TABLE fact_link (
  type    INTEGER NOT NULL,
  target  INTEGER NOT NULL,            -- of a hierarchy link: the child
  source  INTEGER NOT NULL,            -- of a hierarchy link: the parent
  changed INTEGER NOT NULL,            -- 0 when not known
  active  INTEGER NOT NULL,
  PRIMARY KEY (type, target, source)
) WITHOUT ROWID;
