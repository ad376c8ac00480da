package sqlite

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

const (
	busyTimeout   = 5 * time.Second
	pageSize      = "8192"
	idleReaders   = 4 // connections kept open between readings
	writerPragmas = `PRAGMA cache_size = -32768;
		PRAGMA journal_size_limit = 67108864;
		PRAGMA wal_autocheckpoint = 4000;`
	readerPragmas = `PRAGMA cache_size = -8192;
		PRAGMA query_only = ON;`
	// everyPragmas hold for one connection each, so each one that is opened gets them, after those of untrusting.
	everyPragmas = `PRAGMA synchronous = NORMAL;`
)

// file is one SQLite file: one writer connection and a few readers.
type file struct {
	path   string
	noun   string // how a sentence calls it: "dataset", "workspace"
	writer chan *zs.Conn
	// immutable is set for a file on a disk that cannot be written at all, where SQLite may not even
	// create its index of the write-ahead log.
	immutable bool

	mu     sync.Mutex
	idle   []*zs.Conn
	closed bool
	gate   walGate
}

// openFile opens path for writing (creating it) or for reading only, and brings its schema up to date.
func openFile(ctx context.Context, op, path string, s schema, readOnly bool) (*file, error) {
	if err := ctx.Err(); err != nil {
		return nil, fault.Wrap(op, err)
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	f := &file{path: absolute, noun: s.noun, gate: walGate{limit: walLimit, patience: walPatience}}
	if readOnly {
		if _, err := os.Stat(absolute); errors.Is(err, os.ErrNotExist) {
			return nil, missingFault(s.noun, absolute, op)
		}
		return f, f.openReadOnly(ctx, op, s)
	}
	f.writer = make(chan *zs.Conn, 1)
	createPrivate(absolute)
	c, err := zs.OpenConn(absolute, zs.OpenReadWrite, zs.OpenCreate)
	if err != nil {
		return nil, f.explain(ctx, op, err)
	}
	c.SetBusyTimeout(busyTimeout)
	if err := f.prepareWriter(ctx, c, s); err != nil {
		c.Close()
		return nil, f.explain(ctx, op, err)
	}
	f.writer <- c
	return f, nil
}

// createPrivate creates a file that only this person may read; SQLite gives its companions the same
// rights. One that exists is left alone, and one that cannot be created is for SQLite to explain.
func createPrivate(path string) {
	if created, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err == nil {
		created.Close()
	}
}

func (f *file) prepareWriter(ctx context.Context, c *zs.Conn, s schema) error {
	if err := untrusting(c); err != nil {
		return err
	}
	state, err := s.inspect(c, f.path)
	if err != nil {
		return err
	}
	if err := s.verify(c, state); err != nil {
		return err
	}
	if state.fresh {
		// The page size of a file is set before its first page is written.
		if err := runScript(c, "PRAGMA page_size = "+pageSize+";"); err != nil {
			return err
		}
	}
	if err := runScript(c, "PRAGMA journal_mode = WAL;"+everyPragmas+writerPragmas); err != nil {
		return err
	}
	return s.migrate(ctx, c, f.path, state)
}

func (f *file) openReadOnly(ctx context.Context, op string, s schema) error {
	c, state, err := f.inspectReader(s)
	if zs.ErrCode(err).ToPrimary() == zs.ResultCantOpen && !walPending(f.path) {
		f.immutable = true
		c, state, err = f.inspectReader(s)
	}
	if err != nil {
		return f.explain(ctx, op, err)
	}
	if state.version != s.latest() {
		c.Close()
		return fault.New(fault.ReadOnly, op, "The "+f.noun+" "+f.path+" was written by an older Sightline and has to be brought up to date before it is read.",
			"Open it once where it may be written.").With("File", f.path)
	}
	f.idle = append(f.idle, c)
	return nil
}

func (f *file) inspectReader(s schema) (*zs.Conn, schemaState, error) {
	c, err := f.openReader()
	if err != nil {
		return nil, schemaState{}, err
	}
	state, err := s.inspect(c, f.path)
	if err == nil {
		err = s.verify(c, state)
	}
	if err != nil {
		c.Close()
		return nil, schemaState{}, err
	}
	return c, state, nil
}

// walPending reports whether the write-ahead log may hold rows that the file has not.
func walPending(path string) bool {
	info, err := os.Stat(path + "-wal")
	return err == nil && info.Size() > 0
}

func (f *file) openReader() (*zs.Conn, error) {
	name, flags := f.path, zs.OpenReadOnly
	if f.immutable {
		u := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(f.path), "/"), RawQuery: "immutable=1"}
		name, flags = u.String(), zs.OpenReadOnly|zs.OpenURI
	}
	c, err := zs.OpenConn(name, flags)
	if err != nil {
		return nil, err
	}
	c.SetBusyTimeout(busyTimeout)
	if err := firstOf(untrusting(c), runScript(c, everyPragmas+readerPragmas)); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// borrow hands out a reader. It waits only while a long write-ahead log is emptied, and never for ever, because a
// caller may hold several readings.
func (f *file) borrow(op string) (*zs.Conn, error) {
	f.mu.Lock()
	f.await()
	if f.closed {
		f.mu.Unlock()
		return nil, closedFault(f.noun, f.path, op)
	}
	f.gate.lent++
	if n := len(f.idle); n > 0 {
		c := f.idle[n-1]
		f.idle = f.idle[:n-1]
		f.mu.Unlock()
		return c, nil
	}
	f.mu.Unlock()
	c, err := f.openReader()
	if err != nil {
		f.mu.Lock()
		f.left()
		f.mu.Unlock()
		return nil, explainCode(f.noun, f.path, op, err)
	}
	return c, nil
}

// giveBack ends what a reader still has open and keeps it for the next one.
func (f *file) giveBack(c *zs.Conn) {
	c.SetInterrupt(nil)
	healthy := true
	if !c.AutocommitEnabled() {
		healthy = run(c, "ROLLBACK") == nil
	}
	f.mu.Lock()
	f.left()
	if healthy && !f.closed && len(f.idle) < idleReaders {
		f.idle = append(f.idle, c)
		c = nil
	}
	f.mu.Unlock()
	if c != nil {
		c.Close()
	}
}

// view runs a read in one transaction, so that all it sees is one state.
func (f *file) view(ctx context.Context, op string, read func(*zs.Conn) error) error {
	c, err := f.borrow(op)
	if err != nil {
		return err
	}
	defer f.giveBack(c)
	c.SetInterrupt(ctx.Done())
	if err := run(c, "BEGIN"); err != nil {
		return f.explain(ctx, op, err)
	}
	return f.explain(ctx, op, read(c))
}

// update runs a write in one transaction: all of it is stored, or nothing.
func (f *file) update(ctx context.Context, op string, write func(*zs.Conn) error) error {
	return f.withWriter(ctx, op, func(c *zs.Conn) error { return transact(ctx, c, write) })
}

// withWriter hands out the writer connection, one at a time.
func (f *file) withWriter(ctx context.Context, op string, use func(*zs.Conn) error) error {
	if f.writer == nil {
		return fault.New(fault.ReadOnly, op, "The "+f.noun+" "+f.path+" is open for reading only.",
			"Open it for writing.").With("File", f.path)
	}
	var c *zs.Conn
	select {
	case c = <-f.writer:
	case <-ctx.Done():
		return fault.Wrap(op, ctx.Err())
	}
	if c == nil {
		f.writer <- nil
		return closedFault(f.noun, f.path, op)
	}
	defer func() { f.writer <- c }()
	if err := use(c); err != nil {
		return f.explain(ctx, op, err)
	}
	return f.explain(ctx, op, f.boundWAL(ctx, c))
}

func transact(ctx context.Context, c *zs.Conn, write func(*zs.Conn) error) (err error) {
	c.SetInterrupt(ctx.Done())
	defer func() {
		// Before the rollback, or the interruption would stop that too.
		c.SetInterrupt(nil)
		if !c.AutocommitEnabled() {
			err = firstOf(err, run(c, "ROLLBACK"))
		}
	}()
	if err := run(c, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := write(c); err != nil {
		return err
	}
	return run(c, "COMMIT")
}

// checkpoint moves the write-ahead log into the file and empties it. Readers are not waited for long:
// what is left goes with the next one.
func (f *file) checkpoint(c *zs.Conn) error {
	c.SetBusyTimeout(200 * time.Millisecond)
	defer c.SetBusyTimeout(busyTimeout)
	err := run(c, "PRAGMA wal_checkpoint(TRUNCATE)")
	if zs.ErrCode(err).ToPrimary() == zs.ResultBusy || zs.ErrCode(err).ToPrimary() == zs.ResultLocked {
		return nil
	}
	return err
}

// close empties the write-ahead log and closes every connection that is not lent out; those close when
// they come back. Closing twice does nothing.
func (f *file) close() error {
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return nil
	}
	f.closed = true
	idle := f.idle
	f.idle = nil
	f.mu.Unlock()
	var errs []error
	for _, c := range idle {
		errs = append(errs, c.Close())
	}
	if f.writer != nil {
		c := <-f.writer
		errs = append(errs, f.checkpoint(c), c.Close())
		f.writer <- nil
	}
	return f.explain(context.Background(), "sqlite.Close", firstOf(errs...))
}

func closedFault(noun, path, op string) *fault.Error {
	return fault.New(fault.Conflict, op, "The "+noun+" "+path+" is closed.", "Open it again.").With("File", path)
}

// run executes one statement that is not in a hot loop; its preparation is kept by the connection.
func run(c *zs.Conn, query string, args ...any) error {
	return sqlitex.Execute(c, query, &sqlitex.ExecOptions{Args: args})
}

// each visits the rows of one query that is not in a hot loop.
func each(c *zs.Conn, query string, visit func(*zs.Stmt) error, args ...any) error {
	return sqlitex.Execute(c, query, &sqlitex.ExecOptions{Args: args, ResultFunc: visit})
}

// runScript executes statements outside a transaction, as some pragmas need.
func runScript(c *zs.Conn, script string) error {
	for script = strings.TrimSpace(script); script != ""; script = strings.TrimSpace(script) {
		stmt, trailing, err := c.PrepareTransient(script)
		if err != nil {
			return err
		}
		rest := ""
		if trailing > 0 {
			rest = script[len(script)-trailing:]
		}
		for more := true; more && err == nil; {
			more, err = stmt.Step()
		}
		if finalizeErr := stmt.Finalize(); err == nil {
			err = finalizeErr
		}
		if err != nil {
			return err
		}
		script = rest
	}
	return nil
}

// firstOf returns the first error. Unlike a joined one it keeps the chain by which a fault is found.
func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
