package devops

import "time"

// Board is a team's board of one backlog level, keyed by (TeamID, ID).
type Board struct {
	TeamID    string
	ID        string // GUID
	Name      string // Stories, Features, …
	BacklogID string // Microsoft.RequirementCategory, …; "" when not known
	// The fields of a work item that say where on this board it stands: WEF_…_Kanban.Column, ….Column.Done
	// and ….Lane.
	ColumnField string
	DoneField   string
	LaneField   string
	Columns     []BoardColumn // in their order
	Lanes       []BoardLane
}

// BoardColumn is one column of a board.
type BoardColumn struct {
	ID          string
	Name        string
	Kind        string // incoming, inProgress, outgoing
	ItemLimit   int    // 0: none
	Split       bool   // into Doing and Done
	Description string
	States      map[string]string // work item type → state
}

// BoardLane is one swim lane; the default lane has no name.
type BoardLane struct {
	ID   string
	Name string
}

// Capacity is what one person of a team can do in one iteration, keyed by (TeamID, IterationID, person,
// activity).
type Capacity struct {
	TeamID      string
	IterationID string // identifier (GUID)
	Person      Person
	Activity    string  // "" when the person has none
	PerDay      float64 // hours
}

// DaysOff is a range of days on which a person, or the whole team, does not work in an iteration.
type DaysOff struct {
	TeamID      string
	IterationID string
	PersonID    string    // "" for the whole team
	Start       time.Time // midnight UTC of the first day
	End         time.Time // midnight UTC of the last day, which is included
}
