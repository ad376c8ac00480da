package world

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"
)

// SHA is the id of a Git object. The zero SHA stands for none: a ref update with it made or deleted the ref.
type SHA [20]byte

// String is the id as 40 hexadecimal digits.
func (s SHA) String() string { return hex.EncodeToString(s[:]) }

// IsZero reports whether the id stands for none.
func (s SHA) IsZero() bool { return s == SHA{} }

// ParseSHA reads 40 hexadecimal digits.
func ParseSHA(text string) (SHA, bool) {
	var s SHA
	n, err := hex.Decode(s[:], []byte(strings.ToLower(text)))
	return s, err == nil && n == len(s) && len(text) == 2*len(s)
}

// Ref is a branch or a tag as it stands now.
type Ref struct {
	Name    string // refs/heads/main, refs/tags/v1.0
	Head    int32  // position in the repository's commits
	Creator *Person
}

// source is everything under version control. It is simulated when somebody asks for it first.
type source struct {
	repositories []*Repository
	byProject    [][]*Repository // by Project.Index
	byID         map[string]*Repository
	pushes       [][]*Push // by Project.Index, oldest first
	requests     []*PullRequest
	changesets   []*Changeset
	tfvc         [][]*TFVCBranch
}

// Repositories are the Git repositories of all projects that exist now, by project.
func (w *World) Repositories() []*Repository { return w.source().repositories }

// RepositoriesOf are the Git repositories of a project, in the order in which they were planned.
func (w *World) RepositoriesOf(p *Project) []*Repository { return w.source().byProject[p.Index] }

// Repository finds a repository of any project by its id, ignoring case; nil when there is none.
func (w *World) Repository(id string) *Repository { return w.source().byID[strings.ToLower(id)] }

// Pushes are all pushes to the repositories of a project, the oldest first. Disabled repositories are among
// them: what was pushed there happened. Ids rise with time over the whole organization.
func (w *World) Pushes(p *Project) []*Push { return w.source().pushes[p.Index] }

// PullRequests are all pull requests of the organization by id, which rises with the time they were made.
func (w *World) PullRequests() []*PullRequest { return w.source().requests }

// PullRequest finds a pull request by id; nil when there is none.
func (w *World) PullRequest(id int) *PullRequest {
	if all := w.source().requests; id >= 1 && id <= len(all) {
		return all[id-1]
	}
	return nil
}

// Changesets are all TFVC changesets of the organization by id, which rises with time.
func (w *World) Changesets() []*Changeset { return w.source().changesets }

// Changeset finds a changeset by id; nil when there is none.
func (w *World) Changeset(id int) *Changeset {
	if all := w.source().changesets; id >= 1 && id <= len(all) {
		return all[id-1]
	}
	return nil
}

// TFVCBranches are the TFVC branches of a project with the deleted ones, parents before children.
func (w *World) TFVCBranches(p *Project) []*TFVCBranch { return w.source().tfvc[p.Index] }

// sha makes the id of the numbered object of a repository.
func (w *World) sha(repository string, kind byte, number int) SHA {
	var b [64]byte
	n := copy(b[:36], repository)
	b[n] = kind
	binary.LittleEndian.PutUint64(b[37:], w.Seed)
	binary.LittleEndian.PutUint64(b[45:], uint64(w.Since))
	binary.LittleEndian.PutUint64(b[53:], uint64(number))
	sum := sha256.Sum256(b[:])
	return SHA(sum[:20])
}

// The kinds of object that get an id.
const (
	commitObject byte = 'c'
	treeObject   byte = 't'
	mergeObject  byte = 'm' // the merge a server tries out before a pull request is completed
)
