package desktop

import (
	"slices"
	"time"

	"sightline/backend/devops"
	"sightline/backend/workspace"
)

// SetContents changes what a dataset loads, from its next refresh on. What is no longer ticked stays readable
// and is not refreshed any more. historyMonths is 0 for the default, -1 for everything.
func (d *Datasets) SetContents(id string, contents []string, historyMonths int) (DatasetView, error) {
	return d.change("Datasets.SetContents", id, func() error {
		selection, err := selectionOf(contents, historyMonths)
		if err != nil {
			return err
		}
		return d.p.Workspace.ChangeDataset(d.p.ctx, id, func(w *workspace.Dataset) bool {
			w.Selection = selection
			return true
		})
	})
}

// SetPatterns changes which projects a dataset loads, from its next refresh on. Projects that were loaded
// before stay.
func (d *Datasets) SetPatterns(id string, patterns []string) (DatasetView, error) {
	return d.change("Datasets.SetPatterns", id, func() error {
		parsed, err := devops.ParsePatterns(patterns...)
		if err != nil {
			return err
		}
		texts := make([]string, len(parsed))
		for i, p := range parsed {
			texts[i] = p.String()
		}
		w, err := d.p.Workspace.Dataset(d.p.ctx, id)
		if err != nil {
			return err
		}
		return d.p.Workspace.ChangeConnection(d.p.ctx, w.ConnectionID, func(c *workspace.Connection) bool {
			changed := !slices.Equal(c.Patterns, texts)
			c.Patterns = texts
			return changed
		})
	})
}

// SetSchedule changes when a dataset is refreshed without anybody asking. Next, Paused and Failures are not
// looked at: they follow.
func (d *Datasets) SetSchedule(id string, s ScheduleView) (DatasetView, error) {
	return d.change("Datasets.SetSchedule", id, func() error {
		schedule, err := workspace.Schedule{
			Mode: workspace.ScheduleMode(s.Mode), Every: time.Duration(s.EveryMinutes) * time.Minute, Times: s.Times,
			AtStart: s.AtStart, CatchUp: s.CatchUp,
		}.Checked()
		if err != nil {
			return err
		}
		now := d.p.Clock()
		return d.p.Workspace.ChangeDataset(d.p.ctx, id, func(w *workspace.Dataset) bool {
			begin(w, schedule, now)
			return true
		})
	})
}

// begin gives a dataset another schedule. What the new one would have wanted in the past was not missed, but an
// interval that is over is due now.
func begin(d *workspace.Dataset, s workspace.Schedule, now time.Time) {
	same := d.Schedule.Mode == s.Mode && d.Schedule.Every == s.Every && slices.Equal(d.Schedule.Times, s.Times)
	d.Schedule = s
	if same || d.LastScheduled.IsZero() {
		return
	}
	switch s.Mode {
	case workspace.TimesSchedule:
		d.LastScheduled = now
	case workspace.IntervalSchedule:
		d.LastScheduled = laterOf(laterOf(d.LastScheduled, d.LastRefresh), now.Add(-s.Every))
	}
}

func laterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// change does a change to a dataset, tells the interface and answers what the dataset is then.
func (d *Datasets) change(op, id string, do func() error) (DatasetView, error) {
	d.p.await()
	return guard(d.p.Log, op, func() (DatasetView, error) {
		if err := do(); err != nil {
			return DatasetView{}, err
		}
		d.p.emit("workspace:changed", nil)
		v, err := d.p.datasetView(d.p.ctx, id)
		if err != nil {
			return v, err
		}
		return v, d.p.fillHeld(d.p.ctx, &v)
	})
}

// Reveal shows the file of a dataset in the file manager of this computer.
func (d *Datasets) Reveal(id string) error {
	d.p.await()
	return guardDo(d.p.Log, "Datasets.Reveal", func() error {
		w, err := d.p.Workspace.Dataset(d.p.ctx, id)
		if err != nil {
			return err
		}
		return d.p.Platform.Reveal(d.p.Files.Path(w))
	})
}
