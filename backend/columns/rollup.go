package columns

import "sightline/backend/dataset"

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
