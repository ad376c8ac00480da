package desktop

import (
	"context"
	"strings"
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
	switch a.request.Method {
	case methodNone:
		token, err := signin.NewPAT(a.sample.Token.Reveal(), time.Time{}, sampleToken)
		a.change(func() { a.credential = token })
		return err
	case methodToken:
		return p.awaitToken(ctx, a)
	default:
		return p.signIn(ctx, a)
	}
}

// awaitToken waits for the personal access token, which comes by another way than calls.
func (p *Program) awaitToken(ctx context.Context, a *attempt) error {
	a.setPhase("token")
	select {
	case <-ctx.Done():
		return ctx.Err()
	case token := <-a.tokenInput():
		pat, err := signin.NewPAT(token.Reveal(), time.Time{}, "")
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

// signIn opens the isolated browser and waits for the person.
func (p *Program) signIn(ctx context.Context, a *attempt) error {
	o, err := p.signInOptions(ctx, a)
	if err != nil {
		return err
	}
	s, err := signin.Start(ctx, o)
	if err != nil {
		return err
	}
	a.change(func() { a.session, a.view.Phase = s, "opening" })
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
		Authority: a.request.Authority, ClientID: a.request.ClientID, OrganizationURL: a.org.URL, Expect: a.request.Expect,
		CacheDir: p.CacheDir, OpenURL: p.Platform.OpenURL, Clock: p.Clock, HTTPClient: p.HTTP, Logger: p.Log,
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
	if d.MSABacked {
		return fault.New(fault.SignInRefused, "desktop.signIn",
			"The organization "+a.org.Name+" belongs to personal Microsoft accounts, which no program but Microsoft's own can sign in to.",
			"Connect with a personal access token instead.").With("Organization", a.org.URL)
	}
	return fault.New(fault.SignInRefused, "desktop.signIn", a.org.Name+" names no directory to sign in to; an Azure DevOps Server does not.",
		"Connect with a personal access token instead.").With("Organization", a.org.URL)
}

// prove asks the service who the credential is and what it can see, and shows the identity card.
func (p *Program) prove(ctx context.Context, a *attempt) error {
	a.setPhase("proving")
	account := a.credential.Account()
	client, err := p.client(a.org, a.credential, personText(account.Name, account.Address), a.accountKey())
	if err != nil {
		return err
	}
	identity, projects, err := refresh.Probe(ctx, client)
	if err != nil {
		return err
	}
	a.change(func() {
		a.identity, a.projects = identity, projects
		a.view.Identity = a.card()
		a.view.Warnings = a.warnings()
	})
	a.mu.Lock()
	typed := patternTexts(a)
	a.mu.Unlock()
	if err := a.match(typed); err != nil {
		return err
	}
	a.setPhase("confirm")
	return nil
}

// accountKey is the key of the account that signed in, or "" while only a token is known.
func (a *attempt) accountKey() string {
	if a.result == nil {
		return ""
	}
	return accountOf(a, time.Time{}).Key()
}

// card is the identity card: the person as the organization sees them. Callers hold the lock.
func (a *attempt) card() *IdentityView {
	v := &IdentityView{
		Name: a.identity.Name, Address: a.identity.Address, Kind: "token", Organization: a.org.Name,
		Expected: a.request.Expect, Projects: len(a.projects),
	}
	if a.result != nil {
		v.Kind, v.Directory = string(a.result.Account.Kind), a.result.Account.Directory
		if v.Name == "" {
			v.Name = a.result.Account.Name
		}
	}
	v.Matches = a.request.Expect == "" || sameAddress(a.request.Expect, v.Address) ||
		a.result != nil && a.result.Account.Is(a.request.Expect)
	return v
}

func (a *attempt) warnings() []fault.Report {
	out := []fault.Report{}
	if len(a.projects) == 0 {
		out = append(out, fault.ReportOf(fault.New(fault.Forbidden, "desktop.warnings",
			a.identity.Name+" sees no project of "+a.org.Name+".",
			"It may be the wrong account: sign in as someone else, or ask an administrator of "+a.org.Name+" for access.")))
	}
	return out
}

// patternTexts are the patterns as they were typed. Callers hold the lock.
func patternTexts(a *attempt) []string {
	out := make([]string, len(a.patterns))
	for i, p := range a.patterns {
		out[i] = p.String()
	}
	return out
}

// personText names a person in a sentence with the address, because one name can belong to two accounts.
func personText(name, address string) string {
	if name == "" || address == "" {
		return name + address
	}
	return name + " (" + address + ")"
}

func sameAddress(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
