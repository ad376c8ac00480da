package columns

import (
	"bytes"
	"math"
	"reflect"
	"sync"
	"testing"
)

// sheet has every kind of thing that a snapshot holds.
type sheet struct {
	n      int64
	narrow []uint8
	wide   []int64
	real   []float64
	none   []uint16
	name   string
	yes    bool
	rows   []sheetRow
}

type sheetRow struct {
	title string
	days  []int32
}

func (s *sheet) persist(c *codec) {
	one(c, &s.n)
	many(c, &s.narrow)
	many(c, &s.wide)
	many(c, &s.real)
	many(c, &s.none)
	text(c, &s.name)
	flag(c, &s.yes)
	list(c, &s.rows, func(c *codec, r *sheetRow) {
		text(c, &r.title)
		many(c, &r.days)
	})
	c.seal()
}

func writtenSheet(t *testing.T) (sheet, []byte) {
	t.Helper()
	s := sheet{n: -7, narrow: []uint8{1, 255}, wide: []int64{math.MinInt64, 0, math.MaxInt64}, real: []float64{1.5, math.Inf(1)},
		name: "Größe ✓", yes: true, rows: []sheetRow{{"a", []int32{-1, 2}}, {"", nil}}}
	var b bytes.Buffer
	c := newWriter(&b)
	s.persist(c)
	if c.err != nil {
		t.Fatal(c.err)
	}
	return s, b.Bytes()
}

func TestWhatACodecWritesItReadsBack(t *testing.T) {
	want, b := writtenSheet(t)
	var got sheet
	c := newReader(bytes.NewReader(b), int64(len(b)))
	got.persist(c)
	if c.err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v: got %+v, want %+v", c.err, got, want)
	}
}

func TestEveryDamagedByteIsNoticed(t *testing.T) {
	_, b := writtenSheet(t)
	for i := range b {
		for _, bit := range []byte{1, 0x80} {
			bad := bytes.Clone(b)
			bad[i] ^= bit
			var got sheet
			c := newReader(bytes.NewReader(bad), int64(len(bad)))
			if got.persist(c); c.err == nil {
				t.Fatalf("byte %d of %d changed and nothing was said", i, len(b))
			}
		}
	}
}

func TestACutSnapshotIsNoticed(t *testing.T) {
	_, b := writtenSheet(t)
	for n := range b {
		var got sheet
		c := newReader(bytes.NewReader(b[:n]), int64(n))
		if got.persist(c); c.err == nil {
			t.Fatalf("%d of %d bytes were enough", n, len(b))
		}
	}
}

func TestALengthBeyondTheFileAsksForNoMemory(t *testing.T) {
	b := bytes.Repeat([]byte{0xff}, 64)
	var xs []int64
	c := newReader(bytes.NewReader(b), int64(len(b)))
	if many(c, &xs); c.err == nil || xs != nil {
		t.Errorf("got %d numbers, %v", len(xs), c.err)
	}
}

// TestWritingSetsNothingThatIsReadMeanwhile lets several writers move one sheet, as queries read a generation while its
// snapshot is written. The race detector tells when one of them sets anything.
func TestWritingSetsNothingThatIsReadMeanwhile(t *testing.T) {
	s := sheet{n: 7, narrow: []uint8{1}, wide: []int64{-1}, real: []float64{0.5}, name: "Ünï", yes: true,
		rows: []sheetRow{{title: "a", days: []int32{1, 2}}}}
	var all sync.WaitGroup
	written := make([]bytes.Buffer, 4)
	for i := range written {
		all.Go(func() { s.persist(newWriter(&written[i])) })
	}
	all.Wait()
	for i := range written {
		if !bytes.Equal(written[i].Bytes(), written[0].Bytes()) || written[i].Len() == 0 {
			t.Errorf("writer %d wrote %d bytes that differ from the first's %d", i, written[i].Len(), written[0].Len())
		}
	}
}
