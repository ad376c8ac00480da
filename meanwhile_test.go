package main

import (
	"strings"
	"testing"
	"time"

	"sightline/backend/desktop"
	"sightline/backend/fault"
)

func TestOfTwoCardsForOneConnectionTheStaleOneIsRefused(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	id := loadedAs(t, p, requestOf(a), mira).DatasetID
	again := signedInAs(t, p, desktop.ConnectRequest{Purpose: "connection", DatasetID: id}, mira)
	moved := signedInAs(t, p, desktop.ConnectRequest{Purpose: "connection", DatasetID: id, Switch: true}, elias)
	accept(t, p, moved.ID)
	refreshed(t, p, id)
	before := sealed(t, dir)
	if _, err := p.Services().GetData.Accept(again.ID, false); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "meanwhile") {
		t.Errorf("the card of before: %v", err)
	}
	if d := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id)); d.Address != elias || d.SignIn != "signedIn" {
		t.Errorf("it comes as %s, %s", d.Address, d.SignIn)
	}
	after := sealed(t, dir)
	for name := range after {
		if after[name] != before[name] {
			t.Error("the refused card stored a secret")
		}
	}
	refreshed(t, p, id)
}

func TestNoLoadBeginsWhileAConnectionIsSignedInForAgain(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	id := loadedAs(t, p, requestOf(a), mira).DatasetID
	v := signedInAs(t, p, desktop.ConnectRequest{Purpose: "connection", DatasetID: id}, mira)
	var unlock func()
	for name := range sealed(t, dir) { // somebody renews the sign-in that is to be replaced
		var err error
		if unlock, err = p.Vault.Lock(t.Context(), strings.TrimSuffix(name, ".sealed")); err != nil {
			t.Fatal(err)
		}
	}
	accepted := make(chan error, 1)
	go func() {
		_, err := p.Services().GetData.Accept(v.ID, false)
		accepted <- err
	}()
	reached(t, p, v.ID, "storing")
	time.Sleep(100 * time.Millisecond) // on its way to the lock
	if _, err := p.Services().Refreshes.Start(id); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "signed in for") {
		t.Errorf("a load began with the sign-in of before: %v", err)
	}
	unlock()
	if err := <-accepted; err != nil {
		t.Fatal(err)
	}
	refreshed(t, p, id)
}
