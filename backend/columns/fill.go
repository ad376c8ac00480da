package columns

import (
	"cmp"
	"math"
	"slices"
)

// fill computes one base in every cell, and its part that the highlight keeps.
func (t *table) fill(b *basePlan, s *scan, k keyed) (whole, part series) {
	highlighted := b.side.highlight != nil
	if s == nil {
		return series{missing: true}, series{missing: true}
	}
	f := t.newFiller(b, s, k)
	whole = f.series(nil)
	if !highlighted {
		return whole, part
	}
	if s.unlit {
		return whole, series{missing: true}
	}
	return whole, f.series(s.lit)
}

// filler adds the entries of one scan to the cells of one base.
type filler struct {
	t       *table
	b       *basePlan
	s       *scan
	k       keyed
	keep    []uint8   // entries whose kind and own filters pass; nil for all
	xs      []float64 // what is aggregated; nil for aggCount
	periods int
	spread  bool // an entry stands in a run of periods
}

func (t *table) newFiller(b *basePlan, s *scan, k keyed) *filler {
	f := &filler{t: t, b: b, s: s, k: k, periods: 1}
	if t.onAxis && s.first != nil {
		f.periods, f.spread = t.periods, true
	}
	if b.kinds != nil {
		f.keep = make([]uint8, len(s.rows))
		lookUp(&s.seg.vector[vKind], s.rows, b.kinds, f.keep)
	}
	for _, own := range []*predicate{b.filter, b.where} {
		if own != nil {
			f.narrow(own)
		}
	}
	if b.agg != aggCount {
		f.xs = t.p.numbersOf(s, b.source)
	}
	return f
}

// narrow keeps the entries that a filter of the base alone keeps.
func (f *filler) narrow(own *predicate) {
	s := f.s
	if f.keep == nil {
		f.keep = make([]uint8, len(s.rows))
		for i := range f.keep {
			f.keep[i] = 1
		}
	}
	passes := make([]uint8, len(s.rows))
	for v, table := range own.tables {
		if table == nil {
			continue
		}
		lookUp(&s.seg.vector[v], s.rows, table, passes)
		for i, pass := range passes {
			f.keep[i] &= pass
		}
	}
	for _, test := range own.tests {
		for i, row := range s.rows {
			if f.keep[i] == 1 && !test(f.t.p.g, s.seg, row, s.momentOf(i)) {
				f.keep[i] = 0
			}
		}
	}
}

// entry is the entry behind the k-th key, -1 when it does not take part.
func (f *filler) entry(k int, lit []uint8) int {
	e := k
	if f.k.of != nil {
		e = int(f.k.of[k])
	}
	if f.keep != nil && f.keep[e] == 0 || lit != nil && lit[e] == 0 || f.xs != nil && f.xs[e] != f.xs[e] {
		return -1
	}
	return e
}

func (f *filler) series(lit []uint8) series {
	groups := f.t.groups
	out := series{periods: f.periods, cells: make([]cell, groups*f.periods)}
	switch {
	case f.b.perItem:
		f.perItem(out, lit)
	case f.b.agg == aggPercentile || f.b.agg == aggDistinct || f.b.agg == aggDeviation:
		f.lists(out, lit)
	case f.spread && f.b.agg.invertible() && !f.b.timing.event():
		f.differences(out, lit)
	default:
		f.fold(out, lit)
	}
	return out
}

// differences adds an entry where its run of periods begins and takes it away where the run ends; the
// running sum then is the state at each period.
func (f *filler) differences(out series, lit []uint8) {
	groups := f.t.groups
	for k, slot := range f.k.slot {
		e := f.entry(k, lit)
		if e < 0 {
			continue
		}
		x := 0.0
		if f.xs != nil {
			x = f.xs[e]
		}
		c := &out.cells[int(f.s.first[e])*groups+int(slot)]
		c.n++
		c.x += x
		if end := int(f.s.end[e]); end < f.periods {
			c = &out.cells[end*groups+int(slot)]
			c.n--
			c.x -= x
		}
	}
	for i := groups; i < len(out.cells); i++ {
		out.cells[i].n += out.cells[i-groups].n
		out.cells[i].x += out.cells[i-groups].x
	}
	for i := range out.cells {
		out.cells[i].x = withoutNoise(out.cells[i].x)
	}
}

// withoutNoise drops the digits in which adding and taking away binary fractions leaves a remainder.
func withoutNoise(x float64) float64 {
	if math.Abs(x) > 1e6 {
		return x
	}
	return math.Round(x*1e9) / 1e9
}

// fold adds up one entry after the other, in each period of its run.
func (f *filler) fold(out series, lit []uint8) {
	groups := f.t.groups
	for k, slot := range f.k.slot {
		e := f.entry(k, lit)
		if e < 0 {
			continue
		}
		first, end := 0, 1
		if f.spread {
			first, end = int(f.s.first[e]), int(f.s.end[e])
		}
		for at := first; at < end; at++ {
			c := &out.cells[at*groups+int(slot)]
			if f.xs != nil {
				x := f.xs[e]
				switch {
				case f.b.agg == aggSum:
					x += c.x
				case c.n > 0 && f.b.agg == aggMin:
					x = min(x, c.x)
				case c.n > 0 && f.b.agg == aggMax:
					x = max(x, c.x)
				}
				c.x = x
			}
			c.n++
		}
	}
}

// lists collects the numbers of each cell and takes their percentile or counts their distinct ones.
func (f *filler) lists(out series, lit []uint8) {
	groups := f.t.groups
	each := func(visit func(at int, x float64)) {
		for k, slot := range f.k.slot {
			e := f.entry(k, lit)
			if e < 0 {
				continue
			}
			first, end := 0, 1
			if f.spread {
				first, end = int(f.s.first[e]), int(f.s.end[e])
			}
			for at := first; at < end; at++ {
				f.members(e, func(x float64) { visit(at*groups+int(slot), x) })
			}
		}
	}
	each(func(at int, _ float64) { out.cells[at].n++ })
	ends := make([]int, len(out.cells)+1)
	for i, c := range out.cells {
		ends[i+1] = ends[i] + int(c.n)
	}
	xs, next := make([]float64, ends[len(out.cells)]), append([]int(nil), ends...)
	each(func(at int, x float64) {
		xs[next[at]] = x
		next[at]++
	})
	for i := range out.cells {
		list := xs[ends[i]:ends[i+1]]
		switch {
		case len(list) == 0:
		case f.b.agg == aggDeviation:
			out.cells[i].x = deviation(list)
		case f.b.agg == aggPercentile:
			out.cells[i].x = percentile(list, f.b.p)
		default:
			slices.SortFunc(list, cmp.Compare[float64])
			out.cells[i].n = int64(len(slices.Compact(list)))
		}
	}
}

// members visits the numbers of an entry: one, but of a column with many members each of them.
func (f *filler) members(e int, visit func(float64)) {
	if src := f.b.source; src.domain != nil && src.domain.many != nil {
		for _, m := range src.membersOf(src.domain, f.s.seg, f.s.rows[e]) {
			visit(float64(m))
		}
		return
	}
	visit(f.xs[e])
}
