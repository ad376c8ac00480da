package columns

import "slices"

// positions are where the members of a group stand in a result.
type positions struct {
	dense  []int32 // of each member, counted from 1; nil when members are too many for how few are used
	sparse map[uint32]int32
	used   []uint32 // the members in their order
	ofRows bool     // each row has a member of its own, in the order of the rows: a row's position is the member's
}

// sparseShare: positions of members are looked up in a map when fewer than one in so many can be used.
const sparseShare = 16

// newPositions makes room for so many members of a range.
func newPositions(members, most int) positions {
	p := positions{used: make([]uint32, 0, min(members, most))}
	if members <= 1024+sparseShare*most {
		p.dense = make([]int32, members)
	} else {
		p.sparse = make(map[uint32]int32, most)
	}
	return p
}

// of is the position of a member; ok is false when it is not used.
func (p *positions) of(m uint32) (at int, ok bool) {
	if p.dense != nil {
		return int(p.dense[m]) - 1, p.dense[m] > 0
	}
	at1 := p.sparse[m]
	return int(at1) - 1, at1 > 0
}

func (p *positions) put(m uint32, at int) {
	if p.dense != nil {
		p.dense[m] = int32(at + 1)
	} else {
		p.sparse[m] = int32(at + 1)
	}
}

// use gives a member the next position unless it has one.
func (p *positions) use(m uint32) {
	if _, ok := p.of(m); !ok {
		p.put(m, len(p.used))
		p.used = append(p.used, m)
	}
}

// naturalOrder puts the members into the order of their column.
func (p *positions) naturalOrder() {
	if slices.IsSorted(p.used) {
		return
	}
	slices.Sort(p.used)
	for i, m := range p.used {
		p.put(m, i)
	}
}
