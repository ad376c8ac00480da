package columns

import (
	"errors"
	"io"
	"os"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// A snapshot is the rows of a generation as they lie in memory, in a file beside the dataset: a cold start
// reads bytes, not rows. It is never trusted. One that is not of exactly the state that the dataset has
// now, or is damaged in any way, is as good as none, and the rows are read from the dataset.

// snapshotLayout grows with every change of what persist moves or what it means.
const snapshotLayout = 4

const (
	snapshotMagic = "Sightline columns\n"
	byteOrder     = uint32(0x01020304)
)

// errStale says that a snapshot is of another state of the data, or of another program.
var errStale = errors.New("the snapshot is of another state")

// persistHead moves what tells whether a snapshot fits the reading.
func (g *generation) persistHead(c *codec) {
	magic, order, layout, stamp := snapshotMagic, byteOrder, uint32(snapshotLayout), g.info.Stamp
	number, print, zone := g.number, g.dicts.fingerprint(g.fields.rows), g.info.TimeZone
	text(c, &magic)
	one(c, &order)
	one(c, &layout)
	text(c, &stamp)
	one(c, &number)
	one(c, &print)
	text(c, &zone)
	if c.err == nil && (magic != snapshotMagic || order != byteOrder || layout != snapshotLayout || stamp != g.info.Stamp ||
		number != g.number || print != g.dicts.fingerprint(g.fields.rows) || zone != g.info.TimeZone) {
		c.fail(errStale)
	}
}

// writeSnapshot puts the generation into the file, whole or not at all. Faults: those of the disk.
func writeSnapshot(path string, g *generation) (err error) {
	const op = "columns.writeSnapshot"
	beside := path + ".new"
	f, err := os.OpenFile(beside, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fault.New(fault.ReadOnly, op, "The columns of a dataset cannot be kept beside it.", "Look at the rights of its folder.").Because(err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(beside) // the fault that is told comes first
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
		err = os.Rename(beside, path)
	}
	if err != nil {
		return fault.New(fault.DiskFull, op, "The columns of a dataset could not be kept beside it.", "Look at the free space of its disk.").Because(err)
	}
	return nil
}

// readSnapshot makes a generation from the file, for the state that the reading has.
func readSnapshot(path string, r dataset.Reading) (*generation, error) {
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
	g := &generation{number: r.Generation(), info: r.Info(), dicts: readDictionaries(r), cal: &calendar{zone: zone},
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
