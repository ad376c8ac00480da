package main

import (
	"os"
	"runtime"
	"runtime/pprof"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
)

// profile runs the engine alone over the cases for some seconds.
func (b *bench) profile(file string, people []float64) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	type asked struct {
		of *columns.Engine
		qs []dataset.Query
	}
	var all []asked
	for e, vs := range map[*columns.Engine][]visual{b.engine: b.w.visuals(people), b.facts: b.w.factVisuals()} {
		for _, v := range vs {
			if !b.wants(v.name) {
				continue
			}
			q, err := decode(v.query)
			if err != nil {
				return err
			}
			all = append(all, asked{e, []dataset.Query{q}})
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
			all = append(all, asked{b.engine, qs})
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
		for _, a := range all {
			if err := b.ask(a.of, a.qs); err != nil {
				return err
			}
		}
	}
	pprof.StopCPUProfile()
	return f.Close()
}
