package vault_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"sightline/backend/fault"
	"sightline/backend/signin/vault"
)

func TestPassphraseModeOpensWithTheRightPassphraseOnly(t *testing.T) {
	defer vault.SetScryptWorkFactor(10)()
	dir := t.TempDir()
	var fresh []bool
	ask := func(isFresh bool) (string, error) { fresh = append(fresh, isFresh); return "correct horse", nil }
	v := open(t, vault.Options{Dir: dir, Keyring: refusing{}, Passphrase: ask})
	put(t, v, "a", canary)
	if mode := v.Mode(); mode != vault.ModePassphrase {
		t.Fatalf("mode is %s", mode)
	}
	mustNotLeak(t, dir)
	mustHold(t, open(t, vault.Options{Dir: dir, Passphrase: ask}), "a", canary)
	if len(fresh) != 2 || !fresh[0] || fresh[1] {
		t.Errorf("asked %v, want once fresh and once not", fresh)
	}

	tries := []string{"wrong horse", "correct horse"}
	slip := open(t, vault.Options{Dir: dir, Passphrase: func(bool) (string, error) {
		try := tries[0]
		tries = tries[1:]
		return try, nil
	}})
	_, err := slip.Get("a")
	mustRefuse(t, err, fault.Invalid)
	if !strings.Contains(fault.ReportOf(err).Message, "not the passphrase") {
		t.Errorf("the sentence is %q", fault.ReportOf(err).Message)
	}
	mustHold(t, slip, "a", canary)

	// The person chose a passphrase, and the files are sealed under it: a keyring that comes back changes nothing.
	keyring.MockInit()
	both := open(t, vault.Options{Dir: dir, Keyring: vault.OSKeyring(), Passphrase: ask})
	mustHold(t, both, "a", canary)
}

func TestPassphraseDeclinedOrTooShort(t *testing.T) {
	defer vault.SetScryptWorkFactor(10)()
	dir := t.TempDir()
	_, err := open(t, vault.Options{Dir: dir, Passphrase: answer("short")}).Get("a")
	mustRefuse(t, err, fault.Invalid)
	declined := open(t, vault.Options{Dir: dir, Passphrase: answer("")})
	put(t, declined, "a", canary)
	if declined.Mode() != vault.ModeSession {
		t.Errorf("mode is %s", declined.Mode())
	}
	failed := errors.New("the window was closed")
	_, err = open(t, vault.Options{Dir: dir, Passphrase: func(bool) (string, error) { return "", failed }}).Get("a")
	if !errors.Is(err, failed) {
		t.Errorf("got %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("%d files were written", len(entries))
	}
}

func TestSigningOutAsksForNoPassphrase(t *testing.T) {
	defer vault.SetScryptWorkFactor(10)()
	dir := t.TempDir()
	put(t, open(t, vault.Options{Dir: dir, Passphrase: answer("correct horse")}), "a", canary)
	v := open(t, vault.Options{Dir: dir, Passphrase: func(bool) (string, error) {
		t.Error("the passphrase was asked for")
		return "", nil
	}})
	if err := v.Delete("a"); err != nil {
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
	_, err := open(t, vault.Options{Dir: dir, Passphrase: answer("correct horse")}).Get("a")
	mustRefuse(t, err, fault.Corrupt)
}

func answer(passphrase string) func(bool) (string, error) {
	return func(bool) (string, error) { return passphrase, nil }
}
