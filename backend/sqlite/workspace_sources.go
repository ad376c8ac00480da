package sqlite

import (
	"context"
	"strings"
	"time"

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

// DeleteAccount removes an account by its key. Connections keep naming it.
func (w *Workspace) DeleteAccount(ctx context.Context, key string) error {
	const op = "sqlite.DeleteAccount"
	tenant, object, _ := strings.Cut(key, "/")
	return w.file.update(ctx, op, func(c *zs.Conn) error {
		return changeOne(c, op, "This account is not here any more.", "DELETE FROM account WHERE tenant_id = ? AND object_id = ?", tenant, object)
	})
}

const connectionColumns = `id, organization, url, server, sample, patterns, method, account_key, authority, client_id,
	identity_id, identity_name, identity_address, created`

func readConnection(row *zs.Stmt) workspace.Connection {
	return workspace.Connection{ID: row.ColumnText(0), Organization: row.ColumnText(1), URL: row.ColumnText(2), Server: row.ColumnBool(3),
		Sample: row.ColumnBool(4), Patterns: parseTexts(row.ColumnText(5)), Method: row.ColumnText(6), AccountKey: row.ColumnText(7),
		Authority: row.ColumnText(8), ClientID: row.ColumnText(9), IdentityID: row.ColumnText(10), IdentityName: row.ColumnText(11),
		IdentityAddress: row.ColumnText(12), Created: workspaceTime(row, 13)}
}

// Connections lists the connections, the oldest first.
func (w *Workspace) Connections(ctx context.Context) ([]workspace.Connection, error) {
	return list(ctx, w, "sqlite.Connections", "SELECT "+connectionColumns+" FROM connection ORDER BY created, id", readConnection)
}

// Connection returns one connection.
func (w *Workspace) Connection(ctx context.Context, id string) (workspace.Connection, error) {
	return one(ctx, w, "sqlite.Connection", "SELECT "+connectionColumns+" FROM connection WHERE id = ?",
		"This connection is not here any more.", readConnection, id)
}

// PutConnection adds or replaces a connection; the time it was created stays.
func (w *Workspace) PutConnection(ctx context.Context, conn workspace.Connection) error {
	return w.file.update(ctx, "sqlite.PutConnection", func(c *zs.Conn) error { return w.putConnection(c, conn) })
}

func (w *Workspace) putConnection(c *zs.Conn, conn workspace.Connection) error {
	if conn.ID == "" {
		return withoutID("connection")
	}
	return run(c, "INSERT INTO connection ("+connectionColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET organization = excluded.organization, url = excluded.url, server = excluded.server, sample = excluded.sample,
		patterns = excluded.patterns, method = excluded.method, account_key = excluded.account_key, authority = excluded.authority,
		client_id = excluded.client_id, identity_id = excluded.identity_id, identity_name = excluded.identity_name,
		identity_address = excluded.identity_address`,
		conn.ID, conn.Organization, conn.URL, conn.Server, conn.Sample, string(appendTexts(nil, conn.Patterns)), conn.Method, conn.AccountKey,
		conn.Authority, conn.ClientID, conn.IdentityID, conn.IdentityName, conn.IdentityAddress, workspaceMillis(w.orNow(conn.Created)))
}

const missingDataset = "This dataset is not here any more."

const datasetColumns = `id, connection_id, name, file, time_zone, week_start, created, last_refresh, last_error, every, next_refresh, opened`

func readDataset(row *zs.Stmt) workspace.Dataset {
	return workspace.Dataset{ID: row.ColumnText(0), ConnectionID: row.ColumnText(1), Name: row.ColumnText(2), File: row.ColumnText(3),
		TimeZone: row.ColumnText(4), WeekStart: time.Weekday(row.ColumnInt(5)), Created: workspaceTime(row, 6),
		LastRefresh: workspaceTime(row, 7), LastError: row.ColumnText(8), Every: time.Duration(row.ColumnInt64(9)),
		NextRefresh: workspaceTime(row, 10), Opened: row.ColumnBool(11)}
}

// Datasets lists the datasets, the oldest first.
func (w *Workspace) Datasets(ctx context.Context) ([]workspace.Dataset, error) {
	return list(ctx, w, "sqlite.Datasets", "SELECT "+datasetColumns+" FROM dataset ORDER BY created, id", readDataset)
}

// Dataset returns one dataset.
func (w *Workspace) Dataset(ctx context.Context, id string) (workspace.Dataset, error) {
	return one(ctx, w, "sqlite.Dataset", "SELECT "+datasetColumns+" FROM dataset WHERE id = ?",
		missingDataset, readDataset, id)
}

// PutDataset adds or replaces a dataset; the time it was created stays.
func (w *Workspace) PutDataset(ctx context.Context, d workspace.Dataset) error {
	return w.file.update(ctx, "sqlite.PutDataset", func(c *zs.Conn) error { return w.putDataset(c, d) })
}

func (w *Workspace) putDataset(c *zs.Conn, d workspace.Dataset) error {
	if d.ID == "" {
		return withoutID("dataset")
	}
	return run(c, "INSERT INTO dataset ("+datasetColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET connection_id = excluded.connection_id, name = excluded.name, file = excluded.file,
		time_zone = excluded.time_zone, week_start = excluded.week_start, last_refresh = excluded.last_refresh,
		last_error = excluded.last_error, every = excluded.every, next_refresh = excluded.next_refresh, opened = excluded.opened`,
		d.ID, d.ConnectionID, d.Name, d.File, d.TimeZone, int(d.WeekStart), workspaceMillis(w.orNow(d.Created)), workspaceMillis(d.LastRefresh),
		d.LastError, int64(d.Every), workspaceMillis(d.NextRefresh), d.Opened)
}

// ChangeDataset reads a dataset, lets change alter it and stores it when change says so, in one transaction.
func (w *Workspace) ChangeDataset(ctx context.Context, id string, change func(*workspace.Dataset) bool) error {
	return changeStored(ctx, w, "sqlite.ChangeDataset", "SELECT "+datasetColumns+" FROM dataset WHERE id = ?", missingDataset, id, readDataset, change, w.putDataset)
}

// DeleteDataset removes the dataset, its documents, its history and, if no other dataset uses it, its
// connection. The caller removes the file.
func (w *Workspace) DeleteDataset(ctx context.Context, id string) error {
	const op = "sqlite.DeleteDataset"
	return w.file.update(ctx, op, func(c *zs.Conn) error {
		connection := ""
		err := each(c, "SELECT connection_id FROM dataset WHERE id = ?", func(row *zs.Stmt) error { connection = row.ColumnText(0); return nil }, id)
		if err != nil {
			return err
		}
		if err := changeOne(c, op, missingDataset, "DELETE FROM dataset WHERE id = ?", id); err != nil {
			return err
		}
		return firstOf(
			run(c, "DELETE FROM document WHERE dataset_id = ?", id),
			run(c, "DELETE FROM refresh_run WHERE dataset_id = ?", id),
			run(c, "DELETE FROM connection WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM dataset WHERE connection_id = ?1)", connection))
	})
}

// CreateTrio stores an account, its connection, the dataset and the documents in one transaction, so that an
// interrupted Get Data leaves nothing half made. A connection that exists is replaced, because another dataset may
// come from it; a dataset or document that exists is a Conflict.
func (w *Workspace) CreateTrio(ctx context.Context, a workspace.Account, conn workspace.Connection, d workspace.Dataset, docs []workspace.Document) error {
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
		if err := firstOf(w.putAccount(c, a), w.putConnection(c, conn), w.putDataset(c, d)); err != nil {
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
