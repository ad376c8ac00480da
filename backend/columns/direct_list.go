package columns

import (
	"math"
	"slices"
)

// rowList is what the direct way knows when every group is a row: the rows that take part, and the numbers of each base.
// Nothing in it is as long as the table, so that a list of few rows of many costs what the few do.
type rowList struct {
	scan        *scan // of the rows that take part, in the order of the table
	whole, part [][]listedBase
}

// listedBase is a base over some of the rows of a list.
type listedBase struct {
	rows    []int32
	xs      []float64 // nil for a count
	missing bool
}

// listsDirectly reports whether the groups are rows that the direct way can list.
func (p *plan) listsDirectly() bool {
	if len(p.dims) != p.rowDims || p.widens() && len(p.dims) > 1 {
		return false // tables of the other groups alone, whose columns need not be codes
	}
	if h := p.sides[0].highlight; h != nil && h.aged {
		return false
	}
	for i := range p.values {
		for j := range p.values[i].bases {
			if !p.looksDirectly(&p.values[i].bases[j], false) {
				return false
			}
		}
	}
	return true
}

// chooseList finds the rows of every base and joins them to one list. All bases look at the same time: a query in which
// a row could stand in two groups has no detail.
func (p *plan) chooseList() error {
	list := &rowList{scan: &scan{key: "listed", side: p.sides[0], seg: p.sides[0].rel.now, at: p.at}}
	for i := range p.values {
		var whole, part []listedBase
		for j := range p.values[i].bases {
			if err := p.ctx.Err(); err != nil {
				return err
			}
			w, l, err := p.listBase(&p.values[i].bases[j], list.scan)
			if err != nil {
				return err
			}
			list.scan.rows = joined(list.scan.rows, w.rows)
			whole, part = append(whole, w), append(part, l)
		}
		list.whole, list.part = append(list.whole, whole), append(list.part, part)
	}
	p.list = list
	p.add(list.scan)
	return nil
}

// listBase are the rows of a base, and those that the highlight keeps.
func (p *plan) listBase(b *basePlan, s *scan) (whole, part listedBase, err error) {
	missing := listedBase{missing: true}
	l, _ := p.lookOf(b, false)
	if l == nil {
		return missing, missing, nil
	}
	s.seg, s.at = l.seg, l.at
	rows, err := p.rowsOf(b, l)
	if err != nil {
		return missing, missing, err
	}
	list := func(rows *rowSet, days daySet) listedBase {
		if l.event != nil {
			rows = p.onDays(rows, keyPart{&l.event.codes, (&table{p: p}).dayKeys(l.event, days, 1)}, days, 1)
		}
		out := listedBase{rows: rows.list()}
		if b.agg != aggCount {
			out.xs = p.numbersAt(b, l, rows, out.rows)
		}
		return out
	}
	whole = list(rows, p.valueDays(b.value))
	h := b.side.highlight
	if h == nil {
		return whole, part, nil
	}
	if h.dates != nil && !b.timing.event() {
		return whole, missing, nil
	}
	if rows, err = p.narrowed(rows, l, h); err != nil {
		return whole, missing, err
	}
	return whole, list(rows, p.valueDays(b.value).and(h.dates)), nil
}

// joined are the rows of two ascending lists, each once.
func joined(a, b []int32) []int32 {
	switch {
	case len(b) == 0 || sameRows(a, b):
		return a
	case len(a) == 0:
		return b
	}
	out := make([]int32, 0, max(len(a), len(b)))
	for len(a) > 0 && len(b) > 0 {
		x, y := a[0], b[0]
		if x <= y {
			a = a[1:]
		}
		if y <= x {
			b = b[1:]
		}
		out = append(out, min(x, y))
	}
	return append(append(out, a...), b...)
}

func sameRows(a, b []int32) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0] || slices.Equal(a, b))
}

// listTable makes every row of the list a group.
func (p *plan) listTable(t *table) (*table, error) {
	t.list, t.groups = p.list, len(p.list.scan.rows)
	if err := t.tooLarge(); err != nil {
		return nil, err
	}
	t.touched = make([]bool, t.groups)
	for i := range p.values {
		var whole, part []series
		for j := range p.values[i].bases {
			b := &p.values[i].bases[j]
			w := t.listCells(b, &p.list.whole[i][j])
			for slot := range w.cells {
				t.touched[slot] = t.touched[slot] || w.cells[slot].n != 0
			}
			whole = append(whole, w)
			if b.side.highlight != nil {
				part = append(part, t.listCells(b, &p.list.part[i][j]))
			} else {
				part = append(part, series{})
			}
		}
		t.values, t.parts = append(t.values, whole), append(t.parts, part)
	}
	if p.finest == nil {
		p.finest = t
	}
	return t, nil
}

// listCells puts the numbers of a base into the cells of their rows. Each cell has one number at most, which is what
// every aggregate of it is.
func (t *table) listCells(b *basePlan, of *listedBase) series {
	if of.missing {
		return series{missing: true}
	}
	out := series{periods: 1, cells: make([]cell, t.groups)}
	all := t.list.scan.rows
	slot := 0
	for i, row := range of.rows {
		for all[slot] != row {
			slot++
		}
		c := cell{n: 1}
		if of.xs != nil && b.agg != aggDistinct {
			c.x = of.xs[i]
		}
		if of.xs != nil && math.IsNaN(of.xs[i]) {
			c = cell{}
		}
		out.cells[slot] = c
	}
	return out
}

// listedOrdinal is the member of a group of a list in the i-th of the table's dims.
func (t *table) listedOrdinal(slot uint32, i int) uint32 {
	s := t.list.scan
	if t.dims[i] == t.p.detail {
		return t.p.key.place(s.seg.itemOf(s.rows[slot]))
	}
	return t.p.ordinalsOf(s, t.dims[i]).one[slot]
}

// listTuples are the tuples of a list. dims are all of the table's, or the detail alone.
func (t *table) listTuples(dims []int) []tuple {
	shown := countTrue(t.touched)
	out, room := make([]tuple, 0, shown), make([]uint32, shown*len(dims))
	s, key := t.list.scan, t.p.key
	others := make([][]uint32, len(dims))
	for i, d := range dims {
		if d != t.p.detail {
			others[i] = t.p.ordinalsOf(s, d).one
		}
	}
	for slot, touched := range t.touched {
		if !touched || !t.present(uint32(slot)) {
			continue
		}
		ordinals := room[:len(dims):len(dims)]
		room = room[len(dims):]
		for i := range ordinals {
			if others[i] == nil {
				ordinals[i] = key.place(s.seg.itemOf(s.rows[slot]))
			} else {
				ordinals[i] = others[i][slot]
			}
		}
		out = append(out, tuple{slot: uint32(slot), ordinals: ordinals})
	}
	return out
}
