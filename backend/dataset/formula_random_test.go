package dataset

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
)

// tree is an expression of the tests: it writes itself as a formula and works itself out by plain recursion,
// sharing nothing with the parser and the steps.
type tree struct {
	op   string
	args []*tree
	x    float64
}

// leaves of the random expressions: a measure that adds up, a state, and one that neither adds up nor counts.
var treeLeaves = []string{Closed, OpenBugs, AverageLeadTime}

type treeDice struct{ *rand.Rand }

func (d treeDice) tree(depth int) *tree {
	if depth == 0 || d.IntN(5) == 0 {
		if d.IntN(3) == 0 {
			return &tree{op: "number", x: float64(d.IntN(9)-3) / 2}
		}
		return &tree{op: treeLeaves[d.IntN(len(treeLeaves))]}
	}
	ops := []string{"+", "-", "*", "/", "neg", "ABS", "ROUND", "COALESCE", "DIVIDE", "IF", "IF2", "PREVIOUS", "DIFFERENCE", "GROWTH", "RUNNINGTOTAL", "MOVINGAVERAGE", "SHARE", "BLANK"}
	t := &tree{op: ops[d.IntN(len(ops))]}
	n := map[string]int{"+": 2, "-": 2, "*": 2, "/": 2, "COALESCE": 2, "DIVIDE": 3, "BLANK": 0, "IF": 4, "IF2": 3}
	count, ok := n[t.op]
	if !ok {
		count = 1
	}
	for range count {
		t.args = append(t.args, d.tree(depth-1))
	}
	switch t.op {
	case "RUNNINGTOTAL":
		t.args[0] = &tree{op: Closed}
	case "MOVINGAVERAGE":
		t.x = float64(1 + d.IntN(6))
	case "ROUND":
		t.x = float64(d.IntN(3))
	case "IF", "IF2":
		t.x = float64(d.IntN(6))
	}
	return t
}

var treeComparisons = []string{"=", "<>", "<", "<=", ">", ">="}

func (t *tree) write(d treeDice) string {
	var args []string
	for _, a := range t.args {
		args = append(args, a.write(d))
	}
	blank := strings.Repeat(" ", d.IntN(3))
	switch t.op {
	case "number":
		if t.x < 0 {
			return fmt.Sprintf("(%v)", t.x)
		}
		return fmt.Sprint(t.x)
	case "+", "-", "*", "/":
		return "(" + args[0] + blank + t.op + " " + args[1] + ")"
	case "neg":
		return "(- " + args[0] + ")"
	case "BLANK":
		return "BLANK()"
	case "ROUND", "MOVINGAVERAGE":
		return fmt.Sprintf("%s(%s,%s%v)", t.op, args[0], blank, t.x)
	case "IF":
		return fmt.Sprintf("IF(%s %s %s, %s, %s)", args[0], treeComparisons[int(t.x)], args[1], args[2], args[3])
	case "IF2":
		return fmt.Sprintf("IF(NOT ISBLANK(%s) && %s %s 1 || FALSE, %s)", args[0], args[1], treeComparisons[int(t.x)], args[2])
	}
	if len(t.args) == 0 {
		return "[" + t.op + "]"
	}
	return t.op + "(" + strings.Join(args, ", ") + ")"
}

// treeCells are the numbers of the leaves by period, of the group and of all groups.
type treeCells struct{ own, all map[string][]*float64 }

func num(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// at works the expression out at one period; nil is blank.
func (t *tree) at(c treeCells, period int, wide bool) *float64 {
	arg := func(i int) *float64 { return t.args[i].at(c, period, wide) }
	switch t.op {
	case "number":
		return num(t.x)
	case "BLANK":
		return nil
	case "+", "-":
		a, b := arg(0), arg(1)
		if a == nil && b == nil {
			return nil
		}
		x, y := zero(a), zero(b)
		if t.op == "-" {
			return num(x - y)
		}
		return num(x + y)
	case "*":
		if a, b := arg(0), arg(1); a != nil && b != nil {
			return num(*a * *b)
		}
		return nil
	case "/", "DIVIDE":
		a, b := arg(0), arg(1)
		if a == nil {
			return nil
		}
		if b == nil || *b == 0 {
			if t.op == "DIVIDE" {
				return arg(2)
			}
			return nil
		}
		return num(*a / *b)
	case "COALESCE":
		if a := arg(0); a != nil {
			return a
		}
		return arg(1)
	case "IF":
		if treeHolds(int(t.x), zero(arg(0)), zero(arg(1))) {
			return arg(2)
		}
		return arg(3)
	case "IF2":
		if arg(0) != nil && treeHolds(int(t.x), zero(arg(1)), 1) {
			return arg(2)
		}
		return nil
	case "SHARE":
		a, b := arg(0), t.args[0].at(c, period, true)
		if a == nil || b == nil || *b == 0 {
			return nil
		}
		return num(*a / *b)
	case "neg", "ABS", "ROUND":
		a := arg(0)
		if a == nil {
			return nil
		}
		switch t.op {
		case "neg":
			return num(-*a)
		case "ABS":
			return num(math.Abs(*a))
		}
		p := math.Pow(10, t.x)
		return num(math.Round(*a*p) / p)
	case "PREVIOUS", "DIFFERENCE", "GROWTH", "RUNNINGTOTAL", "MOVINGAVERAGE":
		return t.along(c, period, wide)
	}
	if wide {
		return c.all[t.op][period]
	}
	return c.own[t.op][period]
}

func (t *tree) along(c treeCells, period int, wide bool) *float64 {
	now := t.args[0].at(c, period, wide)
	var before *float64
	if period > 0 {
		before = t.args[0].at(c, period-1, wide)
	}
	switch t.op {
	case "PREVIOUS":
		return before
	case "DIFFERENCE", "GROWTH":
		if now == nil || before == nil {
			return nil
		}
		if t.op == "GROWTH" {
			return num((*now - *before) / *before)
		}
		return num(*now - *before)
	}
	first := 0
	if t.op == "MOVINGAVERAGE" {
		first = max(0, period-int(t.x)+1)
	}
	sum, n := 0.0, 0
	for p := first; p <= period; p++ {
		if x := t.args[0].at(c, p, wide); x != nil {
			sum += *x
			n++
		}
	}
	switch {
	case n == 0:
		return nil
	case t.op == "RUNNINGTOTAL":
		return num(sum)
	}
	return num(sum / float64(n))
}

func zero(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}

func treeHolds(op int, x, y float64) bool {
	return []bool{x == y, x != y, x < y, x <= y, x > y, x >= y}[op]
}

func TestFormulasAgreeWithPlainRecursion(t *testing.T) {
	m := model()
	count := 3000
	for seed := range uint64(count) {
		d := treeDice{rand.New(rand.NewPCG(seed, 7))}
		expr := d.tree(1 + d.IntN(4))
		text := expr.write(d)
		f, _, err := inQuery(&m, define(text), []FieldRef{State}, []FieldRef{DateAxis})
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		periods := 1 + d.IntN(12)
		c := treeCells{own: map[string][]*float64{}, all: map[string][]*float64{}}
		for _, leaf := range treeLeaves {
			for range periods {
				for _, xs := range []map[string][]*float64{c.own, c.all} {
					x := num(float64(d.IntN(21) - 4))
					if d.IntN(4) == 0 {
						x = nil
					}
					xs[leaf] = append(xs[leaf], x)
				}
			}
		}
		got := f.Evaluate(Cells{Periods: periods, Begun: periods, Base: func(b, s int) []Cell {
			xs := c.own
			if f.Scopes[s] != 0 {
				xs = c.all
			}
			var out []Cell
			for _, x := range xs[f.Bases[b].Info.Name] {
				out = append(out, Cell{X: zero(x), Blank: x == nil})
			}
			return out
		}}, &Scratch{})
		for p := range periods {
			want := expr.at(c, p, false)
			if got[p].Blank != (want == nil) || want != nil && math.Abs(got[p].X-*want) > 1e-7*max(1, math.Abs(*want)) {
				t.Fatalf("seed %d, period %d: %+v, want %v\n%s", seed, p, got[p], want, text)
			}
		}
	}
}

func FuzzDefine(f *testing.F) {
	for _, s := range []string{"[Open bugs] / 2", "CALCULATE(SUM(Work items[Story points]), Work items[State] IN {\"New\"})", "((((", "-----1", "'a''b'[c]]d]", "1e5.", "NOT NOT", "IF(,)", "{{{", "/*", "SHARE([Closed], [State])",
		strings.Repeat("(", 5000), strings.Repeat("-", 4999) + "1", strings.Repeat("NOT ", 1200) + "1", strings.Repeat("1+", 2400) + "1", strings.Repeat("ABS(", 1000)} {
		f.Add(s)
	}
	m := model()
	f.Fuzz(func(t *testing.T, expression string) {
		started := time.Now()
		ms, err := m.Define(define(expression))
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", expression, err)
		}
		if err == nil && (len(ms) != 1 || ms[0].Format == "") {
			t.Errorf("%q: %+v", expression, ms)
		}
		if _, err := m.ReadFilter(expression); err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("filter %q: %v", expression, err)
		}
		if v, d, err := m.ReadValue(expression, nil); err != nil && !fault.Is(err, fault.Invalid) || err == nil && v.Measure == "" && v.Field == "" {
			t.Errorf("value %q: %+v %+v %v", expression, v, d, err)
		} else if err == nil && d != nil {
			if _, err := m.Define([]Definition{*d}); err != nil {
				t.Errorf("value %q became %+v: %v", expression, d, err)
			}
		}
		if took := time.Since(started); took > 5*time.Second {
			t.Errorf("%q took %s", expression, took)
		}
	})
}

func TestHostileDefinitionsEndSoon(t *testing.T) {
	m := model()
	var doubling []Definition // each is made of the one before twice: two to the power of 150
	for i := range 150 {
		expression := "[Closed]"
		if i > 0 {
			expression = fmt.Sprintf("[D%d] + [D%d]", i-1, i-1)
		}
		doubling = append(doubling, Definition{Name: fmt.Sprintf("D%d", i), Expression: expression})
	}
	var steps, values strings.Builder
	for i := range 400 {
		fmt.Fprintf(&steps, "+%d", i)
		if i < 120 {
			fmt.Fprintf(&values, "+CALCULATE([M1],[Id]=%d)", i)
		}
	}
	for name, tc := range map[string]struct {
		defs []Definition
		says string
	}{
		"doubling":      {doubling, "too large"},
		"deep brackets": {define(strings.Repeat("(", 1000) + "1" + strings.Repeat(")", 1000)), "deeper than"},
		"deep signs":    {define(strings.Repeat("- ", 1000) + "1"), "deeper than"},
		"deep calls":    {define(strings.Repeat("ABS(", 500) + "1" + strings.Repeat(")", 500)), "deeper than"},
		"many parts":    {define(strings.Repeat("1+", 2000) + "1"), "more than 1500 parts"},
		"nested shares": {define(strings.Repeat("SHARE(", 40) + "[Closed]" + strings.Repeat(")", 40)), "too large"},
		"many steps":    {define("1" + steps.String()), "steps over"},
		"many values":   {define("1" + values.String()), "different values"},
		"long":          {define(strings.Repeat(" ", maxFormulaLength) + "1"), "longer than"},
	} {
		started := time.Now()
		_, err := m.Define(tc.defs)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.ReportOf(err).Message, tc.says) {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(started); took > 10*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}
