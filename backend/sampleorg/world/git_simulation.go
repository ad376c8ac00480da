package world

import (
	"cmp"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// simulateSource lives all repositories and TFVC up to the world's now, several projects at a time, then
// numbers what has numbers of the whole organization.
func (w *World) simulateSource() *source {
	s := &source{byProject: make([][]*Repository, len(w.Projects)), byID: map[string]*Repository{}, pushes: make([][]*Push, len(w.Projects)), tfvc: make([][]*TFVCBranch, len(w.Projects))}
	for _, r := range w.foundRepositories() {
		if r.Created <= w.Now {
			s.repositories = append(s.repositories, r)
			s.byProject[r.Project.Index] = append(s.byProject[r.Project.Index], r)
			s.byID[strings.ToLower(r.ID)] = r
		}
	}
	checkedIn := make([][]*Changeset, len(w.Projects))
	begun := w.begun()
	var wait sync.WaitGroup
	turns := make(chan *Project)
	for range min(runtime.GOMAXPROCS(0), len(w.Projects)) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for p := range turns {
				w.liveRepositories(p, s.byProject[p.Index], begun[p.Index])
				if p.TFVC {
					checkedIn[p.Index], s.tfvc[p.Index] = w.checkIn(p, begun[p.Index])
				}
			}
		}()
	}
	for _, p := range w.Projects {
		turns <- p
	}
	close(turns)
	wait.Wait()
	s.number(checkedIn)
	return s
}

// number gives pushes, pull requests and changesets their ids in the order of time, so that later ones
// change no number.
func (s *source) number(checkedIn [][]*Changeset) {
	var pushes []*Push
	for _, r := range s.repositories {
		pushes = append(pushes, r.Pushes...)
		s.requests = append(s.requests, r.Requests...)
	}
	slices.SortStableFunc(pushes, func(a, b *Push) int { return cmp.Compare(a.At, b.At) })
	slices.SortStableFunc(s.requests, func(a, b *PullRequest) int { return cmp.Compare(a.Created, b.Created) })
	for i, p := range pushes {
		p.ID = i + 1
		s.pushes[p.Repository.Project.Index] = append(s.pushes[p.Repository.Project.Index], p)
	}
	for i, q := range s.requests {
		q.ID = i + 1
	}
	for _, all := range checkedIn {
		s.changesets = append(s.changesets, all...)
	}
	slices.SortStableFunc(s.changesets, func(a, b *Changeset) int { return cmp.Compare(a.At, b.At) })
	for i, c := range s.changesets {
		c.ID = i + 1
	}
}

// begun are the revisions in which somebody started to work on something, by project, the oldest first. Those
// of items that were destroyed since are among them: what was pushed for them stays.
func (w *World) begun() [][]*Revision {
	all := make([][]*Revision, len(w.Projects))
	for i := range w.Revisions {
		r := &w.Revisions[i]
		if r.Activated != r.Rev || r.Assigned == 0 {
			continue
		}
		switch w.Types[r.Type].Kind {
		case KindRequirement, KindSpike, KindBug, KindTask, KindChange:
			all[r.Project] = append(all[r.Project], r)
		}
	}
	for _, of := range all {
		slices.SortStableFunc(of, func(a, b *Revision) int { return cmp.Compare(a.Changed, b.Changed) })
	}
	return all
}

// turn is one step at its time.
type turn struct {
	at    int64
	order uint64
	e     *effort
	s     *step
}

// liveRepositories plans the work of a project's repositories and lives it in the order of time.
func (w *World) liveRepositories(p *Project, all []*Repository, begun []*Revision) {
	efforts := make(map[*Repository][]*effort, len(all))
	source := rand.NewPCG(0, 0)
	random := rand.New(source)
	for _, r := range begun {
		repo := home(all, w.Nodes[r.Area])
		if repo == nil || repo.plan.empty || repo.Created+millisPerHour > r.Changed {
			continue
		}
		source.Seed(w.Seed, uint64(r.Item)<<16|uint64(r.Rev))
		if e := w.begin(repo, r, random); e != nil {
			efforts[repo] = append(efforts[repo], e)
		}
	}
	people := p.developers()
	for _, repo := range all {
		repo.live(append(efforts[repo], w.chores(repo, people)...))
	}
}

// developers are the people who build things in a project.
func (p *Project) developers() []*Person {
	var all []*Person
	for _, t := range p.Teams {
		if t.delivery != nil {
			all = append(all, t.delivery.devs...)
		}
	}
	return all
}

// home is the repository that work in an area changes: the one that holds it, or the first.
func home(all []*Repository, area *Node) *Repository {
	for _, r := range all {
		if r.holds(area) {
			return r
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

// live takes every step up to now, in the order of time.
func (r *Repository) live(efforts []*effort) {
	var turns []turn
	for _, e := range efforts {
		for i := range e.steps {
			if s := &e.steps[i]; s.at <= r.w.Now {
				turns = append(turns, turn{s.at, e.order + uint64(i), e, s})
			}
		}
	}
	slices.SortFunc(turns, func(a, b turn) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order)) })
	for i := range turns {
		turns[i].e.take(r, turns[i].s)
	}
	for _, ref := range r.heads {
		r.Refs = append(r.Refs, *ref)
	}
	slices.SortFunc(r.Refs, func(a, b Ref) int { return strings.Compare(a.Name, b.Name) })
	r.heads = nil
}
