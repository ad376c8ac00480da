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
	barred    map[string]bool // datasets that are being deleted
}

// run is one refresh.
type run struct {
	gate   *refresh.Gate
	cancel context.CancelCauseFunc
	ended  chan struct{}

	mu       sync.Mutex
	progress refresh.Progress
	err      error
	finished bool
}

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
func (p *Program) startRun(id, kind string) (*run, error) {
	if _, err := p.Workspace.Dataset(p.ctx, id); err != nil {
		return nil, err
	}
	p.runs.mu.Lock()
	defer p.runs.mu.Unlock()
	if p.runs.barred[id] {
		return nil, fault.New(fault.NotFound, "desktop.startRun", "This dataset is being deleted.", "Choose another one at the left.")
	}
	if r := p.runs.byDataset[id]; r != nil {
		if _, _, finished := r.snapshot(); !finished {
			return r, nil
		}
	}
	ctx, cancel := context.WithCancelCause(p.ctx)
	r := &run{gate: refresh.NewGate(), cancel: cancel, ended: make(chan struct{})}
	r.progress = refresh.Progress{State: refresh.RunRunning, Started: p.Clock()}
	if err := p.spawn(func() {
		defer cancel(nil)
		p.refresh(ctx, id, kind, r)
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

// bar stops the refresh of a dataset that is about to be deleted, and lets no other begin until the
// returned function is called. gone tells whether the dataset is gone by then.
func (p *Program) bar(id string) (release func(gone bool)) {
	p.runs.mu.Lock()
	p.runs.barred[id] = true
	r := p.runs.byDataset[id]
	p.runs.mu.Unlock()
	if r != nil {
		r.stop()
		<-r.ended
	}
	return func(gone bool) {
		p.runs.mu.Lock()
		defer p.runs.mu.Unlock()
		delete(p.runs.barred, id)
		if gone {
			delete(p.runs.byDataset, id)
		}
	}
}

// refresh does one refresh from credential to published columns and writes its line of history.
func (p *Program) refresh(ctx context.Context, id, kind string, r *run) {
	defer close(r.ended)
	// History and state are written even when the refresh was cancelled.
	record := context.WithoutCancel(ctx)
	line := workspace.RefreshRun{DatasetID: id, Type: kind, Started: p.Clock(), Status: "running"}
	opened, err := p.openForWriting(ctx, id)
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound) {
		// Whoever has it open writes its history, and what is gone has none.
		p.finishRun(id, r, refresh.RunFailed, err)
		return
	}
	if err == nil {
		err = p.Workspace.InterruptRuns(record, id, interruptedMessage)
	}
	line.ID, err = p.addLine(record, line, err)
	if err == nil {
		var s refresh.Summary
		s, err = protected(p.Log, "desktop.refresh", func() (refresh.Summary, error) { return p.runOnce(ctx, id, kind, opened, r) })
		line.Rows, line.Requests, line.Bytes, line.Waited, line.Counts = s.Rows, s.Requests, s.Bytes, s.Waited, countsOf(s.Changes)
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

func (p *Program) runOnce(ctx context.Context, id, kind string, opened OpenedDataset, r *run) (refresh.Summary, error) {
	_, c, err := p.connected(ctx, id)
	if err != nil {
		return refresh.Summary{}, err
	}
	patterns, err := devops.ParsePatterns(c.Patterns...)
	if err != nil {
		return refresh.Summary{}, err
	}
	client, err := p.reach(ctx, c)
	if err != nil {
		return refresh.Summary{}, err
	}
	firstLook := false
	summary, err := refresh.Run(ctx, refresh.Options{
		Client: client, Store: opened.Store(), Patterns: patterns, Identity: c.IdentityID, Gate: r.gate, Clock: p.Clock,
		// A person who asks for a refresh wants to see the sprint they just renamed.
		Reread: kind == "onDemand",
		Progress: func(now refresh.Progress) {
			r.mu.Lock()
			r.progress = now
			r.mu.Unlock()
			if now.FirstLook && !firstLook {
				firstLook = true
				p.publish(ctx, id, opened)
			}
			p.emitProgress(id)
		},
	})
	if err != nil {
		return summary, err
	}
	if err := opened.Reload(ctx); err != nil {
		return summary, err
	}
	return summary, opened.Refreshed(ctx, p.Clock())
}

// publish builds a generation from what is stored so far, so that the report can be opened early.
func (p *Program) publish(ctx context.Context, id string, opened OpenedDataset) {
	if err := opened.Reload(ctx); err != nil {
		p.Log.Warn("the first look could not be built", "dataset", id, "err", err)
		return
	}
	p.emit("dataset:changed", map[string]any{"datasetId": id, "generation": opened.Generation()})
}

// The sentences of refreshes that did not end by themselves.
const (
	interruptedMessage = "Sightline was closed. The load goes on at its next start."
	stoppedMessage     = "Stopped. What was loaded stays; the next refresh goes on from there."
)

// settleRun writes the end of a refresh into the history and the dataset, and tells the interface. ctx is
// that of the run.
func (p *Program) settleRun(ctx context.Context, id string, line workspace.RefreshRun, r *run, err error) {
	record := context.WithoutCancel(ctx)
	line.Ended, line.Status = p.Clock(), "succeeded"
	state := refresh.RunSucceeded
	switch {
	case err != nil && errors.Is(context.Cause(ctx), errStopped):
		line.Status, line.Message, state = "canceled", stoppedMessage, refresh.RunCanceled
	case err != nil && ctx.Err() != nil:
		line.Status, line.Message, state = "interrupted", interruptedMessage, refresh.RunCanceled
	case err != nil:
		line.Status, line.Message, state = "failed", fault.ReportOf(err).Message, refresh.RunFailed
		p.Log.Warn("a refresh failed", "dataset", id, "code", fault.CodeOf(err), "err", err)
	}
	p.noteRefresh(record, line)
	if line.ID != 0 {
		if err := p.Workspace.UpdateRun(record, line); err != nil {
			p.Log.Warn("the refresh history could not be written", "dataset", id, "err", err)
		}
	}
	p.finishRun(id, r, state, err)
}

// finishRun ends a run for the interface.
func (p *Program) finishRun(id string, r *run, state refresh.RunState, err error) {
	r.mu.Lock()
	r.finished = true
	r.progress.State = state
	if state == refresh.RunSucceeded {
		r.progress.Percent, r.progress.Left = 100, 0
	}
	if state == refresh.RunFailed {
		r.err = err
	}
	r.mu.Unlock()
	p.emitProgress(id)
	if opened := p.library.peek(id); opened != nil {
		p.emit("dataset:changed", map[string]any{"datasetId": id, "generation": opened.Generation()})
	}
	p.emit("workspace:changed", nil)
}

// noteRefresh moves the dataset's own dates.
func (p *Program) noteRefresh(ctx context.Context, line workspace.RefreshRun) {
	err := p.Workspace.ChangeDataset(ctx, line.DatasetID, func(d *workspace.Dataset) bool {
		switch line.Status {
		case "succeeded":
			d.LastRefresh, d.LastError = line.Ended, ""
		case "failed":
			d.LastError = line.Message
		}
		if d.Every > 0 && line.Status != "interrupted" {
			d.NextRefresh = line.Ended.Add(d.Every)
		}
		return true
	})
	if err != nil {
		p.Log.Warn("the dataset's dates could not be written", "dataset", line.DatasetID, "err", err)
	}
}

// countsOf is how many rows of each entity a refresh added, changed or deleted.
func countsOf(changes devops.Changes) map[string]int {
	counts := map[string]int{}
	for entity, c := range changes {
		counts[string(entity)] = c.Added + c.Changed + c.Deleted
	}
	return counts
}
