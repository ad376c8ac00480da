package columns_test

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"time"

	"sightline/backend/dataset"
)

// slow answers queries by plain loops over the raw revisions of a world, written from reports.md §1, §4
// and §13. It shares no code with the engine: days are texts, groups are texts, nothing is coded,
// sorted or shared.
type slow struct {
	w     *world
	loc   *time.Location
	now   time.Time
	q     dataset.Query
	at    point // the as-of time
	dates map[int64]string
	kept  map[string]map[string]bool // days that filters keep
	// what the query is about
	days      map[string]bool // nil for every day
	start     *point
	end       *point
	idealDays []string
	periods   []slowPeriod
}

// point is a time to look at: now, the end of a day, or an instant.
type point struct {
	kind string // now, day, instant
	day  string
	time time.Time
}

// slowPeriod is one step of the date axis: its days within the range.
type slowPeriod struct {
	days  []string
	at    point
	ahead bool
}

// slowRow is an item in a state, looked at from a point.
type slowRow struct {
	item *worldItem
	rev  *rev
	at   point
}

type slowAnswer struct {
	rows, parts       map[string][]float64
	total, totalParts []float64
	// the totals of rows and of columns, of groups that have any
	rowTotals, columnTotals map[string][]float64
}

// date is the day of an instant in the zone; days that were told before are remembered.
func (s *slow) date(t time.Time) string {
	d, ok := s.dates[t.UnixMilli()]
	if !ok {
		d = t.In(s.loc).Format(time.DateOnly)
		s.dates[t.UnixMilli()] = d
	}
	return d
}

func parseDate(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func shift(day string, n int) string {
	if i, ok := calendarPlace[day]; ok && i+n >= 0 && i+n < len(calendarDays) {
		return calendarDays[i+n]
	}
	return parseDate(day).AddDate(0, 0, n).Format(time.DateOnly)
}

// calendarDays are the days that tests mostly need, and calendarPlace where each stands: telling a day by its
// neighbour is most of what the slow calculator does.
var calendarDays, calendarPlace = func() (days []string, place map[string]int) {
	place = map[string]int{}
	for t := parseDate("2022-06-01"); t.Year() < 2026; t = t.AddDate(0, 0, 1) {
		place[t.Format(time.DateOnly)] = len(days)
		days = append(days, t.Format(time.DateOnly))
	}
	return days, place
}()

func daysBetween(a, b string) float64 { return parseDate(b).Sub(parseDate(a)).Hours() / 24 }

// instant is when a point ends, for durations that still run.
func (s *slow) instant(p point) time.Time {
	switch p.kind {
	case "now":
		return s.now
	case "day":
		d := parseDate(p.day)
		return time.Date(d.Year(), d.Month(), d.Day()+1, 0, 0, 0, 0, s.loc)
	}
	return p.time
}

// seen are the revisions that a point knows of.
func (s *slow) seen(it *worldItem, p point) []rev {
	n := 0
	for _, v := range it.revs {
		if p.kind == "now" || p.kind == "day" && s.date(v.at) <= p.day || p.kind == "instant" && !v.at.After(p.time) {
			n++
		}
	}
	return it.revs[:n]
}

// rowsAt is SNAP: every item that exists at the point, in its last state by then.
func (s *slow) rowsAt(p point) []slowRow {
	var out []slowRow
	for _, it := range s.w.items {
		known := s.seen(it, p)
		if it.revs[len(it.revs)-1].gone || len(known) == 0 || known[len(known)-1].gone {
			continue
		}
		out = append(out, slowRow{it, &known[len(known)-1], p})
	}
	return out
}

func (s *slow) category(v *rev) int8 {
	for _, st := range s.w.typeOf(v.project, v.typ).states {
		if st.name == v.state {
			return st.category
		}
	}
	return 0
}

func (s *slow) isBug(v *rev) bool { return s.w.typeOf(v.project, v.typ).bug }

func isOpen(category int8) bool { return category >= 1 && category <= 3 }

// completion is the changed date of the last revision that moved into Completed, for a completed row.
func (s *slow) completion(r slowRow) (at time.Time, ok bool) {
	previous := int8(0)
	known := s.seen(r.item, r.at)
	for i := range known {
		v := &known[i]
		if v.at.After(r.rev.at) {
			break // of a time in the past, seen from later
		}
		if v.gone {
			continue
		}
		c := s.category(v)
		if c == 4 && previous != 4 {
			at = v.at
		}
		previous = c
	}
	return at, s.category(r.rev) == 4
}

func (s *slow) leadDays(r slowRow) float64 {
	at, ok := s.completion(r)
	if !ok {
		return null
	}
	return at.Sub(r.item.revs[0].at).Seconds() / 86400
}

func (s *slow) cycleDays(r slowRow) float64 {
	at, ok := s.completion(r)
	if !ok {
		return null
	}
	for _, v := range s.seen(r.item, r.at) {
		if c := s.category(&v); !v.gone && (c == 2 || c == 3) {
			if v.at.After(at) {
				return 0 // of a time in the past, when it had not started yet
			}
			return at.Sub(v.at).Seconds() / 86400
		}
	}
	return 0
}

func (s *slow) daysIn(r slowRow, category int8) float64 {
	sum, found := 0.0, false
	known := s.seen(r.item, r.at)
	for i, v := range known {
		end := s.instant(r.at)
		if i+1 < len(known) {
			end = known[i+1].at
		}
		if v.gone || s.category(&v) != category || i+1 < len(r.item.revs) && !r.item.revs[i+1].at.After(v.at) {
			continue
		}
		found = true
		if d := end.Sub(v.at).Seconds() / 86400; d > 0 {
			sum += d
		}
	}
	if !found {
		return null
	}
	return sum
}

func (s *slow) age(r slowRow) float64 {
	if !isOpen(s.category(r.rev)) {
		return null
	}
	return daysBetween(s.date(r.item.revs[0].at), r.at.day)
}

// periodOf names a period by its first day.
func (s *slow) periodOf(day string, g dataset.Grain) string {
	t := parseDate(day)
	switch g {
	case dataset.GrainWeek:
		for t.Weekday() != s.w.weekStart {
			t = t.AddDate(0, 0, -1)
		}
	case dataset.GrainMonth:
		return day[:8] + "01"
	case dataset.GrainQuarter:
		for (int(t.Month())-1)%3 != 0 || t.Day() != 1 {
			t = t.AddDate(0, 0, -1)
		}
	case dataset.GrainYear:
		return day[:5] + "01-01"
	}
	return t.Format(time.DateOnly)
}

func (s *slow) currentIterations() []string {
	var holding, out []string
	for _, it := range s.w.iterations {
		if it.start != "" && it.start <= s.at.day && s.at.day <= it.end {
			holding = append(holding, it.path)
		}
	}
	for _, path := range holding {
		if !slices.ContainsFunc(holding, func(inner string) bool { return strings.HasPrefix(inner, path+`\`) }) {
			out = append(out, path)
		}
	}
	return out
}

// keys are the groups a row falls into.
func (s *slow) keys(groups []dataset.Group, period string, r slowRow) []string {
	keys := []string{""}
	for _, g := range groups {
		var parts []string
		switch {
		case g.Field == dataset.DateAxis:
			parts = []string{period}
		default:
			for _, v := range s.field(g.Field, r) {
				part := fmt.Sprint(v.value)
				if g.Grain != "" && v.value != nil {
					part = s.periodOf(v.value.(string), g.Grain)
				}
				parts = append(parts, part)
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

func percentileOf(xs []float64, p float64) float64 {
	sort.Float64s(xs)
	rank := p * float64(len(xs)-1)
	low, high := math.Floor(rank), math.Ceil(rank)
	return xs[int(low)]*(1-(rank-low)) + xs[int(high)]*(rank-low)
}
