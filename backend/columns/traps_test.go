package columns_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// The traps of reports.md §10 that concern work items, by their numbers, each with its number worked
// out by hand. Trap and test:
//
//	 1  TestTrap01ReopenedItemCountsFromItsLastCompletionAndItsFirstStart
//	 2  TestTrap02ItemThatSkipsInProgressHasACycleTimeOfZero
//	 3  TestTrap03ItemMovedOutOfTheSprintLeavesItsBurndownThatDay,
//	    TestTrap03PlannedStaysInTheOldIterationAndCompletedIsInTheNewOne (velocity_test.go)
//	 4  TestTrap04ATagAddedLateCountsFromThatDay
//	 5  TestTrap05RemovedItemIsInTheFilterOfTheSampleButNotOpen
//	 6  TestTrap06ResolvedBugIsOpenAndResolvedStoryIsInProgress,
//	    TestTrap06ResolvedBugIsNotIncompleteButResolvedStoryIs (velocity_test.go)
//	 7  TestTrap07TeamsThatShareAnAreaSumToMoreThanTheTotal
//	 8  TestTrap08AnAreaIsNotItsSiblingThatBeginsAlike
//	11  TestTrap11PercentilesOfOneTwoAndFourValues
//	12  TestTrap12WeeksCutByTheRangeAreMarked
//	13  TestTrap13AChangeLateInTheEveningStandsOnTheLocalDay
//	14  TestTrap14TaskWithoutAParentIsUnparented (hierarchy_test.go)
//	15  TestTrap15ScopeWithoutEstimatesHasNoPercentage, TestRollupsCountAndAddUpWhatLiesBelow (hierarchy_test.go)
//	16  TestTrap16ColumnsThatNoBoardHasAnyMoreAreBlank (board_test.go)
//	19  TestTrap19AnEstimateOfZeroIsAnEstimate,
//	    TestTrap19ItemWithoutAnEstimateIsPlannedAsAnItemWithoutPoints (velocity_test.go)
//	20  TestTrap20TheLastDayOfTheSprintIsIncluded
//	21  TestTrap21PeopleWithOneNameAndTwoAddressesStayApart
//	22  TestTrap22ARenamedProjectKeepsItsHistory
//	23  TestTrap23AnUnchangedItemStandsInEveryDay
//	24  TestTrap24ItemDeletedAndRestoredIsMissingInBetween,
//	    TestDailySnapshotsOfARestoredItemCountTheDaysItWasGone (spent_test.go)
//	26  TestTrap26DatesAreAPlainAxisWithAGrain
//
// 9, 10, 17 and 18 concern runs, tests and pull requests (facts_traps_test.go); 25 concerns test suites, which
// are not loaded.

// build makes a world of one Agile project from lines "id type field=value … @ 03-05 09:00 state, …".
type scene struct{ *world }

func newScene(zone string) scene {
	w := golden(zone)
	w.items = nil
	w.areas = []string{"Gold", `Gold\Web`, `Gold\Web\Cart`, `Gold\Web2`}
	w.teams = []worldTeam{
		{"Shop", "Gold", []string{`Gold\Web`}, nil, [7]bool{}},
		{"Cart", "Gold", []string{`Gold\Web\Cart`}, nil, [7]bool{}},
	}
	return scene{w}
}

// add makes an item; each change is a time and what it does to the state before it.
func (s scene) add(id int32, typ string, changes ...change) *worldItem {
	v := rev{project: "Gold", typ: typ, state: "New", area: "Gold", iteration: "Gold", priority: null, points: null, effort: null, size: null, original: null, remaining: null, workDone: null}
	it := &worldItem{id: id, title: fmt.Sprintf("Item %d", id)}
	for _, c := range changes {
		v.at = utc(c.at)
		c.do(&v)
		it.revs = append(it.revs, v)
	}
	s.items = append(s.items, it)
	return it
}

type change struct {
	at string
	do func(*rev)
}

func state(at, name string) change         { return change{at, func(v *rev) { v.state = name }} }
func inArea(at, path string) change        { return change{at, func(v *rev) { v.area = path }} }
func inSprint(at, path string) change      { return change{at, func(v *rev) { v.iteration = path }} }
func tagged(at string, t ...string) change { return change{at, func(v *rev) { v.tags = t }} }
func made(at string) change                { return change{at, func(*rev) {}} }
func points(at string, x float64) change   { return change{at, func(v *rev) { v.points = x }} }

func total(t *testing.T, s scene, query string) []float64 {
	t.Helper()
	return plain(ask(t, s.engine(goldenNow), query).Total.Values)
}

func TestTrap01ReopenedItemCountsFromItsLastCompletionAndItsFirstStart(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "User Story", made("03-01 00:00"), state("03-02 00:00", "Active"), state("03-05 00:00", "Closed"), state("03-07 00:00", "Active"), state("03-11 00:00", "Closed"))
	expect(t, "lead and cycle", total(t, s, `{"values":["M2","M3","Closed"]}`), 10, 9, 1)
	r := values(ask(t, s.engine(goldenNow), `{"values":["Closed"],"rows":["Dates[Date]"]}`))
	expect(t, "closed on 03-05", r["2024-03-05"], 0)
	expect(t, "closed on 03-11", r["2024-03-11"], 1)
	expect(t, "as of 03-06", total(t, s, `{"values":["M2","M3"],"asOf":"2024-03-06"}`), 4, 3)
	expect(t, "as of 03-08, while it is open", total(t, s, `{"values":["M2","M3","Closed"],"asOf":"2024-03-08"}`), null, null, 0)
}

func TestTrap02ItemThatSkipsInProgressHasACycleTimeOfZero(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "Bug", made("03-01 00:00"), state("03-04 12:00", "Closed"))
	expect(t, "lead and cycle", total(t, s, `{"values":["Average lead time","Average cycle time"]}`), 3.5, 0)
}

func TestTrap03ItemMovedOutOfTheSprintLeavesItsBurndownThatDay(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "User Story", change{"03-01 09:00", func(v *rev) { v.iteration, v.points = `Gold\S1`, 5 }}, inSprint("03-12 09:00", `Gold\S2`))
	r := values(ask(t, s.engine(goldenNow), `{"values":["Total scope items","Work items"],"rows":["Dates[Date]"],"filters":[{"field":"Iteration","values":["S1"]}]}`))
	expect(t, "03-11", r["2024-03-11"], 1, 1)
	expect(t, "03-12", r["2024-03-12"], null, 0)
	expect(t, "now in S2", total(t, s, `{"values":["Work items"],"filters":[{"field":"Iteration","values":["S2"]}]}`), 1)
}

func TestTrap04ATagAddedLateCountsFromThatDay(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "User Story", made("03-01 09:00"), tagged("03-10 09:00", "release"), tagged("03-20 09:00"))
	r := values(ask(t, s.engine(goldenNow), `{"values":["Work items"],"rows":["Dates[Date]"],"filters":[{"field":"Tag","values":["release"]}]}`))
	for day, n := range map[string]float64{"2024-03-09": 0, "2024-03-10": 1, "2024-03-19": 1, "2024-03-20": 0} {
		expect(t, day, r[day], n)
	}
	expect(t, "today", total(t, s, `{"values":["Work items"],"filters":[{"field":"Tag","values":["release"]}]}`), 0)
}

func TestTrap05RemovedItemIsInTheFilterOfTheSampleButNotOpen(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "Bug", made("03-01 09:00"), state("03-02 09:00", "Removed"))
	expect(t, "sample and ours", total(t, s, `{"values":[{"measure":"Work items","filters":[{"field":"State category","op":"notIn","values":["Completed"]}]},"Open bugs"]}`), 1, 0)
}

func TestTrap06ResolvedBugIsOpenAndResolvedStoryIsInProgress(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "Bug", made("03-01 09:00"), state("03-02 09:00", "Resolved"))
	s.add(2, "User Story", made("03-01 09:00"), state("03-02 09:00", "Resolved"))
	expect(t, "open bugs", total(t, s, `{"values":["Open bugs"]}`), 1)
	r := values(ask(t, s.engine(goldenNow), `{"values":["Open work items"],"rows":["State category"]}`))
	expect(t, "Resolved", r["Resolved"], 1)
	expect(t, "In progress", r["In progress"], 1)
	// the name Resolved stands once among the states; a bug page gives it the bugs' category
	bugs := ask(t, s.engine(goldenNow), `{"values":["Open bugs"],"rows":["State"]}`)
	if m := bugs.Dimensions[0].Members; len(m) != 1 || m[0].Category != "Resolved" {
		t.Errorf("members %+v", m)
	}
}

func TestTrap07TeamsThatShareAnAreaSumToMoreThanTheTotal(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "Bug", inArea("03-01 09:00", `Gold\Web\Cart`))
	s.add(2, "Bug", inArea("03-01 09:00", `Gold\Web`))
	s.add(3, "Bug", inArea("03-01 09:00", `Gold`))
	r := ask(t, s.engine(goldenNow), `{"values":["Open bugs"],"rows":["Team"]}`)
	got := values(r)
	expect(t, "Shop", got["Shop"], 2)
	expect(t, "Cart", got["Cart"], 1)
	expect(t, "no team", got["(Blank)"], 1)
	expect(t, "total", plain(r.Total.Values), 3)
	if r.Values[0].Additive || len(r.Notes) == 0 || !strings.Contains(r.Notes[0], "do not sum") {
		t.Errorf("additive %t, notes %q", r.Values[0].Additive, r.Notes)
	}
	expect(t, "both teams", total(t, s, `{"values":["Open bugs"],"filters":[{"field":"Team","values":["Shop","Cart"]}]}`), 2)
}

func TestTrap08AnAreaIsNotItsSiblingThatBeginsAlike(t *testing.T) {
	s := newScene("UTC")
	for i, path := range []string{`Gold\Web`, `Gold\Web\Cart`, `Gold\Web2`} {
		s.add(int32(i+1), "Bug", inArea("03-01 09:00", path))
	}
	expect(t, "under Web", total(t, s, `{"values":["Open bugs"],"filters":[{"field":"Areas[Area]","op":"under","values":["gold\\web"]}]}`), 2)
	expect(t, "is Web", total(t, s, `{"values":["Open bugs"],"filters":[{"field":"Areas[Area]","values":["Web"]}]}`), 1)
}

func TestTrap11PercentilesOfOneTwoAndFourValues(t *testing.T) {
	for _, c := range []struct {
		xs       []float64
		p50, p90 float64
	}{{[]float64{10}, 10, 10}, {[]float64{10, 20}, 15, 19}, {[]float64{10, 20, 40, 80}, 30, 68}} {
		s := newScene("UTC")
		for i, x := range c.xs {
			s.add(int32(i+1), "User Story", points("03-01 09:00", x))
		}
		expect(t, fmt.Sprint(c.xs), total(t, s, `{"values":[{"field":"Story points","aggregate":"median"},{"field":"Story points","aggregate":"p90"}]}`), c.p50, c.p90)
	}
}

func TestTrap12WeeksCutByTheRangeAreMarked(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "Bug", made("03-05 09:00")) // Tuesday
	s.add(2, "Bug", made("03-07 09:00")) // Thursday
	s.add(3, "Bug", made("04-01 09:00")) // Monday, today
	r := ask(t, s.engine(goldenNow), `{"values":["Bugs created","Open bugs"],"rows":[{"field":"Dates[Date]","grain":"week"}],"filters":[{"field":"Dates[Date]","op":">=","values":["2024-03-06"]}]}`)
	got := values(r)
	expect(t, "first week, from Wednesday", got["2024-03-06"], 1, 2)
	expect(t, "last week, not finished", got["2024-03-31"], 1, 3)
	ms := r.Dimensions[0].Members
	if !ms[0].Partial || ms[1].Partial || !ms[len(ms)-1].Partial || len(r.Notes) != 2 {
		t.Errorf("members %+v, notes %q", ms, r.Notes)
	}
	whole := ask(t, s.engine(goldenNow), `{"values":["Bugs created"],"rows":[{"field":"Dates[Date]","grain":"week"}],"filters":[{"field":"Dates[Date]","op":"this","values":[5,"week"]}]}`)
	if len(whole.Rows) != 5 || whole.Dimensions[0].Members[0].Partial {
		t.Errorf("this 5 weeks: %+v", whole.Dimensions[0].Members)
	}
	expect(t, "whole first week", values(whole)["2024-03-03"], 2)
}

func TestTrap13AChangeLateInTheEveningStandsOnTheLocalDay(t *testing.T) {
	for zone, day := range map[string]string{"UTC": "2024-03-04", "Europe/Berlin": "2024-03-05", "America/Los_Angeles": "2024-03-04", "Pacific/Kiritimati": "2024-03-05"} {
		s := newScene(zone)
		s.add(1, "Bug", made("03-04 23:30"))
		r := values(ask(t, s.engine(goldenNow), `{"values":["Bugs created"],"rows":["Dates[Date]"],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-03","2024-03-06"]}]}`))
		expect(t, zone, r[day], 1)
	}
}

func TestTrap15ScopeWithoutEstimatesHasNoPercentage(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "User Story", made("03-01 09:00"))
	expect(t, "% complete", total(t, s, `{"values":["% complete","% complete by items","Total scope"]}`), null, 0, 0)
}

func TestTrap19AnEstimateOfZeroIsAnEstimate(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "User Story", points("03-01 09:00", 0))
	s.add(2, "User Story", made("03-01 09:00"))
	s.add(3, "User Story", points("03-01 09:00", 4))
	expect(t, "not estimated, average, sum, count", total(t, s, `{"values":["Not estimated",{"field":"Story points","aggregate":"average"},"Story points",{"field":"Story points","aggregate":"count"}]}`), 1, 2, 4, 2)
	r := values(ask(t, s.engine(goldenNow), `{"values":["Work items","Story points"],"rows":["Work items[Story points]"]}`))
	expect(t, "0", r["0"], 1, 0)
	expect(t, "(Blank)", r["(Blank)"], 1, null)
}

func TestTrap20TheLastDayOfTheSprintIsIncluded(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "User Story", change{"03-01 09:00", func(v *rev) { v.iteration, v.points = `Gold\S1`, 5 }}, state("03-15 23:59", "Closed"))
	r := ask(t, s.engine(goldenNow), `{"values":["Remaining items"],"rows":["Dates[Date]"],"filters":[{"field":"Iteration","values":["S1"]}]}`)
	got := values(r)
	expect(t, "03-14", got["2024-03-14"], 1)
	expect(t, "03-15", got["2024-03-15"], 0)
	if _, more := got["2024-03-16"]; more || len(got) != 12 {
		t.Errorf("days %v", got)
	}
	in := `{"values":["Closed"],"filters":[{"field":"Completed date","op":"<=","values":["2024-03-15"]}]}`
	expect(t, "completed by the end", total(t, s, in), 1)
}

func TestTrap21PeopleWithOneNameAndTwoAddressesStayApart(t *testing.T) {
	w, now := manyBugs(3, 5)
	r := newReading(w)
	for i := range r.people {
		r.people[i].Name = "Alex Kim"
	}
	e := open(t, fixed{r}, now)
	res := ask(t, e, `{"values":["Work items"],"rows":["Assigned to"]}`)
	seen := map[string]bool{}
	for _, m := range res.Dimensions[0].Members {
		if m.Value == nil {
			continue
		}
		if m.Label != "Alex Kim" || m.Detail == "" || seen[m.Detail] {
			t.Errorf("member %+v", m)
		}
		seen[m.Detail] = true
	}
	if len(seen) < 2 {
		t.Errorf("members %+v", res.Dimensions[0].Members)
	}
}

func TestTrap22ARenamedProjectKeepsItsHistory(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "Bug", made("03-01 09:00"), state("03-20 09:00", "Closed"))
	r := newReading(s.world)
	r.projects[0].Name = "Platinum" // the service tells the present name; rows name it by its id
	got := values(ask(t, open(t, fixed{r}, goldenNow), `{"values":["Open bugs","Bugs closed"],"rows":["Projects[Project]"],"columns":[{"field":"Dates[Date]","grain":"month"}],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-02-01","2024-03-15"]}]}`))
	expect(t, "March", got["Platinum | 2024-03-01"], 1, 0)
	if _, old := got["Gold | 2024-03-01"]; old || len(got) != 2 {
		t.Errorf("rows %v", got)
	}
}

func TestTrap23AnUnchangedItemStandsInEveryDay(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "Bug", made("01-10 09:00"))
	r := ask(t, s.engine(goldenNow), `{"values":["Open bugs"],"rows":["Dates[Date]"],"filters":[{"field":"Dates[Date]","op":"last","values":[60,"day"]}]}`)
	if len(r.Rows) != 60 {
		t.Fatalf("%d days", len(r.Rows))
	}
	for _, row := range r.Rows {
		expect(t, "a day", plain(row.Values), 1)
	}
	expect(t, "the total is no sum of days", plain(r.Total.Values), 1)
}

func TestTrap24ItemDeletedAndRestoredIsMissingInBetween(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "Bug", made("03-01 09:00"), change{"03-05 09:00", func(v *rev) { v.gone = true }}, change{"03-08 09:00", func(v *rev) { v.gone = false }})
	s.add(2, "Bug", made("03-01 09:00"), change{"03-05 09:00", func(v *rev) { v.gone = true }})
	r := values(ask(t, s.engine(goldenNow), `{"values":["Open bugs","Bugs created"],"rows":["Dates[Date]"],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-01","2024-03-09"]}]}`))
	for day, want := range map[string][]float64{"2024-03-01": {1, 1}, "2024-03-04": {1, 0}, "2024-03-05": {0, 0}, "2024-03-07": {0, 0}, "2024-03-08": {1, 0}} {
		expect(t, day, r[day], want...)
	}
}

func TestTrap26DatesAreAPlainAxisWithAGrain(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "Bug", made("01-10 09:00"))
	for grain, want := range map[string][2]string{"day": {"2024-03-01", "1 Mar 2024"}, "week": {"2024-02-25/2024-03-02", "25 Feb 2024"}, "month": {"2024-03-01/2024-03-31", "Mar 2024"},
		"quarter": {"2024-01-01/2024-03-31", "Q1 2024"}, "year": {"2024-01-01/2024-04-01", "2024"}} {
		r := ask(t, s.engine(goldenNow), fmt.Sprintf(`{"values":["Open bugs"],"rows":[{"field":"Dates[Date]","grain":%q}],"filters":[{"field":"Dates[Date]","op":">=","values":["2024-01-01"]}]}`, grain))
		found := false
		for _, m := range r.Dimensions[0].Members {
			found = found || m.Value == want[0] && m.Label == want[1]
		}
		if !found {
			t.Errorf("%s: no member %q in %+v", grain, want, r.Dimensions[0].Members)
		}
		// the value of a member is the filter that means it
		one := ask(t, s.engine(goldenNow), fmt.Sprintf(`{"values":["Open bugs"],"rows":[{"field":"Dates[Date]","grain":%q}],"filters":[{"field":"Dates[Date]","values":[%q]}]}`, grain, want[0]))
		if len(one.Rows) != 1 || one.Dimensions[0].Members[0].Label != want[1] {
			t.Errorf("%s filtered to %s: %+v", grain, want[0], one.Dimensions[0].Members)
		}
	}
}

func TestClocksSetForwardAndBackLoseNoDay(t *testing.T) {
	s := newScene("Europe/Berlin")
	s.add(1, "Bug", change{"03-01 09:00", func(*rev) {}}, state("03-31 21:59", "Closed")) // 23:59 of the day with 23 hours
	s.add(2, "Bug", made("03-30 23:30"))                                                  // 00:30 of that day
	e := s.engine(time.Date(2024, 4, 20, 0, 0, 0, 0, time.UTC))
	r := values(ask(t, e, `{"values":["Open bugs","Bugs created","Bugs closed"],"rows":["Dates[Date]"],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-30","2024-04-01"]}]}`))
	expect(t, "03-30", r["2024-03-30"], 1, 0, 0)
	expect(t, "03-31", r["2024-03-31"], 1, 1, 1)
	expect(t, "04-01", r["2024-04-01"], 1, 0, 0)
	expect(t, "age counts days of the calendar", plain(ask(t, e, `{"values":["Oldest age"]}`).Total.Values), 20)
}
