package dataset

import (
	"fmt"
	"strings"
)

// checker turns parsed definitions into a Formula: names are looked up, types are checked, and equal steps become
// one step.
type checker struct {
	r    *resolver
	defs *definitions
	// groups are those of the query, rows first; nil with anyGroups, when a definition is checked by itself.
	groups    []ResolvedGroup
	rows      int
	anyGroups bool

	out     *Formula
	natures []nature // of the steps
	known   map[step]int
	bases   map[string]int
	scopes  map[Scope]int
	visits  int
	root    *Definition // whose formula is made
	stack   []string    // definitions that are being read, each by the one before
	d       *Definition
}

// place is where in a query an expression stands: under which filters, without which groups.
type place struct {
	filters []ResolvedFilter
	key     int // of the filters of CALCULATE among them, as definitions.joined numbers them; 0 without
	off     Scope
}

// The limits of one measure with all measures that it is made of: the work of reading it, its steps, and what an
// engine must compute for it.
const (
	maxVisits = 20_000
	maxSteps  = 500
	maxBases  = 100
)

// formula makes the measure of the definition ready.
func (c *checker) formula(d *Definition, at place) (*Formula, ValueInfo, error) {
	c.out, c.natures, c.visits, c.root = &Formula{Scopes: []Scope{0}}, nil, 0, d
	c.known, c.bases, c.scopes = map[step]int{}, map[string]int{}, map[Scope]int{0: 0}
	result, err := c.definition(d, at)
	if err != nil {
		return nil, ValueInfo{}, err
	}
	c.out.result = result
	return c.out, c.natures[result].info(d), c.fits(d)
}

// fits refuses a formula that is too much to compute.
func (c *checker) fits(d *Definition) error {
	if len(c.out.steps) <= maxSteps && len(c.out.Bases) <= maxBases {
		return nil
	}
	return placed(d, span{0, len(d.Expression)}, fmt.Sprintf("The measure is too much to compute: up to %d steps over %d different values can be.", maxSteps, maxBases), "Make it of fewer measures.")
}

// definition reads the expression of a measure of a person, here or where another one names it.
func (c *checker) definition(d *Definition, at place) (int, error) {
	s, err := c.defs.parsed(d)
	if err != nil {
		return 0, err
	}
	outer := c.d
	c.d = d
	c.stack = append(c.stack, strings.ToLower(d.Name))
	defer func() {
		c.d = outer
		c.stack = c.stack[:len(c.stack)-1]
	}()
	return c.number(s, at)
}

func (c *checker) refuse(s *syntax, message, hint string) error {
	return placed(c.d, s.span, message, hint)
}

// add appends a step, or finds the equal one.
func (c *checker) add(s step, n nature) int {
	if i, ok := c.known[s]; ok {
		return i
	}
	i := len(c.out.steps)
	c.out.steps, c.natures = append(c.out.steps, s), append(c.natures, n)
	c.known[s] = i
	return i
}

// pure is a step of earlier steps only.
func (c *checker) pure(op stepOp, n nature, args ...int) int {
	s := step{op: op, a: -1, b: -1, c: -1}
	for i, at := range []*int{&s.a, &s.b, &s.c} {
		if i < len(args) {
			*at = args[i]
		}
	}
	return c.add(s, n)
}

func (c *checker) constant(x float64) int {
	return c.add(step{op: stepConstant, a: -1, b: -1, c: -1, number: x}, constantNature(x))
}

func (c *checker) blank() int {
	return c.pure(stepBlank, nature{constant: true, format: "integer", additive: true, direction: Neutral})
}

// number reads an expression that must be a number.
func (c *checker) number(s *syntax, at place) (int, error) {
	i, err := c.expression(s, at)
	if err == nil && c.natures[i].boolean {
		return 0, c.refuse(s, "A number is needed here; this is true or false.", "Choose between two numbers with IF(condition, number, number).")
	}
	return i, err
}

// condition reads an expression that must be true or false.
func (c *checker) condition(s *syntax, at place) (int, error) {
	i, err := c.expression(s, at)
	if err == nil && !c.natures[i].boolean {
		return 0, c.refuse(s, "A condition is needed here; this is a number.", "Compare it with something, such as [Open bugs] > 0.")
	}
	return i, err
}

// visit pays for reading so many parts, and ends a formula that grew too large before all of it is made.
func (c *checker) visit(s *syntax, parts int) error {
	if c.visits += parts; c.visits > maxVisits {
		return c.refuse(s, "The measure is too large with all the measures that it is made of.", "Make it of fewer measures.")
	}
	if err := c.fits(c.root); err != nil {
		return err
	}
	return c.r.budget.spend(parts)
}

func (c *checker) expression(s *syntax, at place) (int, error) {
	if err := c.visit(s, 1); err != nil {
		return 0, err
	}
	switch s.kind {
	case syntaxNumber:
		return c.constant(s.number), nil
	case syntaxBoolean:
		n := constantNature(s.number)
		n.boolean = true
		return c.add(step{op: stepTruth, a: -1, b: -1, c: -1, number: s.number}, n), nil
	case syntaxBracket:
		return c.measure(s, at)
	case syntaxCall:
		return c.call(s, at)
	case syntaxOperator:
		return c.operator(s, at)
	case syntaxColumn:
		return 0, c.column(s)
	case syntaxText:
		return 0, c.refuse(s, `The text "`+s.name+`" is no number.`, "Texts stand in filters, such as CALCULATE([Work items], Work items[Type] = \""+s.name+`").`)
	}
	return 0, c.refuse(s, "A list in braces is no number.", `Lists stand in filters, such as Work items[State] IN {"New", "Active"}.`)
}

// column refuses a column that stands without an aggregate, or that does not exist.
func (c *checker) column(s *syntax) error {
	ref := FieldRef(s.table + "[" + s.name + "]")
	if _, err := c.r.model.Column(ref); err != nil {
		return placedBecause(c.d, s.span, err)
	}
	return c.refuse(s, fmt.Sprintf("The column %s has a value for each row; a measure needs one number.", ref), fmt.Sprintf("Aggregate it, such as SUM(%s) or COUNT(%s).", ref, ref))
}

// measure looks up [Name]: a definition of the query, else a measure of the model.
func (c *checker) measure(s *syntax, at place) (int, error) {
	if d := c.defs.find(s.name); d != nil {
		for i, name := range c.stack {
			if name == strings.ToLower(d.Name) {
				return 0, c.refuse(s, "The measure is made of itself: "+c.cycle(i)+".", "Take one of these references out.")
			}
		}
		return c.definition(d, at)
	}
	ms, shared, err := c.r.model.measure(s.name)
	if err != nil {
		return 0, c.unknownMeasure(s)
	}
	if shared != "" {
		c.r.out.Notes = append(c.r.out.Notes, shared)
	}
	return c.leaf(s, Value{Measure: ms.Name}, at)
}

// cycle writes the measures from one to itself.
func (c *checker) cycle(from int) string {
	var names []string
	for _, name := range append(c.stack[from:len(c.stack):len(c.stack)], c.stack[from]) {
		names = append(names, "["+c.defs.find(name).Name+"]")
	}
	return strings.Join(names, " → ")
}

func (c *checker) unknownMeasure(s *syntax) error {
	if col, err := c.r.model.Column(FieldRef(s.name)); err == nil {
		return c.refuse(s, "There is no measure "+briefly(s.name)+".", fmt.Sprintf("%s is a column; aggregate it, such as COUNT(%s).", col.Ref(), col.Ref()))
	}
	return placedBecause(c.d, s.span, c.r.unknownMeasure(s.name))
}

// leaf is a base: a measure of the model or an aggregate, under the filters of its place.
func (c *checker) leaf(s *syntax, v Value, at place) (int, error) {
	if err := c.visit(s, len(at.filters)); err != nil {
		return 0, err
	}
	base, err := c.r.value(v)
	if err != nil {
		return 0, placedBecause(c.d, s.span, err)
	}
	if base.Column != nil && c.r.model.Computed(base.Column.Table) {
		base.Table = base.Column.Table
		c.r.timed(&base)
	}
	key := fmt.Sprintf("%s|%s|%s|%d", v.Measure, v.Field, v.Aggregate, at.key)
	base.Filters = append(base.Filters, at.filters...)
	b, ok := c.bases[key]
	if !ok {
		b = len(c.out.Bases)
		c.bases[key] = b
		c.out.Bases = append(c.out.Bases, base)
	}
	scope, ok := c.scopes[at.off]
	if !ok {
		scope = len(c.out.Scopes)
		c.scopes[at.off] = scope
		c.out.Scopes = append(c.out.Scopes, at.off)
	}
	return c.add(step{op: stepLeaf, a: -1, b: -1, c: -1, base: b, scope: scope, flat: c.flat(at)}, natureOf(base.Info)), nil
}

// axis is the position of the date axis among the groups, -1 without one.
func (c *checker) axis() int {
	for i, g := range c.groups {
		if g.Column.Ref() == DateAxis {
			return i
		}
	}
	return -1
}

// flat reports whether the date axis is taken off at the place.
func (c *checker) flat(at place) bool { return c.axis() >= 0 && at.off.Holds(c.axis()) }
