package columns

import "sightline/backend/dataset"

// factRule is what the engine has to know of a table of facts beside its layout.
type factRule struct {
	// born is the stored instant from which on a row is there; empty for the instant that orders the rows.
	born string
	// orders are texts of columns in their own order; others follow by name.
	orders map[string][]string
	// words are columns whose texts are words of the service, such as partiallySucceeded.
	words []string
	// parents are the stored instants of the parent that rows stand on too, by the name that a base gives as on.
	parents map[string]string
	// stages are what a text was while an instant still lay ahead, the earliest instant first.
	stages map[string][]stageRule
}

// stageRule says that a column held the text until the instant; where that is not set, until the other one.
type stageRule struct {
	until, or string
	text      string
}

// runFinished names the instant on which a task's run finished.
const runFinished = "Run finished"

// factRules are those of the tables that have any.
var factRules = map[string]factRule{
	dataset.PullRequests: {
		words:  []string{"Status"},
		orders: map[string][]string{"Status": {dataset.PullActive, dataset.PullCompleted, dataset.PullAbandoned}},
		stages: map[string][]stageRule{"Status": {{until: "Closed", text: dataset.PullActive}}},
	},
	dataset.PipelineRuns: {
		born:  "Queued",
		words: []string{"Status", "Result", "Reason"},
		orders: map[string][]string{
			"Status": {"notStarted", "postponed", "inProgress", "cancelling", "completed"},
			"Result": {dataset.ResultSucceeded, dataset.ResultPartlySucceeded, dataset.ResultFailed, dataset.ResultCanceled},
		},
		stages: map[string][]stageRule{
			"Status": {{until: "Started", or: "Finished", text: "notStarted"}, {until: "Finished", text: "inProgress"}},
			"Result": {{until: "Finished"}},
		},
	},
	dataset.PipelineTasks: {
		born:    "Started",
		words:   []string{"Result"},
		parents: map[string]string{runFinished: "Finished"},
		orders:  map[string][]string{"Result": {dataset.ResultSucceeded, "succeededWithIssues", dataset.ResultFailed, dataset.ResultCanceled, dataset.ResultSkipped, dataset.ResultAbandoned}},
		stages:  map[string][]stageRule{"Result": {{until: "Finished"}}},
	},
	dataset.TestRuns: {
		born:   "Started",
		words:  []string{"State"},
		orders: map[string][]string{"Workflow": {"Build", "Release", "Manual"}},
	},
	dataset.Deployments: {
		born:   "Queued",
		words:  []string{"Status", "Reason"},
		orders: map[string][]string{"Status": {dataset.ResultSucceeded, dataset.ResultPartlySucceeded, dataset.ResultFailed, dataset.ResultNotDeployed, "inProgress"}},
		stages: map[string][]stageRule{"Status": {{until: "Completed", text: "inProgress"}}},
	},
	dataset.Reviews: {
		orders: map[string][]string{"Vote": {dataset.VoteApproved, dataset.VoteApprovedSuggestions, dataset.VoteNone, dataset.VoteWaiting, dataset.VoteRejected}},
	},
}

// span is a column that has the time between two stored instants.
type span struct {
	from, to string
	unit     float64 // milliseconds
}

const (
	minute = 60_000
	hour   = 60 * minute
)

var factSpans = map[dataset.FieldRef]span{
	dataset.PullHoursToClose: {"Created", "Closed", hour},
	dataset.PullHoursToFirst: {"Created", "First review", hour},
	dataset.RunQueueMinutes:  {"Queued", "Started", minute},
	dataset.RunMinutes:       {"Started", "Finished", minute},
	dataset.RunTotalMinutes:  {"Queued", "Finished", minute},
	dataset.TaskMinutes:      {"Started", "Finished", minute},
	dataset.TestRunMinutes:   {"Started", "Completed", minute},
	dataset.DeployMinutes:    {"Started", "Completed", minute},
}
