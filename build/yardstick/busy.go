package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
)

// changing is a source that has a new generation at every reading, as while a refresh commits without a pause.
type changing struct {
	w          *world
	generation atomic.Int64
}

type changed struct {
	reading
	generation int64
}

func (c *changing) Read(context.Context) (dataset.Reading, error) {
	return changed{reading{c.w}, c.generation.Add(1)}, nil
}

func (c changed) Generation() int64 { return c.generation }

// whileBusy measures how long a page takes while new generations are built one after the other, which is more work
// than a refresh makes: that pauses between two of them.
func (b *bench) whileBusy(people []float64) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	e, err := columns.Open(b.ctx, &changing{w: b.w}, columns.Options{Clock: func() time.Time { return now }})
	if err != nil {
		return err
	}
	began := time.Now()
	ended := make(chan error, 1)
	go func() {
		for time.Since(began) < 6*time.Second {
			if err := e.Reload(b.ctx); err != nil {
				ended <- err
				return
			}
		}
		ended <- nil
	}()
	took, err := b.latencies(e, people, ended)
	if err != nil {
		return err
	}
	b.tellLatencies("a page while new generations are built without a pause, two threads", took)
	return nil
}

// latencies asks the page of one project, with a pause of 5 ms between two, until the work beside it ends.
func (b *bench) latencies(e *columns.Engine, people []float64, ended <-chan error) ([]time.Duration, error) {
	var qs []dataset.Query
	p := b.w.pages(people)[1]
	for i := range p.visuals {
		q, err := decode(p.visuals[i].query)
		if err != nil {
			return nil, err
		}
		qs = append(qs, q)
	}
	var took []time.Duration
	for {
		select {
		case err := <-ended:
			if err == nil && len(took) < 200 {
				err = fmt.Errorf("%d pages are too few for a 99th percentile", len(took))
			}
			slices.Sort(took)
			return took, err
		case <-time.After(5 * time.Millisecond):
		}
		asked := time.Now()
		if err := b.ask(e, qs); err != nil {
			return nil, err
		}
		took = append(took, time.Since(asked))
	}
}

func (b *bench) tellLatencies(group string, took []time.Duration) {
	for _, percent := range []int{50, 99} {
		f := figure{Group: group, What: fmt.Sprintf("one project, %dth percentile of %d pages", percent, len(took)), Ours: millis(took[len(took)*percent/100]), Unit: "ms"}
		if percent == 99 {
			f.Goal = "8 ms"
		}
		b.tell(f)
	}
}
