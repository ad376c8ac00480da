package columns_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"sightline/backend/dataset"
)

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
	if vs, ok := s.moreFields(ref, r); ok {
		return vs
	}
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
	if x, ok := s.moreNumbers(ref, r); ok {
		return x
	}
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
	case dataset.LeadTimeWhole:
		return math.Trunc(s.leadDays(r)) // of a time that is never negative
	case dataset.CycleTimeWhole:
		return math.Trunc(s.cycleDays(r))
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
	if len(f.Any) > 0 {
		return slices.ContainsFunc(f.Any, func(a dataset.Filter) bool { return s.passes(a, r) })
	}
	op := f.Op
	if op == "" {
		op = dataset.In
	}
	if op == dataset.Current {
		return slices.Contains(s.currentIterations(), r.rev.iteration)
	}
	vs := s.field(f.Field, r)
	isDate := slices.Contains(slowDates, f.Field)
	switch op {
	case dataset.NotIn:
		for _, v := range vs {
			if s.isOne(v, f.Values) {
				return false
			}
		}
		return true
	case dataset.NotContains, dataset.NotStartsWith:
		return s.hasNone(op, f, vs)
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

// hasNone tests that no name contains, or begins with, a text.
func (s *slow) hasNone(op dataset.Op, f dataset.Filter, vs []named) bool {
	for _, v := range vs {
		at := strings.Index(strings.ToLower(v.label), strings.ToLower(f.Values[0].(string)))
		if v.value != nil && (at == 0 || at > 0 && op == dataset.NotContains) {
			return false
		}
	}
	return true
}

// dayPasses tests a day against a filter of a date.
func (s *slow) dayPasses(f dataset.Filter, day string) bool {
	if len(f.Any) > 0 {
		return slices.ContainsFunc(f.Any, func(a dataset.Filter) bool { return s.dayPasses(a, day) })
	}
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
	without := len(f.Values) == 3 && f.Values[2] == false
	switch {
	case f.Op == dataset.Last && without:
		return day > move(today.AddDate(0, 0, -1), -n) && day < s.at.day
	case f.Op == dataset.Next && without:
		return day > s.at.day && day < move(today.AddDate(0, 0, 1), n)
	case f.Op == dataset.Last:
		return day > move(today, -n) && day <= s.at.day
	case f.Op == dataset.Next:
		return day >= s.at.day && day < move(today, n)
	}
	first := parseDate(s.periodOf(s.at.day, dataset.Grain(unit)))
	switch f.Op {
	case dataset.LastCalendar:
		return day >= move(first, -n) && day < first.Format(time.DateOnly)
	case dataset.NextCalendar:
		return day >= move(first, 1) && day < move(first, n+1)
	}
	return day >= move(first, 1-n) && day < move(first, 1)
}
