package identity

import (
	"slices"
	"sync"
)

// consentStore remembers what each person allowed a program. The key is the person in one directory:
// consent given at Lumen says nothing about Quayside.
type consentStore struct {
	mu      sync.Mutex
	allowed map[string][]string
}

func newConsentStore() *consentStore { return &consentStore{allowed: map[string][]string{}} }

func consentKey(who Person, clientID string) string {
	return who.TenantID + "/" + who.ObjectID + "/" + clientID
}

// covers reports whether everything asked for was allowed before.
func (s *consentStore) covers(who Person, clientID string, asked scopes) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	allowed := s.allowed[consentKey(who, clientID)]
	for _, key := range asked.consentKeys() {
		if !slices.Contains(allowed, key) {
			return false
		}
	}
	return true
}

// give adds what a person allows to what they allowed before.
func (s *consentStore) give(who Person, clientID string, asked scopes) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := consentKey(who, clientID)
	for _, scope := range asked.consentKeys() {
		if !slices.Contains(s.allowed[key], scope) {
			s.allowed[key] = append(s.allowed[key], scope)
		}
	}
}

// forget takes every consent of a person back.
func (s *consentStore) forget(who Person, clientID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.allowed, consentKey(who, clientID))
}
