package world

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
)

// checkins is the TFVC history of one project while it is lived. People work on Dev; every sprint Dev is
// merged into Main, every release gets a branch of Main, and hot fixes go to the release and back.
type checkins struct {
	w        *World
	p        *Project
	r        *rand.Rand
	branches []*TFVCBranch
	main     *TFVCBranch
	dev      *TFVCBranch
	trial    *TFVCBranch // deleted later
	release  *TFVCBranch
	all      []*Changeset
}

// checkin is something that happens at an instant. It draws from a generator of its own.
type checkin struct {
	at    int64
	order uint64
	do    func(at int64)
}

// Days, counted from the project's opening, on which a branch to try something out came and went.
const (
	trialBegins = 80
	trialEnds   = 190
)

// checkIn lives the TFVC history of a project up to now.
func (w *World) checkIn(p *Project, begun []*Revision) ([]*Changeset, []*TFVCBranch) {
	people := p.developers()
	if p.opens == never || len(people) == 0 {
		return nil, nil
	}
	source := rand.NewPCG(0, 0)
	c := &checkins{w: w, p: p, r: rand.New(source)}
	lead := people[0]
	hour := func(day int, hour float64) int64 {
		return w.DayStart(w.workday(day)) + int64((hour-float64(lead.hours))*millisPerHour)
	}
	turns := []checkin{{hour(p.opens, 9), 0, func(at int64) { c.create(at, lead) }}, {hour(p.opens, 9.5), 1, func(at int64) { c.dev = c.branch(at, lead, c.main, "Dev") }},
		{hour(p.opens+trialBegins, 11), 2, func(at int64) { c.trial = c.branch(at, lead, c.dev, "Dev-Trial") }}, {hour(p.opens+trialEnds, 16), 3, func(at int64) { c.abandon(at, lead) }}}
	for n := 1; ; n++ {
		last := p.firstSprint() + n*sprintDays - 1
		at := hour(last, 15.5)
		if at > w.Now {
			break
		}
		order := uint64(n)<<4 | 1<<60
		turns = append(turns, checkin{at, order, func(at int64) { c.merge(at, lead, c.dev, c.main) }})
		if n%sprintsPerRelease == 0 {
			turns = append(turns, checkin{at + 40*60_000, order | 1, func(at int64) {
				c.release = c.branch(at, lead, c.main, fmt.Sprintf("Release/%d.0", n/sprintsPerRelease))
			}})
		}
	}
	for _, r := range begun {
		source.Seed(w.Seed^0x7f, uint64(r.Item)<<16|uint64(r.Rev))
		turns = append(turns, c.work(r)...)
	}
	turns = slices.DeleteFunc(turns, func(t checkin) bool { return t.at > w.Now })
	slices.SortFunc(turns, func(a, b checkin) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order)) })
	for _, t := range turns {
		source.Seed(w.Seed^0x71, t.order)
		t.do(t.at)
	}
	return c.all, c.branches
}

// work plans the check-ins that come of an item somebody started: most go to Dev, urgent fixes to the latest
// release and from there to Main.
func (c *checkins) work(r *Revision) []checkin {
	if c.r.Float64() > 0.42 {
		return nil
	}
	who := c.w.People[r.Assigned]
	kind := c.w.Types[r.Type].Kind
	order := 2<<60 | uint64(r.Item)<<24 | uint64(r.Rev)<<8
	at := r.Changed
	var turns []checkin
	for i := range 1 + c.r.IntN(2) {
		at = c.w.working(who, at, 0.5+7*c.r.Float64())
		hot := kind == KindBug && r.Priority == 1
		turns = append(turns, checkin{at, order | uint64(i)<<2, func(at int64) { c.change(at, who, r.Item, hot) }})
		switch {
		case hot:
			turns = append(turns, checkin{at + 25*60_000, order | uint64(i)<<2 | 1, func(at int64) { c.mergeFix(at, who, r.Item) }})
		case c.r.Float64() < 0.03:
			turns = append(turns, checkin{c.w.working(who, at, 3), order | uint64(i)<<2 | 2, func(at int64) { c.rollBack(at, who, r.Item) }})
		}
	}
	return turns
}
