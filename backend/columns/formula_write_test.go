package columns_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"sightline/backend/dataset"
)

// writeValue writes a value of a query in the language of measures.
func writeValue(v dataset.Value) string {
	text := "[" + v.Measure + "]"
	if v.Measure == "" {
		names := map[dataset.Aggregate]string{dataset.Sum: "SUM", dataset.Average: "AVERAGE", dataset.Min: "MIN", dataset.Max: "MAX", dataset.Count: "COUNT", dataset.CountDistinct: "DISTINCTCOUNT", dataset.Median: "MEDIAN", dataset.StandardDeviation: "STDEVP"}
		if name, ok := names[v.Aggregate]; ok {
			text = fmt.Sprintf("%s(%s)", name, v.Field)
		} else {
			text = fmt.Sprintf("PERCENTILE(%s, 0.%s)", v.Field, string(v.Aggregate)[1:])
		}
	}
	if len(v.Filters) == 0 {
		return text
	}
	var filters []string
	for _, f := range v.Filters {
		filters = append(filters, writeFilter(f))
	}
	return "CALCULATE(" + text + ", " + strings.Join(filters, ", ") + ")"
}

// unwritable filters belong to queries and have no words in the language of measures.
func unwritable(f dataset.Filter) bool {
	return len(f.Any) > 0 || len(f.Values) == 3 && (f.Op == dataset.Last || f.Op == dataset.Next) ||
		slices.Contains([]dataset.Op{dataset.NotContains, dataset.NotStartsWith, dataset.LastCalendar, dataset.NextCalendar}, f.Op)
}

func writeFilter(f dataset.Filter) string {
	var values []string
	for _, v := range f.Values {
		switch x := v.(type) {
		case nil:
			values = append(values, "BLANK()")
		case float64:
			values = append(values, strconv.FormatFloat(x, 'f', -1, 64))
		default:
			values = append(values, strconv.Quote(fmt.Sprint(x)))
			values[len(values)-1] = strings.ReplaceAll(values[len(values)-1], `\\`, `\`)
		}
	}
	list := strings.Join(values, ", ")
	switch f.Op {
	case "", dataset.In:
		return fmt.Sprintf("%s IN {%s}", f.Field, list)
	case dataset.NotIn:
		return fmt.Sprintf("NOT %s IN {%s}", f.Field, list)
	case dataset.Greater, dataset.GreaterEqual, dataset.Less, dataset.LessEqual:
		return fmt.Sprintf("%s %s %s", f.Field, f.Op, list)
	case dataset.IsBlank:
		return fmt.Sprintf("ISBLANK(%s)", f.Field)
	case dataset.IsNotBlank:
		return fmt.Sprintf("NOT ISBLANK(%s)", f.Field)
	case dataset.Current:
		return fmt.Sprintf("CURRENT(%s)", f.Field)
	}
	return fmt.Sprintf("%s(%s, %s)", strings.ToUpper(string(f.Op)), f.Field, list)
}

// slowCase is one formula of the tests and how it is worked out: by hand, from what its values are here, in the
// periods before and in wider groups.
type slowCase struct {
	text  string // %[1]s is the first value, %[2]s the second, %[3]s a column of the query
	event bool   // the first value counts events
	dated bool
	value func(e slowEnv) float64
}

// slowEnv tells what a value is in one group at one period; NaN is blank.
type slowEnv struct {
	at func(value, back int) float64 // back periods ago
	// rows is the value without the row groups, column without the one column.
	rows, column func(value int) float64
	period       int // -1 at a total
}

func blank(x float64) bool { return math.IsNaN(x) }

func orZero(x float64) float64 {
	if blank(x) {
		return 0
	}
	return x
}

func over(a, b float64) float64 {
	if blank(a) || blank(b) || b == 0 {
		return null
	}
	return a / b
}

func plus(a, b float64) float64 {
	if blank(a) && blank(b) {
		return null
	}
	return orZero(a) + orZero(b)
}

var slowCases = []slowCase{
	{text: "%[1]s / %[2]s", value: func(e slowEnv) float64 { return over(e.at(0, 0), e.at(1, 0)) }},
	{text: "%[1]s - 2 * %[2]s", value: func(e slowEnv) float64 { return plus(e.at(0, 0), -2*e.at(1, 0)) }},
	{text: "DIVIDE(%[1]s, %[2]s, -1)", value: func(e slowEnv) float64 {
		a, b := e.at(0, 0), e.at(1, 0)
		if !blank(a) && (blank(b) || b == 0) {
			return -1
		}
		return over(a, b)
	}},
	{text: "IF(%[1]s > %[2]s && NOT ISBLANK(%[2]s), COALESCE(%[1]s, 7), ABS(%[2]s - 3))", value: func(e slowEnv) float64 {
		a, b := e.at(0, 0), e.at(1, 0)
		if orZero(a) > orZero(b) && !blank(b) {
			if blank(a) {
				return 7
			}
			return a
		}
		return math.Abs(orZero(b) - 3)
	}},
	{text: "SHARE(%[1]s)", event: true, value: func(e slowEnv) float64 { return over(e.at(0, 0), e.rows(0)) }},
	{text: "SHARE(%[1]s, %[3]s)", event: true, value: func(e slowEnv) float64 { return over(e.at(0, 0), e.column(0)) }},
	{text: "SHARE(%[1]s + %[2]s, %[3]s)", event: true, value: func(e slowEnv) float64 {
		return over(plus(e.at(0, 0), e.at(1, 0)), plus(e.column(0), e.column(1)))
	}},
	{text: "PREVIOUS(%[1]s)", dated: true, value: func(e slowEnv) float64 { return e.at(0, 1) }},
	{text: "DIFFERENCE(%[1]s)", dated: true, value: func(e slowEnv) float64 { return e.at(0, 0) - e.at(0, 1) }},
	{text: "GROWTH(%[1]s)", dated: true, value: func(e slowEnv) float64 { return over(e.at(0, 0)-e.at(0, 1), e.at(0, 1)) }},
	{text: "MOVINGAVERAGE(%[1]s, 3)", dated: true, value: func(e slowEnv) float64 {
		sum, n := 0.0, 0.0
		for back := range min(3, e.period+1) {
			if x := e.at(0, back); !blank(x) {
				sum, n = sum+x, n+1
			}
		}
		return over(sum, n)
	}},
	{text: "RUNNINGTOTAL(%[1]s)", dated: true, event: true, value: func(e slowEnv) float64 {
		if e.period < 0 {
			return e.at(0, 0)
		}
		sum := null
		for back := range e.period + 1 {
			sum = plus(sum, e.at(0, back))
		}
		return sum
	}},
}
