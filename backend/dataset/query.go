package dataset

import (
	"bytes"
	"encoding/json"
	"strings"

	"sightline/backend/fault"
)

// FieldRef names a column: Work items[State]. A name without a table is understood when only one
// table has it, or when only one of those reaches the tables that the values of the query are over.
type FieldRef string

// Split returns table and column; the table is empty for a bare name.
func (r FieldRef) Split() (table, column string) {
	s := string(r)
	if i := strings.IndexByte(s, '['); i >= 0 && strings.HasSuffix(s, "]") {
		return strings.Trim(strings.TrimSpace(s[:i]), "'"), s[i+1 : len(s)-1]
	}
	return "", s
}

// table is the table of a reference as the model writes it: with its table, without quotes.
func (r FieldRef) table() string {
	table, _, _ := strings.Cut(string(r), "[")
	return table
}

// Grain is the step of a date axis. Weeks start on the dataset's week start (Sunday by default).
type Grain string

// The grains. GrainNone on Dates[Date] means day.
const (
	GrainNone    Grain = ""
	GrainDay     Grain = "day"
	GrainWeek    Grain = "week"
	GrainMonth   Grain = "month"
	GrainQuarter Grain = "quarter"
	GrainYear    Grain = "year"
	// GrainSprint steps by the dated iterations that the filters leave, in the order of their start.
	GrainSprint Grain = "sprint"
)

// Group is a column to group by. In JSON a plain string is a Group without grain.
type Group struct {
	Field FieldRef `json:"field"`
	Grain Grain    `json:"grain,omitempty"`
}

// UnmarshalJSON takes "Work items[State]" or {"field": …, "grain": …}.
func (g *Group) UnmarshalJSON(b []byte) error {
	if s, ok := plainString(b); ok {
		*g = Group{Field: FieldRef(s)}
		return nil
	}
	type plain Group
	return strictDecode(b, (*plain)(g))
}

// Aggregate says how a column's values become one number. Null values are left out.
type Aggregate string

// The aggregates. The percentiles interpolate linearly (M7).
const (
	Sum           Aggregate = "sum"
	Average       Aggregate = "average"
	Min           Aggregate = "min"
	Max           Aggregate = "max"
	Count         Aggregate = "count"         // rows whose value is not null
	CountDistinct Aggregate = "countDistinct" // distinct values that are not null
	Median        Aggregate = "median"
	P85           Aggregate = "p85"
	P90           Aggregate = "p90"
	P95           Aggregate = "p95"
	// StandardDeviation is that of the population (M6).
	StandardDeviation Aggregate = "standardDeviation"
)

// Value is a number to compute: a measure by its name or M-number, or an aggregate of a column.
// In JSON a plain string is a measure. Filters apply to this value alone, on top of the query's.
type Value struct {
	Measure   string    `json:"measure,omitempty"` // of the model, or of Query.Define
	Field     FieldRef  `json:"field,omitempty"`
	Aggregate Aggregate `json:"aggregate,omitempty"`
	Name      string    `json:"name,omitempty"` // heading; empty means the measure's own
	Filters   []Filter  `json:"filters,omitempty"`
}

// UnmarshalJSON takes "Open bugs" or {"measure": …} or {"field": …, "aggregate": …}.
func (v *Value) UnmarshalJSON(b []byte) error {
	if s, ok := plainString(b); ok {
		*v = Value{Measure: s}
		return nil
	}
	type plain Value
	return strictDecode(b, (*plain)(v))
}

// Op is the operator of a filter.
type Op string

// The operators. "under" is for area and iteration paths: the node itself and everything below it,
// never a sibling that merely begins alike. "last", "this" and "next" take [n, unit] with unit day,
// week, month, quarter or year. "last" and "next" are rolling periods that end or begin with the as-of
// day, which is included unless a third value is false; "this" is by the calendar: this [1, "week"] is the week of
// the as-of day, this [13, "week"] that week and the twelve before it, which is what a chart by week wants.
// "lastCalendar" and "nextCalendar" are the n whole units before or after the one of the as-of day. Dates are
// written as ParseDays reads them. "current" is for iterations: the innermost dated ones that contain
// the as-of day. "notContains" and "notStartsWith" keep rows without a text.
const (
	In           Op = "in"
	NotIn        Op = "notIn"
	Under        Op = "under"
	GreaterEqual Op = ">="
	Greater      Op = ">"
	LessEqual    Op = "<="
	Less         Op = "<"
	Between      Op = "between" // both ends included
	Contains     Op = "contains"
	StartsWith   Op = "startsWith"

	NotContains   Op = "notContains"
	NotStartsWith Op = "notStartsWith"

	IsBlank    Op = "isBlank"
	IsNotBlank Op = "isNotBlank"
	Last       Op = "last"
	This       Op = "this"
	Next       Op = "next"

	LastCalendar Op = "lastCalendar"
	NextCalendar Op = "nextCalendar"

	Current Op = "current"
	// AnyOf is the operator of a filter with alternatives; nobody needs to write it.
	AnyOf Op = "anyOf"
	// TopN and BottomN take one value, how many members to keep, and order them by Filter.By.
	TopN    Op = "top"
	BottomN Op = "bottom"
)

// Filter keeps the rows whose column passes. All filters of a query must pass. A null value is
// matched by the JSON null in Values. Op defaults to "in". A text of "in" and "notIn" means the member whose Value it
// is, and only when none has it every member with such a Label.
type Filter struct {
	Field  FieldRef `json:"field"`
	Op     Op       `json:"op,omitempty"`
	Values []any    `json:"values,omitempty"` // string, float64, bool or nil
	By     *Value   `json:"by,omitempty"`     // of top and bottom: what orders the members
	// Any are alternatives, of which at least one must hold; Op and Values then stay empty. They are on the same
	// column, which they need not name, and are no top or bottom and have no alternatives themselves.
	Any []Filter `json:"any,omitempty"`
}

// Sort orders the rows of a result: by the n-th value or by a group column. Without a sort the
// members stand in the column's own order (workflow, sprint dates, depth-first paths, …).
type Sort struct {
	By         string `json:"by"` // a value's name, a measure or a group's field
	Descending bool   `json:"descending,omitempty"`
}

// Query asks the model for numbers.
type Query struct {
	Values  []Value  `json:"values"`
	Rows    []Group  `json:"rows,omitempty"`
	Columns []Group  `json:"columns,omitempty"`
	Filters []Filter `json:"filters,omitempty"`
	// Highlight, when set, makes every value carry a part beside the whole: the same value over the
	// rows that also pass these filters. This is how visuals cross-highlight.
	Highlight []Filter `json:"highlight,omitempty"`
	Sort      []Sort   `json:"sort,omitempty"`
	Top       int      `json:"top,omitempty"` // keep this many rows after sorting; 0 keeps all
	// Others adds one row "Other" that holds what Top cut off. Additive values only.
	Others bool `json:"others,omitempty"`
	// AsOf is a day (2026-11-18, its end in the dataset's zone) or an instant (RFC 3339). Empty is now.
	AsOf string `json:"asOf,omitempty"`
	// CompareWith is a second time, written as AsOf is. Every row then carries the same values at that time.
	CompareWith string `json:"compareWith,omitempty"`
	// Define adds measures of a person to the model for this query.
	Define []Definition `json:"define,omitempty"`
	// PlanningDays is how many days after its start an iteration counts as planned, GraceDays how many after its
	// end a completion is not late (M21–M23). Both are 0 to 30.
	PlanningDays int `json:"planningDays,omitempty"`
	GraceDays    int `json:"graceDays,omitempty"`
	// Explain adds to the result how it was made.
	Explain bool `json:"explain,omitempty"`
	// ShowEmpty keeps members of the first group that have no rows, as for a date axis.
	ShowEmpty bool `json:"showEmpty,omitempty"`
}

// Definition is a measure that a person wrote: an expression over measures and aggregates, such as
// [Bugs closed] / [Bugs created]. docs/query.md has the language.
type Definition struct {
	Name        string `json:"name"`
	Expression  string `json:"expression"`
	Format      string `json:"format,omitempty"` // as Measure.Format; empty follows from the expression
	Unit        string `json:"unit,omitempty"`
	Description string `json:"description,omitempty"`
}

// DecodeQuery reads a query from JSON. Unknown members are refused, so that a typing error in a
// script is not silently ignored. Faults: Invalid.
func DecodeQuery(b []byte) (Query, error) {
	var q Query
	if err := strictDecode(b, &q); err != nil {
		return Query{}, fault.New(fault.Invalid, "dataset.DecodeQuery", "The query is not understood: "+strings.TrimPrefix(err.Error(), "json: ")+".",
			"A query has values, rows, columns, filters, highlight, sort, top, others, asOf, compareWith, define, planningDays, graceDays, explain and showEmpty.").Because(err)
	}
	return q, nil
}

func plainString(b []byte) (string, bool) {
	b = bytes.TrimSpace(b)
	if len(b) == 0 || b[0] != '"' {
		return "", false
	}
	var s string
	err := json.Unmarshal(b, &s)
	return s, err == nil
}

func strictDecode(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	return d.Decode(v)
}
