package desktop

import (
	"context"
	"errors"
	"sync"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/workspace"
)

// runs are the refreshes that are under way or ended since the program started, one per dataset.
type runs struct {
	mu        sync.Mutex
	byDataset map[string]*run
	barred    map[string]error // why no refresh of a dataset may begin now
}

// run is one refresh.
type run struct {
	kind   workspace.RunType
	gate   *refresh.Gate
	cancel context.CancelCauseFunc
	ended  chan struct{}

	connection *workspace.Connection // as it was when the run signed in; only the run itself looks at it

	mu       sync.Mutex
	progress refresh.Progress
	err      error
	finished bool
}

// stopped reports whether a person ended the run.
func (r *run) stopped(ctx context.Context) bool { return errors.Is(context.Cause(ctx), errStopped) }

// errStopped is why a run ends that a person stopped. Any other end of its context is that of the program,
// after which the load goes on by itself.
var errStopped = errors.New("stopped by a person")

// stop ends a run on a person's behalf. It does not wait for the end.
func (r *run) stop() {
	r.cancel(errStopped)
	r.gate.Resume()
}

func (r *run) snapshot() (refresh.Progress, error, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.progress, r.err, r.finished
}

// startRun begins a refresh of a dataset in the background, or returns the one that is under way. Faults:
// NotFound, Canceled while the program closes.
func (p *Program) startRun(id string, kind workspace.RunType) (*run, error) {
	if _, err := p.Workspace.Dataset(p.ctx, id); err != nil {
		return nil, err
	}
	p.runs.mu.Lock()
	defer p.runs.mu.Unlock()
	if why := p.runs.barred[id]; why != nil {
		return nil, why
	}
	if r := p.runs.byDataset[id]; r != nil {
		if _, _, finished := r.snapshot(); !finished {
			return r, nil
		}
	}
	ctx, cancel := context.WithCancelCause(p.ctx)
	r := &run{kind: kind, gate: refresh.NewGate(), cancel: cancel, ended: make(chan struct{})}
	r.progress = refresh.Progress{State: refresh.RunRunning, Started: p.Clock()}
	if err := p.spawn(func() {
		defer cancel(nil)
		p.refresh(ctx, id, r)
	}); err != nil {
		cancel(nil)
		return nil, err
	}
	p.runs.byDataset[id] = r
	return r, nil
}

// runOf returns the refresh of a dataset since the program started, or nil.
func (p *Program) runOf(id string) *run {
	p.runs.mu.Lock()
	defer p.runs.mu.Unlock()
	return p.runs.byDataset[id]
}

// bar stops the refresh of a dataset that is about to change, and lets no other begin until release is called, which
// tells whether the dataset is gone by then. why refuses whoever tries meanwhile. Fault Timeout when what runs does not
// end before ctx does; nothing is barred then.
func (p *Program) bar(ctx context.Context, id string, why error) (release func(gone bool), err error) {
	p.runs.mu.Lock()
	earlier, r := p.runs.barred[id], p.runs.byDataset[id]
	if earlier == nil {
		p.runs.barred[id] = why
	}
	p.runs.mu.Unlock()
	if earlier != nil {
		return nil, earlier
	}
	release = func(gone bool) {
		p.runs.mu.Lock()
		defer p.runs.mu.Unlock()
		delete(p.runs.barred, id)
		if gone {
			delete(p.runs.byDataset, id)
		}
	}
	if r == nil {
		return release, nil
	}
	r.stop()
	select {
	case <-r.ended:
		return release, nil
	case <-ctx.Done():
		release(false)
		return nil, fault.New(fault.Timeout, "desktop.bar", "The refresh of this dataset was stopped and has not ended yet.", "Try again in a moment; nothing was changed.")
	}
}

// refresh does one refresh from credential to published columns and writes its line of history.
func (p *Program) refresh(ctx context.Context, id string, r *run) {
	defer close(r.ended)
	// History and state are written even when the refresh was cancelled.
	record := context.WithoutCancel(ctx)
	line := workspace.RefreshRun{DatasetID: id, Type: r.kind, Started: p.Clock(), Status: "running"}
	opened, err := p.openForWriting(ctx, id)
	switch {
	case fault.Is(err, fault.Conflict) && unasked(r.kind):
		p.forgetRun(id, r, err) // whoever has it open keeps it fresh
		return
	case fault.Is(err, fault.Conflict), fault.Is(err, fault.NotFound):
		// Whoever has it open writes its history, and what is gone has none.
		p.finishRun(id, r, refresh.RunFailed, err)
		return
	case err == nil && p.overtaken(record, id, r.kind):
		p.forgetRun(id, r, nil)
		return
	}
	if err == nil {
		err = p.Workspace.InterruptRuns(record, id, interruptedMessage)
	}
	if err == nil {
		err = p.noteMissed(record, id, r.kind)
	}
	line.ID, err = p.addLine(record, line, err)
	if err == nil {
		var s refresh.Summary
		s, err = protected(p.Log, "desktop.refresh", func() (refresh.Summary, error) {
			if r.kind == workspace.FullRun {
				return p.reloadFully(ctx, id, opened, r)
			}
			return p.runOnce(ctx, id, opened, r)
		})
		line.Rows, line.Requests, line.Bytes, line.Waited, line.Changes = s.Rows, s.Requests, s.Bytes, s.Waited, s.Changes
		line.Parked, line.Skipped = parkedOf(s.Parked), skippedOf(s.Skipped)
	}
	p.settleRun(ctx, id, line, r, err)
}

// addLine begins a line of history, also for a refresh that failed before it began.
func (p *Program) addLine(ctx context.Context, line workspace.RefreshRun, failed error) (int64, error) {
	id, err := p.Workspace.AddRun(ctx, line)
	if failed != nil {
		return id, failed
	}
	return id, err
}

// runOnce brings an opened dataset up to date. What was stored is published even when the refresh failed:
// a part that could not be finished is no reason to hide the others.
func (p *Program) runOnce(ctx context.Context, id string, opened OpenedDataset, r *run) (refresh.Summary, error) {
	// Building the columns of a large organization takes seconds, in which the screen still moves.
	shown := &publisher{clock: p.Clock, show: func() { p.publish(ctx, id, opened) }}
	summary, err := p.read(ctx, id, opened.Store(), r, shown.heard)
	shown.wait()
	if err != nil {
		if summary.Rows > 0 && ctx.Err() == nil {
			p.publish(ctx, id, opened)
			r.mu.Lock()
			r.progress.FirstLook = r.progress.FirstLook || len(summary.Parked) > 0 // the rest can be looked at
			r.mu.Unlock()
		}
		return summary, err
	}
	if err := opened.Reload(ctx); err != nil {
		return summary, err
	}
	return summary, opened.Refreshed(ctx, p.Clock())
}

// read reads from the service into a store, as the dataset's connection says. heard hears the progress after
// the interface has.
func (p *Program) read(ctx context.Context, id string, into refresh.Store, r *run, heard func(refresh.Progress)) (refresh.Summary, error) {
	d, c, err := p.connected(ctx, id)
	if err != nil {
		return refresh.Summary{}, err
	}
	r.connection = &c
	patterns, err := devops.ParsePatterns(c.Patterns...)
	if err != nil {
		return refresh.Summary{}, err
	}
	client, err := p.reach(ctx, c)
	if err != nil {
		return refresh.Summary{}, err
	}
	return refresh.Run(ctx, refresh.Options{
		Client: client, Store: into, Patterns: patterns, Selection: d.Selection, Identity: c.IdentityID, Gate: r.gate, Clock: p.Clock,
		// A person who asks for a refresh wants to see the sprint they just renamed.
		Reread: r.kind == workspace.OnDemandRun,
		Progress: func(now refresh.Progress) {
			r.mu.Lock()
			r.progress = now
			r.mu.Unlock()
			heard(now)
			p.emitProgress(id)
		},
	})
}

// publish builds a generation from what is stored so far, so that the report can be opened early.
func (p *Program) publish(ctx context.Context, id string, opened OpenedDataset) {
	was := opened.Generation()
	if err := opened.Reload(ctx); err != nil {
		p.Log.Warn("what was stored so far could not be shown", "dataset", id, "err", err)
		return
	}
	if now := opened.Generation(); now != was {
		p.emit("dataset:changed", map[string]any{"datasetId": id, "generation": now})
	}
}
