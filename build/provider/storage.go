package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"sync"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// accessLife is Entra's.
const accessLife = time.Hour

var errUnknown = errors.New("unknown")

// storage is what one directory remembers. It implements op.Storage.
type storage struct {
	tenantID string
	log      *eventLog
	key      *rsa.PrivateKey

	mu       sync.Mutex
	requests map[string]*signInRequest
	codes    map[string]string    // code: id of the request
	access   map[string]time.Time // id of an access token: its end
	renewals map[string]*renewal  // refresh token, good once
}

func newStorage(tenantID string, log *eventLog) (*storage, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	return &storage{tenantID: tenantID, log: log, key: key, requests: map[string]*signInRequest{}, codes: map[string]string{},
		access: map[string]time.Time{}, renewals: map[string]*renewal{}}, nil
}

// CreateAuthRequest remembers what a program asked for. Proof of possession of the code is not optional here.
func (s *storage) CreateAuthRequest(_ context.Context, asked *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	if asked.CodeChallenge == "" || asked.CodeChallengeMethod != oidc.CodeChallengeMethodS256 {
		return nil, oidc.ErrInvalidRequest().WithDescription("a code challenge by S256 is required")
	}
	if len(asked.Prompt) == 1 && asked.Prompt[0] == oidc.PromptNone {
		return nil, oidc.ErrLoginRequired()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &signInRequest{id: rand.Text(), asked: asked}
	s.requests[r.id] = r
	return r, nil
}

// AuthRequestByID returns a copy, which no other goroutine changes.
func (s *storage) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	return s.request(id)
}

func (s *storage) request(id string) (*signInRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, here := s.requests[id]
	if !here {
		return nil, errUnknown
	}
	own := *r
	return &own, nil
}

// finish says who signed in.
func (s *storage) finish(id string, who person, when time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r, here := s.requests[id]; here {
		r.person, r.done, r.authTime = who, true, when
	}
}

// AuthRequestByCode finds the request of a code; the code is spent by it, whatever comes after.
func (s *storage) AuthRequestByCode(_ context.Context, code string) (op.AuthRequest, error) {
	s.mu.Lock()
	id, here := s.codes[code]
	delete(s.codes, code)
	s.mu.Unlock()
	if !here {
		return nil, errUnknown
	}
	return s.request(id)
}

// SaveAuthCode remembers the code of a request.
func (s *storage) SaveAuthCode(_ context.Context, id, code string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.codes[code] = id
	return nil
}

// DeleteAuthRequest forgets a request that gave its tokens.
func (s *storage) DeleteAuthRequest(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.requests, id)
	return nil
}

// CreateAccessToken is for a program that asked for no refresh token.
func (s *storage) CreateAccessToken(_ context.Context, r op.TokenRequest) (string, time.Time, error) {
	who, _ := personOf(r.GetSubject())
	s.log.add("token", who.Address, "")
	id, end := s.newAccess()
	return id, end, nil
}

func (s *storage) newAccess() (string, time.Time) {
	id, end := rand.Text(), time.Now().Add(accessLife)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.access[id] = end
	return id, end
}

// CreateAccessAndRefreshTokens answers a code or a refresh token. A refresh token is good once: the one that came is
// dead when the next is out.
func (s *storage) CreateAccessAndRefreshTokens(_ context.Context, r op.TokenRequest, current string) (string, string, time.Time, error) {
	who, _ := personOf(r.GetSubject())
	next := &renewal{subject: r.GetSubject(), scopes: r.GetScopes(), authTime: time.Now()}
	kind := "token"
	s.mu.Lock()
	if current != "" {
		kind = "refresh"
		old, here := s.renewals[current]
		delete(s.renewals, current)
		if !here { // it was used between the look and the renewal
			s.mu.Unlock()
			return "", "", time.Time{}, oidc.ErrInvalidGrant()
		}
		next.authTime = old.authTime
	}
	token := rand.Text() + rand.Text()
	s.renewals[token] = next
	s.mu.Unlock()
	s.log.add(kind, who.Address, "")
	id, end := s.newAccess()
	return id, token, end, nil
}

// TokenRequestByRefreshToken finds what a refresh token stands for.
func (s *storage) TokenRequestByRefreshToken(_ context.Context, token string) (op.RefreshTokenRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, here := s.renewals[token]
	if !here {
		s.log.add("refused", "", "")
		return nil, op.ErrInvalidRefreshToken
	}
	return r, nil
}

// SetUserinfoFromRequest fills the id token: who it is in this directory, under Entra's names.
func (s *storage) SetUserinfoFromRequest(_ context.Context, info *oidc.UserInfo, r op.IDTokenRequest, _ []string) error {
	return s.describe(info, r.GetSubject())
}

// SetUserinfoFromToken answers the userinfo endpoint: whose access token it is.
func (s *storage) SetUserinfoFromToken(_ context.Context, info *oidc.UserInfo, tokenID, subject, _ string) error {
	s.mu.Lock()
	end, here := s.access[tokenID]
	s.mu.Unlock()
	if !here || time.Now().After(end) {
		return errUnknown
	}
	return s.describe(info, subject)
}

func (s *storage) describe(info *oidc.UserInfo, subject string) error {
	who, here := personOf(subject)
	if !here {
		return errUnknown
	}
	info.Subject, info.Name, info.PreferredUsername = who.ObjectID, who.Name, who.Address
	info.AppendClaims("tid", s.tenantID)
	info.AppendClaims("oid", who.ObjectID)
	return nil
}

// GetClientByClientID knows one program.
func (s *storage) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	if id != clientID {
		return nil, errUnknown
	}
	return program{s.tenantID}, nil
}

// SigningKey signs the id tokens.
func (s *storage) SigningKey(context.Context) (op.SigningKey, error) { return signingKey{s}, nil }

// SignatureAlgorithms names what they are signed by.
func (s *storage) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{jose.RS256}, nil
}

// KeySet is public.
func (s *storage) KeySet(context.Context) ([]op.Key, error) { return []op.Key{publicKey{s}}, nil }

// Health is always good.
func (s *storage) Health(context.Context) error { return nil }

type signingKey struct{ *storage }

func (k signingKey) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.RS256 }
func (k signingKey) Key() any                                    { return k.key }
func (k signingKey) ID() string                                  { return k.tenantID }

type publicKey struct{ *storage }

func (k publicKey) ID() string                         { return k.tenantID }
func (k publicKey) Algorithm() jose.SignatureAlgorithm { return jose.RS256 }
func (k publicKey) Use() string                        { return "sig" }
func (k publicKey) Key() any                           { return &k.key.PublicKey }
