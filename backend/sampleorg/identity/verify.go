package identity

import (
	"errors"
	"fmt"
)

// Why a token is not accepted. The REST side answers all of them alike; a log may tell them apart.
var (
	ErrNotOurs  = errors.New("the token is not one of this provider's")
	ErrAudience = errors.New("the token is not meant for Azure DevOps")
	ErrExpired  = errors.New("the token has expired")
	ErrRevoked  = errors.New("the token was revoked")
)

// Verify says whose an access token is, for the REST side: it checks signature, audience, times and
// revocation. The person may be no member of the organization; that is for the caller to refuse.
func (p *Provider) Verify(accessToken string) (Person, error) {
	c, err := p.readAccess(accessToken)
	if err != nil {
		return Person{}, err
	}
	now := p.clock().Unix()
	switch {
	case c.Audience != Resource:
		return Person{}, ErrAudience
	case now >= c.Expires || now < c.NotBefore-300:
		return Person{}, ErrExpired
	case p.ended.token(c.TokenID), p.ended.generation(c.Account) > c.Ended:
		return Person{}, ErrRevoked
	}
	account, known := p.dir.byKey(c.Account)
	if !known {
		return Person{}, ErrNotOurs
	}
	in, refused := p.dir.resolve(c.TenantID)
	if refused != nil {
		return Person{}, ErrNotOurs
	}
	who, refused := p.dir.identityIn(account, in, true)
	if refused != nil || who.ObjectID != c.ObjectID {
		return Person{}, ErrNotOurs
	}
	return who, nil
}

func (p *Provider) readAccess(token string) (accessClaims, error) {
	var c accessClaims
	if err := p.signer.open(token, &c); err != nil {
		if errors.Is(err, errNotSigned) {
			return c, ErrNotOurs
		}
		return c, err
	}
	return c, nil
}

// RevokeAccessToken ends one access token before its time.
func (p *Provider) RevokeAccessToken(accessToken string) error {
	c, err := p.readAccess(accessToken)
	if err != nil {
		return err
	}
	p.ended.end(c.TokenID)
	return nil
}

// Revoke ends everything of a person: access tokens, refresh tokens and the sessions of every browser.
// A refresh is then answered with AADSTS50173, and a sign-in asks again.
func (p *Provider) Revoke(who Person) error {
	account, ok := p.accountOf(who)
	if !ok {
		return fmt.Errorf("identity: %s is not in the cast", who.UPN)
	}
	p.ended.endPerson(account.key())
	p.sessions.endEverywhere(account.key())
	return nil
}

// ForgetConsent takes back what a person allowed, so that the consent page comes again.
func (p *Provider) ForgetConsent(who Person) { p.consents.forget(who, p.dir.app.ClientID) }

// accountOf finds the account of a person, by the ids they have at home or as a guest.
func (p *Provider) accountOf(who Person) (Account, bool) {
	for _, a := range p.dir.accounts {
		homeTenant, homeObject := a.home()
		if a.TenantID == who.TenantID && a.ObjectID == who.ObjectID ||
			homeTenant == who.TenantID && homeObject == who.ObjectID {
			return a, true
		}
	}
	return Account{}, false
}
