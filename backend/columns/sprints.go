package columns

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// sprintStep is a step of the date axis by sprints: the days of one or more iterations of the same dates.
type sprintStep struct {
	days  dataset.DayRange
	names []string
}

// makeSprints lists the periods of a date axis by sprints: the innermost dated iterations that the filters leave.
// Days between two sprints stand in none.
func (p *plan) makeSprints() error {
	ax, today := &p.axis, p.at.day
	steps, err := p.sprintSteps()
	if err != nil {
		return err
	}
	ax.steps = steps
	within := ax.days
	if within == nil { // whole sprints of the last half year
		recent := slices.IndexFunc(steps, func(s sprintStep) bool { return s.days.Last > today-defaultWeeks*7 })
		steps = steps[max(0, recent):]
		if recent < 0 {
			steps = nil
		}
	}
	ax.days = daySet{}
	for _, step := range steps {
		for _, run := range within.and(daySet{step.days}) {
			if run.First > today && !p.future() {
				continue
			}
			if !p.future() {
				run.Last = min(run.Last, today)
			}
			ax.days = append(ax.days, run)
			if n := len(ax.periods); n > 0 && ax.periods[n-1].whole == step.days {
				ax.periods[n-1].last = run.Last // two runs of days within one sprint
				continue
			}
			ax.periods = append(ax.periods, period{first: run.First, last: run.Last, whole: step.days, label: strings.Join(step.names, ", "), future: run.First > today})
		}
	}
	if len(ax.periods) > maxPeriods {
		return fault.New(fault.Invalid, "columns.Answer", fmt.Sprintf("There are more than %d sprints.", maxPeriods), "Filter "+string(dataset.DateAxis)+" or the iterations.")
	}
	p.closePeriods(dataset.GrainSprint)
	return nil
}

// sprintSteps are the sprints by their dates. Those of one team follow each other; where sprints of different
// lengths run side by side there is no one axis for them.
func (p *plan) sprintSteps() ([]sprintStep, error) {
	var table []uint8
	if work := p.workSide(); work != nil {
		table = work.filter.tables[vIteration]
	}
	nodes, chosen := p.g.dicts.iterations, p.chosenIterations()
	passes := func(c int) bool {
		n := &nodes[c]
		return chosen(n) && n.Path != "" && n.StartDay != dataset.NoDay && n.EndDay != dataset.NoDay && n.StartDay <= n.EndDay && (table == nil || table[c] == 1)
	}
	outer := map[string]bool{} // paths that hold a dated iteration
	for c := range nodes {
		if passes(c) {
			for path := nodes[c].Path; strings.Contains(path, `\`); {
				path = path[:strings.LastIndexByte(path, '\\')]
				outer[strings.ToLower(path)] = true
			}
		}
	}
	at := map[dataset.DayRange]int{}
	var steps []sprintStep
	for c, n := range nodes {
		if !passes(c) || outer[strings.ToLower(n.Path)] {
			continue
		}
		days := dataset.DayRange{First: dataset.Day(n.StartDay), Last: dataset.Day(n.EndDay)}
		i, ok := at[days]
		if !ok {
			i = len(steps)
			at[days], steps = i, append(steps, sprintStep{days: days})
		}
		if !slices.Contains(steps[i].names, n.Name) {
			steps[i].names = append(steps[i].names, n.Name)
		}
	}
	slices.SortFunc(steps, func(a, b sprintStep) int { return cmp.Compare(a.days.First, b.days.First) })
	for i := 1; i < len(steps); i++ {
		if a, b := steps[i-1], steps[i]; b.days.First <= a.days.Last {
			return nil, fault.New(fault.Invalid, "columns.Answer", fmt.Sprintf("The sprints %s (until %s) and %s (from %s) overlap, so they make no axis.",
				strings.Join(a.names, ", "), a.days.Last, strings.Join(b.names, ", "), b.days.First),
				"Filter to one project, team or part of the iteration tree, or group by "+string(dataset.Iteration)+".")
		}
	}
	return steps, nil
}

// chosenIterations are those of the projects and of the teams that the query filters on, whichever table is counted. A
// team without iterations of its own leaves them all.
func (p *plan) chosenIterations() func(*dataset.NodeRow) bool {
	d := p.g.dicts
	projects := make([]bool, len(d.projects))
	for c := range projects {
		projects[c] = true
	}
	for _, f := range p.r.Filters {
		if in := p.g.shared[dataset.FactProject][f.Column.Ref()]; in != nil {
			kept := in.kept(f)
			for c := range projects {
				projects[c] = projects[c] && kept[in.of[c]]
			}
		}
	}
	var ofTeams map[int32]bool
	if work := p.workSide(); work != nil && work.filter.teams != nil {
		ofTeams = map[int32]bool{}
		for i, kept := range work.filter.teams {
			for _, id := range d.teams[i].Iterations {
				ofTeams[id] = ofTeams[id] || kept
			}
		}
		if !slices.Contains(slices.Collect(maps.Values(ofTeams)), true) {
			ofTeams = nil
		}
	}
	return func(n *dataset.NodeRow) bool {
		return projects[d.projectIDs.at(n.Project)] && (ofTeams == nil || ofTeams[n.ID])
	}
}
