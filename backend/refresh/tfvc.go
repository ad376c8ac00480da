package refresh

import (
	"context"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// tfvcBranchesFeed is the cursor of the last look at a project's TFVC branches; its token is the time of it.
const tfvcBranchesFeed = "tfvcBranches"

// tfvcBranchesAge is how old that may be.
const tfvcBranchesAge = 20 * time.Hour

// tfvc brings changesets and branches of a project up to date, if it has TFVC at all.
func (r *run) tfvc(ctx context.Context, p devops.Project) error {
	has, err := r.hasTFVC(ctx, p)
	if err != nil || !has {
		return err
	}
	if err := r.changesets(ctx, p); err != nil {
		return err
	}
	return r.settle(ctx, PhaseTFVC, p.Name, "the TFVC branches", r.tfvcBranches(ctx, p))
}

// hasTFVC asks the store, because the list of projects does not tell what the schema found out.
func (r *run) hasTFVC(ctx context.Context, p devops.Project) (bool, error) {
	stored, err := r.Store.Projects(ctx)
	for _, s := range stored {
		if s.ID == p.ID {
			return s.TFVC, err
		}
	}
	return p.TFVC, err
}

// tfvcBranches reads the branches of a project about daily.
func (r *run) tfvcBranches(ctx context.Context, p devops.Project) error {
	cursor, ok, err := r.Store.Cursor(ctx, tfvcBranchesFeed, p.ID)
	if err != nil {
		return err
	}
	at, _ := time.Parse(time.RFC3339, cursor.Token)
	if ok && !r.Reread && r.recent(at, tfvcBranchesAge) {
		return nil
	}
	if err := r.hold(ctx); err != nil {
		return err
	}
	roots, err := r.Client.TFVCBranches(ctx, p.ID, p.Name)
	if err != nil {
		return err
	}
	rows := appendTFVCBranches(nil, p.ID, "", roots)
	b := devops.Batch{TFVCBranches: rows}
	if len(rows) > 0 { // no branch at all is what a lost permission looks like
		b.TFVCBranchesOf = p.ID
	}
	b.Cursor = &devops.Cursor{Feed: tfvcBranchesFeed, Scope: p.ID, Token: r.Clock().UTC().Format(time.RFC3339), Done: true}
	if err := r.commit(ctx, b); err != nil {
		return err
	}
	r.track.add(PhaseTFVC, len(rows))
	return nil
}

// appendTFVCBranches transforms branches and everything below them. A deleted child may stand among the roots
// as well; there it has no parent, so the one below a parent stands.
func appendTFVCBranches(rows []devops.TFVCBranch, projectID, parent string, wire []azdo.TFVCBranch) []devops.TFVCBranch {
	for i := range wire {
		w := &wire[i]
		row := devops.TFVCBranch{ProjectID: projectID, Path: w.Path, Parent: parent, Owner: personFrom(w.Owner), Created: w.CreatedDate.Time, Deleted: w.IsDeleted}
		at := -1
		for j := range rows {
			if rows[j].Path == w.Path {
				at = j
			}
		}
		switch {
		case at < 0:
			rows = append(rows, row)
		case rows[at].Parent == "":
			rows[at] = row
		}
		rows = appendTFVCBranches(rows, projectID, w.Path, w.Children)
	}
	return rows
}
