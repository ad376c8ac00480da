package dataset

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
)

// none is a blank in the tests.
var none = math.NaN()

func same(a, b float64) bool {
	return a != a && b != b || math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b))
}

// world holds what the bases of a formula are in one group: the numbers of each period, or one.
type world map[string][]float64

// numbers of a base, named as the tests name it: Open bugs, Sum of Story points, with its filters behind a bar and
// the groups that are taken off behind another.
func (w world) numbers(t *testing.T, f *Formula, base, scope int) []Cell {
	t.Helper()
	name := f.Bases[base].Info.Name
	for _, filter := range f.Bases[base].Filters {
		name += "|" + filter.Key()
	}
	if off := f.Scopes[scope]; off != 0 {
		name += fmt.Sprintf("|off %b", off)
	}
	xs, ok := w[name]
	if !ok {
		t.Fatalf("the formula asks for %q", name)
	}
	var out []Cell
	for _, x := range xs {
		out = append(out, Cell{X: x, Blank: x != x, Empty: x != x})
	}
	return out
}

// inQuery checks the last definition as a query with these groups does.
func inQuery(m *Model, defs []Definition, rows, columns []FieldRef) (*Formula, ValueInfo, error) {
	ds, err := m.newDefinitions(defs)
	if err != nil {
		return nil, ValueInfo{}, err
	}
	c := &checker{r: &resolver{model: m, out: &Resolved{}, defs: ds, budget: newBudget(context.Background())}, defs: ds, rows: len(rows)}
	for _, ref := range append(append([]FieldRef(nil), rows...), columns...) {
		col, err := m.Column(ref)
		if err != nil {
			return nil, ValueInfo{}, err
		}
		c.groups = append(c.groups, ResolvedGroup{Column: *col})
	}
	return c.formula(&ds.list[len(ds.list)-1], place{})
}

func define(expression string) []Definition {
	return []Definition{{Name: "Mine", Expression: expression}}
}

func evaluate(t *testing.T, w world, periods int, expression string, groups ...FieldRef) []float64 {
	t.Helper()
	m := model()
	f, _, err := inQuery(&m, define(expression), groups, nil)
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	var out []float64
	for _, c := range f.Evaluate(Cells{Periods: periods, Begun: periods, Base: func(base, scope int) []Cell { return w.numbers(t, f, base, scope) }}, &Scratch{}) {
		x := c.X
		if c.Blank {
			x = none
		}
		out = append(out, x)
	}
	return out
}

func TestOperatorsTreatBlankAsDAXDoes(t *testing.T) {
	// Average lead time is blank, Average age is 4, Work items is 0.
	w := world{AverageLeadTime: {none}, AverageAge: {4}, CountOfWorkItems: {0}}
	for expression, want := range map[string]float64{
		"B + 1": 1, "1 + B": 1, "B + B": none, "B - 1": -1, "1 - B": 1, "B - B": none, "-B": none, "+B": none,
		"B * 1": none, "1 * B": none, "B * B": none, "B * 0": none,
		"B / 2": none, "2 / B": none, "B / B": none, "4 / 0": none, "0 / 0": none, "0 / 4": 0, "X / Z": none, "Z / X": 0,
		"IF(B = 0, 1, 2)": 1, "IF(B < 1, 1, 2)": 1, "IF(B > 1, 1, 2)": 2, "IF(B <> 0, 1, 2)": 2, "IF(B >= 0, 1, 2)": 1, "IF(B <= -1, 1, 2)": 2, "IF(B == 0, 1, 2)": 1,
		"IF(ISBLANK(B), 1, 2)": 1, "IF(ISBLANK(Z), 1, 2)": 2, "IF(NOT ISBLANK(B), 1, 2)": 2, "IF(ISBLANK(BLANK()), 1, 2)": 1,
		"IF(X > 1, B, 2)": none, "IF(X > 5, 1)": none, "IF(TRUE, 1, 2)": 1, "IF(FALSE(), 1, 2)": 2,
		"COALESCE(B, 7)": 7, "COALESCE(B, B, X)": 4, "COALESCE(Z, 7)": 0, "COALESCE(B, BLANK())": none,
		"ABS(B)": none, "ABS(-X)": 4, "ROUND(B, 1)": none,
		"DIVIDE(B, 2)": none, "DIVIDE(B, 2, 9)": none, "DIVIDE(2, B)": none, "DIVIDE(2, B, 9)": 9, "DIVIDE(X, Z)": none, "DIVIDE(X, Z, -1)": -1, "DIVIDE(X, Z, B)": none, "DIVIDE(X, 8, 9)": 0.5,
		"1e308 * 10": none,
	} {
		text := expression
		for short, long := range map[string]string{"B": "[Average lead time]", "X": "[Average age]", "Z": "[Work items]"} {
			text = replaceWord(text, short, long)
		}
		if got := evaluate(t, w, 0, text); !same(got[0], want) {
			t.Errorf("%s is %v, want %v", expression, got[0], want)
		}
	}
}

// replaceWord replaces a letter that stands alone.
func replaceWord(text, word, with string) string {
	var out strings.Builder
	for i := range len(text) {
		letter := func(j int) bool {
			return j >= 0 && j < len(text) && (text[j] >= 'A' && text[j] <= 'Z' || text[j] >= 'a' && text[j] <= 'z' || text[j] == '[')
		}
		if text[i:i+1] == word && !letter(i-1) && !letter(i+1) {
			out.WriteString(with)
		} else {
			out.WriteByte(text[i])
		}
	}
	return out.String()
}

func TestOperatorsBindAsTheyAreWritten(t *testing.T) {
	for expression, want := range map[string]float64{
		"1 + 2 * 3": 7, "(1 + 2) * 3": 9, "2 - 3 - 4": -5, "24 / 4 / 3": 2, "24 / (4 / 2)": 12, "-2 * -3": 6, "- - 2": 2, "-(2 + 3)": -5, "2 * -3 + 1": -5,
		"IF(1 + 1 = 2 && 3 > 2, 1, 0)": 1, "IF(1 = 2 || 2 = 2 && 1 = 2, 1, 0)": 0, "IF(NOT 1 = 2, 1, 0)": 1, "IF(NOT (1 = 1) || TRUE, 1, 0)": 1, "IF(not 1 > 2 && 3 > 2, 1, 0)": 1,
		"1.5e1": 15, ".5": 0.5, "2.": 2, "1E-1": 0.1, "1 -- one\n + 2": 3, "1 // one\n + 2": 3, "/* a\n b */ 4": 4, "3 /* x */ - /* y */ 1": 2,
		"ROUND(2.5)": 3, "ROUND(-2.5, 0)": -3, "ROUND(1.25, 1)": 1.3, "ROUND(1234, -2)": 1200, "ROUND(1250, -2)": 1300, "round(1e300, 3)": 1e300, "If(1<2;3;4)": 3,
	} {
		if got := evaluate(t, nil, 0, expression); !same(got[0], want) {
			t.Errorf("%s is %v, want %v", expression, got[0], want)
		}
	}
}

func TestNamesAreFoundInEveryWriting(t *testing.T) {
	w := world{OpenBugs: {3}, SumStoryPoints: {8}, "Sum of Story points": {5}, "Count of Assigned to": {2}, "75th percentile of Lead time days": {9}, OriginalScope: {11}}
	for expression, want := range map[string]float64{
		"[Open bugs]": 3, "[open BUGS]": 3, "[Bugs open]": 3, "[ Open bugs ]": 3, "[M14]": 11, "[Story points]": 8,
		"SUM(Work items[Story points])": 5, "SUM('Work items'[Story points])": 5, "Sum ( work Items [story points] )": 5, "SUM([Story points])": 5,
		"COUNT(Work items[Assignee])": 2, "PERCENTILE(Work items[Lead time days], 0.75)": 9,
	} {
		if got := evaluate(t, w, 0, expression); !same(got[0], want) {
			t.Errorf("%s is %v, want %v", expression, got[0], want)
		}
	}
}

func TestFiltersOfCalculateNarrowEachValueBelow(t *testing.T) {
	const state = "|Work items[State] in 0  "
	for filter, want := range map[string]string{
		`Work items[State] = "New"`:                                        state + `["New"]`,
		`Work items[State] == "New"`:                                       state + `["New"]`,
		`Work items[State] IN {"New", "Active"}`:                           state + `["New","Active"]`,
		`Work items[State] <> "New"`:                                       `|Work items[State] notIn 0  ["New"]`,
		`NOT Work items[State] in {"New"}`:                                 `|Work items[State] notIn 0  ["New"]`,
		`NOT (NOT Work items[State] = "New")`:                              state + `["New"]`,
		`Work items[State] = "say ""New"""`:                                state + `["say \"New\""]`,
		`Work items[State] = BLANK()`:                                      state + `[null]`,
		`ISBLANK(Work items[State])`:                                       `|Work items[State] isBlank 0  null`,
		`NOT ISBLANK(Work items[State])`:                                   `|Work items[State] isNotBlank 0  null`,
		`Work items[Priority] <= 2`:                                        `|Work items[Priority] <= 0  [2]`,
		`Work items[Story points] > -1`:                                    `|Work items[Story points] > 0  [-1]`,
		`Work items[Is bug] = TRUE`:                                        `|Work items[Is bug] in 0  [true]`,
		`Work items[Created date] >= "2026-01-01"`:                         `|Work items[Created date] >= 0  ["2026-01-01"]`,
		`LAST(Work items[Created date], 30, "days")`:                       `|Work items[Created date] last 30 day null`,
		`BETWEEN(Work items[Priority], 1, 2)`:                              `|Work items[Priority] between 0  [1,2]`,
		`UNDER(Areas[Area path], "A\B", "A\C")`:                            `|Areas[Area path] under 0  ["A\\B","A\\C"]`,
		`CURRENT([Iteration path])`:                                        `|Iterations[Iteration path] current 0  null`,
		`CONTAINS(Work items[Title], "x"), Work items[Priority] = 1`:       `|Work items[Title] contains 0  ["x"]|Work items[Priority] in 0  [1]`,
		`STARTSWITH(Work items[Title], "x") && Work items[Priority] = 1`:   `|Work items[Title] startsWith 0  ["x"]|Work items[Priority] in 0  [1]`,
		`Work items[Priority] = 1 && NOT Work items[Type] IN {"Bug"; "T"}`: `|Work items[Priority] in 0  [1]|Work items[Type] notIn 0  ["Bug","T"]`,
	} {
		w := world{OpenBugs + want: {3}, "Average of Age in days" + want: {2}, OpenBugs: {10}}
		got := evaluate(t, w, 0, "[Open bugs] - CALCULATE([Open bugs] * AVERAGE(Work items[Age in days]), "+filter+")")
		if !same(got[0], 4) {
			t.Errorf("%s gives %v", filter, got)
		}
	}
	nested := world{OpenBugs + `|Work items[Priority] in 0  [1]|Work items[Type] in 0  ["Bug"]`: {5}}
	if got := evaluate(t, nested, 0, `CALCULATE(CALCULATE([Open bugs], Work items[Type] = "Bug"), Work items[Priority] = 1)`); got[0] != 5 {
		t.Errorf("nested: %v", got)
	}
}

func TestFunctionsAlongTheDates(t *testing.T) {
	w := world{Closed: {2, none, 4, 0, 6}, OpenBugs: {10, 12, 12, none, 9}}
	for expression, want := range map[string][]float64{
		"PREVIOUS([Closed])":                        {none, 2, none, 4, 0},
		"PREVIOUS(PREVIOUS([Closed]))":              {none, none, 2, none, 4},
		"DIFFERENCE([Open bugs])":                   {none, 2, 0, none, none},
		"GROWTH([Open bugs])":                       {none, 0.2, 0, none, none},
		"GROWTH([Closed])":                          {none, none, none, -1, none},
		"RUNNINGTOTAL([Closed])":                    {2, 2, 6, 6, 12},
		"RUNNINGTOTAL([Closed] * 2 - [Closed])":     {2, 2, 6, 6, 12},
		"MOVINGAVERAGE([Closed], 1)":                {2, none, 4, 0, 6},
		"MOVINGAVERAGE([Closed], 2)":                {2, 2, 4, 2, 3},
		"MOVINGAVERAGE([Closed], 3)":                {2, 2, 3, 2, 10.0 / 3},
		"MOVINGAVERAGE([Closed], 1000)":             {2, 2, 3, 2, 3},
		"[Closed] + 1":                              {3, 1, 5, 1, 7},
		"RUNNINGTOTAL([Closed]) / [Open bugs]":      {0.2, 1.0 / 6, 0.5, none, 12.0 / 9},
		"COALESCE(DIFFERENCE([Open bugs]), 100)":    {100, 2, 0, 100, 100},
		"MOVINGAVERAGE(GROWTH([Open bugs]), 2) * 1": {none, 0.2, 0.1, 0, none},
	} {
		if got := evaluate(t, w, 5, expression, DateAxis); !sameAll(got, want) {
			t.Errorf("%s is %v, want %v", expression, got, want)
		}
	}
}

func sameAll(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !same(a[i], b[i]) {
			return false
		}
	}
	return true
}

func TestTotalsHaveNoPeriodBeforeThem(t *testing.T) {
	w := world{Closed: {12}, OpenBugs: {9}}
	for expression, want := range map[string]float64{
		"PREVIOUS([Closed])": none, "DIFFERENCE([Open bugs])": none, "GROWTH([Closed])": none, "MOVINGAVERAGE([Closed], 3)": none, "RUNNINGTOTAL([Closed])": 12, "[Closed] / [Open bugs]": 12.0 / 9,
	} {
		if got := evaluate(t, w, 0, expression, DateAxis); !same(got[0], want) {
			t.Errorf("%s totals to %v, want %v", expression, got[0], want)
		}
	}
}

func TestPeriodsToComeAreBlankAlongTheDates(t *testing.T) {
	m := model()
	f, _, err := inQuery(&m, define("RUNNINGTOTAL([Closed]) + 0 * PREVIOUS([Closed])"), []FieldRef{DateAxis}, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := world{Closed: {1, 2, none, none}}
	got := f.Evaluate(Cells{Periods: 4, Begun: 2, Base: func(b, s int) []Cell { return w.numbers(t, f, b, s) }}, &Scratch{})
	if got[1].X != 3 || !got[2].Blank || !got[3].Blank {
		t.Errorf("%+v", got)
	}
}

func TestShareDividesByWiderGroups(t *testing.T) {
	m := model()
	rows, columns := []FieldRef{State, DateAxis}, []FieldRef{Priority}
	for expression, tc := range map[string]struct {
		off  string
		want float64
	}{
		"SHARE([Closed])":                                  {"|off 11", 0.25},  // over both rows, within a priority
		"SHARE([Open bugs])":                               {"|off 1", 0.5},    // a state stays within its period
		"SHARE([Closed], Work items[Priority])":            {"|off 100", 0.2},  // within state and period
		"SHARE([Closed], [State], [Priority])":             {"|off 101", 0.1},  //
		"SHARE([Closed], Dates[Date])":                     {"|off 10", 0.125}, //
		"SHARE([Closed], Work items[Type])":                {"", 1},            // no group of the query
		`SHARE(SHARE([Closed], [State]), [Priority]) * 10`: {"nested", 4},
	} {
		f, info, err := inQuery(&m, define(expression), rows, columns)
		if err != nil {
			t.Fatalf("%s: %v", expression, err)
		}
		if info.Format != "percent" && tc.off != "nested" || info.Additive {
			t.Errorf("%s: %+v", expression, info)
		}
		w := world{Closed: {2}, OpenBugs: {3}, Closed + "|off 11": {8}, OpenBugs + "|off 1": {6}, Closed + "|off 100": {10}, Closed + "|off 101": {20}, Closed + "|off 10": {16}, Closed + "|off 1": {4}}
		if tc.off == "nested" { // (2/4) / (10/20) = 1 … with other numbers: (2/4) / (5/4)
			w[Closed+"|off 100"], w[Closed+"|off 101"] = []float64{5}, []float64{4}
		}
		got := f.Evaluate(Cells{Periods: 1, Begun: 1, Base: func(b, s int) []Cell { return w.numbers(t, f, b, s) }}, &Scratch{})
		if !same(got[0].X, tc.want) {
			t.Errorf("%s is %v, want %v", expression, got[0], tc.want)
		}
	}
	one, _, err := inQuery(&m, define("SHARE([Closed])"), nil, []FieldRef{State, Priority})
	if err != nil || len(one.Scopes) != 2 || one.Scopes[1] != 3 {
		t.Errorf("without rows a share is over the columns: %+v %v", one, err)
	}
}

func TestEmptyFollowsTheRowsBehindANumber(t *testing.T) {
	m := model()
	cells := map[string]Cell{OpenBugs: {Empty: true}, OpenBugs + "+": {X: 7}, AverageAge: {X: 3}}
	for expression, want := range map[string]bool{
		"[Open bugs] + 5": true, "7": true, "BLANK()": true, "[Open bugs] + [Average age]": false, "SHARE([Open bugs])": true, "COALESCE([Open bugs], [Average age])": false,
		"IF([Open bugs] = 0, 1, 2)": true, "IF([Average age] = 0, 1, 2)": false, "DIVIDE([Open bugs], [Open bugs], [Average age])": false, "-[Open bugs]": true,
	} {
		f, _, err := inQuery(&m, define(expression), []FieldRef{State}, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := f.Evaluate(Cells{Base: func(b, s int) []Cell {
			name := f.Bases[b].Info.Name
			if f.Scopes[s] != 0 {
				name += "+"
			}
			return []Cell{cells[name]}
		}}, &Scratch{})
		if got[0].Empty != want {
			t.Errorf("%s: %+v", expression, got[0])
		}
	}
}

func TestUnitAndFormatFollowFromTheExpression(t *testing.T) {
	m := model()
	for expression, want := range map[string]ValueInfo{
		"[Bugs closed]":                            {Unit: "bugs", Format: "integer", Additive: true, OverTime: OverTimeEvents, Direction: UpIsBetter},
		"[Bugs closed] / [Bugs created]":           {Format: "percent", OverTime: OverTimeEvents},
		"[Remaining work] / [Open work items]":     {Unit: "hours per item", Format: "decimal2", OverTime: OverTimeAsOf},
		"[Created] + [Closed]":                     {Unit: "items", Format: "integer", Additive: true, OverTime: OverTimeEvents},
		"[Created] - [Closed]":                     {Unit: "items", Format: "integer", Additive: true, OverTime: OverTimeEvents},
		"[Open bugs] + [Closed]":                   {Format: "integer", OverTime: OverTimeAsOf},
		"[Closed] / 5":                             {Unit: "items", Format: "decimal1", Additive: true, OverTime: OverTimeEvents, Direction: UpIsBetter},
		"[Closed] * 2":                             {Unit: "items", Format: "integer", Additive: true, OverTime: OverTimeEvents, Direction: UpIsBetter},
		"-1 * [Closed]":                            {Unit: "items", Format: "integer", Additive: true, OverTime: OverTimeEvents},
		"1 - [% complete]":                         {Format: "percent", OverTime: OverTimeAsOf},
		"2 * [% complete]":                         {Format: "percent", OverTime: OverTimeAsOf, Direction: UpIsBetter},
		"[Average lead time] + 1":                  {Unit: "days", Format: "days", OverTime: OverTimeEvents, Direction: UpIsWorse},
		"[Remaining work] * [% complete]":          {Unit: "hours", Format: "hours", OverTime: OverTimeAsOf},
		"[Remaining work] + [Story points]":        {Format: "decimal2", OverTime: OverTimeAsOf, Additive: true},
		"COALESCE([Closed], 0)":                    {Unit: "items", Format: "integer", Additive: true, OverTime: OverTimeEvents, Direction: UpIsBetter},
		"COALESCE([Closed], 1)":                    {Unit: "items", Format: "integer", OverTime: OverTimeEvents, Direction: UpIsBetter},
		"IF([Closed] > 0, [Open bugs], 0)":         {Unit: "bugs", Format: "integer", OverTime: OverTimeAsOf, Direction: UpIsWorse},
		"MOVINGAVERAGE([Closed], 4)":               {Unit: "items", Format: "decimal1", OverTime: OverTimeEvents, Direction: UpIsBetter},
		"RUNNINGTOTAL([Closed])":                   {Unit: "items", Format: "integer", Additive: true, OverTime: OverTimeAsOf, Direction: UpIsBetter},
		"GROWTH([Open bugs])":                      {Format: "percent", OverTime: OverTimeAsOf, Direction: UpIsWorse},
		"DIFFERENCE([Open bugs])":                  {Unit: "bugs", Format: "integer", OverTime: OverTimeEvents, Direction: UpIsWorse},
		"ROUND([Average lead time], 1)":            {Unit: "days", Format: "days", OverTime: OverTimeEvents, Direction: UpIsWorse},
		"ROUND(AVERAGE(Work items[Story points]))": {Unit: "story points", Format: "integer", OverTime: OverTimeAsOf},
		"1.5": {Format: "decimal2", OverTime: OverTimeAsOf},
	} {
		_, info, err := inQuery(&m, define(expression), []FieldRef{DateAxis}, nil)
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		want.Name, want.Measure = "Mine", "Mine"
		if want.Direction == "" {
			want.Direction = Neutral
		}
		if info != want {
			t.Errorf("%s\n got %+v\nwant %+v", expression, info, want)
		}
	}
	_, info, err := inQuery(&m, []Definition{{Name: "Mine", Expression: "[Closed] / [Created]", Format: "decimal2", Unit: "times"}}, nil, nil)
	if err != nil || info.Format != "decimal2" || info.Unit != "times" {
		t.Errorf("asked for: %+v %v", info, err)
	}
}

func TestDefinitionsUseEachOther(t *testing.T) {
	m := model()
	defs := []Definition{
		{Name: "Urgent", Expression: "CALCULATE([Open bugs], Work items[Priority] = 1)"},
		{Name: "Urgent share", Expression: "[urgent] / [Open bugs]"},
		{Name: "Of mine", Expression: `CALCULATE([Urgent share], Work items[Type] = "Bug") * 100`},
	}
	f, _, err := inQuery(&m, defs, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := world{OpenBugs + `|Work items[Type] in 0  ["Bug"]|Work items[Priority] in 0  [1]`: {3}, OpenBugs + `|Work items[Type] in 0  ["Bug"]`: {12}}
	if got := f.Evaluate(Cells{Base: func(b, s int) []Cell { return w.numbers(t, f, b, s) }}, &Scratch{}); got[0].X != 25 {
		t.Errorf("%+v", got)
	}
	ms, err := m.Define(append(defs, Definition{Name: "Pace", Expression: "MOVINGAVERAGE([Closed], 4)", Description: "Four periods"}))
	if err != nil || len(ms) != 4 || ms[1].Format != "percent" || ms[3].Description != "Four periods" || ms[3].Formula != "MOVINGAVERAGE([Closed], 4)" || ms[0].Table != WorkItems {
		t.Errorf("%+v %v", ms, err)
	}
}
