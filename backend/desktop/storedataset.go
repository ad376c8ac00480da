package desktop

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"sightline/backend/fault"
	"sightline/backend/report"
	"sightline/backend/workspace"
)

// storeDataset stores a new dataset with its connection and, unless one that is kept is used, its sign-in.
func (p *Program) storeDataset(a *attempt) error {
	account, s := accountOf(a, p.Clock()), workspace.SignIn{}
	c := p.connectionOf(a, account)
	switch {
	case a.kept != nil:
		if err := p.stillKept(a); err != nil {
			return err
		}
		c.SignInID = a.kept.ID
	case a.request.Method != methodNone:
		s = p.newSignIn(a, account)
		c.SignInID = s.ID
		if err := p.keepSecret(a, s.ID); err != nil {
			return err
		}
	}
	if err := p.storeTrio(a, account, s, c); err != nil {
		if s.ID != "" {
			_ = p.forgetSecret(s.ID) // it belongs to no connection and opens nothing that is stored here
		}
		return err
	}
	return p.useFirst(account)
}

func (p *Program) connectionOf(a *attempt, account workspace.Account) workspace.Connection {
	c := workspace.Connection{
		ID: newID(), Organization: a.org.Name, URL: a.org.URL, Server: a.org.Server,
		Sample:   a.sample != nil,
		Patterns: patternTexts(a), Method: a.request.Method,
		IdentityID: a.identity.ID, IdentityName: a.identity.Name, IdentityAddress: a.identity.Address,
		Created: p.Clock(),
	}
	c.Authority, c.ClientID = a.registration()
	if c.Method != methodNone {
		c.AccountKey = account.Key()
	}
	return c
}

// registration is where an attempt signed in, and as which program; of a token neither.
func (a *attempt) registration() (authority, clientID string) {
	switch {
	case a.request.Method != methodOAuth:
		return "", ""
	case a.sample != nil:
		return a.sample.Authority, a.sample.ClientID
	}
	return a.request.Authority, a.request.ClientID
}

// storeTrio stores account, sign-in, connection, dataset, report and dashboard together.
func (p *Program) storeTrio(a *attempt, account workspace.Account, s workspace.SignIn, c workspace.Connection) error {
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
	if err := p.Workspace.CreateTrio(p.ctx, account, s, c, d, docs); err != nil {
		return err
	}
	a.change(func() { a.view.DatasetID, a.view.ReportID, a.view.DashboardID = d.ID, docs[0].ID, docs[1].ID })
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
