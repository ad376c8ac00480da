package sqlite

import (
	"context"
	"time"

	"sightline/backend/devops"
)

// Counts says how many rows of each entity the dataset holds of a project; gone rows apart.
func (d *Dataset) Counts(context.Context, string) (held, gone map[devops.Entity]int, err error) {
	return map[devops.Entity]int{}, map[devops.Entity]int{}, nil
}

// Repositories lists the repositories of a project.
func (d *Dataset) Repositories(context.Context, string) ([]devops.Repository, error) { return nil, nil }

// BranchHeads returns the head of each branch of a repository.
func (d *Dataset) BranchHeads(context.Context, string) (map[string]string, error) { return nil, nil }

// KnownCommits returns which of the ids the dataset holds.
func (d *Dataset) KnownCommits(context.Context, string, []string) (map[string]bool, error) {
	return nil, nil
}

// ActivePullRequests lists the pull requests that were active when they were last read.
func (d *Dataset) ActivePullRequests(context.Context, string) ([]devops.PullRequest, error) {
	return nil, nil
}

// PullRequestsToReview lists pull requests whose threads have to be read.
func (d *Dataset) PullRequestsToReview(context.Context, string, time.Time, int) ([]devops.PullRequest, error) {
	return nil, nil
}

// ChangesetsWithoutFiles lists changesets whose files were not read yet.
func (d *Dataset) ChangesetsWithoutFiles(context.Context, string, int) ([]int, error) {
	return nil, nil
}

// OpenBuilds lists builds that had not finished.
func (d *Dataset) OpenBuilds(context.Context, string) ([]int, error) { return nil, nil }

// BuildsWithoutTimeline lists completed builds whose timeline was not read yet.
func (d *Dataset) BuildsWithoutTimeline(context.Context, string, time.Time, int) ([]int, error) {
	return nil, nil
}

// FailedBuildsWithoutTimeline lists failed builds whose timeline was not read yet.
func (d *Dataset) FailedBuildsWithoutTimeline(context.Context, string, time.Time, int) ([]int, error) {
	return nil, nil
}

// BuildIDs lists the builds that are not gone.
func (d *Dataset) BuildIDs(context.Context, string, time.Time) ([]int, error) { return nil, nil }
