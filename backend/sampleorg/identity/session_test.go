package identity_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/sampleorg/identity"
)

func TestOneSessionSignsInSilently(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn(mira, identity.LumenTenantID)

	before := len(w.p.Events())
	g := w.program(identity.LumenTenantID)
	p := b.get(g.address())
	if p.status != http.StatusFound {
		t.Fatalf("answered %d with page %q, want a redirect at once", p.status, p.title())
	}
	who, err := w.p.Verify(g.redeem(p).AccessToken)
	if err != nil || who.UPN != mira {
		t.Errorf("signed in as %q (%v)", who.UPN, err)
	}
	if got, want := w.kinds(before), []string{"silent/1", "code/1", "token/none"}; !slices.Equal(got, want) {
		t.Errorf("events %v, want %v", got, want)
	}

	before = len(w.p.Events())
	w.browser().get(w.program(identity.LumenTenantID).address()).shows("Sign in")
	if got, want := w.kinds(before), []string{"asked/none"}; !slices.Equal(got, want) {
		t.Errorf("another browser: events %v, want %v", got, want)
	}
}

func TestTheSessionCookieOutlivesTheBrowserOnlyWhenAskedTo(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		keep   string
		maxAge int
	}{"keep me signed in": {"yes", 90 * 24 * 3600}, "this window only": {"", 0}} {
		t.Run(name, func(t *testing.T) {
			b := w.browser()
			p := b.get(w.program(identity.LumenTenantID).address())
			p = b.press(p, "/signin/password", "email", mira, "password", identity.SamplePassword, "keep", c.keep)
			var session *http.Cookie
			for _, cookie := range (&http.Response{Header: p.header}).Cookies() {
				if cookie.Name == "SAMPLEAUTHPERSISTENT" {
					session = cookie
				}
			}
			if session == nil {
				t.Fatal("no session cookie")
			}
			if session.MaxAge != c.maxAge || !session.HttpOnly || session.SameSite != http.SameSiteLaxMode || session.Path != "/identity/" {
				t.Errorf("cookie: max age %d, http only %v, same site %v, path %s", session.MaxAge, session.HttpOnly, session.SameSite, session.Path)
			}
		})
	}
}

func TestTheSessionCookieChangesWithEachSignIn(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn(mira, identity.LumenTenantID)
	// Somebody copies the cookie, then another person signs in with the same browser.
	address, err := url.Parse(w.p.Authority() + "/")
	if err != nil {
		t.Fatal(err)
	}
	copied := w.browser()
	copied.client.Jar.SetCookies(address, b.client.Jar.Cookies(address))
	b.signIn(elias, identity.LumenTenantID)
	copied.get(w.program(identity.LumenTenantID).address()).shows("Sign in")
}

func TestASessionEndsAfterNinetyIdleDays(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn(mira, identity.LumenTenantID)
	w.clock.Add(91 * 24 * time.Hour)
	b.get(w.program(identity.LumenTenantID).address()).shows("Sign in")
}

func TestSeveralSessionsShowThePicker(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn(mira, identity.LumenTenantID)
	b.signIn(elias, identity.LumenTenantID)

	before := len(w.p.Events())
	g := w.program(identity.LumenTenantID)
	p := b.get(g.address()).shows("Pick an account")
	for _, upn := range []string{mira, elias} {
		if !strings.Contains(p.text(), upn) {
			t.Errorf("the list lacks %s", upn)
		}
	}
	p = b.press(p, "/signin/account", "account", elias)
	if who, err := w.p.Verify(g.redeem(p).AccessToken); err != nil || who.UPN != elias {
		t.Errorf("picked Elias, got %q (%v)", who.UPN, err)
	}
	if got, want := w.kinds(before), []string{"picker/2", "picked/2", "code/2", "token/none"}; !slices.Equal(got, want) {
		t.Errorf("events %v, want %v", got, want)
	}
}

func TestThePickerLeadsToAnotherAccount(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn(mira, identity.LumenTenantID)
	g := w.program(identity.LumenTenantID)
	p := b.get(g.address("prompt", "select_account")).shows("Pick an account")
	p = b.press(p, "/signin/another")
	p = b.typePassword(p, sofia)
	token := g.redeem(b.press(p.shows("Authorize Sightline"), "/signin/consent", "do", "accept"))
	if who, err := w.p.Verify(token.AccessToken); err != nil || who.UPN != sofia {
		t.Errorf("signed in as %q (%v)", who.UPN, err)
	}
	b.get(w.program(identity.LumenTenantID).address()).shows("Pick an account") // both are signed in now
}

func TestPickingSomebodyWhoIsNotSignedInAsksForThePassword(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn(mira, identity.LumenTenantID)
	p := b.get(w.program(identity.LumenTenantID).address("prompt", "select_account"))
	b.press(p, "/signin/account", "account", elias).shows("Sign in")
}

func TestPromptDecidesWhatASignedInBrowserShows(t *testing.T) {
	w := newWorld(t)
	one, none := w.browser(), w.browser()
	one.signIn(mira, identity.LumenTenantID)
	for name, c := range map[string]struct {
		b      *browser
		params []string
		page   string
		event  string
	}{
		"login always asks":                        {one, []string{"prompt", "login"}, "Sign in", "asked/1"},
		"login with a hint asks":                   {one, []string{"prompt", "login", "login_hint", mira}, "Sign in", "asked/1"},
		"select_account shows the list for one":    {one, []string{"prompt", "select_account"}, "Pick an account", "picker/1"},
		"select_account asks when nobody is there": {none, []string{"prompt", "select_account"}, "Sign in", "asked/none"},
		"consent signs in and asks for consent":    {one, []string{"prompt", "consent"}, "Authorize Sightline", "silent/1"},
		"a hint for somebody else asks":            {one, []string{"login_hint", elias}, "Sign in", "asked/1"},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(w.p.Events())
			c.b.get(w.program(identity.LumenTenantID).address(c.params...)).shows(c.page)
			if got := w.kinds(before)[0]; got != c.event {
				t.Errorf("event %s, want %s", got, c.event)
			}
		})
	}
	t.Run("a hint for who is there is silent", func(t *testing.T) {
		g := w.program(identity.LumenTenantID)
		g.code(one.get(g.address("login_hint", strings.ToUpper(mira))))
	})
}

func TestPromptLoginIsNotSatisfiedByPickingASession(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn(mira, identity.LumenTenantID)
	p := b.get(w.program(identity.LumenTenantID).address("prompt", "login"))
	_, hidden := p.form("/signin/password")
	hidden.Set("account", mira)
	b.post(w.url(identity.LumenTenantID, "/signin/account"), hidden).shows("Sign in")
}

func TestPromptNoneAnswersWithoutAPage(t *testing.T) {
	w := newWorld(t)
	nobody, one, fresh, two := w.browser(), w.browser(), w.browser(), w.browser()
	one.signIn(mira, identity.LumenTenantID)
	two.signIn(mira, identity.LumenTenantID)
	two.signIn(elias, identity.LumenTenantID)
	// Sofia has a session, but never allowed the program anything.
	fresh.typePassword(fresh.get(w.program(identity.LumenTenantID).address()), sofia).shows("Authorize Sightline")
	for name, c := range map[string]struct {
		b      *browser
		params []string
		error  string
		code   string
	}{
		"nobody signed in":         {nobody, nil, "login_required", "AADSTS50058"},
		"several signed in":        {two, nil, "interaction_required", "AADSTS16000"},
		"several, one named":       {two, []string{"login_hint", elias}, "", ""},
		"one signed in":            {one, nil, "", ""},
		"the named one is not":     {one, []string{"login_hint", elias}, "login_required", "AADSTS50058"},
		"signed in, not consented": {fresh, nil, "consent_required", "AADSTS65001"},
	} {
		t.Run(name, func(t *testing.T) {
			p := c.b.get(w.program(identity.LumenTenantID).address(append([]string{"prompt", "none"}, c.params...)...))
			if p.callback == nil {
				t.Fatalf("page %q is shown", p.title())
			}
			if got := p.callback.Get("error"); got != c.error || !strings.HasPrefix(p.callback.Get("error_description"), c.code) {
				t.Errorf("answer %q %q, want %q %q", got, p.callback.Get("error_description"), c.error, c.code)
			}
			if (p.callback.Get("code") != "") != (c.error == "") {
				t.Errorf("code there: %v", p.callback.Get("code") != "")
			}
		})
	}
}

func TestAWrongPasswordHasItsSentence(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	p := b.get(w.program(identity.LumenTenantID).address())
	for name, c := range map[string]struct{ email, password, sentence string }{
		"wrong password": {mira, "x", "That is not the password of " + mira},
		"no password":    {mira, "", "Enter the password of " + mira},
		"unknown person": {"who@lumen.example", "x", "We don’t know anybody with that email address"},
		"no email":       {"", "x", "Enter your email address"},
	} {
		t.Run(name, func(t *testing.T) {
			next := b.press(p, "/signin/password", "email", c.email, "password", c.password).shows("Sign in")
			if !strings.Contains(next.text(), c.sentence) {
				t.Errorf("the page does not say %q", c.sentence)
			}
			if strings.Contains(next.body, `value="x"`) {
				t.Error("the page repeats the password")
			}
		})
	}
	b.typePassword(p, mira).shows("Authorize Sightline") // and the page still works
}

func TestTheSamplePeopleAreListedWithTheirPasswordAndFillInTheEmail(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	p := b.get(w.program(identity.LumenTenantID).address())
	for _, person := range w.p.People() {
		if !strings.Contains(p.text(), person.Name) || !strings.Contains(p.text(), person.UPN) {
			t.Errorf("%s is not on the page", person.Name)
		}
	}
	if !strings.Contains(p.text(), "This is sample data: sign in as") || !strings.Contains(p.text(), identity.SamplePassword) {
		t.Error("the page does not say how to sign in")
	}
	p = b.press(p, "/signin/password", "use", priya).shows("Sign in")
	if !strings.Contains(p.body, `value="`+priya+`"`) {
		t.Error("the email is not filled in")
	}
}
