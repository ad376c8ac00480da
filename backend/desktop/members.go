package desktop

import (
	"context"
	"slices"
	"strings"

	"sightline/backend/dataset"
	"sightline/backend/report"
)

// mostMembers is how many members a slicer or a filter card lists; those of longer lists are found by searching.
const mostMembers = 1_000

// MembersView are the members of a column that a filter card or a slicer offers.
type MembersView struct {
	Members []CountedMember `json:"members"`
	More    int             `json:"more"` // how many more there are: at least that many when a search was cut
	// Type and Role are those of the column; they say which filters fit it.
	Type dataset.ColumnType `json:"type"`
	Role dataset.Role       `json:"role"`
}

// CountedMember is a member with how many rows it has on the page; null when nothing of the page counts them.
type CountedMember struct {
	dataset.Member
	Count *float64 `json:"count"`
}

// Members lists the members of a column that the other filters of a page leave, with the number of what the page
// counts, the first 1,000 in their own order; search keeps those whose label contains it. Faults: NotFound, Invalid.
func (r *Reports) Members(reportID, pageID string, field dataset.FieldRef, search string, state report.PageState) (MembersView, error) {
	r.p.await()
	return guard(r.p.Log, "Reports.Members", func() (MembersView, error) {
		page, engine, err := r.p.pageAndEngine(r.p.ctx, reportID, pageID)
		if err != nil {
			return MembersView{}, err
		}
		return membersOf(r.p.ctx, engine, page, field, search, state)
	})
}

func membersOf(ctx context.Context, engine dataset.Engine, page *report.Page, field dataset.FieldRef, search string, state report.PageState) (MembersView, error) {
	state, now := settled(ctx, engine, page, state)
	model := engine.Model()
	column, err := model.Column(field)
	if err != nil {
		return MembersView{}, err
	}
	q := report.CompileMembers(page, field, countOf(&model, page, field), state)
	q.Filters = slices.DeleteFunc(q.Filters, func(f dataset.Filter) bool {
		only := q
		only.Filters = []dataset.Filter{f}
		_, err := model.Resolve(only)
		return err != nil // it says nothing of this column
	})
	search = strings.ToLower(strings.TrimSpace(search))
	inText := search != "" && column.Type == dataset.Text
	if inText {
		q.Filters = append(q.Filters, dataset.Filter{Field: field, Op: dataset.Contains, Values: []any{search}})
	}
	if inText || search == "" {
		q.Top = mostMembers
	}
	answer, err := engine.Answer(ctx, now.onSprint(q))
	if err != nil {
		return MembersView{}, err
	}
	out := MembersView{Members: []CountedMember{}, More: answer.Truncated, Type: column.Type, Role: column.Role}
	for _, row := range answer.Rows {
		m := answer.Dimensions[0].Members[row.Keys[0]]
		if search != "" && !inText && !strings.Contains(strings.ToLower(m.Label), search) {
			continue
		}
		if len(out.Members) == mostMembers {
			out.More++
			continue
		}
		out.Members = append(out.Members, CountedMember{Member: m, Count: number(row.Values)})
	}
	return out, nil
}

// countOf is the value that counts the rows of a page by a column: what the page counts, else the first value of its
// visuals that can be grouped by it, else work items; nil when none can.
func countOf(model *dataset.Model, page *report.Page, field dataset.FieldRef) *dataset.Value {
	var candidates []dataset.Value
	if page.Count != "" {
		candidates = append(candidates, dataset.Value{Measure: page.Count})
	}
	for i := range page.Visuals {
		candidates = append(candidates, page.Visuals[i].Query.Values...)
	}
	candidates = append(candidates, dataset.Value{Measure: "M1"})
	for _, v := range candidates {
		r, err := model.Resolve(report.CompileMembers(&report.Page{}, field, &v, report.PageState{}))
		if err == nil && r.Values[0].Info.Additive && r.Values[0].Info.Format == "integer" {
			return &v
		}
	}
	return nil
}

// bounded limits the list of a slicer. One between two ends needs them all to find the ends.
func bounded(sl *report.Slicer, q dataset.Query) dataset.Query {
	if sl.Kind != report.Range {
		q.Top = mostMembers
	}
	return q
}

// take keeps the members of a slicer.
func (d *SlicerData) take(sl *report.Slicer, r *dataset.Result, err error) {
	d.Fault = reportOf(err)
	if r == nil || len(r.Dimensions) == 0 {
		return
	}
	d.Members, d.More = r.Dimensions[0].Members, r.Truncated
	if sl.Kind != report.Range {
		return
	}
	given := slices.DeleteFunc(slices.Clone(d.Members), func(m dataset.Member) bool { return m.Value == nil })
	d.Members = []dataset.Member{}
	if n := len(given); n > 0 {
		d.Members = []dataset.Member{given[0], given[n-1]}
	}
}
