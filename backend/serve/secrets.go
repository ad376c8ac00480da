package serve

import (
	"crypto/rand"
	"encoding/hex"
	"sync"
	"time"
)

const (
	// tokenLife is how long a printed address works: it stays on the screen and in the history of a terminal.
	tokenLife = 10 * time.Minute
	// cookieLife is how long a browser is known after it was here last. A page that is open comes by itself.
	cookieLife = 7 * 24 * time.Hour
	// renewAfter is how old a cookie gets before a browser is told its new end.
	renewAfter = time.Hour
)

// secrets are the tokens of printed addresses and the cookies they were exchanged for, each with its end.
type secrets struct {
	clock func() time.Time

	mu      sync.Mutex
	tokens  map[string]time.Time
	cookies map[string]time.Time
}

func newSecrets(clock func() time.Time) *secrets {
	return &secrets{clock: clock, tokens: map[string]time.Time{}, cookies: map[string]time.Time{}}
}

func (s *secrets) mint() string {
	t := random()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens[t] = s.clock().Add(tokenLife)
	return t
}

// exchange spends a token for a cookie.
func (s *secrets) exchange(token string) (cookie string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	end, ok := s.tokens[token]
	delete(s.tokens, token)
	if !ok || !now.Before(end) {
		return "", false
	}
	cookie = random()
	s.cookies[cookie] = now.Add(cookieLife)
	return cookie, true
}

// known reports whether a cookie is one of ours, and makes it last from now on. renewed says that the browser
// has to hear of its new end.
func (s *secrets) known(cookie string) (known, renewed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	end, ok := s.cookies[cookie]
	switch {
	case !ok:
		return false, false
	case !now.Before(end):
		delete(s.cookies, cookie)
		return false, false
	case now.Before(end.Add(renewAfter - cookieLife)):
		return true, false
	}
	s.cookies[cookie] = now.Add(cookieLife)
	return true, true
}

func random() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand aborts the program instead
	return hex.EncodeToString(b[:])
}
