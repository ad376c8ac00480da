package columns_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
)

// utc reads a time of the golden seed: 03-05 09:00 of 2024.
func utc(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", "2024-"+s)
	if err != nil {
		panic(err)
	}
	return t
}

var agileTypes = []worldType{
	{name: "Epic", level: "portfolio", plural: "Epics", rank: 40, states: agileStates(2)},
	{name: "Feature", level: "portfolio", plural: "Features", rank: 30, states: agileStates(2)},
	{name: "User Story", level: "requirement", plural: "Stories", rank: 20, states: agileStates(2)},
	{name: "Bug", bug: true, level: "requirement", plural: "Stories", rank: 20, states: agileStates(3)},
	{name: "Task", level: "task", plural: "Tasks", rank: 10, states: agileStates(2)},
}

// agileStates are those of an Agile type; Resolved is in progress for all but bugs.
func agileStates(resolved int8) []worldState {
	return []worldState{{"New", 1}, {"Active", 2}, {"Resolved", resolved}, {"Closed", 4}, {"Removed", 5}}
}

// goldenNow is the "now" of the seed.
var goldenNow = utc("04-01 12:00")

// golden is the seed of reports.md §14, from its table of histories.
func golden(zone string) *world {
	w := &world{
		zone:       zone,
		projects:   []worldProject{{name: "Gold", process: "Agile", estimate: 1, types: agileTypes}},
		areas:      []string{"Gold"},
		iterations: []worldIteration{{"Gold", "", ""}, {`Gold\S1`, "2024-03-04", "2024-03-15"}, {`Gold\S2`, "2024-03-18", "2024-03-29"}},
	}
	type step struct{ at, what string }
	add := func(id int32, typ string, points float64, steps ...step) {
		v := rev{project: "Gold", typ: typ, area: "Gold", iteration: `Gold\S1`, points: points, priority: null, effort: null, size: null, original: null, remaining: null, workDone: null}
		it := &worldItem{id: id, title: fmt.Sprintf("Item %d", id)}
		for _, s := range steps {
			v.at = utc(s.at)
			if strings.HasPrefix(s.what, "to ") {
				v.iteration = `Gold\` + s.what[3:]
			} else {
				v.state = s.what
			}
			it.revs = append(it.revs, v)
		}
		w.items = append(w.items, it)
	}
	const story, bug = "User Story", "Bug"
	add(1, story, 5, step{"03-01 09:00", "New"}, step{"03-05 09:00", "Active"}, step{"03-08 21:00", "Closed"})
	add(2, story, 3, step{"03-01 09:00", "New"}, step{"03-06 09:00", "Active"}, step{"03-12 09:00", "Closed"}, step{"03-13 09:00", "Active"}, step{"03-14 09:00", "Closed"})
	add(3, story, 8, step{"03-01 09:00", "New"}, step{"03-11 12:00", "to S2"}, step{"03-19 12:00", "Active"}, step{"03-28 12:00", "Closed"})
	add(4, story, null, step{"03-07 10:00", "New"}, step{"03-14 10:00", "Active"})
	add(5, story, 2, step{"03-02 10:00", "New"}, step{"03-18 10:00", "Closed"})
	add(6, story, 1, step{"03-03 10:00", "New"}, step{"03-06 15:00", "Removed"})
	add(7, bug, null, step{"03-04 23:30", "New"}, step{"03-06 09:00", "Active"}, step{"03-09 09:00", "Resolved"})
	add(8, bug, null, step{"03-05 09:00", "New"}, step{"03-20 09:00", "Closed"})
	add(9, bug, null, step{"03-10 09:00", "New"}, step{"03-12 09:00", "Removed"})
	return w
}

// ask answers a query written as the verbs take it, in JSON.
func ask(t *testing.T, e *columns.Engine, query string) dataset.Result {
	t.Helper()
	q, err := dataset.DecodeQuery([]byte(query))
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	r, err := e.Answer(context.Background(), q)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	return r
}

// values flattens a result: the labels of each row, joined by " | ", and its values.
func values(r dataset.Result) map[string][]float64 {
	out := map[string][]float64{}
	for _, row := range r.Rows {
		out[strings.Join(labels(r, row), " | ")] = plain(row.Values)
	}
	return out
}

func labels(r dataset.Result, row dataset.Row) []string {
	var out []string
	for i, k := range row.Keys {
		m := r.Dimensions[i].Members[k]
		if r.Dimensions[i].Role == dataset.RoleDate && m.Start != "" {
			out = append(out, m.Start)
		} else {
			out = append(out, m.Label)
		}
	}
	return out
}

// plain turns null into NaN.
func plain(xs []*float64) []float64 {
	out := make([]float64, len(xs))
	for i, x := range xs {
		out[i] = null
		if x != nil {
			out[i] = *x
		}
	}
	return out
}

func same(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b))
}

func expect(t *testing.T, what string, got []float64, want ...float64) {
	t.Helper()
	ok := len(got) == len(want)
	for i := range want {
		ok = ok && same(got[i], want[i])
	}
	if !ok {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// stories are the requirements of the seed, that is REQ(p).
const stories = `{"field":"Work items[Backlog level]","values":["Requirement"]},{"field":"Work items[Is bug]","values":[false]}`

func TestGoldenLeadAndCycleTimeOfEachItem(t *testing.T) {
	r := ask(t, golden("UTC").engine(goldenNow), `{"values":["M2","Average cycle time"],"rows":["Id"]}`)
	got := values(r)
	for id, want := range map[string][]float64{"1": {7.5, 3.5}, "2": {13, 8}, "3": {27.125, 9}, "5": {16, 0}, "8": {15, 0}} {
		expect(t, "lead and cycle of #"+id, got[id], want...)
	}
	if len(got) != 5 {
		t.Errorf("completed items: %v", got)
	}
}

func TestGoldenLeadAndCycleTimeOfStories(t *testing.T) {
	r := ask(t, golden("UTC").engine(goldenNow), `{"values":["Average lead time","Median lead time","Lead time 85th percentile","Average cycle time",
		{"measure":"Average cycle time","name":"without skipped","filters":[{"field":"Cycle time days","op":">","values":[0]}]}],"filters":[`+stories+`]}`)
	expect(t, "stories", plain(r.Total.Values), 15.90625, 14.5, 22.11875, 5.125, 6.833333333333333)
}

func TestGoldenSprintBurndownWithRemovedLeftOut(t *testing.T) {
	r := ask(t, golden("UTC").engine(goldenNow), `{"values":["Remaining estimate","Remaining items","Total scope"],"rows":["Dates[Date]"],
		"filters":[`+stories+`,{"field":"Iterations[Iteration]","values":["S1"]}]}`)
	want := map[string][]float64{
		"2024-03-04": {19, 5, 19}, "2024-03-05": {19, 5, 19}, "2024-03-06": {18, 4, 18}, "2024-03-07": {18, 5, 18},
		"2024-03-08": {13, 4, 18}, "2024-03-09": {13, 4, 18}, "2024-03-10": {13, 4, 18}, "2024-03-11": {5, 3, 10},
		"2024-03-12": {2, 2, 10}, "2024-03-13": {5, 3, 10}, "2024-03-14": {2, 2, 10}, "2024-03-15": {2, 2, 10},
	}
	got := values(r)
	if len(got) != len(want) {
		t.Errorf("days of the sprint: %v", got)
	}
	for day, w := range want {
		expect(t, day, got[day], w...)
	}
}

func TestGoldenSprintBurndownWithTheFilterOfTheSample(t *testing.T) {
	r := ask(t, golden("UTC").engine(goldenNow), `{"values":["Estimate","Work items"],"rows":[{"field":"Dates[Date]","grain":"day"}],
		"filters":[`+stories+`,{"field":"Iteration","values":["Gold\\S1"]},{"field":"State category","op":"notIn","values":["Completed"]}]}`)
	got := values(r)
	for day, w := range map[string][]float64{
		"2024-03-04": {19, 5}, "2024-03-05": {19, 5}, "2024-03-06": {19, 5}, "2024-03-07": {19, 6}, "2024-03-08": {14, 5}, "2024-03-09": {14, 5},
		"2024-03-10": {14, 5}, "2024-03-11": {6, 4}, "2024-03-12": {3, 3}, "2024-03-13": {6, 4}, "2024-03-14": {3, 3}, "2024-03-15": {3, 3},
	} {
		expect(t, day, got[day], w...)
	}
}

// The percentages hold on the last day of the sprint; at the seed's now #5 is closed (reports.md §15).
func TestGoldenScopeFiguresOnTheLastDayAndNow(t *testing.T) {
	e := golden("UTC").engine(goldenNow)
	query := `{"values":["Original scope","Total scope","Completed estimate","Not estimated","% complete","% complete of original scope","Scope increase","Remaining estimate"],
		"filters":[` + stories + `,{"field":"Iteration","values":["S1"]}],"asOf":"DAY"}`
	r := ask(t, e, strings.Replace(query, "DAY", "2024-03-15", 1))
	expect(t, "last day", plain(r.Total.Values), 19, 10, 8, 1, 0.8, 17.0/19, -9, 2)
	if r.AsOf != "2024-03-15T23:59:59.999Z" {
		t.Errorf("as of %s", r.AsOf)
	}
	r = ask(t, e, strings.Replace(query, "DAY", "", 1))
	expect(t, "now", plain(r.Total.Values), 19, 10, 10, 1, 1, 1, -9, 0)
}

func TestGoldenVelocity(t *testing.T) {
	e := golden("UTC").engine(goldenNow)
	for _, s := range []struct {
		sprint, start, end                                      string
		planned, plannedItems, done, doneItems, late, lateItems float64
		incomplete, incompleteItems                             float64
	}{
		{"S1", "2024-03-04", "2024-03-15", 19, 5, 8, 2, 2, 1, 0, 1},
		{"S2", "2024-03-18", "2024-03-29", 8, 1, 8, 1, null, 0, null, 0},
	} {
		in := stories + `,{"field":"Iteration","values":["` + s.sprint + `"]}`
		planned := ask(t, e, `{"values":["Total scope","Total scope items"],"filters":[`+in+`],"asOf":"`+s.start+`"}`)
		expect(t, s.sprint+" planned", plain(planned.Total.Values), s.planned, s.plannedItems)
		now := ask(t, e, `{"values":[
			{"measure":"Completed estimate","name":"done","filters":[{"field":"Completed date","op":"<=","values":["`+s.end+`"]}]},
			{"measure":"Closed","name":"done items","filters":[{"field":"Completed date","op":"<=","values":["`+s.end+`"]}]},
			{"measure":"Completed estimate","name":"late","filters":[{"field":"Completed date","op":">","values":["`+s.end+`"]}]},
			{"measure":"Closed","name":"late items","filters":[{"field":"Completed date","op":">","values":["`+s.end+`"]}]},
			{"measure":"Total scope","name":"incomplete","filters":[{"field":"State category","values":["InProgress"]}]},
			{"measure":"Work items","name":"incomplete items","filters":[{"field":"State category","values":["In progress"]}]}],"filters":[`+in+`]}`)
		expect(t, s.sprint+" now", plain(now.Total.Values), s.done, s.doneItems, s.late, s.lateItems, s.incomplete, s.incompleteItems)
	}
}

func TestGoldenOpenBugsAtTheEndOfEachDay(t *testing.T) {
	const query = `{"values":["Open bugs",{"measure":"Work items","name":"sample","filters":[{"field":"Type","values":["Bug"]},{"field":"State","op":"notIn","values":["Closed"]}]}],
		"rows":["Dates[Date]"],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-04","2024-03-22"]}]}`
	got := values(ask(t, golden("UTC").engine(goldenNow), query))
	for day, w := range map[string][]float64{"2024-03-04": {1, 1}, "2024-03-05": {2, 2}, "2024-03-08": {2, 2}, "2024-03-11": {3, 3}, "2024-03-15": {2, 3}, "2024-03-22": {1, 2}} {
		expect(t, day, got[day], w...)
	}
	got = values(ask(t, golden("Etc/GMT-1").engine(goldenNow), query)) // one hour east of UTC
	expect(t, "03-04 in UTC+1", got["2024-03-04"], 0, 0)
	expect(t, "03-05 in UTC+1", got["2024-03-05"], 2, 2)
}

// The pull requests of the seed, as numbers in the estimate of five items: percentiles are the same.
func TestGoldenPercentiles(t *testing.T) {
	w := golden("UTC")
	w.items = w.items[:4]
	for i, hours := range []float64{10, 20, 40, 80} {
		for j := range w.items[i].revs {
			w.items[i].revs[j].points = hours
		}
	}
	const query = `{"values":[{"field":"Story points","aggregate":"median"},{"field":"Story points","aggregate":"p90"}],"filters":[%s]}`
	r := ask(t, w.engine(goldenNow), fmt.Sprintf(query, ""))
	expect(t, "10, 20, 40, 80", plain(r.Total.Values), 30, 68)
	r = ask(t, w.engine(goldenNow), fmt.Sprintf(query, `{"field":"Story points","op":"<","values":[80]}`))
	expect(t, "10, 20, 40", plain(r.Total.Values), 20, 36)
}
