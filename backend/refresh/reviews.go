package refresh

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

const (
	// askedTogether is how many things that cost one request each are stored in one transaction.
	askedTogether = 40
	// requestsTogether is how many of them are asked for at once; the client's budget may allow fewer.
	requestsTogether = 4
	// dueTogether is how many pull requests the store is asked for at once.
	dueTogether = 2000
	// reviewAge is how old the threads of an active pull request may be.
	reviewAge = 20 * time.Hour
)

// reviews reads the threads of pull requests that are due: each once after it was closed and once more a day
// later, active ones about daily. It costs one request each, and nothing within the window is left out.
func (w *pullRequestReader) reviews(ctx context.Context) error {
	again := w.Clock().Add(-reviewAge)
	done, refused, total := map[int]bool{}, lockedIDs{}, 0
	for {
		// Those that may not be read come again, so there has to be room for them.
		due, err := w.Store.PullRequestsToReview(ctx, w.project.ID, again, dueTogether+len(done))
		if err != nil {
			return err
		}
		due = slices.DeleteFunc(due, func(p devops.PullRequest) bool { return done[p.ID] })
		if len(due) == 0 || w.broken.Load() >= mostBroken {
			break
		}
		for _, p := range due {
			done[p.ID] = true
		}
		due = slices.DeleteFunc(due, func(p devops.PullRequest) bool { return !w.readable(p.RepositoryID) })
		for some := range slices.Chunk(due, askedTogether) {
			n, err := w.someReviews(ctx, some, &refused)
			if err != nil {
				return err
			}
			total += n
		}
	}
	if total > 0 {
		w.track.say(fmt.Sprintf("%s: the discussions of %d pull requests.", w.project.Name, total))
	}
	return nil
}

// someReviews reads the threads of a few pull requests and stores them together. A repository that refuses one
// is not asked for the others.
func (w *pullRequestReader) someReviews(ctx context.Context, due []devops.PullRequest, refused *lockedIDs) (int, error) {
	rows := make([]devops.Review, len(due))
	var one sync.Mutex // several may be refused at the same time, and one of them is to be named
	asks := make([]func(context.Context) error, len(due))
	for i, p := range due {
		asks[i] = func(ctx context.Context) error {
			if refused.has(p.RepositoryID) || w.broken.Load() >= mostBroken {
				return nil // what is left is due at the next refresh
			}
			if err := w.hold(ctx); err != nil {
				return err
			}
			read := w.Clock()
			threads, err := w.Client.Threads(ctx, w.refTo(p.RepositoryID), p.ID)
			if err == nil {
				rows[i] = reviewOf(&p, threads, read)
				return nil
			}
			if !mayBeSkipped(err) {
				w.broken.Add(1)
				return w.settle(ctx, PhasePulls, w.project.Name, "the discussions of pull request "+strconv.Itoa(p.ID), err)
			}
			one.Lock()
			defer one.Unlock()
			if !refused.has(p.RepositoryID) {
				refused.add(p.RepositoryID)
				w.skip(w.project.Name, "the discussions of pull requests in "+w.refTo(p.RepositoryID).Name, err)
			}
			return nil
		}
	}
	if err := together(ctx, requestsTogether, asks...); err != nil {
		return 0, err
	}
	rows = slices.DeleteFunc(rows, func(r devops.Review) bool { return r.PullRequestID == 0 })
	if len(rows) == 0 {
		return 0, nil
	}
	if err := w.commit(ctx, devops.Batch{Reviews: rows}); err != nil {
		return 0, err
	}
	w.track.add(PhasePulls, len(rows))
	return len(rows), nil
}

func (w *pullRequestReader) refTo(repositoryID string) azdo.RepositoryRef {
	ref := azdo.RepositoryRef{Project: w.project.ID, ProjectName: w.project.Name, ID: repositoryID}
	for i := range w.repositories {
		if w.repositories[i].ID == repositoryID {
			ref.Name = w.repositories[i].Name
		}
	}
	return ref
}

// reviewOf reads what threads tell of a pull request: when somebody voted, how much was discussed, and when
// somebody else than its author first looked at it. What the service or another program wrote counts for nobody.
func reviewOf(p *devops.PullRequest, threads []azdo.Thread, read time.Time) devops.Review {
	r := devops.Review{PullRequestID: p.ID, RepositoryID: p.RepositoryID, ProjectID: p.ProjectID, Read: read.UTC()}
	known := peopleOf(p, threads)
	first := func(by devops.Person, at time.Time) {
		if !sameIdentity(by.ID, p.CreatedBy.ID) && !at.IsZero() && (r.FirstReview.IsZero() || at.Before(r.FirstReview)) {
			r.FirstReview = at
		}
	}
	for i := range threads {
		t := &threads[i]
		if t.Property("CodeReviewThreadType") == "VoteUpdate" {
			if v, ok := voteOf(t, known); ok {
				r.Votes = append(r.Votes, v)
				if v.Vote != 0 {
					first(v.Person, v.At)
				}
			}
			continue
		}
		comments := 0
		for j := range t.Comments {
			c := &t.Comments[j]
			if c.CommentType == azdo.SystemComment || c.IsDeleted || t.IsDeleted || !aPerson(c.Author) {
				continue
			}
			comments++
			first(personFrom(c.Author), c.PublishedDate.Time)
		}
		r.Comments += comments
		if comments > 0 {
			r.Threads++
		}
	}
	slices.SortStableFunc(r.Votes, func(a, b devops.Vote) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Person.ID, b.Person.ID))
	})
	return r
}

// voteOf reads a vote. Who cast it is told by a reference to the thread's identities, on older servers by an id
// with or without hyphens, and else by the author of the note.
func voteOf(t *azdo.Thread, known map[string]devops.Person) (devops.Vote, bool) {
	n, err := strconv.Atoi(t.Property("CodeReviewVoteResult"))
	if err != nil {
		return devops.Vote{}, false
	}
	v := devops.Vote{Vote: n, At: t.PublishedDate.Time}
	if len(t.Comments) > 0 && v.At.IsZero() {
		v.At = t.Comments[0].PublishedDate.Time
	}
	if by, ok := t.Identities[t.Property("CodeReviewVotedByIdentity")]; ok && by.ID != "" {
		v.Person = personFrom(by)
		return v, true
	}
	if id := hyphened(t.Property("CodeReviewVotedByTfId")); id != "" {
		v.Person = devops.Person{ID: id, Name: t.Property("CodeReviewVotedByDisplayName")}
		if who, ok := known[id]; ok {
			v.Person = who
		}
		return v, true
	}
	if len(t.Comments) > 0 && aPerson(t.Comments[0].Author) {
		v.Person = personFrom(t.Comments[0].Author)
		return v, true
	}
	return devops.Vote{}, false
}

// peopleOf collects who is fully described in a pull request and its threads, by id in small letters.
func peopleOf(p *devops.PullRequest, threads []azdo.Thread) map[string]devops.Person {
	known := map[string]devops.Person{}
	add := func(who devops.Person) {
		if who.ID != "" && (known[strings.ToLower(who.ID)] == devops.Person{}) {
			known[strings.ToLower(who.ID)] = who
		}
	}
	add(p.CreatedBy)
	for _, r := range p.Reviewers {
		add(r.Person)
	}
	for i := range threads {
		for _, who := range threads[i].Identities {
			add(personFrom(who))
		}
		for j := range threads[i].Comments {
			add(personFrom(threads[i].Comments[j].Author))
		}
	}
	return known
}

// aPerson tells a person from a group or a service, which write comments too.
func aPerson(w azdo.IdentityRef) bool {
	return w.ID != "" && !w.IsContainer && !strings.HasPrefix(w.Descriptor, "svc.") && !strings.HasPrefix(w.Descriptor, "s2s.") &&
		!strings.HasPrefix(w.Descriptor, "vssgp.")
}

func sameIdentity(a, b string) bool { return strings.EqualFold(hyphened(a), hyphened(b)) }

// hyphened writes a GUID in small letters with its hyphens; anything else in small letters.
func hyphened(id string) string {
	id = strings.ToLower(strings.TrimSpace(id))
	if len(id) != 32 || strings.Contains(id, "-") {
		return id
	}
	return id[:8] + "-" + id[8:12] + "-" + id[12:16] + "-" + id[16:20] + "-" + id[20:]
}
