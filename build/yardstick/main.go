// Command yardstick measures the engine beside DuckDB and the C SQLite over the same world, in the same process, and first
// compares the answers: no time is told of an answer that is not theirs. It prints one JSON object a figure;
// build/yardstick.mjs makes docs/benchmarks.md of them. It is a module of its own so that the product does not depend on
// what it is measured against, and it is for Linux.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	items := flag.Int("items", 200_000, "work items of the world")
	runs := flag.Int("runs", 5, "how often each case is measured")
	only := flag.String("only", "", "only the cases whose name begins so, and nothing but visuals and pages")
	profile := flag.String("cpuprofile", "", "write a profile of the engine over all cases to this file, and measure nothing")
	start := flag.String("start", "", "be a fresh process that starts engine, columns, duckdb or sqlite and answers one page over the files of -dir")
	dir := flag.String("dir", "", "with -start: where the files are")
	flag.Parse()
	ctx := context.Background()
	var err error
	if *start != "" {
		err = startAndAnswer(ctx, *start, *dir, newWorld(*items))
	} else {
		err = measure(&bench{ctx: ctx, w: newWorld(*items), runs: *runs, only: *only}, *profile)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// manyItems is from where on a world is too large for the C SQLite and for being stored, which would take minutes.
const manyItems = 500_000

func measure(b *bench, profile string) (err error) {
	if b.dir, err = os.MkdirTemp("", "yardstick"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	if err := b.build(); err != nil {
		return err
	}
	if b.duck, err = fillDuck(b.ctx, b.w, b.file(duckFile)); err != nil {
		return err
	}
	people, err := b.duck.rows(b.ctx, "select assigned::double from wi where assigned>0 group by 1 order by count(*) desc,1 limit 50")
	if err != nil {
		return err
	}
	var busiest []float64
	for _, row := range people {
		busiest = append(busiest, row[0])
	}
	if profile != "" {
		return b.profile(profile, busiest)
	}
	if b.w.items < manyItems {
		if b.lite, err = fillLite(b.ctx, b.w, b.file(liteFile)); err != nil {
			return err
		}
	}
	for _, step := range []func() error{
		func() error { return b.visuals("visuals", b.engine, b.w.visuals(busiest)) },
		func() error { return b.visuals("visuals of Git, pipelines and tests", b.facts, b.w.factVisuals()) },
		func() error { return b.facts.Close() },
		func() error { return b.pages(busiest) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	if b.only != "" {
		return nil
	}
	if b.w.items < manyItems {
		if err := b.whileBusy(busiest); err != nil {
			return err
		}
		if err := b.stored(busiest); err != nil {
			return err
		}
	}
	return b.coldStarts()
}

// The files of a world.
const (
	duckFile     = "star.duckdb"
	liteFile     = "star.sqlite"
	datasetFile  = "dataset.sightline"
	snapshotFile = "dataset.columns"
	madeFile     = "made.columns" // a snapshot of the columns that were built without a dataset
)

func (b *bench) file(name string) string { return filepath.Join(b.dir, name) }
