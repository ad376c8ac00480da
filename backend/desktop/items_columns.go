package desktop

import (
	"context"
	"slices"
	"strings"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// itemsSource is a column of a list and where its values come from: the model, which knows what stood there at any
// time, or the records, which know today's and instants.
type itemsSource struct {
	ItemsColumn
	model   dataset.FieldRef // "" when only the records have it
	records string           // name in dataset.Records; "" when only the model has it
}

// fromModel reports whether the list takes the values from the model: always those of the past, else all but instants.
func (s *itemsSource) fromModel(past bool) bool {
	if s.model == "" {
		return false
	}
	return s.records == "" || s.Type != dataset.DateTime || past && s.Time == "then"
}

// beside are columns of tables around the facts, by the name that lists give them.
var beside = map[string]dataset.FieldRef{"Project": dataset.Project, "Area path": dataset.AreaPath, "Iteration path": dataset.IterationPath,
	"Repository": dataset.Repository, "Pipeline": dataset.Pipeline}

// Of these columns the description says that they have no history in memory.
func isOfNow(c *dataset.Column) bool {
	return strings.Contains(c.Description, "as it is now") || strings.Contains(c.Description, "are those of now")
}

// sources are the columns that a list of the table can show, those of the records first.
func (l *listing) sources(ctx context.Context) ([]itemsSource, error) {
	records, err := l.engine.Records().ListColumns(ctx, l.table)
	if err != nil {
		return nil, fault.Wrap("desktop.sources", err)
	}
	var out []itemsSource
	taken := map[dataset.FieldRef]bool{l.key: true} // the key stands before every row
	_, keyName := l.key.Split()
	for _, rc := range records {
		if rc.Name == keyName {
			continue
		}
		s := itemsSource{ItemsColumn: ItemsColumn{Name: rc.Name, Type: rc.Type, Time: "now", Members: []dataset.Member{}}, records: rc.Name}
		if c := l.modelColumn(rc); c != nil {
			s.describe(c)
			s.Type, taken[c.Ref()] = rc.Type, true
		}
		out = append(out, s)
	}
	for ti := range l.model.Tables {
		t := &l.model.Tables[ti]
		for ci := range t.Columns {
			c := &t.Columns[ci]
			if t.Name != l.table || taken[c.Ref()] || !c.Groupable || c.Many {
				continue
			}
			s := itemsSource{ItemsColumn: ItemsColumn{Name: c.Name, Type: c.Type, Members: []dataset.Member{}}}
			s.describe(c)
			out = append(out, s)
		}
	}
	return out, nil
}

func (s *itemsSource) describe(c *dataset.Column) {
	s.model, s.Field, s.Role, s.Format, s.Unit, s.Folder, s.Time = c.Ref(), c.Ref(), c.Role, c.Format, c.Unit, c.Folder, "then"
	if isOfNow(c) {
		s.Time = "now"
	}
}

// modelColumn is the column of the model that a column of the records shows, when it can stand in rows one by one.
func (l *listing) modelColumn(rc dataset.ListColumn) *dataset.Column {
	find := func(table, name string) *dataset.Column {
		for ti := range l.model.Tables {
			t := &l.model.Tables[ti]
			if t.Name != table {
				continue
			}
			i := slices.IndexFunc(t.Columns, func(c dataset.Column) bool {
				return !c.Many && c.Groupable && (c.Name == name || rc.Field != "" && c.Field == rc.Field)
			})
			if i >= 0 {
				return &t.Columns[i]
			}
		}
		return nil
	}
	if c := find(l.table, rc.Name); c != nil {
		return c
	}
	if ref, ok := beside[rc.Name]; ok && l.model.Reaches(l.table, ref) {
		return find(ref.Split())
	}
	return nil
}

// chosen are the columns by their names, in the order of the names.
func (l *listing) chosen(ctx context.Context, names []string) ([]itemsSource, error) {
	all, err := l.sources(ctx)
	if err != nil {
		return nil, err
	}
	var out []itemsSource
	for _, name := range names {
		i := slices.IndexFunc(all, func(s itemsSource) bool { return s.Name == name })
		if i >= 0 { // a column that was chosen once may be gone with a field
			out = append(out, all[i])
		}
	}
	return out, nil
}

// sort orders the keys by a column, blanks last, and rows that are equal by their keys.
func (l *listing) sort(ctx context.Context, name string, descending bool) error {
	if len(l.keys) == 0 {
		return nil
	}
	_, own := l.key.Split()
	if l.info != nil && name == l.info.Name && l.amounts != nil {
		amount := make(map[any]int, len(l.keys))
		order := slices.Clone(l.amounts)
		slices.Sort(order)
		for i, k := range l.keys {
			amount[k], _ = slices.BinarySearch(order, l.amounts[i])
		}
		l.arrange(amount, descending)
		return nil
	}
	if name == "" || name == own {
		if name == own && descending {
			place := map[any]int{}
			for i, k := range l.keys {
				place[k] = i
			}
			l.arrange(place, true)
		}
		return nil
	}
	by, err := l.chosen(ctx, []string{name})
	if err != nil || len(by) == 0 {
		return err
	}
	if by[0].fromModel(l.at != "") {
		return l.sortByModel(ctx, by[0].model, descending)
	}
	return l.sortByRecords(ctx, by[0].records, descending)
}

// sortByModel puts the keys into the own order of a column's members: workflow, dates, numbers.
func (l *listing) sortByModel(ctx context.Context, column dataset.FieldRef, descending bool) error {
	r, err := l.engine.Answer(ctx, dataset.Query{Rows: []dataset.Group{{Field: l.key}, {Field: column}}, Filters: l.among(l.keys), AsOf: l.at})
	if err != nil {
		return fault.Wrap("desktop.sortByModel", err)
	}
	place := make(map[any]int, len(r.Rows))
	for _, row := range r.Rows {
		if m := r.Dimensions[1].Members[row.Keys[1]]; m.Value != nil {
			place[r.Dimensions[0].Members[row.Keys[0]].Value] = row.Keys[1]
		}
	}
	l.arrange(place, descending)
	return nil
}

// sortByRecords asks the file for the order.
func (l *listing) sortByRecords(ctx context.Context, column string, descending bool) error {
	_, own := l.key.Split()
	q := dataset.ListQuery{Table: l.table, Columns: []string{own, column}, OrderBy: column, Limit: 1000}
	l.name(&q, l.keys)
	place := make(map[any]int, len(l.keys))
	for {
		page, err := l.engine.Records().List(ctx, q)
		if err != nil {
			return fault.Wrap("desktop.sortByRecords", err)
		}
		for _, row := range page.Rows {
			if key := keyOf(row[0]); row[1] != nil {
				if _, known := place[key]; !known {
					place[key] = len(place)
				}
			}
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	l.arrange(place, descending)
	return nil
}

// arrange sorts the keys by their places; those without one come last.
func (l *listing) arrange(place map[any]int, descending bool) {
	order := make([]int, len(l.keys))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		pa, oka := place[l.keys[a]]
		pb, okb := place[l.keys[b]]
		switch {
		case oka != okb && oka, oka && okb && (pa < pb) != descending && pa != pb:
			return -1
		case oka != okb, oka && okb && pa != pb:
			return 1
		}
		return 0
	})
	keys, amounts := make([]any, len(order)), l.amounts
	if amounts != nil {
		amounts = make([]float64, len(order))
	}
	for to, from := range order {
		keys[to] = l.keys[from]
		if amounts != nil {
			amounts[to] = l.amounts[from]
		}
	}
	l.keys, l.amounts = keys, amounts
}

// name names rows in a query of records.
func (l *listing) name(q *dataset.ListQuery, keys []any) {
	for _, k := range keys {
		switch k := k.(type) {
		case float64:
			q.IDs = append(q.IDs, int64(k))
		case string:
			q.Keys = append(q.Keys, k)
		}
	}
}

// keyOf is a key of the records as the model writes it.
func keyOf(v any) any {
	if n, ok := v.(int64); ok {
		return float64(n)
	}
	return v
}
