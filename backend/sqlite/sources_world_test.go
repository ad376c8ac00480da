package sqlite_test

import (
	"crypto/sha1"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"sightline/backend/devops"
)

// sources makes the batches of source control and pipelines from a seed: things that come, change, come again
// as they were, go, and come back. No batch has two versions of one thing.
type sources struct {
	rand         *rand.Rand
	now          time.Time
	repositories []devops.Repository
	branches     map[string]map[string]string // heads by repository and name
	pulls        []devops.PullRequest
	definitions  map[string][]devops.Definition // by project
	builds       []devops.Build
	changesets   []devops.Changeset
	branchPaths  map[string][]devops.TFVCBranch // by project
	next         int
	batches      []devops.Batch
}

// makeSources makes count batches of everything but work items.
func makeSources(seed uint64, count int) []devops.Batch {
	s := &sources{rand: rand.New(rand.NewPCG(seed, 7)), now: epoch, branches: map[string]map[string]string{}, definitions: map[string][]devops.Definition{},
		branchPaths: map[string][]devops.TFVCBranch{}}
	s.start()
	steps := []func(*devops.Batch){s.push, s.push, s.branchList, s.repository, s.pull, s.pull, s.closePull, s.definitionList, s.build, s.build, s.finishBuild,
		s.finishBuild, s.goneBuild, s.timeline, s.timeline, s.deployment, s.testRun, s.changeset, s.changesetFiles, s.tfvcList, s.board, s.capacity}
	for len(s.batches) < count {
		b := devops.Batch{}
		steps[(len(s.batches)*5+s.rand.IntN(4))%len(steps)](&b)
		b.Cursors = []devops.Cursor{{Feed: "sources", Scope: "one", Token: fmt.Sprint(len(s.batches))}, {Feed: "sources", Scope: "two", Token: "x"}}
		s.batches = append(s.batches, b)
	}
	return s.batches
}

func (s *sources) tick() time.Time {
	s.now = s.now.Add(time.Duration(1+s.rand.IntN(20_000_000)) * time.Millisecond)
	return s.now
}

func (s *sources) id() int { s.next++; return s.next }

func (s *sources) anybody() devops.Person { return personNamed(1 + s.rand.IntN(6)) }

func (s *sources) project() string { return []string{fabrikam, contoso}[s.rand.IntN(2)] }

func guid(kind string, i int) string {
	h := sha1.Sum(fmt.Append(nil, kind, i))
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

func sha(i int) string { return fmt.Sprintf("%x", sha1.Sum(fmt.Append(nil, "commit", i))) }

func count(i int) *int { return &i }

func pick[T any](s *sources, of []T) *T {
	if len(of) == 0 {
		return nil
	}
	return &of[s.rand.IntN(len(of))]
}

// start makes one of everything that the other steps need.
func (s *sources) start() {
	b := schemaBatch()
	for i := range 4 {
		r := devops.Repository{ID: guid("repository", i), ProjectID: []string{fabrikam, contoso}[i%2], Name: fmt.Sprint("Repository ", i),
			DefaultBranch: "refs/heads/main", Size: int64(i) << 33, WebURL: "https://dev.azure.com/x", Disabled: i == 3, Fork: i == 2}
		s.repositories = append(s.repositories, r)
		s.branches[r.ID] = map[string]string{"refs/heads/main": sha(i)}
	}
	b.Repositories = slices.Clone(s.repositories)
	s.batches = append(s.batches, b)
}

func (s *sources) push(b *devops.Batch) {
	r := pick(s, s.repositories)
	ref := fmt.Sprint("refs/heads/topic/", s.rand.IntN(4))
	p := devops.Push{RepositoryID: r.ID, ID: s.id(), At: s.tick(), By: s.anybody()}
	old := s.branches[r.ID][ref]
	for range 1 + s.rand.IntN(3) {
		m := devops.Commit{RepositoryID: r.ID, ID: sha(s.id()), Author: devops.Signature{Name: "Ünal", Address: "unal@example.com", At: s.tick()},
			Committer: devops.Signature{Name: "GitHub", Address: "noreply@example.com", At: s.tick()}, Comment: fmt.Sprint("Change ", s.next)}
		if s.rand.IntN(3) > 0 {
			m.Adds, m.Edits, m.Deletes = count(s.rand.IntN(3)), count(s.rand.IntN(9)), count(0)
		}
		b.Commits = append(b.Commits, m)
		p.Updates = append(p.Updates, devops.RefUpdate{Name: ref, Old: old, New: m.ID})
		old = m.ID
	}
	if s.rand.IntN(5) == 0 {
		b.Commits[0].Comment = ""
		p.Updates = append(p.Updates, devops.RefUpdate{Name: "refs/tags/v1", Old: old})
	}
	s.branches[r.ID][ref] = old
	b.Pushes = append(b.Pushes, p)
	b.Branches = append(b.Branches, devops.Branch{RepositoryID: r.ID, Name: ref, Head: old})
	s.again(b)
}

// again lets a commit and a push of an earlier batch come with less or more than was known.
func (s *sources) again(b *devops.Batch) {
	earlier := s.batches[s.rand.IntN(len(s.batches))]
	if len(earlier.Commits) == 0 || s.rand.IntN(2) == 0 {
		return
	}
	m, p := earlier.Commits[0], earlier.Pushes[0]
	m.Adds, m.Edits, m.Deletes = nil, count(12), nil
	p.Updates = nil
	b.Commits, b.Pushes = append(b.Commits, m), append(b.Pushes, p)
}

func (s *sources) branchList(b *devops.Batch) {
	r := pick(s, s.repositories)
	heads := s.branches[r.ID]
	names := slices.Sorted(maps.Keys(heads))
	if len(names) > 1 && s.rand.IntN(2) == 0 {
		delete(heads, names[1])
	}
	b.BranchesOf = []string{r.ID}
	for _, name := range slices.Sorted(maps.Keys(heads)) {
		b.Branches = append(b.Branches, devops.Branch{RepositoryID: r.ID, Name: name, Head: heads[name]})
	}
}

func (s *sources) repository(b *devops.Batch) {
	r := pick(s, s.repositories)
	switch s.rand.IntN(3) {
	case 0:
		r.Name += "'"
	case 1:
		r.Gone = !r.Gone
	}
	b.Repositories = append(b.Repositories, *r)
}

func (s *sources) pull(b *devops.Batch) {
	r := pick(s, s.repositories)
	p := devops.PullRequest{ID: s.id(), RepositoryID: r.ID, ProjectID: r.ProjectID, Title: "Mend \"it\"", Status: devops.ActivePullRequest,
		Source: fmt.Sprint("refs/heads/topic/", s.rand.IntN(4)), Target: "refs/heads/main", Draft: s.rand.IntN(4) == 0, Created: s.tick(), CreatedBy: s.anybody(),
		Reviewers:    []devops.Reviewer{{Person: personNamed(11), Required: true}, {Person: personNamed(12), Group: true}},
		SourceCommit: sha(s.rand.IntN(9))}
	s.pulls = append(s.pulls, p)
	b.PullRequests = append(b.PullRequests, p)
}

// closePull lets a pull request go on: votes, labels, an end, and its threads read.
func (s *sources) closePull(b *devops.Batch) {
	p := pick(s, s.pulls)
	if p == nil {
		s.pull(b)
		return
	}
	at := s.tick()
	p.Reviewers = []devops.Reviewer{{Person: personNamed(12), Group: true, Declined: true}, {Person: personNamed(11), Required: true, Vote: 10}}
	if s.rand.IntN(2) == 0 {
		p.Labels = []string{"risky", "a \"b\""}
	}
	if s.rand.IntN(3) > 0 {
		p.Status, p.Closed, p.ClosedBy, p.MergeStatus = devops.CompletedPullRequest, at, s.anybody(), "succeeded"
	}
	b.PullRequests = append(b.PullRequests, *p)
	v := devops.Review{PullRequestID: p.ID, RepositoryID: p.RepositoryID, ProjectID: p.ProjectID, Read: s.tick(), Threads: s.rand.IntN(2), Comments: 3}
	if v.Threads > 0 {
		v.FirstReview = at
		v.Votes = []devops.Vote{{Person: personNamed(11), Vote: -5, At: at}, {Person: personNamed(11), Vote: 10, At: at.Add(time.Hour)}}
	}
	b.Reviews = append(b.Reviews, v)
}

func (s *sources) definitionList(b *devops.Batch) {
	project := s.project()
	list := s.definitions[project]
	switch s.rand.IntN(4) {
	case 0, 1:
		list = append(list, devops.Definition{ProjectID: project, ID: s.id(), Name: "Pipeline", Path: `\Release`, QueueStatus: "enabled", Kind: "build"})
	case 2:
		if len(list) > 0 {
			list[0].Name += " renamed"
		}
	case 3:
		if len(list) > 1 {
			list = slices.Delete(slices.Clone(list), 1, 2)
		}
	}
	s.definitions[project] = list
	b.Definitions, b.DefinitionsOf = slices.Clone(list), project
}

func (s *sources) build(b *devops.Batch) {
	project := s.project()
	at := s.tick()
	n := devops.Build{ID: s.id(), ProjectID: project, Number: fmt.Sprint(at.Format("20060102."), s.next), Status: "inProgress", Reason: "individualCI",
		Branch: "refs/heads/main", Commit: []string{sha(s.next), "C17", ""}[s.rand.IntN(3)], RepositoryID: s.repositories[0].ID, RepositoryKind: "TfsGit",
		Pool: "Azure Pipelines", Queued: at, Started: s.tick(), RequestedFor: s.anybody(), RequestedBy: s.anybody(), DefinitionID: 1000 + s.rand.IntN(3),
		DefinitionName: fmt.Sprint("As spelled on ", at.Format("Jan 2006"))}
	if list := s.definitions[project]; len(list) > 0 && s.rand.IntN(2) == 0 {
		n.DefinitionID, n.DefinitionName = list[0].ID, "An old name"
	}
	if s.rand.IntN(4) == 0 {
		n.RepositoryID, n.RepositoryKind, n.Tags = "fabrikam/web", "GitHub", []string{"nightly"}
	}
	s.builds = append(s.builds, n)
	b.Builds = append(b.Builds, n)
}

// finishBuild finishes one, or runs a finished one again.
func (s *sources) finishBuild(b *devops.Batch) {
	n := pick(s, s.builds)
	if n == nil {
		s.build(b)
		return
	}
	if n.Completed() && s.rand.IntN(4) == 0 {
		n.Status, n.Result, n.Finished = "inProgress", "", time.Time{}
	} else {
		n.Status, n.Result, n.Finished = devops.BuildCompleted, []string{"succeeded", "failed", "canceled"}[s.rand.IntN(3)], s.tick()
	}
	n.Gone = false
	b.Builds = append(b.Builds, *n)
}

func (s *sources) goneBuild(b *devops.Batch) {
	b.GoneBuilds = []int{1 << 40}
	if n := pick(s, s.builds); n != nil {
		n.Gone = true
		b.GoneBuilds = append(b.GoneBuilds, n.ID)
	}
}
