package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/desktop"
	"sightline/backend/sampleorg"
	"sightline/backend/sqlite"
	"sightline/backend/workspace"
)

// changeDataset alters a dataset behind the program's back, as time does.
func changeDataset(t *testing.T, dir, id string, change func(*workspace.Dataset)) {
	t.Helper()
	w, err := sqlite.OpenWorkspace(t.Context(), filepath.Join(dir, "workspace.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.ChangeDataset(t.Context(), id, func(d *workspace.Dataset) bool { change(d); return true }); err != nil {
		t.Fatal(err)
	}
}

// connected makes a data folder with one dataset that was loaded whole.
func connected(t *testing.T, a sampleorg.Announcement, more ...string) (dir, id string) {
	t.Helper()
	dir = t.TempDir()
	command(t, dir)
	return dir, connectDataset(t, a, "Tools", more...)
}

// connectDataset loads a dataset whole into the data folder of the test's verbs.
func connectDataset(t *testing.T, a sampleorg.Announcement, name string, more ...string) (id string) {
	t.Helper()
	return answer[struct{ DatasetID string }](t, runVerb(t.Context(), stdin(a.PersonalAccessToken),
		append([]string{"connect", "--url", a.OrganizationURL, "--project", "Tooling", "--token-stdin", "--name", name}, more...)...)).DatasetID
}

func history(t *testing.T, p *desktop.Program, id string) []desktop.RunView {
	t.Helper()
	return answered[[]desktop.RunView](t)(p.Services().Refreshes.History(id))
}

// kinds writes a history in short, newest first.
func kinds(runs []desktop.RunView) string {
	var out []string
	for _, r := range runs {
		out = append(out, r.Type+" "+r.Status)
	}
	return strings.Join(out, ", ")
}

// due runs `sightline refresh --due` and returns what it said of its only dataset.
func due(t *testing.T, status int) desktop.DueResult {
	t.Helper()
	v := runVerb(t.Context(), nil, "refresh", "--due", "--json")
	var r desktop.DueResult
	if err := json.Unmarshal([]byte(v.out.String()), &r); err != nil || v.status != status {
		t.Fatalf("status %d, want %d: %v\n%s\n%s", v.status, status, err, v.out, v.diag)
	}
	return r
}

// answering puts a server of the test's own before the organization. instead may answer in its place, also with
// what pass answers, and says whether it did.
func answering(t *testing.T, a *sampleorg.Announcement, instead func(w http.ResponseWriter, r *http.Request, pass http.Handler) bool) {
	t.Helper()
	organization, err := url.Parse(a.OrganizationURL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: organization.Scheme, Host: organization.Host})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !instead(w, r, proxy) && r.Context().Err() == nil {
			proxy.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	a.OrganizationURL = s.URL + organization.Path
}

func TestWhatWasMissedIsMadeUpForOnce(t *testing.T) {
	dir, id := connected(t, sample(t), "--load", "tests", "--history", "1m")
	changeDataset(t, dir, id, func(d *workspace.Dataset) { d.LastScheduled = d.LastScheduled.Add(-72 * time.Hour) })
	for range 2 { // the second start finds nothing to do
		p, _, done := open(t, dir, true)
		waitFor(t, "the refresh that makes up", func() bool {
			runs := history(t, p, id)
			return runs[0].Type == "catchUp" && runs[0].Status == "succeeded"
		})
		done()
	}
	p, _, done := open(t, dir, false)
	defer done()
	runs := history(t, p, id)
	if kinds(runs) != "catchUp succeeded, missed missed, first succeeded" && kinds(runs) != "catchUp succeeded, first succeeded, missed missed" {
		t.Fatalf("history: %s", kinds(runs))
	}
	for _, r := range runs {
		if r.Type == "missed" && !strings.Contains(r.Message, "this refresh and 1 more were due") && !strings.Contains(r.Message, "this refresh and 2 more were due") {
			t.Errorf("it says %q", r.Message)
		}
	}
	v := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id))
	next, err := time.Parse(time.RFC3339, v.Schedule.Next)
	if left := time.Until(next); err != nil || left < 23*time.Hour || left > 24*time.Hour {
		t.Errorf("the next one is at %q", v.Schedule.Next)
	}
}

func TestASleepIsNoticedByTheRunningProgram(t *testing.T) {
	a := sample(t)
	dir, id := connected(t, a, "--load", "tests", "--history", "1m")
	changeDataset(t, dir, id, func(d *workspace.Dataset) { d.LastScheduled = d.LastScheduled.Add(-49 * time.Hour) })
	if r := due(t, 0); r.Outcome != "refreshed" || r.Type != "catchUp" {
		t.Errorf("%+v", r)
	}
	if r := due(t, 0); r.Outcome != "notDue" || r.Type != "" || r.Next == "" {
		t.Errorf("again: %+v", r)
	}
}

func TestAScheduleWithoutCatchUpLetsThingsGoButSaysSo(t *testing.T) {
	dir, id := connected(t, sample(t), "--load", "tests", "--history", "1m")
	changeDataset(t, dir, id, func(d *workspace.Dataset) {
		d.LastScheduled = d.LastScheduled.Add(-60 * time.Hour)
		d.Schedule.CatchUp = false
	})
	for range 2 {
		if r := due(t, 0); r.Outcome != "notDue" {
			t.Errorf("%+v", r)
		}
	}
	p, _, done := open(t, dir, false)
	defer done()
	missed := 0
	for _, r := range history(t, p, id) {
		if r.Type == "missed" {
			missed++
			if !strings.Contains(r.Message, "does not make up for that") || r.Status != "missed" {
				t.Errorf("%+v", r)
			}
		}
	}
	if missed != 1 {
		t.Errorf("%d lines say that something was missed", missed)
	}
	changeDataset(t, dir, id, func(d *workspace.Dataset) { d.LastScheduled = time.Now().Add(-24*time.Hour - time.Minute) })
	if r := due(t, 0); r.Outcome != "refreshed" || r.Type != "scheduled" {
		t.Errorf("the regular one: %+v", r)
	}
}

func TestAnOldDatasetIsRefreshedAtStart(t *testing.T) {
	dir, id := connected(t, sample(t), "--load", "tests", "--history", "1m")
	changeDataset(t, dir, id, func(d *workspace.Dataset) {
		d.Schedule.AtStart = true // its next regular time is still to come
		d.LastRefresh = time.Now().Add(-25 * time.Hour)
	})
	if r := due(t, 0); r.Outcome != "notDue" {
		t.Errorf("without a start: %+v", r)
	}
	p, _, done := open(t, dir, true)
	defer done()
	waitFor(t, "the refresh at start", func() bool { return kinds(history(t, p, id)) == "atStart succeeded, first succeeded" })
}

func TestAManualDatasetWaitsForAPerson(t *testing.T) {
	dir, manual := connected(t, sample(t), "--load", "tests", "--history", "1m")
	changeDataset(t, dir, manual, func(d *workspace.Dataset) {
		d.Schedule = workspace.Schedule{Mode: workspace.ManualSchedule, AtStart: true, CatchUp: true}
		d.LastScheduled, d.LastRefresh = d.LastScheduled.Add(-100*time.Hour), d.LastRefresh.Add(-100*time.Hour)
	})
	if r := due(t, 0); r.Outcome != "notDue" || r.Next != "" {
		t.Errorf("a manual one is due: %+v", r)
	}
	// The start looks at every dataset in turn. A regular one behind the manual one shows when it has looked.
	regular := connectDataset(t, sample(t), "Regular", "--load", "tests", "--history", "1m")
	changeDataset(t, dir, regular, func(d *workspace.Dataset) {
		d.Schedule.AtStart = true
		d.LastRefresh = time.Now().Add(-25 * time.Hour)
	})
	p, _, done := open(t, dir, true)
	defer done()
	waitFor(t, "the refresh of the other at start", func() bool { return kinds(history(t, p, regular)) == "atStart succeeded, first succeeded" })
	if got := kinds(history(t, p, manual)); got != "first succeeded" {
		t.Errorf("the manual one: %s", got)
	}
}

func TestARefusingServerIsAskedLessAndLessAndNeverForgotten(t *testing.T) {
	a := sample(t)
	var refuse atomic.Bool
	answering(t, &a, func(w http.ResponseWriter, _ *http.Request, _ http.Handler) bool {
		if refuse.Load() {
			http.Error(w, "", http.StatusForbidden)
		}
		return refuse.Load()
	})
	dir, id := connected(t, a, "--load", "tests", "--history", "1m")
	refuse.Store(true)
	later := func(by time.Duration) {
		changeDataset(t, dir, id, func(d *workspace.Dataset) { d.LastScheduled = time.Now().Add(-by) })
	}
	later(24*time.Hour + time.Minute)
	for i, step := range []struct{ wait, next time.Duration }{
		{0, 5 * time.Minute}, {6 * time.Minute, 15 * time.Minute}, {16 * time.Minute, time.Hour}, {61 * time.Minute, 24 * time.Hour}, {24*time.Hour + time.Minute, 24 * time.Hour},
	} {
		if step.wait > 0 {
			later(step.wait)
		}
		r := due(t, 1)
		next, err := time.Parse(time.RFC3339, r.Next)
		if left := time.Until(next); r.Outcome != "failed" || r.Fault == nil || err != nil || left > step.next || left < step.next-time.Minute {
			t.Errorf("failure %d: %+v, next in %v, want %v", i+1, r, left, step.next)
		}
		if r := due(t, 0); r.Outcome != "notDue" {
			t.Errorf("at once after failure %d: %+v", i+1, r)
		}
	}
	p, _, done := open(t, dir, false)
	v := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id))
	if v.Schedule.Failures != 5 || !strings.HasPrefix(v.Schedule.Paused, "5 failures in a row; next try ") || v.LastError == "" || v.State != "failed" {
		t.Errorf("%+v, last error %q", v.Schedule, v.LastError)
	}
	if _, err := p.Refresh(t.Context(), id, func(desktop.ProgressView) {}); err == nil {
		t.Error("the server refuses, and a refresh by command succeeds")
	}
	if again := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id)); again.Schedule.Failures != 5 || again.Schedule.Next != v.Schedule.Next {
		t.Errorf("a refresh by command moved the schedule: %+v", again.Schedule)
	}
	done()

	refuse.Store(false)
	later(24*time.Hour + time.Minute)
	if r := due(t, 0); r.Outcome != "refreshed" {
		t.Errorf("after the server came back: %+v", r)
	}
	p, _, done = open(t, dir, false)
	defer done()
	if v := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id)); v.Schedule.Failures != 0 || v.Schedule.Paused != "" || v.LastError != "" {
		t.Errorf("after the server came back: %+v, last error %q", v.Schedule, v.LastError)
	}
}

func TestARefreshByHandDoesNotMoveTheSchedule(t *testing.T) {
	dir, id := connected(t, sample(t), "--load", "tests", "--history", "1m")
	changeDataset(t, dir, id, func(d *workspace.Dataset) { d.LastScheduled = time.Now().Add(-5 * time.Hour).Truncate(time.Second) })
	p, _, done := open(t, dir, false)
	defer done()
	before := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id)).Schedule.Next
	answered[desktop.ProgressView](t)(p.Services().Refreshes.Start(id))
	waitFor(t, "the refresh by hand", func() bool { return strings.HasPrefix(kinds(history(t, p, id)), "onDemand succeeded") })
	if after := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id)).Schedule.Next; after != before {
		t.Errorf("it moved the schedule from %s to %s", before, after)
	}
}

func TestADatasetThatAWindowHasOpenIsLeftToIt(t *testing.T) {
	dir, id := connected(t, sample(t), "--load", "tests", "--history", "1m")
	changeDataset(t, dir, id, func(d *workspace.Dataset) { d.LastScheduled = d.LastScheduled.Add(-72 * time.Hour) })
	p, _, done := open(t, dir, false)
	answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id))
	v := runVerb(t.Context(), nil, "refresh", "--due")
	if v.status != 0 || !strings.Contains(v.out.String(), `"outcome":"inUse"`) || !strings.Contains(v.diag.String(), "another Sightline has it open") || strings.Count(v.out.String(), "\n") != 1 {
		t.Errorf("status %d: %s %s", v.status, v.out, v.diag)
	}
	if got := kinds(history(t, p, id)); got != "first succeeded" {
		t.Errorf("history: %s", got)
	}
	done()
	if r := due(t, 0); r.Outcome != "refreshed" {
		t.Errorf("after the window was closed: %+v", r)
	}
}

func TestTwoProcessesRefreshWhatIsDueOnce(t *testing.T) {
	dir, id := connected(t, sample(t), "--load", "tests", "--history", "1m")
	changeDataset(t, dir, id, func(d *workspace.Dataset) { d.LastScheduled = d.LastScheduled.Add(-24 * time.Hour) })
	var both sync.WaitGroup
	for range 3 {
		both.Go(func() {
			if v := runVerb(t.Context(), nil, "refresh", "--due"); v.status != 0 {
				t.Errorf("status %d: %s %s", v.status, v.out, v.diag)
			}
		})
	}
	both.Wait()
	p, _, done := open(t, dir, false)
	defer done()
	if got := kinds(history(t, p, id)); got != "scheduled succeeded, first succeeded" {
		t.Errorf("history: %s", got)
	}
}

func TestASignalWhileRefreshingWhatIsDueIsGoneOnWith(t *testing.T) {
	a := sample(t)
	dir, id := connected(t, a, "--load", "tests", "--history", "1m")
	changeDataset(t, dir, id, func(d *workspace.Dataset) { d.LastScheduled = d.LastScheduled.Add(-24 * time.Hour) })
	p, _, done := open(t, dir, true)
	done() // at once: the scheduled refresh, if it began, is interrupted
	_ = p
	if r := due(t, 0); r.Outcome != "refreshed" && r.Outcome != "notDue" {
		t.Errorf("%+v", r)
	}
	if r := due(t, 0); r.Outcome != "notDue" {
		t.Errorf("%+v", r)
	}
}

func TestASchedulesChangesAreKeptAndChecked(t *testing.T) {
	dir, id := connected(t, sample(t), "--load", "tests", "--history", "1m")
	p, _, done := open(t, dir, false)
	s := p.Services().Datasets
	first := answered[desktop.DatasetView](t)(s.Dataset(id)).Schedule
	if first.Mode != "interval" || first.EveryMinutes != 1440 || !first.CatchUp || first.AtStart || first.Next == "" {
		t.Errorf("a new dataset has the schedule %+v", first)
	}
	want := desktop.ScheduleView{Mode: "times", EveryMinutes: 240, Times: []string{"19:00", "07:30"}, AtStart: true}
	v := answered[desktop.DatasetView](t)(s.SetSchedule(id, want))
	if got := strings.Join(v.Schedule.Times, " "); got != "07:30 19:00" || v.Schedule.Mode != "times" || v.Schedule.CatchUp || !v.Schedule.AtStart || v.Matched != 1 {
		t.Errorf("%+v", v.Schedule)
	}
	if next, err := time.Parse(time.RFC3339, v.Schedule.Next); err != nil || !next.After(time.Now()) || time.Until(next) > 13*time.Hour {
		t.Errorf("next %q", v.Schedule.Next)
	}
	for _, bad := range []desktop.ScheduleView{{}, {Mode: "interval", EveryMinutes: 1}, {Mode: "times"}, {Mode: "times", Times: []string{"7 o'clock"}}} {
		if _, err := s.SetSchedule(id, bad); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
	done()
	p, _, done = open(t, dir, false)
	defer done()
	if again := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id)).Schedule; again.Mode != "times" || len(again.Times) != 2 {
		t.Errorf("after a restart: %+v", again)
	}
	if r := due(t, 0); r.Outcome != "inUse" && r.Outcome != "notDue" {
		t.Errorf("a new schedule of fixed times makes up for the past: %+v", r)
	}
}

func TestAnotherScheduleMissedNothingBeforeItBegan(t *testing.T) {
	dir, id := connected(t, sample(t), "--load", "tests", "--history", "1m")
	changeDataset(t, dir, id, func(d *workspace.Dataset) {
		d.Schedule.Mode = workspace.ManualSchedule
		d.LastScheduled, d.LastRefresh = d.LastScheduled.Add(-100*time.Hour), d.LastRefresh.Add(-100*time.Hour)
	})
	if r := due(t, 0); r.Outcome != "notDue" {
		t.Errorf("manual: %+v", r)
	}
	p, _, done := open(t, dir, false)
	answered[desktop.DatasetView](t)(p.Services().Datasets.SetSchedule(id, desktop.ScheduleView{Mode: "interval", EveryMinutes: 60, CatchUp: true}))
	done()
	if r := due(t, 0); r.Outcome != "refreshed" || r.Type != "scheduled" {
		t.Errorf("every hour, after days without: %+v", r)
	}
	p, _, done = open(t, dir, false)
	defer done()
	if got := kinds(history(t, p, id)); got != "scheduled succeeded, first succeeded" {
		t.Errorf("history: %s", got)
	}
}
