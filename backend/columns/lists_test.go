package columns_test

import (
	"context"
	"encoding/json"
	"testing"

	"sightline/backend/dataset"
)

// rowsOfItems makes a random query a list of work items, in a random order and cut at random.
func (d dice) rowsOfItems(w *world, q dataset.Query) dataset.Query {
	isDate := func(g dataset.Group) bool { return g.Field == dataset.DateAxis }
	var rows []dataset.Group
	for _, g := range q.Rows {
		if !isDate(g) && g.Field != dataset.ID {
			rows = append(rows, g)
		}
	}
	q.Rows, q.Columns = append(rows, dataset.Group{Field: dataset.ID}), nil
	if d.chance(0.6) {
		q.Rows = append([]dataset.Group{{Field: dataset.ID}}, rows...)
	}
	if d.chance(0.5) {
		q.Rows = []dataset.Group{{Field: dataset.ID}}
	}
	if d.chance(0.6) {
		q.Sort = append(q.Sort, dataset.Sort{By: string(pick(d, q.Rows).Field), Descending: d.chance(0.5)})
	}
	if d.chance(0.4) {
		q.Values[0].Name = "First"
		q.Sort = append([]dataset.Sort{{By: "First", Descending: d.chance(0.5)}}, q.Sort...)
	}
	if d.chance(0.5) {
		q.Top, q.Others = 1+d.IntN(30), d.chance(0.3)
	}
	return q
}

// The two ways know the rows of a list by different means, and have to write the same answer to the last letter: the
// order, the members, what was cut off.
func TestListsOfWorkItemsAreTheSameByBothWays(t *testing.T) {
	ctx := context.Background()
	want, direct, rows := 1500, 0, 0
	if raceEnabled {
		want = 150
	}
	for seed := *firstSeed; direct < want; seed++ {
		if seed > *firstSeed+uint64(want) {
			t.Fatalf("the direct way answered only %d lists", direct)
		}
		d := newDice(seed)
		w, now := d.world()
		e := w.engine(now)
		lists := e.ByLists()
		for range queriesPerWorld {
			q := d.rowsOfItems(w, d.query(w, now))
			if !e.GoesDirectly(ctx, q) {
				continue
			}
			direct++
			a, err := e.Answer(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			b, err := lists.Answer(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			rows += len(a.Rows)
			if !alike(a, b) || written(t, withoutNumbers(a)) != written(t, withoutNumbers(b)) {
				t.Fatalf("seed %d: %s\ndirectly %s\nby lists %s", seed, written(t, q), written(t, a), written(t, b))
			}
		}
	}
	if rows < 3*want {
		t.Errorf("the lists had only %d rows in all", rows)
	}
}

// withoutNumbers leaves the members and their order: sums may differ in their last digit.
func withoutNumbers(r dataset.Result) dataset.Result {
	r.Total = dataset.Row{}
	keys := make([]dataset.Row, len(r.Rows))
	for i, row := range r.Rows {
		keys[i].Keys = row.Keys
	}
	r.Rows = keys
	return r
}

func written(t *testing.T, x any) string {
	text, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
