package world

import "math"

// bugsPerDay is how many bugs reach a team of weight 1 on an average working day.
const bugsPerDay = 0.285

// wave is how much likelier bugs are in the days after a release than on average.
func (s *simulation) wave() float64 {
	cycle := sprintDays * sprintsPerRelease
	since := (s.day - s.p.firstSprint()) % cycle
	if s.day < s.p.firstSprint()+cycle {
		return 0.6
	}
	return 0.6 + 2.6*math.Exp(-float64(since)/6.5)
}

// arrive lets bugs and other interruptions come in.
func (s *simulation) arrive(c *crew, idle bool) {
	rate := c.d.weight * s.wave() * s.w.pace(s.day)
	if idle {
		rate *= 0.12 // customers do not rest
	}
	if s.p.Process.TypeOf(KindBug) != nil {
		for x := rate * bugsPerDay; x > 0; x-- {
			if s.chance(x) {
				s.report(c)
			}
		}
	}
	if idle {
		return
	}
	if s.chance(0.022 * c.d.weight) {
		s.obstacle(c, KindImpediment)
	}
	for _, k := range []Kind{KindRisk, KindChange, KindReview} {
		if s.p.Process.TypeOf(k) != nil && s.chance(0.02*c.d.weight) {
			s.obstacle(c, k)
		}
	}
}

// report files a bug, as a tester, somebody of support, or a developer who stumbled over it.
func (s *simulation) report(c *crew) {
	i := s.draw(c, KindBug, s.about(c))
	d := s.of(i)
	d.row.Reason = reason("New")
	d.row.Priority, d.row.Severity = 2, 3
	if s.chance(0.9) {
		d.row.Priority = s.priority()
	}
	if s.chance(0.4) {
		d.row.Severity = s.severity(d.row.Priority)
	}
	d.row.FoundIn = s.build()
	d.row.Value = 1
	d.work = float32(1.5 + 6*s.r.ExpFloat64())
	who := c.d.testers[favourite(s.r, len(c.d.testers))]
	switch x := s.r.Float64(); {
	case x < 0.2:
		who = c.d.devs[s.r.IntN(len(c.d.devs))]
	case x < 0.45:
		who = c.d.testers[1]
		d.row.Tags |= tag("customer")
	}
	if s.p.Process.Name == "Lumen Agile" {
		d.row.Segment = uint8(1 + favourite(s.r, len(Segments)))
		if s.chance(0.12) {
			d.row.Flags |= Escalated
		}
	}
	by := c.d.as(who, s.day)
	at := s.at(who, 9.1, 18)
	if len(c.sprint) > 0 && s.chance(0.22) {
		parent := c.sprint[s.r.IntN(len(c.sprint))]
		at = s.after(parent, at)
		s.adopt(i, parent, by, at)
	}
	s.commit(i, by, at)
	c.inbox = append(c.inbox, i)
}

// severity leans on the priority without repeating it.
func (s *simulation) severity(priority uint8) uint8 {
	v := int(priority)
	if s.chance(0.45) {
		v += s.between(-1, 1)
	}
	if v == 1 && s.chance(0.4) {
		v = 2
	}
	if v == 2 && s.chance(0.5) {
		v = 3
	}
	return uint8(min(max(v, 1), 4))
}

// build is the number of a build of this day.
func (s *simulation) build() uint16 { return uint16(min(s.day*4+1+s.r.IntN(4), 65_000)) }

// triage looks at the new bugs: some are none, some are urgent, most wait for somebody.
func (s *simulation) triage(c *crew) {
	for _, i := range append([]int32(nil), c.inbox...) {
		d := s.of(i)
		if d.row.Priority != 1 && !s.chance(0.2) {
			continue
		}
		c.inbox = remove(c.inbox, i)
		owner := c.d.owner
		at := s.at(owner, 9.5, 12)
		if s.chance(0.1) {
			s.dismiss(c, i, at)
			continue
		}
		if s.chance(0.4) {
			d.row.Priority = s.priority()
			d.row.Severity = s.severity(d.row.Priority)
		}
		if s.chance(0.15) {
			d.row.Area = c.d.work[s.r.IntN(len(c.d.work))].area.Index
		}
		if s.chance(0.78) {
			d.row.Assigned = c.d.as(c.d.devs[favourite(s.r, len(c.d.devs))], s.day)
		}
		if s.sprint != nil && (d.row.Priority == 1 || d.row.Priority == 2 && s.chance(0.6)) {
			d.row.Iteration = s.sprint.Index
		}
		if d.row.Priority == 1 && d.row.Column != 0 {
			d.row.Flags |= Expedite
		}
		if s.typeOf(i).has(roleReady) {
			s.enter(i, roleReady, reason("Approved by the Product Owner"))
		}
		if s.typeOf(i).pointed && c.team.Bugs == "asRequirements" && s.chance(0.4) {
			d.row.Estimate = 2 + 2*int16(s.r.IntN(3))
		}
		s.commit(i, owner.index, at)
		c.bugs = append(c.bugs, i)
	}
	if s.day%28 == 17 && len(c.bugs) > int(6*c.d.weight) { // a Thursday
		s.cleanUp(c)
	}
}

// dismiss closes a bug that is none: a duplicate, as designed, not to be reproduced. It never was active.
func (s *simulation) dismiss(c *crew, i int32, at int64) {
	d := s.of(i)
	to, why := roleDone, []string{"Duplicate", "As Designed", "Cannot Reproduce", "Duplicate"}[s.r.IntN(4)]
	if s.typeOf(i).has(roleRemoved) && s.chance(0.35) {
		to = roleRemoved
	}
	s.enter(i, to, reason(why))
	at = s.note(i, c.d.owner.index, at)
	if why == "Duplicate" && len(c.bugs) > 0 {
		if original := c.bugs[s.r.IntN(len(c.bugs))]; s.of(original).row.Changed < at {
			s.link(DuplicateLink, original, i, true, c.d.owner.index, at)
		}
	}
	d.due = 0
}

// cleanUp closes old bugs of low priority, once a month, all at the same moment.
func (s *simulation) cleanUp(c *crew) {
	at := s.at(c.d.owner, 14, 16)
	for _, i := range append([]int32(nil), c.bugs...) {
		d := s.of(i)
		if d.row.Priority < 3 || s.day-int(d.born) < 100 || !s.chance(0.5) {
			continue
		}
		c.bugs = remove(c.bugs, i)
		s.enter(i, roleDone, reason("Deferred"))
		s.commit(i, c.d.owner.index, at)
	}
}

// fix resolves a bug, or finishes it where the process has no such step.
func (s *simulation) fix(c *crew, i int32, by uint16, at int64) {
	d, t := s.of(i), s.typeOf(i)
	c.bugs = remove(c.bugs, i)
	if d.row.Iteration == s.p.Iterations.Index {
		d.row.Iteration = s.sprint.Index
	}
	d.row.Integration = s.build()
	if t.remaining {
		d.row.Remaining = 0
	}
	if t.has(roleReview) && s.chance(0.7) {
		s.enter(i, roleReview, reason("Moved to state In Review"))
		s.commit(i, by, at)
		s.in(s.between(2, 10), func() {
			reviewer := c.d.devs[s.r.IntN(len(c.d.devs))]
			s.of(i).row.Reviewed = s.of(i).row.Rev + 1
			s.resolve(c, i, c.d.as(reviewer, s.day), s.at(reviewer, 9.5, 17))
		})
		return
	}
	s.resolve(c, i, by, at)
}

// resolve hands a fixed bug to the testers.
func (s *simulation) resolve(c *crew, i int32, by uint16, at int64) {
	d := s.of(i)
	if s.typeOf(i).has(roleResolved) {
		s.enter(i, roleResolved, reason("Fixed"))
	} else {
		d.row.Flags |= ColumnDone
	}
	s.commit(i, by, at)
	d.due = int32(s.day + s.between(1, 8))
	c.verify = append(c.verify, i)
}

// check is the testers verifying what was fixed: one in eight is not.
func (s *simulation) check(c *crew) {
	for _, i := range append([]int32(nil), c.verify...) {
		d := s.of(i)
		if int(d.due) > s.day || !s.chance(0.25) {
			continue
		}
		c.verify = remove(c.verify, i)
		tester := c.d.testers[favourite(s.r, len(c.d.testers))]
		at := s.at(tester, 9.3, 17.5)
		if s.chance(0.12) {
			s.enter(i, roleActive, reason("Not fixed"))
			s.place(i, roleActive)
			d.work = float32(1 + 3*s.r.ExpFloat64())
			d.due = 0
			s.note(i, tester.index, at)
			c.bugs = append(c.bugs, i)
			continue
		}
		s.enter(i, roleDone, reason("Verified"))
		d.due = 0
		s.commit(i, tester.index, at)
		c.remember(i)
		if s.chance(0.045) {
			s.in(s.between(10, 70), func() { s.regress(c, i) })
		}
	}
}

// regress reopens a bug that was closed long ago.
func (s *simulation) regress(c *crew, i int32) {
	d := s.of(i)
	if d.away || d.row.Closed == 0 {
		return
	}
	s.enter(i, roleActive, reason("Regression"))
	d.row.Tags |= tag("regression")
	d.row.FoundIn = s.build()
	d.work = float32(2 + 4*s.r.ExpFloat64())
	s.note(i, c.d.testers[0].index, s.at(c.d.testers[0], 9.5, 17))
	c.bugs = append(c.bugs, i)
}

// obstacle writes an impediment, risk, change request or review, and takes it through its short life.
func (s *simulation) obstacle(c *crew, k Kind) {
	if s.p.Process.TypeOf(k) == nil {
		return
	}
	i := s.draw(c, k, s.about(c))
	d := s.of(i)
	d.row.Reason, d.row.Priority, d.row.Assigned = reason("New"), s.priority(), c.d.owner.index
	if k == KindRisk {
		d.row.Severity = s.severity(d.row.Priority)
	}
	if s.sprint != nil {
		d.row.Iteration = s.sprint.Index
	}
	s.commit(i, c.d.owner.index, s.at(c.d.owner, 9.5, 17))
	wait := s.between(2, 20)
	if s.typeOf(i).States[0].Category != "InProgress" {
		s.in(s.between(1, 6), func() {
			s.enter(i, roleActive, reason("Moved to state Active"))
			s.commit(i, c.d.owner.index, s.at(c.d.owner, 9.5, 17))
		})
	}
	s.in(6+wait, func() {
		if s.typeOf(i).has(roleResolved) {
			s.enter(i, roleResolved, reason("Moved to state Resolved"))
			s.note(i, c.d.owner.index, s.at(c.d.owner, 9.5, 17))
		}
	})
	s.in(9+wait+s.between(0, 20), func() {
		s.enter(i, roleDone, reason("Completed"))
		s.commit(i, c.d.owner.index, s.at(c.d.owner, 9.5, 17))
	})
}
