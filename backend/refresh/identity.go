package refresh

import (
	"context"
	"strings"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/fault"
)

// Identity is whom an organization takes a connection for.
type Identity struct {
	ID             string // GUID; what is pinned
	Name           string // as the organization displays it
	Address        string // ann@contoso.com, or DOMAIN\ann on a Server
	Descriptor     string
	TenantID       string // directory of the identity; empty on a Server
	InstanceID     string // stable key of the organization
	DeploymentType string // hosted, onPremises
	Anonymous      bool
}

// Probe asks an organization who we are and what we may see. The fault Anonymous means that it answered as
// if nobody were signed in, as an organization with public projects does for any bad token. A person who
// sees no project gets an empty list and no fault: the caller warns.
func Probe(ctx context.Context, c *azdo.Client) (Identity, []devops.Project, error) {
	const op = "refresh.Probe"
	data, err := c.ConnectionData(ctx)
	if err != nil {
		return Identity{}, nil, fault.Wrap(op, err)
	}
	id := identityOf(data)
	if id.Anonymous {
		return id, nil, fault.New(fault.Anonymous, op, c.Organization()+" did not recognize the sign-in and answered as if nobody were signed in.",
			"Sign in again; if you use an access token, it may have expired or belong to another organization.").
			Offering(fault.SignInElse, fault.UseToken).With("Organization", c.Organization()).With("Seen", data.AuthenticatedUser.ProviderDisplayName)
	}
	listed, err := c.Projects(ctx, "wellFormed")
	if err != nil {
		return id, nil, fault.Wrap(op, err)
	}
	projects := make([]devops.Project, len(listed))
	for i := range listed {
		projects[i] = projectOf(&listed[i])
	}
	return id, projects, nil
}

// identityOf reads an identity from connectionData. 200 is no proof that anybody was recognized: the
// descriptor and the header X-VSS-UserData are.
func identityOf(d azdo.ConnectionData) Identity {
	u := d.AuthenticatedUser
	id := Identity{
		// The header carries what is pinned; it and the body name the same identity.
		ID: strings.ToLower(firstNonEmpty(d.Caller.ID, u.ID)), Name: firstNonEmpty(u.CustomDisplayName, u.ProviderDisplayName),
		Address: firstNonEmpty(string(u.Properties["Account"]), string(u.Properties["Mail"])), Descriptor: u.Descriptor,
		InstanceID: d.InstanceID, DeploymentType: d.DeploymentType,
	}
	// Microsoft.IdentityModel.Claims.ClaimsIdentity;{tenant}\{address}
	kind, subject, _ := strings.Cut(u.Descriptor, ";")
	if tenant, address, ok := strings.Cut(subject, `\`); ok && strings.HasSuffix(kind, "ClaimsIdentity") {
		id.TenantID = tenant
		id.Address = firstNonEmpty(id.Address, address)
	}
	id.Name = firstNonEmpty(id.Name, id.Address)
	id.Anonymous = d.Caller.Anonymous() || azdo.Caller{ID: u.ID}.Anonymous() || strings.HasPrefix(u.Descriptor, "System:PublicAccess")
	return id
}

func firstNonEmpty(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
