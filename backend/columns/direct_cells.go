package columns

import (
	"fmt"

	"sightline/backend/dataset"
)

// direct computes one base in every cell, and its part that the highlight keeps.
func (t *table) direct(b *basePlan) (whole, part series, err error) {
	p, missing := t.p, series{missing: true}
	l, _ := p.lookOf(b, t.onAxis)
	if l == nil {
		return missing, missing, nil
	}
	rows, err := p.rowsOf(b, l)
	if err != nil {
		return missing, missing, err
	}
	if whole, err = t.cells(b, l, rows, p.valueDays(b.value)); err != nil {
		return missing, missing, err
	}
	for i := range whole.cells {
		if whole.cells[i].n != 0 {
			t.touched[i%t.groups] = true
		}
	}
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
	part, err = t.cells(b, l, rows, p.valueDays(b.value).and(h.dates))
	return whole, part, err
}

// cells aggregates rows in every cell. days are those that events may lie on.
func (t *table) cells(b *basePlan, l *look, rows *rowSet, days daySet) (series, error) {
	parts := t.groupParts(b, l)
	if l.trend {
		return t.trendCells(b, l, rows, parts), nil
	}
	out := series{periods: 1}
	keys := t.groups
	if l.event != nil {
		if t.onAxis {
			out.periods = t.periods
			keys *= t.periods
		}
		parts = append(parts, keyPart{&l.event.codes, t.dayKeys(l.event, days, keys)})
	}
	windowed := b.side.rel.facts != nil && b.on == "" // rows of other days are hardly among them
	if l.event != nil && b.agg != aggCount && !(windowed && b.sumsCodes()) {
		rows = t.p.onDays(rows, parts[len(parts)-1], days, keys) // numbers are listed, so only of rows that take part
	}
	out.cells = t.aggregated(b, l, rows, parts, keys)[:keys]
	return out, nil
}

// groupParts is what the groups add to the key of a row.
func (t *table) groupParts(b *basePlan, l *look) []keyPart {
	var parts []keyPart
	for i, d := range t.dims {
		src := b.side.sources[d]
		of := src.domain.of // each table has codes of its own for the members that all share
		if t.p.dims[d].reordered() {
			of = t.p.dims[d].domain.of
		}
		add := make([]uint32, len(of))
		for c, m := range of {
			add[c] = m * uint32(t.strides[i])
		}
		parts = append(parts, keyPart{src.codes(l.seg), add})
	}
	return parts
}

// dayKeys is what the day of an event adds to a key: its period, or nothing without a date axis. Days outside lead to
// keys behind the last.
func (t *table) dayKeys(event *dayColumn, days daySet, keys int) []uint32 {
	p := t.p
	next, periods := 0, p.axis.periods // days come in their order
	return event.table(func(d dataset.Day) uint32 {
		if d == noDay || !days.holds(d) {
			return uint32(keys)
		}
		if p.dated < 0 {
			return 0
		}
		for next < len(periods) && periods[next].last < d {
			next++
		}
		if next >= len(p.axis.cuts) || periods[next].first > d {
			return uint32(keys)
		}
		if !t.onAxis {
			return 0
		}
		return uint32(next * t.groups)
	})
}

// aggregated computes a base for each key. Keys behind the last are rows that do not take part; they take as much
// room again.
func (t *table) aggregated(b *basePlan, l *look, rows *rowSet, parts []keyPart, keys int) []cell {
	if keys == 0 { // a date axis without periods
		return nil
	}
	p, room := t.p, keys
	if l.event != nil {
		room = 2 * keys
	}
	if b.agg == aggCount {
		out := make([]cell, room)
		for key, n := range rows.counts(parts, room) {
			out[key].n = int64(n)
		}
		return out
	}
	if number, r := p.rankedNumbers(b, l); r != nil && room*r.places() <= maxDirectCells {
		return histogramCells(rows.counts(append(parts, r.part(number, room)), room*r.places()), r, room, b.agg, b.p)
	}
	if b.sumsCodes() {
		return rows.summed(parts, b.source.codes(l.seg), b.source.codeNumbers(), room)
	}
	key := listKey{rows: rows, column: b.source, at: l.at.cut}
	if numbers, ok := t.numbers[key]; ok && b.agg == aggPercentile {
		return numbers.cells(b.agg, b.p)
	}
	list := rows.list()
	keysOf, xs := rowKeys(merged(parts), list), p.numbersAt(b, l, rows, list)
	if b.agg != aggPercentile {
		return listCells(keysOf, xs, room, b.agg, b.p)
	}
	if t.numbers == nil {
		t.numbers = map[listKey]*sortedNumbers{}
	}
	t.numbers[key] = sortNumbers(keysOf, xs, room)
	return t.numbers[key].cells(b.agg, b.p)
}

// sumsCodes reports whether the base adds up numbers of codes, for which no row need be listed.
func (b *basePlan) sumsCodes() bool { return b.agg == aggSum && b.source.number == nil }

// rankedNumbers are the numbers of a base when those are few: of the codes of a column, or whole days.
func (p *plan) rankedNumbers(b *basePlan, l *look) (*vector, *ranked) {
	switch src := b.source; {
	case src.number == nil:
		return src.codes(l.seg), src.ranks()
	case src.ref == dataset.AgeDays && l.seg == &p.g.items.segment && p.onlyOpen(b.kinds):
		created := &p.g.items.created.day
		r := &ranked{place: created.table(func(d dataset.Day) uint32 { return uint32(max(0, l.at.day-d)) })}
		for days := range max(0, l.at.day-created.base) + 1 {
			r.numbers = append(r.numbers, float64(days))
		}
		return &created.codes, r
	}
	return nil, nil
}

// listKey is what makes a list that several bases of a query want the same: percentiles of one column often stand side
// by side.
type listKey struct {
	rows   *rowSet
	column any    // of days or of numbers
	days   string // that events may lie on
	at     int64
}

// onDays are the rows that the day of their event gives a key.
func (p *plan) onDays(rows *rowSet, day keyPart, days daySet, keys int) *rowSet {
	key := listKey{rows: rows, column: day.codes, days: fmt.Sprint(days, days == nil)}
	if out, ok := p.onDaysOf[key]; ok {
		return out
	}
	out := rows.keyedBelow(day, keys)
	if p.onDaysOf == nil {
		p.onDaysOf, p.numbersIn = map[listKey]*rowSet{}, map[listKey][]float64{}
	}
	p.onDaysOf[key] = out
	return out
}

// numbersAt are the numbers of a base for each of the rows.
func (p *plan) numbersAt(b *basePlan, l *look, set *rowSet, rows []int32) []float64 {
	key := listKey{rows: set, column: b.source, at: l.at.cut}
	if xs, ok := p.numbersIn[key]; ok {
		return xs
	}
	xs := make([]float64, len(rows))
	if p.numbersIn != nil {
		p.numbersIn[key] = xs
	}
	if src := b.source; src.number == nil {
		lookUp(src.codes(l.seg), rows, src.codeNumbers(), xs)
	} else {
		for i, row := range rows {
			xs[i] = src.number(p.g, l.seg, row, l.at)
		}
	}
	return xs
}

// onlyOpen reports whether only kinds that are still work to do are kept.
func (p *plan) onlyOpen(kinds []uint8) bool {
	for c, keep := range kinds {
		if keep == 1 && !p.g.dicts.kinds.values[c].open() {
			return false
		}
	}
	return kinds != nil
}
