package desktop

import (
	"context"

	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/workspace"
)

// FullReload loads a dataset again from nothing into a second file beside the first, which stays open and
// readable meanwhile, and puts it in its place when it is whole. A reload that was interrupted or failed goes
// on where it was, unless what is loaded was changed since or a day went by.
func (d *Datasets) FullReload(id string) (ProgressView, error) {
	d.p.await()
	return guard(d.p.Log, "Datasets.FullReload", func() (ProgressView, error) {
		if err := d.p.startOnly(id, workspace.FullRun); err != nil {
			return ProgressView{}, err
		}
		return d.p.progressView(d.p.ctx, id)
	})
}

// startOnly is startRun for a caller that does not want a refresh of another type instead. Fault Conflict while
// one is under way.
func (p *Program) startOnly(id string, kind workspace.RunType) error {
	r, err := p.startRun(id, kind)
	if err == nil && r.kind != kind {
		return fault.New(fault.Conflict, "desktop.startOnly", "The dataset is being refreshed.", "Wait for the end, or cancel that refresh first.")
	}
	return err
}

// reloadFully loads everything into a second file and swaps it in. Until then the old file answers.
func (p *Program) reloadFully(ctx context.Context, id string, old OpenedDataset, r *run) (refresh.Summary, error) {
	d, c, err := p.connected(ctx, id)
	if err != nil {
		return refresh.Summary{}, err
	}
	if err := p.Files.RoomBeside(d); err != nil {
		return refresh.Summary{}, err
	}
	if err := p.prepareReload(ctx, &d, &c); err != nil {
		return refresh.Summary{}, err
	}
	fresh, err := p.Files.OpenBeside(ctx, d, c)
	if err != nil {
		return refresh.Summary{}, err
	}
	summary, err := p.read(ctx, id, fresh.Store(), r, func(refresh.Progress) {})
	if err == nil {
		err = fresh.Refreshed(ctx, p.Clock())
	}
	closed := fresh.Close()
	switch {
	case err != nil:
		if r.stopped(ctx) {
			// Who stops a reload does not want it; who closes the window gets it at the next start.
			if err := p.Files.DropBeside(d); err != nil {
				p.Log.Warn("a full reload that was stopped left its file", "dataset", id, "err", err)
			}
		}
		return summary, err
	case closed != nil:
		return summary, closed
	}
	return summary, p.swapIn(ctx, d, old)
}

// swapIn puts the reloaded file in the place of the old one. Whoever asks the dataset something meanwhile
// waits until it is open again, whichever file that is by then.
func (p *Program) swapIn(ctx context.Context, d workspace.Dataset, old OpenedDataset) error {
	// From here on it is a matter of moments, and half of it would be worse than none.
	ctx = context.WithoutCancel(ctx)
	e := p.library.replace(d.ID)
	closed := old.LetGo()
	swapped := p.Files.SwapIn(ctx, d)
	e.dataset, e.err = protected(p.Log, "desktop.swapIn", func() (OpenedDataset, error) { return p.openFile(ctx, d.ID) })
	if e.err != nil {
		p.library.drop(d.ID, e)
	}
	close(e.ready)
	switch {
	case swapped != nil:
		return swapped
	case e.err != nil:
		return e.err
	case closed != nil:
		p.Log.Warn("the old file of a full reload did not close well", "dataset", d.ID, "err", closed)
	}
	return nil
}
