package desktop

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/workspace"
)

// Proof returns the last proof of load of a dataset; Checked is "" while there is none.
func (d *Datasets) Proof(id string) (ProofView, error) {
	d.p.await()
	return guard(d.p.Log, "Datasets.Proof", func() (ProofView, error) { return d.p.proofView(d.p.ctx, id) })
}

// Verify asks the server now what it holds and compares. It takes seconds and stores nothing but the proof.
func (d *Datasets) Verify(id string) (ProofView, error) {
	d.p.await()
	return guard(d.p.Log, "Datasets.Verify", func() (ProofView, error) { return d.p.Verify(d.p.ctx, id) })
}

// Verify asks the server what it holds, compares that with a dataset, and keeps the proof. Faults: those of
// refresh.Verify, Conflict while the dataset is being refreshed, NotSignedIn, NotFound.
func (p *Program) Verify(ctx context.Context, id string) (ProofView, error) {
	p.await()
	if r := p.runOf(id); r != nil {
		if _, _, finished := r.snapshot(); !finished {
			return ProofView{}, fault.New(fault.Conflict, "desktop.Verify", "The dataset is being refreshed, so nothing can be proved about it now.", "Check again when the refresh has ended.")
		}
	}
	d, c, err := p.connected(ctx, id)
	if err != nil {
		return ProofView{}, err
	}
	began := p.Clock()
	proof, err := p.compare(ctx, d, c)
	if err != nil {
		p.noteEnded(context.WithoutCancel(ctx), &c, began, err)
		return ProofView{}, err
	}
	kept := proofOf(&proof)
	if err := p.Workspace.PutProof(ctx, id, kept); err != nil {
		return ProofView{}, err
	}
	if proof.Gap() {
		p.tell(id, "proofGap", "Something is missing in "+d.Name, gapText(kept.Rows))
	}
	p.emit("workspace:changed", nil)
	return p.proofView(ctx, id)
}

// compare asks the server of a connection and compares with the dataset.
func (p *Program) compare(ctx context.Context, d workspace.Dataset, c workspace.Connection) (refresh.Proof, error) {
	patterns, err := devops.ParsePatterns(c.Patterns...)
	if err != nil {
		return refresh.Proof{}, err
	}
	refreshed, err := p.refreshBegan(ctx, d.ID)
	if err != nil {
		return refresh.Proof{}, err
	}
	opened, err := p.open(ctx, d.ID)
	if err != nil {
		return refresh.Proof{}, err
	}
	client, err := p.reach(ctx, c)
	if err != nil {
		return refresh.Proof{}, err
	}
	return refresh.Verify(ctx, refresh.VerifyOptions{
		Client: client, Store: opened.Store(), Patterns: patterns, Identity: c.IdentityID, Selection: d.Selection,
		Refreshed: refreshed, Clock: p.Clock,
	})
}

// refreshBegan is when the last refresh that succeeded began; zero when there was none.
func (p *Program) refreshBegan(ctx context.Context, id string) (time.Time, error) {
	last, err := p.Workspace.LastSuccess(ctx, id)
	return last.Started, err
}

// proofOf is a proof as it is kept.
func proofOf(p *refresh.Proof) workspace.Proof {
	kept := workspace.Proof{
		Checked: p.Checked, Identity: personText(p.Identity.Name, p.Identity.Address), Requests: p.Requests, Skipped: skippedOf(p.Skipped),
	}
	for _, r := range p.Rows {
		kept.Rows = append(kept.Rows, workspace.ProofRow(r))
	}
	return kept
}

// gapText says what is missing.
func gapText(rows []workspace.ProofRow) string {
	var parts []string
	for _, r := range rows {
		if r.Missing > 0 {
			parts = append(parts, fmt.Sprintf("%s: %d", entityNames[r.Entity], r.Missing))
		}
	}
	return "On the server and not here: " + strings.Join(parts, ", ") + ". Refresh, and reload everything if that does not help."
}

func (p *Program) proofView(ctx context.Context, id string) (ProofView, error) {
	_, c, err := p.connected(ctx, id)
	if err != nil {
		return ProofView{}, err
	}
	proof, err := p.Workspace.Proof(ctx, id)
	v := ProofView{
		Checked: stamp(proof.Checked), Person: proof.Identity, Organization: c.Organization, Requests: proof.Requests,
		Rows: make([]ProofRowView, 0, len(proof.Rows)), Notes: []string{},
	}
	for _, r := range proof.Rows {
		v.Rows = append(v.Rows, ProofRowView{
			Entity: string(r.Entity), Name: entityNames[r.Entity], Server: r.Server, Held: r.Held, Known: r.Known, Kept: r.Gone,
			Missing: r.Missing, State: proofState(r), Note: r.Note,
		})
	}
	for _, s := range proof.Skipped {
		v.Notes = append(v.Notes, fmt.Sprintf("%s: %s could not be asked. %s", s.Project, s.What, s.Why))
	}
	return v, err
}

// proofState says how one entity stands.
func proofState(r workspace.ProofRow) string {
	switch {
	case !r.Known:
		return "unknown"
	case r.Missing > 0:
		return "missing"
	case r.Held-r.Gone > r.Server:
		return "more" // the service deleted some since the last refresh, which will say which
	case r.Gone > 0:
		return "kept"
	}
	return "equal"
}

// entityNames are the entities as a person knows them.
var entityNames = map[devops.Entity]string{
	devops.Projects: "Projects", devops.Teams: "Teams", devops.Areas: "Areas", devops.Iterations: "Iterations", devops.Fields: "Fields",
	devops.WorkItemTypes: "Work item types", devops.Boards: "Boards", devops.Capacities: "Capacities", devops.WorkItems: "Work items",
	devops.Revisions: "Work item revisions", devops.Links: "Work item links", devops.Destroyed: "Destroyed work items",
	devops.Repositories: "Git repositories", devops.Branches: "Git branches", devops.Commits: "Git commits", devops.Pushes: "Git pushes",
	devops.PullRequests: "Pull requests", devops.Reviews: "Pull request reviews", devops.Definitions: "Pipelines", devops.Builds: "Pipeline runs",
	devops.Timelines: "Timelines of runs", devops.TimelineRows: "Stages, jobs and tasks", devops.Deployments: "Deployments",
	devops.TestRuns: "Test runs", devops.Changesets: "TFVC changesets", devops.ChangedFiles: "Changed files", devops.TFVCBranches: "TFVC branches",
}
