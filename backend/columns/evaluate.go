package columns

import (
	"math"

	"sightline/backend/dataset"
)

// leaf computes a value over rows in one cell, or its highlighted part.
func (t *table) leaf(value int, slot uint32, period int, part bool) answer {
	p := t.p
	v := &p.values[value]
	all := t.values[value]
	if part {
		all = t.parts[value]
	}
	frac := p.endFrac
	if t.onAxis {
		if period >= len(p.axis.cuts) && !v.future {
			return nothing
		}
		if v.days != nil && v.bases[0].timing.state() && !v.days.holds(p.axis.periods[period].last) {
			return nothing // a state stands at the end of the period, and that day is filtered out
		}
		if p.axis.fracs != nil {
			frac = p.axis.fracs[period]
		}
	}
	cells := t.cellsRoom[:0]
	for i := range all {
		s := &all[i]
		if s.missing {
			return nothing
		}
		at := int(slot)
		if s.periods != 1 || t.onAxis && p.values[value].bases[i].timing != atStart {
			at += period * t.groups
		}
		var c cell
		if int(slot) < t.groups && at < len(s.cells) {
			c = s.cells[at]
		}
		cells = append(cells, c)
	}
	t.cellsRoom = cells
	if v.finishAt != nil {
		return v.finishAt(cells, p.pointAt(v, t.onAxis, period))
	}
	return v.finish(cells, frac)
}

// present reports whether any value has something to show in the group, at any period.
func (t *table) present(slot uint32) bool {
	for at := range t.steps() {
		if t.presentAt(slot, at) {
			return true
		}
	}
	return false
}

func (t *table) presentAt(slot uint32, period int) bool {
	for v := range t.p.asked {
		if !t.evaluate(v, slot, period, false).empty {
			return true
		}
	}
	return false
}

// steps is the number of periods of the table, those to come included.
func (t *table) steps() int {
	if t.onAxis {
		return len(t.p.axis.periods)
	}
	return 1
}

// blank reports whether a result carries null: NaN and infinity never leave the engine.
func (a answer) blank() bool { return a.null || math.IsNaN(a.x) || math.IsInf(a.x, 0) }

// numbersRoom is where the rows of a result are written: many at a time, because a list can have many thousands.
type numbersRoom struct {
	values   []float64
	pointers []*float64
	keys     []int
}

// roomAtOnce is how many numbers room is made for.
const roomAtOnce = 128

// pointer is a number as a result carries it.
func (r *numbersRoom) pointer(a answer) *float64 {
	if a.blank() {
		return nil
	}
	if len(r.values) == cap(r.values) {
		r.values = make([]float64, 0, roomAtOnce)
	}
	r.values = append(r.values, a.x)
	return &r.values[len(r.values)-1]
}

// cut takes n from the room, which is made when there is less. It is never nil, which would be null in JSON.
func cut[T any](room *[]T, n int) []T {
	if len(*room) < n || *room == nil {
		*room = make([]T, max(n, roomAtOnce))
	}
	out := (*room)[:n:n]
	*room = (*room)[n:]
	return out
}

// reserve makes room for so many rows of so many groups and values.
func (r *numbersRoom) reserve(rows, groups, values int, parts bool) {
	if parts {
		values *= 2
	}
	r.values, r.pointers, r.keys = make([]float64, 0, rows*values), make([]*float64, rows*values), make([]int, rows*groups)
}

// row evaluates every value of the query in one cell.
func (t *table) row(slot uint32, period int) dataset.Row {
	r := dataset.Row{Keys: []int{}}
	t.setRow(&r, slot, period)
	return r
}

// setRow writes every value of the query in one cell.
func (t *table) setRow(r *dataset.Row, slot uint32, period int) {
	n := len(t.p.r.Values)
	room := &t.p.room
	r.Values = cut(&room.pointers, n)
	for v := range r.Values {
		r.Values[v] = room.pointer(t.evaluate(v, slot, period, false))
	}
	if !t.p.r.Highlighted {
		return
	}
	r.Parts = cut(&room.pointers, n)
	for v := range r.Parts {
		r.Parts[v] = room.pointer(t.evaluate(v, slot, period, true))
	}
}

// tuple is one combination of members in a table: a group at a period.
type tuple struct {
	slot   uint32
	period int32
	// ordinals are the members in the query's rows, or in its rows and columns.
	ordinals []uint32
}

// maxListed is how many cells of a date axis are listed whether they hold something or not.
const maxListed = 50_000

func countTrue(flags []bool) (n int) {
	for _, f := range flags {
		n += boolInt(f)
	}
	return n
}

// tuples lists the combinations of the table that a result shows; dims are the positions whose members
// they carry.
func (t *table) tuples(dims []int) []tuple {
	if t.list != nil {
		return t.listTuples(dims)
	}
	shown := make([]uint32, 0, countTrue(t.touched))
	for slot := range t.groups {
		if t.shows(uint32(slot)) {
			shown = append(shown, uint32(slot))
		}
	}
	sparse := t.onAxis && len(shown)*t.steps() > maxListed
	most := len(shown)
	if !sparse {
		most *= t.steps()
	}
	out, room := make([]tuple, 0, most), make([]uint32, most*len(dims))
	for _, slot := range shown {
		for at := range t.steps() {
			if sparse && !t.presentAt(slot, at) {
				continue
			}
			tu := tuple{slot: slot, period: int32(at), ordinals: cut(&room, len(dims))}
			for i, d := range dims {
				tu.ordinals[i] = t.member(&tu, d)
			}
			out = append(out, tu)
		}
	}
	return out
}

// member is the member of the tuple in one of the query's dims.
func (t *table) member(tu *tuple, dim int) uint32 {
	if dim == t.p.dated {
		return uint32(tu.period)
	}
	for i, d := range t.dims {
		if d == dim {
			return t.ordinal(tu.slot, i)
		}
	}
	return 0
}

func (t *table) shows(slot uint32) bool {
	if len(t.dims) == 0 {
		return true // the total, and every period of a date axis that stands alone
	}
	if len(t.dims) == 1 && !t.onAxis && t.dense && !t.isDetail() {
		if shown := t.p.dims[t.dims[0]].shown; t.dims[0] == 0 && int(slot) < len(shown) && shown[slot] {
			return true
		}
	}
	return int(slot) < len(t.touched) && t.touched[slot] && t.present(slot)
}
