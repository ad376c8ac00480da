package columns_test

import (
	"fmt"
	"math"
	"testing"
	"time"
)

// completedItems are stories by the day of completion and their lead time.
func completedItems(s scene, items ...struct {
	done string
	lead int
}) {
	for i, it := range items {
		done := utc(it.done)
		s.add(int32(i+1), "User Story", made(done.AddDate(0, 0, -it.lead).Format("01-02 15:04")), state(it.done, "Closed"))
	}
}

type leadItem = struct {
	done string
	lead int
}

func TestMovingAverageIsTheMeanOverTheItemsOfSixDaysOfThirty(t *testing.T) {
	s := newScene("UTC")
	completedItems(s, leadItem{"03-02 12:00", 2}, leadItem{"03-20 12:00", 4}, leadItem{"03-22 12:00", 8}, leadItem{"03-22 18:00", 6})
	r := ask(t, s.engine(goldenNow), `{"values":["Lead time moving average","Lead time standard deviation"],"rows":["Dates[Date]"],"filters":[{"field":"Dates[Date]","op":"last","values":[30,"day"]}]}`)
	got := values(r)
	for day, want := range map[string][]float64{
		"2024-03-03": {2, 0},       // the window begins before the days shown
		"2024-03-07": {2, 0},       // 03-02 to 03-07
		"2024-03-08": {null, null}, // a gap
		"2024-03-21": {4, 0},
		"2024-03-22": {6, math.Sqrt(8.0 / 3)}, // three items, not two days
		"2024-03-25": {6, math.Sqrt(8.0 / 3)},
		"2024-03-26": {7, 1},
		"2024-03-27": {7, 1},
		"2024-03-28": {null, null},
	} {
		expect(t, day, got[day], want...)
	}
	expect(t, "the total is that of the last day", plain(r.Total.Values), null, null)
	total := ask(t, s.engine(goldenNow), `{"values":["M5","M6"],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-02-25","2024-03-25"]}]}`)
	expect(t, "without an axis it is that of the end of the range", plain(total.Total.Values), 6, math.Sqrt(8.0/3))
	total = ask(t, s.engine(goldenNow), `{"values":["M5"]}`)
	expect(t, "without days there is no window", plain(total.Total.Values), null)
}

func TestWindowIsTheLargestOddNumberOfAFifth(t *testing.T) {
	for shown, back := range map[int]int{4: 0, 5: 1, 10: 1, 14: 1, 15: 3, 24: 3, 25: 5, 30: 5, 90: 17} {
		s := newScene("UTC")
		for i := range 40 { // one each day with its own lead time
			s.add(int32(i+1), "User Story", made(goldenNow.AddDate(0, 0, -i).Add(-time.Duration(i+1)*time.Hour).Format("01-02 15:04")), state(goldenNow.AddDate(0, 0, -i).Format("01-02 15:04"), "Closed"))
		}
		sum := 0.0
		for i := range back + 1 {
			sum += float64(i+1) / 24
		}
		r := ask(t, s.engine(goldenNow), fmt.Sprintf(`{"values":["Lead time moving average"],"filters":[{"field":"Dates[Date]","op":"last","values":[%d,"day"]}]}`, shown))
		expect(t, fmt.Sprint(shown, " days"), plain(r.Total.Values), sum/float64(back+1))
	}
}

// burning is a sprint of ten stories of a point of which two are closed on each day from 03-05 on.
func burning() scene {
	s := newScene("UTC")
	for i := range 10 {
		s.add(int32(i+1), "User Story", change{"03-01 09:00", func(v *rev) { v.iteration, v.points = `Gold\S1`, 1 }},
			state(fmt.Sprintf("03-%02d 10:00", 5+i/2), "Closed"))
	}
	return s
}

func day(s string) float64 {
	at, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return float64(at.Unix() / 86400)
}

const paceQuery = `{"values":["Average burndown","Intervals left","Projected end","Average burndown items","Projected end by items"],"filters":[{"field":"Iteration","values":["S1"]}],"asOf":"%s"}`

func TestProjectedEndGoesOnAtThePaceSoFar(t *testing.T) {
	s := burning()
	expect(t, "three days, two points a day, four points left", total(t, s, fmt.Sprintf(paceQuery, "2024-03-07")), 2, 2, day("2024-03-09"), 2, day("2024-03-09"))
	expect(t, "done", total(t, s, fmt.Sprintf(paceQuery, "2024-03-09")), 2, 0, day("2024-03-09"), 2, day("2024-03-09"))
	expect(t, "the first day is no interval yet", total(t, s, fmt.Sprintf(paceQuery, "2024-03-04")), null, null, null, null, null)
}

func TestProjectedEndLeavesOutWhatTheScopeGrew(t *testing.T) {
	s := burning()
	for i := range 3 { // three more on 03-06: one a day of three
		s.add(int32(100+i), "User Story", change{"03-06 09:00", func(v *rev) { v.iteration, v.points = `Gold\S1`, 1 }})
	}
	expect(t, "six done, seven left at one a day", total(t, s, fmt.Sprintf(paceQuery, "2024-03-07")), 2, 7, day("2024-03-14"), 2, day("2024-03-14"))
	for i := range 3 {
		s.add(int32(200+i), "User Story", change{"03-07 09:00", func(v *rev) { v.iteration, v.points = `Gold\S1`, 1 }})
	}
	expect(t, "the scope grows as fast: no end", total(t, s, fmt.Sprintf(paceQuery, "2024-03-07")), 2, null, null, 2, null)
}

func TestIntervalsAreThePeriodsOfTheAxis(t *testing.T) {
	s := burning()
	weeks := ask(t, s.engine(goldenNow), `{"values":["Average burndown","Intervals left","Projected end"],"rows":[{"field":"Dates[Date]","grain":"week"}],
		"filters":[{"field":"Dates[Date]","op":"between","values":["2024-02-25","2024-03-07"]}],"asOf":"2024-03-07"}`)
	got := values(weeks)
	// two weeks that ended or stand at the as-of day after the first day of the range, on which nothing was there yet
	expect(t, "first week", got["2024-02-25"], 0, null, null)
	expect(t, "second week: three points a week done, but five came a week", got["2024-03-03"], 3, null, null)
	expect(t, "the total stands at the end of the range, and its intervals are weeks too", plain(weeks.Total.Values), 3, null, null)
	weeks = ask(t, s.engine(goldenNow), `{"values":["Average burndown","Intervals left","Projected end"],"rows":[{"field":"Dates[Date]","grain":"week"}],
		"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-03","2024-03-07"]}],"asOf":"2024-03-07"}`)
	got = values(weeks)
	expect(t, "total of one week", plain(weeks.Total.Values), 6, 4.0/6, day("2024-03-16"))
	expect(t, "one week of six points, four left: within the next week, which ends on Saturday", got["2024-03-03"], 6, 4.0/6, day("2024-03-16"))
}

func TestDaysToAndFromTheTargetDate(t *testing.T) {
	s := newScene("UTC")
	for id, target := range map[int32]string{1: "2024-04-11", 2: "2024-04-01", 3: "2024-03-22", 4: "2024-03-02", 5: ""} {
		it := s.add(id, "Feature", made("03-01 09:00"))
		it.target = target
	}
	s.items[0].revs = append(s.items[0].revs, s.items[0].revs[0])
	got := values(ask(t, s.engine(goldenNow), `{"values":[{"field":"Days until target","aggregate":"max"},{"field":"Days past target","aggregate":"max"}],"rows":["Id"]}`))
	for id, want := range map[string][]float64{"1": {10, null}, "2": {0, null}, "3": {null, 10}, "4": {null, 30}, "5": {null, null}} {
		if row, shown := got[id]; shown {
			expect(t, "#"+id, row, want...)
		} else if id != "5" {
			t.Errorf("#%s is not shown", id)
		}
	}
	expect(t, "nearest and oldest", total(t, s, `{"values":["M9","Days past target"]}`), 0, 30)
	done := newScene("UTC")
	done.add(1, "Feature", made("03-01 09:00"), state("03-05 09:00", "Closed")).target = "2024-03-02"
	expect(t, "completed", total(t, done, `{"values":["Days until target","Days past target"]}`), null, null)
	expect(t, "as of a day before", total(t, done, `{"values":["Days until target","Days past target"],"asOf":"2024-03-01"}`), 1, null)
}

func TestProjectedEndBySprintIsTheEndOfASprint(t *testing.T) {
	s := burning() // six of ten points are done in S1 by 03-07; S2 ends on 03-29
	s.iterations = append(s.iterations, worldIteration{`Gold\S0`, "2024-02-19", "2024-03-01"})
	for i := range 20 {
		s.add(int32(100+i), "User Story", change{"02-20 09:00", func(v *rev) { v.iteration, v.points = `Gold\S0`, 1 }})
	}
	got := values(ask(t, s.engine(goldenNow), `{"values":["Average burndown","Intervals left","Projected end"],"rows":[{"field":"Dates[Date]","grain":"sprint"}],
		"filters":[{"field":"Dates[Date]","op":">=","values":["2024-03-01"]}],"asOf":"2024-03-09"}`))
	// from the end of 03-01, when 30 points were there, one sprint step: ten are done, twenty are left
	expect(t, "S1, two sprints on: S2 and twelve days", got["2024-03-04"], 10, 2, day("2024-04-10"))
}
