package columns

import (
	"cmp"
	"context"
	"slices"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// builder reads one generation of rows into columns.
type builder struct {
	ctx    context.Context
	dicts  *dictionaries
	zone   *time.Location
	items  items
	facts  [vectors]column[uint32] // of the items
	rev    []int32                 // of the items
	closed []int64                 // the closed date as the service tells it
	active []int64                 // likewise the activated date

	firstFact, lastFact int64 // the earliest and the latest instant of facts
	tables              []*factBuilder
	fields              *fieldColumns
	spans               spans
	seen                int
	walker              history
	at                  int // position of the item whose revisions arrive
}

// spans are the rows of the table of intervals while it is built, in the order of item and time.
type spans struct {
	facts           [vectors]column[uint32]
	item            column[int32]
	from, to, ended column[int64] // ended is the completion
}

// history follows one item through its revisions.
type history struct {
	revisions    int
	category     int8
	completed    int64 // start of the present run in Completed
	firstStarted int64
	lastRev      int32
	open         bool // the last interval stored is current
}

// checkEvery is how many rows pass between two looks at whether the caller gave up.
const checkEvery = 1 << 14

func (b *builder) checkCanceled() error {
	if b.seen++; b.seen%checkEvery == 0 {
		return b.ctx.Err()
	}
	return nil
}

func (b *builder) addItem(r *dataset.ItemRow) error {
	it := &b.items
	it.id = append(it.id, r.ID)
	b.addFacts(&b.facts, &r.Facts, r.ChangedBy)
	b.facts[vCreatedBy].add(b.dicts.personIDs.at(r.CreatedBy))
	reason := r.Reason
	b.facts[vReason].add(intern(&b.dicts.reasons, reason, func() string { return reason }))
	it.created = append(it.created, r.Created)
	it.parent = append(it.parent, r.Parent)
	it.comments = append(it.comments, r.Comments)
	it.titles.add(r.Title)
	it.target = append(it.target, b.dayOf(r.Target))
	it.activated, it.resolved = append(it.activated, b.dayOf(r.Activated)), append(it.resolved, b.dayOf(r.Resolved))
	it.closed, it.stateChanged = append(it.closed, b.dayOf(r.Closed)), append(it.stateChanged, b.dayOf(r.StateChanged))
	b.fields.addItem(r.Fields)
	it.from = append(it.from, r.Changed)
	b.rev, b.closed, b.active = append(b.rev, r.Rev), append(b.closed, r.Closed), append(b.active, r.Activated)
	return b.checkCanceled()
}

// dayOf is the day of an instant, noDay of none.
func (b *builder) dayOf(ms int64) dataset.Day {
	if ms == 0 {
		return noDay
	}
	return dataset.DayOf(time.UnixMilli(ms).In(b.zone))
}

func (b *builder) addFacts(to *[vectors]column[uint32], f *dataset.Facts, changedBy int32) {
	d := b.dicts
	to[vKind].add(d.kind(f))
	to[vTriage].add(d.triage(f))
	to[vArea].add(d.areaIDs.at(f.Area))
	to[vIteration].add(d.iterationIDs.at(f.Iteration))
	to[vAssigned].add(d.personIDs.at(f.Assigned))
	to[vTags].add(d.tagSetIDs.at(f.TagSet))
	to[vEstimate].add(d.estimate(f))
	to[vHours].add(d.hour(f))
	to[vChangedBy].add(d.personIDs.at(changedBy))
	to[vBoard].add(d.placeIDs.at(f.Board))
}

func (b *builder) addRevision(r *dataset.RevisionRow) error {
	for b.at < len(b.items.id) && b.items.id[b.at] < r.ID {
		b.endItem()
	}
	if b.at == len(b.items.id) || b.items.id[b.at] != r.ID {
		return b.checkCanceled() // an item that the current rows do not have
	}
	b.advance(b.dicts.states[b.dicts.stateIDs.at(r.State)].Category, r.Rev, r.From)
	if r.From < r.To { // a state that lasted no time still was a move between categories
		b.addFacts(&b.spans.facts, &r.Facts, r.ChangedBy)
		b.fields.addSpan(r.Fields)
		b.addInterval(r.From, r.To)
	}
	return b.checkCanceled()
}

// advance moves the item on to its next revision.
func (b *builder) advance(category int8, rev int32, from int64) {
	w := &b.walker
	unread := w.revisions == 0 && rev > 1 // earlier revisions are not here (yet)
	if (category == inProgress || category == resolved) && w.firstStarted == 0 {
		w.firstStarted = from
	}
	if active := b.active[b.at]; unread && active > 0 && active <= from && category >= inProgress && category <= completed {
		w.firstStarted = active
	}
	switch {
	case category != completed:
		w.completed = 0
	case w.category != completed || w.revisions == 0:
		w.completed = from
		if c := b.closed[b.at]; unread && c > b.items.created[b.at] && c < from {
			w.completed = c
		}
	}
	w.category, w.lastRev = category, rev
	w.revisions++
}

// addInterval ends the row whose facts were just added.
func (b *builder) addInterval(from, to int64) {
	s := &b.spans
	s.item.add(int32(b.at))
	s.from.add(from)
	s.to.add(to)
	s.ended.add(b.walker.completed)
	b.walker.open = to == forever
}

// endItem closes the history of the item and makes it agree with the current row: while a first load
// runs, current rows are ahead of the revisions.
func (b *builder) endItem() {
	w, s, it := &b.walker, &b.spans, &b.items
	if w.revisions == 0 || w.lastRev != b.rev[b.at] || !w.open {
		from := it.from[b.at]
		if from == 0 {
			from = it.created[b.at]
		}
		b.trimHistory(from)
		b.advance(b.dicts.kinds.values[b.facts[vKind].at(b.at)].category, b.rev[b.at], from)
		for v := range s.facts[:firstOfItem] {
			s.facts[v].add(b.facts[v].at(b.at))
		}
		b.fields.copyItem(b.at)
		b.addInterval(from, forever)
	}
	it.firstStarted = append(it.firstStarted, w.firstStarted)
	it.completed = append(it.completed, w.completed)
	it.intervalEnd = append(it.intervalEnd, int32(s.item.n))
	b.walker = history{}
	b.at++
}

// trimHistory ends the item's intervals at the instant, so that the next one does not overlap them.
func (b *builder) trimHistory(at int64) {
	s, begin := &b.spans, 0
	if b.at > 0 {
		begin = int(b.items.intervalEnd[b.at-1])
	}
	for n := s.item.n - 1; n >= begin && s.to.at(n) > at; n-- {
		if s.from.at(n) < at {
			s.to.set(n, at)
			return
		}
		for v := range s.facts[:firstOfItem] {
			s.facts[v].cut(n)
		}
		b.fields.cut(n)
		s.item.cut(n)
		s.from.cut(n)
		s.to.cut(n)
		s.ended.cut(n)
	}
}

// build reads one generation whole.
func build(ctx context.Context, r dataset.Reading, now time.Time) (*generation, error) {
	const op = "columns.build"
	zone, err := zoneOf(r.Info())
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	b := &builder{ctx: ctx, zone: zone, dicts: readDictionaries(r), fields: newFieldColumns(r.Fields(), zone), firstFact: now.UnixMilli(), lastFact: now.UnixMilli()}
	if err := r.Items(b.addItem); err != nil {
		return nil, fault.Wrap(op, err)
	}
	if err := r.Revisions(b.addRevision); err != nil {
		return nil, fault.Wrap(op, err)
	}
	for b.at < len(b.items.id) {
		b.endItem()
	}
	for _, t := range r.FactTables() {
		f, err := b.readFacts(r, t)
		if err != nil {
			return nil, fault.Wrap(op, err)
		}
		b.tables = append(b.tables, f)
	}
	if err := ctx.Err(); err != nil {
		return nil, fault.Wrap(op, err)
	}
	return b.generation(r, now), nil
}

// zoneOf is the time zone whose days are the days of the dataset. Faults: Invalid for one that is not known here.
func zoneOf(info dataset.Info) (*time.Location, error) {
	if info.TimeZone == "" {
		return time.UTC, nil
	}
	zone, err := time.LoadLocation(info.TimeZone)
	if err != nil {
		return nil, fault.New(fault.Invalid, "columns.zoneOf", "The dataset's time zone "+info.TimeZone+" is not known on this computer.", "Choose another time zone in the dataset's settings.").Because(err)
	}
	return zone, nil
}

func (b *builder) generation(r dataset.Reading, now time.Time) *generation {
	it, s := &b.items, &b.spans
	first, last := now.UnixMilli(), now.UnixMilli()
	for i := range s.from.n {
		from := s.from.at(i)
		first, last = min(first, from), max(last, from)
		if at := s.item.at(i); it.created[at] == 0 { // the first interval of the item comes first
			it.created[at] = from
		}
	}
	for _, created := range it.created {
		first = min(first, created)
	}
	firstRow := first
	first, last = min(first, b.firstFact), max(last, b.lastFact)
	cal := newCalendar(b.zone, r.Info().WeekStart, first, last)
	sizes := b.dicts.sizes()
	it.n = len(it.id)
	it.vector = make([]vector, vectors+len(b.fields.rows))
	for v := range vectors {
		it.vector[v] = pack(&b.facts[v], nil, sizes[v])
	}
	b.fields.pack(it.vector, b.fields.items, nil)
	it.createdDay, it.completedDay, it.fromDay = days(cal, it.created), days(cal, it.completed), days(cal, it.from)
	g := &generation{number: r.Generation(), info: r.Info(), model: dataset.BuildModel(r), dicts: b.dicts, cal: cal, first: first, last: last, items: it,
		fields: b.fields, hierarchy: &hierarchy{}}
	g.intervals = b.sorted(cal, sizes)
	b.fields.seal()
	g.firstDay = cal.day(firstRow)
	g.complete()
	b.factRelations(g)
	return g
}

// factRelations packs the tables of facts, parents before their children.
func (b *builder) factRelations(g *generation) {
	var finish func(table string) *relation
	finish = func(table string) *relation {
		at := slices.IndexFunc(b.tables, func(f *factBuilder) bool { return f.layout.Table == table })
		if at < 0 {
			return nil
		}
		if g.relations[table] == nil {
			parent := finish(dataset.FactParents[table])
			var rows *facts
			if parent != nil {
				rows = parent.facts
			}
			g.relations[table] = g.factRelation(b.tables[at].finish(g.cal, rows), parent)
		}
		return g.relations[table]
	}
	for _, f := range b.tables {
		finish(f.layout.Table)
	}
	b.tables = nil
}

// sorted orders the intervals by their last day and notes where each item's went.
func (b *builder) sorted(cal *calendar, sizes [vectors]int) *segment {
	s, it := &b.spans, &b.items
	toDay := make([]dataset.Day, s.to.n)
	for i := range toDay {
		toDay[i] = cal.day(s.to.at(i))
	}
	order := make([]int32, len(toDay))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(x, y int32) int { return cmp.Compare(toDay[x], toDay[y]) })
	out := &segment{n: len(order), vector: make([]vector, vectors+len(b.fields.rows))}
	// Each column is given back before the next one is made: of the two forms of a long history there never are both.
	for v := range s.facts[:firstOfItem] {
		out.vector[v] = pack(&s.facts[v], order, sizes[v])
	}
	b.fields.pack(out.vector, b.fields.spans, order)
	out.item, out.from, out.to, out.completed = taken(&s.item, order), taken(&s.from, order), taken(&s.to, order), taken(&s.ended, order)
	out.fromDay, out.toDay, out.completedDay = days(cal, out.from), days(cal, out.to), days(cal, out.completed)
	it.intervals = make([]int32, len(order))
	for to, from := range order {
		it.intervals[from] = int32(to)
	}
	return out
}

func permuted[T any](xs []T, order []int32) []T {
	out := make([]T, len(order))
	for i, o := range order {
		out[i] = xs[o]
	}
	return out
}

// sizes are the numbers of codes of the vectors.
func (d *dictionaries) sizes() [vectors]int {
	people := len(d.people)
	return [vectors]int{vKind: len(d.kinds.values), vTriage: len(d.triages.values), vArea: len(d.areas), vIteration: len(d.iterations),
		vAssigned: people, vTags: len(d.tagSets), vEstimate: len(d.estimates.values), vHours: len(d.hours.values),
		vChangedBy: people, vBoard: len(d.places), vCreatedBy: people, vReason: len(d.reasons.values)}
}
