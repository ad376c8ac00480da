package world

import "fmt"

// chores plans what happens in a repository that belongs to no work item: the first push, small things, and
// the releases.
func (w *World) chores(r *Repository, people []*Person) []*effort {
	if r.plan.empty || len(people) == 0 || r.Created > w.Now {
		return nil
	}
	first := &effort{order: choreOrder, target: DefaultBranch, base: -1, author: people[0]}
	first.steps = []step{{at: r.Created + 40*60_000, do: importHistory, who: people[0]}}
	all := []*effort{first}
	number := uint64(r.Project.Index)<<8 | uint64(len(r.plan.name))
	opened := w.day(r.Created)
	for day := opened + 1; day <= w.day(w.Now); day++ {
		if w.idle(day) || r.plan.disabled != 0 && day > r.plan.disabled-30 {
			continue
		}
		n := mix(w.Seed<<40 ^ number<<20 ^ uint64(day) ^ uint64(r.plan.name[0])<<50)
		if float64(n%10_000)/10_000 >= r.plan.chores/5 {
			continue
		}
		who := people[n>>20%uint64(len(people))]
		if n>>40%3 == 0 {
			who = w.builds
		}
		at := w.DayStart(day) + (9-who.hours)*millisPerHour + int64(n>>16%uint64(7*millisPerHour))
		all = append(all, &effort{order: choreOrder | uint64(day)<<20, target: DefaultBranch, base: -1, author: who, steps: []step{{at: at, do: choreWork, who: who}}})
	}
	if r.plan.releases {
		all = append(all, w.releases(r, people, opened)...)
	}
	return all
}

// releases plans a branch for every release: cut a few days before the sprint ends, prepared in a hurry by
// several people, tagged on the last day and merged back. The two latest branches are kept.
func (w *World) releases(r *Repository, people []*Person, opened int) []*effort {
	var all []*effort
	for number := 1; ; number++ {
		last := r.Project.firstSprint() + number*sprintsPerRelease*sprintDays - 1
		cut := w.workday(last - 5)
		if w.DayStart(cut) > w.Now {
			return all
		}
		if cut <= opened+1 {
			continue
		}
		lead := people[0]
		noon := func(day int, hour float64) int64 {
			return w.DayStart(day) + int64((hour-float64(lead.hours))*millisPerHour)
		}
		e := &effort{order: releaseOrder | uint64(number)<<20, author: lead, branch: fmt.Sprintf("%srelease/%d", heads, number), target: DefaultBranch, base: -1}
		e.steps = []step{{at: noon(cut, 10.2), do: cutRelease, who: lead}}
		at := noon(cut, 11)
		for i := range 2 + mix(uint64(number)<<8|uint64(len(r.plan.name)))%3 {
			who := people[(int(i)+number)%len(people)]
			at = w.working(who, at, 2.5)
			e.steps = append(e.steps, step{at: at + int64(i)*61_000, do: prepareWork, who: who})
		}
		at = max(at+2*millisPerHour, noon(w.workday(last), 15))
		e.steps = append(e.steps, step{at: at, do: tagRelease, who: lead, text: fmt.Sprintf("%sv%d.0.0", tags, number)}, step{at: at + 11*60_000, do: mergeRelease, who: lead},
			step{at: at + 2*sprintsPerRelease*sprintDays*millisPerDay, do: dropRelease, who: lead})
		all = append(all, e)
	}
}

// workday is the day, or the next on which people work.
func (w *World) workday(day int) int {
	for w.idle(day) {
		day++
	}
	return day
}
