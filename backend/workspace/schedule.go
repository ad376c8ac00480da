package workspace

import (
	"fmt"
	"slices"
	"time"

	"sightline/backend/fault"
)

// ScheduleMode says how the times of a schedule are found.
type ScheduleMode string

// The modes.
const (
	ManualSchedule   ScheduleMode = "manual"
	IntervalSchedule ScheduleMode = "interval"
	TimesSchedule    ScheduleMode = "times"
)

// Schedule says when a dataset is refreshed without anybody asking.
type Schedule struct {
	Mode    ScheduleMode
	Every   time.Duration // of the mode interval, from one begin to the next
	Times   []string      // of the mode times: HH:MM in the dataset's time zone, ascending
	AtStart bool          // also when Sightline starts and the data is older than Age
	CatchUp bool          // once, as soon as possible, for those that were missed
}

// DefaultEvery is how often a dataset refreshes unless somebody says otherwise, as the old connector did.
const DefaultEvery = 24 * time.Hour

// DefaultSchedule is the schedule of a new dataset.
func DefaultSchedule() Schedule {
	return Schedule{Mode: IntervalSchedule, Every: DefaultEvery, CatchUp: true}
}

// backoff is how long a refresh waits after one, two and three failures in a row; after more, the schedule
// itself says.
var backoff = []time.Duration{5 * time.Minute, 15 * time.Minute, time.Hour}

// clockStep is how far ahead a time of ours may lie before the clock must have been put back.
const clockStep = time.Hour

// State is what a schedule goes by besides itself.
type State struct {
	Last     time.Time // begin of the last refresh of the schedule; zero when there was none
	Failures int       // in a row
	Zone     *time.Location
}

// Next is when the schedule wants its next refresh: the regular one, or the next try after a failure if that
// is sooner. A time that has passed is due now. The zero time means never: the schedule is manual.
//
// A last refresh that lies in the future was noted by a clock that has been put back since; waiting for it
// would be in vain, so the next one is due now.
func (s Schedule) Next(state State, now time.Time) time.Time {
	if s.Mode == ManualSchedule || s.Mode == "" {
		return time.Time{}
	}
	if state.Last.IsZero() || state.Last.After(now.Add(clockStep)) {
		return now
	}
	next := s.Regular(state.Last, state.Zone)
	if n := state.Failures; n > 0 && n <= len(backoff) {
		if retry := state.Last.Add(backoff[n-1]); retry.Before(next) {
			return retry
		}
	}
	return next
}

// Regular is the first time of the schedule after an instant, whatever failed; zero for a manual one.
func (s Schedule) Regular(after time.Time, zone *time.Location) time.Time {
	switch s.Mode {
	case IntervalSchedule:
		return after.Add(s.Every)
	case TimesSchedule:
		return s.nextTime(after, zone)
	}
	return time.Time{}
}

// nextTime is the first of the fixed times after an instant. On the day a clock goes forward, a time that the
// day leaves out is taken as much later as the clock jumped; on the day it goes back, a time that comes twice
// is taken once.
func (s Schedule) nextTime(after time.Time, zone *time.Location) time.Time {
	if zone == nil {
		zone = time.UTC
	}
	var next time.Time
	local := after.In(zone)
	for day := -1; day <= 2; day++ {
		for _, text := range s.Times {
			clock, err := time.Parse("15:04", text)
			if err != nil {
				continue
			}
			at := wallTime(local.Year(), local.Month(), local.Day()+day, clock, zone)
			if at.After(after) && (next.IsZero() || at.Before(next)) {
				next = at
			}
		}
	}
	return next.UTC()
}

// wallTime is the instant at which a clock on the wall shows a time: the first of two, and for none as much
// later as the clock jumped. time.Date promises neither.
func wallTime(year int, month time.Month, day int, clock time.Time, zone *time.Location) time.Time {
	wall := time.Date(year, month, day, clock.Hour(), clock.Minute(), 0, 0, time.UTC)
	_, before := wall.Add(-24 * time.Hour).In(zone).Zone()
	_, after := wall.Add(24 * time.Hour).In(zone).Zone()
	first, second := wall.Add(-time.Duration(before)*time.Second), wall.Add(-time.Duration(after)*time.Second)
	shows := func(at time.Time) bool {
		local := at.In(zone)
		return local.Hour() == clock.Hour() && local.Minute() == clock.Minute()
	}
	switch {
	case shows(first) && (!shows(second) || !second.Before(first)):
		return first
	case shows(second):
		return second
	case first.After(second):
		return first
	}
	return second
}

// Missed counts the times of the schedule after the last refresh and up to now, but for the one that is due
// within the grace before now, which is merely late. first is the earliest of them.
func (s Schedule) Missed(state State, now time.Time, grace time.Duration) (count int, first time.Time) {
	if s.Mode == ManualSchedule || s.Mode == "" || state.Last.IsZero() || state.Last.After(now) {
		return 0, time.Time{}
	}
	for at := s.Regular(state.Last, state.Zone); !at.IsZero() && at.Before(now.Add(-grace)); at = s.Regular(at, state.Zone) {
		if count++; count == 1 {
			first = at
		}
		if count >= mostMissed {
			break
		}
	}
	return count, first
}

// mostMissed bounds the counting after a machine was off for years.
const mostMissed = 10_000

// Age is how old the data may be before a start of the program refreshes it.
func (s Schedule) Age() time.Duration {
	if s.Mode == IntervalSchedule {
		return s.Every
	}
	return DefaultEvery
}

// Checked is the schedule in its regular form. Fault Invalid for a mode, an interval or a time that nobody knows.
func (s Schedule) Checked() (Schedule, error) {
	const op = "workspace.Schedule"
	switch s.Mode {
	case ManualSchedule, IntervalSchedule, TimesSchedule:
	default:
		return s, fault.New(fault.Invalid, op, fmt.Sprintf("There is no schedule called %q.", s.Mode), "Choose manual, an interval or fixed times.")
	}
	if s.Every == 0 {
		s.Every = DefaultEvery
	}
	if !slices.Contains([]time.Duration{time.Hour, 4 * time.Hour, 24 * time.Hour}, s.Every) {
		return s, fault.New(fault.Invalid, op, "A dataset is refreshed every hour, every 4 hours or every 24 hours, not every "+s.Every.String()+".", "Choose one of these, or fixed times.")
	}
	times := make([]string, 0, len(s.Times))
	for _, text := range s.Times {
		clock, err := time.Parse("15:04", text)
		if err != nil {
			return s, fault.New(fault.Invalid, op, fmt.Sprintf("%q is no time of day.", text), "Write hours and minutes, for example 07:30.")
		}
		times = append(times, clock.Format("15:04"))
	}
	slices.Sort(times)
	s.Times = slices.Compact(times)
	if s.Mode == TimesSchedule && len(s.Times) == 0 {
		return s, fault.New(fault.Invalid, op, "A schedule of fixed times needs at least one.", "Add a time, for example 07:30.")
	}
	if len(s.Times) > mostTimes {
		return s, fault.New(fault.Invalid, op, fmt.Sprintf("A day has at most %d fixed times, not %d.", mostTimes, len(s.Times)), "Choose every hour instead.")
	}
	return s, nil
}

// mostTimes is how many fixed times a day may have: one each half hour, as in Power BI.
const mostTimes = 48
