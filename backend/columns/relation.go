package columns

import (
	"sync"

	"sightline/backend/dataset"
)

// relation is a table that values are computed over: the work items or a table of facts. Its sources are
// all columns that reach its rows, its own and those of the tables that describe them.
type relation struct {
	table    string
	now      *segment // the rows as they are
	past     *segment // the states that rows were in; nil for facts, whose instants tell their past
	facts    *facts   // nil for work items
	sources  map[dataset.FieldRef]*source
	keys     keyColumns
	firstDay dataset.Day // of the earliest row
}

// relationOf is the relation of the table; work items for a name without rows.
func (g *generation) relationOf(table string) *relation {
	if r := g.relations[table]; r != nil {
		return r
	}
	return g.relations[dataset.WorkItems]
}

// workItems is the relation of the items and their intervals.
func (g *generation) workItems() *relation {
	return &relation{table: dataset.WorkItems, now: &g.items.segment, past: g.intervals, sources: g.sources, firstDay: g.firstDay}
}

// lift leads from the rows of a table of facts to those of its parent: a vector whose codes are the parent's
// rows, counted from 1, so that a filter on the parent is a look-up table like any other.
type lift struct {
	parent *relation
	under  *source // of the parent
	gather sync.Once
	codes  vector // of the column for each row of the child, once somebody asked for them
}

// codes are those of the column for each row of the segment. Those of a column of the parent are brought
// together when first asked for: a byte or two a row, which only columns that people group by cost.
func (s *source) codes(seg *segment) *vector {
	if s.up == nil {
		return &seg.vector[s.vector]
	}
	s.up.gather.Do(func() {
		s.up.codes = s.up.parent.now.vector[s.up.under.vector].gathered(&seg.vector[s.vector])
	})
	return &s.up.codes
}

// gathered are the codes of rows counted from 1; row 0 is none, and so is code 0 of a dictionary of facts.
func (v *vector) gathered(rows *vector) vector {
	n := rows.rows()
	switch {
	case v.b1 != nil:
		return vector{b1: gatheredCodes(v.b1, rows, n)}
	case v.b2 != nil:
		return vector{b2: gatheredCodes(v.b2, rows, n)}
	}
	return vector{b4: gatheredCodes(v.b4, rows, n)}
}

func gatheredCodes[C code](codes []C, rows *vector, n int) []C {
	out := make([]C, n)
	for i := range out {
		if r := rows.at(int32(i)); r > 0 {
			out[i] = codes[r-1]
		}
	}
	return out
}

// staged reports whether the code of a row may have been another at an earlier time.
func (s *source) staged() bool { return len(s.stages) > 0 || s.up != nil && len(s.up.under.stages) > 0 }

// row is the parent's row of one row of the segment; ok is false without a parent.
func (s *source) row(seg *segment, row int32) (parent int32, ok bool) {
	c := seg.vector[s.vector].at(row)
	return int32(c) - 1, c != 0
}

// lifted is the column of the parent as the rows of a child see it. vector is that of the parent's rows.
func (s *source) lifted(parent *relation, vector int) *source {
	out := &source{ref: s.ref, vector: vector, domain: s.domain, numbers: s.numbers, buckets: s.buckets, aged: s.aged, clocked: s.clocked, present: s.present, up: &lift{parent: parent, under: s}}
	switch {
	case s.number != nil:
		out.number = func(g *generation, seg *segment, row int32, at *moment) float64 {
			if r, ok := out.row(seg, row); ok {
				return s.number(g, parent.now, r, at)
			}
			return nan
		}
	case s.titles != nil:
		out.titles = s.titles
	}
	return out
}

// stage is what a dictionary column held until an instant of the row, which lies ahead of the time it is
// looked at.
type stage struct {
	instants []int64 // of each row; 0 when it has none
	code     uint32
}

// codeAt is the code of the row at the moment. The source is no lifted one.
func (s *source) codeAt(seg *segment, row int32, at *moment) uint32 {
	for _, st := range s.stages {
		if st.instants[row] >= at.cut {
			return st.code
		}
	}
	return seg.vector[s.vector].at(row)
}

// memberOf is the member of the row at the moment, by the domain of a query.
func (s *source) memberOf(d *domain, seg *segment, row int32, at *moment) uint32 {
	if s.up == nil {
		return d.of[s.codeAt(seg, row, at)]
	}
	if r, ok := s.row(seg, row); ok {
		return d.of[s.up.under.codeAt(s.up.parent.now, r, at)]
	}
	return d.blank()
}

// membersOf are those of a column with many members.
func (s *source) membersOf(d *domain, seg *segment, row int32) []uint32 {
	return d.many[s.codes(seg).at(row)]
}

// text is the row's text of a column of titles.
func (s *source) text(seg *segment, row int32) string {
	if s.up == nil {
		return s.titles.at(seg.itemOf(row))
	}
	if r, ok := s.row(seg, row); ok {
		return s.titles.at(r)
	}
	return ""
}

// titles are texts of which nearly every row has its own.
type titles struct {
	bytes []byte
	ends  []uint32 // of each text; it begins where the one before ends
}

func (t *titles) add(text []byte) {
	t.bytes = append(t.bytes, text...)
	t.ends = append(t.ends, uint32(len(t.bytes)))
}

func (t *titles) at(row int32) string { return string(t.raw(row)) }

func (t *titles) raw(row int32) []byte {
	begin := uint32(0)
	if row > 0 {
		begin = t.ends[row-1]
	}
	return t.bytes[begin:t.ends[row]]
}

func (t *titles) size() int { return len(t.bytes) + 4*len(t.ends) }

// ordered are the texts in an order.
func (t *titles) ordered(order []int32) *titles {
	if order == nil {
		return t
	}
	out := &titles{bytes: make([]byte, 0, len(t.bytes)), ends: make([]uint32, 0, len(t.ends))}
	for _, from := range order {
		out.add(t.raw(from))
	}
	return out
}
