package world

import "sort"

// Build is one run of a pipeline. What it will come to is drawn when it is queued, and nobody may look at it
// before its time: ask Status, Result and the two times that Started and Finished of it tell.
type Build struct {
	ID       int
	Pipeline *Pipeline
	Queued   int64
	Reason   BuildReason
	Branch   string // refs/heads/main, refs/pull/12/merge, or a path of TFVC
	Commit   string // a commit id, or C12 for a changeset
	Pull     int    // pull request it checks; 0 for none
	For, By  *Person
	Number   string
	Revision int  // the last part of Number
	Broken   bool // its definition could not be read: it failed at once and has no timeline
	Tagged   bool
	Pinned   bool // a person keeps it for ever
	Shipped  bool // a release keeps it; only known of builds whose release was made by now

	started  int64 // 0 when it is canceled while it waits
	finished int64
	result   BuildResult
	key      uint64
}

// BuildReason says why a build was queued, in the words of the service.
type BuildReason string

// The reasons.
const (
	ByHand       BuildReason = "manual"
	IndividualCI BuildReason = "individualCI"
	BatchedCI    BuildReason = "batchedCI"
	Scheduled    BuildReason = "schedule"
	ForPull      BuildReason = "pullRequest"
)

// BuildResult is how a build ended.
type BuildResult string

// The results.
const (
	Succeeded          BuildResult = "succeeded"
	PartiallySucceeded BuildResult = "partiallySucceeded"
	Failed             BuildResult = "failed"
	Canceled           BuildResult = "canceled"
)

// KeptDays is how long a finished build is kept before retention deletes it, unless a person or a release
// keeps it.
const KeptDays = 365

// Builds are the builds of a project that the server has now, by id.
func (w *World) Builds(p *Project) []*Build { return w.works().byProject[p.Index] }

// Build finds a build by its id; nil when it never was or retention deleted it.
func (w *World) Build(id int) *Build {
	all := w.works().builds
	i := sort.Search(len(all), func(i int) bool { return all[i].ID >= id })
	if i < len(all) && all[i].ID == id {
		return all[i]
	}
	return nil
}

// Started is when a build left the queue; 0 when it has not, or never did.
func (w *World) Started(b *Build) int64 {
	if b.started <= w.Now {
		return b.started
	}
	return 0
}

// Finished is when a build ended; 0 when it has not.
func (w *World) Finished(b *Build) int64 {
	if b.finished <= w.Now {
		return b.finished
	}
	return 0
}

// Result is how a build ended; empty while it has not.
func (w *World) Result(b *Build) BuildResult {
	if b.finished <= w.Now {
		return b.result
	}
	return ""
}

// Status is notStarted, postponed, inProgress, cancelling or completed.
func (w *World) Status(b *Build) string {
	switch {
	case b.finished <= w.Now:
		return "completed"
	case b.result == Canceled && b.finished-w.Now < 30*second && b.started != 0 && b.started <= w.Now:
		return "cancelling"
	case b.started != 0 && b.started <= w.Now:
		return "inProgress"
	case b.key%29 == 0:
		return "postponed"
	}
	return "notStarted"
}

// LastChanged is the last instant at which anything about a build changed.
func (w *World) LastChanged(b *Build) int64 {
	return max(b.Queued, w.Started(b), w.Finished(b))
}

// kept says whether a build outlives retention.
func (b *Build) kept() bool { return b.Pinned || b.Shipped }

// expired says whether retention deleted a build by now.
func (w *World) expired(b *Build) bool {
	return b.finished+w.keptDays()*millisPerDay <= w.Now && !b.kept()
}

// Problem is what the service says about the definition of a broken build.
func (b *Build) Problem() string {
	texts := []string{
		"/azure-pipelines.yml (Line: 41, Col: 7): Unexpected value 'displayNam'",
		"/azure-pipelines.yml: (Line: 12, Col: 1, Idx: 288) - (Line: 12, Col: 1, Idx: 288): While parsing a block mapping, did not find expected key.",
		"/templates/test.yml (Line: 8, Col: 5): A template expression is not allowed in this context",
		"Job Test: Step VSTest references service connection lumen-registry which could not be found. The service connection does not exist, has been disabled or has not been authorized for use.",
	}
	return texts[b.key%uint64(len(texts))]
}

// noise is how many warnings the compiler of a build writes, at most.
func (b *Build) noise() int { return int(b.key >> 40 % 7) }
