package desktop

import (
	"context"
	"errors"
	"sync"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/workspace"
)

// runs are the refreshes that are under way or ended since the program started, one per dataset.
type runs struct {
	mu        sync.Mutex
	byDataset map[string]*run
}

// run is one refresh.
type run struct {
	gate   *refresh.Gate
	cancel context.CancelFunc
	ended  chan struct{}

	mu       sync.Mutex
	progress refresh.Progress
	err      error
	finished bool
	computed time.Duration // how long the columns took to build
}

func (r *run) snapshot() (refresh.Progress, error, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.progress, r.err, r.finished
}

// startRun begins a refresh of a dataset in the background, or returns the one that is under way.
func (p *Program) startRun(id, kind string) (*run, error) {
	p.runs.mu.Lock()
	defer p.runs.mu.Unlock()
	if r := p.runs.byDataset[id]; r != nil {
		if _, _, finished := r.snapshot(); !finished {
			return r, nil
		}
	}
	ctx, cancel := context.WithCancel(p.ctx)
	r := &run{gate: refresh.NewGate(), cancel: cancel, ended: make(chan struct{})}
	r.progress = refresh.Progress{State: refresh.RunRunning, Started: p.Clock()}
	p.runs.byDataset[id] = r
	p.wait.Go(func() {
		defer cancel()
		p.refresh(ctx, id, kind, r)
	})
	return r, nil
}

// runOf returns the refresh of a dataset since the program started, or nil.
func (p *Program) runOf(id string) *run {
	p.runs.mu.Lock()
	defer p.runs.mu.Unlock()
	return p.runs.byDataset[id]
}

// refresh does one refresh from credential to published columns and writes its line of history.
func (p *Program) refresh(ctx context.Context, id, kind string, r *run) {
	defer close(r.ended)
	// History and state are written even when the refresh was cancelled.
	record := context.WithoutCancel(ctx)
	line := workspace.RefreshRun{DatasetID: id, Type: kind, Started: p.Clock(), Status: "running"}
	var err error
	if line.ID, err = p.Workspace.AddRun(record, line); err == nil {
		var s refresh.Summary
		s, err = p.runOnce(ctx, id, kind, r)
		line.Rows, line.Requests, line.Bytes, line.Waited, line.Counts = s.Rows, s.Requests, s.Bytes, s.Waited, s.Counts
	}
	p.settleRun(record, id, line, r, err)
}

func (p *Program) runOnce(ctx context.Context, id, kind string, r *run) (refresh.Summary, error) {
	d, c, err := p.connected(ctx, id)
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
	opened, err := p.open(ctx, d.ID)
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
	began := p.Clock()
	if err := opened.Reload(ctx); err != nil {
		return summary, err
	}
	r.mu.Lock()
	r.computed = p.Clock().Sub(began)
	r.mu.Unlock()
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

// settleRun writes the end of a refresh everywhere it shows.
func (p *Program) settleRun(ctx context.Context, id string, line workspace.RefreshRun, r *run, err error) {
	line.Ended, line.Status = p.Clock(), "succeeded"
	state := refresh.RunSucceeded
	switch {
	case err != nil && p.ctx.Err() != nil:
		line.Status, state = "interrupted", refresh.RunCanceled
		line.Message = "Sightline was closed. The load goes on at its next start."
	case errors.Is(err, context.Canceled) || fault.Is(err, fault.Canceled):
		line.Status, state = "canceled", refresh.RunCanceled
		line.Message = "Stopped. What was loaded stays; the next refresh goes on from there."
	case err != nil:
		line.Status, state = "failed", refresh.RunFailed
		line.Message = fault.ReportOf(err).Message
		p.Log.Warn("a refresh failed", "dataset", id, "code", fault.CodeOf(err), "err", err)
	}
	if d, derr := p.Workspace.Dataset(ctx, id); derr == nil {
		p.noteRefresh(ctx, d, line)
	}
	if line.ID != 0 {
		if uerr := p.Workspace.UpdateRun(ctx, line); uerr != nil {
			p.Log.Warn("the refresh history could not be written", "dataset", id, "err", uerr)
		}
	}
	r.mu.Lock()
	r.finished = true
	r.progress.State = state
	if err == nil {
		r.progress.Percent, r.progress.Left = 100, 0
	}
	if state == refresh.RunFailed {
		r.err = err
	}
	r.mu.Unlock()
	p.emitProgress(id)
	if opened, oerr := p.open(ctx, id); oerr == nil {
		p.emit("dataset:changed", map[string]any{"datasetId": id, "generation": opened.Generation()})
	}
	p.emit("workspace:changed", nil)
}

// noteRefresh moves the dataset's own dates.
func (p *Program) noteRefresh(ctx context.Context, d workspace.Dataset, line workspace.RefreshRun) {
	switch line.Status {
	case "succeeded":
		d.LastRefresh, d.LastError = line.Ended, ""
	case "failed":
		d.LastError = line.Message
	}
	if d.Every > 0 && line.Status != "interrupted" {
		d.NextRefresh = line.Ended.Add(d.Every)
	}
	if err := p.Workspace.PutDataset(ctx, d); err != nil {
		p.Log.Warn("the dataset's dates could not be written", "dataset", d.ID, "err", err)
	}
}

// resumeInterrupted goes on with first loads that a closed window or a power cut interrupted.
func (p *Program) resumeInterrupted() {
	list, err := p.Workspace.Datasets(p.ctx)
	if err != nil {
		p.Log.Warn("datasets could not be listed", "err", err)
		return
	}
	for _, d := range list {
		if !d.LastRefresh.IsZero() {
			continue
		}
		last, err := p.Workspace.Runs(p.ctx, d.ID, 1)
		if err != nil {
			p.Log.Warn("the refresh history could not be read", "dataset", d.ID, "err", err)
			continue
		}
		if len(last) == 0 || last[0].Status == "running" || last[0].Status == "interrupted" {
			if _, err := p.startRun(d.ID, "first"); err != nil {
				p.Log.Warn("a load could not go on", "dataset", d.ID, "err", err)
			}
		}
	}
}

// keepSchedule starts the refreshes that are due, one look a minute. A machine that slept catches up
// once, because a due time in the past is due once.
func (p *Program) keepSchedule() {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		p.startDue()
		select {
		case <-p.ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (p *Program) startDue() {
	list, err := p.Workspace.Datasets(p.ctx)
	if err != nil {
		return
	}
	now := p.Clock()
	for _, d := range list {
		if d.Every > 0 && !d.NextRefresh.IsZero() && !d.NextRefresh.After(now) {
			if _, err := p.startRun(d.ID, "scheduled"); err != nil {
				p.Log.Warn("a scheduled refresh could not start", "dataset", d.ID, "err", err)
			}
		}
	}
}
