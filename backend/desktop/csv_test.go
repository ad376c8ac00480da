package desktop

import (
	"encoding/csv"
	"strings"
	"testing"

	"sightline/backend/dataset"
)

func num(f float64) *float64 { return &f }

// What a spreadsheet would run as a formula, and what RFC 4180 needs quoted, both come from the server.
func TestCSVDisarmsFormulasQuotesAndKeepsNullApartFromZero(t *testing.T) {
	r := &dataset.Result{
		Dimensions: []dataset.Dimension{
			{Name: "Title", Type: dataset.Text, Members: []dataset.Member{
				{Value: `=cmd|'/C calc'!A0`, Label: `=cmd|'/C calc'!A0`}, {Value: "a,\"b\"\nc", Label: "a,\"b\"\nc"}, {Label: "(Blank)"},
			}},
			{Name: "Id", Type: dataset.Integer, Members: []dataset.Member{{Value: 17.0, Label: "17"}, {Value: -3.0, Label: "−3"}}},
		},
		RowGroups: 2,
		Values:    []dataset.ValueInfo{{Name: "Age"}},
		Rows: []dataset.Row{
			{Keys: []int{0, 0}, Values: []*float64{num(0)}, Parts: []*float64{nil}},
			{Keys: []int{1, 1}, Values: []*float64{nil}, Parts: []*float64{num(2.5)}},
			{Keys: []int{2, 0}, Values: []*float64{num(1e6)}, Parts: []*float64{num(0)}},
		},
	}
	f := writeCSV("Oldest: open / bugs", r)
	if f.Name != "Oldest open  bugs.csv" {
		t.Errorf("file name %q", f.Name)
	}
	if !strings.Contains(f.Text, "\r\n") {
		t.Error("lines do not end as RFC 4180 says")
	}
	got, err := csv.NewReader(strings.NewReader(f.Text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Title", "Id", "Age", "Age (part)"},
		{`'=cmd|'/C calc'!A0`, "17", "0", ""},
		{"a,\"b\"\nc", "-3", "", "2.5"},
		{"", "17", "1000000", "0"},
	}
	for i := range want {
		if strings.Join(got[i], "|") != strings.Join(want[i], "|") {
			t.Errorf("line %d: %q, want %q", i, got[i], want[i])
		}
	}
}

func TestCSVOfACardHasItsOneNumber(t *testing.T) {
	r := &dataset.Result{Values: []dataset.ValueInfo{{Name: "Open bugs"}}, Total: dataset.Row{Values: []*float64{num(126)}}}
	if got := writeCSV("Open bugs", r).Text; got != "Open bugs\r\n126\r\n" {
		t.Errorf("%q", got)
	}
}

func TestCSVOfAComparisonHasBothTimes(t *testing.T) {
	r := &dataset.Result{Values: []dataset.ValueInfo{{Name: "Open bugs"}}, ComparedWith: "2026-10-07T22:00:00Z", Total: dataset.Row{Values: []*float64{num(126)}, Compared: []*float64{nil}}}
	if got := writeCSV("Open bugs", r).Text; got != "Open bugs,Open bugs (compared)\r\n126,\r\n" {
		t.Errorf("%q", got)
	}
}
