package refresh

import (
	"context"
	"sync"

	"sightline/backend/devops"
	"sightline/backend/fault"
)

// part loads one content beside the work items. It is called for each project in turn, while other parts and
// the history load at the same time; how many requests are under way at once is the client's to decide.
type part struct {
	phase   Phase
	content devops.Content
	what    string // for sentences: "the pull requests"
	// load brings one project up to date from its cursors on. A thing of the project that may not be read is
	// told to run.skip and is no error. It counts what it stored with track.add.
	load func(r *run, ctx context.Context, p devops.Project) error
}

// parts are all of them, in the order of the loading screen.
var parts = []part{
	{PhaseGit, devops.GitContent, "the Git repositories", (*run).git},
	{PhasePulls, devops.PullRequestsContent, "the pull requests", (*run).pullRequests},
	{PhasePipelines, devops.PipelinesContent, "the pipelines", (*run).pipelines},
	{PhaseTests, devops.TestsContent, "the test runs", (*run).tests},
	{PhaseTFVC, devops.TFVCContent, "the TFVC changesets", (*run).tfvc},
}

// Parked is a part that could not be finished. What was read of it is stored with its cursors, and the next
// refresh goes on from there.
type Parked struct {
	Project string // "" when it concerns all
	What    string
	Why     string // the sentence of the fault
}

// contents loads everything that is ticked: history and links of work items beside the other parts. A fault
// of one part parks that part and lets the others finish; one that concerns everything (who we are, the
// store, the network, a cancel) ends all. The first fault is returned when everything has ended.
func (r *run) contents(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var all sync.WaitGroup
	launch := func(what string, do func(context.Context) error) {
		all.Go(func() {
			if err := do(ctx); err != nil {
				if endsAll(err) {
					cancel(err)
				}
				r.park("", what, err)
			}
		})
	}
	if r.Selection.Has(devops.WorkItemsContent) {
		launch("the work items", func(ctx context.Context) error {
			if err := r.feeds(ctx); err != nil {
				return err
			}
			return r.sweep(ctx)
		})
	}
	for _, p := range parts {
		if r.Selection.Has(p.content) {
			launch(p.what, func(ctx context.Context) error { return r.loadPart(ctx, p) })
		}
	}
	all.Wait()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return r.parked.first()
}

// loadPart loads one part of every project. A project that fails parks and lets the others go on.
func (r *run) loadPart(ctx context.Context, p part) error {
	r.track.start(p.phase)
	failed := false
	for _, project := range r.load {
		if err := r.hold(ctx); err != nil {
			return err
		}
		if err := p.load(r, ctx, project); err != nil {
			if endsAll(err) || ctx.Err() != nil {
				return err
			}
			failed = true
			r.park(project.Name, p.what, err)
		}
	}
	if failed {
		r.track.fail(p.phase)
		return nil
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

// endsAll reports whether a fault concerns the whole refresh: going on elsewhere would be wrong or in vain.
func endsAll(err error) bool {
	switch fault.CodeOf(err) {
	case fault.BadAnswer, fault.Timeout, fault.Forbidden, fault.NotFound, fault.ProjectGone, fault.Invalid:
		return false
	}
	return true
}

// lockedParks collects what was parked.
type lockedParks struct {
	mu    sync.Mutex
	list  []Parked
	cause error
}

func (r *run) park(project, what string, err error) {
	if fault.Is(err, fault.Canceled) {
		return
	}
	r.parked.mu.Lock()
	r.parked.list = append(r.parked.list, Parked{Project: project, What: what, Why: fault.ReportOf(err).Message})
	if r.parked.cause == nil {
		r.parked.cause = err
	}
	r.parked.mu.Unlock()
	where := ""
	if project != "" {
		where = " of " + project
	}
	r.track.say("Parked " + what + where + ": " + fault.ReportOf(err).Message)
}

func (p *lockedParks) first() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cause
}
