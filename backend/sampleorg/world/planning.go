package world

// pointScale are the estimates people choose, in halves, with how often they do.
var pointScale = []struct {
	halves int16
	weight float64
}{{2, .14}, {4, .27}, {6, .30}, {10, .21}, {16, .07}, {26, .01}}

func (s *simulation) points() int16 {
	x := s.r.Float64()
	for _, p := range pointScale {
		if x -= p.weight; x < 0 {
			return p.halves
		}
	}
	return 6
}

func (s *simulation) about(c *crew) topic {
	b := c.d.work[favourite(s.r, len(c.d.work))]
	return topic{domain: b.domain, thing: uint8(s.r.IntN(len(domains[b.domain].things)))}
}

// where is the area in which work about a topic lands.
func (s *simulation) where(c *crew, about topic) uint16 {
	var areas [8]*Node
	n := 0
	for _, b := range c.d.work {
		if b.domain == about.domain && n < len(areas) {
			areas[n] = b.area
			n++
		}
	}
	if n == 0 { // the topic was handed over by another team
		return c.d.work[0].area.Index
	}
	return areas[favourite(s.r, n)].Index
}

// worth is what an estimate counts when a sprint is planned; unknown is taken for three points.
func (s *simulation) worth(i int32) float64 {
	if e := s.of(i).row.Estimate; e >= 0 {
		return float64(e) / 2
	}
	return 3
}

// refine is the product owner's daily work: keep about two sprints of backlog, change minds, clear out.
func (s *simulation) refine(c *crew) {
	waiting := 0.0
	for _, i := range c.backlog {
		waiting += s.worth(i)
	}
	wanted := 2.2 * c.velocity
	for n := 0; waiting < wanted && n < 4; n++ {
		waiting += s.worth(s.story(c))
	}
	if s.chance(0.05 * c.d.weight) {
		i := s.story(c)
		s.of(i).row.Rank += 4_000_000 // a wish that may never come true
	}
	owner := c.d.owner
	for k := 0; k < len(c.backlog); k++ {
		i := c.backlog[k]
		d := s.of(i)
		if s.typeOf(i).has(roleReady) && d.row.StateChanged == 1 && s.chance(0.12) {
			s.enter(i, roleReady, reason("Approved by the Product Owner"))
			s.commit(i, owner.index, s.at(owner, 9.5, 17))
			continue
		}
		old := s.w.DayStart(s.day) - d.row.Changed
		if old > 120*millisPerDay && s.chance(0.004) && s.typeOf(i).has(roleRemoved) {
			s.enter(i, roleRemoved, reason("Removed from the backlog"))
			s.commit(i, owner.index, s.at(owner, 9.5, 17))
			c.backlog = remove(c.backlog, i)
			s.leave(i)
			k--
		}
	}
	if len(c.backlog) > 2 && s.chance(min(0.95, 0.5*s.scale.chatter)) {
		s.reorder(c)
	}
}

// reorder moves one story up the backlog, as a drag on the board does: one revision with another rank.
func (s *simulation) reorder(c *crew) {
	from := s.r.IntN(len(c.backlog))
	to := s.r.IntN(from + 1)
	i := c.backlog[from]
	below := s.of(c.backlog[to]).row.Rank
	s.of(i).row.Rank = below - 1 - s.r.Int32N(400)
	copy(c.backlog[to+1:from+1], c.backlog[to:from])
	c.backlog[to] = i
	s.commit(i, c.d.owner.index, s.at(c.d.owner, 9.5, 17.5))
}

// story writes a new requirement into the backlog, under the feature the team works on.
func (s *simulation) story(c *crew) int32 {
	kind := KindRequirement
	if s.p.Process.TypeOf(KindSpike) != nil && s.chance(0.12) {
		kind = KindSpike
	}
	parent := s.theme(c)
	about := s.of(parent).topic
	if s.chance(0.6) {
		about.thing = uint8(s.r.IntN(len(domains[about.domain].things)))
	}
	i := s.draw(c, kind, about)
	owner := c.d.owner
	d := s.of(i)
	d.row.Reason = reason("New")
	if s.chance(0.55) {
		d.row.Estimate = s.points()
	}
	d.row.Priority = s.priority()
	d.row.Value = 1
	if s.chance(0.18) {
		d.row.Value = 2
	}
	if s.chance(0.3) {
		d.row.Risk = uint8(s.between(1, 3))
	}
	if s.chance(0.16) {
		d.row.Tags |= 1 << s.r.IntN(len(Tags))
	}
	if s.p.Process.Name == "Lumen Agile" && s.chance(0.6) {
		d.row.Segment = uint8(1 + favourite(s.r, len(Segments)))
	}
	by := owner.index
	if s.chance(0.25) {
		by = c.d.as(c.d.devs[favourite(s.r, len(c.d.devs))], s.day)
	}
	// A child is linked to its parent as it is made, so it is never older than the parent.
	at := s.after(parent, s.at(owner, 9.5, 17.5))
	s.join(i, parent, by, at)
	s.commit(i, by, at)
	c.backlog = append(c.backlog, i)
	if s.chance(0.5) { // the text is worked over a little later
		s.in(s.between(1, 6), func() { s.polish(c, i) })
	}
	return i
}

// after is an instant that is surely later than the latest revision of another item.
func (s *simulation) after(i int32, at int64) int64 {
	if last := s.of(i).row.Changed; at <= last {
		return last + 60_000 + s.r.Int64N(300_000)
	}
	return at
}

// join makes an item the child of another that counts its children.
func (s *simulation) join(child, parent int32, by uint16, at int64) {
	s.adopt(child, parent, by, at)
	p := s.of(parent)
	p.open++
	p.made++
}

// leave takes a finished or dropped item off its parent's count.
func (s *simulation) leave(child int32) {
	if parent := s.of(child).parent; parent != 0 {
		s.of(parent).open--
	}
}

// polish is a second look: an estimate, a clearer title, a tag, a comment.
func (s *simulation) polish(c *crew, i int32) {
	d := s.of(i)
	if d.away || d.row.Closed != 0 {
		return
	}
	switch n := s.r.IntN(10); {
	case n < 4 && d.row.Estimate < 0:
		d.row.Estimate = s.points()
	case n < 6:
		d.row.Wording = uint8(1 + s.r.IntN(len(clarified)))
	case n < 8:
		d.row.Tags |= 1 << s.r.IntN(len(Tags))
	default:
		s.note(i, c.d.owner.index, s.at(c.d.owner, 9.5, 17.5))
		return
	}
	s.commit(i, c.d.owner.index, s.at(c.d.owner, 9.5, 17.5))
}

// plan opens a sprint: carry over what is not done, then take from the backlog what the velocity allows.
func (s *simulation) plan(c *crew) {
	if s.day >= s.p.firstSprint()+sprintDays {
		c.velocity += (c.points - c.velocity) / 3
		c.velocity = max(c.velocity, 6*c.d.weight)
	}
	c.points = 0
	owner := c.d.owner
	at := s.at(owner, 9.2, 11.5)
	planned := 0.0
	for _, i := range append([]int32(nil), c.sprint...) {
		switch x := s.r.Float64(); {
		case x < 0.05 && s.of(i).row.Column == s.ready:
			s.giveBack(c, i, at)
		case x < 0.12: // forgotten: it is finished in the old sprint's name, late
			planned += s.worth(i) * 0.4
		default:
			planned += s.worth(i) * 0.4
			s.carry(c, i, at)
		}
	}
	for _, i := range c.bugs {
		if d := s.of(i); d.row.Iteration != s.p.Iterations.Index && s.chance(0.8) {
			d.row.Iteration = s.sprint.Index
			s.commit(i, owner.index, at)
		}
	}
	target := c.velocity * (0.82 + 0.36*s.r.Float64())
	for len(c.backlog) > 0 && planned < target {
		i := c.backlog[0]
		c.backlog = c.backlog[1:]
		planned += s.worth(i)
		s.commitTo(c, i, at)
	}
}

// carry moves an unfinished requirement and its open tasks to the new sprint, in one bulk edit.
func (s *simulation) carry(c *crew, i int32, at int64) {
	s.of(i).row.Iteration = s.sprint.Index
	s.commit(i, c.d.owner.index, at)
	for _, t := range c.tasks {
		if s.of(t).parent == i {
			s.of(t).row.Iteration = s.sprint.Index
			s.commit(t, c.d.owner.index, at)
		}
	}
}

// giveBack returns a requirement nobody began to the backlog; its tasks wait with it.
func (s *simulation) giveBack(c *crew, i int32, at int64) {
	c.sprint = remove(c.sprint, i)
	c.backlog = append([]int32{i}, c.backlog...)
	s.of(i).row.Iteration = s.p.Iterations.Index
	s.enter(i, roleReady, reason("Added to backlog"))
	s.place(i, roleReady)
	s.commit(i, c.d.owner.index, at)
	var rest []int32
	for _, t := range c.tasks {
		if s.of(t).parent == i {
			c.shelf[i] = append(c.shelf[i], t)
		} else {
			rest = append(rest, t)
		}
	}
	c.tasks = rest
}

// commitTo takes a requirement into the current sprint and breaks it down into tasks.
func (s *simulation) commitTo(c *crew, i int32, at int64) {
	c.sprint = append(c.sprint, i)
	d := s.of(i)
	if d.row.Estimate < 0 && s.chance(0.8) || d.row.Estimate >= 0 && s.chance(0.18) {
		d.row.Estimate = s.points() // a first estimate, or another one
	}
	d.row.Iteration = s.sprint.Index
	if s.p.Process.TypeNamed("Product Backlog Item") != nil {
		s.enter(i, roleActive, reason("Commitment made by the team"))
	} else if s.ready != 0 {
		d.row.Column = s.ready
	}
	if s.chance(0.45) {
		d.row.Assigned = c.d.as(c.d.devs[favourite(s.r, len(c.d.devs))], s.day)
	}
	s.commit(i, c.d.owner.index, at)
	hours := s.worth(i) * 4.3 * (0.7 + 0.7*s.r.Float64())
	if d.made > 0 { // it was in a sprint before and has its tasks
		for _, t := range c.shelf[i] {
			s.of(t).row.Iteration = s.sprint.Index
			s.commit(t, c.d.owner.index, at)
			c.tasks = append(c.tasks, t)
		}
		delete(c.shelf, i)
		return
	}
	if s.chance(0.2) { // small teams and small stories do without tasks
		s.of(i).work = float32(hours)
		return
	}
	n := min(max(1, int(hours/(6.5+8*s.r.Float64()))), 5)
	for k := 0; k < n; k++ {
		s.task(c, i, hours/float64(n)*(0.6+0.8*s.r.Float64()), at)
	}
}

// task writes one task of a requirement; parent 0 makes one without a parent.
func (s *simulation) task(c *crew, parent int32, hours float64, at int64) int32 {
	about := s.about(c)
	if parent != 0 {
		about = s.of(parent).topic
	}
	i := s.draw(c, KindTask, about)
	d, t := s.of(i), s.typeOf(i)
	d.row.Reason = reason("New")
	d.work = float32(max(1, hours))
	estimate := int16(2 * max(1, int(hours*(0.7+0.5*s.r.Float64())+0.5)))
	if t.hours {
		d.row.Original, d.row.Completed = estimate, 0
	}
	if t.remaining {
		d.row.Remaining = estimate
	}
	d.row.Activity = uint8(1 + favourite(s.r, len(Activities)-1))
	d.row.Iteration = s.sprint.Index
	by := c.d.devs[s.r.IntN(len(c.d.devs))]
	if s.chance(0.25) {
		d.row.Assigned = c.d.as(by, s.day)
	}
	author := c.d.as(by, s.day)
	if parent != 0 {
		d.row.Area = s.of(parent).row.Area
		at = s.after(parent, at)
		s.join(i, parent, author, at)
	}
	s.commit(i, author, at)
	c.tasks = append(c.tasks, i)
	return i
}

// priority draws with the skew people have: 2 is where the form begins.
func (s *simulation) priority() uint8 {
	switch x := s.r.Float64(); {
	case x < 0.1:
		return 1
	case x < 0.46:
		return 2
	case x < 0.82:
		return 3
	}
	return 4
}
