package vault_test

import (
	"testing"

	"sightline/backend/signin/vault"
)

// What was kept while the keyring of the desktop was away moves there at the first use of the next start, and that
// very use must find it.
func TestTheFirstGetFindsWhatMovesToTheKeyringThatCameBack(t *testing.T) {
	for range 20 {
		desktop, kernel, dir := newRing(), newRing(), t.TempDir()
		desktop.setAway(true)
		o := vault.Options{Dir: dir, Keyring: desktop, Fallback: vault.UntilRestart(kernel)}
		put(t, open(t, o), "a", canary)
		desktop.setAway(false)
		mustHold(t, open(t, o), "a", canary)
		if desktop.size() != 1 || kernel.size() != 0 {
			t.Errorf("the keyrings hold %d and %d keys", desktop.size(), kernel.size())
		}
	}
}

func TestTheFirstPutLeavesNoKeyBehindOfWhatMovesToTheKeyringThatCameBack(t *testing.T) {
	desktop, kernel, dir := newRing(), newRing(), t.TempDir()
	desktop.setAway(true)
	o := vault.Options{Dir: dir, Keyring: desktop, Fallback: vault.UntilRestart(kernel)}
	put(t, open(t, o), "a", canary)
	desktop.setAway(false)
	put(t, open(t, o), "a", "renewed")
	if desktop.size() != 1 || kernel.size() != 0 {
		t.Errorf("the keyrings hold %d and %d keys", desktop.size(), kernel.size())
	}
	mustHold(t, open(t, o), "a", "renewed")
}
