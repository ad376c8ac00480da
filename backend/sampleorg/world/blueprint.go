package world

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// plan is how one project is laid out before anything happens in it.
type plan struct {
	name, description string
	process           string
	visibility        string
	tfvc              bool
	layout            sprintLayout
	weekday           int
	opens             int
	areas             []string // paths below the root, with /
	renamed           string   // one of areas that had another name at first
	formerly          string
	teams             []teamPlan
}

// teamPlan is one team; only a team with developers delivers.
type teamPlan struct {
	name, description string
	areas             []string // a star at the end takes the children in; "" is the root
	bugs              string
	developers        int
	weight            float64
	work              []string // what its work is about and where it lands, as domain:area, the most frequent first
	from              int      // first sprint it selected
}

// handMade are the projects of every size. Patterns mean something: four begin with Lumen.
// Areas hold the traps that reports must survive: Web and Web2 are siblings of which one is a prefix of the
// other, and Accounts and Shared belong to two teams.
var handMade = []plan{
	{name: "Lumen Web", description: "The shop and everything a customer sees in a browser.", process: "Agile", visibility: "private", layout: byRelease, weekday: 2,
		areas: []string{"Web", "Web2", "Storefront", "Storefront/Catalogue", "Storefront/Search", "Checkout", "Checkout/Cart", "Checkout/Payments", "Accounts"},
		teams: []teamPlan{
			{name: "Lumen Web Team", description: "The default project team.", areas: []string{""}, bugs: "asTasks"},
			{name: "Storefront", description: "Finding and choosing products.", areas: []string{"Storefront*", "Web*", "Accounts"}, bugs: "asTasks", developers: 6, weight: 1.7,
				work: []string{"storefront:Storefront", "search:Storefront/Search", "storefront:Storefront/Catalogue", "storefront:Web", "accounts:Accounts"}},
			{name: "Checkout", description: "From the cart to the receipt.", areas: []string{"Checkout*", "Web2*", "Accounts"}, bugs: "asRequirements", developers: 6, weight: 1.6,
				work: []string{"checkout:Checkout", "payments:Checkout/Payments", "checkout:Checkout/Cart", "checkout:Web2", "accounts:Accounts"}},
		}},
	{name: "Lumen Mobile", description: "The apps for phones and tablets.", process: "Scrum", visibility: "private", layout: flatSprints, weekday: 2, opens: 21,
		areas: []string{"iOS", "Android", "Shared", "Shared/Design System"}, renamed: "Shared/Design System", formerly: "UI Kit",
		teams: []teamPlan{
			{name: "Lumen Mobile Team", description: "The default project team.", areas: []string{""}, bugs: "asRequirements"},
			{name: "iOS", description: "The app for iPhone and iPad.", areas: []string{"iOS*", "Shared*"}, bugs: "asRequirements", developers: 4, weight: 1.05,
				work: []string{"ios:iOS", "design system:Shared/Design System", "ios:Shared"}},
			{name: "Android", description: "The app for Android.", areas: []string{"Android*", "Shared*"}, bugs: "asRequirements", developers: 4, weight: 1,
				work: []string{"android:Android", "design system:Shared/Design System", "android:Shared"}},
		}},
	{name: "Lumen Data", description: "Ingest, models and dashboards.", process: "Lumen Agile", visibility: "private", layout: byYear, weekday: 2, opens: 56,
		areas: []string{"Ingest", "Ingest/Connectors", "Insights", "Insights/Dashboards"},
		teams: []teamPlan{
			{name: "Lumen Data Team", description: "The default project team.", areas: []string{"*"}, bugs: "asTasks"},
			{name: "Data Platform", description: "Brings data in and keeps it right.", areas: []string{"Ingest*", "Insights"}, bugs: "asTasks", developers: 4, weight: 1,
				work: []string{"ingest:Ingest", "insights:Insights/Dashboards", "ingest:Ingest/Connectors", "insights:Insights"}},
			{name: "Data Governance", description: "Reads along; founded last year.", areas: []string{"Insights*"}, bugs: "off", from: 18},
		}},
	{name: "Fleet Ops", description: "Routing, telematics and dispatch for the delivery fleet.", process: "CMMI", visibility: "private", tfvc: true, layout: byYear, opens: 7,
		areas: []string{"Routing", "Telematics", "Telematics/Gateway", "Telematics/Firmware", "Dispatch"},
		teams: []teamPlan{
			{name: "Fleet Ops Team", description: "The default project team.", areas: []string{"*"}, bugs: "asRequirements"},
			{name: "Dispatch", description: "Planning and delivering routes.", areas: []string{"Dispatch*", "Routing*"}, bugs: "asRequirements", developers: 4, weight: 0.9,
				work: []string{"dispatch:Dispatch", "routing:Routing"}},
			{name: "Telematics", description: "Devices in vehicles and what they send.", areas: []string{"Telematics*"}, bugs: "asRequirements", developers: 3, weight: 0.6,
				work: []string{"telematics:Telematics/Gateway", "telematics:Telematics/Firmware", "telematics:Telematics"}},
		}},
	{name: "Tooling", description: "Builds, agents and release tools for everybody.", process: "Basic", visibility: "organization", layout: flatSprints, opens: 28,
		areas: []string{"Builds", "Releases"},
		teams: []teamPlan{
			{name: "Tooling Team", description: "The default project team.", areas: []string{"*"}, bugs: "off", developers: 3, weight: 0.65,
				work: []string{"build:Builds", "build:Releases"}},
		}},
	{name: "Lumen Labs", process: "Basic", visibility: "private", layout: flatSprints, opens: never,
		teams: []teamPlan{{name: "Lumen Labs Team", description: "The default project team."}}},
}

// never marks a project in which work has not begun: it has no sprints and its team owns no area.
const never = -1

// furtherPlans invents the projects of the larger sizes.
func (w *World) furtherPlans(s scale) []plan {
	brands := []string{"Atlas", "Beacon", "Cobalt", "Delta", "Ember", "Fjord", "Granite", "Harbor", "Indigo", "Juniper", "Kestrel", "Lagoon"}
	subjects := []string{"Billing", "Warehouse", "Support", "Portal", "Storefront", "Insights", "Payments", "Routing", "Accounts", "Search"}
	processes := []string{"Agile", "Scrum", "Agile", "Lumen Agile", "Scrum", "Agile", "CMMI", "Basic"}
	r := rand.New(rand.NewPCG(w.Seed, 0xb1ae))
	var plans []plan
	for i := 0; i < s.extraProjects; i++ {
		// Three projects of a brand follow each other, so that a pattern with a star finds several.
		p := plan{name: brands[i/3%len(brands)] + " " + subjects[(i*3+i/3)%len(subjects)], process: processes[i%len(processes)], visibility: "private",
			tfvc: processes[i%len(processes)] == "CMMI", layout: sprintLayout(i % 3), weekday: i % 2 * 2, opens: r.IntN(12) * 7}
		p.description = "Everything about " + strings.ToLower(p.name) + "."
		p.teams = []teamPlan{{name: p.name + " Team", description: "The default project team.", areas: []string{""}, bugs: "asRequirements"}}
		for t := 0; t < s.teams; t++ {
			d := &domains[(i*5+t*7)%len(domains)]
			area := fmt.Sprintf("%s %d", upperFirst(d.name), t+1)
			p.areas = append(p.areas, area, area+"/Core", area+"/Extras")
			p.teams = append(p.teams, teamPlan{name: area, description: "Looks after the " + d.name + ".", areas: []string{area + "*"}, bugs: []string{"asRequirements", "asTasks", "off"}[t%3],
				developers: s.members, weight: float64(s.members) / 4 * (0.8 + 0.4*r.Float64()), work: []string{d.name + ":" + area + "/Core", d.name + ":" + area, d.name + ":" + area + "/Extras"}})
		}
		plans = append(plans, p)
	}
	return plans
}

// build lays out one project: its nodes, iterations, teams and people.
func (w *World) build(pl plan, staff *staff) {
	p := &Project{Index: len(w.Projects), Name: pl.name, first: pl.name, Description: pl.description, Visibility: pl.visibility, TFVC: pl.tfvc, weekday: pl.weekday, opens: pl.opens, layout: pl.layout, nextNode: 1}
	for _, process := range w.Processes {
		if process.Name == pl.process {
			p.Process = process
		}
	}
	p.ID = w.GUID("project", pl.name)
	w.Projects = append(w.Projects, p)
	p.Areas = w.addNode(p, nil, p.Name, false)
	for _, path := range pl.areas {
		w.addArea(p, path, pl)
	}
	if pl.opens == never {
		p.Iterations = w.addNode(p, nil, p.Name, true)
	} else {
		w.schedule(p)
	}
	for _, tp := range pl.teams {
		w.addTeam(p, tp, staff)
	}
	p.Revision = 12 + 31*p.Index + len(w.Nodes)%97
	p.LastUpdate = w.DayStart(max(pl.opens, 0)) + int64(mix(w.Seed+uint64(p.Index))%(9*3600*1000))
}

func (w *World) addArea(p *Project, path string, pl plan) {
	parent := p.Areas
	names := strings.Split(path, "/")
	for _, name := range names[:len(names)-1] {
		parent = parent.Find([]string{name}, strings.EqualFold)
	}
	n := w.addNode(p, parent, names[len(names)-1], false)
	if path == pl.renamed {
		n.FormerPath = parent.Path + `\` + pl.formerly
		n.Renamed = w.DayStart(260) + 10*3600*1000
	}
}

func (p *Project) area(path string) *Node {
	if path == "" {
		return p.Areas
	}
	return p.Areas.Find(strings.Split(path, "/"), strings.EqualFold)
}

func (w *World) addTeam(p *Project, tp teamPlan, staff *staff) {
	t := &Team{ID: w.GUID("team", p.Name, tp.name), Name: tp.name, Description: tp.description, Project: p, Bugs: tp.bugs, sprintsFrom: tp.from}
	if t.Bugs == "" {
		t.Bugs = p.Process.BugsBehavior
	}
	for _, a := range tp.areas {
		path, children := strings.CutSuffix(a, "*")
		t.Areas = append(t.Areas, TeamArea{p.area(path), children})
	}
	for i := range p.Process.Backlogs {
		level := &p.Process.Backlogs[i]
		if level.ID == taskCategory {
			continue
		}
		id := w.GUID("board", t.ID, level.ID)
		t.Boards = append(t.Boards, Board{ID: id, Name: level.Name, Field: "WEF_" + strings.ToUpper(compact(w.GUID("wef", id))) + "_Kanban", Backlog: level})
	}
	staff.fill(w, t, tp)
	p.Teams = append(p.Teams, t)
}
