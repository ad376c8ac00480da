package identity_test

import (
	"slices"
	"strings"
	"testing"

	"sightline/backend/sampleorg/identity"
)

func TestTheConsentPageListsWhatIsAskedFor(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	p := b.typePassword(b.get(w.program(identity.LumenTenantID).address()), mira).shows("Authorize Sightline")
	for _, line := range []string{"Work items (read)", "Code (read)", "Build (read)", "Test management (read)",
		"Project and team (read)", "View your basic profile", "Keep access to what you have allowed",
		"Mira Okafor", mira, "Sign out", "Accept", "Cancel", "can change nothing", w.p.ClientID(), back} {
		if !strings.Contains(p.text(), line) {
			t.Errorf("the page does not say %q", line)
		}
	}
	for _, line := range []string{"Release (read)", "Full access"} {
		if strings.Contains(p.text(), line) {
			t.Errorf("the page says %q, which was not asked for", line)
		}
	}
}

func TestFullAccessIsNotCalledReading(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	g := w.program(identity.LumenTenantID, identity.Resource+"/user_impersonation")
	p := b.typePassword(b.get(g.address()), mira).shows("Authorize Sightline")
	if text := p.text(); strings.Contains(text, "can change nothing") || !strings.Contains(text, "Full access") {
		t.Errorf("the page says: %s", text)
	}
}

func TestConsentIsAskedOnceForEachPersonAndScope(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	some := []string{"openid", identity.Resource + "/vso.work"}
	first := w.program(identity.LumenTenantID, some...)
	p := b.typePassword(b.get(first.address()), mira)
	first.redeem(b.press(p.shows("Authorize Sightline"), "/signin/consent", "do", "accept"))

	again := w.program(identity.LumenTenantID, some...)
	again.code(b.get(again.address()))
	b.get(w.program(identity.LumenTenantID, some...).address("prompt", "consent")).shows("Authorize Sightline")
	b.get(w.program(identity.LumenTenantID, append(some, identity.Resource+"/vso.code")...).address()).shows("Authorize Sightline")
	// Somebody else allows for themselves.
	other := w.browser()
	other.typePassword(other.get(w.program(identity.LumenTenantID, some...).address()), elias).shows("Authorize Sightline")

	w.p.ForgetConsent(w.p.People()[0])
	b.get(w.program(identity.LumenTenantID, some...).address()).shows("Authorize Sightline")
}

func TestCancelTellsTheProgram(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	g := w.program(identity.LumenTenantID)
	p := b.typePassword(b.get(g.address()), mira)
	p = b.press(p, "/signin/consent", "do", "cancel")
	if p.callback.Get("error") != "access_denied" || p.callback.Get("state") != g.state ||
		!strings.HasPrefix(p.callback.Get("error_description"), "AADSTS65004: User declined to consent") || p.callback.Has("code") {
		t.Errorf("the program hears %v", p.callback)
	}
	if kinds := w.kinds(0); !slices.Contains(kinds, "declined/none") && !slices.Contains(kinds, "declined/1") {
		t.Errorf("events %v", kinds)
	}
	b.get(w.program(identity.LumenTenantID).address()).shows("Authorize Sightline") // nothing was remembered
}

func TestAConsentPageCannotBeUsedTwice(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	g := w.program(identity.LumenTenantID)
	p := b.typePassword(b.get(g.address()), mira)
	g.code(b.press(p, "/signin/consent", "do", "accept"))
	b.press(p, "/signin/consent", "do", "accept").shows("This page can’t be used any more")
}

func TestConsentCannotBeGivenBeforeSigningIn(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	p := b.get(w.program(identity.LumenTenantID).address()).shows("Sign in")
	_, hidden := p.form("/signin/password")
	hidden.Set("do", "accept")
	b.post(w.url(identity.LumenTenantID, "/signin/consent"), hidden).shows("This page can’t be used any more")
	hidden.Set("do", "return")
	b.post(w.url(identity.LumenTenantID, "/signin/return"), hidden).shows("This page can’t be used any more")
}

// The situation of the article of 2015: the consent page appears as the wrong person; Sign out on it,
// close the page, sign in again, and be asked.
func TestSignOutOnTheConsentPageEndsTheWrongSession(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.typePassword(b.get(w.program(identity.LumenTenantID).address()), sofia)
	p := b.get(w.program(identity.LumenTenantID).address()).shows("Authorize Sightline")
	if !strings.Contains(p.text(), sofia) {
		t.Fatal("the page does not say who is signed in")
	}
	var link string
	for n := range p.root.Descendants() {
		if n.Data == "a" && n.FirstChild.Data == "Sign out" {
			link = attr(n, "href")
		}
	}
	out := b.get(w.srv.URL + link).shows("You are signed out")
	for _, sentence := range []string{sofia + " is signed out", "Close this page, go back to Sightline, and choose Sign in again", "You will then be asked"} {
		if !strings.Contains(out.text(), sentence) {
			t.Errorf("the page does not say %q", sentence)
		}
	}
	// Going back to the page and accepting after all is too late.
	b.press(p, "/signin/consent", "do", "accept").shows("This page can’t be used any more")
	g := w.program(identity.LumenTenantID)
	p = b.typePassword(b.get(g.address()).shows("Sign in"), mira)
	token := g.redeem(b.press(p, "/signin/consent", "do", "accept"))
	if who, err := w.p.Verify(token.AccessToken); err != nil || who.UPN != mira {
		t.Errorf("signed in as %q (%v)", who.UPN, err)
	}
}
