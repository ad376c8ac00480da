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
// stayed as it was, or the rows of a table of facts. Rows of intervals are ordered by item and time.
type segment struct {
	n      int
	vector []vector // those of items are empty in a segment of intervals
	from   instants // when a row of intervals begins; of items when they were changed last
	// completed is when an item last entered the category Completed, 0 unless it is in it; of items only.
	completed instants
	past      *timeline // of intervals only
}

// itemOf is the position of the row's item.
func (s *segment) itemOf(row int32) int32 {
	if s.past == nil {
		return row
	}
	return s.past.itemOf(row)
}

// items is what only items have: identity, creation and what has no history in memory.
type items struct {
	segment
	id           []int32
	created      instants
	firstStarted instants // first time in progress or resolved, 0 for never
	parent       []int32
	comments     []int32
	target       []dataset.Day // noDay when not set
	activated    []dataset.Day // likewise, and the next three
	resolved     []dataset.Day
	closed       []dataset.Day
	stateChanged []dataset.Day
	titles       titles
}

const noDay = dataset.Day(dataset.NoDay)

// bytes is what the segment takes in memory.
func (s *segment) bytes() int {
	n := s.from.bytes() + s.completed.bytes()
	if s.past != nil {
		n += s.past.bytes()
	}
	for i := range s.vector {
		n += s.vector[i].bytes()
	}
	return n
}

func (it *items) bytes() int {
	return it.segment.bytes() + 4*len(it.id) + it.created.bytes() + it.firstStarted.bytes() + 4*len(it.parent) +
		4*len(it.comments) + 4*len(it.target) + 16*len(it.activated) + it.titles.size()
}
