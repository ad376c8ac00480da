package main

import (
	"strings"
	"sync"
	"testing"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/sampleorg"
	"sightline/backend/signin"
)

const (
	priya = "priya.nair@quayside.example" // a member of Quayside, and a guest at Lumen
	jo    = "jo.fischer@personal.example" // a personal account
)

// neighbour is one of the other organizations that a sample serves.
func neighbour(t *testing.T, a sampleorg.Announcement, name string) sampleorg.Organization {
	t.Helper()
	for _, o := range a.Organizations {
		if o.Name == name {
			return o
		}
	}
	t.Fatalf("there is no organization %s", name)
	return sampleorg.Organization{}
}

// requestFor is requestOf for another organization of the sample.
func requestFor(a sampleorg.Announcement, o sampleorg.Organization) desktop.ConnectRequest {
	r := requestOf(a)
	r.Organization, r.Patterns = o.URL, []string{"*"}
	return r
}

func TestTwoPeopleOfTwoDirectoriesRefreshAtTheSameTime(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	lumen := loadedAs(t, p, requestOf(a), mira)
	quayside := loadedAs(t, p, requestFor(a, neighbour(t, a, "quayside")), priya)
	guest := loadedAs(t, p, requestOf(a), priya)

	accounts := answered[desktop.AccountsView](t)(p.Services().Accounts.List()).Accounts
	if len(accounts) != 3 || accounts[1].Address != accounts[2].Address || accounts[1].Key == accounts[2].Key || accounts[1].Kind != "work" || accounts[2].Kind != "guest" {
		t.Errorf("one person in two directories is not two accounts: %+v", accounts)
	}
	before := map[string]desktop.DatasetView{}
	ids := []string{lumen.DatasetID, quayside.DatasetID, guest.DatasetID}
	for _, id := range ids {
		before[id] = answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id))
	}
	for range 3 {
		var all sync.WaitGroup
		for _, id := range ids {
			all.Go(func() {
				if _, err := p.Refresh(t.Context(), id, func(desktop.ProgressView) {}); err != nil {
					t.Errorf("%s: %v", before[id].Name, err)
				}
			})
		}
		all.Wait()
	}
	seen := map[string]bool{}
	for _, id := range ids {
		now := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id))
		if now.IdentityID != before[id].IdentityID || now.AccountKey != before[id].AccountKey || seen[now.IdentityID] || now.SignIn != "signedIn" {
			t.Errorf("%s came as %s (%s)", now.Name, now.Address, now.IdentityID)
		}
		seen[now.IdentityID] = true
	}
	if n := len(sealed(t, dir)); n != 3 {
		t.Errorf("three sign-ins have %d files", n)
	}
}

func TestASignInIsNotUsedForAnOrganizationOfAnotherDirectory(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	loadedAs(t, p, requestOf(a), mira)
	r := requestFor(a, neighbour(t, a, "quayside"))
	r.Account = accountOf(t, p, mira).Key
	v := answered[desktop.AttemptView](t)(p.Services().GetData.Begin(r))
	waitFor(t, "the refusal", func() bool {
		v = answered[desktop.AttemptView](t)(p.Services().GetData.Attempt(v.ID))
		return v.Phase == "failed"
	})
	if !strings.Contains(v.Fault.Message, "quayside belongs to another directory") || v.Fault.Actions[0] != fault.SignInAgain {
		t.Errorf("%+v", v.Fault)
	}
}

func TestATokenThatIsNobodysAndAnOrganizationWithoutADirectory(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	connect := func(r desktop.ConnectRequest, token string) (desktop.AttemptView, error) {
		return p.Connect(t.Context(), r, "", signin.NewSecret(token), func(desktop.AttemptView) {})
	}
	public := requestFor(a, neighbour(t, a, "opencharts"))
	public.Method = "token"
	if _, err := connect(public, strings.Repeat("x", 84)); !fault.Is(err, fault.Anonymous) || fault.ReportOf(err).Actions[0] != fault.SignInElse {
		t.Errorf("a bad token of an organization with a public project: %v", err)
	}
	personal := requestFor(a, neighbour(t, a, "fischer"))
	if _, err := connect(personal, ""); !fault.Is(err, fault.SignInRefused) || fault.ReportOf(err).Actions[0] != fault.UseToken {
		t.Errorf("a sign-in to an organization of personal accounts: %v", err)
	}
	personal.Method = "token"
	v, err := connect(personal, neighbour(t, a, "fischer").PersonalAccessToken)
	if err != nil || v.Identity.Address != jo {
		t.Fatalf("%v %+v", err, v.Identity)
	}
	refreshed(t, p, v.DatasetID)
	if n := len(answered[desktop.ShellView](t)(p.Services().Shell.State()).Accounts); n != 1 {
		t.Errorf("%d accounts", n)
	}
}

func TestAMoveToSomebodyWhoSeesLessIsWarnedAbout(t *testing.T) {
	s := ownSample(t)
	a := s.Announcement()
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	first := loadedAs(t, p, requestOf(a), mira)
	s.Hide("Tooling")
	v := signedInAs(t, p, desktop.ConnectRequest{Purpose: "connection", DatasetID: first.DatasetID, Switch: true}, elias)
	if v.Phase != "confirm" || v.Matched != 0 || v.Fault != nil || len(v.Warnings) != 1 || !strings.Contains(v.Warnings[0].Message, "Elias Brandt does not see Tooling") {
		t.Errorf("%s %d %+v %+v", v.Phase, v.Matched, v.Fault, v.Warnings)
	}
	if _, err := p.Services().GetData.Cancel(v.ID); err != nil {
		t.Error(err)
	}
	if d := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(first.DatasetID)); d.Address != mira {
		t.Errorf("a move that was canceled happened: %+v", d)
	}
}

func TestAnOrganizationThatMovedToAnotherDirectoryIsFoundAgain(t *testing.T) {
	s := ownSample(t)
	a := s.Announcement()
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	first := loadedAs(t, p, requestOf(a), mira)
	if err := s.Play("moved-tenant"); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Refresh(t.Context(), first.DatasetID, func(desktop.ProgressView) {}); !fault.Is(err, fault.NotSignedIn) && !fault.Is(err, fault.NotMember) {
		t.Fatalf("a token of the directory that it left: %v", err)
	}
	// The same person exists in the old directory only, which the organization does not know any more.
	g := p.Services().GetData
	v := answered[desktop.AttemptView](t)(g.Begin(desktop.ConnectRequest{Purpose: "connection", DatasetID: first.DatasetID}))
	waitFor(t, "the link", func() bool {
		v = answered[desktop.AttemptView](t)(g.Attempt(v.ID))
		return v.Link != ""
	})
	signInAs(t, v.Link, mira)
	waitFor(t, "the refusal", func() bool {
		v = answered[desktop.AttemptView](t)(g.Attempt(v.ID))
		return v.Phase == "failed"
	})
	if len(v.Fault.Actions) == 0 || v.Fault.Message == "" {
		t.Errorf("%+v", v.Fault)
	}
	moved := signedInAs(t, p, desktop.ConnectRequest{Purpose: "connection", DatasetID: first.DatasetID, Switch: true}, priya)
	if moved.Phase != "confirm" || moved.Identity.Address != priya || moved.Identity.Kind != "work" {
		t.Fatalf("%s %+v %+v", moved.Phase, moved.Identity, moved.Fault)
	}
	accept(t, p, moved.ID)
	refreshed(t, p, first.DatasetID)
	if d := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(first.DatasetID)); d.Address != priya || d.SignIn != "signedIn" {
		t.Errorf("%+v", d)
	}
}
