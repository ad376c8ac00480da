package signin_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
	"sightline/backend/signin/browser"
)

func TestAPersonSignsInAndIsProved(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	var log journal
	o.Logger = log.logger()
	s := start(t, o)
	state := s.State()
	if state.Rung != signin.RungCopyLink || state.BrowserName != "" || state.IsolationVerified || state.Deadline.Sub(state.Started) != o.Timeout {
		t.Errorf("the state is %+v", state)
	}
	status, page := newPerson(t, mira).open(state.URL)
	if status != http.StatusOK || !strings.Contains(page, "You are signed in") || strings.Contains(page, "mira") {
		t.Errorf("the last page is %d %s", status, title(page))
	}
	result := mustSignIn(t, s)
	want := signin.Account{TenantID: identity.LumenTenantID, ObjectID: "59ba1b34-1d7a-4c15-bb1a-8cf141b33e84",
		Name: "Mira Okafor", Address: mira, Directory: "lumen.example", Kind: signin.KindWork}
	if result.Account != want {
		t.Errorf("the account is %+v, want %+v", result.Account, want)
	}
	if result.Claims.Issuer != d.Issuer(identity.LumenTenantID) || result.ClockOff != 0 || !result.Matches {
		t.Errorf("the result is %+v", result)
	}
	if who, err := d.Verify(result.Tokens.Access.Reveal()); err != nil || who.UPN != mira {
		t.Errorf("the access token is of %v (%v)", who.UPN, err)
	}
	if left := time.Until(result.Tokens.Expires); left < 55*time.Minute || left > time.Hour {
		t.Errorf("the access token lives %v", left)
	}
	if result.Tokens.Refresh.IsZero() {
		t.Error("there is no refresh token")
	}
	request := httptestRequest(t, "https://dev.azure.com/lumen/_apis/projects")
	if err := result.Credential().Authorize(context.Background(), request); err != nil {
		t.Fatal(err)
	}
	if request.Header.Get("Authorization") != "Bearer "+result.Tokens.Access.Reveal() {
		t.Error("the credential does not carry the access token")
	}
	if s.State().Phase != signin.PhaseDone || s.State().URL != "" {
		t.Errorf("the state is %+v", s.State())
	}
	for _, secret := range append(signin.SecretsOf(s), result.Tokens.Access.Reveal(), result.Tokens.Refresh.Reveal()) {
		if strings.Contains(log.String(), secret) || strings.Contains(fmt.Sprintf("%+v %#v", result, result.Tokens), secret) {
			t.Error("a secret is in the log or in a print")
		}
	}
	if log.String() == "" {
		t.Error("nothing was logged at all")
	}
}

func TestAKnownPersonTypesThePasswordThoughTheBrowserKnowsThem(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	p := newPerson(t, mira)
	p.open(start(t, d.options(t)).State().URL) // the browser has a session now

	o := d.options(t)
	o.Expect = "Mira.Okafor@lumen.example"
	s := start(t, o)
	p.open(s.State().URL)
	if result := mustSignIn(t, s); !result.Matches {
		t.Errorf("%s is not taken for %s", result.Account.Address, o.Expect)
	}
	if silent, _ := d.kinds(identity.EventSilent); silent != 0 {
		t.Errorf("%d sign-ins were silent", silent)
	}
	if asked, sessions := d.kinds(identity.EventAsked); asked != 2 || sessions != "1" {
		t.Errorf("asked %d times, last with %s sessions", asked, sessions)
	}
}

func TestAnUnknownPersonGetsTheListOfAccounts(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	p := newPerson(t, mira)
	p.open(start(t, d.options(t)).State().URL)
	s := start(t, d.options(t))
	if _, page := p.open(s.State().URL); !strings.Contains(page, "Pick an account") {
		t.Errorf("the page is %s", title(page))
	}
	if silent, _ := d.kinds(identity.EventSilent); silent != 0 {
		t.Errorf("%d sign-ins were silent", silent)
	}
}

func TestWhoSignsIn(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	for _, c := range []struct {
		name, email string
		kind        signin.Kind
		directory   string
		code        fault.Code
		words       []string
	}{
		{"guest", priya, signin.KindGuest, "", "", nil},
		{"never invited", marcus, "", "", fault.NotMember, []string{"lumen", "the other account", "AADSTS50020", "Correlation id"}},
		{"personal account", jo, "", "", fault.SignInRefused, []string{"personal Microsoft account", "personal access token"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := start(t, d.options(t))
			newPerson(t, c.email).open(s.State().URL)
			result, err := outcome(t, s)
			if c.code != "" {
				mustRefuse(t, err, c.code, c.words...)
				if s.State().Phase != signin.PhaseFailed {
					t.Errorf("the phase is %s", s.State().Phase)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if result.Account.Kind != c.kind || result.Account.Directory != c.directory || result.Account.Address != c.email {
				t.Errorf("the account is %+v", result.Account)
			}
		})
	}
}

func TestConsentDeclined(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	s := start(t, d.options(t))
	p := newPerson(t, mira)
	p.decision = "cancel"
	if _, page := p.open(s.State().URL); !strings.Contains(page, "did not finish") {
		t.Errorf("the last page is %s", title(page))
	}
	_, err := outcome(t, s)
	mustRefuse(t, err, fault.ConsentDeclined, "nothing was stored", "AADSTS65004")
}

func TestSomebodyElseThanExpected(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	o.Expect = mira
	s := start(t, o)
	newPerson(t, elias).open(s.State().URL)
	result := mustSignIn(t, s) // the card shows it; nothing is decided here
	if result.Matches || result.Account.Address != elias {
		t.Errorf("the result is %+v", result)
	}
	mustRefuse(t, result.CheckExpected("lumen"), fault.WrongPerson, mira, elias, "lumen")

	o.ExpectAccount = &signin.AccountKey{TenantID: identity.LumenTenantID, ObjectID: "59BA1B34-1D7A-4C15-BB1A-8CF141B33E84"}
	s = start(t, o)
	newPerson(t, elias).open(s.State().URL)
	_, err := outcome(t, s)
	mustRefuse(t, err, fault.WrongPerson, mira, elias)
	s = start(t, o)
	newPerson(t, mira).open(s.State().URL)
	if result := mustSignIn(t, s); !result.Matches {
		t.Error("the same person is refused")
	}
}

func TestTheAnswerMayBePosted(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	s := start(t, d.options(t))
	answer := newPerson(t, mira).stopBefore(s, s.State().URL)
	response, err := http.PostForm(fmt.Sprintf("http://localhost:%d/", signin.PortOf(s)), answer.Query())
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.Request.URL.Path != "/done" || response.Request.URL.RawQuery != "" {
		t.Errorf("the browser ends at %s", response.Request.URL.Path)
	}
	mustSignIn(t, s)
}

// ask sends one request to a session without following redirects.
func ask(t *testing.T, s *signin.Session, method, host, target, body string) *http.Response {
	t.Helper()
	r, err := http.NewRequest(method, fmt.Sprintf("http://127.0.0.1:%d%s", signin.PortOf(s), target), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		r.Host = host
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return response
}

func TestStrayRequestsChangeNothingAndTheFirstRightAnswerWins(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	s := start(t, d.options(t))
	answer := newPerson(t, mira).stopBefore(s, s.State().URL)
	right := "/?" + answer.RawQuery
	state := signin.StateOf(s)
	for _, c := range []struct {
		name, method, host, target, body string
		status                           int
	}{
		{"nothing", "GET", "", "/", "", 404},
		{"wrong state", "GET", "", "/?code=x&state=" + strings.Repeat("A", len(state)), "", 404},
		{"state twice", "GET", "", "/?code=x&state=" + state + "&state=" + state, "", 404},
		{"error without state", "GET", "", "/?error=access_denied", "", 404},
		{"error with wrong state", "GET", "", "/?error=access_denied&state=x", "", 404},
		{"right state without code", "GET", "", "/?state=" + state, "", 404},
		{"another issuer", "GET", "", "/?code=x&state=" + state + "&iss=https%3A%2F%2Fevil.example", "", 404},
		{"wrong path", "GET", "", "/callback?code=x&state=" + state, "", 404},
		{"favicon", "GET", "", "/favicon.ico", "", 404},
		{"done too early", "GET", "", "/done", "", 404},
		{"unknown link", "GET", "", "/go/AAAA", "", 410},
		{"foreign host", "GET", "evil.example", right, "", 404},
		{"foreign port", "GET", "localhost:1", right, "", 404},
		{"options", "OPTIONS", "", right, "", 405},
		{"head", "HEAD", "", right, "", 405},
		{"put", "PUT", "", right, "", 405},
		{"posted query", "POST", "", right, "x=y", 404},
		{"large body", "POST", "", "/", "code=" + strings.Repeat("x", 70<<10), 413},
	} {
		response := ask(t, s, c.method, c.host, c.target, c.body)
		if response.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", c.name, response.StatusCode, c.status)
		}
		if response.Header.Get("Cache-Control") != "no-store" || response.Header.Get("Referrer-Policy") != "no-referrer" ||
			!strings.Contains(response.Header.Get("Content-Security-Policy"), "default-src 'none'") || response.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: the headers are %v", c.name, response.Header)
		}
	}
	for range 1000 {
		ask(t, s, "GET", "", "/?code=stray&state=stray", "")
	}
	if s.State().Phase != signin.PhaseWaiting {
		t.Fatalf("the phase is %s", s.State().Phase)
	}
	response := ask(t, s, "GET", "", right, "")
	if response.StatusCode != http.StatusSeeOther || response.Header.Get("Location") != "/done" {
		t.Errorf("the right answer got %d %s", response.StatusCode, response.Header.Get("Location"))
	}
	if again := ask(t, s, "GET", "", right, ""); again.StatusCode != http.StatusGone {
		t.Errorf("the second answer got %d", again.StatusCode)
	}
	mustSignIn(t, s)
	if tokens, _ := d.kinds(identity.EventToken); tokens != 1 {
		t.Errorf("%d codes were redeemed", tokens)
	}
}

func TestTheAnswerMayComeOverEitherLoopbackAddressAndBothAreGoneAfterwards(t *testing.T) {
	addresses := []string{"127.0.0.1"}
	if l, err := net.Listen("tcp6", "[::1]:0"); err == nil {
		_ = l.Close()
		addresses = append(addresses, "[::1]")
	} else {
		t.Log("this machine has no ::1; only 127.0.0.1 is tried")
	}
	d := newDirectory(t, identity.Options{}, nil)
	for _, address := range addresses {
		s := start(t, d.options(t))
		answer := newPerson(t, mira).stopBefore(s, s.State().URL)
		answer.Host = fmt.Sprintf("%s:%d", address, signin.PortOf(s))
		response, err := http.Get(answer.String())
		if err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		_ = response.Body.Close()
		mustSignIn(t, s)
		s.Close()
		for _, gone := range addresses {
			if c, err := net.Dial("tcp", net.JoinHostPort(strings.Trim(gone, "[]"), fmt.Sprint(signin.PortOf(s)))); err == nil {
				_ = c.Close()
				t.Errorf("after the sign-in %s still listens", gone)
			}
		}
	}
}

func TestEachLinkWorksOnce(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	s := start(t, d.options(t))
	first := s.State().URL
	u, err := url.Parse(first)
	if err != nil || u.RawQuery != "" || !strings.HasPrefix(u.Path, "/go/") {
		t.Fatalf("the link is %s", first)
	}
	for _, secret := range signin.SecretsOf(s) {
		if strings.Contains(first, secret) {
			t.Error("the link holds a secret")
		}
	}
	if head := ask(t, s, "HEAD", "", u.Path, ""); head.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a preview of the link got %d", head.StatusCode)
	}
	if status := ask(t, s, "GET", "", u.Path, "").StatusCode; status != http.StatusFound {
		t.Errorf("the first visit got %d", status)
	}
	if status := ask(t, s, "GET", "", u.Path, "").StatusCode; status != http.StatusGone {
		t.Errorf("the second visit got %d", status)
	}
	if second := s.State().URL; second == first || second == "" {
		t.Error("there is no fresh link")
	} else {
		newPerson(t, mira).open(second)
		mustSignIn(t, s)
	}
}

func TestCancelAndTimeout(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	s := start(t, d.options(t))
	s.Cancel()
	_, err := outcome(t, s)
	mustRefuse(t, err, fault.Canceled, "lumen", "Nothing was stored")
	s.Close()
	if s.State().Phase != signin.PhaseCanceled {
		t.Errorf("the phase is %s", s.State().Phase)
	}
	if _, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", signin.PortOf(s))); err == nil {
		t.Error("it still listens")
	}

	o := d.options(t)
	o.Timeout = 200 * time.Millisecond
	s = start(t, o)
	_, err = outcome(t, s)
	mustRefuse(t, err, fault.SignInTimeout, "lumen")

	s = start(t, d.options(t))
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := s.Wait(ctx); fault.CodeOf(err) != fault.Timeout {
		t.Errorf("a wait that ends first got %v", err)
	}
	newPerson(t, mira).open(s.State().URL)
	mustSignIn(t, s)
}

// standIn is a browser that does what a script says; $PROFILE is its folder, $LINK its address.
func standIn(t *testing.T, body string) signin.BrowserChooser {
	t.Helper()
	path := t.TempDir() + "/chromium"
	text := "#!/bin/sh\nfor a in \"$@\"; do case \"$a\" in --user-data-dir=*) PROFILE=\"${a#--user-data-dir=}\";; http*) LINK=\"$a\";; esac; done\n" + body + "\n"
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	b, known := browser.At(path)
	if !known {
		t.Fatal("the stand-in is of no family")
	}
	return func(context.Context) []browser.Browser { return []browser.Browser{b} }
}

func TestTheWindowIsClosed(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	o.Rung, o.Browser = signin.RungIsolated, standIn(t, `touch "$PROFILE/Local State"; sleep 0.4`)
	started := time.Now()
	_, err := outcome(t, start(t, o))
	mustRefuse(t, err, fault.BrowserClosed, "lumen", "Nothing was stored")
	if took := time.Since(started); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestABrowserThatIsNotIsolatedNeverSeesTheDirectory(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	// It fetches its address at once, and hands over to the daily browser without filling the profile.
	o.Rung, o.Browser = signin.RungIsolated, standIn(t, fmt.Sprintf(`%s & sleep 0.5`, fetcher(t)))
	s := start(t, o)
	deadline := time.Now().Add(15 * time.Second)
	for s.State().Rung != signin.RungCopyLink && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	state := s.State()
	if state.Rung != signin.RungCopyLink || state.IsolationVerified || !strings.Contains(state.Notice, "Chromium") || state.Phase != signin.PhaseWaiting {
		t.Fatalf("the state is %+v", state)
	}
	if asked, _ := d.kinds(identity.EventAsked); asked != 0 {
		t.Error("the directory's page was loaded by a browser that is not isolated")
	}
	newPerson(t, mira).open(state.URL) // the link still works
	mustSignIn(t, s)
}

func TestAClosedWindowDoesNotEndASignInByTheCopiedLink(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	stop := t.TempDir() + "/stop"
	o.Rung, o.Browser = signin.RungIsolated, standIn(t, fmt.Sprintf(`touch "$PROFILE/Local State"; while [ ! -e %s ]; do sleep 0.05; done`, stop))
	s := start(t, o)
	for s.State().Phase != signin.PhaseWaiting {
		time.Sleep(10 * time.Millisecond)
	}
	if state := s.State(); state.Rung != signin.RungIsolated || !state.IsolationVerified || state.BrowserName != "Chromium" {
		t.Errorf("the state is %+v", state)
	}
	p := newPerson(t, mira)
	answer := p.stopBefore(s, s.State().URL)
	if err := os.WriteFile(stop, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(10 * time.Second)
	for s.State().Rung != signin.RungCopyLink && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	if _, err := p.client.Get(answer.String()); err != nil {
		t.Fatal(err)
	}
	mustSignIn(t, s)
}

func TestTheNormalBrowserIsUsedOnlyWhenAskedFor(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	opened := make(chan string, 2)
	o.OpenURL = func(address string) error { opened <- address; return nil }
	o.Rung, o.Browser = signin.RungIsolated, func(context.Context) []browser.Browser { return nil }
	s := start(t, o)
	for s.State().Phase != signin.PhaseWaiting {
		time.Sleep(10 * time.Millisecond)
	}
	if state := s.State(); state.Rung != signin.RungCopyLink || state.Notice == "" || len(opened) != 0 {
		t.Errorf("without a browser the state is %+v", state)
	}
	o.Rung = signin.RungSystem
	s = start(t, o)
	newPerson(t, mira).open(<-opened)
	mustSignIn(t, s)
	if state := s.State(); state.Rung != signin.RungSystem || state.IsolationVerified {
		t.Errorf("the state is %+v", state)
	}
}

func TestStartRefuses(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	for name, c := range map[string]struct {
		change func(*signin.Options)
		code   fault.Code
		word   string
	}{
		"no client id":     {func(o *signin.Options) { o.ClientID = " " }, fault.Invalid, "client id"},
		"no directory":     {func(o *signin.Options) { o.Authority, o.TenantID = d.Authority()+"/common", "" }, fault.Invalid, "directory"},
		"personal":         {func(o *signin.Options) { o.TenantID = "00000000-0000-0000-0000-000000000000" }, fault.Invalid, "personal access token"},
		"not encrypted":    {func(o *signin.Options) { o.Authority = "http://login.example/x" }, fault.Invalid, "https"},
		"no address":       {func(o *signin.Options) { o.Authority = "login" }, fault.Invalid, "authority"},
		"unknown tenant":   {func(o *signin.Options) { o.TenantID = "11111111-2222-3333-4444-555555555555" }, fault.SignInRefused, "AADSTS90002"},
		"nobody there":     {func(o *signin.Options) { o.Authority = "http://127.0.0.1:9/x" }, fault.Offline, "127.0.0.1:9"},
		"not a directory":  {func(o *signin.Options) { o.Authority = d.server.URL + "/elsewhere" }, fault.BadAnswer, "Entra"},
		"no profile place": {func(o *signin.Options) { o.Rung, o.CacheDir = "", "" }, fault.Internal, "folder"},
	} {
		t.Run(name, func(t *testing.T) {
			o := d.options(t)
			c.change(&o)
			s, err := signin.Start(context.Background(), o)
			if err == nil {
				s.Close()
			}
			mustRefuse(t, err, c.code, c.word)
		})
	}
}

func TestATenantTypedBesideTheAuthorityWins(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	for _, authority := range []string{d.Authority(), d.Authority() + "/", d.Authority() + "/" + identity.QuaysideTenantID,
		d.Authority() + "/common", d.Authority() + "/" + strings.ToUpper(identity.LumenTenantID) + "/v2.0"} {
		o := d.options(t)
		o.Authority = authority
		s := start(t, o)
		newPerson(t, mira).open(s.State().URL)
		if result := mustSignIn(t, s); result.Account.TenantID != identity.LumenTenantID {
			t.Errorf("%s led to %s", authority, result.Account.TenantID)
		}
	}
	o := d.options(t)
	o.TenantID = identity.LumenDomain
	s := start(t, o)
	newPerson(t, mira).open(s.State().URL)
	mustSignIn(t, s)
}
