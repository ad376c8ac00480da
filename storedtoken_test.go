package main

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/sampleorg"
	"sightline/backend/signin"
)

// heldLoad is an organization whose answers wait while it is held.
type heldLoad struct {
	held    atomic.Bool
	waiting atomic.Int32 // requests that came while it was held
	came    atomic.Int32
	release chan struct{}
}

// holding puts a server before the organization that can hold a load in the middle.
func holding(t *testing.T, a *sampleorg.Announcement, refuse func(r *http.Request) bool) *heldLoad {
	t.Helper()
	h := &heldLoad{release: make(chan struct{})}
	answering(t, a, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		h.came.Add(1)
		if h.held.Load() {
			h.waiting.Add(1)
			select {
			case <-h.release:
			case <-r.Context().Done():
			}
		}
		if refuse(r) {
			http.Error(w, "", http.StatusUnauthorized)
			return true
		}
		return false
	})
	return h
}

// tokenDataset makes a dataset of a personal access token and loads it.
func tokenDataset(t *testing.T, p *desktop.Program, a sampleorg.Announcement, token, account, name string) string {
	t.Helper()
	r := requestOf(a)
	r.Method, r.Account = "token", account
	v, err := p.Connect(t.Context(), r, name, signin.NewSecret(token), func(desktop.AttemptView) {})
	if err != nil {
		t.Fatal(err)
	}
	refreshed(t, p, v.DatasetID)
	return v.DatasetID
}

func TestALoadByATokenEndsWhenItIsSignedOutInAnotherProcess(t *testing.T) {
	a := sample(t)
	h := holding(t, &a, func(*http.Request) bool { return false })
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	id := tokenDataset(t, p, a, a.PersonalAccessToken, "", "One")
	other, _, closeOther := open(t, dir, false)
	defer closeOther()

	h.held.Store(true)
	answered[desktop.ProgressView](t)(p.Services().Refreshes.Start(id))
	waitFor(t, "the load to be in the middle of an answer", func() bool { return h.waiting.Load() > 0 })
	report := answered[desktop.SignOutReport](t)(other.Services().Accounts.SignOut(accountOf(t, other, mira).Key, nil))
	if len(report.Faults) != 0 || len(sealed(t, dir)) != 0 {
		t.Fatalf("%+v", report)
	}
	before := h.came.Load()
	h.held.Store(false)
	close(h.release)
	waitFor(t, "the end of the load", func() bool { return history(t, p, id)[0].Status != "running" })
	if got := history(t, p, id)[0]; got.Status != "failed" {
		t.Errorf("the load %s", got.Status)
	}
	if more := h.came.Load() - before; more != 0 {
		t.Errorf("%d requests came with the token after it was signed out", more)
	}
	if now := standing(t, p, id); now != "signedOut" {
		t.Errorf("it is %s", now)
	}
}

func TestALoadByTheOldTokenSaysNothingOfTheNewOne(t *testing.T) {
	a := sample(t)
	var revoked atomic.Pointer[string]
	h := holding(t, &a, func(r *http.Request) bool {
		_, token, basic := r.BasicAuth()
		old := revoked.Load()
		return basic && old != nil && token == *old
	})
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	old := tokenOf(t, mira)
	one := tokenDataset(t, p, a, old, "", "One")
	two := tokenDataset(t, p, a, "", accountOf(t, p, mira).Key, "Two")

	h.held.Store(true)
	answered[desktop.ProgressView](t)(p.Services().Refreshes.Start(two))
	waitFor(t, "the load to be in the middle of an answer", func() bool { return h.waiting.Load() > 0 })
	h.held.Store(false)
	v := answered[desktop.AttemptView](t)(p.Services().GetData.Begin(desktop.ConnectRequest{Purpose: "connection", DatasetID: one}))
	postToken(p, v.ID, tokenOf(t, mira))
	reached(t, p, v.ID, "confirm")
	accept(t, p, v.ID)
	refreshed(t, p, one)
	if n := len(sealed(t, dir)); n != 1 {
		t.Fatalf("the two have %d sign-ins", n)
	}
	revoked.Store(&old)
	close(h.release)
	waitFor(t, "the end of the load", func() bool { return history(t, p, two)[0].Status != "running" })
	if got := history(t, p, two)[0]; got.Status != "failed" || !strings.Contains(got.Message, "refused") {
		t.Errorf("the load by the old token %s: %s", got.Status, got.Message)
	}
	for _, id := range []string{one, two} {
		if now := standing(t, p, id); now != "signedIn" {
			t.Errorf("by the new token %s is %s", id, now)
		}
		refreshed(t, p, id)
	}
}

// A service that refuses a token for good is another matter: its dataset waits for the person.
func TestATokenThatIsRefusedAfterTheLoadBeganEndsItsDataset(t *testing.T) {
	a := sample(t)
	var refuse atomic.Bool
	holding(t, &a, func(r *http.Request) bool { return refuse.Load() && r.Header.Get("Authorization") != "" })
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	id := tokenDataset(t, p, a, a.PersonalAccessToken, "", "One")
	refuse.Store(true)
	if _, err := p.Refresh(t.Context(), id, func(desktop.ProgressView) {}); !fault.Is(err, fault.NotSignedIn) {
		t.Fatal(err)
	}
	if now := standing(t, p, id); now != "ended" {
		t.Errorf("it is %s", now)
	}
}
