package columns_test

import (
	"time"

	"sightline/backend/dataset"
)

// anyItem gives an item what it has once: a parent, maybe itself or in a circle, and dates of the service.
func (d dice) anyItem(it *worldItem, now time.Time) {
	if d.chance(0.6) {
		it.parent = 7 * int32(1+d.IntN(45))
	}
	if d.chance(0.5) {
		it.target = now.AddDate(0, 0, 30-d.IntN(60)).Format(time.DateOnly)
	}
	it.valueArea = pick(d, []string{"", "Business", "Architectural"})
	for _, at := range []*time.Time{&it.activated, &it.resolved, &it.closed, &it.stateChanged, &it.started} {
		if d.chance(0.5) {
			*at = now.Add(-time.Duration(d.IntN(60*24*60)) * time.Minute)
		}
	}
}

// board puts a revision somewhere on a board, maybe in a column that no board has any more.
func (d dice) board(v *rev) {
	v.column, v.lane, v.columnDone = pick(d, []string{"", "New", "Doing", "review", "Testing", "Done", "Closed", "Gone"}), "", 0
	if v.column != "" {
		v.lane, v.columnDone = pick(d, []string{"", "Fast", "Slow"}), int8(d.IntN(3))
	}
}

// moreFilter filters boards, findings, ancestors, rollups and fields.
func (d dice) moreFilter(w *world, now time.Time) dataset.Filter {
	f := dataset.Filter{Op: pick(d, []dataset.Op{"", dataset.In, dataset.NotIn})}
	n := 9
	if w.fields {
		n = 14
	}
	switch d.IntN(n) {
	case 0:
		f.Field, f.Values = dataset.IsRequirement, []any{d.chance(0.7)}
	case 1:
		f.Field, f.Values = dataset.BoardColumnName, []any{pick(d, []any{"New", "doing", "Testing", "Gone", nil}), pick(d, []any{"Review", nil})}
	case 2:
		f.Field, f.Values = dataset.BoardLane, []any{pick(d, []any{"Fast", "Slow", nil})}
	case 3:
		f.Field, f.Values = dataset.BoardDone, []any{pick(d, []any{true, false, nil})}
	case 4:
		f.Field, f.Values = pick(d, []dataset.FieldRef{dataset.IsUnestimated, dataset.IsUnassigned, dataset.HasNoIteration, dataset.IsStale}), []any{d.chance(0.5)}
	case 5:
		f.Field, f.Values = dataset.ParentOf(pick(d, []string{"Feature", "User Story", "Epic"})), []any{pick(d, []any{"Item 1", "14", "Item 4", nil}), pick(d, []any{"item 2", "21"})}
	case 6:
		f.Field, f.Op, f.Values = pick(d, []dataset.FieldRef{dataset.Children, dataset.Descendants, dataset.RollupEstimate}), pick(d, []dataset.Op{dataset.Greater, dataset.LessEqual}), []any{1.0}
	case 7:
		f.Field, f.Op, f.Values = dataset.ParentOf("Feature"), pick(d, []dataset.Op{dataset.IsBlank, dataset.IsNotBlank}), nil
	case 8:
		f.Field, f.Op, f.Values = dataset.DaysUntilTarget, dataset.Between, []any{0.0, 14.0}
	case 9:
		f.Field, f.Values = riskField, []any{pick(d, []any{"high", "low", nil})}
	case 10:
		f.Field, f.Values = reviewerField, []any{pick(d, []any{"Ana Sousa", "tom.becker@example.com", nil})}
	case 11:
		f.Field, f.Op, f.Values = scoreField, pick(d, []dataset.Op{dataset.Greater, dataset.LessEqual, dataset.In}), []any{1.5}
	case 12:
		f.Field, f.Values = signedField, []any{pick(d, []any{true, false, nil})}
	case 13:
		return d.dateFilter(startField, now)
	}
	return f
}
