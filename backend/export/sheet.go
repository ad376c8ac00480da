// Package export writes tables as files that other programs read: CSV by RFC 4180, and XLSX workbooks. It knows no
// query and no engine: rows come from who asks, one after the other, so that a file of a million rows takes no more
// memory than one of ten.
package export

import (
	"iter"
	"strings"
	"time"
	"unicode/utf8"
)

// Kind is what the cells of a column hold.
type Kind int

// The kinds. A cell of any kind may be nil, which is an empty cell and never 0.
const (
	Text    Kind = iota // string
	Number              // float64
	Whole               // float64 without decimals
	Percent             // float64, a ratio: 0.932 reads 93.2 %
	Day                 // time.Time, of which only the day counts
	Instant             // time.Time
	Truth               // bool
	Link                // string: an address that a click opens, in a workbook
)

// Column heads one column.
type Column struct {
	Name string
	Kind Kind
}

// Sheet is a table to be written. Rows are asked for once; an error of theirs ends the writing.
type Sheet struct {
	Title   string
	Columns []Column
	Rows    iter.Seq2[[]any, error]
	// About says where the numbers come from: what narrowed them, as of when, as whom. A workbook has a sheet for it.
	About []Fact
}

// Fact is one line about a sheet.
type Fact struct{ Name, Value string }

// MostRows is how many rows one sheet of a workbook holds, its head included. More go on in further sheets.
const MostRows = 1_048_576

// guardFormula disarms what a spreadsheet would run when it opens a CSV file: texts that begin with = + - @ tab, return
// or line feed, also in the full width of East Asian keyboards. Source: OWASP, CSV injection.
func guardFormula(s string) string {
	if first, size := utf8.DecodeRuneInString(s); size > 0 && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + s
	}
	return s
}

const (
	dayLayout     = "2006-01-02"
	instantLayout = time.RFC3339
)
