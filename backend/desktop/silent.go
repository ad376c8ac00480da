package desktop

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"sightline/backend/fault"
	"sightline/backend/signin"
	"sightline/backend/workspace"
)

// useKept takes the sign-in of the account that a request names, if one is kept that opens the organization. Nobody
// is asked and no browser opens; the identity card still comes before anything is stored. Fault NotSignedIn, with
// what can be done about it, when there is none: the person then signs in as that account.
func (p *Program) useKept(ctx context.Context, a *attempt) error {
	const op = "desktop.useKept"
	a.change(func() { a.view.Rung = rungSilent })
	o := signin.Options{}
	if a.request.Method == methodOAuth {
		var err error
		if o, err = p.signInOptions(ctx, a); err != nil {
			return err
		}
		if a.sample == nil && o.TenantID == "" && tenantOf(o.Authority) == "" { // it was typed without its directory
			d, err := signin.Discover(ctx, p.HTTP, a.org.URL)
			if err != nil {
				return err
			}
			o.TenantID = d.TenantID
		}
	}
	all, err := p.Workspace.SignIns(ctx)
	if err != nil {
		return err
	}
	who := personText(a.task.account.Name, a.task.account.Address)
	why := who + " is not signed in on this computer."
	for _, s := range slices.Backward(all) {
		if s.AccountKey != a.task.account.Key() {
			continue
		}
		if reason := a.unfit(&s, &o); reason != "" {
			why = reason
			continue
		}
		credential, err := signin.OpenCredential(p.Vault, s.ID, p.sourceOptions(a.org.URL, a.sample))
		if err != nil {
			return p.endKeptAs(&s, fault.Wrap(op, err))
		}
		if key := credential.Account().Key(); key.TenantID+"/"+key.ObjectID != s.AccountKey {
			return fault.New(fault.Corrupt, op, "The stored sign-in is not that of "+who+".", "Sign in again.").Offering(fault.SignInAgain, fault.SignInElse)
		}
		a.change(func() {
			a.kept, a.credential = &s, credential
			a.request.ClientID = s.ClientID
		})
		return nil
	}
	return fault.New(fault.NotSignedIn, op, why, "Sign in to "+a.org.Name+" as "+who+", or as someone else.").
		With("Organization", a.org.URL).With("Account", a.task.account.Address).Offering(fault.SignInAgain, fault.SignInElse)
}

// unfit says why a kept sign-in cannot be used for the organization of an attempt, or "".
func (a *attempt) unfit(s *workspace.SignIn, o *signin.Options) string {
	who := personText(a.task.account.Name, a.task.account.Address)
	tenant, asked := a.task.account.TenantID, firstOf(o.TenantID, tenantOf(o.Authority))
	switch {
	case s.Ended != "":
		return s.Ended
	case s.Method != a.request.Method:
		return "The sign-in of " + who + " was made in another way."
	case s.Method == methodToken && !strings.EqualFold(s.Organization, a.org.URL):
		return "The personal access token of " + who + " opens " + displayURL(s.Organization) + " and no other organization."
	case s.Method == methodToken:
		return ""
	case a.sample == nil && !strings.EqualFold(asked, tenant): // the sample names its sign-in without a directory
		return a.org.Name + " belongs to another directory than the one that knows " + who + "."
	case o.ClientID != "" && !strings.EqualFold(o.ClientID, s.ClientID):
		return "The sign-in of " + who + " was made with another client id."
	case !a.mayCarry(s):
		return "The sign-in of " + who + " was not made for " + displayURL(a.org.URL) + ", and a token is not sent to a place you never signed in to."
	}
	return ""
}

// mayCarry reports whether a token of Azure DevOps may go to the organization of an attempt without the person being
// asked: to Azure DevOps Services, and to a server that the person signed in to before. A typed address must not be able
// to collect one.
func (a *attempt) mayCarry(s *workspace.SignIn) bool {
	if a.sample != nil || s.Organization == workspace.SampleOrganization {
		return a.sample != nil && s.Organization == workspace.SampleOrganization
	}
	return !a.org.Server || sameService(s.Organization, a.org.URL)
}

// tenantOf is the directory that an authority names at its end.
func tenantOf(authority string) string {
	u, err := url.Parse(strings.TrimSuffix(strings.TrimRight(authority, "/"), "/v2.0"))
	if err != nil {
		return ""
	}
	return u.Path[strings.LastIndex(u.Path, "/")+1:]
}

// sameService reports whether two organizations are served by the same host: all of Azure DevOps Services are.
func sameService(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	return errX == nil && errY == nil && x.Host != "" && x.Scheme == y.Scheme && strings.EqualFold(x.Host, y.Host)
}

// endKept notes that a kept sign-in was refused, and says what can be done about it.
func (p *Program) endKept(a *attempt, err error) error {
	if a.kept == nil {
		return err
	}
	return p.endKeptAs(a.kept, err)
}

// endKeptAs ends a sign-in that the directory or the vault refused, as it was when the attempt found it. A service that
// refuses it is no reason: it may be good everywhere else.
func (p *Program) endKeptAs(s *workspace.SignIn, err error) error {
	if !fault.Is(err, fault.NotSignedIn) || signin.Locked(err) {
		return err // it is locked, or something else is wrong
	}
	if signin.Ended(err) {
		p.endSignIn(p.ctx, s.ID, s.Renewed, fault.ReportOf(err).Message)
	}
	r := fault.ReportOf(err)
	return fault.New(fault.NotSignedIn, "desktop.useKept", r.Message, r.Hint).Offering(fault.SignInAgain, fault.SignInElse).Because(err)
}

// again prepares an attempt for another sign-in. Whoever did not get in by a sign-in that was kept signs in as the
// same person; whoever was the wrong one is asked for the right one; and whoever chose to be someone else gets the
// directory's list of accounts.
func (a *attempt) again() {
	a.mu.Lock()
	defer a.mu.Unlock()
	silent := a.view.Rung == rungSilent
	a.task.asking = true
	if f := a.view.Fault; a.view.Phase == "failed" && f != nil && !silent && !a.task.only && slices.Contains(f.Actions, fault.SignInElse) {
		a.task.hint = "" // the directory does not take the person who was expected
	}
	if a.view.Phase != "confirm" || a.view.Identity == nil || !a.view.Identity.Matches {
		return
	}
	if silent || a.request.Purpose == purposeDataset {
		a.task.account, a.task.only, a.request.Account = workspace.Account{}, false, ""
	}
	if a.task.only {
		return // nobody else is taken, so nobody else is offered
	}
	a.task.hint, a.request.Expect = "", ""
}
