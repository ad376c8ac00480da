package columns

import (
	"fmt"
	"math"
	"slices"

	"sightline/backend/dataset"
)

// point is where a number stands, for what depends on how far the range has come (M17 and M18).
type point struct {
	day       dataset.Day
	intervals int // that ended after the start, up to this point
	grain     dataset.Grain
	weekStart weekday
	steps     []sprintStep // of an axis by sprints
}

// pointAt is the point of a period, or of the end of a range. The total of a date axis stands where its last period that
// has begun does, so that its intervals are the same.
func (p *plan) pointAt(v *valuePlan, onAxis bool, period int) point {
	pt := point{grain: dataset.GrainDay, weekStart: p.g.cal.weekStart}
	start := p.axis.start
	if start == nil {
		return pt
	}
	if !onAxis && p.dated >= 0 && v.days == nil && len(p.axis.cuts) > 0 {
		onAxis, period = true, len(p.axis.cuts)-1
	}
	if !onAxis {
		if end := p.endOf(v); end != nil {
			pt.day, pt.intervals = end.day, int(end.day-start.day)
		}
		return pt
	}
	pt.grain, pt.day, pt.steps = p.dims[p.dated].grain, p.axis.cuts[period].day, p.axis.steps
	for _, cut := range p.axis.cuts[:period+1] {
		pt.intervals += boolInt(cut.day > start.day)
	}
	return pt
}

// maxIntervals bounds a projection: a pace that needs longer is none.
const maxIntervals = 1000

// pace is a measure of M17 and M18: f gets what is completed in an interval on average, how many intervals
// the rest takes, and the point.
func (u unit) pace(needsEnd bool, f func(burndown, left float64, at point) float64) calculation {
	bases := []base{u.sum(asOf, isOpen), u.sum(asOf, isDone), {timing: asOf, keep: isInScope, agg: aggCount},
		u.sum(atStart, isOpen), u.sum(atStart, isDone), {timing: atStart, keep: isInScope, agg: aggCount}}
	return calculation{bases: bases, finishAt: func(cs []cell, at point) answer {
		if at.intervals <= 0 || cs[2].n == 0 && cs[5].n == 0 {
			return nothing
		}
		k := float64(at.intervals)
		remaining, burndown := u.of(cs[0]), (u.of(cs[1])-u.of(cs[4]))/k
		increase := (remaining + u.of(cs[1]) - u.of(cs[3]) - u.of(cs[4])) / k
		left := 0.0
		if needsEnd && remaining > 0 {
			if burndown-increase < 1e-9 {
				return nothing
			}
			if left = remaining / (burndown - increase); left > maxIntervals {
				return nothing
			}
		}
		return number(f(burndown, left, at))
	}}
}

// projectedDay is the last day of the interval in which nothing is left.
func projectedDay(_, left float64, at point) float64 {
	n := int(math.Ceil(left - 1e-9))
	switch {
	case n <= 0:
		return float64(at.day)
	case at.grain == dataset.GrainDay:
		return float64(at.day + dataset.Day(n))
	case at.grain == dataset.GrainSprint:
		return float64(sprintEnd(at.steps, at.day, n))
	}
	return float64(at.day.PeriodStart(at.grain, at.weekStart).Add(n, at.grain).PeriodEnd(at.grain, at.weekStart))
}

// sprintEnd is the last day of the n-th sprint after the one of the day. Behind the last that is planned
// sprints go on at their average length.
func sprintEnd(steps []sprintStep, day dataset.Day, n int) dataset.Day {
	at := slices.IndexFunc(steps, func(s sprintStep) bool { return s.days.Last >= day })
	if at < 0 {
		at = len(steps) - 1
	}
	if at+n < len(steps) {
		return steps[at+n].days.Last
	}
	total := dataset.Day(0)
	for _, s := range steps {
		total += s.days.Last - s.days.First + 1
	}
	last := steps[len(steps)-1].days.Last
	return last + dataset.Day(math.Ceil(float64(at+n+1-len(steps))*float64(total)/float64(len(steps))))
}

// paces are the measures M17 and M18.
func paces(m map[string]calculation) {
	for _, by := range []struct {
		unit
		average, left, end string
	}{
		{unit{}, dataset.AverageBurndown, dataset.IntervalsLeft, dataset.ProjectedEnd},
		{unit{items: true}, dataset.AverageBurndownItems, dataset.IntervalsLeftItems, dataset.ProjectedEndItems},
	} {
		m[by.average] = by.pace(false, func(burndown, _ float64, _ point) float64 { return burndown })
		m[by.left] = by.pace(true, func(_, left float64, _ point) float64 { return left })
		m[by.end] = by.pace(true, projectedDay)
	}
}

// window is how many days before a day its moving average looks back (M5).
func window(shown int) int {
	n := shown / 5
	return max(0, n-(1-n%2))
}

// scanWindow are the items completed in the window of each period, or of the end of the range without a date
// axis.
func (p *plan) scanWindow(b *basePlan, onAxis bool) (*scan, error) {
	today := p.at.day
	shown := p.axis.days
	var lasts []dataset.Day
	if onAxis {
		for i := range p.axis.cuts {
			lasts = append(lasts, p.axis.cuts[i].day)
		}
	} else {
		shown = p.valueDays(b.value)
		first, last, ok := shown.ends()
		if !ok || first == dataset.FirstDay || first > today {
			return nil, nil
		}
		lasts = []dataset.Day{min(last, today)}
	}
	n := 0
	for _, run := range shown {
		n += max(0, int(min(run.Last, today)-run.First)+1)
	}
	if len(lasts) == 0 || n == 0 {
		return nil, nil
	}
	key := fmt.Sprint("window ", n, onAxis, lasts[0], lasts[len(lasts)-1])
	if s := p.known(key); s != nil {
		return s, nil
	}
	seg, rows, err := p.rowsAt(b.side, p.at)
	if err != nil {
		return nil, err
	}
	s := p.add(&scan{key: key, side: b.side, seg: seg, at: p.at})
	back := dataset.Day(window(n))
	for _, row := range rows {
		day := p.g.completedDay(seg, row)
		if day == noDay {
			continue
		}
		first := firstAt(lasts, day)
		end := firstAt(lasts, day+back+1)
		if first == end {
			continue
		}
		s.rows = append(s.rows, row)
		if onAxis {
			s.first, s.end = append(s.first, int32(first)), append(s.end, int32(end))
		}
	}
	if h := b.side.highlight; h != nil {
		s.unlit = h.dates != nil
		p.light(s)
	}
	return s, nil
}

// firstAt is the first of the days, which ascend, that is not before the day.
func firstAt(days []dataset.Day, day dataset.Day) int {
	lo, hi := 0, len(days)
	for lo < hi {
		if mid := (lo + hi) / 2; days[mid] < day {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// movingAverages are the measures M5 and M6.
func movingAverages(m map[string]calculation) {
	for _, by := range []struct {
		column             dataset.FieldRef
		average, deviation string
	}{
		{dataset.LeadTime, dataset.LeadTimeMovingAverage, dataset.LeadTimeDeviation},
		{dataset.CycleTime, dataset.CycleTimeMovingAverage, dataset.CycleTimeDeviation},
	} {
		m[by.average] = over(inWindow, isDone, by.column, dataset.Average)
		m[by.deviation] = calculation{bases: []base{{timing: inWindow, keep: isDone, agg: aggDeviation, column: by.column}}, finish: finishValue}
	}
}

// deviation is the standard deviation of the population.
func deviation(xs []float64) float64 {
	mean := 0.0
	for _, x := range xs {
		mean += x
	}
	mean /= float64(len(xs))
	squares := 0.0
	for _, x := range xs {
		squares += (x - mean) * (x - mean)
	}
	return math.Sqrt(squares / float64(len(xs)))
}
