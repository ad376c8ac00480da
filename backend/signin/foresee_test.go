package signin_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

var correlationFact = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

func TestWhatMicrosoftShowsOnAPageOnlyIsToldBeforeABrowserOpens(t *testing.T) {
	for name, c := range map[string]struct {
		options identity.Options
		client  string
		fault   string
		number  string
		action  fault.Action
	}{
		"an unknown client id":        {client: unknownClient, number: "AADSTS700016", action: fault.OpenGuide},
		"localhost is not registered": {options: identity.Options{RedirectURIs: []string{"http://localhost/answer"}}, number: "AADSTS50011", action: fault.OpenGuide},
		"work accounts only":          {fault: "aadsts-9002332", number: "AADSTS9002332", action: fault.Retry},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDirectory(t, c.options, nil)
			if c.fault != "" {
				if err := d.Play(c.fault); err != nil {
					t.Fatal(err)
				}
			}
			o := d.options(t)
			if c.client != "" {
				o.ClientID = c.client
			}
			s, err := signin.Start(context.Background(), o)
			if err == nil {
				s.Close()
			}
			mustRefuse(t, err, fault.SignInRefused, c.number)
			report := fault.ReportOf(err)
			if len(report.Actions) == 0 || report.Actions[0] != c.action {
				t.Errorf("it offers %v", report.Actions)
			}
			found := false
			for _, f := range report.Facts {
				found = found || f.Name == "Correlation id" && correlationFact.MatchString(f.Value)
			}
			if !found {
				t.Errorf("there is no correlation id in %v", report.Facts)
			}
		})
	}
}

func TestALookAheadThatFailsStopsNobody(t *testing.T) {
	for name, change := range map[string]func(next http.Handler, w http.ResponseWriter, r *http.Request){
		"an answer of another kind": func(_ http.Handler, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"a number without meaning": func(_ http.Handler, w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte("AADSTS99999: something new"))
		},
		"no answer": func(_ http.Handler, w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDirectory(t, identity.Options{}, func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Query().Get("prompt") == "none" {
						change(next, w, r)
						return
					}
					next.ServeHTTP(w, r)
				})
			})
			s := start(t, d.options(t))
			newPerson(t, mira).open(s.State().URL)
			mustSignIn(t, s)
		})
	}
}

func TestAPolicyThatRefusesTheNormalBrowserDoesNotOfferItAgain(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	if err := d.Play("aadsts-53003"); err != nil {
		t.Fatal(err)
	}
	for rung, want := range map[signin.Rung][]fault.Action{
		signin.RungSystem:   {fault.CopyForAdmin, fault.UseToken},
		signin.RungCopyLink: {fault.NormalBrowser, fault.CopyForAdmin},
	} {
		o := d.options(t)
		opened := make(chan string, 1)
		o.Rung, o.OpenURL = rung, func(address string) error { opened <- address; return nil }
		s := start(t, o)
		if rung == signin.RungCopyLink {
			opened <- s.State().URL
		}
		newPerson(t, mira).open(<-opened)
		_, err := outcome(t, s)
		mustRefuse(t, err, fault.ConditionalAccess, "policy", "AADSTS53003", "Correlation id")
		mustOffer(t, err, want...)
	}
}

func TestAPageOfNobodyKnownIsNamedInTheNotice(t *testing.T) {
	d := newDirectory(t, identity.Options{}, rewriting("/openid-configuration", func(answer map[string]any) {
		answer["authorization_endpoint"] = "https://login.evil.example/oauth2/v2.0/authorize"
	}))
	o := d.options(t)
	o.HTTPClient = &http.Client{Timeout: 5 * time.Second, Transport: onlyHere{}}
	o.Rung, o.Browser = "", noBrowser
	s := start(t, o)
	waitFor(t, s, func(st signin.State) bool { return st.Phase == signin.PhaseWaiting })
	state := s.State()
	if state.Authority != "login.evil.example" || state.AuthorityKnown ||
		!strings.Contains(state.Notice, "login.evil.example, which is none of Microsoft's") || !strings.Contains(state.Notice, "No browser") {
		t.Errorf("the state is %+v", state)
	}
}

// onlyHere is a network that ends at this computer.
type onlyHere struct{}

// RoundTrip refuses every other host.
func (onlyHere) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Hostname() != "127.0.0.1" {
		return nil, http.ErrServerClosed
	}
	return http.DefaultTransport.RoundTrip(r)
}
