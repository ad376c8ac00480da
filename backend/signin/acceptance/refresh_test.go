//go:build linux

package acceptance_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"sightline/backend/fault"
)

// Refresh tokens that another provider gives are good once. Fifty at a time ask for a token; the provider is asked
// once, and the new refresh token is on the disk before anything uses it. One that was used already ends the sign-in,
// for good and without a browser.
func TestAnotherProvidersTokensAreRenewedOnceAndEndWhenItSaysSo(t *testing.T) {
	var clock testClock
	d := secondDirectory(t)
	s := start(t, d.linked(t, d.right, &clock))
	answer := visitor(t, d, s, d.right)
	visit(t, answer.String(), "")
	result := mustSignIn(t, s)
	d.is(t, d.right, result)
	dir := t.TempDir()
	mustKeep(t, result, openVault(t, dir), "lumen")

	c := stored(t, d, openVault(t, dir), "lumen", &clock)
	spent := sealed(t, dir, "lumen")
	for round := 1; round <= 3; round++ {
		clock.forward(56 * time.Minute)
		tokens := make([]string, 50)
		var wait sync.WaitGroup
		for i := range tokens {
			wait.Add(1)
			go func() {
				defer wait.Done()
				var err error
				if tokens[i], err = token(c); err != nil {
					t.Error(err)
				}
			}()
		}
		wait.Wait()
		for _, each := range tokens {
			if each != tokens[0] {
				t.Fatal("two different tokens are in use")
			}
		}
		if n := d.refreshes(d.right.address); n != round {
			t.Errorf("the provider was asked %d times in %d rounds", n, round)
		}
		if address, err := d.whose(d.right.tenant, tokens[0]); address != d.right.address || err != nil {
			t.Errorf("the token is of %q (%v)", address, err)
		}
		// Another program reads what was written, and asks nobody.
		if other, err := token(stored(t, d, openVault(t, dir), "lumen", &clock)); err != nil || other != tokens[0] {
			t.Errorf("another program uses another token (%v)", err)
		}
	}

	// The file of long ago comes back, as from a backup: its refresh token is spent.
	if err := os.WriteFile(filepath.Join(dir, "lumen.sealed"), []byte(spent), 0o600); err != nil {
		t.Fatal(err)
	}
	before := len(d.events())
	old := stored(t, d, openVault(t, dir), "lumen", &clock)
	for range 3 {
		_, err := token(old)
		mustBe(t, err, fault.NotSignedIn)
	}
	if more := d.events()[before:]; len(more) != 1 || more[0].Kind != "refused" {
		t.Errorf("three calls with an ended sign-in asked the provider so: %v", more)
	}
}
