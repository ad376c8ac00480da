package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
)

// bench is one world in all engines.
type bench struct {
	ctx    context.Context
	w      *world
	dir    string
	engine *columns.Engine // the work items
	facts  *columns.Engine // the tables beside them
	duck   *database
	lite   *database // nil for a world with many items
	runs   int
	only   string
}

// beside are the databases that a world is in.
func (b *bench) beside() []*database {
	if b.lite == nil {
		return []*database{b.duck}
	}
	return []*database{b.duck, b.lite}
}

func (b *bench) wants(name string) bool { return strings.HasPrefix(name, b.only) }

// build reads the world into engines.
func (b *bench) build() (err error) {
	clock := func() time.Time { return now }
	cpu := processCPU()
	if b.engine, err = columns.Open(b.ctx, reading{b.w}, columns.Options{Clock: clock, Snapshot: b.file(madeFile)}); err != nil {
		return err
	}
	spent := processCPU() - cpu
	size := b.engine.Size()
	runtime.GC()
	var heap runtime.MemStats
	runtime.ReadMemStats(&heap)
	b.tell(figure{Group: "columns", What: "revisions", Ours: float64(size.Intervals), Unit: "rows"})
	b.tell(figure{Group: "columns", What: "build, the making of the rows included", Ours: spent.Seconds(), Unit: "s CPU"})
	scale := 200_000 / float64(size.Items)
	b.tell(figure{Group: "columns", What: "columns of 200,000 items with their history, without titles", Ours: float64(size.Bytes) * scale / 1e6, Unit: "MB", Goal: "35 MB"})
	b.tell(figure{Group: "columns", What: "titles of 200,000 items", Ours: float64(size.TitleBytes) * scale / 1e6, Unit: "MB"})
	b.tell(figure{Group: "columns", What: "heap with dictionaries, of 200,000 items", Ours: float64(heap.HeapAlloc) * scale / 1e6, Unit: "MB"})
	if b.facts, err = columns.Open(b.ctx, factReading{reading{b.w}}, columns.Options{Clock: clock}); err != nil {
		return err
	}
	size = b.facts.Size()
	b.tell(figure{Group: "columns", What: "commits, pull requests, runs of pipelines and of tests", Ours: float64(size.Facts), Unit: "rows"})
	b.tell(figure{Group: "columns", What: "columns of these, texts of their own included", Ours: float64(size.Bytes) / float64(size.Facts), Unit: "bytes a row"})
	return nil
}

func decode(text string) (dataset.Query, error) { return dataset.DecodeQuery([]byte(text)) }

// visuals compares and measures one visual after the other on one thread.
func (b *bench) visuals(group string, e *columns.Engine, all []visual) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if err := threads(b.ctx, b.duck, 1); err != nil {
		return err
	}
	for _, v := range all {
		if !b.wants(v.name) {
			continue
		}
		if err := same(b.ctx, e, b.w, &v, b.beside()...); err != nil {
			return err
		}
		q, err := decode(v.query)
		if err != nil {
			return err
		}
		f := figure{Group: group + ", CPU on one thread", What: v.name, Unit: "ms", Goal: "0.5"}
		if err := b.inTurn(&f, b.beside(), func() error { _, err := e.Answer(b.ctx, q); return err }, []visual{v}, (*timing).medianCPU); err != nil {
			return err
		}
		b.tell(f)
	}
	return nil
}

// inTurn measures ours and the same visuals in the databases in turn, and fills the figure.
func (b *bench) inTurn(f *figure, beside []*database, ours func() error, vs []visual, read func(*timing) time.Duration) error {
	tasks := []*timing{{run: ours}}
	for _, d := range beside {
		tasks = append(tasks, &timing{run: func() error {
			for i := range vs {
				if _, err := d.answer(b.ctx, &vs[i]); err != nil {
					return err
				}
			}
			return nil
		}})
	}
	if err := inTurn(b.runs, tasks...); err != nil {
		return err
	}
	f.Ours, f.Theirs = millis(read(tasks[0])), millis(read(tasks[1]))
	if len(tasks) > 2 {
		f.Lite = millis(read(tasks[2]))
	}
	return nil
}

// pages compares and measures the pages: CPU on one thread, then wall time on two.
func (b *bench) pages(people []float64) error {
	for _, p := range b.w.pages(people) {
		if !b.wants(p.name) {
			continue
		}
		var qs []dataset.Query
		for i := range p.visuals {
			if err := same(b.ctx, b.engine, b.w, &p.visuals[i], b.beside()...); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			q, err := decode(p.visuals[i].query)
			if err != nil {
				return err
			}
			qs = append(qs, q)
		}
		one := figure{Group: "page of 9 visuals, CPU on one thread", What: p.name, Unit: "ms", Goal: "0.125"}
		if err := b.page(&one, 1, b.beside(), p, qs, (*timing).medianCPU); err != nil {
			return err
		}
		b.tell(one)
		b.tell(figure{Group: "page of 9 visuals, CPU a row", What: p.name, Ours: one.Ours * 1e6 / float64(b.w.items), Unit: "ns", Goal: "5 ns"})
		two := figure{Group: "page of 9 visuals, wall time on two threads", What: p.name, Unit: "ms", Goal: "16 ms at 2,000,000 items"}
		if err := b.page(&two, 2, []*database{b.duck}, p, qs, (*timing).leastWall); err != nil {
			return err
		}
		b.tell(two)
	}
	return nil
}

func (b *bench) page(f *figure, processors int, beside []*database, p page, qs []dataset.Query, read func(*timing) time.Duration) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
	if err := threads(b.ctx, b.duck, processors); err != nil {
		return err
	}
	return b.inTurn(f, beside, func() error { return b.ask(b.engine, qs) }, p.visuals, read)
}

// ask asks a page.
func (b *bench) ask(e *columns.Engine, qs []dataset.Query) error {
	_, errs := e.AnswerAll(b.ctx, qs)
	return errors.Join(errs...)
}
