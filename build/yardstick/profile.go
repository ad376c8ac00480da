package main

import (
	"os"
	"runtime"
	"runtime/pprof"
	"time"

	"sightline/backend/dataset"
)

// profile runs the engine alone over the cases for some seconds.
func (b *bench) profile(file string, people []float64) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var all [][]dataset.Query
	for _, v := range b.w.visuals(people) {
		if b.wants(v.name) {
			q, err := decode(v.query)
			if err != nil {
				return err
			}
			all = append(all, []dataset.Query{q})
		}
	}
	for _, p := range b.w.pages(people) {
		var qs []dataset.Query
		for i := range p.visuals {
			q, err := decode(p.visuals[i].query)
			if err != nil {
				return err
			}
			qs = append(qs, q)
		}
		if b.wants(p.name) {
			all = append(all, qs)
		}
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	for began := time.Now(); time.Since(began) < 5*time.Second; {
		for _, qs := range all {
			b.engine.AnswerAll(b.ctx, qs)
		}
	}
	pprof.StopCPUProfile()
	return f.Close()
}
