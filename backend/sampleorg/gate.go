package sampleorg

import (
	"errors"
	"net/http"

	"sightline/backend/sampleorg/identity"
	"sightline/backend/sampleorg/rest"
)

// gate reads credentials with the identity provider and finds whom one organization knows by them.
type gate struct {
	provider *identity.Provider
	rest     *rest.Handler // whose members are asked for
}

// Authenticate takes an access token as Bearer, or a personal access token as Basic.
func (g *gate) Authenticate(r *http.Request) (rest.Caller, rest.Refusal) {
	var who identity.Person
	err := errNoToken
	if token, ok := rest.BearerToken(r); ok {
		who, err = g.provider.Verify(token)
	} else if token, ok := rest.BasicToken(r); ok {
		who, err = g.provider.VerifyPersonalAccessToken(token)
	}
	switch {
	case errors.Is(err, errNoToken):
		return rest.Caller{}, rest.NoCredential
	case err != nil:
		return rest.Caller{}, rest.BadCredential
	}
	return g.caller(who), rest.Accepted
}

var errNoToken = errors.New("no token came")

// personalTenant is what stands for a directory in the names of personal accounts.
const personalTenant = "Windows Live ID"

// caller is a signed-in person as the organization sees them. A member or guest of its directory has an
// identity here, whose id differs from the directory's object id, as in the real service. Whoever comes
// by another directory's token is a stranger, even a guest who signed in at home.
func (g *gate) caller(who identity.Person) rest.Caller {
	c := rest.Caller{ID: who.ObjectID, DisplayName: who.Name, UPN: who.UPN, TenantID: who.TenantID}
	trusted := g.rest.Tenant()
	if who.TenantID == identity.PersonalTenantID {
		c.TenantID = personalTenant
		if trusted == "" {
			trusted = identity.PersonalTenantID
		}
	}
	if p := g.rest.World().PersonByUPN(who.UPN); p != nil && who.TenantID == trusted {
		c.ID, c.DisplayName, c.Member = p.ID, p.Name, true
	}
	return c
}
