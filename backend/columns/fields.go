package columns

import (
	"math"
	"slices"
	"time"

	"sightline/backend/dataset"
)

// fieldColumns are the fields of the organization while the table of items is built. Those with a history
// come first: the intervals have them too, at the same places behind the vectors that every dataset has.
type fieldColumns struct {
	rows    []dataset.FieldRow
	at      []int // place of each among ItemRow.Fields
	history int   // how many of them have one
	values  []interned[int64, int64]
	items   []column[uint32]
	spans   []column[uint32]
	zone    *time.Location
}

func newFieldColumns(rows []dataset.FieldRow, zone *time.Location) *fieldColumns {
	f := &fieldColumns{zone: zone}
	for _, history := range []bool{true, false} {
		for i, row := range rows {
			if row.History == history {
				f.rows, f.at = append(f.rows, row), append(f.at, i)
			}
		}
		if history {
			f.history = len(f.rows)
		}
	}
	f.values = make([]interned[int64, int64], len(f.rows))
	f.items, f.spans = make([]column[uint32], len(f.rows)), make([]column[uint32], f.history)
	for i := range f.rows { // code 0 is blank
		blank := int64(0)
		if f.rows[i].Kind == dataset.FactNumber {
			blank = int64(math.Float64bits(nan))
		}
		f.code(i, blank)
	}
	return f
}

// code is that of a value of the i-th field; 0 is blank. An instant is kept as its day.
func (f *fieldColumns) code(i int, x int64) uint32 {
	switch f.rows[i].Kind {
	case dataset.FactNumber:
		if y := dataset.PlausibleNumber(math.Float64frombits(uint64(x))); y != y {
			x = int64(math.Float64bits(nan)) // every NaN is the same null
		}
	case dataset.FactInstant:
		if x != 0 {
			x = int64(dataset.DayOf(time.UnixMilli(x).In(f.zone)))
		} else {
			x = dataset.NoDay
		}
	}
	return intern(&f.values[i], x, func() int64 { return x })
}

func (f *fieldColumns) addItem(values []int64) {
	for i, at := range f.at {
		f.items[i].add(f.coded(i, at, values))
	}
}

// addSpan takes the fields of a revision, which are those with a history.
func (f *fieldColumns) addSpan(values []int64) {
	for i := range f.spans {
		f.spans[i].add(f.coded(i, i, values))
	}
}

func (f *fieldColumns) coded(i, at int, values []int64) uint32 {
	if at < len(values) {
		return f.code(i, values[at])
	}
	return 0
}

// copyItem adds an interval with the fields of the item as it is now.
func (f *fieldColumns) copyItem(item int) {
	for i := range f.spans {
		f.spans[i].add(f.items[i].at(item))
	}
}

// cut drops the intervals from the n-th on.
func (f *fieldColumns) cut(n int) {
	for i := range f.spans {
		f.spans[i].cut(n)
	}
}

// pack moves the columns behind the others of a segment.
func (f *fieldColumns) pack(to []vector, columns []column[uint32], order []int32) {
	for i := range columns {
		to[vectors+i] = pack(&columns[i], order, len(f.values[i].values))
	}
}

// seal lets go of what only a build needs: a field may have as many values as there are items.
func (f *fieldColumns) seal() {
	for i := range f.values {
		f.values[i].codes = nil
	}
}

// fieldSources declares the columns of the fields that the model took up.
func (g *generation) fieldSources() {
	at := slices.IndexFunc(g.model.Tables, func(t dataset.Table) bool { return t.Name == dataset.WorkItems })
	if at < 0 {
		return
	}
	for i, row := range g.fields.rows {
		for _, c := range g.model.Tables[at].Columns {
			if _, known := g.sources[c.Ref()]; c.Field == row.ReferenceName && !known {
				s := g.fieldSource(row.Kind, g.fields.values[i].values)
				s.ref, s.vector, s.ofItem, s.present = c.Ref(), vectors+i, i >= g.fields.history, i >= g.fields.history
				g.sources[c.Ref()] = s
			}
		}
	}
}

// fieldSource gives meaning to the values of a field.
func (g *generation) fieldSource(kind dataset.FactKind, values []int64) *source {
	d := g.dicts
	switch kind {
	case dataset.FactPerson:
		codes := make([]uint32, len(values))
		for c, id := range values {
			codes[c] = d.personIDs.at(smallID(id))
		}
		return &source{domain: g.people.through(codes)}
	case dataset.FactInstant:
		out := &source{days: make([]dataset.Day, len(values))}
		for c, x := range values {
			out.days[c] = dataset.Day(x)
		}
		out.domain = newDomain(entriesOf(out.days, func(d dataset.Day) entry { return entry{member: dayMember(d), order: []float64{float64(d)}} }))
		return out
	case dataset.FactNumber:
		numbers := project(values, func(x int64) float64 { return math.Float64frombits(uint64(x)) })
		return &source{numbers: numbers, domain: newDomain(entriesOf(numbers, numberEntry))}
	case dataset.FactFlag:
		return &source{domain: newDomain(entriesOf(values, func(x int64) entry { return saidEntry(int8(min(max(x, 0), 2))) }))}
	}
	return &source{domain: newDomain(entriesOf(values, func(x int64) entry { return textEntry(d.texts[d.textIDs.at(smallID(x))]) }))}
}
