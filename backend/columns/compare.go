package columns

import (
	"fmt"
	"slices"
	"strings"

	"sightline/backend/dataset"
)

// compared answers the query at its second time too and lays the values beside those of the first. Members
// that only the second time has stand where that time has them, with the value of nothing.
func (p *plan) compared(q dataset.Query, now dataset.Result, clock int64) (dataset.Result, error) {
	before, err := p.g.answer(p.ctx, p.share, p.atSecondTime(q), clock)
	if err != nil {
		return now, err
	}
	c := comparison{out: now, before: before, empty: p.ofNothing(), closed: q.Top > 0, sorted: len(q.Sort) > 0}
	c.lay()
	return c.out, nil
}

// atSecondTime is the query at the time that it compares with.
func (p *plan) atSecondTime(q dataset.Query) dataset.Query {
	q.AsOf, q.CompareWith, q.Explain = q.CompareWith, "", false
	q.Sort, q.Top, q.Others, q.Highlight = nil, 0, false, nil
	q.Filters = plainOf(p.r.Filters) // what top and bottom keep now
	return q
}

// comparison lays one result beside another of the same query.
type comparison struct {
	out, before dataset.Result
	empty       []*float64 // what each value is where there is nothing
	closed      bool       // rows that only the second time has were cut off
	sorted      bool       // by a value: rows that only the second time has come last
	at          [][]int    // of each dimension: position in out of a member of before, or -1
}

func (c *comparison) lay() {
	c.out.ComparedWith = c.before.AsOf
	for _, note := range c.before.Notes {
		if !slices.Contains(c.out.Notes, note) {
			c.out.Notes = append(c.out.Notes, note)
		}
	}
	c.members()
	rows, groups := c.out.RowGroups, len(c.out.Dimensions)
	c.out.Rows = c.rows(c.out.Rows, c.before.Rows, 0, groups)
	c.out.RowTotals = c.rows(c.out.RowTotals, c.before.RowTotals, 0, rows)
	c.out.ColumnTotals = c.rows(c.out.ColumnTotals, c.before.ColumnTotals, rows, groups)
	c.out.Total.Compared = c.before.Total.Values
}

// members gives every member of before a position in out. A new one follows the member it follows there.
func (c *comparison) members() {
	c.at = make([][]int, len(c.before.Dimensions))
	moved := make([][]int, len(c.out.Dimensions))
	for d := range c.before.Dimensions {
		old := c.out.Dimensions[d].Members
		list := make([]int, len(old)) // positions in old, or -1-i for member i of before
		for i := range list {
			list[i] = i
		}
		known := map[string]int{}
		for i, m := range old {
			known[memberKey(c.out.Dimensions[d].Type, m)] = i
		}
		after := 0
		for i, m := range c.before.Dimensions[d].Members {
			if at, ok := known[memberKey(c.out.Dimensions[d].Type, m)]; ok {
				after = slices.Index(list, at) + 1
				continue
			}
			if c.closed && d < c.out.RowGroups {
				continue
			}
			list = slices.Insert(list, after, -1-i)
			after++
		}
		members := make([]dataset.Member, len(list))
		moved[d], c.at[d] = make([]int, len(old)), make([]int, len(c.before.Dimensions[d].Members))
		for i := range c.at[d] {
			c.at[d][i] = -1
		}
		for to, from := range list {
			if from < 0 {
				members[to] = c.before.Dimensions[d].Members[-1-from]
				c.at[d][-1-from] = to
				continue
			}
			members[to], moved[d][from] = old[from], to
		}
		for i, m := range c.before.Dimensions[d].Members {
			if at, ok := known[memberKey(c.out.Dimensions[d].Type, m)]; ok {
				c.at[d][i] = moved[d][at]
			}
		}
		c.out.Dimensions[d].Members = members
	}
	c.renumber(c.out.Rows, moved)
	c.renumber(c.out.RowTotals, moved[:c.out.RowGroups])
	c.renumber(c.out.ColumnTotals, moved[c.out.RowGroups:])
}

// memberKey is the same for a member at both times. A period is told by its beginning: at the earlier time it may
// not have been over.
func memberKey(t dataset.ColumnType, m dataset.Member) string {
	switch {
	case m.Other:
		return "other"
	case t == dataset.Date && m.Start != "":
		return m.Start
	}
	return strings.ToLower(fmt.Sprintf("%T %v", m.Value, m.Value))
}

func (c *comparison) renumber(rows []dataset.Row, moved [][]int) {
	for i := range rows {
		for d, key := range rows[i].Keys {
			rows[i].Keys[d] = moved[d][key]
		}
	}
}

// rows lays the rows of before beside those of now.
func (c *comparison) rows(now, before []dataset.Row, from, to int) []dataset.Row {
	if from == to {
		for i := range now {
			now[i].Compared = c.before.Total.Values
		}
		return now
	}
	at := map[string]int{}
	for i := range now {
		now[i].Compared = c.empty
		at[fmt.Sprint(now[i].Keys)] = i
	}
	for _, row := range before {
		keys, shown := make([]int, len(row.Keys)), true
		for i, key := range row.Keys {
			keys[i] = c.at[from+i][key]
			shown = shown && keys[i] >= 0
		}
		if !shown {
			continue
		}
		if i, ok := at[fmt.Sprint(keys)]; ok {
			now[i].Compared = row.Values
			continue
		}
		if c.closed && from == 0 {
			continue
		}
		added := dataset.Row{Keys: keys, Values: c.empty, Compared: row.Values}
		if c.out.Total.Parts != nil {
			added.Parts = c.empty
		}
		now = append(now, added)
	}
	if !c.sorted {
		slices.SortStableFunc(now, func(x, y dataset.Row) int { return slices.Compare(x.Keys, y.Keys) })
	}
	return now
}

// ofNothing is what each value of the query is over no rows: 0 for a count, null for a sum, an average or a
// share of other groups.
func (p *plan) ofNothing() []*float64 {
	t := &table{p: p, periods: 1, values: make([][]series, len(p.values))}
	for i := range p.values {
		t.values[i] = make([]series, len(p.values[i].bases))
	}
	out := make([]*float64, len(p.r.Values))
	for v := range out {
		if a := p.asked[v]; a.formula == nil || len(a.formula.Scopes) <= 1 {
			out[v] = p.room.pointer(t.evaluate(v, 0, 0, false))
		}
	}
	return out
}
