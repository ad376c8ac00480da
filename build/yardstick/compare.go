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

// labelled are the columns whose members are compared by what a person reads; their values are ids and addresses.
var labelled = map[dataset.FieldRef]bool{dataset.AssignedTo: true, dataset.CommitAuthor: true, dataset.Repository: true, dataset.Pipeline: true}

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
			case labelled[d.Field] || m.Value == nil:
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

// same compares an answer of the engine with those of the databases.
func same(ctx context.Context, e *columns.Engine, w *world, v *visual, databases ...*database) error {
	q, err := decode(v.query)
	if err != nil {
		return fmt.Errorf("%s: %w", v.name, err)
	}
	r, err := e.Answer(ctx, q)
	if err != nil {
		return fmt.Errorf("%s: %w", v.name, err)
	}
	ours := ofEngine(r)
	for _, d := range databases {
		theirs, err := d.numbers(ctx, w, v)
		if err == nil {
			err = v.agree(ours, theirs)
		}
		if err != nil {
			return fmt.Errorf("%s: %s: %w", v.name, d.name, err)
		}
	}
	return nil
}

// agree says where two answers of a visual differ.
func (v *visual) agree(ours, theirs numbers) error {
	least := math.Inf(-1)
	if v.top {
		ours, theirs = withoutLeast(ours, &least), withoutLeast(theirs, &least)
	}
	if len(ours) != len(theirs) || len(ours) == 0 {
		return fmt.Errorf("%d rows, theirs are %d", len(ours), len(theirs))
	}
	for key, xs := range theirs {
		for i, x := range xs {
			if len(ours[key]) != len(xs) || math.Abs(ours[key][i]-x) > 1e-6*max(1, math.Abs(x)) {
				return fmt.Errorf("%q is %v, theirs is %v", key, ours[key], xs)
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
