package dataset

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ReadFilter reads filters as the language of measures writes them: Work items[State] IN {"New", "Active"},
// UNDER(Areas[Area path], "Lumen Web"), several joined by &&. COLUMN=VALUE without quotes is one, too. The
// names and values are checked when the query is resolved. Faults: Invalid, with the place.
func (m *Model) ReadFilter(text string) ([]Filter, error) {
	if f, ok := m.plainFilter(text); ok {
		return []Filter{f}, nil
	}
	c := m.reader(nil, text)
	s, err := parse(c.d)
	if err != nil {
		return nil, err
	}
	written, err := c.filters(s, false)
	if err != nil {
		return nil, err
	}
	var out []Filter
	for _, f := range written {
		out = append(out, f.Filter)
	}
	return out, nil
}

// reader checks a text that is no definition of its own.
func (m *Model) reader(defs *definitions, text string) *checker {
	return &checker{r: &resolver{model: m, out: &Resolved{}, defs: defs, budget: newBudget(context.Background())}, defs: defs, anyGroups: true, d: &Definition{Expression: text}}
}

// plainFilter reads COLUMN=VALUE where the value stands without quotes, as on a command line.
func (m *Model) plainFilter(text string) (Filter, bool) {
	name, value, ok := strings.Cut(text, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok || value == "" || strings.ContainsAny(value[:1], `"=`) || strings.HasSuffix(value, ")") && value != Blank || strings.ContainsAny(name, "<>({") {
		return Filter{}, false
	}
	c, err := m.Column(FieldRef(strings.TrimSuffix(strings.TrimPrefix(name, "["), "]")))
	if strings.Contains(name, "[") && !strings.HasPrefix(name, "[") {
		c, err = m.Column(FieldRef(name))
	}
	if err != nil {
		return Filter{}, false
	}
	f := Filter{Field: c.Ref(), Op: In, Values: []any{value}}
	if value == Blank {
		f.Values = []any{nil}
	}
	return f, true
}

// ReadValue reads what to compute: the name of a measure of the model or of a definition, an aggregate of a column
// such as SUM(Work items[Story points]), or an expression, which comes back as a definition of its own.
// Faults: Invalid, with the place or the nearest names.
func (m *Model) ReadValue(text string, defs []Definition) (Value, *Definition, error) {
	ds, err := m.newDefinitions(defs)
	if err != nil {
		return Value{}, nil, err
	}
	if _, _, err := m.measure(text); err == nil || ds.find(text) != nil {
		return Value{Measure: strings.TrimSpace(text)}, nil, nil
	}
	if !strings.ContainsAny(text, "[]()+*/") {
		return Value{}, nil, (&resolver{model: m, defs: ds}).unknownMeasure(text)
	}
	c := m.reader(ds, text)
	s, err := parse(c.d)
	if err != nil {
		return Value{}, nil, err
	}
	c.out, c.known, c.bases, c.scopes = &Formula{Scopes: []Scope{0}}, map[step]int{}, map[string]int{}, map[Scope]int{0: 0}
	if _, err := c.number(s, place{}); err != nil {
		return Value{}, nil, err
	}
	if err := c.fits(c.d); err != nil {
		return Value{}, nil, err
	}
	if v, ok := c.aggregateOnly(s); ok {
		return v, nil, nil
	}
	d := Definition{Name: m.nameFor(text, ds), Expression: text}
	return Value{Measure: d.Name}, &d, nil
}

// aggregateOnly is an expression that is no more than an aggregate of a column, once it was read.
func (c *checker) aggregateOnly(s *syntax) (Value, bool) {
	if s.kind != syntaxCall || len(c.out.steps) != 1 || len(c.out.Bases) != 1 {
		return Value{}, false
	}
	b := c.out.Bases[0]
	if b.Column == nil || len(b.Filters) > 0 {
		return Value{}, false
	}
	return Value{Field: b.Column.Ref(), Aggregate: b.Aggregate}, true
}

// nameFor makes a name of an expression: itself without brackets, and not one that is taken.
func (m *Model) nameFor(text string, ds *definitions) string {
	name := strings.Join(strings.FieldsFunc(withoutBrackets(text), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if utf8.RuneCountInString(name) > maxDefinitionName-4 {
		name = strings.TrimSpace(string([]rune(name)[:maxDefinitionName-4]))
	}
	taken := func() bool {
		_, _, err := m.measure(name)
		return err == nil || ds.find(name) != nil
	}
	for taken() {
		name += "′"
	}
	return name
}

// withoutBrackets writes SUM(Work items[Size]) as SUM(Work items Size), and ABS([Mine]) as ABS(Mine).
func withoutBrackets(text string) string {
	var out strings.Builder
	before := ' '
	for _, r := range text {
		switch {
		case r == '[' && (unicode.IsLetter(before) || before == '\''):
			out.WriteByte(' ')
		case r != '[' && r != ']':
			out.WriteRune(r)
		}
		before = r
	}
	return out.String()
}
