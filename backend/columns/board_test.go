package columns_test

import (
	"slices"
	"testing"
)

func inColumn(at, column string) change { return change{at, func(v *rev) { v.column = column }} }

// boarded is the world of one board whose column Doing became Development, and whose column Test was deleted.
func boarded() scene {
	s := newScene("UTC")
	s.boards = []worldBoard{
		{"Shop", "Stories", "Stories", []string{"New", "Development", "Review", "Closed"}, []string{"incoming", "inProgress", "inProgress", "outgoing"}, []string{"Expedite"}},
		{"Cart", "Stories", "Stories", []string{"Inbox", "Review", "Development", "Done"}, []string{"incoming", "inProgress", "inProgress", "outgoing"}, nil},
	}
	s.add(1, "User Story", inColumn("03-01 09:00", "New"), inColumn("03-05 09:00", "Doing"), inColumn("03-08 09:00", "Development"), inColumn("03-12 09:00", "Closed"))
	s.add(2, "User Story", inColumn("03-01 09:00", "New"), inColumn("03-06 09:00", "Test"), inColumn("03-10 09:00", "Review"))
	s.add(3, "Task", made("03-01 09:00"))
	return s
}

func TestTrap16ColumnsThatNoBoardHasAnyMoreAreBlank(t *testing.T) {
	r := ask(t, boarded().engine(goldenNow), `{"values":["Board items"],"rows":["Dates[Date]"],"columns":["Board column"],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-04","2024-03-12"]}]}`)
	got := values(r)
	for cell, n := range map[string]float64{
		"2024-03-04 | New": 2, "2024-03-05 | New": 1, "2024-03-05 | (Blank)": 1, "2024-03-06 | (Blank)": 2, "2024-03-08 | Development": 1,
		"2024-03-08 | (Blank)": 1, "2024-03-10 | Review": 1, "2024-03-12 | Closed": 1, "2024-03-12 | Review": 1,
	} {
		expect(t, cell, got[cell], n)
	}
	var names []string
	for _, m := range r.Dimensions[1].Members {
		names = append(names, m.Label)
	}
	if want := []string{"New", "Development", "Review", "Closed", "(Blank)"}; !slices.Equal(names, want) {
		t.Errorf("columns %q, want %q", names, want)
	}
}

func TestColumnsStandInTheOrderOfTheBoardOfTheTeam(t *testing.T) {
	s := boarded()
	s.add(4, "User Story", inColumn("03-10 09:00", "Review"))
	for _, it := range s.items {
		for i := range it.revs {
			it.revs[i].area = `Gold\Web\Cart`
		}
	}
	by := func(team string) []float64 {
		got := values(ask(t, s.engine(goldenNow), `{"values":["Board items"],"rows":["Board column"],"filters":[{"field":"Team","values":["`+team+`"]}],"asOf":"2024-03-11"}`))
		return append(append(append([]float64{}, got["Development"]...), got["Review"]...), float64(len(got)))
	}
	expect(t, "Shop: #1 in Development, #2 and #4 in Review", by("Shop"), 1, 2, 2)
	expect(t, "Cart: the same", by("Cart"), 1, 2, 2)
	order := func(team string) []string {
		r := ask(t, s.engine(goldenNow), `{"values":["Board items"],"rows":["Dates[Date]"],"columns":["Board column"],"filters":[{"field":"Team","values":["`+team+`"]}]}`)
		var names []string
		for _, m := range r.Dimensions[1].Members {
			names = append(names, m.Label)
		}
		return names
	}
	if got, want := order("Shop"), []string{"New", "Development", "Review", "Closed", "(Blank)"}; !slices.Equal(got, want) {
		t.Errorf("Shop: %q, want %q", got, want)
	}
	if got, want := order("Cart"), []string{"New", "Review", "Development", "Closed", "(Blank)"}; !slices.Equal(got, want) {
		t.Errorf("Cart: %q, want %q", got, want)
	}
}

func TestItemsOffTheBoardsAreNoBoardItems(t *testing.T) {
	s := boarded()
	got := values(ask(t, s.engine(goldenNow), `{"values":["Board items","Work items"],"rows":["Type"]}`))
	expect(t, "stories", got["User Story"], 2, 2)
	expect(t, "tasks", got["Task"], 0, 1)
	s.boards = nil // boards that were not loaded say nothing about names
	got = values(ask(t, s.engine(goldenNow), `{"values":["Board items"],"rows":["Board column"],"asOf":"2024-03-06"}`))
	expect(t, "names stay", append(got["Doing"], got["Test"]...), 1, 1)
}

func TestLanesAndHalvesOfColumns(t *testing.T) {
	s := boarded()
	s.items[0].revs[3].lane, s.items[0].revs[3].columnDone = "Expedite", 2
	s.items[1].revs[2].columnDone = 1
	e := s.engine(goldenNow)
	expect(t, "lane", values(ask(t, e, `{"values":["Board items"],"rows":["Board lane"]}`))["Expedite"], 1)
	got := values(ask(t, e, `{"values":["Board items"],"rows":["Board done"]}`))
	expect(t, "done and doing", append(got["Yes"], got["No"]...), 1, 1)
}
