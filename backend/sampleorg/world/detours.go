package world

// detours are the things that reports stumble over: work that changes course in the middle of a sprint,
// items that are retyped, moved, deleted, restored, destroyed, re-parented, tagged late, talked about.
func (s *simulation) detours(c *crew) {
	x := c.d.weight
	if s.chance(0.075 * x) {
		s.squeezeIn(c)
	}
	if s.chance(0.045 * x) {
		s.pushOut(c)
	}
	if s.chance(0.05 * x) {
		s.orphan(c)
	}
	for n := 1.2 * x * s.scale.chatter; n > 0; n-- {
		if s.chance(n) {
			s.talk(c)
		}
	}
	if s.chance(0.07 * x) {
		s.tagLate(c)
	}
	if s.chance(0.03 * x) {
		s.reparent(c)
	}
	if s.chance(0.05 * x) {
		s.relate(c)
	}
	if s.chance(0.04 * x) {
		s.discard(c)
	}
	if s.chance(0.012 * x) {
		s.retype(c)
	}
	if s.chance(0.008 * x) {
		s.moveAway(c)
	}
	if s.chance(0.09 * x) {
		s.block(c)
	}
	if s.chance(0.05 * x) {
		s.handOver(c)
	}
}

// squeezeIn takes a story into a running sprint.
func (s *simulation) squeezeIn(c *crew) {
	if len(c.backlog) < 3 || s.sprint == nil {
		return
	}
	i := c.backlog[s.r.IntN(3)]
	c.backlog = remove(c.backlog, i)
	s.commitTo(c, i, s.at(c.d.owner, 9.5, 17))
}

// pushOut moves a story nobody began to the next sprint, in the middle of this one.
func (s *simulation) pushOut(c *crew) {
	if s.sprint == nil {
		return
	}
	for _, i := range c.sprint {
		d := s.of(i)
		if d.row.Column != s.ready || d.row.Iteration != s.sprint.Index || d.away {
			continue
		}
		next := s.p.sprintOn(s.day) + 1
		at := s.at(c.d.owner, 9.5, 17)
		d.row.Iteration = s.p.Sprints[next].Index
		s.commit(i, c.d.owner.index, at)
		for _, t := range c.tasks {
			if s.of(t).parent == i {
				s.of(t).row.Iteration = d.row.Iteration
				s.commit(t, c.d.owner.index, at)
			}
		}
		return
	}
}

// orphan is a task without a parent.
func (s *simulation) orphan(c *crew) {
	if s.sprint != nil {
		s.task(c, 0, 2+6*s.r.Float64(), s.at(c.d.devs[0], 9.5, 17))
	}
}

// anyOpen picks something the team has in hand.
func (s *simulation) anyOpen(c *crew) int32 {
	lists := [][]int32{c.sprint, c.bugs, c.tasks, c.backlog, c.inbox, c.verify}
	list := lists[s.r.IntN(len(lists))]
	if len(list) == 0 {
		return 0
	}
	return list[s.r.IntN(len(list))]
}

// somebody is anyone of the team.
func (s *simulation) somebody(c *crew) *Person {
	n := s.r.IntN(len(c.d.devs) + 2)
	if n < len(c.d.devs) {
		return c.d.devs[n]
	}
	return c.d.testers[n-len(c.d.devs)]
}

// talk adds a comment.
func (s *simulation) talk(c *crew) {
	if i := s.anyOpen(c); i != 0 {
		who := s.somebody(c)
		s.note(i, c.d.as(who, s.day), s.at(who, 9.5, 18))
	}
}

// tagLate adds a tag to something that is already under way, or takes one away.
func (s *simulation) tagLate(c *crew) {
	i := s.anyOpen(c)
	if i == 0 {
		return
	}
	d := s.of(i)
	switch {
	case d.row.Tags != 0 && s.chance(0.25):
		d.row.Tags = 0
	case s.chance(0.4):
		d.row.Tags |= tag("launch-2.0")
	default:
		d.row.Tags |= 1 << s.r.IntN(len(Tags))
	}
	who := s.somebody(c)
	s.commit(i, c.d.as(who, s.day), s.at(who, 9.5, 18))
}

// reparent hangs a story under another feature. As in the real service this makes no revision: only the
// feed of links tells, and now and then it forgets to say that the old parent is none any more.
func (s *simulation) reparent(c *crew) {
	if c.feature == 0 || len(c.backlog) == 0 {
		return
	}
	i := c.backlog[s.r.IntN(len(c.backlog))]
	done := len(c.closed) > 0 && s.chance(0.5) // somebody tidies up behind the team
	if done {
		i = c.closed[s.r.IntN(len(c.closed))]
	}
	d := s.of(i)
	if d.parent == 0 || d.parent == c.feature || d.away || d.kind == KindBug || s.of(c.feature).away {
		return
	}
	at := s.at(c.d.owner, 9.5, 17)
	if at <= d.row.Changed || at <= s.of(c.feature).row.Changed {
		return
	}
	if !done {
		s.leave(i)
	}
	if s.chance(0.3) { // both stay active
		for k := range s.links {
			if l := &s.links[k]; l.Kind == HierarchyLink && l.Target == uint32(i) && l.Source == uint32(d.parent) {
				l.Stale = true
			}
		}
		d.parent = 0
	}
	s.join(i, c.feature, c.d.owner.index, at)
	if done {
		s.leave(i)
	}
}

// relate links two items of a team that have to do with each other.
func (s *simulation) relate(c *crew) {
	a, b := s.anyOpen(c), s.anyOpen(c)
	if a == 0 || b == 0 || a == b {
		return
	}
	who := s.somebody(c)
	at := s.at(who, 9.5, 18)
	if at <= s.of(a).row.Changed || at <= s.of(b).row.Changed {
		return
	}
	kind := RelatedLink
	if s.chance(0.35) {
		kind = DependencyLink
	}
	s.link(kind, a, b, true, c.d.as(who, s.day), at)
	if s.chance(0.1) {
		s.in(s.between(2, 20), func() {
			s.link(kind, a, b, false, c.d.as(who, s.day), s.at(who, 9.5, 18))
		})
	}
}

// block stops something for some days, where the process can say so.
func (s *simulation) block(c *crew) {
	if len(c.tasks) == 0 {
		return
	}
	i := c.tasks[s.r.IntN(len(c.tasks))]
	d, t := s.of(i), s.typeOf(i)
	who := s.somebody(c)
	by, at := c.d.as(who, s.day), s.at(who, 9.5, 17)
	switch {
	case s.p.Process.Name == "CMMI" && !d.row.Has(Blocked) && s.chance(0.3):
		d.row.Flags |= Blocked
		s.note(i, by, at)
		s.in(s.between(1, 6), func() {
			s.of(i).row.Flags &^= Blocked
			s.commit(i, by, s.at(who, 9.5, 17))
		})
	case t.has(roleBlocked) && d.row.Activated != 0:
		s.enter(i, roleBlocked, reason("Moved to state Blocked"))
		s.note(i, by, at)
		s.in(s.between(2, 9), func() {
			if s.of(i).row.Closed == 0 {
				s.enter(i, roleActive, reason("Moved to state Active"))
				s.commit(i, by, s.at(who, 9.5, 17))
			}
		})
	}
}

// handOver gives something to somebody else, or back to nobody.
func (s *simulation) handOver(c *crew) {
	lists := [][]int32{c.bugs, c.tasks}
	list := lists[s.r.IntN(2)]
	if len(list) == 0 {
		return
	}
	i := list[s.r.IntN(len(list))]
	d := s.of(i)
	who := s.somebody(c)
	d.row.Assigned = c.d.as(who, s.day)
	if s.chance(0.2) {
		d.row.Assigned = 0
	}
	s.note(i, c.d.owner.index, s.at(c.d.owner, 9.5, 18))
}

// nightly is the build service that writes into one item every night: the item with the most revisions.
func (s *simulation) nightly() {
	if s.p.Name != "Tooling" {
		return
	}
	service := s.w.builds
	if s.beacon == 0 {
		c := s.crews[0]
		s.beacon = s.draw(c, KindRequirement, s.about(c))
		d := s.of(s.beacon)
		d.title, d.row.Reason = "Nightly build of main", reason("New")
		s.commit(s.beacon, c.d.owner.index, s.at(c.d.owner, 9.5, 17))
		return
	}
	for n := range s.scale.nightly {
		s.note(s.beacon, service.index, s.w.DayStart(s.day)+2*3_600_000+int64(n)*97_000)
	}
}
