package columns_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sightline/backend/dataset"
)

// slowFacts answers queries over the tables beside work items by plain loops over raw rows, written from
// reports.md §4, §6 and §13. It shares the handling of days with the slow calculator of work items, and
// nothing with the engine.
type slowFacts struct {
	slow
	f *factWorld
}

// factCells holds the rows of each group at each period, for each value.
type factCells struct {
	whole, part map[string][][]seenFact
	group       map[string]string // the group of a key without its period
	timeless    map[string][]bool // of each value: there is no time to look at a state
}

func answerFactsSlowly(w *factWorld, now time.Time, q dataset.Query) slowAnswer {
	s := &slowFacts{slow: slow{w: w.world, loc: w.location(), now: now, q: q, dates: map[int64]string{}, kept: map[string]map[string]bool{}}, f: w}
	s.at = s.asOfPoint(q.AsOf)
	s.findDays()
	groups := append(slices.Clone(q.Rows), q.Columns...)
	out := slowAnswer{rows: map[string][]float64{}, parts: map[string][]float64{}, rowTotals: map[string][]float64{}, columnTotals: map[string][]float64{}}
	cells := s.gather(groups)
	shown := map[string]bool{}
	for key := range cells.whole {
		for i := range q.Values {
			if !s.valueIn(cells, cells.whole, key, i).empty {
				shown[cells.group[key]] = true
			}
		}
	}
	alone := len(groups) == 1 && groups[0].Field == dataset.DateAxis
	for key := range cells.whole {
		if alone || len(groups) == 0 || shown[cells.group[key]] {
			out.rows[key], out.parts[key] = s.valuesIn(cells, cells.whole, key), s.litValues(cells, key)
		}
	}
	if len(q.Rows) > 0 && len(q.Columns) > 0 {
		for _, side := range []struct {
			groups []dataset.Group
			totals map[string][]float64
		}{{q.Rows, out.rowTotals}, {q.Columns, out.columnTotals}} {
			c := s.gather(side.groups)
			for key := range c.whole {
				side.totals[key] = s.valuesIn(c, c.whole, key)
			}
		}
	}
	total := s.gather(nil)
	out.total, out.totalParts = s.valuesIn(total, total.whole, ""), s.litValues(total, "")
	return out
}

func (s *slowFacts) valueIn(c *factCells, from map[string][][]seenFact, key string, i int) slowValue {
	if c.timeless[key][i] {
		return none
	}
	return s.measureOf(s.q.Values[i]).value(s, from[key][i])
}

func (s *slowFacts) valuesIn(c *factCells, from map[string][][]seenFact, key string) []float64 {
	var out []float64
	for i := range s.q.Values {
		out = append(out, s.valueIn(c, from, key, i).x)
	}
	return out
}

// litValues are the highlighted parts, null for states when a date is highlighted.
func (s *slowFacts) litValues(c *factCells, key string) []float64 {
	out := s.valuesIn(c, c.part, key)
	for i, v := range s.q.Values {
		if s.datesOf(s.q.Highlight) != nil && s.measureOf(v).event == "" {
			out[i] = null
		}
	}
	return out
}

// firstFact is the day of the earliest instant of the tables that the query's values are about.
func (s *slowFacts) firstFact() string {
	first := s.date(s.now)
	for _, v := range s.q.Values {
		m := s.measureOf(v)
		for _, row := range s.f.rows[m.table] {
			r := seenFact{m.table, row, point{kind: "now"}}
			instants := []time.Time{s.eventOf(slowMeasure{event: eventsOf[m.table]}, r)}
			if run := s.parent(r); m.table == dataset.PipelineTasks && run != nil {
				instants = append(instants, run.row.time("Finished"))
			}
			for _, c := range dataset.FactTableOf(m.table).Columns {
				instants = append(instants, row.time(c.Name))
			}
			for _, t := range instants {
				if !t.IsZero() {
					first = min(first, s.date(t))
				}
			}
		}
	}
	return first
}

// findDays finds the days of the query and the periods of its axis.
func (s *slowFacts) findDays() {
	grain := dataset.Grain("")
	for _, g := range append(slices.Clone(s.q.Rows), s.q.Columns...) {
		if g.Field == dataset.DateAxis {
			if grain = g.Grain; grain == "" {
				grain = dataset.GrainDay
			}
		}
	}
	s.days = maps.Clone(s.datesOf(s.q.Filters))
	if grain != "" {
		s.axisDays(grain)
	}
	days := sortedDays(s.days)
	switch {
	case s.days == nil:
		s.end = &s.at
	case len(days) > 0 && days[0] <= s.at.day:
		p := s.endOf(days[len(days)-1])
		s.end = &p
	}
}

func (s *slowFacts) axisDays(grain dataset.Grain) {
	filtered := s.days != nil
	noBegin := s.open(s.q.Filters, dataset.LessEqual, dataset.Less)
	if !filtered {
		s.days = map[string]bool{}
		first := shift(s.at.day, -26*7+1)
		if grain == dataset.GrainWeek {
			first = shift(s.periodOf(s.at.day, grain), -25*7)
		}
		for d := s.periodOf(first, grain); d <= s.at.day; d = shift(d, 1) {
			s.days[d] = true
		}
	}
	first := min(s.firstFact(), s.at.day)
	for d := range s.days {
		if filtered && noBegin && d < first || d > s.at.day {
			delete(s.days, d)
		}
	}
	s.makePeriods(grain)
}

// gather collects the rows of every group. With groups nil it is the one cell of the total.
func (s *slowFacts) gather(groups []dataset.Group) *factCells {
	c := &factCells{whole: map[string][][]seenFact{}, part: map[string][][]seenFact{}, group: map[string]string{}, timeless: map[string][]bool{}}
	onAxis := slices.ContainsFunc(groups, func(g dataset.Group) bool { return g.Field == dataset.DateAxis })
	periods := s.periods
	if !onAxis {
		periods = []slowPeriod{{}}
	}
	names := map[string]bool{}
	if len(groups) == 0 {
		names[""] = true
	} else if len(groups) == 1 && onAxis {
		names["|\x01"] = true
	}
	for i := range s.q.Values {
		for _, p := range periods {
			s.gatherValue(c, groups, i, p, onAxis, names)
		}
	}
	for name := range names { // every period of every group that occurs
		for _, p := range periods {
			s.cellOf(c, name, p, onAxis)
		}
	}
	return c
}

func (s *slowFacts) cellOf(c *factCells, group string, p slowPeriod, onAxis bool) string {
	key := strings.Replace(group, "\x01", periodName(p, onAxis), 1)
	if _, ok := c.whole[key]; ok {
		return key
	}
	n := len(s.q.Values)
	c.whole[key], c.part[key], c.group[key], c.timeless[key] = make([][]seenFact, n), make([][]seenFact, n), group, make([]bool, n)
	for i, v := range s.q.Values {
		if s.measureOf(v).event != "" {
			continue
		}
		c.timeless[key][i] = s.pointOf(v, p, onAxis) == nil
	}
	return key
}

// pointOf is when the state of a value is looked at, nil for never.
func (s *slowFacts) pointOf(v dataset.Value, p slowPeriod, onAxis bool) *point {
	if !onAxis {
		return s.endOfValue(v)
	}
	if own := s.datesOf(v.Filters); own != nil && !own[p.days[len(p.days)-1]] {
		return nil
	}
	return &p.at
}

func (s *slowFacts) gatherValue(c *factCells, groups []dataset.Group, i int, p slowPeriod, onAxis bool, names map[string]bool) {
	v := s.q.Values[i]
	m := s.measureOf(v)
	own := s.datesOf(v.Filters)
	for _, row := range s.f.rows[m.table] {
		r := seenFact{m.table, row, s.at}
		day := ""
		if m.event != "" {
			t := s.eventOf(m, r)
			if t.IsZero() {
				continue
			}
			if day = s.date(t); s.days != nil && !s.days[day] || own != nil && !own[day] || onAxis && !slices.Contains(p.days, day) {
				continue
			}
		} else {
			at := s.pointOf(v, p, onAxis)
			if at == nil {
				continue
			}
			r.at = *at
			if !row.time(m.begin).IsZero() && s.instantOf(r, m.begin).IsZero() || m.end != "" && !s.instantOf(r, m.end).IsZero() {
				continue
			}
		}
		if !s.keeps(s.q.Filters, r) || !s.keeps(v.Filters, r) {
			continue
		}
		lit := s.keeps(s.q.Highlight, r)
		if dates := s.datesOf(s.q.Highlight); dates != nil {
			lit = lit && dates[day]
		}
		for _, group := range s.groupsOf(groups, r) {
			names[group] = true
			key := s.cellOf(c, group, p, onAxis)
			c.whole[key][i] = append(c.whole[key][i], r)
			if lit {
				c.part[key][i] = append(c.part[key][i], r)
			}
		}
	}
}

func (s *slowFacts) groupsOf(groups []dataset.Group, r seenFact) []string {
	keys := []string{""}
	for _, g := range groups {
		parts := []string{"\x01"}
		if g.Field != dataset.DateAxis {
			parts = nil
			for _, v := range s.value(g.Field, r) {
				parts = append(parts, s.partName(g, v))
			}
		}
		var longer []string
		for _, k := range keys {
			for _, p := range parts {
				longer = append(longer, k+"|"+p)
			}
		}
		keys = longer
	}
	return keys
}

// partName is how a member stands in a key: a period by its first day.
func (s *slowFacts) partName(g dataset.Group, v named) string {
	if g.Grain != "" && v.value != nil {
		return s.periodOf(v.value.(string), g.Grain)
	}
	return fmt.Sprint(v.value)
}

// keeps reports whether the row passes the filters. Dates[Date] is no matter of a row.
func (s *slowFacts) keeps(filters []dataset.Filter, r seenFact) bool {
	for _, f := range filters {
		if f.Field == dataset.DateAxis {
			continue
		}
		if len(f.Any) > 0 {
			if !slices.ContainsFunc(f.Any, func(a dataset.Filter) bool { return s.keeps([]dataset.Filter{a}, r) }) {
				return false
			}
			continue
		}
		vs := s.value(f.Field, r)
		_, isDate := dayColumns[f.Field]
		switch f.Op {
		case dataset.NotContains, dataset.NotStartsWith:
			if !s.hasNone(f.Op, f, vs) {
				return false
			}
		case dataset.NotIn:
			if slices.ContainsFunc(vs, func(v named) bool { return s.isOne(v, f.Values) }) {
				return false
			}
		case "":
			f.Op = dataset.In
			fallthrough
		default:
			if !slices.ContainsFunc(vs, func(v named) bool { return s.passesOne(f.Op, f, v, isDate) }) {
				return false
			}
		}
	}
	return true
}
