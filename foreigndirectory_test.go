package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/sampleorg"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

// impostor is a server that a person types the address of, and a directory that it says it belongs to. The directory
// answers under the host that is asked for, as if this computer's network led there.
type impostor struct {
	sampleorg.Announcement
	directory *identity.Provider
	mu        sync.Mutex
	asked     []string // paths of the directory
}

// RoundTrip leads what goes to another computer to the directory, and the rest where it goes.
func (i *impostor) RoundTrip(r *http.Request) (*http.Response, error) {
	if h := r.URL.Hostname(); h == "127.0.0.1" || h == "localhost" {
		return http.DefaultTransport.RoundTrip(r)
	}
	i.mu.Lock()
	i.asked = append(i.asked, r.URL.Path)
	i.mu.Unlock()
	received := r.Clone(r.Context())
	if received.Body == nil {
		received.Body = http.NoBody // as a server gets it
	}
	answer := httptest.NewRecorder()
	i.directory.ServeHTTP(answer, received)
	return answer.Result(), nil
}

// pretending makes a sample organization say that it belongs to a directory at base.
func pretending(t *testing.T, base string) (i *impostor, tokens func() map[string]bool) {
	t.Helper()
	directory, err := identity.New(identity.Options{BaseURL: base})
	if err != nil {
		t.Fatal(err)
	}
	i = &impostor{Announcement: sample(t), directory: directory}
	own := i.Authority
	answering(t, &i.Announcement, func(w http.ResponseWriter, r *http.Request, pass http.Handler) bool {
		answer := httptest.NewRecorder()
		pass.ServeHTTP(answer, r)
		for name, values := range answer.Header() {
			for _, v := range values {
				w.Header().Add(name, strings.Replace(v, own, directory.Authority(), 1))
			}
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
		return true
	})
	tokens = bearers(t, &i.Announcement)
	i.ClientID = directory.ClientID()
	return i, tokens
}

// mustAskNobody checks the end of a sign-in that must not have begun.
func (i *impostor) mustAskNobody(t *testing.T, said fault.Report) {
	t.Helper()
	server, host := hostOf(i.OrganizationURL), hostOf(i.directory.Authority())
	if said.Code != fault.SignInRefused || !strings.Contains(said.Message, server) || !strings.Contains(said.Message, host) ||
		!strings.Contains(said.Hint, "personal access token") || !slices.Equal(said.Actions, []fault.Action{fault.UseToken}) {
		t.Errorf("%+v", said)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.asked) != 0 {
		t.Errorf("the directory was asked for %v", i.asked)
	}
}

func hostOf(address string) string { return strings.Split(address, "/")[2] }

// refusedAttempt begins a sign-in that has to fail before anybody is asked anything.
func refusedAttempt(t *testing.T, p *desktop.Program, r desktop.ConnectRequest) desktop.AttemptView {
	t.Helper()
	v := answered[desktop.AttemptView](t)(p.Services().GetData.Begin(r))
	return refusedAtOnce(t, p, v.ID)
}

func refusedAtOnce(t *testing.T, p *desktop.Program, id string) (v desktop.AttemptView) {
	t.Helper()
	waitFor(t, "the refusal", func() bool {
		v = answered[desktop.AttemptView](t)(p.Services().GetData.Attempt(id))
		return v.Phase == "failed" || v.Phase == "waiting"
	})
	if v.Phase == "waiting" {
		t.Fatalf("somebody is asked to sign in: %+v", v)
	}
	return v
}

// What a directory of Microsoft's gives opens everything that the person sees in Azure DevOps, so a typed address must
// not be able to collect it by naming that directory, by whichever way the person signs in.
func TestNoServerGetsASignInOfMicrosofts(t *testing.T) {
	i, tokens := pretending(t, "https://login.microsoftonline.com")
	tenant := i.directory.Authority() + "/" + identity.LumenTenantID
	p, face, done := open(t, t.TempDir(), false)
	defer done()
	p.HTTP = &http.Client{Transport: i}
	loaded := connect(t, p, i.Announcement, "Tooling").DatasetID // the personal access token that the refusal recommends
	asked := func(change func(*desktop.ConnectRequest)) desktop.ConnectRequest {
		r := requestOf(i.Announcement)
		change(&r)
		return r
	}
	for name, r := range map[string]desktop.ConnectRequest{
		"the best way":               asked(func(*desktop.ConnectRequest) {}),
		"a separate window":          asked(func(r *desktop.ConnectRequest) { r.Rung = "isolated" }),
		"the normal browser":         asked(func(r *desktop.ConnectRequest) { r.Rung = "system" }),
		"a link":                     asked(func(r *desktop.ConnectRequest) { r.Rung = "copyLink" }),
		"a code":                     asked(func(r *desktop.ConnectRequest) { r.Rung = "deviceCode" }),
		"the other connector":        asked(func(r *desktop.ConnectRequest) { r.Source = "azureDevOps" }),
		"a directory that was typed": asked(func(r *desktop.ConnectRequest) { r.Authority = tenant }),
		"an account alone":           {Purpose: "account", Source: "server", Organization: i.OrganizationURL, ClientID: i.ClientID},
		"a connection signs in":      {Purpose: "connection", DatasetID: loaded, Method: "oauth", ClientID: i.ClientID},
		"a connection moves":         {Purpose: "connection", DatasetID: loaded, Method: "oauth", ClientID: i.ClientID, Switch: true},
		"and to a typed directory":   {Purpose: "connection", DatasetID: loaded, Method: "oauth", ClientID: i.ClientID, Authority: tenant, Switch: true},
	} {
		t.Run(name, func(t *testing.T) {
			v := refusedAttempt(t, p, r)
			i.mustAskNobody(t, *v.Fault)
			for _, way := range v.Ways {
				if (way.Rung == "token") != (way.Fault == "") {
					t.Errorf("offered is %+v", way)
				}
			}
			answered[desktop.AttemptView](t)(p.Services().GetData.SignInAgain(v.ID))
			i.mustAskNobody(t, *refusedAtOnce(t, p, v.ID).Fault)

			ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
			defer stop()
			_, err := p.Connect(ctx, r, "", signin.Secret{}, func(desktop.AttemptView) {})
			i.mustAskNobody(t, fault.ReportOf(err))
		})
	}
	check := answered[desktop.RegistrationCheck](t)(p.Services().Accounts.CheckRegistration(i.ClientID, i.OrganizationURL, ""))
	if check.Fault == nil {
		t.Fatalf("a registration was tested for a server: %+v", check)
	}
	i.mustAskNobody(t, *check.Fault)
	if len(face.opened) != 0 || len(tokens()) != 0 {
		t.Errorf("pages %v were opened, and tokens of %v came", face.opened, tokens())
	}
}

// Microsoft's directories answer under many names, and a page of anybody's leads on to theirs by a redirect. So it is
// not the name that counts.
func TestNoServerGetsASignInOfADirectoryElsewhere(t *testing.T) {
	for _, base := range []string{"https://sts.windows.net", "https://login.microsoftonline.com:443", "https://login.microsoftonline.com.", "https://login.evil.example"} {
		t.Run(base, func(t *testing.T) {
			i, tokens := pretending(t, base)
			p, _, done := open(t, t.TempDir(), false)
			defer done()
			p.HTTP = &http.Client{Transport: i}
			i.mustAskNobody(t, *refusedAttempt(t, p, requestOf(i.Announcement)).Fault)
			if len(tokens()) != 0 {
				t.Errorf("tokens of %v came", tokens())
			}
		})
	}
}
