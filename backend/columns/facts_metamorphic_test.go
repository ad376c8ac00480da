package columns_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"sightline/backend/dataset"
)

// Laws that hold whatever the numbers are, over random worlds.

const worldsOfLaws = 12

func lawWorlds(t *testing.T, check func(t *testing.T, d dice, w *factWorld, now time.Time, answer func(dataset.Query) dataset.Result)) {
	for seed := *firstSeed; seed < *firstSeed+worldsOfLaws; seed++ {
		d := newDice(seed)
		w, now := d.factWorld()
		e := w.engine(now)
		check(t, d, w, now, func(q dataset.Query) dataset.Result {
			t.Helper()
			r, err := e.Answer(context.Background(), q)
			if err != nil {
				t.Fatalf("seed %d: %v\n%+v", seed, err, q)
			}
			return r
		})
	}
}

func sumOf(rows []dataset.Row, value int) (sum float64, any bool) {
	for _, row := range rows {
		if x := row.Values[value]; x != nil {
			sum, any = sum+*x, true
		}
	}
	return sum, any
}

func TestASplitByAnyColumnOfOneValueSumsToTheTotal(t *testing.T) {
	lawWorlds(t, func(t *testing.T, d dice, w *factWorld, now time.Time, answer func(dataset.Query) dataset.Result) {
		m := w.engine(now).Model()
		for _, ms := range m.Measures {
			if slow, ok := slowMeasures[ms.Name]; ok && ms.Additive {
				for _, ref := range someColumns(d, slow.table) {
					q := dataset.Query{Values: []dataset.Value{{Measure: ms.Name}}, Rows: []dataset.Group{{Field: ref}}}
					r := answer(q)
					sum, any := sumOf(r.Rows, 0)
					total := r.Total.Values[0]
					switch many := slices.Contains(tagColumns, ref); {
					case many && r.Values[0].Additive:
						t.Errorf("%s by %s is said to add up", ms.Name, ref)
					case many || total == nil && !any:
					case total == nil || math.Abs(sum-*total) > 1e-9:
						t.Errorf("%s by %s: parts %v, total %v", ms.Name, ref, sum, total)
					}
				}
			}
		}
	})
}

// someColumns are two columns of each table that reaches the rows.
func someColumns(d dice, table string) []dataset.FieldRef {
	var out []dataset.FieldRef
	for _, from := range reaching(table) {
		out = append(out, pick(d, factColumns[from]), pick(d, factColumns[from]))
	}
	return out
}

func TestEventsByAnyGrainSumToTheirTotal(t *testing.T) {
	lawWorlds(t, func(t *testing.T, d dice, w *factWorld, now time.Time, answer func(dataset.Query) dataset.Result) {
		for _, name := range factMeasureNames {
			q := dataset.Query{Values: []dataset.Value{{Measure: name}}, Rows: []dataset.Group{{Field: dataset.DateAxis, Grain: pick(d, grains)}},
				Filters: []dataset.Filter{{Field: dataset.DateAxis, Op: dataset.Between, Values: []any{"2023-12-10", "2024-04-05"}}}}
			r := answer(q)
			if sum, any := sumOf(r.Rows, 0); r.Values[0].Additive && slowMeasures[name].event != "" && any && math.Abs(sum-*r.Total.Values[0]) > 1e-9 {
				t.Errorf("%s by %s: periods %v, total %v", name, q.Rows[0].Grain, sum, *r.Total.Values[0])
			}
		}
	})
}

// Values of several tables stand in the same rows, each with the number that it has alone.
func TestValuesOfSeveralTablesAreWhatTheyAreAlone(t *testing.T) {
	lawWorlds(t, func(t *testing.T, d dice, w *factWorld, now time.Time, answer func(dataset.Query) dataset.Result) {
		for range 30 {
			q := dataset.Query{Values: []dataset.Value{{Measure: pick(d, []string{dataset.CountOfWorkItems, dataset.OpenBugs, dataset.Closed})}}}
			for _, name := range []string{pick(d, factMeasureNames), pick(d, factMeasureNames)} {
				if name != q.Values[len(q.Values)-1].Measure {
					q.Values = append(q.Values, dataset.Value{Measure: name})
				}
			}
			q.Rows = pick(d, [][]dataset.Group{nil, {{Field: dataset.Project}}, {{Field: dataset.DateAxis, Grain: pick(d, grains)}},
				{{Field: dataset.Project}, {Field: dataset.DateAxis, Grain: dataset.GrainMonth}}, {{Field: dataset.Process}}})
			if d.chance(0.4) {
				q.Filters = []dataset.Filter{{Field: dataset.Project, Values: []any{"Alpha"}}}
			}
			if d.chance(0.3) {
				q.AsOf = now.AddDate(0, 0, -d.IntN(60)).Format(time.DateOnly)
			}
			together := answer(q)
			all, _ := flatten(together)
			for i := range q.Values {
				alone := q
				alone.Values = q.Values[i : i+1]
				r := answer(alone)
				rows, _ := flatten(r)
				for key, xs := range rows {
					if have, ok := all[key]; !ok || !same(have[i], xs[0]) {
						t.Errorf("%s at %q: alone %v, together %v of %v\n%+v", q.Values[i].Measure, key, xs, have, ok, q)
					}
				}
				if !same(plain(together.Total.Values)[i], plain(r.Total.Values)[0]) {
					t.Errorf("%s: total alone %v, together %v", q.Values[i].Measure, plain(r.Total.Values), plain(together.Total.Values))
				}
			}
		}
	})
}

func TestTopKeepsTheFirstRowsAndGathersTheOthers(t *testing.T) {
	lawWorlds(t, func(t *testing.T, d dice, w *factWorld, now time.Time, answer func(dataset.Query) dataset.Result) {
		for range 30 {
			q := d.factQuery(w, now)
			q.Columns, q.Highlight = nil, nil
			if len(q.Rows) == 0 || q.Rows[0].Field == dataset.DateAxis {
				continue
			}
			q.Sort = []dataset.Sort{{By: string(q.Rows[0].Field), Descending: d.chance(0.5)}}
			whole := answer(q)
			q.Top = 1 + d.IntN(4)
			cut := answer(q)
			n := min(q.Top, len(whole.Rows))
			if len(cut.Rows) != n || cut.Truncated != len(whole.Rows)-n || !same(plain(cut.Total.Values)[0], plain(whole.Total.Values)[0]) {
				t.Fatalf("%d rows of %d, truncated %d\n%+v", len(cut.Rows), len(whole.Rows), cut.Truncated, q)
			}
			for i := range n {
				if a, b := keyIn(cut.Dimensions, cut.Rows[i]), keyIn(whole.Dimensions, whole.Rows[i]); a != b || !slices.EqualFunc(plain(cut.Rows[i].Values), plain(whole.Rows[i].Values), same) {
					t.Errorf("row %d is %q %v, want %q %v", i, a, plain(cut.Rows[i].Values), b, plain(whole.Rows[i].Values))
				}
			}
		}
	})
}

func TestFactsAsOfTodayAreTheFactsAndFiltersCommute(t *testing.T) {
	lawWorlds(t, func(t *testing.T, d dice, w *factWorld, now time.Time, answer func(dataset.Query) dataset.Result) {
		for range 30 {
			q := d.factQuery(w, now)
			q.AsOf = ""
			rows, _ := flatten(answer(q))
			for _, asOf := range []string{now.Format(time.DateOnly), now.Format(time.RFC3339)} {
				other := q
				other.AsOf = asOf
				other.Filters = slices.Clone(q.Filters)
				slices.Reverse(other.Filters)
				again, _ := flatten(answer(other))
				if wrong := differences(fmt.Sprint("as of ", asOf), again, rows); len(wrong) > 0 {
					t.Fatalf("%+v\n%s", q, wrong)
				}
			}
		}
	})
}

func TestComparedFactsAreWhatTheyWereAtTheOtherTime(t *testing.T) {
	lawWorlds(t, func(t *testing.T, d dice, w *factWorld, now time.Time, answer func(dataset.Query) dataset.Result) {
		for range 30 {
			q := d.factQuery(w, now)
			q.AsOf, q.Highlight = "", nil
			if slices.ContainsFunc(append(slices.Clone(q.Rows), q.Columns...), func(g dataset.Group) bool { return g.Field == dataset.DateAxis }) {
				continue
			}
			is, _ := flatten(answer(q))
			past := q
			past.AsOf = now.AddDate(0, 0, -1-d.IntN(60)).Format(time.DateOnly)
			before := answer(past)
			was, _ := flatten(before)
			q.CompareWith = past.AsOf
			r := answer(q)
			if !slices.EqualFunc(plain(r.Total.Compared), plain(before.Total.Values), same) {
				t.Errorf("total %v, was %v\n%+v", plain(r.Total.Compared), plain(before.Total.Values), q)
			}
			for _, row := range r.Rows {
				key := keyIn(r.Dimensions, row)
				if xs := is[key]; xs != nil && !slices.EqualFunc(plain(row.Values), xs, same) {
					t.Errorf("%q: %v beside a comparison, %v alone\n%+v", key, plain(row.Values), xs, q)
				}
				if xs := was[key]; xs != nil && !slices.EqualFunc(plain(row.Compared), xs, same) {
					t.Errorf("%q: compared %v, was %v\n%+v", key, plain(row.Compared), xs, q)
				}
				delete(was, key)
			}
			if len(was) > 0 {
				t.Errorf("rows %v of %s are missing\n%+v", was, past.AsOf, q)
			}
		}
	})
}

func TestTheOtherRowHoldsWhatTopCutOff(t *testing.T) {
	lawWorlds(t, func(t *testing.T, d dice, w *factWorld, _ time.Time, answer func(dataset.Query) dataset.Result) {
		for _, ms := range w.engine(time.Date(2024, 4, 10, 12, 0, 0, 0, time.UTC)).Model().Measures {
			slow, ok := slowMeasures[ms.Name]
			if !ok || !ms.Additive {
				continue
			}
			ref := pick(d, someColumns(d, slow.table))
			if slices.Contains(tagColumns, ref) {
				continue
			}
			q := dataset.Query{Values: []dataset.Value{{Measure: ms.Name}}, Rows: []dataset.Group{{Field: ref}}, Sort: []dataset.Sort{{By: ms.Name, Descending: true}}, Top: 2}
			cut := answer(q)
			q.Others = true
			whole := answer(q)
			if len(whole.Rows) != len(cut.Rows)+boolCount(cut.Truncated > 0) {
				t.Errorf("%s by %s: %d rows and the others, %d cut off", ms.Name, ref, len(whole.Rows), cut.Truncated)
			}
			if sum, any := sumOf(whole.Rows, 0); any && math.Abs(sum-*whole.Total.Values[0]) > 1e-9 {
				t.Errorf("%s by %s: rows and others %v, total %v", ms.Name, ref, sum, *whole.Total.Values[0])
			}
		}
	})
}

func TestEmptyMembersStandBesideTheSameRows(t *testing.T) {
	lawWorlds(t, func(t *testing.T, d dice, w *factWorld, now time.Time, answer func(dataset.Query) dataset.Result) {
		for range 40 {
			q := d.factQuery(w, now)
			if len(q.Rows) == 0 || q.Rows[0].Field == dataset.DateAxis || q.Rows[0].Grain != "" {
				continue
			}
			rows, _ := flatten(answer(q))
			q.ShowEmpty = true
			r := answer(q)
			all, _ := flatten(r)
			for key, xs := range rows {
				if !slices.EqualFunc(all[key], xs, same) {
					t.Errorf("%q: %v, with empty members %v\n%+v", key, xs, all[key], q)
				}
			}
			for key, xs := range all {
				if rows[key] == nil && slices.ContainsFunc(xs, func(x float64) bool { return x < 0 || x > 0 }) {
					t.Errorf("%q has %v and is no row without empty members\n%+v", key, xs, q)
				}
			}
			if ref := q.Rows[0].Field; ref == dataset.Repository && len(q.Rows)+len(q.Columns) == 1 && len(q.Filters) == 0 && len(all) < len(w.repositories) {
				t.Errorf("%d of %d repositories", len(all), len(w.repositories))
			}
		}
	})
}
