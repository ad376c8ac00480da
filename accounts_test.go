package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
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
	return followLink(t, p, v.ID, who)
}

// followLink has a person go through the pages behind the copied link of a sign-in, and waits for the end.
func followLink(t *testing.T, p *desktop.Program, id, who string) (v desktop.AttemptView) {
	t.Helper()
	waitFor(t, "the link", func() bool {
		v = answered[desktop.AttemptView](t)(p.Services().GetData.Attempt(id))
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

func TestASignInThatWasKeptInMemoryOnlyIsOverAtTheNextStart(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	v := connect(t, p, a, "Tooling")
	refreshed(t, p, v.DatasetID)
	done()
	if err := os.RemoveAll(filepath.Join(dir, "sign-ins")); err != nil { // as without a keyring
		t.Fatal(err)
	}
	p, _, done = open(t, dir, true)
	defer done()
	waitFor(t, "the end of the sign-in", func() bool {
		d := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(v.DatasetID))
		return d.SignIn == "ended" && strings.Contains(d.SignInSentence, "kept in memory only")
	})
	if kinds(history(t, p, v.DatasetID)) != "first succeeded" && !strings.HasPrefix(kinds(history(t, p, v.DatasetID)), "command succeeded") {
		t.Errorf("history: %s", kinds(history(t, p, v.DatasetID)))
	}
}

// full is a workspace whose disk is full when a sign-in is to be stored.
type full struct{ workspace.Store }

func (full) PutSignIn(context.Context, workspace.Account, workspace.SignIn) error {
	return fault.New(fault.DiskFull, "test", "The disk is full.", "Make room.")
}

func TestASignInThatCannotBeStoredLeavesNoSecret(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	v := signedInAs(t, p, desktop.ConnectRequest{Purpose: "account", Source: "server", Organization: a.OrganizationURL, ClientID: a.ClientID}, mira)
	real := p.Workspace
	p.Workspace = full{real}
	if _, err := p.Services().GetData.Accept(v.ID, false); !fault.Is(err, fault.DiskFull) {
		t.Errorf("%v", err)
	}
	if left := sealed(t, dir); len(left) != 0 {
		t.Errorf("%d secrets that nothing names", len(left))
	}
	p.Workspace = real
	accept(t, p, v.ID)
	if got := accountOf(t, p, mira); got.State != "signedIn" || len(sealed(t, dir)) != 1 {
		t.Errorf("%+v", got)
	}
}
