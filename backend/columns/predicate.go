package columns

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"sightline/backend/dataset"
)

// predicate is a list of filters made ready for one generation: a look-up table for each
// dictionary-coded column of a row, and tests for the rest. All must pass.
type predicate struct {
	tables [][]uint8 // of each vector of a row; nil where every code passes
	tests  []rowTest
	// dates are the days that filters on Dates[Date] keep; nil without such a filter.
	dates daySet
	// aged is true when a test depends on the as-of time.
	aged bool
	// present names the columns whose history is not in memory.
	present []string
	// iterations is true when a filter names the iteration tree, current when one asks for the current.
	iterations, current bool
	// teams are the members that filters on Teams[Team] keep, nil without such a filter.
	teams []bool
	key   string // the same for predicates that keep the same rows
	notes []string
}

type rowTest func(g *generation, s *segment, row int32, at *moment) bool

// test reports whether one row passes.
func (p *predicate) test(g *generation, s *segment, row int32, at *moment) bool {
	for v, table := range p.tables {
		if table != nil && table[s.vector[v].at(row)] == 0 {
			return false
		}
	}
	for _, t := range p.tests {
		if !t(g, s, row, at) {
			return false
		}
	}
	return true
}

// pass writes 1 for the rows of the whole segment that pass, 0 for the others. Faults: Canceled.
func (p *predicate) pass(ctx context.Context, g *generation, s *segment, rows []uint8, at *moment) error {
	for lo := 0; lo < len(rows); lo += maskedAtOnce {
		if err := ctx.Err(); err != nil {
			return err
		}
		some := rows[lo:min(lo+maskedAtOnce, len(rows))]
		for i := range some {
			some[i] = 1
		}
		for v, table := range p.tables {
			if table != nil {
				s.vector[v].keep(some, lo, table)
			}
		}
		for _, test := range p.tests {
			for i, pass := range some {
				if pass == 1 && !test(g, s, int32(lo+i), at) {
					some[i] = 0
				}
			}
		}
	}
	return nil
}

func (p *predicate) restrict(vector int, table []uint8) {
	if p.tables[vector] == nil {
		p.tables[vector] = table
		return
	}
	for i := range table {
		p.tables[vector][i] &= table[i]
	}
}

// compile makes filters ready for a table. today is the as-of day, which relative dates count from; settled
// is true when rows are only looked at as they are now. Faults: Canceled.
func (g *generation) compile(ctx context.Context, rel *relation, filters []dataset.ResolvedFilter, today dataset.Day, settled bool) (*predicate, error) {
	p := &predicate{tables: make([][]uint8, len(rel.now.vector))}
	keys := make([]string, 0, len(filters))
	for _, f := range filters {
		if f.Column.Ref() != dataset.DateAxis { // days are no matter of rows
			keys = append(keys, f.Key())
		}
		if err := g.compileFilter(ctx, p, rel, f, today, settled); err != nil {
			return nil, err
		}
	}
	slices.Sort(keys)
	p.key = fmt.Sprint(rel.table, settled, today, "\n", strings.Join(slices.Compact(keys), "\n"))
	return p, nil
}

func (g *generation) compileFilter(ctx context.Context, p *predicate, rel *relation, f dataset.ResolvedFilter, today dataset.Day, settled bool) error {
	ref := f.Column.Ref()
	if ref == dataset.DateAxis {
		p.dates = p.dates.and(filterDays(f, today, g.cal.weekStart))
		return nil
	}
	src := rel.sources[ref]
	if src == nil {
		return nil // checkSources says so
	}
	if src.up != nil {
		return g.compileLifted(ctx, p, src, f, today, settled)
	}
	if src.present {
		p.present = append(p.present, f.Column.Name)
	}
	if f.Column.Table == dataset.Iterations {
		p.iterations = true
	}
	switch {
	case src.titles != nil:
		match := textTest(f)
		p.tests = append(p.tests, func(g *generation, s *segment, row int32, _ *moment) bool {
			return match(src.text(s, row))
		})
	case src.number != nil:
		p.aged = p.aged || src.aged
		match := numberTest(f, today, g.cal.weekStart)
		if src.buckets != nil {
			match = bucketTest(f, src.buckets)
		}
		if src.member != nil {
			match = g.ancestorTest(f, src)
		}
		p.tests = append(p.tests, func(g *generation, s *segment, row int32, at *moment) bool { return match(src.number(g, s, row, at)) })
	default:
		g.compileCoded(p, f, src, today, settled)
	}
	return nil
}

// compileLifted makes a filter on the parent's rows a look-up table of them.
func (g *generation) compileLifted(ctx context.Context, p *predicate, src *source, f dataset.ResolvedFilter, today dataset.Day, settled bool) error {
	parent := src.up.parent
	of := &predicate{tables: make([][]uint8, len(parent.now.vector))}
	if err := g.compileFilter(ctx, of, parent, f, today, settled); err != nil {
		return err
	}
	p.notes, p.present = append(p.notes, of.notes...), append(p.present, of.present...)
	orphan := uint8(boolInt(blankPasses(f, src, today, g.cal.weekStart)))
	if of.aged && (!settled || src.clocked) {
		p.aged = true
		p.tests = append(p.tests, func(g *generation, s *segment, row int32, at *moment) bool {
			if r, ok := src.row(s, row); ok {
				return of.test(g, parent.now, r, at)
			}
			return orphan == 1
		})
		return nil
	}
	table := make([]uint8, parent.now.n+1)
	table[0] = orphan
	if err := of.pass(ctx, g, parent.now, table[1:], g.latest()); err != nil {
		return err
	}
	p.restrict(src.vector, table)
	return nil
}

// blankPasses reports whether the filter keeps a row without a value.
func blankPasses(f dataset.ResolvedFilter, src *source, today dataset.Day, weekStart weekday) bool {
	switch {
	case src.buckets != nil:
		return bucketTest(f, src.buckets)(nan)
	case src.number != nil || src.up.under.numbers != nil:
		return numberTest(f, today, weekStart)(nan)
	case src.titles != nil:
		return textTest(f)("")
	}
	return memberTest(f)(&dataset.Member{Label: dataset.Blank})
}

func (g *generation) compileCoded(p *predicate, f dataset.ResolvedFilter, src *source, today dataset.Day, settled bool) {
	table := g.passingCodes(p, f, src, today)
	if f.Column.Ref() == dataset.Team {
		p.teams = g.teamsKept(p.teams, f)
	}
	if len(src.stages) > 0 && !settled {
		p.aged = true
		p.tests = append(p.tests, func(_ *generation, s *segment, row int32, at *moment) bool { return table[src.codeAt(s, row, at)] == 1 })
		return
	}
	if src.ofItem {
		p.tests = append(p.tests, func(g *generation, s *segment, row int32, _ *moment) bool {
			return table[g.items.vector[src.vector].at(s.itemOf(row))] == 1
		})
		return
	}
	p.restrict(src.vector, table)
}

// opposite turns round the operators that speak of none of several members.
var opposite = map[dataset.Op]dataset.Op{dataset.NotIn: dataset.In, dataset.NotContains: dataset.Contains, dataset.NotStartsWith: dataset.StartsWith}

// passingCodes has 1 for every code that passes: one of the alternatives, or the filter itself.
func (g *generation) passingCodes(p *predicate, f dataset.ResolvedFilter, src *source, today dataset.Day) []uint8 {
	if len(f.Any) > 0 {
		table := g.passingCodes(p, f.Any[0], src, today)
		for _, a := range f.Any[1:] {
			for c, pass := range g.passingCodes(p, a, src, today) {
				table[c] |= pass
			}
		}
		return table
	}
	if opposite[f.Op] == "" || src.domain.many == nil {
		return g.codedTable(p, f, src, today)
	}
	f.Op = opposite[f.Op] // no member may be one of those
	table := g.codedTable(p, f, src, today)
	for c := range table {
		table[c] = 1 - table[c]
	}
	return table
}

// codedTable has 1 for every code that passes.
func (g *generation) codedTable(p *predicate, f dataset.ResolvedFilter, src *source, today dataset.Day) []uint8 {
	var of func(c int) bool
	switch {
	case f.Op == dataset.Current:
		p.current = true
		codes := g.currentIterations(today)
		of = func(c int) bool { return slices.Contains(codes, uint32(c)) }
	case src.days != nil:
		match := numberTest(f, today, g.cal.weekStart)
		of = func(c int) bool { return match(dayNumber(src.days[c])) }
	case src.numbers != nil:
		match := numberTest(f, today, g.cal.weekStart)
		of = func(c int) bool { return match(src.numbers[c]) }
	default:
		if f.Op == dataset.In || f.Op == dataset.NotIn || f.Op == dataset.Under {
			p.notes = append(p.notes, unknownMembers(f, src.domain)...)
		}
		return src.domain.passing(src.domain.kept(f))
	}
	table := make([]uint8, len(src.domain.of))
	for c := range table {
		table[c] = uint8(boolInt(of(c)))
	}
	return table
}

// teamsKept narrows the teams to those a filter names; other operators leave the choice open.
func (g *generation) teamsKept(kept []bool, f dataset.ResolvedFilter) []bool {
	if f.Op != dataset.In {
		return kept
	}
	var teams domain
	for i, v := range g.teamValues() {
		teams.members = append(teams.members, dataset.Member{Value: v, Label: g.dicts.teams[i].Name})
	}
	out := teams.named(f)
	for i := range out {
		out[i] = out[i] && (kept == nil || kept[i])
	}
	return out
}

// unknownMembers says which values of a filter no member has, because a typing error would otherwise
// look like an empty answer.
func unknownMembers(f dataset.ResolvedFilter, d *domain) []string {
	var notes []string
	for _, v := range f.Values {
		if v == nil {
			continue
		}
		if len(d.find(v)) == 0 && !builtIn(f.Column.Ref()) {
			notes = append(notes, fmt.Sprintf("Nothing in this dataset has %s %q.", f.Column.Ref(), v))
		}
	}
	return notes
}

// builtIn columns have members that need not occur in the data.
func builtIn(ref dataset.FieldRef) bool {
	return ref == dataset.Category || ref == dataset.IsBug || ref == dataset.BacklogLevel || ref == dataset.Process
}

// memberTest tests a member of a text column by its value, its label or the name of its node.
func memberTest(f dataset.ResolvedFilter) func(*dataset.Member) bool {
	switch f.Op {
	case dataset.AnyOf:
		return anyTest(f, memberTest)
	case dataset.NotContains, dataset.NotStartsWith:
		match := textTest(f)
		return func(m *dataset.Member) bool { return m.Value == nil || match(m.Label) }
	case dataset.In, dataset.NotIn:
		listed := listing(f)
		return func(m *dataset.Member) bool { return listed(m) == (f.Op == dataset.In) }
	case dataset.Under:
		return func(m *dataset.Member) bool {
			path, _ := m.Value.(string)
			return path != "" && slices.ContainsFunc(f.Values, func(v any) bool {
				root, _ := v.(string)
				return strings.EqualFold(path, root) || below(path, root)
			})
		}
	case dataset.IsBlank:
		return func(m *dataset.Member) bool { return m.Value == nil }
	case dataset.IsNotBlank:
		return func(m *dataset.Member) bool { return m.Value != nil }
	}
	match := textTest(f)
	return func(m *dataset.Member) bool { return m.Value != nil && match(m.Label) }
}

// anyTest tests by the alternatives of a filter.
func anyTest[T any](f dataset.ResolvedFilter, of func(dataset.ResolvedFilter) func(T) bool) func(T) bool {
	tests := make([]func(T) bool, len(f.Any))
	for i, a := range f.Any {
		tests[i] = of(a)
	}
	return func(x T) bool {
		for _, test := range tests {
			if test(x) {
				return true
			}
		}
		return false
	}
}

// textTest tests a text that is not a dictionary's.
func textTest(f dataset.ResolvedFilter) func(string) bool {
	if len(f.Any) > 0 {
		return anyTest(f, textTest)
	}
	texts := make([]string, len(f.Values))
	for i, v := range f.Values {
		s, _ := v.(string)
		texts[i] = strings.ToLower(s)
	}
	hasNull := slices.Contains(f.Values, nil)
	listed := make(map[string]bool, len(texts))
	for _, text := range texts {
		listed[text] = true
	}
	in := func(s string) bool { return s == "" && hasNull || s != "" && listed[strings.ToLower(s)] }
	switch f.Op {
	case dataset.NotIn:
		return func(s string) bool { return !in(s) }
	case dataset.Contains:
		return func(s string) bool { return s != "" && strings.Contains(strings.ToLower(s), texts[0]) }
	case dataset.StartsWith:
		return func(s string) bool { return s != "" && strings.HasPrefix(strings.ToLower(s), texts[0]) }
	case dataset.NotContains:
		return func(s string) bool { return !strings.Contains(strings.ToLower(s), texts[0]) || s == "" }
	case dataset.NotStartsWith:
		return func(s string) bool { return !strings.HasPrefix(strings.ToLower(s), texts[0]) || s == "" }
	case dataset.IsBlank:
		return func(s string) bool { return s == "" }
	case dataset.IsNotBlank:
		return func(s string) bool { return s != "" }
	}
	return in
}

// numberTest tests a number or a day; null, which is NaN, passes blank tests and null in a list only.
func numberTest(f dataset.ResolvedFilter, today dataset.Day, weekStart weekday) func(float64) bool {
	if len(f.Any) > 0 {
		return anyTest(f, func(a dataset.ResolvedFilter) func(float64) bool { return numberTest(a, today, weekStart) })
	}
	lows, highs := make([]float64, len(f.Values)), make([]float64, len(f.Values))
	hasNull := slices.Contains(f.Values, nil)
	for i, v := range f.Values {
		lows[i], highs[i] = nan, nan
		switch x := v.(type) {
		case float64:
			lows[i], highs[i] = x, x
		case string:
			if r, ok := dataset.ParseDays(x, today); ok {
				lows[i], highs[i] = float64(r.First), float64(r.Last)
			}
		}
	}
	covered := union(lows, highs)
	in := func(x float64) bool {
		if math.IsNaN(x) {
			return hasNull
		}
		at, found := slices.BinarySearchFunc(covered, x, func(s extent, x float64) int { return cmp.Compare(s.low, x) })
		return found || at > 0 && x <= covered[at-1].high
	}
	switch f.Op {
	case dataset.In:
		return in
	case dataset.NotIn:
		return func(x float64) bool { return !in(x) }
	case dataset.GreaterEqual:
		return func(x float64) bool { return x >= lows[0] }
	case dataset.Greater:
		return func(x float64) bool { return x > highs[0] }
	case dataset.LessEqual:
		return func(x float64) bool { return x <= highs[0] }
	case dataset.Less:
		return func(x float64) bool { return x < lows[0] }
	case dataset.Between:
		return func(x float64) bool { return lows[0] <= x && x <= highs[1] }
	case dataset.IsBlank:
		return func(x float64) bool { return math.IsNaN(x) }
	case dataset.IsNotBlank:
		return func(x float64) bool { return !math.IsNaN(x) }
	}
	r := f.Days(today, weekStart)
	return func(x float64) bool { return float64(r.First) <= x && x <= float64(r.Last) }
}

func bucketTest(f dataset.ResolvedFilter, buckets []dataset.Member) func(float64) bool {
	match := memberTest(f)
	pass := make([]bool, len(buckets)+1) // the last is (Blank)
	for i := range pass {
		m := bucketMember(float64(i), buckets)
		pass[i] = match(&m)
	}
	return func(x float64) bool {
		if math.IsNaN(x) {
			return pass[len(buckets)]
		}
		return pass[int(x)]
	}
}

func bucketMember(x float64, buckets []dataset.Member) dataset.Member {
	if i := int(x); !math.IsNaN(x) && i < len(buckets) {
		return buckets[i]
	}
	return dataset.Member{Label: dataset.Blank}
}

// bucketMembers are the members of buckets that are known by their names.
func bucketMembers(names []string) []dataset.Member {
	out := make([]dataset.Member, len(names))
	for i, n := range names {
		out[i] = dataset.Member{Value: n, Label: n}
	}
	return out
}
