package dataset

import (
	"fmt"
	"slices"
)

// Reaches reports whether a filter or group on the column reaches the rows of the table: the column is the
// table's own, or relationships lead from the table to the column's, each from the many to the one.
func (m *Model) Reaches(table string, column FieldRef) bool {
	to, _ := column.Split()
	return to == table || slices.Contains(m.reached(table), to)
}

// reached lists the tables whose columns reach the rows of this one, itself first.
func (m *Model) reached(table string) []string {
	out := []string{table}
	for i := 0; i < len(out); i++ {
		for _, rel := range m.Relationships {
			if rel.From.table() != out[i] {
				continue
			}
			if to := rel.To.table(); !slices.Contains(out, to) {
				out = append(out, to)
			}
		}
	}
	return out
}

// Computed reports whether values are computed over the rows of the table. The others only describe.
func (m *Model) Computed(table string) bool {
	return table == WorkItems || slices.ContainsFunc(m.Relationships, func(rel Relationship) bool {
		return rel.From.table() == table
	})
}

// use is a column of the query and what the query does with it.
type use struct {
	column Column
	verb   string
}

// relations finds the table of each value and refuses groups and filters that do not reach it.
func (r *resolver) relations(Query) error {
	var common []use
	for _, g := range append(slices.Clone(r.out.Rows), r.out.Columns...) {
		common = append(common, use{g.Column, "group"})
	}
	for _, f := range append(slices.Clone(r.out.Filters), r.out.Highlight...) {
		common = append(common, use{f.Column, "filter"})
	}
	if err := r.tablesOfValues(common); err != nil {
		return err
	}
	tables := []string{r.out.Table}
	if r.out.Table == "" {
		tables = tables[:0]
		for _, v := range r.leaves() {
			if !slices.Contains(tables, v.Table) {
				tables = append(tables, v.Table)
			}
		}
	}
	for _, t := range tables {
		if err := r.reachedBy(t, common); err != nil {
			return err
		}
	}
	for _, v := range r.leaves() {
		for _, f := range v.Filters {
			if err := r.reachedBy(v.Table, []use{{f.Column, "filter"}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// leaves are the values that are computed over rows: those of the query, and what its formulas are made of.
func (r *resolver) leaves() []*ResolvedValue {
	var out []*ResolvedValue
	for i := range r.out.Values {
		v := &r.out.Values[i]
		if v.Formula == nil {
			out = append(out, v)
			continue
		}
		for j := range v.Formula.Bases {
			out = append(out, &v.Formula.Bases[j])
		}
	}
	return out
}

func (r *resolver) reachedBy(table string, uses []use) error {
	for _, u := range uses {
		if r.model.Reaches(table, u.column.Ref()) {
			continue
		}
		return invalid(fmt.Sprintf("%s cannot %s %s: nothing relates them.", u.column.Ref(), u.verb, table),
			"What can are the columns of "+allOf(r.model.reached(table))+".")
	}
	return nil
}

// tablesOfValues gives a table to each value that names a column of a table without rows of its own, and to
// a query without values: one of the other values' when it is reached, else the first of the model.
func (r *resolver) tablesOfValues(common []use) error {
	var candidates []string
	for _, v := range r.leaves() {
		if v.Table == "" && r.model.Computed(v.Column.Table) {
			v.Table = v.Column.Table
		}
		if v.Table != "" && v.Measure == nil {
			r.timed(v)
		}
		if v.Table != "" && !slices.Contains(candidates, v.Table) {
			candidates = append(candidates, v.Table)
		}
	}
	for _, t := range r.model.Tables {
		if r.model.Computed(t.Name) && !slices.Contains(candidates, t.Name) {
			candidates = append(candidates, t.Name)
		}
	}
	first := func(uses []use) (string, bool) {
		for _, t := range candidates {
			if !slices.ContainsFunc(uses, func(u use) bool { return !r.model.Reaches(t, u.column.Ref()) }) {
				return t, true
			}
		}
		return "", false
	}
	for _, v := range r.leaves() {
		if v.Table != "" {
			continue
		}
		uses := append(slices.Clone(common), use{*v.Column, "count"})
		for _, f := range v.Filters {
			uses = append(uses, use{f.Column, "filter"})
		}
		table, ok := first(uses)
		if !ok {
			return unrelated(uses)
		}
		v.Table = table
		r.timed(v)
	}
	if len(r.leaves()) == 0 {
		table, ok := first(common)
		if !ok {
			return unrelated(common)
		}
		r.out.Table = table
	}
	return nil
}

// timed says how an aggregate behaves over time: work items have states, rows of facts happen.
func (r *resolver) timed(v *ResolvedValue) {
	if v.Table != WorkItems {
		v.Info.OverTime = OverTimeEvents
	}
}

func unrelated(uses []use) error {
	var tables []string
	for _, u := range uses {
		if !slices.Contains(tables, u.column.Table) {
			tables = append(tables, u.column.Table)
		}
	}
	return invalid(allOf(tables)+" cannot stand in one query: no table is reached by them all.", "Ask for them one by one.")
}

// markMany says of groups under several of whose members a row stands that they do not sum to the total.
func (r *resolver) markMany(Query) error {
	for _, g := range append(slices.Clone(r.out.Rows), r.out.Columns...) {
		if !g.Column.Many {
			continue
		}
		for i := range r.out.Values {
			r.out.Values[i].Info.Additive = false
		}
		r.out.Notes = append(r.out.Notes, "An item can stand under several members of "+g.Column.Name+", so they do not sum to the total.")
	}
	return nil
}
