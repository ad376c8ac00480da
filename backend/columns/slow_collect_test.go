package columns_test

import (
	"slices"
	"strings"

	"sightline/backend/dataset"
)

// keeps reports whether a row passes filters, those on Dates[Date] left out.
func (s *slow) keeps(r slowRow, filters []dataset.Filter) bool {
	for _, f := range filters {
		if f.Field != dataset.DateAxis && !s.passes(f, r) {
			return false
		}
	}
	return true
}

// rangeOf are the days of a value; nil for all. begun is false when the range has no beginning.
func (s *slow) rangeOf(v dataset.Value) (days map[string]bool, begun bool) {
	own := s.datesOf(v.Filters)
	switch {
	case own == nil:
		days = s.days
	case s.days == nil:
		days = own
	default:
		days = map[string]bool{}
		for d := range own {
			if s.days[d] {
				days[d] = true
			}
		}
	}
	if s.periods != nil {
		return days, true // the axis has a beginning
	}
	return days, days != nil && !s.open(append(slices.Clone(s.q.Filters), v.Filters...), dataset.LessEqual, dataset.Less)
}

// collectMore collects what moreCell has, as collect does.
func (s *slow) collectMore(m *cellMap, groups []dataset.Group, value int, onAxis bool, periods []slowPeriod, k int, names map[string]bool) {
	v, p := s.q.Values[value], periods[k]
	put := func(r slowRow, day string, add func(*slowCell)) {
		if !s.keeps(r, s.q.Filters) || !s.keeps(r, v.Filters) {
			return
		}
		for _, group := range s.keys(groups, "\x01", r) {
			names[group] = true
			key := s.cell(m, group, periodName(p, onAxis), onAxis, p)
			add(&m.whole[key][value])
			lit := s.keeps(r, s.q.Highlight)
			if dates := s.datesOf(s.q.Highlight); dates != nil {
				lit = lit && day != "" && dates[day]
			}
			if lit {
				add(&m.part[key][value])
			}
		}
	}
	if onAxis && p.ahead {
		return
	}
	days, begun := s.rangeOf(v)
	inPeriod := func(day string) bool {
		return (days == nil || days[day]) && (!onAxis || slices.Contains(p.days, day))
	}
	switch name := v.Measure; {
	case isEventOfMore(name):
		rows, starts := s.velocityRows(v, true)
		for i, r := range rows {
			if inPeriod(starts[i]) {
				put(r, starts[i], func(c *slowCell) { c.planned = append(c.planned, r) })
			}
		}
		rows, starts = s.velocityRows(v, false)
		for i, r := range rows {
			if inPeriod(starts[i]) {
				put(r, starts[i], func(c *slowCell) { c.sprint = append(c.sprint, r) })
			}
		}
	case strings.HasSuffix(name, "moving average") || strings.HasSuffix(name, "standard deviation"):
		s.collectWindow(v, onAxis, p, begun, put)
	case strings.Contains(strings.ToLower(name), "days in state"):
		s.collectSpent(v, days, inPeriod, put)
	}
}

// collectWindow collects the items completed in the window of a point (M5).
func (s *slow) collectWindow(v dataset.Value, onAxis bool, p slowPeriod, begun bool, put func(slowRow, string, func(*slowCell))) {
	shown, _ := s.rangeOf(v)
	last := ""
	if onAxis {
		shown = map[string]bool{}
		for _, period := range s.periods {
			for _, d := range period.days {
				shown[d] = true
			}
		}
		last = p.days[len(p.days)-1]
		if own := s.datesOf(v.Filters); own != nil && !own[last] {
			return // a point of another day is filtered out
		}
	} else if !begun {
		return
	}
	n := 0
	for d := range shown {
		if d <= s.at.day {
			n++
		}
		if !onAxis {
			last = max(last, d)
		}
	}
	if n == 0 {
		return
	}
	last = min(last, s.at.day)
	back := n / 5
	if back%2 == 0 {
		back--
	}
	for _, r := range s.rowsAt(s.at) {
		if day := s.dateOf(dataset.CompletedDate, r); day != "" && day <= last && day >= shift(last, -max(back, 0)) {
			put(r, "", func(c *slowCell) { c.window = append(c.window, r) })
		}
	}
}

// collectSpent collects how long items were as their revisions have them, by revisions and by the daily
// snapshots of A4.
func (s *slow) collectSpent(v dataset.Value, days map[string]bool, in func(string) bool, put func(slowRow, string, func(*slowCell))) {
	now := s.instant(s.at)
	for _, it := range s.w.items {
		if it.last().gone {
			continue
		}
		for i := range s.seen(it, s.at) {
			r := slowRow{it, &it.revs[i], s.at}
			if r.rev.gone {
				continue
			}
			end := now
			if i+1 < len(it.revs) && it.revs[i+1].at.Before(now) {
				end = it.revs[i+1].at
			}
			sum := 0.0
			for day := s.date(r.rev.at); day <= s.at.day; day = shift(day, 1) {
				if !in(day) {
					continue
				}
				from, to := s.dayEnd(shift(day, -1)), s.dayEnd(day)
				if from.Before(r.rev.at) {
					from = r.rev.at
				}
				if to.After(end) {
					to = end
				}
				if from.Before(to) {
					sum += to.Sub(from).Seconds() / 86400
				}
			}
			if sum > 0 && v.Measure != dataset.SnapshotDaysInState {
				put(r, "", func(c *slowCell) { c.spent = append(c.spent, slowSpan{r, sum}) })
			}
		}
		if v.Measure != dataset.SnapshotDaysInState {
			continue
		}
		before := ""
		for day := s.date(it.revs[0].at); day <= s.at.day; day = shift(day, 1) {
			known := s.seen(it, s.endOf(day))
			if len(known) == 0 || known[len(known)-1].gone {
				continue
			}
			apart := 1.0
			if before != "" {
				apart = daysBetween(before, day)
			}
			before = day
			if r := (slowRow{it, &known[len(known)-1], s.at}); in(day) {
				put(r, "", func(c *slowCell) { c.daily = append(c.daily, slowSpan{r, apart}) })
			}
		}
	}
}

// place notes where the point of a cell stands (M17 and M18).
func (s *slow) place(c *slowCell, v dataset.Value, onAxis bool, p slowPeriod) {
	c.grain = dataset.GrainDay
	if len(s.idealDays) == 0 {
		return
	}
	first := s.idealDays[0]
	if !onAxis && !slices.ContainsFunc(v.Filters, func(f dataset.Filter) bool { return f.Field == dataset.DateAxis }) {
		for _, other := range s.periods { // the total stands where the last period does
			if other.days[0] <= s.at.day {
				onAxis, p = true, other
			}
		}
	}
	if !onAxis {
		if end := s.endOfValue(v); end != nil {
			c.last = end.day
			c.intervals = int(daysBetween(first, end.day))
		}
		return
	}
	for _, g := range append(slices.Clone(s.q.Rows), s.q.Columns...) {
		if g.Field == dataset.DateAxis && g.Grain != "" {
			c.grain = g.Grain
		}
	}
	c.last = min(p.days[len(p.days)-1], s.at.day)
	for _, other := range s.periods {
		if end := min(other.days[len(other.days)-1], s.at.day); other.days[0] <= p.days[0] && end > first {
			c.intervals++
		}
	}
}
