package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sys/unix"

	"sightline/backend/columns"
	"sightline/backend/dataset"
	"sightline/backend/sqlite"
)

// The ways in which a fresh process starts.
const (
	startEngine  = "engine"  // the dataset file and the snapshot beside it
	startColumns = "columns" // a snapshot without a dataset file
	startDuck    = "duckdb"
	startLite    = "sqlite"
)

// startFiles are the files of each way.
var startFiles = map[string][]string{startEngine: {datasetFile, snapshotFile}, startColumns: {madeFile}, startDuck: {duckFile}, startLite: {liteFile}}

// started is what a fresh process tells.
type started struct {
	Millis  float64   `json:"millis"`
	Answers []numbers `json:"answers"`
}

// startAndAnswer opens the files of one way, answers the page without a filter and tells how long both took.
func startAndAnswer(ctx context.Context, way, dir string, w *world) error {
	vs := w.pages(nil)[0].visuals
	qs := make([]dataset.Query, len(vs))
	for i := range vs {
		var err error
		if qs[i], err = decode(vs[i].query); err != nil {
			return err
		}
	}
	var out started
	var err error
	switch way {
	case startEngine, startColumns:
		err = startOurs(ctx, way, dir, w, qs, &out)
	case startDuck, startLite:
		err = startTheirs(ctx, way, dir, w, vs, &out)
	default:
		err = fmt.Errorf("there is no way %q to start", way)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

func startOurs(ctx context.Context, way, dir string, w *world, qs []dataset.Query, out *started) error {
	began := time.Now()
	var source dataset.Source = unread{reading{w}}
	snapshot := filepath.Join(dir, madeFile)
	if way == startEngine {
		snapshot = filepath.Join(dir, snapshotFile)
		d, err := sqlite.OpenDataset(ctx, filepath.Join(dir, datasetFile), sqlite.DatasetOptions{ReadOnly: true})
		if err != nil {
			return err
		}
		source = d
	}
	e, err := columns.Open(ctx, source, columns.Options{Clock: func() time.Time { return now }, Snapshot: snapshot})
	if err != nil {
		return err
	}
	results, errs := e.AnswerAll(ctx, qs)
	out.Millis = millis(time.Since(began))
	for i, err := range errs {
		if err != nil {
			return err
		}
		out.Answers = append(out.Answers, ofEngine(results[i]))
	}
	return nil
}

// unread is a source whose rows nobody may ask for: a snapshot has to do.
type unread struct{ reading }

func (r unread) Read(context.Context) (dataset.Reading, error) { return r, nil }

func (r unread) Items(func(*dataset.ItemRow) error) error {
	return fmt.Errorf("the snapshot was not used")
}

func startTheirs(ctx context.Context, way, dir string, w *world, vs []visual, out *started) error {
	began := time.Now()
	var d *database
	var err error
	if way == startLite {
		d, err = openLite(filepath.Join(dir, liteFile))
	} else {
		d, _, err = openDuck(filepath.Join(dir, duckFile) + "?access_mode=read_only")
	}
	if err != nil {
		return err
	}
	answers := make([][][]float64, len(vs))
	for i := range vs {
		if answers[i], err = d.answer(ctx, &vs[i]); err != nil {
			return err
		}
	}
	out.Millis = millis(time.Since(began))
	for i := range vs {
		n := numbers{}
		for _, row := range answers[i] {
			keys, values := vs[i].read(w, row)
			n.put(keys, values)
		}
		out.Answers = append(out.Answers, n)
	}
	return nil
}

// coldStarts measures fresh processes, whose files are not in memory, from the opening to the answers of a page.
func (b *bench) coldStarts() error {
	for _, d := range b.beside() {
		if err := d.close(); err != nil {
			return err
		}
	}
	if err := b.engine.Close(); err != nil { // its snapshot is written now at the latest
		return err
	}
	ways := []string{startColumns, startDuck}
	if b.lite != nil {
		ways = []string{startEngine, startDuck, startLite, startColumns}
	}
	took := map[string][]float64{}
	for range b.runs {
		var first []numbers
		for _, way := range ways {
			s, err := b.start(way)
			if err != nil {
				return fmt.Errorf("a start of %s: %w", way, err)
			}
			if first == nil {
				first = s.Answers
			}
			for i, v := range b.w.pages(nil)[0].visuals {
				if err := v.agree(first[i], s.Answers[i]); err != nil {
					return fmt.Errorf("%s: after starts of %s and %s: %w", v.name, ways[0], way, err)
				}
			}
			took[way] = append(took[way], s.Millis)
		}
	}
	median := func(way string) float64 {
		xs := slices.Sorted(slices.Values(took[way]))
		if len(xs) == 0 {
			return 0
		}
		return xs[len(xs)/2]
	}
	names := map[string]string{startEngine: "dataset file opened, columns read from their snapshot", startColumns: "columns read from their snapshot alone"}
	for _, way := range []string{startEngine, startColumns} {
		if len(took[way]) > 0 {
			b.tell(figure{Group: "start of a process to the answers of a page, files not in memory", What: names[way], Ours: median(way), Theirs: median(startDuck), Lite: median(startLite), Unit: "ms", Goal: "1"})
		}
	}
	return nil
}

// start runs a fresh process of this program.
func (b *bench) start(way string) (s started, err error) {
	for _, name := range startFiles[way] {
		if err := forget(b.file(name)); err != nil {
			return s, err
		}
	}
	self, err := os.Executable()
	if err != nil {
		return s, err
	}
	c := exec.CommandContext(b.ctx, self, "-items", fmt.Sprint(b.w.items), "-start", way, "-dir", b.dir)
	c.Stderr = os.Stderr
	said, err := c.Output()
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(said, &s)
}

// forget lets the operating system drop what it holds of a file.
func forget(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() // it was only read
	if err := f.Sync(); err != nil {
		return err
	}
	return unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
}
