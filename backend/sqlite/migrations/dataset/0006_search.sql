-- What the search finds: titles of work items and pull requests, comments of commits and changesets. The texts
-- stand in their own tables; here is only which words occur where. rowid = kind * 2^48 + number: kind 0 a work item,
-- 1 a pull request, 2 a commit (fact_commit.id), 3 a changeset.
CREATE VIRTUAL TABLE text_search USING fts5(text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');

INSERT INTO text_search (rowid, text)
SELECT w.id, d.title FROM fact_item w
  JOIN fact_revision r ON r.rk = (w.id << 20) + w.rev JOIN fact_detail d ON d.dk = (w.id << 20) + r.detail WHERE d.title <> ''
UNION ALL SELECT (1 << 48) + id, title FROM fact_pull_request WHERE title <> ''
UNION ALL SELECT (2 << 48) + id, comment FROM fact_commit_comment WHERE comment <> ''
UNION ALL SELECT (3 << 48) + id, comment FROM fact_changeset WHERE comment <> '';

-- The same view as before, in which one work item is found by its number.
DROP VIEW work_item;

-- The current state of every work item that is not deleted. The parent comes from the newest active
-- hierarchy link, and from the work item itself while no link is known.
CREATE VIEW work_item AS
SELECT w.id AS work_item_id, w.rev,
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
