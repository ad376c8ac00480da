package refresh

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// buildLoader brings definitions, builds and their timelines of one project up to date.
//
// The service has no "changed since" for builds. Completed ones are read in the order in which they finished,
// which unfinished ones never appear in; newly queued ones in the order of their queue time, which never says
// when they finish; and those that we hold unfinished are read again by id until they do.
type buildLoader struct {
	*run
	project devops.Project

	state          windowState  // of buildsFeed
	done           bool         // the first load reached its end before this refresh
	unfinished     map[int]bool // builds that this refresh has just read unfinished
	lastDefinition int          // the largest id of a definition that a build of this refresh named
	failed         timelineFaults
}

// unfinishedStatuses are all but completed.
var unfinishedStatuses = []string{azdo.BuildsNotStarted, azdo.BuildsInProgress, azdo.BuildsPostponed, azdo.BuildsCancelling}

// builds reads what can have changed. Newly queued builds come first: one that finishes meanwhile is then met
// by the pass over finished ones.
func (l *buildLoader) builds(ctx context.Context) (err error) {
	if l.state, l.done, err = l.window(ctx, buildsFeed, l.project.ID); err != nil {
		return err
	}
	if err := l.queued(ctx); err != nil {
		return err
	}
	if err := l.finished(ctx); err != nil {
		return err
	}
	return l.open(ctx)
}

// queued reads builds that were queued since the last refresh and have not finished. The first load asks for
// all unfinished ones by their status instead, because one may have been queued weeks ago.
func (l *buildLoader) queued(ctx context.Context) error {
	s, known, err := l.window(ctx, queuedFeed, l.project.ID)
	if err != nil {
		return err
	}
	each := func(rows []azdo.Build, _ bool) (stop bool, err error) {
		var b devops.Batch
		for i := range rows {
			if rows[i].QueueTime.After(s.Newest) {
				s.Newest = rows[i].QueueTime.Time
			}
			if rows[i].FinishTime.IsZero() {
				l.add(&b, &rows[i])
			}
			stop = stop || rows[i].QueueTime.Before(s.from(lateness))
		}
		return stop, l.put(ctx, b)
	}
	if known {
		err = l.pages(ctx, azdo.BuildsQuery{QueryOrder: azdo.QueueTimeDescending, MinTime: s.from(lateness)}, each)
	} else {
		err = l.everyUnfinished(ctx, &s, each)
	}
	if err != nil || known && s.Newest.Equal(s.Reached) {
		return err
	}
	// A pass that is not through leaves the cursor, because its newest rows came first.
	s.Reached = s.Newest
	return l.store(ctx, PhasePipelines, devops.Batch{Cursor: s.cursor(queuedFeed, l.project.ID, true)})
}

// everyUnfinished reads all builds that have not finished, and the time of the newest build first, from which
// the next refresh goes on.
func (l *buildLoader) everyUnfinished(ctx context.Context, s *windowState, each func([]azdo.Build, bool) (bool, error)) error {
	if err := l.hold(ctx); err != nil {
		return err
	}
	newest, err := l.Client.Builds(ctx, azdo.BuildsQuery{Project: l.project.ID, QueryOrder: azdo.QueueTimeDescending, Top: 1})
	if err != nil {
		return err
	}
	whole := func(rows []azdo.Build, last bool) (bool, error) {
		was := s.Newest
		_, err := each(rows, last) // however long ago a build was queued
		s.Newest = was
		return false, err
	}
	for _, status := range unfinishedStatuses {
		if err := l.pages(ctx, azdo.BuildsQuery{QueryOrder: azdo.QueueTimeDescending, StatusFilter: status}, whole); err != nil {
			return err
		}
	}
	if len(newest.Builds) > 0 {
		s.Newest = newest.Builds[0].QueueTime.Time
	}
	return nil
}

// finished reads the builds that finished since the cursor, in that order. Each page is stored with the time it
// reached, so that a load that is stopped goes on from there.
func (l *buildLoader) finished(ctx context.Context) error {
	rowsRead := 0
	err := l.pages(ctx, azdo.BuildsQuery{QueryOrder: azdo.FinishTimeAscending, StatusFilter: azdo.BuildsCompleted, MinTime: l.state.from(lateness)},
		func(rows []azdo.Build, last bool) (bool, error) {
			rowsRead += len(rows)
			return false, l.finishedPage(ctx, rows, l.done || last)
		})
	if err == nil && rowsRead > 0 && !l.done {
		l.track.say(fmt.Sprintf("%s: %d builds.", l.project.Name, rowsRead))
	}
	return err
}

// finishedPage stores a page of finished builds with the cursor behind them.
func (l *buildLoader) finishedPage(ctx context.Context, rows []azdo.Build, done bool) error {
	if len(rows) == 0 && done == l.done {
		return nil
	}
	var b devops.Batch
	next := l.state
	for i := range rows {
		l.add(&b, &rows[i])
		if at := rows[i].FinishTime.Time; at.After(next.Reached) {
			next.Reached = at
		}
	}
	b.Cursor = next.cursor(buildsFeed, l.project.ID, done)
	if err := l.store(ctx, PhasePipelines, b); err != nil {
		return err
	}
	l.state = next
	return nil
}

// open reads the builds again that we hold unfinished. A list leaves out without a word what it does not
// show, so one that does not come back is asked for alone.
func (l *buildLoader) open(ctx context.Context) error {
	ids, err := l.Store.OpenBuilds(ctx, l.project.ID)
	if err != nil {
		return err
	}
	ids = slices.DeleteFunc(ids, func(id int) bool { return l.unfinished[id] })
	for some := range slices.Chunk(ids, azdo.BuildIDsLimit) {
		rows, missing, err := l.byIDs(ctx, some)
		if err != nil {
			return err
		}
		found, gone, err := l.prove(ctx, missing)
		if err != nil {
			return err
		}
		b := devops.Batch{GoneBuilds: gone}
		for _, list := range [][]azdo.Build{rows, found} {
			for i := range list {
				l.add(&b, &list[i])
			}
		}
		if err := l.put(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// put stores the rows of a batch, if there are any.
func (l *buildLoader) put(ctx context.Context, b devops.Batch) error {
	if len(b.Builds)+len(b.GoneBuilds) == 0 {
		return nil
	}
	return l.store(ctx, PhasePipelines, b)
}

// add puts a build into a batch and remembers what later steps have to know of it.
func (l *buildLoader) add(b *devops.Batch, w *azdo.Build) {
	row := buildOf(l.project.ID, w)
	b.Builds = append(b.Builds, row)
	if row.Gone {
		b.GoneBuilds = append(b.GoneBuilds, row.ID)
	}
	if !row.Completed() {
		l.unfinished[row.ID] = true
	}
	l.lastDefinition = max(l.lastDefinition, row.DefinitionID)
}

// pages reads a list of builds page by page and hands out each without the rows that the page before had.
// each says when to stop. When the tokens lead nowhere, a list in the order of finish times goes on from the
// last one: seen at a service whose tokens gave page 1 for ever.
func (l *buildLoader) pages(ctx context.Context, q azdo.BuildsQuery, each func(rows []azdo.Build, last bool) (stop bool, err error)) error {
	q.Project = l.project.ID
	var watch pageWatch
	var reached time.Time
	for {
		if err := l.hold(ctx); err != nil {
			return err
		}
		page, err := l.Client.Builds(ctx, q)
		if err != nil {
			return err
		}
		ids := make([]int, len(page.Builds))
		for i := range page.Builds {
			ids[i] = int(page.Builds[i].ID)
			if at := page.Builds[i].FinishTime.Time; at.After(reached) {
				reached = at
			}
		}
		again, stuck := watch.turn(page.ContinuationToken, ids)
		byTime := stuck && q.QueryOrder == azdo.FinishTimeAscending && reached.After(q.MinTime)
		last := page.ContinuationToken == "" || stuck && !byTime
		rows := slices.DeleteFunc(page.Builds, func(b azdo.Build) bool { return again(int(b.ID)) })
		if stuck && !byTime && len(ids) >= azdo.BuildsLimit {
			return l.samePage(l.project, "the builds")
		}
		stop, err := each(rows, last)
		if err != nil || stop || last {
			return err
		}
		q.ContinuationToken = page.ContinuationToken
		if byTime {
			q.MinTime, q.ContinuationToken, watch.used = reached, "", nil
		}
	}
}
