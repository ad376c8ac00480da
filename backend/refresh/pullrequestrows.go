package refresh

import (
	"strings"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// pullRequestOf transforms a pull request of a project.
func pullRequestOf(projectID string, w *azdo.PullRequest) devops.PullRequest {
	p := devops.PullRequest{
		ID: w.PullRequestID, RepositoryID: strings.ToLower(w.Repository.ID), ProjectID: strings.ToLower(firstNonEmpty(w.Repository.Project.ID, projectID)),
		Title: w.Title, Status: devops.PullRequestStatus(w.Status), Source: w.SourceRefName, Target: w.TargetRefName, MergeStatus: string(w.MergeStatus),
		Draft: w.IsDraft, Created: w.CreationDate.Time, CreatedBy: personFrom(w.CreatedBy),
	}
	// An active one that was abandoned before keeps the date on some servers.
	if p.Status != devops.ActivePullRequest {
		p.Closed = w.ClosedDate.Time
		if w.ClosedBy != nil {
			p.ClosedBy = personFrom(*w.ClosedBy)
		}
	}
	if c := w.LastMergeSourceCommit; c != nil {
		p.SourceCommit = azdo.ObjectID(c.CommitID)
	}
	for i := range w.Reviewers {
		r := &w.Reviewers[i]
		p.Reviewers = append(p.Reviewers, devops.Reviewer{Person: personFrom(r.IdentityRef), Vote: r.Vote, Required: r.IsRequired, Group: r.IsContainer, Declined: r.HasDeclined})
	}
	for _, l := range w.Labels {
		p.Labels = append(p.Labels, l.Name)
	}
	return p
}
