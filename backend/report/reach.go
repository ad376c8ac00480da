package report

import (
	"reflect"
	"slices"

	"sightline/backend/dataset"
)

// Over tells the page the model that its queries go to. From then on what filters the page (its filters, cards,
// slicers, a selection) is left out of the queries of visuals that it does not reach, as Power BI does: a slicer of
// repositories says nothing about work items. A visual's own filters always stay.
func (p *Page) Over(model *dataset.Model) { p.model = model }

// finished is the query as it is asked: with the measures it needs and without the filters that do not reach it.
func (p *Page) finished(q dataset.Query, own []dataset.Filter) dataset.Query {
	q.Define = dataset.Needed(q, p.measures)
	if p.model == nil {
		return q
	}
	tables := tablesOf(p.model, q)
	kept := func(f dataset.Filter) bool {
		return slices.ContainsFunc(own, func(o dataset.Filter) bool { return reflect.DeepEqual(o, f) }) || reaches(p.model, tables, f)
	}
	q.Filters = keep(q.Filters, kept)
	if q.Highlight != nil {
		q.Highlight = keep(q.Highlight, kept)
		if len(q.Highlight) == 0 { // nothing of the selection concerns this visual: it shows its whole
			q.Highlight = nil
		}
	}
	return q
}

func keep(filters []dataset.Filter, kept func(dataset.Filter) bool) []dataset.Filter {
	return slices.DeleteFunc(slices.Clone(filters), func(f dataset.Filter) bool { return !kept(f) })
}

// tablesOf are the tables over whose rows the query is computed. It has none when it is not understood: its
// answer then says why.
func tablesOf(model *dataset.Model, q dataset.Query) []string {
	r, err := model.Resolve(dataset.Query{Values: q.Values, Rows: q.Rows, Columns: q.Columns, Define: q.Define})
	if err != nil {
		return nil
	}
	var out []string
	add := func(table string) {
		if table != "" && !slices.Contains(out, table) {
			out = append(out, table)
		}
	}
	add(r.Table)
	for i := range r.Values {
		v := &r.Values[i]
		add(v.Table)
		if v.Formula != nil {
			for j := range v.Formula.Bases {
				add(v.Formula.Bases[j].Table)
			}
		}
	}
	return out
}

// reaches reports whether the filter, with all its alternatives, reaches every table. A filter on a column that the
// model does not have stays: the answer says so.
func reaches(model *dataset.Model, tables []string, f dataset.Filter) bool {
	for i := range f.Any {
		if !reaches(model, tables, f.Any[i]) {
			return false
		}
	}
	if f.Field == "" {
		return true
	}
	column, err := model.Column(f.Field)
	if err != nil {
		return true
	}
	return !slices.ContainsFunc(tables, func(t string) bool { return !model.Reaches(t, column.Ref()) })
}
