//go:build linux

package acceptance_test

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sightline/backend/signin"
)

// The manners of the local address, with the answers of a provider that is not ours: what is not the one right answer
// changes nothing, and the right one counts once, on either address.
func TestOnlyTheRightAnswerOfAnotherProviderCounts(t *testing.T) {
	var clock testClock
	d := secondDirectory(t)
	for _, family := range []string{"127.0.0.1", "::1"} {
		t.Run(family, func(t *testing.T) {
			s := start(t, d.linked(t, d.right, &clock))
			port := portOf(t, s)
			here := "http://" + net.JoinHostPort(family, port)
			right := visitor(t, d, s, d.right).Query()
			for _, stray := range []struct {
				name, host string
				values     url.Values
			}{
				{"nothing", "", nil},
				{"a code without a state", "", url.Values{"code": right["code"]}},
				{"a code with another state", "", url.Values{"code": right["code"], "state": {strings.Repeat("A", len(right.Get("state")))}}},
				{"a refusal without a state", "", url.Values{"error": {"access_denied"}}},
				{"a foreign host", "evil.example:" + port, right},
			} {
				if status := visit(t, here+"/?"+stray.values.Encode(), stray.host); status != http.StatusNotFound {
					t.Errorf("%s got %d", stray.name, status)
				}
			}
			for range 1000 {
				visit(t, here+"/?code=stray&state=stray", "")
			}
			if state := s.State(); state.Phase != signin.PhaseWaiting {
				t.Fatalf("the phase is %s", state.Phase)
			}
			if status := visit(t, here+"/?"+right.Encode(), ""); status != http.StatusSeeOther {
				t.Errorf("the right answer got %d", status)
			}
			if status := visit(t, here+"/?"+right.Encode(), ""); status != http.StatusGone {
				t.Errorf("the same answer again got %d", status)
			}
			d.is(t, d.right, mustSignIn(t, s))
			s.Close()
			closed(t, port)
		})
	}
}

// visit sends one request and follows no redirect.
func visit(t *testing.T, address, host string) (status int) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		r.Host = host
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
	return answer.StatusCode
}
