package desktop

import (
	"context"
	"slices"
	"strings"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/workspace"
)

// readConnection reads a request to sign in again for a connection, or to move it to another account.
func (p *Program) readConnection(ctx context.Context, a *attempt) error {
	const op = "desktop.readConnection"
	r := &a.request
	d, c, err := p.connected(ctx, r.DatasetID)
	if err != nil {
		return err
	}
	if c.Method == methodNone {
		return fault.New(fault.Invalid, op, d.Name+" needs no sign-in: the sample organization opens to everybody here.", "Refresh it.")
	}
	if a.patterns, err = devops.ParsePatterns(c.Patterns...); err != nil {
		return err
	}
	a.task.datasetID, a.task.connection, a.selection = d.ID, c, d.Selection
	r.Patterns, r.Organization, r.Source = c.Patterns, c.URL, sourceAzureDevOps
	switch {
	case c.Sample:
		r.Source, r.Method = sourceSampleSignIn, methodOAuth
	case c.Server:
		r.Source = sourceServer
	}
	r.Method, r.ClientID = firstOf(r.Method, c.Method), firstOf(r.ClientID, c.ClientID)
	if !r.Switch {
		if r.Account != "" && r.Account != c.AccountKey {
			return fault.New(fault.WrongPerson, op, d.Name+" comes as "+personText(c.IdentityName, c.IdentityAddress)+", not as "+personText(a.task.account.Name, a.task.account.Address)+".",
				"Choose Use another account to move it.")
		}
		if a.task.account, err = p.accountOfConnection(ctx, &c); err != nil {
			return err
		}
		// Who is expected is in that directory, whatever the organization says today.
		r.Authority = firstOf(r.Authority, c.Authority)
		r.Account, r.Expect = c.AccountKey, firstOf(a.task.account.Address, c.IdentityAddress)
		a.task.only, a.task.hint, a.task.asking = true, r.Expect, true
		return a.readSource()
	}
	if named := a.task.account; named.ObjectID != "" {
		a.task.only, a.task.hint = true, named.Address
		r.Method = methodOf(named)
	}
	return a.readSource()
}

// account finds an account by its key. Fault NotFound.
func (p *Program) account(ctx context.Context, key string) (workspace.Account, error) {
	accounts, err := p.Workspace.Accounts(ctx)
	if err != nil {
		return workspace.Account{}, err
	}
	for _, a := range accounts {
		if a.Key() == key {
			return a, nil
		}
	}
	return workspace.Account{}, fault.New(fault.NotFound, "desktop.account", "This account is not known here any more.", "Look at the list of accounts again.")
}

// accountOfConnection is the account a connection comes as, also when its line was removed.
func (p *Program) accountOfConnection(ctx context.Context, c *workspace.Connection) (workspace.Account, error) {
	account, err := p.account(ctx, c.AccountKey)
	if !fault.Is(err, fault.NotFound) {
		return account, err
	}
	tenant, object, _ := strings.Cut(c.AccountKey, "/")
	account = workspace.Account{TenantID: tenant, ObjectID: object, Name: c.IdentityName, Address: c.IdentityAddress, Kind: "work"}
	if tenant == "" {
		account.Kind = "token"
	}
	return account, nil
}

// likeLastTime fills what a request leaves out from the connections and sign-ins of the account it names.
func (p *Program) likeLastTime(ctx context.Context, r *ConnectRequest) error {
	signIns, err := p.Workspace.SignIns(ctx)
	if err != nil {
		return err
	}
	connections, err := p.Workspace.Connections(ctx)
	if err != nil {
		return err
	}
	var last workspace.SignIn
	for _, c := range slices.Backward(connections) {
		if c.AccountKey == r.Account {
			last = workspace.SignIn{Method: c.Method, Authority: c.Authority, ClientID: c.ClientID, Organization: organizationOf(&c)}
			break
		}
	}
	for _, s := range slices.Backward(signIns) {
		if s.AccountKey == r.Account {
			last = s
			break
		}
	}
	if r.Organization == "" && r.Authority == "" {
		r.Organization, r.Authority = last.Organization, last.Authority
	}
	if r.Organization == workspace.SampleOrganization {
		r.Source, r.Authority = sourceSampleSignIn, ""
	}
	r.ClientID, r.Method = firstOf(r.ClientID, last.ClientID), firstOf(r.Method, last.Method)
	return nil
}

// organizationOf is the address by which a sign-in remembers what it was made for.
func organizationOf(c *workspace.Connection) string {
	if c.Sample {
		return workspace.SampleOrganization
	}
	return c.URL
}
