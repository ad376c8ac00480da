package desktop

import (
	"context"
	"slices"
	"strings"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// listedBy is the table that is listed for the rows of a table, and the column that names its rows. Reviews, tasks
// and file changes are parts of something that has a number; that is listed.
var listedBy = map[string]dataset.FieldRef{
	dataset.WorkItems: dataset.ID, dataset.PullRequests: dataset.PullRequestID, dataset.Reviews: dataset.PullRequestID,
	dataset.PipelineRuns: dataset.RunID, dataset.PipelineTasks: dataset.RunID, dataset.TestRuns: dataset.TestRunID,
	dataset.Deployments: dataset.DeploymentID, dataset.Changesets: dataset.ChangesetID, dataset.FileChanges: dataset.ChangesetID,
	dataset.Commits: dataset.CommitID, dataset.TFVCBranches: dataset.TFVCBranch,
}

// rowsBehind finds the rows that count into a value of a query: those of which the value alone is not nothing. Rows
// that add 0 to a sum or a count do not count; a 0 in an average or a rate does.
func rowsBehind(ctx context.Context, engine OpenedDataset, q dataset.Query, value int) (*listing, error) {
	const op = "desktop.rowsBehind"
	if value < 0 || value >= len(q.Values) {
		return nil, fault.New(fault.Invalid, op, "This visual has no such value any more.", "Open the page again.")
	}
	one := q
	one.Values, one.Highlight, one.Sort, one.Top, one.Others, one.CompareWith = []dataset.Value{q.Values[value]}, nil, nil, 0, false, ""
	model := engine.Model()
	r, err := model.Resolve(one)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	bases := basesOf(&r.Values[0])
	if len(bases) == 0 {
		return nil, fault.New(fault.Invalid, op, "No rows stand behind "+r.Values[0].Info.Name+".", "Open the rows of another number.")
	}
	l, err := newListing(engine, bases[0].Table)
	if err != nil {
		return nil, err
	}
	l.info = &r.Values[0].Info
	keys := one
	keys.Values, keys.Columns, keys.Rows, keys.ShowEmpty = nil, nil, []dataset.Group{{Field: l.key}}, false
	additive := true
	for i := range bases {
		keys.Values = append(keys.Values, valueOf(&bases[i]))
		additive = additive && bases[i].Info.Additive
	}
	total := one
	total.Rows, total.Columns, total.ShowEmpty = nil, nil, false
	results, errs := engine.AnswerAll(ctx, []dataset.Query{keys, total})
	if errs[0] != nil {
		return nil, fault.Wrap(op, errs[0])
	}
	if errs[1] == nil { // what stands along dates has no number without them; its rows are there all the same
		l.number = results[1].Total.Values[0]
	}
	l.take(&results[0], additive, r.Values[0].Formula == nil)
	return l, nil
}

// basesOf are the measures and aggregates that a value is made of: itself, or what a formula computes with. Those of
// another table than the first have other rows.
func basesOf(v *dataset.ResolvedValue) []dataset.ResolvedValue {
	if v.Formula == nil {
		return []dataset.ResolvedValue{*v}
	}
	var out []dataset.ResolvedValue
	for _, b := range v.Formula.Bases {
		if len(out) == 0 || b.Table == out[0].Table {
			out = append(out, b)
		}
	}
	return out
}

func valueOf(v *dataset.ResolvedValue) dataset.Value {
	out := dataset.Value{Aggregate: v.Aggregate}
	if v.Measure != nil {
		out.Measure = v.Measure.Name
	} else {
		out.Field = v.Column.Ref()
	}
	for _, f := range v.Filters {
		out.Filters = append(out.Filters, f.Filter())
	}
	return out
}

// take keeps the rows of an answer by key that count, and what each adds when the value is one measure.
func (l *listing) take(r *dataset.Result, additive, single bool) {
	l.generation = r.Generation
	counts := func(v *float64) bool { return v != nil && (!additive || *v != 0) }
	sum, ones := 0.0, true
	for _, row := range r.Rows {
		if !slices.ContainsFunc(row.Values, counts) {
			continue
		}
		key := r.Dimensions[0].Members[row.Keys[0]].Value
		if key == nil {
			continue
		}
		l.keys = append(l.keys, key)
		if single {
			l.amounts = append(l.amounts, *row.Values[0])
			sum, ones = sum+*row.Values[0], ones && *row.Values[0] == 1
		}
	}
	if single && additive {
		l.sum = &sum
		l.same = ones && l.number != nil && *l.number == float64(len(l.keys))
	}
	if ones {
		l.amounts = nil // a column of ones says nothing
	}
}

// momentOf is the time at which the rows behind a mark are shown: that of the page, or the end of the mark's period
// when the value is a state. Empty is now, also for a time that is still to come.
func momentOf(m dataset.Model, info *dataset.ValueInfo, asOf string, marks []dataset.Filter, now time.Time) string {
	if zone, err := time.LoadLocation(m.TimeZone); err == nil {
		now = now.In(zone)
	}
	today := now.Format(time.DateOnly)
	if at, err := time.Parse(time.RFC3339, asOf); err == nil && !at.Before(now) || err != nil && asOf >= today {
		asOf = ""
	}
	if info == nil || info.OverTime != dataset.OverTimeAsOf {
		return asOf
	}
	for _, f := range marks {
		if f.Field != dataset.DateAxis || len(f.Values) != 1 || f.Op != "" && f.Op != dataset.In {
			continue
		}
		end, _ := f.Values[0].(string)
		if _, last, ok := strings.Cut(end, "/"); ok {
			end = last
		}
		shown := today
		if asOf != "" {
			shown = asOf[:min(len(asOf), len(time.DateOnly))] // days compare as texts
		}
		if _, err := time.Parse(time.DateOnly, end); err == nil && end < shown {
			return end
		}
	}
	return asOf
}
