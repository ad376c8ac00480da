package columns

import (
	"fmt"
	"slices"

	"sightline/backend/dataset"
)

// The timings of velocity: rows stand on the first day of their iteration, which has dates and has begun.
const (
	whenPlanned timing = firstSprintTiming + iota // as they were at the planning day of their iteration
	inSprint                                      // as they are
	inTime                                        // completed by the end of the iteration and the grace days
	afterEnd                                      // completed later
	inEnded                                       // as they are, of iterations that have ended
	around                                        // when planned, and as they are
	aroundEnded                                   // the same, of iterations that have ended
)

// ofSprint reports whether rows stand on the first day of their iteration.
func (t timing) ofSprint() bool { return t >= whenPlanned && t <= aroundEnded }

// looksBack reports whether rows are looked at as they were before the as-of time.
func (t timing) looksBack() bool {
	return t == whenPlanned || t == around || t == aroundEnded || t == whileSpent || t == whileSnapshot
}

// sprint is what velocity knows of one iteration; planned is nil for one without dates or to come.
type sprint struct {
	first   dataset.Day
	planned *moment
	graced  dataset.Day // last day on which a completion is not late
	ended   bool
}

// sprints are the iterations by code.
func (p *plan) allSprints() []sprint {
	if p.sprints != nil {
		return p.sprints
	}
	nodes := p.g.dicts.iterations
	out := make([]sprint, len(nodes))
	for c, n := range nodes {
		first, last := dataset.Day(n.StartDay), dataset.Day(n.EndDay)
		if n.Path == "" || n.StartDay == dataset.NoDay || n.EndDay == dataset.NoDay || first > p.at.day {
			continue
		}
		out[c] = sprint{first: first, planned: p.g.endOf(first+dataset.Day(p.r.PlanningDays), p.at), graced: last + dataset.Day(p.r.GraceDays),
			ended: p.at.instant >= p.g.cal.start(last+1)}
	}
	p.sprints = out
	return out
}

// scanSprint are the rows of a timing of velocity.
func (p *plan) scanSprint(b *basePlan, days daySet) (*scan, error) {
	t := b.timing
	key := fmt.Sprint("sprint ", t, days, days == nil)
	if s := p.known(key); s != nil {
		return s, nil
	}
	s := &scan{key: key, side: b.side, seg: p.g.intervals, at: p.at}
	if t == whenPlanned || t == around || t == aroundEnded {
		if err := p.addPlanned(s, t == aroundEnded); err != nil {
			return nil, err
		}
	}
	if t != whenPlanned {
		if err := p.addPresent(s, t); err != nil {
			return nil, err
		}
	}
	p.placeSprints(s, days)
	p.add(s)
	if h := b.side.highlight; h != nil {
		p.light(s)
		all := p.allSprints()
		for i, row := range s.rows {
			if !h.dates.holds(all[s.seg.vector[vIteration].at(row)].first) {
				s.lit[i] = 0
			}
		}
	}
	return s, nil
}

// addPlanned adds the intervals that held at the planning day of their iteration.
func (p *plan) addPlanned(s *scan, ended bool) error {
	all := p.allSprints()
	begun := make([]uint8, len(all))
	var first *moment
	for c := range all {
		if m := all[c].planned; m != nil && (!ended || all[c].ended) {
			begun[c] = 1
			if first == nil || m.cut < first.cut {
				first = m
			}
		}
	}
	if first == nil {
		return nil
	}
	seg := s.seg
	lo := 0
	p.looked += seg.n
	mask := make([]uint8, min(blockRows, seg.n-lo))
	for ; lo < seg.n; lo += blockRows {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		m := mask[:min(blockRows, seg.n-lo)]
		s.side.mask(seg, m, lo)
		seg.vector[vIteration].keep(m, lo, begun)
		for i, pass := range m {
			if pass == 0 {
				continue
			}
			row := int32(lo + i)
			at := all[seg.vector[vIteration].at(row)].planned
			if seg.from.at(row) < at.cut && at.cut <= seg.endOf(row) && p.passTests(s.side.filter, seg, row, at) {
				s.rows, s.moments = append(s.rows, row), append(s.moments, at)
			}
		}
	}
	return nil
}

// addPresent adds the rows of the as-of time that the timing asks for.
func (p *plan) addPresent(s *scan, t timing) error {
	rows, err := p.rowsBetween(s.side, s.seg, p.at, p.at)
	if err != nil {
		return err
	}
	all := p.allSprints()
	for _, row := range rows {
		it := &all[s.seg.vector[vIteration].at(row)]
		if it.planned == nil || (t == inEnded || t == aroundEnded) && !it.ended {
			continue
		}
		if done := p.g.completedDay(s.seg, row); (t == inTime || t == afterEnd) && (done == noDay || done <= it.graced != (t == inTime)) {
			continue
		}
		s.rows, s.moments = append(s.rows, row), append(s.moments, p.at)
	}
	return nil
}

// placeSprints puts each entry on the first day of its iteration and drops those of other days.
func (p *plan) placeSprints(s *scan, days daySet) {
	all, periodOf := p.allSprints(), p.periodFinder()
	rows, moments := s.rows[:0], s.moments[:0]
	for i, row := range s.rows {
		first := all[s.seg.vector[vIteration].at(row)].first
		if !days.holds(first) {
			continue
		}
		if p.dated >= 0 {
			at := periodOf(first)
			if at < 0 || int(at) >= len(p.axis.cuts) {
				continue
			}
			s.first, s.end = append(s.first, at), append(s.end, at+1)
		}
		rows, moments = append(rows, row), append(moments, s.moments[i])
	}
	s.rows, s.moments = rows, moments
}

// isRequirement is REQ(p): types of the requirement backlog that are not bugs.
func isRequirement(k kind) bool { return k.level == 2 && !k.bug }

// typeColumns are the columns whose filters choose the types of velocity in place of the requirements.
var typeColumns = map[dataset.FieldRef]bool{dataset.Type: true, dataset.BacklogLevel: true, dataset.Backlog: true, dataset.IsBug: true, dataset.IsRequirement: true}

// choosesTypes reports whether a filter names types or backlogs.
func choosesTypes(filters []dataset.ResolvedFilter) bool {
	return slices.ContainsFunc(filters, func(f dataset.ResolvedFilter) bool { return typeColumns[f.Column.Ref()] })
}

// velocity is one of M21 to M24: the amount of the rows of a timing, where something was planned or is.
func (u unit) velocity(t timing, keep func(kind) bool) calculation {
	amount := u.sum(t, keep)
	amount.requirements = true
	any := base{timing: around, keep: isInScope, agg: aggCount, requirements: true}
	return calculation{bases: []base{amount, any}, finish: func(cs []cell, _ float64) answer {
		switch {
		case cs[1].n > 0:
			return number(u.of(cs[0]))
		case u.items:
			return answer{empty: true}
		}
		return nothing
	}}
}

// average is M25: what ended iterations completed, by the iterations in which something was planned or is.
func (u unit) average() calculation {
	done := u.sum(inEnded, isDone)
	done.requirements = true
	ended := base{timing: aroundEnded, keep: isInScope, agg: aggDistinct, column: dataset.Iteration, requirements: true}
	return calculation{bases: []base{done, ended}, finish: func(cs []cell, _ float64) answer {
		if cs[1].n == 0 {
			return nothing
		}
		return number(u.of(cs[0]) / float64(cs[1].n))
	}}
}

func isStarted(k kind) bool    { return k.category == inProgress }
func isNotStarted(k kind) bool { return k.category == proposed || k.category == resolved }

// velocities are the measures M21 to M25.
func velocities(m map[string]calculation) {
	for _, by := range []struct {
		unit
		planned, completed, late, incomplete, notStarted, average string
	}{
		{unit{}, dataset.VelocityPlanned, dataset.VelocityCompleted, dataset.VelocityLate, dataset.VelocityIncomplete, dataset.VelocityNotStarted, dataset.AverageVelocity},
		{unit{items: true}, dataset.VelocityPlannedItems, dataset.VelocityCompletedItems, dataset.VelocityLateItems, dataset.VelocityIncompleteItems,
			dataset.VelocityNotStartedItems, dataset.AverageVelocityItems},
	} {
		m[by.planned] = by.velocity(whenPlanned, isInScope)
		m[by.completed] = by.velocity(inTime, isDone)
		m[by.late] = by.velocity(afterEnd, isDone)
		m[by.incomplete] = by.velocity(inSprint, isStarted)
		m[by.notStarted] = by.velocity(inSprint, isNotStarted)
		m[by.average] = by.unit.average()
	}
}
