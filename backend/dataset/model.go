// Package dataset is the semantic model: the tables, columns, measures and relationships that a person
// sees, and the typed Query and Result that every engine, report, verb and page speak. It holds no
// storage and no SQL; an Engine answers queries from what a Source hands it.
package dataset

// Model describes everything a query may name. It is data: names, units, formats and the M-numbers
// of the measures as reports.md defines them.
type Model struct {
	Name          string         `json:"name"`
	TimeZone      string         `json:"timeZone"`  // IANA name; every day is a day of this zone
	WeekStart     string         `json:"weekStart"` // English name of the day that weeks start on
	Tables        []Table        `json:"tables"`
	Measures      []Measure      `json:"measures"`
	Relationships []Relationship `json:"relationships"`
}

// Table groups columns. Name is unique in the model.
type Table struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Columns     []Column `json:"columns"`
}

// ColumnType is the type of the values of a column.
type ColumnType string

// The column types. Date is a day (2026-11-18), DateTime an instant in RFC 3339.
const (
	Text     ColumnType = "text"
	Integer  ColumnType = "integer"
	Number   ColumnType = "number"
	Date     ColumnType = "date"
	DateTime ColumnType = "dateTime"
	Boolean  ColumnType = "boolean"
)

// Role says what a column means, so that a visual can colour, sort and link without knowing its name.
type Role string

// The roles.
const (
	RoleNone          Role = ""
	RoleStateCategory Role = "stateCategory"
	RoleState         Role = "state" // its members carry a Category
	RolePriority      Role = "priority"
	RoleSeverity      Role = "severity"
	RolePerson        Role = "person"
	RoleProject       Role = "project"
	RoleArea          Role = "area"
	RoleIteration     Role = "iteration"
	RoleTeam          Role = "team"
	RoleWorkItemID    Role = "workItemId"
	RoleWorkItemType  Role = "workItemType"
	RoleTitle         Role = "title"
	RoleDate          Role = "date"
	RoleBucket        Role = "bucket" // ordered bins, such as the age of an item
)

// Column is one column of a table. A FieldRef names it.
type Column struct {
	Table       string     `json:"table"`
	Name        string     `json:"name"`
	Synonyms    []string   `json:"synonyms,omitempty"` // other names a query or a question may use
	Type        ColumnType `json:"type"`
	Role        Role       `json:"role,omitempty"`
	Description string     `json:"description"`
	Folder      string     `json:"folder,omitempty"`
	Format      string     `json:"format,omitempty"` // see Measure.Format
	Unit        string     `json:"unit,omitempty"`
	SortBy      string     `json:"sortBy,omitempty"` // what orders its members, in words: "workflow order"
	Field       string     `json:"field,omitempty"`  // reference name in Azure DevOps, for columns that mirror one
	Custom      bool       `json:"custom,omitempty"`
	Groupable   bool       `json:"groupable"`  // may stand in rows and columns
	Filterable  bool       `json:"filterable"` // may stand in filters
	Summable    bool       `json:"summable"`   // may be aggregated in values
	// Many is true when one row stands under several members, which therefore do not sum to the total.
	Many bool `json:"many,omitempty"`
}

// Ref is the reference of the column: Work items[State].
func (c Column) Ref() FieldRef { return FieldRef(c.Table + "[" + c.Name + "]") }

// Direction says whether a rise of a measure is good news.
type Direction string

// The directions.
const (
	Neutral    Direction = "neutral"
	UpIsWorse  Direction = "upIsWorse"
	UpIsBetter Direction = "upIsBetter"
)

// Measure is one measure of the model.
type Measure struct {
	Name        string   `json:"name"`
	Synonyms    []string `json:"synonyms,omitempty"` // other names a query or a question may use
	Number      string   `json:"number,omitempty"`   // M1 … M44 of the measure list; empty for one of ours
	Table       string   `json:"table"`
	Description string   `json:"description"`
	Formula     string   `json:"formula"` // in words, with its source
	Unit        string   `json:"unit,omitempty"`
	// Format is one of: integer, decimal1, decimal2, percent, days, hours, duration, date. The value of a
	// percent is a ratio: 0.8 reads 80 %; that of a date counts days since 1970-01-01.
	Format    string    `json:"format"`
	Additive  bool      `json:"additive"` // the parts of a split sum to the whole
	Direction Direction `json:"direction"`
	// OverTime says how the measure behaves with Dates[Date] in rows or columns: "asOf" is the state
	// at the end of each period, "events" what happened in it, "" means it cannot be put on dates.
	OverTime string `json:"overTime,omitempty"`
	Folder   string `json:"folder,omitempty"`
}

// Relationship is directed: From is the side of the many rows, so a filter or group on To's table reaches
// the rows of From's table, and not the other way. Model.Reaches follows relationships over any number of steps.
type Relationship struct {
	From       FieldRef `json:"from"`
	To         FieldRef `json:"to"`
	ManyToMany bool     `json:"manyToMany,omitempty"`
}
