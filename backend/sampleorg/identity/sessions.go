package identity

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"
)

// The two cookies. Both hold a random name for a record kept here and nothing else.
const (
	// sessionCookie remembers who is signed in, over restarts of the browser: the sample's
	// ESTSAUTHPERSISTENT. It is what signs a person in silently.
	sessionCookie = "SAMPLEAUTHPERSISTENT"
	// browserCookie tells one browser from another while somebody signs in, so that a form can only be
	// sent from the browser it was shown in. It signs nobody in.
	browserCookie = "SAMPLEBROWSER"
)

// sessionStore keeps, for each session cookie, the accounts signed in with that browser.
type sessionStore struct {
	clock func() time.Time

	mu       sync.Mutex
	browsers map[string]*signedIn
}

type signedIn struct {
	accounts []string // keys, the latest last
	used     time.Time
	keep     bool // the cookie outlives the browser's window
}

func newSessionStore(clock func() time.Time) *sessionStore {
	return &sessionStore{clock: clock, browsers: map[string]*signedIn{}}
}

// accounts lists who is signed in with the browser of a request.
func (s *sessionStore) accounts(r *http.Request) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := s.of(r); b != nil {
		b.used = s.clock()
		return slices.Clone(b.accounts)
	}
	return nil
}

// of finds the record of a request's cookie. The caller holds the lock.
func (s *sessionStore) of(r *http.Request) *signedIn {
	c, err := r.Cookie(sessionCookie)
	if err != nil {
		return nil
	}
	b := s.browsers[c.Value]
	if b == nil || s.clock().Sub(b.used) > cookieLife {
		return nil
	}
	return b
}

// begin adds an account to the browser and returns the new value of its cookie and whether that is to
// outlive the browser's window. The value changes with each sign-in, so that a value somebody planted
// before is worth nothing after.
func (s *sessionStore) begin(r *http.Request, account string, keep bool) (value string, stays bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.of(r)
	if b == nil {
		b = &signedIn{}
	}
	if c, err := r.Cookie(sessionCookie); err == nil {
		delete(s.browsers, c.Value)
	}
	b.accounts = slices.DeleteFunc(b.accounts, func(k string) bool { return k == account })
	b.accounts = append(b.accounts, account)
	b.used = s.clock()
	b.keep = b.keep || keep
	for value, old := range s.browsers {
		if s.clock().Sub(old.used) > cookieLife {
			delete(s.browsers, value)
		}
	}
	value = randomText(32)
	s.browsers[value] = b
	return value, b.keep
}

// end signs accounts out of the browser of a request and says how many are left.
func (s *sessionStore) end(r *http.Request, accounts ...string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.of(r)
	if b == nil {
		return 0
	}
	b.accounts = slices.DeleteFunc(b.accounts, func(k string) bool { return slices.Contains(accounts, k) })
	return len(b.accounts)
}

// endEverywhere signs an account out of every browser.
func (s *sessionStore) endEverywhere(account string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.browsers {
		b.accounts = slices.DeleteFunc(b.accounts, func(k string) bool { return k == account })
	}
}

// setSession sends the session cookie; keep decides whether it outlives the browser's window.
func (p *Provider) setSession(w http.ResponseWriter, value string, keep bool) {
	c := &http.Cookie{Name: sessionCookie, Value: value, Path: p.prefix + "/", HttpOnly: true,
		Secure: p.secure(), SameSite: http.SameSiteLaxMode}
	if keep {
		c.MaxAge = int(cookieLife / time.Second)
	}
	http.SetCookie(w, c)
}

// dropSession takes the session cookie away, once nobody is left in it.
func (p *Provider) dropSession(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Path: p.prefix + "/", HttpOnly: true,
		Secure: p.secure(), SameSite: http.SameSiteLaxMode, MaxAge: -1})
}

// browserOf names the browser of a request, giving it a name when it has none.
func (p *Provider) browserOf(w http.ResponseWriter, r *http.Request) string {
	if c, err := r.Cookie(browserCookie); err == nil && len(c.Value) == 43 {
		return c.Value
	}
	value := randomText(32)
	http.SetCookie(w, &http.Cookie{Name: browserCookie, Value: value, Path: p.prefix + "/", HttpOnly: true,
		Secure: p.secure(), SameSite: http.SameSiteLaxMode})
	return value
}

type sessionsBeforeKey struct{}

// withSessions notes how many accounts the browser is signed in with before a request changes that.
func (p *Provider) withSessions(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), sessionsBeforeKey{}, len(p.sessions.accounts(r))))
}

// sessionsBefore is what withSessions noted.
func sessionsBefore(r *http.Request) int {
	n, _ := r.Context().Value(sessionsBeforeKey{}).(int)
	return n
}
