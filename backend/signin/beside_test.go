package signin_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

// Whatever happens to one sign-in, the file of another stays as it is, byte for byte.
func TestOneSignInNeverTouchesTheFileOfAnother(t *testing.T) {
	var clock testClock
	d, dir := signedInOn(t, identity.Options{}, &clock) // Mira, as "lumen"
	store, err := sharedVault(dir)
	if err != nil {
		t.Fatal(err)
	}
	as := func(who, id string) {
		t.Helper()
		o := d.options(t)
		o.Clock = clock.now
		s := start(t, o)
		newPerson(t, who).open(s.State().URL)
		if err := mustSignIn(t, s).Keep(context.Background(), store, id); err != nil {
			t.Fatal(err)
		}
	}
	as(elias, "beside")
	file := filepath.Join(dir, "sign-ins", "beside.sealed")
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"renew", func() { clock.forward(time.Hour); mustAuthorize(t, source(t, store, clock.now)) }},
		{"sign in again", func() { as(mira, "lumen") }},
		{"switch", func() { as(priya, "lumen") }},
		{"sign out", func() {
			if err := signin.Forget(context.Background(), store, "lumen"); err != nil {
				t.Fatal(err)
			}
		}},
		{"sign in", func() { as(mira, "lumen") }},
	} {
		step.do()
		if after, err := os.ReadFile(file); err != nil || string(after) != string(before) {
			t.Errorf("after %s the other file is another one (%v)", step.name, err)
		}
	}
	c, err := signin.OpenCredential(store, "beside", signin.SourceOptions{Clock: clock.now})
	if err != nil {
		t.Fatal(err)
	}
	if who, err := d.Verify(mustAuthorize(t, c)); err != nil || who.UPN != elias {
		t.Errorf("the other sign-in is %q's now (%v)", who.UPN, err)
	}
}
