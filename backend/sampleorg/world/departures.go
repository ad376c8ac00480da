package world

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
		c.inbox = append(c.inbox, i)
	}
}

// become gives an item another type and the state that matches, and writes it down.
func (s *simulation) become(c *crew, i int32, t *Type, k Kind, at int64) {
	d := s.of(i)
	d.row.Type, d.kind = t.index, k
	d.row.State, d.row.Reason = t.state(roleNew), reason("New")
	d.row.StateChanged, d.row.Severity = d.row.Rev+1, 0
	if k == KindBug {
		d.row.Severity, d.row.FoundIn = 3, s.build()
	}
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
