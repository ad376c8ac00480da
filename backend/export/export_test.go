package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/export"
)

func rowsOf(rows ...[]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

var berlin = time.FixedZone("CET", 3600)

func sheet() *export.Sheet {
	return &export.Sheet{
		Title: "Open bugs",
		Columns: []export.Column{
			{"Id", export.Whole}, {"Title", export.Text}, {"Estimate", export.Number}, {"Due", export.Day}, {"Changed", export.Instant}, {"Is bug", export.Truth}, {"Link", export.Link},
		},
		Rows: rowsOf(
			[]any{101.0, "a \"quoted\", line\nand another", 2.5, time.Date(2026, 11, 18, 0, 0, 0, 0, berlin), time.Date(2026, 11, 18, 23, 30, 0, 0, berlin), true, `https://dev.azure.com/o/p/_workitems/edit/101`},
			[]any{102.0, "=HYPERLINK(\"http://evil.example\",\"x\")", nil, nil, nil, false, nil},
			[]any{103.0, "＋1, 日本語 \x01 Ω", 0.0, nil, nil, nil, `https://a/"&cmd|'/c calc'!A1`},
		),
		About: []export.Fact{{"As of", "18 November 2026"}, {"Filters", "=1+1"}},
	}
}

func TestACSVFileIsRFC4180(t *testing.T) {
	var b bytes.Buffer
	if err := export.CSV(&b, sheet(), true); err != nil {
		t.Fatal(err)
	}
	want := "\uFEFF" + strings.Join([]string{
		`Id,Title,Estimate,Due,Changed,Is bug,Link`,
		"101,\"a \"\"quoted\"\", line\r\nand another\",2.5,2026-11-18,2026-11-18T23:30:00+01:00,true,https://dev.azure.com/o/p/_workitems/edit/101",
		`102,"'=HYPERLINK(""http://evil.example"",""x"")",,,,false,`,
		"103,\"'＋1, 日本語 \x01 Ω\",0,,,,\"https://a/\"\"&cmd|'/c calc'!A1\"",
	}, "\r\n") + "\r\n"
	if b.String() != want {
		t.Errorf("got  %q\nwant %q", b.String(), want)
	}
	b.Reset()
	if err := export.CSV(&b, sheet(), false); err != nil || strings.HasPrefix(b.String(), "\uFEFF") {
		t.Errorf("%v, %q", err, b.String()[:3])
	}
	if _, err := csv.NewReader(&b).ReadAll(); err != nil {
		t.Error(err)
	}
}

// cellOf is one cell of a sheet's XML as ECMA-376 part 1, section 18.3.1.4 has it.
type cellOf struct {
	Ref     string `xml:"r,attr"`
	Type    string `xml:"t,attr"`
	Formula string `xml:"f"`
	Value   string `xml:"v"`
	Inline  string `xml:"is>t"`
}

func workbook(t *testing.T, s *export.Sheet) map[string][]cellOf {
	t.Helper()
	var b bytes.Buffer
	if err := export.XLSX(&b, s); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]cellOf{}
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		var body struct {
			Rows []struct {
				Cells []cellOf `xml:"c"`
			} `xml:"sheetData>row"`
		}
		if err := xml.Unmarshal(raw, &body); err != nil {
			t.Fatal(err)
		}
		for _, row := range body.Rows {
			out[f.Name] = append(out[f.Name], row.Cells...)
		}
	}
	return out
}

func TestAWorkbookHasCellsOfTheirKindAndNoFormulasOfTexts(t *testing.T) {
	cells := map[string]cellOf{}
	sheets := workbook(t, sheet())
	for _, c := range sheets["xl/worksheets/sheet1.xml"] {
		cells[c.Ref] = c
	}
	for ref, want := range map[string]string{
		"A1": "Id", "B2": "a \"quoted\", line\nand another", "B3": "=HYPERLINK(\"http://evil.example\",\"x\")", "B4": "＋1, 日本語  Ω",
	} {
		if c := cells[ref]; c.Inline != want || c.Type != "inlineStr" || c.Formula != "" {
			t.Errorf("%s: %+v, want the text %q", ref, c, want)
		}
	}
	// Days since 30 December 1899: 18 November 2026 is 46344; 23:30 is 0.979166 of a day.
	for ref, want := range map[string]string{"A2": "101", "C2": "2.5", "D2": "46344", "C4": "0", "F2": "1", "F3": "0"} {
		if c := cells[ref]; c.Value != want || c.Inline != "" {
			t.Errorf("%s: %+v, want %s", ref, c, want)
		}
	}
	if c := cells["E2"]; !strings.HasPrefix(c.Value, "46344.979166") {
		t.Errorf("E2: %+v", c)
	}
	for _, ref := range []string{"C3", "D3", "E3", "F4", "G3"} {
		if c, there := cells[ref]; there && (c.Value != "" || c.Inline != "") {
			t.Errorf("%s holds %+v in the place of nothing", ref, c)
		}
	}
	if c := cells["G4"]; c.Formula != `HYPERLINK("https://a/""&cmd|'/c calc'!A1")` {
		t.Errorf("G4: %+v", c)
	}
	about := sheets["xl/worksheets/sheet2.xml"]
	if !slices.ContainsFunc(about, func(c cellOf) bool { return c.Ref == "B3" && c.Inline == "=1+1" && c.Formula == "" }) || about[1].Inline != "Open bugs" {
		t.Errorf("about: %+v", about)
	}
}

func TestRowsBeyondASheetGoOnInTheNext(t *testing.T) {
	const n = export.MostRows + 5
	s := &export.Sheet{Title: "Many", Columns: []export.Column{{"Id", export.Whole}}, Rows: func(yield func([]any, error) bool) {
		row := []any{0.0}
		for i := range n {
			if row[0] = float64(i); !yield(row, nil) {
				return
			}
		}
	}}
	var b bytes.Buffer
	if err := export.XLSX(&b, s); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			r, _ := f.Open()
			raw, _ := io.ReadAll(r)
			rows += bytes.Count(raw, []byte("<row "))
		}
	}
	// A head on each of the two sheets of data, and a line about it.
	if rows != n+2+1 {
		t.Errorf("%d rows of %d", rows, n)
	}
}

func TestAFileOfManyRowsTakesNoMoreMemory(t *testing.T) {
	peak := func(n int) uint64 {
		var most uint64
		s := &export.Sheet{Columns: []export.Column{{"Title", export.Text}}, Rows: func(yield func([]any, error) bool) {
			for i := range n {
				if i%5000 == 0 {
					var m runtime.MemStats
					runtime.GC()
					runtime.ReadMemStats(&m)
					most = max(most, m.HeapAlloc)
				}
				if !yield([]any{strings.Repeat("t", 100)}, nil) {
					return
				}
			}
		}}
		if err := export.CSV(io.Discard, s, false); err != nil {
			t.Fatal(err)
		}
		return most
	}
	few, many := peak(10_000), peak(200_000)
	if many > few+4<<20 {
		t.Errorf("%d bytes for 10,000 rows, %d for 200,000", few, many)
	}
}

type full struct{ left int }

var errFull = errors.New("no space left on device")

func (f *full) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestADiskThatFillsUpIsSaid(t *testing.T) {
	many := sheet()
	many.Rows = func(yield func([]any, error) bool) {
		for range 10_000 {
			if !yield([]any{1.0, "title", 1.0, nil, nil, true, nil}, nil) {
				return
			}
		}
	}
	if err := export.CSV(&full{left: 5000}, many, true); !errors.Is(err, errFull) {
		t.Errorf("CSV: %v", err)
	}
	if err := export.XLSX(&full{left: 500}, many); !errors.Is(err, errFull) {
		t.Errorf("XLSX: %v", err)
	}
}

func TestRowsThatFailEndTheFile(t *testing.T) {
	broken := errors.New("the data was refreshed")
	s := sheet()
	s.Rows = func(yield func([]any, error) bool) { yield(nil, broken) }
	if err := export.CSV(io.Discard, s, true); !errors.Is(err, broken) {
		t.Error(err)
	}
	if err := export.XLSX(io.Discard, s); !errors.Is(err, broken) {
		t.Error(err)
	}
}
