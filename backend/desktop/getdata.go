package desktop

import (
	"fmt"

	"sightline/backend/devops"
	"sightline/backend/fault"
)

// The sources and methods of the connector dialog.
const (
	sourceAzureDevOps  = "azureDevOps"
	sourceServer       = "server"
	sourceSample       = "sample"
	sourceSampleSignIn = "sampleSignIn"

	methodOAuth = "oauth"
	methodToken = "token"
	methodNone  = "none" // the sample: its token lives in memory
)

// GetData leads from Get Data to a loading dataset: parameters, sign in, confirm, load.
type GetData struct{ p *Program }

// Defaults fills the connector dialog.
func (g *GetData) Defaults() (ConnectDefaults, error) {
	g.p.await()
	return guard(g.p.Log, "GetData.Defaults", func() (ConnectDefaults, error) {
		id, err := g.p.Workspace.Setting(g.p.ctx, clientIDSetting)
		return ConnectDefaults{ClientID: id, Permissions: permissions(), Contents: contentViews, HistoryChoices: historyChoices}, err
	})
}

// CheckOrganization says how a typed organization is understood.
func (g *GetData) CheckOrganization(text string) (OrganizationCheck, error) {
	return guard(g.p.Log, "GetData.CheckOrganization", func() (OrganizationCheck, error) {
		o, err := devops.ParseOrganization(text)
		if err != nil {
			return OrganizationCheck{Fault: reportOf(err)}, nil
		}
		return OrganizationCheck{OK: true, Name: o.Name, URL: o.URL, Display: displayURL(o.URL), Server: o.Server}, nil
	})
}

// CheckPatterns says how each typed project pattern is understood.
func (g *GetData) CheckPatterns(texts []string) ([]PatternCheck, error) {
	return guard(g.p.Log, "GetData.CheckPatterns", func() ([]PatternCheck, error) {
		out := make([]PatternCheck, 0, len(texts))
		for _, t := range texts {
			c := PatternCheck{Text: t}
			if p, err := devops.ParsePattern(t); err != nil {
				c.Fault, c.Suggestion = reportOf(err), devops.SuggestPattern(t)
			} else {
				c.Text, c.OK = p.String(), true
			}
			out = append(out, c)
		}
		return out, nil
	})
}

// Begin starts an attempt: it finds the directory, opens the isolated browser and waits for the person.
// It returns at once; Attempt tells how far it is.
func (g *GetData) Begin(request ConnectRequest) (AttemptView, error) {
	g.p.await()
	return guard(g.p.Log, "GetData.Begin", func() (AttemptView, error) {
		a, err := g.p.newAttempt(g.p.ctx, request)
		if err != nil {
			return AttemptView{}, err
		}
		if err := g.p.launch(a); err != nil {
			return AttemptView{}, err
		}
		return a.snapshot(), nil
	})
}

// Attempt tells how far an attempt is.
func (g *GetData) Attempt(id string) (AttemptView, error) {
	return g.with("GetData.Attempt", id, func(*attempt) error { return nil })
}

// Cancel ends an attempt: its browser window is closed and nothing is kept.
func (g *GetData) Cancel(id string) (AttemptView, error) {
	return g.with("GetData.Cancel", id, func(a *attempt) error {
		a.abandon()
		return nil
	})
}

// SignInAgain starts over in a fresh browser. Nothing of the first sign-in is kept. From the card of the right person
// it asks for somebody else, from that of a wrong one for the right one, and after a sign-in that was kept and did not
// do, for the same person.
func (g *GetData) SignInAgain(id string) (AttemptView, error) {
	return g.with("GetData.SignInAgain", id, func(a *attempt) error {
		a.turn.Lock()
		defer a.turn.Unlock()
		if a.isAccepted() {
			return fault.New(fault.Conflict, "desktop.SignInAgain", "This sign-in was accepted; its data loads already.", "Start again with Get Data to sign in as somebody else.")
		}
		a.end()
		a.again()
		a.reset()
		return g.p.launch(a)
	})
}

// ChangePatterns matches other project patterns against what the identity can see.
func (g *GetData) ChangePatterns(id string, patterns []string) (AttemptView, error) {
	return g.with("GetData.ChangePatterns", id, func(a *attempt) error { return a.match(patterns) })
}

// Accept takes the identity card: from here on things are stored. anyway takes an identity that was not
// the expected one. The dataset starts to load.
func (g *GetData) Accept(id string, anyway bool) (AttemptView, error) {
	return g.with("GetData.Accept", id, func(a *attempt) error { return g.p.accept(a, anyway) })
}

func (g *GetData) with(op, id string, do func(*attempt) error) (AttemptView, error) {
	g.p.await()
	return guard(g.p.Log, op, func() (AttemptView, error) {
		a := g.p.attempt(id)
		if a == nil {
			return AttemptView{}, fault.New(fault.NotFound, op, "This sign-in is over.", "Start again with Get Data.")
		}
		if err := do(a); err != nil {
			return AttemptView{}, err
		}
		return a.snapshot(), nil
	})
}

// datasetName names the trio ORGANIZATION / PATTERNS, so that two connections never share a name by
// accident.
func datasetName(organization string, patterns []string) string {
	switch len(patterns) {
	case 0:
		return organization
	case 1:
		return organization + " / " + patterns[0]
	default:
		return fmt.Sprintf("%s / %s and %d more", organization, patterns[0], len(patterns)-1)
	}
}
