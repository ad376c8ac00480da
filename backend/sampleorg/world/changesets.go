package world

// Changeset is a TFVC check-in. Ids rise with time over the whole organization.
type Changeset struct {
	ID      int
	Project *Project
	At      int64
	Author  *Person
	By      *Person // who checked in, which may be somebody else
	Comment string
	Items   []uint32 // work items it was linked to
	Changes []FileChange
}

// FileChange is what a changeset did to one file or folder.
type FileChange struct {
	Path   string // $/Fleet Ops/Dev/Routing/TimeWindow.cs
	Kind   ChangeKind
	Folder bool
	Size   int64  // bytes, 0 for a folder and a deleted file
	Source string // where a renamed or merged file came from; empty otherwise
}

// ChangeKind are the flags of a change. The numbers are the service's own (VersionControlChangeType).
type ChangeKind uint16

// The flags.
const (
	ChangeAdd          ChangeKind = 1
	ChangeEdit         ChangeKind = 2
	ChangeEncoding     ChangeKind = 4
	ChangeRename       ChangeKind = 8
	ChangeDelete       ChangeKind = 16
	ChangeUndelete     ChangeKind = 32
	ChangeBranch       ChangeKind = 64
	ChangeMerge        ChangeKind = 128
	ChangeRollback     ChangeKind = 512
	ChangeSourceRename ChangeKind = 1024
)
