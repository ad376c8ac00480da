package dataset

import (
	"fmt"
	"maps"
	"slices"
)

// filterFunction is a filter of CALCULATE that is written as a function of a column.
type filterFunction struct {
	min, max int // arguments with the column
	op       Op
	example  string
}

var filterFunctions = map[string]filterFunction{
	"ISBLANK":    {1, 1, IsBlank, "ISBLANK(Work items[Assigned to])"},
	"UNDER":      {2, -1, Under, `UNDER(Areas[Area path], "Lumen Web\Shop")`},
	"CONTAINS":   {2, 2, Contains, `CONTAINS(Work items[Title], "login")`},
	"STARTSWITH": {2, 2, StartsWith, `STARTSWITH(Work items[Title], "Login")`},
	"BETWEEN":    {3, 3, Between, "BETWEEN(Work items[Priority], 1, 2)"},
	"LAST":       {3, 3, Last, `LAST(Work items[Created date], 30, "day")`},
	"THIS":       {3, 3, This, `THIS(Dates[Date], 1, "month")`},
	"NEXT":       {3, 3, Next, `NEXT(Work items[Target date], 2, "week")`},
	"CURRENT":    {1, 1, Current, "CURRENT(Iterations[Iteration path])"},
	"TOP":        {3, 3, TopN, "TOP(Areas[Area path], 5, [Open bugs])"},
	"BOTTOM":     {3, 3, BottomN, "BOTTOM(Areas[Area path], 5, [Open bugs])"},
}

// writtenFilter is a filter with its place in the text.
type writtenFilter struct {
	Filter
	at *syntax
}

// comparisons are the operators of a filter; the second is what NOT makes of the first.
var comparisons = map[string][2]Op{"=": {In, NotIn}, "==": {In, NotIn}, "<>": {NotIn, In}, "IN": {In, NotIn},
	"<": {Less}, "<=": {LessEqual}, ">": {Greater}, ">=": {GreaterEqual}}

// readCalculate narrows an expression by filters, on top of those that hold already.
func readCalculate(c *checker, s *syntax, at place) (int, error) {
	at.filters = slices.Clone(at.filters)
	for _, arg := range s.args[1:] {
		more, err := c.resolvedFilters(arg)
		if err != nil {
			return 0, err
		}
		for _, f := range more {
			at.filters, at.key = append(at.filters, f.ResolvedFilter), c.defs.joined(at.key, f.key)
		}
	}
	return c.number(s.args[0], at)
}

// keyedFilter is a filter of CALCULATE with the number of its key.
type keyedFilter struct {
	ResolvedFilter
	key int
}

// resolvedFilters looks up the filters of an argument, once for all the measures of a query that are made of it: a
// list of them may be long.
func (c *checker) resolvedFilters(arg *syntax) ([]keyedFilter, error) {
	if known, ok := c.defs.filters[arg]; ok {
		return known, nil
	}
	written, err := c.filters(arg, false)
	if err != nil {
		return nil, err
	}
	out := make([]keyedFilter, 0, len(written))
	for _, f := range written {
		resolved, err := c.r.filter(f.Filter)
		if err != nil {
			return nil, placedBecause(c.d, f.at.span, err)
		}
		if err := c.visit(f.at, len(f.Values)); err != nil {
			return nil, err
		}
		out = append(out, keyedFilter{resolved, numberOf(c.defs.keys, resolved.Key())})
	}
	c.defs.filters[arg] = out
	return out, nil
}

// joined is the number of the filters under the first number with one more.
func (ds *definitions) joined(all, more int) int { return numberOf(ds.under, [2]int{all, more}) }

// numberOf is the number of the key, from 1: the next one when the key is new.
func numberOf[K comparable](numbers map[K]int, key K) int {
	if numbers[key] == 0 {
		numbers[key] = len(numbers) + 1
	}
	return numbers[key]
}

// filters reads one filter, or several that && joins.
func (c *checker) filters(s *syntax, not bool) ([]writtenFilter, error) {
	if s.kind == syntaxOperator {
		switch {
		case s.name == "NOT":
			return c.filters(s.args[0], !not)
		case s.name == "&&" && !not:
			left, err := c.filters(s.args[0], false)
			if err != nil {
				return nil, err
			}
			right, err := c.filters(s.args[1], false)
			return append(left, right...), err
		case s.name == "||" || s.name == "&&":
			return nil, c.refuse(s, "Filters are joined by a comma or &&: all of them must pass.", `For one column with several values write Work items[State] IN {"New", "Active"}.`)
		}
	}
	f, err := c.filter(s, not)
	if err != nil {
		return nil, err
	}
	return []writtenFilter{{f, s}}, nil
}

func (c *checker) filter(s *syntax, not bool) (Filter, error) {
	switch {
	case s.kind == syntaxOperator && len(s.args) == 2 && comparisons[s.name] != [2]Op{}:
		return c.comparison(s, not)
	case s.kind == syntaxCall:
		if f, ok := filterFunctions[s.name]; ok {
			return c.filterCall(s, f, not)
		}
		all := slices.Sorted(maps.Keys(filterFunctions))
		return Filter{}, c.refuse(s, briefly(s.name)+" is no filter.", didYouMean(s.name, all, all)+` Columns are compared, too: Work items[State] = "Active".`)
	}
	return Filter{}, c.refuse(s, "A filter is needed here: a column that is compared.", `For example: Work items[State] = "Active", or Work items[Priority] IN {1, 2}.`)
}

// comparison reads Table[Column] = value, or IN {values}.
func (c *checker) comparison(s *syntax, not bool) (Filter, error) {
	ref, err := c.columnRef(s.args[0], s.name)
	if err != nil {
		return Filter{}, err
	}
	f := Filter{Field: ref, Op: comparisons[s.name][0]}
	if not {
		if f.Op = comparisons[s.name][1]; f.Op == "" {
			return Filter{}, c.refuse(s, "NOT does not turn "+s.name+" round: rows without a value pass neither.", "Write the opposite comparison.")
		}
	}
	values := []*syntax{s.args[1]}
	if s.name == "IN" {
		if s.args[1].kind != syntaxSet || len(s.args[1].args) == 0 {
			return Filter{}, c.refuse(s.args[1], "IN takes a list in braces.", `For example: Work items[State] IN {"New", "Active"}.`)
		}
		values = s.args[1].args
	}
	f.Values, err = c.values(values)
	return f, err
}

func (c *checker) filterCall(s *syntax, f filterFunction, not bool) (Filter, error) {
	if len(s.args) < f.min || f.max >= 0 && len(s.args) > f.max {
		return Filter{}, c.refuse(s, fmt.Sprintf("%s takes %s, not %d.", s.name, counted(f.min, f.max), len(s.args)), "For example: "+f.example+".")
	}
	ref, err := c.columnRef(s.args[0], s.name)
	if err != nil {
		return Filter{}, err
	}
	out := Filter{Field: ref, Op: f.op}
	if not {
		if f.op != IsBlank {
			return Filter{}, c.refuse(s, "NOT "+s.name+" is no filter.", "Filters say what is kept. NOT goes with =, IN and ISBLANK.")
		}
		out.Op = IsNotBlank
	}
	if f.op == TopN || f.op == BottomN {
		by := s.args[2]
		if by.kind != syntaxBracket {
			return Filter{}, c.refuse(by, s.name+" takes a measure here, which orders the members.", "For example: "+f.example+".")
		}
		out.By = &Value{Measure: by.name}
		out.Values, err = c.values(s.args[1:2])
		return out, err
	}
	out.Values, err = c.values(s.args[1:])
	return out, err
}

// values reads what a column is compared with: texts, numbers, TRUE, FALSE and BLANK().
func (c *checker) values(args []*syntax) ([]any, error) {
	var out []any
	for _, s := range args {
		x, isNumber := literalNumber(s)
		switch {
		case isNumber:
			out = append(out, x)
		case s.kind == syntaxText:
			out = append(out, s.name)
		case s.kind == syntaxBoolean:
			out = append(out, s.number != 0)
		case s.kind == syntaxCall && s.name == "BLANK" && len(s.args) == 0:
			out = append(out, nil)
		default:
			return nil, c.refuse(s, "A filter compares with a value that is written out.", `Values are "texts", numbers, "2026-11-18", TRUE, FALSE and BLANK(). To compare two measures use IF.`)
		}
	}
	return out, nil
}
