package identity_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"sightline/backend/sampleorg/identity"
)

func TestTheRESTSideRefusesTokensThatAreNotGood(t *testing.T) {
	w := newWorld(t)
	token := w.browser().signIn(mira, identity.LumenTenantID)
	access := token.AccessToken
	parts := strings.Split(access, ".")
	idToken, _ := token.Extra("id_token").(string)
	unsigned := "eyJhbGciOiJub25lIn0." + parts[1] + "."
	stranger, err := w.p.SignForTest(map[string]any{"aud": identity.Resource, "exp": w.clock.Now().Add(time.Hour).Unix(), "sample_account": "nobody@nowhere"})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		token string
		want  error
	}{
		"nothing":               {"", identity.ErrNotOurs},
		"nonsense":              {"x.y.z", identity.ErrNotOurs},
		"no signature":          {parts[0] + "." + parts[1] + ".", identity.ErrNotOurs},
		"algorithm none":        {unsigned, identity.ErrNotOurs},
		"another's content":     {parts[0] + "." + strings.Split(idToken, ".")[1] + "." + parts[2], identity.ErrNotOurs},
		"an id token":           {idToken, identity.ErrAudience},
		"a refresh token":       {token.RefreshToken, identity.ErrNotOurs},
		"somebody nobody knows": {stranger, identity.ErrNotOurs},
	} {
		if _, err := w.p.Verify(c.token); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	w.clock.Add(time.Hour - time.Second)
	if _, err := w.p.Verify(access); err != nil {
		t.Errorf("a second before its end: %v", err)
	}
	if err := w.p.RevokeAccessToken(access); err != nil {
		t.Fatal(err)
	}
	if _, err := w.p.Verify(access); !errors.Is(err, identity.ErrRevoked) {
		t.Errorf("revoked: %v", err)
	}
	w.clock.Add(2 * time.Second)
	if _, err := w.p.Verify(access); !errors.Is(err, identity.ErrExpired) {
		t.Errorf("after an hour: %v", err)
	}
}

func TestPersonalAccessTokens(t *testing.T) {
	w := newWorld(t)
	for _, who := range w.p.People() {
		token, err := w.p.MintPersonalAccessToken(who)
		if err != nil {
			t.Fatal(err)
		}
		if len(token) != 84 || token[76:80] != "AZDO" {
			t.Errorf("%s: the token has %d characters", who.Name, len(token))
		}
		if got, err := w.p.VerifyPersonalAccessToken(token); err != nil || got != who {
			t.Errorf("%s: verified as %+v (%v)", who.Name, got, err)
		}
	}
	mira := w.p.People()[0]
	token, _ := w.p.MintPersonalAccessToken(mira)
	second, _ := w.p.MintPersonalAccessToken(mira)
	if token == second {
		t.Error("two tokens are equal")
	}
	flipped := "a"
	if token[3:4] == flipped {
		flipped = "b"
	}
	for name, forged := range map[string]string{"nothing": "", "one letter changed": token[:3] + flipped + token[4:], "no mark": strings.ReplaceAll(token, "AZDO", "azdo"),
		"too short": token[1:]} {
		if _, err := w.p.VerifyPersonalAccessToken(forged); !errors.Is(err, identity.ErrNotOurs) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := w.p.RevokePersonalAccessToken(token); err != nil {
		t.Fatal(err)
	}
	if _, err := w.p.VerifyPersonalAccessToken(token); !errors.Is(err, identity.ErrRevoked) {
		t.Errorf("revoked: %v", err)
	}
	w.clock.Add(90 * 24 * time.Hour)
	if _, err := w.p.VerifyPersonalAccessToken(second); !errors.Is(err, identity.ErrExpired) {
		t.Errorf("after 90 days: %v", err)
	}
	if _, err := w.p.MintPersonalAccessToken(identity.Person{Name: "Nobody", ObjectID: identity.ClientID}); err == nil {
		t.Error("a stranger got a token")
	}
}

func TestAGuestAtHomeHasAnotherPersonalAccessToken(t *testing.T) {
	w := newWorld(t)
	guest := w.p.People()[2]
	home := identity.Person{ObjectID: guest.HomeObjectID, TenantID: guest.HomeTenantID, Name: guest.Name, UPN: guest.UPN, Kind: identity.Outsider}
	token, err := w.p.MintPersonalAccessToken(home)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := w.p.VerifyPersonalAccessToken(token); err != nil || got != home {
		t.Errorf("verified as %+v (%v)", got, err)
	}
}

func TestWithoutAnAddressNothingIsAnswered(t *testing.T) {
	p, err := identity.New(identity.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	p.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/identity/common/v2.0/.well-known/openid-configuration", nil))
	if rec.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d", rec.Code)
	}
}

func TestAnotherPrefixMovesEverything(t *testing.T) {
	w := newWorld(t, func(o *identity.Options) { o.PathPrefix = "/directory/of/lumen" })
	if w.p.Authority() != w.srv.URL+"/directory/of/lumen" {
		t.Errorf("authority %s", w.p.Authority())
	}
	token := w.browser().signIn(mira, identity.LumenTenantID)
	if _, _, err := w.idToken(identity.LumenTenantID, token); err != nil {
		t.Error(err)
	}
}

func TestDiscoveryOfManyTenantsHasATemplateForIssuer(t *testing.T) {
	w := newWorld(t)
	p := w.browser().get(w.url("common", "/v2.0/.well-known/openid-configuration"))
	for _, want := range []string{`"issuer":"` + w.p.Authority() + `/{tenantid}/v2.0"`, `/identity/common/oauth2/v2.0/authorize"`} {
		if !strings.Contains(p.body, want) {
			t.Errorf("the document lacks %s", want)
		}
	}
	p = w.browser().get(w.url("lumen.example", "/v2.0/.well-known/openid-configuration"))
	if want := `/identity/` + identity.LumenTenantID + `/oauth2/v2.0/token"`; !strings.Contains(p.body, want) {
		t.Errorf("the document lacks %s", want)
	}
	if p := w.browser().get(w.url("nowhere", "/discovery/v2.0/keys")); p.status != http.StatusBadRequest {
		t.Errorf("keys of nowhere: %d", p.status)
	}
}

func TestManyPeopleSignInAtTheSameTime(t *testing.T) {
	w := newWorld(t)
	var all sync.WaitGroup
	for _, upn := range []string{mira, elias, priya, sofia, mira, elias, priya, sofia} {
		all.Go(func() {
			token := w.browser().signIn(upn, identity.LumenTenantID)
			if who, err := w.p.Verify(token.AccessToken); err != nil || who.UPN != upn {
				t.Errorf("%s is signed in as %q (%v)", upn, who.UPN, err)
			}
			if a := w.refresh(identity.LumenTenantID, token.RefreshToken); a.AccessToken == "" {
				t.Errorf("%s: refresh failed: %s", upn, a.Description)
			}
			w.p.Events()
		})
	}
	all.Wait()
}
