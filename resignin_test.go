package main

import (
	"strings"
	"testing"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
)

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

func TestWhoeverLoadedWithATokenIsDemandedByName(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	g := p.Services().GetData
	first := connect(t, p, a, "Tooling") // as mira
	refreshed(t, p, first.DatasetID)
	before := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(first.DatasetID))
	refused := func(what string, v desktop.AttemptView) {
		t.Helper()
		if v.Phase != "failed" || v.Fault.Code != fault.WrongPerson || !strings.Contains(v.Fault.Message, elias) || !strings.Contains(v.Fault.Message, mira) {
			t.Errorf("%s: %s, the card %+v, %+v", what, v.Phase, v.Identity, v.Fault)
		}
		if _, err := g.Accept(v.ID, true); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s was accepted: %v", what, err)
		}
	}
	again := desktop.ConnectRequest{Purpose: "connection", DatasetID: first.DatasetID, Method: "oauth", ClientID: a.ClientID}
	refused("a sign-in again as somebody else", signedInAs(t, p, again, elias))

	r := requestOf(a)
	r.Account = before.AccountKey
	silent := answered[desktop.AttemptView](t)(g.Begin(r))
	waitFor(t, "the end of the silent try", func() bool {
		silent = answered[desktop.AttemptView](t)(g.Attempt(silent.ID))
		return silent.Phase == "failed"
	})
	answered[desktop.AttemptView](t)(g.SignInAgain(silent.ID))
	refused("a new dataset as somebody else", followLink(t, p, silent.ID, elias))

	alone := desktop.ConnectRequest{Purpose: "account", Account: before.AccountKey, Method: "oauth", ClientID: a.ClientID, Authority: a.Authority + "/" + identity.LumenTenantID}
	refused("a directory alone as somebody else", signedInAs(t, p, alone, elias))

	if now := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(first.DatasetID)); now.IdentityID != before.IdentityID || now.AccountKey != before.AccountKey || len(sealed(t, dir)) != 1 {
		t.Errorf("%+v", now)
	}
	v := signedInAs(t, p, again, mira)
	if v.Phase != "confirm" || !v.Identity.Matches {
		t.Fatalf("herself: %s %+v %+v", v.Phase, v.Identity, v.Fault)
	}
	accept(t, p, v.ID)
	refreshed(t, p, first.DatasetID)
}
