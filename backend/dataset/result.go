package dataset

import (
	"context"
	"time"
)

// Result answers one Query. Rows refer to members by position, so a label stands once.
type Result struct {
	Dimensions []Dimension `json:"dimensions"` // the query's rows, then its columns
	RowGroups  int         `json:"rowGroups"`  // how many of Dimensions are rows
	Values     []ValueInfo `json:"values"`
	Rows       []Row       `json:"rows"`
	// RowTotals and ColumnTotals stand beside Rows when the query has both rows and columns: one row for
	// each combination of row members (in the order of Rows) and of column members. Keys holds the
	// positions of those dimensions only. They are computed, not added up, so they hold for averages too.
	RowTotals    []Row `json:"rowTotals,omitempty"`
	ColumnTotals []Row `json:"columnTotals,omitempty"`
	// Total is over everything that passed, also what Top cut off; Keys is empty. On a date axis an
	// as-of measure totals to its value at the end of the range: days are never added up.
	Total Row `json:"total"`
	// Truncated counts rows that Top cut off.
	Truncated  int    `json:"truncated,omitempty"`
	AsOf       string `json:"asOf"` // the instant the answer stands for, RFC 3339
	TimeZone   string `json:"timeZone"`
	Generation int64  `json:"generation"` // which state of the data answered
	// ComparedWith is the instant of Query.CompareWith, RFC 3339.
	ComparedWith string `json:"comparedWith,omitempty"`
	// Notes are caveats for a person: "the last week is not finished".
	Notes []string `json:"notes,omitempty"`
	// Explanation says how the answer was made, when the query asks for it.
	Explanation *Explanation `json:"explanation,omitempty"`
}

// Explanation says how an answer was made.
type Explanation struct {
	Tables []TableRead `json:"tables"`
	// Filters are the filters as they were understood, with what they keep.
	Filters []FilterRead  `json:"filters"`
	Elapsed time.Duration `json:"elapsedNanoseconds"`
}

// TableRead is one reading of a table: which rows at which time, and for which values.
type TableRead struct {
	Table   string   `json:"table"`
	Read    string   `json:"read"` // "current", "as of 2026-11-18", "trend of 26 weeks", "events by day of completion", …
	Values  []string `json:"values"`
	Rows    int      `json:"rows"`    // of the table
	Scanned int      `json:"scanned"` // that were looked at
	Passed  int      `json:"passed"`  // that passed the filters
}

// FilterRead is one filter of the query in words.
type FilterRead struct {
	Filter string `json:"filter"`          // Work items[State] in Active, New
	How    string `json:"how"`             // "look-up of 12 of 340 codes", "test of each row", …
	Value  string `json:"value,omitempty"` // the value it belongs to; empty for all
}

// Dimension is one grouped column with the members that occur, in the order they are to be drawn.
type Dimension struct {
	Field   FieldRef   `json:"field"`
	Name    string     `json:"name"`
	Type    ColumnType `json:"type"`
	Role    Role       `json:"role,omitempty"`
	Grain   Grain      `json:"grain,omitempty"`
	Members []Member   `json:"members"`
}

// Member is one value of a grouped column. A filter that means this member uses its Value.
type Member struct {
	// Value is a string, float64, bool or nil; nil is (Blank). No two members of a dimension have the same, and it stays
	// theirs in later answers. A period longer than a day is "2026-11-15/2026-11-21", an area or an iteration its path, a
	// person the address, or without one the name, with the identity behind it where others have the name too:
	// "Ana Sousa <7c2…>". A filter on it keeps this member alone, although others may have the same Label.
	Value    any    `json:"value"`
	Label    string `json:"label"`              // what a person reads; "(Blank)" for nil
	Category string `json:"category,omitempty"` // of a state: its state category
	// Start and End are the first and last day of a period or a sprint, both included.
	Start string `json:"start,omitempty"`
	End   string `json:"end,omitempty"`
	// Partial marks a period that is not finished at the as-of day, or that the range of the query cuts.
	Partial bool   `json:"partial,omitempty"`
	Other   bool   `json:"other,omitempty"`  // the row that holds what Top cut off
	Detail  string `json:"detail,omitempty"` // a second line, such as the full path or the address
}

// ValueInfo heads one value.
type ValueInfo struct {
	Name      string    `json:"name"`
	Measure   string    `json:"measure,omitempty"`
	Number    string    `json:"number,omitempty"`
	Unit      string    `json:"unit,omitempty"`
	Format    string    `json:"format"`
	Additive  bool      `json:"additive"`
	Direction Direction `json:"direction"`
	OverTime  string    `json:"overTime,omitempty"` // as Measure.OverTime; "asOf" must not be summed over dates
}

// Row is one combination of members. Keys[i] is a position in Dimensions[i].Members. A nil number is
// null: nothing to add up or to average, or a period still to come. A count of nothing is 0, not null.
// On Dates[Date] every period of the range is listed for every combination of the other groups that
// occurs in it (unless that makes more than 50,000 rows); elsewhere only combinations with rows are.
type Row struct {
	Keys   []int      `json:"keys"`
	Values []*float64 `json:"values"`
	Parts  []*float64 `json:"parts,omitempty"` // with Query.Highlight: the highlighted part of each value
	// Compared are the values at Query.CompareWith, of the same members at that time.
	Compared []*float64 `json:"compared,omitempty"`
}

// Engine answers queries over one dataset. Any goroutine may call it; an answer never mixes two
// generations. Faults: Invalid for a query that names what the model has not, Canceled.
type Engine interface {
	Model() Model
	// Generation counts the states of the data, from 1; it grows when a refresh commits.
	Generation() int64
	Answer(ctx context.Context, q Query) (Result, error)
	// AnswerAll answers the queries of one page over one generation. errs[i] belongs to results[i].
	AnswerAll(ctx context.Context, qs []Query) (results []Result, errs []error)
}
