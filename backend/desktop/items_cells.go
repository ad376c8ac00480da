package desktop

import (
	"context"
	"slices"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// fill writes the rows of the part whose keys stand in the view.
func (l *listing) fill(ctx context.Context, out *ItemsView, sources []itemsSource, from int) error {
	past := l.at != ""
	for _, s := range sources {
		c := s.ItemsColumn
		if past && !s.fromModel(true) {
			c.Time = "now"
		}
		out.Columns = append(out.Columns, c)
	}
	out.Rows = make([][]any, len(out.Keys))
	place := make(map[any]int, len(out.Keys))
	width := len(sources)
	if l.amounts != nil {
		width++
		out.Columns = append(out.Columns, ItemsColumn{Name: l.info.Name, Type: dataset.Number, Format: l.info.Format, Unit: l.info.Unit, Amount: true, Time: "then", Members: []dataset.Member{}})
	}
	for i, k := range out.Keys {
		place[k], out.Rows[i] = i, make([]any, width)
		if l.amounts != nil {
			out.Rows[i][width-1] = l.amounts[from+i]
		}
	}
	if err := l.fillByModel(ctx, out, sources, place); err != nil {
		return err
	}
	return l.fillByRecords(ctx, out, sources, place)
}

// fillByModel takes from the model what stood in its columns at the time of the list.
func (l *listing) fillByModel(ctx context.Context, out *ItemsView, sources []itemsSource, place map[any]int) error {
	q := dataset.Query{Rows: []dataset.Group{{Field: l.key}}, Filters: l.among(out.Keys), AsOf: l.at}
	var at []int // the columns of the list, in the order of the groups
	for i := range sources {
		if sources[i].fromModel(l.at != "") {
			q.Rows, at = append(q.Rows, dataset.Group{Field: sources[i].model}), append(at, i)
		}
	}
	if len(out.Keys) == 0 {
		q = dataset.Query{Rows: []dataset.Group{{Field: l.key}}, Top: 1, AsOf: l.at} // only to say which time it is
		at = nil
	}
	r, err := l.engine.Answer(ctx, q)
	if err != nil {
		return fault.Wrap("desktop.fillByModel", err)
	}
	out.AsOf = r.AsOf
	for g, column := range at {
		if c := &out.Columns[column]; c.Type == dataset.Text {
			c.Members = append(c.Members, r.Dimensions[g+1].Members...)
		}
	}
	for _, row := range r.Rows {
		to, ok := place[r.Dimensions[0].Members[row.Keys[0]].Value]
		if !ok {
			continue
		}
		for g, column := range at {
			if out.Columns[column].Type == dataset.Text {
				out.Rows[to][column] = row.Keys[g+1]
			} else {
				out.Rows[to][column] = r.Dimensions[g+1].Members[row.Keys[g+1]].Value
			}
		}
	}
	return nil
}

// fillByRecords takes from the file what only it has. Rows that were deleted since have nothing there.
func (l *listing) fillByRecords(ctx context.Context, out *ItemsView, sources []itemsSource, place map[any]int) error {
	_, own := l.key.Split()
	q := dataset.ListQuery{Table: l.table, Columns: []string{own}, Limit: 1000}
	var at []int
	for i := range sources {
		if !sources[i].fromModel(l.at != "") {
			q.Columns, at = append(q.Columns, sources[i].records), append(at, i)
		}
	}
	if len(at) == 0 || len(out.Keys) == 0 {
		return nil
	}
	l.name(&q, out.Keys)
	page, err := l.engine.Records().List(ctx, q)
	if err != nil {
		return fault.Wrap("desktop.fillByRecords", err)
	}
	filled := map[int]bool{}
	for _, row := range page.Rows {
		to, ok := place[keyOf(row[0])]
		if !ok || filled[to] { // a commit stands in several repositories
			continue
		}
		filled[to] = true
		for i, column := range at {
			out.Rows[to][column] = row[i+1]
		}
	}
	for _, column := range at {
		if out.Columns[column].Type == dataset.Date && slices.ContainsFunc(out.Rows, func(r []any) bool { _, ok := r[column].(string); return ok }) {
			out.Columns[column].Type = dataset.DateTime // the records tell instants
		}
	}
	return nil
}
