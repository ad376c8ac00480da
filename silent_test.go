package main

import (
	"testing"

	"sightline/backend/desktop"
	"sightline/backend/fault"
)

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
