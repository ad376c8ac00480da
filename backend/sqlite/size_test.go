//go:build !race

// The detector of races has nothing to look for where bytes are counted, and takes too long over as many rows as are
// needed: a smaller file has more of what every file has.

package sqlite_test

import (
	"os"
	"testing"
)

// TestAFileTakesAtMost200BytesARevision counts everything: rows, texts, custom fields and the words of the search.
func TestAFileTakesAtMost200BytesARevision(t *testing.T) {
	const revisions = 30_000
	d := openNew(t)
	commit(t, d, schemaBatch())
	commit(t, d, benchBatches(revisions, 2000)...)
	must(t, d.Refreshed(ctx, epoch))
	info, err := os.Stat(d.Path())
	if err != nil {
		t.Fatal(err)
	}
	each := info.Size() / int64(revisions)
	t.Logf("%d bytes a revision", each)
	if each > 200 || each < 20 {
		t.Errorf("%d bytes a revision", each)
	}
}
