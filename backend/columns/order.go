package columns

import (
	"cmp"
	"math"
	"slices"

	"sightline/backend/dataset"
)

// orderRows sorts the combinations of row members and keeps the first.
func (a *assembly) orderRows(rows []int) {
	p := a.p
	if len(rows) == 0 {
		return
	}
	tuples := a.cells
	if a.rows != a.all {
		tuples = a.rows.project(a.cells, rows, 0)
	}
	order := make([]int32, len(tuples))
	for i := range order {
		order[i] = int32(i)
	}
	by := make([]func(x, y int32) int, 0, len(p.r.Sort)+1)
	for _, s := range p.r.Sort {
		by = append(by, a.comparison(tuples, s))
	}
	by = append(by, func(x, y int32) int { return slices.Compare(tuples[x].ordinals, tuples[y].ordinals) })
	compare := func(x, y int32) int {
		for _, c := range by {
			if c := c(x, y); c != 0 {
				return c
			}
		}
		return 0
	}
	if p.r.Top > 0 && !p.r.Others {
		order = firstOf(order, p.r.Top, compare)
	} else {
		slices.SortFunc(order, compare)
	}
	for i, at := range order {
		if p.r.Top > 0 && i >= p.r.Top {
			a.cut = append(a.cut, tuples[at])
		} else {
			a.kept = append(a.kept, tuples[at])
		}
	}
	a.out.Truncated = len(tuples) - len(a.kept)
}

// firstOf sorts the n first of the list, which are often few of many.
func firstOf(list []int32, n int, compare func(x, y int32) int) []int32 {
	if n > len(list)/8 {
		slices.SortFunc(list, compare)
		return list[:min(n, len(list))]
	}
	best := make([]int32, 0, n+1)
	for _, x := range list {
		if len(best) == n && compare(x, best[n-1]) >= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, x, compare)
		best = slices.Insert(best, at, x)
		best = best[:min(len(best), n)]
	}
	return best
}

// lateMembers reports whether the members of a list of items can wait until Top has cut it: only the
// values and the ids decide which items stay.
func (p *plan) lateMembers() bool {
	return p.detail == 0 && !p.widens() && len(p.dims) == p.rowDims && p.r.Top > 0 && !p.r.Others && !p.r.ShowEmpty &&
		!slices.ContainsFunc(p.r.Sort, func(s dataset.ResolvedSort) bool { return s.Group > 0 })
}

// addMembers makes the members of a cut list of items from the rows that are left.
func (a *assembly) addMembers() {
	p := a.p
	var from *scan
	var rows []int32
	for _, t := range a.kept {
		ref := a.all.entries[t.slot]
		from = ref.s
		rows = append(rows, ref.s.rows[ref.entry])
	}
	if from == nil {
		from = &scan{side: p.sides[0], seg: p.sides[0].rel.now, at: p.at}
	}
	p.scans = nil
	s := p.add(&scan{key: "kept", side: from.side, seg: from.seg, rows: rows, at: from.at})
	p.prepareDims()
	for i := range a.kept {
		t := &a.kept[i]
		for d := 1; d < len(p.dims); d++ {
			t.ordinals = append(t.ordinals, p.ordinalsOf(s, d).one[i])
		}
	}
}

// comparison orders by a value, null last, or by the members of a group.
func (a *assembly) comparison(tuples []tuple, s dataset.ResolvedSort) func(x, y int32) int {
	sign := 1
	if s.Descending {
		sign = -1
	}
	if s.Group >= 0 {
		return func(x, y int32) int {
			return sign * cmp.Compare(tuples[x].ordinals[s.Group], tuples[y].ordinals[s.Group])
		}
	}
	keys := make([]float64, len(tuples))
	for i, t := range tuples {
		if v := a.rows.evaluate(s.Value, t.slot, t.period, false); v.null {
			keys[i] = math.NaN()
		} else {
			keys[i] = v.x
		}
	}
	return func(x, y int32) int {
		u, v := keys[x], keys[y]
		if math.IsNaN(u) || math.IsNaN(v) {
			return cmp.Compare(boolInt(math.IsNaN(u)), boolInt(math.IsNaN(v)))
		}
		return sign * cmp.Compare(u, v)
	}
}
