package desktop

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/export"
	"sightline/backend/fault"
)

// exportedAtOnce is how many rows are read at a time.
const exportedAtOnce = 1000

// list makes the sheet of the rows that count into the first value of the visual: their key, a link to Azure DevOps
// where a row has a page of its own, and the columns that were asked for.
func (s *exportSource) list(ctx context.Context, out *made) error {
	q := s.query(ctx)
	q.Filters = slices.Concat(q.Filters, q.Highlight)
	l, err := rowsBehind(ctx, s.opened, q, 0)
	if err != nil {
		return err
	}
	l.at = q.AsOf
	columns := s.request.Columns
	if len(columns) == 0 {
		columns = usualColumns[l.table]
	}
	sources, err := l.chosen(ctx, columns)
	if err != nil {
		return err
	}
	by, descending := l.usualOrder()
	if err := l.sort(ctx, by, descending); err != nil {
		return err
	}
	// The first rows say what the columns are.
	first, err := l.part(ctx, sources, 0)
	if err != nil {
		return err
	}
	zone := first.zone
	_, key := l.key.Split()
	linked := l.table == dataset.WorkItems
	out.sheet.Columns = []export.Column{{Name: key, Kind: keyKind(l.table)}}
	if linked {
		out.sheet.Columns = append(out.sheet.Columns, export.Column{Name: "Link", Kind: export.Link})
	}
	for _, c := range first.view.Columns {
		out.sheet.Columns = append(out.sheet.Columns, export.Column{Name: headOf(&c, zone, l.at != ""), Kind: kindOfColumn(&c)})
	}
	out.rows = len(l.keys)
	out.sheet.About = narrowed(&q, first.view.AsOf, zone.String())
	base := strings.TrimRight(s.url, "/")
	out.sheet.Rows = func(yield func([]any, error) bool) {
		for from := 0; from < len(l.keys); from += exportedAtOnce {
			p := first
			if from > 0 {
				if p, err = l.part(ctx, sources, from); err != nil {
					yield(nil, err)
					return
				}
			}
			for i := range p.view.Keys {
				if !yield(p.row(i, base, linked), nil) {
					return
				}
			}
		}
	}
	return nil
}

// listedPart are some rows of a list.
type listedPart struct {
	view ItemsView
	zone *time.Location
}

// part reads the rows from one place on. Fault Conflict when the data changed since the list was made.
func (l *listing) part(ctx context.Context, sources []itemsSource, from int) (listedPart, error) {
	var p listedPart
	if l.engine.Generation() != l.generation && l.generation != 0 {
		return p, fault.New(fault.Conflict, "desktop.part", "The data was refreshed while the rows were written.", "Export them again.")
	}
	p.view.Keys = l.keys[from:min(len(l.keys), from+exportedAtOnce)]
	if err := l.fill(ctx, &p.view, sources, from); err != nil {
		return p, err
	}
	var err error
	if p.zone, err = time.LoadLocation(l.model.TimeZone); err != nil {
		p.zone = time.UTC
	}
	return p, nil
}

func (p *listedPart) row(i int, base string, linked bool) []any {
	cells := make([]any, 0, len(p.view.Columns)+2)
	cells = append(cells, p.view.Keys[i])
	if linked {
		cells = append(cells, fmt.Sprintf("%s/_workitems/edit/%s", base, url.PathEscape(fmt.Sprint(p.view.Keys[i]))))
	}
	for at := range p.view.Columns {
		cells = append(cells, p.cell(&p.view.Columns[at], p.view.Rows[i][at]))
	}
	return cells
}

// cell is a value of a list as a cell. A text of the model is a position among its members.
func (p *listedPart) cell(c *ItemsColumn, v any) any {
	switch x := v.(type) {
	case int:
		if c.Type == dataset.Text && x >= 0 && x < len(c.Members) {
			if m := c.Members[x]; m.Value != nil {
				return m.Label
			}
			return nil
		}
		return float64(x)
	case int64:
		return float64(x)
	case string:
		if c.Type == dataset.Date || c.Type == dataset.DateTime {
			return instantOf(x, p.zone)
		}
		return x
	default:
		return x
	}
}

// instantOf reads a day or an instant; what is neither stays the text it is.
func instantOf(text string, zone *time.Location) any {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at.In(zone)
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day
	}
	return text
}

func keyKind(table string) export.Kind {
	if table == dataset.Commits || table == dataset.TFVCBranches {
		return export.Text
	}
	return export.Whole
}

func kindOfColumn(c *ItemsColumn) export.Kind {
	switch c.Type {
	case dataset.Integer:
		return export.Whole
	case dataset.Number:
		return kindOfValue(c.Format)
	case dataset.Date:
		return export.Day
	case dataset.DateTime:
		return export.Instant
	case dataset.Boolean:
		return export.Truth
	}
	return export.Text
}

// headOf names a column. A workbook has no zones, so the head of instants says theirs, and of what is only known as it
// is today, that of a past day.
func headOf(c *ItemsColumn, zone *time.Location, past bool) string {
	head := c.Name
	if c.Type == dataset.DateTime {
		head += " (" + zone.String() + ")"
	}
	if past && c.Time == "now" {
		head += " (today)"
	}
	return head
}
