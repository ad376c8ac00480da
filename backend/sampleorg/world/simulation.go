package world

import (
	"math/rand/v2"

	"sightline/backend/devops"
)

// simulation is one project living day by day. It draws from its own generator and shares nothing that
// changes with the other projects, so that projects can be simulated at the same time.
//
// While it runs, items are known by their place in drafts plus 1; work item ids come when all are done.
type simulation struct {
	w      *World
	p      *Project
	r      *rand.Rand
	scale  scale
	day    int
	sprint *Node // the current iteration, or nil before the first
	drafts []draft
	rows   []Revision
	links  []Link
	later  map[int][]func()
	crews  []*crew
	board  [roles]uint8 // board column plus 1 of a role
	ready  uint8        // board column plus 1 of planned work
	epic   int32
	beacon int32 // the item the build service writes into
	rank   int32
}

// draft is an item under simulation.
type draft struct {
	row       Revision // as it stands, committed or not
	title     string
	topic     topic
	kind      Kind
	crew      int16
	parent    int32
	open      int16   // children that are not done
	made      int16   // children made
	quota     int16   // children a feature or an epic will get
	work      float32 // hours it still takes, which nobody knows
	born      int32   // day it was made
	due       int32   // day on which somebody looks at it again
	away      bool    // deleted, destroyed or moved: the team does not see it
	destroyed int64   // instant from which it is gone for good, 0 for never
}

// crew is a delivering team and what is on its hands.
type crew struct {
	team     *Team
	d        *delivery
	backlog  []int32           // requirements that wait, first first
	sprint   []int32           // requirements under way
	tasks    []int32           // open tasks under way
	inbox    []int32           // bugs nobody looked at
	bugs     []int32           // accepted bugs
	verify   []int32           // bugs that wait to be verified
	accept   []int32           // requirements that wait to be accepted
	closed   []int32           // the latest finished requirements and bugs
	shelf    map[int32][]int32 // open tasks of requirements that went back to the backlog
	feature  int32
	velocity float64 // points a sprint brings, as the team remembers
	points   float64 // points done in this sprint
	number   int16
}

func newSimulation(w *World, p *Project) *simulation {
	s := &simulation{w: w, p: p, r: rand.New(rand.NewPCG(w.Seed, uint64(p.Index)+0x5a11)), scale: w.Size.scale(), later: map[int][]func(){}}
	for i, c := range p.Process.Columns {
		if s.board[c.Role] == 0 {
			s.board[c.Role] = uint8(i + 1)
		}
		if c.Role == roleNew || c.Role == roleReady {
			s.ready = uint8(i + 1)
		}
	}
	for _, t := range p.Teams {
		if t.delivery != nil {
			s.crews = append(s.crews, &crew{team: t, d: t.delivery, velocity: 12 * t.delivery.weight, number: int16(len(s.crews)), shelf: map[int32][]int32{}})
		}
	}
	return s
}

// run lives every day up to the world's now.
func (s *simulation) run() {
	if s.p.opens == never {
		return
	}
	for s.day = s.p.opens; s.day <= s.w.day(s.w.Now); s.day++ {
		n := s.p.sprintOn(s.day)
		s.sprint = nil
		if n >= 0 {
			s.sprint = s.p.Sprints[n]
		}
		for _, f := range s.later[s.day] {
			f()
		}
		delete(s.later, s.day)
		for _, c := range s.crews {
			s.live(c, n >= 0 && s.day == s.p.firstSprint()+n*sprintDays)
		}
		s.nightly()
	}
}

// live is one day of one team.
func (s *simulation) live(c *crew, planning bool) {
	idle := s.w.idle(s.day)
	if planning {
		s.plan(c)
	}
	s.arrive(c, idle)
	if idle {
		return
	}
	s.refine(c)
	s.triage(c)
	s.work(c)
	s.check(c)
	s.judge(c)
	s.detours(c)
}

// chance is true with probability p.
func (s *simulation) chance(p float64) bool { return s.r.Float64() < p }

// between draws a whole number from low to high, both included.
func (s *simulation) between(low, high int) int { return low + s.r.IntN(high-low+1) }

// in runs f some days from now, on the next day on which people work.
func (s *simulation) in(days int, f func()) {
	day := s.day + max(days, 1)
	for s.w.idle(day) {
		day++
	}
	s.later[day] = append(s.later[day], f)
}

// at draws an instant of the person's day. From is not before 9, so that a day of the simulation never
// reaches back into the day before, in UTC: the farthest people are nine hours ahead.
func (s *simulation) at(p *Person, from, to float64) int64 {
	h := from + (to-from)*s.r.Float64() - float64(p.hours)
	return s.w.DayStart(s.day) + int64(h*3_600_000)
}

// draw makes an item that is not written down yet. The caller sets what it knows and commits.
func (s *simulation) draw(c *crew, k Kind, about topic) int32 {
	t := s.p.Process.TypeOf(k)
	s.rank += 1000 + s.r.Int32N(900)
	d := draft{kind: k, topic: about, title: about.title(s.r, k), crew: c.number, born: int32(s.day)}
	d.row = Revision{Type: t.index, Project: uint8(s.p.Index), Area: s.where(c, about), Iteration: s.p.Iterations.Index,
		Rank: s.rank, Priority: 2, Target: -1, Begin: -1, Estimate: -1, Original: -1, Remaining: -1, Completed: -1, Business: -1}
	d.row.State = t.state(roleNew)
	s.drafts = append(s.drafts, d)
	i := int32(len(s.drafts))
	s.drafts[i-1].row.Item = uint32(i)
	s.drafts[i-1].row.StateChanged = 1
	if t.States[d.row.State].Category == devops.InProgress {
		s.drafts[i-1].row.Activated = 1
	}
	s.place(i, roleNew)
	return i
}

func (s *simulation) of(i int32) *draft { return &s.drafts[i-1] }

func (s *simulation) typeOf(i int32) *Type { return s.w.Types[s.of(i).row.Type] }

// commit writes the item down as its next revision. A revision is always later than the one before.
func (s *simulation) commit(i int32, by uint16, at int64) int64 {
	d := s.of(i)
	if at <= d.row.Changed {
		at = d.row.Changed + 2_000 + s.r.Int64N(240_000)
	}
	d.row.Rev++
	d.row.Changed, d.row.ChangedBy, d.row.Parent = at, by, uint32(d.parent)
	s.rows = append(s.rows, d.row)
	d.row.Flags &^= Commented
	return at
}

// note commits with a comment.
func (s *simulation) note(i int32, by uint16, at int64) int64 {
	d := s.of(i)
	d.row.Flags |= Commented
	d.row.Comments++
	return s.commit(i, by, at)
}

// enter moves an item to the state of a role, with the dates and the board column that follow from it.
func (s *simulation) enter(i int32, to role, why Reason) {
	d, t := s.of(i), s.typeOf(i)
	state := t.state(to)
	was, is := t.States[d.row.State].Category, t.States[state].Category
	if state == d.row.State && d.row.Rev > 0 {
		return
	}
	next := d.row.Rev + 1
	d.row.State, d.row.Reason, d.row.StateChanged = state, why, next
	switch {
	case is == devops.Completed:
		d.row.Closed = next
	case is == devops.Removed:
		d.row.Closed = 0
	case to == roleResolved:
		d.row.Resolved, d.row.Closed = next, 0
	case is == devops.InProgress:
		if was != devops.InProgress || to == roleActive {
			d.row.Activated = next
		}
		d.row.Resolved, d.row.Closed = 0, 0
	default:
		d.row.Activated, d.row.Resolved, d.row.Closed = 0, 0, 0
	}
	s.place(i, to)
}

// place puts an item into the column of its board, if it stands on one.
func (s *simulation) place(i int32, to role) {
	d := s.of(i)
	d.row.Flags &^= ColumnDone
	switch d.kind {
	case KindEpic, KindFeature:
		d.row.Column = d.row.State + 1
		if to == roleRemoved {
			d.row.Column = 0
		}
	case KindRequirement, KindSpike, KindBug:
		if d.kind == KindBug && s.crews[d.crew].team.Bugs != "asRequirements" || to == roleRemoved {
			d.row.Column = 0
			return
		}
		d.row.Column = s.board[to]
		switch {
		case d.row.Column != 0:
		case to == roleReady:
			d.row.Column = s.board[roleNew]
		default: // a step without a column of its own waits in the right half of the column before
			d.row.Column = s.board[roleActive]
			d.row.Flags |= ColumnDone
		}
	}
}

// adopt gives an item a parent, or another one, and tells the feed of links. It makes no revision.
func (s *simulation) adopt(child, parent int32, by uint16, at int64) {
	d := s.of(child)
	if d.parent == parent {
		return
	}
	if d.parent != 0 {
		s.link(HierarchyLink, d.parent, child, false, by, at)
	}
	d.parent = parent
	s.link(HierarchyLink, parent, child, true, by, at)
}

func (s *simulation) link(k LinkKind, source, target int32, active bool, by uint16, at int64) {
	s.links = append(s.links, Link{Changed: at, Source: uint32(source), Target: uint32(target), Kind: k, Active: active, By: by})
}

// remove takes a value out of a list, keeping the order of the rest.
func remove(list []int32, i int32) []int32 {
	for k, v := range list {
		if v == i {
			return append(list[:k], list[k+1:]...)
		}
	}
	return list
}
