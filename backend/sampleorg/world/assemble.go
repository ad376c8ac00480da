package world

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
)

// simulate lives all projects, several at a time. Each draws from its own generator, so that the outcome
// does not depend on how many processors there are.
func (w *World) simulate() []*simulation {
	all := make([]*simulation, len(w.Projects))
	for i, p := range w.Projects {
		all[i] = newSimulation(w, p)
	}
	var wait sync.WaitGroup
	turns := make(chan *simulation)
	for range min(runtime.GOMAXPROCS(0), len(all)) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for s := range turns {
				s.run()
			}
		}()
	}
	for _, s := range all {
		turns <- s
	}
	close(turns)
	wait.Wait()
	return all
}

// assemble gives the simulated items their ids, in the order in which they were created, puts the revisions
// side by side, and numbers the history.
func (w *World) assemble(all []*simulation) {
	ids := w.number(all)
	for i, s := range all {
		for k := range s.rows {
			r := &s.rows[k]
			if id := ids[i][r.Item]; id != 0 && r.Changed <= w.Now {
				w.Items[id-1].Count++
			}
		}
	}
	total := uint32(0)
	for i := range w.Items {
		w.Items[i].First = total
		total += uint32(w.Items[i].Count)
	}
	w.Revisions = make([]Revision, total)
	for i, s := range all {
		for k := range s.rows {
			r := s.rows[k]
			id := ids[i][r.Item]
			if id == 0 || r.Changed > w.Now {
				continue
			}
			r.Item, r.Parent = id, ids[i][r.Parent]
			w.Revisions[w.Items[id-1].First+uint32(r.Rev)-1] = r
		}
		s.rows = nil
	}
	gone := w.describe(all, ids)
	w.watermark(gone)
	w.connect(all, ids, gone)
}

// number makes the items. The result maps a simulation and a draft's place plus 1 to the id; 0 stays 0.
func (w *World) number(all []*simulation) [][]uint32 {
	type birth struct {
		at    int64
		sim   int32
		draft int32
	}
	var births []birth
	ids := make([][]uint32, len(all))
	for i, s := range all {
		ids[i] = make([]uint32, len(s.drafts)+1)
		for k := range s.rows {
			if r := &s.rows[k]; r.Rev == 1 && r.Changed <= w.Now {
				births = append(births, birth{r.Changed, int32(i), int32(r.Item)})
			}
		}
	}
	slices.SortFunc(births, func(a, b birth) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.sim, b.sim), cmp.Compare(a.draft, b.draft))
	})
	for n, b := range births {
		ids[b.sim][b.draft] = uint32(n + 1)
	}
	w.Items = make([]Item, len(births))
	return ids
}

// describe fills in what belongs to items and tells which of them were destroyed by now.
func (w *World) describe(all []*simulation, ids [][]uint32) []bool {
	gone := make([]bool, len(w.Items)+1)
	for i, s := range all {
		for k := range s.drafts {
			id := ids[i][k+1]
			if id == 0 {
				continue
			}
			d := &s.drafts[k]
			w.Items[id-1].Title, w.Items[id-1].topic = d.title, d.topic
			if d.destroyed != 0 && d.destroyed <= w.Now {
				gone[id] = true
				w.Destroyed = append(w.Destroyed, int(id))
			}
		}
		s.drafts = nil
	}
	w.condemn(gone)
	slices.Sort(w.Destroyed)
	return gone
}

// watermark numbers the history before destroyed items leave it, so that later destructions change no number.
// Revisions of one bulk edit share a number, as they share the moment and the author.
func (w *World) watermark(gone []bool) {
	type turn struct {
		at       int64
		position uint32
	}
	turns := make([]turn, len(w.Revisions))
	for i := range w.Revisions {
		turns[i] = turn{w.Revisions[i].Changed, uint32(i)}
	}
	// Positions rise with (item, revision), so they also settle what happened at the same moment.
	slices.SortFunc(turns, func(a, b turn) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.position, b.position))
	})
	mark, last := uint32(1000), &Revision{}
	w.Order = make([]uint32, 0, len(turns))
	for n, t := range turns {
		r := &w.Revisions[t.position]
		if r.Changed != last.Changed || r.ChangedBy != last.ChangedBy {
			mark++
			if mix(uint64(n))%5 == 0 { // other things of the organization take numbers too
				mark += 1 + uint32(mix(uint64(n))>>32%3)
			}
		}
		r.Watermark, last = mark, r
		if !gone[r.Item] {
			w.Order = append(w.Order, t.position)
		}
	}
	counts := make([]int, len(w.Projects))
	for _, at := range w.Order {
		counts[w.Revisions[at].Project]++
	}
	w.ByProject = make([][]uint32, len(w.Projects))
	for i, n := range counts {
		w.ByProject[i] = make([]uint32, 0, n)
	}
	for _, at := range w.Order {
		p := w.Revisions[at].Project
		w.ByProject[p] = append(w.ByProject[p], at)
	}
	for id, g := range gone {
		if g {
			w.Items[id-1].Count = 0
		}
	}
}

// connect brings the links of all projects into one history and tells every item its parent of today.
func (w *World) connect(all []*simulation, ids [][]uint32, gone []bool) {
	for i, s := range all {
		for _, l := range s.links {
			l.Source, l.Target = ids[i][l.Source], ids[i][l.Target]
			if l.Changed <= w.Now && l.Source != 0 && l.Target != 0 {
				w.Links = append(w.Links, l)
			}
		}
		s.links = nil
	}
	slices.SortFunc(w.Links, func(a, b Link) int {
		return cmp.Or(cmp.Compare(a.Changed, b.Changed), cmp.Compare(a.Target, b.Target), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Kind, b.Kind))
	})
	kept := w.Links[:0]
	for n, l := range w.Links {
		l.Watermark = uint32(6_000_000 + 3*n)
		if gone[l.Source] || gone[l.Target] {
			continue
		}
		kept = append(kept, l)
		if l.Kind != HierarchyLink {
			continue
		}
		if it := &w.Items[l.Target-1]; l.Active {
			it.Parent = l.Source
		} else if it.Parent == l.Source {
			it.Parent = 0
		}
	}
	w.Links = slices.Clip(kept)
}
