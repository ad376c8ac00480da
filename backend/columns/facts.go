package columns

import (
	"cmp"
	"math"
	"slices"

	"sightline/backend/dataset"
)

// facts is a table beside the work items in columns. Its rows are ordered by the instant that they stand on
// when nothing else is said, so that a window of days is a range; rows without it come last.
type facts struct {
	segment
	layout  *dataset.FactTable
	columns []factColumn // of layout.Columns
	// event is the instant that orders the rows, born the one from which on a row is there; 0 is not set.
	event, born factInstant
	parent      *facts // nil without a parent
	// ofParent are instants of the parent, by the names that factRules gives them.
	ofParent map[string]factInstant
}

// factColumn is what a stored column holds.
type factColumn struct {
	vector  int // of a dictionary column, -1 for others
	codes   []int32
	instant factInstant
	numbers []float64 // of a number with more values than a dictionary holds; NaN is null
	ids     []int64
	titles  *titles
	values  []float64 // of the codes of a number
}

// factInstant is an instant of each row and its day.
type factInstant struct {
	ms   []int64 // 0 when not set
	days dayColumn
}

// instant is a stored column of instants by its name, or an instant of the parent.
func (f *facts) instant(column string) factInstant {
	if in, ok := f.ofParent[column]; ok {
		return in
	}
	if at := f.layout.Column(column); at >= 0 {
		return f.columns[at].instant
	}
	return factInstant{}
}

// firstDay is that of the earliest instant of any row, noDay without one.
func (f *facts) firstDay(cal *calendar) dataset.Day {
	first := int64(forever)
	look := func(in factInstant) {
		for _, ms := range in.ms {
			if ms != 0 {
				first = min(first, ms)
			}
		}
	}
	look(f.event)
	for _, c := range f.columns {
		look(c.instant)
	}
	for _, in := range f.ofParent {
		look(in)
	}
	if first == forever {
		return noDay
	}
	return cal.day(first)
}

// bytes is what the table takes in memory.
func (f *facts) bytes() int {
	n := f.segment.bytes()
	for _, c := range f.columns {
		n += 8*len(c.instant.ms) + c.instant.days.bytes() + 8*len(c.numbers) + 8*len(c.ids)
		if c.titles != nil {
			n += c.titles.size()
		}
	}
	for _, in := range f.ofParent {
		n += 8*len(in.ms) + in.days.bytes()
	}
	if f.parent != nil && dataset.FactEvents[f.layout.Table] == "" {
		n += 12 * len(f.event.ms)
	}
	return n
}

// factBuilder reads the rows of one table.
type factBuilder struct {
	b       *builder
	layout  *dataset.FactTable
	n       int
	codes   []column[uint32]
	numbers []column[int64] // ids, instants and numbers as they come
	locals  []localCodes
	titles  []titles
}

// localCodes numbers the ids that a column really has, so that its codes are narrow. Code 0 is none.
type localCodes struct {
	codes ids
	ids   []int32 // of each code
}

func (l *localCodes) of(id int64) uint32 {
	if l.ids == nil {
		l.ids = []int32{0}
	}
	small := smallID(id)
	if small == 0 {
		return 0
	}
	c := l.codes.at(small)
	if c == 0 {
		c = uint32(len(l.ids))
		l.codes.put(small, c)
		l.ids = append(l.ids, small)
	}
	return c
}

// smallID is an id of a reading, 0 (none) for a number that cannot be one.
func smallID(x int64) int32 {
	if x <= 0 || x > math.MaxInt32 {
		return 0
	}
	return int32(x)
}

// readFacts reads the rows of one table.
func (b *builder) readFacts(r dataset.Reading, layout dataset.FactTable) (*factBuilder, error) {
	f := &factBuilder{b: b, layout: &layout, codes: make([]column[uint32], len(layout.Columns)), numbers: make([]column[int64], len(layout.Columns)),
		locals: make([]localCodes, len(layout.Columns)), titles: make([]titles, len(layout.Columns))}
	return f, r.Facts(layout.Table, f.add)
}

func (f *factBuilder) add(row *dataset.FactRow) error {
	d := f.b.dicts
	f.n++
	for i, c := range f.layout.Columns {
		x := row.Values[i]
		switch c.Kind {
		case dataset.FactProject:
			f.codes[i].add(d.projectIDs.at(smallID(x)))
		case dataset.FactPerson:
			f.codes[i].add(d.personIDs.at(smallID(x)))
		case dataset.FactRepository:
			f.codes[i].add(d.repositoryIDs.at(smallID(x)))
		case dataset.FactPipeline:
			f.codes[i].add(d.pipelineIDs.at(smallID(x)))
		case dataset.FactText, dataset.FactTags:
			f.codes[i].add(f.locals[i].of(x))
		case dataset.FactFlag:
			f.codes[i].add(uint32(min(max(x, 0), 2)))
		case dataset.FactTitle:
			var text []byte
			if x >= 0 && x < int64(len(row.Texts)) {
				text = row.Texts[x]
			}
			f.titles[i].add(text)
		case dataset.FactInstant:
			if x != 0 {
				f.b.firstFact, f.b.lastFact = min(f.b.firstFact, x), max(f.b.lastFact, x)
			}
			f.numbers[i].add(x)
		case dataset.FactNumber:
			f.numbers[i].add(int64(math.Float64bits(dataset.PlausibleNumber(math.Float64frombits(uint64(x))))))
		default:
			f.numbers[i].add(x)
		}
	}
	return f.b.checkCanceled()
}

// finish orders the rows and packs them. parent is nil without one.
func (f *factBuilder) finish(cal *calendar, parent *facts) *facts {
	out := &facts{segment: segment{n: f.n}, layout: f.layout, columns: make([]factColumn, len(f.layout.Columns)), parent: parent}
	up := f.parents(parent)
	event := f.eventOf(parent, up)
	order := ascending(event)
	for i, c := range f.layout.Columns {
		out.columns[i] = f.column(i, c.Kind, cal, order, out, up)
	}
	if dataset.FactEvents[f.layout.Table] == "" {
		event = inOrder(event, order)
		out.event = factInstant{event, days(cal, event)}
	}
	out.settle(cal)
	return out
}

// settle finds the instants that the rows stand on and are born at among the columns, and gathers those of the
// parent. The event of a table that has none of its own, which is its parent's, is there already.
func (f *facts) settle(cal *calendar) {
	if name := dataset.FactEvents[f.layout.Table]; name != "" {
		f.event = f.instant(name)
	}
	f.born = f.event
	rule := factRules[f.layout.Table]
	if rule.born != "" {
		f.born = f.instant(rule.born)
	}
	for name, column := range rule.parents {
		f.gather(cal, name, column)
	}
}

// gather makes an instant of the parent one of the rows.
func (f *facts) gather(cal *calendar, name, column string) {
	ms := make([]int64, f.n)
	at := slices.IndexFunc(f.layout.Columns, func(c dataset.FactColumn) bool { return c.Kind == dataset.FactParent })
	if f.parent != nil && at >= 0 {
		up, of := &f.vector[f.columns[at].vector], f.parent.instant(column)
		for row := range ms {
			if p := up.at(int32(row)); p > 0 { // counted from 1
				ms[row] = of.ms[p-1]
			}
		}
	}
	if f.ofParent == nil {
		f.ofParent = map[string]factInstant{}
	}
	f.ofParent[name] = factInstant{ms, days(cal, ms)}
}

// parents are the rows of the parent for each row, counted from 1; 0 for none.
func (f *factBuilder) parents(parent *facts) []uint32 {
	for i, c := range f.layout.Columns {
		if c.Kind != dataset.FactParent || parent == nil {
			continue
		}
		rows := map[int64]uint32{}
		if at := parent.layout.Column("Id"); at >= 0 {
			for row, id := range parent.columns[at].ids {
				rows[id] = uint32(row + 1)
			}
		}
		up, last := make([]uint32, f.n), int64(0)
		for row := range up {
			if id := f.numbers[i].at(row); row > 0 && id == last { // children of one parent mostly follow each other
				up[row] = up[row-1]
			} else {
				up[row], last = rows[id], id
			}
		}
		return up
	}
	return nil
}

// eventOf is the instant that orders the rows: the table's own, or that of the parent's.
func (f *factBuilder) eventOf(parent *facts, up []uint32) []int64 {
	out := make([]int64, f.n)
	if at := f.layout.Column(dataset.FactEvents[f.layout.Table]); at >= 0 {
		for row := range out {
			out[row] = f.numbers[at].at(row)
		}
		return out
	}
	for row, p := range up {
		if p > 0 {
			out[row] = parent.event.ms[p-1]
		}
	}
	return out
}

// ascending is the order of the instants, those not set last; nil when they are in it.
func ascending(instants []int64) []int32 {
	key := func(row int32) int64 {
		if instants[row] == 0 {
			return forever
		}
		return instants[row]
	}
	order := make([]int32, len(instants))
	for i := range order {
		order[i] = int32(i)
	}
	compare := func(x, y int32) int { return cmp.Compare(key(x), key(y)) }
	if slices.IsSortedFunc(order, compare) {
		return nil
	}
	slices.SortStableFunc(order, compare)
	return order
}

func inOrder[T any](xs []T, order []int32) []T {
	if order == nil {
		return xs
	}
	return permuted(xs, order)
}

// column packs one column in the order of the rows.
func (f *factBuilder) column(i int, kind dataset.FactKind, cal *calendar, order []int32, out *facts, up []uint32) factColumn {
	c := factColumn{vector: -1}
	coded := func(codes *column[uint32], size int) {
		c.vector = len(out.vector)
		out.vector = append(out.vector, pack(codes, order, size))
	}
	d := f.b.dicts
	switch kind {
	case dataset.FactProject:
		coded(&f.codes[i], len(d.projects))
	case dataset.FactPerson:
		coded(&f.codes[i], len(d.people))
	case dataset.FactRepository:
		coded(&f.codes[i], len(d.repositories))
	case dataset.FactPipeline:
		coded(&f.codes[i], len(d.pipelines))
	case dataset.FactFlag:
		coded(&f.codes[i], 3)
	case dataset.FactText, dataset.FactTags:
		f.locals[i].of(0)
		c.codes = f.locals[i].ids
		coded(&f.codes[i], len(c.codes))
	case dataset.FactTitle:
		c.titles = f.titles[i].ordered(order)
	case dataset.FactInstant:
		ms := taken(&f.numbers[i], order)
		c.instant = factInstant{ms, days(cal, ms)}
	case dataset.FactParent:
		var rows column[uint32]
		for _, p := range up {
			rows.add(p)
		}
		for rows.n < f.n {
			rows.add(0)
		}
		size := 1
		if out.parent != nil {
			size += out.parent.n
		}
		coded(&rows, size)
		f.numbers[i] = column[int64]{}
	case dataset.FactNumber:
		if codes, values := f.distinct(i); codes != nil {
			c.values = values
			coded(codes, len(values))
			break
		}
		c.numbers = project(taken(&f.numbers[i], order), func(x int64) float64 { return math.Float64frombits(uint64(x)) })
	default:
		c.ids = taken(&f.numbers[i], order)
	}
	return c
}

// maxDistinct is how many different numbers a column may have to be kept as a dictionary.
const maxDistinct = 1 << 16

// distinct makes codes of a column of numbers; nil when it has too many different ones.
func (f *factBuilder) distinct(i int) (*column[uint32], []float64) {
	var in interned[uint64, float64]
	intern(&in, bits(nan), func() float64 { return nan })
	codes := &column[uint32]{}
	for row := range f.n {
		x := math.Float64frombits(uint64(f.numbers[i].at(row)))
		codes.add(intern(&in, bits(x), func() float64 { return x }))
		if len(in.values) > maxDistinct {
			return nil, nil
		}
	}
	f.numbers[i] = column[int64]{}
	return codes, in.values
}
