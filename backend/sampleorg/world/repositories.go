package world

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// Repository is a Git repository of a project. Its id survives a new name.
type Repository struct {
	ID       string
	Name     string // as it is called now
	Project  *Project
	Created  int64
	Disabled int64 // the instant from which its contents may not be read, 0 for never
	// FormerName is what it was called before Renamed; empty when it kept its name, or will have another
	// one only later than now.
	FormerName string
	Renamed    int64

	Commits  []Commit // in the order in which they arrived; what nobody reaches any more is among them
	Pushes   []*Push  // the oldest first
	Requests []*PullRequest
	Refs     []Ref // as they stand now, by name

	w     *World
	plan  *repositoryPlan
	heads map[string]*Ref
	byID  map[SHA]int32
}

// DefaultBranch is the full name of the branch that pull requests go to.
const DefaultBranch = "refs/heads/main"

// Empty reports whether nothing was ever pushed.
func (r *Repository) Empty() bool { return len(r.Commits) == 0 }

// IsDisabled reports whether the repository is listed although its contents may not be read.
func (r *Repository) IsDisabled() bool { return r.Disabled != 0 }

// Size is how large the repository is, in bytes.
func (r *Repository) Size() int64 {
	if r.Empty() {
		return 0
	}
	return 1_602 + int64(len(r.Commits))*2_417
}

// Commit finds a commit by its id; nil when there is none.
func (r *Repository) Commit(id SHA) *Commit {
	if at, ok := r.byID[id]; ok {
		return &r.Commits[at]
	}
	return nil
}

// Position is the place of a commit in Commits, or -1.
func (r *Repository) Position(id SHA) int32 {
	if at, ok := r.byID[id]; ok {
		return at
	}
	return -1
}

// Ref finds a ref by its full name; nil when there is none.
func (r *Repository) Ref(name string) *Ref {
	i := sort.Search(len(r.Refs), func(i int) bool { return r.Refs[i].Name >= name })
	if i < len(r.Refs) && r.Refs[i].Name == name {
		return &r.Refs[i]
	}
	return nil
}

// Reachable are the positions of the commits that can be reached from one, that one included, in no order.
func (r *Repository) Reachable(from int32) []int32 {
	if from < 0 {
		return nil
	}
	seen := make([]bool, len(r.Commits))
	out, open := []int32{}, []int32{from}
	seen[from] = true
	for len(open) > 0 {
		at := open[len(open)-1]
		open = open[:len(open)-1]
		out = append(out, at)
		for _, p := range r.Commits[at].Parents {
			if p >= 0 && !seen[p] {
				seen[p] = true
				open = append(open, p)
			}
		}
	}
	return out
}

// repositoryPlan is how a repository is laid out and what people do in it.
type repositoryPlan struct {
	name     string
	formerly string   // its name before the day of renaming
	areas    []string // where the work lands that changes it; the first plan of a project takes what is left
	from     int      // days after the project's opening on which it was made
	renamed  int      // day, counted from Since
	disabled int      // day, counted from Since
	requests float64  // how likely a piece of work becomes a pull request
	direct   float64  // how likely it is pushed without one
	squash   bool     // pull requests become one commit; otherwise a merge of two parents
	team     bool     // the team must review
	releases bool     // every release has a branch and a tag
	chores   float64  // commits a week that belong to no work item
	imported int      // commits of an older history that came with the first push
	empty    bool
}

// repositoryPlans are the repositories of the projects that every size has.
var repositoryPlans = map[string][]repositoryPlan{
	"Lumen Web": {
		{name: "storefront", areas: []string{"Storefront", "Web", "Accounts"}, requests: 0.16, direct: 0.05, squash: true, team: true, releases: true, chores: 0.3},
		{name: "checkout", areas: []string{"Checkout", "Web2"}, requests: 0.17, direct: 0.05, releases: true, chores: 0.2},
		{name: "web-infrastructure", chores: 0.9},
		{name: "legacy-shop", disabled: 365, chores: 0.5, imported: 24},
	},
	"Lumen Mobile": {
		{name: "ios-app", areas: []string{"iOS"}, requests: 0.17, direct: 0.05, squash: true, team: true, releases: true, chores: 0.2},
		{name: "android-app", areas: []string{"Android"}, requests: 0.17, direct: 0.05, squash: true, releases: true, chores: 0.2},
		{name: "mobile-design-system", formerly: "ui-kit", renamed: 260, areas: []string{"Shared"}, requests: 0.2, direct: 0.08, chores: 0.1},
	},
	"Lumen Data": {
		{name: "ingest", areas: []string{"Ingest"}, requests: 0.2, direct: 0.1, releases: true, chores: 0.2},
		{name: "insights", areas: []string{"Insights"}, requests: 0.2, direct: 0.1, squash: true, chores: 0.2},
		{name: "data-models", from: 70, chores: 0.3, imported: 60},
	},
	"Fleet Ops": {
		{name: "fleet-scripts", direct: 0.02, chores: 0.4},
	},
	"Tooling": {
		{name: "build-tools", areas: []string{"Builds"}, requests: 0.22, direct: 0.1, releases: true, chores: 0.2},
		{name: "release-tools", areas: []string{"Releases"}, requests: 0.22, direct: 0.1, squash: true, chores: 0.2},
		{name: "pipeline-templates", chores: 0.5},
	},
	"Lumen Labs": {
		{name: "Lumen Labs", empty: true},
	},
}

// plansOf are the repositories of a project: those above, or one for each team and one that all share.
func plansOf(p *Project) []repositoryPlan {
	if plans, ok := repositoryPlans[p.first]; ok {
		return plans
	}
	var plans []repositoryPlan
	for i, t := range p.Teams {
		if t.delivery == nil {
			continue
		}
		plans = append(plans, repositoryPlan{name: slug(t.Name), areas: []string{t.Areas[0].Node.Name}, requests: 0.16, direct: 0.06, squash: i%3 == 0, team: i%2 == 0, releases: i%2 == 1, chores: 0.25})
	}
	return append(plans, repositoryPlan{name: slug(p.first) + "-platform", chores: 0.6})
}

// foundRepositories makes the repositories of all projects, those too that come later than now.
func (w *World) foundRepositories() []*Repository {
	var all []*Repository
	for _, p := range w.Projects {
		plans := plansOf(p)
		for i := range plans {
			pl := &plans[i]
			first := pl.name
			if pl.formerly != "" {
				first = pl.formerly
			}
			r := &Repository{ID: w.GUID("repository", p.first, first), Name: pl.name, Project: p, w: w, plan: pl, heads: map[string]*Ref{}, byID: map[SHA]int32{}}
			r.Created = w.DayStart(max(p.opens, 0)+pl.from) + int64(7*3_600_000+i*423_000)
			if pl.formerly != "" {
				if at := w.DayStart(pl.renamed) + 10*3_600_000; at <= w.Now {
					r.FormerName, r.Renamed = pl.formerly, at
				} else {
					r.Name = pl.formerly
				}
			}
			if at := w.DayStart(pl.disabled) + 12*3_600_000; pl.disabled != 0 && at <= w.Now {
				r.Disabled = at
			}
			all = append(all, r)
		}
	}
	return all
}

// holds reports whether work in an area changes this repository.
func (r *Repository) holds(area *Node) bool {
	for n := area; n != nil; n = n.Parent {
		for _, name := range r.plan.areas {
			if n.Name == name && n.Depth() == 1 {
				return true
			}
		}
	}
	return false
}

// slug is a name as it stands in a branch or a repository: order-summary.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, "-")
}

// SortByDate orders positions of commits as the service lists them: the latest committer date first, then
// what arrived last.
func (r *Repository) SortByDate(at []int32) {
	slices.SortFunc(at, func(a, b int32) int {
		return cmp.Or(cmp.Compare(r.Commits[b].Committed, r.Commits[a].Committed), cmp.Compare(b, a))
	})
}
