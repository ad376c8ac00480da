package sqlite

import (
	"context"
	"fmt"
	"time"

	"sightline/backend/dataset"

	zs "zombiezen.com/go/sqlite"
)

// LimitPages makes the file refuse to grow beyond this many pages, as a full disk would, for tests where
// no small disk can be mounted.
func (d *Dataset) LimitPages(pages int) error {
	return d.file.withWriter(context.Background(), "test", func(c *zs.Conn) error {
		return runScript(c, fmt.Sprintf("PRAGMA max_page_count = %d;", pages))
	})
}

// WaitAtMost shortens how long a write waits for another process.
func (w *Workspace) WaitAtMost(d time.Duration) error {
	return w.file.withWriter(context.Background(), "test", func(c *zs.Conn) error { c.SetBusyTimeout(d); return nil })
}

// SwapReaching is Swap with a say after each step, to cut it off there.
func SwapReaching(ctx context.Context, from, to string, reached func(step string) error) error {
	return swap(ctx, from, to, reached)
}

// ListPlan is how SQLite finds the rows of the first page of a list, and how it reads them.
func (d *Dataset) ListPlan(ctx context.Context, q dataset.ListQuery) (lines []string, err error) {
	err = d.file.view(ctx, "test", func(c *zs.Conn) error {
		l, err := newLister(c, "test", &q)
		if err != nil {
			return err
		}
		where, args, err := l.where(&q)
		if err != nil {
			return err
		}
		note := func(row *zs.Stmt) error { lines = append(lines, row.ColumnText(3)); return nil }
		if err := each(c, "EXPLAIN QUERY PLAN SELECT "+l.table.key+" FROM "+l.table.from+" WHERE "+where, note, args...); err != nil {
			return err
		}
		return each(c, "EXPLAIN QUERY PLAN SELECT "+l.table.key+" FROM "+l.table.from+" WHERE "+l.table.where+" AND "+l.table.row+amongIDs, note, "[1]")
	})
	return lines, err
}

// LimitLog sets from which length on the write-ahead log is emptied, and how long one waits for that.
func (d *Dataset) LimitLog(bytes int64, patience time.Duration) {
	d.file.gate.limit, d.file.gate.patience = bytes, patience
}

// IndexAfter sets how long nothing is committed before texts are indexed.
func (d *Dataset) IndexAfter(pause time.Duration) { d.pause = pause }
