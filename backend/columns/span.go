package columns

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// Span says which days an as-of time can be of, what happened on them, and the sprints among them. Faults: as Answer.
func (e *Engine) Span(ctx context.Context) (dataset.Span, error) {
	const op = "columns.Span"
	g, err := e.asked(ctx, op)
	if err != nil {
		return dataset.Span{}, err
	}
	out := dataset.Span{Changes: []int{}, Sprints: g.sprintSpans(), WeekStart: int(g.cal.weekStart), Generation: g.number}
	if g.intervals.n == 0 {
		return out, nil
	}
	today := g.cal.day(e.options.Clock().UnixMilli())
	perDay := map[dataset.Day]int{}
	first, last := today, today
	from := &g.intervals.from.day
	for row := range g.intervals.n {
		if row%checkEvery == 0 && ctx.Err() != nil {
			return dataset.Span{}, fault.Wrap(op, ctx.Err())
		}
		code := from.codes.at(int32(row))
		if code == 0 || code == from.last {
			continue
		}
		day := from.base + dataset.Day(code-1)
		perDay[day]++
		first, last = min(first, day), max(last, day)
	}
	out.First, out.Last, out.Changes = first.String(), last.String(), make([]int, last-first+1)
	for day, n := range perDay {
		out.Changes[day-first] = n
	}
	return out, nil
}

// sprintSpans are the dated iterations that hold no dated iteration themselves.
func (g *generation) sprintSpans() []dataset.SprintSpan {
	outer := map[string]bool{}
	dated := func(n *dataset.NodeRow) bool {
		return n.Path != "" && n.StartDay != dataset.NoDay && n.EndDay != dataset.NoDay && n.StartDay <= n.EndDay
	}
	nodes := g.dicts.iterations
	for i := range nodes {
		if dated(&nodes[i]) {
			for path := nodes[i].Path; strings.Contains(path, `\`); {
				path = path[:strings.LastIndexByte(path, '\\')]
				outer[strings.ToLower(path)] = true
			}
		}
	}
	out := []dataset.SprintSpan{}
	for i := range nodes {
		if n := &nodes[i]; dated(n) && !outer[strings.ToLower(n.Path)] {
			out = append(out, dataset.SprintSpan{Name: n.Name, First: dataset.Day(n.StartDay).String(), Last: dataset.Day(n.EndDay).String()})
		}
	}
	slices.SortFunc(out, func(a, b dataset.SprintSpan) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), cmp.Compare(a.Name, b.Name))
	})
	return slices.Compact(out)
}
