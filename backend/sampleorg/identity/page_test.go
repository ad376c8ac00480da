package identity_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/sampleorg/identity"
)

// everyPage walks to each kind of page once.
func everyPage(w *world) map[string]*page {
	b := w.browser()
	pages := map[string]*page{}
	pages["sign-in"] = b.get(w.program(identity.LumenTenantID).address())
	pages["wrong password"] = b.press(pages["sign-in"], "/signin/password", "email", mira, "password", "x")
	pages["consent"] = b.typePassword(pages["sign-in"], mira)
	other := b.typePassword(b.get(w.program(identity.LumenTenantID).address("prompt", "login")), marcus)
	pages["refusal"] = other
	pages["picker"] = b.get(w.program(identity.LumenTenantID).address())
	pages["sign-out list"] = b.get(w.url("organizations", "/oauth2/v2.0/logout"))
	pages["signed out"] = b.press(pages["sign-out list"], "/logout", "account", marcus)
	pages["device"] = b.get(w.url("organizations", "/oauth2/deviceauth"))
	pages["expired"] = b.press(pages["device"], "/deviceauth", "csrf", "x")
	pages["bad request"] = b.get(w.program("nowhere.example").address())
	pages["form post"] = b.get(w.program(identity.LumenTenantID).address("response_mode", "form_post", "prompt", "create"))
	return pages
}

func TestEveryPageIsClosedMarkedAndReadable(t *testing.T) {
	w := newWorld(t)
	outside := regexp.MustCompile(`(?i)(src|href)\s*=\s*["']?(https?:|//)|@import|url\(`)
	for name, p := range everyPage(w) {
		if p.root == nil {
			t.Errorf("%s is no page", name)
			continue
		}
		policy := p.header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'; style-src 'nonce-") || !strings.Contains(policy, "frame-ancestors 'none'") ||
			!strings.Contains(policy, "base-uri 'none'") || !strings.Contains(policy, "form-action 'self'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", name, policy)
		}
		if strings.Contains(policy, "script-src") != (name == "form post") {
			t.Errorf("%s: policy %q", name, policy)
		}
		for header, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"} {
			if p.header.Get(header) != want {
				t.Errorf("%s: %s is %q", name, header, p.header.Get(header))
			}
		}
		if found := outside.FindString(p.body); found != "" {
			t.Errorf("%s reaches outside: %s", name, found)
		}
		if !strings.Contains(p.text(), "This is not a Microsoft sign-in") || p.title() == "" || !strings.Contains(p.body, `<html lang="en">`) {
			t.Errorf("%s is not marked as the sample's, or has no heading or language", name)
		}
		labelled(t, name, p)
	}
}

// labelled checks that every field a person fills in has a label, and every button words.
func labelled(t *testing.T, name string, p *page) {
	t.Helper()
	var labels []string
	for n := range p.root.Descendants() {
		if n.Data == "label" {
			labels = append(labels, attr(n, "for"))
		}
	}
	for n := range p.root.Descendants() {
		if n.Data == "input" && attr(n, "type") != "hidden" && attr(n, "type") != "checkbox" && !slices.Contains(labels, attr(n, "id")) {
			t.Errorf("%s: the field %s has no label", name, attr(n, "name"))
		}
		if n.Data == "button" && n.FirstChild == nil {
			t.Errorf("%s: a button has no words", name)
		}
	}
}

func TestHostileTextIsEscaped(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	hostile := `"><script>alert(1)</script><img src=x onerror=alert(2)>`
	pages := map[string]*page{
		"login_hint":   b.get(w.program(identity.LumenTenantID).address("login_hint", hostile)),
		"client_id":    b.get(w.program(identity.LumenTenantID).address("client_id", hostile)),
		"redirect_uri": b.get(w.program(identity.LumenTenantID).address("redirect_uri", hostile)),
	}
	pages["email"] = b.press(pages["login_hint"], "/signin/password", "email", hostile, "password", "x")
	device := b.get(w.url("organizations", "/oauth2/deviceauth"))
	pages["user code"] = b.press(device, "/deviceauth", "user_code", hostile)
	g := w.program(identity.LumenTenantID)
	g.state = hostile
	pages["state"] = b.get(g.address("response_mode", "form_post", "prompt", "create"))
	for name, p := range pages {
		if strings.Contains(p.body, "<script>alert") || strings.Contains(p.body, "<img") {
			t.Errorf("%s reaches the page as markup", name)
		}
	}
	// And it is still the same text.
	if _, fields := pages["state"].form(""); fields.Get("state") != hostile {
		t.Errorf("the state came back as %q", fields.Get("state"))
	}
	found := false
	for n := range pages["login_hint"].root.Descendants() {
		found = found || attr(n, "name") == "email" && attr(n, "value") == hostile
	}
	if !found {
		t.Error("the hint is not in the email field")
	}
}

func TestFormsAreGoodOnlyInTheBrowserTheyWereShownIn(t *testing.T) {
	w := newWorld(t)
	mine, theirs := w.browser(), w.browser()
	theirs.get(w.program(identity.LumenTenantID).address())
	const expired = "This page can’t be used any more"

	p := mine.get(w.program(identity.LumenTenantID).address())
	theirs.press(p, "/signin/password", "email", mira, "password", identity.SamplePassword).shows(expired)
	w.browser().press(p, "/signin/password", "email", mira, "password", identity.SamplePassword).shows(expired) // without any cookie
	mine.press(p, "/signin/password", "csrf", "", "email", mira, "password", identity.SamplePassword).shows(expired)
	mine.press(p, "/signin/password", "csrf", strings.Repeat("A", 43), "email", mira, "password", identity.SamplePassword).shows(expired)
	mine.press(p, "/signin/password", "flow", "x", "email", mira, "password", identity.SamplePassword).shows(expired)

	consent := mine.typePassword(p, mira).shows("Authorize Sightline")
	if got := theirs.press(consent, "/signin/consent", "do", "accept"); got.callback != nil || got.status != http.StatusForbidden {
		t.Errorf("another browser gave the consent: status %d", got.status)
	}
	// The token of one flow is not good for another.
	second := mine.get(w.program(identity.LumenTenantID).address()).shows("Authorize Sightline")
	_, other := second.form("/signin/consent")
	mine.press(consent, "/signin/consent", "csrf", other.Get("csrf"), "do", "accept").shows(expired)
}

func TestAFormOfAnHourAgoIsTooOld(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	p := b.get(w.program(identity.LumenTenantID).address())
	w.clock.Add(61 * time.Minute)
	b.press(p, "/signin/password", "email", mira, "password", identity.SamplePassword).shows("This page can’t be used any more")
}

func TestEventsHoldNoSecrets(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	g := w.program(identity.LumenTenantID)
	p := b.typePassword(b.get(g.address()), mira)
	p = b.press(p, "/signin/consent", "do", "accept")
	token := g.redeem(p)
	for _, e := range w.p.Events() {
		line := strings.Join([]string{string(e.Kind), e.Person, e.Tenant, e.Session}, " ")
		for name, secret := range map[string]string{"password": identity.SamplePassword, "code": g.code(p), "verifier": g.verifier,
			"access token": token.AccessToken, "refresh token": token.RefreshToken} {
			if strings.Contains(line, secret) {
				t.Errorf("event %s holds the %s", e.Kind, name)
			}
		}
		if e.Time.IsZero() || e.Tenant != identity.LumenTenantID {
			t.Errorf("event %s lacks time or tenant", e.Kind)
		}
	}
}
