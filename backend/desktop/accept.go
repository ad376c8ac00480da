package desktop

import (
	"time"

	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/workspace"
)

// accept stores what an attempt found, in an order that leaves nothing half made when it is interrupted:
// first the secret, which is useless alone, then what the workspace knows. No lock but that of the person's turn is
// held meanwhile, so that the screen can say what is going on.
func (p *Program) accept(a *attempt, anyway bool) error {
	a.turn.Lock()
	defer a.turn.Unlock()
	if a.isAccepted() {
		return nil
	}
	if err := a.beginStoring(anyway); err != nil {
		return err
	}
	if err := p.store(a); err != nil {
		a.setPhase("confirm")
		return err
	}
	a.change(func() {
		a.enter("accepted")
		a.forgetSecrets() // the vault has them now
	})
	p.emit("workspace:changed", nil)
	return p.goOn(a)
}

// beginStoring enters the phase storing, or refuses to.
func (a *attempt) beginStoring(anyway bool) error {
	a.mu.Lock()
	err := a.mayAccept(anyway)
	if err == nil {
		a.enter("storing")
	}
	a.mu.Unlock()
	a.emit()
	return err
}

// store stores an attempt by its purpose. The attempt is in its phase storing: what it found does not change.
func (p *Program) store(a *attempt) error {
	switch a.request.Purpose {
	case purposeAccount:
		return p.storeAccount(a)
	case purposeConnection:
		return p.storeMove(a)
	}
	return p.storeDataset(a)
}

// goOn starts what an accepted attempt was for.
func (p *Program) goOn(a *attempt) error {
	a.mu.Lock()
	id := a.view.DatasetID
	a.mu.Unlock()
	switch a.request.Purpose {
	case purposeAccount:
		return nil
	case purposeConnection:
		return p.goOnRefreshing(id)
	}
	_, err := p.startRun(id, workspace.FirstRun)
	return err
}

// mayAccept refuses to store anything for the wrong person or for no project. A connection that exists is not
// refused for its projects: the card says what will be missing. Callers hold the lock.
func (a *attempt) mayAccept(anyway bool) error {
	const op = "desktop.accept"
	switch {
	case a.view.Phase != "confirm":
		return fault.New(fault.Conflict, op, "Nobody is signed in yet.", "Finish the sign-in first.")
	case !a.view.Identity.Matches && !anyway:
		return fault.New(fault.WrongPerson, op,
			"You signed in to "+a.org.Name+" as "+a.view.Identity.Name+" ("+a.view.Identity.Address+"), but "+a.request.Expect+" was expected.",
			"Sign in as someone else; nothing was stored.").
			With("Expected", a.request.Expect).With("Got", a.view.Identity.Address).With("Organization", a.org.Name).Offering(fault.SignInElse)
	case a.view.Matched == 0 && a.request.Purpose == purposeDataset:
		return a.noMatch()
	}
	return nil
}

// noMatch is the refusal when no visible project is named.
func (a *attempt) noMatch() error {
	if _, err := refresh.MatchOrExplain(a.patterns, a.projects); err != nil {
		return err
	}
	return fault.New(fault.NoProjectMatches, "desktop.accept", "No project of "+a.org.Name+" is named by what you typed.", "Type another name or pattern.")
}

// accountOf is the person as the directory knows them, or as the service does for a token; nobody for the sample's
// own token.
func accountOf(a *attempt, now time.Time) workspace.Account {
	switch {
	case a.request.Method == methodNone:
		return workspace.Account{}
	case a.kept != nil:
		return a.task.account
	case a.result != nil:
		r := a.result.Account
		return workspace.Account{
			TenantID: r.TenantID, ObjectID: r.ObjectID, Name: r.Name, Address: r.Address,
			Directory: firstOf(r.Directory, r.Home), Kind: string(r.Kind), Added: now,
		}
	}
	return workspace.Account{ObjectID: a.identity.ID, Name: a.identity.Name, Address: a.identity.Address, Kind: "token", Added: now}
}
