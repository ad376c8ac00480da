package columns

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sightline/backend/dataset"
)

// hierarchy is the tree of the parent links as they are now. It is made once, when somebody asks for it.
type hierarchy struct {
	once sync.Once
	// parent is the position of each item's parent, -1 for none and for one that is not here.
	parent []int32
	above  [][]uint8 // of parent's and child's type: 1 when the link counts on the way to an ancestor
	types  []string  // of the type of each item, by code, in lower case
	ranked []int32   // items that have children, by title
	rank   []int32   // place in ranked of each item, -1 without children
	totals []rollup  // of what lies below each item that has children
	at     []int32   // position in totals of each item, -1 without children
}

// rollup is what lies below an item, at any depth (M27 to M29).
type rollup struct {
	children, descendants, requirements, bugs int32
	estimate, completed                       float64 // of requirements; null counts as 0
	scope                                     float64 // of requirements that are not Removed
	remaining, done                           float64 // hours
	estimated, hours                          bool    // some requirement has an estimate, some descendant hours
}

func (r *rollup) add(o *rollup) {
	r.descendants += o.descendants
	r.requirements += o.requirements
	r.bugs += o.bugs
	r.estimate += o.estimate
	r.completed += o.completed
	r.scope += o.scope
	r.remaining += o.remaining
	r.done += o.done
	r.estimated = r.estimated || o.estimated
	r.hours = r.hours || o.hours
}

// tree is the hierarchy of the items, complete.
func (g *generation) tree() *hierarchy {
	h := g.hierarchy
	h.once.Do(func() {
		h.link(g)
		h.rollUp(g)
		h.byTitle(g)
	})
	return h
}

func (h *hierarchy) link(g *generation) {
	it := g.items
	h.parent = make([]int32, it.n)
	for i, id := range it.parent {
		h.parent[i] = -1
		if at, ok := slices.BinarySearch(it.id, id); ok && id != 0 && at != i {
			h.parent[i] = int32(at)
		}
	}
	types := g.dicts.types
	ancestry := dataset.NewAncestry(g.dicts.projects)
	h.above = make([][]uint8, len(types))
	for p := range types {
		h.types = append(h.types, strings.ToLower(types[p].Name))
		h.above[p] = make([]uint8, len(types))
		for c := range types {
			h.above[p][c] = uint8(boolInt(ancestry.Above(types[p], types[c])))
		}
	}
}

// typeAt is the code of the item's type.
func (g *generation) typeAt(item int32) uint32 {
	return g.dicts.kinds.values[g.items.vector[vKind].at(item)].typ
}

// ancestor is the position of the nearest item of the type, in lower case, above the item; -1 for none.
func (h *hierarchy) ancestor(g *generation, item int32, itemType string) int32 {
	child := g.typeAt(item)
	for range dataset.MaxAncestors {
		if item = h.parent[item]; item < 0 {
			return -1
		}
		parent := g.typeAt(item)
		if h.above[parent][child] == 0 {
			return -1
		}
		if h.types[parent] == itemType {
			return item
		}
		child = parent
	}
	return -1
}

// own is what one item adds to those above it.
func (g *generation) own(item int32) rollup {
	k := g.dicts.kinds.values[g.items.vector[vKind].at(item)]
	e := g.dicts.estimates.values[g.items.vector[vEstimate].at(item)].own
	hour := g.dicts.hours.values[g.items.vector[vHours].at(item)]
	r := rollup{descendants: 1, bugs: int32(boolInt(k.bug))}
	if isRequirement(k) {
		r.requirements = 1
		if e == e {
			r.estimate = e
			if isInScope(k) {
				r.scope, r.estimated = e, true
			}
			if isDone(k) {
				r.completed = e
			}
		}
	}
	if hour.remaining == hour.remaining {
		r.remaining, r.hours = hour.remaining, true
	}
	if hour.completed == hour.completed {
		r.done, r.hours = hour.completed, true
	}
	return r
}

// rollUp adds everything up from the leaves. What is left then are circles of parents: each of their items
// has all others of the circle, and what hangs on them, below it.
func (h *hierarchy) rollUp(g *generation) {
	n := g.items.n
	waiting := make([]int32, n) // children that are not added yet
	for _, p := range h.parent {
		if p >= 0 {
			waiting[p]++
		}
	}
	h.at = make([]int32, n)
	for i, children := range waiting {
		h.at[i] = -1
		if children > 0 {
			h.at[i] = int32(len(h.totals))
			h.totals = append(h.totals, rollup{children: children})
		}
	}
	whole := func(item int32) rollup {
		r := g.own(item)
		if at := h.at[item]; at >= 0 {
			r.add(&h.totals[at])
		}
		return r
	}
	added := make([]bool, n)
	for i := range n {
		for item := int32(i); waiting[item] == 0 && !added[item]; {
			added[item] = true
			p := h.parent[item]
			if p < 0 {
				break
			}
			r := whole(item)
			h.totals[h.at[p]].add(&r)
			waiting[p]--
			item = p
		}
	}
	for i := range n {
		if !added[i] {
			h.closeCircle(int32(i), whole, added)
		}
	}
}

// closeCircle gives every item of a circle what the others of it have.
func (h *hierarchy) closeCircle(start int32, whole func(int32) rollup, added []bool) {
	var circle []int32
	var parts []rollup
	for item := start; !added[item]; item = h.parent[item] {
		added[item] = true
		circle, parts = append(circle, item), append(parts, whole(item))
	}
	// before[i] is the sum of the parts before i; with the sum of those behind it is that of all others.
	before := make([]rollup, len(parts)+1)
	for i := range parts {
		before[i+1] = before[i]
		before[i+1].add(&parts[i])
	}
	var behind rollup
	for i := len(parts) - 1; i >= 0; i-- {
		t := &h.totals[h.at[circle[i]]]
		t.add(&before[i])
		t.add(&behind)
		behind.add(&parts[i])
	}
}

// below is what lies below the item.
func (h *hierarchy) below(item int32) *rollup {
	if at := h.at[item]; at >= 0 {
		return &h.totals[at]
	}
	return &noRollup
}

var noRollup rollup

// rollupNumbers are the numbers of the columns that roll up.
var rollupNumbers = map[dataset.FieldRef]func(*rollup) float64{
	dataset.Children:                func(r *rollup) float64 { return float64(r.children) },
	dataset.Descendants:             func(r *rollup) float64 { return float64(r.descendants) },
	dataset.RollupRequirements:      func(r *rollup) float64 { return float64(r.requirements) },
	dataset.RollupBugs:              func(r *rollup) float64 { return float64(r.bugs) },
	dataset.RollupEstimate:          func(r *rollup) float64 { return r.estimate },
	dataset.RollupCompletedEstimate: func(r *rollup) float64 { return r.completed },
	dataset.RollupRemainingWork:     func(r *rollup) float64 { return r.remaining },
	dataset.RollupCompletedWork:     func(r *rollup) float64 { return r.done },
	rollupScope: func(r *rollup) float64 {
		if !r.estimated {
			return nan
		}
		return r.scope
	},
	rollupAll: func(r *rollup) float64 {
		if !r.hours {
			return nan
		}
		return r.remaining + r.done
	},
	dataset.RollupProgress: func(r *rollup) float64 {
		if !r.estimated || r.scope == 0 {
			return nan // a share of nothing
		}
		return r.completed / r.scope
	},
	dataset.RollupHours: func(r *rollup) float64 {
		switch {
		case !r.hours:
			return nan
		case r.remaining+r.done == 0:
			return 0
		}
		return r.done / (r.remaining + r.done)
	},
}

// byTitle ranks the items that have children by their titles, in which order they are shown.
func (h *hierarchy) byTitle(g *generation) {
	h.rank = make([]int32, g.items.n)
	lower := map[int32]string{}
	for i, at := range h.at {
		h.rank[i] = -1
		if at >= 0 {
			h.ranked = append(h.ranked, int32(i))
			lower[int32(i)] = strings.ToLower(g.items.titles.at(int32(i)))
		}
	}
	slices.SortStableFunc(h.ranked, func(a, b int32) int { return cmp.Compare(lower[a], lower[b]) })
	for r, item := range h.ranked {
		h.rank[item] = int32(r)
	}
}

// hierarchySources declares the ancestors of each type and what rolls up.
func (g *generation) hierarchySources() {
	now := func(ref dataset.FieldRef, number func(h *hierarchy, g *generation, item int32) float64) *source {
		s := &source{ref: ref, present: true, number: func(g *generation, s *segment, row int32, _ *moment) float64 {
			return number(g.tree(), g, s.itemOf(row))
		}}
		g.sources[ref] = s
		return s
	}
	for ref, number := range rollupNumbers {
		now(ref, func(h *hierarchy, _ *generation, item int32) float64 { return number(h.below(item)) })
	}
	for _, name := range dataset.NewAncestry(g.dicts.projects[1:]).Types(g.dicts.types[1:]) {
		lower := strings.ToLower(name)
		now(dataset.ParentOf(name), func(h *hierarchy, g *generation, item int32) float64 {
			if a := h.ancestor(g, item, lower); a >= 0 {
				return float64(h.rank[a])
			}
			return nan
		}).member = g.ancestorMember
	}
}

// ancestorMember names an ancestor by its title; its value is its number.
func (g *generation) ancestorMember(rank float64) dataset.Member {
	if rank != rank {
		return dataset.Member{Label: dataset.Unparented}
	}
	item := g.tree().ranked[int(rank)]
	id := strconv.Itoa(int(g.items.id[item]))
	label := g.items.titles.at(item)
	if label == "" {
		label = id
	}
	return dataset.Member{Value: id, Label: label, Detail: g.dicts.types[g.typeAt(item)].Name + " " + id}
}

// Numbers that the ratios over several items are made of; no query can name them.
const (
	rollupScope dataset.FieldRef = "Work items[\x00scope below]"
	rollupAll   dataset.FieldRef = "Work items[\x00hours below]"
)

// rollups are the measures M27 to M29: sums over the items shown, and ratios of such sums.
func rollups(m map[string]calculation) {
	sum := func(c dataset.FieldRef) calculation { return over(asOf, nil, c, dataset.Sum) }
	m[dataset.SumRollupEstimate] = sum(dataset.RollupEstimate)
	m[dataset.SumRollupCompletedEstimate] = sum(dataset.RollupCompletedEstimate)
	m[dataset.SumRollupRemainingWork] = sum(dataset.RollupRemainingWork)
	m[dataset.SumRollupCompletedWork] = sum(dataset.RollupCompletedWork)
	share := func(part, whole dataset.FieldRef, ofNothing answer) calculation {
		return calculation{bases: []base{{agg: aggSum, column: part}, {agg: aggSum, column: whole}}, finish: func(cs []cell, _ float64) answer {
			switch {
			case cs[1].n == 0:
				return nothing
			case cs[1].x == 0:
				return ofNothing
			}
			return number(cs[0].x / cs[1].x)
		}}
	}
	m[dataset.RollupProgressRatio] = share(dataset.RollupCompletedEstimate, rollupScope, nothing)
	m[dataset.RollupHoursRatio] = share(dataset.RollupCompletedWork, rollupAll, number(0))
}
