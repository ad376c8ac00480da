package columns

import (
	"slices"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// checkInMemory refuses a query over what the model names and the columns do not have, such as a measure of
// a table whose parent is not loaded.
func (p *plan) checkInMemory() error {
	for i := range p.values {
		v := &p.values[i]
		if len(v.bases) == 0 {
			return notInMemory(p.leaves[i].Info.Name)
		}
		for j := range v.bases {
			if missing := v.bases[j].missing(); missing != "" {
				return notInMemory(missing)
			}
		}
	}
	for _, s := range p.sides {
		for _, d := range p.dims {
			if !s.has(d.ref) {
				return notInMemory(string(d.ref))
			}
		}
		for _, f := range append(slices.Clone(p.r.Filters), p.r.Highlight...) {
			if !s.has(f.Column.Ref()) {
				return notInMemory(string(f.Column.Ref()))
			}
		}
	}
	return nil
}

func notInMemory(name string) error {
	return fault.New(fault.Invalid, "columns.Answer", name+" needs rows that this dataset does not load.", "Load them too, or ask for something else.")
}

// has reports whether the column reaches the rows of the side.
func (s *side) has(ref dataset.FieldRef) bool {
	return ref == dataset.DateAxis || s.rel.sources[ref] != nil
}

// missing names a column or instant that the base needs and its table has not; empty when all are there.
func (b *basePlan) missing() string {
	if b.agg != aggCount && b.source == nil {
		return string(b.column)
	}
	for _, c := range b.base.where {
		if !b.side.has(c.column) {
			return string(c.column)
		}
	}
	f := b.side.rel.facts
	for _, instant := range []string{b.on, b.until} {
		if f != nil && instant != "" && f.instant(instant).ms == nil {
			return b.side.rel.table + "[" + instant + "]"
		}
	}
	return ""
}
