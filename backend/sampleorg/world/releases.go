package world

import (
	"cmp"
	"slices"
	"strconv"
)

// ReleaseDefinition is a classic release pipeline: what it takes, and where to.
type ReleaseDefinition struct {
	ID           int
	Project      *Project
	Name         string
	Pipeline     *Pipeline // whose good builds of the default branch it releases
	Created      int64
	Author       *Person
	Approver     *Person
	Environments []ReleaseEnvironment
}

// ReleaseEnvironment is one place to deploy to. Its id is the same over all releases.
type ReleaseEnvironment struct {
	ID   int
	Name string
	Rank int
}

// Release is one build on its way through the environments.
type Release struct {
	ID          int
	Definition  *ReleaseDefinition
	Number      int // in its name
	Build       *Build
	Created     int64
	By          *Person
	Deployments []*Deployment // that were queued by now, the oldest first

	tested int64 // when its deployment to the test environment ended well
	key    uint64
}

// Deployment is one attempt to bring a release to an environment. Like a build it was drawn when it was queued:
// ask Stage for how far it is.
type Deployment struct {
	ID          int
	Release     *Release
	Environment *ReleaseEnvironment
	Attempt     int
	Reason      string // manual, automated, redeployTrigger
	Queued      int64
	By          *Person

	approved  int64 // 0 when nobody has to approve
	started   int64 // 0 when it was rejected
	completed int64
	result    string // succeeded, partiallySucceeded, failed, notDeployed
	operation string
}

// Stage is how far a deployment is: its status, its operation status, and the instants it reached; 0 for those
// it did not.
func (w *World) Stage(d *Deployment) (status, operation string, started, completed, modified int64) {
	switch {
	case d.completed <= w.Now:
		return d.result, d.operation, d.started, d.completed, d.completed
	case d.started != 0 && d.started <= w.Now:
		return "inProgress", "PhaseInProgress", d.started, 0, d.started
	case d.approved != 0 && d.approved <= w.Now:
		return "notDeployed", "Queued", 0, 0, d.approved
	case d.approved != 0:
		return "notDeployed", "Pending", 0, 0, d.Queued
	}
	return "notDeployed", "Queued", 0, 0, d.Queued
}

// ReleaseDefinitions are the release pipelines of a project that were made by now.
func (w *World) ReleaseDefinitions(p *Project) []*ReleaseDefinition {
	var list []*ReleaseDefinition
	for _, d := range w.works().definitions {
		if d.Project == p {
			list = append(list, d)
		}
	}
	return list
}

// Releases are all releases of a project by id.
func (w *World) Releases(p *Project) []*Release {
	var list []*Release
	for _, r := range w.works().releases {
		if r.Definition.Project == p {
			list = append(list, r)
		}
	}
	return list
}

// Deployments are all deployments of a project by id, which follows the order in which they were queued.
func (w *World) Deployments(p *Project) []*Deployment {
	var list []*Deployment
	for _, d := range w.works().deployments {
		if d.Release.Definition.Project == p {
			list = append(list, d)
		}
	}
	return list
}

// Name is what a release is called.
func (r *Release) Name() string { return "Release-" + strconv.Itoa(r.Number) }

// released names the pipelines of hand-made projects that a release pipeline follows.
var released = map[string]string{"Web CI": "Storefront to customers", "Ingest CI": "Data platform"}

// releaseAll lives the release pipelines and numbers what they did by now.
func (w *World) releaseAll(k *works, builds []*Build) {
	for _, l := range k.pipelines {
		name, ok := released[l.plan.name]
		if !ok && (l.Project.Index < len(handMade) || l.Project.Index%4 != 0 || l.plan.team != 0 || !l.plan.ci) {
			continue
		}
		if !ok {
			name = "Deliver " + l.Project.first
		}
		n := len(k.definitions)
		d := &ReleaseDefinition{ID: 1 + n, Project: l.Project, Name: name, Pipeline: l, Created: l.Created + hour, Author: l.Author, Approver: w.Member()}
		if l.team != nil {
			d.Approver = l.team.delivery.owner
		}
		if d.Created > w.Now {
			continue
		}
		for i, name := range []string{"Dev", "Test", "Prod"} {
			d.Environments = append(d.Environments, ReleaseEnvironment{ID: 3*n + i + 1, Name: name, Rank: i + 1})
		}
		k.definitions = append(k.definitions, d)
		k.releases = append(k.releases, w.releasesOf(d, builds)...)
	}
	slices.SortStableFunc(k.releases, func(a, b *Release) int { return cmp.Or(cmp.Compare(a.Created, b.Created), cmp.Compare(a.key, b.key)) })
	for i, r := range k.releases {
		r.ID = i + 1
		k.deployments = append(k.deployments, r.Deployments...)
	}
	slices.SortStableFunc(k.deployments, func(a, b *Deployment) int {
		return cmp.Or(cmp.Compare(a.Queued, b.Queued), cmp.Compare(a.Release.ID, b.Release.ID), cmp.Compare(a.Environment.Rank, b.Environment.Rank))
	})
	for i, d := range k.deployments {
		d.ID = i + 1
	}
}

// releasesOf makes a release of every good build of the default branch. Each goes to Dev at once and to Test
// after somebody agreed; what Test took well goes to Prod on Tuesday and Thursday, the newest only.
func (w *World) releasesOf(d *ReleaseDefinition, builds []*Build) []*Release {
	var list []*Release
	for _, b := range builds {
		if b.Pipeline != d.Pipeline || b.result != Succeeded || b.Branch != DefaultBranch || b.finished > w.Now || b.finished+30*second > w.Now {
			continue
		}
		r := &Release{Definition: d, Build: b, Created: b.finished + 30*second, By: w.TFS(), key: mix(b.key ^ 0x4e1)}
		list = append(list, r)
	}
	slices.SortStableFunc(list, func(a, b *Release) int { return cmp.Compare(a.Created, b.Created) })
	for i, r := range list {
		r.Number = i + 1
		roll := dice(r.key)
		end, ok := w.deploy(r, 0, "automated", r.Created+5*second, &roll)
		if ok {
			end, ok = w.deploy(r, 1, "automated", end+10*second, &roll)
		}
		if ok {
			r.tested = end
		}
	}
	w.shipAll(d, list)
	return list
}

// shipAll brings the newest tested release to customers, twice a week.
func (w *World) shipAll(d *ReleaseDefinition, list []*Release) {
	next, shipped := 0, -1
	for day := w.day(d.Created); day <= w.day(w.Now); day++ {
		if wd := day % 7; wd != 1 && wd != 3 || w.idle(day) {
			continue
		}
		at := w.DayStart(day) + 12*hour
		best := -1
		for i := next; i < len(list) && list[i].Created < at; i++ {
			if list[i].tested != 0 && list[i].tested < at {
				best = i
			}
		}
		if best <= shipped {
			continue
		}
		r := list[best]
		roll := dice(mix(r.key ^ uint64(day)))
		end, ok := w.deploy(r, 2, "manual", at+roll.millis(2*hour), &roll)
		if !ok && shipped >= 0 && roll.chance(0.5) {
			// Back to what worked before.
			back := list[shipped]
			w.deploy(back, 2, "redeployTrigger", end+5*minute, &roll)
			continue
		}
		if ok {
			next, shipped = best+1, best
		}
	}
}

// deploy tries an environment, and once more when the first attempt failed. It returns when that ended and
// whether it went well. What is queued after now is not known yet, but the outcome is drawn all the same, so
// that the draws of a later now are the same.
func (w *World) deploy(r *Release, environment int, why string, at int64, roll *dice) (int64, bool) {
	attempt := 1
	for _, d := range r.Deployments {
		if d.Environment == &r.Definition.Environments[environment] {
			attempt = d.Attempt + 1
		}
	}
	for try := 0; ; try++ {
		d := &Deployment{Release: r, Environment: &r.Definition.Environments[environment], Attempt: attempt + try, Reason: why, Queued: at, By: r.By, result: "succeeded", operation: "Approved"}
		if why != "automated" {
			d.By = r.Definition.Approver
		}
		begin := at + 10*second + roll.millis(40*second)
		if environment > 0 && try == 0 {
			d.approved = at + int64(roll.spread(1.1)*float64(20*minute))*int64(1+environment)
			begin = d.approved + 8*second
		}
		d.started, d.completed = begin, begin+int64(roll.spread(0.3)*float64(int64(environment+2)*minute))
		share := []float64{0.96, 0.92, 0.9}[environment]
		switch x := roll.float(); {
		case environment > 0 && try == 0 && x > 0.97:
			d.started, d.completed, d.result, d.operation = 0, d.approved, "notDeployed", "Rejected"
		case x > share:
			d.result, d.operation = "failed", "PhaseFailed"
		case x > share-0.02:
			d.result, d.operation = "partiallySucceeded", "PhasePartiallySucceeded"
		}
		again := roll.chance(0.7)
		if at <= w.Now {
			r.Deployments = append(r.Deployments, d)
		}
		if environment == 2 && d.result == "succeeded" && d.completed <= w.Now {
			r.Build.Shipped = true
		}
		switch {
		case d.result == "succeeded" || d.result == "partiallySucceeded":
			return d.completed, d.completed <= w.Now
		case d.result == "notDeployed" || try > 0 || !again:
			return d.completed, false
		}
		at, why = d.completed+3*minute+roll.millis(40*minute), "manual"
	}
}
