package world

import (
	"strconv"
	"strings"
)

// Pool is a pool of build agents.
type Pool struct {
	ID     int
	Queue  int
	Name   string
	Hosted bool
}

// The pools: Microsoft's, the company's own, and a laboratory with one machine that everybody waits for.
var (
	hostedPool = &Pool{ID: 9, Queue: 117, Name: "Azure Pipelines", Hosted: true}
	ownPool    = &Pool{ID: 14, Queue: 122, Name: "Lumen Agents"}
	labPool    = &Pool{ID: 15, Queue: 123, Name: "Performance Lab"}
)

// Pipeline is a build definition. Its id is unique in the organization and survives a new name.
type Pipeline struct {
	ID          int
	Project     *Project
	Name        string // as it is called at the world's now
	Path        string // folder: \ or \Nightly
	Created     int64
	Revision    int
	Author      *Person
	QueueStatus string // enabled, paused, disabled
	Pool        *Pool
	TFVC        bool
	Repository  *Repository // nil for TFVC
	YAML        bool        // as opposed to the classic editor

	plan *pipelinePlan
	team *Team
	key  uint64 // of its draws
}

// pipelinePlan is how a pipeline is laid out.
type pipelinePlan struct {
	name, former string // former until renamed
	renamed      int    // day, counted from the project's opening
	train        bool   // the name carries the number of the sprint, so that it changes every two weeks
	path         string
	repository   string // its name; empty for TFVC
	team         int    // of the delivering teams, whose people ask for runs
	ci, pulls    bool
	hours        []int  // UTC, at which a scheduled run is queued
	weekdays     string // on which that happens: 0 is Monday
	byHand       float64
	minutes      float64 // a good run takes at first
	health       float64 // share of good runs in a good week
	unit, ui     int     // tests at first; 0 when it runs none
	pool         *Pool
	kind         pipelineKind
	disabled     bool
}

// pipelineKind says of which stages a pipeline consists.
type pipelineKind uint8

const (
	buildAndTest pipelineKind = iota // Build, Test
	buildOnly                        // one stage without a name
	endToEnd                         // Prepare, Browsers
	deliver                          // Build, Test, Deploy to staging, Deploy to production
	endurance                        // Soak
)

// handMadePipelines are the pipelines of the hand-made projects. The soak test begins every evening and runs
// until the next afternoon; the load test needs the same machine and waits for it all day. So at most hours
// of a week one build runs, and often another waits.
var handMadePipelines = map[string][]pipelinePlan{
	"Lumen Web": {
		{name: "Web CI", former: "Storefront CI", renamed: 330, repository: "storefront", path: `\`, ci: true, pulls: true, minutes: 11, health: 0.93, unit: 1180, pool: hostedPool},
		{name: "Checkout CI", repository: "checkout", path: `\`, team: 1, ci: true, pulls: true, minutes: 8, health: 0.95, unit: 640, pool: hostedPool},
		{name: "Web end to end", repository: "storefront", path: `\Nightly`, hours: []int{1}, weekdays: "01234", minutes: 47, health: 0.8, ui: 212, pool: ownPool, kind: endToEnd},
		{name: "Soak test", repository: "checkout", path: `\Performance`, team: 1, hours: []int{20}, weekdays: "0123456", minutes: 1160, health: 0.86, pool: labPool, kind: endurance},
		{name: "Load test", repository: "checkout", path: `\Performance`, team: 1, hours: []int{5}, weekdays: "01234", minutes: 95, health: 0.84, pool: labPool, kind: endurance},
		{name: "Release train", train: true, repository: "storefront", path: `\Release`, byHand: 0.16, minutes: 34, health: 0.9, unit: 1180, ui: 212, pool: ownPool, kind: deliver},
	},
	"Lumen Mobile": {
		{name: "iOS CI", repository: "ios-app", path: `\`, ci: true, pulls: true, minutes: 23, health: 0.87, unit: 410, pool: ownPool},
		{name: "Android CI", repository: "android-app", path: `\`, team: 1, ci: true, pulls: true, minutes: 17, health: 0.91, unit: 530, pool: hostedPool},
		{name: "Mobile nightly", repository: "ios-app", path: `\Nightly`, hours: []int{2}, weekdays: "01234", minutes: 38, health: 0.83, ui: 96, pool: ownPool, kind: endToEnd},
	},
	"Lumen Data": {
		{name: "Ingest CI", repository: "ingest", path: `\`, ci: true, pulls: true, minutes: 9, health: 0.94, unit: 360, pool: hostedPool},
		{name: "Insights CI", repository: "insights", path: `\`, ci: true, pulls: true, minutes: 6, health: 0.95, unit: 150, pool: hostedPool, kind: buildOnly},
		{name: "Models nightly", repository: "data-models", path: `\Nightly`, hours: []int{3}, weekdays: "12345", minutes: 74, health: 0.88, unit: 48, pool: ownPool, kind: buildAndTest},
	},
	"Fleet Ops": {
		{name: "Dispatch CI", path: `\`, ci: true, minutes: 14, health: 0.9, unit: 720, pool: ownPool, kind: buildOnly},
		{name: "Telematics Firmware", path: `\Devices`, team: 1, hours: []int{0}, weekdays: "024", minutes: 31, health: 0.89, unit: 88, pool: ownPool},
	},
	"Tooling": {
		{name: "Tools CI", repository: "build-tools", path: `\`, ci: true, pulls: true, minutes: 5, health: 0.96, unit: 140, pool: hostedPool, kind: buildOnly},
		{name: "Agent images", repository: "pipeline-templates", path: `\`, hours: []int{4}, weekdays: "6", byHand: 0.02, minutes: 130, health: 0.82, pool: hostedPool, kind: buildOnly},
	},
	"Lumen Labs": {{name: "Labs CI", repository: "Lumen Labs", path: `\`, minutes: 4, health: 1, pool: hostedPool, kind: buildOnly, disabled: true}},
}

// furtherPipelines are those of an invented project: one for every delivering team, and a nightly run.
func furtherPipelines(p *Project, crews []*Team) []pipelinePlan {
	var plans []pipelinePlan
	for t := range min(len(crews), 6) {
		n := mix(uint64(p.Index)<<8 | uint64(t))
		plans = append(plans, pipelinePlan{name: crews[t].Name + " CI", path: `\`, repository: slug(crews[t].Name), team: t, ci: true, pulls: true, minutes: 4 + float64(n%19), health: 0.85 + float64(n>>8%12)/100,
			unit: 60 + int(n>>16%900), pool: []*Pool{hostedPool, ownPool}[n>>32%2], kind: pipelineKind(n >> 40 % 2)})
	}
	return append(plans, pipelinePlan{name: p.first + " nightly", repository: slug(p.first) + "-platform", path: `\Nightly`, hours: []int{2}, weekdays: "01234", minutes: 40, health: 0.85, ui: 60, pool: ownPool, kind: endToEnd})
}

// layPipelines makes the pipelines of all projects. Ids follow the order of the projects and never change.
func (w *World) layPipelines() []*Pipeline {
	var list []*Pipeline
	id := 11
	for _, p := range w.Projects {
		var crews []*Team
		for _, t := range p.Teams {
			if t.delivery != nil {
				crews = append(crews, t)
			}
		}
		plans := handMadePipelines[p.first]
		if plans == nil && len(crews) > 0 {
			plans = furtherPipelines(p, crews)
		}
		for i := range plans {
			if l := w.layPipeline(p, &plans[i], crews, id); l != nil {
				list = append(list, l)
			}
			id += 1 + int(mix(w.Seed^uint64(id))%3)
		}
	}
	return list
}

// layPipeline makes one; nil when it is made later than now.
func (w *World) layPipeline(p *Project, plan *pipelinePlan, crews []*Team, id int) *Pipeline {
	opens := max(p.opens, 0)
	born := opens + 1 + int(mix(uint64(id))%5)
	l := &Pipeline{ID: id, Project: p, Name: plan.name, Path: plan.path, Created: w.DayStart(born) + 9*hour + int64(mix(uint64(id))%uint64(hour)), Revision: 2 + int(mix(uint64(id)<<9)%40),
		Author: w.Member(), QueueStatus: "enabled", Pool: plan.pool, TFVC: plan.repository == "", YAML: plan.repository != "", plan: plan, key: mix(w.Seed<<20 ^ uint64(id)*0x9e3779b97f4a7c15)}
	if plan.disabled {
		l.QueueStatus = "disabled"
	}
	if len(crews) > 0 {
		l.team = crews[plan.team%len(crews)]
		l.Author = l.team.delivery.devs[0]
	}
	today := w.day(w.Now)
	switch {
	case plan.former != "" && today < opens+plan.renamed:
		l.Name = plan.former
	case plan.train:
		l.Name += " " + strconv.Itoa(max(today-opens, 0)/sprintDays+1)
		l.Revision += max(today-opens, 0) / sprintDays
	}
	for _, r := range w.RepositoriesOf(p) {
		if r.plan.name == plan.repository {
			l.Repository = r
			l.Created = max(l.Created, r.Created+hour)
		}
	}
	if l.Created > w.Now || l.Repository == nil && !l.TFVC {
		return nil
	}
	return l
}

// Pipelines lists the definitions of a project that were made by now, by id.
func (w *World) Pipelines(p *Project) []*Pipeline {
	var list []*Pipeline
	for _, l := range w.works().pipelines {
		if l.Project == p {
			list = append(list, l)
		}
	}
	return list
}

// Pipeline finds a definition by its id; nil when there is none.
func (w *World) Pipeline(id int) *Pipeline {
	for _, l := range w.works().pipelines {
		if l.ID == id {
			return l
		}
	}
	return nil
}

// runsOn says whether a scheduled run is queued on a day of the week; 0 is Monday.
func (p *pipelinePlan) runsOn(weekday int) bool {
	return strings.IndexByte(p.weekdays, byte('0'+weekday)) >= 0
}

// good is the share of good runs in a week: a pipeline has bad weeks, and worse ones after a release.
func (l *Pipeline) good(week int) float64 {
	d := dice(mix(l.key ^ uint64(week)*0x9e37))
	share := l.plan.health + 0.04*(d.float()-0.5)
	switch {
	case d.chance(0.1):
		share -= 0.35
	case week%(sprintsPerRelease*2) == 0:
		share -= 0.08
	}
	return min(share, 0.99)
}

// length is how many minutes a good run takes on a day: more from month to month, until somebody looks
// after it. A soak test takes the time it is given.
func (l *Pipeline) length(day int) float64 {
	if l.plan.kind == endurance {
		return l.plan.minutes
	}
	months := float64(day) / 30
	return l.plan.minutes * (1 + 0.02*months - 0.3*float64(day/270))
}
