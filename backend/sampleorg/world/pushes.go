package world

// Push is one push to a repository. A completed pull request is a push too, and so is the deletion of its
// source branch.
type Push struct {
	ID         int // rises with time over the whole organization
	Repository *Repository
	At         int64 // of the server
	By         *Person
	Updates    []RefUpdate
	First      int32 // position of the first commit that came with it in Repository.Commits
	Count      int32 // how many came; they follow each other
	// Request is the pull request whose completion made this push; nil otherwise.
	Request *PullRequest
}

// RefUpdate is what a push did to one ref. A zero id means that the ref was made or deleted.
type RefUpdate struct {
	Name     string
	Old, New SHA
}

// Tip is the branch that a push moved and where it stands since. ok is false when it moved no branch, but a
// tag, or deleted one.
func (p *Push) Tip() (branch string, head SHA, ok bool) {
	u := p.Updates[0]
	return u.Name, u.New, !u.New.IsZero() && len(u.Name) > len(heads) && u.Name[:len(heads)] == heads
}

// The beginnings of the names of refs.
const (
	heads = "refs/heads/"
	tags  = "refs/tags/"
)

// head is the position of the commit that a ref points to, or -1.
func (r *Repository) head(name string) int32 {
	if ref := r.heads[name]; ref != nil {
		return ref.Head
	}
	return -1
}

// id is the id of the commit at a position, the zero id for -1.
func (r *Repository) id(at int32) SHA {
	if at < 0 {
		return SHA{}
	}
	return r.Commits[at].ID
}

// receive takes a push: commits that were appended since first, and one ref that moves to a commit; -1
// deletes it. It returns the push.
func (r *Repository) receive(at int64, by *Person, first int, name string, to int32) *Push {
	p := &Push{Repository: r, At: at, By: by, First: int32(first), Count: int32(len(r.Commits) - first)}
	p.Updates = []RefUpdate{{Name: name, Old: r.id(r.head(name)), New: r.id(to)}}
	for i := first; i < len(r.Commits); i++ {
		r.Commits[i].Push = int32(len(r.Pushes))
	}
	switch ref := r.heads[name]; {
	case to < 0:
		delete(r.heads, name)
	case ref == nil:
		r.heads[name] = &Ref{Name: name, Head: to, Creator: by}
	default:
		ref.Head = to
	}
	r.Pushes = append(r.Pushes, p)
	return p
}
