package signin_test

import (
	"net/http"
	"strings"
	"testing"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

const unknownClient = "0b0b0b0b-1111-4222-8333-444455556666"

// states lists the states of the first three lines.
func states(r signin.Registration) string {
	var all []string
	for _, c := range r.Checks {
		all = append(all, string(c.State))
	}
	return strings.Join(all, " ")
}

func TestARegistrationIsCheckedWithoutAnybodySigningIn(t *testing.T) {
	for name, c := range map[string]struct {
		options identity.Options
		fault   string
		change  func(http.Handler) http.Handler
		client  string
		want    string
		words   []string
	}{
		"as the guide shows": {want: "ok ok ok"},
		"an unknown client id": {client: unknownClient, want: "failed unknown unknown",
			words: []string{unknownClient, "is not known in the directory", "Application (client) ID"}},
		"another redirect address": {options: identity.Options{RedirectURIs: []string{"http://localhost/answer"}}, want: "ok failed ok",
			words: []string{"Mobile and desktop applications", "http://localhost"}},
		"a registration with a secret":  {fault: "aadsts-7000218", want: "ok ok failed", words: []string{"Allow public client flows"}},
		"without Azure DevOps":          {fault: "aadsts-650057", want: "ok ok ok"}, // is said at the sign-in only
		"a directory without codes":     {change: withoutCodes, want: "ok ok unknown", words: []string{"no sign-in by a code"}},
		"a page that says nothing":      {change: instead("/authorize", http.StatusOK, "<html>Sign in</html>"), want: "ok unknown ok"},
		"a page of Entra with a number": {change: instead("/authorize", http.StatusOK, `<script>$Config={"iErrorCode":50011}</script>`), want: "ok failed ok"},
		"a page instead of an answer": {change: func(next http.Handler) http.Handler {
			return withoutCodes(instead("/authorize", http.StatusOK, "AADSTS50058: A silent sign-in request was sent")(next))
		}, want: "ok unknown unknown"},
		"an answer for somebody else": {change: sentTo("http://localhost:8400/?error=login_required&state=another"), want: "ok unknown ok"},
		"an answer to somewhere else": {change: sentTo("https://elsewhere.example/?error=login_required"), want: "ok unknown ok"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDirectory(t, c.options, c.change)
			if c.fault != "" {
				if err := d.Play(c.fault); err != nil {
					t.Fatal(err)
				}
			}
			client := c.client
			if client == "" {
				client = d.ClientID()
			}
			got, err := signin.CheckRegistration(t.Context(), signin.CheckOptions{ClientID: " " + client + " ",
				Authority: d.Authority(), TenantID: identity.LumenTenantID})
			if err != nil {
				t.Fatal(err)
			}
			if states(got) != c.want || got.TenantID != identity.LumenTenantID || got.Authority != d.Authority()+"/"+identity.LumenTenantID ||
				got.OK() != !strings.Contains(c.want, "failed") {
				t.Errorf("%+v, want %s", got, c.want)
			}
			all := ""
			for _, line := range got.Checks {
				if line.What == "" || line.Sentence == "" || strings.ContainsAny(line.Sentence, "{}") {
					t.Errorf("a line without words: %+v", line)
				}
				all += line.Sentence
			}
			for _, word := range c.words {
				if !strings.Contains(all, word) {
					t.Errorf("%q is not said: %s", word, all)
				}
			}
			for _, e := range d.Events() {
				switch e.Kind {
				case identity.EventAsked, identity.EventSilent, identity.EventSignedIn, identity.EventToken, identity.EventCode:
					t.Errorf("somebody was signed in: %+v", e)
				}
			}
		})
	}
}

// instead answers one path with something of its own.
func instead(suffix string, status int, body string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(r.URL.Path, suffix) {
				next.ServeHTTP(w, r)
				return
			}
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		})
	}
}

// sentTo redirects whoever comes to authorize.
func sentTo(address string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(r.URL.Path, "/authorize") {
				next.ServeHTTP(w, r)
				return
			}
			http.Redirect(w, r, address, http.StatusFound)
		})
	}
}

func TestARegistrationThatCannotBeChecked(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	for name, c := range map[string]struct {
		o       signin.CheckOptions
		code    fault.Code
		word    string
		actions []fault.Action
	}{
		"no client id": {signin.CheckOptions{Authority: d.Authority()}, fault.Invalid, "client id", []fault.Action{fault.OpenGuide, fault.UseToken}},
		"an unknown directory": {signin.CheckOptions{ClientID: "x", Authority: d.Authority(), TenantID: unknownClient},
			fault.SignInRefused, "There is no directory", []fault.Action{fault.EditName}},
		"nobody there": {signin.CheckOptions{ClientID: "x", Authority: "http://127.0.0.1:9/" + unknownClient}, fault.Offline, "127.0.0.1:9", []fault.Action{fault.Retry}},
		"a Server":     {signin.CheckOptions{ClientID: "x", OrganizationURL: d.server.URL}, fault.OrganizationGone, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := signin.CheckRegistration(t.Context(), c.o)
			mustRefuse(t, err, c.code, c.word)
			if c.actions != nil {
				mustOffer(t, err, c.actions...)
			}
		})
	}
}
