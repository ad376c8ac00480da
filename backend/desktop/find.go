package desktop

import (
	"context"
	"fmt"
	"strings"

	"sightline/backend/fault"
	"sightline/backend/workspace"
)

// FindAccount finds an account by its key or its address. Faults NotFound, and Invalid for an address of several.
func (p *Program) FindAccount(ctx context.Context, keyOrAddress string) (workspace.Account, error) {
	const op = "desktop.FindAccount"
	p.await()
	all, err := p.Workspace.Accounts(ctx)
	if err != nil {
		return workspace.Account{}, err
	}
	var named []workspace.Account
	for _, a := range all {
		if a.Key() == keyOrAddress {
			return a, nil
		}
		if sameAddress(a.Address, keyOrAddress) {
			named = append(named, a)
		}
	}
	switch len(named) {
	case 1:
		return named[0], nil
	case 0:
		return workspace.Account{}, fault.New(fault.NotFound, op, "There is no account "+keyOrAddress+".", "`sightline accounts` lists them.")
	}
	return workspace.Account{}, fault.New(fault.Invalid, op, fmt.Sprintf("%d accounts have the address %s, each of another directory.", len(named), keyOrAddress), "Name one by its key; `sightline accounts` lists them.")
}

// FindDataset finds a dataset by its id or its name.
func (p *Program) FindDataset(ctx context.Context, nameOrID string) (workspace.Dataset, error) {
	p.await()
	list, err := p.Workspace.Datasets(ctx)
	if err != nil {
		return workspace.Dataset{}, err
	}
	var named []workspace.Dataset
	names := make([]string, 0, len(list))
	for _, d := range list {
		if d.ID == nameOrID {
			return d, nil
		}
		if strings.EqualFold(d.Name, nameOrID) {
			named = append(named, d)
		}
		names = append(names, d.Name)
	}
	switch len(named) {
	case 1:
		return named[0], nil
	case 0:
		return workspace.Dataset{}, fault.New(fault.NotFound, "desktop.FindDataset", "There is no dataset "+nameOrID+".", "`sightline datasets` lists them.").With("Datasets", strings.Join(names, ", "))
	default:
		return workspace.Dataset{}, fault.New(fault.Invalid, "desktop.FindDataset", fmt.Sprintf("%d datasets are called %s.", len(named), nameOrID), "Name one by its id; `sightline datasets` lists them.")
	}
}
