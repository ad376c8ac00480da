package columns

import (
	"fmt"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// period is one step of the date axis, cut to the range of the query.
type period struct {
	first, last dataset.Day // within the range
	whole       dataset.DayRange
	label       string // of a sprint; others are named by the calendar
	partial     bool
	future      bool // begins after the as-of day
}

// maxPeriods bounds the date axis; it is more than twenty years of days.
const maxPeriods = 10_000

// defaultWeeks is how far a date axis goes back when nothing says so.
const defaultWeeks = 26

// axis is the date axis of a query, or its range without one.
type axis struct {
	days    daySet // what filters or the sprint left; nil for every day
	start   *moment
	end     *moment // as-of measures without an axis stand here; nil when the range lies ahead
	periods []period
	cuts    []moment // of the periods that have begun
	fracs   []float64
	sprint  bool
	steps   []sprintStep // of an axis by sprints: all that the filters leave, those to come too
}

// resolveAxis finds the range: filters on Dates[Date], else the days of the sprint that the query is
// filtered to, else the last 26 weeks.
func (p *plan) resolveAxis() error {
	g, today := p.g, p.at.day
	ax := &p.axis
	ax.days = p.sides[0].filter.dates // filters on the axis reach every table
	sprint, isSprint := p.sprintDays()
	grain := dataset.GrainNone
	if p.dated >= 0 {
		grain = p.dims[p.dated].grain
	}
	if ax.days == nil && grain != dataset.GrainNone {
		ax.sprint = isSprint
		switch {
		case isSprint:
			ax.days = daySet{sprint}
		case grain == dataset.GrainSprint: // whole sprints
		default:
			first := (today - defaultWeeks*7 + 1).PeriodStart(grain, g.cal.weekStart)
			if grain == dataset.GrainWeek {
				first = today.PeriodStart(grain, g.cal.weekStart).Add(1-defaultWeeks, grain)
			}
			ax.days = daySet{{First: first, Last: today}}
		}
	}
	if grain != dataset.GrainNone {
		step := func() error { return p.makePeriods(grain) }
		if grain == dataset.GrainSprint {
			step = p.makeSprints
		}
		if err := step(); err != nil {
			return err
		}
	}
	first, last, ok := ax.days.ends()
	if !ok {
		return nil
	}
	switch {
	case ax.days == nil && isSprint:
		p.setStart(sprint.First)
		p.idealDays = sprint
	case first != dataset.FirstDay:
		p.setStart(first)
		p.idealDays = dataset.DayRange{First: first, Last: last}
		if last == dataset.LastDay {
			p.idealDays.Last = max(first, today)
		}
	}
	if ax.days != nil && first > today {
		return nil
	}
	ax.end = g.endOf(min(last, today), p.at)
	return nil
}

func (p *plan) setStart(first dataset.Day) {
	if first <= p.at.day {
		p.axis.start = p.g.endOf(first, p.at)
	}
}

// sprintDays are the days of the dated iterations that the query is filtered to: the current ones, or
// exactly one.
func (p *plan) sprintDays() (days dataset.DayRange, ok bool) {
	work := p.workSide()
	if work == nil || !work.filter.iterations || work.filter.tables[vIteration] == nil {
		return days, false
	}
	table := work.filter.tables[vIteration]
	passing := 0
	for c, n := range p.g.dicts.iterations {
		if table[c] == 0 || n.Path == "" {
			continue
		}
		passing++
		if n.StartDay == dataset.NoDay || n.EndDay == dataset.NoDay {
			continue
		}
		r := dataset.DayRange{First: dataset.Day(n.StartDay), Last: dataset.Day(n.EndDay)}
		if ok {
			r = dataset.DayRange{First: min(days.First, r.First), Last: max(days.Last, r.Last)}
		}
		days, ok = r, true
	}
	return days, ok && days.First <= days.Last && (passing == 1 || work.filter.current)
}

// makePeriods lists the periods of the axis. Days after the as-of day are there for the ideal trend only.
func (p *plan) makePeriods(grain dataset.Grain) error {
	g, ax, today := p.g, &p.axis, p.at.day
	first, last, ok := ax.days.ends()
	if !ok {
		return nil
	}
	if first == dataset.FirstDay {
		first = min(p.firstDay(), today)
	}
	if last == dataset.LastDay || !p.future() {
		last = min(last, today)
	}
	ax.days = ax.days.and(daySet{{First: first, Last: last}})
	for _, run := range ax.days {
		for d := run.First; d <= run.Last; {
			end := d.PeriodEnd(grain, g.cal.weekStart)
			stop := min(end, run.Last)
			if n := len(ax.periods); n > 0 && ax.periods[n-1].whole.Holds(d) {
				ax.periods[n-1].last = stop // two runs of days within one period
			} else {
				ax.periods = append(ax.periods, period{first: d, last: stop, whole: dataset.DayRange{First: d.PeriodStart(grain, g.cal.weekStart), Last: end}, future: d > today})
			}
			if len(ax.periods) > maxPeriods {
				return fault.New(fault.Invalid, "columns.Answer", fmt.Sprintf("The dates from %s to %s are more than %d steps.", first, last, maxPeriods), "Choose a coarser grain or a shorter range.")
			}
			d = stop + 1
		}
	}
	p.closePeriods(grain)
	return nil
}

// firstDay is that of the earliest row of any of the tables.
func (p *plan) firstDay() dataset.Day {
	first := p.at.day
	for _, s := range p.sides {
		if s.rel.firstDay != noDay {
			first = min(first, s.rel.firstDay)
		}
	}
	return first
}

// closePeriods marks the periods that are not whole and notes the ends of those that have begun.
func (p *plan) closePeriods(grain dataset.Grain) {
	for i := range p.axis.periods {
		pe := &p.axis.periods[i]
		pe.partial = pe.first > pe.whole.First || pe.last < pe.whole.Last ||
			pe.whole.Last == p.at.day && !p.atDayEnd && grain != dataset.GrainDay
		if !pe.future {
			p.axis.cuts = append(p.axis.cuts, *p.g.endOf(min(pe.last, p.at.day), p.at))
		}
	}
}

// partialNotes says which ends of a date axis show less than a whole period.
func (p *plan) partialNotes() []string {
	if p.dated < 0 || len(p.axis.periods) == 0 {
		return nil
	}
	grain := p.dims[p.dated].grain
	var notes []string
	first, last := p.axis.periods[0], p.axis.periods[len(p.axis.periods)-1]
	if first.first > first.whole.First && p.hasEvents() {
		notes = append(notes, fmt.Sprintf("The first %s begins on %s.", grain, first.first.PeriodLabel(dataset.GrainDay)))
	}
	if last.partial && !last.future && last.whole.Last >= p.at.day {
		notes = append(notes, fmt.Sprintf("The last %s is not finished.", grain))
	}
	return notes
}

// fractions fills in which share of the ideal line is left at each period, or at the end without an axis.
func (p *plan) fractions() {
	if !p.future() {
		return
	}
	left := idealLine(p.idealDays, p.workingDays())
	for _, pe := range p.axis.periods {
		p.axis.fracs = append(p.axis.fracs, left(pe.last))
	}
	if p.axis.end != nil {
		p.endFrac = left(p.axis.end.day)
	}
}

// maxIdealDays bounds the ideal trend; a sprint has a few dozen days.
const maxIdealDays = 4000

// idealLine is M19: 1 on the first working day of the range, 0 on the last, falling on working days
// only. Without working days it falls every day.
func idealLine(days dataset.DayRange, working [7]bool) func(dataset.Day) float64 {
	last := min(days.Last, days.First+maxIdealDays)
	done := make([]int, 0, last-days.First+1) // working days up to and with each day
	total := 0
	for d := days.First; d <= last; d++ {
		total += boolInt(working[d.Weekday()])
		done = append(done, total)
	}
	if total == 0 {
		return idealLine(days, [7]bool{true, true, true, true, true, true, true})
	}
	return func(d dataset.Day) float64 {
		elapsed := done[min(max(d, days.First), last)-days.First] - 1
		if total == 1 {
			return float64(1 - boolInt(elapsed >= 0))
		}
		return 1 - float64(max(elapsed, 0))/float64(total-1)
	}
}

// workingDays are those of the teams the query is filtered to, else of the teams that selected one of
// its iterations, else Monday to Friday.
func (p *plan) workingDays() [7]bool {
	var days [7]bool
	found := false
	add := func(t dataset.TeamRow) {
		for i, w := range t.WorkingDays {
			days[i] = days[i] || w
		}
		found = true
	}
	filter := &predicate{tables: make([][]uint8, vectors)}
	if work := p.workSide(); work != nil {
		filter = work.filter
	}
	table := filter.tables[vIteration]
	for i, t := range p.g.dicts.teams {
		switch {
		case filter.teams != nil:
			if filter.teams[i] {
				add(t)
			}
		case filter.iterations && table != nil:
			for _, id := range t.Iterations {
				if c := p.g.dicts.iterationIDs.at(id); c != 0 && table[c] == 1 {
					add(t)
					break
				}
			}
		}
	}
	if !found || days == [7]bool{} {
		return [7]bool{false, true, true, true, true, true, false}
	}
	return days
}
