package world

// Revision is the whole state of a work item after one change. It is kept small, because a large world
// has more than a million: indexes instead of strings, and numbers of revisions instead of dates and names.
type Revision struct {
	Changed   int64  // ms since the epoch
	Item      uint32 // work item id
	Watermark uint32 // position in the organization's history; one bulk edit shares one
	Parent    uint32 // parent's id as this revision knew it, 0 for none
	Rank      int32  // backlog order
	Rev       uint16
	Area      uint16 // index into World.Nodes
	Iteration uint16 // index into World.Nodes
	Assigned  uint16 // index into World.People, 0 for nobody
	ChangedBy uint16
	// The revision of this item that last entered the step, 0 for none. Its date and its author are that revision's.
	StateChanged, Activated, Resolved, Closed uint16
	Reviewed                                  uint16
	Tags                                      uint32 // one bit for each of Tags
	Comments                                  uint16
	FoundIn                                   uint16 // number of a build, 0 for none
	Integration                               uint16 // number of a build, 0 for none
	Target                                    int16  // target date in days since World.Since, -1 for none
	Begin                                     int16  // start date, likewise
	Estimate, Original, Remaining, Completed  int16  // in halves, -1 for none
	Business                                  int16  // -1 for none
	Flags                                     Flags
	Project                                   uint8 // index into World.Projects
	Type                                      uint8 // index into World.Types
	State                                     uint8 // index into the type's states
	Reason                                    Reason
	Column                                    uint8 // index into the process's board columns plus 1, 0 for none
	Priority                                  uint8 // 1..4, 0 for none
	Severity                                  uint8 // 1..4, 0 for none
	Activity                                  uint8 // index into Activities plus 1, 0 for none
	Value                                     uint8 // 1 Business, 2 Architectural, 0 none
	Risk                                      uint8 // 1..3, 0 for none
	Segment                                   uint8 // index into Segments plus 1, 0 for none
	Wording                                   uint8 // 0 for the title the item began with, else index into the later wordings plus 1
}

// Flags are the yes-or-no facts of a revision.
type Flags uint16

// The flags.
const (
	Deleted    Flags = 1 << iota // in the recycle bin
	WasDeleted                   // has been in the recycle bin and came back
	Commented                    // this revision added a comment
	ColumnDone                   // in the right half of a split board column
	Expedite                     // in the fast lane of the board
	Blocked                      // CMMI's Blocked is Yes
	Escalated                    // a customer escalated it
)

// Has reports whether all flags of f are set.
func (r *Revision) Has(f Flags) bool { return r.Flags&f == f }

// Tags are the tags people use, in the order the service lists them.
var Tags = []string{"accessibility", "api", "customer", "debt", "design", "documentation", "flaky", "hotfix", "launch-2.0", "localization", "needs-info", "performance", "privacy", "quick-win", "regression", "release-blocker", "security", "spring-sale", "support", "ux"}

// tag is the bit of a tag; an unknown one is a defect and stops at start.
func tag(name string) uint32 {
	for i, t := range Tags {
		if t == name {
			return 1 << i
		}
	}
	panic("world: no such tag: " + name)
}

// Activities are the values of Activity and, in CMMI, Discipline.
var Activities = []string{"Development", "Testing", "Design", "Documentation", "Deployment", "Requirements"}

// Segments are the values of the custom picklist Customer Segment.
var Segments = []string{"Consumer", "Small business", "Enterprise", "Public sector"}

// Severities are the values of Severity; 1 is the first.
var Severities = []string{"1 - Critical", "2 - High", "3 - Medium", "4 - Low"}

// Risks are the values of Risk; 1 is the first.
var Risks = []string{"1 - High", "2 - Medium", "3 - Low"}

// Reason is an index into Reasons.
type Reason uint8

// Reasons are the texts of System.Reason.
var Reasons = []string{
	"New", "Moved to state Active", "Implementation started", "Work started", "Moved to state Resolved", "Code complete and unit tests pass", "Fixed", "Verified", "Acceptance tests pass", "Completed",
	"Duplicate", "As Designed", "Cannot Reproduce", "Deferred", "Not fixed", "Test failed", "Regression", "Reactivated", "Removed from the backlog", "Cut", "Approved by the Product Owner", "Commitment made by the team", "Work finished",
	"Moved out of state Removed", "Investigate", "Acceptance test failed", "Moved to state In Review", "Moved to state Blocked", "Added to backlog", "Moved to state Done", "Moved to state Doing",
}

// reason finds a text of Reasons; an unknown one is a defect and stops at start.
func reason(text string) Reason {
	for i, r := range Reasons {
		if r == text {
			return Reason(i)
		}
	}
	panic("world: no such reason: " + text)
}

// LinkKind is an index into LinkTypes.
type LinkKind uint8

// The kinds of link that people make here.
const (
	HierarchyLink LinkKind = iota
	RelatedLink
	DependencyLink
	DuplicateLink
	TestedByLink
)

// LinkTypes are the reference names of the link kinds, without a direction.
var LinkTypes = []string{"System.LinkTypes.Hierarchy", "System.LinkTypes.Related", "System.LinkTypes.Dependency", "System.LinkTypes.Duplicate", "Microsoft.VSTS.Common.TestedBy"}

// Link is one change of a link. Source is the parent, the predecessor, the original or the tested item.
type Link struct {
	Changed   int64
	Source    uint32
	Target    uint32
	Watermark uint32
	By        uint16
	Kind      LinkKind
	Active    bool
	// Stale marks a link that was replaced although no removal was ever told: after some re-parents the
	// feed of the real service shows both the old and the new parent as active.
	Stale bool
}

// Item is what does not change from revision to revision.
type Item struct {
	Title  string
	First  uint32 // position of its first revision
	Count  uint16 // number of revisions; 0 when it was destroyed
	Parent uint32 // the parent now, which a revision may not know yet
	topic  topic
}
