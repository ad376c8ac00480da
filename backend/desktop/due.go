package desktop

import (
	"context"

	"sightline/backend/fault"
	"sightline/backend/workspace"
)

// DueResult is what became of one dataset when a timer asked for all that are due.
type DueResult struct {
	DatasetID string `json:"datasetId"`
	Name      string `json:"name"`
	// Outcome is notDue, refreshed, failed, inUse when another Sightline has the dataset open and keeps it fresh
	// itself, or needsSignIn when only a person can go on: then nothing was sent.
	Outcome  string        `json:"outcome"`
	Type     string        `json:"type"` // of the refresh, as in the history; "" when there was none
	Next     string        `json:"next"`
	Rows     int           `json:"rows"`
	Requests int           `json:"requests"`
	Seconds  float64       `json:"seconds"`
	Fault    *fault.Report `json:"fault,omitempty"`
}

// RefreshDue refreshes the datasets that are due, one after the other, and hands over what became of each.
// Loads that were interrupted go on. report hears the progress. The error is that of ctx or of the workspace;
// a refresh that fails is a result.
func (p *Program) RefreshDue(ctx context.Context, report func(ProgressView), each func(DueResult) error) error {
	p.await()
	list, err := p.Workspace.Datasets(ctx)
	if err != nil {
		return err
	}
	for _, d := range list {
		if err := ctx.Err(); err != nil {
			return fault.Wrap("desktop.RefreshDue", err)
		}
		result := p.refreshIfDue(ctx, d, report)
		if now, err := p.Workspace.Dataset(ctx, d.ID); err == nil {
			result.Next = p.scheduleView(&now).Next
		}
		if err := each(result); err != nil {
			return err
		}
	}
	return nil
}

func (p *Program) refreshIfDue(ctx context.Context, d workspace.Dataset, report func(ProgressView)) DueResult {
	result := DueResult{DatasetID: d.ID, Name: d.Name, Outcome: "notDue"}
	if p.inUseElsewhere(d) {
		result.Outcome = "inUse"
		return result
	}
	if sentence := p.waits(ctx, &d); sentence != "" {
		if p.isDue(&d) {
			p.leave(ctx, &d, sentence)
			result.Outcome = "needsSignIn"
			result.Fault = reportOf(signInAgain("desktop.RefreshDue", d.Name, sentence))
		}
		return result
	}
	kind, ok := p.dueNow(&d)
	if !ok {
		return result
	}
	result.Type = string(kind)
	r, err := p.startRun(d.ID, kind)
	if err == nil {
		var v ProgressView
		v, err = p.follow(ctx, d.ID, r, report)
		result.Rows, result.Requests, result.Seconds = v.Rows, v.Requests, v.Elapsed
		if err == nil && v.State == "idle" {
			result.Type = "" // another process was quicker
			return result
		}
	}
	switch {
	case fault.Is(err, fault.Conflict):
		result.Outcome = "inUse"
	case err != nil:
		report := fault.ReportOf(err)
		result.Outcome, result.Fault = "failed", &report
	default:
		result.Outcome = "refreshed"
	}
	return result
}

// dueNow is due, and also finds the load that an earlier process left unfinished.
func (p *Program) dueNow(d *workspace.Dataset) (workspace.RunType, bool) {
	p.closeInterrupted(d)
	if kind, ok := p.interrupted(d); ok {
		return kind, true
	}
	return p.due(d)
}
