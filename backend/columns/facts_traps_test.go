package columns_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// The traps of reports.md §10 that concern facts, by their numbers, each with its number worked out by hand.

func TestTrap09CanceledRunsAreLeftOutOfThePassRateOnly(t *testing.T) {
	s := newFacts("UTC")
	s.run("main", "03-04 09:00", 0, 5, "succeeded")
	s.run("main", "03-04 10:00", 0, 5, "canceled")
	s.run("main", "03-05 10:00", 0, 5, "canceled")
	r := s.ask(t, `{"values":["Pass rate","Pipeline runs","Canceled runs"],"rows":["Dates[Date]"],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-04","2024-03-06"]}]}`)
	got := values(r)
	expect(t, "03-04", got["2024-03-04"], 1, 2, 1)
	expect(t, "03-05 has no rate", got["2024-03-05"], null, 1, 1)
	expect(t, "03-06 is a gap", got["2024-03-06"], null, 0, 0)
	expect(t, "total", plain(r.Total.Values), 1, 3, 2)
}

func TestTrap10PassRateOfTwoBranchesIsTheRatioOfTheirSums(t *testing.T) {
	s := newFacts("UTC")
	for i := range 9 {
		s.run("main", fmt.Sprintf("03-%02d 09:00", 4+i), 0, 5, "succeeded")
	}
	s.run("dev", "03-04 09:00", 0, 5, "failed")
	expect(t, "both", s.total(t, `{"values":["Pass rate"],"filters":[{"field":"Pipeline runs[Branch]","values":["main","dev"]}]}`), 0.9)
}

func TestTrap11HoursToCloseOfOneTwoAndFourPullRequests(t *testing.T) {
	for _, c := range []struct {
		hours    []float64
		p50, p90 float64
	}{{[]float64{10}, 10, 10}, {[]float64{10, 20}, 15, 19}, {[]float64{10, 20, 40, 80}, 30, 68}} {
		s := newFacts("UTC")
		for _, h := range c.hours {
			s.pull("03-04 09:00", h, "completed")
		}
		expect(t, fmt.Sprint(c.hours), s.total(t, `{"values":["Median hours to close","Hours to close 90th percentile"]}`), c.p50, c.p90)
	}
	expect(t, "none", newFacts("UTC").total(t, `{"values":["Median hours to close","Completion rate","Pull requests"]}`), null, null, 0)
}

// The last 30 days begin on 03-03 and end on 04-01: the first week loses its Saturday of the week before, the last has two days.
func TestTrap12WeeksAtTheEdgesOfTheWindowArePartial(t *testing.T) {
	s := newFacts("UTC")
	for _, at := range []string{"03-02 12:00", "03-03 12:00", "03-05 12:00", "03-31 12:00", "04-01 09:00"} {
		s.add(dataset.Commits, factRow{"Repository": 0, "Commit id": at, "Author": "Ana Sousa", "Authored": utc(at)})
	}
	r := s.ask(t, `{"values":["Commits"],"rows":[{"field":"Dates[Date]","grain":"week"}],"filters":[{"field":"Dates[Date]","op":"last","values":[30,"day"]}]}`)
	got := values(r)
	expect(t, "week of 03-03", got["2024-03-03"], 2)
	expect(t, "week of 03-31", got["2024-03-31"], 2)
	expect(t, "total", plain(r.Total.Values), 4)
	if m := r.Dimensions[0].Members; m[0].Partial || !m[len(m)-1].Partial {
		t.Errorf("the first week is whole and the last is not: %+v", m)
	}
	r = s.ask(t, `{"values":["Commits"],"rows":[{"field":"Dates[Date]","grain":"week"}],"filters":[{"field":"Dates[Date]","op":"last","values":[28,"day"]}]}`)
	expect(t, "window from 03-05", values(r)["2024-03-05"], 1)
	if m := r.Dimensions[0].Members; !m[0].Partial {
		t.Errorf("the first week begins on a Tuesday: %+v", m[0])
	}
}

func TestTrap13TheDayOfAnEventIsThatOfTheZone(t *testing.T) {
	for zone, day := range map[string]string{"UTC": "2024-03-04", "Etc/GMT-1": "2024-03-05", "America/New_York": "2024-03-04"} {
		s := newFacts(zone)
		s.add(dataset.Commits, factRow{"Commit id": "a", "Authored": utc("03-04 23:30")})
		s.run("main", "03-04 23:29", 0, 1, "succeeded")
		r := s.ask(t, `{"values":["Commits","Pipeline runs"],"rows":["Dates[Date]"],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-04","2024-03-05"]}]}`)
		for d, v := range values(r) {
			n := 0.0
			if d == day {
				n = 1
			}
			expect(t, zone+" "+d, v, n, n)
		}
	}
}

func TestTrap13HourAndDayOfWeekAreThoseOfTheZone(t *testing.T) {
	s := newFacts("Europe/Berlin")
	s.add(dataset.Commits, factRow{"Commit id": "a", "Authored": utc("03-03 23:30")}) // a Sunday in UTC, Monday 00:30 in Berlin
	s.add(dataset.Commits, factRow{"Commit id": "b", "Authored": utc("03-31 00:59")}) // 01:59, the last minute before the clocks go to 03:00
	s.add(dataset.Commits, factRow{"Commit id": "c", "Authored": utc("03-31 01:00")})
	got := values(s.ask(t, `{"values":["Commits"],"rows":["Commits[Day of week]","Commits[Hour]"]}`))
	for key, n := range map[string]float64{"Monday | 0": 1, "Sunday | 1": 1, "Sunday | 3": 1} {
		expect(t, key, got[key], n)
	}
}

func TestDaysOfTheWeekStandInTheOrderOfTheWeek(t *testing.T) {
	for _, start := range []time.Weekday{time.Sunday, time.Monday, time.Saturday} {
		s := newFacts("UTC")
		s.weekStart = start
		for i := range 7 {
			s.add(dataset.Commits, factRow{"Commit id": fmt.Sprint(i), "Authored": utc("03-03 12:00").AddDate(0, 0, i)})
		}
		members := s.ask(t, `{"values":["Commits"],"rows":["Commits[Day of week]"]}`).Dimensions[0].Members
		for i, m := range members {
			if want := time.Weekday((int(start) + i) % 7).String(); m.Label != want || len(members) != 7 {
				t.Errorf("week from %s: day %d is %s", start, i, m.Label)
			}
		}
	}
}

func TestTrap17TestsThatWereAllNotExecutedHaveAPassRateOfZero(t *testing.T) {
	s := newFacts("UTC")
	s.add(dataset.TestRuns, factRow{"Id": 1, "Completed": utc("03-04 10:00"), "Total": 4.0, "Passed": 0.0, "Failed": 0.0, "Not executed": 4.0, "Not impacted": 0.0})
	expect(t, "nothing executed", s.total(t, `{"values":["Test pass rate","Tests not executed"]}`), 0, 4)
	expect(t, "no test run", newFacts("UTC").total(t, `{"values":["Test pass rate"]}`), null)
}

func TestTrap18AnAbandonedPullRequestCountsInTheDenominator(t *testing.T) {
	s := newFacts("UTC")
	s.pull("03-04 09:00", 1, "completed")
	s.pull("03-04 09:00", 1, "abandoned")
	s.pull("03-04 09:00", 0, "active")
	expect(t, "one of two", s.total(t, `{"values":["Completion rate","Abandonment rate"]}`), 0.5, 0.5)
}

// Who has two addresses is two people unless the directory knows both; a name that two people share is no reason to join them.
func TestTrap21PeopleAreToldApartByWhoTheyAreAndNotByName(t *testing.T) {
	s := newFacts("UTC")
	s.add(dataset.Commits, factRow{"Commit id": "a", "Author": "Ana Sousa", "Authored": utc("03-04 10:00")})
	s.add(dataset.Commits, factRow{"Commit id": "b", "Author": "ana.sousa", "Authored": utc("03-04 11:00")}) // the same address in other words
	s.add(dataset.Commits, factRow{"Commit id": "c", "Author": "Ana Sousa-Reis", "Authored": utc("03-04 12:00")})
	r := s.ask(t, `{"values":["Commits"],"rows":["Commits[Author]"]}`)
	expect(t, "total", plain(r.Total.Values), 3)
	if n := len(r.Rows); n != 2 {
		t.Errorf("%d authors: %v", n, values(r))
	}
}

func TestTrap22TwoPipelinesOfOneNameStayTwo(t *testing.T) {
	s := newFacts("UTC")
	s.pipelines = []worldPipeline{{"CI", "Gold", `\`}, {"CI", "Gold", `\old`}}
	s.run("main", "03-04 09:00", 0, 5, "succeeded")
	s.run("main", "03-05 09:00", 0, 5, "failed")["Pipeline"] = 1
	r := s.ask(t, `{"values":["Pass rate"],"rows":["Pipelines[Pipeline]"]}`)
	if len(r.Rows) != 2 {
		t.Fatalf("members %+v", r.Dimensions[0].Members)
	}
	for i, m := range r.Dimensions[0].Members {
		text := fmt.Sprintf(`{"values":["Pipeline runs"],"filters":[{"field":"Pipelines[Pipeline]","values":[%q]}]}`, m.Value)
		expect(t, "the value of a member is the filter that means it", s.total(t, text), 1)
		if m.Label != "CI" || m.Value == r.Dimensions[0].Members[1-i].Value {
			t.Errorf("member %+v", m)
		}
	}
	expect(t, "the name means both", s.total(t, `{"values":["Pipeline runs","Pipelines with runs"],"filters":[{"field":"Pipelines[Pipeline]","values":["CI"]}]}`), 2, 2)
}

func TestTrap23APullRequestThatIsLeftAloneIsActiveEveryDay(t *testing.T) {
	s := newFacts("UTC")
	s.pull("03-04 09:00", 24*10, "completed")
	r := s.ask(t, `{"values":["Active pull requests","Pull requests","Average age of active pull requests"],"rows":["Dates[Date]"],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-03","2024-03-15"]}]}`)
	got := values(r)
	expect(t, "03-03", got["2024-03-03"], 0, 0, null)
	expect(t, "03-04, at its end", got["2024-03-04"], 1, 1, 0.625)
	for day := 5; day <= 13; day++ {
		expect(t, fmt.Sprint("03-", day), got[fmt.Sprintf("2024-03-%02d", day)], 1, 0, float64(day)-4+0.625)
	}
	expect(t, "03-14, closed at 09:00", got["2024-03-14"], 0, 0, null)
	expect(t, "the total is the end of the range, no sum of days", plain(r.Total.Values), 0, 1, null)
}

func TestTrap24ARunThatTheServiceRemovedIsStillCounted(t *testing.T) {
	s := newFacts("UTC")
	s.run("main", "03-04 09:00", 0, 5, "succeeded")["Gone on server"] = true
	s.run("main", "03-05 09:00", 0, 5, "failed")["Gone on server"] = false
	expect(t, "all", s.total(t, `{"values":["Pipeline runs","Pass rate"]}`), 2, 0.5)
	expect(t, "those that are there", s.total(t, `{"values":["Pipeline runs"],"filters":[{"field":"Pipeline runs[Gone on server]","values":[false]}]}`), 1)
}

func TestTrap26EventsStandOnEveryGrain(t *testing.T) {
	s := newFacts("UTC")
	s.run("main", "03-04 09:00", 0, 5, "succeeded")
	s.run("main", "03-08 09:00", 0, 5, "failed")
	for grain, start := range map[string]string{"week": "2024-03-03", "month": "2024-03-01", "quarter": "2024-01-01", "year": "2024-01-01"} {
		r := s.ask(t, fmt.Sprintf(`{"values":["Pipeline runs","Pass rate"],"rows":[{"field":"Dates[Date]","grain":%q}],"filters":[{"field":"Dates[Date]","op":">=","values":["2024-01-01"]}]}`, grain))
		expect(t, grain, values(r)[start], 2, 0.5)
	}
}

func TestAPullRequestOfExactlyOneDayStandsInTheSecondBucket(t *testing.T) {
	s := newFacts("UTC")
	for _, at := range []string{"03-31 12:00", "03-31 12:01", "03-29 12:00", "03-25 12:00", "03-18 12:00", "03-18 12:01"} {
		s.pull(at, 0, "active")
	}
	r := s.ask(t, `{"values":["Active pull requests"],"rows":["Pull requests[Age bucket]"]}`)
	for bucket, n := range map[string]float64{"under 1 day": 1, "1–3": 1, "3–7": 1, "7–14": 2, "over 14": 1} {
		expect(t, bucket, values(r)[bucket], n)
	}
	for i, m := range r.Dimensions[0].Members {
		if m.Label != dataset.PullAgeBuckets[i] {
			t.Errorf("bucket %d is %s", i, m.Label)
		}
	}
}

func TestARunIsWhatItWasAtTheTime(t *testing.T) {
	s := newFacts("UTC")
	s.run("main", "03-04 09:00", 30, 30, "failed")
	for at, want := range map[string]string{"09:10": "Not started", "09:40": "In progress", "10:00": "Completed"} {
		r := s.ask(t, `{"values":["Runs in progress","Pipeline runs","Runs queued"],"rows":["Pipeline runs[Status]"],"asOf":"2024-03-04T`+at+`:00Z"}`)
		done := 0.0
		if want == "Completed" {
			done = 1
		}
		expect(t, at, values(r)[want], 1-done, done, 1)
	}
	r := s.ask(t, `{"values":["Runs queued"],"rows":["Pipeline runs[Result]"],"asOf":"2024-03-04T09:40:00Z"}`)
	expect(t, "no result yet", values(r)["(Blank)"], 1)
}

// A dataset may load a table and not the one that its rows belong to. What then needs the parent is refused:
// no failed task would be a wrong number, because nobody knows which runs failed.
func TestWhatNeedsAParentThatIsNotLoadedIsRefused(t *testing.T) {
	for table := range dataset.FactParents {
		d := newDice(7)
		w, now := d.factWorld()
		for len(w.rows[table]) == 0 {
			w, now = d.factWorld()
		}
		w.rows = map[string][]factRow{table: w.rows[table]}
		e := w.engine(now)
		for _, ms := range e.Model().Measures {
			if ms.Table != table {
				continue
			}
			needs := ms.Name == dataset.FailedTasks || ms.Name == dataset.FailedJobs || ms.Name == dataset.FailedStages ||
				strings.Contains(strings.ToLower(ms.Name), "task duration")
			_, err := e.Answer(context.Background(), dataset.Query{Values: []dataset.Value{{Measure: ms.Name}}})
			if refused := fault.ReportOf(err).Code == fault.Invalid; err != nil && !refused || refused != needs {
				t.Errorf("%s: %v", ms.Name, err)
			}
		}
	}
}

func TestADeploymentIsWhatItWasAtTheTime(t *testing.T) {
	s := newFacts("UTC")
	s.add(dataset.Deployments, factRow{"Id": 1, "Status": "failed", "Queued": utc("03-04 09:00"), "Started": utc("03-04 09:10"), "Completed": utc("03-04 10:00")})
	for at, want := range map[string][]float64{"09:30": {1, 0}, "10:00": {0, 1}} {
		r := s.ask(t, `{"values":["Deployments in progress","Failed deployments"],"rows":["Deployments[Status]"],"asOf":"2024-03-04T`+at+`:00Z"}`)
		label := map[string]string{"09:30": "In progress", "10:00": "Failed"}[at]
		expect(t, at, values(r)[label], want...)
	}
	expect(t, "before it was queued", s.total(t, `{"values":["Deployments in progress"],"asOf":"2024-03-04T08:59:00Z"}`), 0)
}

func TestAnAxisWithoutDaysHasNoRows(t *testing.T) {
	s := newFacts("UTC")
	s.run("main", "03-04 09:00", 0, 5, "succeeded")
	r := s.ask(t, `{"values":["Pipeline runs","Median run duration"],"rows":["Dates[Date]"],"filters":[{"field":"Dates[Date]","op":"between","values":["2025-03-04","2025-03-06"]}]}`)
	if len(r.Rows) != 0 {
		t.Errorf("rows %v", values(r))
	}
}

func TestReviewsAreFilteredByTheAgeThatTheirPullRequestHasNow(t *testing.T) {
	s := newFacts("UTC")
	for _, at := range []string{"03-28 12:00", "03-01 12:00"} {
		pull := s.pull(at, 0, "active")
		s.add(dataset.Reviews, factRow{"Pull request": pull["Id"], "Project": nil, "Reviewer": "Ana Sousa", "Vote": "No vote"})
	}
	expect(t, "four days old", s.total(t, `{"values":["Reviews"],"filters":[{"field":"Pull requests[Age bucket]","values":["3–7"]}]}`), 1)
	expect(t, "over a month old", s.total(t, `{"values":["Reviews"],"filters":[{"field":"Pull requests[Age in days]","op":">","values":[30]}]}`), 1)
}
