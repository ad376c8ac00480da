package columns_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"sightline/backend/dataset"
)

// slowCell is what a group at a period is computed from.
type slowCell struct {
	asOf, start, created, completed []slowRow
	noEnd, noStart, ahead           bool
	fraction                        float64
	moreCell
}

// value is one number and whether any row took part.
type slowValue struct {
	x     float64
	empty bool
}

var none = slowValue{null, true}

func (s *slow) compute(v dataset.Value, c slowCell) slowValue {
	if c.ahead && !strings.HasPrefix(v.Measure, "Ideal") {
		return none // a period still to come
	}
	if v.Measure == "" {
		if c.noEnd {
			return none
		}
		return s.aggregate(v.Field, v.Aggregate, c.asOf)
	}
	if x, ok := s.moreMeasures(v, c); ok {
		if c.noEnd && !isEventOfMore(v.Measure) && !strings.Contains(strings.ToLower(v.Measure), "days in state") {
			return none
		}
		return x
	}
	category := func(r slowRow) int8 { return s.category(r.rev) }
	open := func(r slowRow) bool { return isOpen(category(r)) }
	done := func(r slowRow) bool { return category(r) == 4 }
	bug := func(r slowRow) bool { return s.isBug(r.rev) }
	pick := func(rows []slowRow, test func(slowRow) bool) []slowRow {
		var out []slowRow
		for _, r := range rows {
			if test(r) {
				out = append(out, r)
			}
		}
		return out
	}
	count := func(rows []slowRow) slowValue { return slowValue{float64(len(rows)), len(rows) == 0} }
	switch v.Measure {
	case dataset.Created:
		return count(c.created)
	case dataset.Closed:
		return count(c.completed)
	case dataset.BugsCreated:
		return count(pick(c.created, bug))
	case dataset.BugsClosed:
		return count(pick(c.completed, bug))
	case dataset.AverageLeadTime:
		return s.aggregate(dataset.LeadTime, dataset.Average, c.completed)
	case dataset.MedianLeadTime:
		return s.aggregate(dataset.LeadTime, dataset.Median, c.completed)
	case dataset.LeadTimeP85:
		return s.aggregate(dataset.LeadTime, dataset.P85, c.completed)
	case dataset.AverageCycleTime:
		return s.aggregate(dataset.CycleTime, dataset.Average, c.completed)
	case dataset.MedianCycleTime:
		return s.aggregate(dataset.CycleTime, dataset.Median, c.completed)
	case dataset.CycleTimeP85:
		return s.aggregate(dataset.CycleTime, dataset.P85, c.completed)
	case dataset.Ideal, dataset.IdealItems, dataset.OriginalScope, dataset.OriginalScopeItems:
		return s.scopeValue(v.Measure, c)
	}
	if c.noEnd {
		return none
	}
	switch v.Measure {
	case dataset.CountOfWorkItems:
		return count(c.asOf)
	case dataset.OpenWorkItems:
		return count(pick(c.asOf, open))
	case dataset.OpenBugs:
		return count(pick(pick(c.asOf, open), bug))
	case dataset.AverageAge:
		return s.aggregate(dataset.AgeDays, dataset.Average, c.asOf)
	case dataset.OldestAge:
		return s.aggregate(dataset.AgeDays, dataset.Max, c.asOf)
	case dataset.MedianProposed:
		return s.aggregate(dataset.DaysProposed, dataset.Median, c.asOf)
	case dataset.MedianInProgress:
		return s.aggregate(dataset.DaysInProgress, dataset.Median, c.asOf)
	case dataset.MedianResolved:
		return s.aggregate(dataset.DaysResolved, dataset.Median, c.asOf)
	case dataset.P95Proposed:
		return s.aggregate(dataset.DaysProposed, dataset.P95, c.asOf)
	case dataset.P95Resolved:
		return s.aggregate(dataset.DaysResolved, dataset.P95, c.asOf)
	case dataset.P95InProgress:
		return s.aggregate(dataset.DaysInProgress, dataset.P95, c.asOf)
	case dataset.NotEstimated:
		return count(pick(pick(c.asOf, open), func(r slowRow) bool { return math.IsNaN(s.number(dataset.Estimate, r)) }))
	case dataset.SumEstimate:
		return s.aggregate(dataset.Estimate, dataset.Sum, c.asOf)
	case dataset.SumStoryPoints:
		return s.aggregate(dataset.StoryPoints, dataset.Sum, c.asOf)
	case dataset.SumCompletedWork:
		return s.aggregate(dataset.CompletedWork, dataset.Sum, c.asOf)
	case dataset.SumRemainingWork:
		return s.aggregate(dataset.RemainingWork, dataset.Sum, c.asOf)
	}
	_ = done
	return s.scopeValue(v.Measure, c)
}

// scopeValue is M11 to M16 and M19.
func (s *slow) scopeValue(name string, c slowCell) slowValue {
	byItems := strings.HasSuffix(name, "items")
	amount := func(rows []slowRow, first, last int8) float64 {
		sum := 0.0
		for _, r := range rows {
			if cat := s.category(r.rev); cat >= first && cat <= last {
				if byItems {
					sum++
				} else if x := s.number(dataset.Estimate, r); !math.IsNaN(x) {
					sum += x
				}
			}
		}
		return sum
	}
	inScope := func(rows []slowRow) bool {
		return slices.ContainsFunc(rows, func(r slowRow) bool { cat := s.category(r.rev); return cat >= 1 && cat <= 4 })
	}
	remaining, done, original := amount(c.asOf, 1, 3), amount(c.asOf, 4, 4), amount(c.start, 1, 3)
	was := !c.noStart && inScope(c.start)
	is := inScope(c.asOf)
	give := func(ok bool, x float64) slowValue {
		if !ok || math.IsNaN(x) || math.IsInf(x, 0) {
			return none
		}
		return slowValue{x, false}
	}
	switch name {
	case dataset.RemainingEstimate, dataset.RemainingItems:
		return give(is, remaining)
	case dataset.CompletedEstimate, dataset.CompletedItems:
		return give(is, done)
	case dataset.TotalScope, dataset.TotalScopeItems:
		return give(is, remaining+done)
	case dataset.OriginalScope, dataset.OriginalScopeItems:
		return give(was && !c.noEnd, original)
	case dataset.ScopeIncrease, dataset.ScopeIncreaseItems:
		return give((is || was) && !c.noStart, remaining+done-original)
	case dataset.PercentComplete, dataset.PercentCompleteItems:
		return give(is, done/(remaining+done))
	case dataset.PercentOfOriginal, dataset.PercentOfOriginalItems:
		return give(was, (original-remaining)/original)
	case dataset.Ideal, dataset.IdealItems:
		return give(was && !c.noEnd, original*c.fraction)
	}
	panic("no measure " + name)
}

func (s *slow) aggregate(ref dataset.FieldRef, a dataset.Aggregate, rows []slowRow) slowValue {
	if a == dataset.Count || a == dataset.CountDistinct {
		n, seen := 0, map[string]bool{}
		for _, r := range rows {
			vs := s.field(ref, r)
			if vs[0].value != nil {
				n++
			}
			for _, v := range vs {
				if v.value != nil {
					seen[strings.ToLower(fmt.Sprint(v.value))] = true
				}
			}
		}
		if a == dataset.CountDistinct {
			n = len(seen)
		}
		return slowValue{float64(n), n == 0}
	}
	var xs []float64
	for _, r := range rows {
		if x := s.number(ref, r); !math.IsNaN(x) {
			xs = append(xs, x)
		}
	}
	if len(xs) == 0 {
		return none
	}
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	x := sum
	switch a {
	case dataset.Average:
		x = sum / float64(len(xs))
	case dataset.StandardDeviation:
		x = deviationOf(xs)
	case dataset.Min:
		x = slices.Min(xs)
	case dataset.Max:
		x = slices.Max(xs)
	case dataset.Median:
		x = percentileOf(xs, 0.5)
	case dataset.P85:
		x = percentileOf(xs, 0.85)
	case dataset.P90:
		x = percentileOf(xs, 0.9)
	case dataset.P95:
		x = percentileOf(xs, 0.95)
	}
	return slowValue{x, false}
}

// answer computes the query group by group.
func answerSlowly(w *world, now time.Time, q dataset.Query) slowAnswer {
	s := &slow{w: w, loc: w.location(), now: now, q: q, dates: map[int64]string{}, kept: map[string]map[string]bool{}}
	s.at = s.asOfPoint(q.AsOf)
	s.findRange()
	groups := append(slices.Clone(q.Rows), q.Columns...)
	out := slowAnswer{rows: map[string][]float64{}, parts: map[string][]float64{}}
	cells := s.cells(groups)
	shown, full := map[string]bool{}, map[string]bool{}
	for key, c := range cells.whole {
		for i := range q.Values {
			if !s.compute(q.Values[i], c[i]).empty {
				shown[cells.group[key]], full[key] = true, true
			}
		}
	}
	alone := len(groups) == 1 && groups[0].Field == dataset.DateAxis
	tooMany := len(shown)*len(s.periods) > 50_000 // then empty cells are not listed
	for key, c := range cells.whole {
		if alone || len(groups) == 0 || shown[cells.group[key]] && (full[key] || !tooMany) {
			out.rows[key], out.parts[key] = s.numbers(c), s.partNumbers(cells.part[key])
		}
	}
	out.rowTotals, out.columnTotals = map[string][]float64{}, map[string][]float64{}
	if len(q.Rows) > 0 && len(q.Columns) > 0 {
		for key, c := range s.cells(q.Rows).whole {
			out.rowTotals[key] = s.numbers(c)
		}
		for key, c := range s.cells(q.Columns).whole {
			out.columnTotals[key] = s.numbers(c)
		}
	}
	total := s.cells(nil)
	out.total, out.totalParts = s.numbers(total.whole[""]), s.partNumbers(total.part[""])
	return out
}

func (s *slow) numbers(cs []slowCell) []float64 {
	var out []float64
	for i := range cs {
		out = append(out, s.compute(s.q.Values[i], cs[i]).x)
	}
	return out
}

// partNumbers are null for states when a date is highlighted.
func (s *slow) partNumbers(cs []slowCell) []float64 {
	out := s.numbers(cs)
	for i, v := range s.q.Values {
		event := slices.Contains([]string{dataset.Created, dataset.Closed, dataset.BugsCreated, dataset.BugsClosed, dataset.AverageLeadTime,
			dataset.MedianLeadTime, dataset.LeadTimeP85, dataset.AverageCycleTime, dataset.MedianCycleTime, dataset.CycleTimeP85}, v.Measure)
		if s.datesOf(s.q.Highlight) != nil && !event && !isEventOfMore(v.Measure) {
			out[i] = null
		}
	}
	return out
}
