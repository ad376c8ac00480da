//go:build linux

package acceptance_test

import (
	"testing"
	"time"

	"sightline/backend/signin"
)

// The old fault, and that it is not ours: a browser that knows somebody signs that person in without a word.
func TestBesideADailyBrowserThatKnowsSomebodyElseTheRightPersonIsAsked(t *testing.T) {
	each(t, pairs(chromium, firefox), func(t *testing.T, d *directory, b realBrowser) {
		d.person(d.wrong.address, "")
		own := newDaily(t, d, b)
		own.open()
		// Control: if a careless program stops getting the wrong person silently, the rest proves nothing.
		if silently := own.signIn(); silently != "" {
			t.Fatalf("a new browser was signed in silently as %s", silently)
		}
		if silently := own.signIn(); silently != d.wrong.address {
			t.Fatalf("the control let %q in silently, want %s: the test itself is broken", silently, d.wrong.address)
		}
		for end := time.Now().Add(10 * time.Second); b.atOnce && len(own.kept()) == 0 && time.Now().Before(end); {
			time.Sleep(100 * time.Millisecond)
		}
		own.close()
		cookies := own.kept()
		if len(cookies) == 0 {
			t.Fatal("the daily browser keeps no cookie of the directory, so it proves nothing")
		}
		own.open() // it stands beside the sign-in, idle

		before := len(d.events())
		s := start(t, d.options(t, d.right, b))
		result := mustSignIn(t, s)
		verified(t, s, b, signin.RungIsolated)
		d.is(t, d.right, result)
		d.asked(t, before, 1)
		s.Close()

		own.close()
		mustEqual(t, "the cookies of the daily browser", own.kept(), cookies)
		own.open()
		if silently := own.signIn(); silently != d.wrong.address {
			t.Errorf("the daily browser now knows %q", silently)
		}
	})
}

// The person's normal browser, for an organization that wants its own devices: nothing is isolated, and that is not
// claimed. The directory asks all the same, and who signed in is looked at.
func TestTheNormalBrowserThatKnowsSomebodyElseIsAskedToo(t *testing.T) {
	t.Parallel()
	d := sampleDirectory(t)
	d.person(d.wrong.address, "")
	own := newDaily(t, d, chromium)
	own.open()
	own.signIn()
	if silently := own.signIn(); silently != d.wrong.address {
		t.Fatalf("the control let %q in silently, want %s: the test itself is broken", silently, d.wrong.address)
	}
	for _, typed := range []who{d.right, d.wrong} { // the second time the person takes the account they always take
		before := len(d.events())
		d.person("", typed.address)
		o := d.options(t, d.right, chromium)
		o.Rung = signin.RungSystem
		o.OpenURL = own.handOver
		s := start(t, o)
		result := mustSignIn(t, s)
		if result.Account.Address != typed.address || result.Matches != (typed == d.right) {
			t.Errorf("signed in as %s, matches %v", result.Account, result.Matches)
		}
		if state := s.State(); state.Rung != signin.RungSystem || state.IsolationVerified {
			t.Errorf("the state is %s, verified %v", state.Rung, state.IsolationVerified)
		}
		asked := false
		for _, e := range d.events()[before:] {
			asked = asked || e.Kind == "asked"
			if e.Kind == "silent" || e.Kind == "picked" {
				t.Errorf("%s was let in without a password (%s)", e.Person, e.Kind)
			}
		}
		if !asked {
			t.Error("nobody was asked")
		}
		s.Close()
	}
}
