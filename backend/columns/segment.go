package columns

import "sightline/backend/dataset"

// The dictionary-coded columns that items and intervals share, and after firstOfItem those that only
// items have.
const (
	vKind = iota
	vTriage
	vArea
	vIteration
	vAssigned
	vTags
	vEstimate
	vHours
	vChangedBy
	vBoard
	firstOfItem
	vCreatedBy = iota - 1
	vReason
	vectors
)

// segment is a table in columns without pointers: the items as they are now, the intervals in which an item
// stayed as it was, or the rows of a table of facts. Rows of intervals are ordered by toDay, so that what still held on some day
// is a suffix.
type segment struct {
	n      int
	vector []vector  // those of items are empty in a segment of intervals
	item   []int32   // position of the item; nil where it is the row
	from   []int64   // of items: when it was changed last
	to     []int64   // intervals only; exclusive, forever while current
	toDay  dayColumn // intervals only
	// completed is when the row's item last entered the category Completed, 0 unless it is in it.
	completed    []int64
	completedDay dayColumn
	fromDay      dayColumn
}

// itemOf is the position of the row's item.
func (s *segment) itemOf(row int32) int32 {
	if s.item == nil {
		return row
	}
	return s.item[row]
}

// items is what only items have: identity, creation and what has no history in memory.
type items struct {
	segment
	id           []int32
	created      []int64
	createdDay   dayColumn
	firstStarted []int64 // first time in progress or resolved, 0 for never
	parent       []int32
	comments     []int32
	target       []dataset.Day // noDay when not set
	activated    []dataset.Day // likewise, and the next three
	resolved     []dataset.Day
	closed       []dataset.Day
	stateChanged []dataset.Day
	titles       titles
	// intervals lists the rows of each item's intervals in the order of time: those of item i are
	// intervals[intervalEnd[i-1]:intervalEnd[i]].
	intervals   []int32
	intervalEnd []int32
}

const noDay = dataset.Day(dataset.NoDay)

// history lists the rows of the intervals of one item, in the order of time.
func (it *items) history(i int32) []int32 {
	begin := int32(0)
	if i > 0 {
		begin = it.intervalEnd[i-1]
	}
	return it.intervals[begin:it.intervalEnd[i]]
}

// bytes is what the segment takes in memory.
func (s *segment) bytes() int {
	n := 4*len(s.item) + 8*len(s.from) + 8*len(s.to) + s.toDay.bytes() + 8*len(s.completed) + s.completedDay.bytes() + s.fromDay.bytes()
	for i := range s.vector {
		n += s.vector[i].bytes()
	}
	return n
}

func (it *items) bytes() int {
	return it.segment.bytes() + 4*len(it.id) + 8*len(it.created) + it.createdDay.bytes() + 8*len(it.firstStarted) + 4*len(it.parent) +
		4*len(it.comments) + 4*len(it.target) + 16*len(it.activated) + it.titles.size() + 4*len(it.intervals) + 4*len(it.intervalEnd)
}
