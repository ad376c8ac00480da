package identity_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"sightline/backend/sampleorg/identity"
)

func TestLogoutEndsTheOnlySession(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	token := b.signIn(mira, identity.LumenTenantID)
	p := b.get(w.url("common", "/oauth2/v2.0/logout")).shows("You are signed out")
	if !strings.Contains(p.text(), mira) {
		t.Error("the page does not say who")
	}
	if !strings.Contains(p.header.Get("Set-Cookie"), "SAMPLEAUTHPERSISTENT=; Path=/identity/; Max-Age=0") {
		t.Errorf("the cookie stays: %v", p.header["Set-Cookie"])
	}
	b.get(w.program(identity.LumenTenantID).address()).shows("Sign in")
	// What programs hold is theirs, as at Entra.
	if a := w.refresh(identity.LumenTenantID, token.RefreshToken); a.AccessToken == "" {
		t.Errorf("the refresh token ended: %s", a.Description)
	}
}

func TestLogoutOfOneOfSeveral(t *testing.T) {
	w := newWorld(t)
	two := func() *browser {
		b := w.browser()
		b.signIn(mira, identity.LumenTenantID)
		b.signIn(elias, identity.LumenTenantID)
		return b
	}
	t.Run("by hint", func(t *testing.T) {
		b := two()
		b.get(w.url("common", "/oauth2/v2.0/logout?logout_hint="+url.QueryEscape(mira))).shows("You are signed out")
		g := w.program(identity.LumenTenantID)
		token := g.redeem(b.get(g.address()))
		if who, err := w.p.Verify(token.AccessToken); err != nil || who.UPN != elias {
			t.Errorf("left is %q (%v)", who.UPN, err)
		}
	})
	t.Run("from the list", func(t *testing.T) {
		b := two()
		p := b.get(w.url("common", "/oauth2/v2.0/logout")).shows("Sign out")
		b.press(p, "/logout", "account", elias).shows("You are signed out")
		g := w.program(identity.LumenTenantID)
		g.code(b.get(g.address()))
	})
	t.Run("all of them", func(t *testing.T) {
		b := two()
		p := b.get(w.url("common", "/oauth2/v2.0/logout"))
		b.press(p, "/logout", "all", "yes").shows("You are signed out")
		b.get(w.program(identity.LumenTenantID).address()).shows("Sign in")
	})
	t.Run("a hint for somebody else ends nothing", func(t *testing.T) {
		b := two()
		b.get(w.url("common", "/oauth2/v2.0/logout?logout_hint="+url.QueryEscape(sofia))).shows("You are signed out")
		b.get(w.program(identity.LumenTenantID).address()).shows("Pick an account")
	})
	t.Run("not from another page", func(t *testing.T) {
		b := two()
		p := b.get(w.url("common", "/oauth2/v2.0/logout"))
		b.press(p, "/logout", "csrf", "x", "all", "yes").shows("This page can’t be used any more")
		b.get(w.program(identity.LumenTenantID).address()).shows("Pick an account")
	})
}

func TestLogoutGoesBackToRegisteredAddressesOnly(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn(mira, identity.LumenTenantID)
	p := b.get(w.url("common", "/oauth2/v2.0/logout?state=s%261&post_logout_redirect_uri="+url.QueryEscape(back)))
	if p.target != back || p.callback.Get("state") != "s&1" {
		t.Errorf("goes to %s with %v", p.target, p.callback)
	}
	b.signIn(mira, identity.LumenTenantID)
	b.get(w.url("common", "/oauth2/v2.0/logout?post_logout_redirect_uri="+url.QueryEscape("https://evil.example/"))).shows("You are signed out")
	if kinds := w.kinds(0); !slices.Contains(kinds, "signed_out/1") {
		t.Errorf("events %v", kinds)
	}
}
