package cli

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/desktop"
	"sightline/backend/fault"
)

// printResult writes an answer as JSON, as a table for people, or as CSV.
func (v *verbs) printResult(r *dataset.Result, output string) error {
	switch output {
	case "table":
		for _, note := range r.Notes {
			v.tell("%s", note)
		}
		return fault.Wrap("cli.printResult", writeTable(v.out, r))
	case "csv":
		_, err := io.WriteString(v.out, plainLines(desktop.CSV(r)))
		return fault.Wrap("cli.printResult", err)
	}
	return v.print(r)
}

// plainLines is plain for a text of several lines.
func plainLines(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return r
		}
		return []rune(plain(string(r)))[0]
	}, text)
}

// writeTable aligns the rows of an answer, the total last.
func writeTable(out io.Writer, r *dataset.Result) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	var head []string
	for _, d := range r.Dimensions {
		head = append(head, d.Name)
	}
	for _, suffix := range tableParts(r) {
		for _, v := range r.Values {
			head = append(head, withUnit(v)+suffix)
		}
	}
	writeLine(w, head)
	for _, row := range r.Rows {
		if len(row.Keys) > 0 {
			var labels []string
			for i, k := range row.Keys {
				labels = append(labels, r.Dimensions[i].Members[k].Label)
			}
			writeLine(w, append(labels, tableNumbers(r, row)...))
		}
	}
	labels := make([]string, len(r.Dimensions))
	if len(labels) > 0 {
		labels[0] = "Total"
	}
	writeLine(w, append(labels, tableNumbers(r, r.Total)...))
	return w.Flush()
}

func writeLine(w io.Writer, cells []string) {
	for i := range cells {
		cells[i] = plain(cells[i])
	}
	fmt.Fprintln(w, strings.TrimRight(strings.Join(cells, "\t"), "\t ")) // the tabwriter keeps its fault for Flush
}

// tableParts are the suffixes of the headings: of the values, then of what stands beside them.
func tableParts(r *dataset.Result) []string {
	suffixes := []string{""}
	if r.Total.Parts != nil {
		suffixes = append(suffixes, " (part)")
	}
	if r.Total.Compared != nil {
		suffixes = append(suffixes, " (compared)")
	}
	return suffixes
}

func withUnit(v dataset.ValueInfo) string {
	if v.Unit == "" || strings.Contains(strings.ToLower(v.Name), strings.ToLower(v.Unit)) {
		return v.Name
	}
	return v.Name + " in " + v.Unit
}

func tableNumbers(r *dataset.Result, row dataset.Row) []string {
	var out []string
	for _, list := range [][]*float64{row.Values, row.Parts, row.Compared} {
		for i, x := range list {
			out = append(out, formatNumber(x, r.Values[i].Format))
		}
	}
	return out
}

// formatNumber writes a number as a person reads it; a null is a hyphen.
func formatNumber(x *float64, format string) string {
	if x == nil {
		return "-"
	}
	decimals := 1
	switch format {
	case "integer":
		decimals = 0
		if *x != math.Trunc(*x) {
			decimals = 1
		}
	case "decimal2":
		decimals = 2
	case "percent":
		return strconv.FormatFloat(100**x, 'f', 1, 64) + " %"
	case "date": // days since 1970-01-01
		return dataset.Day(*x).String()
	case "duration":
		if most := float64(math.MaxInt64 / int64(time.Second)); math.Abs(*x) < most {
			return time.Duration(*x * float64(time.Second)).Round(time.Millisecond).String()
		}
	}
	return strconv.FormatFloat(*x, 'f', decimals, 64)
}

// tellExplanation writes how an answer was made.
func (v *verbs) tellExplanation(r *dataset.Result) {
	x := r.Explanation
	v.tell("Answered in %s, as of %s, from generation %d of the data.", x.Elapsed.Round(time.Microsecond), r.AsOf, r.Generation)
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	writeLine(w, []string{"Table", "Read", "Rows", "Scanned", "Passed", "For"})
	for _, t := range x.Tables {
		writeLine(w, []string{t.Table, t.Read, strconv.Itoa(t.Rows), strconv.Itoa(t.Scanned), strconv.Itoa(t.Passed), strings.Join(t.Values, ", ")})
	}
	if len(x.Filters) > 0 {
		writeLine(w, nil)
		writeLine(w, []string{"Filter", "How", "Of"})
	}
	for _, f := range x.Filters {
		writeLine(w, []string{f.Filter, f.How, f.Value})
	}
	_ = w.Flush() // a strings.Builder does not fail
	for _, line := range strings.Split(strings.TrimSuffix(text.String(), "\n"), "\n") {
		v.tell("%s", line)
	}
}
