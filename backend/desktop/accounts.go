package desktop

import (
	"regexp"
	"strings"

	"sightline/backend/fault"
)

// Accounts is who is signed in on this computer: which account new connections are offered, signing out, where the
// keys of the sign-ins rest, and how Sightline is registered in a directory.
type Accounts struct{ p *Program }

// List answers everything that the account menu shows.
func (a *Accounts) List() (AccountsView, error) {
	a.p.await()
	return guard(a.p.Log, "Accounts.List", func() (AccountsView, error) { return a.p.accountsView(a.p.ctx) })
}

// Use makes an account the one that is offered first for a new connection. Faults NotFound, and NotSignedIn for one
// that only the person can sign in again.
func (a *Accounts) Use(key string) (AccountsView, error) {
	const op = "Accounts.Use"
	a.p.await()
	return guard(a.p.Log, op, func() (AccountsView, error) {
		l, err := a.p.ledger(a.p.ctx)
		if err != nil {
			return AccountsView{}, err
		}
		account, err := a.p.account(a.p.ctx, key)
		if err != nil {
			return AccountsView{}, err
		}
		if state, sentence := a.p.accountState(&l, &account); state == stateEnded || state == stateSignedOut {
			return AccountsView{}, fault.New(fault.NotSignedIn, op, sentence, "Sign in again as "+personText(account.Name, account.Address)+".").Offering(fault.SignInAgain)
		}
		if err := a.p.Workspace.PutSetting(a.p.ctx, accountSetting, key); err != nil {
			return AccountsView{}, err
		}
		a.p.emit("workspace:changed", nil)
		return a.p.accountsView(a.p.ctx)
	})
}

// SignOutPlan says what signing out of an account would touch. Fault NotFound.
func (a *Accounts) SignOutPlan(key string) (SignOutPlan, error) {
	a.p.await()
	return guard(a.p.Log, "Accounts.SignOutPlan", func() (SignOutPlan, error) { return a.p.signOutPlan(a.p.ctx, key) })
}

// SignOut forgets the tokens of an account and deletes the datasets that are named. The others stay readable. What
// could not be done is told in the report and does not keep the rest from being done. Faults NotFound, and Invalid for
// a dataset that does not come as this account: then nothing was touched.
func (a *Accounts) SignOut(key string, deleteDatasets []string) (SignOutReport, error) {
	a.p.await()
	return guard(a.p.Log, "Accounts.SignOut", func() (SignOutReport, error) { return a.p.signOut(a.p.ctx, key, deleteDatasets) })
}

// Remove forgets an account that is signed out and that no dataset uses. Faults NotFound, Conflict.
func (a *Accounts) Remove(key string) (AccountsView, error) {
	a.p.await()
	return guard(a.p.Log, "Accounts.Remove", func() (AccountsView, error) {
		if err := a.p.Workspace.DeleteAccount(a.p.ctx, key); err != nil {
			return AccountsView{}, err
		}
		a.p.emit("workspace:changed", nil)
		return a.p.accountsView(a.p.ctx)
	})
}

// Keeping says where the keys of the sign-ins rest. It may take the three seconds that a keyring has.
func (a *Accounts) Keeping() (KeepingView, error) {
	a.p.await()
	return guard(a.p.Log, "Accounts.Keeping", func() (KeepingView, error) { return a.p.keeping(), nil })
}

// RetryKeyring asks the keyring of this computer once more.
func (a *Accounts) RetryKeyring() (KeepingView, error) {
	a.p.await()
	return guard(a.p.Log, "Accounts.RetryKeyring", func() (KeepingView, error) {
		if err := a.p.retryKeyring(); err != nil {
			return KeepingView{}, err
		}
		a.p.emit("workspace:changed", nil)
		return a.p.keeping(), nil
	})
}

// clientIDSetting keeps the client id that new connections are offered.
const clientIDSetting = "clientId"

var applicationID = regexp.MustCompile(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// SetClientID stores the client id that new connections are offered; "" takes it back. Fault Invalid.
func (a *Accounts) SetClientID(clientID string) error {
	a.p.await()
	return guardDo(a.p.Log, "Accounts.SetClientID", func() error {
		id := strings.ToLower(strings.TrimSpace(clientID))
		if id != "" && !applicationID.MatchString(id) {
			return fault.New(fault.Invalid, "desktop.SetClientID", "That is no client id.", "Copy the application (client) id from the overview of the registration; it looks like 00001111-aaaa-2222-bbbb-3333cccc4444.").Offering(fault.OpenGuide)
		}
		return a.p.Workspace.PutSetting(a.p.ctx, clientIDSetting, id)
	})
}

// CheckRegistration asks the directory of an organization whether it knows a client id, without anybody signing in.
// authority is "" to be discovered.
func (a *Accounts) CheckRegistration(clientID, organization, authority string) (RegistrationCheck, error) {
	a.p.await()
	return guard(a.p.Log, "Accounts.CheckRegistration", func() (RegistrationCheck, error) {
		return a.p.checkRegistration(a.p.ctx, clientID, organization, authority)
	})
}
