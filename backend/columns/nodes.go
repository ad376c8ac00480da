package columns

import (
	"slices"
	"strings"

	"sightline/backend/dataset"
)

// areaSources declares the columns of the area tree and of the teams, which own areas.
func (g *generation) areaSources() {
	areas := g.dicts.areas
	inTree := func(code int, n dataset.NodeRow) []float64 { return []float64{float64(code)} }
	g.coded(dataset.Area, vArea, nodeEntries(areas, byName, inTree))
	g.coded(dataset.AreaPath, vArea, nodeEntries(areas, byPath, inTree))
	g.levelSources(vArea, areas, dataset.AreaLevel)

	values := g.teamValues()
	lists := make([][]string, len(areas))
	members := map[string]dataset.Member{}
	for i, t := range g.dicts.teams {
		members[strings.ToLower(values[i])] = dataset.Member{Value: values[i], Label: t.Name, Detail: g.dicts.projects[g.dicts.projectIDs.at(t.Project)].Name}
		for _, id := range t.Areas {
			if code := g.dicts.areaIDs.at(id); code != 0 {
				lists[code] = append(lists[code], values[i])
			}
		}
	}
	g.sources[dataset.Team] = &source{ref: dataset.Team, vector: vArea, domain: manyDomain(lists, func(value string) dataset.Member {
		return members[strings.ToLower(value)]
	})}
}

// teamValues are the names of the teams, with the project before those that two projects have.
func (g *generation) teamValues() []string {
	count := map[string]int{}
	for _, t := range g.dicts.teams {
		count[strings.ToLower(t.Name)]++
	}
	out := make([]string, len(g.dicts.teams))
	for i, t := range g.dicts.teams {
		out[i] = t.Name
		if count[strings.ToLower(t.Name)] > 1 {
			out[i] = g.dicts.projects[g.dicts.projectIDs.at(t.Project)].Name + `\` + t.Name
		}
	}
	return out
}

// iterationSources declares the columns of the iteration tree. Iterations stand by their dates, the
// undated behind them in the order of the tree.
func (g *generation) iterationSources() {
	iterations := g.dicts.iterations
	byDate := func(code int, n dataset.NodeRow) []float64 {
		if n.StartDay == dataset.NoDay {
			return []float64{1, float64(code)}
		}
		return []float64{0, float64(n.StartDay), float64(n.EndDay)}
	}
	g.coded(dataset.Iteration, vIteration, nodeEntries(iterations, byName, byDate))
	g.coded(dataset.IterationPath, vIteration, nodeEntries(iterations, byPath, byDate))
	g.levelSources(vIteration, iterations, dataset.IterationLevel)
	dated := func(ref dataset.FieldRef, day func(dataset.NodeRow) int32) {
		days := make([]dataset.Day, len(iterations))
		for c, n := range iterations {
			if days[c] = dataset.Day(day(n)); c == 0 {
				days[c] = noDay
			}
		}
		s := g.coded(ref, vIteration, entriesOf(days, func(d dataset.Day) entry { return entry{member: dayMember(d), order: []float64{float64(d)}} }))
		s.days = days
	}
	dated(dataset.StartDate, func(n dataset.NodeRow) int32 { return n.StartDay })
	dated(dataset.EndDate, func(n dataset.NodeRow) int32 { return n.EndDay })
}

func byName(n dataset.NodeRow) string { return n.Name }
func byPath(n dataset.NodeRow) string { return n.Path }

func nodeEntries(nodes []dataset.NodeRow, label func(dataset.NodeRow) string, order func(int, dataset.NodeRow) []float64) []entry {
	out := make([]entry, len(nodes))
	for c, n := range nodes {
		if n.Path == "" {
			out[c] = blankEntry(dataset.Blank)
			continue
		}
		m := dataset.Member{Value: n.Path, Label: label(n), Detail: n.Path}
		if n.StartDay != dataset.NoDay && n.EndDay != dataset.NoDay && (n.StartDay != 0 || n.EndDay != 0) {
			m.Start, m.End = dataset.Day(n.StartDay).String(), dataset.Day(n.EndDay).String()
		}
		out[c] = entry{member: m, order: order(c, n), text: n.Path}
	}
	return out
}

// levelSources declares one column for each level of a tree. The value is the path down to the level.
func (g *generation) levelSources(vector int, nodes []dataset.NodeRow, name func(int) dataset.FieldRef) {
	for level := 1; ; level++ {
		ref := name(level)
		if _, err := g.model.Column(ref); err != nil {
			return
		}
		first := map[string]float64{}
		entries := make([]entry, len(nodes))
		for c, n := range nodes {
			parts := strings.Split(n.Path, `\`)
			if n.Path == "" || len(parts) < level {
				entries[c] = blankEntry(dataset.Blank)
				continue
			}
			path := strings.Join(parts[:level], `\`)
			if _, ok := first[path]; !ok {
				first[path] = float64(c)
			}
			entries[c] = entry{member: dataset.Member{Value: path, Label: parts[level-1], Detail: path}, order: []float64{first[path]}, text: path}
		}
		g.coded(ref, vector, entries)
	}
}

// currentIterations are the codes of the innermost dated iterations that contain the day.
func (g *generation) currentIterations(day dataset.Day) []uint32 {
	var codes []uint32
	holds := func(n dataset.NodeRow) bool {
		return n.Path != "" && n.StartDay != dataset.NoDay && n.EndDay != dataset.NoDay && dataset.Day(n.StartDay) <= day && day <= dataset.Day(n.EndDay)
	}
	nodes := g.dicts.iterations
	for c, n := range nodes {
		if holds(n) && !slices.ContainsFunc(nodes, func(inner dataset.NodeRow) bool { return holds(inner) && below(inner.Path, n.Path) }) {
			codes = append(codes, uint32(c))
		}
	}
	return codes
}

// below reports whether path lies under the other, in any depth. Web2 does not lie under Web.
func below(path, other string) bool {
	return len(path) > len(other) && path[len(other)] == '\\' && strings.EqualFold(path[:len(other)], other)
}
