package signin_test

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

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
