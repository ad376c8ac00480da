package columns

import (
	"sightline/backend/dataset"
)

// generation is one state of the data, complete and never changed once it is published.
type generation struct {
	number     int64
	info       dataset.Info
	model      dataset.Model
	dicts      *dictionaries
	cal        *calendar
	items      *items
	intervals  *segment
	first      int64 // the earliest and the latest instant of the data, milliseconds since 1970 UTC
	last       int64
	firstDay   dataset.Day                  // of the earliest row
	kindRows   []int32                      // items of each kind
	sources    map[dataset.FieldRef]*source // of the work items
	relations  map[string]*relation         // by table
	whole      *shared                      // rows as they are now that no filter of a query chose, for all queries
	stateNames []string                     // the different names of states
	stateOf    []uint32                     // of each kind, its name among them
	hierarchy  *hierarchy
	fields     *fieldColumns
	people     *domain // of every column of people but Assigned to
	listed     bool    // every answer goes by lists of rows, never the direct way, so that tests can compare the two
	shared     map[dataset.FactKind]map[dataset.FieldRef]*domain
}

// read reports whether the rows are here, not only what the source says of itself.
func (g *generation) read() bool { return g.items != nil }

// now is the moment of the current state.
func (g *generation) now(ms int64) *moment {
	return &moment{cut: forever, day: g.cal.day(ms), instant: ms}
}

// latest is a moment at which everything has happened that the rows tell of.
func (g *generation) latest() *moment {
	return &moment{cut: forever, day: dataset.LastDay, instant: forever}
}

// endOf is the moment at the end of the day, or now when the day is not over.
func (g *generation) endOf(d dataset.Day, now *moment) *moment {
	if d >= now.day {
		return now
	}
	end := g.cal.start(d + 1)
	return &moment{cut: end, day: d, instant: end}
}

// at is the moment of an instant, changes at that instant included.
func (g *generation) at(ms int64, now *moment) *moment {
	if ms >= now.instant {
		return now
	}
	return &moment{cut: ms + 1, day: g.cal.day(ms), instant: ms}
}

// complete makes what follows from the items, their intervals and the dictionaries.
func (g *generation) complete() {
	g.kindRows = make([]int32, len(g.dicts.kinds.values))
	for i := range g.items.n {
		g.kindRows[g.items.vector[vKind].at(int32(i))]++
	}
	for _, i := range []*instants{&g.items.from, &g.items.created, &g.items.completed, &g.items.firstStarted, &g.intervals.from} {
		i.starts = g.cal.starts
	}
	g.intervals.past.settle(g.intervals, g.dicts.kinds.values)
	g.sharedDomains()
	g.domains()
	g.relations = map[string]*relation{dataset.WorkItems: g.workItems()}
}
