package dataset

// Span is what there is to travel through: from the first to the last day on which a work item changed.
type Span struct {
	First string `json:"first"` // days of the dataset's zone; "" while there are no work items
	Last  string `json:"last"`  // today, when nothing is later
	// Changes counts for each day from First on how many work items were created or changed in what the model keeps.
	Changes []int `json:"changes"`
	// Sprints are the innermost dated iterations, by their first day. Those of several teams may overlap.
	Sprints []SprintSpan `json:"sprints"`
	// WeekStart is the day that weeks begin on; 0 is Sunday.
	WeekStart  int   `json:"weekStart"`
	Generation int64 `json:"generation"`
}

// SprintSpan is an iteration with its days, both included. Iterations of one name and the same days are one.
type SprintSpan struct {
	Name  string `json:"name"`
	First string `json:"first"`
	Last  string `json:"last"`
}
