package columns

import (
	"slices"

	"sightline/backend/dataset"
)

// timeline is what a segment of intervals has instead of columns that follow from the order of its rows: those of an
// item stand together in the order of time, so that an interval ends where the next one begins, and an item was
// completed where its present run in that category began.
type timeline struct {
	ends []int32 // of each item, behind its last interval, which has no end
	// gaps are intervals that end before the next one begins: the item was deleted in between. completions are those
	// of rows whose run began at another time, which the service tells when earlier revisions are not here.
	gaps, completions exceptions

	firstItem []int32  // of the rows from 64 times the position on, whose item the first one is
	last      []uint64 // a bit for each row: it is the last of its item
	done      []uint8  // of each kind: 1 for the category Completed
	// earliest and latest are the codes of the first and of the last day on which an interval of a stretch of rows begins. Items
	// stand in the order of their creation, so that of the stretches of old ones hardly any is looked at for a recent day.
	earliest, latest []uint32
}

// stretch is how many rows have an earliest and a latest day: words of timeline.last.
const stretch = 8 * 64

// exceptions are instants of a few rows, in the order of the rows.
type exceptions struct {
	rows []int32
	at   []int64
}

func (e *exceptions) add(row int32, at int64) {
	e.rows, e.at = append(e.rows, row), append(e.at, at)
}

func (e *exceptions) of(row int32) (at int64, ok bool) {
	if len(e.rows) == 0 {
		return 0, false
	}
	i, ok := slices.BinarySearch(e.rows, row)
	if !ok {
		return 0, false
	}
	return e.at[i], true
}

// settle makes what follows from the rows and the ends of the items.
func (t *timeline) settle(s *segment, kinds []kind) {
	rows := s.n
	t.firstItem, t.last, t.done = make([]int32, rows/64+1), make([]uint64, rows/64+1), make([]uint8, len(kinds))
	item := int32(0)
	for word := range t.firstItem {
		for int(item) < len(t.ends)-1 && int(t.ends[item]) <= 64*word {
			item++
		}
		t.firstItem[word] = item
	}
	for _, end := range t.ends {
		t.last[(end-1)>>6] |= 1 << ((end - 1) & 63)
	}
	for c, k := range kinds {
		t.done[c] = uint8(boolInt(k.category == completed))
	}
	t.earliest, t.latest = make([]uint32, 0, rows/stretch+1), make([]uint32, 0, rows/stretch+1)
	for lo := 0; lo < rows; lo += stretch {
		earliest := s.from.day.codes.at(int32(lo))
		latest := earliest
		for row := lo; row < min(lo+stretch+1, rows); row++ { // with the row behind, whose beginning is an end here
			code := s.from.day.codes.at(int32(row))
			earliest, latest = min(earliest, code), max(latest, code)
		}
		t.earliest, t.latest = append(t.earliest, earliest), append(t.latest, latest)
	}
}

func (t *timeline) isLast(row int32) bool { return t.last[row>>6]>>(row&63)&1 == 1 }

func (t *timeline) itemOf(row int32) int32 {
	item := t.firstItem[row>>6]
	for t.ends[item] <= row {
		item++
	}
	return item
}

// rowsOf are the intervals of an item: from first on, before end.
func (t *timeline) rowsOf(item int32) (first, end int32) {
	if item > 0 {
		first = t.ends[item-1]
	}
	return first, t.ends[item]
}

func (t *timeline) bytes() int {
	return 4*len(t.ends) + 4*len(t.firstItem) + 8*len(t.last) + 8*len(t.latest) + 12*len(t.gaps.rows) + 12*len(t.completions.rows)
}

// endOf is the first instant at which the interval no longer holds; forever while it is current.
func (s *segment) endOf(row int32) int64 {
	if at, ok := s.past.gaps.of(row); ok {
		return at
	}
	if s.past.isLast(row) {
		return forever
	}
	return s.from.at(row + 1)
}

// endDay is the day of endOf.
func (s *segment) endDay(row int32, cal *calendar) dataset.Day {
	if at, ok := s.past.gaps.of(row); ok {
		return cal.day(at)
	}
	if s.past.isLast(row) {
		return dataset.LastDay
	}
	return s.from.day.at(row + 1)
}

// completedAt is when the row's item last entered the category Completed, 0 unless it is in it.
func (s *segment) completedAt(row int32) int64 {
	t := s.past
	if t == nil {
		return s.completed.at(row)
	}
	kinds := &s.vector[vKind]
	if t.done[kinds.at(row)] == 0 {
		return 0
	}
	if at, ok := t.completions.of(row); ok {
		return at
	}
	first, _ := t.rowsOf(t.itemOf(row))
	for row > first && t.done[kinds.at(row-1)] == 1 {
		row--
	}
	return s.from.at(row)
}
