package desktop

import "sightline/backend/fault"

// Accounts is who is signed in on this computer: which account new connections are offered, signing out, where the
// keys of the sign-ins rest, and how Sightline is registered in a directory.
type Accounts struct{ p *Program }

// List answers everything that the account menu shows.
func (a *Accounts) List() (AccountsView, error) {
	a.p.await()
	return guard(a.p.Log, "Accounts.List", func() (AccountsView, error) {
		return AccountsView{}, fault.New(fault.Internal, "desktop.Accounts", "", "")
	})
}

// Use makes an account the one that is offered first for a new connection. Fault NotFound.
func (a *Accounts) Use(key string) (AccountsView, error) { return a.List() }

// SignOutPlan says what signing out of an account would touch. Fault NotFound.
func (a *Accounts) SignOutPlan(key string) (SignOutPlan, error) {
	_, err := a.List()
	return SignOutPlan{}, err
}

// SignOut forgets the tokens of an account and deletes the datasets that are named. The others stay readable.
func (a *Accounts) SignOut(key string, deleteDatasets []string) (SignOutReport, error) {
	_, err := a.List()
	return SignOutReport{}, err
}

// Remove forgets an account that is signed out and that no dataset uses. Faults NotFound, Conflict.
func (a *Accounts) Remove(key string) (AccountsView, error) { return a.List() }

// Keeping says where the keys of the sign-ins rest. It may take the three seconds that a keyring has.
func (a *Accounts) Keeping() (KeepingView, error) {
	_, err := a.List()
	return KeepingView{}, err
}

// RetryKeyring asks the keyring of this computer once more.
func (a *Accounts) RetryKeyring() (KeepingView, error) { return a.Keeping() }

// SetClientID stores the client id that new connections are offered. Fault Invalid.
func (a *Accounts) SetClientID(clientID string) error {
	_, err := a.List()
	return err
}

// CheckRegistration asks the directory of an organization whether it knows a client id, without anybody signing in.
// authority is "" to be discovered.
func (a *Accounts) CheckRegistration(clientID, organization, authority string) (RegistrationCheck, error) {
	_, err := a.List()
	return RegistrationCheck{}, err
}
