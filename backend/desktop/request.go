package desktop

import (
	"context"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/workspace"
)

// What an attempt is for.
const (
	purposeDataset    = ""           // a new dataset
	purposeAccount    = "account"    // an account, without a dataset
	purposeConnection = "connection" // a connection that exists
)

// task is what an attempt is for, as the workspace knows it.
type task struct {
	datasetID  string
	connection workspace.Connection // to be signed in for; without an id for the other purposes
	account    workspace.Account    // that the request names; without an object id when it names none
	only       bool                 // nobody but that account is taken
	hint       string               // address to fill in on the sign-in page
	asking     bool                 // the person signs in even if a sign-in of the account is kept
	expires    time.Time            // of the personal access token, as the person says
}

// readRequest checks everything that can be checked before anybody is asked anything.
func (p *Program) readRequest(ctx context.Context, a *attempt) error {
	const op = "desktop.readRequest"
	r := &a.request
	if err := a.readExpiry(op); err != nil {
		return err
	}
	if _, known := rungs[r.Rung]; !known {
		return fault.New(fault.Invalid, op, "There is no way to sign in called "+r.Rung+".", "Choose system, copyLink, deviceCode or ephemeral, or leave it out.")
	}
	if r.Account != "" {
		account, err := p.account(ctx, r.Account)
		if err != nil {
			return err
		}
		a.task.account = account
	}
	var err error
	switch r.Purpose {
	case purposeDataset:
		err = p.readNew(a)
	case purposeAccount:
		err = p.readAccount(ctx, a)
	case purposeConnection:
		err = p.readConnection(ctx, a)
	default:
		err = fault.New(fault.Invalid, op, "There is no sign-in for the purpose "+r.Purpose+".", "Choose account or connection, or leave it out.")
	}
	if a.task.hint == "" {
		a.task.hint = r.Expect
	}
	return err
}

// readExpiry reads the day on which a personal access token ends: the last instant of it.
func (a *attempt) readExpiry(op string) error {
	if a.request.TokenExpires == "" {
		return nil
	}
	day, err := time.Parse(time.DateOnly, a.request.TokenExpires)
	if err != nil {
		return fault.New(fault.Invalid, op, a.request.TokenExpires+" is no day.", "Write it like 2027-01-31, or leave it out.")
	}
	a.task.expires = day.AddDate(0, 0, 1).Add(-time.Second)
	if a.task.expires.Before(a.clock()) {
		return fault.New(fault.Invalid, op, "A personal access token that ended on "+a.request.TokenExpires+" opens nothing.", "Make a new one in Azure DevOps.")
	}
	return nil
}

// readNew reads a request for a new dataset. An account that it names is used without a browser if its sign-in is
// kept; else nobody but it signs in.
func (p *Program) readNew(a *attempt) error {
	var err error
	if a.patterns, err = devops.ParsePatterns(a.request.Patterns...); err != nil {
		return err
	}
	if a.selection, err = selectionOf(a.request.Contents, a.request.HistoryMonths); err != nil {
		return err
	}
	if named := a.task.account; named.ObjectID != "" {
		a.task.only, a.task.hint = true, named.Address
		if a.request.Method == "" {
			a.request.Method = methodOf(named)
		}
	}
	return a.readSource()
}

// methodOf is how an account signs in.
func methodOf(a workspace.Account) string {
	if a.TenantID == "" {
		return methodToken
	}
	return methodOAuth
}

// readSource reads the connector, the method and the address.
func (a *attempt) readSource() error {
	const op = "desktop.readRequest"
	switch a.request.Source {
	case sourceSample, sourceSampleSignIn:
		a.org = devops.Organization{Name: "sample", Server: true}
		a.request.Method = methodNone
		if a.request.Source == sourceSampleSignIn {
			a.request.Method = methodOAuth
		}
		return nil
	case sourceAzureDevOps, sourceServer:
	default:
		return fault.New(fault.Invalid, op, "There is no connector called "+a.request.Source+".", "Choose one in Get Data.")
	}
	if a.request.Method != methodOAuth && a.request.Method != methodToken {
		return fault.New(fault.Invalid, op, "There is no authentication method called "+a.request.Method+".", "Choose oAuth2 or a personal access token.")
	}
	if a.request.Purpose == purposeAccount && a.request.Method == methodOAuth && a.request.Organization == "" && a.request.Authority != "" {
		return nil // the directory is named, which is enough to sign in to it
	}
	var err error
	a.org, err = devops.ParseOrganization(a.request.Organization)
	return err
}

// readAccount reads a request to sign an account in without a dataset. What it leaves out is taken from the last
// time that this account signed in.
func (p *Program) readAccount(ctx context.Context, a *attempt) error {
	r := &a.request
	if named := a.task.account; named.ObjectID != "" {
		if !r.Switch {
			a.task.only, a.task.hint = true, named.Address
		}
		if err := p.likeLastTime(ctx, r); err != nil {
			return err
		}
		if r.Method == "" {
			r.Method = methodOf(named)
		}
	}
	if r.Method == "" {
		r.Method = methodOAuth
	}
	if r.Source == "" {
		r.Source = sourceAzureDevOps
	}
	a.task.asking = true
	return a.readSource()
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
