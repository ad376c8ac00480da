package main

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/sampleorg"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
	"sightline/backend/workspace"
)

// tokenCalls counts how often the directory was asked for tokens.
func tokenCalls(s *sampleorg.Server) (n int) {
	for _, e := range s.Provider().Events() {
		if e.Kind == identity.EventRefresh || e.Kind == identity.EventToken || e.Kind == identity.EventRefused {
			n++
		}
	}
	return n
}

// endSignIns ends everything of a person at the directory, as a new password does.
func endSignIns(t *testing.T, s *sampleorg.Server, who string) {
	t.Helper()
	for _, a := range s.Provider().Accounts() {
		if a.UPN == who {
			if err := s.Provider().Revoke(a.Person); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestAnEndedSignInIsLeftAloneUntilThePersonSignsInAgain(t *testing.T) {
	s := ownSample(t)
	a := s.Announcement()
	dir := t.TempDir()
	command(t, dir)
	p, _, done := open(t, dir, false)
	id := loadedAs(t, p, requestOf(a), mira).DatasetID
	done()
	endSignIns(t, s, mira)
	overdue := func() {
		t.Helper()
		changeDataset(t, dir, id, func(d *workspace.Dataset) { d.LastScheduled, d.Failures = time.Now().Add(-24*time.Hour-time.Minute), 0 })
	}
	overdue()
	if r := due(t, 1); r.Outcome != "failed" || r.Fault.Code != fault.NotSignedIn {
		t.Fatalf("%+v", r)
	}
	count := tokenCalls(s)
	for range 3 {
		overdue()
		if r := due(t, 0); r.Outcome != "needsSignIn" || r.Fault == nil || r.Requests != 0 {
			t.Fatalf("%+v", r)
		}
	}
	p, _, done = open(t, dir, true) // the window, which looks what is due at once
	defer done()
	waitFor(t, "the look at what is due", func() bool { return len(history(t, p, id)) >= 3 })
	if now := tokenCalls(s); now != count {
		t.Errorf("the directory was asked %d times more", now-count)
	}
	if got := kinds(history(t, p, id)); got != "missed missed, scheduled failed, first succeeded" {
		t.Errorf("history: %s", got)
	}
	d := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id))
	if d.SignIn != "ended" || d.SignInSentence == "" || accountOf(t, p, mira).State != "ended" {
		t.Errorf("%+v", d)
	}
	if b := answered[desktop.DashboardData](t)(p.Services().Dashboards.Data(d.DashboardID)); len(b.Tiles) < 6 {
		t.Errorf("%d tiles of what stays readable", len(b.Tiles))
	}
	v := signedInAs(t, p, desktop.ConnectRequest{Purpose: "account", Account: accountOf(t, p, mira).Key}, mira)
	if v.Identity == nil || v.Identity.Address != mira {
		t.Fatalf("%+v, %+v", v, v.Fault)
	}
	accept(t, p, v.ID)
	waitFor(t, "the refresh that waited", func() bool {
		runs := history(t, p, id)
		return runs[0].Type == "scheduled" && runs[0].Status == "succeeded"
	})
	if d := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id)); d.SignIn != "signedIn" || d.LastError != "" || d.Schedule.Failures != 0 {
		t.Errorf("%+v", d)
	}
	if n := len(sealed(t, dir)); n != 1 {
		t.Errorf("%d files in the vault", n)
	}
}

func TestAnAnswerAsSomebodyElseStopsTheScheduleUntilThePersonLooks(t *testing.T) {
	a := sample(t)
	var swapped atomic.Bool
	answering(t, &a, func(w http.ResponseWriter, r *http.Request, pass http.Handler) bool {
		if !swapped.Load() {
			return false
		}
		answer := httptest.NewRecorder()
		pass.ServeHTTP(answer, r)
		maps.Copy(w.Header(), answer.Header())
		w.Header().Set("X-VSS-UserData", "11111111-2222-4333-8444-555555555555:eve@example.com")
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
		return true
	})
	dir, id := connected(t, a, "--load", "tests", "--history", "1m")
	overdue := func() {
		t.Helper()
		changeDataset(t, dir, id, func(d *workspace.Dataset) { d.LastScheduled, d.Failures = time.Now().Add(-24*time.Hour-time.Minute), 0 })
	}
	swapped.Store(true)
	overdue()
	if r := due(t, 1); r.Outcome != "failed" || r.Fault.Code != fault.IdentityChanged || !strings.Contains(r.Fault.Message, "eve@example.com") {
		t.Fatalf("%+v", r)
	}
	overdue()
	if r := due(t, 0); r.Outcome != "needsSignIn" || !strings.Contains(r.Fault.Message, "eve@example.com") {
		t.Errorf("%+v", r)
	}
	swapped.Store(false)
	if v := runVerb(t.Context(), nil, "refresh", id); v.status != 0 { // the person looked, and it is right again
		t.Errorf("%s", v.diag)
	}
	overdue()
	if r := due(t, 0); r.Outcome != "refreshed" {
		t.Errorf("%+v", r)
	}
}

func TestATokenIsWarnedAboutBeforeItEnds(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	r := requestOf(a)
	r.Method, r.TokenExpires = "token", time.Now().AddDate(0, 0, 30).Format(time.DateOnly)
	v, err := p.Connect(t.Context(), r, "", signin.NewSecret(a.PersonalAccessToken), func(desktop.AttemptView) {})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(v.Identity.Expires, r.TokenExpires) {
		t.Errorf("the card says %q", v.Identity.Expires)
	}
	refreshed(t, p, v.DatasetID) // nothing runs that reads the clock which is set below
	account := accountOf(t, p, mira)
	if account.State != "signedIn" || account.Kind != "token" {
		t.Errorf("30 days before: %+v", account)
	}
	p.Clock = func() time.Time { return time.Now().AddDate(0, 0, 20) }
	if soon := accountOf(t, p, mira); soon.State != "expiring" || soon.Sentence == "" || soon.Connections[0].State != "expiring" {
		t.Errorf("10 days before: %+v", soon)
	}
	for _, bad := range []string{"31.01.2027", "2020-01-01"} {
		r.TokenExpires = bad
		if _, err := p.Services().GetData.Begin(r); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestTheEndOfATokenIsAnnouncedOnce(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	r := requestOf(a)
	r.Method, r.TokenExpires = "token", time.Now().AddDate(0, 0, 5).Format(time.DateOnly)
	for _, name := range []string{"One", "Two"} {
		if name == "Two" {
			r.Account, r.TokenExpires = accountOf(t, p, mira).Key, ""
		}
		v, err := p.Connect(t.Context(), r, name, signin.NewSecret(map[string]string{"One": a.PersonalAccessToken}[name]), func(desktop.AttemptView) {})
		if err != nil {
			t.Fatal(err)
		}
		refreshed(t, p, v.DatasetID)
	}
	done()
	p, _, done = open(t, dir, true)
	defer done()
	warnings := func() (n int) {
		for _, notice := range answered[[]desktop.NoticeView](t)(p.Services().Shell.Notices()) {
			if notice.Kind == "signIn" && strings.Contains(notice.Text, "personal access token ends on") {
				n++
			}
		}
		return n
	}
	waitFor(t, "the notice", func() bool { return warnings() > 0 })
	if n := warnings(); n != 1 {
		t.Errorf("two datasets of one token are warned about %d times", n)
	}
}

func TestANewTokenTakesThePlaceOfTheOneThatEnds(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	r := requestOf(a)
	r.Method, r.TokenExpires = "token", time.Now().AddDate(0, 0, 3).Format(time.DateOnly)
	first, err := p.Connect(t.Context(), r, "", signin.NewSecret(a.PersonalAccessToken), func(desktop.AttemptView) {})
	if err != nil {
		t.Fatal(err)
	}
	refreshed(t, p, first.DatasetID)
	before := sealed(t, dir)
	if d := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(first.DatasetID)); d.SignIn != "expiring" {
		t.Errorf("three days before its end the token is %s", d.SignIn)
	}
	again := desktop.ConnectRequest{Purpose: "connection", DatasetID: first.DatasetID, TokenExpires: time.Now().AddDate(0, 6, 0).Format(time.DateOnly)}
	v := answered[desktop.AttemptView](t)(p.Services().GetData.Begin(again))
	if status := postToken(p, v.ID, tokenOf(t, mira)); status != http.StatusNoContent {
		t.Fatalf("the token was answered with %d", status)
	}
	v = reached(t, p, v.ID, "confirm")
	if !v.Identity.Matches || v.Identity.Expected != mira || !strings.HasPrefix(v.Identity.Expires, again.TokenExpires) {
		t.Errorf("%+v", v.Identity)
	}
	accept(t, p, v.ID)
	refreshed(t, p, first.DatasetID)
	after := sealed(t, dir)
	if d := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(first.DatasetID)); d.SignIn != "signedIn" || len(after) != 1 {
		t.Errorf("%s, %d files", d.SignIn, len(after))
	}
	for name := range before {
		if after[name] == before[name] || after[name] == "" {
			t.Error("the old token is still there")
		}
	}
}
