package dataset

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
)

// function is one function of the language. Its arguments are counted before read is called.
type function struct {
	min, max int // arguments; max -1 for any number
	example  string
	read     func(c *checker, s *syntax, at place) (int, error)
}

// functions are the functions of the language by name, in capitals. docs/query.md describes them.
var functions map[string]function

func init() { // the functions read expressions, which name functions
	functions = map[string]function{
		"SUM":           {1, 1, "SUM(Work items[Story points])", aggregate(Sum)},
		"AVERAGE":       {1, 1, "AVERAGE(Work items[Story points])", aggregate(Average)},
		"MIN":           {1, 1, "MIN(Work items[Age in days])", aggregate(Min)},
		"MAX":           {1, 1, "MAX(Work items[Age in days])", aggregate(Max)},
		"COUNT":         {1, 1, "COUNT(Work items[Story points])", aggregate(Count)},
		"DISTINCTCOUNT": {1, 1, "DISTINCTCOUNT(Work items[Assigned to])", aggregate(CountDistinct)},
		"MEDIAN":        {1, 1, "MEDIAN(Work items[Lead time days])", aggregate(Median)},
		"STDEVP":        {1, 1, "STDEVP(Work items[Lead time days])", aggregate(StandardDeviation)},
		"PERCENTILE":    {2, 2, "PERCENTILE(Work items[Lead time days], 0.85)", readPercentile},

		"IF":       {2, 3, "IF([Open bugs] > 10, [Open bugs], BLANK())", readIf},
		"BLANK":    {0, 0, "BLANK()", func(c *checker, _ *syntax, _ place) (int, error) { return c.blank(), nil }},
		"ISBLANK":  {1, 1, "ISBLANK([Average lead time])", readIsBlank},
		"COALESCE": {2, -1, "COALESCE([Story points], 0)", readCoalesce},
		"ABS":      {1, 1, "ABS([Scope increase])", single(stepAbsolute)},
		"ROUND":    {1, 2, "ROUND([Average lead time], 1)", readRound},
		"DIVIDE":   {2, 3, "DIVIDE([Bugs closed], [Bugs created], 0)", readDivide},

		"CALCULATE":     {2, -1, `CALCULATE([Open work items], Work items[Priority] = 1)`, readCalculate},
		"SHARE":         {1, -1, "SHARE([Open bugs], Work items[State])", readShare},
		"RUNNINGTOTAL":  {1, 1, "RUNNINGTOTAL([Closed])", readRunning},
		"MOVINGAVERAGE": {2, 2, "MOVINGAVERAGE([Closed], 4)", readMoving},
		"PREVIOUS":      {1, 1, "PREVIOUS([Open bugs])", readPrevious},
		"DIFFERENCE":    {1, 1, "DIFFERENCE([Open bugs])", readDifference},
		"GROWTH":        {1, 1, "GROWTH([Closed])", readGrowth},
	}
}

// call reads a function with its arguments.
func (c *checker) call(s *syntax, at place) (int, error) {
	f, ok := functions[s.name]
	if !ok {
		if _, isFilter := filterFunctions[s.name]; isFilter {
			return 0, c.refuse(s, s.name+" is a filter.", `Filters stand in CALCULATE, such as CALCULATE([Work items], `+filterFunctions[s.name].example+`).`)
		}
		all := slices.Sorted(maps.Keys(functions))
		return 0, c.refuse(&syntax{span: span{s.from, s.from + len(s.name)}}, "There is no function "+briefly(s.name)+".", didYouMean(s.name, all, all))
	}
	if len(s.args) < f.min || f.max >= 0 && len(s.args) > f.max {
		return 0, c.refuse(s, fmt.Sprintf("%s takes %s, not %d.", s.name, counted(f.min, f.max), len(s.args)), "For example: "+f.example+".")
	}
	return f.read(c, s, at)
}

func counted(least, most int) string {
	switch {
	case most < 0:
		return fmt.Sprintf("at least %d arguments", least)
	case least != most:
		return fmt.Sprintf("%d or %d arguments", least, most)
	case least == 0:
		return "no arguments"
	case least == 1:
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", least)
}

// aggregate is a function over the values of a column.
func aggregate(a Aggregate) func(*checker, *syntax, place) (int, error) {
	return func(c *checker, s *syntax, at place) (int, error) {
		ref, err := c.columnRef(s.args[0], s.name)
		if err != nil {
			return 0, err
		}
		return c.leaf(s, Value{Field: ref, Aggregate: a}, at)
	}
}

// columnRef reads an argument that must be a column.
func (c *checker) columnRef(s *syntax, who string) (FieldRef, error) {
	var ref FieldRef
	switch s.kind {
	case syntaxColumn:
		ref = FieldRef(s.table + "[" + s.name + "]")
	case syntaxBracket:
		ref = FieldRef(s.name)
	default:
		return "", c.refuse(s, who+" takes a column here.", "For example: "+exampleOf(who)+".")
	}
	col, err := c.r.model.Column(ref)
	if err != nil {
		if _, _, isMeasure := c.r.model.measure(s.name); s.kind == syntaxBracket && (isMeasure == nil || c.defs.find(s.name) != nil) {
			return "", c.refuse(s, "["+s.name+"] is a measure; "+who+" takes a column here.", "For example: "+exampleOf(who)+".")
		}
		return "", placedBecause(c.d, s.span, err)
	}
	return col.Ref(), nil
}

func exampleOf(who string) string {
	if f, ok := functions[who]; ok {
		return f.example
	}
	if f, ok := filterFunctions[who]; ok {
		return f.example
	}
	return `Work items[State] = "Active"`
}

// literal reads an argument that must be a number as it stands.
func (c *checker) literal(s *syntax, least, most float64, whole bool, who string) (float64, error) {
	x, ok := literalNumber(s)
	if !ok || x < least || x > most || whole && x != math.Trunc(x) {
		kind := "number"
		if whole {
			kind = "whole number"
		}
		return 0, c.refuse(s, fmt.Sprintf("%s takes a %s from %v to %v here.", who, kind, least, most), "For example: "+exampleOf(who)+".")
	}
	return x, nil
}

// literalNumber is a number that is written out, with a sign or without.
func literalNumber(s *syntax) (float64, bool) {
	if s.kind == syntaxOperator && s.name == "-" && len(s.args) == 1 && s.args[0].kind == syntaxNumber {
		return -s.args[0].number, true
	}
	return s.number, s.kind == syntaxNumber
}

func readPercentile(c *checker, s *syntax, at place) (int, error) {
	ref, err := c.columnRef(s.args[0], s.name)
	if err != nil {
		return 0, err
	}
	k, err := c.literal(s.args[1], 0.01, 0.99, false, s.name)
	if err != nil {
		return 0, err
	}
	hundredth := math.Round(k * 100)
	if math.Abs(k*100-hundredth) > 1e-9 {
		return 0, c.refuse(s.args[1], "PERCENTILE takes whole hundredths.", "For example: "+exampleOf(s.name)+".")
	}
	return c.leaf(s, Value{Field: ref, Aggregate: Aggregate("p" + strconv.Itoa(int(hundredth)))}, at)
}

func readIf(c *checker, s *syntax, at place) (int, error) {
	condition, err := c.condition(s.args[0], at)
	if err != nil {
		return 0, err
	}
	then, err := c.number(s.args[1], at)
	if err != nil {
		return 0, err
	}
	other := c.blank()
	if len(s.args) == 3 {
		if other, err = c.number(s.args[2], at); err != nil {
			return 0, err
		}
	}
	n := joined(c.natures[then], c.natures[other])
	n.additive, n.constant = false, n.constant && c.natures[condition].constant
	n.overTime = jointTime(nature{overTime: n.overTime, constant: c.natures[then].constant && c.natures[other].constant}, c.natures[condition])
	return c.pure(stepIf, n, condition, then, other), nil
}

func readIsBlank(c *checker, s *syntax, at place) (int, error) {
	x, err := c.number(s.args[0], at)
	if err != nil {
		return 0, err
	}
	return c.pure(stepIsBlank, booleanNature(c.natures[x], c.natures[x]), x), nil
}

func readCoalesce(c *checker, s *syntax, at place) (int, error) {
	first, err := c.number(s.args[0], at)
	if err != nil {
		return 0, err
	}
	for _, arg := range s.args[1:] {
		x, err := c.number(arg, at)
		if err != nil {
			return 0, err
		}
		n := joined(c.natures[first], c.natures[x])
		n.additive = n.additive && c.natures[x].constant
		first = c.pure(stepCoalesce, n, first, x)
	}
	return first, nil
}

func single(op stepOp) func(*checker, *syntax, place) (int, error) {
	return func(c *checker, s *syntax, at place) (int, error) {
		x, err := c.number(s.args[0], at)
		if err != nil {
			return 0, err
		}
		n := c.natures[x]
		n.additive, n.direction = false, Neutral
		return c.pure(op, n, x), nil
	}
}

func readRound(c *checker, s *syntax, at place) (int, error) {
	x, err := c.number(s.args[0], at)
	if err != nil {
		return 0, err
	}
	digits := 0.0
	if len(s.args) == 2 {
		if digits, err = c.literal(s.args[1], -9, 9, true, s.name); err != nil {
			return 0, err
		}
	}
	n := c.natures[x]
	n.additive = false
	if _, plain := precision[n.format]; plain && digits <= 0 {
		n.format = "integer"
	}
	return c.add(step{op: stepRound, a: x, b: -1, c: -1, number: digits}, n), nil
}

func readDivide(c *checker, s *syntax, at place) (int, error) {
	args := []int{0, 0, -1}
	for i, arg := range s.args {
		x, err := c.number(arg, at)
		if err != nil {
			return 0, err
		}
		args[i] = x
	}
	n := ratio(c.natures[args[0]], c.natures[args[1]])
	if args[2] >= 0 {
		n.additive = false
		n.constant = n.constant && c.natures[args[2]].constant
		n.overTime = jointTime(n, c.natures[args[2]])
	}
	return c.pure(stepDivide, n, args...), nil
}

// LanguageNames are the functions and filter functions of the language of measures.
func LanguageNames() []string {
	all := append(slices.Collect(maps.Keys(functions)), slices.Collect(maps.Keys(filterFunctions))...)
	slices.Sort(all)
	return slices.Compact(all)
}
