// Command yardstick measures the engine beside DuckDB over the same world, in the same process, and first
// compares the answers. It prints one JSON object a figure; build/bench.mjs makes docs/benchmarks.md of them.
// It is a module of its own so that the product does not depend on what it is measured against.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
)

// figure is one measured number with the number beside it and the goal.
type figure struct {
	Group  string  `json:"group"`
	What   string  `json:"what"`
	Ours   float64 `json:"ours"`
	Theirs float64 `json:"theirs,omitempty"`
	Unit   string  `json:"unit"`
	Ratio  float64 `json:"ratio,omitempty"`
	Goal   string  `json:"goal,omitempty"`
}

func main() {
	items := flag.Int("items", 200_000, "work items of the world")
	runs := flag.Int("runs", 5, "how often each case is measured")
	only := flag.String("only", "", "only the cases whose name begins so")
	profile := flag.String("cpuprofile", "", "write a profile of the engine over all cases to this file, and measure nothing")
	flag.Parse()
	if err := run(context.Background(), *items, *runs, *only, *profile); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, items, runs int, only, profile string) error {
	dir, err := os.MkdirTemp("", "yardstick")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{ctx: ctx, w: newWorld(items), runs: runs, only: only}
	if err := b.build(); err != nil {
		return err
	}
	if b.duck, err = openDuck(ctx, b.w, dir); err != nil {
		return err
	}
	people, err := b.duck.rows(ctx, "select assigned::double from wi where assigned>0 group by 1 order by count(*) desc,1 limit 50")
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
	if err := b.visuals(busiest); err != nil {
		return err
	}
	if err := b.pages(busiest); err != nil || items > 500_000 {
		return err
	}
	return b.whileBusy(busiest)
}

// bench is one world in both engines.
type bench struct {
	ctx    context.Context
	w      *world
	engine *columns.Engine
	duck   *duck
	runs   int
	only   string
}

func (b *bench) tell(f figure) {
	if f.Theirs > 0 {
		f.Ratio = f.Ours / f.Theirs
	}
	f.Group = fmt.Sprintf("%d items: %s", b.w.items, f.Group)
	line, err := json.Marshal(f)
	if err != nil {
		panic(err) // a number that JSON cannot hold is a mistake here
	}
	fmt.Println(string(line))
}

func (b *bench) wants(name string) bool { return strings.HasPrefix(name, b.only) }

// build reads the world into the engine.
func (b *bench) build() error {
	cpu := processCPU()
	e, err := columns.Open(b.ctx, reading{b.w}, columns.Options{Clock: func() time.Time { return now }})
	if err != nil {
		return err
	}
	b.engine = e
	spent := processCPU() - cpu
	size := e.Size()
	runtime.GC()
	var heap runtime.MemStats
	runtime.ReadMemStats(&heap)
	b.tell(figure{Group: "columns", What: "rows of history", Ours: float64(size.Intervals), Unit: "rows"})
	b.tell(figure{Group: "columns", What: "build, the making of the rows included", Ours: spent.Seconds(), Unit: "s CPU"})
	scale := 200_000 / float64(size.Items)
	b.tell(figure{Group: "columns", What: "columns of 200,000 items with their history, without titles", Ours: float64(size.Bytes) * scale / 1e6, Unit: "MB", Goal: "35"})
	b.tell(figure{Group: "columns", What: "titles of 200,000 items", Ours: float64(size.TitleBytes) * scale / 1e6, Unit: "MB"})
	b.tell(figure{Group: "columns", What: "heap with dictionaries, of 200,000 items", Ours: float64(heap.HeapAlloc) * scale / 1e6, Unit: "MB"})
	return nil
}

func decode(text string) (dataset.Query, error) { return dataset.DecodeQuery([]byte(text)) }

// visuals compares and measures one visual after the other on one thread.
func (b *bench) visuals(people []float64) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if err := b.duck.threads(b.ctx, 1); err != nil {
		return err
	}
	for _, v := range b.w.visuals(people) {
		if !b.wants(v.name) {
			continue
		}
		if err := same(b.ctx, b.engine, b.duck, b.w, &v); err != nil {
			return err
		}
		q, err := decode(v.query)
		if err != nil {
			return err
		}
		ours := &timing{run: func() error { _, err := b.engine.Answer(b.ctx, q); return err }}
		theirs := &timing{run: func() error { _, err := b.duck.answer(b.ctx, &v); return err }}
		if err := inTurn(b.runs, ours, theirs); err != nil {
			return err
		}
		b.tell(figure{Group: "visuals, CPU on one thread", What: v.name, Ours: millis(ours.medianCPU()), Theirs: millis(theirs.medianCPU()), Unit: "ms", Goal: "0.5"})
	}
	return nil
}

func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// pages compares and measures the pages: CPU on one thread, then wall time on two.
func (b *bench) pages(people []float64) error {
	for _, p := range b.w.pages(people) {
		if !b.wants(p.name) {
			continue
		}
		var qs []dataset.Query
		for i := range p.visuals {
			if err := same(b.ctx, b.engine, b.duck, b.w, &p.visuals[i]); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			q, err := decode(p.visuals[i].query)
			if err != nil {
				return err
			}
			qs = append(qs, q)
		}
		for _, threads := range []int{1, 2} {
			ours, theirs, err := b.page(p, qs, threads)
			if err != nil {
				return err
			}
			if threads == 1 {
				b.tell(figure{Group: "page of 9 visuals, CPU on one thread", What: p.name, Ours: millis(ours.medianCPU()), Theirs: millis(theirs.medianCPU()), Unit: "ms", Goal: "0.125"})
				b.tell(figure{Group: "page of 9 visuals, CPU a row", What: p.name, Ours: float64(ours.medianCPU()) / float64(b.w.items), Unit: "ns", Goal: "5"})
				continue
			}
			b.tell(figure{Group: "page of 9 visuals, wall time on two threads", What: p.name, Ours: millis(ours.leastWall()), Theirs: millis(theirs.leastWall()), Unit: "ms", Goal: "16 ms at 2,000,000 items"})
		}
	}
	return nil
}

func (b *bench) page(p page, qs []dataset.Query, threads int) (ours, theirs *timing, err error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(threads))
	if err := b.duck.threads(b.ctx, threads); err != nil {
		return nil, nil, err
	}
	ours = &timing{run: func() error {
		_, errs := b.engine.AnswerAll(b.ctx, qs)
		for _, err := range errs {
			if err != nil {
				return err
			}
		}
		return nil
	}}
	theirs = &timing{run: func() error {
		for i := range p.visuals {
			if _, err := b.duck.answer(b.ctx, &p.visuals[i]); err != nil {
				return err
			}
		}
		return nil
	}}
	return ours, theirs, inTurn(b.runs, ours, theirs)
}
