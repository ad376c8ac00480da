package columns_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"sightline/backend/dataset"
)

// Queries over facts are quick to calculate slowly, so there are four of them for each over work items.
func TestEngineAgreesWithPlainLoopsOverFacts(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	count := 4 * *queryCount
	if raceEnabled && *queryCount == 2000 {
		count = 300
	}
	for done, seed := 0, *firstSeed; done < count; seed++ {
		d := newDice(seed)
		w, now := d.factWorld()
		e := w.engine(now)
		for range queriesPerWorld {
			q := d.factQuery(w, now)
			done++
			text, err := json.Marshal(q)
			if err != nil {
				t.Fatal(err)
			}
			r, err := e.Answer(ctx, q)
			if err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, text)
			}
			if wrong := wrongAnswer(r, answerFactsSlowly(w, now, q), q); len(wrong) > 0 {
				t.Fatalf("seed %d, zone %s, now %s: %d differences\n%s\n%s", seed, w.zone, now, len(wrong), text, strings.Join(wrong[:min(8, len(wrong))], "\n"))
			}
		}
	}
}

// wrongAnswer lists what a result has otherwise than the slow calculator.
func wrongAnswer(r dataset.Result, want slowAnswer, q dataset.Query) []string {
	rows, parts := flatten(r)
	one := func(xs []float64) map[string][]float64 { return map[string][]float64{"": xs} }
	wrong := append(differences("", rows, want.rows), differences("total", one(plain(r.Total.Values)), one(want.total))...)
	if q.Highlight != nil {
		wrong = append(wrong, differences("part", parts, want.parts)...)
		wrong = append(wrong, differences("total part", one(plain(r.Total.Parts)), one(want.totalParts))...)
	}
	wrong = append(wrong, wrongTotals("row total", r, r.RowTotals, 0, r.RowGroups, want.rowTotals)...)
	return append(wrong, wrongTotals("column total", r, r.ColumnTotals, r.RowGroups, len(r.Dimensions), want.columnTotals)...)
}
