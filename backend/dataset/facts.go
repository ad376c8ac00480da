package dataset

// FactKind says how a reading hands out a column of a fact table: always an int64, whose meaning it is.
type FactKind int8

// The kinds. A blank is 0 unless said otherwise.
const (
	FactID         FactKind = iota // a number of the service; a drill-through finds the row by it
	FactProject                    // ProjectRow.ID
	FactPerson                     // PersonRow.ID
	FactRepository                 // RepositoryRow.ID
	FactPipeline                   // PipelineRow.ID
	FactText                       // TextRow.ID of Texts
	FactTags                       // TagSetRow.ID; the row stands under each tag
	FactTitle                      // position in FactRow.Texts: a text of which nearly every row has its own
	FactInstant                    // milliseconds since 1970 UTC
	FactNumber                     // math.Float64bits; NaN is blank
	FactFlag                       // 1 no, 2 yes
	FactParent                     // FactID of a row of the table that FactParents names; 0 for none
)

// FactColumn is one stored column of a fact table. Columns that follow from it (the day of an instant, the
// weekday, a bucket of an age) are columns of the model, not of a reading.
type FactColumn struct {
	Name string // as the model names it where the model has it: "Result"
	Kind FactKind
}

// FactTable describes a table of events beside the work items: commits, pull requests, runs. It lists what
// a reading of the table hands out, in this order.
type FactTable struct {
	Table   string
	Columns []FactColumn
}

// Column is the position of the column, -1 when the table has none of that name.
func (t *FactTable) Column(name string) int {
	for i := range t.Columns {
		if t.Columns[i].Name == name {
			return i
		}
	}
	return -1
}

// FactRow is one row of a fact table: Values in the order of FactTable.Columns. It is reused between calls.
type FactRow struct {
	Values []int64
	Texts  [][]byte // of the columns of kind FactTitle, whose value is the position here
}

// RepositoryRow is a Git repository.
type RepositoryRow struct {
	ID            int32
	Project       int32
	Name          string
	DefaultBranch string // without refs/heads/
	Disabled      bool
	Gone          bool
}

// PipelineRow is a build definition or YAML pipeline; the service's id, not the name, tells two apart.
type PipelineRow struct {
	ID      int32
	Project int32
	Name    string
	Folder  string // \ for the root
	Gone    bool
}

// BoardRow is a place on a board as revisions name it.
type BoardRow struct {
	ID     int32
	Column string
	Lane   string
	Done   int8 // 0 not said, 1 doing, 2 done
}

// TeamBoardRow is a board of a team with its columns as they are now, in their order.
type TeamBoardRow struct {
	Team    int32 // TeamRow.ID
	Name    string
	Backlog string // name of the backlog level, such as Stories
	Columns []BoardColumn
	Lanes   []string
}

// BoardColumn is a column of a board. Kind is "incoming", "inProgress" or "outgoing".
type BoardColumn struct {
	Name string
	Kind string
}

// FieldRow is a field of work items that has no column of its own in Facts: a custom one, or a standard one
// such as Business Value. History is true when revisions carry it too; else only items do.
type FieldRow struct {
	Name          string
	ReferenceName string
	Kind          FactKind // FactText, FactPerson, FactInstant, FactNumber or FactFlag
	Custom        bool
	History       bool
}
