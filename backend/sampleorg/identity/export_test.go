package identity

import (
	"crypto/rand"
	"crypto/rsa"
	"sync"
)

var sharedKey = sync.OnceValues(func() (*signingKey, error) {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	return newSigningKey(private), nil
})

// ShareKey gives a Provider the key that all tests share, because making one takes long.
func (p *Provider) ShareKey() { p.signer.key = sharedKey }

// SignForTest signs claims with the provider's own key, to see that the signature alone is not enough.
func (p *Provider) SignForTest(claims any) (string, error) { return p.signer.sign(claims) }
