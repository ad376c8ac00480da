package columns_test

import (
	"fmt"
	"testing"
	"time"
)

func TestTimeInStateByRevisionsAndByDailySnapshots(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "User Story", made("03-01 00:00"), state("03-02 12:00", "Active"), state("03-05 06:00", "Closed"))
	s.add(2, "User Story", made("03-04 00:00"), state("03-04 12:00", "Active"), state("03-04 18:00", "New"))
	got := values(ask(t, s.engine(goldenNow), `{"values":["Average days in state","Median days in state","Days in state 95th percentile","Days in state (daily snapshots)"],"rows":["State"],"asOf":"2024-03-10"}`))
	// New: 1.5 of #1, 0.5 + 6.25 of #2 until the end of 03-10; snapshots: 03-01 of #1, 03-04 to 03-10 of #2
	expect(t, "New", got["New"], (1.5+6.75)/2, (1.5+6.75)/2, 1.5+0.95*(6.75-1.5), 4)
	// Active: 2.75 of #1; 0.25 of #2 within a day, which snapshots do not see
	expect(t, "Active", got["Active"], 1.5, 1.5, 0.25+0.95*2.5, 3)
	expect(t, "Closed", got["Closed"], 5.75, 5.75, 5.75, 6)
}

func TestTimeInStateIsCutToTheRange(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "User Story", made("03-01 00:00"), state("03-02 12:00", "Active"), state("03-05 06:00", "Closed"))
	between := `,"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-02","2024-03-03"]}]`
	got := values(ask(t, s.engine(goldenNow), `{"values":["Average days in state","Days in state (daily snapshots)"],"rows":["State"]`+between+`}`))
	expect(t, "New", got["New"], 0.5, null)
	expect(t, "Active", got["Active"], 1.5, 2)
	got = values(ask(t, s.engine(goldenNow), `{"values":["Average days in state","Days in state (daily snapshots)"],"rows":["Dates[Date]","State"]`+between+`}`))
	expect(t, "New on 03-02", got["2024-03-02 | New"], 0.5, null)
	expect(t, "Active on 03-02", got["2024-03-02 | Active"], 0.5, 1)
	expect(t, "Active on 03-03", got["2024-03-03 | Active"], 1, 1)
}

func TestTimeInTheHandsOfPeopleAndInColumnsOfTheBoard(t *testing.T) {
	s := newScene("UTC")
	s.boards = []worldBoard{{"Shop", "Stories", "Stories", []string{"New", "Doing", "Closed"}, []string{"incoming", "inProgress", "outgoing"}, nil}}
	s.add(1, "User Story", change{"03-01 00:00", func(v *rev) { v.assigned, v.column = "Ana Sousa", "New" }},
		change{"03-02 00:00", func(v *rev) { v.assigned, v.column = "Tom Becker", "Doing" }}, change{"03-05 00:00", func(v *rev) { v.assigned = "Ana Sousa" }})
	e := s.engine(goldenNow)
	got := values(ask(t, e, `{"values":["Average days in state"],"rows":["Assigned to"],"asOf":"2024-03-06"}`))
	expect(t, "Ana, twice", got["Ana Sousa"], 1+2)
	expect(t, "Tom", got["Tom Becker"], 3)
	got = values(ask(t, e, `{"values":["Average days in state"],"rows":["Board column"],"asOf":"2024-03-06"}`))
	expect(t, "New", got["New"], 1)
	expect(t, "Doing", got["Doing"], 5)
	expect(t, "while Tom had it", plain(ask(t, e, `{"values":["Average days in state"],"filters":[{"field":"Assigned to","values":["Tom Becker"]}],"asOf":"2024-03-06"}`).Total.Values), 3)
}

func TestDailySnapshotsOfARestoredItemCountTheDaysItWasGone(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "Bug", made("03-01 09:00"), change{"03-05 09:00", func(v *rev) { v.gone = true }}, change{"03-08 09:00", func(v *rev) { v.gone, v.state = false, "Active" }})
	got := values(ask(t, s.engine(goldenNow), `{"values":["Days in state (daily snapshots)","Average days in state"],"rows":["State"],"asOf":"2024-03-09"}`))
	expect(t, "New, 03-01 to 03-04", got["New"], 4, 4)
	// the first snapshot since 03-04 is that of 03-08: four days, then one of 03-09
	expect(t, "Active", got["Active"], 5, 1.625)
}

func TestADayOfAChangeOfClocksHasTheHoursItHas(t *testing.T) {
	s := newScene("Europe/Berlin")
	s.add(1, "Bug", made("03-01 09:00"))
	for days, hours := range map[string]float64{"2024-03-30": 24, "2024-03-31": 23, "2024-10-27": 25} {
		r := ask(t, s.engine(time.Date(2024, 11, 20, 0, 0, 0, 0, time.UTC)), fmt.Sprintf(`{"values":["Average days in state","Days in state (daily snapshots)"],"filters":[{"field":"Dates[Date]","values":[%q]}]}`, days))
		expect(t, days, plain(r.Total.Values), hours/24, 1)
	}
}

func TestTimeInStateOfAnItemWith25000Revisions(t *testing.T) {
	s := newScene("UTC")
	changes := []change{made("01-01 00:00")}
	begin := utc("01-01 00:00")
	for i := 1; i < 25_000; i++ { // five minutes New, five minutes Active
		changes = append(changes, state(begin.Add(time.Duration(i)*5*time.Minute).Format("01-02 15:04"), []string{"New", "Active"}[i%2]))
	}
	s.add(1, "Bug", changes...)
	got := values(ask(t, s.engine(goldenNow), `{"values":["Average days in state","Days in state (daily snapshots)"],"rows":["State"],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-02-01","2024-02-10"]}]}`))
	expect(t, "New", got["New"], 5, null)
	expect(t, "Active, which the last five minutes of each day are", got["Active"], 5, 10)
}
