package desktop

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/workspace"
)

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
	case err != nil && r.stopped(ctx):
		line.Status, line.Message, state = "canceled", stoppedMessage, refresh.RunCanceled
	case err != nil && ctx.Err() != nil:
		line.Status, line.Message, state = "interrupted", interruptedMessage, refresh.RunCanceled
	case err != nil:
		line.Status, line.Message, state = "failed", failureText(err, line.Parked), refresh.RunFailed
		p.Log.Warn("a refresh failed", "dataset", id, "code", fault.CodeOf(err), "err", err)
	}
	ended := p.noteSignIn(record, r, &line, err)
	name := p.noteRefresh(record, line)
	if line.ID != 0 {
		if err := p.Workspace.UpdateRun(record, line); err != nil {
			p.Log.Warn("the refresh history could not be written", "dataset", id, "err", err)
		}
	}
	switch {
	case ended:
		p.tell(id, "signIn", "Sign in again for "+name, line.Message)
	case unasked(r.kind) && line.Status == "failed" && p.waitsForPerson(record, id):
		// Another dataset of the same sign-in told it already.
	default:
		p.tellEnd(name, &line)
	}
	p.finishRun(id, r, state, err)
}

// noteSignIn keeps what a refresh proved of the sign-in it used, and reports whether that ended by it.
func (p *Program) noteSignIn(ctx context.Context, r *run, line *workspace.RefreshRun, err error) (ended bool) {
	switch {
	case r.connection == nil: // it ended before it signed in
	case line.Status == "succeeded":
		p.noteGood(ctx, r.connection)
	case line.Status == "failed":
		return p.noteEnded(ctx, r.connection, line.Started, err)
	}
	return false
}

// failureText says why a refresh failed. Parts that were parked say which and why; the rest is stored.
func failureText(err error, parked []workspace.Unread) string {
	message := fault.ReportOf(err).Message
	if len(parked) == 0 || parked[0].Why != message {
		return message // it ended everything, whatever was parked before
	}
	first := parked[0].What
	if parked[0].Project != "" {
		first += " of " + parked[0].Project
	}
	more := ""
	if n := len(parked) - 1; n > 0 {
		more = fmt.Sprintf(" So were %d more.", n)
	}
	return capitalized(first) + " could not be finished: " + message + more + " Everything else is stored, and the next refresh goes on from there."
}

func capitalized(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
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

// forgetRun ends a run that had nothing to do, as if it had never begun. err is for who waits for it.
func (p *Program) forgetRun(id string, r *run, err error) {
	r.mu.Lock()
	r.finished, r.err = true, err
	r.mu.Unlock()
	p.runs.mu.Lock()
	if p.runs.byDataset[id] == r {
		delete(p.runs.byDataset, id)
	}
	p.runs.mu.Unlock()
	p.emitProgress(id)
}

// noteRefresh moves the dataset's own dates and returns its name.
func (p *Program) noteRefresh(ctx context.Context, line workspace.RefreshRun) (name string) {
	err := p.Workspace.ChangeDataset(ctx, line.DatasetID, func(d *workspace.Dataset) bool {
		name = d.Name
		switch line.Status {
		case "succeeded":
			d.LastRefresh, d.LastError, d.Failures = line.Ended, "", 0
		case "failed":
			d.LastError = line.Message
		}
		if line.Type.OfSchedule() && line.Status != "interrupted" {
			d.LastScheduled = scheduledAt(d, &line)
			if line.Status == "failed" {
				d.Failures++
			}
		}
		return true
	})
	if err != nil {
		p.Log.Warn("the dataset's dates could not be written", "dataset", line.DatasetID, "err", err)
	}
	return name
}

// scheduledAt is the instant from which the schedule counts on: the begin of a refresh, so that the hour of the
// day stays, but the end of one that failed, because the wait before the next try begins then, and of one that
// took longer than its interval, because what was due meanwhile was not missed.
func scheduledAt(d *workspace.Dataset, line *workspace.RefreshRun) time.Time {
	next := d.Schedule.Regular(line.Started, zoneOf(d))
	if line.Status == "failed" || !next.IsZero() && next.Before(line.Ended) {
		return line.Ended
	}
	return line.Started
}
