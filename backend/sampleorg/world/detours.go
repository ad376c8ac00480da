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
	if s.chance(0.03 * x) {
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

// discard puts something unimportant into the recycle bin. One in four comes back after some days; of the
// rest, one in two is destroyed weeks later, which no feed ever tells.
func (s *simulation) discard(c *crew) {
	list, kind := c.backlog, KindRequirement
	if s.chance(0.5) {
		list, kind = c.inbox, KindBug
	}
	if len(list) < 2 {
		return
	}
	i := list[len(list)-1]
	d := s.of(i)
	if d.kind == KindRequirement && d.made > 0 {
		return
	}
	if kind == KindBug {
		c.inbox = remove(c.inbox, i)
	} else {
		c.backlog = remove(c.backlog, i)
		s.leave(i)
	}
	who := s.somebody(c)
	by := c.d.as(who, s.day)
	d.away = true
	d.row.Flags |= Deleted
	s.commit(i, by, s.at(who, 9.5, 18))
	switch x := s.r.Float64(); {
	case x < 0.25:
		s.in(s.between(1, 15), func() { s.restore(c, i, kind, who) })
	case x < 0.6:
		s.in(s.between(20, 70), func() {
			d := s.of(i)
			d.destroyed = s.at(c.d.owner, 10, 16)
		})
	}
}

func (s *simulation) restore(c *crew, i int32, kind Kind, who *Person) {
	d := s.of(i)
	d.away = false
	d.row.Flags = d.row.Flags&^Deleted | WasDeleted
	s.commit(i, c.d.as(who, s.day), s.at(who, 9.5, 18))
	if kind == KindBug {
		c.inbox = append(c.inbox, i)
		return
	}
	c.backlog = append(c.backlog, i)
	if d.parent != 0 {
		s.of(d.parent).open++
	}
}

// retype turns a new bug into a requirement, because it is none; or a small story into a bug.
func (s *simulation) retype(c *crew) {
	bug := s.p.Process.TypeOf(KindBug)
	if bug == nil {
		return
	}
	story := s.p.Process.TypeOf(KindRequirement)
	at := s.at(c.d.owner, 9.5, 17)
	if len(c.inbox) > 0 && s.chance(0.7) {
		i := c.inbox[0]
		c.inbox = c.inbox[1:]
		s.become(c, i, story, KindRequirement, at)
		c.backlog = append(c.backlog, i)
		return
	}
	if n := len(c.backlog); n > 3 && s.of(c.backlog[n-1]).kind == KindRequirement && s.of(c.backlog[n-1]).made == 0 {
		i := c.backlog[n-1]
		c.backlog = c.backlog[:n-1]
		s.leave(i)
		s.become(c, i, bug, KindBug, at)
		s.of(i).row.Severity, s.of(i).row.FoundIn = 3, s.build()
		c.inbox = append(c.inbox, i)
	}
}

// become gives an item another type and the state that matches, and writes it down.
func (s *simulation) become(c *crew, i int32, t *Type, k Kind, at int64) {
	d := s.of(i)
	d.row.Type, d.kind = t.index, k
	d.row.State, d.row.Reason = t.state(roleNew), reason("New")
	d.row.StateChanged, d.row.Severity = d.row.Rev+1, 0
	if d.parent != 0 && k == KindRequirement && s.of(d.parent).kind != KindFeature && s.of(d.parent).kind != KindEpic {
		s.link(HierarchyLink, d.parent, i, false, c.d.owner.index, s.after(i, at))
		d.parent = 0
	} else if d.parent != 0 && k == KindRequirement {
		s.of(d.parent).open++
	}
	if !t.pointed {
		d.row.Estimate = -1
	}
	d.work = float32(2 + 6*s.r.Float64())
	s.place(i, roleNew)
	s.commit(i, c.d.owner.index, at)
}

// moveAway hands an item over to another project: from then on the old project's feed is silent about it.
func (s *simulation) moveAway(c *crew) {
	if len(c.inbox)+len(c.backlog) < 4 {
		return
	}
	list := c.backlog
	if len(c.inbox) > 0 && s.chance(0.6) {
		list = c.inbox
	}
	i := list[len(list)-1]
	d := s.of(i)
	to := s.w.Projects[s.r.IntN(len(s.w.Projects))]
	if to == s.p || to.opens == never || to.opens > s.day || d.kind == KindSpike || d.made > 0 {
		return
	}
	t := to.Process.TypeOf(d.kind)
	kind := d.kind
	if t == nil {
		t, kind = to.Process.TypeOf(KindRequirement), KindRequirement
	}
	if d.kind == KindBug {
		c.inbox = remove(c.inbox, i)
	} else {
		c.backlog = remove(c.backlog, i)
		s.leave(i)
	}
	var host *delivery
	for _, team := range to.Teams {
		if team.delivery != nil {
			host = team.delivery
			break
		}
	}
	d.away, d.kind = true, kind
	d.row.Project, d.row.Type = uint8(to.Index), t.index
	d.row.Area, d.row.Iteration = to.Areas.Index, to.Iterations.Index
	d.row.State, d.row.Reason, d.row.StateChanged = t.state(roleNew), reason("New"), d.row.Rev+1
	d.row.Assigned, d.row.Column, d.row.Segment = 0, 0, 0
	if kind != KindBug {
		d.row.Severity, d.row.FoundIn, d.row.Column = 0, 0, 1
	}
	if !t.pointed {
		d.row.Estimate = -1
	}
	s.commit(i, c.d.owner.index, s.at(c.d.owner, 9.5, 17))
	if s.chance(0.7) {
		s.in(s.between(2, 25), func() { s.adoptElsewhere(i, t, to, host) })
	}
}

// adoptElsewhere is the short life of an item in the project it moved to.
func (s *simulation) adoptElsewhere(i int32, t *Type, to *Project, host *delivery) {
	d := s.of(i)
	dev := host.devs[s.r.IntN(len(host.devs))]
	d.row.Assigned, d.row.Area = dev.index, host.work[0].area.Index
	step := func(r role, why Reason) {
		d := s.of(i)
		d.row.State, d.row.Reason, d.row.StateChanged = t.state(r), why, d.row.Rev+1
		if r == roleActive {
			d.row.Activated = d.row.Rev + 1
		} else {
			d.row.Closed = d.row.Rev + 1
		}
		if d.row.Column != 0 {
			d.row.Column = to.column(r)
		}
		s.commit(i, dev.index, s.at(dev, 9.5, 17))
	}
	step(roleActive, reason("Moved to state Active"))
	s.in(s.between(2, 20), func() { step(roleDone, reason("Completed")) })
}

// column is the board column plus 1 of a role in the project's process.
func (p *Project) column(r role) uint8 {
	for k, c := range p.Process.Columns {
		if c.Role == r {
			return uint8(k + 1)
		}
	}
	return 0
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
	case s.p.Process.Name == "CMMI" && !d.row.Has(Blocked):
		d.row.Flags |= Blocked
		s.note(i, by, at)
		s.in(s.between(1, 6), func() {
			s.of(i).row.Flags &^= Blocked
			s.commit(i, by, s.at(who, 9.5, 17))
		})
	case t.has(roleBlocked) && d.row.Activated != 0:
		s.enter(i, roleBlocked, reason("Moved to state Blocked"))
		s.note(i, by, at)
		s.in(s.between(1, 6), func() {
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
