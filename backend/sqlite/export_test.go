package sqlite

import (
	"context"
	"fmt"
	"time"

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
