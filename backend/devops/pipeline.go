package devops

import "time"

// Definition is a pipeline, keyed by (ProjectID, ID). Its name may change.
type Definition struct {
	ProjectID   string
	ID          int
	Name        string
	Path        string // folder: \ or \Release
	QueueStatus string // enabled, paused, disabled
	Kind        string // build, xaml
	Gone        bool
}

// Build is one run of a pipeline, keyed by ID, which is unique in an organization.
type Build struct {
	ID             int
	ProjectID      string
	Number         string
	DefinitionID   int
	DefinitionName string // as the build spells it
	Status         string // notStarted, postponed, inProgress, cancelling, completed
	Result         string // succeeded, partiallySucceeded, failed, canceled; "" until completed
	Reason         string // manual, individualCI, batchedCI, schedule, pullRequest, buildCompletion, resourceTrigger, …
	Branch         string // refs/heads/main, refs/pull/12/merge
	Commit         string // source version: a commit id, or C123 for a changeset
	RepositoryID   string // GUID for TfsGit, else the service's own id
	RepositoryKind string // TfsGit, TfsVersionControl, GitHub, …
	Pool           string
	Queued         time.Time
	Started        time.Time
	Finished       time.Time
	RequestedFor   Person
	RequestedBy    Person
	Tags           []string
	KeepForever    bool
	Gone           bool // the server no longer has it: retention. The row is kept.
}

// Completed reports whether the build will not change any more, but for its retention.
func (b *Build) Completed() bool { return b.Status == BuildCompleted }

// BuildCompleted is the last status of a build.
const BuildCompleted = "completed"

// Timeline is what happened inside one build, keyed by BuildID. It is whole or not there.
type Timeline struct {
	BuildID   int
	ProjectID string
	Read      time.Time
	// Empty is true for a build that has no timeline: an error in its definition, or one that the server
	// has deleted meanwhile.
	Empty   bool
	Records []TimelineRecord
}

// TimelineRecord is a stage, phase, job or task of a build, keyed by (build, ID).
type TimelineRecord struct {
	ID         string // GUID
	ParentID   string
	Kind       string // Stage, Phase, Job, Task, Checkpoint, …
	Name       string
	Identifier string // stable name: build.linux.test
	State      string // pending, inProgress, completed
	Result     string // succeeded, succeededWithIssues, failed, canceled, skipped, abandoned; "" until completed
	Worker     string
	Order      int
	Attempt    int
	Errors     int
	Warnings   int
	Started    time.Time
	Finished   time.Time
}

// Deployment is one deployment of a classic release to an environment, keyed by (ProjectID, ID).
type Deployment struct {
	ProjectID      string
	ID             int
	ReleaseID      int
	ReleaseName    string
	DefinitionID   int
	DefinitionName string
	EnvironmentID  int // of the definition: the same over releases
	Environment    string
	Attempt        int
	Reason         string // manual, automated, schedule, redeployTrigger
	Status         string // notDeployed, inProgress, succeeded, partiallySucceeded, failed
	Operation      string // operationStatus: Approved, Canceled, …
	Queued         time.Time
	Started        time.Time
	Completed      time.Time
	Modified       time.Time
	RequestedFor   Person
	RequestedBy    Person
	BuildID        int // of the primary artifact; 0 when it is no build
}

// TestRun is one run of tests with its counts, keyed by (ProjectID, ID).
type TestRun struct {
	ProjectID     string
	ID            int
	Name          string
	Automated     bool
	State         string // Unspecified, NotStarted, InProgress, Completed, Waiting, Aborted, NeedsInvestigation
	Started       time.Time
	Completed     time.Time
	Updated       time.Time
	Owner         Person
	BuildID       int    // 0 when it belongs to no build
	ReleaseID     int    // 0 when it belongs to no release
	Stage         string // of the pipeline; "" when not said
	Total         int
	Passed        int
	Failed        int // unanalyzedTests of the service, or what the statistics say
	NotExecuted   int // incomplete and not applicable ones are their own
	Incomplete    int
	NotApplicable int
	// Outcomes counts results by outcome (Passed, Failed, NotExecuted, NotImpacted, …); nil when the service
	// did not say.
	Outcomes map[string]int
}
