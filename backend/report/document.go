// Package report holds the documents a person looks at (report → page → visual, dashboard → tile) and
// turns a visual plus the state of its page (slicers, selection, as-of day) into a dataset.Query.
// Documents are versioned JSON; the default pages are JSON files of this package.
package report

import "sightline/backend/dataset"

// Version is the version of the documents this package writes. It reads every older one.
const Version = 1

// Report is a set of pages over one dataset.
type Report struct {
	Version int    `json:"version"`
	Name    string `json:"name"`
	Pages   []Page `json:"pages"`
	// Measures are those that a person defined; every visual of the report may name them.
	Measures []dataset.Definition `json:"measures,omitempty"`
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
	Visuals []Visual         `json:"visuals"`

	measures []dataset.Definition // of the report, once Report.Page found the page
}

// Slicer lets a person pick members of one column for the whole page.
type Slicer struct {
	ID    string           `json:"id"`
	Title string           `json:"title"`
	Field dataset.FieldRef `json:"field"`
	Op    dataset.Op       `json:"op,omitempty"` // in (default) or under, for trees
}

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

// Dashboard is a grid of 5 columns of tiles.
type Dashboard struct {
	Version int    `json:"version"`
	Name    string `json:"name"`
	Tiles   []Tile `json:"tiles"`
}

// Tile shows one visual without interaction. A click opens PageID of the dataset's report.
type Tile struct {
	ID     string `json:"id"`
	Place  Place  `json:"place"`
	Visual Visual `json:"visual"`
	PageID string `json:"pageId"`
}

// PageState is what a person chose on a page.
type PageState struct {
	// Slicers holds the picked member values by slicer id. An empty list means all.
	Slicers   map[string][]any `json:"slicers,omitempty"`
	Selection *Selection       `json:"selection,omitempty"`
	AsOf      string           `json:"asOf,omitempty"`
}

// Selection is the marks picked in one visual, as filters.
type Selection struct {
	Visual  string           `json:"visual"`
	Filters []dataset.Filter `json:"filters"`
}
