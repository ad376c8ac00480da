package desktop

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/signin"
	"sightline/backend/workspace"
)

// reach resolves a connection to a client: where it is now, and the credential that opens it. The sample
// organization has another port at every start, so its address is asked for, not stored.
func (p *Program) reach(ctx context.Context, c workspace.Connection) (*refresh.Client, error) {
	const op = "desktop.reach"
	o := signin.SourceOptions{OrganizationURL: c.URL, HTTPClient: p.HTTP, Clock: p.Clock, Logger: p.Log}
	org := devops.Organization{Name: c.Organization, URL: c.URL, Server: c.Server}
	if c.Sample {
		s, err := p.Sample.Start(ctx)
		if err != nil {
			return nil, fault.Wrap(op, err)
		}
		org.URL, o.Authority = s.URL, s.Authority
		if c.Method == methodNone {
			token, err := signin.NewPAT(s.Token.Reveal(), time.Time{}, sampleToken)
			if err != nil {
				return nil, fault.Wrap(op, err)
			}
			return p.client(org, token, personText(c.IdentityName, c.IdentityAddress), c.AccountKey)
		}
	}
	credential, err := signin.OpenCredential(p.Vault, c.ID, o)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	return p.client(org, credential, personText(c.IdentityName, c.IdentityAddress), c.AccountKey)
}

// sampleToken names the sample's own token in sentences.
const sampleToken = "the sample organization"

// client makes a client for one organization, within the budget of the account. It sends nothing.
func (p *Program) client(org devops.Organization, c signin.Credential, person, accountKey string) (*refresh.Client, error) {
	return refresh.Connect(refresh.Connection{
		Organization: org, Account: person, Credential: c, Version: p.Version, Budget: p.budgets.of(accountKey, p.Clock), Lanes: p.budgets.lanesOf(org.URL),
		Clock: p.Clock, Logger: p.Log,
	})
}

// budgets holds one budget per account, because the service counts per identity however many datasets load,
// and the lanes of each organization, which several accounts may load from.
type budgets struct {
	mu             sync.Mutex
	byAccount      map[string]*refresh.Budget
	byOrganization map[string]*refresh.Lanes
}

// lanesOf returns the lanes of an organization by its address.
func (b *budgets) lanesOf(url string) *refresh.Lanes {
	key := strings.ToLower(strings.TrimRight(url, "/"))
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.byOrganization == nil {
		b.byOrganization = map[string]*refresh.Lanes{}
	}
	if b.byOrganization[key] == nil {
		b.byOrganization[key] = refresh.NewLanes()
	}
	return b.byOrganization[key]
}

// of returns the budget of an account; one that is not known yet ("") has one of its own.
func (b *budgets) of(accountKey string, clock func() time.Time) *refresh.Budget {
	if accountKey == "" {
		return refresh.NewBudget(clock)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.byAccount[accountKey] == nil {
		b.byAccount[accountKey] = refresh.NewBudget(clock)
	}
	return b.byAccount[accountKey]
}

// forgetSecret removes what the vault keeps for a connection.
func (p *Program) forgetSecret(connectionID string) error {
	return fault.Wrap("desktop.forgetSecret", signin.Forget(context.WithoutCancel(p.ctx), p.Vault, connectionID))
}

// keepSecret stores what an attempt signed in with, sealed, for its connection. The sample's own token
// is nobody's secret and is not stored. Callers hold the attempt's lock.
func (p *Program) keepSecret(a *attempt, connectionID string) error {
	switch {
	case a.result != nil:
		return a.result.Keep(p.ctx, p.Vault, connectionID)
	case a.request.Method == methodToken:
		return a.token.WithAccount(signin.Account{
			ObjectID: a.identity.ID, Name: a.identity.Name, Address: a.identity.Address,
		}).Keep(p.ctx, p.Vault, connectionID)
	}
	return nil
}

// longestToken bounds the body that carries a personal access token; real ones have 52 or 84 characters.
const longestToken = 1 << 10

// API serves what does not fit a call: it takes personal access tokens, because the arguments of calls
// may be logged.
func (p *Program) API() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/attempts/{id}/token", func(w http.ResponseWriter, r *http.Request) {
		// A header that a foreign page cannot set without asking: no form can post here.
		if r.Header.Get("X-Sightline") != "1" {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		a := p.tries.find(r.PathValue("id"))
		if a == nil {
			http.NotFound(w, r)
			return
		}
		var b strings.Builder
		if _, err := io.Copy(&b, http.MaxBytesReader(w, r.Body, longestToken)); err != nil {
			http.Error(w, "too long", http.StatusRequestEntityTooLarge)
			return
		}
		token := signin.NewSecret(strings.TrimSpace(b.String()))
		if token.IsZero() {
			http.Error(w, "empty", http.StatusBadRequest)
			return
		}
		if err := a.give(token); err != nil {
			http.Error(w, fault.ReportOf(err).Message, http.StatusConflict)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}
