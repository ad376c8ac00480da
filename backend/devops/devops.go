// Package devops is the vocabulary of Azure DevOps with its rules: names, patterns, paths, states,
// revisions. It holds no transport and no storage; every other package speaks in its terms.
//
// Times are instants in UTC. A zero time means "not known" or "not yet". Numbers that may be missing
// are pointers, because a missing estimate is not an estimate of 0.
package devops

import "time"

// Process is one of the four system processes, found by walking an inherited process to its root.
type Process string

// The system processes. ProcessUnknown is a hosted XML process without a system root.
const (
	ProcessAgile   Process = "Agile"
	ProcessScrum   Process = "Scrum"
	ProcessCMMI    Process = "CMMI"
	ProcessBasic   Process = "Basic"
	ProcessUnknown Process = ""
)

// SystemProcess maps the well-known process ids of Azure DevOps to the process.
// Source: azure-devops-cli-extension recordings; the ids are the same in every organization.
var SystemProcess = map[string]Process{
	"adcc42ab-9882-485e-a3ed-7678f01f66bc": ProcessAgile,
	"6b724908-ef14-45cf-84f8-768b5384da45": ProcessScrum,
	"27450541-8e31-4150-9947-dc59f998fc01": ProcessCMMI,
	"b8a3a935-7e91-48b8-a94c-606d37c3e9f2": ProcessBasic,
}

// Project is one project of an organization. ID is its GUID and survives a rename.
type Project struct {
	ID          string
	Name        string
	Description string
	State       string // wellFormed, …
	Visibility  string // private, organization, public
	LastUpdate  time.Time
	ProcessID   string  // GUID of the (possibly inherited) process
	ProcessName string  // its name as the organization shows it
	Process     Process // its system root
	TFVC        bool
	Git         bool
	DefaultTeam string // GUID
	Gone        bool   // matched before, but no longer listed or readable
}

// Person is an identity of the organization, keyed by ID (GUID). Name and address may change.
type Person struct {
	ID         string
	Name       string
	UniqueName string // the address, or DOMAIN\user on a Server
	Descriptor string
}

// Team is a team of a project with the settings that reports need.
type Team struct {
	ID             string
	ProjectID      string
	Name           string
	Description    string
	WorkingDays    []string // monday … sunday
	BugsBehavior   string   // off, asTasks, asRequirements
	BacklogPath    string   // iteration path of the backlog
	Areas          []TeamArea
	IterationIDs   []string // identifiers (GUID) of the iterations the team selected
	DefaultAreaPth string
}

// TeamArea is one area a team owns.
type TeamArea struct {
	Path            string
	IncludeChildren bool
}

// NodeKind says which of the two trees a classification node belongs to.
type NodeKind string

// The two trees.
const (
	AreaNode      NodeKind = "area"
	IterationNode NodeKind = "iteration"
)

// Node is an area or an iteration. ID joins System.AreaId and System.IterationId.
type Node struct {
	ID         int
	Identifier string // GUID; joins team iterations
	ProjectID  string
	Kind       NodeKind
	ParentID   int // 0 for a root
	Name       string
	Path       string    // as work items spell it: Project\Sprint 1 (without the Area or Iteration segment)
	Depth      int       // 0 for a root
	Start      time.Time // iterations only; midnight UTC of the first day
	Finish     time.Time // iterations only; midnight UTC of the last day, which is included
}

// Field is a work item field of the organization or a project.
type Field struct {
	ReferenceName string
	Name          string
	Type          string // string, integer, double, dateTime, html, treePath, identity, boolean, picklist…
	IsIdentity    bool
	IsPicklist    bool
	Custom        bool // neither System.* nor Microsoft.VSTS.*
}

// WorkItemType is a type of a project with its states.
type WorkItemType struct {
	ProjectID     string
	Name          string
	ReferenceName string
	Color         string
	Disabled      bool
	States        []State // in workflow order
	// BacklogID is the level the type stands on: Microsoft.EpicCategory, Microsoft.RequirementCategory, … or "".
	BacklogID   string
	BacklogName string // Epics, Stories, Tasks, …
	BacklogRank int    // as the service ranks levels; larger is higher
	BacklogKind BacklogKind
	Bug         bool // in Microsoft.BugCategory
}

// BacklogKind is the role of a backlog level, which reports use instead of type names.
type BacklogKind string

// The backlog kinds.
const (
	PortfolioBacklog   BacklogKind = "portfolio"
	RequirementBacklog BacklogKind = "requirement"
	TaskBacklog        BacklogKind = "task"
	NoBacklog          BacklogKind = ""
)

// State is one state of one work item type of one project.
type State struct {
	Name     string
	Color    string
	Category StateCategory
	Order    int // position in the workflow, from 0
}

// StateCategory is what a state means, whatever a process calls it.
type StateCategory string

// The five categories in their own order. Unknown stands for a state that the process no longer has.
const (
	Proposed        StateCategory = "Proposed"
	InProgress      StateCategory = "InProgress"
	Resolved        StateCategory = "Resolved"
	Completed       StateCategory = "Completed"
	Removed         StateCategory = "Removed"
	UnknownCategory StateCategory = ""
)

// StateCategories lists the categories in their own order.
var StateCategories = []StateCategory{Proposed, InProgress, Resolved, Completed, Removed}

// Open reports whether an item in this category still is work to do.
func (c StateCategory) Open() bool { return c == Proposed || c == InProgress || c == Resolved }

// BacklogFields names the fields that play a role in a project's process.
type BacklogFields struct {
	ProjectID     string
	Effort        string // reference name: StoryPoints, Effort or Size
	RemainingWork string
	Order         string
	Activity      string
}

// Revision is one revision of one work item: the whole state of its reportable fields at that time.
// It is valid from Changed until the next revision's Changed.
type Revision struct {
	ID          int
	Rev         int
	ProjectID   string // resolved from System.TeamProject
	ProjectName string // as the revision spells it
	Type        string
	State       string
	Reason      string
	Title       string
	AreaID      int
	AreaPath    string
	IterationID int
	Iteration   string // path
	Changed     time.Time
	Revised     time.Time // zero while current (the service's 9999-01-01)
	Created     time.Time
	ChangedBy   Person
	CreatedBy   Person
	AssignedTo  Person // zero Person when unassigned
	Tags        []string
	Deleted     bool
	Comments    int
	Parent      int // 0 when unknown or none
	Watermark   int64

	Priority         *float64
	Severity         string
	StackRank        *float64
	StoryPoints      *float64
	Effort           *float64
	Size             *float64
	OriginalEstimate *float64
	RemainingWork    *float64
	CompletedWork    *float64
	BusinessValue    *float64
	ValueArea        string
	Activity         string
	Activated        time.Time
	ResolvedDate     time.Time
	Closed           time.Time
	StateChanged     time.Time
	TargetDate       time.Time
	StartDate        time.Time
	FinishDate       time.Time
	BoardColumn      string
	BoardColumnDone  *bool
	BoardLane        string

	// Other holds every other reportable field by reference name, custom ones included:
	// string, float64, bool, time.Time or Person.
	Other map[string]any
}

// RevisionSpan says which revisions of one work item are held: from First to Last, Held of them.
type RevisionSpan struct {
	ID, First, Last, Held int
}

// Link is one link between two work items as the reporting feed tells it; the newest per
// (Type, Source, Target) stands. Source is the parent of a hierarchy link.
type Link struct {
	Type    string // System.LinkTypes.Hierarchy, System.LinkTypes.Related, …
	Source  int
	Target  int
	Changed time.Time
	Active  bool
}

// HierarchyLink is the link type of parent and child.
const HierarchyLink = "System.LinkTypes.Hierarchy"

// Cursor says how far a feed was read. The token is the service's and opaque.
type Cursor struct {
	Feed  string // "revisions", "links", "builds", …
	Scope string // project GUID, repository GUID, or "" for the organization
	Token string
	Done  bool // the first load of this feed reached its end
}
