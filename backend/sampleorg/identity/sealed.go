package identity

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"
)

// refreshGrant is what is inside a refresh token. As at Entra it is bound to person and program but not
// to a tenant or a resource.
type refreshGrant struct {
	ID       string    `json:"id"`
	Family   string    `json:"fam"` // all tokens that come from one sign-in
	Account  string    `json:"acc"`
	TenantID string    `json:"tid"` // of the sign-in; used when it is redeemed at organizations or common
	ClientID string    `json:"cid"`
	Scopes   []string  `json:"scp"` // of the resource
	Identity []string  `json:"idt"` // openid, profile, email
	Issued   time.Time `json:"iat"`
	Ended    int       `json:"gen"` // how often the person's tokens had been ended when it was made
}

func (g refreshGrant) scopes() scopes {
	s := scopes{resource: g.Scopes, offline: true}
	for _, word := range g.Identity {
		s.openID = s.openID || word == "openid"
		s.profile = s.profile || word == "profile"
		s.email = s.email || word == "email"
	}
	return s
}

// sealedTokens makes and opens tokens that carry their content encrypted, so that nothing need be stored
// for them to be known again.
type sealedTokens struct {
	aead   cipher.AEAD
	macKey []byte // of personal access tokens
}

func newSealedTokens(secret []byte) (*sealedTokens, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "sample identity: refresh tokens", 32)
	if err != nil {
		return nil, fmt.Errorf("identity: derive a key: %w", err)
	}
	macKey, err := hkdf.Key(sha256.New, secret, nil, "sample identity: personal access tokens", 32)
	if err != nil {
		return nil, fmt.Errorf("identity: derive a key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("identity: make a cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("identity: make a cipher: %w", err)
	}
	return &sealedTokens{aead: aead, macKey: macKey}, nil
}

// refreshPrefix begins every refresh token, in the shape of Entra's (1.A…).
const refreshPrefix = "1.AS"

// seal makes a refresh token.
func (s *sealedTokens) seal(g refreshGrant) (string, error) {
	plain, err := json.Marshal(g)
	if err != nil {
		return "", fmt.Errorf("identity: write a refresh token: %w", err)
	}
	nonce := make([]byte, s.aead.NonceSize())
	_, _ = rand.Read(nonce)
	return refreshPrefix + base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, plain, []byte(refreshPrefix))), nil
}

// open reads a refresh token; false when it is none of ours.
func (s *sealedTokens) open(token string) (refreshGrant, bool) {
	rest, ok := strings.CutPrefix(token, refreshPrefix)
	if !ok {
		return refreshGrant{}, false
	}
	raw, err := base64.RawURLEncoding.DecodeString(rest)
	if err != nil || len(raw) < s.aead.NonceSize() {
		return refreshGrant{}, false
	}
	plain, err := s.aead.Open(nil, raw[:s.aead.NonceSize()], raw[s.aead.NonceSize():], []byte(refreshPrefix))
	if err != nil {
		return refreshGrant{}, false
	}
	var g refreshGrant
	if json.Unmarshal(plain, &g) != nil {
		return refreshGrant{}, false
	}
	return g, true
}

// endedTokens remembers what was revoked. It is forgotten with the Provider.
type endedTokens struct {
	mu       sync.Mutex
	tokens   map[string]bool // ids of access tokens, of personal ones, and of refresh tokens used up in strict mode
	families map[string]bool
	persons  map[string]int // account key: how often everything of theirs was ended
}

func newEndedTokens() *endedTokens {
	return &endedTokens{tokens: map[string]bool{}, families: map[string]bool{}, persons: map[string]int{}}
}

func (e *endedTokens) token(id string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.tokens[id]
}

// end marks a token as ended; false when it was already.
func (e *endedTokens) end(id string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.tokens[id] {
		return false
	}
	e.tokens[id] = true
	return true
}

func (e *endedTokens) family(id string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.families[id]
}

func (e *endedTokens) endFamily(id string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.families[id] = true
}

// generation counts how often everything of an account was ended; a token of an earlier generation is dead.
func (e *endedTokens) generation(account string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.persons[account]
}

func (e *endedTokens) endPerson(account string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.persons[account]++
}
