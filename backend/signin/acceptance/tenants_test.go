//go:build linux

package acceptance_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"sightline/backend/signin"
)

// Two people, two tenants, two organizations: their windows are open at the same moment, and afterwards both read
// and renew beside each other. Signing one out leaves the other's file as it is.
func TestTwoPeopleOfTwoTenantsSignInAtTheSameTimeAndLiveSideBySide(t *testing.T) {
	each(t, pairs(chromium), func(t *testing.T, d *directory, b realBrowser) {
		var clock testClock
		d.together(2)
		people := map[string]who{"first": d.right, "second": d.far}
		dir := t.TempDir()
		store := openVault(t, dir)
		var wait sync.WaitGroup
		for id, p := range people {
			o := d.options(t, p, b)
			o.Clock = clock.now
			s := start(t, o)
			wait.Add(1)
			go func() {
				defer wait.Done()
				result, err := outcome(t, s)
				if err != nil {
					t.Errorf("%s: %v", p.address, err)
					return
				}
				d.is(t, p, result)
				if err := result.Keep(context.Background(), store, id); err != nil {
					t.Error(err)
				}
				s.Close() // at once, as a program does that ends
				nothingLeft(t, o.CacheDir, "")
			}()
		}
		wait.Wait()
		d.asked(t, 0, 2)
		if t.Failed() {
			return
		}

		credentials := map[string]signin.Credential{}
		for id := range people {
			credentials[id] = stored(t, d, store, id, &clock)
		}
		for round := 1; round <= 3; round++ {
			clock.forward(56 * time.Minute)
			for range 5 { // calls of both at the same time
				for id, p := range people {
					wait.Add(1)
					go func() {
						defer wait.Done()
						secret, err := token(credentials[id])
						if err != nil {
							t.Errorf("%s: %v", p.address, err)
						} else if address, err := d.whose(p.tenant, secret); address != p.address || err != nil {
							t.Errorf("a call as %s was one of %q (%v)", p.address, address, err)
						}
					}()
				}
			}
			wait.Wait()
			for _, p := range people {
				if n := d.refreshes(p.address); n != round {
					t.Errorf("%s was renewed %d times in %d rounds", p.address, n, round)
				}
			}
		}

		before := sealed(t, dir, "second")
		if before == "" {
			t.Fatal("nothing was stored, so it proves nothing")
		}
		if err := signin.Forget(context.Background(), store, "first"); err != nil {
			t.Fatal(err)
		}
		if sealed(t, dir, "first") != "" || sealed(t, dir, "second") != before {
			t.Error("signing one out did not forget that one alone")
		}
		if _, err := token(credentials["second"]); err != nil {
			t.Errorf("the other one is signed out too: %v", err)
		}
	})
}
