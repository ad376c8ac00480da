package columns_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"sightline/backend/dataset"
)

var (
	queryCount = flag.Int("queries", 2000, "how many random queries are compared with the slow calculator")
	firstSeed  = flag.Uint64("seed", 1, "seed of the first random world")
)

// queriesPerWorld is how many queries each random world answers.
const queriesPerWorld = 25

// flatten writes a result as the slow calculator writes it: the values of the members of a row, and
// the numbers.
func flatten(r dataset.Result) (rows, parts map[string][]float64) {
	rows, parts = map[string][]float64{}, map[string][]float64{}
	for _, row := range r.Rows {
		key := keyIn(r.Dimensions, row)
		rows[key] = plain(row.Values)
		parts[key] = plain(row.Parts)
	}
	return rows, parts
}

func keyIn(dims []dataset.Dimension, row dataset.Row) string {
	key := ""
	for i, k := range row.Keys {
		m := dims[i].Members[k]
		part := fmt.Sprint(m.Value)
		if dims[i].Type == dataset.Date && m.Value != nil {
			part = m.Start
		}
		key += "|" + part
	}
	return key
}

// wrongTotals compares the totals of rows or columns. A group that only stands in the cells, at an
// earlier time than its total, has no rows there: its counts are 0 and its other numbers null.
func wrongTotals(what string, r dataset.Result, totals []dataset.Row, from, to int, want map[string][]float64) []string {
	got := map[string][]float64{}
	for _, row := range totals {
		key := keyIn(r.Dimensions[from:to], row)
		if xs := plain(row.Values); want[key] != nil || slices.ContainsFunc(xs, func(x float64) bool { return x > 0 || x < 0 }) {
			got[key] = xs
		}
	}
	for key := range want {
		if got[key] == nil { // no cell of it has anything
			delete(want, key)
		}
	}
	if len(r.Dimensions) > r.RowGroups && r.RowGroups > 0 && len(r.Rows) > 0 && len(totals) == 0 {
		return []string{what + ": none"}
	}
	return differences(what, got, want)
}

func TestEngineAgreesWithPlainLoopsOverRevisions(t *testing.T) {
	ctx := context.Background()
	count := *queryCount
	if raceEnabled && count == 2000 {
		count = 300
	}
	for done, seed := 0, *firstSeed; done < count; seed++ {
		d := newDice(seed)
		w, now := d.world()
		e := w.engine(now)
		for range queriesPerWorld {
			q := d.query(w, now)
			done++
			text, err := json.Marshal(q)
			if err != nil {
				t.Fatal(err)
			}
			r, err := e.Answer(ctx, q)
			if err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, text)
			}
			if wrong := wrongAnswer(r, answerSlowly(w, now, q), q); len(wrong) > 0 {
				t.Fatalf("seed %d, zone %s, now %s: %d differences\n%s\n%s", seed, w.zone, now, len(wrong), text, strings.Join(wrong[:min(8, len(wrong))], "\n"))
			}
		}
	}
}

func differences(what string, got, want map[string][]float64) []string {
	var out []string
	keys := slices.Sorted(maps.Keys(got))
	for k := range want {
		if _, ok := got[k]; !ok {
			keys = append(keys, k)
		}
	}
	for _, k := range keys {
		g, okG := got[k]
		w, okW := want[k]
		switch {
		case !okG:
			out = append(out, fmt.Sprintf("%s %q: missing, want %v", what, k, w))
		case !okW:
			out = append(out, fmt.Sprintf("%s %q: got %v, want no such row", what, k, g))
		case !slices.EqualFunc(g, w, same):
			out = append(out, fmt.Sprintf("%s %q: got %v, want %v", what, k, g, w))
		}
	}
	return out
}
