package report

import (
	"slices"

	"sightline/backend/dataset"
)

// slicerFilters turns picked slicers into filters; except leaves one out.
func slicerFilters(p *Page, s PageState, except string) []dataset.Filter {
	var out []dataset.Filter
	for i := range p.Slicers {
		sl := &p.Slicers[i]
		if sl.ID == except {
			continue
		}
		if f, ok := SlicerFilter(sl, s); ok {
			out = append(out, f)
		}
	}
	return out
}

// SlicerFilter is what a slicer keeps now: what a reader picked, else its default. ok is false when it keeps everything.
func SlicerFilter(sl *Slicer, s PageState) (f dataset.Filter, ok bool) {
	picked, changed := s.Slicers[sl.ID]
	if !changed && sl.Default != nil {
		f = *sl.Default
		f.Field = sl.Field
		return f, true
	}
	if len(picked) == 0 {
		return f, false
	}
	switch sl.Kind {
	case Range:
		return between(sl.Field, picked)
	case Relative:
		return relative(sl.Field, picked)
	}
	if sl.Single {
		picked = picked[:1]
	}
	op := sl.Op
	if op != "" && slices.Contains(picked, nil) { // nothing lies under (Blank)
		op = dataset.In
	}
	return dataset.Filter{Field: sl.Field, Op: op, Values: picked}, true
}

// between keeps what lies between two ends, of which either may be open.
func between(field dataset.FieldRef, ends []any) (dataset.Filter, bool) {
	if len(ends) != 2 {
		return dataset.Filter{}, false
	}
	switch {
	case ends[0] == nil && ends[1] == nil:
		return dataset.Filter{}, false
	case ends[1] == nil:
		return dataset.Filter{Field: field, Op: dataset.GreaterEqual, Values: ends[:1]}, true
	case ends[0] == nil:
		return dataset.Filter{Field: field, Op: dataset.LessEqual, Values: ends[1:]}, true
	}
	return dataset.Filter{Field: field, Op: dataset.Between, Values: ends}, true
}

// relative reads the operator, the count and the unit, and whether the as-of day is included.
func relative(field dataset.FieldRef, picked []any) (dataset.Filter, bool) {
	op, isText := picked[0].(string)
	if !isText || len(picked) < 3 {
		return dataset.Filter{}, false
	}
	return dataset.Filter{Field: field, Op: dataset.Op(op), Values: picked[1:]}, true
}
