package columns_test

import (
	"slices"
	"strings"
	"time"

	"sightline/backend/dataset"
)

// slowSpan is the days that an item spent as a revision has it.
type slowSpan struct {
	slowRow
	days float64
}

// moreCell is what the measures of velocity, pace and time in state are computed from.
type moreCell struct {
	planned, sprint []slowRow // of begun iterations: as planned, and now
	window          []slowRow
	spent, daily    []slowSpan
	intervals       int
	last            string // day on which the point stands
	grain           dataset.Grain
}

// dayEnd is the first instant behind a day.
func (s *slow) dayEnd(day string) time.Time { return s.instant(point{kind: "day", day: day}) }

// chosenTypes reports whether a filter of the query or of the value names types or backlogs.
func (s *slow) chosenTypes(v dataset.Value) bool {
	return slices.ContainsFunc(append(slices.Clone(s.q.Filters), v.Filters...), func(f dataset.Filter) bool {
		return slices.Contains([]dataset.FieldRef{dataset.Type, dataset.BacklogLevel, dataset.Backlog, dataset.IsBug, dataset.IsRequirement}, f.Field)
	})
}

// velocityRows are the rows of M21 (planned) or of M22 to M24, with the first day of their iteration.
func (s *slow) velocityRows(v dataset.Value, planned bool) (rows []slowRow, days []string) {
	for _, it := range s.w.iterations {
		if it.start == "" || it.start > s.at.day {
			continue
		}
		at := s.at
		if planned {
			at = s.endOf(shift(it.start, s.q.PlanningDays))
		}
		for _, r := range s.rowsAt(at) {
			if c := s.category(r.rev); r.rev.iteration == it.path && c >= 1 && c <= 4 && (s.chosenTypes(v) || s.isRequirement(r.rev)) {
				rows, days = append(rows, r), append(days, it.start)
			}
		}
	}
	return rows, days
}

func (s *slow) iterationOf(r slowRow) worldIteration {
	for _, it := range s.w.iterations {
		if it.path == r.rev.iteration {
			return it
		}
	}
	panic(r.rev.iteration)
}

// onTime reports whether a completed row was completed by the end of its iteration and the grace days.
func (s *slow) onTime(r slowRow) bool {
	at, _ := s.completion(r)
	return s.date(at) <= shift(s.iterationOf(r).end, s.q.GraceDays)
}

func (s *slow) ended(r slowRow) bool { return !s.instant(s.at).Before(s.dayEnd(s.iterationOf(r).end)) }

// velocity is M21 to M25.
func (s *slow) velocity(name string, c moreCell) slowValue {
	items := strings.HasSuffix(name, " items")
	amount := func(rows []slowRow, test func(slowRow) bool) float64 {
		sum := 0.0
		for _, r := range rows {
			x := s.number(dataset.Estimate, r)
			switch {
			case !test(r):
			case items:
				sum++
			case x == x:
				sum += x
			}
		}
		return sum
	}
	category := func(r slowRow) int8 { return s.category(r.rev) }
	give := func(rows []slowRow, test func(slowRow) bool) slowValue {
		if len(c.planned)+len(c.sprint) == 0 {
			if items {
				return slowValue{0, true}
			}
			return none
		}
		return slowValue{amount(rows, test), false}
	}
	switch strings.TrimSuffix(name, " items") {
	case dataset.VelocityPlanned:
		return give(c.planned, func(slowRow) bool { return true })
	case dataset.VelocityCompleted:
		return give(c.sprint, func(r slowRow) bool { return category(r) == 4 && s.onTime(r) })
	case dataset.VelocityLate:
		return give(c.sprint, func(r slowRow) bool { return category(r) == 4 && !s.onTime(r) })
	case dataset.VelocityIncomplete:
		return give(c.sprint, func(r slowRow) bool { return category(r) == 2 })
	case dataset.VelocityNotStarted:
		return give(c.sprint, func(r slowRow) bool { return category(r) == 1 || category(r) == 3 })
	}
	ended := map[string]bool{}
	for _, r := range append(slices.Clone(c.planned), c.sprint...) {
		if s.ended(r) {
			ended[r.rev.iteration] = true
		}
	}
	if len(ended) == 0 {
		return none
	}
	return slowValue{amount(c.sprint, func(r slowRow) bool { return category(r) == 4 && s.ended(r) }) / float64(len(ended)), false}
}

// moreMeasures computes the measures of this file; ok is false for any other.
func (s *slow) moreMeasures(v dataset.Value, c slowCell) (out slowValue, ok bool) {
	deviation := func(ref dataset.FieldRef) slowValue {
		return s.aggregate(ref, dataset.StandardDeviation, c.window)
	}
	switch v.Measure {
	case dataset.LeadTimeMovingAverage:
		out = s.aggregate(dataset.LeadTime, dataset.Average, c.window)
	case dataset.CycleTimeMovingAverage:
		out = s.aggregate(dataset.CycleTime, dataset.Average, c.window)
	case dataset.LeadTimeDeviation:
		out = deviation(dataset.LeadTime)
	case dataset.CycleTimeDeviation:
		out = deviation(dataset.CycleTime)
	case dataset.AverageDaysInState:
		out = spentDays(c.spent, "average")
	case dataset.MedianDaysInState:
		out = spentDays(c.spent, "median")
	case dataset.P95DaysInState:
		out = spentDays(c.spent, "p95")
	case dataset.SnapshotDaysInState:
		out = spentDays(c.daily, "average")
	case dataset.NextTarget:
		out = s.aggregate(dataset.DaysUntilTarget, dataset.Min, c.asOf)
	case dataset.OldestTarget:
		out = s.aggregate(dataset.DaysPastTarget, dataset.Max, c.asOf)
	case dataset.BoardItems:
		for _, r := range c.asOf {
			if r.rev.column != "" {
				out.x++
			}
		}
		out.empty = out.x == 0
	case dataset.SumRollupEstimate:
		out = s.aggregate(dataset.RollupEstimate, dataset.Sum, c.asOf)
	case dataset.SumRollupCompletedEstimate:
		out = s.aggregate(dataset.RollupCompletedEstimate, dataset.Sum, c.asOf)
	case dataset.SumRollupRemainingWork:
		out = s.aggregate(dataset.RollupRemainingWork, dataset.Sum, c.asOf)
	case dataset.SumRollupCompletedWork:
		out = s.aggregate(dataset.RollupCompletedWork, dataset.Sum, c.asOf)
	case dataset.RollupProgressRatio, dataset.RollupHoursRatio:
		out = s.rollupRatio(v.Measure, c.asOf)
	case dataset.AverageBurndown, dataset.AverageBurndownItems, dataset.IntervalsLeft, dataset.IntervalsLeftItems, dataset.ProjectedEnd, dataset.ProjectedEndItems:
		out = s.projection(v.Measure, c)
	default:
		if strings.Contains(strings.ToLower(v.Measure), "velocity") {
			return s.velocity(v.Measure, c.moreCell), true
		}
		return out, false
	}
	return out, true
}

// isEventOfMore reports whether the measure stands on a day of its rows.
func isEventOfMore(measure string) bool {
	return strings.Contains(strings.ToLower(measure), "velocity")
}
