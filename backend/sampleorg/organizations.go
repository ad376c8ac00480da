package sampleorg

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"sightline/backend/sampleorg/identity"
	"sightline/backend/sampleorg/rest"
	"sightline/backend/sampleorg/world"
)

// neighbour is a further organization on the same port: small, and without faults and controls.
type neighbour struct {
	name    string
	says    string
	company world.Company
	tenant  string // of the directory it trusts; empty means personal accounts
	public  bool
	member  string // whose personal access token is announced
}

// neighbours are what one organization cannot show.
var neighbours = []neighbour{
	{name: "quayside", says: "Another company in another directory. Priya Nair, who is a guest at Lumen, is a member here under other ids; Mira Okafor is not.",
		company: world.QuaysideFreight, tenant: identity.QuaysideTenantID, member: "priya.nair@quayside.example"},
	{name: "fischer", says: "An organization of personal accounts, which names the zero GUID as its directory: only a personal access token opens it.",
		company: world.FischerHome, member: "jo.fischer@personal.example"},
	{name: "opencharts", says: "An organization with a public project: whoever brings no good credential is answered 200 as Anonymous, and sees that project.",
		company: world.OpenCharts, tenant: identity.LumenTenantID, public: true, member: world.MemberUPN},
}

// Organization is one organization that is served, and how to get in.
type Organization struct {
	Name string `json:"name"`
	URL  string `json:"url"`
	Says string `json:"says"`
	// Authority is the address of the sign-in without a tenant. Tenant is the GUID of the directory, the zero GUID
	// for personal accounts, and Directory its name.
	Authority string `json:"authority"`
	Tenant    string `json:"tenant"`
	Directory string `json:"directory"`
	// PersonalAccessToken is one of the person in Member.
	PersonalAccessToken string `json:"personalAccessToken"`
	Member              string `json:"member"`
}

// Neighbour is an organization beside the sample, for whoever wants to know what there is.
type Neighbour struct {
	Name string `json:"name"` // the last part of its address
	Says string `json:"says"`
}

// Neighbours lists the organizations that every sample serves beside itself. Faults do not concern them.
func Neighbours() []Neighbour {
	list := make([]Neighbour, len(neighbours))
	for i, n := range neighbours {
		list[i] = Neighbour{n.name, n.says}
	}
	return list
}

// zeroTenant is what an organization of personal accounts names as its directory.
const zeroTenant = "00000000-0000-0000-0000-000000000000"

// neighbourSpan is how much younger than the sample its neighbours are.
const neighbourSpan = 78 * 7 * 24 * time.Hour

// settle mounts the neighbours. Each is simulated when somebody asks for it first.
func (s *Server) settle(mux *http.ServeMux) error {
	s.organizations = append(s.organizations, Organization{Name: world.Name, Says: "The sample organization: Lumen Works.", Tenant: identity.LumenTenantID, PersonalAccessToken: s.token, Member: world.MemberUPN})
	for _, n := range neighbours {
		token, err := s.provider.MintPersonalAccessToken(s.personOf(n.member, n.tenant))
		if err != nil {
			return fmt.Errorf("sampleorg: %w", err)
		}
		o := Organization{Name: n.name, Says: n.says, Tenant: n.tenant, PersonalAccessToken: token, Member: n.member}
		if n.tenant == "" {
			o.Tenant = zeroTenant
		}
		s.organizations = append(s.organizations, o)
		served := sync.OnceValue(func() *rest.Handler { return s.serveNeighbour(n) })
		for _, path := range []string{"/" + n.name, "/" + n.name + "/"} {
			mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { served().ServeHTTP(w, r) })
		}
	}
	for i := range s.organizations {
		o := &s.organizations[i]
		o.URL, o.Authority, o.Directory = "http://"+s.listener.Addr().String()+"/"+o.Name, s.provider.Authority(), "Personal accounts"
		for _, t := range s.provider.Tenants() {
			if t.ID == o.Tenant {
				o.Directory = t.Name
			}
		}
	}
	return nil
}

func (s *Server) serveNeighbour(n neighbour) *rest.Handler {
	since := s.since
	if later := since.Add(neighbourSpan); later.Before(s.options.Today.AddDate(0, 0, -60)) {
		since = later
	}
	w := world.New(world.Options{Seed: s.options.Seed, Since: since, Now: s.options.Today, Company: n.company})
	g := &gate{provider: s.provider}
	g.rest = rest.New(w, rest.Options{Organization: n.name, Tenant: n.tenant, Authority: s.provider.Authority(), Public: n.public, Authenticate: g})
	return g.rest
}

// personOf is a person as a directory knows them; empty is the directory of personal accounts.
func (s *Server) personOf(upn, tenant string) identity.Person {
	for _, p := range s.provider.People() {
		if p.UPN != upn {
			continue
		}
		if p.HomeTenantID == tenant && tenant != "" {
			return identity.Person{ObjectID: p.HomeObjectID, TenantID: p.HomeTenantID, Name: p.Name, UPN: p.UPN, Kind: identity.Outsider}
		}
		return p
	}
	return identity.Person{UPN: upn} // minting a token then fails and says so
}
