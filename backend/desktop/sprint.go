package desktop

import (
	"context"
	"slices"
	"strings"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/report"
)

// sprint is the iteration that "current" means on a screen that shows one sprint.
type sprint struct {
	path, name string
	unit       string // what its project estimates in; set by askUnit
}

// currentSprint picks, of the iterations that contain the day, the one that holds most work items: the
// projects of an organization keep their own sprints with their own days, and a burndown over several
// of them would be nobody's. What filters the page narrows them. ok is false when no iteration contains the day.
func currentSprint(ctx context.Context, e dataset.Engine, page *report.Page, state report.PageState) (s sprint, ok bool) {
	path, ok := largest(ctx, e, page, &report.Slicer{Field: iterationPath, Default: &dataset.Filter{Op: dataset.Current}}, state)
	if text, isText := path.(string); ok && isText {
		return sprintAt(text), true
	}
	return sprint{}, false
}

func sprintAt(path string) sprint {
	project, _, _ := strings.Cut(path, `\`)
	return sprint{path: path, name: path[strings.LastIndexByte(path, '\\')+1:] + ", " + project}
}

const iterationPath dataset.FieldRef = "Iterations[Iteration path]"

// onSprint replaces the filter "current" of a query by the sprint. A query without it stays as it is.
func (s sprint) onSprint(q dataset.Query) dataset.Query {
	i := slices.IndexFunc(q.Filters, func(f dataset.Filter) bool { return f.Op == dataset.Current })
	if i < 0 || s.path == "" {
		return q
	}
	q.Filters = slices.Clone(q.Filters)
	q.Filters[i] = dataset.Filter{Field: iterationPath, Values: []any{s.path}}
	return q
}

// askUnit asks for the field in which the sprint's project estimates, when a text needs it: the one that
// adds up to the project's own estimate. A project that has not estimated yet says estimate.
func (s *sprint) askUnit(b *batch, texts ...string) {
	s.unit = "estimate"
	if s.path == "" || !slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, "{estimate}") }) {
		return
	}
	units := []string{"story points", "effort", "size"}
	values := make([]dataset.Value, 0, 1+len(units))
	for _, column := range []dataset.FieldRef{"Work items[Estimate]", "Work items[Story points]", "Work items[Effort]", "Work items[Size]"} {
		values = append(values, dataset.Value{Field: column, Aggregate: dataset.Sum})
	}
	q := dataset.Query{Values: values, Filters: []dataset.Filter{{Field: iterationPath, Values: []any{s.path}}}}
	b.ask(q, func(r *dataset.Result, _ error) {
		if r == nil || r.Total.Values[0] == nil {
			return
		}
		own := *r.Total.Values[0]
		i := slices.IndexFunc(r.Total.Values[1:], func(v *float64) bool { return v != nil && *v == own })
		if i >= 0 {
			s.unit = units[i]
		}
	})
}

// fillSubtitle replaces {asOf}, {sprint}, {estimate} and {zone}.
func (s sprint) fillSubtitle(text string, r *dataset.Result) string {
	if !strings.Contains(text, "{") {
		return text
	}
	name := s.name
	if name == "" {
		name = "No current sprint"
	}
	return strings.NewReplacer("{asOf}", dayOf(r), "{sprint}", name, "{estimate}", s.unit, "{zone}", r.TimeZone).Replace(text)
}

func dayOf(r *dataset.Result) string {
	at, err := time.Parse(time.RFC3339, r.AsOf)
	if err != nil {
		return r.AsOf
	}
	if zone, err := time.LoadLocation(r.TimeZone); err == nil {
		at = at.In(zone)
	}
	return at.Format("2 Jan")
}
