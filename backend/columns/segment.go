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
	parent       vector   // the id of the parent, 0 for none
	comments     vector   // how many
	target       dayColumn
	activated    dayColumn
	resolved     dayColumn
	closed       dayColumn
	stateChanged dayColumn
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

// bytes is what the items take in memory beside their titles.
func (it *items) bytes() int {
	n := it.segment.bytes() + 4*len(it.id) + it.created.bytes() + it.firstStarted.bytes() + it.parent.bytes() + it.comments.bytes()
	for _, days := range it.dates() {
		n += days.bytes()
	}
	return n
}

// dates are the days that have no history in memory.
func (it *items) dates() [5]*dayColumn {
	return [5]*dayColumn{&it.target, &it.activated, &it.resolved, &it.closed, &it.stateChanged}
}
