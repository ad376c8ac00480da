-- Which fields revisions carry beside those with a column of their own: 1 from the first value that was stored.
ALTER TABLE dim_field ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
UPDATE dim_field SET used = 1 WHERE id IN (
  SELECT DISTINCT CAST(j.key AS INTEGER) FROM fact_detail d, json_each(CASE WHEN json_valid(d.other) THEN d.other ELSE '{}' END) j);
