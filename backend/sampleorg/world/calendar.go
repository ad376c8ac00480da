package world

import (
	"fmt"
	"time"
)

const (
	millisPerDay = 24 * 60 * 60 * 1000
	sprintDays   = 14
	// blockDays is how far the beginning of a world steps when time passes: a quarter of 13 weeks. Within
	// one quarter every start of the sample continues the same history.
	blockDays = 13 * 7
	spanDays  = 104 * 7
	// sprintsPerRelease is how often the company ships; bugs come in waves after it.
	sprintsPerRelease = 3
)

// monday is a Monday, from which blocks are counted.
var monday = time.Date(2018, time.January, 1, 0, 0, 0, 0, time.UTC)

// DefaultSince is the day a world that ends now begins: a Monday two years back, or up to 13 weeks more.
func DefaultSince(now time.Time) time.Time {
	days := int(now.UTC().Sub(monday).Hours()/24) - spanDays
	block := days / blockDays
	if days < 0 && days%blockDays != 0 {
		block--
	}
	return monday.AddDate(0, 0, block*blockDays)
}

// sprintLayout is how a project arranges its sprints in a tree.
type sprintLayout uint8

const (
	flatSprints sprintLayout = iota // Project\Sprint 7
	byRelease                       // Project\Release 3\Sprint 7
	byYear                          // Project\2026\Iteration 7
)

// day is the number of days from Since to the instant.
func (w *World) day(ms int64) int { return int((ms - w.Since) / millisPerDay) }

// DayStart is midnight UTC of a day counted from Since.
func (w *World) DayStart(day int) int64 { return w.Since + int64(day)*millisPerDay }

// firstSprint is the day on which the project's first sprint starts.
func (p *Project) firstSprint() int { return p.opens/7*7 + p.weekday }

// sprintOn is the number of the sprint that holds the day, or -1 before the first.
func (p *Project) sprintOn(day int) int {
	if day < p.firstSprint() {
		return -1
	}
	return (day - p.firstSprint()) / sprintDays
}

// schedule makes the iterations of a project: every sprint up to now and the two that follow.
func (w *World) schedule(p *Project) {
	p.Iterations = w.addNode(p, nil, p.Name, true)
	last := p.sprintOn(w.day(w.Now))
	p.nextNode = 200
	parents := map[string]*Node{}
	for k := 0; k <= last+2; k++ {
		first := w.DayStart(p.firstSprint() + k*sprintDays)
		final := first + (sprintDays-1)*millisPerDay
		parent, name := p.Iterations, fmt.Sprintf("Sprint %d", k+1)
		group := ""
		switch p.layout {
		case byRelease:
			group = fmt.Sprintf("Release %d", k/sprintsPerRelease+1)
		case byYear:
			group, name = fmt.Sprint(time.UnixMilli(first).UTC().Year()), fmt.Sprintf("Iteration %d", k+1)
		}
		if group != "" {
			if parents[group] == nil {
				parents[group] = w.addNode(p, p.Iterations, group, true)
				if p.layout == byRelease {
					parents[group].Start, parents[group].Finish = first, first+(sprintDays*sprintsPerRelease-1)*millisPerDay
				}
			}
			parent = parents[group]
		}
		n := w.addNode(p, parent, name, true)
		n.Start, n.Finish = first, final
		p.Sprints = append(p.Sprints, n)
	}
}

// idle days are the days on which next to nothing happens: weekends and the days around New Year.
func (w *World) idle(day int) bool {
	if wd := day % 7; wd == 5 || wd == 6 { // Since is a Monday
		return true
	}
	t := time.UnixMilli(w.DayStart(day)).UTC()
	return t.Month() == time.December && t.Day() >= 24 || t.Month() == time.January && t.Day() == 1
}

// pace is how busy a working day is: slower in the summer.
func (w *World) pace(day int) float64 {
	switch time.UnixMilli(w.DayStart(day)).UTC().Month() {
	case time.July:
		return 0.75
	case time.August:
		return 0.7
	case time.December:
		return 0.85
	}
	return 1
}

// timeOf is an instant as the standard library has it.
func timeOf(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
