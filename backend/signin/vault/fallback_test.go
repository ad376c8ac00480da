package vault_test

import (
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"sightline/backend/fault"
	"sightline/backend/signin/vault"
)

// ring is a keyring that can be out of reach, as that of the desktop is from a remote shell.
type ring struct {
	mu    sync.Mutex
	items map[string]string
	away  bool
}

func newRing() *ring { return &ring{items: map[string]string{}} }

func (r *ring) setAway(away bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.away = away
}

func (r *ring) size() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.items)
}

func (r *ring) Set(service, user, secret string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.away {
		return errNoService
	}
	r.items[service+"/"+user] = secret
	return nil
}

func (r *ring) Get(service, user string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.away {
		return "", errNoService
	}
	secret, here := r.items[service+"/"+user]
	if !here {
		return "", keyring.ErrNotFound
	}
	return secret, nil
}

func (r *ring) Delete(service, user string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.away {
		return errNoService
	}
	delete(r.items, service+"/"+user)
	return nil
}

func TestTheFirstKeyringThatAnswersKeepsTheKey(t *testing.T) {
	first, second := newRing(), newRing()
	both := vault.Options{Dir: t.TempDir(), Keyring: first, Fallback: second}
	put(t, open(t, both), "a", "one")
	if first.size() != 1 || second.size() != 0 {
		t.Errorf("the keyrings hold %d and %d", first.size(), second.size())
	}
	mustHold(t, open(t, both), "a", "one")

	// From a remote shell the desktop's keyring is away: what it keeps is locked, not lost.
	first.setAway(true)
	remote := open(t, both)
	_, err := remote.Get("a")
	mustRefuse(t, err, fault.NotSignedIn)
	put(t, remote, "b", "two")
	mustHold(t, open(t, both), "b", "two")

	// Signing in there replaces the sign-in; the old key that comes back with the desktop must not be tried on it.
	put(t, remote, "a", "three")
	mustHold(t, remote, "a", "three")
	first.setAway(false)
	desktop := open(t, both)
	mustHold(t, desktop, "a", "three")
	mustHold(t, desktop, "b", "two")
	put(t, desktop, "a", "four")
	mustHold(t, open(t, both), "a", "four")
}

func TestASilentKeyringDoesNotKeepTheNextFromAnswering(t *testing.T) {
	silent := hangs{until: make(chan struct{})}
	defer close(silent.until)
	second := newRing()
	o := vault.Options{Dir: t.TempDir(), Keyring: silent, Fallback: second, KeyringTimeout: 600 * time.Millisecond}
	started := time.Now()
	v := open(t, o)
	put(t, v, "a", canary)
	mustHold(t, v, "a", canary)
	if mode := v.State().Mode; mode != vault.ModeKeyring {
		t.Errorf("the mode is %s", mode)
	}
	if took := time.Since(started); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	mustHold(t, open(t, o), "a", canary)
	if err := v.Delete("a"); err != nil {
		t.Fatal(err)
	}
	if second.size() != 0 {
		t.Errorf("%d keys are left", second.size())
	}
}
