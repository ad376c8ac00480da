package identity

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"sync"
	"time"
)

// grant is what a code stands for: who allowed what to whom.
type grant struct {
	request authorization
	account string
	person  Person
	family  string // of the refresh tokens that will come from it
	issued  time.Time
	spent   bool
}

// codeStore keeps authorization codes. Spent ones stay until they would have expired, so that using one
// twice has its own answer.
type codeStore struct {
	clock func() time.Time

	mu    sync.Mutex
	codes map[[32]byte]*grant
}

func newCodeStore(clock func() time.Time) *codeStore {
	return &codeStore{clock: clock, codes: map[[32]byte]*grant{}}
}

// issue makes a code for a finished flow.
func (s *codeStore) issue(f flow) string {
	code := "1.SC" + randomText(48)
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	for k, g := range s.codes {
		// A day, not ten minutes, so that an expired code is told from one that never was.
		if now.Sub(g.issued) > 24*time.Hour {
			delete(s.codes, k)
		}
	}
	s.codes[sha256.Sum256([]byte(code))] = &grant{request: f.request, account: f.account, person: f.person,
		family: newGUID(), issued: now}
	return code
}

// spend redeems a code. The first attempt of any kind uses it up, as RFC 6749 asks. A second one gets
// reused, with the grant whose tokens are now in doubt.
func (s *codeStore) spend(code string) (g grant, reused bool, refused *refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.codes[sha256.Sum256([]byte(code))]
	switch {
	case !ok:
		return grant{}, false, grantInvalid(9002313, "Invalid request. Request is malformed or invalid.")
	case found.spent:
		return *found, true, grantInvalid(54005, "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.")
	}
	found.spent = true
	if s.clock().Sub(found.issued) > codeLife {
		return grant{}, false, grantInvalid(70008, "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.")
	}
	return *found, false, nil
}

// proves reports whether the verifier is the one the challenge was made of (RFC 7636, S256).
func (g grant) proves(verifier string) bool {
	sum := sha256.Sum256([]byte(verifier))
	made := base64.RawURLEncoding.EncodeToString(sum[:])
	return len(verifier) >= 43 && len(verifier) <= 128 &&
		subtle.ConstantTimeCompare([]byte(made), []byte(g.request.challenge)) == 1
}
