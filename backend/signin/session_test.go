package signin_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
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

func TestCancelAndTimeout(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	// A port that was let go may be taken by any other program at once, though not three times in a row.
	for try := 1; ; try++ {
		s := start(t, d.options(t))
		s.Cancel()
		_, err := outcome(t, s)
		mustRefuse(t, err, fault.Canceled, "lumen", "Nothing was stored")
		s.Close()
		if s.State().Phase != signin.PhaseCanceled {
			t.Errorf("the phase is %s", s.State().Phase)
		}
		c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", signin.PortOf(s)))
		if err != nil {
			break
		}
		_ = c.Close() // it said what we wanted to know
		if try == 3 {
			t.Fatal("it still listens")
		}
	}

	o := d.options(t)
	o.Timeout = 200 * time.Millisecond
	s := start(t, o)
	_, err := outcome(t, s)
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

func TestStartRefuses(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	for name, c := range map[string]struct {
		change func(*signin.Options)
		code   fault.Code
		word   string
	}{
		"no client id":     {func(o *signin.Options) { o.ClientID = " " }, fault.Invalid, "client id"},
		"no directory":     {func(o *signin.Options) { o.Authority, o.TenantID, o.OrganizationURL = d.Authority()+"/common", "", "" }, fault.Invalid, "directory"},
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

func TestTheOrganizationIsAskedForItsDirectoryWhenNobodyNamedOne(t *testing.T) {
	d := newDirectory(t, identity.Options{}, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/lumen":
				w.Header().Set("WWW-Authenticate", "Bearer authorization_uri=http://"+r.Host+"/identity/"+identity.LumenTenantID)
				w.WriteHeader(http.StatusUnauthorized)
			case "/personal":
				w.Header().Set("X-VSS-ResourceTenant", "00000000-0000-0000-0000-000000000000")
			default:
				next.ServeHTTP(w, r)
			}
		})
	})
	for _, authority := range []string{"", d.Authority(), d.Authority() + "/organizations"} {
		o := d.options(t)
		o.Authority, o.TenantID, o.OrganizationURL = authority, "", d.server.URL+"/lumen"
		s := start(t, o)
		newPerson(t, mira).open(s.State().URL)
		if result := mustSignIn(t, s); result.Account.TenantID != identity.LumenTenantID {
			t.Errorf("%q led to %s", authority, result.Account.TenantID)
		}
	}
	o := d.options(t)
	o.Authority, o.TenantID, o.OrganizationURL = "", "", d.server.URL+"/personal"
	_, err := signin.Start(context.Background(), o)
	mustRefuse(t, err, fault.Invalid, "personal access token")
	o.OrganizationURL = d.server.URL + "/nowhere"
	_, err = signin.Start(context.Background(), o)
	mustRefuse(t, err, fault.OrganizationGone, "nowhere")
}
