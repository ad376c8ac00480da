package columns

import (
	word "math/bits"
	"slices"
)

// holding lists the intervals that end at the cut or later; with only set only those that began before it, which are the
// intervals that hold at it. within are the rows that it looks at, some of which it need not leave out: the few that end before
// the next one begins.
func (s *segment) holding(cal *calendar, cut int64, only bool, within []rowSpan) []int32 {
	switch d := &s.from.day.codes; {
	case d.b1 != nil:
		return holding(s, d.b1, cal, cut, only, within)
	case d.b2 != nil:
		return holding(s, d.b2, cal, cut, only, within)
	default:
		return holding(s, d.b4, cal, cut, only, within)
	}
}

func holding[C code](s *segment, days []C, cal *calendar, cut int64, only bool, within []rowSpan) []int32 {
	t := s.past
	begun, day := s.begun(cal, cut)
	looked := 0
	for _, sp := range within {
		looked += int(sp.end - sp.lo)
	}
	rows := make([]int32, 0, min(looked, len(t.ends)+looked/8))
	for _, sp := range within {
		for lo := int(sp.lo); lo < int(sp.end); {
			at := lo / stretch
			hi := min((at+1)*stretch, int(sp.end))
			switch {
			case t.latest[at] < day: // all began before the cut, so that only the last of each item has not ended
				rows = t.lastOf(rows, lo, hi)
			case t.earliest[at] > day && only:
			default:
				rows = holdingOf(rows, s, days, begun, only, lo, hi)
			}
			lo = hi
		}
	}
	return s.withGaps(rows, begun, cut, only)
}

// lastOf adds the rows from lo to hi that are the last of their item.
func (t *timeline) lastOf(rows []int32, lo, hi int) []int32 {
	for w := lo / 64; w*64 < hi; w++ {
		left := t.last[w]
		if w == lo/64 {
			left &= ^uint64(0) << (lo % 64)
		}
		if hi < (w+1)*64 {
			left &= 1<<(hi%64) - 1
		}
		for ; left != 0; left &= left - 1 {
			rows = append(rows, int32(w*64+word.TrailingZeros64(left)))
		}
	}
	return rows
}

// holdingOf adds the rows from lo to hi that hold, without a branch on what is as good as random.
func holdingOf[C code](rows []int32, s *segment, days []C, begun *beginnings, only bool, lo, hi int) []int32 {
	t := s.past
	rows = slices.Grow(rows, hi-lo)
	k, room := len(rows), rows[:len(rows)+hi-lo]
	has := begun.of(s, int32(lo), uint32(days[lo]))
	for row := lo; row < hi; row++ {
		next := uint8(0)
		if row+1 < s.n {
			next = begun.of(s, int32(row+1), uint32(days[row+1]))
		}
		pass := 1 - next | uint8(t.last[row>>6]>>(row&63)&1)
		if only {
			pass &= has
		}
		room[k] = int32(row)
		k += int(pass)
		has = next
	}
	return rows[:k]
}

// withGaps takes away or adds the intervals that end before the next one begins.
func (s *segment) withGaps(rows []int32, begun *beginnings, cut int64, only bool) []int32 {
	t := s.past
	if len(t.gaps.rows) == 0 {
		return rows
	}
	out := slices.DeleteFunc(rows, func(row int32) bool {
		_, gap := t.gaps.of(row)
		return gap
	})
	for i, row := range t.gaps.rows {
		if t.gaps.at[i] >= cut && (!only || begun.of(s, row, s.from.day.codes.at(row)) == 1) {
			out = append(out, row)
		}
	}
	slices.Sort(out)
	return out
}

// beginnings tell which rows began before a cut: by their day, and on the day of the cut by the instant.
type beginnings struct {
	table []uint8 // of the codes of days; perhaps on the day of the cut
	cut   int64
}

const perhaps = 2

// begun also returns the code of the day of the cut.
func (s *segment) begun(cal *calendar, cut int64) (*beginnings, uint32) {
	day, from := cal.day(cut), &s.from.day
	b := &beginnings{table: make([]uint8, from.last+1), cut: cut}
	at := from.last
	for c := from.last; c > 0; c-- {
		switch d := from.dayOf(c); {
		case d < day:
			b.table[c] = 1
		case d == day && cal.start(day) != cut:
			b.table[c] = perhaps
		}
		if from.dayOf(c) >= day {
			at = c
		}
	}
	return b, at
}

func (b *beginnings) of(s *segment, row int32, day uint32) uint8 {
	has := b.table[day]
	if has == perhaps {
		has = uint8(boolInt(s.from.at(row) < b.cut))
	}
	return has
}
