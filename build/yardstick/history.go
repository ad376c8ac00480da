package main

import (
	"math"
	"math/rand/v2"
)

// none is an hour field that is not set.
const none = -1

// revision is the state of an item from an instant on. Hours are in tenths.
type revision struct {
	at                            int64
	state, iteration              int
	assigned, changedBy           int32
	tagSet                        int32
	points, original, left, spent int32
}

// item is what never changes of an item in these worlds, and its revisions.
type item struct {
	id, project, typ, area int
	priority, severity     int
	createdBy              int32
	revisions              []revision
}

func (it *item) last() *revision { return &it.revisions[len(it.revisions)-1] }

// closed is when the item was completed, 0 when it is not. activated is when it first was in progress or
// resolved, 0 for never.
func (it *item) closed() int64 {
	at := int64(0)
	for i := len(it.revisions) - 1; i >= 0 && states[it.revisions[i].state].category == 4; i-- {
		at = it.revisions[i].at
	}
	return at
}

func (it *item) activated() int64 {
	for i := range it.revisions {
		if c := states[it.revisions[i].state].category; c == 2 || c == 3 {
			return it.revisions[i].at
		}
	}
	return 0
}

var points = []int32{1, 2, 3, 5, 8, 13}

// each visits every item in the order of ids, which is that of creation. The item is reused.
func (w *world) each(visit func(*item) error) error {
	it := &item{}
	for i := range w.items {
		w.makeItem(it, i)
		if err := visit(it); err != nil {
			return err
		}
	}
	return nil
}

// makeItem makes the history of one item from its own seed: about nine revisions, eleven of a hundred items open.
func (w *world) makeItem(it *item, i int) {
	r := rand.New(rand.NewPCG(uint64(i), 77))
	*it = item{id: i + 1, revisions: it.revisions[:0]}
	for x := r.Float64(); types[it.typ].share < x; {
		it.typ++
	}
	it.project = w.toProject.pick(r)
	it.area = w.areasOf[it.project][w.toArea[it.project].pick(r)]
	team := &w.teamOf[it.area]
	it.createdBy = team[w.toMember.pick(r)]
	it.priority = []int{1, 2, 2, 2, 2, 2, 2, 3, 3, 4}[r.IntN(10)]
	if it.typ == bugType {
		it.severity = []int{1, 2, 2, 3, 3, 3, 3, 3, 4, 4}[r.IntN(10)]
	}
	span := float64(today-firstDay) * millisADay
	created := int64(firstDay)*millisADay + int64(span*math.Pow((float64(i)+r.Float64())/float64(w.items), 0.7))
	flow := types[it.typ].flow
	v := revision{at: created, state: flow[0], iteration: w.sprintsOf[it.project][0] - 2, changedBy: it.createdBy, original: none, left: none, spent: none}
	if r.IntN(3) == 0 {
		v.tagSet = int32(1 + w.toTags.pick(r))
	}
	it.revisions = append(it.revisions, v)
	count := 2
	for count < 60 && r.Float64() < 0.872 {
		count++
	}
	stale, isRemoved := r.Float64() < 0.06, r.Float64() < 0.03
	step := math.Exp(math.Log(18)+r.NormFloat64()*1.1) * millisADay / float64(count)
	done, moves := 0, len(flow)-1
	for k := 2; k <= count; k++ {
		v.at += int64(min(step*r.ExpFloat64(), 900*millisADay)) + 1
		if v.at > now.UnixMilli() {
			break
		}
		v.changedBy = team[w.toMember.pick(r)]
		moves := done < moves && r.Float64() < float64(moves-done)/float64(count-k+1) && !(stale && done == moves-1)
		if moves {
			done++
			w.move(it, &v, flow[done], isRemoved, r)
		} else {
			w.edit(it, &v, r)
		}
		if v.state == 2 && v.assigned == 0 {
			v.assigned = team[w.toMember.pick(r)]
		}
		if v.state == 2 && w.iterations[v.iteration].first == 0 {
			v.iteration = w.sprintAt(it.project, v.at)
		}
		it.revisions = append(it.revisions, v)
	}
}

func (w *world) move(it *item, v *revision, state int, isRemoved bool, r *rand.Rand) {
	v.state = state
	switch state {
	case 2:
		if it.typ == bugType || types[it.typ].level == "task" {
			v.original = int32(10 * (1 + r.IntN(24)))
			v.left, v.spent = v.original, 0
		}
		if types[it.typ].name == "User Story" {
			v.points = points[r.IntN(len(points))]
		}
	case 5:
		if isRemoved {
			v.state = removed
		}
		if v.left > 0 {
			v.left, v.spent = 0, v.spent+v.left
		}
	}
}

func (w *world) edit(it *item, v *revision, r *rand.Rand) {
	switch r.IntN(6) {
	case 0:
		v.assigned = w.teamOf[it.area][w.toMember.pick(r)]
	case 1:
		v.iteration = w.sprintAt(it.project, v.at)
	case 2, 3:
		if v.left > 0 {
			x := int32(r.IntN(int(v.left) + 1))
			v.left, v.spent = v.left-x, v.spent+x
		}
	case 4:
		v.tagSet = int32(1 + w.toTags.pick(r))
	} // else a text that no visual shows
}

func (w *world) sprintAt(project int, at int64) int {
	sprints := w.sprintsOf[project]
	return sprints[min((int(at/millisADay)-firstDay)/sprintDays, len(sprints)-1)]
}

var words = []string{"login", "page", "fails", "when", "user", "saves", "report", "export", "grid", "slow", "support", "for", "field", "mapping", "sync", "service",
	"crash", "on", "startup", "timeout", "update", "cache", "refactor", "dashboard", "widget", "filter", "build", "agent", "pipeline", "release", "email", "template"}

// title appends a title of four to nine words.
func title(to []byte, id int) []byte {
	x := uint64(id)*0x9E3779B97F4A7C15 + 1
	for i := range 4 + int(x>>60)%6 {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		if i > 0 {
			to = append(to, ' ')
		}
		to = append(to, words[x%uint64(len(words))]...)
	}
	return to
}
