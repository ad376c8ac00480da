package dataset

// Further columns of the tables beside work items.
const (
	RepositoryDisabled FieldRef = "Repositories[Is disabled]"
	RepositoryGone     FieldRef = "Repositories[Gone on server]"
	PipelineGone       FieldRef = "Pipelines[Gone on server]"
	FilesChanged       FieldRef = "Commits[Files changed]" // added + edited + deleted
	PullFirstReview    FieldRef = "Pull requests[First review date]"
	TaskStarted        FieldRef = "Pipeline tasks[Started date]"
	DeployStarted      FieldRef = "Deployments[Started date]"
	TFVCCreated        FieldRef = "TFVC branches[Created date]"
)

// The measures of Git.
const (
	CountOfCommits          = "Commits"
	RepositoriesWithCommits = "Repositories with commits"
	ProjectsWithCommits     = "Projects with commits"
	CommitAuthors           = "Commit authors"
	SumFilesAdded           = "Files added"
	SumFilesEdited          = "Files edited"
	SumFilesDeleted         = "Files deleted"
	SumFilesChanged         = "Files changed"
	LastCommit              = "Last commit"
)

// The measures of pull requests and their reviews.
const (
	CountOfPullRequests   = "Pull requests"
	PullRequestsCompleted = "Pull requests completed"
	PullRequestsAbandoned = "Pull requests abandoned"
	PullRequestsClosed    = "Pull requests closed"
	ActivePullRequests    = "Active pull requests"
	CompletionRate        = "Completion rate"
	AbandonmentRate       = "Abandonment rate"
	MedianHoursToClose    = "Median hours to close"
	HoursToCloseP90       = "Hours to close 90th percentile"
	MedianHoursToComplete = "Median hours to complete"
	HoursToCompleteP90    = "Hours to complete 90th percentile"
	MedianHoursToReview   = "Median hours to first review"
	HoursToReviewP90      = "Hours to first review 90th percentile"
	AveragePullAge        = "Average age of active pull requests"
	OldestPullAge         = "Oldest active pull request"
	CountOfReviews        = "Reviews"
	CountOfReviewers      = "Reviewers"
	CountOfVotes          = "Votes"
	Approvals             = "Approvals"
	Rejections            = "Rejections"
)

// The measures of pipeline runs and their tasks.
const (
	CountOfRuns           = "Pipeline runs"
	RunsQueued            = "Runs queued"
	RunsInProgress        = "Runs in progress"
	PipelinesWithRuns     = "Pipelines with runs"
	SucceededRuns         = "Succeeded runs"
	PartlySucceededRuns   = "Partially succeeded runs"
	FailedRuns            = "Failed runs"
	CanceledRuns          = "Canceled runs"
	PassRate              = "Pass rate"
	FailRate              = "Fail rate"
	PartialRate           = "Partial rate"
	MedianRunDuration     = "Median run duration"
	RunDurationP80        = "Run duration 80th percentile"
	RunDurationP90        = "Run duration 90th percentile"
	RunDurationP95        = "Run duration 95th percentile"
	MedianBuildDuration   = "Median build duration"
	BuildDurationP90      = "Build duration 90th percentile"
	BuildDurationP95      = "Build duration 95th percentile"
	MedianFailedDuration  = "Median failed build duration"
	MedianQueueWait       = "Median queue wait"
	QueueWaitP90          = "Queue wait 90th percentile"
	CountOfTasks          = "Pipeline tasks"
	FailedStages          = "Failed stages"
	FailedJobs            = "Failed jobs"
	FailedTasks           = "Failed tasks"
	MedianTaskDuration    = "Median task duration"
	TaskDurationP80       = "Task duration 80th percentile"
	TaskDurationP95       = "Task duration 95th percentile"
	CountOfTestRuns       = "Test runs"
	SumTests              = "Tests"
	SumTestsPassed        = "Tests passed"
	SumTestsFailed        = "Tests failed"
	SumTestsNotExecuted   = "Tests not executed"
	SumTestsNotImpacted   = "Tests not impacted"
	TestPassRate          = "Test pass rate"
	AverageTestDuration   = "Average test duration"
	AverageTestRun        = "Average test run duration"
	CountOfDeployments    = "Deployments"
	DeploymentsInProgress = "Deployments in progress"
	SucceededDeployments  = "Succeeded deployments"
	PartlyDeployments     = "Partially succeeded deployments"
	FailedDeployments     = "Failed deployments"
	DeploymentSuccessRate = "Deployment success rate"
	MedianDeployment      = "Median deployment duration"
)

// The measures of Team Foundation Version Control.
const (
	CountOfChangesets     = "Changesets"
	ChangesetAuthors      = "Changeset authors"
	AverageChangesetFiles = "Changeset files average"
	CountOfFileChanges    = "File changes"
	CountOfTFVCBranches   = "TFVC branches"
)

// The roles of columns of the tables beside work items.
const (
	RoleRepository    Role = "repository"
	RolePipeline      Role = "pipeline"
	RoleBranch        Role = "branch"
	RoleOutcome       Role = "outcome" // its members are good or bad news: succeeded, failed
	RoleCommitID      Role = "commitId"
	RolePullRequestID Role = "pullRequestId"
	RoleRunID         Role = "runId"
	RoleTestRunID     Role = "testRunId"
	RoleDeploymentID  Role = "deploymentId"
	RoleChangesetID   Role = "changesetId"
)

// The words that the measures of facts look for.
const (
	PullActive    = "active"
	PullCompleted = "completed"
	PullAbandoned = "abandoned"

	ResultSucceeded       = "succeeded"
	ResultPartlySucceeded = "partiallySucceeded"
	ResultFailed          = "failed"
	ResultCanceled        = "canceled"
	ResultSkipped         = "skipped"
	ResultAbandoned       = "abandoned"
	ResultNotDeployed     = "notDeployed"

	VoteApproved            = "Approved"
	VoteApprovedSuggestions = "Approved with suggestions"
	VoteNone                = "No vote"
	VoteWaiting             = "Waiting for author"
	VoteRejected            = "Rejected"
)
