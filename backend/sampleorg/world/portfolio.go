package world

// theme is the feature (or, in a process without features, the epic) the team writes stories for now.
func (s *simulation) theme(c *crew) int32 {
	if c.feature != 0 {
		if f := s.of(c.feature); f.made < f.quota && !f.away && f.row.Closed == 0 {
			return c.feature
		}
		s.finish(c, c.feature)
	}
	owner := c.d.owner
	if s.p.Process.TypeOf(KindFeature) == nil {
		c.feature = s.vision(c)
		return c.feature
	}
	if s.epic == 0 || s.of(s.epic).made >= s.of(s.epic).quota {
		s.epic = s.vision(c)
	}
	i := s.draw(c, KindFeature, s.about(c))
	d := s.of(i)
	d.quota = int16(s.between(5, 11))
	d.row.Reason, d.row.Priority, d.row.Value = reason("New"), s.priority(), 1
	d.row.Business = int16([]int{5, 8, 13, 20, 40, 80}[s.r.IntN(6)])
	d.row.Assigned = owner.index
	if s.chance(0.25) { // a feature without an estimate
		d.row.Estimate = -1
	} else {
		d.row.Estimate = int16(2 * s.between(12, 60))
	}
	if s.chance(0.3) {
		d.row.Tags |= tag("launch-2.0")
	}
	at := s.after(s.epic, s.at(owner, 9.5, 16))
	s.join(i, s.epic, owner.index, at)
	s.commit(i, owner.index, at)
	c.feature = i
	s.in(s.between(9, 30), func() { s.steer(c, i) })
	return i
}

// vision writes an epic.
func (s *simulation) vision(c *crew) int32 {
	i := s.draw(c, KindEpic, topic{domain: c.d.work[s.r.IntN(len(c.d.work))].domain})
	d := s.of(i)
	d.quota = int16(s.between(3, 6))
	if s.p.Process.TypeOf(KindFeature) == nil {
		d.quota = int16(s.between(9, 18))
	}
	d.row.Reason, d.row.Priority, d.row.Value = reason("New"), s.priority(), 1
	d.row.Business = int16(10 * s.between(1, 12))
	d.row.Area = s.p.Areas.Index
	d.row.Target = int16(min(s.day+s.between(90, 240), 32_000))
	d.row.Assigned = c.d.owner.index
	s.commit(i, c.d.owner.index, s.at(c.d.owner, 9.5, 16))
	s.in(s.between(20, 60), func() { s.steer(c, i) })
	return i
}

// steer is what happens to a feature or an epic while others do the work: talk, other dates, other values.
func (s *simulation) steer(c *crew, i int32) {
	d := s.of(i)
	if d.away || d.row.Closed != 0 {
		return
	}
	owner := c.d.owner
	at := s.at(owner, 9.5, 17)
	switch n := s.r.IntN(10); {
	case n < 4 && d.row.Target >= 0:
		d.row.Target = int16(min(int(d.row.Target)+s.between(7, 35), 32_000))
		s.commit(i, owner.index, at)
	case n < 5:
		d.row.Business = int16(10 * s.between(1, 12))
		s.commit(i, owner.index, at)
	case n < 6:
		d.row.Tags |= 1 << s.r.IntN(len(Tags))
		s.commit(i, owner.index, at)
	default:
		s.note(i, owner.index, at)
	}
	s.in(s.between(8, 40), func() { s.steer(c, i) })
}

// begin starts a feature or epic when the first of its children starts.
func (s *simulation) begin(c *crew, i int32, by uint16, at int64) {
	for i != 0 {
		d := s.of(i)
		if d.away || d.row.Activated != 0 || d.row.Closed != 0 || d.kind != KindFeature && d.kind != KindEpic {
			return
		}
		s.enter(i, roleActive, reason("Implementation started"))
		d.row.Begin = int16(min(s.day, 32_000))
		if d.row.Target < 0 && s.chance(0.85) {
			d.row.Target = int16(min(s.day+s.between(28, 90), 32_000))
		}
		at = s.commit(i, by, s.after(i, at))
		i = d.parent
	}
}

// finish closes a feature or epic that has all its children and none of them open; its parent follows.
func (s *simulation) finish(c *crew, i int32) {
	for i != 0 {
		d := s.of(i)
		if d.away || d.row.Closed != 0 || d.open > 0 || d.made < d.quota || d.made == 0 || d.kind != KindFeature && d.kind != KindEpic {
			return
		}
		s.enter(i, roleDone, reason("Acceptance tests pass"))
		s.commit(i, c.d.owner.index, s.at(c.d.owner, 14, 18))
		s.leave(i)
		i = d.parent
	}
}
