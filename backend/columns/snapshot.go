package columns

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// A snapshot is the rows of a generation as they lie in memory, in a file beside the dataset: a cold start
// reads bytes, not rows. It is never trusted. One that is not of exactly the state that the dataset has
// now, or is damaged in any way, is as good as none, and the rows are read from the dataset.

// snapshotLayout grows with every change of what persist moves or what it means.
const snapshotLayout = 5

const (
	snapshotMagic = "Sightline columns\n"
	byteOrder     = uint32(0x01020304)
)

// errStale says that a snapshot is of another state of the data, or of another program.
var errStale = errors.New("the snapshot is of another state")

// persistHead moves what tells whether a snapshot fits the reading.
func (g *generation) persistHead(c *codec) {
	magic, order, layout, stamp := snapshotMagic, byteOrder, uint32(snapshotLayout), g.info.Stamp
	number, print, zone, program := g.number, g.dicts.fingerprint(g.fields.rows), g.info.TimeZone, thisProgram()
	text(c, &magic)
	one(c, &order)
	one(c, &layout)
	text(c, &stamp)
	one(c, &number)
	one(c, &print)
	text(c, &zone)
	text(c, &program)
	for _, part := range []struct {
		name string
		same bool
	}{
		{"layout", magic == snapshotMagic && order == byteOrder && layout == snapshotLayout},
		{"dataset", stamp == g.info.Stamp},
		{"generation", number == g.number},
		{"names", print == g.dicts.fingerprint(g.fields.rows)},
		{"time zone", zone == g.info.TimeZone},
		{"program", program == thisProgram()},
	} {
		if c.err == nil && !part.same {
			c.fail(fmt.Errorf("%w: another %s", errStale, part.name))
		}
	}
}

// thisProgram tells programs apart: another one may read or count rows otherwise.
var thisProgram = sync.OnceValue(func() string {
	name := runtime.Version()
	if b, ok := debug.ReadBuildInfo(); ok {
		name += " " + b.Main.Version
		for _, s := range b.Settings {
			if strings.HasPrefix(s.Key, "vcs.") {
				name += " " + s.Value
			}
		}
	}
	if path, err := os.Executable(); err == nil {
		if about, err := os.Stat(path); err == nil {
			name += fmt.Sprint(" ", about.Size(), " ", about.ModTime().UnixNano())
		}
	}
	return name
})

// unfinished ends the names of snapshots that are being written. What a program that was killed left of them is
// removed by the next one that writes, and with the dataset.
const unfinished = ".new"

func sweepUnfinished(path string) {
	old, err := filepath.Glob(escaped(path) + ".*" + unfinished)
	if err != nil {
		return // a path that cannot be a pattern has left nothing
	}
	for _, name := range old {
		if about, err := os.Lstat(name); err == nil && time.Since(about.ModTime()) > time.Hour {
			_ = os.Remove(name) // it does no harm
		}
	}
}

// escaped is the path as a pattern that matches it alone.
func escaped(path string) string {
	if runtime.GOOS == "windows" {
		return path // has no escapes, and [ in a path is rare
	}
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(path)
}

// writeSnapshot puts the generation into the file, whole or not at all. Faults: those of the disk.
func writeSnapshot(path string, g *generation) (err error) {
	const op = "columns.writeSnapshot"
	sweepUnfinished(path)
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*"+unfinished)
	if err != nil {
		return fault.New(fault.ReadOnly, op, "The columns of a dataset cannot be kept beside it.", "Look at the rights of its folder.").Because(err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // the fault that is told comes first
		}
	}()
	c := newWriter(f)
	g.persistHead(c)
	g.persist(c)
	c.seal()
	err = c.err
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fault.New(fault.DiskFull, op, "The columns of a dataset could not be kept beside it.", "Look at the free space of its disk.").Because(err)
	}
	return nil
}

// readSnapshot makes a generation from the file, for the state that the reading has.
func readSnapshot(path string, r dataset.Reading) (g *generation, err error) {
	defer func() {
		if failed := recover(); failed != nil { // what validate did not think of
			g, err = nil, errDamaged
		}
	}()
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // it was only read
	about, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !about.Mode().IsRegular() {
		return nil, errStale
	}
	zone, err := zoneOf(r.Info())
	if err != nil {
		return nil, err
	}
	g = &generation{number: r.Generation(), info: r.Info(), dicts: readDictionaries(r), cal: &calendar{zone: zone},
		fields: newFieldColumns(r.Fields(), zone), hierarchy: &hierarchy{}}
	c := newReader(f, about.Size())
	if g.persistHead(c); c.err != nil {
		return nil, c.err
	}
	tables := g.persist(c)
	if c.seal(); c.err != nil {
		return nil, c.err
	}
	if _, err := c.r.ReadByte(); !errors.Is(err, io.EOF) {
		return nil, errDamaged
	}
	g.model = dataset.BuildModel(r)
	g.restore(c, tables)
	return g, c.err
}
