package refresh

import (
	"reflect"
	"slices"
	"strings"
	"time"

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

// samePullRequest reports whether a stored pull request is as it came again. Stores keep milliseconds.
func samePullRequest(stored, came *devops.PullRequest) bool {
	same := func(a, b time.Time) bool { return a.Truncate(time.Millisecond).Equal(b.Truncate(time.Millisecond)) }
	who := func(a, b devops.Person) bool { return strings.EqualFold(a.ID, b.ID) }
	a, b := *stored, *came
	if !same(a.Created, b.Created) || !same(a.Closed, b.Closed) || !who(a.CreatedBy, b.CreatedBy) || !who(a.ClosedBy, b.ClosedBy) || !slices.Equal(a.Labels, b.Labels) {
		return false
	}
	if !slices.EqualFunc(a.Reviewers, b.Reviewers, func(x, y devops.Reviewer) bool {
		return who(x.Person, y.Person) && x.Vote == y.Vote && x.Required == y.Required && x.Group == y.Group && x.Declined == y.Declined
	}) {
		return false
	}
	for _, p := range []*devops.PullRequest{&a, &b} {
		p.Created, p.Closed, p.CreatedBy, p.ClosedBy, p.Labels, p.Reviewers = time.Time{}, time.Time{}, devops.Person{}, devops.Person{}, nil, nil
	}
	return reflect.DeepEqual(a, b)
}
