package refresh

import (
	"context"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// pushesFeed is the cursor of a repository's pushes.
const pushesFeed = "pushes"

// pushState is the token of a repository's pushes, which are dated by the service and come newest first.
type pushState struct {
	Since  time.Time `json:"since,omitzero"`  // first instant that was read; zero: everything
	Newest time.Time `json:"newest,omitzero"` // everything up to here is stored
	// Top is the newest one of the reading under way, Skip how many of it are stored.
	Top  time.Time `json:"top,omitzero"`
	Skip int       `json:"skip,omitempty"`
}

// pushes reads the pushes since the last ones, if a moved head says that there are some or an earlier reading
// did not end. It comes before the heads are stored, so that pushes cannot be missed either.
func (g *gitReader) pushes(ctx context.Context, moved bool) error {
	cursor, ok, err := g.Store.Cursor(ctx, pushesFeed, g.repo.ID)
	if err != nil {
		return err
	}
	state := stateOf[pushState](cursor.Token)
	if !ok || widened(g.since, state.Since) {
		state = pushState{Since: g.since}
		cursor.Done = false
	}
	if cursor.Done && !moved && state.Skip == 0 {
		return nil
	}
	for again := true; again; {
		// What was pushed while an earlier reading rested is above the place where it goes on.
		again = state.Skip > 0
		if err := g.pushesSince(ctx, &state, cursor.Done); err != nil {
			return err
		}
		cursor.Done = true
	}
	return nil
}

// pushesSince reads one list of pushes to its end. New ones on the way push older ones down, so that some come
// twice and none is missed.
func (g *gitReader) pushesSince(ctx context.Context, state *pushState, done bool) error {
	from := g.since
	if done && !state.Newest.IsZero() {
		from = state.Newest.Add(-overlap)
	}
	var watch pageWatch
	for {
		if err := g.hold(ctx); err != nil {
			return err
		}
		page, err := g.Client.GitPushes(ctx, azdo.PushesQuery{Repository: g.ref, FromDate: from, Skip: state.Skip})
		if err != nil {
			return err
		}
		rows := pushRows(g.repo.ID, page.Rows)
		if watch.stands(idsOf(rows, func(p *devops.Push) int { return p.ID })) && !page.Last {
			return g.samePage(g.project, "the pushes of "+g.repo.Name)
		}
		for i := range rows {
			if rows[i].At.After(state.Top) {
				state.Top = rows[i].At
			}
		}
		state.Skip += len(page.Rows)
		if page.Last {
			if state.Top.After(state.Newest) {
				state.Newest = state.Top
			}
			state.Top, state.Skip = time.Time{}, 0
		}
		b := devops.Batch{Pushes: rows, Cursor: &devops.Cursor{Feed: pushesFeed, Scope: g.repo.ID, Token: tokenOf(state), Done: done || page.Last}}
		if err := g.commit(ctx, b); err != nil {
			return err
		}
		g.track.add(PhaseGit, len(rows))
		if page.Last {
			return nil
		}
	}
}

// pushRows transforms a page of pushes.
func pushRows(repositoryID string, wire []azdo.GitPush) []devops.Push {
	rows := make([]devops.Push, 0, len(wire))
	for i := range wire {
		w := &wire[i]
		p := devops.Push{RepositoryID: repositoryID, ID: w.PushID, At: w.Date.Time, By: personFrom(w.PushedBy)}
		for _, u := range w.RefUpdates {
			p.Updates = append(p.Updates, devops.RefUpdate{Name: u.Name, Old: azdo.ObjectID(u.OldObjectID), New: azdo.ObjectID(u.NewObjectID)})
		}
		rows = append(rows, p)
	}
	return rows
}
