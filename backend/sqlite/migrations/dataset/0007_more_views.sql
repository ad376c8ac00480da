-- What had no view yet.

CREATE VIEW changeset_project AS
SELECT c.id AS changeset_id, p.name AS project FROM fact_changeset c JOIN dim_project p ON p.id = c.project
UNION ALL SELECT s.changeset, p.name FROM fact_changeset_project s JOIN dim_project p ON p.id = s.project;

CREATE VIEW feed AS
SELECT s.feed, coalesce(p.name, nullif(s.scope, '')) AS scope, s.done FROM sync_cursor s
  LEFT JOIN dim_project p ON p.key = lower(s.scope);
