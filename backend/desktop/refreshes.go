package desktop

import (
	"context"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/workspace"
)

// Refreshes starts, pauses and tells of refreshes.
type Refreshes struct{ p *Program }

// Progress is the loading screen of a dataset.
func (r *Refreshes) Progress(datasetID string) (ProgressView, error) {
	r.p.await()
	return guard(r.p.Log, "Refreshes.Progress", func() (ProgressView, error) {
		return r.p.progressView(r.p.ctx, datasetID)
	})
}

// Start begins a refresh now. One that is under way goes on.
func (r *Refreshes) Start(datasetID string) (ProgressView, error) {
	return r.act("Refreshes.Start", datasetID, func() error {
		_, err := r.p.startRun(datasetID, workspace.OnDemandRun)
		return err
	})
}

// Pause holds a refresh after the page it is reading; nothing is lost.
func (r *Refreshes) Pause(datasetID string) (ProgressView, error) {
	return r.act("Refreshes.Pause", datasetID, func() error {
		if run := r.p.runOf(datasetID); run != nil {
			run.gate.Pause()
		}
		return nil
	})
}

// Resume lets a paused refresh go on; one that was stopped starts again where it stopped.
func (r *Refreshes) Resume(datasetID string) (ProgressView, error) {
	return r.act("Refreshes.Resume", datasetID, func() error {
		run := r.p.runOf(datasetID)
		if run != nil {
			if _, _, finished := run.snapshot(); !finished {
				run.gate.Resume()
				return nil
			}
		}
		_, err := r.p.startRun(datasetID, workspace.OnDemandRun)
		return err
	})
}

// Cancel stops a refresh. What was loaded stays and the next refresh goes on from there.
func (r *Refreshes) Cancel(datasetID string) (ProgressView, error) {
	return r.act("Refreshes.Cancel", datasetID, func() error {
		if run := r.p.runOf(datasetID); run != nil {
			run.stop()
			select {
			case <-run.ended:
			case <-time.After(5 * time.Second): // a stalled answer; the run ends behind our back
			}
		}
		return nil
	})
}

func (r *Refreshes) act(op, datasetID string, do func() error) (ProgressView, error) {
	r.p.await()
	return guard(r.p.Log, op, func() (ProgressView, error) {
		if err := do(); err != nil {
			return ProgressView{}, err
		}
		return r.p.progressView(r.p.ctx, datasetID)
	})
}

func (p *Program) emitProgress(datasetID string) {
	if v, err := p.progressView(context.WithoutCancel(p.ctx), datasetID); err == nil {
		p.emit("refresh:progress", v)
	}
}

// phasesOf are the phases of the loading screen, in their order: those of what is selected.
func phasesOf(s devops.Selection) []refresh.Phase {
	phases := []refresh.Phase{refresh.PhaseProjects}
	for _, c := range devops.AllContents {
		if s.Has(c) {
			phases = append(phases, contentPhases[c]...)
		}
	}
	return append(phases, refresh.PhaseCompute)
}

var contentPhases = map[devops.Content][]refresh.Phase{
	devops.WorkItemsContent:    {refresh.PhaseWorkItems, refresh.PhaseHistory, refresh.PhaseLinks},
	devops.GitContent:          {refresh.PhaseGit},
	devops.PullRequestsContent: {refresh.PhasePulls},
	devops.PipelinesContent:    {refresh.PhasePipelines},
	devops.TestsContent:        {refresh.PhaseTests},
	devops.TFVCContent:         {refresh.PhaseTFVC},
}

func (p *Program) progressView(ctx context.Context, datasetID string) (ProgressView, error) {
	d, c, err := p.connected(ctx, datasetID)
	if err != nil {
		return ProgressView{}, err
	}
	v := ProgressView{
		DatasetID: d.ID, Name: d.Name, Organization: c.Organization, Person: c.IdentityName, State: "idle",
		Phases: []PhaseView{}, Projects: []string{}, Log: []LogLineView{}, Parked: []UnreadView{}, Skipped: []UnreadView{}, FirstLook: !d.LastRefresh.IsZero(),
	}
	if v.DashboardID, v.ReportID, err = p.documentsOf(ctx, d.ID); err != nil {
		return v, err
	}
	r := p.runOf(datasetID)
	if r == nil {
		if !v.FirstLook {
			if v.FirstLook, err = p.partlyLoaded(ctx, d.ID); err != nil {
				return v, err
			}
		}
		if d.LastError != "" {
			v.Fault = &fault.Report{Code: fault.Internal, Message: d.LastError, Hint: "Refresh again.", Facts: []fault.Fact{}}
		}
		return v, nil
	}
	now, rerr, finished := r.snapshot()
	p.fillProgress(&v, now, phasesOf(d.Selection), finished, r.gate.Paused())
	r.fillUnread(&v)
	v.Fault = reportOf(rerr)
	return v, nil
}

// partlyLoaded reports whether all but a part that was parked is there to be looked at.
func (p *Program) partlyLoaded(ctx context.Context, datasetID string) (bool, error) {
	last, err := p.Workspace.Runs(ctx, datasetID, 1)
	return len(last) > 0 && last[0].Rows > 0 && len(last[0].Parked) > 0, err
}

// fillUnread says what was not read, and why the refresh ran.
func (r *run) fillUnread(v *ProgressView) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v.Type = string(r.kind)
	v.Parked, v.Skipped = unreadViews(parkedOf(r.progress.Parked)), unreadViews(skippedOf(r.progress.Skipped))
}

func (p *Program) fillProgress(v *ProgressView, now refresh.Progress, phases []refresh.Phase, finished, paused bool) {
	v.State = string(now.State)
	switch {
	case finished:
	case paused:
		v.State = string(refresh.RunPaused)
	case now.State != refresh.RunRunning:
		v.State = string(refresh.RunRunning) // everything is read, but not yet computed and written down
	}
	v.Percent, v.Rows, v.RowRate, v.Requests, v.Bytes, v.Retries = now.Percent, now.Rows, now.RowRate, now.Requests, now.Bytes, now.Retries
	v.Elapsed, v.Left, v.Waited = now.Elapsed.Seconds(), now.Left.Seconds(), now.Waited.Seconds()
	if !now.WaitUntil.IsZero() && !finished {
		v.WaitLeft = max(0, now.WaitUntil.Sub(p.Clock()).Seconds())
		v.WaitWhy = now.WaitWhy
	}
	v.FirstLook = v.FirstLook || now.FirstLook || now.State == refresh.RunSucceeded
	v.Projects = append(v.Projects, now.Projects...)
	for _, l := range now.Log {
		v.Log = append(v.Log, LogLineView{At: stamp(l.At), Text: l.Text})
	}
	known := map[refresh.Phase]refresh.PhaseProgress{}
	for _, ph := range now.Phases {
		known[ph.Phase] = ph
	}
	for _, name := range phases {
		ph, ok := known[name]
		if !ok {
			ph.State = refresh.NotStarted
		}
		if name == refresh.PhaseCompute {
			ph.State = computeState(now, finished)
		}
		v.Phases = append(v.Phases, PhaseView{
			Phase: string(name), State: string(ph.State), Done: ph.Done, Expected: ph.Expected, Rate: ph.Rate, Elapsed: ph.Elapsed.Seconds(),
		})
	}
}

// computeState follows from the others: the columns are built when everything is stored.
func computeState(now refresh.Progress, finished bool) refresh.PhaseState {
	switch {
	case now.State == refresh.RunSucceeded && finished:
		return refresh.Finished
	case now.State == refresh.RunSucceeded:
		return refresh.Running
	default:
		return refresh.NotStarted
	}
}
