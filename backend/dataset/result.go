package dataset

import "context"

// Result answers one Query. Rows refer to members by position, so a label stands once.
type Result struct {
	Dimensions []Dimension `json:"dimensions"` // the query's rows, then its columns
	RowGroups  int         `json:"rowGroups"`  // how many of Dimensions are rows
	Values     []ValueInfo `json:"values"`
	Rows       []Row       `json:"rows"`
	Total      Row         `json:"total"` // over everything that passed; Keys is empty
	// Truncated counts rows that Top cut off.
	Truncated  int    `json:"truncated,omitempty"`
	AsOf       string `json:"asOf"` // the instant the answer stands for, RFC 3339
	TimeZone   string `json:"timeZone"`
	Generation int64  `json:"generation"` // which state of the data answered
	// Notes are caveats for a person: "the last week is not finished".
	Notes []string `json:"notes,omitempty"`
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
	Value    any    `json:"value"`              // string, float64, bool or nil; nil is (Blank)
	Label    string `json:"label"`              // what a person reads; "(Blank)" for nil
	Category string `json:"category,omitempty"` // of a state: its state category
	// Start and End are the first and last day of a period or a sprint, both included.
	Start string `json:"start,omitempty"`
	End   string `json:"end,omitempty"`
	// Partial marks a period that is not finished at the as-of day.
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
}

// Row is one combination of members. Keys[i] is a position in Dimensions[i].Members. A nil number is
// null: no rows, or nothing to average. It is never 0.
type Row struct {
	Keys   []int      `json:"keys"`
	Values []*float64 `json:"values"`
	Parts  []*float64 `json:"parts,omitempty"` // with Query.Highlight: the highlighted part of each value
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
