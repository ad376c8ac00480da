package signin_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

// rewriting changes the JSON answers of one path on their way to the program.
func rewriting(suffix string, change func(answer map[string]any)) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(r.URL.Path, suffix) {
				next.ServeHTTP(w, r)
				return
			}
			recorded := httptest.NewRecorder()
			next.ServeHTTP(recorded, r)
			var answer map[string]any
			if json.Unmarshal(recorded.Body.Bytes(), &answer) == nil && recorded.Code == http.StatusOK {
				change(answer)
				recorded.Body.Reset()
				_ = json.NewEncoder(recorded.Body).Encode(answer)
			}
			for name, values := range recorded.Header() {
				w.Header()[name] = values
			}
			w.WriteHeader(recorded.Code)
			_, _ = w.Write(recorded.Body.Bytes())
		})
	}
}

// everySecond lets a program ask more often than the sample does, for a test that must not take long.
var everySecond = rewriting("/devicecode", func(answer map[string]any) { answer["interval"] = 1 })

// enter types a code at its page and signs in, as a person does in any browser.
func (p *person) enter(page, code string) (body string) {
	p.t.Helper()
	response, err := p.client.Get(page)
	if err != nil {
		p.t.Fatal(err)
	}
	content, _ := io.ReadAll(response.Body)
	_ = response.Body.Close()
	action, fields, here := p.form(response, string(content), "/oauth2/deviceauth")
	if !here {
		p.t.Fatalf("%s asks for no code", title(string(content)))
	}
	fields.Set("user_code", code)
	_, body = p.follow(p.client.PostForm(action, fields))
	return body
}

func TestACodeTypedInAnotherBrowserSignsIn(t *testing.T) {
	t.Parallel()
	d := newDirectory(t, identity.Options{}, everySecond)
	o := d.options(t)
	o.Rung, o.Expect, o.CacheDir = signin.RungDeviceCode, mira, ""
	var log journal
	o.Logger = log.logger()
	s := start(t, o)
	state := s.State()
	if state.Phase != signin.PhaseWaiting || state.Rung != signin.RungDeviceCode || state.Code == "" || state.URL != "" || state.IsolationVerified ||
		!strings.HasPrefix(state.CodePage, d.Authority()) || !state.AuthorityKnown || state.Authority != strings.TrimPrefix(d.server.URL, "http://") {
		t.Errorf("the state is %+v", state)
	}
	if signin.PortOf(s) != 0 {
		t.Error("a local address is open that nobody needs")
	}
	newPerson(t, mira).enter(state.CodePage, strings.ToLower(state.Code[:4])+"-"+state.Code[4:])
	result := mustSignIn(t, s)
	if result.Account.Address != mira || !result.Matches || result.Tokens.Refresh.IsZero() {
		t.Errorf("the result is %+v", result)
	}
	if who, err := d.Verify(result.Tokens.Access.Reveal()); err != nil || who.UPN != mira {
		t.Errorf("the access token is of %v (%v)", who.UPN, err)
	}
	if state := s.State(); state.Phase != signin.PhaseDone || state.Code != "" || state.CodePage != "" {
		t.Errorf("the state is %+v", state)
	}
	select {
	case <-s.Closed():
	case <-time.After(2 * time.Second): // less than a last page stays: there is none to be read
		t.Error("the session is not put away")
	}
	if strings.Contains(log.String(), state.Code) || strings.Contains(log.String(), result.Tokens.Access.Reveal()) {
		t.Error("the log holds the code or the token")
	}
}

func TestACodeThatEndsBadly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		email string
		press string
		code  fault.Code
		words []string
	}{
		{"declined on the page", mira, "cancel", fault.ConsentDeclined, []string{"lumen", "nothing was stored", "AADSTS70017", "Correlation id"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDirectory(t, identity.Options{}, everySecond)
			o := d.options(t)
			o.Rung = signin.RungDeviceCode
			s := start(t, o)
			p := newPerson(t, c.email)
			p.decision = c.press
			p.enter(s.State().CodePage, s.State().Code)
			_, err := outcome(t, s)
			mustRefuse(t, err, c.code, c.words...)
			mustOffer(t, err)
		})
	}
	t.Run("somebody else typed it", func(t *testing.T) {
		d := newDirectory(t, identity.Options{}, everySecond)
		o := d.options(t)
		o.Rung, o.Expect = signin.RungDeviceCode, mira
		o.ExpectAccount = &signin.AccountKey{TenantID: identity.LumenTenantID, ObjectID: "59ba1b34-1d7a-4c15-bb1a-8cf141b33e84"}
		s := start(t, o)
		newPerson(t, elias).enter(s.State().CodePage, s.State().Code)
		_, err := outcome(t, s)
		mustRefuse(t, err, fault.WrongPerson, mira, elias)
	})
	t.Run("nobody typed it in time", func(t *testing.T) {
		d := newDirectory(t, identity.Options{}, rewriting("/devicecode", func(answer map[string]any) { answer["expires_in"] = 1 }))
		o := d.options(t)
		o.Rung = signin.RungDeviceCode
		s := start(t, o)
		if state := s.State(); state.Deadline.Sub(state.Started) > time.Second {
			t.Errorf("the code lives until %v", state.Deadline)
		}
		_, err := outcome(t, s)
		mustRefuse(t, err, fault.SignInTimeout, "lumen")
		mustOffer(t, err, fault.Retry)
	})
}

func TestCancelEndsTheWaitForACodeAtOnce(t *testing.T) {
	t.Parallel()
	polling, release := make(chan struct{}, 1), make(chan struct{})
	d := newDirectory(t, identity.Options{}, func(next http.Handler) http.Handler {
		return everySecond(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/token") {
				polling <- struct{}{}
				<-release // a directory that hangs
				return
			}
			next.ServeHTTP(w, r)
		}))
	})
	t.Cleanup(func() { close(release) })
	o := d.options(t)
	o.Rung = signin.RungDeviceCode
	s := start(t, o)
	<-polling
	began := time.Now()
	s.Close()
	if took := time.Since(began); took > 5*time.Second { // the directory would hang for ever
		t.Errorf("it took %v", took)
	}
	_, err := outcome(t, s)
	mustRefuse(t, err, fault.Canceled, "Nothing was stored")
}

func TestTheDirectoryIsAskedForACodeAsSlowlyAsItWants(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var asked []time.Time
	fails := atomic.Int32{}
	d := newDirectory(t, identity.Options{}, func(next http.Handler) http.Handler {
		return everySecond(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/token") {
				mu.Lock()
				asked = append(asked, time.Now())
				mu.Unlock()
				if fails.Add(1) == 1 { // a gateway in trouble is no reason to lose the code
					w.WriteHeader(http.StatusBadGateway)
					return
				}
			}
			next.ServeHTTP(w, r)
		}))
	})
	o := d.options(t)
	o.Rung = signin.RungDeviceCode
	s := start(t, o)
	newPerson(t, mira).enter(s.State().CodePage, s.State().Code)
	mustSignIn(t, s)
	mu.Lock()
	defer mu.Unlock()
	if len(asked) != 2 || asked[1].Sub(asked[0]) < 5*time.Second {
		t.Errorf("asked at %v", asked)
	}
}

func TestNoCodeIsShownThatCannotBeTrusted(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(map[string]any){
		"a page of http":   func(a map[string]any) { a["verification_uri"] = "http://login.example/device" },
		"no page":          func(a map[string]any) { delete(a, "verification_uri") },
		"a script":         func(a map[string]any) { a["verification_uri"] = "javascript:alert(1)" },
		"markup as a code": func(a map[string]any) { a["user_code"] = "<b>ABCD</b>" },
		"no code":          func(a map[string]any) { a["user_code"] = "" },
		"no device code":   func(a map[string]any) { a["device_code"] = "" },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDirectory(t, identity.Options{}, rewriting("/devicecode", change))
			o := d.options(t)
			o.Rung = signin.RungDeviceCode
			s, err := signin.Start(context.Background(), o)
			if err == nil {
				s.Close()
			}
			mustRefuse(t, err, fault.BadAnswer, "no code")
			mustOffer(t, err, fault.Retry, fault.NormalBrowser)
		})
	}
	t.Run("an interval of nothing", func(t *testing.T) {
		d := newDirectory(t, identity.Options{}, rewriting("/devicecode", func(a map[string]any) { a["interval"] = -3 }))
		o := d.options(t)
		o.Rung = signin.RungDeviceCode
		start(t, o).Close()
	})
	t.Run("a directory without codes", func(t *testing.T) {
		d := newDirectory(t, identity.Options{}, withoutCodes)
		o := d.options(t)
		o.Rung = signin.RungDeviceCode
		_, err := signin.Start(context.Background(), o)
		mustRefuse(t, err, fault.SignInRefused, "no sign-in by a code")
		mustOffer(t, err, fault.Retry, fault.NormalBrowser)
	})
}

// withoutCodes is a directory that offers no sign-in by a code.
var withoutCodes = rewriting("/openid-configuration", func(answer map[string]any) { delete(answer, "device_authorization_endpoint") })

func TestBlockedCodesHaveTheirOwnSentence(t *testing.T) {
	t.Parallel()
	d := newDirectory(t, identity.Options{}, func(next http.Handler) http.Handler {
		return everySecond(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/token") {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(http.StatusBadRequest)
				_, _ = w.Write([]byte(refusalBody("invalid_grant", "message_only", 530033)))
				return
			}
			next.ServeHTTP(w, r)
		}))
	})
	o := d.options(t)
	o.Rung = signin.RungDeviceCode
	_, err := outcome(t, start(t, o))
	mustRefuse(t, err, fault.ConditionalAccess, "by a code", "AADSTS530033", correlation)
	mustOffer(t, err, fault.NormalBrowser, fault.CopyForAdmin)
}

// mustOffer checks what a screen can offer under a fault; without a list, that it can offer anything.
func mustOffer(t *testing.T, err error, want ...fault.Action) {
	t.Helper()
	got := fault.ReportOf(err).Actions
	if len(got) == 0 || len(want) > 0 && fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v offers %v, want %v", err, got, want)
	}
}
