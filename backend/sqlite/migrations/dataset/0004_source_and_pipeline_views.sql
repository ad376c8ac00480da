-- The views over the tables of 0003, in the manner of 0002. docs/data.md lists them.

CREATE VIEW repository AS
SELECT r.guid AS repository_id, p.name AS project, r.name, nullif(r.default_branch, '') AS default_branch, r.size AS bytes,
       nullif(r.web_url, '') AS web_url, r.disabled, r.in_maintenance, r.fork, r.gone
  FROM dim_repository r LEFT JOIN dim_project p ON p.id = r.project WHERE r.listed = 1;

CREATE VIEW branch AS
SELECT p.name AS project, r.name AS repository, n.text AS name,
       CASE typeof(b.head) WHEN 'blob' THEN lower(hex(b.head)) ELSE b.head END AS head_commit_id, b.gone
  FROM fact_branch b JOIN dim_repository r ON r.id = b.repository JOIN dim_text n ON n.id = b.ref
  LEFT JOIN dim_project p ON p.id = r.project;

CREATE VIEW git_commit AS
SELECT p.name AS project, r.name AS repository,
       CASE typeof(c.sha) WHEN 'blob' THEN lower(hex(c.sha)) ELSE c.sha END AS commit_id,
       a.name AS author, a.address AS author_address,
       strftime('%Y-%m-%dT%H:%M:%fZ', c.authored / 1000.0, 'unixepoch') AS authored,
       m.name AS committer, m.address AS committer_address,
       strftime('%Y-%m-%dT%H:%M:%fZ', c.committed / 1000.0, 'unixepoch') AS committed,
       c.adds AS files_added, c.edits AS files_edited, c.deletes AS files_deleted, t.comment
  FROM fact_commit c JOIN dim_repository r ON r.id = c.repository
  LEFT JOIN dim_project p ON p.id = r.project
  LEFT JOIN dim_signature a ON a.id = c.author
  LEFT JOIN dim_signature m ON m.id = c.committer
  LEFT JOIN fact_commit_comment t ON t.id = c.id;

CREATE VIEW push AS
SELECT p.name AS project, r.name AS repository, h.id AS push_id,
       strftime('%Y-%m-%dT%H:%M:%fZ', h.pushed / 1000.0, 'unixepoch') AS pushed, u.name AS pushed_by, u.address AS pushed_by_address
  FROM fact_push h JOIN dim_repository r ON r.id = h.repository
  LEFT JOIN dim_project p ON p.id = r.project LEFT JOIN dim_person u ON u.id = h.pushed_by;

CREATE VIEW push_ref_update AS
SELECT p.name AS project, r.name AS repository, h.push AS push_id, n.text AS ref,
       CASE typeof(h.old) WHEN 'blob' THEN lower(hex(h.old)) ELSE h.old END AS old_commit_id,
       CASE typeof(h.new) WHEN 'blob' THEN lower(hex(h.new)) ELSE h.new END AS new_commit_id
  FROM fact_ref_update h JOIN dim_repository r ON r.id = h.repository JOIN dim_text n ON n.id = h.ref
  LEFT JOIN dim_project p ON p.id = r.project;

CREATE VIEW pull_request AS
SELECT q.id AS pull_request_id, p.name AS project, r.name AS repository, q.title, s.text AS status, q.draft,
       source.text AS source_branch, target.text AS target_branch, merge.text AS merge_status,
       creator.name AS created_by, creator.address AS created_by_address,
       strftime('%Y-%m-%dT%H:%M:%fZ', q.created / 1000.0, 'unixepoch') AS created,
       strftime('%Y-%m-%dT%H:%M:%fZ', q.closed / 1000.0, 'unixepoch') AS closed, closer.name AS closed_by,
       (q.closed - q.created) / 3600000.0 AS hours_open,
       strftime('%Y-%m-%dT%H:%M:%fZ', v.first_review / 1000.0, 'unixepoch') AS first_review,
       (v.first_review - q.created) / 3600000.0 AS hours_to_first_review, v.threads, v.comments,
       (SELECT group_concat(g.value, '; ') FROM dim_tag_set ts, json_each(ts.tags) g WHERE ts.id = q.labels) AS labels,
       CASE typeof(q.source_commit) WHEN 'blob' THEN lower(hex(q.source_commit)) ELSE q.source_commit END AS source_commit_id
  FROM fact_pull_request q
  LEFT JOIN dim_project p ON p.id = q.project
  LEFT JOIN dim_repository r ON r.id = q.repository
  LEFT JOIN dim_text s ON s.id = q.status
  LEFT JOIN dim_text source ON source.id = q.source
  LEFT JOIN dim_text target ON target.id = q.target
  LEFT JOIN dim_text merge ON merge.id = q.merge_status
  LEFT JOIN dim_person creator ON creator.id = q.created_by
  LEFT JOIN dim_person closer ON closer.id = q.closed_by
  LEFT JOIN fact_review v ON v.pull_request = q.id;

CREATE VIEW pull_request_reviewer AS
SELECT q.id AS pull_request_id, u.name AS reviewer, u.address AS reviewer_address, json_extract(w.value, '$[1]') AS vote,
       (json_extract(w.value, '$[2]') & 1) <> 0 AS required, (json_extract(w.value, '$[2]') & 2) <> 0 AS is_group,
       (json_extract(w.value, '$[2]') & 4) <> 0 AS declined
  FROM fact_pull_request q, json_each(q.reviewers) w LEFT JOIN dim_person u ON u.id = json_extract(w.value, '$[0]');

CREATE VIEW pull_request_vote AS
SELECT v.pull_request AS pull_request_id, u.name AS reviewer, u.address AS reviewer_address, json_extract(w.value, '$[1]') AS vote,
       strftime('%Y-%m-%dT%H:%M:%fZ', json_extract(w.value, '$[2]') / 1000.0, 'unixepoch') AS voted
  FROM fact_review v, json_each(v.votes) w LEFT JOIN dim_person u ON u.id = json_extract(w.value, '$[0]');

CREATE VIEW pull_request_label AS
SELECT q.id AS pull_request_id, g.value AS label
  FROM fact_pull_request q JOIN dim_tag_set ts ON ts.id = q.labels, json_each(ts.tags) g;

CREATE VIEW build_definition AS
SELECT d.definition AS definition_id, p.name AS project, d.name, d.path, d.queue_status, d.kind, d.gone
  FROM dim_definition d LEFT JOIN dim_project p ON p.id = d.project WHERE d.listed = 1;

CREATE VIEW build AS
SELECT b.id AS build_id, p.name AS project, d.definition AS definition_id, d.name AS definition, b.number,
       s.text AS status, x.text AS result, why.text AS reason, n.text AS branch,
       CASE typeof(b.version) WHEN 'blob' THEN lower(hex(b.version)) ELSE b.version END AS source_version,
       o.kind AS repository_kind, coalesce(r.name, o.repository) AS repository, l.text AS pool,
       strftime('%Y-%m-%dT%H:%M:%fZ', b.queued / 1000.0, 'unixepoch') AS queued,
       strftime('%Y-%m-%dT%H:%M:%fZ', b.started / 1000.0, 'unixepoch') AS started,
       strftime('%Y-%m-%dT%H:%M:%fZ', b.finished / 1000.0, 'unixepoch') AS finished,
       (b.started - b.queued) / 60000.0 AS minutes_waiting, (b.finished - b.started) / 60000.0 AS minutes_running,
       u.name AS requested_for, u.address AS requested_for_address, y.name AS requested_by,
       (SELECT group_concat(g.value, '; ') FROM dim_tag_set ts, json_each(ts.tags) g WHERE ts.id = b.tags) AS tags,
       b.keep_forever, b.gone
  FROM fact_build b
  LEFT JOIN dim_project p ON p.id = b.project
  LEFT JOIN dim_definition d ON d.id = b.definition
  LEFT JOIN dim_text s ON s.id = b.status
  LEFT JOIN dim_text x ON x.id = b.result
  LEFT JOIN dim_text why ON why.id = b.reason
  LEFT JOIN dim_text n ON n.id = b.branch
  LEFT JOIN dim_text l ON l.id = b.pool
  LEFT JOIN dim_build_source o ON o.id = b.source
  LEFT JOIN dim_repository r ON o.kind = 'TfsGit' AND r.key = o.repository AND r.listed = 1
  LEFT JOIN dim_person u ON u.id = b.requested_for
  LEFT JOIN dim_person y ON y.id = b.requested_by;

CREATE VIEW build_tag AS
SELECT b.id AS build_id, g.value AS tag FROM fact_build b JOIN dim_tag_set ts ON ts.id = b.tags, json_each(ts.tags) g;

CREATE VIEW build_timeline_record AS
SELECT t.rk >> 16 AS build_id, t.rk & 65535 AS record, CASE typeof(t.parent) WHEN 'integer' THEN t.parent END AS parent_record,
       kind.text AS kind, name.text AS name, i.text AS identifier, s.text AS state, x.text AS result, w.text AS worker,
       t.position, t.attempt, t.errors, t.warnings,
       strftime('%Y-%m-%dT%H:%M:%fZ', t.started / 1000.0, 'unixepoch') AS started,
       strftime('%Y-%m-%dT%H:%M:%fZ', t.finished / 1000.0, 'unixepoch') AS finished,
       (t.finished - t.started) / 1000.0 AS seconds
  FROM fact_timeline_record t
  LEFT JOIN dim_text kind ON kind.id = t.kind
  LEFT JOIN dim_text name ON name.id = t.name
  LEFT JOIN dim_text i ON i.id = t.identifier
  LEFT JOIN dim_text s ON s.id = t.state
  LEFT JOIN dim_text x ON x.id = t.result
  LEFT JOIN dim_text w ON w.id = t.worker;

CREATE VIEW deployment AS
SELECT x.id AS deployment_id, p.name AS project, d.definition AS definition_id, d.name AS definition, x.release AS release_id,
       x.release_name AS release, e.environment AS environment_id, e.name AS environment, x.attempt,
       why.text AS reason, s.text AS status, o.text AS operation_status,
       strftime('%Y-%m-%dT%H:%M:%fZ', x.queued / 1000.0, 'unixepoch') AS queued,
       strftime('%Y-%m-%dT%H:%M:%fZ', x.started / 1000.0, 'unixepoch') AS started,
       strftime('%Y-%m-%dT%H:%M:%fZ', x.completed / 1000.0, 'unixepoch') AS completed,
       u.name AS requested_for, y.name AS requested_by, nullif(x.build, 0) AS build_id
  FROM fact_deployment x
  LEFT JOIN dim_project p ON p.id = x.project
  LEFT JOIN dim_environment e ON e.id = x.environment
  LEFT JOIN dim_release_definition d ON d.id = e.definition
  LEFT JOIN dim_text why ON why.id = x.reason
  LEFT JOIN dim_text s ON s.id = x.status
  LEFT JOIN dim_text o ON o.id = x.operation
  LEFT JOIN dim_person u ON u.id = x.requested_for
  LEFT JOIN dim_person y ON y.id = x.requested_by;

CREATE VIEW test_run AS
SELECT r.id AS test_run_id, p.name AS project, r.name, r.automated, s.text AS state,
       strftime('%Y-%m-%dT%H:%M:%fZ', r.started / 1000.0, 'unixepoch') AS started,
       strftime('%Y-%m-%dT%H:%M:%fZ', r.completed / 1000.0, 'unixepoch') AS completed,
       u.name AS owner, nullif(r.build, 0) AS build_id, nullif(r.release, 0) AS release_id, g.text AS stage,
       r.total, r.passed, r.failed, r.not_executed, r.incomplete, r.not_applicable
  FROM fact_test_run r
  LEFT JOIN dim_project p ON p.id = r.project
  LEFT JOIN dim_text s ON s.id = r.state
  LEFT JOIN dim_text g ON g.id = r.stage
  LEFT JOIN dim_person u ON u.id = r.owner;

CREATE VIEW test_run_outcome AS
SELECT r.id AS test_run_id, p.name AS project, o.key AS outcome, o.value AS results
  FROM fact_test_run r LEFT JOIN dim_project p ON p.id = r.project, json_each(r.outcomes) o;

CREATE VIEW changeset AS
SELECT c.id AS changeset_id, p.name AS project, a.name AS author, a.address AS author_address, k.name AS checked_in_by,
       strftime('%Y-%m-%dT%H:%M:%fZ', c.created / 1000.0, 'unixepoch') AS created, nullif(c.comment, '') AS comment,
       CASE c.files_read WHEN 1 THEN (SELECT count(*) FROM fact_changed_file f WHERE f.changeset = c.id) END AS files
  FROM fact_changeset c
  LEFT JOIN dim_project p ON p.id = c.project
  LEFT JOIN dim_person a ON a.id = c.author
  LEFT JOIN dim_person k ON k.id = c.checked_in_by;

CREATE VIEW changed_file AS
SELECT f.changeset AS changeset_id, CASE WHEN d.id IS NULL THEN n.name ELSE d.text || '/' || n.name END AS path,
       f.folder AS is_folder, f.size AS bytes,
       (f.flags & 1) <> 0 AS added, (f.flags & 2) <> 0 AS edited, (f.flags & 4) <> 0 AS deleted, (f.flags & 8) <> 0 AS renamed,
       (f.flags & 16) <> 0 AS branched, (f.flags & 32) <> 0 AS merged, f.flags
  FROM fact_changed_file f JOIN dim_file n ON n.id = f.file LEFT JOIN dim_text d ON d.id = n.folder;

CREATE VIEW tfvc_branch AS
SELECT b.path, p.name AS project, nullif(b.parent, '') AS parent_path, u.name AS owner,
       strftime('%Y-%m-%dT%H:%M:%fZ', b.created / 1000.0, 'unixepoch') AS created, b.deleted, b.gone
  FROM dim_tfvc_branch b LEFT JOIN dim_project p ON p.id = b.project LEFT JOIN dim_person u ON u.id = b.owner;

CREATE VIEW board AS
SELECT b.board AS board_id, b.team AS team_id, t.name AS team, p.name AS project, b.name, nullif(b.backlog, '') AS backlog_id
  FROM dim_team_board b LEFT JOIN dim_team t ON t.guid = b.team LEFT JOIN dim_project p ON p.id = t.project;

CREATE VIEW board_column AS
SELECT b.board AS board_id, b.team AS team_id, c.key AS position, json_extract(c.value, '$.name') AS name,
       json_extract(c.value, '$.kind') AS kind, nullif(json_extract(c.value, '$.limit'), 0) AS item_limit,
       json_extract(c.value, '$.split') AS is_split, nullif(json_extract(c.value, '$.description'), '') AS description
  FROM dim_team_board b, json_each(b.columns) c;

CREATE VIEW board_column_state AS
SELECT b.board AS board_id, b.team AS team_id, c.key AS position, json_extract(c.value, '$.name') AS board_column,
       s.key AS work_item_type, s.value AS state
  FROM dim_team_board b, json_each(b.columns) c, json_each(c.value, '$.states') s;

CREATE VIEW board_lane AS
SELECT b.board AS board_id, b.team AS team_id, l.key AS position, json_extract(l.value, '$.name') AS name
  FROM dim_team_board b, json_each(b.lanes) l;

CREATE VIEW team_capacity AS
SELECT c.team AS team_id, t.name AS team, n.id AS iteration_id, n.path AS iteration_path, u.name AS person, u.address AS person_address,
       nullif(c.activity, '') AS activity, c.per_day AS hours_per_day
  FROM dim_capacity c LEFT JOIN dim_team t ON t.guid = c.team LEFT JOIN dim_person u ON u.id = c.person
  LEFT JOIN dim_node n ON n.kind = 1 AND lower(n.identifier) = c.iteration;

CREATE VIEW team_day_off AS
SELECT o.team AS team_id, t.name AS team, n.id AS iteration_id, n.path AS iteration_path, u.name AS person,
       date(o.first / 1000, 'unixepoch') AS first_day, date(o.last / 1000, 'unixepoch') AS last_day
  FROM dim_day_off o LEFT JOIN dim_team t ON t.guid = o.team LEFT JOIN dim_person u ON u.id = o.person
  LEFT JOIN dim_node n ON n.kind = 1 AND lower(n.identifier) = o.iteration;
