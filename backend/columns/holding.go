package columns

import (
	word "math/bits"
	"slices"
)

// holding lists the intervals that end at the cut or later; with only set only those that began before it, which are the
// intervals that hold at it.
func (s *segment) holding(cal *calendar, cut int64, only bool) []int32 {
	switch d := &s.from.day.codes; {
	case d.b1 != nil:
		return holding(s, d.b1, cal, cut, only)
	case d.b2 != nil:
		return holding(s, d.b2, cal, cut, only)
	default:
		return holding(s, d.b4, cal, cut, only)
	}
}

func holding[C code](s *segment, days []C, cal *calendar, cut int64, only bool) []int32 {
	t := s.past
	begun, day := s.begun(cal, cut)
	rows := make([]int32, 0, len(t.ends)+s.n/8)
	for at := range t.latest {
		lo, hi := at*stretch, min((at+1)*stretch, s.n)
		switch {
		case t.latest[at] < day: // all began before the cut, so that only the last of each item has not ended
			for w := lo / 64; w*64 < hi; w++ {
				for left := t.last[w]; left != 0; left &= left - 1 {
					rows = append(rows, int32(w*64+word.TrailingZeros64(left)))
				}
			}
		case t.earliest[at] > day && only:
		default:
			rows = slices.Grow(rows, stretch)
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
			rows = rows[:k]
		}
	}
	return s.withGaps(rows, begun, cut, only)
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
