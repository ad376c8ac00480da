package sqlite

import (
	"context"
	"path/filepath"
	"time"

	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

// Workspace is workspace.db: what belongs to the person at this computer beside the data. Several
// processes may use it at once, because each write is one short transaction: the window, and a verb that
// a timer started. It implements workspace.Store.
type Workspace struct {
	file  *file
	clock func() time.Time
}

// OpenWorkspace opens the workspace, creates it if there is none, and brings an older one up to date after
// copying it. A time that a caller leaves out is taken from clock; nil is time.Now. Faults: NewerFile,
// Corrupt, Invalid, ReadOnly, NotFound for a folder that does not exist, DiskFull, Conflict.
func OpenWorkspace(ctx context.Context, path string, clock func() time.Time) (*Workspace, error) {
	const op = "sqlite.OpenWorkspace"
	if clock == nil {
		clock = time.Now
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	f, err := openFile(ctx, op, absolute, workspaceSchema, false)
	if err != nil {
		return nil, err
	}
	return &Workspace{file: f, clock: clock}, nil
}

// Close ends the use of the workspace. Closing twice does nothing.
func (w *Workspace) Close() error { return w.file.close() }

// Setting returns "" for a setting that was never made.
func (w *Workspace) Setting(ctx context.Context, name string) (value string, err error) {
	err = w.file.view(ctx, "sqlite.Setting", func(c *zs.Conn) error {
		return each(c, "SELECT value FROM setting WHERE name = ?", func(row *zs.Stmt) error { value = row.ColumnText(0); return nil }, name)
	})
	return value, err
}

// PutSetting makes a setting; "" takes it back.
func (w *Workspace) PutSetting(ctx context.Context, name, value string) error {
	return w.file.update(ctx, "sqlite.PutSetting", func(c *zs.Conn) error {
		if value == "" {
			return run(c, "DELETE FROM setting WHERE name = ?", name)
		}
		return run(c, "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", name, value)
	})
}

// list reads all rows of a query in one state of the workspace.
func list[T any](ctx context.Context, w *Workspace, op, query string, read func(*zs.Stmt) T, args ...any) ([]T, error) {
	var out []T
	err := w.file.view(ctx, op, func(c *zs.Conn) error {
		return each(c, query, func(row *zs.Stmt) error { out = append(out, read(row)); return nil }, args...)
	})
	return out, err
}

// one reads the one row of a query. Fault NotFound with the sentence when there is none.
func one[T any](ctx context.Context, w *Workspace, op, query, missing string, read func(*zs.Stmt) T, args ...any) (T, error) {
	rows, err := list(ctx, w, op, query, read, args...)
	if err == nil && len(rows) == 0 {
		err = gone(op, missing)
	}
	if err != nil {
		var none T
		return none, err
	}
	return rows[0], nil
}

// changeStored reads the row of id, lets change alter it and stores it when change says so, all in one
// transaction, so that no other change is lost and a deleted row does not come back.
func changeStored[T any](ctx context.Context, w *Workspace, op, query, missing, id string, read func(*zs.Stmt) T, change func(*T) bool, put func(*zs.Conn, T) error) error {
	return w.file.update(ctx, op, func(c *zs.Conn) error {
		var row *T
		err := each(c, query, func(s *zs.Stmt) error { v := read(s); row = &v; return nil }, id)
		if err != nil {
			return err
		}
		if row == nil {
			return gone(op, missing)
		}
		if !change(row) {
			return nil
		}
		return put(c, *row)
	})
}

func gone(op, message string) error {
	return fault.New(fault.NotFound, op, message, "It may have been deleted meanwhile; look at the list again.")
}

// changeOne runs a statement on one row and says NotFound when nothing was there.
func changeOne(c *zs.Conn, op, missing, query string, args ...any) error {
	if err := run(c, query, args...); err != nil {
		return err
	}
	if c.Changes() == 0 {
		return gone(op, missing)
	}
	return nil
}

// workspaceMillis is a time as the workspace keeps it: 0 when not set.
func workspaceMillis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func workspaceTime(row *zs.Stmt, i int) time.Time {
	if ms := row.ColumnInt64(i); ms != 0 {
		return time.UnixMilli(ms).UTC()
	}
	return time.Time{}
}

// orNow is the time, or now when the caller left it out.
func (w *Workspace) orNow(t time.Time) time.Time {
	if t.IsZero() {
		return w.clock()
	}
	return t
}
