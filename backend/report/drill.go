package report

import (
	"slices"
	"strings"

	"sightline/backend/dataset"
)

// drilled puts the levels at which a visual stands in the place of its first group, and keeps what was drilled into.
func drilled(q dataset.Query, v *Visual, d Drill) dataset.Query {
	if len(v.Levels) == 0 || len(q.Rows) == 0 || d.Level == 0 && len(d.Path) == 0 {
		return q
	}
	level := min(max(d.Level, 0), len(v.Levels)-1)
	from := level
	if d.Expanded {
		from = min(len(d.Path), level)
	}
	q.Rows = slices.Concat(v.Levels[from:level+1], q.Rows[1:])
	q.Filters = slices.Concat(q.Filters, d.Path)
	if level > from {
		// Nested groups stand in their own order, all of them: a sort by value or a cut would tear them apart.
		q.Sort, q.Top, q.Others = nil, 0, false
	}
	q.Sort = sortsOf(q, q.Sort)
	return q
}

// sorted puts a reader's sort in the place of the author's. A cut to the first rows keeps its number.
func sorted(q dataset.Query, chosen []dataset.Sort) dataset.Query {
	if known := sortsOf(q, chosen); len(known) > 0 {
		q.Sort = known
	}
	return q
}

// sortsOf are the sorts that name a value or a row group of the query: a level that is not shown orders nothing.
func sortsOf(q dataset.Query, sorts []dataset.Sort) []dataset.Sort {
	var out []dataset.Sort
	for _, s := range sorts {
		value := slices.ContainsFunc(q.Values, func(v dataset.Value) bool {
			return strings.EqualFold(v.Name, s.By) || strings.EqualFold(v.Measure, s.By) || v.Field != "" && strings.EqualFold(string(v.Field), s.By)
		})
		group := slices.ContainsFunc(q.Rows, func(g dataset.Group) bool { return strings.EqualFold(string(g.Field), s.By) })
		if value || group {
			out = append(out, s)
		}
	}
	return out
}
