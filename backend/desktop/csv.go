package desktop

import (
	"strings"
	"unicode"

	"sightline/backend/dataset"
	"sightline/backend/export"
)

// writeCSV is a result as a file to be saved.
func writeCSV(title string, r *dataset.Result) CSVFile {
	return CSVFile{Name: fileName(title) + ".csv", Text: CSV(r)}
}

// CSV writes a result as RFC 4180 with one column per group and value, "(part)" columns where something is
// highlighted, and "(compared)" columns where a second time is. A null is an empty cell, never 0.
func CSV(r *dataset.Result) string {
	var sb strings.Builder
	var sheet export.Sheet
	fillSheet(&sheet, r)
	_ = export.CSV(&sb, &sheet, false) // a strings.Builder does not fail, and neither do rows that are there
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
