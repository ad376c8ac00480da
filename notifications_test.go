package main

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"sightline/backend/desktop"
	"sightline/backend/fault"
)

// refreshesAndRefuses makes a dataset whose organization refuses when refuse is set.
func refreshesAndRefuses(t *testing.T) (dir, id string, refuse *atomic.Bool) {
	t.Helper()
	a := sample(t)
	refuse = &atomic.Bool{}
	answering(t, &a, func(w http.ResponseWriter, _ *http.Request, _ http.Handler) bool {
		if refuse.Load() {
			http.Error(w, "", http.StatusUnauthorized)
		}
		return refuse.Load()
	})
	dir, id = connected(t, a, "--load", "workItems")
	return dir, id, refuse
}

func TestTheSystemShowsWhatNeedsAPersonWhileNobodyLooks(t *testing.T) {
	dir, id, refuse := refreshesAndRefuses(t)
	for _, step := range []struct {
		name    string
		which   string // "" leaves the choice alone
		watched bool
		refuse  bool
		want    string // in the titles
	}{
		{"a refresh that goes well is no news by default", "", false, false, ""},
		{"every refresh, when the person asked for that", "all", false, false, "Tools is refreshed"},
		{"not what the person sees happen", "all", true, false, ""},
		{"one that needs the person", "failed", false, true, "Sign in again for Tools"},
		{"none at all", "none", false, true, ""},
	} {
		t.Run(step.name, func(t *testing.T) {
			p, face, done := open(t, dir, false)
			defer done()
			shell := p.Services().Shell
			if step.which != "" {
				if err := shell.SetNotifications(step.which); err != nil {
					t.Fatal(err)
				}
			}
			if err := shell.SetWatched(step.watched); err != nil {
				t.Fatal(err)
			}
			refuse.Store(step.refuse)
			if _, err := p.Refresh(t.Context(), id, func(desktop.ProgressView) {}); (err != nil) != step.refuse {
				t.Fatal(err)
			}
			var titles []string
			for _, n := range face.shown {
				titles = append(titles, n.Title)
				if n.DatasetID != id || n.ID == "" || n.Text == "" {
					t.Errorf("%+v", n)
				}
			}
			if got := strings.Join(titles, ", "); got != step.want {
				t.Errorf("shown: %q, want %q", got, step.want)
			}
		})
	}
}

func TestTheChoiceOfNotificationsIsKept(t *testing.T) {
	dir := t.TempDir()
	for _, step := range []struct{ is, next string }{{"failed", "all"}, {"all", "none"}, {"none", "failed"}} {
		p, _, done := open(t, dir, false)
		shell := p.Services().Shell
		if v := answered[desktop.ShellView](t)(shell.State()); v.Notifications != step.is {
			t.Errorf("after a start: %q, want %q", v.Notifications, step.is)
		}
		if err := shell.SetNotifications(step.next); err != nil {
			t.Fatal(err)
		}
		if err := shell.SetNotifications("loud"); err == nil || !strings.Contains(err.Error(), string(fault.Invalid)) {
			t.Errorf("a choice that there is not: %v", err)
		}
		done()
	}
}
