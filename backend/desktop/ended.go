package desktop

import (
	"context"
	"slices"

	"sightline/backend/signin"
	"sightline/backend/workspace"
)

// The states of a sign-in.
const (
	stateSignedIn  = "signedIn"
	stateExpiring  = "expiring"
	stateEnded     = "ended"
	stateSignedOut = "signedOut"
	stateNone      = "none" // no sign-in is needed
)

// signInState says how a sign-in stands, and why when it is not simply good.
func (p *Program) signInState(s *workspace.SignIn) (state, sentence string) {
	if s.Ended != "" {
		return stateEnded, s.Ended
	}
	day := s.Expires.UTC().Format("2 January 2006")
	switch signin.ExpiryOf(s.Expires, p.Clock()) {
	case signin.ExpirySoon:
		return stateExpiring, "The personal access token ends on " + day + ". Make a new one in Azure DevOps before and sign in again with it."
	case signin.ExpiryPast:
		return stateExpiring, "The personal access token was to end on " + day + ". Make a new one in Azure DevOps and sign in again with it."
	}
	return stateSignedIn, ""
}

// connectionState is signInState for a connection.
func (p *Program) connectionState(c *workspace.Connection, signIns map[string]workspace.SignIn) (state, sentence string) {
	if c.Method == methodNone {
		return stateNone, ""
	}
	s, kept := signIns[c.SignInID]
	if !kept {
		return stateSignedOut, "You are signed out as " + personText(c.IdentityName, c.IdentityAddress) + ". Sign in again to refresh; your data stays."
	}
	state, sentence = p.signInState(&s)
	if state != stateEnded && refused(c, &s) {
		return stateEnded, c.Ended
	}
	return state, sentence
}

// waits says why the schedule leaves a dataset alone: only a person can go on. "" while nothing stands in its way.
func (p *Program) waits(ctx context.Context, d *workspace.Dataset) string {
	c, err := p.Workspace.Connection(ctx, d.ConnectionID)
	if err != nil || c.Method == methodNone {
		return "" // the refresh itself says what is wrong
	}
	signIns, err := p.signIns(ctx)
	if err != nil {
		return ""
	}
	if state, sentence := p.connectionState(&c, signIns); state == stateEnded || state == stateSignedOut {
		return sentence
	}
	return ""
}

// waitsForPerson is waits for a dataset by its id.
func (p *Program) waitsForPerson(ctx context.Context, id string) bool {
	d, err := p.Workspace.Dataset(ctx, id)
	return err == nil && p.waits(ctx, &d) != ""
}

// refreshOverdue starts the refreshes that waited for a sign-in. What was missed meanwhile was no sleep, so they count
// as those of the schedule.
func (p *Program) refreshOverdue(signInID string) {
	connections, err := p.Workspace.Connections(p.ctx)
	if err != nil {
		p.Log.Warn("what waits for a sign-in could not be listed", "err", err)
		return
	}
	for _, d := range p.listed() {
		shares := func(c workspace.Connection) bool { return c.ID == d.ConnectionID && c.SignInID == signInID }
		if !slices.ContainsFunc(connections, shares) || !p.isDue(&d) || p.inUseElsewhere(d) || p.waits(p.ctx, &d) != "" {
			continue
		}
		kind := workspace.ScheduledRun
		if d.LastRefresh.IsZero() {
			kind = workspace.FirstRun
		}
		p.start(d, kind)
	}
}

// goOnRefreshing refreshes a dataset that was signed in for again, unless that is under way.
func (p *Program) goOnRefreshing(id string) error {
	d, err := p.Workspace.Dataset(p.ctx, id)
	if err != nil {
		return err
	}
	kind := workspace.OnDemandRun
	if d.LastRefresh.IsZero() {
		kind = workspace.FirstRun
	}
	_, err = p.startRun(id, kind)
	return err
}

// warnOfExpiry tells once in the life of the program that a personal access token is about to end.
func (p *Program) warnOfExpiry() {
	signIns, err := p.signIns(p.ctx)
	if err != nil {
		return
	}
	for _, d := range p.listed() {
		c, err := p.Workspace.Connection(p.ctx, d.ConnectionID)
		if err != nil {
			continue
		}
		if state, sentence := p.connectionState(&c, signIns); state == stateExpiring && p.warned.first(c.SignInID) {
			p.tell(d.ID, "signIn", "Your sign-in to "+c.Organization+" ends soon", sentence)
		}
	}
}
