package dataset

import (
	"strconv"
	"strings"
	"time"
)

// Day is a calendar day, counted from 1970-01-01. It has no zone: which instants it covers is the
// business of the dataset's time zone.
type Day int32

// DayOf returns the calendar day that t shows in its own location.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Date returns year, month and day of the month.
func (d Day) Date() (int, time.Month, int) { return d.utc().Date() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return time.Weekday(((int(d)+4)%7 + 7) % 7) } // 1970 began on a Thursday

// String is the day as 2026-11-18. It is written by hand because a chart of days writes hundreds of them.
func (d Day) String() string {
	y, m, day := d.Date()
	if y < 0 || y > 9999 {
		return d.utc().Format(time.DateOnly)
	}
	return string([]byte{digit(y / 1000), digit(y / 100), digit(y / 10), digit(y), '-', digit(int(m) / 10), digit(int(m)), '-', digit(day / 10), digit(day)})
}

func digit(n int) byte { return '0' + byte(n%10) }

func (d Day) utc() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// AddMonths moves by whole months; a day that the month lacks becomes its last day.
func (d Day) AddMonths(n int) Day {
	y, m, day := d.Date()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return DayOf(first.AddDate(0, 0, min(day, last)-1))
}

// Add moves by n steps of the grain.
func (d Day) Add(n int, g Grain) Day {
	switch g {
	case GrainWeek:
		return d + Day(7*n)
	case GrainMonth:
		return d.AddMonths(n)
	case GrainQuarter:
		return d.AddMonths(3 * n)
	case GrainYear:
		return d.AddMonths(12 * n)
	}
	return d + Day(n)
}

// PeriodStart is the first day of the period that holds d.
func (d Day) PeriodStart(g Grain, weekStart time.Weekday) Day {
	y, m, day := d.Date()
	switch g {
	case GrainWeek:
		return d - Day((int(d.Weekday())-int(weekStart)+7)%7)
	case GrainMonth:
		return d - Day(day-1)
	case GrainQuarter:
		return DayOf(time.Date(y, (m-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC))
	case GrainYear:
		return DayOf(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC))
	}
	return d
}

// PeriodEnd is the last day of the period that holds d.
func (d Day) PeriodEnd(g Grain, weekStart time.Weekday) Day {
	return d.PeriodStart(g, weekStart).Add(1, g) - 1
}

// PeriodLabel names the period that begins with d: 18 Nov 2026, Nov 2026, Q4 2026, 2026. A week is
// named by its first day.
func (d Day) PeriodLabel(g Grain) string {
	switch g {
	case GrainMonth:
		return d.utc().Format("Jan 2006")
	case GrainQuarter:
		y, m, _ := d.Date()
		return "Q" + strconv.Itoa(int(m-1)/3+1) + " " + strconv.Itoa(y)
	case GrainYear:
		return d.utc().Format("2006")
	}
	y, m, day := d.Date()
	if y < 1000 || y > 9999 {
		return d.utc().Format("2 Jan 2006")
	}
	return strconv.Itoa(day) + " " + m.String()[:3] + " " + strconv.Itoa(y)
}

// DayRange is a run of days, both ends included.
type DayRange struct{ First, Last Day }

// The ends of a range that has no end.
const (
	FirstDay Day = -1 << 30
	LastDay  Day = 1 << 30
)

// Value is the range as the value of a Member: 2026-11-18 for one day, 2026-11-15/2026-11-21 else.
func (r DayRange) Value() string {
	if r.First == r.Last {
		return r.First.String()
	}
	return r.First.String() + "/" + r.Last.String()
}

// Holds reports whether d lies in the range.
func (r DayRange) Holds(d Day) bool { return r.First <= d && d <= r.Last }

// ParseDays reads a date of a filter: a day (2026-11-18), an instant (its day is taken as written), a
// run of days (2026-11-15/2026-11-21), a month (2026-11), a year (2026), or today, today-30, today+14,
// which count from the as-of day.
func ParseDays(s string, today Day) (DayRange, bool) {
	s = strings.TrimSpace(s)
	if a, b, two := strings.Cut(s, "/"); two {
		first, ok1 := parseDay(a, today)
		last, ok2 := parseDay(b, today)
		return DayRange{first, last}, ok1 && ok2 && first <= last
	}
	if d, ok := parseDay(s, today); ok {
		return DayRange{d, d}, true
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		return DayRange{DayOf(t), DayOf(t).PeriodEnd(GrainMonth, time.Sunday)}, true
	}
	if t, err := time.Parse("2006", s); err == nil {
		return DayRange{DayOf(t), DayOf(t).PeriodEnd(GrainYear, time.Sunday)}, true
	}
	return DayRange{}, false
}

func parseDay(s string, today Day) (Day, bool) {
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(strings.ToLower(s), "today"); ok {
		if rest == "" {
			return today, true
		}
		n, err := strconv.Atoi(rest)
		return today + Day(n), err == nil && (rest[0] == '+' || rest[0] == '-') && n > -1e6 && n < 1e6
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return DayOf(t), true
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return DayOf(t), true
	}
	return 0, false
}

// RelativeDays turns last, this and next n units into days, seen from today, which these three include.
// last and next are rolling: last 1 month on 20 July is 21 June to 20 July. this is by the calendar: it
// is the unit that holds today and, for n above 1, the n-1 units before it. lastCalendar and nextCalendar are the
// n whole units before and after the one that holds today.
func RelativeDays(op Op, n int, unit Grain, today Day, weekStart time.Weekday) DayRange {
	switch op {
	case Last:
		return DayRange{today.Add(-n, unit) + 1, today}
	case Next:
		return DayRange{today, today.Add(n, unit) - 1}
	}
	start := today.PeriodStart(unit, weekStart)
	switch op {
	case LastCalendar:
		return DayRange{start.Add(-n, unit), start - 1}
	case NextCalendar:
		next := start.Add(1, unit)
		return DayRange{next, next.Add(n, unit) - 1}
	}
	return DayRange{start.Add(1-n, unit), today.PeriodEnd(unit, weekStart)}
}
