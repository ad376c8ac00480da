package refresh

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/fault"
)

// overlap is how far before a time cursor the next refresh looks again: the clocks of the service's own
// machines differ, and what ends late is listed late.
const overlap = 10 * time.Minute

// repositoriesTogether is how many repositories are read at the same time.
const repositoriesTogether = 4

// git brings repositories, branches, pushes and commits of a project up to date. A repository that may not be
// read, or fails, does not keep the others from being read.
func (r *run) git(ctx context.Context, p devops.Project) error {
	repositories, err := r.repositories(ctx, p)
	if err != nil {
		return err
	}
	r.track.add(PhaseGit, len(repositories))
	var empty lockedIDs
	var asks []func(context.Context) error
	for _, repo := range repositories {
		if why := unreadable(&repo); why != nil {
			r.skip(p.Name, "the Git repository "+repo.Name, why)
			continue
		}
		asks = append(asks, func(ctx context.Context) error {
			reader := &gitReader{run: r, project: p, repo: repo}
			err := r.settle(ctx, PhaseGit, p.Name, "the Git repository "+repo.Name, guarded(func() error { return reader.read(ctx) }))
			if err == nil && reader.empty {
				empty.add(repo.Name)
			}
			return err
		})
	}
	if err := together(ctx, repositoriesTogether, asks...); err != nil {
		return err
	}
	var names []string
	for _, repo := range repositories {
		if empty.has(repo.Name) {
			names = append(names, repo.Name)
		}
	}
	if len(names) > 0 {
		r.track.say(p.Name + ": nothing was pushed yet to " + strings.Join(names, ", ") + ".")
	}
	return nil
}

// unreadable says why the contents of a listed repository may not be read; nil when they may.
func unreadable(repo *devops.Repository) error {
	switch {
	case repo.Disabled:
		return fault.New(fault.Forbidden, "refresh.git", "The repository "+repo.Name+" is disabled, so its contents may not be read. What was loaded of it stays.",
			"Somebody who manages the project can enable it under Project settings, Repositories.")
	case repo.InMaintenance:
		return fault.New(fault.Forbidden, "refresh.git", "The repository "+repo.Name+" is in maintenance. What was loaded of it stays, and the next refresh goes on.", "")
	}
	return nil
}

// repositoryLists are the lists of repositories that this run has read, for the parts that share them.
type repositoryLists struct {
	mu    sync.Mutex
	lists map[string]*repositoryList // by project id
}

type repositoryList struct {
	once sync.Once
	rows []devops.Repository
	err  error
}

// repositories brings the repositories of a project up to date and returns those that are there, once a run.
func (r *run) repositories(ctx context.Context, p devops.Project) ([]devops.Repository, error) {
	r.repositoryLists.mu.Lock()
	if r.repositoryLists.lists == nil {
		r.repositoryLists.lists = map[string]*repositoryList{}
	}
	l := r.repositoryLists.lists[p.ID]
	if l == nil {
		l = &repositoryList{}
		r.repositoryLists.lists[p.ID] = l
	}
	r.repositoryLists.mu.Unlock()
	l.once.Do(func() { l.rows, l.err = r.readRepositories(ctx, p) })
	return l.rows, l.err
}

func (r *run) readRepositories(ctx context.Context, p devops.Project) ([]devops.Repository, error) {
	if err := r.hold(ctx); err != nil {
		return nil, err
	}
	wire, err := r.Client.GitRepositories(ctx, p.ID, p.Name)
	if err != nil {
		return nil, err
	}
	stored, err := r.Store.Repositories(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	before := map[string]devops.Repository{}
	for _, repo := range stored {
		before[repo.ID] = repo
	}
	var rows, changed []devops.Repository
	listed := map[string]bool{}
	for i := range wire {
		row := repositoryOf(p.ID, &wire[i])
		was, known := before[row.ID]
		if known && was.Name != row.Name {
			r.track.say(fmt.Sprintf("The repository %s of %s is now called %s.", was.Name, p.Name, row.Name))
		}
		if !known || was != row {
			changed = append(changed, row)
		}
		listed[row.ID] = true
		rows = append(rows, row)
	}
	for _, repo := range stored {
		if listed[repo.ID] || repo.Gone {
			continue
		}
		there, err := r.stillThere(ctx, repo)
		if err != nil {
			return nil, err
		}
		if !there {
			repo.Gone = true
			changed = append(changed, repo)
			r.track.say(fmt.Sprintf("The repository %s of %s is gone or may not be read any more. What was loaded of it stays readable.", repo.Name, p.Name))
		}
	}
	if len(changed) > 0 {
		if err := r.commit(ctx, devops.Batch{Repositories: changed}); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// stillThere asks for a repository directly, because lists are trimmed without a word.
func (r *run) stillThere(ctx context.Context, repo devops.Repository) (bool, error) {
	found, err := r.Client.GitRepository(ctx, repo.ID, repo.Name)
	switch {
	case err == nil:
		return strings.EqualFold(found.Project.ID, repo.ProjectID) || found.Project.ID == "", nil
	case provesGone(err):
		return false, nil
	case mayBeSkipped(err):
		return true, nil // whoever says so does not know
	}
	return false, err
}

// repositoryOf transforms a repository.
func repositoryOf(projectID string, w *azdo.GitRepository) devops.Repository {
	return devops.Repository{
		ID: strings.ToLower(w.ID), ProjectID: projectID, Name: w.Name, DefaultBranch: w.DefaultBranch, Size: w.Size, WebURL: w.WebURL,
		Disabled: w.IsDisabled, InMaintenance: w.IsInMaintenance, Fork: w.IsFork,
	}
}
