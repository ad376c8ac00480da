package sqlite_test

import (
	"os"
	"sync"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/sqlite"
)

func logSize(t testing.TB, d *sqlite.Dataset) int64 {
	t.Helper()
	info, err := os.Stat(d.Path() + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// TestTheLogStaysShortUnderReadersThatNeverStop writes while somebody reads all the time, as the columns do during
// a load. Without a gate the log has everything that was written.
func TestTheLogStaysShortUnderReadersThatNeverStop(t *testing.T) {
	d := openNew(t)
	limit, revisions := int64(1<<20), 12_000
	if raceEnabled {
		limit, revisions = 128<<10, 1500
	}
	d.LimitLog(limit, 5*time.Second)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				r, err := d.Read(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				if err := r.Revisions(func(*dataset.RevisionRow) error { return nil }); err != nil {
					t.Error(err)
				}
				r.Close()
			}
		})
	}
	longest, longestCommit, written := int64(0), int64(0), int64(0)
	for _, b := range benchBatches(revisions, revisions/30) {
		before := logSize(t, d)
		commit(t, d, b)
		after := logSize(t, d)
		longest = max(longest, after)
		if after > before {
			longestCommit = max(longestCommit, after-before)
			written += after - before
		}
	}
	close(done)
	readers.Wait()
	if longest > limit+2*longestCommit || written < 4*limit {
		t.Errorf("the log was %d bytes long at most, of %d that were written, %d at once", longest, written, longestCommit)
	}
}

// TestAReadingThatStaysOpenHoldsNobodyForEver keeps one reading open, so the log cannot be emptied.
func TestAReadingThatStaysOpenHoldsNobodyForEver(t *testing.T) {
	const patience = 300 * time.Millisecond
	d := openNew(t)
	commit(t, d, schemaBatch(), revisions(revision(1, 1, nil)))
	r := read(t, d)
	d.LimitLog(1, patience)
	began := time.Now()
	commit(t, d, revisions(revision(1, 2, nil))) // waits once
	waited := time.Since(began)
	if waited < patience {
		t.Errorf("the first commit took %v", waited)
	}
	d.LimitLog(64<<20, patience)
	began = time.Now()
	for rev := 3; rev < 20; rev++ {
		commit(t, d, revisions(revision(1, rev, nil)))
		read(t, d).Close()
	}
	if more := time.Since(began); more > 17*patience { // each would wait once more
		t.Errorf("the others took %v", more)
	}
	r.Close()
	d.LimitLog(1, patience)
	commit(t, d, devops.Batch{People: []devops.Person{personNamed(7)}})
	if size := logSize(t, d); size != 0 {
		t.Errorf("nobody reads, and the log has %d bytes", size)
	}
}
