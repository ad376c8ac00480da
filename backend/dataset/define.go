package dataset

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sightline/backend/fault"
)

// The limits of the definitions of one query.
const (
	maxDefinitions    = 200
	maxDefinitionName = 120
)

// definitions are the measures of a person that a query brings along.
type definitions struct {
	list   []Definition
	found  map[string]*Definition  // by their names, once these are checked
	trees  map[*Definition]*syntax // parsed when first asked for
	tables [][]string              // that each is computed over
	// What their filters are, by where they are written, with numbers for keys that stand for the same rows.
	filters map[*syntax][]keyedFilter
	keys    map[string]int
	under   map[[2]int]int // of filters and one more under them
}

// newDefinitions checks the names: none is empty, stands twice or is that of a measure of the model.
func (m *Model) newDefinitions(list []Definition) (*definitions, error) {
	if len(list) > maxDefinitions {
		return nil, defineFault(fmt.Sprintf("%d measures are defined; a query takes up to %d.", len(list), maxDefinitions), "Leave out those that it does not use.")
	}
	ds := &definitions{list: slices.Clone(list), trees: map[*Definition]*syntax{}, tables: make([][]string, len(list)),
		filters: map[*syntax][]keyedFilter{}, keys: map[string]int{}, under: map[[2]int]int{}}
	for i := range ds.list {
		d := &ds.list[i]
		d.Name = strings.TrimSpace(d.Name)
		switch {
		case d.Name == "":
			return nil, defineFault("A measure that is defined has no name.", "Give it one, such as Closed per created.")
		case utf8.RuneCountInString(d.Name) > maxDefinitionName || strings.IndexFunc(d.Name, unicode.IsControl) >= 0 || strings.ContainsAny(d.Name, "[]"):
			return nil, defineFault(fmt.Sprintf("The name %q cannot be that of a measure.", briefly(d.Name)), fmt.Sprintf("A name has up to %d characters, and no square brackets.", maxDefinitionName))
		case d.Format != "" && !slices.Contains(formats, d.Format):
			return nil, defineFault(fmt.Sprintf("Measure %s: there is no format %q.", d.Name, briefly(d.Format)), "Use one of: "+strings.Join(formats, ", ")+".")
		case ds.find(d.Name) != d:
			return nil, defineFault("The measure "+d.Name+" is defined twice.", "Give one of them another name.")
		}
		for j := range m.Measures {
			if ms := &m.Measures[j]; strings.EqualFold(ms.Name, d.Name) || ms.Number != "" && strings.EqualFold(ms.Number, d.Name) {
				return nil, defineFault("The model has a measure "+d.Name+" already.", "Give yours another name.")
			}
		}
	}
	ds.found = make(map[string]*Definition, len(ds.list))
	for i := range ds.list {
		ds.found[ds.list[i].Name] = &ds.list[i]
	}
	return ds, nil
}

func defineFault(message, hint string) error {
	return fault.New(fault.Invalid, "dataset.Define", message, hint)
}

// find is the definition of that name, without regard to case; nil for none.
func (ds *definitions) find(name string) *Definition {
	name = strings.Trim(strings.TrimSpace(name), "[]")
	if ds == nil || name == "" {
		return nil
	}
	if d, known := ds.found[name]; known {
		return d
	}
	i := slices.IndexFunc(ds.list, func(d Definition) bool { return strings.EqualFold(d.Name, name) })
	if i < 0 {
		return nil
	}
	return &ds.list[i]
}

// tablesOf are the tables that a definition of the list is computed over.
func (ds *definitions) tablesOf(d *Definition) []string {
	return ds.tables[slices.IndexFunc(ds.list, func(other Definition) bool { return other.Name == d.Name })]
}

// parsed is the expression of a definition of the list.
func (ds *definitions) parsed(d *Definition) (*syntax, error) {
	if ds.trees[d] == nil {
		tree, err := parse(d)
		if err != nil {
			return nil, err
		}
		ds.trees[d] = tree
	}
	return ds.trees[d], nil
}

// Define checks measures of a person and describes them as those of the model are: what a query with the same
// definitions may name. Faults: Invalid with the place in the expression (facts Line, Column, Text and Here) and
// the nearest names.
func (m *Model) Define(list []Definition) ([]Measure, error) {
	r := &resolver{model: m, out: &Resolved{}, budget: newBudget(context.Background())}
	if err := r.define(Query{Define: list}); err != nil {
		return nil, err
	}
	out := make([]Measure, 0, len(list))
	for i := range r.defs.list {
		d := &r.defs.list[i]
		c := &checker{r: r, defs: r.defs, anyGroups: true}
		f, info, err := c.formula(d, place{})
		if err != nil {
			return nil, err
		}
		ms := Measure{Name: d.Name, Description: d.Description, Formula: d.Expression, Unit: info.Unit, Format: info.Format,
			Additive: info.Additive, Direction: info.Direction, OverTime: info.OverTime, Table: m.tableOf(f)}
		out = append(out, ms)
	}
	return out, nil
}

// define checks the definitions of a query, also those that it does not use.
func (r *resolver) define(q Query) (err error) {
	if r.defs != nil {
		return nil // read for the query that this one is a part of
	}
	if r.defs, err = r.model.newDefinitions(q.Define); err != nil {
		return err
	}
	alone := &resolver{model: r.model, out: &Resolved{}, defs: &definitions{}, budget: r.budget} // whose notes nobody reads
	for i := range r.defs.list {
		c := &checker{r: alone, defs: r.defs, anyGroups: true}
		f, _, err := c.formula(&r.defs.list[i], place{})
		if err != nil {
			return err
		}
		for _, b := range f.Bases {
			r.defs.tables[i] = append(r.defs.tables[i], b.home())
		}
	}
	return nil
}

// unknownMeasure refuses a name that neither a definition nor the model has.
func (r *resolver) unknownMeasure(name string) error {
	name = strings.Trim(strings.TrimSpace(name), "[]")
	var all []string
	if r.defs != nil {
		for i := range r.defs.list {
			all = append(all, r.defs.list[i].Name)
		}
	}
	for i := range r.model.Measures {
		all = append(all, r.model.Measures[i].Name)
	}
	return invalid(fmt.Sprintf("There is no measure %s.", briefly(name)), didYouMean(name, all, all))
}

// tableOf is the table under which a measure of a person is listed: that of its first base.
func (m *Model) tableOf(f *Formula) string {
	if len(f.Bases) == 0 {
		return m.Tables[0].Name
	}
	return f.Bases[0].home()
}

// home is the table of the measure or of the column.
func (v *ResolvedValue) home() string {
	if v.Measure != nil {
		return v.Measure.Table
	}
	return v.Column.Table
}
