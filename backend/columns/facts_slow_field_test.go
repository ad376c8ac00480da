package columns_test

import (
	"slices"
	"time"

	"sightline/backend/dataset"
)

// seenFact is a row of a fact table, looked at from a point in time.
type seenFact struct {
	table string
	row   factRow
	at    point
}

// factParents is which column of a table names a row of which other, by its Id.
var factParents = map[string][2]string{
	dataset.Reviews: {"Pull request", dataset.PullRequests}, dataset.PipelineTasks: {"Run", dataset.PipelineRuns},
	dataset.TestRuns: {"Run", dataset.PipelineRuns}, dataset.Deployments: {"Run", dataset.PipelineRuns}, dataset.FileChanges: {"Changeset", dataset.Changesets},
}

// parent is the row that the row belongs to, nil for none.
func (s *slowFacts) parent(r seenFact) *seenFact {
	link, has := factParents[r.table]
	if !has {
		return nil
	}
	for _, p := range s.f.rows[link[1]] {
		if p.at("Id") == r.row.at(link[0]) {
			return &seenFact{link[1], p, r.at}
		}
	}
	return nil
}

// known is the instant if it has come by the point; else it is not set yet.
func (s *slowFacts) known(t time.Time, p point) time.Time {
	if t.IsZero() || p.kind == "day" && s.date(t) > p.day || p.kind == "instant" && t.After(p.time) {
		return time.Time{}
	}
	return t
}

func (s *slowFacts) instantOf(r seenFact, column string) time.Time {
	return s.known(r.row.time(column), r.at)
}

// minutesBetween is null until both have come.
func (s *slowFacts) minutesBetween(r seenFact, from, to string) float64 {
	a, b := s.instantOf(r, from), s.instantOf(r, to)
	if a.IsZero() || b.IsZero() {
		return null
	}
	return b.Sub(a).Minutes()
}

func (s *slowFacts) dayValue(t time.Time) []named {
	if t.IsZero() {
		return textValue("")
	}
	return textValue(s.date(t))
}

func yesOrNo(v any) []named {
	b, ok := v.(bool)
	if !ok {
		return textValue("")
	}
	if b {
		return []named{{true, "Yes"}}
	}
	return []named{{false, "No"}}
}

// dayColumns are the columns that hold days, with the instants they come from.
var dayColumns = map[dataset.FieldRef]string{
	dataset.AuthorDate: "Authored", dataset.CommitDate: "Committed",
	dataset.PullCreated: "Created", dataset.PullClosed: "Closed", dataset.PullFirstReview: "First review",
	dataset.RunQueued: "Queued", dataset.RunStarted: "Started", dataset.RunFinished: "Finished",
	dataset.TaskStarted: "Started", dataset.TaskFinished: "Finished",
	dataset.TestRunStarted: "Started", dataset.TestRunCompleted: "Completed",
	dataset.DeployQueued: "Queued", dataset.DeployStarted: "Started", dataset.DeployCompleted: "Completed",
	dataset.ChangesetCreated: "Created", dataset.TFVCCreated: "Created",
}

var personColumns = []dataset.FieldRef{dataset.CommitAuthor, dataset.Committer, dataset.PullCreatedBy, dataset.Reviewer, dataset.RunRequestedFor,
	dataset.DeployFor, dataset.ChangesetAuthor, dataset.CheckedInBy, dataset.TFVCOwner}

var flagColumns = []dataset.FieldRef{dataset.PullDraft, dataset.ReviewRequired, dataset.RunGone, dataset.TestAutomated}

var tagColumns = []dataset.FieldRef{dataset.PullLabel, dataset.RunTag, dataset.ChangesetBranch, dataset.ChangeType}

// value are the values of a column for a row: one, but of tags several.
func (s *slowFacts) value(ref dataset.FieldRef, r seenFact) []named {
	table, column := ref.Split()
	switch table {
	case dataset.Projects, dataset.Repositories, dataset.Pipelines:
		return s.named(ref, r)
	}
	if table != r.table {
		p := s.parent(r)
		if p == nil {
			return textValue("")
		}
		return s.value(ref, *p)
	}
	if instant, ok := dayColumns[ref]; ok {
		return s.dayValue(s.instantOf(r, instant))
	}
	switch {
	case slices.Contains(personColumns, ref):
		return personValue(r.row.text(column), "(Blank)")
	case slices.Contains(flagColumns, ref):
		return yesOrNo(r.row[column])
	case slices.Contains(tagColumns, ref):
		var out []named
		for _, t := range r.row.tags(column) {
			out = append(out, named{t, t})
		}
		if len(out) == 0 {
			return textValue("")
		}
		return out
	}
	switch ref {
	case dataset.PullStatus:
		return textValue(s.pullStatus(r))
	case dataset.RunStatus:
		return textValue(s.runStatus(r))
	case dataset.RunResult:
		return textValue(s.settled(r, "Result", "Finished"))
	case dataset.TaskResult:
		return textValue(s.settled(r, "Result", "Finished"))
	case dataset.DeployStatus:
		return textValue(s.deployStatus(r))
	case dataset.CommitWeekday:
		if t := s.instantOf(r, "Authored"); !t.IsZero() {
			return textValue(t.In(s.loc).Weekday().String())
		}
		return textValue("")
	case dataset.PullAgeBucket:
		return textValue(s.ageBucket(r))
	}
	if x, isNumber := s.numeric(ref, r); isNumber {
		return numberValue(x)
	}
	return textValue(r.row.text(column))
}

// named are the columns of the tables of names: of the row's own project, repository or pipeline, or of its
// parent's.
func (s *slowFacts) named(ref dataset.FieldRef, r seenFact) []named {
	table, _ := ref.Split()
	key := map[string]string{dataset.Projects: "Project", dataset.Repositories: "Repository", dataset.Pipelines: "Pipeline"}[table]
	if dataset.FactTableOf(r.table).Column(key) < 0 {
		p := s.parent(r)
		if p == nil {
			return textValue("")
		}
		return s.named(ref, *p)
	}
	switch ref {
	case dataset.Project:
		return textValue(r.row.text("Project"))
	case dataset.Process:
		if p := s.f.project(r.row.text("Project")); p != nil {
			return textValue(p.process)
		}
		return textValue("")
	}
	i := r.row.at(key)
	if i < 0 {
		return textValue("")
	}
	switch ref {
	case dataset.Repository:
		x := s.f.repositories[i]
		same := 0
		for _, y := range s.f.repositories {
			same += boolCount(y.name == x.name)
		}
		if same > 1 {
			return []named{{x.project + `\` + x.name, x.name}}
		}
		return textValue(x.name)
	case dataset.DefaultBranch:
		return textValue(s.f.repositories[i].branch)
	case dataset.Pipeline:
		return []named{{s.pipelineValue(s.f.pipelines[i]), s.f.pipelines[i].name}}
	case dataset.PipelineFolder:
		return textValue(s.f.pipelines[i].folder)
	}
	panic("no column " + ref)
}

// pipelineValue is the name of a pipeline, with its project and then its folder while another has the same.
func (s *slowFacts) pipelineValue(x worldPipeline) string {
	same, sameInProject := 0, 0
	for _, y := range s.f.pipelines {
		same += boolCount(y.name == x.name)
		sameInProject += boolCount(y.name == x.name && y.project == x.project)
	}
	switch {
	case same == 1:
		return x.name
	case sameInProject == 1 || x.folder == `\`:
		return x.project + `\` + x.name
	}
	return x.project + x.folder + `\` + x.name
}

func boolCount(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s *slowFacts) pullStatus(r seenFact) string {
	if closed := r.row.time("Closed"); !closed.IsZero() && s.known(closed, r.at).IsZero() {
		return "active"
	}
	return r.row.text("Status")
}

// runStatus is the stored one for a run as it is now, else what its instants say.
func (s *slowFacts) runStatus(r seenFact) string {
	finished, started := r.row.time("Finished"), r.row.time("Started")
	switch {
	case !started.IsZero() && s.known(started, r.at).IsZero():
		return "notStarted"
	case !finished.IsZero() && s.known(finished, r.at).IsZero():
		if started.IsZero() {
			return "notStarted"
		}
		return "inProgress"
	}
	return r.row.text("Status")
}

// settled is a text that is set when something ends.
func (s *slowFacts) settled(r seenFact, column, end string) string {
	if t := r.row.time(end); !t.IsZero() && s.known(t, r.at).IsZero() {
		return ""
	}
	return r.row.text(column)
}

func (s *slowFacts) deployStatus(r seenFact) string {
	if t := r.row.time("Completed"); !t.IsZero() && s.known(t, r.at).IsZero() {
		return "inProgress"
	}
	return r.row.text("Status")
}

// pullAge is in days, of a pull request that is active at the point.
func (s *slowFacts) pullAge(r seenFact) float64 {
	if s.pullStatus(r) != "active" || s.instantOf(r, "Created").IsZero() {
		return null
	}
	return s.instant(r.at).Sub(r.row.time("Created")).Hours() / 24
}

func (s *slowFacts) ageBucket(r seenFact) string {
	switch age := s.pullAge(r); {
	case age < 1:
		return "under 1 day"
	case age < 3:
		return "1–3"
	case age < 7:
		return "3–7"
	case age < 14:
		return "7–14"
	case age >= 14:
		return "over 14"
	}
	return ""
}

// numeric is the number of a column that holds numbers.
func (s *slowFacts) numeric(ref dataset.FieldRef, r seenFact) (float64, bool) {
	_, column := ref.Split()
	switch ref {
	case dataset.PullRequestID, dataset.RunID, dataset.TestRunID, dataset.DeploymentID, dataset.ChangesetID:
		return float64(r.row.at("Id")), true
	case dataset.CommitHour:
		if t := s.instantOf(r, "Authored"); !t.IsZero() {
			return float64(t.In(s.loc).Hour()), true
		}
		return null, true
	case dataset.FilesChanged:
		return r.row.number("Files added") + r.row.number("Files edited") + r.row.number("Files deleted"), true
	case dataset.PullHoursToClose:
		return s.minutesBetween(r, "Created", "Closed") / 60, true
	case dataset.PullHoursToFirst:
		return s.minutesBetween(r, "Created", "First review") / 60, true
	case dataset.PullAgeDays:
		return s.pullAge(r), true
	case dataset.RunQueueMinutes:
		return s.minutesBetween(r, "Queued", "Started"), true
	case dataset.RunMinutes, dataset.TaskMinutes:
		return s.minutesBetween(r, "Started", "Finished"), true
	case dataset.RunTotalMinutes:
		return s.minutesBetween(r, "Queued", "Finished"), true
	case dataset.TestRunMinutes, dataset.DeployMinutes:
		return s.minutesBetween(r, "Started", "Completed"), true
	case dataset.FilesAdded, dataset.FilesEdited, dataset.FilesDeleted, dataset.PullComments, dataset.PullReviewers, dataset.TestsTotal,
		dataset.TestsPassed, dataset.TestsFailed, dataset.TestsNotRun, dataset.TestsNotImpacted, dataset.ChangesetFiles, dataset.TFVCDepth:
		return r.row.number(column), true
	}
	return null, false
}
