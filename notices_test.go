package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"sightline/backend/desktop"
	"sightline/backend/signin"
)

// listening is a face that keeps the events.
type listening struct {
	quiet
	mu     sync.Mutex
	events []string
}

func (l *listening) Emit(event string, data any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n, ok := data.(desktop.NoticeView); ok && event == "notice" {
		l.events = append(l.events, n.Kind)
	}
}

func TestThePersonHearsHowRefreshesEnd(t *testing.T) {
	a := sample(t)
	var refuse atomic.Bool
	answering(t, &a, func(w http.ResponseWriter, _ *http.Request, _ http.Handler) bool {
		if refuse.Load() {
			http.Error(w, "", http.StatusUnauthorized)
		}
		return refuse.Load()
	})
	dir, id := connected(t, a, "--load", "workItems")
	p, _, done := open(t, dir, false)
	defer done()
	face := &listening{}
	p.Platform = face
	s := p.Services()
	if _, err := p.Refresh(t.Context(), id, func(desktop.ProgressView) {}); err != nil {
		t.Fatal(err)
	}
	refuse.Store(true)
	if _, err := p.Refresh(t.Context(), id, func(desktop.ProgressView) {}); err == nil {
		t.Fatal("it was not refused")
	}
	list := answered[[]desktop.NoticeView](t)(s.Shell.Notices())
	if len(list) != 2 || list[0].Kind != "signIn" || list[0].Title != "Sign in again for Tools" || list[0].Text == "" || list[0].Seen || list[1].Kind != "refreshed" || list[1].At == "" || list[0].ID == list[1].ID {
		t.Fatalf("%+v", list)
	}
	face.mu.Lock()
	if got := strings.Join(face.events, " "); got != "refreshed signIn" {
		t.Errorf("events: %s", got)
	}
	face.mu.Unlock()
	if err := s.Shell.SeeNotices(); err != nil {
		t.Fatal(err)
	}
	for _, n := range answered[[]desktop.NoticeView](t)(s.Shell.Notices()) {
		if !n.Seen {
			t.Errorf("%+v", n)
		}
	}
}

func TestWhatWasStoredIsShownAlthoughAPartWasParked(t *testing.T) {
	a := sample(t)
	var broken atomic.Bool
	answering(t, &a, func(w http.ResponseWriter, r *http.Request, pass http.Handler) bool {
		if !broken.Load() || !strings.Contains(r.URL.Path, "/_apis/test/runs") {
			return false
		}
		whole := httptest.NewRecorder()
		pass.ServeHTTP(whole, r)
		w.Header().Set("Content-Type", "application/json")
		w.Header()["X-Vss-Userdata"] = whole.Header()["X-Vss-Userdata"]
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"message":"The window is wrong."}`))
		return true
	})
	broken.Store(true)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	request := desktop.ConnectRequest{
		Source: "server", Organization: a.OrganizationURL, Patterns: []string{"Tooling"}, Method: "token", Contents: []string{"workItems", "tests"},
	}
	made, err := p.Connect(t.Context(), request, "", signin.NewSecret(a.PersonalAccessToken), func(desktop.AttemptView) {})
	if err != nil {
		t.Fatal(err)
	}
	v, err := p.Refresh(t.Context(), made.DatasetID, func(desktop.ProgressView) {})
	run := history(t, p, made.DatasetID)[0]
	if err == nil || run.Status != "failed" || len(run.Parked) != 1 || run.Parked[0].Project != "Tooling" || !strings.HasPrefix(run.Message, "The test runs of Tooling could not be finished: ") || !strings.HasSuffix(run.Message, "Everything else is stored, and the next refresh goes on from there.") {
		t.Fatalf("%v: %+v", err, run)
	}
	if len(v.Parked) != 1 || v.Parked[0] != run.Parked[0] || v.Fault == nil || v.State != "failed" || !v.FirstLook {
		t.Errorf("the loading screen: %+v", v)
	}
	if n := workItems(t, p, made.DatasetID); n == 0 {
		t.Error("the work items are not shown")
	}
	broken.Store(false)
	if _, err := p.Refresh(t.Context(), made.DatasetID, func(desktop.ProgressView) {}); err != nil {
		t.Errorf("after it was mended: %v", err)
	}
	if run := history(t, p, made.DatasetID)[0]; run.Status != "succeeded" || len(run.Parked) != 0 {
		t.Errorf("after it was mended: %+v", run)
	}
}

func TestTheTimerIsSwitchedByAVerb(t *testing.T) {
	dir := t.TempDir()
	command(t, dir)
	bin := t.TempDir()
	script := "#!/bin/sh\ncase \"$2\" in\nis-enabled) [ -e \"" + bin + "/on\" ] && echo enabled && exit 0; echo disabled; exit 1;;\nenable) touch \"" + bin + "/on\";;\ndisable) rm -f \"" + bin + "/on\";;\nesac\n"
	if err := os.WriteFile(filepath.Join(bin, "systemctl"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+":/usr/bin:/bin")
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	show := func(what string) desktop.TimerView {
		return answer[desktop.TimerView](t, runVerb(t.Context(), nil, "timer", what, "--json"))
	}
	if v := show("show"); v.On || !v.Supported || v.EveryMinutes != 15 {
		t.Errorf("%+v", v)
	}
	on := show("on")
	if !on.On || len(on.Entries) != 2 {
		t.Fatalf("%+v", on)
	}
	unit, err := os.ReadFile(on.Entries[0])
	if err != nil || !strings.Contains(string(unit), `"--data-dir" "`+dir+`"`) || !strings.Contains(string(unit), `"refresh" "--due"`) {
		t.Errorf("%v\n%s", err, unit)
	}
	if v := show("off"); v.On || len(v.Entries) != 0 {
		t.Errorf("%+v", v)
	}
	for _, args := range [][]string{{"timer"}, {"timer", "maybe"}, {"refresh", "--due", "Tools"}, {"refresh", "--due", "--full"}, {"refresh"}} {
		if v := runVerb(t.Context(), nil, args...); v.status != 2 {
			t.Errorf("%v: status %d: %s", args, v.status, v.diag)
		}
	}
}
