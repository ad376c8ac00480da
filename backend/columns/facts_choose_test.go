package columns_test

import (
	"cmp"
	"math"
	"slices"
	"testing"
	"time"

	"sightline/backend/dataset"
)

// A filter on the first members by a measure keeps those that a person would read off the sorted list.
func TestTheFirstMembersByAMeasureOfFactsAreThoseOfItsSortedList(t *testing.T) {
	compared := 0
	lawWorlds(t, func(t *testing.T, d dice, w *factWorld, now time.Time, answer func(dataset.Query) dataset.Result) {
		for range 40 {
			name := pick(d, factMeasureNames)
			ref := pick(d, someColumns(d, slowMeasures[name].table))
			if _, isDate := dayColumns[ref]; isDate || slices.Contains(tagColumns, ref) {
				continue
			}
			q := dataset.Query{Values: []dataset.Value{{Measure: name}}, Rows: []dataset.Group{{Field: ref}}}
			if d.chance(0.5) {
				q.Filters = []dataset.Filter{d.factFilter(w, reaching(slowMeasures[name].table), now)}
			}
			r := answer(q)
			rows := slices.DeleteFunc(r.Rows, func(row dataset.Row) bool { return row.Values[0] == nil })
			slices.SortStableFunc(rows, func(a, b dataset.Row) int { return cmp.Compare(*b.Values[0], *a.Values[0]) })
			n := 1 + d.IntN(3)
			if len(rows) <= n || math.Abs(*rows[n-1].Values[0]-*rows[n].Values[0]) < 1e-9 {
				continue // nothing is cut off, or a tie decides
			}
			var first []any
			for _, row := range rows[:n] {
				first = append(first, r.Dimensions[0].Members[row.Keys[0]].Value)
			}
			top, in := q, q
			top.Filters = append(slices.Clone(q.Filters), dataset.Filter{Field: ref, Op: dataset.TopN, Values: []any{float64(n)}, By: &dataset.Value{Measure: name}})
			in.Filters = append(slices.Clone(q.Filters), dataset.Filter{Field: ref, Op: dataset.In, Values: first})
			got, _ := flatten(answer(top))
			want, _ := flatten(answer(in))
			for _, wrong := range differences("", got, want) {
				t.Errorf("first %d of %s by %s: %s", n, ref, name, wrong)
			}
			compared++
		}
	})
	if compared < 40 {
		t.Errorf("only %d lists were compared", compared)
	}
}
