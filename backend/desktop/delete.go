package desktop

import (
	"context"
	"errors"

	"sightline/backend/fault"
	"sightline/backend/workspace"
)

// deleteDataset stops the dataset's refresh, closes it and removes everything of it: first what the
// workspace knows, so that nothing points at what is gone, then the file and the secret.
func (p *Program) deleteDataset(d workspace.Dataset, c workspace.Connection) error {
	if p.inUseElsewhere(d) {
		return fault.New(fault.Conflict, "desktop.deleteDataset", "Another Sightline has the dataset "+d.Name+" open.", "Close that one first, or delete the dataset there.")
	}
	gone := false
	release, err := p.bar(context.WithoutCancel(p.ctx), d.ID,
		fault.New(fault.NotFound, "desktop.startRun", "This dataset is being deleted.", "Choose another one at the left."))
	if err != nil {
		return err
	}
	defer func() { release(gone) }()
	if err := p.library.remove(d.ID); err != nil {
		p.Log.Warn("a dataset that is deleted did not close well", "dataset", d.ID, "err", err)
	}
	if err := p.Workspace.DeleteDataset(p.ctx, d.ID); err != nil {
		p.library.restore(d.ID)
		return err
	}
	gone = true
	p.emit("workspace:changed", nil)
	// Either is tried whatever becomes of the other.
	return errors.Join(p.forgetGone(c.SignInID), p.Files.Delete(p.ctx, d))
}

// forgetGone empties the vault of a sign-in that went with the last dataset it opened. One that is kept stays.
func (p *Program) forgetGone(id string) error {
	if id == "" {
		return nil
	}
	if _, err := p.Workspace.SignIn(p.ctx, id); !fault.Is(err, fault.NotFound) {
		return err
	}
	return p.forgetSecret(id)
}
