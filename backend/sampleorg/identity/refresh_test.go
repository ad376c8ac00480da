package identity_test

import (
	"context"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"sightline/backend/sampleorg/identity"
)

// refresh redeems a refresh token; fields add to or replace the usual ones.
func (w *world) refresh(tenant, token string, fields ...string) answer {
	w.Helper()
	return w.ask(tenant, "token", append([]string{"grant_type", "refresh_token", "refresh_token", token}, fields...)...)
}

func TestRefreshRotatesAndTheOldTokenStaysGood(t *testing.T) {
	w := newWorld(t)
	first := w.browser().signIn(mira, identity.LumenTenantID)
	second := w.refresh(identity.LumenTenantID, first.RefreshToken)
	if second.AccessToken == "" || second.RefreshToken == "" || second.RefreshToken == first.RefreshToken {
		t.Fatalf("new access token %v, new refresh token %v", second.AccessToken != "", second.RefreshToken != first.RefreshToken)
	}
	if again := w.refresh(identity.LumenTenantID, first.RefreshToken); again.AccessToken == "" {
		t.Errorf("the old one is refused: %s", again.Description)
	}
	third := w.refresh(identity.LumenTenantID, second.RefreshToken)
	if who, err := w.p.Verify(third.AccessToken); err != nil || who.UPN != mira {
		t.Errorf("the third access token is %q's (%v)", who.UPN, err)
	}
	if third.Scope != prefixed("vso.work", "vso.code", "vso.build", "vso.test", "vso.project") {
		t.Errorf("granted %q", third.Scope)
	}
}

func TestAClientLibraryRefreshesAnExpiredToken(t *testing.T) {
	w := newWorld(t)
	token := w.browser().signIn(mira, identity.LumenTenantID)
	w.clock.Add(2 * time.Hour)
	if _, err := w.p.Verify(token.AccessToken); err == nil {
		t.Fatal("the access token is still good after two hours")
	}
	token.Expiry = time.Now().Add(-time.Minute)
	fresh, err := w.config(identity.LumenTenantID).TokenSource(context.Background(), token).Token()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.p.Verify(fresh.AccessToken); err != nil {
		t.Errorf("the fresh access token: %v", err)
	}
}

func TestStrictModeTakesARefreshTokenOnce(t *testing.T) {
	w := newWorld(t, func(o *identity.Options) { o.Strict = true })
	first := w.browser().signIn(mira, identity.LumenTenantID)
	other := w.browser().signIn(mira, identity.LumenTenantID)
	second := w.refresh(identity.LumenTenantID, first.RefreshToken)
	if second.RefreshToken == "" {
		t.Fatalf("the first refresh failed: %s", second.Description)
	}
	w.refresh(identity.LumenTenantID, first.RefreshToken).refused(w, "invalid_grant", 70000)
	// Somebody has a copy, so the whole sign-in ends; another sign-in of the same person goes on.
	w.refresh(identity.LumenTenantID, second.RefreshToken).refused(w, "invalid_grant", 70000)
	if a := w.refresh(identity.LumenTenantID, other.RefreshToken); a.AccessToken == "" {
		t.Errorf("the other sign-in ended too: %s", a.Description)
	}
}

func TestStrictModeEndsTheTokensOfACodeUsedTwice(t *testing.T) {
	w := newWorld(t, func(o *identity.Options) { o.Strict = true })
	b := w.browser()
	b.signIn(mira, identity.LumenTenantID)
	g := w.program(identity.LumenTenantID)
	p := b.get(g.address())
	token := g.redeem(p)
	if _, err := g.config.Exchange(context.Background(), g.code(p), oauth2.VerifierOption(g.verifier)); err == nil {
		t.Fatal("the code was good twice")
	}
	w.refresh(identity.LumenTenantID, token.RefreshToken).refused(w, "invalid_grant", 70000)
}

func TestARefreshTokenDiesAfterNinetyIdleDays(t *testing.T) {
	w := newWorld(t)
	token := w.browser().signIn(mira, identity.LumenTenantID)
	w.clock.Add(89 * 24 * time.Hour)
	next := w.refresh(identity.LumenTenantID, token.RefreshToken)
	if next.RefreshToken == "" {
		t.Fatalf("after 89 days: %s", next.Description)
	}
	w.clock.Add(2 * 24 * time.Hour)
	a := w.refresh(identity.LumenTenantID, token.RefreshToken)
	a.refused(w, "invalid_grant", 700082)
	if a.Suberror != "bad_token" {
		t.Errorf("suberror %q", a.Suberror)
	}
	if a := w.refresh(identity.LumenTenantID, next.RefreshToken); a.AccessToken == "" {
		t.Errorf("the one that replaced it: %s", a.Description)
	}
}

func TestRevokingAPersonEndsTokensAndSessions(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	token := b.signIn(mira, identity.LumenTenantID)
	bystander := w.browser().signIn(elias, identity.LumenTenantID)
	who, err := w.p.Verify(token.AccessToken)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.p.Revoke(who); err != nil {
		t.Fatal(err)
	}
	if _, err := w.p.Verify(token.AccessToken); err != identity.ErrRevoked {
		t.Errorf("the access token: %v", err)
	}
	w.refresh(identity.LumenTenantID, token.RefreshToken).refused(w, "invalid_grant", 50173)
	b.get(w.program(identity.LumenTenantID).address()).shows("Sign in")
	if a := w.refresh(identity.LumenTenantID, bystander.RefreshToken); a.AccessToken == "" {
		t.Errorf("somebody else was ended too: %s", a.Description)
	}
	// Signing in again begins anew.
	if _, err := w.p.Verify(b.signIn(mira, identity.LumenTenantID).AccessToken); err != nil {
		t.Errorf("after signing in again: %v", err)
	}
}

func TestARefreshTokenReachesOtherTenantsOfThePerson(t *testing.T) {
	w := newWorld(t)
	guest := w.browser().signIn(priya, identity.LumenTenantID)
	// At home nothing was allowed yet.
	a := w.refresh(identity.QuaysideTenantID, guest.RefreshToken)
	a.refused(w, "invalid_grant", 65001)
	if a.Suberror != "consent_required" {
		t.Errorf("suberror %q", a.Suberror)
	}
	w.browser().signIn(priya, identity.QuaysideTenantID)
	a = w.refresh(identity.QuaysideTenantID, guest.RefreshToken)
	if who, err := w.p.Verify(a.AccessToken); err != nil || who.TenantID != identity.QuaysideTenantID || who.Kind != identity.Outsider {
		t.Errorf("at home the token is %+v's (%v)", who, err)
	}
	// At organizations it is the tenant of the sign-in.
	a = w.refresh("organizations", guest.RefreshToken)
	if who, err := w.p.Verify(a.AccessToken); err != nil || who.TenantID != identity.LumenTenantID {
		t.Errorf("at organizations the token is %+v's (%v)", who, err)
	}
	// Where the person is nobody, it is an invalid grant.
	lumen := w.browser().signIn(mira, identity.LumenTenantID)
	w.refresh(identity.QuaysideTenantID, lumen.RefreshToken).refused(w, "invalid_grant", 50020)
}

func TestARefreshMayAskForLessButNotForMore(t *testing.T) {
	w := newWorld(t)
	token := w.browser().signIn(mira, identity.LumenTenantID)
	a := w.refresh(identity.LumenTenantID, token.RefreshToken, "scope", identity.Resource+"/vso.work")
	if a.Scope != prefixed("vso.work") {
		t.Errorf("granted %q (%s)", a.Scope, a.Description)
	}
	a = w.refresh(identity.LumenTenantID, token.RefreshToken, "scope", "openid offline_access")
	if a.Scope != prefixed("vso.work", "vso.code", "vso.build", "vso.test", "vso.project") {
		t.Errorf("granted %q (%s)", a.Scope, a.Description)
	}
	w.refresh(identity.LumenTenantID, token.RefreshToken, "scope", identity.Resource+"/user_impersonation").refused(w, "invalid_grant", 65001)
	w.refresh(identity.LumenTenantID, token.RefreshToken, "scope", identity.Resource+"/vso.fly").refused(w, "invalid_client", 650053)
}

func TestForgedRefreshTokensAreRefused(t *testing.T) {
	w := newWorld(t)
	token := w.browser().signIn(mira, identity.LumenTenantID).RefreshToken
	elsewhere := newWorld(t).browser().signIn(mira, identity.LumenTenantID).RefreshToken
	last := byte('A')
	if token[len(token)-2] == last {
		last = 'B'
	}
	changed := token[:len(token)-2] + string(last) + token[len(token)-1:]
	for name, forged := range map[string]string{"nonsense": "x", "nothing inside": "1.AS", "of another provider": elsewhere, "one letter changed": changed} {
		a := w.refresh(identity.LumenTenantID, forged)
		if a.Error != "invalid_grant" || a.AccessToken != "" {
			t.Errorf("%s: %s", name, a.Error)
		}
	}
	w.refresh(identity.LumenTenantID, "").refused(w, "invalid_request", 900144)
}

func TestWithAKeptSecretTokensSurviveARestart(t *testing.T) {
	secret := []byte("a sample secret of 32 bytes, or more")
	kept := func(o *identity.Options) { o.Secret = secret }
	before := newWorld(t, kept)
	token := before.browser().signIn(mira, identity.LumenTenantID)
	pat, err := before.p.MintPersonalAccessToken(before.p.People()[0])
	if err != nil {
		t.Fatal(err)
	}
	after := newWorld(t, kept)
	a := after.refresh(identity.LumenTenantID, token.RefreshToken)
	if who, err := after.p.Verify(a.AccessToken); err != nil || who.UPN != mira {
		t.Errorf("the refreshed token is %q's (%v)", who.UPN, err)
	}
	if who, err := after.p.VerifyPersonalAccessToken(pat); err != nil || who.UPN != mira {
		t.Errorf("the personal access token is %q's (%v)", who.UPN, err)
	}
	if _, err := newWorld(t).p.VerifyPersonalAccessToken(pat); err != identity.ErrNotOurs {
		t.Errorf("without the secret: %v", err)
	}
}
