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
	var qs []dataset.Query
	p := b.w.pages(people)[1]
	for i := range p.visuals {
		q, err := decode(p.visuals[i].query)
		if err != nil {
			return err
		}
		qs = append(qs, q)
	}
	stop := make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				ended <- nil
				return
			default:
			}
			if err := e.Reload(b.ctx); err != nil {
				ended <- err
				return
			}
		}
	}()
	var took []time.Duration
	for began := time.Now(); time.Since(began) < 6*time.Second; time.Sleep(5 * time.Millisecond) {
		asked := time.Now()
		if _, errs := e.AnswerAll(b.ctx, qs); errs[0] != nil {
			return errs[0]
		}
		took = append(took, time.Since(asked))
	}
	close(stop)
	if err := <-ended; err != nil {
		return err
	}
	slices.Sort(took)
	for _, percent := range []int{50, 99} {
		f := figure{Group: "a page while new generations are built without a pause, two threads", What: fmt.Sprintf("%s, %dth percentile of %d", p.name, percent, len(took)),
			Ours: millis(took[len(took)*percent/100]), Unit: "ms"}
		if percent == 99 {
			f.Goal = "8"
		}
		b.tell(f)
	}
	return nil
}
