package columns_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sightline/backend/columns"
)

// TestASnapshotThatIsNotUsedSaysWhy starts over a snapshot of another state and over a damaged one. A first start, which
// has none, and one over a snapshot that fits say nothing.
func TestASnapshotThatIsNotUsedSaysWhy(t *testing.T) {
	d := newDice(3)
	w, now := d.world()
	w.generation = 1
	path := filepath.Join(t.TempDir(), "columns")
	start := func(whenAsked bool) string {
		why := ""
		e, err := columns.Open(context.Background(), w, columns.Options{Clock: func() time.Time { return now }, Snapshot: path, WhenAsked: whenAsked,
			Refused: func(err error) { why += err.Error() }})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Answer(context.Background(), d.query(w, now)); err != nil {
			t.Fatal(err)
		}
		closed(t, e)
		return why
	}
	if why := start(false); why != "" {
		t.Errorf("a first start: %q", why)
	}
	for _, whenAsked := range []bool{false, true} {
		if why := start(whenAsked); why != "" {
			t.Errorf("a snapshot that fits: %q", why)
		}
		w.generation++
		if why := start(whenAsked); !strings.HasSuffix(why, "another generation") {
			t.Errorf("another generation: %q", why)
		}
		whole := snapshotBytes(t, path)
		if err := os.WriteFile(path, whole[:len(whole)-9], 0o600); err != nil {
			t.Fatal(err)
		}
		if why := start(whenAsked); !strings.Contains(why, "damaged") && !strings.Contains(why, "EOF") {
			t.Errorf("a file that was cut off: %q", why)
		}
	}
}
