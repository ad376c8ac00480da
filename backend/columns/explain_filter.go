package columns

import (
	"fmt"
	"strconv"
	"strings"

	"sightline/backend/dataset"
)

// explainFilters lists the filters of the query, of its highlight and of each value.
func (p *plan) explainFilters(q dataset.Query) []dataset.FilterRead {
	out := []dataset.FilterRead{}
	for _, f := range q.Filters {
		if f.By != nil && len(f.Values) == 1 {
			out = append(out, dataset.FilterRead{Filter: fmt.Sprintf("%s %s %v by %s", f.Field, f.Op, f.Values[0], f.By.Measure+string(f.By.Field)), How: "query of its own, whose members are kept"})
		}
	}
	add := func(filters []dataset.ResolvedFilter, sides []*side, value string) {
		for _, f := range filters {
			for _, s := range sides {
				read := dataset.FilterRead{Filter: filterWords(f), How: p.filterHow(s, f), Value: value}
				if len(sides) > 1 {
					read.How += " of " + s.rel.table
				}
				out = append(out, read)
			}
		}
	}
	add(p.r.Filters, p.sides, "")
	add(p.r.Highlight, p.sides, "highlight")
	for i := range p.leaves {
		if len(p.values[i].bases) == 0 {
			continue
		}
		for _, name := range p.askedFor(i) {
			add(p.leaves[i].Filters, []*side{p.values[i].bases[0].side}, name)
		}
	}
	return out
}

// filterHow says how the rows of a table are tested by a filter.
func (p *plan) filterHow(s *side, f dataset.ResolvedFilter) string {
	c, err := p.g.compile(p.ctx, s.rel, []dataset.ResolvedFilter{f}, p.at.day, s.settled)
	if err != nil {
		return "" // the answer was cancelled: nobody reads how
	}
	if c.dates != nil {
		if first, last, ok := c.dates.ends(); ok && first != dataset.FirstDay && last != dataset.LastDay {
			return "range of days from " + first.String() + " to " + last.String()
		}
		return "range of days"
	}
	for _, table := range c.tables {
		if table == nil {
			continue
		}
		kept := 0
		for _, k := range table {
			kept += int(k)
		}
		how := fmt.Sprintf("look-up of %d of %d codes", kept, len(table))
		if len(c.tests) > 0 {
			how += ", then a test of each row"
		}
		return how
	}
	return "test of each row"
}

// filterWords writes a filter as it was understood.
func filterWords(f dataset.ResolvedFilter) string {
	text := string(f.Column.Ref()) + " " + string(f.Op)
	if len(f.Any) > 0 {
		words := make([]string, len(f.Any))
		for i, a := range f.Any {
			words[i] = filterWords(a)
		}
		return strings.Join(words, " or ")
	}
	if f.N > 0 {
		if f.NotToday {
			text += " (without today)"
		}
		return fmt.Sprintf("%s %d %s", text, f.N, f.Unit)
	}
	var values []string
	for _, v := range f.Values {
		switch x := v.(type) {
		case nil:
			values = append(values, dataset.Blank)
		case float64:
			values = append(values, strconv.FormatFloat(x, 'f', -1, 64))
		default:
			values = append(values, fmt.Sprint(x))
		}
	}
	if len(values) == 0 {
		return text
	}
	return text + " " + strings.Join(values, ", ")
}
