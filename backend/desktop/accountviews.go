package desktop

import (
	"context"
	"os"

	"sightline/backend/workspace"
)

// accountSetting keeps the key of the account that is offered first.
const accountSetting = "account"

// ledger is everything the workspace knows of who is signed in, read at once.
type ledger struct {
	accounts    []workspace.Account
	signIns     map[string]workspace.SignIn
	connections []workspace.Connection
	datasets    []workspace.Dataset
	inUse       string
}

func (p *Program) ledger(ctx context.Context) (l ledger, err error) {
	if l.accounts, err = p.Workspace.Accounts(ctx); err != nil {
		return l, err
	}
	if l.signIns, err = p.signIns(ctx); err != nil {
		return l, err
	}
	if l.connections, err = p.Workspace.Connections(ctx); err != nil {
		return l, err
	}
	if l.datasets, err = p.Workspace.Datasets(ctx); err != nil {
		return l, err
	}
	l.inUse, err = p.Workspace.Setting(ctx, accountSetting)
	return l, err
}

// accountsView is everything the account menu shows but where the keys rest.
func (p *Program) accountsView(ctx context.Context) (AccountsView, error) {
	l, err := p.ledger(ctx)
	v := AccountsView{Accounts: []AccountView{}, Without: []AccountConnection{}, Keeping: p.keeping()}
	if err != nil {
		return v, err
	}
	v.Accounts, v.Without = p.accountViews(&l), append(v.Without, p.connectionViews(&l, "")...)
	return v, nil
}

// accountViews are the accounts in the order in which they were added. The one in use is the one that was chosen, or
// the last that is still signed in.
func (p *Program) accountViews(l *ledger) []AccountView {
	out := make([]AccountView, 0, len(l.accounts))
	chosen := -1
	for i, a := range l.accounts {
		v := AccountView{
			Key: a.Key(), Name: a.Name, Address: a.Address, Directory: a.Directory, Kind: a.Kind,
			Connections: p.connectionViews(l, a.Key()),
		}
		v.State, v.Sentence = p.accountState(l, &a)
		out = append(out, v)
		good := v.State == stateSignedIn || v.State == stateExpiring
		if good && (v.Key == l.inUse || chosen < 0 || out[chosen].Key != l.inUse) {
			chosen = i
		}
	}
	if chosen >= 0 {
		out[chosen].InUse = true
	}
	return out
}

// accountState is the best state of an account's sign-ins: with one that is good, a new connection can be made.
func (p *Program) accountState(l *ledger, a *workspace.Account) (state, sentence string) {
	rank := map[string]int{stateSignedOut: 0, stateEnded: 1, stateExpiring: 2, stateSignedIn: 3}
	state, sentence = stateSignedOut, "Nothing is kept of this account's sign-in. Sign in to refresh; the data stays."
	for _, s := range l.signIns {
		if s.AccountKey != a.Key() {
			continue
		}
		if other, why := p.signInState(&s); rank[other] > rank[state] {
			state, sentence = other, why
		}
	}
	return state, sentence
}

// connectionViews are the datasets that come as an account, or those that need none.
func (p *Program) connectionViews(l *ledger, accountKey string) []AccountConnection {
	out := []AccountConnection{}
	byID := map[string]workspace.Connection{}
	for _, c := range l.connections {
		byID[c.ID] = c
	}
	for _, d := range l.datasets {
		c, here := byID[d.ConnectionID]
		if !here || c.AccountKey != accountKey {
			continue
		}
		state, _ := p.connectionState(&c, l.signIns)
		out = append(out, AccountConnection{DatasetID: d.ID, Name: d.Name, Organization: c.Organization, State: state, Bytes: fileSize(p.Files.Path(d))})
	}
	return out
}

// fileSize is how large a dataset's file is, without opening it; 0 for one that was not loaded yet.
func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// useFirst makes an account the one that is offered first, if none was chosen yet that is signed in.
func (p *Program) useFirst(account workspace.Account) error {
	if account.ObjectID == "" {
		return nil
	}
	l, err := p.ledger(p.ctx)
	if err != nil {
		return err
	}
	for _, a := range l.accounts {
		if a.Key() != l.inUse {
			continue
		}
		if state, _ := p.accountState(&l, &a); state == stateSignedIn || state == stateExpiring {
			return nil
		}
	}
	return p.Workspace.PutSetting(p.ctx, accountSetting, account.Key())
}
