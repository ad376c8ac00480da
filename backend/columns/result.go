package columns

import (
	"encoding/binary"
	"slices"

	"sightline/backend/dataset"
)

// assembly turns tables into a result.
type assembly struct {
	p     *plan
	out   dataset.Result
	rows  *table // groups by the query's rows
	all   *table // groups by rows and columns
	cells []tuple
	kept  []tuple
	cut   []tuple     // by Top
	used  []positions // of each group
}

// result reads the rows and answers.
func (p *plan) result() (dataset.Result, error) {
	p.direct = p.goesDirectly()
	if p.direct && p.detail >= 0 {
		if err := p.chooseList(); err != nil {
			return dataset.Result{}, err
		}
	}
	for i := range p.values {
		for j := range p.values[i].bases {
			if p.direct {
				continue
			}
			for _, onAxis := range []bool{false, true} {
				if onAxis && p.dated < 0 {
					continue
				}
				if _, err := p.scanFor(&p.values[i].bases[j], onAxis); err != nil {
					return dataset.Result{}, err
				}
			}
		}
	}
	late := p.lateMembers()
	if !late {
		p.prepareDims()
	}
	rows, columns := p.span(0, p.rowDims), p.span(p.rowDims, len(p.dims))
	a := &assembly{p: p}
	var err error
	if a.all, err = p.grouped(p.span(0, len(p.dims))); err != nil {
		return dataset.Result{}, err
	}
	a.rows = a.all
	var columnTable *table
	if len(rows) > 0 && len(columns) > 0 {
		if a.rows, err = p.grouped(rows); err != nil {
			return dataset.Result{}, err
		}
		if columnTable, err = p.grouped(columns); err != nil {
			return dataset.Result{}, err
		}
	}
	total := a.all
	if len(p.dims) > 0 {
		if total, err = p.grouped(nil); err != nil {
			return dataset.Result{}, err
		}
	}
	a.head()
	a.out.Total = total.row(0, 0)
	if late {
		a.cells = a.all.tuples([]int{p.detail})
	} else {
		a.cells = a.all.tuples(p.span(0, len(p.dims)))
	}
	a.orderRows(rows)
	if late {
		a.addMembers()
	}
	a.fillRows(rows, columns)
	if columnTable != nil {
		a.totals(columnTable, columns)
	}
	return a.out, p.ctx.Err()
}

func (p *plan) span(from, to int) []int {
	out := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	return out
}

func (a *assembly) head() {
	p := a.p
	instant := p.at.instant
	if p.atDayEnd {
		instant-- // the last millisecond of the day
	}
	a.out = dataset.Result{RowGroups: p.rowDims, Rows: []dataset.Row{}, Values: []dataset.ValueInfo{}, Dimensions: []dataset.Dimension{},
		AsOf: p.g.cal.text(instant), TimeZone: p.g.model.TimeZone, Generation: p.g.number, Notes: p.notes}
	for _, v := range p.r.Values {
		a.out.Values = append(a.out.Values, v.Info)
	}
}

// makeRoom is for the positions of the members of so many rows, once the members are known.
func (a *assembly) makeRoom(rows int) {
	p := a.p
	a.used = make([]positions, len(p.dims))
	for i := range p.dims {
		members := len(p.dims[i].members)
		switch {
		case i == p.detail && len(p.dims) == 1:
			continue // see useMembers
		case i == p.detail:
			members = p.sides[0].rel.now.n
		}
		a.used[i] = newPositions(members, rows)
	}
}

// fillRows writes the rows of the result and, when there are columns too, the totals of the rows.
func (a *assembly) fillRows(rows, columns []int) {
	p := a.p
	all := append(slices.Clone(rows), columns...)
	cells := a.kept
	var cutCells []tuple
	switch {
	case len(rows) == 0:
		cells = a.cells
		slices.SortFunc(cells, func(x, y tuple) int { return slices.Compare(x.ordinals, y.ordinals) })
	case len(columns) > 0:
		cells, cutCells = a.cellsOf(len(rows))
	default:
		cutCells = a.cut
	}
	a.makeRoom(len(cells))
	a.useMembers(cells, len(p.r.Sort) > 0 && len(rows) > 0)
	if p.r.ShowEmpty && len(p.dims) > 0 && len(columns) > 0 && len(rows) > 0 {
		for m, shown := range p.dims[0].shown {
			if shown {
				a.used[0].use(uint32(m))
			}
		}
	}
	others := p.r.Others && len(a.cut) > 0
	if others { // columns that only rows behind Top have
		for _, c := range cutCells {
			for i, d := range columns {
				a.used[d].use(c.ordinals[len(rows)+i])
			}
		}
	}
	a.finishDims(others)
	a.out.Rows = a.rowsOf(a.all, cells, all, 1)
	if others {
		a.out.Rows = append(a.out.Rows, a.others(a.all, cutCells, rows, columns)...)
	}
	if len(rows) == 0 || len(columns) == 0 {
		return
	}
	a.out.RowTotals = a.rowsOf(a.rows, a.kept, rows, 1)
	if others {
		a.out.RowTotals = append(a.out.RowTotals, a.others(a.rows, a.cut, rows, nil)...)
	}
}

// nameOf makes members a key of a map.
func nameOf(ordinals []uint32) string {
	b := make([]byte, 0, 4*len(ordinals))
	for _, o := range ordinals {
		b = binary.LittleEndian.AppendUint32(b, o)
	}
	return string(b)
}

// known reports whether the rows of the result show all these members.
func (a *assembly) known(ordinals []uint32, dims []int) bool {
	for i, d := range dims {
		if _, ok := a.used[d].of(ordinals[i]); !ok {
			return false
		}
	}
	return true
}

// useMembers lists the members that occur. Those of the first group stand in the order of the rows when
// the rows are sorted; all others in their natural order.
func (a *assembly) useMembers(cells []tuple, sorted bool) {
	p := a.p
	for d := range a.used {
		used := &a.used[d]
		if d == p.detail && len(p.dims) == 1 {
			used.ofRows, used.used = true, make([]uint32, len(cells))
			for i := range cells {
				used.used[i] = cells[i].ordinals[0]
			}
			continue
		}
		for i := range cells {
			used.use(cells[i].ordinals[d])
		}
		if d > 0 || !sorted {
			used.naturalOrder()
		}
	}
}

func (a *assembly) finishDims(others bool) {
	p := a.p
	for d, dim := range p.dims {
		if d >= p.rowDims || d == 0 && p.r.ShowEmpty && len(p.r.Sort) == 0 {
			a.used[d].naturalOrder()
		}
		out := dataset.Dimension{Field: dim.ref, Name: dim.column.Name, Type: dim.column.Type, Role: dim.column.Role, Grain: dim.grain, Members: p.membersOf(d, a.used[d].used)}
		if others && d < p.rowDims {
			out.Members = append(out.Members, dataset.Member{Label: "Other", Other: true})
		}
		a.out.Dimensions = append(a.out.Dimensions, out)
	}
}

// membersOf are members of a group, with room for one more.
func (p *plan) membersOf(d int, used []uint32) []dataset.Member {
	if d == p.detail {
		return p.key.members(used)
	}
	out := make([]dataset.Member, 0, len(used)+1)
	for _, m := range used {
		out = append(out, p.dims[d].members[m])
	}
	return out
}

func (a *assembly) keyed(r *dataset.Row, at int, ordinals []uint32, dims []int) {
	r.Keys = cut(&a.p.room.keys, len(dims))
	for i, d := range dims {
		if a.used[d].ofRows {
			r.Keys[i] = at
			continue
		}
		r.Keys[i], _ = a.used[d].of(ordinals[i])
	}
}

// rowsOf are the rows of the result for cells of a table.
func (a *assembly) rowsOf(t *table, cells []tuple, dims []int, more int) []dataset.Row {
	a.p.room.reserve(len(cells), len(dims), len(a.p.r.Values), a.p.r.Highlighted)
	out := make([]dataset.Row, len(cells), len(cells)+more)
	for i := range cells {
		c := &cells[i]
		t.setRow(&out[i], c.slot, int(c.period))
		a.keyed(&out[i], i, c.ordinals, dims)
	}
	return out
}

// others adds up what Top cut off: one row, or one for each combination of column members.
func (a *assembly) others(t *table, cut []tuple, rows, columns []int) []dataset.Row {
	var out []dataset.Row
	at := map[string]int{}
	for _, c := range cut {
		name := nameOf(c.ordinals[len(rows):])
		i, ok := at[name]
		if !ok {
			i = len(out)
			at[name] = i
			r := dataset.Row{Values: make([]*float64, len(a.p.r.Values))}
			if a.p.r.Highlighted {
				r.Parts = make([]*float64, len(a.p.r.Values))
			}
			for _, d := range rows {
				r.Keys = append(r.Keys, len(a.used[d].used))
			}
			for j, d := range columns {
				at, _ := a.used[d].of(c.ordinals[len(rows)+j])
				r.Keys = append(r.Keys, at)
			}
			out = append(out, r)
		}
		row := t.row(c.slot, int(c.period))
		addTo(out[i].Values, row.Values)
		addTo(out[i].Parts, row.Parts)
	}
	slices.SortFunc(out, func(x, y dataset.Row) int { return slices.Compare(x.Keys, y.Keys) })
	return out
}

// addTo adds numbers up; null and a number is the number.
func addTo(sums, xs []*float64) {
	for i, x := range xs {
		switch {
		case x == nil:
		case sums[i] == nil:
			v := *x
			sums[i] = &v
		default:
			*sums[i] += *x
		}
	}
}

// totals writes the totals of the columns that the rows show.
func (a *assembly) totals(t *table, columns []int) {
	tuples := t.project(a.cells, columns, a.p.rowDims)
	slices.SortFunc(tuples, func(x, y tuple) int { return slices.Compare(x.ordinals, y.ordinals) })
	// Top may have cut off all rows of a column.
	tuples = slices.DeleteFunc(tuples, func(c tuple) bool { return !a.known(c.ordinals, columns) })
	a.out.ColumnTotals = a.rowsOf(t, tuples, columns, 0)
}
