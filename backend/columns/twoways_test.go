package columns_test

import (
	"context"
	"encoding/json"
	"testing"

	"sightline/backend/columns"
	"sightline/backend/dataset"
)

// compareWays answers random queries by both ways until the direct one answered as many as are wanted.
func compareWays(t *testing.T, world func(d dice) (*columns.Engine, func() dataset.Query)) {
	ctx := context.Background()
	want := *queryCount / 2
	if raceEnabled {
		want = min(want, 150)
	}
	for done, asked, seed := 0, 0, *firstSeed; done < want; seed++ {
		d := newDice(seed)
		e, next := world(d)
		lists := e.ByLists()
		for range 2 * queriesPerWorld {
			q := next()
			if asked++; asked > 50*want {
				t.Fatalf("the direct way answered only %d of %d queries", done, asked)
			}
			if !e.GoesDirectly(ctx, q) {
				continue
			}
			if lists.GoesDirectly(ctx, q) {
				t.Fatal("the direct way was not turned off")
			}
			done++
			direct, err := e.Answer(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			listed, err := lists.Answer(ctx, q)
			if err != nil || !alike(direct, listed) {
				text, _ := json.Marshal(q)
				t.Fatalf("seed %d: directly %v, by lists %v (%v)\n%s", seed, direct.Rows, listed.Rows, err, text)
			}
		}
	}
}

func TestTheDirectWayAnswersAsListsOfWorkItemsDo(t *testing.T) {
	compareWays(t, func(d dice) (*columns.Engine, func() dataset.Query) {
		w, now := d.world()
		return w.engine(now), func() dataset.Query { return d.query(w, now) }
	})
}

func TestTheDirectWayAnswersAsListsOfFactsDo(t *testing.T) {
	compareWays(t, func(d dice) (*columns.Engine, func() dataset.Query) {
		w, now := d.factWorld()
		return w.engine(now), func() dataset.Query { return d.factQuery(w, now) }
	})
}
