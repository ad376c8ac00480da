package columns

import (
	"math"
	"strings"
	"sync"

	"sightline/backend/dataset"
)

// source says where the values of a column come from: a dictionary (domain set), a number computed per
// row (number set) or the titles.
type source struct {
	ref    dataset.FieldRef
	vector int // of a dictionary column
	domain *domain
	// numbers are the values of the codes of a dictionary column that holds numbers; NaN is null.
	numbers []float64
	// days are those of a dictionary column that holds dates; noDay is null.
	days   []dataset.Day
	number func(g *generation, s *segment, row int32, at *moment) float64
	titles *titles
	// buckets are the members of the numbers 0, 1, … of a column that is computed for each row.
	buckets []dataset.Member
	// member names the numbers of a column that is computed for each row; NaN too.
	member func(x float64) dataset.Member
	stages []stage
	up     *lift
	// ofItem is true when the dictionary column stands in the segment of items only.
	ofItem bool
	// aged is true when the value depends on the as-of time though the item does not change.
	aged bool
	// clocked is true when the value goes on with the clock although nothing happens, as an age in hours does.
	clocked bool
	// present is true when only today's value is in memory.
	present  bool
	rankOnce sync.Once
	rank     *ranked // of a column of numbers, once somebody asked
}

// ranks are the numbers of the codes in their order.
func (s *source) ranks() *ranked {
	s.rankOnce.Do(func() {
		r := rankNumbers(s.codeNumbers())
		s.rank = &r
	})
	return s.rank
}

// domains declares every column of the model.
func (g *generation) domains() {
	g.sources, g.whole = map[dataset.FieldRef]*source{}, newShared()
	g.kindSources()
	g.areaSources()
	g.iterationSources()
	g.personSources()
	g.tagSources()
	g.numberSources()
	g.itemSources()
	g.boardSources()
	g.targetSources()
	g.qualitySources()
	g.hierarchySources()
	g.fieldSources()
}

func (g *generation) coded(ref dataset.FieldRef, vector int, entries []entry) *source {
	s := &source{ref: ref, vector: vector, domain: newDomain(entries), ofItem: vector >= firstOfItem}
	g.sources[ref] = s
	return s
}

// entriesOf makes one entry for each value of a dictionary.
func entriesOf[V any](values []V, read func(V) entry) []entry {
	out := make([]entry, len(values))
	for i, v := range values {
		out[i] = read(v)
	}
	return out
}

var categoryLabels = []string{"", "Proposed", "In progress", "Resolved", "Completed", "Removed"}

var levelNames = []string{"", dataset.LevelPortfolio, dataset.LevelRequirement, dataset.LevelTask}

// categoryName is the value of State category, "" for none.
func categoryName(category int8) string {
	if category < proposed || category > removed {
		return ""
	}
	return dataset.StateCategories[category-1]
}

func (g *generation) kindSources() {
	d, kinds := g.dicts, g.dicts.kinds.values
	projects := make([]uint32, len(kinds))
	for c, k := range kinds {
		projects[c] = k.project
	}
	for ref, d := range g.shared[dataset.FactProject] {
		g.sources[ref] = &source{ref: ref, vector: vKind, domain: d.through(projects)}
	}
	g.coded(dataset.Type, vKind, entriesOf(kinds, func(k kind) entry {
		t := d.types[k.typ]
		return textEntry(t.Name, levelOrder(t), float64(boolInt(t.Bug)))
	}))
	categories := entriesOf(kinds, func(k kind) entry { return categoryEntry(k.category) })
	for c := int8(proposed); c <= removed; c++ { // all five, so that an empty one can be shown
		categories = append(categories, categoryEntry(c))
	}
	s := g.coded(dataset.Category, vKind, categories)
	s.domain.of = s.domain.of[:len(kinds)]
	g.coded(dataset.IsBug, vKind, entriesOf(kinds, func(k kind) entry { return flagEntry(k.bug) }))
	g.coded(dataset.IsRequirement, vKind, entriesOf(kinds, func(k kind) entry { return flagEntry(isRequirement(k)) }))
	g.coded(dataset.BacklogLevel, vKind, entriesOf(kinds, func(k kind) entry { return textEntry(levelNames[k.level], float64(k.level)) }))
	g.coded(dataset.Backlog, vKind, entriesOf(kinds, func(k kind) entry { return textEntry(d.types[k.typ].LevelName, levelOrder(d.types[k.typ])) }))
	all := make([]uint8, len(kinds))
	for i := range all {
		all[i] = 1
	}
	g.sources[dataset.State] = &source{ref: dataset.State, vector: vKind, domain: g.stateDomain(all)}
}

func categoryEntry(category int8) entry {
	name := categoryName(category)
	if name == "" {
		return blankEntry(dataset.Blank)
	}
	return entry{member: dataset.Member{Value: name, Label: categoryLabels[category], Category: name}, order: []float64{float64(category)}}
}

// levelOrder puts the highest backlog level first and types without a level last.
func levelOrder(t dataset.TypeRow) float64 {
	if t.Level == "" {
		return math.Inf(1)
	}
	return -float64(t.LevelRank)
}

// stateDomain is the domain of State. A name may stand for several categories (Resolved is in progress
// for a story, resolved for a bug), so the category and place of a name are those of its most frequent
// kind among the kinds that a query keeps.
func (g *generation) stateDomain(keep []uint8) *domain {
	d, kinds := g.dicts, g.dicts.kinds.values
	if g.stateNames == nil {
		g.nameStates()
	}
	best := make([]int, len(g.stateNames))
	for n := range best {
		best[n] = -1
	}
	for i, n := range g.stateOf {
		if b := best[n]; b < 0 || keep[i] > keep[b] || keep[i] == keep[b] && g.kindRows[i] > g.kindRows[b] {
			best[n] = i
		}
	}
	names := newDomain(entriesOf(best, func(b int) entry {
		chosen := kinds[b]
		category := float64(chosen.category)
		if category == 0 {
			category = removed + 1
		}
		name := g.stateNames[g.stateOf[b]]
		e := textEntry(name, category, float64(d.states[chosen.state].Order))
		if name != "" {
			e.member.Category = categoryName(chosen.category)
		}
		return e
	}))
	return names.through(g.stateOf)
}

// nameStates numbers the different names of states, whatever the case of their letters.
func (g *generation) nameStates() {
	d, at := g.dicts, map[string]uint32{}
	for _, k := range d.kinds.values {
		name := d.states[k.state].Name
		n, ok := at[strings.ToLower(name)]
		if !ok {
			n = uint32(len(g.stateNames))
			at[strings.ToLower(name)] = n
			g.stateNames = append(g.stateNames, name)
		}
		g.stateNames[n] = min(g.stateNames[n], name)
		g.stateOf = append(g.stateOf, n)
	}
}

func (g *generation) personSources() {
	g.coded(dataset.AssignedTo, vAssigned, personEntries(g.dicts.people, dataset.Unassigned))
	g.sources[dataset.ChangedBy] = &source{ref: dataset.ChangedBy, vector: vChangedBy, domain: g.people}
	g.sources[dataset.CreatedBy] = &source{ref: dataset.CreatedBy, vector: vCreatedBy, domain: g.people, ofItem: true}
}

func (g *generation) tagSources() {
	sets := g.dicts.tagSets
	g.coded(dataset.TagSet, vTags, entriesOf(sets, func(tags []string) entry { return textEntry(strings.Join(tags, "; ")) }))
	g.sources[dataset.Tag] = &source{ref: dataset.Tag, vector: vTags, domain: manyDomain(sets, func(t string) dataset.Member {
		return dataset.Member{Value: t, Label: t}
	})}
}

func (g *generation) numberSources() {
	d := g.dicts
	g.coded(dataset.Severity, vTriage, entriesOf(d.triages.values, func(t triage) entry { return textEntry(d.severities[t.severity]) }))
	numeric := func(ref dataset.FieldRef, vector int, xs []float64) {
		g.coded(ref, vector, entriesOf(xs, numberEntry)).numbers = xs
	}
	numeric(dataset.Priority, vTriage, project(d.triages.values, func(t triage) float64 { return t.priority }))
	numeric(dataset.Estimate, vEstimate, project(d.estimates.values, func(e estimates) float64 { return e.own }))
	numeric(dataset.StoryPoints, vEstimate, project(d.estimates.values, func(e estimates) float64 { return e.storyPoints }))
	numeric(dataset.Effort, vEstimate, project(d.estimates.values, func(e estimates) float64 { return e.effort }))
	numeric(dataset.Size, vEstimate, project(d.estimates.values, func(e estimates) float64 { return e.size }))
	numeric(dataset.OriginalEstimate, vHours, project(d.hours.values, func(h hours) float64 { return h.original }))
	numeric(dataset.RemainingWork, vHours, project(d.hours.values, func(h hours) float64 { return h.remaining }))
	numeric(dataset.CompletedWork, vHours, project(d.hours.values, func(h hours) float64 { return h.completed }))
}

func project[V any](values []V, f func(V) float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = f(v)
	}
	return out
}
