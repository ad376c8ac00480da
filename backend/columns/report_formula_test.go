package columns_test

import (
	"slices"
	"testing"

	"sightline/backend/dataset"
)

// pageFormulas are the measures that pages define for themselves, by their expression: what they stand on and how.
var pageFormulas = map[string]struct {
	of    []string
	value func(x []float64) float64
}{
	"DIVIDE([Velocity completed] + [Velocity completed late], [Velocity planned])": {
		[]string{dataset.VelocityCompleted, dataset.VelocityLate, dataset.VelocityPlanned}, func(x []float64) float64 { return shareOf(x[0]+x[1], x[2]) }},
	"[Closed] / 30":                  {[]string{dataset.Closed}, func(x []float64) float64 { return x[0] / 30 }},
	"[Bugs closed] / [Bugs created]": {[]string{dataset.BugsClosed, dataset.BugsCreated}, func(x []float64) float64 { return shareOf(x[0], x[1]) }},
	"[Bugs created] - [Bugs closed]": {[]string{dataset.BugsCreated, dataset.BugsClosed}, func(x []float64) float64 { return x[0] - x[1] }},
	"[Rollup estimate] - [Rollup completed estimate]": {
		[]string{dataset.SumRollupEstimate, dataset.SumRollupCompletedEstimate}, func(x []float64) float64 { return x[0] - x[1] }},
}

// shareOf is a ratio, null over nothing.
func shareOf(a, b float64) float64 {
	if b == 0 {
		return null
	}
	return a / b
}

// withoutDefinitions asks for the measures that defined ones stand on, and says how to put the answer together.
func withoutDefinitions(t *testing.T, q dataset.Query) (dataset.Query, func(slowAnswer) slowAnswer) {
	t.Helper()
	type made struct {
		from, n int
		value   func([]float64) float64
	}
	var values []dataset.Value
	var how []made
	for _, v := range q.Values {
		i := slices.IndexFunc(q.Define, func(d dataset.Definition) bool { return d.Name == v.Measure })
		if i < 0 {
			how = append(how, made{len(values), 1, func(x []float64) float64 { return x[0] }})
			values = append(values, v)
			continue
		}
		f, ok := pageFormulas[q.Define[i].Expression]
		if !ok {
			t.Fatalf("say in pageFormulas how %q is calculated", q.Define[i].Expression)
		}
		how = append(how, made{len(values), len(f.of), f.value})
		for _, m := range f.of {
			values = append(values, dataset.Value{Measure: m, Filters: v.Filters})
		}
	}
	q.Values = values
	one := func(xs []float64) []float64 {
		if xs == nil {
			return nil
		}
		out := make([]float64, len(how))
		for i, m := range how {
			out[i] = m.value(xs[m.from : m.from+m.n])
		}
		return out
	}
	return q, func(a slowAnswer) slowAnswer {
		for _, rows := range []map[string][]float64{a.rows, a.parts, a.rowTotals, a.columnTotals} {
			for key, xs := range rows {
				rows[key] = one(xs)
			}
		}
		a.total, a.totalParts = one(a.total), one(a.totalParts)
		return a
	}
}
