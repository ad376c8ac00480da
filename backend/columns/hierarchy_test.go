package columns_test

import (
	"fmt"
	"testing"

	"sightline/backend/dataset"
)

// family is an epic with two features; the first has four stories, two with tasks.
func family() scene {
	s := newScene("UTC")
	under := func(id, parent int32, typ, title string, changes ...change) *worldItem {
		it := s.add(id, typ, append([]change{made("03-01 09:00")}, changes...)...)
		it.parent, it.title = parent, title
		return it
	}
	hours := func(left, done float64) change {
		return change{"03-02 09:00", func(v *rev) { v.remaining, v.workDone = left, done }}
	}
	under(1, 0, "Epic", "Shop")
	under(2, 1, "Feature", "Checkout")
	under(3, 1, "Feature", "Search")
	under(4, 2, "User Story", "Pay by card", points("03-02 09:00", 5), state("03-03 09:00", "Closed"))
	under(5, 2, "User Story", "Pay by bill", points("03-02 09:00", 3))
	under(6, 2, "User Story", "Pay later")
	under(7, 2, "User Story", "Pay never", points("03-02 09:00", 2), state("03-03 09:00", "Removed"))
	under(8, 4, "Task", "Form", hours(0, 1))
	under(9, 5, "Task", "Letter", hours(3, null))
	under(10, 2, "Bug", "Wrong sum")
	under(11, 3, "User Story", "Find", points("03-02 09:00", null))
	under(12, 1, "Task", "Directly below the epic")
	under(13, 0, "Task", "Alone")
	under(14, 11, "Task", "Nothing to do", hours(0, 0))
	return s
}

func TestRollupsCountAndAddUpWhatLiesBelow(t *testing.T) {
	r := ask(t, family().engine(goldenNow), `{"values":[{"field":"Children"},{"field":"Descendants"},{"field":"Rollup requirements"},{"field":"Rollup bugs"},{"field":"Rollup estimate"},
		{"field":"Rollup completed estimate"},{"field":"Rollup remaining work"},{"field":"Rollup completed work"},{"field":"Progress %","aggregate":"max"},{"field":"Hours %","aggregate":"max"}],"rows":["Title"]}`)
	got := values(r)
	expect(t, "feature", got["Checkout"], 5, 7, 4, 1, 10, 5, 3, 1, 5.0/8, 0.25)
	expect(t, "epic", got["Shop"], 3, 12, 5, 1, 10, 5, 3, 1, 5.0/8, 0.25)
	expect(t, "Trap 15: a feature without estimates, with hours of 0", got["Search"], 1, 2, 1, 0, 0, 0, 0, 0, null, 0)
	expect(t, "a task has nothing below", got["Alone"], 0, 0, 0, 0, 0, 0, 0, 0, null, null)
}

func TestRatiosOverSeveralParentsAreRatiosOfSums(t *testing.T) {
	s := family()
	s.add(20, "User Story", change{"03-02 09:00", func(v *rev) { v.points = 2 }}, state("03-03 09:00", "Closed")).parent = 3
	features := `{"values":["M28","M29","Rollup estimate","Rollup remaining work"],"filters":[{"field":"Type","values":["Feature"]}]}`
	expect(t, "features", total(t, s, features), 7.0/10, 0.25, 12, 3)
	expect(t, "Trap 15: nothing estimated", total(t, family(), `{"values":["Rollup progress","Rollup hours"],"filters":[{"field":"Title","values":["Search"]}]}`), null, 0)
}

func TestTrap14TaskWithoutAParentIsUnparented(t *testing.T) {
	e := family().engine(goldenNow)
	r := ask(t, e, `{"values":["Work items"],"rows":["Parent User Story"],"columns":["State"],"filters":[{"field":"Type","values":["Task"]}]}`)
	got := values(r)
	expect(t, "tasks", []float64{got["(Unparented) | New"][0], got["Pay by card | New"][0], got["Pay by bill | New"][0], got["Find | New"][0]}, 2, 1, 1, 1)
	ms := r.Dimensions[0].Members
	if last := ms[len(ms)-1]; last.Value != nil || last.Label != dataset.Unparented || ms[0].Value != "11" || ms[0].Detail != "User Story 11" {
		t.Errorf("members %+v", ms)
	}
	got = values(ask(t, e, `{"values":["Work items"],"rows":["Parent Epic"],"filters":[{"field":"Type","values":["Task"]}]}`))
	expect(t, "by epic: at any depth, and directly", append(got["Shop"], got["(Unparented)"]...), 4, 1)
	for filter, n := range map[string]float64{`"values":["pay by card"]`: 1, `"values":["4"]`: 1, `"values":[null]`: 2, `"op":"isNotBlank"`: 3, `"op":"notIn","values":["Find",null]`: 2} {
		r := ask(t, e, fmt.Sprintf(`{"values":["Work items"],"filters":[{"field":"Type","values":["Task"]},{"field":"Parent User Story",%s}]}`, filter))
		expect(t, filter, plain(r.Total.Values), n)
	}
}

func TestAWayUpThatLeavesTheChainOfTheProcessEnds(t *testing.T) {
	s := family()
	s.add(30, "Task", made("03-02 09:00")).parent = 8 // a task below a task
	s.add(31, "Task", made("03-02 09:00")).parent = 999
	got := values(ask(t, s.engine(goldenNow), `{"values":["Work items"],"rows":["Id"],"filters":[{"field":"Parent Feature","op":"isBlank"},{"field":"Type","values":["Task"]}]}`))
	for _, id := range []string{"12", "13", "30", "31"} {
		if got[id] == nil {
			t.Errorf("#%s has a Parent Feature", id)
		}
	}
	if len(got) != 4 {
		t.Errorf("tasks without a feature: %v", got)
	}
}

func TestParentsInACircleAreEachBelowTheOthers(t *testing.T) {
	s := newScene("UTC")
	for id := range int32(4) { // 1 → 2 → 3 → 1, and 4 below 1; 5 is its own parent
		s.add(id+1, "User Story", points("03-01 09:00", float64(id+1)))
	}
	s.items[0].parent, s.items[1].parent, s.items[2].parent, s.items[3].parent = 2, 3, 1, 1
	s.add(5, "User Story", made("03-01 09:00")).parent = 5
	got := values(ask(t, s.engine(goldenNow), `{"values":[{"field":"Descendants"},{"field":"Rollup estimate"},{"field":"Children"}],"rows":["Id"]}`))
	for id, want := range map[string][]float64{"1": {3, 9, 2}, "2": {3, 8, 1}, "3": {3, 7, 1}, "4": {0, 0, 0}, "5": {0, 0, 0}} {
		expect(t, "#"+id, got[id], want...)
	}
}

func TestTwoParentsWithOneTitleStayTwo(t *testing.T) {
	s := newScene("UTC")
	for id := range int32(2) {
		s.add(id+1, "Feature", made("03-01 09:00")).title = "Login"
		s.add(id+11, "User Story", made("03-01 09:00")).parent = id + 1
	}
	r := ask(t, s.engine(goldenNow), `{"values":["Work items"],"rows":["Parent Feature"],"filters":[{"field":"Type","values":["User Story"]}]}`)
	if len(r.Rows) != 2 || r.Dimensions[0].Members[0].Value != "1" || r.Dimensions[0].Members[1].Value != "2" {
		t.Errorf("rows %v of %+v", r.Rows, r.Dimensions[0].Members)
	}
}

func TestAPickedParentIsNotOneWhoseTitleIsItsNumber(t *testing.T) {
	s := family()
	for _, it := range s.items {
		if it.id == 3 {
			it.title = "2"
		}
	}
	e := s.engine(goldenNow)
	for value, want := range map[string]float64{"2": 4, "3": 1, "checkout": 4, "nobody": 0} { // #2 has four stories, #3 one
		r := ask(t, e, fmt.Sprintf(`{"values":["Work items"],"filters":[{"field":"Parent Feature","values":[%q]},{"field":"Type","values":["User Story"]}]}`, value))
		expect(t, value, []float64{*r.Total.Values[0]}, want)
	}
}
