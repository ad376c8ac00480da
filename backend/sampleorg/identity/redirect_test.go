package identity_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sightline/backend/sampleorg/identity"
)

func TestRedirectsIgnoreThePortOfLocalhostAndNothingElse(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	for uri, good := range map[string]bool{
		"http://localhost:49152/":         true,
		"http://localhost:1/":             true,
		"http://localhost:49152":          true,
		"http://localhost/":               true,
		"http://localhost":                true,
		"http://LOCALHOST:49152/":         true,
		"http://localhost:49152/callback": false,
		"http://localhost:49152//":        false,
		"http://localhost:49152/?x=1":     false,
		"http://localhost:49152/?":        false,
		"http://localhost:49152/#x":       false,
		"http://localhost:0/":             false,
		"http://localhost:70000/":         false,
		"http://localhost:/":              false,
		"https://localhost:49152/":        false,
		"http://127.0.0.1:49152/":         false,
		"http://[::1]:49152/":             false,
		"http://localhost.evil.example/":  false,
		"http://localhost@evil.example/":  false,
		"http://user@localhost:49152/":    false,
		"//localhost:49152/":              false,
		"javascript:alert(1)":             false,
	} {
		p := b.get(w.program(identity.LumenTenantID).address("redirect_uri", uri))
		if good && p.title() != "Sign in" {
			t.Errorf("%s is refused: %s", uri, p.text())
		}
		if !good && (p.callback != nil || p.status != http.StatusBadRequest || !strings.Contains(p.text(), "AADSTS50011: ")) {
			t.Errorf("%s: status %d, page %q", uri, p.status, p.title())
		}
	}
}

func TestOtherRegisteredRedirectsMustBeEqual(t *testing.T) {
	w := newWorld(t, func(o *identity.Options) {
		o.RedirectURIs = []string{"http://127.0.0.1", "https://app.example/back"}
	})
	b := w.browser()
	for uri, good := range map[string]bool{
		"http://127.0.0.1:49152/":        true,
		"http://localhost:49152/":        false,
		"https://app.example/back":       true,
		"https://app.example:444/back":   false,
		"https://app.example/back/":      false,
		"https://app.example/back?x=1":   false,
		"http://[::ffff:127.0.0.1]:123/": false,
	} {
		p := b.get(w.program(identity.LumenTenantID).address("redirect_uri", uri))
		if got := p.title() == "Sign in"; got != good {
			t.Errorf("%s accepted: %v", uri, got)
		}
	}
}

func TestRequestsThatNameNoGoodAddressEndOnAPage(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	for name, c := range map[string]struct {
		address, code string
	}{
		"unknown client":  {w.program(identity.LumenTenantID).address("client_id", "11111111-2222-4333-8444-555555555555"), "AADSTS700016"},
		"no client":       {w.program(identity.LumenTenantID).address("client_id", ""), "AADSTS900144"},
		"no redirect":     {w.program(identity.LumenTenantID).address("redirect_uri", ""), "AADSTS900144"},
		"unknown tenant":  {w.program("nowhere.example").address(), "AADSTS90002"},
		"parameter twice": {w.program(identity.LumenTenantID).address() + "&redirect_uri=" + url.QueryEscape("http://localhost:1/"), "AADSTS9000411"},
		"a broken escape": {w.program(identity.LumenTenantID).address() + "&x=%zz", "AADSTS90004"},
		"a huge request":  {w.program(identity.LumenTenantID).address("x", strings.Repeat("x", 17000)), "AADSTS90015"},
	} {
		p := b.get(c.address)
		if p.callback != nil || p.status != http.StatusBadRequest || !strings.Contains(p.text(), c.code+": ") {
			t.Errorf("%s: status %d, page %q", name, p.status, p.text())
		}
	}
}

func TestOtherWrongRequestsAreAnsweredToTheProgramWithItsState(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	for name, c := range map[string]struct {
		params      []string
		error, code string
	}{
		"no challenge":                     {[]string{"code_challenge", ""}, "invalid_request", "AADSTS9002325"},
		"plain":                            {[]string{"code_challenge_method", "plain"}, "invalid_request", "AADSTS50147"},
		"no method, which means plain":     {[]string{"code_challenge_method", ""}, "invalid_request", "AADSTS50147"},
		"a challenge that is no hash":      {[]string{"code_challenge", "short"}, "invalid_request", "AADSTS501491"},
		"implicit":                         {[]string{"response_type", "id_token"}, "unsupported_response_type", "AADSTS700054"},
		"no response type":                 {[]string{"response_type", ""}, "invalid_request", "AADSTS900144"},
		"fragment":                         {[]string{"response_mode", "fragment"}, "invalid_request", "AADSTS70007"},
		"unknown prompt":                   {[]string{"prompt", "create"}, "invalid_request", "AADSTS90023"},
		"none with another":                {[]string{"prompt", "none login"}, "invalid_request", "AADSTS90023"},
		"picker and hint together":         {[]string{"prompt", "select_account", "login_hint", mira}, "invalid_request", "AADSTS90023"},
		"no scope":                         {[]string{"scope", ""}, "invalid_request", "AADSTS900144"},
		"a scope that is not there":        {[]string{"scope", identity.Resource + "/vso.fly"}, "invalid_client", "AADSTS650053"},
		"a scope without its resource":     {[]string{"scope", "vso.work"}, "invalid_client", "AADSTS650053"},
		"a scope of another resource":      {[]string{"scope", "https://graph.example/User.Read"}, "invalid_client", "AADSTS650053"},
		"everything and something of that": {[]string{"scope", allScopes + " " + identity.Resource + "/vso.work"}, "invalid_scope", "AADSTS70011"},
	} {
		t.Run(name, func(t *testing.T) {
			g := w.program(identity.LumenTenantID)
			p := b.get(g.address(c.params...))
			if p.callback == nil {
				t.Fatalf("page %q is shown", p.title())
			}
			if p.callback.Get("error") != c.error || !strings.HasPrefix(p.callback.Get("error_description"), c.code+": ") {
				t.Errorf("the program hears %s: %s", p.callback.Get("error"), p.callback.Get("error_description"))
			}
			if p.callback.Get("state") != g.state || p.callback.Has("code") || p.target != back {
				t.Errorf("state %q, target %s", p.callback.Get("state"), p.target)
			}
		})
	}
}

func TestFormPostSendsTheCodeByForm(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn(mira, identity.LumenTenantID)
	g := w.program(identity.LumenTenantID)
	p := b.get(g.address("response_mode", "form_post")).shows("Back to Sightline")
	action, fields := p.form("")
	if action != back || fields.Get("state") != g.state || fields.Get("code") == "" {
		t.Fatalf("form to %s with %d fields", action, len(fields))
	}
	policy := p.header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "form-action 'self' http://localhost:49152") || !strings.Contains(policy, "script-src 'nonce-") {
		t.Errorf("policy %q", policy)
	}
	if !strings.Contains(p.text(), "Continue to Sightline") {
		t.Error("there is no button for a browser without scripts")
	}
	if a := w.ask(identity.LumenTenantID, "token", "grant_type", "authorization_code", "code", fields.Get("code"),
		"redirect_uri", back, "code_verifier", g.verifier); a.AccessToken == "" {
		t.Errorf("the code is refused: %s", a.Description)
	}
	p = b.get(w.program(identity.LumenTenantID).address("response_mode", "form_post", "prompt", "create")).shows("Back to Sightline")
	if _, fields := p.form(""); fields.Get("error") != "invalid_request" || fields.Get("state") == "" {
		t.Errorf("an error by form: %v", fields)
	}
}
