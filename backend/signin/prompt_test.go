package signin_test

import (
	"net/url"
	"strings"
	"testing"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

func TestWhatTheDirectoryIsAskedFor(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	for name, c := range map[string]struct {
		change       func(*signin.Options)
		prompt, hint string
	}{
		"nobody is known":              {func(*signin.Options) {}, "select_account", ""},
		"somebody is expected":         {func(o *signin.Options) { o.Expect = mira }, "login", mira},
		"somebody signs in again":      {func(o *signin.Options) { o.LoginHint = mira }, "login", mira},
		"the hint is more exact":       {func(o *signin.Options) { o.Expect, o.LoginHint = mira, elias }, "login", elias},
		"as someone else":              {func(o *signin.Options) { o.Expect, o.PickAccount = mira, true }, "select_account", ""},
		"consent again":                {func(o *signin.Options) { o.AskConsent = true }, "consent", ""},
		"consent of a known person":    {func(o *signin.Options) { o.Expect, o.AskConsent = mira, true }, "consent", mira},
		"consent of somebody else":     {func(o *signin.Options) { o.Expect, o.PickAccount, o.AskConsent = mira, true, true }, "consent", ""},
		"a person of blanks is nobody": {func(o *signin.Options) { o.Expect = "  " }, "select_account", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := d.options(t)
			c.change(&o)
			u, err := url.Parse(signin.AuthorizeURLOf(start(t, o)))
			if err != nil {
				t.Fatal(err)
			}
			q := u.Query()
			if q.Get("prompt") != c.prompt || q.Get("login_hint") != c.hint || len(q["prompt"]) != 1 {
				t.Errorf("prompt %q with hint %q, want %q with %q", q["prompt"], q.Get("login_hint"), c.prompt, c.hint)
			}
			if q.Get("code_challenge_method") != "S256" || q.Get("state") == "" || q.Get("nonce") == "" || q.Has("domain_hint") {
				t.Error("the request is not the one it has to be")
			}
			if strings.Contains(u.Path, "common") || !strings.Contains(u.Path, identity.LumenTenantID) {
				t.Errorf("the directory is %s", u.Path)
			}
		})
	}
}

func TestConsentIsAskedForAgain(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	sign := func(askConsent bool) error {
		o := d.options(t)
		o.Expect, o.AskConsent = mira, askConsent
		s := start(t, o)
		p := newPerson(t, mira)
		if askConsent {
			p.decision = "cancel"
		}
		p.open(s.State().URL)
		_, err := outcome(t, s)
		return err
	}
	if err := sign(false); err != nil {
		t.Fatal(err)
	}
	if err := sign(false); err != nil { // consent was given: nobody is asked any more
		t.Fatal(err)
	}
	before, _ := d.kinds(identity.EventConsent)
	err := sign(true)
	mustRefuse(t, err, fault.ConsentDeclined, "AADSTS65004")
	mustOffer(t, err, fault.AskConsent, fault.SignInElse)
	if after, _ := d.kinds(identity.EventConsent); after != before+1 {
		t.Errorf("the page of permissions was shown %d times, before %d", after, before)
	}
}

func TestTheHostThatAsksForThePasswordIsNamed(t *testing.T) {
	for address, want := range map[string]struct {
		host  string
		known bool
	}{
		"https://login.microsoftonline.com/t/oauth2/v2.0/authorize":                 {"login.microsoftonline.com", true},
		"https://LOGIN.microsoftonline.us/t/oauth2/v2.0/authorize":                  {"LOGIN.microsoftonline.us", true},
		"http://127.0.0.1:8080/identity/t/oauth2/v2.0/authorize":                    {"127.0.0.1:8080", true},
		"https://login.microsoftonline.com.evil.example/t/oauth2/v2.0/authorize":    {"login.microsoftonline.com.evil.example", false},
		"https://login.microsoftonline.com:8443/t/oauth2/v2.0/authorize":            {"login.microsoftonline.com:8443", false},
		"https://evil.example/login.microsoftonline.com/oauth2/v2.0/authorize":      {"evil.example", false},
		"https://login-microsoftonline.com/t/oauth2/v2.0/authorize?x=microsoft.com": {"login-microsoftonline.com", false},
	} {
		if host, known := signin.AsksForPassword(address); host != want.host || known != want.known {
			t.Errorf("%s: %s, known %v", address, host, known)
		}
	}
	d := newDirectory(t, identity.Options{}, nil)
	state := start(t, d.options(t)).State()
	if state.Authority != strings.TrimPrefix(d.server.URL, "http://") || !state.AuthorityKnown {
		t.Errorf("the state is %+v", state)
	}
}
