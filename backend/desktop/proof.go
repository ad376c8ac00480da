package desktop

import (
	"context"
	"fmt"

	"sightline/backend/devops"
	"sightline/backend/fault"
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

// Verify asks the server what it holds, compares that with a dataset, and keeps the proof.
func (p *Program) Verify(context.Context, string) (ProofView, error) {
	return ProofView{}, fault.New(fault.Internal, "desktop.Verify", "", "")
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
