package main

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/sampleorg"
	"sightline/backend/sqlite"
	"sightline/backend/workspace"
)

// begin starts Get Data with a token and waits for the identity card.
func begin(t *testing.T, p *desktop.Program, a sampleorg.Announcement) desktop.AttemptView {
	t.Helper()
	g := p.Services().GetData
	v := answered[desktop.AttemptView](t)(g.Begin(desktop.ConnectRequest{
		Source: "server", Organization: a.OrganizationURL, Patterns: []string{"Tooling"}, Method: "token"}))
	if status := postToken(p, v.ID, a.PersonalAccessToken); status != http.StatusNoContent {
		t.Fatalf("the token was answered with %d", status)
	}
	waitFor(t, "the identity card", func() bool {
		v = answered[desktop.AttemptView](t)(g.Attempt(v.ID))
		return v.Phase == "confirm" || v.Phase == "failed"
	})
	if v.Phase != "confirm" {
		t.Fatalf("%+v", v.Fault)
	}
	return v
}

func postToken(p *desktop.Program, id, token string) int {
	r := httptest.NewRequest(http.MethodPost, "/api/attempts/"+id+"/token", strings.NewReader(token))
	r.Header.Set("X-Sightline", "1")
	w := httptest.NewRecorder()
	p.API().ServeHTTP(w, r)
	return w.Code
}

func TestStepsThatCollideHappenOnce(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	g := p.Services().GetData
	v := begin(t, p, a)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if _, err := g.Accept(v.ID, false); err != nil {
				t.Errorf("accept: %v", err)
			}
		})
		all.Go(func() { _, _ = g.ChangePatterns(v.ID, []string{"Tool*"}) })
	}
	all.Wait()
	if n := len(answered[desktop.ShellView](t)(p.Services().Shell.State()).Datasets); n != 1 {
		t.Errorf("four clicks on Accept made %d datasets", n)
	}
	if _, err := g.SignInAgain(v.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("signing in again after Accept: %v", err)
	}
	if v := answered[desktop.AttemptView](t)(g.Cancel(v.ID)); v.Phase != "accepted" {
		t.Errorf("cancel after Accept: %s", v.Phase)
	}

	v = begin(t, p, a)
	for range 4 {
		all.Go(func() { _, _ = g.SignInAgain(v.ID) })
		all.Go(func() { _, _ = g.Attempt(v.ID) })
	}
	all.Wait()
	if v := answered[desktop.AttemptView](t)(g.Attempt(v.ID)); v.Identity != nil || v.Phase != "discovering" && v.Phase != "token" {
		t.Errorf("after signing in again: %+v", v)
	}
}

func TestACanceledSignInCannotBeAccepted(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	g := p.Services().GetData
	v := begin(t, p, a)
	if v := answered[desktop.AttemptView](t)(g.Cancel(v.ID)); v.Phase != "canceled" {
		t.Errorf("phase %s", v.Phase)
	}
	if _, err := g.Accept(v.ID, true); !fault.Is(err, fault.Conflict) {
		t.Errorf("accept after cancel: %v", err)
	}
	if sealed, _ := filepath.Glob(filepath.Join(dir, "sign-ins", "*.sealed")); len(sealed) != 0 {
		t.Errorf("a secret was kept: %v", sealed)
	}
}

func TestATokenIsTakenOnceAndOnlyWhereOneIsAwaited(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	v := begin(t, p, a)
	if status := postToken(p, v.ID, a.PersonalAccessToken); status != http.StatusConflict {
		t.Errorf("a second token: %d", status)
	}
	oauth := answered[desktop.AttemptView](t)(p.Services().GetData.Begin(desktop.ConnectRequest{
		Source: "server", Organization: a.OrganizationURL, Patterns: []string{"*"}, Method: "oauth", Authority: a.Authority, ClientID: a.ClientID}))
	if status := postToken(p, oauth.ID, a.PersonalAccessToken); status != http.StatusConflict {
		t.Errorf("a token for a sign-in by browser: %d", status)
	}
	if status := postToken(p, "unknown", a.PersonalAccessToken); status != http.StatusNotFound {
		t.Errorf("a token for nobody: %d", status)
	}
	if status := postToken(p, v.ID, strings.Repeat("x", 5000)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a token of 5,000 characters: %d", status)
	}
}

func TestADatasetDeletedWhileItLoadsIsGone(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	s := p.Services()
	v := connect(t, p, a, "*") // it loads in the background now
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			for range 10 {
				_, _ = s.Refreshes.Start(v.DatasetID)
				_, _ = s.Dashboards.Data(v.DashboardID)
				_ = s.Shell.Rename("dataset", v.DatasetID, "Renamed")
			}
		})
	}
	if err := s.Datasets.Delete(v.DatasetID); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	if _, err := s.Refreshes.Start(v.DatasetID); !fault.Is(err, fault.NotFound) {
		t.Errorf("a refresh after the deletion: %v", err)
	}
	if runs := answered[[]desktop.RunView](t)(s.Refreshes.History(v.DatasetID)); len(runs) != 0 {
		t.Errorf("history of a deleted dataset: %+v", runs)
	}
	if shell := answered[desktop.ShellView](t)(s.Shell.State()); len(shell.Datasets)+len(shell.Reports)+len(shell.Dashboards) != 0 {
		t.Errorf("it came back: %+v", shell)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "datasets", "*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestNothingBeginsAfterClosing(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	s := p.Services()
	v := begin(t, p, a)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { _, _ = s.GetData.SignInAgain(v.ID) })
		all.Go(func() { _, _ = s.GetData.Accept(v.ID, false) })
	}
	p.Close()
	all.Wait()
	if _, err := s.GetData.Begin(desktop.ConnectRequest{Source: "sample", Patterns: []string{"*"}}); !fault.Is(err, fault.Canceled) {
		t.Errorf("Get Data after closing: %v", err)
	}
	p.Close()
	done()
}

func TestTwoSightlinesOnOneFolderLoadOnce(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	first, _, closeFirst := open(t, dir, false)
	v := connect(t, first, a, "Lumen Data")
	waitFor(t, "some rows", func() bool {
		return answered[desktop.ProgressView](t)(first.Services().Refreshes.Progress(v.DatasetID)).Rows > 0
	})
	second, _, closeSecond := open(t, dir, true) // it would go on with interrupted loads
	defer closeSecond()
	if _, err := second.Refresh(t.Context(), v.DatasetID, func(desktop.ProgressView) {}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a refresh beside another: %v", err)
	}
	if err := second.Services().Datasets.Delete(v.DatasetID); !fault.Is(err, fault.Conflict) {
		t.Errorf("a deletion beside a refresh: %v", err)
	}
	runs := answered[[]desktop.RunView](t)(second.Services().Refreshes.History(v.DatasetID))
	if len(runs) != 1 || runs[0].Status == "interrupted" || runs[0].Status == "failed" {
		t.Errorf("history %+v", runs)
	}
	closeFirst()
	// The second has it open for reading; now that the first has let go it may write.
	if end, err := second.Refresh(t.Context(), v.DatasetID, func(desktop.ProgressView) {}); err != nil || end.State != "succeeded" {
		t.Errorf("a refresh after the other ended: %v %+v", err, end)
	}
}

func TestTheScreenSaysThatASignInIsBeingStored(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	first := connect(t, p, a, "Tooling")
	if _, err := p.Refresh(t.Context(), first.DatasetID, func(desktop.ProgressView) {}); err != nil {
		t.Fatal(err)
	}
	v := begin(t, p, a)
	w, err := sqlite.OpenWorkspace(t.Context(), filepath.Join(dir, "workspace.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	holds, release := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() { // another program writes the workspace, which the acceptance waits for
		err := w.ChangeDataset(t.Context(), first.DatasetID, func(*workspace.Dataset) bool {
			close(holds)
			<-release
			return false
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-holds
	all.Go(func() {
		if _, err := p.Services().GetData.Accept(v.ID, false); err != nil {
			t.Errorf("accept: %v", err)
		}
	})
	waitFor(t, "the phase storing", func() bool {
		return answered[desktop.AttemptView](t)(p.Services().GetData.Attempt(v.ID)).Phase == "storing"
	})
	if changed := answered[desktop.AttemptView](t)(p.Services().GetData.ChangePatterns(v.ID, []string{"*"})); changed.Matched != 1 {
		t.Errorf("what is being stored was changed to %d projects", changed.Matched)
	}
	close(release)
	all.Wait()
	if now := answered[desktop.AttemptView](t)(p.Services().GetData.Attempt(v.ID)); now.Phase != "accepted" {
		t.Errorf("it ended %s", now.Phase)
	}
}
