// Package report holds the documents a person looks at (report → page → visual, dashboard → tile) and
// turns a visual plus the state of its page (slicers, selection, as-of day) into a dataset.Query.
// Documents are versioned JSON; the default pages are JSON files of this package.
package report

import "sightline/backend/dataset"

// Version is the version of the documents this package writes. It reads every older one.
const Version = 2

// Report is a set of pages over one dataset.
type Report struct {
	Version int    `json:"version"`
	Name    string `json:"name"`
	Pages   []Page `json:"pages"`
	// Measures are those that a person defined; every visual of the report may name them.
	Measures []dataset.Definition `json:"measures,omitempty"`
	// Cards hold for all pages.
	Cards []FilterCard `json:"cards,omitempty"`
}

// Page is one page: slicers above, visuals on a grid of 12 columns. Filters hold for every visual.
type Page struct {
	ID       string `json:"id"`
	Name     string `json:"name"` // on the tab
	Title    string `json:"title"`
	Subtitle string `json:"subtitle,omitempty"`
	// Noun and Count are what the page counts, for restatements: "open bugs" and the measure Open bugs.
	Noun    string           `json:"noun,omitempty"`
	Count   string           `json:"count,omitempty"`
	Slicers []Slicer         `json:"slicers"`
	Filters []dataset.Filter `json:"filters,omitempty"`
	// Cards are the filters of the page that a reader may change; Filters stay as they are.
	Cards   []FilterCard `json:"cards,omitempty"`
	Visuals []Visual     `json:"visuals"`
	// When says which data the page is about; without it the page is absent.
	When *When `json:"when,omitempty"`
	// Hidden pages keep their place and have no tab.
	Hidden bool `json:"hidden,omitempty"`
	// TimeTravel gives the page its control for the past: all of it is about work items.
	TimeTravel bool `json:"timeTravel,omitempty"`

	measures []dataset.Definition // of the report, once Report.Page found the page
	cards    []FilterCard         // of the report, likewise
	model    *dataset.Model       // once Page.Over said it
}

// When is a condition on the dataset. Every part that is set must hold.
type When struct {
	Tables    []string           `json:"tables,omitempty"`    // each has rows
	Processes []string           `json:"processes,omitempty"` // one of them occurs; inherited ones count as their base
	Columns   []dataset.FieldRef `json:"columns,omitempty"`   // each exists and is not blank everywhere
}

// FilterCard is one card of the Filters pane: a column with what the author chose, which a reader may change.
type FilterCard struct {
	ID      string           `json:"id"`
	Title   string           `json:"title,omitempty"` // empty: the name of the column
	Field   dataset.FieldRef `json:"field"`
	Filters []dataset.Filter `json:"filters,omitempty"` // all hold; none is (All)
	Locked  bool             `json:"locked,omitempty"`  // shown, not changed
	Hidden  bool             `json:"hidden,omitempty"`  // not shown
}

// Slicer lets a person pick members of one column for the whole page.
type Slicer struct {
	ID    string           `json:"id"`
	Title string           `json:"title"`
	Field dataset.FieldRef `json:"field"`
	Op    dataset.Op       `json:"op,omitempty"` // in (default) or under, for trees
	// Kind is how members are picked; empty is a drop-down. What is picked is a list of members, for between the two
	// ends (null: open), for relative the operator, the count and the unit: "last", 30, "day".
	Kind SlicerKind `json:"kind,omitempty"`
	// Single lets one member be picked at a time.
	Single bool `json:"single,omitempty"`
	// Default holds until a reader picks something else; "current" picks the current sprint.
	Default *dataset.Filter `json:"default,omitempty"`
}

// SlicerKind is how the members of a slicer are picked.
type SlicerKind string

// The kinds of slicers.
const (
	DropDown SlicerKind = "dropDown"
	ListOf   SlicerKind = "list"
	Range    SlicerKind = "between"
	Relative SlicerKind = "relative"
)

// VisualType names a kind of drawing.
type VisualType string

// The visual types. Bar lies, column stands; the first group is the axis, a column group the legend
// (stacked). Burndown takes Remaining, Total scope and Ideal trend by day.
const (
	Card     VisualType = "card"
	Bar      VisualType = "bar"
	Column   VisualType = "column"
	Line     VisualType = "line"
	Area     VisualType = "area" // stacked
	Donut    VisualType = "donut"
	Table    VisualType = "table"
	Matrix   VisualType = "matrix"
	Burndown VisualType = "burndown"
	Combo    VisualType = "combo" // first value columns, the rest lines

	Pie VisualType = "pie"
	// Velocity takes Planned, Completed, Completed late, Incomplete by sprint (M21–M25).
	Velocity VisualType = "velocity"
	// Control is a scatter of single items with a moving average and its band: rows are Work items[Id] and a date,
	// the first value is the height.
	Control VisualType = "control"
	// Scatter takes a group, two values for its place and a third for its size.
	Scatter VisualType = "scatter"
	// Histogram groups by a bucket or a whole number; its bins touch.
	Histogram VisualType = "histogram"
	// Percentiles draws of each group the range from the first value to the last (median, 80th, 95th).
	Percentiles VisualType = "percentiles"
	// Heat is a matrix whose cells are coloured by their number.
	Heat VisualType = "heat"
	// Text and Image ask for nothing.
	Text  VisualType = "text"
	Image VisualType = "image"
)

// Visual is one drawing: what to ask, how to draw it and where it stands.
type Visual struct {
	ID       string        `json:"id"`
	Type     VisualType    `json:"type"`
	Title    string        `json:"title"`
	Subtitle string        `json:"subtitle,omitempty"` // may hold {asOf}, {sprint}, {estimate}, {zone}
	Foot     string        `json:"foot,omitempty"`
	Place    Place         `json:"place"`
	Query    dataset.Query `json:"query"`
	// Spark is drawn small at the foot of a card; its last point minus its first is the change shown.
	Spark      *dataset.Query `json:"spark,omitempty"`
	SparkLabel string         `json:"sparkLabel,omitempty"` // "in 30 days"
	Options    Options        `json:"options"`
	// Levels are those of the visual's axis, the widest first; drilling puts one, or some, in the place of the first
	// group. Empty: the visual has one level.
	Levels []dataset.Group `json:"levels,omitempty"`
	// Tooltips are further values that only a tooltip shows.
	Tooltips []dataset.Value `json:"tooltips,omitempty"`
	Cards    []FilterCard    `json:"cards,omitempty"`
	// Text of a text visual, in a small part of Markdown; the picture of an image visual as a data URL.
	Text string `json:"text,omitempty"`
	// Interactions says how other visuals follow a selection in this one, by their id; without an
	// entry the default of their type holds.
	Interactions map[string]Interaction `json:"interactions,omitempty"`
}

// Options are choices of drawing.
type Options struct {
	// ColorBy is what colours the marks: "legend", "category" (state category), "ordinal", "single".
	ColorBy  string   `json:"colorBy,omitempty"`
	Dot      string   `json:"dot,omitempty"`      // a card's dot: a state category
	DataBars []string `json:"dataBars,omitempty"` // columns of a table drawn with a bar
	Labels   bool     `json:"labels,omitempty"`   // print the values on the marks
	Unit     string   `json:"unit,omitempty"`
	// Layout of bars and columns with a legend: "stacked" (default), "clustered" or "percent".
	Layout string `json:"layout,omitempty"`
	// Lines are drawn across the chart.
	Lines []ReferenceLine `json:"lines,omitempty"`
}

// ReferenceLine is a line across a chart: "average", "median" or "constant", of the first value.
type ReferenceLine struct {
	Kind  string  `json:"kind"`
	Value float64 `json:"value,omitempty"`
	Label string  `json:"label,omitempty"`
}

// Place is a rectangle in grid units.
type Place struct {
	X int `json:"x"`
	Y int `json:"y"`
	W int `json:"w"`
	H int `json:"h"`
}

// Interaction is how a visual follows a selection in another one.
type Interaction string

// The interactions. Power BI's defaults: bars, columns, areas, donuts and cards highlight; lines,
// tables and matrices filter.
const (
	Highlight     Interaction = "highlight"
	FilterVisual  Interaction = "filter"
	NoInteraction Interaction = "none"
)

// PageState is what a person chose on a page.
type PageState struct {
	// Slicers holds the picked member values by slicer id. An empty list means all.
	Slicers   map[string][]any `json:"slicers,omitempty"`
	Selection *Selection       `json:"selection,omitempty"`
	// AsOf is the day or the instant the page shows, CompareWith a second one to stand beside it; empty is now and none.
	AsOf        string `json:"asOf,omitempty"`
	CompareWith string `json:"compareWith,omitempty"`
	// Cards are filter cards that were changed, by "report/ID", "page/ID" or "VISUAL/ID". An empty list is (All).
	Cards map[string][]dataset.Filter `json:"cards,omitempty"`
	// Drill and Sort are by visual.
	Drill map[string]Drill          `json:"drill,omitempty"`
	Sort  map[string][]dataset.Sort `json:"sort,omitempty"`
}

// Drill is where a visual stands in its levels.
type Drill struct {
	Level int `json:"level"` // of Visual.Levels, from 0
	// Expanded shows all levels down to Level, one inside the other.
	Expanded bool `json:"expanded,omitempty"`
	// Path are the members that were drilled into.
	Path []dataset.Filter `json:"path,omitempty"`
}

// Selection is the marks picked in one visual, as filters.
type Selection struct {
	Visual  string           `json:"visual"`
	Filters []dataset.Filter `json:"filters"`
}
