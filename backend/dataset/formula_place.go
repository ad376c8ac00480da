package dataset

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sightline/backend/fault"
)

// span is a stretch of the text of a definition, in bytes.
type span struct{ from, to int }

// placed is a refusal that points at the place in the definition: line and column count from 1, in characters.
// Text and Here are two lines to be written one under the other.
func placed(d *Definition, at span, message, hint string) error {
	from := min(max(at.from, 0), len(d.Expression))
	before := d.Expression[:from]
	line := strings.Count(before, "\n") + 1
	start := strings.LastIndexByte(before, '\n') + 1
	column := utf8.RuneCountInString(before[start:]) + 1
	text := d.Expression[start:]
	if end := strings.IndexByte(text, '\n'); end >= 0 {
		text = text[:end]
	}
	text, indent := window([]rune(text), column-1)
	width := utf8.RuneCountInString(d.Expression[from:min(max(at.to, from), len(d.Expression))])
	width = max(1, min(width, utf8.RuneCountInString(text)-indent))
	where := "Line"
	if d.Name != "" {
		where = "Measure " + d.Name + ", line"
	}
	return fault.New(fault.Invalid, "dataset.Define", fmt.Sprintf("%s %d, column %d: %s", where, line, column, message), hint).
		With("Measure", d.Name).With("Line", strconv.Itoa(line)).With("Column", strconv.Itoa(column)).
		With("Text", text).With("Here", strings.Repeat(" ", indent)+strings.Repeat("^", width))
}

// Half the width of the text that a refusal shows around its place.
const windowHalf = 40

// window cuts a long line around a place, and takes out what would move the mark under it.
func window(line []rune, at int) (text string, indent int) {
	from, to := max(0, at-windowHalf), min(len(line), at+windowHalf)
	shown := make([]rune, 0, to-from)
	for _, r := range line[from:to] {
		if unicode.IsControl(r) {
			r = ' '
		}
		shown = append(shown, r)
	}
	return string(shown), at - from
}

// placedBecause points at the place with the sentences of another refusal.
func placedBecause(d *Definition, at span, err error) error {
	r := fault.ReportOf(err)
	return placed(d, at, r.Message, r.Hint)
}
