package columns

import (
	"slices"

	"sightline/backend/dataset"
)

// rankedBy names the value that orders the members of a filter by top or bottom.
const rankedBy = "\x00by"

// settleRanked replaces every filter by top or bottom with the members that it keeps: those that stand first by
// its value under all other filters. Members that tie with the last one stay too, as in Power BI; members
// without a number never do.
func (p *plan) settleRanked(q dataset.Query, clock int64) error {
	if !p.hasRanked() {
		return nil
	}
	plain := plainOf(p.r.Filters)
	var err error
	settle := func(filters []dataset.ResolvedFilter, under []dataset.Filter) []dataset.ResolvedFilter {
		if err != nil || !slices.ContainsFunc(filters, isRanked) {
			return filters
		}
		var out []dataset.ResolvedFilter
		for _, f := range filters {
			if !isRanked(f) {
				out = append(out, f)
				continue
			}
			var kept []dataset.ResolvedFilter
			if kept, err = p.best(q, under, f, clock); err != nil {
				return nil
			}
			out = append(out, kept...)
		}
		return out
	}
	p.r.Filters = settle(p.r.Filters, plain)
	p.r.Highlight = settle(p.r.Highlight, plain)
	for i := range p.r.Values {
		v := &p.r.Values[i]
		v.Filters = settle(v.Filters, append(slices.Clone(plain), plainOf(v.Filters)...))
		if v.Formula == nil {
			continue
		}
		for j := range v.Formula.Bases {
			b := &v.Formula.Bases[j]
			b.Filters = settle(b.Filters, append(slices.Clone(plain), plainOf(b.Filters)...))
		}
	}
	return err
}

// hasRanked reports whether some filter of the query is one.
func (p *plan) hasRanked() bool {
	any := func(filters []dataset.ResolvedFilter) bool { return slices.ContainsFunc(filters, isRanked) }
	return any(p.r.Filters) || any(p.r.Highlight) || slices.ContainsFunc(p.r.Values, func(v dataset.ResolvedValue) bool {
		return any(v.Filters) || v.Formula != nil && slices.ContainsFunc(v.Formula.Bases, func(b dataset.ResolvedValue) bool { return any(b.Filters) })
	})
}

func isRanked(f dataset.ResolvedFilter) bool { return f.By != nil }

// plainOf are the filters that test rows.
func plainOf(filters []dataset.ResolvedFilter) []dataset.Filter {
	var out []dataset.Filter
	for _, f := range filters {
		if !isRanked(f) {
			out = append(out, f.Filter())
		}
	}
	return out
}

// best asks for the members of the filter's column in their order and keeps the first.
func (p *plan) best(q dataset.Query, under []dataset.Filter, f dataset.ResolvedFilter, clock int64) ([]dataset.ResolvedFilter, error) {
	by := *f.By
	by.Name = rankedBy
	answer, err := p.g.answer(p.ctx, p.share, dataset.Query{Values: []dataset.Value{by}, Rows: []dataset.Group{{Field: f.Column.Ref()}},
		Filters: under, Sort: []dataset.Sort{{By: rankedBy, Descending: f.Op == dataset.TopN}}, AsOf: q.AsOf, Define: q.Define,
		PlanningDays: q.PlanningDays, GraceDays: q.GraceDays}, clock)
	if err != nil {
		return nil, err
	}
	keep := dataset.ResolvedFilter{Column: f.Column, Op: dataset.In, Exact: true}
	for i, row := range answer.Rows {
		x := row.Values[0]
		if x == nil || i >= f.N && *x != *answer.Rows[f.N-1].Values[0] {
			break
		}
		keep.Values = append(keep.Values, answer.Dimensions[0].Members[row.Keys[0]].Value)
	}
	if len(keep.Values) > 0 {
		return []dataset.ResolvedFilter{keep}, nil
	}
	blank, value := keep, keep // nothing is both
	blank.Op, value.Op = dataset.IsBlank, dataset.IsNotBlank
	return []dataset.ResolvedFilter{blank, value}, nil
}
