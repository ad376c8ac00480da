package desktop

import (
	"context"
	"strings"
	"sync"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/signin"
	"sightline/backend/workspace"
)

// reach resolves a connection to a client: where it is now, and the credential that opens it. The sample
// organization has another port at every start, so its address is asked for, not stored.
func (p *Program) reach(ctx context.Context, c workspace.Connection) (*refresh.Client, error) {
	const op = "desktop.reach"
	org := devops.Organization{Name: c.Organization, URL: c.URL, Server: c.Server}
	var sample *Sample
	if c.Sample {
		s, err := p.Sample.Start(ctx)
		if err != nil {
			return nil, fault.Wrap(op, err)
		}
		org.URL, sample = s.URL, &s
		if c.Method == methodNone {
			token, err := signin.NewPAT(s.Token.Reveal(), time.Time{}, sampleToken)
			if err != nil {
				return nil, fault.Wrap(op, err)
			}
			return p.client(org, token, personText(c.IdentityName, c.IdentityAddress), workspace.SampleOrganization)
		}
	}
	if c.SignInID == "" {
		who := personText(c.IdentityName, c.IdentityAddress)
		return nil, signInAgain(op, c.Organization, "Nobody is signed in to "+c.Organization+" as "+who+" any more; your data stays.")
	}
	if err := p.mayReach(ctx, &c); err != nil {
		return nil, fault.Wrap(op, err)
	}
	credential, err := signin.OpenCredential(p.Vault, c.SignInID, p.sourceOptions(org.URL, sample))
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	return p.client(org, credential, personText(c.IdentityName, c.IdentityAddress), c.AccountKey)
}

// mayReach refuses to send what a sign-in gives to a server that it was not made for, however the two came together.
func (p *Program) mayReach(ctx context.Context, c *workspace.Connection) error {
	const op = "desktop.mayReach"
	s, err := p.Workspace.SignIn(ctx, c.SignInID)
	switch {
	case fault.Is(err, fault.NotFound):
		return signInAgain(op, c.Organization, "Nobody is signed in to "+c.Organization+" as "+personText(c.IdentityName, c.IdentityAddress)+" any more; your data stays.")
	case err != nil:
		return err
	case carries(&s, c):
		return nil
	}
	return fault.New(fault.SignInRefused, op, "The sign-in of "+personText(c.IdentityName, c.IdentityAddress)+" was not made for "+displayURL(c.URL)+", and is not sent to a place you never signed in to.",
		"Sign in again to refresh "+c.Organization+"; your data stays.").With("Organization", c.URL).Offering(fault.SignInAgain)
}

// sourceOptions go with a stored credential for an organization.
func (p *Program) sourceOptions(organizationURL string, sample *Sample) signin.SourceOptions {
	o := signin.SourceOptions{OrganizationURL: organizationURL, HTTPClient: p.HTTP, Clock: p.Clock, Logger: p.Log}
	if sample != nil {
		o.Authority = sample.Authority
	}
	return o
}

// signInAgain is the refusal of something for which only a person can sign in again.
func signInAgain(op, what, sentence string) error {
	return fault.New(fault.NotSignedIn, op, sentence, "Sign in again to refresh "+what+".").Offering(fault.SignInAgain, fault.SignInElse)
}

// sampleToken names the sample's own token in sentences.
const sampleToken = "the sample organization"

// client makes a client for one organization, within the budget of the account. It sends nothing.
func (p *Program) client(org devops.Organization, c signin.Credential, person, accountKey string) (*refresh.Client, error) {
	return refresh.Connect(refresh.Connection{
		Organization: org, Account: person, Credential: c, Version: p.Version, Budget: p.budgets.of(accountKey, p.Clock), Lanes: p.budgets.lanesOf(org.URL),
		Clock: p.Clock, Logger: p.Log,
	})
}

// budgets holds one budget per account, because the service counts per identity however many datasets load,
// and the lanes of each organization, which several accounts may load from.
type budgets struct {
	mu             sync.Mutex
	byAccount      map[string]*refresh.Budget
	byOrganization map[string]*refresh.Lanes
}

// lanesOf returns the lanes of an organization by its address.
func (b *budgets) lanesOf(url string) *refresh.Lanes {
	key := strings.ToLower(strings.TrimRight(url, "/"))
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.byOrganization == nil {
		b.byOrganization = map[string]*refresh.Lanes{}
	}
	if b.byOrganization[key] == nil {
		b.byOrganization[key] = refresh.NewLanes()
	}
	return b.byOrganization[key]
}

// of returns the budget of an account; one that is not known yet ("") has one of its own.
func (b *budgets) of(accountKey string, clock func() time.Time) *refresh.Budget {
	if accountKey == "" {
		return refresh.NewBudget(clock)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.byAccount[accountKey] == nil {
		b.byAccount[accountKey] = refresh.NewBudget(clock)
	}
	return b.byAccount[accountKey]
}
