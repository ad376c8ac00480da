package refresh

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/fault"
)

// deployments reads the deployments of classic releases that changed since the cursor. Their pages come in the
// order of ids, not of changes, so that the cursor moves when a pass is through, and no further than to its
// beginning: what changed behind the pass comes with the next.
func (r *run) deployments(ctx context.Context, p devops.Project) error {
	s, done, err := r.window(ctx, deploymentsFeed, p.ID)
	if err != nil {
		return err
	}
	rows, resumed := 0, s.Page != ""
	var watch pageWatch
	for {
		if err := r.hold(ctx); err != nil {
			return err
		}
		page, err := r.Client.Deployments(ctx, azdo.DeploymentsQuery{Project: p.ID, MinModified: s.from(lateness), ContinuationToken: s.Page})
		if resumed && fault.Is(err, fault.Invalid) {
			// The token of an earlier refresh is not known any more; the pass begins anew.
			s.Page, resumed = "", false
			continue
		}
		if err != nil {
			return err
		}
		resumed = false
		if s.Began.IsZero() {
			s.Began = page.At
		}
		last, err := r.deploymentPage(ctx, p, &s, &page, &watch, done)
		if err != nil {
			return err
		}
		rows += len(page.Deployments)
		if last {
			break
		}
	}
	if rows > 0 && !done {
		r.track.say(fmt.Sprintf("%s: %d deployments.", p.Name, rows))
	}
	return nil
}

// deploymentPage stores one page with the state behind it.
func (r *run) deploymentPage(ctx context.Context, p devops.Project, s *windowState, page *azdo.DeploymentPage, watch *pageWatch, done bool) (last bool, err error) {
	ids := make([]int, len(page.Deployments))
	for i := range page.Deployments {
		ids[i] = int(page.Deployments[i].ID)
		if at := page.Deployments[i].LastModifiedOn.Time; at.After(s.Newest) {
			s.Newest = at
		}
	}
	again, stuck := watch.turn(page.ContinuationToken, ids)
	if stuck && len(ids) >= azdo.DeploymentsLimit {
		return false, r.samePage(p, "the deployments")
	}
	var b devops.Batch
	for i := range page.Deployments {
		if !again(ids[i]) {
			b.Deployments = append(b.Deployments, deploymentOf(p.ID, &page.Deployments[i]))
		}
	}
	was := s.Reached
	last = page.ContinuationToken == "" || stuck
	if s.Page = page.ContinuationToken; last {
		reached := s.Newest
		if !s.Began.IsZero() && reached.After(s.Began) {
			reached = s.Began
		}
		if reached.After(s.Reached) {
			s.Reached = reached
		}
		*s = windowState{Since: s.Since, Reached: s.Reached}
	}
	if last && done && len(b.Deployments) == 0 && s.Reached.Equal(was) {
		return true, nil
	}
	b.Cursor = s.cursor(deploymentsFeed, p.ID, done || last)
	return last, r.store(ctx, PhasePipelines, b)
}

// deploymentOf transforms a deployment.
func deploymentOf(projectID string, w *azdo.Deployment) devops.Deployment {
	return devops.Deployment{
		ProjectID: projectID, ID: int(w.ID), ReleaseID: int(w.Release.ID), ReleaseName: w.Release.Name,
		DefinitionID: int(w.ReleaseDefinition.ID), DefinitionName: w.ReleaseDefinition.Name,
		EnvironmentID: int(w.DefinitionEnvironmentID), Environment: w.ReleaseEnvironment.Name, Attempt: int(w.Attempt),
		Reason: enumOf(w.Reason), Status: enumOf(w.DeploymentStatus), Operation: string(w.OperationStatus),
		Queued: w.QueuedOn.Time, Started: w.StartedOn.Time, Completed: w.CompletedOn.Time, Modified: w.LastModifiedOn.Time,
		RequestedFor: identityOn(w.RequestedFor), RequestedBy: identityOn(w.RequestedBy), BuildID: deployedBuild(w.Release.Artifacts),
	}
}

// deployedBuild is the build that a release deploys: of its primary artifact, if that is a build.
func deployedBuild(artifacts []azdo.ReleaseArtifact) int {
	for _, a := range artifacts {
		if !strings.EqualFold(a.Type, "Build") || !a.IsPrimary && len(artifacts) > 1 {
			continue
		}
		if id, err := strconv.Atoi(a.DefinitionReference["version"].ID); err == nil {
			return id
		}
	}
	return 0
}
