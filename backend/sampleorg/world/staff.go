package world

import (
	"math/rand/v2"
	"strings"
)

// staff hands the company's people to its teams.
type staff struct {
	next    int // the next person without a team
	support []*Person
}

// headcount is how many people the plans need: developers, and an owner and a tester for each delivery team.
func headcount(plans []plan) int {
	n := 4 // support
	for _, p := range plans {
		for _, t := range p.teams {
			if t.developers > 0 {
				n += t.developers + 2
			}
		}
	}
	return n
}

// recruit hires everybody the plans need, the four of support, and the program that writes build numbers.
func (w *World) recruit(plans []plan) *staff {
	w.People = append(w.People, nil)
	w.hire(headcount(plans))
	s := &staff{next: 1}
	for range 4 {
		// Support comes last, so that the people of the hand-made teams are the same in every size.
		s.support = append(s.support, w.People[len(w.People)-1-len(s.support)])
	}
	w.builds = w.enroll(strings.Fields(w.company.name)[0]+" Build Service (sample)", w.GUID("service", "build"), Service, 0)
	return s
}

func (s *staff) take(w *World) *Person {
	p := w.People[s.next]
	s.next++
	return p
}

// fill gives a team its people: those who deliver, or, for a team that only watches, a few of the project.
func (s *staff) fill(w *World, t *Team, tp teamPlan) {
	if tp.developers == 0 {
		t.Members = append(t.Members, w.Member())
		if len(t.Project.Teams) > 0 {
			for _, other := range t.Project.Teams {
				t.Members = appendNew(t.Members, other.Members)
			}
		}
		return
	}
	d := &delivery{weight: tp.weight, former: map[uint16]uint16{}}
	for _, entry := range tp.work {
		name, path, _ := strings.Cut(entry, ":")
		for i := range domains {
			if domains[i].name == name {
				d.work = append(d.work, beat{uint8(i), t.Project.area(path)})
			}
		}
	}
	for range tp.developers {
		d.devs = append(d.devs, s.take(w))
	}
	d.owner = s.take(w)
	d.testers = []*Person{s.take(w), s.support[t.Project.Index%len(s.support)]}
	for _, p := range d.devs {
		if p.Name == formerOf {
			before := w.enroll(p.Name, formerAddress, Guest, p.hours)
			d.former[p.index], d.changed = before.index, 240
		}
	}
	t.Members = append(append(append(t.Members, d.owner), d.devs...), d.testers...)
	t.delivery = d
	// The default team, made before the people were known, watches everybody.
	if first := t.Project.Teams; len(first) > 0 && first[0].delivery == nil {
		first[0].Members = appendNew(first[0].Members, t.Members)
	}
}

func appendNew(list, more []*Person) []*Person {
	for _, p := range more {
		seen := false
		for _, q := range list {
			seen = seen || p == q
		}
		if !seen {
			list = append(list, p)
		}
	}
	return list
}

// Member is the person the sample signs in as.
func (w *World) Member() *Person { return w.People[1] }

// as is the identity a person used on a day.
func (d *delivery) as(p *Person, day int) uint16 {
	if before, ok := d.former[p.index]; ok && day < d.changed {
		return before
	}
	return p.index
}

// favourite draws from a list with a Zipf skew: the first is asked far more often than the last.
func favourite(r *rand.Rand, n int) int {
	total := 0.0
	for i := range n {
		total += 1 / float64(i+1)
	}
	x := r.Float64() * total
	for i := range n {
		if x -= 1 / float64(i+1); x < 0 {
			return i
		}
	}
	return n - 1
}
