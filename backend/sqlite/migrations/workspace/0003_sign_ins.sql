-- A sign-in belongs to an account, and several connections of the account may share it. Its secret rests in the
-- vault under its id, never here.

CREATE TABLE sign_in (
  id TEXT PRIMARY KEY,
  account_key TEXT NOT NULL, method TEXT NOT NULL, authority TEXT NOT NULL, client_id TEXT NOT NULL,
  organization TEXT NOT NULL,          -- address it was made for
  created INTEGER NOT NULL, expires INTEGER NOT NULL,
  ended TEXT NOT NULL, ended_at INTEGER NOT NULL, -- the sentence after which only the person can go on, or ''
  renewed INTEGER NOT NULL             -- when the person signed in last
) WITHOUT ROWID;

ALTER TABLE connection ADD COLUMN sign_in_id TEXT NOT NULL DEFAULT '';
ALTER TABLE connection ADD COLUMN ended TEXT NOT NULL DEFAULT ''; -- the sentence with which the service refused it alone, or ''
ALTER TABLE connection ADD COLUMN ended_at INTEGER NOT NULL DEFAULT 0;

-- Until now each connection had a sign-in of its own, kept in the vault under the id of the connection; a signed-out
-- account had no row. What is kept goes on under the same id.
INSERT INTO sign_in
  SELECT c.id, c.account_key, c.method, c.authority, c.client_id, CASE WHEN c.sample THEN 'sample' ELSE c.url END, c.created, 0, '', 0, 0
  FROM connection c JOIN account a ON a.tenant_id || '/' || a.object_id = c.account_key
  WHERE c.method IN ('oauth', 'token');
UPDATE connection SET sign_in_id = id WHERE id IN (SELECT id FROM sign_in);
INSERT OR IGNORE INTO account
  SELECT substr(account_key, 1, instr(account_key, '/') - 1), substr(account_key, instr(account_key, '/') + 1),
    identity_name, identity_address, '', CASE method WHEN 'token' THEN 'token' ELSE 'work' END, created
  FROM connection WHERE method IN ('oauth', 'token') AND instr(account_key, '/') > 0 ORDER BY created;

-- The sample's own token is nobody's account.
DELETE FROM account WHERE kind = 'token' AND tenant_id || '/' || object_id IN (SELECT account_key FROM connection WHERE method = 'none')
  AND tenant_id || '/' || object_id NOT IN (SELECT account_key FROM connection WHERE method <> 'none');
UPDATE connection SET account_key = '' WHERE method = 'none';
