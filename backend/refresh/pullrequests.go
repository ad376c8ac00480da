package refresh

import (
	"context"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// pullRequestsFeed is the cursor of a project's pull requests.
const pullRequestsFeed = "pullRequests"

// pullRequestState is the token of a project's pull requests. Its times are those of the service, as its rows
// tell them, because the clock of this computer may be wrong.
type pullRequestState struct {
	Since   time.Time `json:"since,omitzero"`   // first instant that was read; zero: everything
	Created time.Time `json:"created,omitzero"` // of the newest one that is stored
	Closed  time.Time `json:"closed,omitzero"`  // of the one that was closed last
	// Stage is the list that the first load is at, Skip how many of its rows are stored.
	Stage string `json:"stage,omitempty"`
	Skip  int    `json:"skip,omitempty"`
}

// pullRequests brings the pull requests of a project up to date, with reviewers and votes.
func (r *run) pullRequests(ctx context.Context, p devops.Project) error {
	repositories, err := r.repositories(ctx, p)
	if err != nil {
		return err
	}
	w := &pullRequestReader{run: r, project: p, repositories: repositories, read: map[int]bool{}, active: map[int]*devops.PullRequest{}}
	if err := w.lists(ctx); err != nil {
		return err
	}
	return w.reviews(ctx)
}

// pullRequestReader reads the pull requests of one project.
type pullRequestReader struct {
	*run
	project      devops.Project
	repositories []devops.Repository // that are there
	state        pullRequestState
	read         map[int]bool                // ids that came in this run
	active       map[int]*devops.PullRequest // those that were active here, by id
	ignored      bool                        // the service does not filter by time
	broken       atomic.Int64                // discussions that could not be read for now: each may cost all its attempts
}

// lists brings the pull requests themselves up to date.
func (w *pullRequestReader) lists(ctx context.Context) error {
	cursor, ok, err := w.Store.Cursor(ctx, pullRequestsFeed, w.project.ID)
	if err != nil {
		return err
	}
	w.state = stateOf[pullRequestState](cursor.Token)
	if !ok || widened(w.since, w.state.Since) {
		w.state, cursor.Done = pullRequestState{Since: w.since}, false
	}
	w.ignored = !w.Client.PullRequestTimes()
	if !cursor.Done {
		resumed := w.state.Stage != ""
		if err := w.firstLoad(ctx); err != nil || !resumed {
			return err
		}
		// What was made or closed while an earlier load rested is above the place where this one went on.
	}
	return w.sinceLast(ctx)
}

// stages are the lists of a first load, in their order: those that are active first, so that one that is closed
// on the way is known and looked at again. What was made within the window is active, or was closed in it, too.
var stages = []struct {
	name  string
	query azdo.PullRequestsQuery
}{
	{"active", azdo.PullRequestsQuery{Status: "active"}},
	{"closed", azdo.PullRequestsQuery{Status: "all", Range: azdo.ClosedRange}},
}

// firstLoad reads everything that is active, or was made or closed within the window.
func (w *pullRequestReader) firstLoad(ctx context.Context) error {
	for i, stage := range stages {
		last := i == len(stages)-1
		if !last && w.state.Stage != "" && w.state.Stage != stage.name {
			continue // an earlier refresh has read it
		}
		if w.state.Stage != stage.name {
			w.state.Stage, w.state.Skip = stage.name, 0
		}
		q := stage.query
		if q.From = w.since; w.ignored {
			q.Range = ""
		}
		var watch pageWatch
		for end := false; !end; {
			var rows []devops.PullRequest
			var err error
			if rows, end, err = w.page(ctx, q, w.state.Skip, &watch); err != nil {
				return err
			}
			w.state.Skip += len(rows)
			if end && last {
				w.state.Stage, w.state.Skip = "", 0
			} else if end {
				w.state.Stage, w.state.Skip = stages[i+1].name, 0
			}
			if err := w.store(ctx, w.within(rows), w.cursor(end && last)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *pullRequestReader) cursor(done bool) *devops.Cursor {
	return &devops.Cursor{Feed: pullRequestsFeed, Scope: w.project.ID, Token: tokenOf(w.state), Done: done}
}

// earliest is before anything of the service, for a range that has no beginning yet.
var earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// sinceLast reads what changed since the last refresh: all that are active, what was closed since, what was
// made since, and each one that was active here and is in none of these lists, which is how a completion is
// seen however late, and whatever the service filters.
func (w *pullRequestReader) sinceLast(ctx context.Context) error {
	before := w.state
	ours, err := w.Store.ActivePullRequests(ctx, w.project.ID)
	if err != nil {
		return err
	}
	for i := range ours {
		w.active[ours[i].ID] = &ours[i]
	}
	if err := w.all(ctx, azdo.PullRequestsQuery{Status: "active"}, nil); err != nil {
		return err
	}
	from := func(cursor time.Time) time.Time {
		at := latest(cursor.Add(-overlap), w.since)
		return latest(at, earliest)
	}
	closed, created := from(before.Closed), from(before.Created)
	if !w.ignored {
		err := w.all(ctx, azdo.PullRequestsQuery{Status: "all", Range: azdo.ClosedRange, From: closed}, func(rows []devops.PullRequest) bool {
			w.ignored = slices.ContainsFunc(rows, func(p devops.PullRequest) bool { return p.Closed.Before(closed.Add(-time.Second)) })
			return w.ignored
		})
		if err != nil {
			return err
		}
	}
	q := azdo.PullRequestsQuery{Status: "all", Range: azdo.CreatedRange, From: created}
	if w.ignored {
		q.Range = ""
	}
	// They come newest first, so a page that lies wholly before the cursor ends the list without a filter too.
	err = w.all(ctx, q, func(rows []devops.PullRequest) bool {
		return !slices.ContainsFunc(rows, func(p devops.PullRequest) bool { return !p.Created.Before(created) })
	})
	if err != nil {
		return err
	}
	if err := w.missing(ctx, ours); err != nil {
		return err
	}
	if w.state == before {
		return nil
	}
	return w.commit(ctx, devops.Batch{Cursor: w.cursor(true)})
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// all reads a list page by page and stores it. enough, when given, looks at each page and may end the list.
func (w *pullRequestReader) all(ctx context.Context, q azdo.PullRequestsQuery, enough func([]devops.PullRequest) bool) error {
	var watch pageWatch
	for skip := 0; ; {
		rows, end, err := w.page(ctx, q, skip, &watch)
		if err != nil {
			return err
		}
		skip += len(rows)
		end = end || enough != nil && enough(rows)
		if err := w.store(ctx, w.within(rows), nil); err != nil || end {
			return err
		}
	}
}

// within leaves out what ended before the window, which a service without filters sends too.
func (w *pullRequestReader) within(rows []devops.PullRequest) []devops.PullRequest {
	return slices.DeleteFunc(rows, func(p devops.PullRequest) bool {
		return p.Status != devops.ActivePullRequest && p.Created.Before(w.since) && p.Closed.Before(w.since)
	})
}

// page reads one page of a list. watch knows the page before.
func (w *pullRequestReader) page(ctx context.Context, q azdo.PullRequestsQuery, skip int, watch *pageWatch) (rows []devops.PullRequest, end bool, err error) {
	if err := w.hold(ctx); err != nil {
		return nil, false, err
	}
	q.Project, q.ProjectName, q.Skip = w.project.ID, w.project.Name, skip
	page, err := w.Client.PullRequests(ctx, q)
	if err != nil {
		return nil, false, err
	}
	if watch.stands(idsOf(page.Rows, func(p *azdo.PullRequest) int { return p.PullRequestID })) && !page.Last {
		return nil, false, w.samePage(w.project, "the pull requests")
	}
	rows = make([]devops.PullRequest, len(page.Rows))
	for i := range page.Rows {
		rows[i] = pullRequestOf(w.project.ID, &page.Rows[i])
		w.state.Created, w.state.Closed = latest(w.state.Created, rows[i].Created), latest(w.state.Closed, rows[i].Closed)
	}
	return rows, page.Last, nil
}

// store commits rows. The two cursors of time move at the end of a refresh only.
func (w *pullRequestReader) store(ctx context.Context, rows []devops.PullRequest, cursor *devops.Cursor) error {
	for i := range rows {
		w.read[rows[i].ID] = true
	}
	// All active ones come each time, and few of them have changed.
	rows = slices.DeleteFunc(rows, func(p devops.PullRequest) bool { return w.active[p.ID] != nil && samePullRequest(w.active[p.ID], &p) })
	if len(rows) == 0 && cursor == nil {
		return nil
	}
	if err := w.commit(ctx, devops.Batch{PullRequests: rows, Cursor: cursor}); err != nil {
		return err
	}
	w.track.add(PhasePulls, len(rows))
	return nil
}

// missing asks directly for pull requests that were active here and did not come in any list.
func (w *pullRequestReader) missing(ctx context.Context, ours []devops.PullRequest) error {
	ours = slices.DeleteFunc(ours, func(p devops.PullRequest) bool { return w.read[p.ID] || !w.readable(p.RepositoryID) })
	for some := range slices.Chunk(ours, askedTogether) {
		rows := make([]devops.PullRequest, len(some))
		asks := make([]func(context.Context) error, len(some))
		for i, p := range some {
			asks[i] = func(ctx context.Context) error {
				if err := w.hold(ctx); err != nil {
					return err
				}
				wire, err := w.Client.PullRequest(ctx, p.ID)
				if err == nil {
					rows[i] = pullRequestOf(w.project.ID, &wire)
					return nil
				}
				return w.settle(ctx, PhasePulls, w.project.Name, "pull request "+strconv.Itoa(p.ID), err)
			}
		}
		if err := together(ctx, requestsTogether, asks...); err != nil {
			return err
		}
		rows = slices.DeleteFunc(rows, func(p devops.PullRequest) bool { return p.ID == 0 })
		for i := range rows {
			w.state.Closed = latest(w.state.Closed, rows[i].Closed)
		}
		if err := w.store(ctx, rows, nil); err != nil {
			return err
		}
	}
	return nil
}

// readable reports whether a repository is there and its contents may be read.
func (w *pullRequestReader) readable(repositoryID string) bool {
	return slices.ContainsFunc(w.repositories, func(r devops.Repository) bool { return r.ID == repositoryID && unreadable(&r) == nil })
}
