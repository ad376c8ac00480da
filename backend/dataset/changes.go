package dataset

// ChangesQuery asks why a number of work items differs between two times, item by item.
type ChangesQuery struct {
	// Value is a count or a sum of work items that is a state, such as Open bugs or Remaining estimate.
	Value   Value        `json:"value"`
	Filters []Filter     `json:"filters,omitempty"`
	From    string       `json:"from"` // a day or an instant, as Query.AsOf
	To      string       `json:"to,omitempty"`
	Define  []Definition `json:"define,omitempty"`
}

// ChangeKind is a reason for which an item adds to a number, or does not add to it any more.
type ChangeKind string

// The reasons. An item has one: what happened to its life comes before where it went, and that before what it
// was estimated at.
const (
	ChangeCreated     ChangeKind = "created"
	ChangeCompleted   ChangeKind = "completed"
	ChangeReopened    ChangeKind = "reopened"
	ChangeRemoved     ChangeKind = "removed"
	ChangeRestored    ChangeKind = "restored"  // from Removed
	ChangeState       ChangeKind = "state"     // another state that the number counts, or does not
	ChangeMovedIn     ChangeKind = "movedIn"   // by ChangePart.Field
	ChangeMovedOut    ChangeKind = "movedOut"  // by ChangePart.Field
	ChangeReestimated ChangeKind = "estimated" // it adds another amount
)

// ChangeKinds are the reasons in the order in which they are told.
var ChangeKinds = []ChangeKind{ChangeCreated, ChangeReopened, ChangeRestored, ChangeCompleted, ChangeRemoved, ChangeState, ChangeMovedIn, ChangeMovedOut, ChangeReestimated}

// Changes explains a difference. The deltas of the parts add up to After - Before.
type Changes struct {
	Value      ValueInfo    `json:"value"`
	From       string       `json:"from"` // instants, RFC 3339
	To         string       `json:"to"`
	Before     *float64     `json:"before"` // totals; null when nothing was in scope
	After      *float64     `json:"after"`
	Parts      []ChangePart `json:"parts"`
	Generation int64        `json:"generation"`
	Notes      []string     `json:"notes,omitempty"`
}

// ChangePart is one reason with the items that it holds for, by number.
type ChangePart struct {
	Kind  ChangeKind   `json:"kind"`
	Field FieldRef     `json:"field,omitempty"` // of movedIn, movedOut and state: the column that changed
	Delta float64      `json:"delta"`
	Items []ItemChange `json:"items"`
}

// ItemChange is what one work item added before and adds after; null where it added nothing.
type ItemChange struct {
	ID     int32    `json:"id"`
	Title  string   `json:"title"`
	Before *float64 `json:"before"`
	After  *float64 `json:"after"`
	Was    string   `json:"was,omitempty"` // the part's field at the two times, as a person reads it
	Is     string   `json:"is,omitempty"`
}
