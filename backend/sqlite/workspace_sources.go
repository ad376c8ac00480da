package sqlite

import (
	"context"
	"strings"

	"sightline/backend/fault"
	"sightline/backend/workspace"

	zs "zombiezen.com/go/sqlite"
)

// Accounts lists the accounts in the order in which they were added.
func (w *Workspace) Accounts(ctx context.Context) ([]workspace.Account, error) {
	return list(ctx, w, "sqlite.Accounts", `SELECT tenant_id, object_id, name, address, directory, kind, added FROM account
		ORDER BY added, tenant_id, object_id`, func(row *zs.Stmt) workspace.Account {
		return workspace.Account{TenantID: row.ColumnText(0), ObjectID: row.ColumnText(1), Name: row.ColumnText(2), Address: row.ColumnText(3),
			Directory: row.ColumnText(4), Kind: row.ColumnText(5), Added: workspaceTime(row, 6)}
	})
}

// PutAccount adds an account or replaces what is known of it; the time it was added stays.
func (w *Workspace) PutAccount(ctx context.Context, a workspace.Account) error {
	return w.file.update(ctx, "sqlite.PutAccount", func(c *zs.Conn) error { return w.putAccount(c, a) })
}

func (w *Workspace) putAccount(c *zs.Conn, a workspace.Account) error {
	return run(c, `INSERT INTO account (tenant_id, object_id, name, address, directory, kind, added) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET name = excluded.name, address = excluded.address, directory = excluded.directory, kind = excluded.kind`,
		a.TenantID, a.ObjectID, a.Name, a.Address, a.Directory, a.Kind, workspaceMillis(w.orNow(a.Added)))
}

// DeleteAccount removes an account by its key. Fault Conflict while a sign-in or a connection is its own.
func (w *Workspace) DeleteAccount(ctx context.Context, key string) error {
	const op = "sqlite.DeleteAccount"
	tenant, object, _ := strings.Cut(key, "/")
	return w.file.update(ctx, op, func(c *zs.Conn) error {
		users := 0
		err := each(c, "SELECT (SELECT count(*) FROM sign_in WHERE account_key = ?1) + (SELECT count(*) FROM connection WHERE account_key = ?1)",
			func(row *zs.Stmt) error { users = row.ColumnInt(0); return nil }, key)
		if err != nil {
			return err
		}
		if users > 0 {
			return fault.New(fault.Conflict, op, "This account is signed in, or a dataset comes as it.", "Sign it out and delete its datasets first.")
		}
		return changeOne(c, op, "This account is not here any more.", "DELETE FROM account WHERE tenant_id = ? AND object_id = ?", tenant, object)
	})
}

const connectionColumns = `id, organization, url, server, sample, patterns, method, account_key, authority, client_id,
	identity_id, identity_name, identity_address, created, sign_in_id, ended, ended_at`

func readConnection(row *zs.Stmt) workspace.Connection {
	return workspace.Connection{ID: row.ColumnText(0), Organization: row.ColumnText(1), URL: row.ColumnText(2), Server: row.ColumnBool(3),
		Sample: row.ColumnBool(4), Patterns: parseTexts(row.ColumnText(5)), Method: row.ColumnText(6), AccountKey: row.ColumnText(7),
		Authority: row.ColumnText(8), ClientID: row.ColumnText(9), IdentityID: row.ColumnText(10), IdentityName: row.ColumnText(11),
		IdentityAddress: row.ColumnText(12), Created: workspaceTime(row, 13), SignInID: row.ColumnText(14),
		Ended: row.ColumnText(15), EndedAt: workspaceTime(row, 16)}
}

// Connections lists the connections, the oldest first.
func (w *Workspace) Connections(ctx context.Context) ([]workspace.Connection, error) {
	return list(ctx, w, "sqlite.Connections", "SELECT "+connectionColumns+" FROM connection ORDER BY created, id", readConnection)
}

// Connection returns one connection.
func (w *Workspace) Connection(ctx context.Context, id string) (workspace.Connection, error) {
	return one(ctx, w, "sqlite.Connection", "SELECT "+connectionColumns+" FROM connection WHERE id = ?",
		missingConnection, readConnection, id)
}

// PutConnection adds or replaces a connection; the time it was created stays.
func (w *Workspace) PutConnection(ctx context.Context, conn workspace.Connection) error {
	return w.file.update(ctx, "sqlite.PutConnection", func(c *zs.Conn) error { return w.putConnection(c, conn) })
}

func (w *Workspace) putConnection(c *zs.Conn, conn workspace.Connection) error {
	if conn.ID == "" {
		return withoutID("connection")
	}
	return run(c, "INSERT INTO connection ("+connectionColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET organization = excluded.organization, url = excluded.url, server = excluded.server, sample = excluded.sample,
		patterns = excluded.patterns, method = excluded.method, account_key = excluded.account_key, authority = excluded.authority,
		client_id = excluded.client_id, identity_id = excluded.identity_id, identity_name = excluded.identity_name,
		identity_address = excluded.identity_address, sign_in_id = excluded.sign_in_id,
		ended = excluded.ended, ended_at = excluded.ended_at`,
		conn.ID, conn.Organization, conn.URL, conn.Server, conn.Sample, string(appendTexts(nil, conn.Patterns)), conn.Method, conn.AccountKey,
		conn.Authority, conn.ClientID, conn.IdentityID, conn.IdentityName, conn.IdentityAddress, workspaceMillis(w.orNow(conn.Created)), conn.SignInID,
		conn.Ended, workspaceMillis(conn.EndedAt))
}

// ChangeConnection reads a connection, lets change alter it and stores it when change says so, in one transaction.
func (w *Workspace) ChangeConnection(ctx context.Context, id string, change func(*workspace.Connection) bool) error {
	return changeStored(ctx, w, "sqlite.ChangeConnection", "SELECT "+connectionColumns+" FROM connection WHERE id = ?",
		missingConnection, id, readConnection, change, w.putConnection)
}

const missingConnection = "This connection is not here any more."

// CreateTrio stores an account with its sign-in, the connection, the dataset and the documents in one transaction,
// so that an interrupted Get Data leaves nothing half made. A connection that exists is replaced, because another
// dataset may come from it; a dataset or document that exists is a Conflict.
func (w *Workspace) CreateTrio(ctx context.Context, a workspace.Account, s workspace.SignIn, conn workspace.Connection, d workspace.Dataset, docs []workspace.Document) error {
	const op = "sqlite.CreateTrio"
	return w.file.update(ctx, op, func(c *zs.Conn) error {
		taken := 0
		note := func(row *zs.Stmt) error { taken += row.ColumnInt(0); return nil }
		if err := each(c, "SELECT count(*) FROM dataset WHERE id = ?", note, d.ID); err != nil {
			return err
		}
		for _, doc := range docs {
			if err := each(c, "SELECT count(*) FROM document WHERE id = ?", note, doc.ID); err != nil {
				return err
			}
		}
		if taken > 0 {
			return fault.New(fault.Conflict, op, "The dataset "+d.Name+" is here already.", "Open it from the list on the left, or delete it first.")
		}
		if a.ObjectID != "" {
			if err := w.putAccount(c, a); err != nil {
				return err
			}
		}
		if s.ID != "" {
			if err := w.putSignIn(c, s); err != nil {
				return err
			}
		}
		if err := firstOf(w.putConnection(c, conn), w.putDataset(c, d)); err != nil {
			return err
		}
		for _, doc := range docs {
			if err := w.putDocument(c, doc); err != nil {
				return err
			}
		}
		return nil
	})
}

func withoutID(what string) error {
	return fault.New(fault.Invalid, "sqlite.Put", "A "+what+" needs an id.", "Report this: the program should have given one.")
}
