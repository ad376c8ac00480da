package signin_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

// rewrite changes what the provider answers below a path.
func rewrite(suffix string, change func([]byte) []byte) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(r.URL.Path, suffix) {
				next.ServeHTTP(w, r)
				return
			}
			recorded := httptest.NewRecorder()
			next.ServeHTTP(recorded, r)
			w.Header().Set("Content-Type", recorded.Header().Get("Content-Type"))
			w.WriteHeader(recorded.Code)
			_, _ = w.Write(change(recorded.Body.Bytes()))
		})
	}
}

func TestAProofThatIsNotThisSignInsIsRefused(t *testing.T) {
	nonceOfAnother := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if q := r.URL.Query(); q.Has("nonce") {
				q.Set("nonce", "another")
				r.URL.RawQuery = q.Encode()
			}
			next.ServeHTTP(w, r)
		})
	}
	for name, c := range map[string]struct {
		between func(http.Handler) http.Handler
		word    string
	}{
		"nonce of another sign-in": {nonceOfAnother, "another sign-in"},
		"changed token": {rewrite("/token", func(b []byte) []byte {
			at := bytes.Index(b, []byte(`"id_token":"`)) + len(`"id_token":"`)
			dot := at + bytes.IndexByte(b[at:], '.') + 20
			b[dot] = map[bool]byte{true: 'B', false: 'A'}[b[dot] == 'A']
			return b
		}), "signature"},
		"no token": {rewrite("/token", func(b []byte) []byte { return bytes.Replace(b, []byte("id_token"), []byte("not_here"), 1) }), "no proof"},
		"issuer on another host": {rewrite("/openid-configuration", func(b []byte) []byte {
			return bytes.Replace(b, []byte(`"issuer":"http://127.0.0.1`), []byte(`"issuer":"http://localhost`), 1)
		}), "issuer"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDirectory(t, identity.Options{}, c.between)
			s := start(t, d.options(t))
			newPerson(t, mira).open(s.State().URL)
			result, err := outcome(t, s)
			if result != nil {
				t.Error("there is a result")
			}
			mustRefuse(t, err, fault.BadAnswer, c.word)
			if strings.Contains(err.Error(), "eyJ") {
				t.Errorf("a token is in %v", err)
			}
		})
	}
}

func TestMetadataOfAnotherDirectoryIsRefused(t *testing.T) {
	for name, change := range map[string]func([]byte) []byte{
		"other tenant": func(b []byte) []byte {
			return bytes.ReplaceAll(b, []byte(identity.LumenTenantID), []byte(identity.QuaysideTenantID))
		},
		"issuer for everybody": func(b []byte) []byte {
			return bytes.Replace(b, []byte(identity.LumenTenantID+"/v2.0"), []byte("{tenantid}/v2.0"), 1)
		},
		"token endpoint in clear text": func(b []byte) []byte {
			return bytes.Replace(b, []byte(`"token_endpoint":"http://127.0.0.1`), []byte(`"token_endpoint":"http://evil.example`), 1)
		},
		"no JSON": func([]byte) []byte { return []byte("<html>") },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDirectory(t, identity.Options{}, rewrite("/openid-configuration", change))
			s, err := signin.Start(t.Context(), d.options(t))
			if err == nil {
				s.Close()
			}
			mustRefuse(t, err, fault.BadAnswer)
		})
	}
}

func TestClocksThatDiffer(t *testing.T) {
	for name, c := range map[string]struct {
		directory time.Duration // ahead of ours
		refused   bool
		off       time.Duration
	}{
		"four minutes": {4 * time.Minute, false, 0},
		"ten behind":   {-10 * time.Minute, false, 10 * time.Minute},
		"an hour on":   {time.Hour, true, 0},
		"two behind":   {-2 * time.Hour, true, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDirectory(t, identity.Options{Clock: func() time.Time { return time.Now().Add(c.directory) }}, nil)
			s := start(t, d.options(t))
			newPerson(t, mira).open(s.State().URL)
			result, err := outcome(t, s)
			if c.refused {
				mustRefuse(t, err, fault.BadAnswer, "clock")
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := (result.ClockOff - c.off).Abs(); diff > 10*time.Second {
				t.Errorf("the clock is off by %v, want %v", result.ClockOff, c.off)
			}
			// The life of a token is counted by our clock, whatever theirs says.
			if left := time.Until(result.Tokens.Expires); left < 55*time.Minute {
				t.Errorf("the token lives %v", left)
			}
		})
	}
}
