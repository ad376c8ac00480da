package sqlite

import (
	"context"

	"sightline/backend/workspace"

	zs "zombiezen.com/go/sqlite"
)

const documentColumns = "id, kind, dataset_id, name, body, opened, position, changed"

const missingDocument = "This report or dashboard is not here any more."

func readDocument(row *zs.Stmt) workspace.Document {
	return workspace.Document{ID: row.ColumnText(0), Kind: workspace.DocumentKind(row.ColumnText(1)), DatasetID: row.ColumnText(2),
		Name: row.ColumnText(3), Body: columnBytes(row, 4, []byte{}), Opened: row.ColumnBool(5), Position: row.ColumnInt(6), Changed: workspaceTime(row, 7)}
}

// Documents lists the reports and dashboards by their position.
func (w *Workspace) Documents(ctx context.Context) ([]workspace.Document, error) {
	return list(ctx, w, "sqlite.Documents", "SELECT "+documentColumns+" FROM document ORDER BY position, rowid", readDocument)
}

// Document returns one report or dashboard.
func (w *Workspace) Document(ctx context.Context, id string) (workspace.Document, error) {
	return one(ctx, w, "sqlite.Document", "SELECT "+documentColumns+" FROM document WHERE id = ?",
		missingDocument, readDocument, id)
}

// ChangeDocument reads a report or dashboard, lets change alter it and stores it when change says so, in one
// transaction.
func (w *Workspace) ChangeDocument(ctx context.Context, id string, change func(*workspace.Document) bool) error {
	return changeStored(ctx, w, "sqlite.ChangeDocument", "SELECT "+documentColumns+" FROM document WHERE id = ?", missingDocument, id, readDocument, change, w.putDocument)
}

// PutDocument adds or replaces a report or dashboard.
func (w *Workspace) PutDocument(ctx context.Context, d workspace.Document) error {
	return w.file.update(ctx, "sqlite.PutDocument", func(c *zs.Conn) error { return w.putDocument(c, d) })
}

func (w *Workspace) putDocument(c *zs.Conn, d workspace.Document) error {
	if d.ID == "" {
		return withoutID("document")
	}
	body := d.Body
	if body == nil {
		body = []byte{}
	}
	return run(c, "INSERT INTO document ("+documentColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, dataset_id = excluded.dataset_id, name = excluded.name, body = excluded.body,
		opened = excluded.opened, position = excluded.position, changed = excluded.changed`,
		d.ID, string(d.Kind), d.DatasetID, d.Name, body, d.Opened, d.Position, workspaceMillis(w.orNow(d.Changed)))
}

// DeleteDocument removes a report or dashboard.
func (w *Workspace) DeleteDocument(ctx context.Context, id string) error {
	const op = "sqlite.DeleteDocument"
	return w.file.update(ctx, op, func(c *zs.Conn) error {
		return changeOne(c, op, missingDocument, "DELETE FROM document WHERE id = ?", id)
	})
}
