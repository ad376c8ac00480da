package workspace_test

import (
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/workspace"

	_ "time/tzdata" // the zones, also where the system has no files of them
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func at(t *testing.T, text string) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func interval(every time.Duration) workspace.Schedule {
	return workspace.Schedule{Mode: workspace.IntervalSchedule, Every: every, CatchUp: true}
}

func times(list ...string) workspace.Schedule {
	return workspace.Schedule{Mode: workspace.TimesSchedule, Times: list, CatchUp: true}
}

func TestTheNextRefresh(t *testing.T) {
	const manual = ""
	for name, tc := range map[string]struct {
		schedule workspace.Schedule
		zone     string
		last     string // "" never
		failures int
		now      string
		want     string // "" never
	}{
		"manual":                           {workspace.Schedule{Mode: workspace.ManualSchedule}, "UTC", "2026-11-20T10:00:00Z", 0, "2026-11-23T10:00:00Z", manual},
		"never refreshed: now":             {interval(time.Hour), "UTC", "", 0, "2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"},
		"every hour":                       {interval(time.Hour), "UTC", "2026-11-23T09:30:00Z", 0, "2026-11-23T10:00:00Z", "2026-11-23T10:30:00Z"},
		"every 4 hours":                    {interval(4 * time.Hour), "UTC", "2026-11-23T09:30:00Z", 0, "2026-11-23T10:00:00Z", "2026-11-23T13:30:00Z"},
		"every day, due while asleep":      {interval(24 * time.Hour), "UTC", "2026-11-20T10:00:00Z", 0, "2026-11-23T10:00:00Z", "2026-11-21T10:00:00Z"},
		"one failure: 5 minutes":           {interval(24 * time.Hour), "UTC", "2026-11-23T10:00:00Z", 1, "2026-11-23T10:01:00Z", "2026-11-23T10:05:00Z"},
		"two failures: 15 minutes":         {interval(24 * time.Hour), "UTC", "2026-11-23T10:00:00Z", 2, "2026-11-23T10:01:00Z", "2026-11-23T10:15:00Z"},
		"three failures: an hour":          {interval(24 * time.Hour), "UTC", "2026-11-23T10:00:00Z", 3, "2026-11-23T10:01:00Z", "2026-11-23T11:00:00Z"},
		"four failures: the interval":      {interval(24 * time.Hour), "UTC", "2026-11-23T10:00:00Z", 4, "2026-11-23T10:01:00Z", "2026-11-24T10:00:00Z"},
		"a thousand failures: never off":   {interval(time.Hour), "UTC", "2026-11-23T10:00:00Z", 1000, "2026-11-23T10:01:00Z", "2026-11-23T11:00:00Z"},
		"the clock was put back by a year": {interval(24 * time.Hour), "UTC", "2027-11-23T10:00:00Z", 0, "2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"},
		"the clock was put back by 10 min": {interval(time.Hour), "UTC", "2026-11-23T10:10:00Z", 0, "2026-11-23T10:00:00Z", "2026-11-23T11:10:00Z"},
		"fixed time later today":           {times("07:30", "19:00"), "Europe/Berlin", "2026-11-23T06:30:05Z", 0, "2026-11-23T10:00:00Z", "2026-11-23T18:00:00Z"},
		"fixed time tomorrow":              {times("07:30"), "Europe/Berlin", "2026-11-23T06:30:05Z", 0, "2026-11-23T10:00:00Z", "2026-11-24T06:30:00Z"},
		"fixed time in another zone":       {times("07:30"), "America/New_York", "2026-11-23T12:31:00Z", 0, "2026-11-23T13:00:00Z", "2026-11-24T12:30:00Z"},
		"fixed time, half-hour zone":       {times("00:15"), "Asia/Kolkata", "2026-11-23T10:00:00Z", 0, "2026-11-23T10:00:00Z", "2026-11-23T18:45:00Z"},
		"fixed time, a failure before it":  {times("10:10"), "UTC", "2026-11-23T10:00:00Z", 2, "2026-11-23T10:00:30Z", "2026-11-23T10:10:00Z"},
		"fixed time, then retried":         {times("10:00"), "UTC", "2026-11-23T10:00:20Z", 1, "2026-11-23T10:01:00Z", "2026-11-23T10:05:20Z"},
		"fixed times and the clock back":   {times("10:00"), "UTC", "2027-11-23T10:00:20Z", 0, "2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z"},

		// Berlin: 2027-03-28 02:00 becomes 03:00; New York: 2027-03-14 02:00 becomes 03:00.
		"spring: the day before":          {times("07:30"), "Europe/Berlin", "2027-03-27T06:30:05Z", 0, "2027-03-27T08:00:00Z", "2027-03-28T05:30:00Z"},
		"spring: a time that is left out": {times("02:30"), "Europe/Berlin", "2027-03-27T01:30:05Z", 0, "2027-03-27T08:00:00Z", "2027-03-28T01:30:00Z"},
		"spring: left out, New York":      {times("02:30"), "America/New_York", "2027-03-13T07:30:05Z", 0, "2027-03-13T08:00:00Z", "2027-03-14T07:30:00Z"},
		"spring: the day after":           {times("02:30"), "Europe/Berlin", "2027-03-28T01:30:05Z", 0, "2027-03-28T02:00:00Z", "2027-03-29T00:30:00Z"},
		// Berlin: 2026-10-25 03:00 becomes 02:00; 02:30 comes at 00:30Z and at 01:30Z.
		"autumn: a time that comes twice": {times("02:30"), "Europe/Berlin", "2026-10-24T00:30:05Z", 0, "2026-10-24T08:00:00Z", "2026-10-25T00:30:00Z"},
		"autumn: once only":               {times("02:30"), "Europe/Berlin", "2026-10-25T00:30:05Z", 0, "2026-10-25T00:31:00Z", "2026-10-26T01:30:00Z"},
		"autumn: once only, New York":     {times("01:30"), "America/New_York", "2026-11-01T05:30:05Z", 0, "2026-11-01T05:31:00Z", "2026-11-02T06:30:00Z"},
		"autumn: an interval is 24 hours": {interval(24 * time.Hour), "Europe/Berlin", "2026-10-24T10:00:00Z", 0, "2026-10-24T11:00:00Z", "2026-10-25T10:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			state := workspace.State{Failures: tc.failures, Zone: zone(t, tc.zone)}
			if tc.last != "" {
				state.Last = at(t, tc.last)
			}
			got, want := tc.schedule.Next(state, at(t, tc.now)), time.Time{}
			if tc.want != "" {
				want = at(t, tc.want)
			}
			if !got.Equal(want) {
				t.Errorf("next %v, want %v", got, want)
			}
		})
	}
}

func TestWhatWasMissed(t *testing.T) {
	const grace = 20 * time.Minute
	for name, tc := range map[string]struct {
		schedule  workspace.Schedule
		last, now string
		count     int
		first     string
	}{
		"nothing":                           {interval(time.Hour), "2026-11-23T09:30:00Z", "2026-11-23T10:00:00Z", 0, ""},
		"late by some minutes":              {interval(time.Hour), "2026-11-23T09:30:00Z", "2026-11-23T10:45:00Z", 0, ""},
		"one by half an hour":               {interval(time.Hour), "2026-11-23T09:30:00Z", "2026-11-23T11:00:00Z", 1, "2026-11-23T10:30:00Z"},
		"three days asleep":                 {interval(24 * time.Hour), "2026-11-20T10:00:00Z", "2026-11-23T12:00:00Z", 3, "2026-11-21T10:00:00Z"},
		"a weekend of fixed times":          {times("07:30", "19:00"), "2026-11-20T19:00:10Z", "2026-11-23T07:31:00Z", 4, "2026-11-21T07:30:00Z"},
		"years are not counted to the end":  {interval(time.Hour), "2016-11-20T10:00:00Z", "2026-11-23T12:00:00Z", 10_000, "2016-11-20T11:00:00Z"},
		"the clock was put back":            {interval(time.Hour), "2027-11-20T10:00:00Z", "2026-11-23T12:00:00Z", 0, ""},
		"a manual schedule misses nothing":  {workspace.Schedule{Mode: workspace.ManualSchedule}, "2020-11-20T10:00:00Z", "2026-11-23T12:00:00Z", 0, ""},
		"what is due right now is not lost": {times("10:00"), "2026-11-22T10:00:05Z", "2026-11-23T10:00:00Z", 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			count, first := tc.schedule.Missed(workspace.State{Last: at(t, tc.last), Zone: time.UTC}, at(t, tc.now), grace)
			if count != tc.count || tc.first == "" && !first.IsZero() || tc.first != "" && !first.Equal(at(t, tc.first)) {
				t.Errorf("%d missed since %v, want %d since %s", count, first, tc.count, tc.first)
			}
		})
	}
}

func TestAFixedTimeComesOnceADayAllYear(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo", "Pacific/Apia"} {
		z := zone(t, name)
		for _, clock := range []string{"00:00", "00:30", "01:45", "02:30", "12:00", "23:59"} {
			schedule := times(clock)
			last := time.Date(2026, 1, 1, 12, 0, 0, 0, z)
			days := 0
			for end := last.AddDate(1, 0, 0); last.Before(end); days++ {
				next := schedule.Next(workspace.State{Last: last, Zone: z}, last)
				if gap := next.Sub(last); days > 0 && (gap < 22*time.Hour || gap > 26*time.Hour) {
					t.Errorf("%s %s: %v after %v", name, clock, gap, last)
				}
				last = next
			}
			if days != 366 && days != 365 {
				t.Errorf("%s %s: %d times in a year", name, clock, days)
			}
		}
	}
}

func TestASchedule(t *testing.T) {
	for name, tc := range map[string]struct {
		schedule workspace.Schedule
		ok       bool
	}{
		"manual":               {workspace.Schedule{Mode: workspace.ManualSchedule}, true},
		"hourly":               {interval(time.Hour), true},
		"every 24 hours":       {workspace.DefaultSchedule(), true},
		"fixed times":          {times("7:30", "07:30", "23:59"), true},
		"every minute":         {interval(time.Minute), false},
		"nothing":              {workspace.Schedule{}, false},
		"no time":              {times(), false},
		"a time nobody knows":  {times("25:00"), false},
		"a time with a second": {times("10:00:30"), false},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := tc.schedule.Checked()
			if tc.ok != (err == nil) || err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("%v", err)
			}
			if name == "fixed times" && (len(s.Times) != 2 || s.Times[0] != "07:30") {
				t.Errorf("times %v", s.Times)
			}
		})
	}
}
