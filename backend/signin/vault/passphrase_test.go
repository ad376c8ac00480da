package vault_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/zalando/go-keyring"

	"sightline/backend/fault"
	"sightline/backend/signin/vault"
)

func unlock(t *testing.T, v *vault.Vault, passphrase string) {
	t.Helper()
	if err := v.UsePassphrase(passphrase); err != nil {
		t.Fatal(err)
	}
}

func TestAPassphraseKeepsWhatWasOfThisSession(t *testing.T) {
	defer vault.SetScryptWorkFactor(10)()
	dir := t.TempDir()
	v := open(t, vault.Options{Dir: dir, Keyring: refusing{}})
	put(t, v, "a", canary)
	if s := v.State(); s.Mode != vault.ModeSession || s.Chosen || s.Locked || s.Why == "" {
		t.Errorf("before: %+v", s)
	}
	mustRefuse(t, v.UsePassphrase("short"), fault.Invalid)
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("%d files were written", len(entries))
	}
	unlock(t, v, "correct horse")
	if s := v.State(); s != (vault.State{Mode: vault.ModePassphrase, Chosen: true}) {
		t.Errorf("after: %+v", s)
	}
	put(t, v, "b", canary)
	mustNotLeak(t, dir)

	again := open(t, vault.Options{Dir: dir, Keyring: refusing{}})
	if s := again.State(); s.Mode != vault.ModePassphrase || !s.Chosen || !s.Locked || s.Why == "" {
		t.Errorf("at the next start: %+v", s)
	}
	_, err := again.Get("a")
	mustRefuse(t, err, fault.NotSignedIn)
	mustOffer(t, err, fault.UnlockKeys)
	err = again.UsePassphrase("wrong horse")
	mustRefuse(t, err, fault.NotSignedIn)
	mustOffer(t, err, fault.UnlockKeys)
	if !strings.Contains(fault.ReportOf(err).Message, "not the passphrase") {
		t.Errorf("the sentence is %q", fault.ReportOf(err).Message)
	}
	mustRefuse(t, again.UsePassphrase(""), fault.NotSignedIn)
	_, err = again.Get("a")
	mustRefuse(t, err, fault.NotSignedIn)

	// Somebody signs in before giving the passphrase: for this session, until it is given.
	put(t, again, "a", "newer")
	mustHold(t, again, "a", "newer")
	unlock(t, again, "correct horse")
	mustHold(t, again, "a", "newer")
	mustHold(t, again, "b", canary)
	third := open(t, vault.Options{Dir: dir})
	unlock(t, third, "correct horse")
	mustHold(t, third, "a", "newer")
}

func TestAChosenPassphraseTakesOverFromTheKeyring(t *testing.T) {
	defer vault.SetScryptWorkFactor(10)()
	dir, ring := t.TempDir(), newRing()
	v := open(t, vault.Options{Dir: dir, Keyring: ring})
	put(t, v, "a", canary)
	beside := open(t, vault.Options{Dir: dir, Keyring: ring}) // another process
	mustHold(t, beside, "a", canary)
	unlock(t, v, "correct horse")
	if ring.size() != 0 {
		t.Errorf("the keyring still holds %d keys", ring.size())
	}
	mustHold(t, v, "a", canary)
	_, err := beside.Get("a")
	mustRefuse(t, err, fault.NotSignedIn)
	if s := beside.State(); s.Mode != vault.ModePassphrase || !s.Locked {
		t.Errorf("the other process says %+v", s)
	}
	unlock(t, beside, "correct horse")
	mustHold(t, beside, "a", canary)

	// What a keyring that was out of reach holds stays readable once it is back.
	other := t.TempDir()
	put(t, open(t, vault.Options{Dir: other, Keyring: ring}), "b", canary)
	ring.setAway(true)
	late := open(t, vault.Options{Dir: other, Keyring: ring})
	unlock(t, late, "correct horse")
	_, err = late.Get("b")
	mustRefuse(t, err, fault.NotSignedIn)
	ring.setAway(false)
	if err := late.Retry(); err != nil {
		t.Fatal(err)
	}
	mustHold(t, late, "b", canary)
	if ring.size() != 0 {
		t.Errorf("it was not sealed under the passphrase: the keyring holds %d keys", ring.size())
	}
}

func TestTwoProcessesThatChooseAPassphraseAgreeOnTheFirst(t *testing.T) {
	defer vault.SetScryptWorkFactor(10)()
	dir := t.TempDir()
	vaults := []*vault.Vault{open(t, vault.Options{Dir: dir}), open(t, vault.Options{Dir: dir})}
	errs := make([]error, 2)
	var wait sync.WaitGroup
	for i, v := range vaults {
		wait.Go(func() { errs[i] = v.UsePassphrase([]string{"correct horse", "battery staple"}[i]) })
	}
	wait.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("%v and %v", errs[0], errs[1])
	}
	first := 0
	if errs[0] != nil {
		first = 1
	}
	mustRefuse(t, errs[1-first], fault.NotSignedIn)
	put(t, vaults[first], "a", canary)
	again := open(t, vault.Options{Dir: dir})
	unlock(t, again, []string{"correct horse", "battery staple"}[first])
	mustHold(t, again, "a", canary)
}

func TestSigningOutNeedsNoPassphrase(t *testing.T) {
	defer vault.SetScryptWorkFactor(10)()
	dir := t.TempDir()
	v := open(t, vault.Options{Dir: dir})
	unlock(t, v, "correct horse")
	put(t, v, "a", canary)
	if err := open(t, vault.Options{Dir: dir}).Delete("a"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "a.sealed")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file is still there: %v", err)
	}
}

func TestADamagedPassphraseFileSaysSo(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "key.age"), []byte("not what age writes"), 0o600); err != nil {
		t.Fatal(err)
	}
	mustRefuse(t, open(t, vault.Options{Dir: dir}).UsePassphrase("correct horse"), fault.Corrupt)
	mustRefuse(t, open(t, vault.Options{}).UsePassphrase("correct horse"), fault.Invalid)
}

// The person chose a passphrase, and the files are sealed under it: a keyring that comes back changes nothing.
func TestAKeyringThatComesBackChangesNothingForAPassphrase(t *testing.T) {
	defer vault.SetScryptWorkFactor(10)()
	keyring.MockInit()
	dir := t.TempDir()
	v := open(t, vault.Options{Dir: dir})
	unlock(t, v, "correct horse")
	put(t, v, "a", canary)
	both := open(t, vault.Options{Dir: dir, Keyring: vault.OSKeyring()})
	unlock(t, both, "correct horse")
	mustHold(t, both, "a", canary)
	if s := both.State(); s.Mode != vault.ModePassphrase || s.Locked {
		t.Errorf("%+v", s)
	}
}

func mustOffer(t *testing.T, err error, action fault.Action) {
	t.Helper()
	for _, a := range fault.ReportOf(err).Actions {
		if a == action {
			return
		}
	}
	t.Errorf("%v does not offer %s", err, action)
}
