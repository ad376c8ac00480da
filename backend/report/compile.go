package report

import (
	"reflect"
	"slices"

	"sightline/backend/dataset"
)

// Follows says how a visual follows the page's selection.
type Follows string

// The ways to follow. Source is the visual in which the selection was made.
const (
	FollowsNothing   Follows = ""
	FollowsHighlight Follows = "highlight"
	FollowsFilter    Follows = "filter"
	FollowsNone      Follows = "none"
	FollowsSource    Follows = "source"
)

// Compile makes the query of one visual from its own query, the page's filters, the picked slicers and
// the selection. The documents are not changed.
func Compile(p *Page, v *Visual, s PageState) (dataset.Query, Follows) {
	q, follows := compile(p, v, s)
	highlighted := len(q.Highlight) > 0
	q = p.finished(q, v.Query.Filters)
	if highlighted && q.Highlight == nil || follows == FollowsFilter && !filteredBy(q, s) {
		follows = FollowsNone
	}
	return q, follows
}

// filteredBy reports whether anything that was picked is left in the query: what does not reach it is not.
func filteredBy(q dataset.Query, s PageState) bool {
	return slices.ContainsFunc(s.Selection.Filters, func(picked dataset.Filter) bool {
		return slices.ContainsFunc(q.Filters, func(f dataset.Filter) bool { return reflect.DeepEqual(f, picked) })
	})
}

func compile(p *Page, v *Visual, s PageState) (dataset.Query, Follows) {
	q := v.Query
	q.AsOf, q.CompareWith = s.AsOf, s.CompareWith
	q.Values = slices.Concat(q.Values, v.Tooltips)
	q.Filters = slices.Concat(pageFilters(p, s, ""), v.Query.Filters, cardFilters(v.ID, VisualCards(v), s, ""))
	q = drilled(q, v, s.Drill[v.ID])
	// A table of the first rows shows the same rows in another order: whoever draws it sorts them.
	if v.Type != Table || q.Top == 0 {
		q = sorted(q, s.Sort[v.ID])
	}
	q.Highlight = nil
	if s.Selection == nil || len(s.Selection.Filters) == 0 {
		return q, FollowsNothing
	}
	if s.Selection.Visual == v.ID {
		return q, FollowsSource
	}
	picked := pickedFilters(p, s)
	source := p.Visual(s.Selection.Visual)
	if source != nil {
		picked = append(picked, source.Query.Filters...)
	}
	switch interaction(source, v) {
	case NoInteraction:
		return q, FollowsNone
	case FilterVisual:
		q.Filters = append(q.Filters, picked...)
		return q, FollowsFilter
	default:
		q.Highlight = picked
		return q, FollowsHighlight
	}
}

// pageFilters hold for every visual of the page: its own, those of cards and those of slicers. exceptSlicer leaves one
// slicer out.
func pageFilters(p *Page, s PageState, exceptSlicer string) []dataset.Filter {
	return slices.Concat(p.Filters, pageCards(p, s, ""), slicerFilters(p, s, exceptSlicer))
}

// pickedFilters are the picked marks with what was drilled into to reach them and what the cards of their visual
// keep: a visual's own filters travel with what was picked in it, as in Power BI.
func pickedFilters(p *Page, s PageState) []dataset.Filter {
	picked := slices.Concat(s.Selection.Filters, s.Drill[s.Selection.Visual].Path)
	if source := p.Visual(s.Selection.Visual); source != nil {
		picked = append(picked, cardFilters(source.ID, VisualCards(source), s, "")...)
	}
	return picked
}

// CompileSpark makes the query of the small line of a card; it follows slicers, not the selection.
func CompileSpark(p *Page, v *Visual, s PageState) *dataset.Query {
	if v.Spark == nil {
		return nil
	}
	q := *v.Spark
	q.AsOf = s.AsOf
	// The small line has a period of its own; the one of the number above it does not narrow it.
	own := slices.DeleteFunc(slices.Clone(v.Query.Filters), func(f dataset.Filter) bool {
		table, _ := f.Field.Split()
		return table == "Dates"
	})
	q.Filters = slices.Concat(pageFilters(p, s, ""), own, v.Spark.Filters, cardFilters(v.ID, VisualCards(v), s, ""))
	q = p.finished(q, slices.Concat(own, v.Spark.Filters))
	return &q
}

// CompileSlicer makes the query for the members one slicer offers: everything the page and its other
// slicers leave. It is nil for a slicer that offers none, as one by relative days.
func CompileSlicer(p *Page, sl *Slicer, s PageState) *dataset.Query {
	if sl.Kind == Relative {
		return nil
	}
	q := dataset.Query{
		Rows:    []dataset.Group{{Field: sl.Field}},
		Filters: pageFilters(p, s, sl.ID),
		AsOf:    s.AsOf,
	}
	if p.Count != "" {
		q.Values = []dataset.Value{{Measure: p.Count}}
	} else {
		q.Values = []dataset.Value{{Measure: "M1"}}
	}
	q = p.finished(q, nil)
	return &q
}

// CompileMembers makes the query for the members that a filter card on a column offers: everything the page leaves
// without the cards on that column. value counts them; without one only the members are asked for.
func CompileMembers(p *Page, field dataset.FieldRef, value *dataset.Value, s PageState) dataset.Query {
	q := dataset.Query{
		Rows:    []dataset.Group{{Field: field}},
		Filters: slices.Concat(p.Filters, pageCards(p, s, field), slicerFilters(p, s, "")),
		AsOf:    s.AsOf,
	}
	if value != nil {
		q.Values = []dataset.Value{*value}
	}
	return p.finished(q, nil)
}

// CompileCount asks how many of what the page counts are selected, of all that its slicers leave. It
// is nil when the page counts nothing or nothing is selected.
func CompileCount(p *Page, s PageState) *dataset.Query {
	if p.Count == "" || s.Selection == nil || len(s.Selection.Filters) == 0 {
		return nil
	}
	q := dataset.Query{
		Values:    []dataset.Value{{Measure: p.Count}},
		Filters:   pageFilters(p, s, ""),
		Highlight: pickedFilters(p, s),
		AsOf:      s.AsOf,
	}
	q = p.finished(q, nil)
	return &q
}

// Visual finds a visual of the page by id, or nil.
func (p *Page) Visual(id string) *Visual {
	for i := range p.Visuals {
		if p.Visuals[i].ID == id {
			return &p.Visuals[i]
		}
	}
	return nil
}

// Page finds a page of the report by id or name, or nil. Its queries know the measures of the report.
func (r *Report) Page(id string) *Page {
	for i := range r.Pages {
		if p := &r.Pages[i]; p.ID == id || p.Name == id {
			p.measures, p.cards = r.Measures, r.Cards
			return p
		}
	}
	return nil
}

// interaction is the one set for the pair, else the default of the target's type.
func interaction(source, target *Visual) Interaction {
	if source != nil {
		if i, ok := source.Interactions[target.ID]; ok {
			return i
		}
	}
	switch target.Type {
	case Line, Combo, Table, Matrix, Burndown:
		return FilterVisual
	default:
		return Highlight
	}
}
