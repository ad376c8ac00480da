package dataset

import (
	"context"
	"time"
)

// Records looks rows up by key, where an Engine answers by groups: the lists behind a mark, the history of one
// work item, the search. It is implemented by package sqlite. Any goroutine may call it.
type Records interface {
	// ListColumns are the columns that a list of the table may have, those of custom fields last. Fault:
	// Invalid for a table that has no lists.
	ListColumns(ctx context.Context, table string) ([]ListColumn, error)
	// List reads rows of one table as they are now. Faults: Invalid for what the table has not, Canceled.
	List(ctx context.Context, q ListQuery) (List, error)
	// ItemHistory reads the revisions of one work item, the newest first, also of a deleted one: at most limit
	// that are older than the revision before, or the newest when that is 0. Faults: NotFound, Canceled.
	ItemHistory(ctx context.Context, id, before, limit int) (ItemHistory, error)
	// Search finds rows by words of their titles and comments, and a work item or a pull request by its number.
	// Fault: Canceled.
	Search(ctx context.Context, q SearchQuery) ([]Found, error)
}

// ListQuery asks for rows of a table, a page at a time.
type ListQuery struct {
	Table string
	// IDs are what FactID columns hold: of work items, pull requests, runs. Rows of a table that has none of its own
	// are named by their parent: reviews by pull requests, tasks by runs, file changes by changesets.
	IDs []int64
	// Keys name rows of the tables without numbers: commits by their ids, TFVC branches by their paths.
	Keys []string // with neither IDs nor Keys: every row
	// Columns are names that ListColumns gives; none are all.
	Columns []string
	// OrderBy is one of those names; "" is the order of the rows' numbers. Blanks come last either way.
	OrderBy    string
	Descending bool
	After      string // List.Next of the page before
	Limit      int    // 0 is 100, more than 1,000 is 1,000
}

// ListColumn is a column that a list may have.
type ListColumn struct {
	Name  string     `json:"name"`
	Type  ColumnType `json:"type"`
	Field string     `json:"field,omitempty"` // reference name of a custom field; it may stand for the name
}

// List is one page of rows. A value is a string, an int64, a float64, a bool or nil; an instant is a string in
// RFC 3339.
type List struct {
	Columns []ListColumn `json:"columns"`
	Rows    [][]any      `json:"rows"`
	Next    string       `json:"next,omitempty"` // for ListQuery.After; "" after the last row
}

// ItemHistory is what happened to a work item.
type ItemHistory struct {
	ID    int           `json:"id"`
	Title string        `json:"title"` // as it is now
	Steps []HistoryStep `json:"steps"` // the newest first
	More  bool          `json:"more"`  // there are older ones
}

// HistoryStep is one revision with what it changed.
type HistoryStep struct {
	Rev     int           `json:"rev"`
	At      time.Time     `json:"at"`
	By      string        `json:"by"`
	ByEmail string        `json:"byEmail,omitempty"`
	Changes []FieldChange `json:"changes"` // in the order of the fields; of the first revision every field that is set
}

// FieldChange is one field before and after; Old or New is "" when the field was not set.
type FieldChange struct {
	Field string `json:"field"`
	Old   string `json:"old,omitempty"`
	New   string `json:"new,omitempty"`
}

// SearchQuery asks for rows by words. Every word has to occur in a row's text, or begin a word of it; case and
// accents are ignored.
type SearchQuery struct {
	Text   string
	Tables []string // of WorkItems, PullRequests, Commits, Changesets; none are all four
	Limit  int      // of each table; 0 is 20, more than 200 is 200
}

// Found is a row that a search found.
type Found struct {
	Table   string `json:"table"`
	ID      int64  `json:"id,omitempty"`  // for ListQuery.IDs
	Key     string `json:"key,omitempty"` // for ListQuery.Keys, of a commit
	Text    string `json:"text"`
	Project string `json:"project"`
	Detail  string `json:"detail,omitempty"` // type and state of a work item, status of a pull request, else who wrote it
}
