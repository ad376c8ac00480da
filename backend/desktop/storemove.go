package desktop

import (
	"context"
	"time"

	"sightline/backend/fault"
	"sightline/backend/workspace"
)

// storeMove signs a connection in again, or moves it to another account: from then on its identity is the one of
// the card. No load runs meanwhile: it would go on with the credential of before.
func (p *Program) storeMove(a *attempt) error {
	account := accountOf(a, p.Clock())
	ctx, stop := context.WithTimeout(p.ctx, loadEnd)
	defer stop()
	release, err := p.bar(ctx, a.task.datasetID,
		fault.New(fault.Conflict, "desktop.startRun", "This dataset is just being signed in for.", "Refresh it in a moment."))
	if err != nil {
		return err
	}
	signInID, err := p.move(a, account)
	release(false)
	if err != nil {
		return err
	}
	p.dropUnused(a.task.connection.SignInID)
	p.refreshOverdue(signInID)
	return p.useFirst(account)
}

// move stores the sign-in of an attempt unless a kept one is used, and gives it to the connection, unless that was
// changed since the attempt began.
func (p *Program) move(a *attempt, account workspace.Account) (signInID string, err error) {
	before := a.task.connection
	now, err := p.Workspace.Connection(p.ctx, before.ID)
	if err != nil {
		return "", err
	}
	if changedSince(&before, &now, before.SignInID) {
		return "", a.changedMeanwhile()
	}
	if a.kept != nil {
		if err := p.stillKept(a); err != nil {
			return "", err
		}
		signInID = a.kept.ID
	} else {
		s, err := p.keepRenewed(a, account)
		if err != nil {
			return "", err
		}
		if err := p.adopt(&s); err != nil {
			return "", err
		}
		signInID = s.ID
	}
	stale := false
	err = p.Workspace.ChangeConnection(p.ctx, before.ID, func(c *workspace.Connection) bool {
		if stale = changedSince(&before, c, signInID); stale {
			return false
		}
		c.SignInID, c.AccountKey, c.Method = signInID, account.Key(), a.request.Method
		c.Authority, c.ClientID = a.registration()
		c.IdentityID, c.IdentityName, c.IdentityAddress = a.identity.ID, a.identity.Name, a.identity.Address
		c.Ended, c.EndedAt = "", time.Time{}
		return true
	})
	if err == nil && stale {
		err = a.changedMeanwhile()
	}
	return signInID, err
}

// changedSince reports whether a connection comes as somebody else, or by another sign-in, than before. given is the
// sign-in that it may have got from the attempt itself.
func changedSince(before, now *workspace.Connection, given string) bool {
	return now.AccountKey != before.AccountKey || now.IdentityID != before.IdentityID || now.SignInID != before.SignInID && now.SignInID != given
}

// changedMeanwhile is the refusal of a card that was looked at while another one was accepted.
func (a *attempt) changedMeanwhile() error {
	return fault.New(fault.Conflict, "desktop.accept", "The connection to "+a.org.Name+" was changed meanwhile.",
		"Look at the dataset again, and sign in once more if that is still needed. Nothing was stored.")
}
