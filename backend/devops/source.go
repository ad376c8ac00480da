package devops

import "time"

// Repository is a Git repository, keyed by its GUID, which survives a rename.
type Repository struct {
	ID            string
	ProjectID     string
	Name          string
	DefaultBranch string // refs/heads/main; "" while it is empty
	Size          int64  // bytes
	WebURL        string
	Disabled      bool // listed, but its contents may not be read
	InMaintenance bool
	Fork          bool
	Gone          bool // no longer listed, and a direct look says it is not there
}

// Branch is a branch of a Git repository, keyed by (RepositoryID, Name).
type Branch struct {
	RepositoryID string
	Name         string // refs/heads/main
	Head         string // commit id (SHA-1, 40 hexadecimal digits)
	Gone         bool
}

// Commit is a commit of a Git repository, keyed by (RepositoryID, ID). The service counts files, never lines.
type Commit struct {
	RepositoryID string
	ID           string
	Author       Signature
	Committer    Signature
	Comment      string
	Adds         *int // files; nil when not said
	Edits        *int
	Deletes      *int
}

// Signature is who wrote or committed, and when, as Git knows them: a name and an address, no identity.
type Signature struct {
	Name    string
	Address string
	At      time.Time
}

// Push is one push to a Git repository, keyed by (RepositoryID, ID).
type Push struct {
	RepositoryID string
	ID           int
	At           time.Time // of the server, monotonic
	By           Person
	Updates      []RefUpdate
}

// RefUpdate is what a push did to a branch or a tag. An empty id means that the ref was made or deleted.
type RefUpdate struct {
	Name string
	Old  string
	New  string
}

// PullRequest is keyed by ID, which is unique in an organization.
type PullRequest struct {
	ID           int
	RepositoryID string
	ProjectID    string
	Title        string
	Status       PullRequestStatus
	Source       string // refs/heads/…
	Target       string
	MergeStatus  string // succeeded, conflicts, …; "" when not said
	Draft        bool
	Created      time.Time
	Closed       time.Time // completed or abandoned; zero while active
	CreatedBy    Person
	ClosedBy     Person
	Reviewers    []Reviewer
	Labels       []string
	SourceCommit string
}

// PullRequestStatus is the state of a pull request.
type PullRequestStatus string

// The states.
const (
	ActivePullRequest    PullRequestStatus = "active"
	CompletedPullRequest PullRequestStatus = "completed"
	AbandonedPullRequest PullRequestStatus = "abandoned"
)

// Reviewer is somebody who was asked to review, with the vote that stands: 10 approved, 5 approved with
// suggestions, 0 none, -5 waiting for the author, -10 rejected.
type Reviewer struct {
	Person   Person
	Vote     int
	Required bool
	Group    bool // a team or group, not a person
	Declined bool
}

// Review is what the threads of one pull request tell, keyed by PullRequestID: the only place where the
// service says when somebody voted.
type Review struct {
	PullRequestID int
	RepositoryID  string
	ProjectID     string
	Read          time.Time // when the threads were read
	Votes         []Vote    // in the order of time
	Threads       int       // started by a person, not deleted
	Comments      int       // written by a person, not deleted
	// FirstReview is the first vote other than 0 or comment by anybody but the author; zero when there is none.
	FirstReview time.Time
}

// Vote is one vote at its time.
type Vote struct {
	Person Person
	Vote   int
	At     time.Time
}

// Changeset is a TFVC check-in, keyed by ID, which is unique in an organization and increases with time.
type Changeset struct {
	ID          int
	ProjectID   string
	Author      Person
	CheckedInBy Person
	Created     time.Time
	Comment     string
	// FilesRead is false while only the list knows the changeset.
	FilesRead bool
	Files     []ChangedFile
}

// ChangedFile is one file of a changeset, keyed by (changeset, Path).
type ChangedFile struct {
	Path   string // $/Project/src/main.cs
	Folder bool
	Size   *int64 // bytes
	Flags  ChangeFlags
}

// ChangeFlags say what a changeset did to a file; the service names several at once: "merge, edit".
type ChangeFlags uint32

// The flags.
const (
	FlagAdd ChangeFlags = 1 << iota
	FlagEdit
	FlagDelete
	FlagRename
	FlagBranch
	FlagMerge
	FlagRollback
	FlagUndelete
	FlagEncoding
	FlagLock
	FlagProperty
	FlagSourceRename
	FlagTargetRename
)

// TFVCBranch is keyed by Path.
type TFVCBranch struct {
	ProjectID string
	Path      string // $/Project/main
	Parent    string // path; "" for a root
	Owner     Person
	Created   time.Time
	Deleted   bool // on the server
	Gone      bool // no longer listed
}
