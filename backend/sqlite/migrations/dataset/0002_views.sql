-- What people read with any SQLite tool: plain names, names instead of keys, times as ISO text in UTC.
-- docs/data.md lists them.

CREATE VIEW dataset_info AS SELECT name, value FROM meta;

CREATE VIEW project AS
SELECT guid AS project_id, name, description, state, visibility, process, process_name,
       tfvc, git, coalesce(gone, 0) AS gone,
       strftime('%Y-%m-%dT%H:%M:%fZ', last_update / 1000.0, 'unixepoch') AS last_update
  FROM dim_project WHERE listed = 1;

CREATE VIEW person AS
SELECT id AS person_key, guid AS person_id, name, address FROM dim_person;

CREATE VIEW area AS
SELECT n.id AS area_id, p.name AS project, n.name, n.path, n.depth,
       nullif(n.parent, 0) AS parent_area_id, n.gone
  FROM dim_node n LEFT JOIN dim_project p ON p.id = n.project WHERE n.kind = 0;

CREATE VIEW iteration AS
SELECT n.id AS iteration_id, p.name AS project, n.name, n.path, n.depth,
       nullif(n.parent, 0) AS parent_iteration_id,
       date(n.start / 1000, 'unixepoch') AS start_date, date(n.finish / 1000, 'unixepoch') AS finish_date,
       n.gone
  FROM dim_node n LEFT JOIN dim_project p ON p.id = n.project WHERE n.kind = 1;

CREATE VIEW team AS
SELECT t.guid AS team_id, p.name AS project, t.name, t.description, t.bugs_behavior,
       t.backlog_path AS backlog_iteration_path, t.default_area AS default_area_path,
       (SELECT group_concat(d.value, ', ') FROM json_each(t.working_days) d) AS working_days
  FROM dim_team t LEFT JOIN dim_project p ON p.id = t.project;

CREATE VIEW team_area AS
SELECT t.guid AS team_id, t.name AS team, a.path AS area_path, a.include_children
  FROM dim_team_area a JOIN dim_team t ON t.id = a.team;

CREATE VIEW team_iteration AS
SELECT t.guid AS team_id, t.name AS team, n.id AS iteration_id, n.path AS iteration_path
  FROM dim_team_iteration i JOIN dim_team t ON t.id = i.team
  LEFT JOIN dim_node n ON n.kind = 1 AND lower(n.identifier) = lower(i.identifier);

CREATE VIEW field AS
SELECT reference_name, name, type, is_identity, is_picklist, custom FROM dim_field WHERE listed = 1;

CREATE VIEW work_item_type AS
SELECT p.name AS project, t.name, t.reference_name, t.color, t.disabled, t.bug,
       t.backlog_name AS backlog, t.backlog_kind, t.backlog_rank
  FROM dim_type t LEFT JOIN dim_project p ON p.id = t.project;

CREATE VIEW work_item_state AS
SELECT p.name AS project, t.name AS work_item_type, s.name, s.category, s.position, s.color
  FROM dim_state s JOIN dim_type t ON t.id = s.type LEFT JOIN dim_project p ON p.id = t.project;

-- Every revision of every work item, also of deleted ones, as it stood then. valid_to is when the
-- next revision began; NULL while it is the newest.
CREATE VIEW work_item_revision AS
SELECT r.rk >> 20 AS work_item_id, r.rk & 1048575 AS rev,
       strftime('%Y-%m-%dT%H:%M:%fZ', r.changed / 1000.0, 'unixepoch') AS valid_from,
       (SELECT strftime('%Y-%m-%dT%H:%M:%fZ', n.changed / 1000.0, 'unixepoch') FROM fact_revision n
         WHERE n.rk > r.rk AND n.rk < ((r.rk >> 20) + 1) << 20 ORDER BY n.rk LIMIT 1) AS valid_to,
       p.name AS project, t.name AS work_item_type, s.name AS state, s.category AS state_category,
       q.reason, d.title,
       a.path AS area_path, nullif(a.node, 0) AS area_id, i.path AS iteration_path, nullif(i.node, 0) AS iteration_id,
       assigned.name AS assigned_to, assigned.address AS assigned_to_address,
       changed_by.name AS changed_by, created_by.name AS created_by,
       strftime('%Y-%m-%dT%H:%M:%fZ', d.created / 1000.0, 'unixepoch') AS created,
       strftime('%Y-%m-%dT%H:%M:%fZ', r.activated / 1000.0, 'unixepoch') AS activated,
       strftime('%Y-%m-%dT%H:%M:%fZ', r.resolved / 1000.0, 'unixepoch') AS resolved,
       strftime('%Y-%m-%dT%H:%M:%fZ', r.closed / 1000.0, 'unixepoch') AS closed,
       strftime('%Y-%m-%dT%H:%M:%fZ', r.state_changed / 1000.0, 'unixepoch') AS state_changed,
       strftime('%Y-%m-%dT%H:%M:%fZ', d.target / 1000.0, 'unixepoch') AS target_date,
       strftime('%Y-%m-%dT%H:%M:%fZ', d.start / 1000.0, 'unixepoch') AS start_date,
       strftime('%Y-%m-%dT%H:%M:%fZ', d.finish / 1000.0, 'unixepoch') AS finish_date,
       r.priority, v.name AS severity,
       (SELECT group_concat(g.value, '; ') FROM dim_tag_set ts, json_each(ts.tags) g WHERE ts.id = r.tag_set) AS tags,
       r.story_points, r.effort, r.size, r.original_estimate, r.remaining_work, r.completed_work,
       r.stack_rank, d.business_value, nullif(d.value_area, '') AS value_area, nullif(d.activity, '') AS activity,
       nullif(b.board_column, '') AS board_column, b.done AS board_column_done, nullif(b.lane, '') AS board_lane,
       r.comments AS comment_count, nullif(r.parent, 0) AS parent_id, r.deleted
  FROM fact_revision r
  JOIN fact_detail d ON d.dk = ((r.rk >> 20) << 20) + r.detail
  JOIN dim_situation q ON q.id = r.situation
  LEFT JOIN dim_project p ON p.id = q.project
  LEFT JOIN dim_type t ON t.id = q.type
  LEFT JOIN dim_state s ON s.id = q.state
  LEFT JOIN dim_place a ON a.id = r.area
  LEFT JOIN dim_place i ON i.id = r.iteration
  LEFT JOIN dim_person assigned ON assigned.id = r.assigned_to
  LEFT JOIN dim_person changed_by ON changed_by.id = r.changed_by
  LEFT JOIN dim_person created_by ON created_by.id = d.created_by
  LEFT JOIN dim_severity v ON v.id = r.severity
  LEFT JOIN dim_board b ON b.id = r.board;

-- The current state of every work item that is not deleted. The parent comes from the newest active
-- hierarchy link, and from the work item itself while no link is known.
CREATE VIEW work_item AS
SELECT r.rk >> 20 AS work_item_id, r.rk & 1048575 AS rev,
       p.name AS project, t.name AS work_item_type, s.name AS state, s.category AS state_category,
       q.reason, d.title,
       coalesce(an.path, a.path) AS area_path, nullif(a.node, 0) AS area_id,
       coalesce(inode.path, i.path) AS iteration_path, nullif(i.node, 0) AS iteration_id,
       assigned.name AS assigned_to, assigned.address AS assigned_to_address,
       created_by.name AS created_by, changed_by.name AS changed_by,
       strftime('%Y-%m-%dT%H:%M:%fZ', d.created / 1000.0, 'unixepoch') AS created,
       strftime('%Y-%m-%dT%H:%M:%fZ', r.changed / 1000.0, 'unixepoch') AS changed,
       strftime('%Y-%m-%dT%H:%M:%fZ', r.activated / 1000.0, 'unixepoch') AS activated,
       strftime('%Y-%m-%dT%H:%M:%fZ', r.resolved / 1000.0, 'unixepoch') AS resolved,
       strftime('%Y-%m-%dT%H:%M:%fZ', r.closed / 1000.0, 'unixepoch') AS closed,
       strftime('%Y-%m-%dT%H:%M:%fZ', r.state_changed / 1000.0, 'unixepoch') AS state_changed,
       strftime('%Y-%m-%dT%H:%M:%fZ', d.target / 1000.0, 'unixepoch') AS target_date,
       strftime('%Y-%m-%dT%H:%M:%fZ', d.start / 1000.0, 'unixepoch') AS start_date,
       strftime('%Y-%m-%dT%H:%M:%fZ', d.finish / 1000.0, 'unixepoch') AS finish_date,
       r.priority, v.name AS severity,
       (SELECT group_concat(g.value, '; ') FROM dim_tag_set ts, json_each(ts.tags) g WHERE ts.id = r.tag_set) AS tags,
       r.story_points, r.effort, r.size, r.original_estimate, r.remaining_work, r.completed_work,
       r.stack_rank, d.business_value, nullif(d.value_area, '') AS value_area, nullif(d.activity, '') AS activity,
       nullif(b.board_column, '') AS board_column, b.done AS board_column_done, nullif(b.lane, '') AS board_lane,
       r.comments AS comment_count,
       nullif(CASE WHEN EXISTS (SELECT 1 FROM fact_link l JOIN dim_link_type lt ON lt.id = l.type
                          WHERE lt.name = 'System.LinkTypes.Hierarchy' AND l.target = w.id)
            THEN (SELECT l.source FROM fact_link l JOIN dim_link_type lt ON lt.id = l.type
                   WHERE lt.name = 'System.LinkTypes.Hierarchy' AND l.target = w.id AND l.active = 1
                   ORDER BY l.changed DESC, l.source DESC LIMIT 1)
            ELSE nullif(r.parent, 0) END, w.id) AS parent_id
  FROM fact_item w
  JOIN fact_revision r ON r.rk = (w.id << 20) + w.rev
  JOIN fact_detail d ON d.dk = (w.id << 20) + r.detail
  JOIN dim_situation q ON q.id = r.situation
  LEFT JOIN dim_project p ON p.id = q.project
  LEFT JOIN dim_type t ON t.id = q.type
  LEFT JOIN dim_state s ON s.id = q.state
  LEFT JOIN dim_place a ON a.id = r.area
  LEFT JOIN dim_node an ON an.kind = 0 AND an.id = a.node
  LEFT JOIN dim_place i ON i.id = r.iteration
  LEFT JOIN dim_node inode ON inode.kind = 1 AND inode.id = i.node
  LEFT JOIN dim_person assigned ON assigned.id = r.assigned_to
  LEFT JOIN dim_person changed_by ON changed_by.id = r.changed_by
  LEFT JOIN dim_person created_by ON created_by.id = d.created_by
  LEFT JOIN dim_severity v ON v.id = r.severity
  LEFT JOIN dim_board b ON b.id = r.board
 WHERE w.deleted = 0;

CREATE VIEW work_item_tag AS
SELECT w.id AS work_item_id, g.value AS tag
  FROM fact_item w JOIN fact_revision r ON r.rk = (w.id << 20) + w.rev
  JOIN dim_tag_set ts ON ts.id = r.tag_set, json_each(ts.tags) g
 WHERE w.deleted = 0;

-- Every other field of the current revisions, custom ones included, one row a field.
CREATE VIEW work_item_field AS
SELECT w.id AS work_item_id, f.reference_name, f.name AS field,
       CASE o.type WHEN 'true' THEN 'True' WHEN 'false' THEN 'False'
            WHEN 'object' THEN coalesce(
              strftime('%Y-%m-%dT%H:%M:%fZ', json_extract(o.value, '$.t') / 1000.0, 'unixepoch'),
              (SELECT pe.name FROM dim_person pe WHERE pe.id = json_extract(o.value, '$.p')))
            ELSE o.value END AS value
  FROM fact_item w JOIN fact_revision r ON r.rk = (w.id << 20) + w.rev
  JOIN fact_detail d ON d.dk = (w.id << 20) + r.detail, json_each(d.other) o
  JOIN dim_field f ON f.id = CAST(o.key AS INTEGER)
 WHERE w.deleted = 0;

CREATE VIEW work_item_link AS
SELECT lt.name AS link_type, l.source AS source_id, l.target AS target_id, l.active,
       strftime('%Y-%m-%dT%H:%M:%fZ', nullif(l.changed, 0) / 1000.0, 'unixepoch') AS changed
  FROM fact_link l JOIN dim_link_type lt ON lt.id = l.type;
