package columns_test

import (
	"fmt"
	"slices"
	"time"

	"sightline/backend/dataset"
)

// factWorld is a small organization with rows of every table beside work items.
func (d dice) factWorld() (*factWorld, time.Time) {
	w, now := d.world()
	f := &factWorld{world: w, rows: map[string][]factRow{},
		repositories: []worldRepository{{"web", "Alpha", "main"}, {"api", "Alpha", "main"}, {"web", "Beta", ""}},
		pipelines:    []worldPipeline{{"CI", "Alpha", `\`}, {"Nightly", "Alpha", `\`}, {"CI", "Alpha", `\old`}, {"CI", "Beta", `\`}}}
	for _, t := range factTableNames {
		f.rows[t] = nil
	}
	d.git(f, now)
	d.runs(f, now)
	d.tfvc(f, now)
	return f, now
}

// past is a time of the last hundred days, now and then exactly at a midnight of the zone.
func (d dice) past(w *world, now time.Time) time.Time {
	t := now.Add(-time.Duration(1+d.IntN(100*24*60)) * time.Minute)
	if d.chance(0.1) {
		y, m, day := t.In(w.location()).Date()
		t = time.Date(y, m, day, 0, 0, 0, 0, w.location())
	}
	return t
}

// after is a later time, none when it has not come yet.
func (d dice) after(w *world, t, now time.Time, most time.Duration) time.Time {
	if t.IsZero() {
		return t
	}
	t = t.Add(time.Duration(d.IntN(int(most/time.Minute))) * time.Minute)
	if d.chance(0.15) { // exactly at the next midnight of the zone
		y, m, day := t.In(w.location()).Date()
		t = time.Date(y, m, day+1, 0, 0, 0, 0, w.location())
	}
	if t.After(now) {
		return time.Time{}
	}
	return t
}

var factBranches = []string{"main", "dev", "release/1", ""}

func (d dice) home(f *factWorld) (project string, repository int) {
	repository = d.IntN(len(f.repositories)+1) - 1
	if repository < 0 {
		return pick(d, f.projects).name, repository
	}
	return f.repositories[repository].project, repository
}

func (d dice) git(f *factWorld, now time.Time) {
	for i := range d.IntN(30) {
		project, repository := d.home(f)
		row := factRow{"Project": project, "Repository": repository, "Commit id": fmt.Sprintf("%040x", i), "Author": pick(d, people), "Committer": pick(d, people),
			"Files added": d.maybe(0, 1, 2), "Files edited": d.maybe(0, 3, 10), "Files deleted": d.maybe(0, 1)}
		row["Authored"] = d.past(f.world, now)
		row["Committed"] = d.after(f.world, row.time("Authored"), now, 50*time.Hour)
		if d.chance(0.04) {
			delete(row, "Authored")
		}
		f.rows[dataset.Commits] = append(f.rows[dataset.Commits], row)
	}
	for i := range d.IntN(25) {
		project, repository := d.home(f)
		row := factRow{"Id": 10 + 3*i, "Project": project, "Repository": repository, "Title": fmt.Sprintf("Change %d", i%5), "Status": "active", "Is draft": d.flag(),
			"Created by": pick(d, people), "Source branch": pick(d, factBranches), "Target branch": pick(d, factBranches),
			"Label": pick(d, [][]string{nil, {"ui"}, {"ui", "urgent"}}), "Comments": d.maybe(0, 2), "Reviewers": d.maybe(0, 1, 3)}
		row["Created"] = d.past(f.world, now)
		row["First review"] = d.after(f.world, row.time("Created"), now, 40*time.Hour)
		if closed := d.after(f.world, row.time("Created"), now, 300*time.Hour); d.chance(0.75) && !closed.IsZero() {
			row["Closed"], row["Status"] = closed, pick(d, []string{"completed", "completed", "abandoned"})
		}
		if d.chance(0.04) {
			delete(row, "Created")
		}
		f.rows[dataset.PullRequests] = append(f.rows[dataset.PullRequests], row)
		for range d.IntN(3) {
			f.rows[dataset.Reviews] = append(f.rows[dataset.Reviews], factRow{"Pull request": row.at("Id"), "Reviewer": pick(d, people), "Is required": d.flag(),
				"Vote": pick(d, []string{"Approved", "Approved with suggestions", "No vote", "Waiting for author", "Rejected"})})
		}
	}
}

func (d dice) flag() any { return pick(d, []any{nil, false, true}) }

func (d dice) runs(f *factWorld, now time.Time) {
	for i := range d.IntN(30) {
		project, repository := d.home(f)
		row := factRow{"Id": 100 + i, "Project": project, "Pipeline": d.IntN(len(f.pipelines)+1) - 1, "Repository": repository, "Number": fmt.Sprintf("2024.%d", i),
			"Reason": pick(d, []string{"manual", "schedule", "individualCI"}), "Branch": pick(d, factBranches), "Pool": pick(d, []string{"Linux", "Windows", ""}),
			"Requested for": pick(d, people), "Tag": pick(d, [][]string{nil, {"nightly"}, {"nightly", "slow"}}), "Gone on server": d.flag(), "Status": "notStarted"}
		row["Queued"] = d.past(f.world, now)
		row["Started"] = d.after(f.world, row.time("Queued"), now, 40*time.Hour)
		if !row.time("Started").IsZero() {
			row["Status"] = "inProgress"
		}
		if finished := d.after(f.world, row.time("Started"), now, 30*time.Hour); !finished.IsZero() && d.chance(0.9) {
			row["Finished"], row["Status"] = finished, "completed"
			row["Result"] = pick(d, []string{"succeeded", "succeeded", "partiallySucceeded", "failed", "canceled"})
		}
		if row["Result"] == "canceled" && d.chance(0.5) {
			delete(row, "Started") // before it began
		}
		f.rows[dataset.PipelineRuns] = append(f.rows[dataset.PipelineRuns], row)
		for range d.IntN(5) {
			d.task(f, row, now)
		}
		if d.chance(0.5) {
			d.testRun(f, row, now)
		}
		if d.chance(0.3) {
			d.deployment(f, row, now)
		}
	}
}

func (d dice) task(f *factWorld, run factRow, now time.Time) {
	t := factRow{"Run": run.at("Id"), "Task": pick(d, []string{"Build", "Test", "Publish"}), "Job": pick(d, []string{"Linux", "Windows"}), "Stage": pick(d, []string{"Build", "Deploy", ""})}
	t["Started"] = d.after(f.world, run.time("Started"), now, 10*time.Hour)
	if t["Finished"] = d.after(f.world, t.time("Started"), now, 2*time.Hour); !t.time("Finished").IsZero() {
		t["Result"] = pick(d, []string{"succeeded", "succeededWithIssues", "failed", "failed", "canceled", "skipped", "abandoned"})
	}
	if d.chance(0.05) {
		t["Run"] = 9999 // which is not loaded
	}
	f.rows[dataset.PipelineTasks] = append(f.rows[dataset.PipelineTasks], t)
}

func (d dice) testRun(f *factWorld, run factRow, now time.Time) {
	t := factRow{"Id": 1000 + len(f.rows[dataset.TestRuns]), "Project": run["Project"], "Run": run.at("Id"), "Name": pick(d, []string{"Unit", "UI"}), "State": "Completed",
		"Is automated": d.flag(), "Workflow": pick(d, []string{"Build", "Release", "Manual"}), "Stage": pick(d, []string{"Test", ""}),
		"Passed": d.maybe(0, 5, 12), "Failed": d.maybe(0, 3), "Not executed": d.maybe(0, 4), "Not impacted": d.maybe(0, 1)}
	t["Total"] = 0.0
	for _, c := range []string{"Passed", "Failed", "Not executed", "Not impacted"} {
		if x := t.number(c); x == x {
			t["Total"] = t.number("Total") + x
		}
	}
	if d.chance(0.3) {
		t["Run"] = 0 // not of a run
	}
	t["Started"] = d.after(f.world, run.time("Queued"), now, 40*time.Hour)
	t["Completed"] = d.after(f.world, t.time("Started"), now, 2*time.Hour)
	f.rows[dataset.TestRuns] = append(f.rows[dataset.TestRuns], t)
}

func (d dice) deployment(f *factWorld, run factRow, now time.Time) {
	t := factRow{"Id": 2000 + len(f.rows[dataset.Deployments]), "Project": run["Project"], "Run": run.at("Id"), "Release": fmt.Sprint("Release-", d.IntN(4)),
		"Release pipeline": pick(d, []string{"Shop", "Api"}), "Environment": pick(d, []string{"Test", "Production"}), "Status": "inProgress",
		"Reason": pick(d, []string{"manual", "automated"}), "Requested for": pick(d, people)}
	t["Queued"] = d.after(f.world, run.time("Queued"), now, 40*time.Hour)
	if t.time("Queued").IsZero() {
		return
	}
	t["Started"] = d.after(f.world, t.time("Queued"), now, 90*time.Hour)
	if done := d.after(f.world, t.time("Started"), now, 5*time.Hour); !done.IsZero() {
		t["Completed"], t["Status"] = done, pick(d, []string{"succeeded", "succeeded", "partiallySucceeded", "failed", "notDeployed"})
	}
	f.rows[dataset.Deployments] = append(f.rows[dataset.Deployments], t)
}

func (d dice) tfvc(f *factWorld, now time.Time) {
	for i := range d.IntN(15) {
		row := factRow{"Id": 40 + i, "Project": pick(d, f.projects).name, "Author": pick(d, people), "Checked in by": pick(d, people), "Created": d.past(f.world, now),
			"Comment": pick(d, []string{"Fix", "Merge from dev", ""}), "Branch": pick(d, [][]string{nil, {"$/Alpha/main"}, {"$/Alpha/dev", "$/Alpha/main"}})}
		n := d.IntN(5)
		if row["Files"] = float64(n); d.chance(0.1) {
			row["Files"] = null
		}
		f.rows[dataset.Changesets] = append(f.rows[dataset.Changesets], row)
		for range n {
			f.rows[dataset.FileChanges] = append(f.rows[dataset.FileChanges], factRow{"Changeset": row.at("Id"), "Extension": pick(d, []string{".cs", ".sql", ""}),
				"Folder": pick(d, []string{"$/Alpha/main/src", "$/Alpha/dev"}), "Change type": pick(d, [][]string{{"Add"}, {"Edit"}, {"Edit", "Rename"}, {"Delete"}, {"Branch", "Merge"}})})
		}
	}
	for i := range d.IntN(5) {
		f.rows[dataset.TFVCBranches] = append(f.rows[dataset.TFVCBranches], factRow{"Branch": fmt.Sprint("$/Alpha/b", i), "Project": pick(d, f.projects).name,
			"Parent branch": pick(d, []string{"$/Alpha/b0", ""}), "Depth": float64(i), "Owner": pick(d, people), "Created": d.past(f.world, now)})
	}
}

// factColumns are the columns of each table that queries group and filter by.
var factColumns = map[string][]dataset.FieldRef{
	dataset.Projects:     {dataset.Project, dataset.Process},
	dataset.Repositories: {dataset.Repository, dataset.DefaultBranch},
	dataset.Pipelines:    {dataset.Pipeline, dataset.PipelineFolder},
	dataset.Commits: {dataset.CommitID, dataset.CommitAuthor, dataset.Committer, dataset.AuthorDate, dataset.CommitDate, dataset.CommitWeekday, dataset.CommitHour,
		dataset.FilesAdded, dataset.FilesChanged},
	dataset.PullRequests: {dataset.PullRequestID, dataset.PullRequestTitle, dataset.PullStatus, dataset.PullDraft, dataset.PullCreatedBy, dataset.PullSource,
		dataset.PullTarget, dataset.PullLabel, dataset.PullCreated, dataset.PullClosed, dataset.PullFirstReview, dataset.PullAgeBucket, dataset.PullComments, dataset.PullReviewers},
	dataset.Reviews: {dataset.Reviewer, dataset.Vote, dataset.ReviewRequired},
	dataset.PipelineRuns: {dataset.RunID, dataset.RunNumber, dataset.RunStatus, dataset.RunResult, dataset.RunReason, dataset.RunBranch, dataset.RunPool,
		dataset.RunRequestedFor, dataset.RunTag, dataset.RunQueued, dataset.RunStarted, dataset.RunFinished, dataset.RunGone},
	dataset.PipelineTasks: {dataset.Task, dataset.TaskJob, dataset.TaskStage, dataset.TaskResult, dataset.TaskStarted, dataset.TaskFinished},
	dataset.TestRuns: {dataset.TestRunID, dataset.TestRunName, dataset.TestRunState, dataset.TestAutomated, dataset.TestWorkflow, dataset.TestStage,
		dataset.TestRunStarted, dataset.TestRunCompleted, dataset.TestsFailed},
	dataset.Deployments: {dataset.DeploymentID, dataset.Release, dataset.ReleasePipeline, dataset.Environment, dataset.DeployStatus, dataset.DeployReason,
		dataset.DeployFor, dataset.DeployQueued, dataset.DeployStarted, dataset.DeployCompleted},
	dataset.Changesets:   {dataset.ChangesetID, dataset.ChangesetAuthor, dataset.CheckedInBy, dataset.ChangesetCreated, dataset.ChangesetComment, dataset.ChangesetBranch, dataset.ChangesetFiles},
	dataset.FileChanges:  {dataset.ChangeType, dataset.FileExtension, dataset.FileFolder},
	dataset.TFVCBranches: {dataset.TFVCBranch, dataset.TFVCParent, dataset.TFVCDepth, dataset.TFVCOwner, dataset.TFVCCreated},
}

// factNumbers are the columns that are aggregated.
var factNumbers = []dataset.FieldRef{dataset.FilesAdded, dataset.FilesEdited, dataset.FilesDeleted, dataset.FilesChanged, dataset.PullHoursToClose,
	dataset.PullHoursToFirst, dataset.PullAgeDays, dataset.PullComments, dataset.PullReviewers, dataset.RunQueueMinutes, dataset.RunMinutes, dataset.RunTotalMinutes,
	dataset.TaskMinutes, dataset.TestRunMinutes, dataset.TestsTotal, dataset.TestsPassed, dataset.DeployMinutes, dataset.ChangesetFiles, dataset.TFVCDepth}

// reaching are the tables whose columns reach the rows of a table.
func reaching(table string) []string {
	var out []string
	for _, c := range dataset.FactTableOf(table).Columns {
		switch c.Kind {
		case dataset.FactProject:
			out = append(out, dataset.Projects)
		case dataset.FactRepository:
			out = append(out, dataset.Repositories)
		case dataset.FactPipeline:
			out = append(out, dataset.Pipelines)
		}
	}
	if link, has := factParents[table]; has {
		out = append(out, reaching(link[1])...)
	}
	return append(out, table)
}

func (d dice) factValue() dataset.Value {
	if d.chance(0.2) {
		return dataset.Value{Field: pick(d, factNumbers), Aggregate: pick(d, []dataset.Aggregate{dataset.Sum, dataset.Average, dataset.Min, dataset.Max, dataset.Count,
			dataset.CountDistinct, dataset.Median, dataset.P85, dataset.P90, dataset.P95})}
	}
	if d.chance(0.1) {
		table := pick(d, factTableNames)
		return dataset.Value{Field: pick(d, factColumns[table]), Aggregate: pick(d, []dataset.Aggregate{dataset.Count, dataset.CountDistinct})}
	}
	return dataset.Value{Measure: pick(d, factMeasureNames)}
}

var factMeasureNames = func() []string {
	var out []string
	for name := range slowMeasures {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}()

func (d dice) factQuery(f *factWorld, now time.Time) dataset.Query {
	var q dataset.Query
	s := &slowFacts{f: f}
	var common []string // tables that reach every value
	want := 1 + d.IntN(3)
	for tries := 0; len(q.Values) < want && tries < 40; tries++ {
		v := d.factValue()
		if slices.ContainsFunc(q.Values, func(o dataset.Value) bool { return fmt.Sprint(o) == fmt.Sprint(v) }) {
			continue
		}
		reach := reaching(s.measureOf(v).table)
		if len(q.Values) == 0 {
			common = reach
		} else if d.chance(0.7) && s.measureOf(v).table != s.measureOf(q.Values[0]).table {
			continue // mostly values of one table
		}
		common = slices.DeleteFunc(slices.Clone(common), func(t string) bool { return !slices.Contains(reach, t) })
		if d.chance(0.15) {
			v.Filters = append(v.Filters, d.factFilter(f, reach, now))
		}
		if d.chance(0.05) {
			v.Filters = append(v.Filters, d.dateFilter(dataset.DateAxis, now))
		}
		q.Values = append(q.Values, v)
	}
	group := func() (dataset.Group, bool) {
		if len(common) == 0 {
			return dataset.Group{}, false
		}
		g := dataset.Group{Field: pick(d, factColumns[pick(d, common)])}
		if _, isDate := dayColumns[g.Field]; isDate {
			g.Grain = pick(d, grains)
		}
		return g, true
	}
	for range d.IntN(3) {
		if g, ok := group(); ok {
			q.Rows = append(q.Rows, g)
		}
	}
	if d.chance(0.4) {
		axis := dataset.Group{Field: dataset.DateAxis, Grain: pick(d, append([]dataset.Grain{""}, grains...))}
		if d.chance(0.7) {
			q.Rows = append([]dataset.Group{axis}, q.Rows...)
		} else {
			q.Columns = append(q.Columns, axis)
		}
	} else if g, ok := group(); ok && d.chance(0.3) {
		q.Columns = append(q.Columns, g)
	}
	if len(common) > 0 {
		for range d.IntN(3) {
			q.Filters = append(q.Filters, d.factFilter(f, common, now))
		}
	}
	if d.chance(0.4) {
		q.Filters = append(q.Filters, d.dateFilter(dataset.DateAxis, now))
	}
	if d.chance(0.4) && len(common) > 0 {
		q.Highlight = []dataset.Filter{}
		for range d.IntN(3) {
			q.Highlight = append(q.Highlight, d.factFilter(f, common, now))
		}
		if d.chance(0.1) {
			q.Highlight = append(q.Highlight, d.dateFilter(dataset.DateAxis, now))
		}
	}
	switch d.IntN(4) {
	case 0:
		q.AsOf = now.AddDate(0, 0, -d.IntN(80)).Format(time.DateOnly)
	case 1:
		q.AsOf = now.Add(-time.Duration(d.IntN(60*24*60)) * time.Minute).Format(time.RFC3339)
	}
	return q
}

// factFilter is a filter on a column of one of the tables, by values that some row of the world has.
func (d dice) factFilter(f *factWorld, tables []string, now time.Time) dataset.Filter {
	table := pick(d, tables)
	out := dataset.Filter{Field: pick(d, factColumns[table])}
	if _, isDate := dayColumns[out.Field]; isDate {
		return d.dateFilter(out.Field, now)
	}
	s := &slowFacts{slow: slow{w: f.world, loc: f.location(), now: now, dates: map[int64]string{}}, f: f}
	s.at = point{kind: "now", day: s.date(now)}
	var values []any
	number := false
	for _, from := range factTableNames {
		if from != table && !slices.Contains(reaching(from), table) {
			continue
		}
		for _, row := range f.rows[from] {
			for _, v := range s.value(out.Field, seenFact{from, row, s.at}) {
				values = append(values, v.value)
				_, isNumber := v.value.(float64)
				number = number || isNumber
			}
		}
	}
	if len(values) == 0 {
		values = []any{nil}
	}
	out.Op = pick(d, []dataset.Op{"", dataset.In, dataset.NotIn, dataset.IsBlank, dataset.IsNotBlank})
	if number && d.chance(0.5) {
		out.Op = pick(d, []dataset.Op{dataset.GreaterEqual, dataset.Greater, dataset.Less, dataset.LessEqual})
		if x, ok := pick(d, values).(float64); ok {
			out.Values = []any{x}
			return out
		}
		out.Op = dataset.In
	}
	if out.Op != dataset.IsBlank && out.Op != dataset.IsNotBlank {
		out.Values = []any{pick(d, values), pick(d, values)}
	}
	return out
}
