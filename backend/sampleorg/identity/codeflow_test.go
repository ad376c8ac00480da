package identity_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"sightline/backend/sampleorg/identity"
)

// claims are those a program reads of an id token.
type claims struct {
	ObjectID string `json:"oid"`
	TenantID string `json:"tid"`
	Username string `json:"preferred_username"`
	Name     string `json:"name"`
	Provider string `json:"idp"`
	Version  string `json:"ver"`
}

// idToken checks an id token the way a program does: discovery, key set, signature, issuer, audience, time.
func (w *world) idToken(tenantID string, token *oauth2.Token) (*oidc.IDToken, claims, error) {
	w.Helper()
	ctx := context.Background()
	provider, err := oidc.NewProvider(ctx, w.p.Issuer(tenantID))
	if err != nil {
		w.Fatalf("discovery: %v", err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := provider.Verifier(&oidc.Config{ClientID: w.p.ClientID()}).Verify(ctx, raw)
	if err != nil {
		return nil, claims{}, err
	}
	var c claims
	if err := id.Claims(&c); err != nil {
		w.Fatal(err)
	}
	return id, c, nil
}

func TestCodeFlowWithPKCEGivesTokensAClientLibraryAccepts(t *testing.T) {
	w := newWorld(t)
	provider, err := oidc.NewProvider(context.Background(), w.p.Issuer(identity.LumenTenantID))
	if err != nil {
		t.Fatal(err)
	}
	g := w.program(identity.LumenTenantID)
	g.config.Endpoint.AuthURL, g.config.Endpoint.TokenURL = provider.Endpoint().AuthURL, provider.Endpoint().TokenURL
	b := w.browser()
	p := b.typePassword(b.get(g.address()), mira)
	p = b.press(p.shows("Authorize Sightline"), "/signin/consent", "do", "accept")
	if p.status != http.StatusSeeOther || p.target != back {
		t.Fatalf("answer is %d to %s, want 303 to %s", p.status, p.target, back)
	}
	token := g.redeem(p)
	id, c, err := w.idToken(identity.LumenTenantID, token)
	if err != nil {
		t.Fatal(err)
	}
	want := claims{ObjectID: "59ba1b34-1d7a-4c15-bb1a-8cf141b33e84", TenantID: identity.LumenTenantID, Username: mira, Name: "Mira Okafor", Version: "2.0"}
	if c != want {
		t.Errorf("claims are %+v, want %+v", c, want)
	}
	if id.Nonce != g.nonce || id.Issuer != w.srv.URL+"/identity/"+identity.LumenTenantID+"/v2.0" {
		t.Errorf("nonce %q, issuer %q", id.Nonce, id.Issuer)
	}
	if life := id.Expiry.Sub(id.IssuedAt); life != time.Hour {
		t.Errorf("the id token lives %v, want an hour", life)
	}
	who, err := w.p.Verify(token.AccessToken)
	if err != nil || who.UPN != mira || who.Kind != identity.Member || who.ObjectID != c.ObjectID {
		t.Errorf("the access token is %+v's (%v)", who, err)
	}
	if token.RefreshToken == "" || token.TokenType != "Bearer" {
		t.Errorf("refresh token there: %v, type %q", token.RefreshToken != "", token.TokenType)
	}
	if scope := token.Extra("scope"); scope != prefixed("vso.work", "vso.code", "vso.build", "vso.test", "vso.project") {
		t.Errorf("granted %v", scope)
	}
	if life := time.Until(token.Expiry); life < 55*time.Minute || life > time.Hour {
		t.Errorf("the access token lives %v", life)
	}
}

func prefixed(names ...string) string {
	for i := range names {
		names[i] = identity.Resource + "/" + names[i]
	}
	return strings.Join(names, " ")
}

func TestTokensFollowTheScopesAskedFor(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		scopes           string
		refresh, idToken bool
		named            bool
		verifies         bool
	}{
		"no refresh token without offline_access": {"openid profile " + identity.Resource + "/vso.work", false, true, true, true},
		"no id token without openid":              {"offline_access " + identity.Resource + "/vso.work", true, false, false, true},
		"no name without profile":                 {"openid " + identity.Resource + "/vso.work", false, true, false, true},
		"no Azure DevOps without its scopes":      {"openid profile", false, true, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			g := w.program(identity.LumenTenantID, strings.Fields(c.scopes)...)
			b := w.browser()
			p := b.typePassword(b.get(g.address("prompt", "consent")), mira)
			token := g.redeem(b.press(p, "/signin/consent", "do", "accept"))
			if got := token.RefreshToken != ""; got != c.refresh {
				t.Errorf("refresh token there: %v", got)
			}
			raw, _ := token.Extra("id_token").(string)
			if got := raw != ""; got != c.idToken {
				t.Errorf("id token there: %v", got)
			}
			if raw != "" {
				_, cl, err := w.idToken(identity.LumenTenantID, token)
				if err != nil || (cl.Name != "") != c.named {
					t.Errorf("name there: %v (%v)", cl.Name != "", err)
				}
			}
			if _, err := w.p.Verify(token.AccessToken); (err == nil) != c.verifies {
				t.Errorf("access token accepted by the REST side: %v", err)
			}
		})
	}
}

func TestACodeIsBoundToVerifierRedirectTenantAndTime(t *testing.T) {
	w := newWorld(t)
	signedIn := w.browser()
	signedIn.signIn(mira, identity.LumenTenantID)
	for name, c := range map[string]struct {
		fields []string
		tenant string
		wait   time.Duration
		error  string
		code   int
	}{
		"wrong verifier":    {fields: []string{"code_verifier", strings.Repeat("v", 43)}, error: "invalid_grant", code: 501481},
		"short verifier":    {fields: []string{"code_verifier", "v"}, error: "invalid_grant", code: 501481},
		"no verifier":       {fields: []string{"code_verifier", ""}, error: "invalid_request", code: 900144},
		"another redirect":  {fields: []string{"redirect_uri", "http://localhost:49153/"}, error: "invalid_grant", code: 500112},
		"another tenant":    {tenant: identity.QuaysideTenantID, error: "invalid_grant", code: 700005},
		"another client":    {fields: []string{"client_id", "11111111-2222-4333-8444-555555555555"}, error: "unauthorized_client", code: 700016},
		"a client's secret": {fields: []string{"client_secret", "x"}, error: "invalid_client", code: 700025},
		"no such code":      {fields: []string{"code", "1.SCnone"}, error: "invalid_grant", code: 9002313},
		"after ten minutes": {wait: 10*time.Minute + time.Second, error: "invalid_grant", code: 70008},
	} {
		t.Run(name, func(t *testing.T) {
			g := w.program(identity.LumenTenantID)
			code := g.code(signedIn.get(g.address()))
			w.clock.Add(c.wait)
			tenant := identity.LumenTenantID
			if c.tenant != "" {
				tenant = c.tenant
			}
			fields := append([]string{"grant_type", "authorization_code", "code", code, "redirect_uri", back, "code_verifier", g.verifier}, c.fields...)
			a := w.ask(tenant, "token", fields...)
			a.refused(w, c.error, c.code)
			if a.AccessToken != "" {
				t.Error("and yet there is an access token")
			}
		})
	}
}

func TestAVerifierShorterThanTheStandardAllowsIsRefused(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn(mira, identity.LumenTenantID)
	g := w.program(identity.LumenTenantID)
	g.verifier = "guessable"
	code := g.code(b.get(g.address()))
	w.ask(identity.LumenTenantID, "token", "grant_type", "authorization_code", "code", code, "redirect_uri", back,
		"code_verifier", g.verifier).refused(w, "invalid_grant", 501481)
}

func TestACodeIsGoodOnce(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn(mira, identity.LumenTenantID)
	redeem := func(g *program, code, verifier string) answer {
		return w.ask(identity.LumenTenantID, "token", "grant_type", "authorization_code", "code", code, "redirect_uri", back, "code_verifier", verifier)
	}
	g := w.program(identity.LumenTenantID)
	code := g.code(b.get(g.address()))
	if a := redeem(g, code, g.verifier); a.AccessToken == "" {
		t.Fatalf("the first time failed: %s", a.Description)
	}
	redeem(g, code, g.verifier).refused(w, "invalid_grant", 54005)

	g = w.program(identity.LumenTenantID)
	code = g.code(b.get(g.address()))
	redeem(g, code, strings.Repeat("v", 43)).refused(w, "invalid_grant", 501481)
	redeem(g, code, g.verifier).refused(w, "invalid_grant", 54005) // a failed attempt uses it up too
}

func TestErrorsOfTheTokenEndpointAreWrittenAsEntraDoes(t *testing.T) {
	w := newWorld(t)
	a := w.ask(identity.LumenTenantID, "token", "grant_type", "authorization_code", "code", "x", "redirect_uri", back, "code_verifier", "x")
	if a.status != http.StatusBadRequest {
		t.Errorf("status %d", a.status)
	}
	guid := `[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`
	form := regexp.MustCompile(`^AADSTS9002313: .+ Trace ID: (` + guid + `) Correlation ID: (` + guid + `) Timestamp: (\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ)$`)
	m := form.FindStringSubmatch(a.Description)
	if m == nil || m[1] != a.TraceID || m[2] != a.CorrelationID || m[3] != a.Timestamp {
		t.Errorf("description %q does not carry trace %s, correlation %s, time %s", a.Description, a.TraceID, a.CorrelationID, a.Timestamp)
	}
	w.ask(identity.LumenTenantID, "token", "grant_type", "password").refused(w, "unsupported_grant_type", 70003)
	w.ask(identity.LumenTenantID, "token").refused(w, "invalid_request", 900144)
	w.ask("nowhere.example", "token").refused(w, "invalid_request", 90002)
	w.ask("consumers", "token").refused(w, "invalid_request", 9002332)
	w.ask(identity.PersonalTenantID, "token").refused(w, "invalid_request", 9002332)
}

func TestTheTokenEndpointTakesPostsWithTheClientInTheBodyOnly(t *testing.T) {
	w := newWorld(t)
	address := w.url(identity.LumenTenantID, "/oauth2/v2.0/token")
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET is answered %d", res.StatusCode)
	}
	r, _ := http.NewRequest(http.MethodPost, address, strings.NewReader(url.Values{"grant_type": {"refresh_token"}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.SetBasicAuth(w.p.ClientID(), "")
	res, err = http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusUnauthorized || res.Header.Get("Cache-Control") == "" {
		t.Errorf("a Basic header is answered %d", res.StatusCode)
	}
}

func TestAProgramMayChooseTheCorrelationID(t *testing.T) {
	w := newWorld(t)
	const id = "0aa1c2d3-1111-4222-8333-444455556666"
	r, _ := http.NewRequest(http.MethodPost, w.url("common", "/oauth2/v2.0/token"), nil)
	r.Header.Set("client-request-id", id)
	p := w.browser().do(r)
	if !strings.Contains(p.body, `"correlation_id":"`+id+`"`) {
		t.Errorf("the answer does not carry it: %s", p.body)
	}
}

func TestAClockThatIsWrongShowsInTheTokens(t *testing.T) {
	w := newWorld(t)
	w.clock.Add(-2 * time.Hour)
	token := w.browser().signIn(mira, identity.LumenTenantID)
	if _, _, err := w.idToken(identity.LumenTenantID, token); err == nil {
		t.Error("an id token of two hours ago was accepted")
	}
	if _, err := w.p.Verify(token.AccessToken); err != nil {
		t.Errorf("by its own clock the access token is good: %v", err)
	}
}
