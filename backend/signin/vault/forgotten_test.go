package vault_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sightline/backend/fault"
	"sightline/backend/signin/vault"
)

// Signing out in one window counts for another one that holds the sign-in in its memory only.
func TestWhatAnotherProcessForgotDoesNotComeBackFromMemory(t *testing.T) {
	defer vault.SetScryptWorkFactor(10)()
	for name, settle := range map[string]func(t *testing.T, v *vault.Vault, desktop *ring){
		"when the keyring is there again": func(t *testing.T, v *vault.Vault, desktop *ring) {
			desktop.setAway(false)
			if err := v.Retry(); err != nil {
				t.Fatal(err)
			}
		},
		"when a passphrase is chosen": func(t *testing.T, v *vault.Vault, _ *ring) { unlock(t, v, "correct horse") },
		"when nothing changed":        func(*testing.T, *vault.Vault, *ring) {},
		"when a lock is freed": func(t *testing.T, v *vault.Vault, desktop *ring) {
			free, err := v.Lock(context.Background(), "a")
			if err != nil {
				t.Fatal(err)
			}
			desktop.setAway(false)
			free()
		},
	} {
		t.Run(name, func(t *testing.T) {
			desktop, dir := newRing(), filepath.Join(t.TempDir(), "signins")
			desktop.setAway(true)
			o := vault.Options{Dir: dir, Keyring: desktop}
			here, there := open(t, o), open(t, o)
			put(t, here, "a", canary)
			put(t, here, "b", canary)
			mustHold(t, here, "a", canary)
			if err := there.Delete("a"); err != nil {
				t.Fatal(err)
			}
			settle(t, here, desktop)
			_, err := here.Get("a")
			mustRefuse(t, err, fault.NotFound)
			if _, err := os.Stat(filepath.Join(dir, "a.sealed")); err == nil {
				t.Error("what was forgotten is on disk")
			}
			mustHold(t, here, "b", canary)

			put(t, here, "a", "signed in again")
			mustHold(t, here, "a", "signed in again")
		})
	}
}

// forgetsWhile has another process forget a sign-in just when its key is stored.
type forgetsWhile struct {
	*ring
	meanwhile func()
}

func (k *forgetsWhile) Set(service, user, secret string) error {
	if filepath.Base(filepath.Dir(user)) == "a" && k.meanwhile != nil {
		k.meanwhile()
	}
	return k.ring.Set(service, user, secret)
}

func TestWhatIsForgottenWhileItMovesOutOfMemoryIsForgotten(t *testing.T) {
	desktop, dir := &forgetsWhile{ring: newRing()}, t.TempDir()
	desktop.setAway(true)
	here, there := open(t, vault.Options{Dir: dir, Keyring: desktop}), open(t, vault.Options{Dir: dir})
	put(t, here, "a", canary)
	forgotten := 0
	desktop.meanwhile = func() {
		forgotten++
		if err := there.Delete("a"); err != nil {
			t.Error(err)
		}
	}
	desktop.setAway(false)
	if err := here.Retry(); err != nil {
		t.Fatal(err)
	}
	_, err := here.Get("a")
	mustRefuse(t, err, fault.NotFound)
	if _, err := os.Stat(filepath.Join(dir, "a.sealed")); err == nil {
		t.Error("what was forgotten is on disk")
	}
	if desktop.size() != 0 || forgotten != 1 {
		t.Errorf("%d keys are left, it was forgotten %d times", desktop.size(), forgotten)
	}
}

func TestForgettingSaysWhenItCouldNotTellOthersAndForgetsAllTheSame(t *testing.T) {
	desktop, dir := newRing(), t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a.forgotten", "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	v := open(t, vault.Options{Dir: dir, Keyring: desktop})
	put(t, v, "a", canary)
	err := v.Delete("a")
	mustRefuse(t, err, fault.Internal)
	if report := fault.ReportOf(err); !strings.Contains(report.Message, "could not be told") {
		t.Errorf("it says %q", report.Message)
	}
	_, err = v.Get("a")
	mustRefuse(t, err, fault.NotFound)
	if desktop.size() != 0 {
		t.Errorf("%d keys are left", desktop.size())
	}
}
