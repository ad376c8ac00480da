package refresh

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// gitReader brings one repository up to date. What it does is decided by the heads of the branches: they are
// stored only with or after everything that they brought, so that a moved head means that there is something
// to read, whenever and however an earlier refresh ended.
type gitReader struct {
	*run
	project devops.Project
	repo    devops.Repository
	ref     azdo.RepositoryRef
	state   commitState
	empty   bool            // has no branch
	seen    map[string]bool // ids of commits read in this run; nil unless state.All
	rows    int             // commits that were new
}

func (g *gitReader) read(ctx context.Context) error {
	if err := g.hold(ctx); err != nil {
		return err
	}
	g.ref = azdo.RepositoryRef{Project: g.project.ID, ProjectName: g.project.Name, ID: g.repo.ID, Name: g.repo.Name}
	refs, err := g.Client.GitBranches(ctx, g.ref)
	if err != nil {
		return err
	}
	branches := branchesOf(&g.repo, refs)
	stored, err := g.Store.BranchHeads(ctx, g.repo.ID)
	if err != nil {
		return err
	}
	if err := g.restore(ctx); err != nil {
		return err
	}
	if g.empty = len(branches) == 0; g.empty && g.repo.DefaultBranch != "" && len(stored) > 0 {
		g.track.say(fmt.Sprintf("%s: the service shows no branch of %s at all, which is no proof that they are gone. Nothing was changed.", g.project.Name, g.repo.Name))
		return nil
	}
	moved := slices.DeleteFunc(slices.Clone(branches), func(b devops.Branch) bool { return !g.state.All && stored[b.Name] == b.Head })
	gone := maps.Clone(stored)
	for _, b := range branches {
		delete(gone, b.Name)
	}
	if err := g.pushes(ctx, len(moved) > 0 || len(gone) > 0); err != nil {
		return err
	}
	if len(moved) == 0 && len(gone) == 0 && g.state.done && g.state.Head == "" {
		return nil
	}
	if err := g.commitsOf(ctx, moved); err != nil {
		return err
	}
	// Now all heads are stored; what is not among them is gone.
	g.state.done, g.state.All = true, false
	if err := g.commit(ctx, devops.Batch{Branches: branches, BranchesOf: []string{g.repo.ID}, Cursor: g.state.cursor(g.repo.ID)}); err != nil {
		return err
	}
	if g.rows > 0 {
		g.track.say(fmt.Sprintf("%s: %d commits in %s.", g.project.Name, g.rows, g.repo.Name))
	}
	return nil
}

// branchesOf transforms branches: the default branch first, because most others share its history, then by name.
func branchesOf(repo *devops.Repository, refs []azdo.GitRef) []devops.Branch {
	rows := make([]devops.Branch, 0, len(refs))
	for _, ref := range refs {
		if head := azdo.ObjectID(ref.ObjectID); head != "" && strings.HasPrefix(ref.Name, "refs/heads/") {
			rows = append(rows, devops.Branch{RepositoryID: repo.ID, Name: ref.Name, Head: head})
		}
	}
	slices.SortFunc(rows, func(a, b devops.Branch) int {
		switch repo.DefaultBranch {
		case a.Name:
			return -1
		case b.Name:
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return rows
}
