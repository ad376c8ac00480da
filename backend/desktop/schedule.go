package desktop

import (
	"time"

	"sightline/backend/workspace"
)

// resumeInterrupted closes the lines of history that a crash left open, and goes on with first loads that
// a closed window, a kill or a power cut interrupted. Datasets that another Sightline has open are left to it.
func (p *Program) resumeInterrupted() {
	list, err := p.Workspace.Datasets(p.ctx)
	if err != nil {
		p.Log.Warn("datasets could not be listed", "err", err)
		return
	}
	for _, d := range list {
		if p.inUseElsewhere(d) {
			continue
		}
		if err := p.Workspace.InterruptRuns(p.ctx, d.ID, interruptedMessage); err != nil {
			p.Log.Warn("the refresh history could not be written", "dataset", d.ID, "err", err)
		}
		if d.LastRefresh.IsZero() {
			p.resumeFirstLoad(d)
		}
	}
}

// resumeFirstLoad goes on with a first load, unless a person stopped it or it failed.
func (p *Program) resumeFirstLoad(d workspace.Dataset) {
	last, err := p.Workspace.Runs(p.ctx, d.ID, 1)
	if err != nil {
		p.Log.Warn("the refresh history could not be read", "dataset", d.ID, "err", err)
		return
	}
	if len(last) > 0 && last[0].Status != "interrupted" {
		return
	}
	if _, err := p.startRun(d.ID, "first"); err != nil {
		p.Log.Warn("a load could not go on", "dataset", d.ID, "err", err)
	}
}

// keepSchedule starts the refreshes that are due, one look a minute. A machine that slept catches up
// once, because a due time in the past is due once.
func (p *Program) keepSchedule() {
	p.resumeInterrupted()
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
		p.Log.Warn("the schedule could not be read", "err", err)
		return
	}
	now := p.Clock()
	for _, d := range list {
		if !due(d, now) || p.inUseElsewhere(d) {
			continue
		}
		if _, err := p.startRun(d.ID, "scheduled"); err != nil {
			p.Log.Warn("a scheduled refresh could not start", "dataset", d.ID, "err", err)
		}
	}
}

// due reports whether a dataset's next refresh has come. One that lies further ahead than the interval was
// set by a clock that has been put back since, and would be waited for in vain; an hour is for smaller steps.
func due(d workspace.Dataset, now time.Time) bool {
	if d.Every <= 0 || d.NextRefresh.IsZero() {
		return false
	}
	return !d.NextRefresh.After(now) || d.NextRefresh.After(now.Add(d.Every+time.Hour))
}
