package columns

import (
	"cmp"
	"context"
	"slices"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// Changes explains why a number of work items differs between two times: each item that adds another amount than
// before stands in one part, and the parts add up to the difference. Faults: Invalid for what is no count or sum
// of a state, and as Answer.
func (e *Engine) Changes(ctx context.Context, q dataset.ChangesQuery) (dataset.Changes, error) {
	const op = "columns.Changes"
	g, err := e.asked(ctx, op)
	if err != nil {
		return dataset.Changes{}, err
	}
	c := changes{g: g, parts: map[changeKey]*dataset.ChangePart{}}
	share, clock := newShared(), e.options.Clock().UnixMilli()
	for i, at := range []string{q.From, q.To} {
		if c.ends[i], err = g.endOfChange(ctx, share, q, at, clock); err != nil {
			return dataset.Changes{}, fault.Wrap(op, err)
		}
	}
	for item := range g.items.n {
		if item%checkEvery == 0 && ctx.Err() != nil {
			return dataset.Changes{}, fault.Wrap(op, ctx.Err())
		}
		c.explain(int32(item))
	}
	return c.result(), nil
}

// changes compares two times.
type changes struct {
	g     *generation
	ends  [2]*changeEnd
	parts map[changeKey]*dataset.ChangePart
}

type changeKey struct {
	kind  dataset.ChangeKind
	field dataset.FieldRef
}

// changeEnd is the number at one of the two times, item by item.
type changeEnd struct {
	p       *plan
	answer  dataset.Result
	amounts map[int32]*float64 // of the items that add something, by position
	filters []oneFilter
}

// oneFilter is a filter by itself.
type oneFilter struct {
	column dataset.Column
	test   *predicate
}

// endOfChange asks for the number of every item at the time.
func (g *generation) endOfChange(ctx context.Context, share *shared, q dataset.ChangesQuery, at string, clock int64) (*changeEnd, error) {
	p, err := newPlan(ctx, g, share, dataset.Query{Values: []dataset.Value{q.Value}, Rows: []dataset.Group{{Field: dataset.ID}},
		Filters: q.Filters, AsOf: at, Define: q.Define}, clock)
	if err != nil {
		return nil, err
	}
	if !p.explainable() {
		return nil, fault.New(fault.Invalid, "columns.Changes", "What changed in "+p.r.Values[0].Info.Name+" cannot be told item by item.",
			"Take a count or a sum of work items that is a state, such as "+dataset.OpenBugs+", without a filter on "+string(dataset.DateAxis)+".")
	}
	end := &changeEnd{p: p, amounts: map[int32]*float64{}}
	for _, f := range append(slices.Clone(p.r.Filters), p.r.Values[0].Filters...) {
		test, err := g.compile(ctx, p.sides[0].rel, []dataset.ResolvedFilter{f}, p.at.day, false)
		if err != nil {
			return nil, err
		}
		end.filters = append(end.filters, oneFilter{f.Column, test})
	}
	slices.SortStableFunc(end.filters, func(a, b oneFilter) int { return cmp.Compare(rankOfMove(a.column), rankOfMove(b.column)) })
	if end.answer, err = p.result(); err != nil {
		return nil, err
	}
	for _, row := range end.answer.Rows {
		// Who adds 0 does not count: what remains of a closed item is 0, not something.
		if id, ok := end.answer.Dimensions[0].Members[row.Keys[0]].Value.(float64); ok && row.Values[0] != nil && *row.Values[0] != 0 {
			if at, found := slices.BinarySearch(g.items.id, int32(id)); found {
				end.amounts[int32(at)] = row.Values[0]
			}
		}
	}
	return end, nil
}

// explainable reports whether the one value of the plan adds up over work items and is a state.
func (p *plan) explainable() bool {
	v := p.r.Values[0]
	if v.Formula != nil || v.Table != dataset.WorkItems || !v.Info.Additive || v.Info.OverTime != dataset.OverTimeAsOf {
		return false
	}
	dated := func(f dataset.ResolvedFilter) bool { return f.Column.Ref() == dataset.DateAxis }
	return !slices.ContainsFunc(p.r.Filters, dated) && !slices.ContainsFunc(v.Filters, dated) &&
		!slices.ContainsFunc(p.values[0].bases, func(b basePlan) bool { return b.timing != asOf })
}

// rankOfMove orders the reasons for which an item came or went when several hold.
func rankOfMove(c dataset.Column) int {
	switch c.Role {
	case dataset.RoleProject:
		return 0
	case dataset.RoleWorkItemType:
		return 1
	case dataset.RoleArea, dataset.RoleTeam:
		return 2
	case dataset.RoleIteration:
		return 3
	case dataset.RoleState, dataset.RoleStateCategory:
		return 5 // where it went comes before the state it is in
	}
	return 4
}

// result lays the parts out.
func (c *changes) result() dataset.Changes {
	before, after := c.ends[0].answer, c.ends[1].answer
	out := dataset.Changes{Value: after.Values[0], From: before.AsOf, To: after.AsOf, Before: before.Total.Values[0], After: after.Total.Values[0],
		Parts: []dataset.ChangePart{}, Generation: c.g.number, Notes: distinct(append(slices.Clone(before.Notes), after.Notes...))}
	for _, part := range c.parts {
		part.Delta = withoutNoise(part.Delta)
		out.Parts = append(out.Parts, *part)
	}
	slices.SortFunc(out.Parts, func(a, b dataset.ChangePart) int {
		return cmp.Or(cmp.Compare(slices.Index(dataset.ChangeKinds, a.Kind), slices.Index(dataset.ChangeKinds, b.Kind)), cmp.Compare(a.Field, b.Field))
	})
	return out
}
