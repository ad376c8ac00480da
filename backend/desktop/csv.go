package desktop

import (
	"encoding/csv"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sightline/backend/dataset"
)

// writeCSV is a result as a file to be saved.
func writeCSV(title string, r *dataset.Result) CSVFile {
	return CSVFile{Name: fileName(title) + ".csv", Text: CSV(r)}
}

// CSV writes a result as RFC 4180 with one column per group and value, "(part)" columns where something is
// highlighted, and "(compared)" columns where a second time is. A text that a spreadsheet would run as a formula
// gets an apostrophe before it. A null is an empty cell, never 0.
func CSV(r *dataset.Result) string {
	var sb strings.Builder
	w := csv.NewWriter(&sb)
	w.UseCRLF = true
	extra := extraCells(r)
	_ = w.Write(csvHead(r, extra)) // a strings.Builder does not fail
	rows := r.Rows
	if len(r.Dimensions) == 0 && len(rows) == 0 {
		rows = []dataset.Row{r.Total}
	}
	for _, row := range rows {
		_ = w.Write(csvRow(r, row, extra))
	}
	w.Flush()
	return sb.String()
}

// besides says what a row carries beside its values.
type besides struct{ parts, compared bool }

func extraCells(r *dataset.Result) besides {
	return besides{
		parts:    len(r.Rows) > 0 && len(r.Rows[0].Parts) > 0 || len(r.Total.Parts) > 0,
		compared: r.ComparedWith != "",
	}
}

func csvHead(r *dataset.Result, extra besides) []string {
	var head []string
	for _, d := range r.Dimensions {
		head = append(head, guardFormula(d.Name))
	}
	for _, v := range r.Values {
		head = append(head, guardFormula(v.Name))
	}
	if extra.parts {
		for _, v := range r.Values {
			head = append(head, guardFormula(v.Name+" (part)"))
		}
	}
	if extra.compared {
		for _, v := range r.Values {
			head = append(head, guardFormula(v.Name+" (compared)"))
		}
	}
	return head
}

func csvRow(r *dataset.Result, row dataset.Row, extra besides) []string {
	var cells []string
	for i, k := range row.Keys {
		cells = append(cells, memberCell(r.Dimensions[i], k))
	}
	cells = append(cells, numberCells(row.Values, len(r.Values))...)
	if extra.parts {
		cells = append(cells, numberCells(row.Parts, len(r.Values))...)
	}
	if extra.compared {
		cells = append(cells, numberCells(row.Compared, len(r.Values))...)
	}
	return cells
}

// memberCell writes a number as a number, and everything else as the text a person reads.
func memberCell(d dataset.Dimension, key int) string {
	if key < 0 || key >= len(d.Members) {
		return ""
	}
	m := d.Members[key]
	if f, ok := m.Value.(float64); ok {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	if m.Value == nil && !m.Other {
		return ""
	}
	if d.Type == dataset.Date && m.Start != "" {
		return m.Start
	}
	return guardFormula(m.Label)
}

func numberCells(values []*float64, n int) []string {
	out := make([]string, n)
	for i := range out {
		if i < len(values) && values[i] != nil {
			out[i] = strconv.FormatFloat(*values[i], 'f', -1, 64)
		}
	}
	return out
}

// guardFormula disarms what a spreadsheet would run: texts that begin with = + - @ tab, return or line feed, also
// in the full width of East Asian keyboards. Source: OWASP, CSV injection.
func guardFormula(s string) string {
	if first, size := utf8.DecodeRuneInString(s); size > 0 && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + s
	}
	return s
}

// fileName keeps letters, digits, spaces and hyphens of a title.
func fileName(title string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == ' ' || r == '-' {
			return r
		}
		return -1
	}, title)
	if name = strings.TrimSpace(name); name == "" {
		return "Sightline"
	}
	return name
}
