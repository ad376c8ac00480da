package main

import (
	"path/filepath"
	"strings"
	"testing"

	"sightline/backend/desktop"
	"sightline/backend/signin/vault"
)

func TestASecondWindowDoesNotEndWhatTheFirstKeepsInItsMemory(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	var err error
	if p.Vault, err = vault.Open(vault.Options{Dir: filepath.Join(dir, "sign-ins")}); err != nil { // without a keyring
		t.Fatal(err)
	}
	kept := loadedAs(t, p, requestOf(a), mira).DatasetID
	if k := answered[desktop.KeepingView](t)(p.Services().Accounts.Keeping()); k.Mode != "session" || len(sealed(t, dir)) != 0 {
		t.Fatalf("%+v, %d files", k, len(sealed(t, dir)))
	}
	// One that nobody keeps any more shows when the second window has looked.
	gone := loadedAs(t, p, requestOf(a), elias).DatasetID
	if err := p.Vault.Delete(accountSignIn(t, p, gone)); err != nil {
		t.Fatal(err)
	}
	other, _, closeOther := open(t, dir, true)
	defer closeOther()
	waitFor(t, "the end of the one that is gone", func() bool {
		d := answered[desktop.DatasetView](t)(other.Services().Datasets.Dataset(gone))
		return d.SignIn == "ended" && strings.Contains(d.SignInSentence, "kept in memory only")
	})
	if here, there := standing(t, p, kept), standing(t, other, kept); here != "signedIn" || there != "signedIn" {
		t.Errorf("in the first window it is %s, in the second %s", here, there)
	}
	refreshed(t, p, kept)
}

// accountSignIn is the id of the sign-in that a dataset comes by.
func accountSignIn(t *testing.T, p *desktop.Program, datasetID string) string {
	t.Helper()
	d, err := p.Workspace.Dataset(t.Context(), datasetID)
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.Workspace.Connection(t.Context(), d.ConnectionID)
	if err != nil {
		t.Fatal(err)
	}
	return c.SignInID
}
