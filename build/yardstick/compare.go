package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"sightline/backend/columns"
	"sightline/backend/dataset"
)

// numbers are an answer as both engines give it: the values of each combination of members.
type numbers map[string][]float64

// ofEngine reads a result. Rows without any number but 0 are left out, as SQL has none for them.
func ofEngine(r dataset.Result) numbers {
	out := numbers{}
	for _, row := range r.Rows {
		var keys []string
		for i, k := range row.Keys {
			d := &r.Dimensions[i]
			m := &d.Members[k]
			switch {
			case d.Field == dataset.DateAxis:
				keys = append(keys, m.Start)
			case d.Field == dataset.AssignedTo || m.Value == nil:
				keys = append(keys, m.Label)
			default:
				keys = append(keys, fmt.Sprint(m.Value))
			}
		}
		values := make([]float64, len(row.Values))
		for i, x := range row.Values {
			if x != nil {
				values[i] = *x
			}
		}
		out.put(keys, values)
	}
	return out
}

func (n numbers) put(keys []string, values []float64) {
	if slices.ContainsFunc(values, func(x float64) bool { return math.Abs(x) > 1e-9 }) {
		n[strings.Join(keys, " | ")] = slices.Clone(values)
	}
}

// ofDuck asks DuckDB. A visual over a difference array is added up here, as a program over SQL would do.
func (d *duck) ofDuck(ctx context.Context, w *world, v *visual) (numbers, error) {
	rows, err := d.answer(ctx, v)
	if err != nil {
		return nil, err
	}
	out := numbers{}
	for _, row := range rows {
		keys, values := v.read(w, row)
		out.put(keys, values)
	}
	return out, nil
}

// answer is what is timed: the rows, with differences added up.
func (d *duck) answer(ctx context.Context, v *visual) ([][]float64, error) {
	rows, err := d.rows(ctx, v.sql)
	if err != nil || v.running == 0 {
		return rows, err
	}
	deltas := make([][]float64, len(states))
	for s := range deltas {
		deltas[s] = make([]float64, v.running)
	}
	for _, row := range rows {
		deltas[int(row[1])][int(row[0])-(today-v.running+1)] += row[2]
	}
	var out [][]float64
	for s, ds := range deltas {
		sum := 0.0
		for i, x := range ds {
			sum += x
			out = append(out, []float64{float64(today - v.running + 1 + i), float64(s), sum})
		}
	}
	return out, nil
}

// same compares an answer of the engine with DuckDB's.
func same(ctx context.Context, e *columns.Engine, d *duck, w *world, v *visual) error {
	q, err := dataset.DecodeQuery([]byte(v.query))
	if err != nil {
		return fmt.Errorf("%s: %w", v.name, err)
	}
	r, err := e.Answer(ctx, q)
	if err != nil {
		return fmt.Errorf("%s: %w", v.name, err)
	}
	ours := ofEngine(r)
	theirs, err := d.ofDuck(ctx, w, v)
	if err != nil {
		return fmt.Errorf("%s: %w", v.name, err)
	}
	least := math.Inf(-1)
	if v.top {
		ours, theirs = withoutLeast(ours, &least), withoutLeast(theirs, &least)
	}
	if len(ours) != len(theirs) || len(ours) == 0 {
		return fmt.Errorf("%s: %d rows, DuckDB has %d", v.name, len(ours), len(theirs))
	}
	for key, xs := range theirs {
		for i, x := range xs {
			if len(ours[key]) != len(xs) || math.Abs(ours[key][i]-x) > 1e-6*max(1, math.Abs(x)) {
				return fmt.Errorf("%s: %q is %v, DuckDB has %v", v.name, key, ours[key], xs)
			}
		}
	}
	return nil
}

// withoutLeast leaves out the members with the least number, because of those any may stand in a list of the top.
func withoutLeast(n numbers, least *float64) numbers {
	if math.IsInf(*least, -1) {
		*least = math.Inf(1)
		for _, xs := range n {
			*least = min(*least, xs[0])
		}
	}
	out := numbers{}
	for key, xs := range n {
		if xs[0] > *least {
			out[key] = xs
		}
	}
	return out
}
