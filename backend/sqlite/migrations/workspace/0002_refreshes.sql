-- What to load, when to refresh, what a refresh did, and the proof of load.

ALTER TABLE dataset ADD COLUMN contents TEXT NOT NULL DEFAULT '[]';         -- a JSON array; empty is everything
ALTER TABLE dataset ADD COLUMN history_months INTEGER NOT NULL DEFAULT 0;   -- 0 the default, -1 everything
ALTER TABLE dataset ADD COLUMN schedule_mode TEXT NOT NULL DEFAULT 'interval'; -- manual, interval, times
ALTER TABLE dataset ADD COLUMN times TEXT NOT NULL DEFAULT '[]';            -- a JSON array of HH:MM in the dataset's time zone
ALTER TABLE dataset ADD COLUMN at_start INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dataset ADD COLUMN catch_up INTEGER NOT NULL DEFAULT 1;
ALTER TABLE dataset ADD COLUMN last_scheduled INTEGER NOT NULL DEFAULT 0;   -- begin of the last refresh of the schedule
ALTER TABLE dataset ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;         -- of the schedule, in a row
-- The next refresh follows from the last one now, so that nobody has to keep it true.
UPDATE dataset SET last_scheduled = max(0, next_refresh - every / 1000000) WHERE next_refresh > 0;
UPDATE dataset SET schedule_mode = 'manual', every = 86400000000000 WHERE every = 0;
ALTER TABLE dataset DROP COLUMN next_refresh;

ALTER TABLE refresh_run ADD COLUMN changes TEXT NOT NULL DEFAULT 'null';    -- a JSON object: entity to rows added, changed, deleted
ALTER TABLE refresh_run ADD COLUMN parked TEXT NOT NULL DEFAULT 'null';     -- a JSON array: project, what, why
ALTER TABLE refresh_run ADD COLUMN skipped TEXT NOT NULL DEFAULT 'null';    -- a JSON array: project, what, why
ALTER TABLE refresh_run DROP COLUMN counts;

CREATE TABLE proof (dataset_id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID; -- a JSON object
