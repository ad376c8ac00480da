package identity_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"sightline/backend/sampleorg/identity"
)

// struck is where a fault is met, and what a program reads there.
type struck struct {
	page    string // "begin": before anybody is asked; "person": once the password was typed; "answer": told to the program
	oauth   string // the error a program is told, at the end of the page or in the answer
	code    string // the error of redeeming a code; empty when that works
	refresh string // the error of a refresh
	device  string // the error of asking for a device code
	tenant  string
	number  int
}

func TestEveryFaultOfTheDirectoryIsMetWhereEntraWouldRefuse(t *testing.T) {
	cases := map[string]struck{
		"aadsts-50020":          {page: "person", oauth: "access_denied", refresh: "invalid_grant"},
		"aadsts-50034":          {page: "person", oauth: "access_denied", refresh: "invalid_grant"},
		"aadsts-500200":         {page: "person", oauth: "access_denied"},
		"aadsts-9002332":        {page: "begin", device: "invalid_request"},
		"aadsts-65001":          {refresh: "invalid_grant"},
		"aadsts-65004":          {page: "answer", oauth: "access_denied"},
		"aadsts-90094":          {page: "person", oauth: "consent_required"},
		"aadsts-50076":          {refresh: "invalid_grant"},
		"aadsts-50079":          {refresh: "interaction_required"},
		"aadsts-53000":          {page: "person", oauth: "interaction_required", refresh: "invalid_grant"},
		"aadsts-53003":          {page: "person", oauth: "access_denied", refresh: "invalid_grant"},
		"aadsts-530033":         {page: "person", oauth: "access_denied", refresh: "invalid_grant"},
		"aadsts-700016":         {page: "begin", refresh: "unauthorized_client", device: "unauthorized_client"},
		"aadsts-50011":          {page: "begin"},
		"aadsts-7000218":        {code: "invalid_client", refresh: "invalid_client"},
		"aadsts-50194":          {page: "begin", refresh: "invalid_request", device: "invalid_request", tenant: "organizations"},
		"aadsts-650057":         {page: "person", oauth: "invalid_resource", refresh: "invalid_resource"},
		"aadsts-70008":          {code: "invalid_grant", refresh: "invalid_grant"},
		"aadsts-700082":         {refresh: "invalid_grant"},
		"aadsts-50173":          {refresh: "invalid_grant"},
		"directory-unavailable": {code: "temporarily_unavailable", refresh: "temporarily_unavailable", device: "temporarily_unavailable", number: 90033},
		"directory-throttles":   {code: "temporarily_unavailable", refresh: "temporarily_unavailable", device: "temporarily_unavailable", number: 90055},
	}
	for _, f := range identity.Faults() {
		if f.Name != "single-use-refresh" && f.Name != "directory-clock-ahead" && cases[f.Name] == (struck{}) {
			t.Errorf("%s has no case here", f.Name)
		}
		if !strings.HasSuffix(f.Says, ".") || len(f.Says) < 30 {
			t.Errorf("%s says %q", f.Name, f.Says)
		}
	}
	w := newWorld(t)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := &world{T: t, p: w.p, clock: w.clock, srv: w.srv}
			if c.tenant == "" {
				c.tenant = identity.LumenTenantID
			}
			if c.number == 0 {
				c.number, _ = strconv.Atoi(strings.TrimPrefix(name, "aadsts-"))
			}
			before := w.browser().signIn(mira, c.tenant)
			if err := w.p.Play(name); err != nil {
				t.Fatal(err)
			}
			defer func() { _ = w.p.Play() }() // no names are good names
			c.meet(w)
			for what, e := range map[string]struct {
				want string
				got  answer
			}{
				"refresh": {c.refresh, w.ask(c.tenant, "token", "grant_type", "refresh_token", "refresh_token", before.RefreshToken)},
				"device":  {c.device, w.ask(c.tenant, "devicecode", "scope", allScopes)},
			} {
				switch {
				case e.want == "" && e.got.Error != "":
					t.Errorf("%s: %s %v", what, e.got.Error, e.got.Codes)
				case e.want != "":
					e.got.refused(w, e.want, c.number)
					if len(e.got.CorrelationID) != 36 || !strings.Contains(e.got.Description, "Correlation ID: "+e.got.CorrelationID) || !strings.HasPrefix(e.got.Description, "AADSTS"+strconv.Itoa(c.number)+": ") {
						t.Errorf("%s: %q", what, e.got.Description)
					}
				}
			}
			if err := w.p.Play(); err != nil {
				t.Fatal(err)
			}
			if a := w.ask(c.tenant, "token", "grant_type", "refresh_token", "refresh_token", before.RefreshToken); a.Error != "" {
				t.Errorf("after the fault: %s %v", a.Error, a.Codes)
			}
		})
	}
	if err := w.p.Play("nonsense"); err == nil {
		t.Error("a fault that there is not was played")
	}
}

// meet signs in while the fault plays and looks at where that ends.
func (c struck) meet(w *world) {
	w.Helper()
	b, g := w.browser(), w.program(c.tenant)
	number := "AADSTS" + strconv.Itoa(c.number) + ":"
	p := b.get(g.address("prompt", "login"))
	if silent := w.browser().get(g.address("prompt", "none")); c.page == "begin" {
		for _, shown := range []*page{p, silent} {
			if shown.callback != nil || !strings.Contains(shown.shows("You can’t sign in here").text(), number) || !strings.Contains(shown.text(), "Correlation id") {
				w.Errorf("the page says %s", shown.text())
			}
		}
		return
	} else if silent.callback.Get("error") != "login_required" {
		w.Errorf("a silent request is answered %v", silent.callback)
	}
	p = b.typePassword(p, mira)
	if c.page == "person" {
		if !strings.Contains(p.shows("You can’t sign in here").text(), number) || !strings.Contains(p.text(), mira) {
			w.Errorf("the page says %s", p.text())
		}
		p = b.press(p, "/signin/return", "do", "return")
	}
	if c.oauth != "" {
		if got := p.callback.Get("error_description"); p.callback.Get("error") != c.oauth || !strings.HasPrefix(got, number) || p.callback.Get("state") != g.state {
			w.Errorf("the program is told %v", p.callback)
		}
		return
	}
	a := w.ask(c.tenant, "token", "grant_type", "authorization_code", "code", g.code(p), "redirect_uri", back, "code_verifier", g.verifier)
	if c.code == "" && a.Error != "" {
		w.Errorf("the code: %s %v", a.Error, a.Codes)
	} else if c.code != "" {
		a.refused(w, c.code, c.number)
	}
}

func TestTheServiceSaysHowLongToWait(t *testing.T) {
	w := newWorld(t)
	if err := w.p.Play("directory-throttles"); err != nil {
		t.Fatal(err)
	}
	res, err := http.Post(w.url(identity.LumenTenantID, "/oauth2/v2.0/devicecode"), "application/x-www-form-urlencoded", strings.NewReader("scope=openid&client_id="+w.p.ClientID()))
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusTooManyRequests || res.Header.Get("Retry-After") != "3" {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
}

func TestMannersOfTheDirectoryCanBeChangedByName(t *testing.T) {
	w := newWorld(t)
	if err := w.p.Play("single-use-refresh", "directory-clock-ahead"); err != nil {
		t.Fatal(err)
	}
	token := w.browser().signIn(mira, identity.LumenTenantID)
	if ahead := time.Until(token.Expiry); ahead > time.Hour {
		t.Errorf("expires_in is %v: it is no instant", ahead)
	}
	refresh := func() answer {
		return w.ask(identity.LumenTenantID, "token", "grant_type", "refresh_token", "refresh_token", token.RefreshToken)
	}
	if a := refresh(); a.Error != "" {
		t.Fatalf("%s %v", a.Error, a.Codes)
	}
	a := refresh()
	a.refused(w, "invalid_grant", 70000)
	at, err := time.Parse("2006-01-02 15:04:05Z", a.Timestamp)
	if err != nil || at.Sub(w.clock.Now()) < 11*time.Minute {
		t.Errorf("%s (%v)", a.Timestamp, err)
	}
}

func TestEverySecretThatWasHandedOutIsKnown(t *testing.T) {
	w := newWorld(t)
	g := w.program(identity.LumenTenantID)
	b := w.browser()
	p := b.typePassword(b.get(g.address()), mira)
	p = b.press(p, "/signin/consent", "do", "accept")
	token := g.redeem(p)
	next := w.ask(identity.LumenTenantID, "token", "grant_type", "refresh_token", "refresh_token", token.RefreshToken)
	d := w.device(identity.LumenTenantID)
	pat, err := w.p.MintPersonalAccessToken(w.p.People()[0])
	if err != nil {
		t.Fatal(err)
	}
	idToken, _ := token.Extra("id_token").(string)
	known := map[string]identity.SecretKind{}
	for _, s := range w.p.Issued() {
		known[s.Value] = s.Kind
	}
	for value, kind := range map[string]identity.SecretKind{
		g.code(p): identity.SecretCode, g.verifier: identity.SecretVerifier, token.AccessToken: identity.SecretAccessToken, token.RefreshToken: identity.SecretRefreshToken,
		idToken: identity.SecretIDToken, next.RefreshToken: identity.SecretRefreshToken, next.AccessToken: identity.SecretAccessToken, d.DeviceCode: identity.SecretDeviceCode, pat: identity.SecretPersonalToken,
	} {
		if value == "" || known[value] != kind {
			t.Errorf("the record does not hold the %s", kind)
		}
	}
}
