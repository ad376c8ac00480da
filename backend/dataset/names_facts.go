package dataset

// The columns of the tables beside work items.
const (
	Repository       FieldRef = "Repositories[Repository]"
	DefaultBranch    FieldRef = "Repositories[Default branch]"
	CommitID         FieldRef = "Commits[Commit id]"
	CommitAuthor     FieldRef = "Commits[Author]"
	Committer        FieldRef = "Commits[Committer]"
	AuthorDate       FieldRef = "Commits[Author date]"
	CommitDate       FieldRef = "Commits[Commit date]"
	CommitWeekday    FieldRef = "Commits[Day of week]" // of the author date, in the dataset's zone
	CommitHour       FieldRef = "Commits[Hour]"        // likewise, 0 to 23
	FilesAdded       FieldRef = "Commits[Files added]"
	FilesEdited      FieldRef = "Commits[Files edited]"
	FilesDeleted     FieldRef = "Commits[Files deleted]"
	PullRequestID    FieldRef = "Pull requests[Id]"
	PullRequestTitle FieldRef = "Pull requests[Title]"
	PullStatus       FieldRef = "Pull requests[Status]" // active, completed, abandoned, as of the time
	PullDraft        FieldRef = "Pull requests[Is draft]"
	PullCreatedBy    FieldRef = "Pull requests[Created by]"
	PullSource       FieldRef = "Pull requests[Source branch]"
	PullTarget       FieldRef = "Pull requests[Target branch]"
	PullLabel        FieldRef = "Pull requests[Label]"
	PullCreated      FieldRef = "Pull requests[Created date]"
	PullClosed       FieldRef = "Pull requests[Closed date]"
	PullHoursToClose FieldRef = "Pull requests[Hours to close]" // M41
	PullHoursToFirst FieldRef = "Pull requests[Hours to first review]"
	PullAgeDays      FieldRef = "Pull requests[Age in days]" // with decimals, of active ones
	PullAgeBucket    FieldRef = "Pull requests[Age bucket]"  // PullAgeBuckets
	PullComments     FieldRef = "Pull requests[Comments]"
	PullReviewers    FieldRef = "Pull requests[Reviewers]"
	Reviewer         FieldRef = "Reviews[Reviewer]"
	Vote             FieldRef = "Reviews[Vote]" // Approved, Approved with suggestions, No vote, Waiting for author, Rejected
	ReviewRequired   FieldRef = "Reviews[Is required]"
	Pipeline         FieldRef = "Pipelines[Pipeline]"
	PipelineFolder   FieldRef = "Pipelines[Folder]"
	RunID            FieldRef = "Pipeline runs[Id]"
	RunNumber        FieldRef = "Pipeline runs[Number]"
	RunStatus        FieldRef = "Pipeline runs[Status]" // notStarted, inProgress, completed …, as of the time
	RunResult        FieldRef = "Pipeline runs[Result]" // succeeded, partiallySucceeded, failed, canceled; blank until finished
	RunReason        FieldRef = "Pipeline runs[Reason]"
	RunBranch        FieldRef = "Pipeline runs[Branch]"
	RunPool          FieldRef = "Pipeline runs[Pool]"
	RunRequestedFor  FieldRef = "Pipeline runs[Requested for]"
	RunTag           FieldRef = "Pipeline runs[Tag]"
	RunQueued        FieldRef = "Pipeline runs[Queued date]"
	RunStarted       FieldRef = "Pipeline runs[Started date]"
	RunFinished      FieldRef = "Pipeline runs[Finished date]"
	RunQueueMinutes  FieldRef = "Pipeline runs[Queue minutes]" // start − queue time (M44)
	RunMinutes       FieldRef = "Pipeline runs[Run minutes]"   // finish − start (M44)
	RunTotalMinutes  FieldRef = "Pipeline runs[Total minutes]" // finish − queue time (M32)
	RunGone          FieldRef = "Pipeline runs[Gone on server]"
	Task             FieldRef = "Pipeline tasks[Task]"
	TaskJob          FieldRef = "Pipeline tasks[Job]"
	TaskStage        FieldRef = "Pipeline tasks[Stage]"
	TaskResult       FieldRef = "Pipeline tasks[Result]"
	TaskMinutes      FieldRef = "Pipeline tasks[Task minutes]" // M33
	TaskFinished     FieldRef = "Pipeline tasks[Finished date]"
	TestRunID        FieldRef = "Test runs[Id]"
	TestRunName      FieldRef = "Test runs[Name]"
	TestRunState     FieldRef = "Test runs[State]"
	TestAutomated    FieldRef = "Test runs[Is automated]"
	TestWorkflow     FieldRef = "Test runs[Workflow]" // Build, Release, Manual
	TestStage        FieldRef = "Test runs[Stage]"
	TestRunStarted   FieldRef = "Test runs[Started date]"
	TestRunCompleted FieldRef = "Test runs[Completed date]"
	TestsTotal       FieldRef = "Test runs[Total]"
	TestsPassed      FieldRef = "Test runs[Passed]"
	TestsFailed      FieldRef = "Test runs[Failed]"
	TestsNotRun      FieldRef = "Test runs[Not executed]"
	TestsNotImpacted FieldRef = "Test runs[Not impacted]"
	TestRunMinutes   FieldRef = "Test runs[Run minutes]"
	DeploymentID     FieldRef = "Deployments[Id]"
	Release          FieldRef = "Deployments[Release]"
	ReleasePipeline  FieldRef = "Deployments[Release pipeline]"
	Environment      FieldRef = "Deployments[Environment]"
	DeployStatus     FieldRef = "Deployments[Status]"
	DeployReason     FieldRef = "Deployments[Reason]"
	DeployFor        FieldRef = "Deployments[Requested for]"
	DeployQueued     FieldRef = "Deployments[Queued date]"
	DeployCompleted  FieldRef = "Deployments[Completed date]"
	DeployMinutes    FieldRef = "Deployments[Minutes]" // completed − started
	ChangesetID      FieldRef = "Changesets[Id]"
	ChangesetAuthor  FieldRef = "Changesets[Author]"
	CheckedInBy      FieldRef = "Changesets[Checked in by]"
	ChangesetCreated FieldRef = "Changesets[Created date]"
	ChangesetComment FieldRef = "Changesets[Comment]"
	ChangesetBranch  FieldRef = "Changesets[Branch]" // every branch that one of its files lies in
	ChangesetFiles   FieldRef = "Changesets[Files]"
	ChangeType       FieldRef = "File changes[Change type]" // Add, Edit, Delete, Rename, Merge, Rollback …: a change stands under each of its flags
	FileExtension    FieldRef = "File changes[Extension]"
	FileFolder       FieldRef = "File changes[Folder]"
	TFVCBranch       FieldRef = "TFVC branches[Branch]"
	TFVCParent       FieldRef = "TFVC branches[Parent branch]"
	TFVCDepth        FieldRef = "TFVC branches[Depth]"
	TFVCOwner        FieldRef = "TFVC branches[Owner]"
)

// PullAgeBuckets are the values of Pull requests[Age bucket] in their own order; PullAgeBucketEnds are their
// first days that no longer count: an age of 1.0 days stands in the second (reports.md §6.8).
var (
	PullAgeBuckets    = []string{"under 1 day", "1–3", "3–7", "7–14", "over 14"}
	PullAgeBucketEnds = []float64{1, 3, 7, 14}
)
