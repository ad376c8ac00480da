package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"time"
)

// today is the last day of every world, in days since 1970; firstDay is five years before.
const (
	today    = 20600 // 2026-05-27
	firstDay = today - 5*365
)

const millisADay = 86_400_000

// now is the last instant of today, in UTC, which is the time zone of the world.
var now = time.UnixMilli((today+1)*millisADay - 1).UTC()

// typeOf describes a work item type and the states it goes through.
type typeOf struct {
	name, level string
	rank        int32
	share       float64 // of all items, added up
	flow        []int   // states, in order
}

const (
	bugType = 3
	removed = 6
)

var types = []typeOf{
	{"Epic", "portfolio", 40, 0.01, []int{0, 2, 5}},
	{"Feature", "portfolio", 30, 0.05, []int{0, 2, 5}},
	{"User Story", "requirement", 20, 0.27, []int{0, 1, 2, 3, 4, 5}},
	{"Bug", "requirement", 20, 0.52, []int{0, 2, 3, 4, 5}},
	{"Task", "task", 10, 0.95, []int{0, 2, 5}},
	{"Issue", "", 0, 1, []int{2, 5}},
}

var states = []struct {
	name     string
	category int8 // as dataset.StateRow has it
}{{"New", 1}, {"Approved", 1}, {"Active", 2}, {"In Test", 2}, {"Resolved", 3}, {"Closed", 4}, {"Removed", 5}}

const (
	projectCount = 20
	peopleCount  = 2000
	tagSetCount  = 3000
	sprintDays   = 54
)

// node is an area or an iteration; its position in the list is its code in both engines, and its subtree
// is the codes from its own to last.
type node struct {
	project, parent, depth, last int
	name, path                   string
	first, end                   int // days; 0 for undated
}

// world is the dimensions of a dataset of some size. Histories of items are made on the fly, each from its
// own seed, so that 18 million revisions take no memory.
type world struct {
	items      int
	projects   []string
	areas      []node
	iterations []node
	areasOf    [][]int // of each project
	sprintsOf  [][]int
	teamOf     [][12]int32 // people who work in an area
	tagSets    [][]string
	toProject  zipf
	toArea     []zipf
	toMember   zipf
	toTags     zipf

	toRepository, toPipeline, toAuthor zipf
}

// zipf picks few values often: the shares are added up.
type zipf []float64

func newZipf(n int, s float64) zipf {
	z, sum := make(zipf, n), 0.0
	for i := range z {
		sum += 1 / math.Pow(float64(i+1), s)
		z[i] = sum
	}
	for i := range z {
		z[i] /= sum
	}
	return z
}

func (z zipf) pick(r *rand.Rand) int { return min(sort.SearchFloat64s(z, r.Float64()), len(z)-1) }

func newWorld(items int) *world {
	w := &world{items: items, toProject: newZipf(projectCount, 0.9), toMember: newZipf(12, 0.8), toTags: newZipf(tagSetCount, 1.1),
		toRepository: newZipf(repositoryCount, 0.9), toPipeline: newZipf(pipelineCount, 0.8), toAuthor: newZipf(peopleCount, 0.7)}
	r := rand.New(rand.NewPCG(1, 2))
	people := newZipf(peopleCount, 0.7)
	before := 0.0
	for p := range projectCount {
		w.projects = append(w.projects, fmt.Sprintf("Project %c", 'A'+p))
		w.addAreas(p, max(8, int(470*(w.toProject[p]-before))))
		w.addIterations(p)
		before = w.toProject[p]
	}
	closeSubtrees(w.areas)
	closeSubtrees(w.iterations)
	for range w.areas {
		var team [12]int32
		for i := range team {
			team[i] = int32(1 + people.pick(r))
		}
		w.teamOf = append(w.teamOf, team)
	}
	tags := newZipf(300, 1.1)
	for range tagSetCount {
		var set []string
		for range 1 + r.IntN(3) {
			set = append(set, fmt.Sprintf("tag-%d", tags.pick(r)))
		}
		w.tagSets = append(w.tagSets, set)
	}
	return w
}

func (w *world) addAreas(project, n int) {
	root := len(w.areas)
	w.areas = append(w.areas, node{project: project, parent: -1, name: w.projects[project], path: w.projects[project]})
	team := root
	for k := 1; k < n; k++ {
		at := node{project: project, parent: team, depth: 2, name: fmt.Sprintf("Component %d", k)}
		if k%7 == 1 {
			at.parent, at.depth, at.name = root, 1, fmt.Sprintf("Team %d", k/7)
			team = len(w.areas)
		}
		at.path = w.areas[at.parent].path + `\` + at.name
		w.areas = append(w.areas, at)
	}
	var codes []int
	for c := root; c < len(w.areas); c++ {
		codes = append(codes, c)
	}
	w.areasOf = append(w.areasOf, codes)
	w.toArea = append(w.toArea, newZipf(len(codes), 0.9))
}

// addIterations gives a project releases of seven sprints each, which cover the five years.
func (w *world) addIterations(project int) {
	root := len(w.iterations)
	w.iterations = append(w.iterations, node{project: project, parent: -1, name: w.projects[project], path: w.projects[project]})
	release := root
	var sprints []int
	for k := 1; k < 40; k++ {
		at := node{project: project, parent: release, depth: 2}
		if k%8 == 1 {
			at.parent, at.depth, at.name = root, 1, fmt.Sprintf("Release %d", k/8+1)
			release = len(w.iterations)
		} else {
			n := len(sprints)
			at.name, at.first = fmt.Sprintf("Sprint %d", n+1), firstDay+n*sprintDays
			at.end = at.first + sprintDays - 1
			sprints = append(sprints, len(w.iterations))
		}
		at.path = w.iterations[at.parent].path + `\` + at.name
		w.iterations = append(w.iterations, at)
	}
	w.sprintsOf = append(w.sprintsOf, sprints)
}

func closeSubtrees(nodes []node) {
	for i := range nodes {
		nodes[i].last = i
	}
	for i := len(nodes) - 1; i >= 0; i-- {
		if p := nodes[i].parent; p >= 0 {
			nodes[p].last = max(nodes[p].last, nodes[i].last)
		}
	}
}
