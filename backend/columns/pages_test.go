package columns_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
)

// pageQuery is a visual of a page as the pages ask for it.
type pageQuery struct{ name, query string }

const openCategories = `{"field":"Work items[State category]","values":["Proposed","InProgress","Resolved"]}`

// openBugStatus are the visuals of the report page Open Bug Status (reports.md §6.1).
var openBugStatus = []pageQuery{
	{"card open bugs", `{"values":["Open bugs"]}`},
	{"cards by category", `{"values":["Open bugs"],"rows":["Work items[State category]"],"filters":[` + openCategories + `],"showEmpty":true}`},
	{"area by category", `{"values":["Open bugs"],"rows":["Areas[Area]"],"columns":["Work items[State category]"],"sort":[{"by":"Open bugs","descending":true}],"top":10,"others":true}`},
	{"assigned to", `{"values":["Open bugs"],"rows":["Work items[Assigned to]"],"sort":[{"by":"Open bugs","descending":true}],"top":15,"others":true}`},
	{"severity", `{"values":["Open bugs"],"rows":["Work items[Severity]"]}`},
	{"priority", `{"values":["Open bugs"],"rows":["Work items[Priority]"]}`},
	{"age bucket", `{"values":["Open bugs"],"rows":["Work items[Age bucket]"],"showEmpty":true}`},
	{"assigned to by state", `{"values":["Open bugs"],"rows":["Work items[Assigned to]"],"columns":["Work items[State]"]}`},
	{"oldest open bugs", `{"values":[{"field":"Work items[Age in days]","aggregate":"max","name":"Age in days"}],
		"rows":["Work items[Id]","Work items[Title]","Work items[State]","Work items[Assigned to]"],
		"filters":[{"field":"Work items[Is bug]","values":[true]},` + openCategories + `],
		"sort":[{"by":"Age in days","descending":true},{"by":"Work items[Id]"}],"top":20}`},
}

// dashboard are the tiles of the default dashboard.
var dashboard = []pageQuery{
	{"active bugs", `{"values":[{"measure":"Open bugs","name":"Active bugs"},
		{"measure":"Open bugs","name":"30 days before","filters":[{"field":"Dates[Date]","op":"<=","values":["today-30"]}]}]}`},
	{"active bugs trend", `{"values":["Open bugs"],"rows":[{"field":"Dates[Date]","grain":"week"}],"filters":[{"field":"Dates[Date]","op":"this","values":[26,"week"]}]}`},
	{"bugs by priority", `{"values":["Open bugs"],"rows":["Work items[Priority]"],"columns":["Work items[State category]"]}`},
	{"open work by state", `{"values":["Open work items"],"rows":["Work items[State]"]}`},
	{"created against closed", `{"values":["Bugs created","Bugs closed"],"rows":[{"field":"Dates[Date]","grain":"week"}],"filters":[{"field":"Dates[Date]","op":"this","values":[13,"week"]}]}`},
	{"sprint burndown", `{"values":["Remaining estimate","Total scope","Ideal trend"],"rows":[{"field":"Dates[Date]","grain":"day"}],
		"filters":[{"field":"Iterations[Iteration]","op":"current"},{"field":"Work items[Backlog level]","values":["Requirement"]},{"field":"Work items[Is bug]","values":[false]}]}`},
	{"oldest open bugs", openBugStatus[8].query},
}

// slicers are what a person may set on a page.
var slicers = []string{
	``,
	`{"field":"Projects[Project]","values":["Alpha"]}`,
	`{"field":"Areas[Area]","op":"under","values":["Alpha\\Web"]}`,
	`{"field":"Iterations[Iteration]","op":"under","values":["Alpha\\R1"]}`,
	`{"field":"Work items[Priority]","values":["1","2"]}`,
	`{"field":"Tags[Tag]","values":["ui"]}`,
	`{"field":"Teams[Team]","values":["Shop"]}`,
}

func decode(t testing.TB, text string) dataset.Query {
	t.Helper()
	q, err := dataset.DecodeQuery([]byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return q
}

func filterOf(t testing.TB, text string) []dataset.Filter {
	if text == "" {
		return nil
	}
	return decode(t, `{"filters":[`+text+`]}`).Filters
}

// plainQuery is the query as the slow calculator takes it: names spelled out, nothing sorted or cut.
func plainQuery(q dataset.Query) dataset.Query {
	q.Sort, q.Top, q.Others, q.ShowEmpty = nil, 0, false, false
	q.Filters = slices.Clone(q.Filters)
	for i, f := range q.Filters {
		if f.Field == dataset.Priority {
			q.Filters[i].Values = []any{1.0, 2.0}
		}
	}
	q.Values = slices.Clone(q.Values)
	return q
}

// manyBugs is a random world with enough bugs that pages have something to show.
func manyBugs(seed uint64, items int) (*world, time.Time) {
	d := newDice(seed)
	w, now := d.world()
	for id := int32(1000); len(w.items) < items; id++ {
		w.items = append(w.items, d.item(w, id, now))
	}
	return w, now
}

func TestEveryVisualOfThePagesUnderEverySlicerAndHighlight(t *testing.T) {
	w, now := manyBugs(7, 150)
	e := w.engine(now)
	for _, slicer := range slicers {
		for _, highlight := range []string{"", `{"field":"Areas[Area]","values":["Alpha\\Web"]}`, `{"field":"Work items[State category]","values":["InProgress"]}`} {
			for _, page := range [][]pageQuery{openBugStatus, dashboard} {
				var qs []dataset.Query
				for _, v := range page {
					q := decode(t, v.query)
					q.Filters = append(q.Filters, filterOf(t, slicer)...)
					if highlight != "" {
						q.Highlight = filterOf(t, highlight)
					}
					qs = append(qs, q)
				}
				results, errs := e.AnswerAll(context.Background(), qs)
				for i, r := range results {
					name := fmt.Sprintf("%s / %s / %s", page[i].name, slicer, highlight)
					if errs[i] != nil {
						t.Fatalf("%s: %v", name, errs[i])
					}
					comparePage(t, name, w, now, qs[i], r)
				}
			}
		}
	}
}

// comparePage holds a result, its totals and its parts against the slow calculator. Rows that top cut
// off are in Truncated and, added up, in Other.
func comparePage(t *testing.T, name string, w *world, now time.Time, q dataset.Query, r dataset.Result) {
	t.Helper()
	plainQ := plainQuery(q)
	for i := range plainQ.Values {
		for j, f := range plainQ.Values[i].Filters {
			if f.Field == dataset.DateAxis { // today-30
				fs := slices.Clone(plainQ.Values[i].Filters)
				fs[j].Values = []any{now.AddDate(0, 0, -30).Format(time.DateOnly)}
				plainQ.Values[i].Filters = fs
			}
		}
	}
	want := answerSlowly(w, now, plainQ)
	rows, parts := flatten(r)
	if !slices.EqualFunc(plain(r.Total.Values), want.total, same) {
		t.Errorf("%s: total %v, want %v", name, plain(r.Total.Values), want.total)
	}
	other := make([]float64, len(q.Values))
	for key, xs := range rows {
		isOther := false
		for _, row := range r.Rows {
			if len(row.Keys) > 0 && r.Dimensions[0].Members[row.Keys[0]].Other {
				isOther = isOther || key == keyOf(r, row)
			}
		}
		if isOther {
			other[0] += xs[0]
			continue
		}
		if _, ok := want.rows[key]; !ok && q.ShowEmpty {
			expect(t, name+" empty "+key, xs, 0)
			continue
		}
		expect(t, name+" "+key, xs, want.rows[key]...)
		if q.Highlight != nil {
			expect(t, name+" part of "+key, parts[key], want.parts[key]...)
		}
		delete(want.rows, key)
	}
	switch {
	case q.Others && r.Truncated > 0:
		rest := 0.0
		for _, xs := range want.rows {
			rest += xs[0]
		}
		expect(t, name+" Other", other[:1], rest)
	case q.Top > 0:
		if len(want.rows) != r.Truncated {
			t.Errorf("%s: %d rows cut off, Truncated says %d", name, len(want.rows), r.Truncated)
		}
	case len(want.rows) > 0:
		t.Errorf("%s: missing rows %v", name, want.rows)
	}
}

func keyOf(r dataset.Result, row dataset.Row) string {
	key := ""
	for i, k := range row.Keys {
		key += "|" + fmt.Sprint(r.Dimensions[i].Members[k].Value)
	}
	return key
}

func TestOldestOpenBugsAreSortedByAge(t *testing.T) {
	w, now := manyBugs(7, 400)
	r := ask(t, w.engine(now), openBugStatus[8].query)
	if len(r.Rows) != 20 || r.Truncated == 0 {
		t.Fatalf("%d rows, %d cut off", len(r.Rows), r.Truncated)
	}
	for i, row := range r.Rows {
		if row.Keys[0] != i {
			t.Errorf("ids must stand in the order of the rows: row %d has member %d", i, row.Keys[0])
		}
		if i > 0 && *row.Values[0] > *r.Rows[i-1].Values[0] {
			t.Errorf("row %d is older than the one before", i)
		}
	}
}

func TestTopOfAMatrixKeepsWholeRowsAndTheirTotals(t *testing.T) {
	w, now := manyBugs(7, 300)
	r := ask(t, w.engine(now), `{"values":["Work items"],"rows":["Areas[Area]"],"columns":["Work items[State category]"],"sort":[{"by":"Work items","descending":true}],"top":3,"others":true}`)
	if len(r.RowTotals) != 4 || r.Truncated != 3 {
		t.Fatalf("%d row totals, %d cut off", len(r.RowTotals), r.Truncated)
	}
	all, before := 0.0, 1e9
	for i, row := range r.RowTotals {
		x := *row.Values[0]
		all += x
		if i < 3 && x > before {
			t.Errorf("row %d is larger than the one before", i)
		}
		before = x
		sum := 0.0
		for _, cell := range r.Rows {
			if cell.Keys[0] == row.Keys[0] {
				sum += *cell.Values[0]
			}
		}
		if sum != x {
			t.Errorf("cells of row %d add up to %v, its total is %v", i, sum, x)
		}
	}
	if all != *r.Total.Values[0] {
		t.Errorf("rows add up to %v, the total is %v", all, *r.Total.Values[0])
	}
	var order []string
	for _, m := range r.Dimensions[1].Members {
		order = append(order, m.Label)
	}
	if want := []string{"Proposed", "In progress", "Resolved", "Completed", "Removed", "(Blank)"}; !slices.Equal(order, want) {
		t.Errorf("categories stand as %v", order)
	}
	if last := r.Dimensions[0].Members[len(r.Dimensions[0].Members)-1]; !last.Other || last.Label != "Other" {
		t.Errorf("last member %+v", last)
	}
}

func TestSprintBurndownEndsTodayAndItsIdealLineAtTheEndOfTheSprint(t *testing.T) {
	w := golden("UTC")
	r := ask(t, w.engine(goldenNow), strings.TrimSuffix(dashboard[5].query, "}")+`,"asOf":"2024-03-20"}`)
	got := values(r)
	if len(r.Rows) != 12 {
		t.Fatalf("%d days, want the 12 of S2", len(r.Rows))
	}
	expect(t, "first day", got["2024-03-18"], 8, 8, 8)
	expect(t, "today", got["2024-03-20"], 8, 8, 8*(1-2.0/9))
	expect(t, "tomorrow", got["2024-03-21"], null, null, 8*(1-3.0/9))
	expect(t, "weekend is level", got["2024-03-23"], null, null, 8*(1-4.0/9))
	expect(t, "last day", got["2024-03-29"], null, null, 0)
}
