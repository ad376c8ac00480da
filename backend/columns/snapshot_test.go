package columns_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
)

// kept opens a source with a snapshot at the path.
func kept(t testing.TB, s dataset.Source, now time.Time, path string) *columns.Engine {
	t.Helper()
	e, err := columns.Open(context.Background(), s, columns.Options{Clock: func() time.Time { return now }, Snapshot: path,
		Warn: func(err error) { t.Errorf("the snapshot was not written: %v", err) }})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// rowless is a source whose rows cannot be read any more.
func rowless(s dataset.Source) *walked {
	return &walked{source: s, fail: errors.New("the rows were read")}
}

func closed(t testing.TB, e *columns.Engine) {
	t.Helper()
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestASnapshotAnswersEveryQueryAsTheRowsDo(t *testing.T) {
	ctx := context.Background()
	for seed := uint64(1); seed <= 20; seed++ {
		d := newDice(seed)
		path := filepath.Join(t.TempDir(), "columns")
		var source dataset.Source
		var now time.Time
		var query func() dataset.Query
		if seed%2 == 0 {
			w, at := d.world()
			source, now, query = w, at, func() dataset.Query { return d.query(w, at) }
		} else {
			w, at := d.factWorld()
			source, now, query = w, at, func() dataset.Query { return d.factQuery(w, at) }
		}
		built := kept(t, source, now, path)
		closed(t, kept(t, source, now, path)) // writes what it built
		unread := rowless(source)
		cold := kept(t, unread, now, path)
		if unread.texts != 0 {
			t.Errorf("seed %d: the texts were asked for, for which a dataset file is read whole", seed)
		}
		if built.Size() != cold.Size() {
			t.Errorf("seed %d: %+v became %+v", seed, built.Size(), cold.Size())
		}
		for range 50 {
			q := query()
			want, err := built.Answer(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := cold.Answer(ctx, q); err != nil || !alike(got, want) {
				t.Fatalf("seed %d: %v\n%+v\n%+v\n%+v", seed, err, q, got, want)
			}
		}
		closed(t, cold)
		closed(t, built)
	}
}

func TestASnapshotOfAnotherStateIsNotUsed(t *testing.T) {
	w, now := manyBugs(11, 50)
	path := filepath.Join(t.TempDir(), "columns")
	closed(t, kept(t, w, now, path))
	for name, change := range map[string]func(){
		"a later generation": func() { w.generation = 9 },
		"another file":       func() { w.stamp = "another" },
		"another zone":       func() { w.zone = "Asia/Tokyo" },
		"another project":    func() { w.projects[0].name += " renamed" },
	} {
		t.Run(name, func(t *testing.T) {
			before := *w
			first := w.projects[0]
			defer func() { *w = before; w.projects[0] = first }()
			change()
			source := &walked{source: w}
			e := kept(t, source, now, filepath.Join(filepath.Dir(path), "copy"))
			closed(t, e)
			if err := os.WriteFile(filepath.Join(filepath.Dir(path), "stale"), snapshotBytes(t, path), 0o600); err != nil {
				t.Fatal(err)
			}
			source.walks = 0
			e = kept(t, source, now, filepath.Join(filepath.Dir(path), "stale"))
			if source.walks == 0 {
				t.Error("the rows were not read again")
			}
			closed(t, e)
		})
	}
}

func snapshotBytes(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestADamagedSnapshotIsReadFromTheRowsAgain(t *testing.T) {
	d := newDice(3)
	w, now := d.factWorld()
	dir := t.TempDir()
	path := filepath.Join(dir, "columns")
	closed(t, kept(t, w, now, path))
	whole := snapshotBytes(t, path)
	damage := map[string][]byte{"empty": {}, "cut": whole[:len(whole)/2], "one byte too many": append(bytes.Clone(whole), 0), "noise": bytes.Repeat([]byte{0xa5}, 4096)}
	for i := 0; i < len(whole); i += max(1, len(whole)/97) {
		bad := bytes.Clone(whole)
		bad[i] ^= 0x10
		damage[fmt.Sprintf("byte %d", i)] = bad
	}
	want := kept(t, w, now, path)
	defer closed(t, want)
	q := dataset.Query{Values: []dataset.Value{{Measure: "Commits"}}, Rows: []dataset.Group{{Field: dataset.Project}}}
	answer, err := want.Answer(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	for name, bytes := range damage {
		if err := os.WriteFile(path, bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		source := &walked{source: w}
		e := kept(t, source, now, path)
		if got, err := e.Answer(context.Background(), q); err != nil || !alike(got, answer) {
			t.Errorf("%s: %v, %v", name, got.Rows, err)
		}
		closed(t, e)
	}
	if cold := kept(t, rowless(w), now, path); cold.Size() != want.Size() {
		t.Error("the damaged one was not replaced by a whole one")
	}
}

func TestWithoutRoomForASnapshotTheAnswersComeAllTheSame(t *testing.T) {
	w, now := manyBugs(11, 50)
	dir := filepath.Join(t.TempDir(), "gone")
	warned := 0
	e, err := columns.Open(context.Background(), w, columns.Options{Clock: func() time.Time { return now }, Snapshot: filepath.Join(dir, "columns"), Warn: func(error) { warned++ }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Answer(context.Background(), dataset.Query{Values: []dataset.Value{{Measure: "Work items"}}}); err != nil {
		t.Error(err)
	}
	closed(t, e)
	if warned != 1 {
		t.Errorf("warned %d times", warned)
	}
}
