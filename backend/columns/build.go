package columns

import (
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
	ends   []int32                 // of each item, behind its last interval

	created, changed, firstStarted, completed []int64 // of the items
	parent, comments                          column[uint32]
	dates                                     [5]column[dataset.Day] // target, activated, resolved, closed, state changed

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
	b.created = append(b.created, r.Created)
	b.parent.add(uint32(max(0, r.Parent)))
	b.comments.add(uint32(max(0, r.Comments)))
	it.titles.add(r.Title)
	for i, ms := range []int64{r.Target, r.Activated, r.Resolved, r.Closed, r.StateChanged} {
		b.dates[i].add(b.dayOf(ms))
	}
	b.fields.addItem(r.Fields)
	b.changed = append(b.changed, r.Changed)
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
		if c := b.closed[b.at]; unread && c > b.created[b.at] && c < from {
			w.completed = c
		}
	}
	w.category, w.lastRev = category, rev
	w.revisions++
}

// addInterval ends the row whose facts were just added.
func (b *builder) addInterval(from, to int64) {
	s := &b.spans
	s.from.add(from)
	s.to.add(to)
	s.ended.add(b.walker.completed)
	b.walker.open = to == forever
}

// endItem closes the history of the item and makes it agree with the current row: while a first load
// runs, current rows are ahead of the revisions.
func (b *builder) endItem() {
	w, s := &b.walker, &b.spans
	if w.revisions == 0 || w.lastRev != b.rev[b.at] || !w.open {
		from := b.changed[b.at]
		if from == 0 {
			from = b.created[b.at]
		}
		b.trimHistory(from)
		b.advance(b.dicts.kinds.values[b.facts[vKind].at(b.at)].category, b.rev[b.at], from)
		for v := range s.facts[:firstOfItem] {
			s.facts[v].add(b.facts[v].at(b.at))
		}
		b.fields.copyItem(b.at)
		b.addInterval(from, forever)
	}
	b.firstStarted, b.completed = append(b.firstStarted, w.firstStarted), append(b.completed, w.completed)
	b.ends = append(b.ends, int32(s.from.n))
	b.walker = history{}
	b.at++
}

// trimHistory ends the item's intervals at the instant, so that the next one does not overlap them.
func (b *builder) trimHistory(at int64) {
	s, begin := &b.spans, 0
	if b.at > 0 {
		begin = int(b.ends[b.at-1])
	}
	for n := s.from.n - 1; n >= begin && s.to.at(n) > at; n-- {
		if s.from.at(n) < at {
			s.to.set(n, at)
			return
		}
		for v := range s.facts[:firstOfItem] {
			s.facts[v].cut(n)
		}
		b.fields.cut(n)
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
	texts := r.Texts() // before the rows, which then find each of theirs numbered
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
	b.dicts.keepTexts(texts, b.textsUsed())
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
	span := func(ms int64) {
		if ms != 0 {
			first, last = min(first, ms), max(last, ms)
		}
	}
	begin := int32(0)
	for item, end := range b.ends {
		for row := begin; row < end; row++ {
			span(s.from.at(int(row)))
			if to := s.to.at(int(row)); to != forever {
				span(to)
			}
		}
		if b.created[item] == 0 {
			b.created[item] = s.from.at(int(begin))
		}
		begin = end
	}
	for _, of := range [][]int64{b.created, b.changed, b.firstStarted, b.completed} {
		for _, ms := range of {
			span(ms)
		}
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
	it.created, it.firstStarted = newInstants(cal, b.created), newInstants(cal, b.firstStarted)
	it.completed, it.from = newInstants(cal, b.completed), newInstants(cal, b.changed)
	it.parent, it.comments = packNumbers(&b.parent), packNumbers(&b.comments)
	for i, days := range it.dates() {
		*days = packDays(taken(&b.dates[i], nil))
	}
	g := &generation{number: r.Generation(), info: r.Info(), model: dataset.BuildModel(r), dicts: b.dicts, cal: cal, first: first, last: last, items: it,
		fields: b.fields, hierarchy: &hierarchy{}}
	g.intervals = b.timeline(cal, sizes)
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

// timeline packs the intervals.
func (b *builder) timeline(cal *calendar, sizes [vectors]int) *segment {
	s := &b.spans
	out := &segment{n: s.from.n, vector: make([]vector, vectors+len(b.fields.rows)), past: &timeline{ends: b.ends}}
	b.findExceptions(out.past)
	// Each column is given back before the next one is made: of the two forms of a long history there never are both.
	for v := range s.facts[:firstOfItem] {
		out.vector[v] = pack(&s.facts[v], nil, sizes[v]).inRuns()
	}
	b.fields.pack(out.vector, b.fields.spans, nil)
	for v := vectors; v < len(out.vector); v++ {
		out.vector[v] = out.vector[v].inRuns()
	}
	s.to, s.ended = column[int64]{}, column[int64]{}
	out.from = newInstants(cal, taken(&s.from, nil))
	return out
}

// findExceptions lists the ends and the completions that do not follow from the order of the intervals.
func (b *builder) findExceptions(t *timeline) {
	s, row := &b.spans, 0
	for _, end := range b.ends {
		run := int64(0) // when the present run in Completed began, 0 outside of one
		for ; row < int(end); row++ {
			if row+1 < int(end) && s.to.at(row) != s.from.at(row+1) {
				t.gaps.add(int32(row), s.to.at(row))
			}
			switch {
			case b.dicts.kinds.values[s.facts[vKind].at(row)].category != completed:
				run = 0
			case run == 0:
				run = s.from.at(row)
			}
			if ended := s.ended.at(row); run != 0 && ended != run {
				t.completions.add(int32(row), ended)
			}
		}
	}
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
