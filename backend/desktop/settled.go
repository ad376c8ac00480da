package desktop

import (
	"context"
	"maps"

	"sightline/backend/dataset"
	"sightline/backend/report"
)

// settled is the state of a page with its defaults found: a slicer that starts with the current sprint, or with the
// member that has most of something, picks one member, so that every visual shows the same. sprint is what "current"
// means on the page: the one sprint that is picked there, else the current one of what slicers leave.
func settled(ctx context.Context, e dataset.Engine, page *report.Page, state report.PageState) (report.PageState, sprint) {
	state.Slicers = maps.Clone(state.Slicers)
	if state.Slicers == nil {
		state.Slicers = map[string][]any{}
	}
	for i := range page.Slicers {
		sl := &page.Slicers[i]
		if _, changed := state.Slicers[sl.ID]; changed || !searched(sl) {
			continue
		}
		state.Slicers[sl.ID] = []any{}
		if member, ok := largest(ctx, e, page, sl, state); ok {
			state.Slicers[sl.ID] = []any{member}
		}
	}
	for i := range page.Slicers {
		sl := &page.Slicers[i]
		if sl.Field != iterationPath {
			continue
		}
		if f, ok := report.SlicerFilter(sl, state); ok && len(f.Values) == 1 {
			if path, isText := f.Values[0].(string); isText {
				return state, sprintAt(path)
			}
		}
	}
	if !asksForSprint(page) {
		return state, sprint{}
	}
	now, _ := currentSprint(ctx, e, page, state)
	return state, now
}

// searched reports whether what a slicer starts with has to be found in the data.
func searched(sl *report.Slicer) bool {
	return sl.Default != nil && (sl.Default.Op == dataset.Current || sl.Default.Op == dataset.TopN)
}

func asksForSprint(page *report.Page) bool {
	for i := range page.Visuals {
		v := &page.Visuals[i]
		for _, f := range v.Query.Filters {
			if f.Op == dataset.Current {
				return true
			}
		}
	}
	for _, f := range page.Filters {
		if f.Op == dataset.Current {
			return true
		}
	}
	return false
}

// largest is the member of a slicer's column with the largest value: of what orders its default, else of work items.
// Everything else that filters the page narrows it. ok is false where there is no member.
func largest(ctx context.Context, e dataset.Engine, page *report.Page, sl *report.Slicer, state report.PageState) (member any, ok bool) {
	by := dataset.Value{Measure: dataset.CountOfWorkItems}
	if sl.Default.By != nil {
		by = *sl.Default.By
	}
	counting := *page
	counting.Count = by.Measure
	q := report.CompileSlicer(&counting, sl, state)
	if q == nil {
		return nil, false
	}
	q.Values[0].Name = "By"
	q.Sort, q.Top = []dataset.Sort{{By: "By", Descending: true}}, 1
	if sl.Default.Op == dataset.Current {
		q.Filters = append(q.Filters, dataset.Filter{Field: sl.Field, Op: dataset.Current})
	}
	answer, err := e.Answer(ctx, *q)
	if err != nil || len(answer.Rows) == 0 {
		return nil, false
	}
	member = answer.Dimensions[0].Members[answer.Rows[0].Keys[0]].Value
	return member, member != nil
}
