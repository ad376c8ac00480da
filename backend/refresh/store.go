// Package refresh brings one dataset up to date: it plans which feeds to read, reads page after page,
// turns each page into rows (pure), and stores rows and cursor in one transaction.
//
// A refresh may be stopped at any instant, by a person, a signal or a power cut: what was committed
// stays, and the next run goes on from the last committed cursor.
package refresh

import (
	"context"
	"time"

	"sightline/backend/devops"
)

// Store is the dataset file as a refresh sees it. It is implemented by package sqlite; one refresh at
// a time writes one Store. Its methods may be called by several goroutines at once.
type Store interface {
	// Commit stores all rows of a batch and its cursors, if any, in one transaction, and says what that
	// changed. Rows are upserted by natural key, so replaying a batch changes nothing. Faults: DiskFull,
	// ReadOnly, Corrupt.
	Commit(ctx context.Context, b devops.Batch) (devops.Changes, error)
	// Cursor returns the saved cursor of a feed and scope; ok is false when there is none yet.
	Cursor(ctx context.Context, feed, scope string) (c devops.Cursor, ok bool, err error)
	// Projects lists the projects the dataset holds, also those that are gone.
	Projects(ctx context.Context) ([]devops.Project, error)
	// Counts says how many rows of each entity the dataset holds of a project, for the proof of load. Rows that
	// are marked gone are counted apart.
	Counts(ctx context.Context, projectID string) (held, gone map[devops.Entity]int, err error)

	WorkItemStore
	SourceStore
	PipelineStore
	ProofStore
}

// ProofStore is what the proof of load asks of a store, so that it compares ids and not only counts.
type ProofStore interface {
	// RevisionSpans says, by ascending work item id, which revisions are held of the items whose current
	// revision is in the project, deleted ones too, whichever project a revision was made in.
	RevisionSpans(ctx context.Context, projectID string) ([]devops.RevisionSpan, error)
	// ActiveLinks visits every active link of the dataset, in no order.
	ActiveLinks(ctx context.Context, visit func(kind string, source, target int)) error
	// HeldIDs lists, in ascending order, the ids of the rows of an entity of a project, those that are gone too. ok
	// is false for an entity whose rows have no whole number for an id.
	HeldIDs(ctx context.Context, projectID string, e devops.Entity) (ids []int, ok bool, err error)
}

// WorkItemStore is what a refresh asks of stored work items.
type WorkItemStore interface {
	// WorkItemIDs lists, in ascending order, the ids whose current revision is in the project and is
	// not deleted: the local side of the guarded sweep for destroyed items.
	WorkItemIDs(ctx context.Context, projectID string) ([]int, error)
}

// SourceStore is what a refresh asks of stored source control.
type SourceStore interface {
	// Repositories lists the repositories of a project, also those that are gone.
	Repositories(ctx context.Context, projectID string) ([]devops.Repository, error)
	// BranchHeads returns the head of each branch of a repository by its name; branches that are gone are left out.
	BranchHeads(ctx context.Context, repositoryID string) (map[string]string, error)
	// KnownCommits returns which of the ids the dataset holds of a repository.
	KnownCommits(ctx context.Context, repositoryID string, ids []string) (map[string]bool, error)
	// ActivePullRequests lists, in ascending order, the pull requests of a project that were active when they
	// were last read.
	ActivePullRequests(ctx context.Context, projectID string) ([]devops.PullRequest, error)
	// PullRequestsToReview lists, newest first and at most limit, the pull requests of a project whose threads have
	// to be read: never read, last read before they were closed, or read before again while they were active or
	// less than a day after they were closed.
	PullRequestsToReview(ctx context.Context, projectID string, again time.Time, limit int) ([]devops.PullRequest, error)
	// ChangesetsWithoutFiles lists, newest first and at most limit, changesets of a project whose files were not
	// read yet.
	ChangesetsWithoutFiles(ctx context.Context, projectID string, limit int) ([]int, error)
}

// PipelineStore is what a refresh asks of stored builds.
type PipelineStore interface {
	// OpenBuilds lists, in ascending order, the builds of a project that had not finished when they were last
	// read and are not gone.
	OpenBuilds(ctx context.Context, projectID string) ([]int, error)
	// BuildsWithoutTimeline lists, at most limit, the completed builds of a project, queued at or after since and
	// not gone, whose timeline was not read yet: failed ones first, then the newest.
	BuildsWithoutTimeline(ctx context.Context, projectID string, since time.Time, limit int) ([]int, error)
	// FailedBuildsWithoutTimeline lists, newest first and at most limit, the failed ones of them.
	FailedBuildsWithoutTimeline(ctx context.Context, projectID string, since time.Time, limit int) ([]int, error)
	// BuildIDs lists, in ascending order, the builds of a project that are not gone and were queued at or
	// after since: the local side of the check for builds that retention deleted.
	BuildIDs(ctx context.Context, projectID string, since time.Time) ([]int, error)
}

// Phase names the steps of the loading screen, in their order.
type Phase string

// The phases.
const (
	PhaseProjects  Phase = "projects"  // projects, teams, areas, iterations, types, states, fields
	PhaseWorkItems Phase = "workItems" // the current revision of each work item: the first look
	PhaseHistory   Phase = "history"   // every revision
	PhaseLinks     Phase = "links"
	PhaseGit       Phase = "git" // repositories, branches, pushes, commits
	PhasePulls     Phase = "pullRequests"
	PhasePipelines Phase = "pipelines" // builds, timelines, deployments
	PhaseTests     Phase = "tests"
	PhaseTFVC      Phase = "tfvc"
	PhaseCompute   Phase = "compute" // columns built and checked
)

// PhaseState is the state of one phase.
type PhaseState string

// The states of a phase.
const (
	NotStarted PhaseState = "notStarted"
	Running    PhaseState = "running"
	Waiting    PhaseState = "waiting" // the service asked us to slow down
	Finished   PhaseState = "finished"
	Failed     PhaseState = "failed"
)

// PhaseProgress is one line of the loading screen.
type PhaseProgress struct {
	Phase    Phase
	State    PhaseState
	Done     int     // rows
	Expected int     // rows; 0 when not known
	Rate     float64 // rows a second, over the last seconds
	Elapsed  time.Duration
}

// RunState is the state of a whole refresh.
type RunState string

// The states of a run.
const (
	RunRunning   RunState = "running"
	RunPaused    RunState = "paused"
	RunSucceeded RunState = "succeeded"
	RunFailed    RunState = "failed"
	RunCanceled  RunState = "canceled"
)

// Progress is a snapshot of a running or ended refresh. It is small and safe to send as an event.
type Progress struct {
	State     RunState
	Phases    []PhaseProgress
	Percent   float64 // 0 to 100 over all phases, never falls
	Rows      int
	RowRate   float64
	Requests  int
	Bytes     int64
	Started   time.Time
	Elapsed   time.Duration
	Left      time.Duration // 0 when not known
	Waited    time.Duration // how long the service made us wait, in all
	WaitUntil time.Time     // zero when not waiting now
	WaitWhy   string        // what the service said, for a person
	// FirstLook is true as soon as the current state of every work item is stored.
	FirstLook bool
	Projects  []string // names that matched
	Retries   int      // requests that were sent again after a fault
	Parked    []Parked // so far
	Skipped   []Skipped
	Log       []LogLine
}

// LogLine is one line of the log under the loading screen. It never holds a secret.
type LogLine struct {
	At   time.Time
	Text string
}
