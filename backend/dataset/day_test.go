package dataset

import (
	"testing"
	"time"
)

func day(s string) Day {
	r, ok := ParseDays(s, 0)
	if !ok {
		panic(s)
	}
	return r.First
}

func TestPeriodsOfADay(t *testing.T) {
	d := day("2026-11-18") // a Wednesday
	for _, c := range []struct {
		grain             Grain
		week              time.Weekday
		start, end, label string
	}{
		{GrainDay, time.Sunday, "2026-11-18", "2026-11-18", "18 Nov 2026"},
		{GrainWeek, time.Sunday, "2026-11-15", "2026-11-21", "15 Nov 2026"},
		{GrainWeek, time.Monday, "2026-11-16", "2026-11-22", "16 Nov 2026"},
		{GrainWeek, time.Wednesday, "2026-11-18", "2026-11-24", "18 Nov 2026"},
		{GrainMonth, time.Sunday, "2026-11-01", "2026-11-30", "Nov 2026"},
		{GrainQuarter, time.Sunday, "2026-10-01", "2026-12-31", "Q4 2026"},
		{GrainYear, time.Sunday, "2026-01-01", "2026-12-31", "2026"},
	} {
		start := d.PeriodStart(c.grain, c.week)
		if start.String() != c.start || d.PeriodEnd(c.grain, c.week).String() != c.end || start.PeriodLabel(c.grain) != c.label {
			t.Errorf("%s from %s: %s to %s, %s", c.grain, c.week, start, d.PeriodEnd(c.grain, c.week), start.PeriodLabel(c.grain))
		}
	}
	if got := day("2024-03-31").AddMonths(-1).String(); got != "2024-02-29" {
		t.Errorf("a month before 31 March: %s", got)
	}
	if got := day("1969-12-31"); got != -1 || got.Weekday() != time.Wednesday {
		t.Errorf("the day before 1970 is %d, a %s", got, got.Weekday())
	}
}

func TestRelativeDaysIncludeTheAsOfDay(t *testing.T) {
	today := day("2026-07-20") // a Monday
	for _, c := range []struct {
		op          Op
		n           int
		unit        Grain
		first, last string
	}{
		{Last, 30, GrainDay, "2026-06-21", "2026-07-20"}, {Last, 1, GrainWeek, "2026-07-14", "2026-07-20"}, {Last, 2, GrainMonth, "2026-05-21", "2026-07-20"},
		{Last, 1, GrainYear, "2025-07-21", "2026-07-20"}, {Next, 2, GrainWeek, "2026-07-20", "2026-08-02"}, {This, 1, GrainWeek, "2026-07-19", "2026-07-25"},
		{This, 13, GrainWeek, "2026-04-26", "2026-07-25"}, {This, 1, GrainQuarter, "2026-07-01", "2026-09-30"}, {This, 2, GrainYear, "2025-01-01", "2026-12-31"},
	} {
		r := RelativeDays(c.op, c.n, c.unit, today, time.Sunday)
		if r.First.String() != c.first || r.Last.String() != c.last {
			t.Errorf("%s %d %s: %s to %s", c.op, c.n, c.unit, r.First, r.Last)
		}
	}
}

func TestDatesOfFilters(t *testing.T) {
	today := day("2026-11-18")
	for text, want := range map[string]string{
		"2026-11-18": "2026-11-18", "2026-11-15/2026-11-21": "2026-11-15/2026-11-21", "2026-11": "2026-11-01/2026-11-30", "2026": "2026-01-01/2026-12-31",
		"today": "2026-11-18", "Today-30": "2026-10-19", "today+14": "2026-12-02", "2026-11-18T23:30:00+05:00": "2026-11-18",
	} {
		if r, ok := ParseDays(text, today); !ok || r.Value() != want {
			t.Errorf("%s: %s %t", text, r.Value(), ok)
		}
	}
	for _, text := range []string{"", "yesterday", "2026-13", "2026-11-31", "2026-11-21/2026-11-15", "today*2", "todayish", "18.11.2026"} {
		if r, ok := ParseDays(text, today); ok {
			t.Errorf("%q was read as %s", text, r.Value())
		}
	}
}

func TestDaysAreWrittenAsTheCalendarOfTheLibraryWritesThem(t *testing.T) {
	for d := Day(-800_000); d < 3_000_000; d += 97 {
		at := time.Unix(int64(d)*86400, 0).UTC()
		if got, want := d.String(), at.Format(time.DateOnly); got != want {
			t.Fatalf("day %d is %s, want %s", d, got, want)
		}
		if got, want := d.PeriodLabel(GrainDay), at.Format("2 Jan 2006"); got != want {
			t.Fatalf("day %d is labelled %s, want %s", d, got, want)
		}
		if d.Weekday() != at.Weekday() {
			t.Fatalf("day %d is a %s, want %s", d, d.Weekday(), at.Weekday())
		}
	}
}
