package desktop

import (
	"context"
	"errors"
	"strings"
	"time"

	"sightline/backend/fault"
	"sightline/backend/signin"
	"sightline/backend/workspace"
)

// newSignIn is the sign-in of an attempt under an id of its own.
func (p *Program) newSignIn(a *attempt, account workspace.Account) workspace.SignIn {
	s := workspace.SignIn{
		ID: newID(), AccountKey: account.Key(), Method: a.request.Method, Organization: a.org.URL, Created: p.Clock(), Expires: a.task.expires,
	}
	if a.sample != nil {
		s.Organization = workspace.SampleOrganization
	}
	s.Authority, s.ClientID = a.registration()
	s.Renewed = s.Created
	return s
}

// stillKept refuses to share a sign-in that was signed out, or ended, while its card was looked at.
func (p *Program) stillKept(a *attempt) error {
	s, err := p.Workspace.SignIn(p.ctx, a.kept.ID)
	if err == nil && s.Ended == "" || err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	who := personText(a.task.account.Name, a.task.account.Address)
	return fault.New(fault.NotSignedIn, "desktop.accept", who+" was signed out meanwhile.", "Sign in again as "+who+".").Offering(fault.SignInAgain, fault.SignInElse)
}

// renews reports whether a sign-in takes the place of one that is kept: of the same account, which the same directory
// vouches for, made in the same way.
func renews(fresh, kept *workspace.SignIn) bool {
	if fresh.AccountKey != kept.AccountKey || fresh.Method != kept.Method || !strings.EqualFold(fresh.ClientID, kept.ClientID) {
		return false
	}
	if boundTo(fresh) || boundTo(kept) {
		return strings.EqualFold(fresh.Organization, kept.Organization)
	}
	return sameAuthority(fresh.Authority, kept.Authority)
}

// boundTo reports whether a sign-in opens the one organization that it was made for and no other.
func boundTo(s *workspace.SignIn) bool {
	return s.Method == methodToken || s.Organization == workspace.SampleOrganization
}

// sameAuthority reports whether two directories are asked at the same host. A server names its directory itself, and a
// directory vouches for whom it likes, so accounts of the same ids at two hosts are two people. At one host the ids
// tell them apart.
func sameAuthority(a, b string) bool { return sameService(a, b) }

// carries reports whether what a sign-in gives may be sent to where a connection loads from: Azure DevOps Services, or
// the server that the person signed in to.
func carries(s *workspace.SignIn, c *workspace.Connection) bool {
	made := organizationOf(c)
	if boundTo(s) || made == workspace.SampleOrganization {
		return strings.EqualFold(s.Organization, made)
	}
	return !c.Server || sameService(s.Organization, made)
}

// takenOver is a fresh sign-in as it would look in the place of one that is kept, if it can: all connections that
// share that one, but the one that is signed in for, have to go on with it.
func takenOver(fresh, kept *workspace.SignIn, a *attempt, connections []workspace.Connection) (workspace.SignIn, bool) {
	if !renews(fresh, kept) {
		return *fresh, false
	}
	s := *fresh
	s.ID = kept.ID
	if a.org.URL == "" { // nobody was asked for an organization: what it was made for before stays
		s.Organization = kept.Organization
	}
	for i := range connections {
		c := &connections[i]
		if c.SignInID == kept.ID && c.ID != a.task.connection.ID && !serves(&s, c) {
			return *fresh, false
		}
	}
	return s, true
}

// keepRenewed stores the sign-in of an attempt in the place of the one that it renews, or beside the others: the
// secret first. Every connection that shares the renewed one can go on.
func (p *Program) keepRenewed(a *attempt, account workspace.Account) (workspace.SignIn, error) {
	s := p.newSignIn(a, account)
	all, err := p.Workspace.SignIns(p.ctx)
	if err != nil {
		return s, err
	}
	connections, err := p.Workspace.Connections(p.ctx)
	if err != nil {
		return s, err
	}
	fresh, own := s, a.task.connection.SignInID
	for i := range all {
		if taken, ok := takenOver(&fresh, &all[i], a, connections); ok && s.ID != own {
			s = taken
		}
	}
	if err := p.keepSecret(a, s.ID); err != nil {
		return s, err
	}
	s.Renewed = p.Clock() // what began before may have used the secret of before
	if err := p.Workspace.PutSignIn(p.ctx, account, s); err != nil {
		if s.ID == fresh.ID { // nothing names it, and nobody could ever sign it out
			err = errors.Join(err, p.forgetSecret(s.ID))
		}
		return s, err
	}
	return s, nil
}

// storeAccount keeps an account that signed in without a dataset. It is the one that is offered from then on, and its
// connections that had no sign-in any more go on with this one.
func (p *Program) storeAccount(a *attempt) error {
	account := accountOf(a, p.Clock())
	s, err := p.keepRenewed(a, account)
	if err != nil {
		return err
	}
	if err := p.adopt(&s); err != nil {
		return err
	}
	if err := p.Workspace.PutSetting(p.ctx, accountSetting, account.Key()); err != nil {
		return err
	}
	p.refreshOverdue(s.ID)
	return nil
}

// adopt gives a fresh sign-in to the connections of its account that have none any more, or one that ended.
func (p *Program) adopt(s *workspace.SignIn) error {
	connections, err := p.Workspace.Connections(p.ctx)
	if err != nil {
		return err
	}
	signIns, err := p.signIns(p.ctx)
	if err != nil {
		return err
	}
	for _, c := range connections {
		old := c.SignInID
		if had, ok := signIns[old]; old == s.ID || old != "" && ok && had.Ended == "" || !serves(s, &c) {
			continue
		}
		err := p.Workspace.ChangeConnection(p.ctx, c.ID, func(c *workspace.Connection) bool {
			if c.SignInID != old {
				return false
			}
			c.SignInID, c.Ended, c.EndedAt = s.ID, "", time.Time{}
			return true
		})
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		p.dropUnused(old)
	}
	return nil
}

// serves reports whether a sign-in opens what a connection of its account loads.
func serves(s *workspace.SignIn, c *workspace.Connection) bool {
	if s.AccountKey != c.AccountKey || s.Method != c.Method || !strings.EqualFold(s.ClientID, c.ClientID) {
		return false
	}
	return carries(s, c) && (boundTo(s) || sameAuthority(s.Authority, c.Authority))
}

// dropUnused forgets a sign-in that ended, or a token, once no connection uses it any more.
func (p *Program) dropUnused(id string) {
	if id == "" {
		return
	}
	s, err := p.Workspace.SignIn(p.ctx, id)
	if err != nil || s.Ended == "" && s.Method != methodToken {
		return
	}
	connections, err := p.Workspace.Connections(p.ctx)
	if err != nil {
		return
	}
	for _, c := range connections {
		if c.SignInID == id {
			return
		}
	}
	if err := errors.Join(p.forgetSecret(id), p.Workspace.DeleteSignIn(p.ctx, id)); err != nil {
		p.Log.Warn("a sign-in that nothing uses could not be forgotten", "err", err)
	}
}

// signIns are the kept sign-ins by their ids.
func (p *Program) signIns(ctx context.Context) (map[string]workspace.SignIn, error) {
	list, err := p.Workspace.SignIns(ctx)
	out := make(map[string]workspace.SignIn, len(list))
	for _, s := range list {
		out[s.ID] = s
	}
	return out, err
}

// keepSecret stores what an attempt signed in with, sealed, under the id of its sign-in.
func (p *Program) keepSecret(a *attempt, id string) error {
	if a.result != nil {
		return a.result.Keep(p.ctx, p.Vault, id)
	}
	return a.token.WithAccount(signin.Account{
		ObjectID: a.identity.ID, Name: a.identity.Name, Address: a.identity.Address,
	}).Keep(p.ctx, p.Vault, id)
}

// forgetLimit is how long forgetting waits for whoever renews the sign-in, here or in another process: a little more
// than a renewal may take.
const forgetLimit = time.Minute

// forgetSecret removes what the vault keeps of a sign-in, also while the program closes. Fault Timeout when somebody
// does not let go of it.
func (p *Program) forgetSecret(id string) error {
	return forgetWithin(context.WithoutCancel(p.ctx), p.Vault, id, forgetLimit)
}

func forgetWithin(ctx context.Context, store signin.Store, id string, limit time.Duration) error {
	const op = "desktop.forgetSecret"
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	err := signin.Forget(ctx, store, id)
	if err != nil && ctx.Err() != nil {
		return fault.New(fault.Timeout, op, "What is kept of a sign-in could not be deleted: it is still being renewed.", "Try again in a minute.").Because(err)
	}
	return fault.Wrap(op, err)
}

// loadEnd is how long a load that was stopped may take to end: it may be in the middle of an answer.
const loadEnd = 20 * time.Second

// stopLoads stops the refreshes of datasets, which hold a credential, and waits for their ends. It reports whether all
// ended in time; the others end behind our back, and find nothing to sign in with.
func (p *Program) stopLoads(ctx context.Context, datasetIDs []string) bool {
	var stopped []*run
	for _, id := range datasetIDs {
		if r := p.runOf(id); r != nil {
			r.stop()
			stopped = append(stopped, r)
		}
	}
	limit := time.NewTimer(loadEnd)
	defer limit.Stop()
	for _, r := range stopped {
		select {
		case <-r.ended:
		case <-ctx.Done():
			return false
		case <-limit.C:
			return false
		}
	}
	return true
}
