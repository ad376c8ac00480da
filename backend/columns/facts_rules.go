package columns

import "sightline/backend/dataset"

// factRule is what the engine has to know of a table of facts beside its layout.
type factRule struct {
	// born is the stored instant from which on a row is there; empty for the instant that orders the rows.
	born string
	// orders are texts of columns in their own order; others follow by name.
	orders map[string][]string
	// stages are what a text was while an instant still lay ahead, the earliest instant first.
	stages map[string][]stageRule
}

// stageRule says that a column held the text until the instant; where that is not set, until the other one.
type stageRule struct {
	until, or string
	text      string
}

// factRules are those of the tables that have any.
var factRules = map[string]factRule{
	dataset.PullRequests: {
		orders: map[string][]string{"Status": {dataset.PullActive, dataset.PullCompleted, dataset.PullAbandoned}},
		stages: map[string][]stageRule{"Status": {{until: "Closed", text: dataset.PullActive}}},
	},
	dataset.PipelineRuns: {
		born: "Queued",
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
		born:   "Started",
		orders: map[string][]string{"Result": {dataset.ResultSucceeded, dataset.ResultPartlySucceeded, dataset.ResultFailed, dataset.ResultCanceled, dataset.ResultSkipped, dataset.ResultAbandoned}},
		stages: map[string][]stageRule{"Result": {{until: "Finished"}}},
	},
	dataset.TestRuns: {
		born:   "Started",
		orders: map[string][]string{"Workflow": {"Build", "Release", "Manual"}},
	},
	dataset.Deployments: {
		born:   "Queued",
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

// factColumns add the columns of a table that are computed from stored ones.
var factColumns = map[string]func(g *generation, r *relation){
	dataset.PullRequests: pullRequestColumns,
}

// pullRequestColumns are the age of active pull requests and its buckets.
func pullRequestColumns(_ *generation, r *relation) {
	created, closed := r.facts.instant("Created").ms, r.facts.instant("Closed").ms
	age := func(_ *generation, _ *segment, row int32, at *moment) float64 {
		if c := created[row]; c == 0 || closed[row] != 0 && closed[row] < at.cut {
			return nan
		}
		return float64(at.instant-created[row]) / millisADay
	}
	r.sources[dataset.PullAgeDays] = &source{ref: dataset.PullAgeDays, aged: true, number: age}
	r.sources[dataset.PullAgeBucket] = &source{ref: dataset.PullAgeBucket, aged: true, buckets: dataset.PullAgeBuckets,
		number: func(g *generation, s *segment, row int32, at *moment) float64 {
			days := age(g, s, row, at)
			if days != days {
				return nan
			}
			bucket := 0
			for bucket < len(dataset.PullAgeBucketEnds) && days >= dataset.PullAgeBucketEnds[bucket] {
				bucket++
			}
			return float64(bucket)
		}}
}
