package desktop

import (
	"context"
	"time"

	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/signin"
)

// launch runs an attempt in the background up to its identity card. Fault Canceled while the program closes.
func (p *Program) launch(a *attempt) error {
	ctx, cancel := context.WithCancel(p.ctx)
	a.mu.Lock()
	defer a.mu.Unlock()
	finished := a.finished
	err := p.spawn(func() {
		defer close(finished)
		defer cancel()
		_, err := protected(p.Log, "desktop.attempt", func() (struct{}, error) { return struct{}{}, p.lead(ctx, a) })
		if err != nil {
			a.fail(err)
		}
		p.watchOverdue(a)
	})
	if err != nil {
		cancel()
		return err
	}
	a.cancel = cancel
	return nil
}

// lead takes an attempt from its parameters to its identity card.
func (p *Program) lead(ctx context.Context, a *attempt) error {
	if err := p.credentialFor(ctx, a); err != nil {
		return err
	}
	return p.prove(ctx, a)
}

// credentialFor gets the credential of an attempt by its method. It stays in memory.
func (p *Program) credentialFor(ctx context.Context, a *attempt) error {
	if a.request.Source == sourceSample || a.request.Source == sourceSampleSignIn {
		s, err := p.Sample.Start(ctx)
		if err != nil {
			return err
		}
		a.change(func() {
			a.sample = &s
			a.org.URL, a.view.URL = s.URL, s.URL
		})
	}
	switch {
	case a.request.Method == methodNone:
		token, err := signin.NewPAT(a.sample.Token.Reveal(), time.Time{}, sampleToken)
		a.change(func() { a.credential = token })
		return err
	case a.task.account.ObjectID != "" && !a.task.asking && a.request.Rung == "":
		return p.useKept(ctx, a)
	case a.request.Method == methodToken:
		return p.awaitToken(ctx, a)
	default:
		return p.signIn(ctx, a)
	}
}

// awaitToken waits for the personal access token, which comes by another way than calls.
func (p *Program) awaitToken(ctx context.Context, a *attempt) error {
	a.change(func() {
		a.view.Rung = rungToken
		a.enter("token")
	})
	select {
	case <-ctx.Done():
		return ctx.Err()
	case token := <-a.tokenInput():
		pat, err := signin.NewPAT(token.Reveal(), a.task.expires, "")
		if a.request.AllowPlain {
			pat = pat.AllowPlain()
		}
		a.change(func() { a.token, a.credential = pat, pat })
		return err
	}
}

// tokenInput is where the token arrives; a new one after each reset.
func (a *attempt) tokenInput() chan signin.Secret {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.tokenIn
}

// signIn opens the isolated browser, or what the person chose in its place, and waits for the person.
func (p *Program) signIn(ctx context.Context, a *attempt) error {
	o, err := p.signInOptions(ctx, a)
	if err != nil {
		return err
	}
	s, err := signin.Start(ctx, o)
	if err != nil {
		a.offerWays(ctx, nil, o)
		return err
	}
	a.change(func() {
		a.session = s
		a.enter("opening")
	})
	a.offerWays(ctx, s, o)
	result, err := s.Wait(ctx)
	if err != nil {
		s.Close()
		return err
	}
	credential := result.Credential()
	a.change(func() { a.result, a.credential = result, credential })
	return nil
}

// signInOptions finds the directory of the organization and says whom to ask for.
func (p *Program) signInOptions(ctx context.Context, a *attempt) (signin.Options, error) {
	o := signin.Options{
		Authority: a.request.Authority, ClientID: a.request.ClientID, OrganizationURL: a.org.URL, LoginHint: a.task.hint, PickAccount: a.task.hint == "",
		AskConsent: a.request.AskConsent, Rung: rungs[a.request.Rung],
		CacheDir: p.CacheDir, OpenURL: p.Platform.OpenURL, Clock: p.Clock, HTTPClient: p.HTTP, Logger: p.Log,
	}
	if named := a.task.account; a.task.only && named.TenantID != "" {
		o.ExpectAccount, o.Expect = &signin.AccountKey{TenantID: named.TenantID, ObjectID: named.ObjectID}, named.Address
	}
	if a.sample != nil {
		o.Authority, o.ClientID = a.sample.Authority, a.sample.ClientID
		return o, nil
	}
	if o.Authority != "" {
		return o, nil
	}
	d, err := signin.Discover(ctx, p.HTTP, a.org.URL)
	if err != nil {
		return o, err
	}
	if !d.OAuth() {
		return o, noDirectory(a, d)
	}
	o.Authority, o.TenantID = d.Authority, d.TenantID
	a.change(func() { a.request.Authority = d.Authority })
	return o, nil
}

func noDirectory(a *attempt, d signin.Directory) error {
	const op = "desktop.signIn"
	refused := fault.New(fault.SignInRefused, op, a.org.Name+" names no directory to sign in to; an Azure DevOps Server does not.",
		"Connect with a personal access token instead.")
	if d.MSABacked {
		refused = fault.New(fault.SignInRefused, op,
			"The organization "+a.org.Name+" belongs to personal Microsoft accounts, which no program but Microsoft's own can sign in to.",
			"Connect with a personal access token instead.")
	}
	return refused.With("Organization", a.org.URL).Offering(fault.UseToken)
}

// prove asks the service who the credential is and what it can see, and shows the identity card. An account that
// signs in without an organization is proved by its directory alone.
func (p *Program) prove(ctx context.Context, a *attempt) error {
	a.setPhase("proving")
	if a.org.URL == "" {
		if err := a.checkPerson(refresh.Identity{}); err != nil {
			return err
		}
		mode := p.keeping().Mode
		a.change(func() {
			a.view.Identity, a.view.Warnings = p.card(a, mode), a.warnings(nil)
			a.enter("confirm")
		})
		return nil
	}
	account := a.credential.Account()
	client, err := p.client(a.org, a.credential, personText(account.Name, account.Address), a.accountKey())
	if err != nil {
		return err
	}
	identity, projects, err := refresh.Probe(ctx, client)
	if err != nil {
		return p.endKept(a, nobody(err))
	}
	if err := a.checkPerson(identity); err != nil {
		return err
	}
	unseen, mode := p.unseen(ctx, a, projects), p.keeping().Mode
	a.change(func() {
		a.identity, a.projects = identity, projects
		a.view.Identity, a.view.Warnings = p.card(a, mode), a.warnings(unseen)
	})
	a.mu.Lock()
	typed := patternTexts(a)
	a.mu.Unlock()
	if len(typed) > 0 { // an account signs in for no projects
		if err := a.match(typed); err != nil {
			return err
		}
	}
	a.setPhase("confirm")
	return nil
}

// nobody says what helps when an organization with public projects took a credential for none.
func nobody(err error) error {
	if !fault.Is(err, fault.Anonymous) {
		return err
	}
	r := fault.ReportOf(err)
	return fault.New(fault.Anonymous, "desktop.prove", r.Message, r.Hint).Offering(fault.SignInElse, fault.UseToken).Because(err)
}

// accountKey is the key of the account that signed in, or "" while only a token is known.
func (a *attempt) accountKey() string {
	if a.result == nil && a.kept == nil {
		return ""
	}
	return accountOf(a, time.Time{}).Key()
}
