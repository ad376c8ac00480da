package desktop

import (
	"context"
	"slices"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// changedBy asks for the number at both times, member by member.
func (o openedPage) changedBy(ctx context.Context, q dataset.ChangesQuery, by dataset.FieldRef) (ChangedBy, error) {
	if by == "" {
		by = dataset.AreaPath
	}
	out := ChangedBy{Field: by, Rows: []ChangedMemberRow{}}
	r, err := o.engine.Answer(ctx, dataset.Query{Values: []dataset.Value{q.Value}, Rows: []dataset.Group{{Field: by}}, Filters: q.Filters, Define: q.Define, AsOf: q.To, CompareWith: q.From})
	if err != nil {
		return out, fault.Wrap("desktop.changedBy", err)
	}
	out.Name = r.Dimensions[0].Name
	for _, row := range r.Rows {
		line := ChangedMemberRow{Member: r.Dimensions[0].Members[row.Keys[0]], After: row.Values[0]}
		if len(row.Compared) > 0 {
			line.Before = row.Compared[0]
		}
		if of(line.Before) != of(line.After) {
			out.Rows = append(out.Rows, line)
		}
	}
	slices.SortStableFunc(out.Rows, func(a, b ChangedMemberRow) int {
		da, db := of(a.After)-of(a.Before), of(b.After)-of(b.Before)
		switch {
		case da > db:
			return -1
		case da < db:
			return 1
		}
		return 0
	})
	return out, nil
}

func of(v *float64) float64 {
	if v == nil {
		return 0
	}
	return *v
}
