package refresh

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
)

// Names of the feeds of pipelines and tests that have cursors. The tokens are those of windowState.
const (
	definitionsFeed = "definitions"
	buildsFeed      = "builds"        // completed ones, in the order in which they finished
	queuedFeed      = "builds.queued" // newly queued ones
	retentionFeed   = "builds.retention"
	deploymentsFeed = "deployments"
	testRunsFeed    = "testRuns"
)

const (
	// lateness is how far each cursor of time is set back: rows may appear later than their time says.
	lateness = 10 * time.Minute
	// checkAge is how old a daily look (for renamed pipelines, for builds that retention deleted) may be.
	checkAge = 20 * time.Hour
	// rereadAge is the same when a person asked for everything to be read again.
	rereadAge = time.Hour
)

// pipelines brings definitions, builds, timelines and deployments of a project up to date. A step that may
// not be read, or that fails, leaves the others alone.
func (r *run) pipelines(ctx context.Context, p devops.Project) error {
	b := &buildLoader{run: r, project: p, unfinished: map[int]bool{}}
	for _, step := range []struct {
		what string
		do   func(context.Context) error
	}{
		{"the pipelines' names", b.definitions},
		{"the builds", b.builds},
		{"the names of new pipelines", b.newDefinitions},
		{"the look for builds that retention deleted", b.retention},
		{"the timelines of builds", b.timelines},
		{"the deployments of classic releases", func(ctx context.Context) error { return r.deployments(ctx, p) }},
	} {
		err := guarded(func() error { return step.do(ctx) })
		if err := r.settle(ctx, PhasePipelines, p.Name, step.what, err); err != nil {
			return err
		}
	}
	return nil
}

// windowState is the token of a feed that is read in the order of time. The store keeps it as opaque text.
type windowState struct {
	// Since is the first instant of the history window of the first load; zero for everything.
	Since time.Time `json:"since,omitzero"`
	// Reached is how far in time the feed was read.
	Reached time.Time `json:"reached,omitzero"`
	// Page, Newest and Began belong to a pass that is not through: the token of its next page, the latest time
	// it met, and when the service answered its first page.
	Page   string    `json:"page,omitempty"`
	Newest time.Time `json:"newest,omitzero"`
	Began  time.Time `json:"began,omitzero"`
	// Last is the largest id that was met, of a feed that needs it.
	Last int `json:"last,omitempty"`
	// Checked is when a daily look was last through, by our clock.
	Checked time.Time `json:"checked,omitzero"`
}

// window reads the state of a feed. When the history window now begins earlier than at the first load, the
// feed is read from its new beginning: rows that come again are the same rows.
func (r *run) window(ctx context.Context, feed, scope string) (s windowState, done bool, err error) {
	c, ok, err := r.Store.Cursor(ctx, feed, scope)
	if err != nil {
		return s, false, err
	}
	if !ok || json.Unmarshal([]byte(c.Token), &s) != nil || r.since.Before(s.Since) {
		return windowState{Since: r.since}, false, nil
	}
	return s, c.Done, nil
}

// cursor makes the cursor of a state.
func (s windowState) cursor(feed, scope string, done bool) *devops.Cursor {
	token, err := json.Marshal(s)
	if err != nil {
		panic(err) // times outside the years 0 to 9999, which azdo reads as zero
	}
	return &devops.Cursor{Feed: feed, Scope: scope, Token: string(token), Done: done}
}

// from is the first instant to ask for: the beginning of the window, or a little before what was reached.
func (s windowState) from(back time.Duration) time.Time {
	if s.Reached.IsZero() {
		return s.Since
	}
	return s.Reached.Add(-back)
}

// due reports whether a daily look is to be made again.
func (r *run) due(checked time.Time) bool {
	age := r.Clock().Sub(checked)
	return age > checkAge || age < -time.Hour || r.Reread && age > rereadAge
}

// store commits a batch of a part and counts its rows.
func (r *run) store(ctx context.Context, phase Phase, b devops.Batch) error {
	if err := r.commit(ctx, b); err != nil {
		return err
	}
	r.track.add(phase, len(b.Definitions)+len(b.Builds)+len(b.GoneBuilds)+len(b.Timelines)+len(b.Deployments)+len(b.TestRuns))
	return nil
}

// pageWatch follows the pages of a list that has continuation tokens, so that a token that leads nowhere
// does not lead there for ever.
type pageWatch struct {
	used   map[string]bool // tokens
	before []int           // ids of the page before
}

// turn notes a page by its ids and the token that it gave. again says which of its rows the page before had
// too: tokens that are times repeat the rows at the border. stuck means that the token was given before, or
// that the page brought nothing new although the service says that there is more.
func (w *pageWatch) turn(token string, ids []int) (again func(id int) bool, stuck bool) {
	before := w.before
	slices.Sort(before)
	again = func(id int) bool { _, found := slices.BinarySearch(before, id); return found }
	nothingNew := len(ids) > 0 && !slices.ContainsFunc(ids, func(id int) bool { return !again(id) })
	stuck = token != "" && (w.used[token] || nothingNew)
	if w.used == nil {
		w.used = map[string]bool{}
	}
	w.used[token] = true
	w.before = slices.Clone(ids)
	return again, stuck
}

// stands notes a page of a list that is read with a rising skip, by its ids, and reports whether it brings nothing
// that the page before did not have: the service then takes no skip, and would be asked for ever.
func (w *pageWatch) stands(ids []int) bool {
	again, _ := w.turn("", ids)
	return len(ids) > 0 && !slices.ContainsFunc(ids, func(id int) bool { return !again(id) })
}

// idsOf lists the ids of rows.
func idsOf[T any](rows []T, id func(*T) int) []int {
	ids := make([]int, len(rows))
	for i := range rows {
		ids[i] = id(&rows[i])
	}
	return ids
}

// samePage is the fault of a list whose tokens lead nowhere.
func (r *run) samePage(p devops.Project, what string) error {
	return fault.New(fault.BadAnswer, "refresh.samePage", fmt.Sprintf("%s sends the same page of %s of %s again and again.", r.Client.Organization(), what, p.Name),
		"Everything read so far is kept. Refresh again later; if it stays, report it.").With("Organization", r.Client.Organization()).With("Project", p.Name)
}
