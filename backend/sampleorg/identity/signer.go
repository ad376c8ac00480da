package identity

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync"
)

// signer signs tokens with RS256, as JSON Web Tokens.
type signer struct {
	// key makes the key at its first use: that costs a tenth of a second or more, and a person who
	// connects with a personal access token never needs it.
	key func() (*signingKey, error)
}

type signingKey struct {
	id      string // kid: the thumbprint of RFC 7638
	private *rsa.PrivateKey
}

func newSigner() *signer {
	return &signer{key: sync.OnceValues(func() (*signingKey, error) {
		private, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			return nil, fmt.Errorf("identity: make a signing key: %w", err)
		}
		return newSigningKey(private), nil
	})}
}

func newSigningKey(private *rsa.PrivateKey) *signingKey {
	k := &signingKey{private: private}
	n, e := k.public()
	print := sha256.Sum256(fmt.Appendf(nil, `{"e":"%s","kty":"RSA","n":"%s"}`, e, n))
	k.id = base64.RawURLEncoding.EncodeToString(print[:])
	return k
}

// public returns modulus and exponent as a JSON Web Key writes them.
func (k *signingKey) public() (n, e string) {
	return base64.RawURLEncoding.EncodeToString(k.private.N.Bytes()),
		base64.RawURLEncoding.EncodeToString(big.NewInt(int64(k.private.E)).Bytes())
}

// sign makes a token of claims.
func (s *signer) sign(claims any) (string, error) {
	key, err := s.key()
	if err != nil {
		return "", err
	}
	head, err := json.Marshal(map[string]string{"typ": "JWT", "alg": "RS256", "kid": key.id})
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	content := base64.RawURLEncoding.EncodeToString(head) + "." + base64.RawURLEncoding.EncodeToString(body)
	digest := sha256.Sum256([]byte(content))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key.private, crypto.SHA256, digest[:])
	if err != nil {
		return "", fmt.Errorf("identity: sign a token: %w", err)
	}
	return content + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

var errNotSigned = errors.New("not signed by this provider")

// open checks form and signature of a token and decodes its claims. It does not check time or audience.
func (s *signer) open(token string, claims any) error {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return errNotSigned
	}
	key, err := s.key()
	if err != nil {
		return err
	}
	var head struct{ Alg, Kid string }
	if err := decodePart(parts[0], &head); err != nil || head.Alg != "RS256" || head.Kid != key.id {
		return errNotSigned
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return errNotSigned
	}
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if rsa.VerifyPKCS1v15(&key.private.PublicKey, crypto.SHA256, digest[:], signature) != nil {
		return errNotSigned
	}
	if decodePart(parts[1], claims) != nil {
		return errNotSigned
	}
	return nil
}

func decodePart(part string, into any) error {
	raw, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, into)
}
