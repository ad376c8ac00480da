package refresh

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	"sightline/backend/devops"
	"sightline/backend/fault"
)

// part loads one content beside the work items. It is called for each project in turn, while other parts and
// the history load at the same time; how many requests are under way at once is the client's to decide.
type part struct {
	phase   Phase // its line of the loading screen; "" for none
	content devops.Content
	what    string // for sentences: "the pull requests"
	// load brings one project up to date from its cursors on. A thing of the project that may not be read is
	// told to run.skip and is no error. It counts what it stored with track.add. A fault it returns parks this
	// project, or ends the refresh, as settle says.
	load func(r *run, ctx context.Context, p devops.Project) error
}

// parts are all of them, in the order of the loading screen.
var parts = []part{
	{"", devops.WorkItemsContent, "the boards", (*run).boards},
	{PhaseGit, devops.GitContent, "the Git repositories", (*run).git},
	{PhasePulls, devops.PullRequestsContent, "the pull requests", (*run).pullRequests},
	{PhasePipelines, devops.PipelinesContent, "the pipelines", (*run).pipelines},
	{PhaseTests, devops.TestsContent, "the test runs", (*run).tests},
	{PhaseTFVC, devops.TFVCContent, "the TFVC changesets", (*run).tfvc},
}

// Parked is something that could not be finished. What was read of it is stored with its cursors, and the
// next refresh goes on from there.
type Parked struct {
	Project string // "" when it concerns all
	What    string
	Why     string // the sentence of the fault
}

// contents loads everything that is ticked: history and links of work items beside the other parts. A fault
// of one project in one part parks that and lets the others finish; one that concerns everything ends all.
// The fault that ended all is returned, else the first that parked something, when everything has ended.
func (r *run) contents(ctx context.Context) error {
	var all sync.WaitGroup
	launch := func(p Phase, what string, do func(context.Context) error) {
		all.Go(func() {
			// A fault that settle does not pass on is already parked.
			_ = r.settle(ctx, p, "", what, guarded(func() error { return do(ctx) }))
		})
	}
	if r.Selection.Has(devops.WorkItemsContent) {
		launch(PhaseHistory, "the work items", func(ctx context.Context) error {
			if err := r.feeds(ctx); err != nil {
				return err
			}
			return r.sweep(ctx)
		})
	}
	for _, p := range parts {
		if r.Selection.Has(p.content) {
			launch(p.phase, p.what, func(ctx context.Context) error { return r.loadPart(ctx, p) })
		}
	}
	all.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return r.parked.first()
}

// loadPart loads one part of every project. A project that fails is parked and lets the others go on.
func (r *run) loadPart(ctx context.Context, p part) error {
	r.track.start(p.phase)
	for _, project := range r.load {
		if err := r.hold(ctx); err != nil {
			return err
		}
		err := guarded(func() error { return p.load(r, ctx, project) })
		if err := r.settle(ctx, p.phase, project.Name, p.what, err); err != nil {
			return err
		}
	}
	r.track.finish(p.phase)
	return nil
}

// hold waits while a person pauses the refresh. Parts call it before each request or page.
func (r *run) hold(ctx context.Context) error {
	if !r.Gate.Paused() {
		return ctx.Err()
	}
	r.track.change(func() {})
	err := r.Gate.Wait(ctx)
	r.track.change(func() {})
	return err
}

// guarded turns a panic into a fault, so that a defect in one part costs that part alone.
func guarded(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.New(fault.Internal, "refresh", "", "").Because(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	return do()
}

// settle decides what a fault in one project's part means. A refusal of just that is listed as skipped; a
// fault that may be gone the next time parks it; both return nil and the others go on. One that concerns
// everything (who we are, the store, the network, a cancel) ends the refresh and is returned. A nil error
// returns nil.
func (r *run) settle(ctx context.Context, p Phase, project, what string, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return err
	case mayBeSkipped(err):
		r.skip(project, what, err)
		return nil
	case r.endsAll(err):
		r.abort(err)
		return err
	}
	r.track.spoil(p)
	r.park(project, what, err)
	return nil
}

// parkable are the codes of faults that may concern one address alone: going on elsewhere is worth it. Offline
// is among them because a service in trouble (500 and more) says it too, often for one kind of rows only.
var parkable = []fault.Code{fault.BadAnswer, fault.Offline, fault.Timeout, fault.Invalid, fault.Internal}

// hopeless is how many faults in a row, without one good answer in between, mean that asking on is in vain.
const hopeless = 3

// endsAll reports whether a fault concerns the whole refresh: going on elsewhere would be wrong or in vain.
func (r *run) endsAll(err error) bool {
	code := fault.CodeOf(err)
	if !slices.Contains(parkable, code) {
		return true
	}
	if code == fault.Invalid || code == fault.Internal {
		return false // an answer, or a defect of ours: no sign of trouble on the way
	}
	answers := r.Client.Stats().Answers
	r.parked.mu.Lock()
	defer r.parked.mu.Unlock()
	if answers != r.parked.answers {
		r.parked.answers, r.parked.inRow = answers, 0
	}
	r.parked.inRow++
	return r.parked.inRow >= hopeless
}

// lockedParks collects what was parked.
type lockedParks struct {
	mu      sync.Mutex
	list    []Parked
	cause   error
	answers int // good ones at the last fault
	inRow   int // faults since the last good answer
}

// park notes something that could not be finished.
func (r *run) park(project, what string, err error) {
	why := fault.ReportOf(err).Message
	r.parked.mu.Lock()
	r.parked.list = append(r.parked.list, Parked{Project: project, What: what, Why: why})
	if r.parked.cause == nil {
		r.parked.cause = err
	}
	r.parked.mu.Unlock()
	where := ""
	if project != "" {
		where = " of " + project
	}
	r.track.unread([]Parked{{Project: project, What: what, Why: why}}, nil)
	r.track.say("Parked " + what + where + ": " + why)
}

func (p *lockedParks) first() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cause
}
