package identity

import (
	"slices"
	"sync"
)

// SecretKind names what kind of secret one is.
type SecretKind string

// The kinds of secrets that this provider hands out, and the verifier, which a program hands in.
const (
	SecretCode          SecretKind = "code"
	SecretAccessToken   SecretKind = "access_token"
	SecretRefreshToken  SecretKind = "refresh_token"
	SecretIDToken       SecretKind = "id_token"
	SecretDeviceCode    SecretKind = "device_code"
	SecretPersonalToken SecretKind = "personal_access_token"
	SecretVerifier      SecretKind = "code_verifier"
)

// Secret is one secret as it was given to somebody. A search for its value shows where it leaked to.
type Secret struct {
	Kind   SecretKind `json:"kind"`
	Value  string     `json:"value"`
	Person string     `json:"person,omitempty"` // UPN; empty while nobody is known
}

// issuedKept bounds the record of a provider that runs for days: the first ones leave.
const issuedKept = 20_000

type issuedLog struct {
	mu      sync.Mutex
	secrets []Secret
}

func (l *issuedLog) add(kind SecretKind, value, person string) {
	if value == "" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.secrets) >= issuedKept {
		l.secrets = slices.Delete(l.secrets, 0, issuedKept/10)
	}
	l.secrets = append(l.secrets, Secret{kind, value, person})
}

// Issued lists every secret this provider ever handed out or took, oldest first. Tests search what a program
// wrote for them; the values open nothing but the sample organization.
func (p *Provider) Issued() []Secret {
	p.issued.mu.Lock()
	defer p.issued.mu.Unlock()
	return slices.Clone(p.issued.secrets)
}
