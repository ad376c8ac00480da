package world

import "sightline/backend/devops"

// PullRequest is a pull request as it stands now, with everything that happened to it.
type PullRequest struct {
	ID         int // rises with time over the whole organization
	Repository *Repository
	Item       uint32 // the work item it belongs to; it may have been destroyed since
	Source     string // refs/heads/users/…
	Target     string
	Created    int64
	CreatedBy  *Person
	Status     devops.PullRequestStatus
	Closed     int64 // 0 while it is active
	ClosedBy   *Person
	Draft      bool
	Conflicts  bool
	Reviewers  []Reviewer // in the order in which they came
	Labels     []string
	Iterations []Iteration // one for each push to the source branch, the first as it was opened
	Threads    []Thread    // in the order in which they began
	// SourceCommit is the head of the source branch, TargetCommit the head of the target that it was last
	// merged with, MergeCommit the result once it is completed and -1 before: positions in the commits.
	SourceCommit, TargetCommit, MergeCommit int32
	Squashed                                bool

	title uint8 // how its title is worded
}

// Reviewer is somebody who was asked to review, with the vote that stands. A team votes through its members.
type Reviewer struct {
	Person   *Person // nil for a team
	Team     *Team
	Vote     int8 // 10, 5, 0, -5, -10
	Required bool
	Declined bool
}

// Iteration is one state of the source branch.
type Iteration struct {
	At           int64
	By           *Person
	Source, Base int32 // positions in the commits
	Rebased      bool  // the branch was pushed by force
}

// ThreadKind says what a thread is about.
type ThreadKind uint8

// The kinds of thread. All but TextThread are written by the system.
const (
	TextThread ThreadKind = iota
	VoteThread
	ReviewersThread
	MergeThread
	RefThread
	StatusThread
)

// Thread is a discussion, or a note of the system.
type Thread struct {
	Number   int // within the pull request, from 1
	Kind     ThreadKind
	At       int64
	Updated  int64
	By       *Person
	Comments []ThreadComment // of a TextThread
	Deleted  bool
	Resolved bool

	Vote      int8    // of a VoteThread
	Person    *Person // who came or went, of a ReviewersThread
	Team      *Team
	Removed   bool
	Source    int32 // of a MergeThread and a RefThread
	Target    int32
	Conflicts bool
	Status    devops.PullRequestStatus // of a StatusThread
}

// ThreadComment is one comment of a person.
type ThreadComment struct {
	At      int64
	By      *Person
	Text    string
	Deleted bool
}
