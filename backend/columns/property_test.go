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
		key := ""
		for i, k := range row.Keys {
			m := r.Dimensions[i].Members[k]
			part := fmt.Sprint(m.Value)
			if r.Dimensions[i].Type == dataset.Date && m.Value != nil {
				part = m.Start
			}
			key += "|" + part
		}
		rows[key] = plain(row.Values)
		parts[key] = plain(row.Parts)
	}
	return rows, parts
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
			want := answerSlowly(w, now, q)
			rows, parts := flatten(r)
			var wrong []string
			wrong = append(wrong, differences("", rows, want.rows)...)
			wrong = append(wrong, differences("total", map[string][]float64{"": plain(r.Total.Values)}, map[string][]float64{"": want.total})...)
			if q.Highlight != nil {
				wrong = append(wrong, differences("part", parts, want.parts)...)
				wrong = append(wrong, differences("total part", map[string][]float64{"": plain(r.Total.Parts)}, map[string][]float64{"": want.totalParts})...)
			}
			if len(wrong) > 0 {
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
