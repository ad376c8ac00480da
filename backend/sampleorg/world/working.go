package world

// hoursPerDay is what one person writes down against tasks and bugs on an average day; the rest of the day
// goes into meetings, reviews and everything nobody plans.
const hoursPerDay = 2.5

// work is the day of the developers of a team.
func (s *simulation) work(c *crew) {
	if s.sprint == nil {
		return
	}
	for _, dev := range c.d.devs {
		if s.absent(dev) {
			continue
		}
		left := hoursPerDay * (0.5 + s.r.Float64()) * s.w.pace(s.day)
		from := 9.2
		for n := 0; left > 0.3 && n < 4; n++ {
			i := s.next(c, dev)
			if i == 0 {
				break
			}
			left = s.labour(c, i, dev, left, from)
			from = min(from+2.2, 17)
		}
	}
}

// absent says whether a person is on holiday today.
func (s *simulation) absent(p *Person) bool {
	return away(p, s.day)
}

// next is what a developer does next: urgent bugs, what they have begun, what is theirs, what nobody has.
func (s *simulation) next(c *crew, dev *Person) int32 {
	me := c.d.as(dev, s.day)
	var mine [24]int32
	n, free := 0, int32(0)
	for _, i := range c.bugs {
		d := s.of(i)
		if d.row.Priority == 1 && (d.row.Assigned == me || d.row.Assigned == 0) && s.chance(0.45) {
			return i
		}
		switch {
		case d.row.Assigned == me && n < len(mine):
			mine[n] = i
			n++
		case d.row.Assigned == 0 && free == 0 && d.row.Priority <= 3:
			free = i
		}
	}
	// The longer the list of bugs, the more of the day goes into them. Those who are asked most have the longest list, of which
	// they do not always take the most important first.
	if n > 0 && s.chance(min(0.2+0.017*float64(n), 0.42)) {
		best := mine[s.r.IntN(n)]
		for _, i := range mine[:n] {
			if s.of(i).row.Priority < s.of(best).row.Priority && s.chance(0.5) {
				best = i
			}
		}
		return best
	}
	if free != 0 && s.chance(0.05) {
		return free
	}
	begun, own, any := int32(0), int32(0), int32(0)
	for _, i := range c.tasks {
		d := s.of(i)
		switch {
		case d.row.Assigned == me && d.row.Activated != 0:
			begun = i
		case d.row.Assigned == me && own == 0:
			own = i
		case d.row.Assigned == 0 && any == 0:
			any = i
		}
		if begun != 0 {
			return begun
		}
	}
	if own != 0 {
		return own
	}
	if any != 0 {
		return any
	}
	for _, i := range c.sprint {
		if d := s.of(i); d.work > 0 && d.due == 0 && (d.row.Assigned == me || d.row.Assigned == 0 || s.chance(0.2)) {
			return i
		}
	}
	if n > 0 {
		return mine[s.r.IntN(n)]
	}
	return free
}

// labour puts up to left hours into one item and returns what remains of them.
func (s *simulation) labour(c *crew, i int32, dev *Person, left, from float64) float64 {
	me := c.d.as(dev, s.day)
	d, t := s.of(i), s.typeOf(i)
	at := s.at(dev, from, min(from+1, 18))
	if d.row.Activated == 0 || d.row.Assigned == 0 || d.kind == KindRequirement && !t.has(roleReady) && d.row.Column == s.ready {
		d.row.Assigned = me
		why := reason("Work started")
		if d.kind == KindBug {
			why = reason("Investigate")
			if t.remaining && s.chance(0.6) {
				d.row.Remaining = int16(2 * max(1, int(d.work+0.5)))
			}
		}
		s.enter(i, roleActive, why)
		at = s.commit(i, me, at)
		s.rouse(c, d.parent, me, at)
		if d.kind == KindRequirement || d.kind == KindSpike {
			s.begin(c, d.parent, me, at)
		}
	}
	spent := min(left, float64(d.work))
	d.work -= float32(spent)
	if t.hours && d.row.Completed >= 0 || t.hours && d.kind == KindBug {
		d.row.Completed = max(d.row.Completed, 0) + int16(2*spent+0.5)
	}
	if d.work > 0.2 {
		s.burn(i, t)
		if s.chance(0.7 * s.scale.chatter) {
			if s.chance(0.18) {
				s.note(i, me, s.at(dev, 15, 18))
			} else if d.row.Remaining >= 0 {
				s.commit(i, me, s.at(dev, 15, 18))
			}
		}
		return left - spent
	}
	d.work = 0
	at = s.at(dev, from+0.5, min(from+2, 18.5))
	switch d.kind {
	case KindTask:
		s.closeTask(c, i, me, at)
	case KindBug:
		s.fix(c, i, me, at)
	default:
		s.deliver(c, i, me, at)
	}
	return left - spent
}

// burn writes what a person thinks remains; one in eight finds that it is more than they thought.
func (s *simulation) burn(i int32, t *Type) {
	d := s.of(i)
	if !t.remaining || d.row.Remaining < 0 {
		return
	}
	if s.chance(0.12) {
		d.work += float32(1 + 4*s.r.Float64())
	}
	d.row.Remaining = int16(2 * max(1, int(d.work+0.5)))
}

// rouse starts the requirement of a task that starts, and everything above it.
func (s *simulation) rouse(c *crew, parent int32, by uint16, at int64) {
	if parent == 0 {
		return
	}
	d := s.of(parent)
	if d.kind != KindRequirement && d.kind != KindSpike || d.away {
		return
	}
	if d.row.Activated == 0 || d.row.Column == s.ready && s.ready != s.board[roleActive] {
		if d.row.Assigned == 0 {
			d.row.Assigned = by
		}
		s.enter(parent, roleActive, reason("Implementation started"))
		at = s.commit(parent, by, s.after(parent, at))
	}
	s.begin(c, d.parent, by, at)
}

func (s *simulation) closeTask(c *crew, i int32, by uint16, at int64) {
	d, t := s.of(i), s.typeOf(i)
	if t.remaining {
		d.row.Remaining = 0
		if s.p.Process.TypeNamed("Product Backlog Item") != nil {
			d.row.Remaining = -1 // Scrum empties the field
		}
	}
	s.enter(i, roleDone, reason("Completed"))
	at = s.commit(i, by, at)
	c.tasks = remove(c.tasks, i)
	s.leave(i)
	if parent := d.parent; parent != 0 && s.of(parent).open <= 0 && !s.of(parent).away {
		if k := s.of(parent).kind; k == KindRequirement || k == KindSpike {
			s.deliver(c, parent, by, s.after(parent, at))
		}
	}
}

// deliver hands a requirement over: to a review, to acceptance, or straight to done.
func (s *simulation) deliver(c *crew, i int32, by uint16, at int64) {
	t := s.typeOf(i)
	s.of(i).work = 0
	review := 0 // days that a review takes
	switch {
	case t.has(roleReview) && s.chance(0.9):
		s.enter(i, roleReview, reason("Moved to state In Review"))
		review = s.between(2, 5)
	case t.has(roleResolved) && s.chance(0.75):
		s.enter(i, roleResolved, reason("Code complete and unit tests pass"))
	case s.chance(0.5) && s.board[roleActive] != 0:
		s.of(i).row.Flags |= ColumnDone
	default:
		s.complete(c, i, by, at)
		return
	}
	s.commit(i, by, at)
	s.of(i).due = int32(s.day + s.between(0, 3) + review)
	c.accept = append(c.accept, i)
	if s.p.Process.TypeOf(KindTestCase) != nil && s.chance(0.13) {
		s.testCase(c, i)
	}
}

// judge is the product owner and the testers accepting what was delivered, or not.
// On the last working day of a sprint there is a review, where nearly everything is decided.
func (s *simulation) judge(c *crew) {
	review := s.p.sprintOn(s.tomorrow()) != s.p.sprintOn(s.day)
	for _, i := range append([]int32(nil), c.accept...) {
		d := s.of(i)
		if !review && (int(d.due) > s.day || !s.chance(0.8)) || review && s.chance(0.08) {
			continue
		}
		who := c.d.owner
		if s.chance(0.4) {
			who = c.d.testers[0]
		}
		at := s.at(who, 10, 18)
		if t := s.typeOf(i); t.flow[roleReview] == int8(d.row.State) && t.has(roleResolved) && s.chance(0.8) {
			s.enter(i, roleResolved, reason("Code complete and unit tests pass"))
			s.commit(i, who.index, at)
			continue
		}
		c.accept = remove(c.accept, i)
		d.due = 0
		if s.chance(0.07) && s.sprint != nil {
			s.enter(i, roleActive, reason("Acceptance test failed"))
			s.place(i, roleActive)
			at = s.note(i, who.index, at)
			s.task(c, i, 3+5*s.r.Float64(), at)
			continue
		}
		s.complete(c, i, who.index, at)
	}
}

// tomorrow is the next day on which people work.
func (s *simulation) tomorrow() int {
	day := s.day + 1
	for s.w.idle(day) {
		day++
	}
	return day
}

// complete closes a requirement; one in thirty comes back weeks later.
func (s *simulation) complete(c *crew, i int32, by uint16, at int64) {
	d := s.of(i)
	s.enter(i, roleDone, reason("Acceptance tests pass"))
	s.commit(i, by, at)
	c.points += s.worth(i)
	c.sprint = remove(c.sprint, i)
	c.remember(i)
	s.leave(i)
	s.finish(c, d.parent)
	if s.chance(0.03) {
		s.in(s.between(3, 25), func() { s.reopen(c, i) })
	}
}

// reopen takes a finished requirement up again.
func (s *simulation) reopen(c *crew, i int32) {
	d := s.of(i)
	if d.away || d.row.Closed == 0 || s.sprint == nil {
		return
	}
	s.enter(i, roleActive, reason("Reactivated"))
	d.row.Iteration = s.sprint.Index
	at := s.note(i, c.d.testers[0].index, s.at(c.d.testers[0], 9.5, 17))
	c.sprint = append(c.sprint, i)
	if d.parent != 0 {
		s.of(d.parent).open++
	}
	s.task(c, i, 2+6*s.r.Float64(), at)
}

// remember keeps the latest finished items, which other things happen to.
func (c *crew) remember(i int32) {
	if len(c.closed) == 60 {
		copy(c.closed, c.closed[1:])
		c.closed = c.closed[:59]
	}
	c.closed = append(c.closed, i)
}

// testCase writes a test case for a requirement that is about to be accepted.
func (s *simulation) testCase(c *crew, tested int32) {
	tester := c.d.testers[0]
	i := s.draw(c, KindTestCase, s.of(tested).topic)
	d := s.of(i)
	d.row.Reason, d.row.Assigned, d.row.Area, d.row.Iteration = reason("New"), tester.index, s.of(tested).row.Area, s.of(tested).row.Iteration
	at := s.commit(i, tester.index, s.after(tested, s.at(tester, 10, 17)))
	s.link(TestedByLink, tested, i, true, tester.index, at)
	s.in(s.between(1, 9), func() {
		s.enter(i, roleActive, reason("Completed"))
		s.commit(i, tester.index, s.at(tester, 10, 17))
	})
}
