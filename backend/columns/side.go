package columns

import (
	"slices"

	"sightline/backend/dataset"
)

// side is what a query asks of one table that its values are computed over. A query over several tables has
// one side for each; groups and filters reach them all.
type side struct {
	rel    *relation
	filter *predicate
	// highlight is nil without one.
	highlight *predicate
	sources   []*source // of each group; nil for the date axis
	kinds     []uint8   // kinds that some value needs; nil for all, and of facts
	settled   bool      // rows are only looked at as they are now
}

// sideOf finds or makes the side of a table.
func (p *plan) sideOf(table string) *side {
	rel := p.g.relationOf(table)
	for _, s := range p.sides {
		if s.rel == rel {
			return s
		}
	}
	s := &side{rel: rel}
	p.sides = append(p.sides, s)
	return s
}

// workSide is the side of the work items; nil when no value is computed over them.
func (p *plan) workSide() *side {
	for _, s := range p.sides {
		if s.rel.facts == nil {
			return s
		}
	}
	return nil
}

// prepareSides compiles the filters for each table.
func (p *plan) prepareSides() (err error) {
	for _, s := range p.sides {
		s.settled = p.at.current() && !p.looksBack(s)
		if s.filter, err = p.compile(s, p.r.Filters); err != nil {
			return err
		}
		if p.r.Highlighted {
			if s.highlight, err = p.compile(s, p.r.Highlight); err != nil {
				return err
			}
		}
		for _, d := range p.dims {
			src := s.rel.sources[d.ref]
			s.sources = append(s.sources, src)
		}
	}
	return nil
}

// looksBack reports whether some value may look at rows of the side at an earlier time than the query's.
func (p *plan) looksBack(s *side) bool {
	isDate := func(f dataset.ResolvedFilter) bool { return f.Column.Ref() == dataset.DateAxis }
	for i := range p.values {
		dated := p.dated >= 0 || slices.ContainsFunc(p.r.Filters, isDate) || i < len(p.leaves) && slices.ContainsFunc(p.leaves[i].Filters, isDate)
		for _, b := range p.values[i].bases {
			if b.side == s && (b.timing == atStart || b.timing.looksBack() || b.timing == asOf && dated) {
				return true
			}
		}
	}
	return false
}

// compile makes filters ready for one of the tables.
func (p *plan) compile(s *side, filters []dataset.ResolvedFilter) (*predicate, error) {
	c, err := p.share.compiled(p.ctx, p.g, s, filters, p.at.day)
	if err != nil {
		return nil, err
	}
	p.notes = append(p.notes, c.notes...)
	return c, nil
}
