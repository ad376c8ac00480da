package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/desktop"
	"sightline/backend/fault"
)

func TestSigningAnAccountOutLeavesTheOthersAsTheyAre(t *testing.T) {
	s := ownSample(t)
	a := s.Announcement()
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	ofMira := loadedAs(t, p, requestOf(a), mira)
	before := sealed(t, dir)
	ofElias := loadedAs(t, p, requestOf(a), elias)
	for name := range before {
		before[name] = sealed(t, dir)[name] // a refresh may have renewed it
	}
	untouched := func(step string) {
		t.Helper()
		now := sealed(t, dir)
		for name, content := range before {
			if now[name] != content {
				t.Errorf("%s changed the file of mira's sign-in", step)
			}
		}
	}
	services := p.Services()
	account := accountOf(t, p, elias)

	plan := answered[desktop.SignOutPlan](t)(services.Accounts.SignOutPlan(account.Key))
	if len(plan.Datasets) != 1 || plan.Datasets[0].DatasetID != ofElias.DatasetID || len(plan.Forgets) != 2 || len(plan.Remains) != 1 || !strings.Contains(plan.Remains[0], plan.Page) || plan.Page == "" {
		t.Errorf("the plan %+v", plan)
	}
	report := answered[desktop.SignOutReport](t)(services.Accounts.SignOut(account.Key, nil))
	if len(report.Faults) != 0 || len(report.Deleted) != 0 || len(report.Remains) != 1 || len(sealed(t, dir)) != 1 {
		t.Errorf("the report %+v, %d files", report, len(sealed(t, dir)))
	}
	untouched("signing elias out")
	if got := accountOf(t, p, elias); got.State != "signedOut" || got.InUse || got.Connections[0].State != "signedOut" {
		t.Errorf("%+v", got)
	}
	if d := answered[desktop.DashboardData](t)(services.Dashboards.Data(ofElias.DashboardID)); len(d.Tiles) < 6 {
		t.Errorf("%d tiles of what stays readable", len(d.Tiles))
	}
	if _, err := p.Refresh(t.Context(), ofElias.DatasetID, func(desktop.ProgressView) {}); !fault.Is(err, fault.NotSignedIn) || fault.ReportOf(err).Actions[0] != fault.SignInAgain {
		t.Errorf("a refresh without a sign-in: %v", err)
	}
	refreshed(t, p, ofMira.DatasetID)
	for name := range before {
		before[name] = sealed(t, dir)[name]
	}

	again := signedInAs(t, p, desktop.ConnectRequest{Purpose: "connection", DatasetID: ofElias.DatasetID}, elias)
	if again.Identity == nil || again.Identity.Expected != elias || !again.Identity.Matches || again.Purpose != "connection" {
		t.Fatalf("%+v", again)
	}
	accept(t, p, again.ID)
	refreshed(t, p, ofElias.DatasetID)
	untouched("signing elias in again")
	if got := accountOf(t, p, elias); got.State != "signedIn" || got.Connections[0].State != "signedIn" {
		t.Errorf("%+v", got)
	}

	report = answered[desktop.SignOutReport](t)(services.Accounts.SignOut(account.Key, []string{ofElias.DatasetID}))
	if len(report.Faults) != 0 || len(report.Deleted) != 1 || len(sealed(t, dir)) != 1 {
		t.Errorf("the report %+v", report)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "datasets", ofElias.DatasetID+"*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if got := answered[desktop.AccountsView](t)(services.Accounts.Remove(account.Key)); len(got.Accounts) != 1 {
		t.Errorf("after elias was removed: %+v", got.Accounts)
	}
	if _, err := services.Accounts.Remove(accountOf(t, p, mira).Key); !fault.Is(err, fault.Conflict) {
		t.Errorf("an account that is signed in was removed: %v", err)
	}
	if _, err := services.Accounts.SignOut(accountOf(t, p, mira).Key, []string{ofMira.DatasetID, "other"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a dataset of nobody: %v", err)
	}
	untouched("a sign-out that was refused")
}

func TestSigningOutStopsALoadAndWaitsForItsEnd(t *testing.T) {
	a := sample(t)
	var held, came atomic.Int32
	release := make(chan struct{})
	wire(t, &a, func(r *http.Request) {
		came.Add(1)
		if held.Load() > 0 && strings.Contains(r.URL.Path, "/_apis/test/runs") {
			held.Add(1)
			select {
			case <-release:
			case <-r.Context().Done():
			}
		}
	})
	defer close(release)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	first := loadedAs(t, p, requestOf(a), mira)
	held.Store(1)
	answered[desktop.ProgressView](t)(p.Services().Refreshes.Start(first.DatasetID))
	waitFor(t, "the load to be in the middle of an answer", func() bool { return held.Load() > 1 })
	report := answered[desktop.SignOutReport](t)(p.Services().Accounts.SignOut(accountOf(t, p, mira).Key, nil))
	after := came.Load()
	if len(report.Faults) != 0 || len(sealed(t, dir)) != 0 {
		t.Errorf("%+v", report.Faults)
	}
	if runs := history(t, p, first.DatasetID); runs[0].Status != "canceled" {
		t.Errorf("when signing out returned the load was %s", runs[0].Status)
	}
	time.Sleep(100 * time.Millisecond)
	if now := came.Load(); now != after {
		t.Errorf("%d requests came after signing out", now-after)
	}
}

func TestSigningOutGoesOnPastWhatFailsAndCanBeRepeated(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	loadedAs(t, p, requestOf(a), elias)
	first := sealed(t, dir)
	second := loadedAs(t, p, requestOf(a), elias)
	for name := range first { // a file that cannot be deleted
		path := filepath.Join(dir, "sign-ins", name)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(path, "in the way"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	accounts := p.Services().Accounts
	key := accountOf(t, p, elias).Key
	report := answered[desktop.SignOutReport](t)(accounts.SignOut(key, []string{second.DatasetID}))
	if len(report.Faults) != 1 || report.Faults[0].Message == "" || len(report.Deleted) != 1 {
		t.Errorf("%+v, deleted %v", report.Faults, report.Deleted)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "sign-ins", "*.sealed")); len(left) != 1 {
		t.Errorf("the other sign-in was kept too: %v", left)
	}
	if got := accountOf(t, p, elias); got.State != "ended" || got.InUse {
		t.Errorf("a sign-out that failed half way shows as %+v", got)
	}
	for name := range first {
		if err := os.Remove(filepath.Join(dir, "sign-ins", name, "in the way")); err != nil {
			t.Fatal(err)
		}
	}
	report = answered[desktop.SignOutReport](t)(accounts.SignOut(key, nil))
	if got := accountOf(t, p, elias); len(report.Faults) != 0 || got.State != "signedOut" {
		t.Errorf("%+v, %+v", report.Faults, got)
	}
}

func TestASignInThatWasSignedOutBehindTheCardIsNotShared(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	loadedAs(t, p, requestOf(a), mira)
	r := requestOf(a)
	r.Account = accountOf(t, p, mira).Key
	v := reached(t, p, answered[desktop.AttemptView](t)(p.Services().GetData.Begin(r)).ID, "confirm")
	answered[desktop.SignOutReport](t)(p.Services().Accounts.SignOut(r.Account, nil))
	if _, err := p.Services().GetData.Accept(v.ID, false); !fault.Is(err, fault.NotSignedIn) {
		t.Errorf("it was accepted: %v", err)
	}
	if n := len(answered[desktop.ShellView](t)(p.Services().Shell.State()).Datasets); n != 1 {
		t.Errorf("%d datasets", n)
	}
}

func TestALoadThatEndsWellTakesNoSignOutBack(t *testing.T) {
	a := sample(t)
	h := holding(t, &a, func(*http.Request) bool { return false })
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	id := loadedAs(t, p, requestOf(a), mira).DatasetID
	other, _, closeOther := open(t, dir, false)
	defer closeOther()
	h.held.Store(true)
	answered[desktop.ProgressView](t)(p.Services().Refreshes.Start(id))
	waitFor(t, "the load to be in the middle of an answer", func() bool { return h.waiting.Load() > 0 })

	var path string
	kept := sealed(t, dir)
	for name := range kept { // a file that cannot be deleted while the person signs out elsewhere, and that is read all the same
		path = filepath.Join(dir, "sign-ins", name)
	}
	if err := os.Rename(path, path+".aside"); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(path, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	report := answered[desktop.SignOutReport](t)(other.Services().Accounts.SignOut(accountOf(t, other, mira).Key, nil))
	if len(report.Faults) != 1 {
		t.Fatalf("%+v", report)
	}
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".aside", path); err != nil {
		t.Fatal(err)
	}
	h.held.Store(false)
	close(h.release)
	waitFor(t, "the end of the load", func() bool { return history(t, p, id)[0].Status != "running" })
	if got := history(t, p, id)[0]; got.Status != "succeeded" {
		t.Fatalf("%+v", got)
	}
	d := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id))
	if account := accountOf(t, p, mira); d.SignIn != "ended" || d.SignInSentence != "You signed out." || account.State != "ended" {
		t.Errorf("after a load that went on the dataset is %s (%s), the account %s", d.SignIn, d.SignInSentence, account.State)
	}
}
