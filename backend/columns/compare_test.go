package columns_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// TestAComparisonIsTheSameQueryAtTwoTimes lays two answers beside each other by hand and compares every row.
func TestAComparisonIsTheSameQueryAtTwoTimes(t *testing.T) {
	ctx := context.Background()
	compared := 0
	for seed := uint64(1); seed <= 40; seed++ {
		d := newDice(seed)
		w, now := d.world()
		e := w.engine(now)
		for range 10 {
			q := d.query(w, now)
			q.Top, q.Others, q.Sort, q.ShowEmpty = 0, false, nil, false
			q.CompareWith = now.AddDate(0, 0, -d.IntN(60)).Format("2006-01-02")
			text, err := json.Marshal(q)
			if err != nil {
				t.Fatal(err)
			}
			both, err := e.Answer(ctx, q)
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			one, other := q, q
			one.CompareWith, other.CompareWith, other.AsOf, other.Highlight = "", "", q.CompareWith, nil
			first, err := e.Answer(ctx, one)
			if err != nil {
				t.Fatal(err)
			}
			second, err := e.Answer(ctx, other)
			if err != nil {
				t.Fatal(err)
			}
			if both.ComparedWith != second.AsOf || both.AsOf != first.AsOf {
				t.Errorf("%s and %s, want %s and %s", both.AsOf, both.ComparedWith, first.AsOf, second.AsOf)
			}
			now, then := rowsByKey(first), rowsByKey(second)
			for key, got := range rowsByKey(both) {
				a, isNow := now[key]
				b, isThen := then[key]
				switch {
				case !isNow && !isThen:
					t.Fatalf("seed %d: neither time has %s\n%s", seed, key, text)
				case isNow && !equalNumbers(got.Values, a.Values), isThen && !equalNumbers(got.Compared, b.Values),
					!isThen && somethingIn(got.Compared), !isNow && somethingIn(got.Values):
					t.Fatalf("seed %d: %s: %v and %v\n%s", seed, key, plain(got.Values), plain(got.Compared), text)
				}
				compared++
			}
			if n, want := len(both.Rows), len(union(now, then)); n != want {
				t.Fatalf("seed %d: %d rows, want %d\n%s", seed, n, want, text)
			}
			if !equalNumbers(both.Total.Compared, second.Total.Values) || !equalNumbers(both.Total.Values, first.Total.Values) {
				t.Fatalf("seed %d: total %v and %v\n%s", seed, plain(both.Total.Values), plain(both.Total.Compared), text)
			}
		}
	}
	if compared < 1000 {
		t.Errorf("only %d rows were compared", compared)
	}
}

func rowsByKey(r dataset.Result) map[string]dataset.Row {
	out := map[string]dataset.Row{}
	for _, row := range r.Rows {
		out[keyIn(r.Dimensions, row)] = row
	}
	return out
}

func union(a, b map[string]dataset.Row) map[string]bool {
	out := map[string]bool{}
	for _, m := range []map[string]dataset.Row{a, b} {
		for key := range m {
			out[key] = true
		}
	}
	return out
}

func equalNumbers(a, b []*float64) bool { return fmt.Sprint(plain(a)) == fmt.Sprint(plain(b)) }

// somethingIn reports whether a row shows more than what is over nothing: zeros and nulls.
func somethingIn(xs []*float64) bool {
	for _, x := range xs {
		if x != nil && *x != 0 {
			return true
		}
	}
	return false
}

func TestAComparisonOfOpenBugsByStateShowsStatesOfBothTimes(t *testing.T) {
	e := open(t, golden("UTC"), goldenNow)
	r, err := e.Answer(context.Background(), dataset.Query{Values: []dataset.Value{{Measure: dataset.OpenBugs}}, Rows: []dataset.Group{{Field: dataset.State}}, CompareWith: "2024-03-05"})
	if err != nil {
		t.Fatal(err)
	}
	// On 5 March #7 and #8 were New; now only #7 is open, and Resolved.
	got := ""
	for _, row := range r.Rows {
		got += fmt.Sprintf("%s %v %v; ", r.Dimensions[0].Members[row.Keys[0]].Label, *row.Values[0], *row.Compared[0])
	}
	if got != "New 0 2; Resolved 1 0; " || *r.Total.Values[0] != 1 || *r.Total.Compared[0] != 2 {
		t.Errorf("%s total %v and %v", got, *r.Total.Values[0], *r.Total.Compared[0])
	}
}

func TestTheTopOfAComparisonAreThoseOfNow(t *testing.T) {
	e := open(t, golden("UTC"), goldenNow)
	r, err := e.Answer(context.Background(), dataset.Query{Values: []dataset.Value{{Measure: dataset.CountOfWorkItems}}, Rows: []dataset.Group{{Field: dataset.State}},
		Sort: []dataset.Sort{{By: dataset.CountOfWorkItems, Descending: true}}, Top: 1, CompareWith: "2024-03-05"})
	if err != nil || len(r.Rows) != 1 || r.Dimensions[0].Members[r.Rows[0].Keys[0]].Label != "Closed" || *r.Rows[0].Values[0] != 5 || *r.Rows[0].Compared[0] != 0 {
		t.Errorf("%+v, %v", r.Rows, err)
	}
	if _, err := e.Answer(context.Background(), dataset.Query{Values: []dataset.Value{{Measure: dataset.CountOfWorkItems}}, CompareWith: "yesterday"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a second time that is none: %v", err)
	}
}
