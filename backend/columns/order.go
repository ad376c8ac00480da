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
	by := make([][]uint64, 0, len(p.r.Sort))
	for _, s := range p.r.Sort {
		by = append(by, a.sortKeys(tuples, s))
	}
	kept := len(tuples)
	if p.r.Top > 0 {
		kept = min(kept, p.r.Top)
	}
	a.out.Truncated = len(tuples) - kept
	wanted := kept
	if p.r.Others {
		wanted = len(tuples) // those behind the kept ones are cut, not lost
	}
	if order := ordered(tuples, by, wanted); order != nil {
		sorted := make([]tuple, len(order))
		for i, at := range order {
			sorted[i] = tuples[at]
		}
		tuples = sorted
	}
	a.kept = tuples[:kept:kept]
	if p.r.Others {
		a.cut = tuples[kept:]
	}
}

// ordered are the positions of the first tuples in the order of the keys, of which an earlier list goes before a later
// one, and those of equal keys in the order of their members. nil when the tuples stand in that order already.
func ordered(tuples []tuple, by [][]uint64, top int) []int32 {
	natural := func(x, y int32) int { return slices.Compare(tuples[x].ordinals, tuples[y].ordinals) }
	compare := func(x, y int32) int {
		for _, keys := range by {
			if c := cmp.Compare(keys[x], keys[y]); c != 0 {
				return c
			}
		}
		return natural(x, y)
	}
	inOrder := true
	for i := 1; i < len(tuples) && inOrder; i++ {
		inOrder = slices.Compare(tuples[i-1].ordinals, tuples[i].ordinals) <= 0
	}
	if len(by) == 0 && inOrder {
		return nil
	}
	order := make([]int32, len(tuples))
	for i := range order {
		order[i] = int32(i)
	}
	switch {
	case top <= min(len(tuples)/8, fewFirst):
		return firstOf(order, top, compare)
	case len(tuples) < manyTuples:
		slices.SortFunc(order, compare)
		return order[:top]
	}
	if !inOrder {
		slices.SortFunc(order, natural)
	}
	for i := len(by) - 1; i >= 0; i-- {
		order = byKeys(order, by[i])
	}
	return order[:top]
}

// fewFirst is up to how many first ones are found by looking at all others once: each is inserted into a list.
const fewFirst = 1024

// manyTuples is from how many tuples on passes over the bytes of their keys are faster than comparing them.
const manyTuples = 512

// byKeys sorts positions by their keys, and leaves those of equal keys in the order they have.
func byKeys(order []int32, keys []uint64) []int32 {
	var counts [8][256]int32
	for _, k := range keys {
		for b := range counts {
			counts[b][byte(k>>(8*b))]++
		}
	}
	other := make([]int32, len(order))
	for b := range counts {
		next := &counts[b]
		if next[byte(keys[0]>>(8*b))] == int32(len(keys)) {
			continue // the same byte in all of them
		}
		at := int32(0)
		for digit, n := range next {
			next[digit], at = at, at+n
		}
		for _, i := range order {
			digit := byte(keys[i] >> (8 * b))
			other[next[digit]] = i
			next[digit]++
		}
		order, other = other, order
	}
	return order
}

// firstOf sorts the n first of the list, which are few of many.
func firstOf(list []int32, n int, compare func(x, y int32) int) []int32 {
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
		from, rows = a.all.rowBehind(t.slot, rows)
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

// sortKeys are numbers in the order of a value, or of the members of a group.
func (a *assembly) sortKeys(tuples []tuple, s dataset.ResolvedSort) []uint64 {
	keys := make([]uint64, len(tuples))
	for i := range tuples {
		x, t := math.NaN(), &tuples[i]
		if s.Group >= 0 {
			x = float64(t.ordinals[s.Group])
		} else if v := a.rows.evaluate(s.Value, t.slot, int(t.period), false); !v.null {
			x = v.x
		}
		keys[i] = sortKey(x, s.Descending)
	}
	return keys
}

// sortKey is a number in the order of x; what is no number comes last.
func sortKey(x float64, descending bool) uint64 {
	switch {
	case math.IsNaN(x):
		return math.MaxUint64
	case descending:
		return ^sortable(x + 0) // the two zeros are one number
	}
	return sortable(x + 0)
}
