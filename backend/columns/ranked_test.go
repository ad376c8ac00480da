package columns_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// TestTopAndBottomKeepTheFirstMembersByAValue takes the whole list of members with their numbers, keeps the first by
// hand, and compares with what the filter leaves.
func TestTopAndBottomKeepTheFirstMembersByAValue(t *testing.T) {
	ctx := context.Background()
	kept := 0
	for seed := uint64(1); seed <= 40; seed++ {
		d := newDice(seed)
		w, now := d.world()
		e := w.engine(now)
		for range 5 {
			field := pick(d, []dataset.FieldRef{dataset.State, dataset.AssignedTo, dataset.AreaPath, dataset.Tag, dataset.Priority, dataset.Type, dataset.ID, dataset.CreatedDate})
			by := dataset.Value{Measure: pick(d, []string{dataset.CountOfWorkItems, dataset.OpenBugs, dataset.SumStoryPoints, dataset.AverageAge})}
			op := pick(d, []dataset.Op{dataset.TopN, dataset.BottomN})
			n := 1 + d.IntN(4)
			other := dataset.Filter{Field: dataset.Category, Op: dataset.NotIn, Values: []any{dataset.CategoryRemoved}}
			q := dataset.Query{Values: []dataset.Value{by}, Rows: []dataset.Group{{Field: field}}, Filters: []dataset.Filter{other}}
			all, err := e.Answer(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			want := firstMembers(all, n, op == dataset.TopN)
			q.Filters = append(q.Filters, dataset.Filter{Field: field, Op: op, Values: []any{n}, By: &by})
			got, err := e.Answer(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			if field == dataset.Tag { // an item that stays has its other tags too
				continue
			}
			var names []string
			for _, row := range got.Rows {
				names = append(names, fmt.Sprint(got.Dimensions[0].Members[row.Keys[0]].Value))
			}
			slices.Sort(names)
			if !slices.Equal(names, want) {
				t.Errorf("seed %d: %s %d of %s by %s: %v, want %v", seed, op, n, field, by.Measure, names, want)
			}
			kept += len(want)
		}
	}
	if kept < 300 {
		t.Errorf("only %d members were kept in all: the worlds are too small to prove anything", kept)
	}
}

// firstMembers are the first n members by the first value and those that tie with the last of them.
func firstMembers(r dataset.Result, n int, descending bool) []string {
	var numbers []float64
	for _, row := range r.Rows {
		if row.Values[0] != nil {
			numbers = append(numbers, *row.Values[0])
		}
	}
	slices.Sort(numbers)
	if descending {
		slices.Reverse(numbers)
	}
	var out []string
	for _, row := range r.Rows {
		x := row.Values[0]
		if x == nil {
			continue
		}
		last := numbers[min(n, len(numbers))-1]
		if descending && *x >= last || !descending && *x <= last {
			out = append(out, fmt.Sprint(r.Dimensions[0].Members[row.Keys[0]].Value))
		}
	}
	slices.Sort(out)
	return out
}

func TestAFilterByTopThatNothingPassesKeepsNothing(t *testing.T) {
	e := open(t, golden("UTC"), goldenNow)
	r, err := e.Answer(context.Background(), dataset.Query{Values: []dataset.Value{{Measure: dataset.CountOfWorkItems}}, Filters: []dataset.Filter{
		{Field: dataset.Type, Values: []any{"User Story"}},
		{Field: dataset.State, Op: dataset.TopN, Values: []any{3}, By: &dataset.Value{Measure: dataset.SumEffort}}}}) // stories have no effort
	if err != nil || r.Total.Values[0] == nil || *r.Total.Values[0] != 0 {
		t.Errorf("%v, %v", r.Total.Values, err)
	}
}

func TestTheTopOfOneValueLeavesTheOthersAlone(t *testing.T) {
	e := open(t, golden("UTC"), goldenNow)
	top := dataset.Filter{Field: dataset.Type, Op: dataset.TopN, Values: []any{"1"}, By: &dataset.Value{Measure: dataset.CountOfWorkItems}}
	r, err := e.Answer(context.Background(), dataset.Query{Values: []dataset.Value{{Measure: dataset.CountOfWorkItems}, {Measure: dataset.CountOfWorkItems, Name: "Of the largest type", Filters: []dataset.Filter{top}}}})
	if err != nil || *r.Total.Values[0] != 9 || *r.Total.Values[1] != 6 { // six stories, three bugs
		t.Errorf("%v, %v", r.Total.Values, err)
	}
}

func TestAFilterByTopSaysWhatItLacks(t *testing.T) {
	e := open(t, golden("UTC"), goldenNow)
	count := &dataset.Value{Measure: dataset.CountOfWorkItems}
	for words, f := range map[string]dataset.Filter{
		"what orders":         {Field: dataset.State, Op: dataset.TopN, Values: []any{3}},
		"how many members":    {Field: dataset.State, Op: dataset.TopN, Values: []any{0}, By: count},
		"operator":            {Field: dataset.DateAxis, Op: dataset.TopN, Values: []any{3}, By: count},
		"no measure":          {Field: dataset.State, Op: dataset.BottomN, Values: []any{3}, By: &dataset.Value{Measure: "Luck"}},
		"nothing relates":     {Field: dataset.State, Op: dataset.TopN, Values: []any{3}, By: &dataset.Value{Field: dataset.CommitAuthor, Aggregate: dataset.Count}},
		"by top or bottom it": {Field: dataset.State, Op: dataset.TopN, Values: []any{3}, By: &dataset.Value{Measure: dataset.CountOfWorkItems, Filters: []dataset.Filter{{Field: dataset.Type, Op: dataset.TopN, Values: []any{1}, By: count}}}},
	} {
		_, err := e.Answer(context.Background(), dataset.Query{Values: []dataset.Value{*count}, Filters: []dataset.Filter{f}})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), words) && words != "nothing relates" {
			t.Errorf("%s: %v", words, err)
		}
	}
}
