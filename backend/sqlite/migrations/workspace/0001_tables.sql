-- What belongs to the person at this computer. Never a secret. Times are milliseconds since
-- 1970-01-01 UTC, 0 when not set.

CREATE TABLE account (
  tenant_id TEXT NOT NULL, object_id TEXT NOT NULL,
  name TEXT NOT NULL, address TEXT NOT NULL, directory TEXT NOT NULL, kind TEXT NOT NULL,
  added INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, object_id)
) WITHOUT ROWID;

CREATE TABLE connection (
  id TEXT PRIMARY KEY,
  organization TEXT NOT NULL, url TEXT NOT NULL, server INTEGER NOT NULL, sample INTEGER NOT NULL,
  patterns TEXT NOT NULL,              -- a JSON array
  method TEXT NOT NULL, account_key TEXT NOT NULL, authority TEXT NOT NULL, client_id TEXT NOT NULL,
  identity_id TEXT NOT NULL, identity_name TEXT NOT NULL, identity_address TEXT NOT NULL,
  created INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE dataset (
  id TEXT PRIMARY KEY,
  connection_id TEXT NOT NULL,
  name TEXT NOT NULL, file TEXT NOT NULL, time_zone TEXT NOT NULL, week_start INTEGER NOT NULL,
  created INTEGER NOT NULL, last_refresh INTEGER NOT NULL, last_error TEXT NOT NULL,
  every INTEGER NOT NULL,              -- nanoseconds; 0 manual
  next_refresh INTEGER NOT NULL, opened INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE document (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL, dataset_id TEXT NOT NULL, name TEXT NOT NULL,
  body BLOB NOT NULL, opened INTEGER NOT NULL, position INTEGER NOT NULL, changed INTEGER NOT NULL
);
CREATE INDEX document_dataset ON document (dataset_id);

CREATE TABLE refresh_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  dataset_id TEXT NOT NULL,
  type TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER NOT NULL,
  status TEXT NOT NULL, message TEXT NOT NULL,
  rows INTEGER NOT NULL, requests INTEGER NOT NULL, bytes INTEGER NOT NULL, waited INTEGER NOT NULL,
  counts TEXT NOT NULL                 -- a JSON object: rows by entity
);
CREATE INDEX refresh_run_dataset ON refresh_run (dataset_id, started);

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
