//go:build linux

package acceptance_test

import (
	"os"
	"testing"

	"sightline/backend/fault"
	"sightline/backend/signin"
)

// One after the other in one run of the program, and the last one twice, while the windows of those before may still
// show their last page: nobody is remembered.
func TestEverySignInOfARunIsAskedFor(t *testing.T) {
	each(t, pairs(firefox), func(t *testing.T, d *directory, b realBrowser) {
		cache := t.TempDir()
		var sessions []*signin.Session
		for _, p := range []who{d.right, d.wrong, d.wrong} {
			before := len(d.events())
			o := d.options(t, p, b)
			o.CacheDir = cache
			s := start(t, o)
			d.is(t, p, mustSignIn(t, s))
			verified(t, s, b, signin.RungIsolated)
			d.asked(t, before, 1)
			sessions = append(sessions, s)
		}
		for _, s := range sessions {
			s.Close()
		}
		nothingLeft(t, cache, "")
	})
}

// Somebody else signs in than was expected: that is said, nothing is written before somebody accepts it, and the
// next try knows nobody.
func TestTheWrongPersonIsShownAndNothingIsKept(t *testing.T) {
	for _, b := range realBrowsers {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			d := sampleDirectory(t)
			dir := t.TempDir()
			store := openVault(t, dir)

			d.person("", d.wrong.address)
			o := d.options(t, d.right, b)
			s := start(t, o)
			result := mustSignIn(t, s)
			s.Close()
			if result.Matches || result.Account.Address != d.wrong.address {
				t.Errorf("signed in as %s, matches %v", result.Account, result.Matches)
			}
			mustBe(t, result.CheckExpected("lumen"), fault.WrongPerson)

			renewed := o // of a connection that belongs to somebody
			renewed.ExpectAccount = &signin.AccountKey{TenantID: d.right.tenant, ObjectID: d.right.object}
			again := start(t, renewed)
			_, err := outcome(t, again)
			again.Close()
			mustBe(t, err, fault.WrongPerson)
			if entries, _ := os.ReadDir(dir); len(entries) != 0 {
				t.Errorf("%d entries were written before anybody accepted", len(entries))
			}
			if _, err := signin.OpenCredential(store, "lumen", signin.SourceOptions{}); err == nil {
				t.Error("there is a sign-in that nobody accepted")
			}

			// Sign in as someone else: the person is not named, so the directory shows whom it knows. It knows nobody.
			before := len(d.events())
			d.person(d.right.address, "")
			other := o
			other.Expect = ""
			next := start(t, other)
			d.is(t, d.right, mustSignIn(t, next))
			d.asked(t, before, 1)
		})
	}
}

func mustBe(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}
