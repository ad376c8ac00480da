package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"sync"
	"time"
)

// flowLife is how long a page may stay open before its buttons stop working.
const flowLife = time.Hour

// flow is one sign-in on its way through the pages.
type flow struct {
	id      string
	browser string // the browser it was begun in, by its cookie
	request authorization
	device  string // the device code it approves; empty for the authorization code flow
	begun   time.Time

	// account and person are who signed in; empty until then. stopped is the refusal they met, which the
	// program is told when the person chooses to go back.
	account string
	person  Person
	stopped *refusal
}

// flowStore keeps the flows that wait for a person.
type flowStore struct {
	clock func() time.Time

	mu    sync.Mutex
	flows map[string]flow
}

func newFlowStore(clock func() time.Time) *flowStore {
	return &flowStore{clock: clock, flows: map[string]flow{}}
}

// put stores a flow, giving it an id the first time.
func (s *flowStore) put(f flow) flow {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	if f.id == "" {
		f.id, f.begun = randomText(32), now
		for id, old := range s.flows {
			if now.Sub(old.begun) > flowLife {
				delete(s.flows, id)
			}
		}
	}
	s.flows[f.id] = f
	return f
}

func (s *flowStore) get(id string) (flow, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.flows[id]
	if !ok || s.clock().Sub(f.begun) > flowLife {
		return flow{}, false
	}
	return f, true
}

// take removes a flow that has come to its end; of two requests for the same flow one gets it.
func (s *flowStore) take(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.flows[id]
	delete(s.flows, id)
	return ok
}

// csrf makes the token a form must bring back. It binds the form to the browser it was shown in and to
// one purpose: a flow, or the name of a page that has none.
func (p *Provider) csrf(browser, purpose string) string {
	mac := hmac.New(sha256.New, p.csrfKey)
	mac.Write([]byte(browser + "\x00" + purpose))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// formAllowed reports whether a form was filled in on a page this provider showed to this browser.
func (p *Provider) formAllowed(r *http.Request, purpose string) bool {
	c, err := r.Cookie(browserCookie)
	if err != nil || r.ParseForm() != nil {
		return false
	}
	return hmac.Equal([]byte(r.PostForm.Get("csrf")), []byte(p.csrf(c.Value, purpose)))
}

// flowOf finds the flow of a form. When there is none, or the form is not this browser's (the token
// tells), it has answered with a page that says so.
func (p *Provider) flowOf(w http.ResponseWriter, r *http.Request) (flow, bool) {
	if err := r.ParseForm(); err != nil {
		p.showExpired(w, r)
		return flow{}, false
	}
	id := r.PostForm.Get("flow")
	f, ok := p.flows.get(id)
	if !ok || !p.formAllowed(r, id) {
		p.showExpired(w, r)
		return flow{}, false
	}
	return f, true
}
