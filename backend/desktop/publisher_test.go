package desktop

import (
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/refresh"
)

func TestCommitsOfARefreshAreShownWhileItGoesOnButNotTooOften(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	shown, building := 0, 0*time.Second
	p := &publisher{clock: func() time.Time { return now }}
	p.show = func() { shown++; now = now.Add(building) }
	commit := func(after time.Duration, rows int, looks bool) int {
		now = now.Add(after)
		p.heard(refresh.Progress{Rows: rows, FirstLook: looks})
		p.wait()
		return shown
	}
	for i, step := range []struct {
		after time.Duration
		rows  int
		looks bool
		want  int
	}{
		{0, 100, false, 0},          // the current state is not whole yet
		{time.Second, 200, true, 1}, // the first look
		{time.Second, 300, true, 1}, // too soon
		{time.Second, 300, true, 2},
		{time.Hour, 300, true, 2}, // nothing new is stored
		{0, 301, true, 3},
	} {
		if got := commit(step.after, step.rows, step.looks); got != step.want {
			t.Errorf("step %d: %d generations, want %d", i, got, step.want)
		}
	}
	building = 3 * time.Second // a large organization
	commit(time.Hour, 400, true)
	if got := commit(29*time.Second, 500, true); got != 4 {
		t.Error("building took more than a tenth of the time")
	}
	if got := commit(time.Second, 500, true); got != 5 {
		t.Errorf("%d generations after the pause, want 5", got)
	}
}

func TestACommitDoesNotWaitForAGenerationThatIsBeingBuilt(t *testing.T) {
	release := make(chan struct{})
	var shown atomic.Int32
	p := &publisher{clock: time.Now, show: func() { shown.Add(1); <-release }}
	for rows := range 100 {
		p.heard(refresh.Progress{Rows: rows + 1, FirstLook: true})
	}
	close(release)
	p.wait()
	if n := shown.Load(); n != 1 {
		t.Errorf("%d generations were built at once", n)
	}
}
