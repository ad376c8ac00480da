package report

import (
	"slices"

	"sightline/backend/dataset"
)

// VisualCards are the cards of a visual: those its author made, and one for every column that it groups by. The
// latter have the reference of their column as id and keep everything until a reader changes them.
func VisualCards(v *Visual) []FilterCard {
	out := slices.Clone(v.Cards)
	groups := slices.Concat(v.Query.Rows, v.Levels, v.Query.Columns)
	for _, g := range groups {
		if !slices.ContainsFunc(out, func(c FilterCard) bool { return c.Field == g.Field }) {
			out = append(out, FilterCard{ID: string(g.Field), Field: g.Field})
		}
	}
	return out
}

// pageCards are the filters of the cards of report and page as they stand. exceptField leaves those of one column out.
func pageCards(p *Page, s PageState, exceptField dataset.FieldRef) []dataset.Filter {
	return slices.Concat(cardFilters("report", p.cards, s, exceptField), cardFilters("page", p.Cards, s, exceptField))
}

// cardFilters are the filters of cards: what a reader chose, else what the author did. Locked and hidden cards stay
// as they are, and a card only ever filters its own column.
func cardFilters(where string, cards []FilterCard, s PageState, exceptField dataset.FieldRef) []dataset.Filter {
	var out []dataset.Filter
	for _, c := range cards {
		if c.Field == exceptField {
			continue
		}
		filters := c.Filters
		if own, changed := s.Cards[where+"/"+c.ID]; changed && !c.Locked && !c.Hidden {
			filters = own
		}
		for _, f := range filters {
			f.Field = c.Field
			out = append(out, f)
		}
	}
	return out
}
