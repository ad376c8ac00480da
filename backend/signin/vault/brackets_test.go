package vault_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"sightline/backend/signin/vault"
)

// A data folder may be called anything, also what a pattern of file names would read as something else.
func TestSignInsAreFoundInAFolderWhoseNameLooksLikeAPattern(t *testing.T) {
	for _, name := range []string{"Sightline [old]", "Sightline [", "what?", "a*"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), name, "signins")
			if err := os.MkdirAll(dir, 0o700); err != nil {
				t.Skipf("this system has no such name: %v", err)
			}
			old := filepath.Join(dir, ".new-1")
			if err := os.WriteFile(old, []byte("half"), 0o600); err != nil {
				t.Fatal(err)
			}
			past := time.Now().Add(-2 * time.Hour)
			if err := os.Chtimes(old, past, past); err != nil {
				t.Fatal(err)
			}
			ring := newRing()
			v := open(t, vault.Options{Dir: dir, Keyring: ring})
			put(t, v, "a", canary)
			put(t, v, "b", canary)
			if got := v.StoredBefore(time.Now().Add(time.Hour)); !slices.Equal(got, []string{"a", "b"}) {
				t.Errorf("stored are %q", got)
			}
			if _, err := os.Stat(old); err == nil {
				t.Error("the old half file is still there")
			}
			mustBe(t, open(t, vault.Options{Dir: dir}), vault.State{Mode: vault.ModeSession, Locked: true, Why: "no keyring"})
		})
	}
}
