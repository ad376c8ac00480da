package columns

import (
	"cmp"
	"io"
	"slices"

	"sightline/backend/dataset"
)

// What a snapshot holds: everything that was made of rows. What the small tables of a dataset give (people,
// trees, names) is read from the dataset each time, and what follows from both is made again.

// persist moves the rows of a generation and returns its tables of facts. While reading, dicts are set.
func (g *generation) persist(c *codec) []*facts {
	one(c, &g.first)
	one(c, &g.last)
	one(c, &g.firstDay)
	g.dicts.persist(c)
	for i := range g.fields.values {
		many(c, &g.fields.values[i].values)
	}
	if !c.writing() {
		g.items, g.intervals = &items{}, &segment{}
	}
	g.items.persist(c)
	g.intervals.persist(c)
	tables := g.factTables()
	list(c, &tables, func(c *codec, f **facts) {
		if *f == nil {
			*f = &facts{}
		}
		(*f).persist(c)
	})
	return tables
}

// restore makes what follows from the rows that were read back, once their checksum was right.
func (g *generation) restore(c *codec, tables []*facts) {
	c.check(g.first <= g.last && g.last-g.first < maxYears*366*millisADay)
	if c.err != nil {
		return
	}
	g.cal = newCalendar(g.cal.zone, g.info.WeekStart, g.first, g.last)
	if g.validate(c); c.err != nil {
		return
	}
	g.complete()
	for _, f := range tables {
		if g.relate(c, f); c.err != nil {
			return
		}
	}
}

// maxYears bounds the calendar of a snapshot; the dataset's own rows are bounded where they are read.
const maxYears = 1000

// relate declares a table that was read back. Its parent was read before it.
func (g *generation) relate(c *codec, f *facts) {
	parent := g.relations[dataset.FactParents[f.layout.Table]]
	if parent != nil {
		f.parent = parent.facts
	}
	if f.validate(c, g); c.err != nil {
		return
	}
	f.settle(g.cal)
	for _, in := range []*factInstant{&f.event, &f.born} {
		c.check(in.fits(f.n, g.cal))
	}
	if c.err == nil {
		g.relations[f.layout.Table] = g.factRelation(f, parent)
	}
}

// factTables are the tables of facts, parents before their children and else by name.
func (g *generation) factTables() []*facts {
	var out []*facts
	for _, r := range g.relations {
		if r.facts != nil {
			out = append(out, r.facts)
		}
	}
	depth := func(f *facts) (n int) {
		for ; f.parent != nil; f = f.parent {
			n++
		}
		return n
	}
	slices.SortFunc(out, func(a, b *facts) int {
		if d := depth(a) - depth(b); d != 0 {
			return d
		}
		return cmp.Compare(a.layout.Table, b.layout.Table)
	})
	return out
}

func (v *vector) persist(c *codec) {
	many(c, &v.b1)
	many(c, &v.b2)
	many(c, &v.b4)
	c.check(boolInt(v.b1 != nil)+boolInt(v.b2 != nil)+boolInt(v.b4 != nil) <= 1)
	has := v.runs != nil
	if flag(c, &has); !has || c.err != nil {
		return
	}
	if v.runs == nil {
		v.runs = &runs{}
	}
	n := int64(v.runs.n)
	one(c, &n)
	many(c, &v.runs.begins)
	// What is written is read by queries at the same time: only reading may set anything.
	if !c.writing() {
		v.runs.n = int(n)
		codes := len(v.b1) + len(v.b2) + len(v.b4)
		c.check(n > 0 && n>>6+1 == int64(len(v.runs.begins)) && v.runs.begins[0]&1 == 1 && v.runs.settle() == codes &&
			v.runs.begins[n>>6]>>(n&63) == 0)
	}
}

func (d *dayColumn) persist(c *codec) {
	d.codes.persist(c)
	one(c, &d.base)
	one(c, &d.last)
}

func (s *segment) persist(c *codec) {
	n := int64(s.n)
	one(c, &n)
	if !c.writing() {
		s.n = int(n)
	}
	list(c, &s.vector, func(c *codec, v *vector) { v.persist(c) })
	s.from.persist(c)
	s.completed.persist(c)
	has := s.past != nil
	if flag(c, &has); has {
		if s.past == nil {
			s.past = &timeline{}
		}
		s.past.persist(c)
	}
}

// persist moves an instant's day and milliseconds; where days start is settled by restore.
func (i *instants) persist(c *codec) {
	i.day.persist(c)
	many(c, &i.ms)
}

func (t *timeline) persist(c *codec) {
	many(c, &t.ends)
	for _, e := range []*exceptions{&t.gaps, &t.completions} {
		many(c, &e.rows)
		many(c, &e.at)
	}
}

func (it *items) persist(c *codec) {
	it.segment.persist(c)
	many(c, &it.id)
	it.created.persist(c)
	it.firstStarted.persist(c)
	it.parent.persist(c)
	it.comments.persist(c)
	for _, days := range it.dates() {
		days.persist(c)
	}
	it.titles.persist(c)
}

func (t *titles) persist(c *codec) {
	many(c, &t.bytes)
	many(c, &t.ends)
	c.check(slices.IsSorted(t.ends) && (len(t.ends) == 0 || int(t.ends[len(t.ends)-1]) <= len(t.bytes)))
}

func (i *factInstant) persist(c *codec) {
	many(c, &i.ms)
	i.days.persist(c)
}

// stored is how many vectors the stored columns have.
func (f *facts) stored() (n int) {
	for _, column := range f.columns {
		n = max(n, column.vector+1)
	}
	return n
}

// persist moves the rows of a table of facts. Which parent it has is settled by restore.
func (f *facts) persist(c *codec) {
	var table string
	if f.layout != nil {
		table = f.layout.Table
	}
	text(c, &table)
	if f.layout == nil {
		if f.layout = dataset.FactTableOf(table); f.layout == nil {
			c.fail(errDamaged)
			return
		}
	}
	stored := f.segment
	if c.writing() {
		stored.vector = stored.vector[:f.stored()] // behind them are those that factRelation makes
	}
	stored.persist(c)
	if !c.writing() {
		f.segment = stored
	}
	list(c, &f.columns, func(c *codec, column *factColumn) {
		at := int32(column.vector)
		one(c, &at)
		if !c.writing() {
			column.vector = int(at)
		}
		many(c, &column.codes)
		column.instant.persist(c)
		many(c, &column.numbers)
		many(c, &column.ids)
		many(c, &column.values)
		titled := column.titles != nil
		if flag(c, &titled); titled {
			if column.titles == nil {
				column.titles = &titles{}
			}
			column.titles.persist(c)
		}
	})
	if dataset.FactEvents[table] == "" { // else it is one of the columns
		f.event.persist(c)
	}
	c.check(len(f.columns) == len(f.layout.Columns))
}

// persist moves the dictionaries that rows made, not those that the dataset lists.
func (d *dictionaries) persist(c *codec) {
	d.persistTexts(c)
	list(c, &d.reasons.values, text)
	list(c, &d.kinds.values, func(c *codec, k *kind) {
		one(c, &k.project)
		one(c, &k.typ)
		one(c, &k.state)
		one(c, &k.category)
		one(c, &k.level)
		flag(c, &k.bug)
		c.check(k.category >= 0 && k.category <= removed && k.level >= 0 && int(k.level) < len(levelNames))
		c.check(int(k.project) < len(d.projects) && int(k.typ) < len(d.types) && int(k.state) < len(d.states))
	})
	list(c, &d.triages.values, func(c *codec, t *triage) {
		one(c, &t.priority)
		one(c, &t.severity)
		c.check(int(t.severity) < len(d.severities))
	})
	list(c, &d.estimates.values, func(c *codec, e *estimates) {
		for _, x := range []*float64{&e.storyPoints, &e.effort, &e.size, &e.own} {
			one(c, x)
		}
	})
	list(c, &d.hours.values, func(c *codec, h *hours) {
		for _, x := range []*float64{&h.original, &h.remaining, &h.completed} {
			one(c, x)
		}
	})
}

// fingerprint tells whether the codes of a snapshot still mean the same: it covers what the dataset lists, in
// the order that gives the codes, and what rows were read by.
func (d *dictionaries) fingerprint(fields []dataset.FieldRow) uint32 {
	c := newWriter(io.Discard)
	id := func(c *codec, xs ...int32) {
		for _, x := range xs {
			one(c, &x)
		}
	}
	named := func(c *codec, x int32, name string) {
		id(c, x)
		text(c, &name)
	}
	list(c, &d.projects, func(c *codec, p *dataset.ProjectRow) { named(c, p.ID, p.Name); id(c, int32(p.EstimateField)) })
	list(c, &d.types, func(c *codec, t *dataset.TypeRow) { named(c, t.ID, t.Level); id(c, t.Project, int32(boolInt(t.Bug))) })
	list(c, &d.states, func(c *codec, s *dataset.StateRow) { named(c, s.ID, s.Name); id(c, s.Type, int32(s.Category)) })
	list(c, &d.areas, func(c *codec, n *dataset.NodeRow) { named(c, n.ID, n.Path) })
	list(c, &d.iterations, func(c *codec, n *dataset.NodeRow) { named(c, n.ID, n.Path) })
	list(c, &d.people, func(c *codec, p *dataset.PersonRow) { named(c, p.ID, p.Address) })
	list(c, &d.severities, text)
	list(c, &d.tagSets, func(c *codec, tags *[]string) { list(c, tags, text) })
	list(c, &d.repositories, func(c *codec, r *dataset.RepositoryRow) { named(c, r.ID, r.Name) })
	list(c, &d.pipelines, func(c *codec, p *dataset.PipelineRow) { named(c, p.ID, p.Name) })
	list(c, &d.places, func(c *codec, b *dataset.BoardRow) { named(c, b.ID, b.Column) })
	list(c, &fields, func(c *codec, f *dataset.FieldRow) { named(c, int32(f.Kind), f.ReferenceName); flag(c, &f.History) })
	return c.sum
}
