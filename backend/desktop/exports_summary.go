package desktop

import (
	"context"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/export"
	"sightline/backend/fault"
)

// summarize makes the sheet of what the visual shows: one column per group and value, "(part)" columns where something
// is highlighted, "(compared)" columns where a second time is.
func (s *exportSource) summarize(ctx context.Context, out *made) error {
	q := s.query(ctx)
	r, err := s.engine.Answer(ctx, q)
	if err != nil {
		return fault.Wrap("desktop.summarize", err)
	}
	out.sheet.About = narrowed(&q, r.AsOf, r.TimeZone)
	out.rows = fillSheet(&out.sheet, &r)
	return nil
}

// fillSheet gives a sheet the columns and rows of a result and says how many rows there are.
func fillSheet(sheet *export.Sheet, r *dataset.Result) int {
	extra := extraCells(r)
	for i := range r.Dimensions {
		sheet.Columns = append(sheet.Columns, export.Column{Name: r.Dimensions[i].Name, Kind: kindOfMembers(&r.Dimensions[i])})
	}
	suffixes := []string{""}
	if extra.parts {
		suffixes = append(suffixes, " (part)")
	}
	if extra.compared {
		suffixes = append(suffixes, " (compared)")
	}
	for _, suffix := range suffixes {
		for i := range r.Values {
			sheet.Columns = append(sheet.Columns, export.Column{Name: r.Values[i].Name + suffix, Kind: kindOfValue(r.Values[i].Format)})
		}
	}
	rows := r.Rows
	if len(r.Dimensions) == 0 && len(rows) == 0 {
		rows = []dataset.Row{r.Total}
	}
	sheet.Rows = func(yield func([]any, error) bool) {
		for i := range rows {
			if !yield(cellsOf(r, &rows[i], sheet.Columns, extra), nil) {
				return
			}
		}
	}
	return len(rows)
}

func cellsOf(r *dataset.Result, row *dataset.Row, columns []export.Column, extra besides) []any {
	cells := make([]any, 0, len(columns))
	for i, k := range row.Keys {
		cells = append(cells, memberValue(&r.Dimensions[i], k, columns[i].Kind))
	}
	numbers := [][]*float64{row.Values}
	if extra.parts {
		numbers = append(numbers, row.Parts)
	}
	if extra.compared {
		numbers = append(numbers, row.Compared)
	}
	for _, values := range numbers {
		for i := range r.Values {
			var cell any
			if i < len(values) && values[i] != nil {
				cell = numberValue(*values[i], kindOfValue(r.Values[i].Format))
			}
			cells = append(cells, cell)
		}
	}
	return cells
}

// kindOfMembers is what the members of a group are. Periods longer than a day are told by their first day.
func kindOfMembers(d *dataset.Dimension) export.Kind {
	switch d.Type {
	case dataset.Integer:
		return export.Whole
	case dataset.Number:
		return export.Number
	case dataset.Date:
		return export.Day
	}
	return export.Text
}

func memberValue(d *dataset.Dimension, key int, kind export.Kind) any {
	if key < 0 || key >= len(d.Members) {
		return nil
	}
	m := d.Members[key]
	if kind == export.Day && m.Start != "" {
		if day, err := time.Parse(time.DateOnly, m.Start); err == nil {
			return day
		}
	}
	if f, ok := m.Value.(float64); ok {
		return f
	}
	if m.Value == nil && !m.Other {
		return nil
	}
	return m.Label
}

func kindOfValue(format string) export.Kind {
	switch format {
	case "integer":
		return export.Whole
	case "percent":
		return export.Percent
	case "date":
		return export.Day
	}
	return export.Number
}

// numberValue is a number as a cell: one that is a date counts days since 1970-01-01.
func numberValue(n float64, kind export.Kind) any {
	if kind == export.Day {
		return time.Unix(0, 0).UTC().AddDate(0, 0, int(n))
	}
	return n
}
