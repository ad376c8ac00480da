package columns_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
)

// TestASnapshotThatSomebodyForgedCrashesNothing changes bytes and mends the checksum behind them, so that only what is
// checked of the rows themselves can refuse it.
func TestASnapshotThatSomebodyForgedCrashesNothing(t *testing.T) {
	d := newDice(7)
	w, now := d.factWorld()
	path := filepath.Join(t.TempDir(), "columns")
	closed(t, kept(t, w, now, path))
	whole := snapshotBytes(t, path)
	tries := 400
	if raceEnabled {
		tries = 60
	}
	accepted := 0
	for range tries {
		bad := bytes.Clone(whole)
		for range 1 + d.IntN(3) {
			at := d.IntN(len(bad) - 4)
			bad[at] = pick(d, []byte{0, 1, 0x7f, 0x80, 0xff, bad[at] + 1})
		}
		n := len(bad) - 4
		binary.NativeEndian.PutUint32(bad[n:], crc32.Checksum(bad[:n], crc32.MakeTable(crc32.Castagnoli)))
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		source := &walked{source: w}
		e, err := columns.Open(context.Background(), source, columns.Options{Clock: func() time.Time { return now }, Snapshot: path})
		if err != nil {
			t.Fatal(err)
		}
		if source.walks == 0 {
			accepted++
		}
		for range 3 { // its numbers may be wrong, as those of any file that somebody forged
			if _, err := e.Answer(context.Background(), d.factQuery(w, now)); err != nil {
				t.Logf("refused: %v", err)
			}
		}
		closed(t, e)
	}
	if accepted == 0 || accepted == tries {
		t.Errorf("%d of %d were accepted: the test looks at one side only", accepted, tries)
	}
}

func TestEnginesThatWriteOneSnapshotAtOnceLeaveAWholeOne(t *testing.T) {
	w, now := manyBugs(11, 50)
	path := filepath.Join(t.TempDir(), "columns")
	for range 20 {
		var all sync.WaitGroup
		for range 3 {
			e := kept(t, &reread{w}, now, path)
			all.Go(func() { closed(t, e) })
		}
		all.Wait()
		closed(t, kept(t, rowless(w), now, path))
		left, err := os.ReadDir(filepath.Dir(path))
		if err != nil || len(left) != 1 {
			t.Fatalf("left %v, %v", left, err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// reread is a source of its own, as each process has one.
type reread struct{ dataset.Source }
