package main

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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

// The people of the sample organization.
const (
	mira  = "mira.okafor@lumen.example"
	elias = "elias.brandt@lumen.example"
)

// ownSample is a sample organization of the test's own, for tests that end somebody's sign-ins.
func ownSample(t *testing.T) *sampleorg.Server {
	t.Helper()
	s, err := sampleorg.Start(context.Background(), sampleorg.Options{Seed: 7, Size: sampleorg.Small})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// requestOf is a request to load something small of an organization by OAuth.
func requestOf(a sampleorg.Announcement) desktop.ConnectRequest {
	return desktop.ConnectRequest{
		Source: "server", Organization: a.OrganizationURL, Patterns: []string{"Tooling"}, Method: "oauth", ClientID: a.ClientID,
		Contents: []string{"tests"}, HistoryMonths: 1,
	}
}

// reached waits until an attempt is in one of the phases.
func reached(t *testing.T, p *desktop.Program, id string, phases ...string) (v desktop.AttemptView) {
	t.Helper()
	waitFor(t, strings.Join(phases, " or "), func() bool {
		v = answered[desktop.AttemptView](t)(p.Services().GetData.Attempt(id))
		for _, phase := range phases {
			if v.Phase == phase {
				return true
			}
		}
		if v.Phase == "failed" {
			t.Fatalf("failed: %+v", v.Fault)
		}
		return false
	})
	return v
}

// signedInAs begins a sign-in, has a person go through the pages behind the copied link, and waits for the end.
func signedInAs(t *testing.T, p *desktop.Program, r desktop.ConnectRequest, who string) desktop.AttemptView {
	t.Helper()
	v := answered[desktop.AttemptView](t)(p.Services().GetData.Begin(r))
	waitFor(t, "the link", func() bool {
		v = answered[desktop.AttemptView](t)(p.Services().GetData.Attempt(v.ID))
		if v.Phase == "failed" {
			t.Fatalf("failed: %+v", v.Fault)
		}
		return v.Rung == "copyLink" && v.Link != ""
	})
	signInAs(t, v.Link, who)
	return reached(t, p, v.ID, "confirm", "failed")
}

func accept(t *testing.T, p *desktop.Program, id string) desktop.AttemptView {
	t.Helper()
	return answered[desktop.AttemptView](t)(p.Services().GetData.Accept(id, false))
}

// loadedAs makes a dataset as a person who signs in, and waits until it is loaded.
func loadedAs(t *testing.T, p *desktop.Program, r desktop.ConnectRequest, who string) desktop.AttemptView {
	t.Helper()
	v := accept(t, p, signedInAs(t, p, r, who).ID)
	refreshed(t, p, v.DatasetID)
	return v
}

func refreshed(t *testing.T, p *desktop.Program, id string) {
	t.Helper()
	if _, err := p.Refresh(t.Context(), id, func(desktop.ProgressView) {}); err != nil {
		t.Fatalf("refresh: %v", err)
	}
}

// accountOf finds an account by its address.
func accountOf(t *testing.T, p *desktop.Program, address string) desktop.AccountView {
	t.Helper()
	for _, a := range answered[desktop.AccountsView](t)(p.Services().Accounts.List()).Accounts {
		if a.Address == address {
			return a
		}
	}
	t.Fatalf("%s is no account here", address)
	return desktop.AccountView{}
}

// sealed are the files of the vault with what is in them.
func sealed(t *testing.T, dir string) map[string]string {
	t.Helper()
	paths, _ := filepath.Glob(filepath.Join(dir, "sign-ins", "*.sealed"))
	files := map[string]string{}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = string(b)
	}
	return files
}

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

func TestTheAccountThatIsSignedInIsUsedSilentlyBehindTheCard(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	loadedAs(t, p, requestOf(a), mira)
	account := accountOf(t, p, mira)
	if !account.InUse || account.State != "signedIn" || len(account.Connections) != 1 || account.Kind != "work" || account.Connections[0].Bytes == 0 {
		t.Fatalf("%+v", account)
	}
	kept := sealed(t, dir)

	r := requestOf(a)
	r.Account, r.ClientID = account.Key, ""
	v := answered[desktop.AttemptView](t)(p.Services().GetData.Begin(r))
	v = reached(t, p, v.ID, "confirm")
	if v.Rung != "silent" || v.Link != "" || v.Identity == nil || !v.Identity.Silent || v.Identity.Address != mira || !v.Identity.Matches || v.Identity.Projects == 0 {
		t.Fatalf("the card %+v of %+v", v.Identity, v)
	}
	if n := len(answered[desktop.ShellView](t)(p.Services().Shell.State()).Datasets); n != 1 || len(sealed(t, dir)) != 1 {
		t.Errorf("before the card was accepted there are %d datasets and %d files in the vault", n, len(sealed(t, dir)))
	}
	v = accept(t, p, v.ID)
	refreshed(t, p, v.DatasetID)
	if after := sealed(t, dir); len(after) != 1 || len(kept) != 1 {
		t.Errorf("two datasets of one sign-in have %d files in the vault", len(after))
	}
	if n := len(accountOf(t, p, mira).Connections); n != 2 {
		t.Errorf("%d connections of the account", n)
	}
}

func TestAKeptSignInThatEndedIsNotUsedAndTheSamePersonIsAsked(t *testing.T) {
	s := ownSample(t)
	a := s.Announcement()
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	first := loadedAs(t, p, requestOf(a), mira)
	key := accountOf(t, p, mira).Key
	endSignIns(t, s, mira)

	r := requestOf(a)
	r.Account = key
	g := p.Services().GetData
	v := answered[desktop.AttemptView](t)(g.Begin(r))
	waitFor(t, "the refusal", func() bool {
		v = answered[desktop.AttemptView](t)(g.Attempt(v.ID))
		return v.Phase == "failed"
	})
	if v.Fault.Code != fault.NotSignedIn || len(v.Fault.Actions) != 2 || v.Fault.Actions[0] != fault.SignInAgain || v.Fault.Actions[1] != fault.SignInElse {
		t.Fatalf("%+v", v.Fault)
	}
	if state := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(first.DatasetID)).SignIn; state != "ended" {
		t.Errorf("the sign-in of the first dataset is %s", state)
	}
	v = answered[desktop.AttemptView](t)(g.SignInAgain(v.ID))
	waitFor(t, "the link", func() bool {
		v = answered[desktop.AttemptView](t)(g.Attempt(v.ID))
		return v.Rung == "copyLink" && v.Link != ""
	})
	signInAs(t, v.Link, elias)
	waitFor(t, "the refusal of somebody else", func() bool {
		v = answered[desktop.AttemptView](t)(g.Attempt(v.ID))
		return v.Phase == "failed"
	})
	if v.Fault.Code != fault.WrongPerson {
		t.Errorf("%+v", v.Fault)
	}
}

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

func TestASignInAgainAsSomebodyElseIsRefused(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	first := loadedAs(t, p, requestOf(a), mira)
	kept := sealed(t, dir)
	g := p.Services().GetData
	v := answered[desktop.AttemptView](t)(g.Begin(desktop.ConnectRequest{Purpose: "connection", DatasetID: first.DatasetID}))
	waitFor(t, "the link", func() bool {
		v = answered[desktop.AttemptView](t)(g.Attempt(v.ID))
		return v.Link != ""
	})
	signInAs(t, v.Link, elias)
	waitFor(t, "the refusal", func() bool {
		v = answered[desktop.AttemptView](t)(g.Attempt(v.ID))
		return v.Phase == "failed"
	})
	if v.Fault.Code != fault.WrongPerson || !strings.Contains(v.Fault.Message, elias) {
		t.Errorf("%+v", v.Fault)
	}
	if _, err := g.Accept(v.ID, true); !fault.Is(err, fault.Conflict) {
		t.Errorf("it was accepted all the same: %v", err)
	}
	if now := sealed(t, dir); len(now) != 1 {
		t.Errorf("%d files in the vault", len(now))
	} else {
		for name := range kept {
			if now[name] != kept[name] {
				t.Error("the kept sign-in was touched")
			}
		}
	}
	d := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(first.DatasetID))
	if d.Address != mira || d.SignIn != "signedIn" {
		t.Errorf("%+v", d)
	}
	// The same for a token, which says who it belongs to only when it is used.
	token := answered[desktop.AttemptView](t)(g.Begin(desktop.ConnectRequest{Purpose: "connection", DatasetID: first.DatasetID, Method: "token"}))
	postToken(p, token.ID, tokenOf(t, elias))
	waitFor(t, "the refusal of the token", func() bool {
		token = answered[desktop.AttemptView](t)(g.Attempt(token.ID))
		return token.Phase == "failed"
	})
	if token.Fault.Code != fault.WrongPerson || !strings.Contains(token.Fault.Message, elias) || !strings.Contains(token.Fault.Message, mira) {
		t.Errorf("%+v", token.Fault)
	}
}

// tokenOf makes a personal access token of a person of the shared sample.
func tokenOf(t *testing.T, who string) string {
	t.Helper()
	s, err := sharedSample()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range s.Provider().Accounts() {
		if a.UPN == who {
			token, err := s.Provider().MintPersonalAccessToken(a.Person)
			if err != nil {
				t.Fatal(err)
			}
			return token
		}
	}
	t.Fatalf("there is no %s", who)
	return ""
}

func TestAConnectionMovesToAnotherAccountWhenThatIsWanted(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	first := loadedAs(t, p, requestOf(a), mira)
	other := loadedAs(t, p, requestOf(a), elias)
	before := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(first.DatasetID))
	r := desktop.ConnectRequest{Purpose: "connection", DatasetID: first.DatasetID, Switch: true}

	asked := signedInAs(t, p, r, elias)
	if asked.Identity.Expected != "" || !asked.Identity.Matches || asked.Matched == 0 {
		t.Errorf("%+v", asked.Identity)
	}
	accept(t, p, asked.ID)
	refreshed(t, p, first.DatasetID)
	moved := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(first.DatasetID))
	if moved.Address != elias || moved.IdentityID == before.IdentityID || moved.AccountKey != accountOf(t, p, elias).Key || moved.SignIn != "signedIn" {
		t.Errorf("%+v", moved)
	}
	if m := accountOf(t, p, mira); m.State != "signedIn" || len(m.Connections) != 0 {
		t.Errorf("the account it came from: %+v", m)
	}
	// Back by the sign-in of mira that is kept: nobody is asked.
	r.Account = accountOf(t, p, mira).Key
	v := answered[desktop.AttemptView](t)(p.Services().GetData.Begin(r))
	v = reached(t, p, v.ID, "confirm")
	if v.Rung != "silent" || v.Identity.Address != mira {
		t.Fatalf("%+v", v)
	}
	accept(t, p, v.ID)
	refreshed(t, p, first.DatasetID)
	refreshed(t, p, other.DatasetID)
	if d := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(first.DatasetID)); d.IdentityID != before.IdentityID {
		t.Errorf("%+v", d)
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

func TestWhatNobodyAcceptsIsForgotten(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	v := begin(t, p, a)
	p.Clock = func() time.Time { return time.Now().Add(16 * time.Minute) }
	late := answered[desktop.AttemptView](t)(p.Services().GetData.Attempt(v.ID))
	if late.Phase != "failed" || late.Fault == nil || late.Fault.Code != fault.SignInTimeout {
		t.Errorf("%+v", late)
	}
	if _, err := p.Services().GetData.Accept(v.ID, false); !fault.Is(err, fault.Conflict) {
		t.Errorf("it could still be accepted: %v", err)
	}
	p.Clock = func() time.Time { return time.Now().Add(40 * time.Minute) }
	if _, err := p.Services().GetData.Attempt(v.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("it is still there: %v", err)
	}
}

func TestTheSampleIsNobodysAccount(t *testing.T) {
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	v, err := p.Connect(t.Context(), desktop.ConnectRequest{Source: "sample", Patterns: []string{"Tooling"}, Contents: []string{"tests"}, HistoryMonths: 1}, "", signin.Secret{}, func(desktop.AttemptView) {})
	if err != nil {
		t.Fatal(err)
	}
	refreshed(t, p, v.DatasetID)
	accounts := answered[desktop.AccountsView](t)(p.Services().Accounts.List())
	if len(accounts.Accounts) != 0 || len(accounts.Without) != 1 || accounts.Without[0].State != "none" {
		t.Errorf("%+v", accounts)
	}
	if _, err := p.Services().GetData.Begin(desktop.ConnectRequest{Purpose: "connection", DatasetID: v.DatasetID}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a sign-in for what needs none: %v", err)
	}
}

func TestAnAccountSignsInWithoutADatasetByItsDirectoryAlone(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	r := desktop.ConnectRequest{Purpose: "account", Method: "oauth", Authority: a.Authority + "/" + identity.LumenTenantID, ClientID: a.ClientID}
	v := signedInAs(t, p, r, mira)
	if v.Phase != "confirm" || v.Identity.Address != mira || v.Identity.Organization != "" || len(v.Warnings) != 0 || len(sealed(t, dir)) != 0 {
		t.Fatalf("%+v, %+v, %+v", v.Identity, v.Fault, v.Warnings)
	}
	accept(t, p, v.ID)
	if got := accountOf(t, p, mira); got.State != "signedIn" || !got.InUse || len(got.Connections) != 0 || len(sealed(t, dir)) != 1 {
		t.Errorf("%+v", got)
	}
	silently := requestOf(a)
	silently.Account = accountOf(t, p, mira).Key
	v = answered[desktop.AttemptView](t)(p.Services().GetData.Begin(silently))
	waitFor(t, "the refusal", func() bool {
		v = answered[desktop.AttemptView](t)(p.Services().GetData.Attempt(v.ID))
		return v.Phase == "failed"
	})
	if !strings.Contains(v.Fault.Message, "not sent to a place you never signed in to") {
		t.Errorf("a token of a sign-in for no organization went to a typed address: %+v", v.Fault)
	}
	// The same with the organization as its address, and as another person: he is in use then.
	r = desktop.ConnectRequest{Purpose: "account", Source: "server", Organization: a.OrganizationURL, ClientID: a.ClientID}
	v = signedInAs(t, p, r, elias)
	if v.Phase != "confirm" || v.Identity.Projects == 0 {
		t.Fatalf("%+v, %+v", v.Identity, v.Fault)
	}
	accept(t, p, v.ID)
	if got := accountOf(t, p, elias); !got.InUse || accountOf(t, p, mira).InUse {
		t.Errorf("%+v", got)
	}
	used := answered[desktop.AccountsView](t)(p.Services().Accounts.Use(accountOf(t, p, mira).Key))
	if !used.Accounts[0].InUse || used.Accounts[1].InUse {
		t.Errorf("%+v", used.Accounts)
	}
	for name, bad := range map[string]desktop.ConnectRequest{
		"nowhere":          {Purpose: "account"},
		"unknown account":  {Purpose: "account", Account: "a/b"},
		"unknown purpose":  {Purpose: "other"},
		"unknown rung":     {Purpose: "account", Rung: "elevator"},
		"unknown dataset":  {Purpose: "connection", DatasetID: "x"},
		"unknown for data": {Source: "server", Organization: a.OrganizationURL, Patterns: []string{"*"}, Account: "a/b"},
	} {
		if _, err := p.Services().GetData.Begin(bad); !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSomebodyElseIsAskedForFromTheCardAndTheRightOneFromAWrongCard(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	g := p.Services().GetData
	r := requestOf(a)
	r.Expect = elias
	v := signedInAs(t, p, r, mira)
	if v.Identity.Matches || v.Identity.Expected != elias {
		t.Fatalf("%+v", v.Identity)
	}
	again := func(who string) desktop.AttemptView {
		t.Helper()
		v = answered[desktop.AttemptView](t)(g.SignInAgain(v.ID))
		waitFor(t, "the link", func() bool {
			v = answered[desktop.AttemptView](t)(g.Attempt(v.ID))
			return v.Link != ""
		})
		signInAs(t, v.Link, who)
		v = reached(t, p, v.ID, "confirm")
		return v
	}
	if right := again(elias); !right.Identity.Matches || right.Identity.Expected != elias {
		t.Errorf("the right one: %+v", right.Identity)
	}
	if other := again(mira); other.Identity.Expected != "" || !other.Identity.Matches || other.Identity.Address != mira {
		t.Errorf("somebody else: %+v", other.Identity)
	}
}

func TestARegistrationIsTestedWithoutAnybodySigningIn(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	accounts := p.Services().Accounts
	good := answered[desktop.RegistrationCheck](t)(accounts.CheckRegistration(a.ClientID, a.OrganizationURL, ""))
	if good.Fault != nil || good.Directory != identity.LumenTenantID || len(good.Checks) < 3 || good.Checks[0].State != "ok" {
		t.Errorf("%+v", good)
	}
	bad := answered[desktop.RegistrationCheck](t)(accounts.CheckRegistration("00000000-1111-2222-3333-444444444444", a.OrganizationURL, ""))
	if len(bad.Checks) == 0 || bad.Checks[0].State != "failed" || bad.Checks[0].Sentence == "" {
		t.Errorf("%+v", bad)
	}
	if err := accounts.SetClientID("mine"); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
	if err := accounts.SetClientID(" " + strings.ToUpper(a.ClientID) + " "); err != nil {
		t.Error(err)
	}
	if d := answered[desktop.ConnectDefaults](t)(p.Services().GetData.Defaults()); d.ClientID != a.ClientID || len(d.Permissions) < 6 {
		t.Errorf("%+v", d)
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

func TestASecretWithoutASignInIsForgottenAtTheNextStart(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	v := connect(t, p, a, "Tooling")
	refreshed(t, p, v.DatasetID)
	for _, id := range []string{"killed", "justnow"} {
		if err := p.Vault.Put(id, []byte("a token that was stored before the kill")); err != nil {
			t.Fatal(err)
		}
	}
	done()
	for name := range sealed(t, dir) {
		if name != "justnow.sealed" {
			old := time.Now().Add(-2 * time.Hour)
			if err := os.Chtimes(filepath.Join(dir, "sign-ins", name), old, old); err != nil {
				t.Fatal(err)
			}
		}
	}
	p, _, done = open(t, dir, true)
	defer done()
	waitFor(t, "the orphan to be forgotten", func() bool {
		_, left := sealed(t, dir)["killed.sealed"]
		return !left
	})
	if left := sealed(t, dir); len(left) != 2 || left["justnow.sealed"] == "" {
		t.Errorf("%d files are left", len(left))
	}
	refreshed(t, p, v.DatasetID)
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
