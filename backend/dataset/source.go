package dataset

import (
	"context"
	"math"
	"time"
)

// Source opens consistent readings of one stored dataset. It is implemented by package sqlite.
type Source interface {
	// Read opens a reading: everything it hands out is one generation. The caller closes it.
	Read(ctx context.Context) (Reading, error)
}

// Reading hands the stored rows to an engine. All small ids are those of the dataset file and hold for
// this reading only; 0 always means none.
type Reading interface {
	Generation() int64
	Info() Info
	Projects() []ProjectRow
	Areas() []NodeRow      // depth-first, so that a subtree is a range
	Iterations() []NodeRow // depth-first
	People() []PersonRow
	Teams() []TeamRow
	Types() []TypeRow   // one per project and type
	States() []StateRow // one per project, type and state that any revision uses or the process has
	Severities() []TextRow
	TagSets() []TagSetRow
	Repositories() []RepositoryRow
	Pipelines() []PipelineRow
	Boards() []BoardRow
	TeamBoards() []TeamBoardRow
	// Texts are what FactText means, of facts and of fields.
	Texts() []TextRow
	// Fields are the fields whose values ItemRow.Fields and, of those with History, RevisionRow.Fields carry.
	Fields() []FieldRow
	// FactTables lists the tables beside work items that the dataset loads; one without rows yet is listed too.
	FactTables() []FactTable
	// Facts hands out the rows of one such table. The row is reused between calls.
	Facts(table string, visit func(*FactRow) error) error
	// Items hands out the current state of every work item that is not deleted, ascending by id. The
	// row is reused between calls.
	Items(visit func(*ItemRow) error) error
	// Revisions hands out every revision of every work item that is not deleted now, ascending by id
	// and time; revisions in which the item was deleted are left out. The row is reused.
	Revisions(visit func(*RevisionRow) error) error
	Close() error
}

// Info is what the model needs to know of a dataset as a whole.
type Info struct {
	Name         string
	Organization string
	URL          string // base, for links to work items
	TimeZone     string // IANA name
	WeekStart    time.Weekday
	LastRefresh  time.Time
	Complete     bool // history was loaded whole at least once
	// Stamp is a text that no other state of this or any other dataset has; empty when that is not known.
	Stamp string
}

// ProjectRow is a project. EstimateField is 1 StoryPoints, 2 Effort, 3 Size, 0 unknown.
type ProjectRow struct {
	ID            int32
	GUID, Name    string
	Process       string // Agile, Scrum, CMMI, Basic or ""
	EstimateField int8
	Gone          bool
}

// NodeRow is an area or iteration. ID is the service's node id. Days count from 1970-01-01 in UTC,
// because sprint dates are calendar dates; NoDay when undated.
type NodeRow struct {
	ID, Parent       int32
	Project          int32
	Depth            int16
	Name, Path       string
	StartDay, EndDay int32
	Historical       bool // only revisions name it; the tree no longer has it
}

// NoDay marks an undated node.
const NoDay = math.MinInt32

// PersonRow is a person.
type PersonRow struct {
	ID            int32
	Name, Address string
	// Identity is the service's id of the person, which tells those without an address apart; empty when only rows
	// that do not know it name the person.
	Identity string
}

// TeamRow is a team with the node ids of the areas it owns (children already included) and of the
// iterations it selected.
type TeamRow struct {
	ID          int32
	Project     int32
	Name        string
	Areas       []int32
	Iterations  []int32
	WorkingDays [7]bool // by time.Weekday
}

// TypeRow is a work item type of a project.
type TypeRow struct {
	ID      int32
	Project int32
	Name    string
	Bug     bool
	// Level is "portfolio", "requirement", "task" or "".
	Level     string
	LevelName string
	LevelRank int32
}

// StateRow is a state of a type. Category is 0 unknown, 1 Proposed, 2 InProgress, 3 Resolved,
// 4 Completed, 5 Removed.
type StateRow struct {
	ID       int32
	Type     int32
	Name     string
	Category int8
	Order    int16
}

// TextRow is one entry of a dictionary of texts.
type TextRow struct {
	ID   int32
	Text string
}

// TagSetRow is a set of tags that occurs on a revision.
type TagSetRow struct {
	ID   int32
	Tags []string
}

// Facts are the fields that items and revisions share. Numbers are NaN when null.
type Facts struct {
	ID        int32 // work item
	Rev       int32
	Project   int32
	Type      int32
	State     int32
	Area      int32
	Iteration int32
	Assigned  int32
	Severity  int32
	TagSet    int32
	Board     int32
	Priority  float64

	StoryPoints, Effort, Size                      float64
	OriginalEstimate, RemainingWork, CompletedWork float64
}

// ItemRow is the current state of a work item. Times are milliseconds since 1970 UTC, 0 when not set.
type ItemRow struct {
	Facts
	Title                                 []byte
	Reason                                string
	CreatedBy, ChangedBy                  int32
	Created, Changed, Activated, Resolved int64
	Closed, StateChanged, Target          int64
	Parent                                int32
	Comments                              int32
	Fields                                []int64 // as FactRow.Values, one for each of Fields()
}

// RevisionRow is one revision: the item's facts from From until To (exclusive; Forever while current).
type RevisionRow struct {
	Facts
	From, To  int64 // milliseconds since 1970 UTC
	ChangedBy int32
	Fields    []int64 // as FactRow.Values, one for each of Fields() that has History, in their order
}

// Forever is the To of a revision that is current.
const Forever = math.MaxInt64
