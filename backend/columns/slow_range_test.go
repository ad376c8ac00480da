package columns_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sightline/backend/dataset"
)

// asOfPoint reads the as-of time of a query. Today and later is now.
func (s *slow) asOfPoint(asOf string) point {
	today := s.date(s.now)
	now := point{kind: "now", day: today}
	switch {
	case asOf == "":
		return now
	case len(asOf) == 10:
		if asOf >= today {
			return now
		}
		return point{kind: "day", day: asOf}
	}
	t, err := time.Parse(time.RFC3339, asOf)
	if err != nil {
		panic(err)
	}
	if !t.Before(s.now) {
		return now
	}
	return point{kind: "instant", day: s.date(t), time: t}
}

// endOf is the end of a day, as far as the as-of time lets us look.
func (s *slow) endOf(day string) point {
	if day >= s.at.day {
		return s.at
	}
	return point{kind: "day", day: day}
}

// calendarDays are all days that a test's dates can mean.
func (s *slow) calendarDays() []string {
	var out []string
	for d := shift(s.date(s.now), -500); d < shift(s.date(s.now), 120); d = shift(d, 1) {
		out = append(out, d)
	}
	return out
}

// datesOf are the days that filters on Dates[Date] keep; nil for every day.
func (s *slow) datesOf(filters []dataset.Filter) map[string]bool {
	if len(filters) == 0 {
		return nil
	}
	key := fmt.Sprint(filters)
	days, known := s.kept[key]
	if known {
		return days
	}
	defer func() { s.kept[key] = days }()
	for _, f := range filters {
		if f.Field != dataset.DateAxis {
			continue
		}
		kept := map[string]bool{}
		for _, d := range s.calendarDays() {
			if s.dayPasses(f, d) && (days == nil || days[d]) {
				kept[d] = true
			}
		}
		days = kept
	}
	return days
}

// open reports whether a range has no beginning (or no end).
func (s *slow) open(filters []dataset.Filter, ops ...dataset.Op) bool {
	open := true
	for _, f := range filters {
		opens := func(a dataset.Filter) bool { return slices.Contains(ops, a.Op) }
		if f.Field == dataset.DateAxis && !opens(f) && !slices.ContainsFunc(f.Any, opens) {
			open = false
		}
	}
	return open
}

func (s *slow) findRange() {
	grain := dataset.Grain("")
	for _, g := range append(slices.Clone(s.q.Rows), s.q.Columns...) {
		if g.Field == dataset.DateAxis {
			if grain = g.Grain; grain == "" {
				grain = dataset.GrainDay
			}
		}
	}
	s.days = maps.Clone(s.datesOf(s.q.Filters))
	filtered := s.days != nil
	noBegin, noEnd := s.open(s.q.Filters, dataset.LessEqual, dataset.Less), s.open(s.q.Filters, dataset.GreaterEqual, dataset.Greater)
	sprint := s.sprint()
	if !filtered && grain != "" {
		s.days = map[string]bool{}
		noBegin, noEnd = false, false
		if sprint != nil {
			for _, d := range sprint {
				s.days[d] = true
			}
		} else {
			first := shift(s.at.day, -26*7+1)
			if grain == dataset.GrainWeek {
				first = shift(s.periodOf(s.at.day, grain), -25*7)
			}
			for d := s.periodOf(first, grain); d <= s.at.day; d = shift(d, 1) {
				s.days[d] = true
			}
		}
	}
	if grain != "" {
		ideal := slices.ContainsFunc(s.q.Values, func(v dataset.Value) bool { return strings.HasPrefix(v.Measure, "Ideal") })
		for d := range s.days {
			if noBegin && filtered && d < min(s.firstDay(), s.at.day) || (noEnd && filtered || !ideal) && d > s.at.day {
				delete(s.days, d)
			}
		}
		s.makePeriods(grain)
		if filtered {
			noBegin, noEnd = false, false
		}
	}
	days := sortedDays(s.days)
	switch {
	case s.days == nil && sprint != nil:
		s.setStart(sprint)
	case s.days != nil && len(days) > 0 && !noBegin:
		if first := days[0]; noEnd { // then the ideal line ends at the as-of day
			days = []string{first, max(first, s.at.day)}
		}
		s.setStart(days)
	}
	switch {
	case s.days == nil:
		s.end = &s.at
	case len(days) > 0 && days[0] <= s.at.day:
		p := s.endOf(days[len(days)-1])
		s.end = &p
	}
}

func (s *slow) setStart(days []string) {
	s.idealDays = nil
	for d := days[0]; d <= days[len(days)-1]; d = shift(d, 1) {
		s.idealDays = append(s.idealDays, d)
	}
	if days[0] <= s.at.day {
		p := s.endOf(days[0])
		s.start = &p
	}
}

func sortedDays(set map[string]bool) []string {
	var out []string
	for d := range set {
		out = append(out, d)
	}
	slices.Sort(out)
	return out
}

func (s *slow) firstDay() string {
	first := s.date(s.now)
	for _, r := range s.rowsAt(point{kind: "now"}) {
		first = min(first, s.date(r.item.revs[0].at))
	}
	return first
}

func (s *slow) makePeriods(grain dataset.Grain) {
	name := ""
	for _, d := range sortedDays(s.days) {
		if p := s.periodOf(d, grain); p != name {
			name = p
			s.periods = append(s.periods, slowPeriod{ahead: d > s.at.day})
		}
		last := &s.periods[len(s.periods)-1]
		last.days = append(last.days, d)
		last.at = s.endOf(d)
	}
}

// sprint are the days of the current iterations or of the one dated iteration that is filtered on.
func (s *slow) sprint() []string {
	var passing []worldIteration
	named, current := false, false
	for _, f := range s.q.Filters {
		table, _ := f.Field.Split()
		named = named || table == dataset.Iterations
		isCurrent := func(a dataset.Filter) bool { return a.Op == dataset.Current }
		current = current || isCurrent(f) || slices.ContainsFunc(f.Any, isCurrent)
	}
	if !named {
		return nil
	}
	for _, it := range s.w.iterations {
		ok := true
		for _, f := range s.q.Filters {
			if table, _ := f.Field.Split(); table == dataset.Iterations {
				ok = ok && s.passes(f, slowRow{item: s.w.items[0], rev: &rev{project: s.w.projects[0].name, typ: s.w.projects[0].types[0].name, iteration: it.path}})
			}
		}
		if ok {
			passing = append(passing, it)
		}
	}
	first, last := "", ""
	for _, it := range passing {
		if it.start != "" {
			if first == "" || it.start < first {
				first = it.start
			}
			last = max(last, it.end)
		}
	}
	if first == "" || !current && len(passing) != 1 {
		return nil
	}
	var days []string
	for d := first; d <= last; d = shift(d, 1) {
		days = append(days, d)
	}
	return days
}

// fraction is the share of the ideal line left at the end of the day.
func (s *slow) fraction(day string) float64 {
	if !slices.ContainsFunc(s.q.Values, func(v dataset.Value) bool { return strings.HasPrefix(v.Measure, "Ideal") }) {
		return 0
	}
	var working [7]bool
	found := false
	for _, t := range s.w.teams {
		use := false
		teamFilter := false
		for _, f := range s.q.Filters {
			if f.Field == dataset.Team && (f.Op == dataset.In || f.Op == "") {
				teamFilter = true
				use = slices.Contains(f.Values, any(t.name))
				if !use {
					break
				}
			}
		}
		if !teamFilter {
			for _, path := range t.iterations {
				named, ok := false, true
				for _, f := range s.q.Filters {
					if table, _ := f.Field.Split(); table == dataset.Iterations {
						named = true
						ok = ok && s.passes(f, slowRow{item: s.w.items[0], rev: &rev{project: s.w.projects[0].name, typ: s.w.projects[0].types[0].name, iteration: path}})
					}
				}
				use = use || named && ok
			}
		}
		if use {
			found = true
			for i, d := range t.days {
				working[i] = working[i] || d
			}
		}
	}
	if !found || working == [7]bool{} {
		working = [7]bool{false, true, true, true, true, true, false}
	}
	var days []string
	for _, d := range s.idealDays {
		if working[parseDate(d).Weekday()] {
			days = append(days, d)
		}
	}
	if len(days) == 0 {
		days = s.idealDays
	}
	gone := -1
	for _, d := range days {
		if d <= day {
			gone++
		}
	}
	switch {
	case len(days) == 1 && gone >= 0:
		return 0
	case len(days) == 1 || gone < 0:
		return 1
	}
	return 1 - float64(gone)/float64(len(days)-1)
}

// cellMap holds the cells of each group at each period, one for each value.
type cellMap struct {
	whole, part map[string][]slowCell
	group       map[string]string // the group of a key without its period
}

// cells collects the rows of every group. With groups nil it is the one cell of the total.
func (s *slow) cells(groups []dataset.Group) cellMap {
	m := cellMap{whole: map[string][]slowCell{}, part: map[string][]slowCell{}, group: map[string]string{}}
	onAxis := slices.ContainsFunc(groups, func(g dataset.Group) bool { return g.Field == dataset.DateAxis })
	periods := s.periods
	if !onAxis {
		periods = []slowPeriod{{}}
	}
	groupNames := map[string]bool{}
	for i := range s.q.Values {
		for k := range periods {
			s.collect(&m, groups, i, onAxis, periods, k, groupNames)
		}
	}
	// every period of every group that occurs
	for name := range groupNames {
		for k := range periods {
			s.cell(&m, name, periodName(periods[k], onAxis), onAxis, periods[k])
		}
	}
	if len(groups) == 0 || len(groups) == 1 && onAxis {
		for k := range periods {
			key := ""
			if onAxis {
				key = "|\x01"
			}
			s.cell(&m, key, periodName(periods[k], onAxis), onAxis, periods[k])
		}
	}
	return m
}

func periodName(p slowPeriod, onAxis bool) string {
	if !onAxis {
		return ""
	}
	return p.days[0]
}

// cell finds or makes a group at a period. group has a \x01 where the period stands.
func (s *slow) cell(m *cellMap, group, period string, onAxis bool, p slowPeriod) string {
	key := strings.Replace(group, "\x01", period, 1)
	if _, ok := m.whole[key]; !ok {
		fraction := 0.0
		if len(s.idealDays) > 0 {
			if onAxis {
				fraction = s.fraction(p.days[len(p.days)-1])
			} else if s.end != nil {
				fraction = s.fraction(s.end.day)
			}
		}
		for _, target := range []map[string][]slowCell{m.whole, m.part} {
			cs := make([]slowCell, len(s.q.Values))
			for i, v := range s.q.Values {
				end := s.endOfValue(v)
				cs[i] = slowCell{fraction: fraction, noStart: s.start == nil, noEnd: !onAxis && end == nil, ahead: p.ahead}
				s.place(&cs[i], v, onAxis, p)
				if own := s.datesOf(v.Filters); onAxis && own != nil && !own[p.days[len(p.days)-1]] {
					cs[i].noEnd, cs[i].noStart = true, true
				}
			}
			target[key] = cs
		}
		m.group[key] = group
	}
	return key
}

// endOfValue is where a state stands without a date axis.
func (s *slow) endOfValue(v dataset.Value) *point {
	own := s.datesOf(v.Filters)
	if own == nil {
		return s.end
	}
	days := []string{}
	for d := range own {
		if s.days == nil || s.days[d] {
			days = append(days, d)
		}
	}
	slices.Sort(days)
	if len(days) == 0 || days[0] > s.at.day {
		return nil
	}
	p := s.endOf(days[len(days)-1])
	return &p
}

// collect puts the rows of one value at one period into the cells of their groups.
func (s *slow) collect(m *cellMap, groups []dataset.Group, value int, onAxis bool, periods []slowPeriod, k int, names map[string]bool) {
	v, p := s.q.Values[value], periods[k]
	keep := func(r slowRow, filters []dataset.Filter) bool {
		for _, f := range filters {
			if f.Field != dataset.DateAxis && !s.passes(f, r) {
				return false
			}
		}
		return true
	}
	put := func(rows []slowRow, add func(*slowCell, slowRow), day func(slowRow) string) {
		for _, r := range rows {
			if !keep(r, s.q.Filters) || !keep(r, v.Filters) {
				continue
			}
			for _, group := range s.keys(groups, "\x01", r) {
				names[group] = true
				key := s.cell(m, group, periodName(p, onAxis), onAxis, p)
				add(&m.whole[key][value], r)
				lit := keep(r, s.q.Highlight)
				if dates := s.datesOf(s.q.Highlight); dates != nil {
					lit = lit && day != nil && dates[day(r)]
				}
				if lit {
					add(&m.part[key][value], r)
				}
			}
		}
	}
	s.collectMore(m, groups, value, onAxis, periods, k, names)
	var at *point
	if onAxis {
		if at = &p.at; p.ahead {
			at = nil
		}
	} else {
		at = s.endOfValue(v)
	}
	if at != nil {
		put(s.rowsAt(*at), func(c *slowCell, r slowRow) { c.asOf = append(c.asOf, r) }, nil)
	}
	if s.start != nil {
		put(s.rowsAt(*s.start), func(c *slowCell, r slowRow) { c.start = append(c.start, r) }, nil)
	}
	if onAxis && p.ahead {
		return
	}
	own := s.datesOf(v.Filters)
	in := func(day string) bool {
		return (s.days == nil || s.days[day]) && (own == nil || own[day]) && (!onAxis || slices.Contains(p.days, day))
	}
	createdOn := func(r slowRow) string { return s.date(r.item.revs[0].at) }
	completedOn := func(r slowRow) string { return s.dateOf(dataset.CompletedDate, r) }
	var created, completed []slowRow
	for _, r := range s.rowsAt(s.at) {
		if in(createdOn(r)) {
			created = append(created, r)
		}
		if day := completedOn(r); day != "" && in(day) {
			completed = append(completed, r)
		}
	}
	put(created, func(c *slowCell, r slowRow) { c.created = append(c.created, r) }, createdOn)
	put(completed, func(c *slowCell, r slowRow) { c.completed = append(c.completed, r) }, completedOn)
}
