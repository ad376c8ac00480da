package columns_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"sightline/backend/dataset"
)

// slowMeasure says which rows a measure is about and on which day they stand: that of an event, or every day
// of a life from its beginning until before its end.
type slowMeasure struct {
	table      string
	event      string // instant of the row; with a > before it of its parent
	begin, end string // of a life; end may be missing
	value      func(s *slowFacts, rows []seenFact) slowValue
}

// eventsOf is the day on which the rows of a table stand when nothing else is said.
var eventsOf = map[string]string{dataset.Commits: "Authored", dataset.PullRequests: "Created", dataset.Reviews: ">Created", dataset.PipelineRuns: "Finished",
	dataset.PipelineTasks: "Finished", dataset.TestRuns: "Completed", dataset.Deployments: "Completed", dataset.Changesets: "Created", dataset.FileChanges: ">Created", dataset.TFVCBranches: "Created"}

func countRows(rows []seenFact) slowValue { return slowValue{float64(len(rows)), len(rows) == 0} }

func where(rows []seenFact, column string, texts ...string) []seenFact {
	var out []seenFact
	for _, r := range rows {
		if slices.Contains(texts, r.row.text(column)) {
			out = append(out, r)
		}
	}
	return out
}

func ratioOf(some, all int) slowValue {
	if all == 0 {
		return none
	}
	return slowValue{float64(some) / float64(all), false}
}

// slowMeasures are reports.md §4 for facts, one by one.
var slowMeasures = slowMeasuresOf()

func slowMeasuresOf() map[string]slowMeasure {
	ms := map[string]slowMeasure{}
	add := func(name, table, event string, value func(s *slowFacts, rows []seenFact) slowValue) {
		ms[name] = slowMeasure{table: table, event: event, value: value}
	}
	life := func(name, table, begin, end string, value func(s *slowFacts, rows []seenFact) slowValue) {
		ms[name] = slowMeasure{table: table, begin: begin, end: end, value: value}
	}
	all := func(_ *slowFacts, rows []seenFact) slowValue { return countRows(rows) }
	only := func(column string, texts ...string) func(*slowFacts, []seenFact) slowValue {
		return func(_ *slowFacts, rows []seenFact) slowValue { return countRows(where(rows, column, texts...)) }
	}
	over := func(ref dataset.FieldRef, a dataset.Aggregate) func(*slowFacts, []seenFact) slowValue {
		return func(s *slowFacts, rows []seenFact) slowValue { return s.aggregated(ref, a, rows) }
	}
	distinct := func(key func(r seenFact) string) func(*slowFacts, []seenFact) slowValue {
		return func(_ *slowFacts, rows []seenFact) slowValue {
			seen := map[string]bool{}
			for _, r := range rows {
				if k := key(r); k != "" {
					seen[k] = true
				}
			}
			return slowValue{float64(len(seen)), len(seen) == 0}
		}
	}
	textKey := func(column string) func(seenFact) string {
		return func(r seenFact) string { return r.row.text(column) }
	}
	rowKey := func(column string) func(seenFact) string {
		return func(r seenFact) string {
			if i := r.row.at(column); i >= 0 {
				return fmt.Sprint(i)
			}
			return ""
		}
	}
	rank := func(ref dataset.FieldRef, p float64, column string, texts ...string) func(*slowFacts, []seenFact) slowValue {
		return func(s *slowFacts, rows []seenFact) slowValue {
			if column != "" {
				rows = where(rows, column, texts...)
			}
			return s.percentileOver(ref, p, rows)
		}
	}

	add(dataset.CountOfCommits, dataset.Commits, "Authored", all)
	add(dataset.RepositoriesWithCommits, dataset.Commits, "Authored", distinct(rowKey("Repository")))
	add(dataset.ProjectsWithCommits, dataset.Commits, "Authored", distinct(textKey("Project")))
	add(dataset.CommitAuthors, dataset.Commits, "Authored", distinct(textKey("Author")))
	add(dataset.SumFilesAdded, dataset.Commits, "Authored", over(dataset.FilesAdded, dataset.Sum))
	add(dataset.SumFilesEdited, dataset.Commits, "Authored", over(dataset.FilesEdited, dataset.Sum))
	add(dataset.SumFilesDeleted, dataset.Commits, "Authored", over(dataset.FilesDeleted, dataset.Sum))
	add(dataset.SumFilesChanged, dataset.Commits, "Authored", over(dataset.FilesChanged, dataset.Sum))
	add(dataset.LastCommit, dataset.Commits, "Authored", func(s *slowFacts, rows []seenFact) slowValue {
		last := none
		for _, r := range rows {
			if day := float64(civil(s.date(r.row.time("Authored")))); last.empty || day > last.x {
				last = slowValue{day, false}
			}
		}
		return last
	})

	add(dataset.CountOfPullRequests, dataset.PullRequests, "Created", all)
	add(dataset.PullRequestsCompleted, dataset.PullRequests, "Closed", only("Status", "completed"))
	add(dataset.PullRequestsAbandoned, dataset.PullRequests, "Closed", only("Status", "abandoned"))
	add(dataset.PullRequestsClosed, dataset.PullRequests, "Closed", only("Status", "completed", "abandoned"))
	life(dataset.ActivePullRequests, dataset.PullRequests, "Created", "Closed", all)
	add(dataset.CompletionRate, dataset.PullRequests, "Closed", func(_ *slowFacts, rows []seenFact) slowValue {
		done, given := len(where(rows, "Status", "completed")), len(where(rows, "Status", "abandoned"))
		return ratioOf(done, done+given)
	})
	add(dataset.AbandonmentRate, dataset.PullRequests, "Closed", func(_ *slowFacts, rows []seenFact) slowValue {
		done, given := len(where(rows, "Status", "completed")), len(where(rows, "Status", "abandoned"))
		return ratioOf(given, done+given)
	})
	add(dataset.MedianHoursToClose, dataset.PullRequests, "Closed", rank(dataset.PullHoursToClose, 0.5, "Status", "completed", "abandoned"))
	add(dataset.HoursToCloseP90, dataset.PullRequests, "Closed", rank(dataset.PullHoursToClose, 0.9, "Status", "completed", "abandoned"))
	add(dataset.MedianHoursToComplete, dataset.PullRequests, "Closed", rank(dataset.PullHoursToClose, 0.5, "Status", "completed"))
	add(dataset.HoursToCompleteP90, dataset.PullRequests, "Closed", rank(dataset.PullHoursToClose, 0.9, "Status", "completed"))
	add(dataset.MedianHoursToReview, dataset.PullRequests, "First review", rank(dataset.PullHoursToFirst, 0.5, ""))
	add(dataset.HoursToReviewP90, dataset.PullRequests, "First review", rank(dataset.PullHoursToFirst, 0.9, ""))
	life(dataset.AveragePullAge, dataset.PullRequests, "Created", "Closed", over(dataset.PullAgeDays, dataset.Average))
	life(dataset.OldestPullAge, dataset.PullRequests, "Created", "Closed", over(dataset.PullAgeDays, dataset.Max))
	add(dataset.CountOfReviews, dataset.Reviews, ">Created", all)
	add(dataset.CountOfReviewers, dataset.Reviews, ">Created", distinct(textKey("Reviewer")))
	add(dataset.CountOfVotes, dataset.Reviews, ">Created", only("Vote", "Approved", "Approved with suggestions", "Waiting for author", "Rejected"))
	add(dataset.Approvals, dataset.Reviews, ">Created", only("Vote", "Approved", "Approved with suggestions"))
	add(dataset.Rejections, dataset.Reviews, ">Created", only("Vote", "Rejected", "Waiting for author"))

	add(dataset.CountOfRuns, dataset.PipelineRuns, "Finished", all)
	add(dataset.RunsQueued, dataset.PipelineRuns, "Queued", all)
	life(dataset.RunsInProgress, dataset.PipelineRuns, "Queued", "Finished", all)
	add(dataset.PipelinesWithRuns, dataset.PipelineRuns, "Finished", distinct(rowKey("Pipeline")))
	add(dataset.SucceededRuns, dataset.PipelineRuns, "Finished", only("Result", "succeeded"))
	add(dataset.PartlySucceededRuns, dataset.PipelineRuns, "Finished", only("Result", "partiallySucceeded"))
	add(dataset.FailedRuns, dataset.PipelineRuns, "Finished", only("Result", "failed"))
	add(dataset.CanceledRuns, dataset.PipelineRuns, "Finished", only("Result", "canceled"))
	for name, result := range map[string]string{dataset.PassRate: "succeeded", dataset.FailRate: "failed", dataset.PartialRate: "partiallySucceeded"} {
		add(name, dataset.PipelineRuns, "Finished", func(_ *slowFacts, rows []seenFact) slowValue {
			return ratioOf(len(where(rows, "Result", result)), len(rows)-len(where(rows, "Result", "canceled")))
		})
	}
	for name, p := range map[string]float64{dataset.MedianRunDuration: 0.5, dataset.RunDurationP80: 0.8, dataset.RunDurationP90: 0.9, dataset.RunDurationP95: 0.95} {
		add(name, dataset.PipelineRuns, "Finished", rank(dataset.RunTotalMinutes, p, "Result", "succeeded", "partiallySucceeded"))
	}
	for name, p := range map[string]float64{dataset.MedianBuildDuration: 0.5, dataset.BuildDurationP90: 0.9, dataset.BuildDurationP95: 0.95} {
		add(name, dataset.PipelineRuns, "Finished", rank(dataset.RunMinutes, p, ""))
	}
	add(dataset.MedianFailedDuration, dataset.PipelineRuns, "Finished", rank(dataset.RunMinutes, 0.5, "Result", "failed"))
	add(dataset.MedianQueueWait, dataset.PipelineRuns, "Finished", rank(dataset.RunQueueMinutes, 0.5, ""))
	add(dataset.QueueWaitP90, dataset.PipelineRuns, "Finished", rank(dataset.RunQueueMinutes, 0.9, ""))

	add(dataset.CountOfTasks, dataset.PipelineTasks, "Finished", all)
	add(dataset.FailedStages, dataset.PipelineTasks, ">Finished", failedPlaces("Stage"))
	add(dataset.FailedJobs, dataset.PipelineTasks, ">Finished", failedPlaces("Stage", "Job"))
	add(dataset.FailedTasks, dataset.PipelineTasks, ">Finished", func(s *slowFacts, rows []seenFact) slowValue { return countRows(s.failedTasks(rows)) })
	for name, p := range map[string]float64{dataset.MedianTaskDuration: 0.5, dataset.TaskDurationP80: 0.8, dataset.TaskDurationP95: 0.95} {
		add(name, dataset.PipelineTasks, ">Finished", func(s *slowFacts, rows []seenFact) slowValue {
			var kept []seenFact
			for _, r := range rows {
				if run := s.parent(r); run != nil && slices.Contains([]string{"succeeded", "partiallySucceeded"}, run.row.text("Result")) &&
					!slices.Contains([]string{"canceled", "skipped", "abandoned"}, s.settled(r, "Result", "Finished")) {
					kept = append(kept, r)
				}
			}
			return s.percentileOver(dataset.TaskMinutes, p, kept)
		})
	}

	add(dataset.CountOfTestRuns, dataset.TestRuns, "Completed", all)
	add(dataset.SumTests, dataset.TestRuns, "Completed", over(dataset.TestsTotal, dataset.Sum))
	add(dataset.SumTestsPassed, dataset.TestRuns, "Completed", over(dataset.TestsPassed, dataset.Sum))
	add(dataset.SumTestsFailed, dataset.TestRuns, "Completed", over(dataset.TestsFailed, dataset.Sum))
	add(dataset.SumTestsNotExecuted, dataset.TestRuns, "Completed", over(dataset.TestsNotRun, dataset.Sum))
	add(dataset.SumTestsNotImpacted, dataset.TestRuns, "Completed", over(dataset.TestsNotImpacted, dataset.Sum))
	add(dataset.TestPassRate, dataset.TestRuns, "Completed", func(s *slowFacts, rows []seenFact) slowValue {
		if len(rows) == 0 {
			return none
		}
		executed := s.plainSum("Total", rows) - s.plainSum("Not executed", rows)
		if executed == 0 {
			return slowValue{0, false}
		}
		return slowValue{(s.plainSum("Passed", rows) + s.plainSum("Not impacted", rows)) / executed, false}
	})
	add(dataset.AverageTestDuration, dataset.TestRuns, "Completed", func(s *slowFacts, rows []seenFact) slowValue {
		minutes, results := 0.0, 0.0
		for _, r := range rows {
			if m, n := s.minutesBetween(r, "Started", "Completed"), r.row.number("Total"); !math.IsNaN(m) && n > 0 {
				minutes, results = minutes+m, results+n
			}
		}
		if results == 0 {
			return none
		}
		return slowValue{minutes * 60 / results, false}
	})
	add(dataset.AverageTestRun, dataset.TestRuns, "Completed", over(dataset.TestRunMinutes, dataset.Average))

	add(dataset.CountOfDeployments, dataset.Deployments, "Completed", all)
	life(dataset.DeploymentsInProgress, dataset.Deployments, "Queued", "Completed", all)
	add(dataset.SucceededDeployments, dataset.Deployments, "Completed", only("Status", "succeeded"))
	add(dataset.PartlyDeployments, dataset.Deployments, "Completed", only("Status", "partiallySucceeded"))
	add(dataset.FailedDeployments, dataset.Deployments, "Completed", only("Status", "failed"))
	add(dataset.DeploymentSuccessRate, dataset.Deployments, "Completed", func(_ *slowFacts, rows []seenFact) slowValue {
		return ratioOf(len(where(rows, "Status", "succeeded")), len(where(rows, "Status", "succeeded", "partiallySucceeded", "failed")))
	})
	add(dataset.MedianDeployment, dataset.Deployments, "Completed", rank(dataset.DeployMinutes, 0.5, "Status", "succeeded", "partiallySucceeded"))

	add(dataset.CountOfChangesets, dataset.Changesets, "Created", all)
	add(dataset.ChangesetAuthors, dataset.Changesets, "Created", distinct(textKey("Author")))
	add(dataset.AverageChangesetFiles, dataset.Changesets, "Created", over(dataset.ChangesetFiles, dataset.Average))
	add(dataset.CountOfFileChanges, dataset.FileChanges, ">Created", all)
	life(dataset.CountOfTFVCBranches, dataset.TFVCBranches, "Created", "", all)
	return ms
}

// failedTasks are the failed tasks of runs that failed.
func (s *slowFacts) failedTasks(rows []seenFact) []seenFact {
	var out []seenFact
	for _, r := range rows {
		if run := s.parent(r); s.settled(r, "Result", "Finished") == "failed" && run != nil && run.row.text("Result") == "failed" {
			out = append(out, r)
		}
	}
	return out
}

// failedPlaces counts the stages or jobs of runs with at least one such task.
func failedPlaces(columns ...string) func(*slowFacts, []seenFact) slowValue {
	return func(s *slowFacts, rows []seenFact) slowValue {
		places := map[string]bool{}
		for _, r := range s.failedTasks(rows) {
			key := fmt.Sprint(r.row.at("Run"))
			for _, c := range columns {
				key += "|" + r.row.text(c)
			}
			places[key] = true
		}
		return slowValue{float64(len(places)), len(places) == 0}
	}
}

func (s *slowFacts) plainSum(column string, rows []seenFact) float64 {
	sum := 0.0
	for _, r := range rows {
		if x := r.row.number(column); !math.IsNaN(x) {
			sum += x
		}
	}
	return sum
}

func (s *slowFacts) numbersOf(ref dataset.FieldRef, rows []seenFact) []float64 {
	var xs []float64
	for _, r := range rows {
		if x, _ := s.numeric(ref, r); !math.IsNaN(x) {
			xs = append(xs, x)
		}
	}
	return xs
}

func (s *slowFacts) percentileOver(ref dataset.FieldRef, p float64, rows []seenFact) slowValue {
	xs := s.numbersOf(ref, rows)
	if len(xs) == 0 {
		return none
	}
	return slowValue{percentileOf(xs, p), false}
}

func (s *slowFacts) aggregated(ref dataset.FieldRef, a dataset.Aggregate, rows []seenFact) slowValue {
	if a == dataset.Count || a == dataset.CountDistinct {
		n, seen := 0, map[string]bool{}
		for _, r := range rows {
			vs := s.value(ref, r)
			n += boolCount(vs[0].value != nil)
			for _, v := range vs {
				if v.value != nil {
					seen[strings.ToLower(fmt.Sprint(v.value))] = true
				}
			}
		}
		if a == dataset.CountDistinct {
			n = len(seen)
		}
		return slowValue{float64(n), n == 0}
	}
	xs := s.numbersOf(ref, rows)
	if len(xs) == 0 {
		return none
	}
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	switch a {
	case dataset.Average:
		return slowValue{sum / float64(len(xs)), false}
	case dataset.Min:
		return slowValue{slices.Min(xs), false}
	case dataset.Max:
		return slowValue{slices.Max(xs), false}
	case dataset.Median:
		return slowValue{percentileOf(xs, 0.5), false}
	case dataset.P85:
		return slowValue{percentileOf(xs, 0.85), false}
	case dataset.P90:
		return slowValue{percentileOf(xs, 0.9), false}
	case dataset.P95:
		return slowValue{percentileOf(xs, 0.95), false}
	}
	return slowValue{sum, false}
}

// measureOf is what a value asks for; an aggregate stands on the day of its table's own event.
func (s *slowFacts) measureOf(v dataset.Value) slowMeasure {
	if v.Measure != "" {
		m, ok := slowMeasures[v.Measure]
		if !ok {
			panic("no measure " + v.Measure)
		}
		return m
	}
	table, _ := v.Field.Split()
	return slowMeasure{table: table, event: eventsOf[table], value: func(s *slowFacts, rows []seenFact) slowValue { return s.aggregated(v.Field, v.Aggregate, rows) }}
}

// eventOf is the instant on which the row stands, zero when it has not come.
func (s *slowFacts) eventOf(m slowMeasure, r seenFact) time.Time {
	if parents, ok := strings.CutPrefix(m.event, ">"); ok {
		p := s.parent(r)
		if p == nil {
			return time.Time{}
		}
		return s.instantOf(*p, parents)
	}
	return s.instantOf(r, m.event)
}
