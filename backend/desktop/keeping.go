package desktop

import (
	"context"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/signin"
	"sightline/backend/signin/vault"
)

// keepingSentences say where the keys of the sign-ins rest.
var keepingSentences = map[vault.Mode]string{
	vault.ModeKeyring:    "Sign-ins are encrypted in the data folder; their keys rest in the keyring of this computer.",
	vault.ModeKernel:     "Sign-ins are encrypted in the data folder; their keys rest in the memory of Linux and end when this computer is restarted.",
	vault.ModePassphrase: "Sign-ins are encrypted in the data folder; your passphrase opens them, once for each start of Sightline.",
	vault.ModeSession:    "Sign-ins are kept in memory only and end with Sightline.",
	vault.ModeUnknown:    "Where sign-ins rest is found out when the first one is kept.",
}

// keeping says where the keys of the sign-ins rest. It waits three seconds at most.
func (p *Program) keeping() KeepingView {
	s := p.Vault.State()
	v := KeepingView{Mode: string(s.Mode), Locked: s.Locked, Passphrase: s.Chosen, Sentence: keepingSentences[s.Mode]}
	if s.Why != "" {
		v.Sentence += " " + s.Why
	}
	return v
}

func (p *Program) retryKeyring() error {
	return fault.Wrap("desktop.retryKeyring", p.Vault.Retry())
}

// usePassphrase unlocks the stored sign-ins, or chooses the passphrase that seals them from then on.
func (p *Program) usePassphrase(passphrase signin.Secret) error {
	if err := p.Vault.UsePassphrase(passphrase.Reveal()); err != nil {
		return fault.Wrap("desktop.usePassphrase", err)
	}
	p.emit("workspace:changed", nil)
	return nil
}

// UsePassphrase is for the verbs: it unlocks the stored sign-ins. Faults NotSignedIn for the wrong one, Invalid for
// one that is too short to be chosen.
func (p *Program) UsePassphrase(passphrase signin.Secret) error {
	p.await()
	return p.usePassphrase(passphrase)
}

// checkRegistration asks a directory about a client id.
func (p *Program) checkRegistration(ctx context.Context, clientID, organization, authority string) (RegistrationCheck, error) {
	v := RegistrationCheck{Checks: []RegistrationProof{}}
	o := signin.CheckOptions{ClientID: clientID, Authority: authority, HTTPClient: p.HTTP}
	if organization != "" {
		org, err := devops.ParseOrganization(organization)
		if err != nil {
			return v, err
		}
		o.OrganizationURL = org.URL
	}
	r, err := signin.CheckRegistration(ctx, o)
	v.Directory, v.Authority = r.TenantID, r.Authority
	for _, c := range r.Checks {
		v.Checks = append(v.Checks, RegistrationProof{What: c.What, State: string(c.State), Sentence: c.Sentence})
	}
	v.Fault = reportOf(err)
	return v, nil
}
