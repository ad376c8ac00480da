package desktop

import (
	"context"
	"fmt"
	"time"

	"sightline/backend/workspace"
)

// letGo notes what was missed by a schedule that does not catch up, once, and says whether the next regular
// time has come already.
func (p *Program) letGo(d *workspace.Dataset, now time.Time) (workspace.RunType, bool) {
	missed := 0
	var first time.Time
	err := p.Workspace.ChangeDataset(p.ctx, d.ID, func(w *workspace.Dataset) bool {
		state := scheduleState(w)
		if missed, first = w.Schedule.Missed(state, now, late); missed == 0 || w.Schedule.CatchUp {
			missed = 0 // another process was here before
			return false
		}
		for range missed {
			w.LastScheduled = w.Schedule.Regular(w.LastScheduled, state.Zone)
		}
		w.Failures = 0
		*d = *w
		return true
	})
	if err == nil && missed > 0 {
		err = p.addMissed(p.ctx, d.ID, missed, first, "Its schedule does not make up for that.")
	}
	if err != nil {
		p.Log.Warn("a missed refresh could not be noted", "dataset", d.ID, "err", err)
		return "", false
	}
	if next := d.Schedule.Next(scheduleState(d), now); next.After(now) {
		return "", false
	}
	return workspace.ScheduledRun, true
}

// noteMissed writes the line of what was missed before the refresh that makes up for it.
func (p *Program) noteMissed(ctx context.Context, id string, kind workspace.RunType) error {
	if kind != workspace.CatchUpRun {
		return nil
	}
	d, err := p.Workspace.Dataset(ctx, id)
	if err != nil {
		return err
	}
	missed, first := d.Schedule.Missed(scheduleState(&d), p.Clock(), late)
	if missed == 0 {
		return nil
	}
	return p.addMissed(ctx, id, missed, first, "One refresh makes up for that.")
}

func (p *Program) addMissed(ctx context.Context, id string, missed int, first time.Time, then string) error {
	text := "Sightline was closed or the computer slept when this refresh was due. " + then
	if missed > 1 {
		text = fmt.Sprintf("Sightline was closed or the computer slept when this refresh and %d more were due. %s", missed-1, then)
	}
	_, err := p.Workspace.AddRun(ctx, workspace.RefreshRun{
		DatasetID: id, Type: workspace.MissedRun, Started: first, Status: "missed", Message: text,
	})
	return err
}

// leave notes, once, that a refresh which is due waits for a person.
func (p *Program) leave(ctx context.Context, d *workspace.Dataset, sentence string) {
	message := "This refresh was due and waits for you. " + sentence
	last, err := p.Workspace.Runs(ctx, d.ID, 1)
	if err == nil && (len(last) == 0 || last[0].Status != "missed" || last[0].Message != message) {
		_, err = p.Workspace.AddRun(ctx, workspace.RefreshRun{DatasetID: d.ID, Type: workspace.MissedRun, Started: p.Clock(), Status: "missed", Message: message})
	}
	if err != nil {
		p.Log.Warn("a refresh that waits for a person could not be noted", "dataset", d.ID, "err", err)
	}
}
