package columns_test

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
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

func shift(day string, n int) string { return parseDate(day).AddDate(0, 0, n).Format(time.DateOnly) }

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
	for _, v := range s.seen(r.item, r.at) {
		if v.gone {
			continue
		}
		c := s.category(&v)
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

// named is a value of a field with its label.
type named struct {
	value any
	label string
}

func textValue(s string) []named {
	if s == "" {
		return []named{{nil, "(Blank)"}}
	}
	return []named{{s, s}}
}

func numberValue(x float64) []named {
	if math.IsNaN(x) {
		return []named{{nil, "(Blank)"}}
	}
	return []named{{x, strconv.FormatFloat(x, 'f', -1, 64)}}
}

func personValue(name, none string) []named {
	if name == "" {
		return []named{{nil, none}}
	}
	return []named{{address(name), name}}
}

func pathValue(path string) []named {
	if path == "" {
		return []named{{nil, "(Blank)"}}
	}
	return []named{{path, path[strings.LastIndexByte(path, '\\')+1:]}}
}

// field are the values of a column: one, but of tags and teams several.
func (s *slow) field(ref dataset.FieldRef, r slowRow) []named {
	v := r.rev
	t := s.w.typeOf(v.project, v.typ)
	switch ref {
	case dataset.ID:
		return numberValue(float64(r.item.id))
	case dataset.Title:
		return textValue(r.item.title)
	case dataset.Type:
		return textValue(v.typ)
	case dataset.State:
		return textValue(v.state)
	case dataset.Category:
		names := []string{"", "Proposed", "InProgress", "Resolved", "Completed", "Removed"}
		out := textValue(names[s.category(v)])
		if out[0].label == "InProgress" {
			out[0].label = "In progress"
		}
		return out
	case dataset.Priority:
		return numberValue(v.priority)
	case dataset.Severity:
		return textValue(v.severity)
	case dataset.AssignedTo:
		return personValue(v.assigned, "Unassigned")
	case dataset.CreatedBy:
		return personValue(r.item.createdBy, "(Blank)")
	case dataset.ChangedBy:
		return personValue(v.by, "(Blank)")
	case dataset.TagSet:
		return textValue(strings.Join(v.tags, "; "))
	case dataset.IsBug:
		return []named{{t.bug, ""}}
	case dataset.BacklogLevel:
		return textValue(map[string]string{"portfolio": "Portfolio", "requirement": "Requirement", "task": "Task"}[t.level])
	case dataset.Backlog:
		return textValue(t.plural)
	case dataset.Project:
		return textValue(v.project)
	case dataset.Process:
		return textValue(s.w.project(v.project).process)
	case dataset.Area, dataset.AreaPath:
		return pathValue(v.area)
	case dataset.Iteration, dataset.IterationPath:
		return pathValue(v.iteration)
	case dataset.AreaLevel(2):
		parts := strings.Split(v.area, `\`)
		if len(parts) < 2 {
			return textValue("")
		}
		return pathValue(parts[0] + `\` + parts[1])
	case dataset.Tag:
		if len(v.tags) == 0 {
			return textValue("")
		}
		var out []named
		for _, tag := range v.tags {
			out = append(out, textValue(tag)...)
		}
		return out
	case dataset.Team:
		var out []named
		for _, team := range s.w.teams {
			if slices.ContainsFunc(team.areas, func(a string) bool { return v.area == a || strings.HasPrefix(v.area, a+`\`) }) {
				out = append(out, named{team.name, team.name})
			}
		}
		if len(out) == 0 {
			return textValue("")
		}
		return out
	case dataset.AgeBucket:
		age := s.age(r)
		switch {
		case math.IsNaN(age):
			return textValue("")
		case age <= 7:
			return textValue("0–7 days")
		case age <= 30:
			return textValue("8–30")
		case age <= 90:
			return textValue("31–90")
		}
		return textValue("over 90")
	case dataset.CreatedDate, dataset.ChangedDate, dataset.CompletedDate, dataset.StartDate, dataset.EndDate:
		return textValue(s.dateOf(ref, r))
	}
	return numberValue(s.number(ref, r))
}

func (s *slow) dateOf(ref dataset.FieldRef, r slowRow) string {
	switch ref {
	case dataset.CreatedDate:
		return s.date(r.item.revs[0].at)
	case dataset.ChangedDate:
		return s.date(r.rev.at)
	case dataset.CompletedDate:
		if at, ok := s.completion(r); ok {
			return s.date(at)
		}
		return ""
	}
	for _, it := range s.w.iterations {
		if it.path == r.rev.iteration {
			if ref == dataset.StartDate {
				return it.start
			}
			return it.end
		}
	}
	return ""
}

func (s *slow) number(ref dataset.FieldRef, r slowRow) float64 {
	v := r.rev
	switch ref {
	case dataset.Priority:
		return v.priority
	case dataset.StoryPoints:
		return v.points
	case dataset.Effort:
		return v.effort
	case dataset.Size:
		return v.size
	case dataset.Estimate:
		return []float64{null, v.points, v.effort, v.size}[s.w.project(v.project).estimate]
	case dataset.OriginalEstimate:
		return v.original
	case dataset.RemainingWork:
		return v.remaining
	case dataset.CompletedWork:
		return v.workDone
	case dataset.AgeDays:
		return s.age(r)
	case dataset.LeadTime:
		return s.leadDays(r)
	case dataset.CycleTime:
		return s.cycleDays(r)
	case dataset.DaysProposed:
		return s.daysIn(r, 1)
	case dataset.DaysInProgress:
		return s.daysIn(r, 2)
	case dataset.DaysResolved:
		return s.daysIn(r, 3)
	}
	panic("no number for " + ref)
}

// passes tests one row against one filter. Dates[Date] is no matter of a row.
func (s *slow) passes(f dataset.Filter, r slowRow) bool {
	op := f.Op
	if op == "" {
		op = dataset.In
	}
	if op == dataset.Current {
		return slices.Contains(s.currentIterations(), r.rev.iteration)
	}
	vs := s.field(f.Field, r)
	isDate := slices.Contains([]dataset.FieldRef{dataset.CreatedDate, dataset.ChangedDate, dataset.CompletedDate, dataset.StartDate, dataset.EndDate}, f.Field)
	if op == dataset.NotIn {
		for _, v := range vs {
			if s.isOne(v, f.Values) {
				return false
			}
		}
		return true
	}
	for _, v := range vs {
		if s.passesOne(op, f, v, isDate) {
			return true
		}
	}
	return false
}

func (s *slow) isOne(v named, list []any) bool {
	for _, want := range list {
		switch x := want.(type) {
		case nil:
			if v.value == nil {
				return true
			}
		case string:
			if v.value != nil && (strings.EqualFold(x, v.label) || strings.EqualFold(fmt.Sprint(v.value), x)) {
				return true
			}
		default:
			if v.value == x {
				return true
			}
		}
	}
	return false
}

func (s *slow) passesOne(op dataset.Op, f dataset.Filter, v named, isDate bool) bool {
	switch op {
	case dataset.In:
		return s.isOne(v, f.Values)
	case dataset.IsBlank:
		return v.value == nil
	case dataset.IsNotBlank:
		return v.value != nil
	}
	if v.value == nil {
		return false
	}
	if isDate {
		return s.dayPasses(f, v.value.(string))
	}
	switch op {
	case dataset.Under:
		path := v.value.(string)
		return slices.ContainsFunc(f.Values, func(x any) bool { return path == x || strings.HasPrefix(path, x.(string)+`\`) })
	case dataset.Contains:
		return strings.Contains(strings.ToLower(v.label), strings.ToLower(f.Values[0].(string)))
	case dataset.StartsWith:
		return strings.HasPrefix(strings.ToLower(v.label), strings.ToLower(f.Values[0].(string)))
	}
	x := v.value.(float64)
	switch op {
	case dataset.GreaterEqual:
		return x >= f.Values[0].(float64)
	case dataset.Greater:
		return x > f.Values[0].(float64)
	case dataset.LessEqual:
		return x <= f.Values[0].(float64)
	case dataset.Less:
		return x < f.Values[0].(float64)
	case dataset.Between:
		return f.Values[0].(float64) <= x && x <= f.Values[1].(float64)
	}
	panic("no operator " + op)
}

// dayPasses tests a day against a filter of a date.
func (s *slow) dayPasses(f dataset.Filter, day string) bool {
	value := func(i int) string { return f.Values[i].(string) }
	switch f.Op {
	case dataset.In, "":
		return s.isOne(named{day, day}, f.Values)
	case dataset.GreaterEqual:
		return day >= value(0)
	case dataset.Greater:
		return day > value(0)
	case dataset.LessEqual:
		return day <= value(0)
	case dataset.Less:
		return day < value(0)
	case dataset.Between:
		return value(0) <= day && day <= value(1)
	}
	n, unit := int(f.Values[0].(float64)), f.Values[1].(string)
	today := parseDate(s.at.day)
	move := func(t time.Time, n int) string {
		switch unit {
		case "week":
			return t.AddDate(0, 0, 7*n).Format(time.DateOnly)
		case "month": // a day that the month lacks is its last
			m := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
			for day := t.Day(); ; day-- {
				if d := time.Date(m.Year(), m.Month(), day, 0, 0, 0, 0, time.UTC); d.Month() == m.Month() {
					return d.Format(time.DateOnly)
				}
			}
		}
		return t.AddDate(0, 0, n).Format(time.DateOnly)
	}
	switch f.Op {
	case dataset.Last:
		return day > move(today, -n) && day <= s.at.day
	case dataset.Next:
		return day >= s.at.day && day < move(today, n)
	}
	first := parseDate(s.periodOf(s.at.day, dataset.Grain(unit)))
	return day >= move(first, 1-n) && day < move(first, 1)
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
