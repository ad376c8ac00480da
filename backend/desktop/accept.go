package desktop

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/report"
	"sightline/backend/workspace"
)

// accept stores what an attempt found, in an order that leaves nothing half made when it is interrupted:
// first the secret, which is useless alone, then connection, dataset and documents in one transaction.
func (p *Program) accept(a *attempt, anyway bool) error {
	a.turn.Lock()
	defer a.turn.Unlock()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.view.Phase == "accepted" {
		return nil
	}
	if err := a.mayAccept(anyway); err != nil {
		return err
	}
	a.view.Phase = "storing"
	c := p.connectionOf(a)
	if err := p.keepSecret(a, c.ID); err != nil {
		a.view.Phase = "confirm"
		return err
	}
	if err := p.storeTrio(a, c); err != nil {
		a.view.Phase = "confirm"
		_ = p.forgetSecret(c.ID) // it belongs to no connection and opens nothing that is stored here
		return err
	}
	a.view.Phase = "accepted"
	a.forgetSecrets() // the vault has them now
	p.emit("workspace:changed", nil)
	_, err := p.startRun(a.view.DatasetID, workspace.FirstRun)
	return err
}

// mayAccept refuses to store anything for the wrong person or for no project. Callers hold the lock.
func (a *attempt) mayAccept(anyway bool) error {
	const op = "desktop.accept"
	switch {
	case a.view.Phase != "confirm":
		return fault.New(fault.Conflict, op, "Nobody is signed in yet.", "Finish the sign-in first.")
	case !a.view.Identity.Matches && !anyway:
		return fault.New(fault.WrongPerson, op,
			"You signed in to "+a.org.Name+" as "+a.identity.Name+" ("+a.identity.Address+"), but "+a.request.Expect+" was expected.",
			"Sign in as someone else; nothing was stored.").
			With("Expected", a.request.Expect).With("Got", a.identity.Address).With("Organization", a.org.Name)
	case a.view.Matched == 0:
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

// failure is the error that ended an attempt.
func (a *attempt) failure() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.err
}

func (p *Program) connectionOf(a *attempt) workspace.Connection {
	c := workspace.Connection{
		ID: newID(), Organization: a.org.Name, URL: a.org.URL, Server: a.org.Server,
		Sample:   a.sample != nil,
		Patterns: patternTexts(a), Method: a.request.Method,
		Authority: a.request.Authority, ClientID: a.request.ClientID,
		IdentityID: a.identity.ID, IdentityName: a.identity.Name, IdentityAddress: a.identity.Address,
		Created: p.Clock(),
	}
	if a.sample != nil {
		c.Authority, c.ClientID = a.sample.Authority, a.sample.ClientID
	}
	if a.request.Method != methodNone {
		c.SignInID, c.AccountKey = c.ID, accountOf(a, p.Clock()).Key()
	}
	return c
}

// accountOf is the person as the directory knows them, or as the service does for a token.
func accountOf(a *attempt, now time.Time) workspace.Account {
	if a.request.Method == methodNone {
		return workspace.Account{}
	}
	if a.result != nil {
		r := a.result.Account
		return workspace.Account{
			TenantID: r.TenantID, ObjectID: r.ObjectID, Name: r.Name, Address: r.Address,
			Directory: r.Directory, Kind: string(r.Kind), Added: now,
		}
	}
	return workspace.Account{ObjectID: a.identity.ID, Name: a.identity.Name, Address: a.identity.Address, Kind: "token", Added: now}
}

// signInOf is the sign-in of a new connection; none for the sample's own token.
func signInOf(a *attempt, c workspace.Connection) workspace.SignIn {
	if a.request.Method == methodNone {
		return workspace.SignIn{}
	}
	return workspace.SignIn{ID: c.SignInID, AccountKey: c.AccountKey, Method: c.Method, Authority: c.Authority, ClientID: c.ClientID, Organization: c.URL, Created: c.Created}
}

// storeTrio stores account, connection, dataset, report and dashboard together.
func (p *Program) storeTrio(a *attempt, c workspace.Connection) error {
	name := a.name
	if name == "" {
		name = datasetName(c.Organization, c.Patterns)
	}
	name, err := p.unusedName(name)
	if err != nil {
		return err
	}
	now := p.Clock()
	d := workspace.Dataset{
		ID: newID(), ConnectionID: c.ID, Name: name, TimeZone: p.TimeZone, WeekStart: time.Sunday, Created: now,
		Selection: a.selection, Schedule: workspace.DefaultSchedule(),
	}
	d.File = d.ID + ".sqlite"
	docs, err := documents(d, now)
	if err != nil {
		return err
	}
	if err := p.Workspace.CreateTrio(p.ctx, accountOf(a, now), signInOf(a, c), c, d, docs); err != nil {
		return err
	}
	a.view.DatasetID, a.view.ReportID, a.view.DashboardID = d.ID, docs[0].ID, docs[1].ID
	return nil
}

// unusedName adds a number to a name that a dataset has already: two of the same name cannot be told apart.
func (p *Program) unusedName(name string) (string, error) {
	list, err := p.Workspace.Datasets(p.ctx)
	if err != nil {
		return "", err
	}
	used := map[string]bool{}
	for _, d := range list {
		used[strings.ToLower(d.Name)] = true
	}
	free := name
	for n := 2; used[strings.ToLower(free)]; n++ {
		free = fmt.Sprintf("%s (%d)", name, n)
	}
	return free, nil
}

// documents are the default report and dashboard of a new dataset.
func documents(d workspace.Dataset, now time.Time) ([]workspace.Document, error) {
	rep, err := report.DefaultReport(d.Name)
	if err != nil {
		return nil, err
	}
	board, err := report.DefaultDashboard(d.Name)
	if err != nil {
		return nil, err
	}
	out := make([]workspace.Document, 0, 2)
	for _, doc := range []struct {
		kind workspace.DocumentKind
		body any
	}{{workspace.ReportDocument, rep}, {workspace.DashboardDocument, board}} {
		body, err := json.Marshal(doc.body)
		if err != nil {
			return nil, fault.Wrap("desktop.documents", err)
		}
		out = append(out, workspace.Document{ID: newID(), Kind: doc.kind, DatasetID: d.ID, Name: d.Name, Body: body, Changed: now})
	}
	return out, nil
}
