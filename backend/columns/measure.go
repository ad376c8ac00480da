package columns

import (
	"math"

	"sightline/backend/dataset"
)

// timing says which rows a base reads and on which day they stand.
type timing uint8

const (
	asOf          timing = iota // the state at the end of each period, or at the as-of time
	atStart                     // the state at the end of the first day of the range
	onCreated                   // items by day of creation
	onCompleted                 // completed items by day of completion
	onInstant                   // rows of facts by day of an instant
	inWindow                    // items completed in the window of each point (M5)
	whileSpent                  // intervals with the days they lasted in the range (A4)
	whileSnapshot               // intervals with their daily snapshots in the range (A4)
	firstSprintTiming
)

// event reports whether each row stands on a day of its own.
func (t timing) event() bool { return t >= onCreated && t <= onInstant || t.ofSprint() }

// state reports whether rows stand at a point in time, so that a point of another day than the value's has none.
func (t timing) state() bool { return t == asOf || t == atStart || t == inWindow }

// aggregation is how the rows of a group become one number.
type aggregation uint8

const (
	aggCount aggregation = iota // rows
	aggSum
	aggMin
	aggMax
	aggPercentile
	aggDistinct
	aggDeviation // of the population
)

// invertible aggregations can be taken away again, so that a trend is a difference array.
func (a aggregation) invertible() bool { return a == aggCount || a == aggSum }

// base is one number over rows that a measure is made of.
type base struct {
	timing timing
	keep   func(kind) bool // nil keeps every kind
	agg    aggregation
	column dataset.FieldRef // what is aggregated; unused by aggCount
	p      float64          // of aggPercentile, 0 to 1
	// requirements keeps kinds of REQ(p) only, unless a filter chooses types.
	requirements bool
	perItem      bool // what an item's entries give is added up before items are aggregated
	factBase
}

// cell is a base in one group: how many rows took part and what they gave.
type cell struct {
	n int64
	x float64
}

// answer is a number of a result.
type answer struct {
	x     float64
	null  bool
	empty bool // no row took part: alone it makes no row of the result
}

var nothing = answer{null: true, empty: true}

func number(x float64) answer { return answer{x: x} }

// formula makes a measure of its bases. frac is the share of the ideal line that is left at the point.
type formula func(cs []cell, frac float64) answer

type calculation struct {
	bases  []base
	finish formula
	// finishAt takes the place of finish for what depends on how far the range has come.
	finishAt func(cs []cell, at point) answer
	// future is true when the formula holds for days to come.
	future bool
}

func isOpen(k kind) bool    { return k.open() }
func isOpenBug(k kind) bool { return k.open() && k.bug }
func isBug(k kind) bool     { return k.bug }
func isDone(k kind) bool    { return k.category == completed }
func isDoneBug(k kind) bool { return k.category == completed && k.bug }
func isInScope(k kind) bool { return k.open() || k.category == completed }
func countOnly(t timing, keep func(kind) bool) calculation {
	return calculation{bases: []base{{timing: t, keep: keep, agg: aggCount}}, finish: finishCount}
}

func finishCount(cs []cell, _ float64) answer {
	return answer{x: float64(cs[0].n), empty: cs[0].n == 0}
}

func finishValue(cs []cell, _ float64) answer {
	if cs[0].n == 0 {
		return nothing
	}
	return number(cs[0].x)
}

func finishMean(cs []cell, _ float64) answer {
	if cs[0].n == 0 {
		return nothing
	}
	return number(cs[0].x / float64(cs[0].n))
}

// over aggregates a column over the rows that pass.
func over(t timing, keep func(kind) bool, column dataset.FieldRef, a dataset.Aggregate) calculation {
	b := base{timing: t, keep: keep, column: column}
	finish := finishValue
	switch a {
	case dataset.Average:
		b.agg, finish = aggSum, finishMean
	case dataset.Min:
		b.agg = aggMin
	case dataset.Max:
		b.agg = aggMax
	case dataset.StandardDeviation:
		b.agg = aggDeviation
	case dataset.Count:
		b.agg, finish = aggSum, finishCount // n counts the values that are not null
	case dataset.CountDistinct:
		b.agg, finish = aggDistinct, finishCount
	default:
		b.agg = aggSum
		if share, ok := a.Percentile(); ok {
			b.agg, b.p = aggPercentile, share
		}
	}
	return calculation{bases: []base{b}, finish: finish}
}

// unit is how scope is measured: by the project's estimate or by items.
type unit struct{ items bool }

// sum is the base that adds up the amount of work of the rows that pass.
func (u unit) sum(t timing, keep func(kind) bool) base {
	if u.items {
		return base{timing: t, keep: keep, agg: aggCount}
	}
	return base{timing: t, keep: keep, agg: aggSum, column: dataset.Estimate}
}

// of reads such a base; a missing estimate adds 0.
func (u unit) of(c cell) float64 {
	if u.items {
		return float64(c.n)
	}
	if c.n == 0 {
		return 0
	}
	return c.x
}

// burndown is one measure of the scope: its formula over what remains and is done now (M11, M12) and
// what remained at the start (M14), and which of the two times must have something in scope.
type burndown struct {
	f          func(remaining, done, original, frac float64) float64
	now, start bool
	either     bool // one of the two times will do
	future     bool
}

// scope makes a measure of the burndown for one unit of work.
func (u unit) scope(b burndown) calculation {
	bases := []base{u.sum(asOf, isOpen), u.sum(asOf, isDone), {timing: asOf, keep: isInScope, agg: aggCount},
		u.sum(atStart, isOpen), {timing: atStart, keep: isInScope, agg: aggCount}}
	if !b.start {
		bases = bases[:3]
	}
	return calculation{bases: bases, future: b.future, finish: func(cs []cell, frac float64) answer {
		var remaining, done, original float64
		inScope, wasInScope := cs[2].n > 0, false
		remaining, done = u.of(cs[0]), u.of(cs[1])
		if b.start {
			original, wasInScope = u.of(cs[3]), cs[4].n > 0
		}
		if b.either && !inScope && !wasInScope || !b.either && (b.now && !inScope || b.start && !wasInScope) {
			return nothing
		}
		x := b.f(remaining, done, original, frac)
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nothing // a share of nothing
		}
		return number(x)
	}}
}

// calculations holds every measure of the model by name.
var calculations = func() map[string]calculation {
	m := map[string]calculation{
		dataset.CountOfWorkItems: countOnly(asOf, nil),
		dataset.OpenWorkItems:    countOnly(asOf, isOpen),
		dataset.OpenBugs:         countOnly(asOf, isOpenBug),
		dataset.Created:          countOnly(onCreated, nil),
		dataset.Closed:           countOnly(onCompleted, isDone),
		dataset.BugsCreated:      countOnly(onCreated, isBug),
		dataset.BugsClosed:       countOnly(onCompleted, isDoneBug),

		dataset.AverageLeadTime:  over(onCompleted, isDone, dataset.LeadTime, dataset.Average),
		dataset.MedianLeadTime:   over(onCompleted, isDone, dataset.LeadTime, dataset.Median),
		dataset.LeadTimeP85:      over(onCompleted, isDone, dataset.LeadTime, dataset.P85),
		dataset.AverageCycleTime: over(onCompleted, isDone, dataset.CycleTime, dataset.Average),
		dataset.MedianCycleTime:  over(onCompleted, isDone, dataset.CycleTime, dataset.Median),
		dataset.CycleTimeP85:     over(onCompleted, isDone, dataset.CycleTime, dataset.P85),

		dataset.MedianProposed:   over(asOf, nil, dataset.DaysProposed, dataset.Median),
		dataset.P95Proposed:      over(asOf, nil, dataset.DaysProposed, dataset.P95),
		dataset.MedianInProgress: over(asOf, nil, dataset.DaysInProgress, dataset.Median),
		dataset.P95InProgress:    over(asOf, nil, dataset.DaysInProgress, dataset.P95),
		dataset.MedianResolved:   over(asOf, nil, dataset.DaysResolved, dataset.Median),
		dataset.P95Resolved:      over(asOf, nil, dataset.DaysResolved, dataset.P95),

		dataset.AverageAge: over(asOf, isOpen, dataset.AgeDays, dataset.Average),
		dataset.OldestAge:  over(asOf, isOpen, dataset.AgeDays, dataset.Max),

		dataset.NotEstimated: {bases: []base{{keep: isOpen, agg: aggCount}, {keep: isOpen, agg: aggSum, column: dataset.Estimate}},
			finish: func(cs []cell, _ float64) answer {
				return answer{x: float64(cs[0].n - cs[1].n), empty: cs[0].n == cs[1].n}
			}},

		dataset.SumEstimate:      over(asOf, nil, dataset.Estimate, dataset.Sum),
		dataset.SumStoryPoints:   over(asOf, nil, dataset.StoryPoints, dataset.Sum),
		dataset.SumEffort:        over(asOf, nil, dataset.Effort, dataset.Sum),
		dataset.SumSize:          over(asOf, nil, dataset.Size, dataset.Sum),
		dataset.SumOriginal:      over(asOf, nil, dataset.OriginalEstimate, dataset.Sum),
		dataset.SumRemainingWork: over(asOf, nil, dataset.RemainingWork, dataset.Sum),
		dataset.SumCompletedWork: over(asOf, nil, dataset.CompletedWork, dataset.Sum),
	}
	for _, s := range []struct {
		estimate, items string
		burndown
	}{
		{dataset.RemainingEstimate, dataset.RemainingItems, burndown{now: true, f: func(r, _, _, _ float64) float64 { return r }}},
		{dataset.CompletedEstimate, dataset.CompletedItems, burndown{now: true, f: func(_, d, _, _ float64) float64 { return d }}},
		{dataset.TotalScope, dataset.TotalScopeItems, burndown{now: true, f: func(r, d, _, _ float64) float64 { return r + d }}},
		{dataset.OriginalScope, dataset.OriginalScopeItems, burndown{start: true, f: func(_, _, o, _ float64) float64 { return o }}},
		{dataset.ScopeIncrease, dataset.ScopeIncreaseItems, burndown{now: true, start: true, either: true, f: func(r, d, o, _ float64) float64 { return r + d - o }}},
		{dataset.PercentComplete, dataset.PercentCompleteItems, burndown{now: true, f: func(r, d, _, _ float64) float64 { return d / (r + d) }}},
		{dataset.PercentOfOriginal, dataset.PercentOfOriginalItems, burndown{start: true, f: func(r, _, o, _ float64) float64 { return (o - r) / o }}},
		{dataset.Ideal, dataset.IdealItems, burndown{start: true, future: true, f: func(_, _, o, frac float64) float64 { return o * frac }}},
	} {
		m[s.estimate] = unit{}.scope(s.burndown)
		m[s.items] = unit{items: true}.scope(s.burndown)
	}
	for _, add := range []func(map[string]calculation){velocities, movingAverages, paces, targets, rollups, timesInState} {
		add(m)
	}
	m[dataset.BoardItems] = over(asOf, nil, onBoard, dataset.Count)
	return m
}()
