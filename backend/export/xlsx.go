package export

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"sightline/backend/fault"
)

// XLSX writes a sheet as a workbook: one sheet of data, more when it has more than MostRows rows, and one that says
// where the numbers come from. Numbers, days and instants are cells of their kind; a text is always a text, also when
// it begins like a formula. Instants carry their zone in the name of the column, for a workbook has none.
// Faults: those of the rows, DiskFull and others of out.
func XLSX(out io.Writer, s *Sheet) (err error) {
	const op = "export.XLSX"
	f := excelize.NewFile()
	defer func() {
		if closing := f.Close(); err == nil { // removes what it put into the folder for temporary files
			err = fault.Wrap(op, closing)
		}
	}()
	b := &book{file: f, sheet: s}
	if err := b.prepare(); err != nil {
		return fault.Wrap(op, err)
	}
	for row, err := range s.Rows {
		if err != nil {
			return err
		}
		if err := b.add(row); err != nil {
			return fault.Wrap(op, err)
		}
	}
	if err := b.finish(); err != nil {
		return fault.Wrap(op, err)
	}
	_, err = f.WriteTo(out)
	return fault.Wrap(op, err)
}

// book is a workbook under way.
type book struct {
	file   *excelize.File
	sheet  *Sheet
	stream *excelize.StreamWriter
	styles map[Kind]int
	head   int
	sheets int
	row    int // the next one, from 1
	cells  []any
}

func (b *book) prepare() error {
	formats := map[Kind]string{Number: "#,##0.##", Whole: "#,##0", Percent: "0.0%", Day: "yyyy-mm-dd", Instant: "yyyy-mm-dd hh:mm"}
	b.styles = make(map[Kind]int, len(formats)+1)
	for kind, format := range formats {
		id, err := b.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			return err
		}
		b.styles[kind] = id
	}
	var err error
	if b.styles[Link], err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Color: "4148BA", Underline: "single"}}); err != nil {
		return err
	}
	if b.head, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "top"}}); err != nil {
		return err
	}
	b.cells = make([]any, len(b.sheet.Columns))
	return b.begin()
}

// begin opens the next sheet of data and writes its head, which stays in view.
func (b *book) begin() error {
	b.sheets++
	name := "Data"
	if b.sheets > 1 {
		name = fmt.Sprintf("Data %d", b.sheets)
		if _, err := b.file.NewSheet(name); err != nil {
			return err
		}
	} else if err := b.file.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	var err error
	if b.stream, err = b.file.NewStreamWriter(name); err != nil {
		return err
	}
	for i, c := range b.sheet.Columns {
		if err := b.stream.SetColWidth(i+1, i+1, width(c)); err != nil {
			return err
		}
	}
	if err := b.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, c := range b.sheet.Columns {
		b.cells[i] = excelize.Cell{StyleID: b.head, Value: valid(c.Name)}
	}
	b.row = 2
	return b.stream.SetRow("A1", b.cells)
}

func width(c Column) float64 {
	least := map[Kind]float64{Text: 18, Link: 40, Instant: 17, Day: 12}[c.Kind]
	return max(least, min(40, float64(utf8.RuneCountInString(c.Name))+3), 10)
}

func (b *book) add(row []any) error {
	if b.row > MostRows {
		if err := b.stream.Flush(); err != nil {
			return err
		}
		if err := b.begin(); err != nil {
			return err
		}
	}
	for i, c := range b.sheet.Columns {
		b.cells[i] = b.cell(c.Kind, row[i])
	}
	at := fmt.Sprintf("A%d", b.row)
	b.row++
	return b.stream.SetRow(at, b.cells)
}

func (b *book) cell(kind Kind, v any) any {
	switch x := v.(type) {
	case nil:
		return nil
	case time.Time:
		// A workbook knows no zones: what is written is what the clock of the zone shows.
		return excelize.Cell{StyleID: b.styles[kind], Value: time.Date(x.Year(), x.Month(), x.Day(), x.Hour(), x.Minute(), x.Second(), 0, time.UTC)}
	case string:
		if kind == Link && len(x) <= mostAddress {
			// The only formula there is: the address is a text inside it, with its quotes doubled.
			return excelize.Cell{StyleID: b.styles[Link], Formula: `HYPERLINK("` + strings.ReplaceAll(valid(x), `"`, `""`) + `")`, Value: valid(x)}
		}
		return excelize.Cell{StyleID: b.styles[kind], Value: valid(x)}
	case float64, bool:
		return excelize.Cell{StyleID: b.styles[kind], Value: x}
	default:
		return valid(fmt.Sprint(x))
	}
}

// mostAddress is how many characters a text inside a formula may have.
const mostAddress = 255

// mostText is how many characters a cell holds.
const mostText = 32_767

// valid leaves out what XML cannot hold and what a cell has no room for.
func valid(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	if utf8.RuneCountInString(s) > mostText {
		return string([]rune(s)[:mostText-1]) + "…"
	}
	return s
}

// finish closes the sheet of data and adds the one that says where its numbers come from.
func (b *book) finish() error {
	if err := b.stream.Flush(); err != nil {
		return err
	}
	const about = "About"
	if _, err := b.file.NewSheet(about); err != nil {
		return err
	}
	w, err := b.file.NewStreamWriter(about)
	if err != nil {
		return err
	}
	if err := w.SetColWidth(1, 1, 22); err != nil {
		return err
	}
	if err := w.SetColWidth(2, 2, 90); err != nil {
		return err
	}
	for i, fact := range append([]Fact{{"Title", b.sheet.Title}}, b.sheet.About...) {
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), []any{excelize.Cell{StyleID: b.head, Value: valid(fact.Name)}, valid(fact.Value)}); err != nil {
			return err
		}
	}
	return w.Flush()
}
