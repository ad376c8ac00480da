package desktop

import "sightline/backend/dataset"

// ItemsAsk says which part of a list is wanted, and how.
type ItemsAsk struct {
	Columns    []string `json:"columns"` // names that Items.Columns gives; none are the usual ones of the table
	OrderBy    string   `json:"orderBy"` // one of them, or the name of the key; "" is the usual order of the table
	Descending bool     `json:"descending"`
	After      string   `json:"after"` // ItemsView.Next of the part before
	Limit      int      `json:"limit"` // 0 is 100, more than 500 is 500
	// Search keeps rows whose title holds the text, or whose number it is.
	Search string `json:"search"`
	// Whole lists what stands behind the whole mark, not only the part that the selection lights.
	Whole bool `json:"whole"`
}

// ItemsView is one part of a list of rows.
type ItemsView struct {
	Table string `json:"table"` // whose rows are listed
	// Value and Number are what the mark shows; null for rows that were named.
	Value  *dataset.ValueInfo `json:"value"`
	Number *float64           `json:"number"`
	// Count is how many rows stand behind the number, Found how many of them the search left.
	Count int `json:"count"`
	Found int `json:"found"`
	// Sum adds up what each row adds, where the value adds up; null otherwise. Same says that every row adds one and
	// that they are as many as the number says.
	Sum  *float64 `json:"sum"`
	Same bool     `json:"same"`
	// AsOf is the instant that the rows are listed at; Past says that it lies in the past, so that columns of kind
	// "then" show what stood in them at that time and columns of kind "now" what stands there today.
	AsOf       string           `json:"asOf"`
	Key        string           `json:"key"` // name of the column of the keys
	OrderBy    string           `json:"orderBy"`
	Descending bool             `json:"descending"`
	Past       bool             `json:"past"`
	Generation int64            `json:"generation"`
	Facts      []ItemsFact      `json:"facts"` // over all rows; with the first part only
	Filters    []dataset.Filter `json:"filters"`
	Columns    []ItemsColumn    `json:"columns"`
	Keys       []any            `json:"keys"`
	// Rows holds a value for each column: a position in Members where the column has them, else a text, a number, a
	// truth, a day, an instant in RFC 3339, or null.
	Rows [][]any `json:"rows"`
	Next string  `json:"next"` // for ItemsAsk.After; "" after the last row
}

// ItemsColumn is a column of a list.
type ItemsColumn struct {
	Name   string             `json:"name"`
	Field  dataset.FieldRef   `json:"field"` // of the model; "" for what only lists have
	Type   dataset.ColumnType `json:"type"`
	Role   dataset.Role       `json:"role"`
	Format string             `json:"format"`
	Unit   string             `json:"unit"`
	Folder string             `json:"folder"`
	// Amount is the column of what each row adds to the number.
	Amount bool `json:"amount"`
	// Time is "then" for what is known as it stood at any time, "now" for what is known as it is today.
	Time    string           `json:"time"`
	Members []dataset.Member `json:"members"` // of texts of the model, in their own order
}

// ItemsFact is a number over all rows of a list.
type ItemsFact struct {
	Name   string   `json:"name"`
	Value  *float64 `json:"value"`
	Format string   `json:"format"`
	Unit   string   `json:"unit"`
}
