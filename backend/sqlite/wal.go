package sqlite

import (
	"context"
	"os"
	"time"

	zs "zombiezen.com/go/sqlite"
)

// SQLite can begin its write-ahead log anew only at a moment when nobody reads from it. While a load goes on the
// columns are read after each commit, so that moment may never come, and the log grows by a gigabyte. So when
// it is long, new readings wait until those that are open have ended and the log is emptied.
const (
	walLimit = 64 << 20
	// walPatience is how long a writer waits for readings to end, and a new reading for the writer. A caller who
	// opens a reading while it holds another one is kept no longer than this.
	walPatience = 5 * time.Second
)

// walGate keeps readers out while the log is emptied. file.mu guards it.
type walGate struct {
	limit    int64 // bytes
	patience time.Duration
	next     int64 // bytes from which on it is tried, after it did not succeed
	lent     int   // connections that read
	closed   chan struct{}
	drained  chan struct{} // closed by the last reader; nil while nobody waits
}

// await lets a reader wait while the gate is closed. It is called and returns with file.mu held.
func (f *file) await() {
	closed := f.gate.closed
	if closed == nil {
		return
	}
	timer := time.NewTimer(f.gate.patience)
	f.mu.Unlock()
	select {
	case <-closed:
	case <-timer.C:
	}
	timer.Stop()
	f.mu.Lock()
}

// left notes that a reader ended. file.mu is held.
func (f *file) left() {
	f.gate.lent--
	if f.gate.lent == 0 && f.gate.drained != nil {
		close(f.gate.drained)
		f.gate.drained = nil
	}
}

// boundWAL empties the write-ahead log when it is long. It is called by the one who holds the writer. What cannot be
// done now, because another process reads too, is tried again when the log has grown by as much as is allowed.
func (f *file) boundWAL(ctx context.Context, c *zs.Conn) error {
	size := walSize(f.path)
	if size <= max(f.gate.limit, f.gate.next) {
		return nil
	}
	f.mu.Lock()
	closed := make(chan struct{})
	f.gate.closed = closed
	var drained chan struct{}
	if f.gate.lent > 0 {
		drained = make(chan struct{})
		f.gate.drained = drained
	}
	f.mu.Unlock()
	if drained != nil {
		timer := time.NewTimer(f.gate.patience)
		select {
		case <-drained:
		case <-timer.C:
		case <-ctx.Done():
		}
		timer.Stop()
	}
	err := f.checkpoint(c)
	f.mu.Lock()
	f.gate.closed, f.gate.drained = nil, nil
	close(closed)
	f.mu.Unlock()
	f.gate.next = 0
	if left := walSize(f.path); left > f.gate.limit {
		f.gate.next = left + f.gate.limit
	}
	return err
}

func walSize(path string) int64 {
	info, err := os.Stat(path + "-wal")
	if err != nil {
		return 0
	}
	return info.Size()
}
