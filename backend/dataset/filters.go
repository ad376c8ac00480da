package dataset

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// ResolvedFilter is a filter whose column was found and whose values have the column's type: string,
// float64, bool or nil. Dates stay strings, because today and next month need the as-of day.
type ResolvedFilter struct {
	Column Column
	Op     Op
	Values []any
	N      int    // of last, this, next, top and bottom
	Unit   Grain  // of last, this and next
	By     *Value // of top and bottom: what orders the members
	// NotToday is of last and next: the period ends the day before the as-of day, or begins the day after.
	NotToday bool
	// Any are alternatives on the same column, of which at least one must hold. Op is AnyOf.
	Any []ResolvedFilter
	// Exact is true when values mean members by their value alone and never by a label, of which several members may
	// have the same: a filter that an engine made of members. No query says it.
	Exact bool
}

// Key is the same for filters that keep the same rows.
func (f ResolvedFilter) Key() string {
	b, err := json.Marshal(f.Values)
	if err != nil { // values are strings, numbers, booleans and null
		b = fmt.Append(nil, f.Values)
	}
	if f.By != nil {
		by, err := json.Marshal(f.By)
		if err != nil { // likewise
			by = fmt.Append(nil, *f.By)
		}
		b = append(b, by...)
	}
	if f.Exact {
		b = append(b, " exact"...)
	}
	if f.NotToday {
		b = append(b, " without today"...)
	}
	for _, a := range f.Any {
		b = append(append(b, " | "...), a.Key()...)
	}
	return fmt.Sprintf("%s %s %d %s %s", f.Column.Ref(), f.Op, f.N, f.Unit, b)
}

// Filter is the filter as a query would say it.
func (f ResolvedFilter) Filter() Filter {
	out := Filter{Field: f.Column.Ref(), Op: f.Op, Values: f.Values, By: f.By}
	switch f.Op {
	case Last, This, Next, LastCalendar, NextCalendar:
		out.Values = []any{float64(f.N), string(f.Unit)}
		if f.NotToday {
			out.Values = append(out.Values, false)
		}
	case AnyOf:
		out.Op = ""
		for _, a := range f.Any {
			out.Any = append(out.Any, a.Filter())
		}
	case TopN, BottomN:
		out.Values = []any{float64(f.N)}
	}
	return out
}

func (r *resolver) filters(q Query) (err error) {
	if r.out.Filters, err = r.filterList(q.Filters); err != nil {
		return err
	}
	r.out.Highlight, err = r.filterList(q.Highlight)
	return err
}

func (r *resolver) filterList(fs []Filter) ([]ResolvedFilter, error) {
	var out []ResolvedFilter
	for _, f := range fs {
		if err := r.budget.ask(len(f.Values)); err != nil {
			return nil, err
		}
		rf, err := r.filter(f)
		if err != nil {
			return nil, err
		}
		out = append(out, rf)
	}
	return out, nil
}

func (r *resolver) filter(f Filter) (ResolvedFilter, error) {
	c, err := r.column(f.Field)
	if err != nil {
		return ResolvedFilter{}, err
	}
	if !c.Filterable {
		return ResolvedFilter{}, invalid(string(c.Ref())+" cannot be filtered.", "Filter another column.")
	}
	if len(f.Any) > 0 || f.Op == AnyOf {
		return r.alternatives(*c, f)
	}
	op := f.Op
	if op == "" {
		op = In
	}
	allowed := operators(*c)
	if !slices.Contains(allowed, op) {
		var names []string
		for _, o := range allowed {
			names = append(names, string(o))
		}
		return ResolvedFilter{}, invalid(fmt.Sprintf("The operator %q does not fit %s.", briefly(string(op)), c.Ref()), "Use "+oneOf(names)+".")
	}
	rf := ResolvedFilter{Column: *c, Op: op}
	if op.relative() {
		return relative(rf, f.Values)
	}
	if op == TopN || op == BottomN {
		return r.ranked(rf, f)
	}
	if err := valueCount(rf, len(f.Values)); err != nil {
		return ResolvedFilter{}, err
	}
	for _, v := range f.Values {
		typed, ok := typedValue(c.Type, op, v)
		if !ok {
			return ResolvedFilter{}, invalid(fmt.Sprintf("%s cannot be compared with %s.", briefly(fmt.Sprint(v)), c.Ref()), "Its values are "+typeWords(c.Type)+".")
		}
		if typed == nil && c.Ref() == DateAxis {
			return ResolvedFilter{}, invalid(string(DateAxis)+" has no blank days.", "Filter a date of the item, such as "+string(CompletedDate)+".")
		}
		if typed == nil && op != In && op != NotIn {
			return ResolvedFilter{}, invalid(fmt.Sprintf("null cannot be used with %q on %s.", op, c.Ref()), "Use isBlank, or null with in.")
		}
		rf.Values = append(rf.Values, typed)
	}
	return rf, nil
}

// operators lists what fits the column.
func operators(c Column) []Op {
	compare := []Op{GreaterEqual, Greater, LessEqual, Less, Between}
	blank := []Op{IsBlank, IsNotBlank}
	if c.Ref() == DateAxis {
		return append([]Op{In, Last, This, Next, LastCalendar, NextCalendar}, compare...)
	}
	ops := []Op{In, NotIn}
	switch c.Type {
	case Text:
		ops = append(ops, Contains, StartsWith, NotContains, NotStartsWith)
		if c.Role == RoleArea || c.Role == RoleIteration {
			ops = append(ops, Under)
		}
		if c.Role == RoleIteration {
			ops = append(ops, Current)
		}
	case Integer, Number:
		ops = append(ops, compare...)
	case Date, DateTime:
		ops = append(append(ops, Last, This, Next, LastCalendar, NextCalendar), compare...)
	case Boolean:
	}
	if c.Groupable {
		ops = append(ops, TopN, BottomN)
	}
	return append(ops, blank...)
}

// ranked checks a filter that keeps the first members by a value.
func (r *resolver) ranked(f ResolvedFilter, raw Filter) (ResolvedFilter, error) {
	ref := f.Column.Ref()
	if raw.By == nil {
		return ResolvedFilter{}, invalid(fmt.Sprintf("%q on %s does not say what orders the members.", f.Op, ref), `Write "by" with a measure, such as `+CountOfWorkItems+".")
	}
	if slices.ContainsFunc(raw.By.Filters, func(inner Filter) bool { return inner.By != nil }) {
		return ResolvedFilter{}, invalid(fmt.Sprintf("What orders the members of %s is filtered by top or bottom itself.", ref), "Order by a value without such a filter.")
	}
	n, ok := 0.0, false
	if len(raw.Values) == 1 {
		x, fits := typedValue(Integer, In, raw.Values[0])
		n, ok = x.(float64)
		ok = ok && fits
	}
	if !ok || n < 1 || n > maxRanked || n != math.Trunc(n) {
		return ResolvedFilter{}, invalid(fmt.Sprintf("%q on %s takes how many members to keep.", f.Op, ref), fmt.Sprintf("Write a whole number from 1 to %d.", maxRanked))
	}
	if _, err := r.model.resolve(Query{Values: []Value{*raw.By}, Rows: []Group{{Field: ref}}}, r.defs, r.budget); err != nil {
		return ResolvedFilter{}, err
	}
	f.N, f.By = int(n), raw.By
	return f, nil
}

// maxRanked is how many members a filter by top or bottom may keep.
const maxRanked = 10_000

// maxValues is how many values one filter may list.
const maxValues = 100_000

func valueCount(f ResolvedFilter, n int) error {
	if n > maxValues {
		return invalid(fmt.Sprintf("%q on %s lists %d values, which is more than %d.", f.Op, f.Column.Ref(), n, maxValues), "Name fewer, or filter a column that they have in common.")
	}
	var want string
	switch f.Op {
	case In, NotIn, Under:
		if n == 0 {
			want = "at least one value"
		}
	case Between:
		if n != 2 {
			want = "two values"
		}
	case IsBlank, IsNotBlank, Current:
		if n != 0 {
			want = "no value"
		}
	default:
		if n != 1 {
			want = "one value"
		}
	}
	if want == "" {
		return nil
	}
	return invalid(fmt.Sprintf("%q on %s takes %s, not %d.", f.Op, f.Column.Ref(), want, n), "To keep everything leave the filter out.")
}

// typedValue turns a value of a filter into the column's type. Texts that read as the type are taken,
// because scripts write COLUMN=VALUE.
func typedValue(t ColumnType, op Op, v any) (any, bool) {
	if v == nil {
		return nil, true
	}
	if n, ok := asNumber(v); ok {
		v = n
	}
	switch t {
	case Integer, Number:
		return numberValue(t, v)
	case Boolean:
		return booleanValue(v)
	case Date, DateTime:
		s, ok := v.(string)
		if !ok {
			if n, isNumber := v.(float64); isNumber { // the year 2026 as a number
				s, ok = strconv.FormatFloat(n, 'f', -1, 64), true
			}
		}
		r, valid := ParseDays(s, 0)
		return s, ok && valid && (op == In || op == NotIn || r.First <= r.Last)
	}
	switch x := v.(type) {
	case string:
		return x, true
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64), true
	case bool:
		return strconv.FormatBool(x), true
	}
	return nil, false
}

func asNumber(v any) (float64, bool) {
	switch x := v.(type) {
	case float64:
		return x, true
	case int:
		return float64(x), true
	case int32:
		return float64(x), true
	case int64:
		return float64(x), true
	case json.Number:
		f, err := x.Float64()
		return f, err == nil
	}
	return 0, false
}

func numberValue(t ColumnType, v any) (any, bool) {
	f, ok := v.(float64)
	if s, isText := v.(string); isText {
		if s == Blank {
			return nil, true
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		f, ok = n, err == nil
	}
	if !ok || math.IsNaN(f) || math.IsInf(f, 0) || (t == Integer && f != math.Trunc(f)) {
		return nil, false
	}
	return f, true
}

func booleanValue(v any) (any, bool) {
	switch x := v.(type) {
	case bool:
		return x, true
	case float64:
		return x != 0, x == 0 || x == 1
	case string:
		switch strings.ToLower(strings.TrimSpace(x)) {
		case "true", "yes", "1":
			return true, true
		case "false", "no", "0":
			return false, true
		}
	}
	return nil, false
}

func typeWords(t ColumnType) string {
	switch t {
	case Integer:
		return "whole numbers"
	case Number:
		return "numbers"
	case Boolean:
		return "true and false"
	case Date, DateTime:
		return "days such as 2026-11-18, months such as 2026-11, or today-30"
	}
	return "texts"
}
