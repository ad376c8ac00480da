package columns_test

import (
	"fmt"
	"testing"
)

// velocityOf asks for the ten measures of velocity by iteration.
func velocityOf(leeway string) string {
	return `{"values":["Velocity planned","Velocity planned items","Velocity completed","Velocity completed items","Velocity completed late","Velocity completed late items",
		"Velocity incomplete","Velocity incomplete items","Velocity not started or resolved","Velocity not started or resolved items"],"rows":["Iteration"]` + leeway + `}`
}

func TestGoldenVelocityByIteration(t *testing.T) {
	e := golden("UTC").engine(goldenNow)
	r := ask(t, e, velocityOf(""))
	got := values(r)
	expect(t, "S1", got["S1"], 19, 5, 8, 2, 2, 1, 0, 1, 0, 0)
	expect(t, "S2", got["S2"], 8, 1, 8, 1, 0, 0, 0, 0, 0, 0)
	if len(got) != 2 || r.Dimensions[0].Members[0].Label != "S1" {
		t.Errorf("iterations %v", got)
	}
	expect(t, "total", plain(r.Total.Values), 27, 6, 16, 3, 2, 1, 0, 1, 0, 0)
	average := ask(t, e, `{"values":["Average velocity","Average velocity items","M25"],"rows":["Iteration"]}`)
	expect(t, "average", plain(average.Total.Values), 9, 2, 9)
	expect(t, "average of S1", values(average)["S1"], 10, 3, 10)
}

func TestGoldenVelocityWithPlanningAndGraceDays(t *testing.T) {
	e := golden("UTC").engine(goldenNow)
	// #6 is Removed on 03-06, #4 is made on 03-07 without points: three days after the start count 5 - 1 + 1 items
	expect(t, "planned three days later", values(ask(t, e, velocityOf(`,"planningDays":3`)))["S1"][:2], 18, 5)
	// #5 is closed on 03-18, three days after the end of S1 on 03-15
	expect(t, "two days of grace", values(ask(t, e, velocityOf(`,"graceDays":2`)))["S1"][2:6], 8, 2, 2, 1)
	expect(t, "three days of grace", values(ask(t, e, velocityOf(`,"graceDays":3`)))["S1"][2:6], 10, 3, 0, 0)
}

func TestVelocityOnlyKnowsWhatTheAsOfTimeKnows(t *testing.T) {
	e := golden("UTC").engine(goldenNow)
	got := values(ask(t, e, velocityOf(`,"asOf":"2024-03-12"`)))
	// by 03-12 #1 and #2 are closed, #3 is in S2, #4 and #5 are new; S2 has not begun
	expect(t, "S1", got["S1"], 19, 5, 8, 2, 0, 0, 0, 0, 2, 2)
	if _, begun := got["S2"]; begun {
		t.Error("S2 begins on 03-18")
	}
	average := ask(t, e, `{"values":["Average velocity"],"asOf":"2024-03-14"}`)
	expect(t, "no iteration has ended before 03-16", plain(average.Total.Values), null)
	average = ask(t, e, `{"values":["Average velocity"],"asOf":"2024-03-15"}`)
	expect(t, "S1 has ended with its last day", plain(average.Total.Values), 8)
}

func TestVelocityStandsOnTheFirstDayOfTheIteration(t *testing.T) {
	e := golden("UTC").engine(goldenNow)
	got := values(ask(t, e, `{"values":["Velocity planned","Velocity completed"],"rows":[{"field":"Dates[Date]","grain":"week"}],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-03","2024-03-23"]}]}`))
	expect(t, "week of S1", got["2024-03-03"], 19, 8)
	expect(t, "week between", got["2024-03-10"], null, null)
	expect(t, "week of S2", got["2024-03-17"], 8, 8)
	r := ask(t, e, `{"values":["Velocity planned"],"rows":["Iteration"],"filters":[{"field":"Dates[Date]","op":">=","values":["2024-03-05"]}]}`)
	if len(r.Rows) != 1 {
		t.Errorf("iterations that begin on 03-05 or later: %v", values(r))
	}
}

func TestVelocityOfTheTypesThatAFilterNames(t *testing.T) {
	e := golden("UTC").engine(goldenNow)
	query := `{"values":["Velocity planned items","Velocity completed items","Velocity completed late items","Velocity not started or resolved items"],"filters":[{"field":"Iteration","values":["S1"]}%s]}`
	expect(t, "requirements", plain(ask(t, e, fmt.Sprintf(query, "")).Total.Values), 5, 2, 1, 0)
	// bug #7 is there on 03-04 and Resolved since 03-09, #8 is closed on 03-20
	expect(t, "bugs", plain(ask(t, e, fmt.Sprintf(query, `,{"field":"Type","values":["Bug"]}`)).Total.Values), 1, 0, 1, 1)
	expect(t, "both", plain(ask(t, e, fmt.Sprintf(query, `,{"field":"Backlog level","values":["Requirement"]}`)).Total.Values), 6, 2, 2, 1)
}

func TestTrap03PlannedStaysInTheOldIterationAndCompletedIsInTheNewOne(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "User Story", change{"03-01 09:00", func(v *rev) { v.iteration, v.points = `Gold\S1`, 5 }}, inSprint("03-12 09:00", `Gold\S2`), state("03-20 09:00", "Closed"))
	got := values(ask(t, s.engine(goldenNow), velocityOf("")))
	expect(t, "S1", got["S1"], 5, 1, 0, 0, 0, 0, 0, 0, 0, 0)
	expect(t, "S2", got["S2"], 5, 1, 5, 1, 0, 0, 0, 0, 0, 0)
}

func TestTrap06ResolvedBugIsNotIncompleteButResolvedStoryIs(t *testing.T) {
	s := newScene("UTC")
	for id, typ := range []string{"Bug", "User Story"} {
		s.add(int32(id+1), typ, change{"03-01 09:00", func(v *rev) { v.iteration = `Gold\S1` }}, state("03-06 09:00", "Resolved"))
	}
	got := values(ask(t, s.engine(goldenNow), `{"values":["Velocity incomplete items","Velocity not started or resolved items"],"rows":["Type"],"filters":[{"field":"Backlog level","values":["Requirement"]}]}`))
	expect(t, "bug", got["Bug"], 0, 1)
	expect(t, "story", got["User Story"], 1, 0)
}

func TestTrap19ItemWithoutAnEstimateIsPlannedAsAnItemWithoutPoints(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "User Story", inSprint("03-01 09:00", `Gold\S1`))
	expect(t, "planned", total(t, s, `{"values":["Velocity planned","Velocity planned items","Velocity completed"]}`), 0, 1, 0)
}
