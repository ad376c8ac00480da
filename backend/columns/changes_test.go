package columns_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

func partsOf(c dataset.Changes) string {
	var out []string
	for _, p := range c.Parts {
		var ids []string
		for _, i := range p.Items {
			ids = append(ids, fmt.Sprint("#", i.ID))
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %+g %s", p.Kind, p.Field, p.Delta, strings.Join(ids, " "))))
	}
	return strings.Join(out, "; ")
}

// The histories are those of reports.md §14; the reasons are read off them by hand.
func TestEveryChangeOfANumberHasItsReason(t *testing.T) {
	e := open(t, golden("UTC"), goldenNow)
	inS1 := []dataset.Filter{{Field: dataset.Iteration, Values: []any{`Gold\S1`}}}
	for name, c := range map[string]struct {
		q    dataset.ChangesQuery
		want string
	}{
		"bugs came, went and were removed": {
			dataset.ChangesQuery{Value: dataset.Value{Measure: dataset.OpenBugs}, From: "2024-03-04", To: "2024-03-22"},
			"", // #7 was there; #8 was closed and #9 removed again: neither counts at either end
		},
		"the sprint's points burn down": {
			dataset.ChangesQuery{Value: dataset.Value{Measure: dataset.RemainingEstimate}, Filters: inS1, From: "2024-03-05", To: "2024-03-11"},
			"completed  -5 #1; removed  -1 #6; movedOut Iterations[Iteration] -8 #3",
		},
		"closed and opened again": {
			dataset.ChangesQuery{Value: dataset.Value{Measure: dataset.RemainingItems}, Filters: inS1, From: "2024-03-12", To: "2024-03-13"},
			"reopened  +1 #2",
		},
		"moved into the next sprint": {
			dataset.ChangesQuery{Value: dataset.Value{Measure: dataset.TotalScope}, Filters: []dataset.Filter{{Field: dataset.Iteration, Values: []any{`Gold\S2`}}}, From: "2024-03-10", To: "2024-03-12"},
			"movedIn Iterations[Iteration] +8 #3",
		},
		"another state of those that a filter names": {
			dataset.ChangesQuery{Value: dataset.Value{Measure: dataset.CountOfWorkItems}, Filters: []dataset.Filter{{Field: dataset.State, Values: []any{"Active"}}}, From: "2024-03-04", To: "2024-03-07"},
			"state Work items[State] +3 #1 #2 #7",
		},
	} {
		got, err := e.Changes(context.Background(), c.q)
		if err != nil {
			t.Fatal(err)
		}
		if s := partsOf(got); s != c.want {
			t.Errorf("%s: %q, want %q (%v to %v)", name, s, c.want, *got.Before, *got.After)
		}
	}
}

func TestARemovedItemIsSaidToBeRemoved(t *testing.T) {
	e := open(t, golden("UTC"), goldenNow)
	got, err := e.Changes(context.Background(), dataset.ChangesQuery{Value: dataset.Value{Measure: dataset.OpenWorkItems}, From: "2024-03-05", To: "2024-03-13"})
	if err != nil {
		t.Fatal(err)
	}
	// #6 removed on the 6th, #1 closed on the 8th, #4 created on the 7th; #9 was created and removed in between, #2 closed and opened again.
	if s := partsOf(got); s != "created  +1 #4; completed  -1 #1; removed  -1 #6" || *got.Before != 7 || *got.After != 6 {
		t.Errorf("%q, %v to %v", s, *got.Before, *got.After)
	}
	for _, p := range got.Parts {
		if p.Kind == dataset.ChangeRemoved && p.Items[0].Title != "Item 6" {
			t.Errorf("%+v", p.Items)
		}
	}
}

func TestWhereAnItemWentIsSaidInWords(t *testing.T) {
	e := open(t, golden("UTC"), goldenNow)
	got, err := e.Changes(context.Background(), dataset.ChangesQuery{Value: dataset.Value{Measure: dataset.CountOfWorkItems}, From: "2024-03-10", To: "2024-03-12",
		Filters: []dataset.Filter{{Field: dataset.Iteration, Values: []any{`Gold\S1`}}}})
	if err != nil || len(got.Parts) != 1 || got.Parts[0].Items[0].Was != "S1" || got.Parts[0].Items[0].Is != "S2" {
		t.Errorf("%+v, %v", got.Parts, err)
	}
}

// TestThePartsOfAChangeAddUp holds over random worlds: the parts make the difference of the two answers, no item
// stands twice, and each item's amounts are those that the list of items has at the two times.
func TestThePartsOfAChangeAddUp(t *testing.T) {
	ctx := context.Background()
	explained, kinds := 0, map[dataset.ChangeKind]int{}
	for seed := uint64(1); seed <= 60; seed++ {
		d := newDice(seed)
		w, now := d.world()
		e := w.engine(now)
		for range 6 {
			measure := pick(d, []string{dataset.CountOfWorkItems, dataset.OpenWorkItems, dataset.OpenBugs, dataset.RemainingEstimate, dataset.SumStoryPoints, dataset.TotalScopeItems, dataset.SumRemainingWork})
			q := dataset.ChangesQuery{Value: dataset.Value{Measure: measure}, From: now.AddDate(0, 0, -1-d.IntN(60)).Format("2006-01-02"), To: pick(d, []string{"", now.AddDate(0, 0, -d.IntN(20)).Format("2006-01-02T15:04:05Z07:00")})}
			if d.chance(0.7) {
				q.Filters = append(q.Filters, pick(d, []dataset.Filter{{Field: dataset.AreaPath, Op: dataset.Under, Values: []any{w.areas[0]}}, {Field: dataset.AssignedTo, Op: dataset.IsNotBlank},
					{Field: dataset.Tag, Values: []any{"ui"}}, {Field: dataset.Type, Op: dataset.NotIn, Values: []any{"Task"}}, {Field: dataset.Category, Values: []any{"Proposed", "InProgress"}}}))
			}
			got, err := e.Changes(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			amounts := [2]map[int32]float64{}
			for i, at := range []string{q.From, q.To} {
				amounts[i] = map[int32]float64{}
				r, err := e.Answer(ctx, dataset.Query{Values: []dataset.Value{q.Value}, Rows: []dataset.Group{{Field: dataset.ID}}, Filters: q.Filters, AsOf: at})
				if err != nil {
					t.Fatal(err)
				}
				for _, row := range r.Rows {
					if row.Values[0] != nil && *row.Values[0] != 0 { // who adds 0 does not count
						amounts[i][int32(r.Dimensions[0].Members[row.Keys[0]].Value.(float64))] = *row.Values[0]
					}
				}
			}
			seen := map[int32]bool{}
			sum := 0.0
			for _, p := range got.Parts {
				kinds[p.Kind]++
				delta := 0.0
				for _, i := range p.Items {
					if seen[i.ID] {
						t.Fatalf("seed %d: #%d stands twice", seed, i.ID)
					}
					seen[i.ID] = true
					explained++
					before, was := amounts[0][i.ID]
					after, is := amounts[1][i.ID]
					if (i.Before != nil) != was || (i.After != nil) != is || was && *i.Before != before || is && *i.After != after {
						t.Fatalf("seed %d: #%d from %v to %v, want %v to %v", seed, i.ID, i.Before, i.After, before, after)
					}
					delta += after - before
				}
				if math.Abs(delta-p.Delta) > 1e-9 {
					t.Fatalf("seed %d: %s %g, its items make %g", seed, p.Kind, p.Delta, delta)
				}
				sum += p.Delta
			}
			if math.Abs(sum-(amountOf(got.After)-amountOf(got.Before))) > 1e-6 {
				t.Fatalf("seed %d: %s from %v to %v, the parts make %g", seed, measure, amountOf(got.Before), amountOf(got.After), sum)
			}
			for id := range amounts[0] {
				if after, is := amounts[1][id]; !seen[id] && (!is || after != amounts[0][id]) {
					t.Fatalf("seed %d: #%d changed and is not told", seed, id)
				}
			}
		}
	}
	for _, kind := range dataset.ChangeKinds {
		if kinds[kind] == 0 {
			t.Errorf("no part was %s: the worlds prove nothing of it", kind)
		}
	}
	if explained < 1000 {
		t.Errorf("only %d items changed", explained)
	}
}

func amountOf(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}

func TestWhatCannotBeToldItemByItemIsRefused(t *testing.T) {
	e := open(t, golden("UTC"), goldenNow)
	for _, q := range []dataset.ChangesQuery{
		{Value: dataset.Value{Measure: dataset.AverageAge}, From: "2024-03-04"},
		{Value: dataset.Value{Measure: dataset.Closed}, From: "2024-03-04"},
		{Value: dataset.Value{Measure: dataset.OriginalScope}, From: "2024-03-04"},
		{Value: dataset.Value{Measure: dataset.OpenBugs}, From: "2024-03-04", Filters: []dataset.Filter{{Field: dataset.DateAxis, Op: dataset.Last, Values: []any{3, "day"}}}},
		{Value: dataset.Value{Measure: dataset.OpenBugs}, From: "some day"},
	} {
		if _, err := e.Changes(context.Background(), q); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", q, err)
		}
	}
	if !slices.Contains(dataset.ChangeKinds, dataset.ChangeReestimated) {
		t.Error("a reason is in no order")
	}
}
