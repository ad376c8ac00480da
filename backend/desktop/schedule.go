package desktop

import (
	"context"
	"fmt"
	"time"

	"sightline/backend/workspace"
)

// late is how long after its time a refresh of the schedule counts as late; after that it counts as missed.
// The timer of the operating system looks every 15 minutes.
const late = 20 * time.Minute

// resumeInterrupted goes on with loads that a closed window, a kill or a power cut interrupted. Datasets that
// another Sightline has open are left to it.
func (p *Program) resumeInterrupted() {
	for _, d := range p.listed() {
		if p.inUseElsewhere(d) {
			continue
		}
		p.closeInterrupted(&d)
		if kind, ok := p.interrupted(&d); ok && p.waits(p.ctx, &d) == "" {
			p.start(d, kind)
		}
	}
}

// closeInterrupted closes the lines of history that a crash left open.
func (p *Program) closeInterrupted(d *workspace.Dataset) {
	if err := p.Workspace.InterruptRuns(p.ctx, d.ID, interruptedMessage); err != nil {
		p.Log.Warn("the refresh history could not be written", "dataset", d.ID, "err", err)
	}
}

// interrupted reports whether a first load or a full reload was interrupted, as opposed to one that a person
// stopped or that failed. A full reload that nobody goes on with is given up.
func (p *Program) interrupted(d *workspace.Dataset) (workspace.RunType, bool) {
	runs, err := p.Workspace.Runs(p.ctx, d.ID, 1)
	if err != nil {
		p.Log.Warn("the refresh history could not be read", "dataset", d.ID, "err", err)
		return "", false
	}
	last := workspace.RefreshRun{Type: workspace.FirstRun, Status: "interrupted"} // nothing ran yet
	if len(runs) > 0 {
		last = runs[0]
	}
	if p.pendingReload(d, &last) {
		return workspace.FullRun, true
	}
	return workspace.FirstRun, d.LastRefresh.IsZero() && last.Status == "interrupted"
}

// start starts a refresh that nobody waits for.
func (p *Program) start(d workspace.Dataset, kind workspace.RunType) {
	if _, err := p.startRun(d.ID, kind); err != nil {
		p.Log.Warn("a refresh could not start", "dataset", d.ID, "type", kind, "err", err)
	}
}

func (p *Program) listed() []workspace.Dataset {
	list, err := p.Workspace.Datasets(p.ctx)
	if err != nil {
		p.Log.Warn("datasets could not be listed", "err", err)
	}
	return list
}

// keepSchedule starts the refreshes that are due, one look a minute. After a sleep the first look finds what
// was missed.
func (p *Program) keepSchedule() {
	p.reconcile()
	p.resumeInterrupted()
	p.startDue()
	p.startOld()
	p.warnOfExpiry()
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-p.ctx.Done():
			return
		case <-tick.C:
			p.takeOver()
			p.startDue()
			p.warnOfExpiry()
		}
	}
}

// takeOver opens again what was opened for reading while another Sightline wrote it, once that one has let go,
// so that what it loaded is shown.
func (p *Program) takeOver() {
	for _, d := range p.listed() {
		if opened := p.library.peek(d.ID); opened == nil || opened.Writable() || p.Files.InUse(d) {
			continue
		}
		opened, err := p.openForWriting(p.ctx, d.ID)
		if err != nil {
			p.Log.Warn("a dataset that another Sightline wrote could not be opened again", "dataset", d.ID, "err", err)
			continue
		}
		p.emit("dataset:changed", map[string]any{"datasetId": d.ID, "generation": opened.Generation()})
		p.emit("workspace:changed", nil)
	}
}

func (p *Program) startDue() {
	for _, d := range p.listed() {
		if !p.isDue(&d) || p.inUseElsewhere(d) {
			continue
		}
		if sentence := p.waits(p.ctx, &d); sentence != "" {
			p.leave(p.ctx, &d, sentence)
			continue
		}
		if kind, ok := p.due(&d); ok {
			p.start(d, kind)
		}
	}
}

// isDue reports whether the schedule of a dataset wants a refresh now, without noting anything.
func (p *Program) isDue(d *workspace.Dataset) bool {
	next := d.Schedule.Next(scheduleState(d), p.Clock())
	return !next.IsZero() && !next.After(p.Clock())
}

// startOld starts what is to be refreshed when the program starts and the data is old. What is on manual waits for
// a person, whatever else its schedule says.
func (p *Program) startOld() {
	now := p.Clock()
	for _, d := range p.listed() {
		if d.Schedule.Mode != workspace.ManualSchedule && d.Schedule.AtStart && !d.LastRefresh.IsZero() && now.Sub(d.LastRefresh) > d.Schedule.Age() && !p.inUseElsewhere(d) && p.waits(p.ctx, &d) == "" {
			p.start(d, workspace.AtStartRun)
		}
	}
}

// due reports whether the schedule of a dataset wants a refresh now, and of which type. A schedule that does
// not catch up lets what was missed go by.
func (p *Program) due(d *workspace.Dataset) (workspace.RunType, bool) {
	now := p.Clock()
	state := scheduleState(d)
	next := d.Schedule.Next(state, now)
	if next.IsZero() || next.After(now) {
		return "", false
	}
	missed, _ := d.Schedule.Missed(state, now, late)
	switch {
	case d.LastRefresh.IsZero():
		return workspace.FirstRun, true
	case missed == 0:
		return workspace.ScheduledRun, true
	case d.Schedule.CatchUp:
		return workspace.CatchUpRun, true
	}
	return p.letGo(d, now)
}

// overtaken reports whether a refresh of the schedule has nothing to do any more, because another process did
// it between our look and our turn to write.
func (p *Program) overtaken(ctx context.Context, id string, kind workspace.RunType) bool {
	if kind != workspace.ScheduledRun && kind != workspace.CatchUpRun {
		return false
	}
	d, err := p.Workspace.Dataset(ctx, id)
	if err != nil {
		return false // the refresh itself says what is wrong
	}
	now := p.Clock()
	next := d.Schedule.Next(scheduleState(&d), now)
	return next.IsZero() || next.After(now)
}

// unasked reports whether nobody asked for a refresh of this type: the schedule did.
func unasked(kind workspace.RunType) bool {
	return kind == workspace.ScheduledRun || kind == workspace.CatchUpRun || kind == workspace.AtStartRun
}

func scheduleState(d *workspace.Dataset) workspace.State {
	return workspace.State{Last: d.LastScheduled, Failures: d.Failures, Zone: zoneOf(d)}
}

// zoneOf is the zone in which a dataset's fixed times are meant.
func zoneOf(d *workspace.Dataset) *time.Location {
	zone, err := time.LoadLocation(d.TimeZone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// scheduleView is the schedule of a dataset with what follows from it now.
func (p *Program) scheduleView(d *workspace.Dataset) ScheduleView {
	s := d.Schedule
	v := ScheduleView{
		Mode: string(s.Mode), EveryMinutes: int(s.Every / time.Minute), Times: append([]string{}, s.Times...),
		AtStart: s.AtStart, CatchUp: s.CatchUp, Failures: d.Failures,
	}
	now := p.Clock()
	next := s.Next(scheduleState(d), now)
	if next.IsZero() {
		return v
	}
	v.Next = stamp(next)
	if d.Failures > 0 {
		times := "The last refresh failed"
		if d.Failures > 1 {
			times = fmt.Sprintf("%d failures in a row", d.Failures)
		}
		v.Paused = times + "; next try " + tryText(laterOf(next, now).In(zoneOf(d)), now) + "."
	}
	return v
}

// tryText says when: the time of day, with the day when it is another one.
func tryText(at, now time.Time) string {
	if at.Format(time.DateOnly) == now.In(at.Location()).Format(time.DateOnly) {
		return at.Format("15:04")
	}
	return at.Format("2 Jan 15:04")
}
