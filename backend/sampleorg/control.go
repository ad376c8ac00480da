package sampleorg

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"sightline/backend/sampleorg/identity"
	"sightline/backend/sampleorg/world"
)

// controlPath is below the organization's address. It is no part of the protocol of Azure DevOps.
const controlPath = "/_sample/"

// maxDays is how far one request lets time pass.
const maxDays = 366

// newControlToken makes the token that guards the controls: whoever can read the announcement may use them.
func newControlToken() (string, error) {
	var b [24]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(b[:]), nil
}

// Lived is the answer to POST _sample/advance.
type Lived struct {
	Now time.Time `json:"now"` // the last instant of the history
}

// Played is the answer to POST _sample/faults.
type Played struct {
	Names []string `json:"names"`
}

// Noted is the answer to POST _sample/events: what the sign-in noted, without a secret.
type Noted struct {
	Events []identity.Event `json:"events"`
}

// Issued is the answer to POST _sample/issued: every secret that the sign-in ever handed out or took. Whoever
// has the control token may search for them in what a program wrote.
type Issued struct {
	Secrets []identity.Secret `json:"secrets"`
}

// controls serves POST advance {"days":1}, POST faults {"names":[…]}, and with an empty body POST events and
// POST issued.
func (s *Server) controls() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		// A page of some site must not reach the controls by a browser: such a request names its origin.
		if !ok || subtle.ConstantTimeCompare([]byte(token), []byte(s.control)) != 1 || r.Header.Get("Origin") != "" {
			http.Error(w, "The controls of the sample ask for the control token of its announcement, as Bearer.", http.StatusForbidden)
			return
		}
		if r.Method != http.MethodPost {
			http.Error(w, "The controls of the sample take POST.", http.StatusMethodNotAllowed)
			return
		}
		var asked struct {
			Days  int      `json:"days"`
			Names []string `json:"names"`
		}
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&asked); err != nil && !errors.Is(err, io.EOF) {
			http.Error(w, "The body is not JSON: "+err.Error(), http.StatusBadRequest)
			return
		}
		switch strings.TrimPrefix(r.URL.Path, "/"+world.Name+controlPath) {
		case "advance":
			if asked.Days < 1 || asked.Days > maxDays {
				http.Error(w, "days must be between 1 and 366.", http.StatusBadRequest)
				return
			}
			answer(w, Lived{s.Live(asked.Days)})
		case "faults":
			if err := s.Play(asked.Names...); err != nil {
				http.Error(w, strings.TrimPrefix(err.Error(), "sampleorg: "), http.StatusBadRequest)
				return
			}
			answer(w, Played{append([]string{}, asked.Names...)})
		case "events":
			answer(w, Noted{append([]identity.Event{}, s.provider.Events()...)})
		case "issued":
			answer(w, Issued{append([]identity.Secret{}, s.provider.Issued()...)})
		default:
			http.NotFound(w, r)
		}
	})
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(v) // a client that went away needs no answer
}
