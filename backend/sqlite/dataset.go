package sqlite

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"time"

	"sightline/backend/fault"

	"github.com/gofrs/flock"
	zs "zombiezen.com/go/sqlite"
)

// DatasetOptions say how to open a dataset. Name to WeekStart are stored when the file is created and
// are not looked at for a file that exists.
type DatasetOptions struct {
	// ReadOnly opens without the lock, so any number of processes may do it while one writes.
	ReadOnly bool

	Name         string
	Organization string
	URL          string // base, for links to work items
	TimeZone     string // IANA name; "" is UTC
	WeekStart    time.Weekday

	Clock func() time.Time // nil is time.Now
}

// Dataset is one dataset file. All methods are safe for concurrent use; writes take turns.
type Dataset struct {
	file  *file
	lock  *flock.Flock
	clock func() time.Time
	// tables is what the writer knows by heart. Only the holder of the writer connection touches it; nil
	// after a failed transaction, whose numbers must be forgotten.
	tables *tables
	counts countCache
	// idle runs indexWhileIdle. tail is lent to one search at a time. spoiled says that text_search is damaged.
	idle    *time.Timer
	pause   time.Duration // after which it does
	tail    chan *searchTail
	spoiled atomic.Bool
}

// OpenDataset opens a dataset file, creates it if there is none, and brings an older one up to date after
// copying it to PATH.version-N.backup. Faults: Conflict while another process writes it, NotFound (read
// only, or no folder), NewerFile, Corrupt, Invalid for a file that is no dataset, ReadOnly, DiskFull.
func OpenDataset(ctx context.Context, path string, o DatasetOptions) (*Dataset, error) {
	const op = "sqlite.OpenDataset"
	d := &Dataset{clock: o.Clock, pause: indexAfter, tail: make(chan *searchTail, 1)}
	d.tail <- &searchTail{}
	if d.clock == nil {
		d.clock = time.Now
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	if err := checkPlain(absolute, datasetSchema.noun, op); err != nil {
		return nil, err
	}
	if !o.ReadOnly {
		if d.lock, err = lockForWriting(absolute, datasetSchema.noun, op); err != nil {
			return nil, err
		}
	}
	if d.file, err = openFile(ctx, op, absolute, datasetSchema, o.ReadOnly); err == nil && !o.ReadOnly {
		err = d.file.update(ctx, op, func(c *zs.Conn) error { return describe(c, o, d.clock()) })
	}
	if err != nil {
		return nil, firstOf(err, d.Close())
	}
	if !o.ReadOnly {
		d.idle = time.AfterFunc(d.pause, d.indexWhileIdle)
	}
	return d, nil
}

// describe stores what a new file is about. It runs at each opening, so a process that was killed between
// making the tables and this leaves nothing half made.
func describe(c *zs.Conn, o DatasetOptions, now time.Time) error {
	zone := o.TimeZone
	if zone == "" {
		zone = "UTC"
	}
	for _, m := range [][2]string{
		{metaName, o.Name},
		{metaOrganization, o.Organization},
		{metaURL, o.URL},
		{metaTimeZone, zone},
		{metaWeekStart, strconv.Itoa(int(o.WeekStart))},
		{metaCreated, now.UTC().Format(time.RFC3339)},
		{metaGeneration, "1"},
	} {
		if err := run(c, "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", m[0], m[1]); err != nil {
			return err
		}
	}
	return nil
}

// The names of what the file says of itself.
const (
	metaName         = "name"
	metaOrganization = "organization"
	metaURL          = "url"
	metaTimeZone     = "time_zone"
	metaWeekStart    = "week_start" // 0 Sunday … 6 Saturday
	metaCreated      = "created"
	metaGeneration   = "generation"
	metaLastCommit   = "last_commit"
	metaLastRefresh  = "last_refresh"
	metaComplete     = "complete" // 1 when the history was loaded whole at least once
)

func setMeta(c *zs.Conn, name, value string) error {
	return run(c, "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", name, value)
}

func readMeta(c *zs.Conn) (map[string]string, error) {
	m := map[string]string{}
	err := each(c, "SELECT name, value FROM meta", func(row *zs.Stmt) error {
		m[row.ColumnText(0)] = row.ColumnText(1)
		return nil
	})
	return m, err
}

// SetInfo changes the name and the calendar of the dataset.
func (d *Dataset) SetInfo(ctx context.Context, name, timeZone string, weekStart time.Weekday) error {
	return d.file.update(ctx, "sqlite.SetInfo", func(c *zs.Conn) error {
		return firstOf(setMeta(c, metaName, name), setMeta(c, metaTimeZone, timeZone),
			setMeta(c, metaWeekStart, strconv.Itoa(int(weekStart))), grow(c))
	})
}

// Refreshed says that a refresh ended well at this time. It also puts the file in order while nothing
// else is to do: what was stored is indexed for the search, the write-ahead log is emptied and memory given back.
func (d *Dataset) Refreshed(ctx context.Context, at time.Time) error {
	const op = "sqlite.Refreshed"
	err := d.file.update(ctx, op, func(c *zs.Conn) error {
		return setMeta(c, metaLastRefresh, at.UTC().Format(time.RFC3339Nano))
	})
	if err != nil {
		return err
	}
	d.indexTexts(ctx, math.MaxInt)
	return d.file.withWriter(ctx, op, func(c *zs.Conn) error {
		d.tables = nil
		if err := d.file.checkpoint(c); err != nil {
			return err
		}
		return run(c, "PRAGMA shrink_memory")
	})
}

// Writable reports whether this is the one opening that may write.
func (d *Dataset) Writable() bool { return d.lock != nil }

// Path is where the file is.
func (d *Dataset) Path() string { return d.file.path }

// Backup writes a whole copy to a new file. The copy appears under its name only when it is complete.
// Faults: Conflict when the file exists, DiskFull, ReadOnly.
func (d *Dataset) Backup(ctx context.Context, to string) error {
	const op = "sqlite.Backup"
	if _, err := os.Stat(to); err == nil {
		return fault.New(fault.Conflict, op, to+" exists already.", "Choose another name for the copy.").With("File", to)
	}
	c, err := d.file.borrow(op)
	if err != nil {
		return err
	}
	defer d.file.giveBack(c)
	c.SetInterrupt(ctx.Done())
	// Copying writes another file only, but SQLite calls it a write.
	err = firstOf(run(c, "PRAGMA query_only = OFF"), copyInto(c, to))
	c.SetInterrupt(nil)
	err = firstOf(err, run(c, "PRAGMA query_only = ON"))
	target := file{path: to, noun: "copy"}
	return target.explain(ctx, op, err)
}

// Compact rewrites the file without the holes that deletions left. It needs as much free space as the
// file has.
func (d *Dataset) Compact(ctx context.Context) error {
	return d.file.withWriter(ctx, "sqlite.Compact", func(c *zs.Conn) error {
		c.SetInterrupt(ctx.Done())
		err := run(c, "VACUUM")
		c.SetInterrupt(nil)
		if err != nil {
			return err
		}
		return d.file.checkpoint(c)
	})
}

// Close ends the use of the file and frees it for another process. Readings that are still open stay
// usable until they are closed. Closing twice does nothing.
func (d *Dataset) Close() error {
	var errs []error
	if d.idle != nil {
		d.idle.Stop()
		d.indexTexts(context.Background(), indexedAtClose)
	}
	if d.file != nil {
		errs = append(errs, d.file.close())
	}
	if t, err := d.takeTail(context.Background()); err == nil {
		t.empty()
		d.tail <- t
	}
	if d.lock != nil {
		errs = append(errs, d.lock.Unlock())
	}
	return firstOf(errs...)
}
