package sampleorg

import (
	"errors"
	"net/http"

	"sightline/backend/sampleorg/identity"
	"sightline/backend/sampleorg/rest"
)

// gate reads credentials with the identity provider and finds whom the organization knows by them.
type gate struct{ server *Server }

// Authenticate takes an access token as Bearer, or a personal access token as Basic.
func (g *gate) Authenticate(r *http.Request) (rest.Caller, rest.Refusal) {
	var who identity.Person
	err := errNoToken
	if token, ok := rest.BearerToken(r); ok {
		who, err = g.server.provider.Verify(token)
	} else if token, ok := rest.BasicToken(r); ok {
		who, err = g.server.provider.VerifyPersonalAccessToken(token)
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

// caller is a signed-in person as the organization sees them. A member or guest of its directory has an
// identity here, whose id differs from the directory's object id, as in the real service. Whoever comes
// by another directory's token is a stranger, even a guest who signed in at home.
func (g *gate) caller(who identity.Person) rest.Caller {
	c := rest.Caller{ID: who.ObjectID, DisplayName: who.Name, UPN: who.UPN, TenantID: who.TenantID}
	if p := g.server.World().PersonByUPN(who.UPN); p != nil && who.TenantID == identity.LumenTenantID && (who.Kind == identity.Member || who.Kind == identity.Guest) {
		c.ID, c.DisplayName, c.Member = p.ID, p.Name, true
	}
	return c
}
