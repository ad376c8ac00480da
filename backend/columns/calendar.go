package columns

import (
	"math"
	"time"

	"sightline/backend/dataset"
)

// forever is the end of what is still so.
const forever = dataset.Forever

const millisADay = 86_400_000

// calendar turns instants into days of one time zone and back. A day lasts from its first instant to
// the first instant of the next day, so a day of a change of clocks has 23 or 25 hours and midnight
// need not exist. The days of the data are in a table; others are computed.
type calendar struct {
	zone      *time.Location
	weekStart time.Weekday
	base      dataset.Day
	starts    []int64 // first instant of day base+i, milliseconds since 1970 UTC
}

func newCalendar(zone *time.Location, weekStart time.Weekday, first, last int64) *calendar {
	c := &calendar{zone: zone, weekStart: weekStart}
	lo := dataset.DayOf(time.UnixMilli(first).In(zone)) - 1
	hi := dataset.DayOf(time.UnixMilli(last).In(zone)) + 2
	starts := make([]int64, 0, hi-lo+1)
	for d := lo; d <= hi; d++ {
		starts = append(starts, c.firstInstant(d))
	}
	c.base, c.starts = lo, starts
	return c
}

// firstInstant finds when the day begins on the clocks of the zone. Where midnight does not exist,
// time.Date gives some instant near it; the day then begins with the change of clocks. Where it exists
// twice, the day begins with the first; where clocks once were set back across midnight (Newfoundland
// until 2011), the repeated hour belongs to the new day, because a day is one run of time here.
func (c *calendar) firstInstant(d dataset.Day) int64 {
	y, m, day := d.Date()
	t := time.Date(y, m, day, 0, 0, 0, 0, c.zone)
	if dataset.DayOf(t) < d {
		if _, end := t.ZoneBounds(); !end.IsZero() {
			return end.UnixMilli()
		}
	}
	if begin, _ := t.ZoneBounds(); !begin.IsZero() {
		before := begin.Add(-time.Millisecond)
		if dataset.DayOf(before) == d { // the clocks were set back on this day, before t
			hour, minute, second := before.Clock()
			t = before.Add(-time.Duration(hour)*time.Hour - time.Duration(minute)*time.Minute - time.Duration(second)*time.Second).Truncate(time.Second)
		}
	}
	return t.UnixMilli()
}

// start is the first instant of the day.
func (c *calendar) start(d dataset.Day) int64 {
	switch i := int(d - c.base); {
	case d <= dataset.FirstDay:
		return math.MinInt64
	case d >= dataset.LastDay:
		return forever
	case i >= 0 && i < len(c.starts):
		return c.starts[i]
	}
	return c.firstInstant(d)
}

// day is the day that holds the instant.
func (c *calendar) day(ms int64) dataset.Day {
	if ms == forever {
		return dataset.LastDay
	}
	n := len(c.starts)
	if n < 2 || ms < c.starts[0] || ms >= c.starts[n-1] {
		d := dataset.DayOf(time.UnixMilli(ms).In(c.zone))
		if c.start(d) > ms {
			d--
		}
		return d
	}
	i := min(int((ms-c.starts[0])/millisADay), n-2)
	for ms < c.starts[i] {
		i--
	}
	for ms >= c.starts[i+1] {
		i++
	}
	return c.base + dataset.Day(i)
}

// text is the instant as RFC 3339 in the zone, with milliseconds only when there are some.
func (c *calendar) text(ms int64) string {
	return time.UnixMilli(ms).In(c.zone).Format("2006-01-02T15:04:05.999Z07:00")
}
