package world

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/devops"
)

func TestCodeFollowsTheWorkAndHasItsTraits(t *testing.T) {
	w := small(t, today)
	n := map[string]int{}
	for _, r := range w.Repositories() {
		n["repository"]++
		if r.IsDisabled() {
			n["disabled"]++
		}
		if r.Empty() {
			n["empty"]++
			continue
		}
		if r.FormerName != "" {
			n["renamed"]++
		}
		reached := map[int32]bool{}
		for _, ref := range r.Refs {
			for _, at := range r.Reachable(ref.Head) {
				reached[at] = true
			}
			if strings.HasPrefix(ref.Name, heads) {
				n["branch"]++
			}
		}
		n["unreachable"] += len(r.Commits) - len(reached)
		for i := range r.Commits {
			c := &r.Commits[i]
			n["commit"]++
			name, address := w.Signature(c.Author)
			if strings.ContainsFunc(name, func(r rune) bool { return r > 127 }) {
				n["author beyond ASCII"]++
			}
			if !strings.EqualFold(address, w.People[c.Author].UPN) && w.People[c.Author].Kind != Service {
				n["author with another address"]++
			}
			pushed := r.Pushes[c.Push].At
			if pushed-c.Authored > 15*millisPerDay {
				n["pushed weeks late"]++
			}
			if c.Committed > c.Authored {
				n["worked over"]++
			}
			if c.Parents[1] >= 0 {
				n["merge"]++
			}
			if c.Item != 0 && c.Item > uint32(len(w.Items)) {
				t.Fatalf("commit %s is for item %d, which never was", c.ID, c.Item)
			}
		}
		for _, p := range r.Pushes {
			n["push"]++
			u := p.Updates[0]
			old := r.Position(u.Old)
			if old >= 0 && !u.New.IsZero() && !slices.Contains(r.Reachable(r.Position(u.New)), old) {
				n["force push"]++
			}
			if u.New.IsZero() {
				n["deleted branch"]++
			}
		}
	}
	var months int
	for _, q := range w.PullRequests() {
		n["request"]++
		n[string(q.Status)]++
		votes := map[*Person]int8{}
		for _, th := range q.Threads {
			if th.Kind == VoteThread {
				if votes[th.By] == -10 && th.Vote == 10 {
					n["rejected, then approved"]++
				}
				if th.Vote != 0 {
					votes[th.By] = th.Vote
				}
			}
			if th.Deleted {
				n["deleted thread"]++
			}
			if th.Kind == StatusThread && th.Status == devops.ActivePullRequest {
				n["reactivated"]++
			}
		}
		if q.Draft && q.Status == devops.ActivePullRequest {
			n["draft"]++
		}
		if q.Status == devops.CompletedPullRequest && q.Closed-q.Created > 150*millisPerDay {
			months++
		}
		if len(q.Iterations) > 1 {
			n["several iterations"]++
		}
		if q.Target != DefaultBranch {
			n["hot fix"]++
		}
		for _, rv := range q.Reviewers {
			if rv.Team != nil {
				n["team asked"]++
			}
			if rv.Declined {
				n["declined"]++
			}
		}
	}
	n["completed after five months"] = months
	for _, c := range []struct {
		what     string
		low, top int
	}{
		{"repository", 13, 18}, {"disabled", 1, 1}, {"empty", 1, 1}, {"renamed", 1, 1}, {"commit", 1700, 2900}, {"push", 1500, 2900}, {"request", 220, 380}, {"branch", 30, 120},
		{"unreachable", 50, 1500}, {"author beyond ASCII", 40, 900}, {"author with another address", 40, 900}, {"pushed weeks late", 20, 300}, {"worked over", 100, 1500}, {"merge", 60, 600}, {"force push", 3, 60},
		{"deleted branch", 150, 500}, {"completed", 180, 340}, {"abandoned", 8, 60}, {"active", 4, 40}, {"draft", 1, 12}, {"rejected, then approved", 3, 60}, {"deleted thread", 3, 60}, {"reactivated", 1, 20},
		{"completed after five months", 1, 20}, {"several iterations", 40, 250}, {"hot fix", 1, 60}, {"team asked", 40, 250}, {"declined", 1, 40},
	} {
		if n[c.what] < c.low || n[c.what] > c.top {
			t.Errorf("%s: %d, want %d to %d", c.what, n[c.what], c.low, c.top)
		}
	}
}

func TestEveryRepositoryIsConsistent(t *testing.T) {
	for _, o := range []Options{{Seed: 1, Now: today}, {Seed: 5, Now: today.AddDate(0, 1, 1)}, {Seed: 1, Since: today, Now: today}, {Seed: 2, Since: today.AddDate(0, 0, -60), Now: today}, {Seed: 3, Size: Medium, Since: today.AddDate(0, 0, -150), Now: today}} {
		w := New(o)
		ids := map[SHA]bool{}
		for _, p := range w.Projects {
			last := 0
			for _, push := range w.Pushes(p) {
				if push.ID <= last || push.At > w.Now || push.Repository.Project != p {
					t.Fatalf("push %d after %d of %s", push.ID, last, p.Name)
				}
				last = push.ID
			}
		}
		for _, r := range w.Repositories() {
			if w.Repository(strings.ToUpper(r.ID)) != r || r.Created > w.Now {
				t.Fatalf("%s is not found by its id, or not made yet", r.Name)
			}
			came := int32(0)
			for i, p := range r.Pushes {
				if i > 0 && p.At < r.Pushes[i-1].At || p.First != came {
					t.Fatalf("%s: push %d does not follow the one before", r.Name, p.ID)
				}
				came += p.Count
			}
			if int(came) != len(r.Commits) {
				t.Fatalf("%s: %d of %d commits came with a push", r.Name, came, len(r.Commits))
			}
			for i := range r.Commits {
				c := &r.Commits[i]
				if ids[c.ID] || r.Position(c.ID) != int32(i) {
					t.Fatalf("%s: commit %s twice", r.Name, c.ID)
				}
				ids[c.ID] = true
				if c.Parents[0] >= int32(i) || c.Parents[1] >= int32(i) || c.Committed < c.Authored || c.Committed%1000 != 0 || c.Committed > r.Pushes[c.Push].At {
					t.Fatalf("%s: commit %d is out of order: %+v, pushed %d", r.Name, i, *c, r.Pushes[c.Push].At)
				}
				if r.Comment(c) == "" || c.Adds+c.Edits+c.Deletes == 0 {
					t.Fatalf("%s: commit %d says or does nothing", r.Name, i)
				}
			}
			checkRefs(t, r)
		}
		checkRequests(t, w)
	}
}

// checkRefs replays the ref updates: they must lead to the refs as they stand.
func checkRefs(t *testing.T, r *Repository) {
	t.Helper()
	now := map[string]SHA{}
	for _, p := range r.Pushes {
		for _, u := range p.Updates {
			if now[u.Name] != u.Old {
				t.Fatalf("%s: push %d moves %s from where it does not stand", r.Name, p.ID, u.Name)
			}
			if now[u.Name] = u.New; u.New.IsZero() {
				delete(now, u.Name)
			}
		}
	}
	if len(now) != len(r.Refs) {
		t.Fatalf("%s: %d refs, the pushes leave %d", r.Name, len(r.Refs), len(now))
	}
	for _, ref := range r.Refs {
		if now[ref.Name] != r.Commits[ref.Head].ID || r.Ref(ref.Name).Name != ref.Name {
			t.Fatalf("%s: %s stands elsewhere", r.Name, ref.Name)
		}
	}
}

func checkRequests(t *testing.T, w *World) {
	t.Helper()
	for i, q := range w.PullRequests() {
		r := q.Repository
		if q.ID != i+1 || w.PullRequest(q.ID) != q || q.Created > w.Now || q.Closed > w.Now || (q.Closed == 0) != (q.Status == devops.ActivePullRequest) || q.Closed != 0 && q.Closed < q.Created {
			t.Fatalf("pull request %d: %+v", q.ID, q)
		}
		if (q.MergeCommit >= 0) != (q.Status == devops.CompletedPullRequest) {
			t.Fatalf("pull request %d is %s with merge %d", q.ID, q.Status, q.MergeCommit)
		}
		if q.MergeCommit >= 0 && (r.Commits[q.MergeCommit].Parents[0] != q.TargetCommit || r.Pushes[r.Commits[q.MergeCommit].Push].Request != q) {
			t.Fatalf("pull request %d was not merged into its target", q.ID)
		}
		at := q.Created
		for k, th := range q.Threads {
			if th.Number != k+1 || th.At < at || th.At > w.Now || th.Updated > w.Now {
				t.Fatalf("pull request %d: thread %d at %d after %d", q.ID, th.Number, th.At, at)
			}
			at = th.At
		}
		for _, rv := range q.Reviewers {
			if rv.Person == q.CreatedBy {
				t.Fatalf("pull request %d is reviewed by its author", q.ID)
			}
		}
		if q.Status == devops.ActivePullRequest && r.Ref(q.Source) == nil {
			t.Fatalf("pull request %d stands although its branch is gone", q.ID)
		}
	}
}

// TestALaterNowContinuesTheSameCode compares a world with itself a hundred days later.
func TestALaterNowContinuesTheSameCode(t *testing.T) {
	since := DefaultSince(today)
	for _, later := range []time.Duration{37 * time.Minute, 100 * 24 * time.Hour} {
		before := New(Options{Seed: 1, Since: since, Now: time.UnixMilli(New(Options{Seed: 1, Since: since, Now: today}).DayStart(400)).Add(14 * time.Hour)})
		after := New(Options{Seed: 1, Since: since, Now: time.UnixMilli(before.Now).Add(later)})
		closed := 0
		for i, old := range before.Repositories() {
			r := after.Repositories()[i]
			if r.ID != old.ID || !slices.Equal(r.Commits[:len(old.Commits)], old.Commits) {
				t.Fatalf("%s: the commits changed", old.Name)
			}
			for k, p := range old.Pushes {
				q := r.Pushes[k]
				if q.ID != p.ID || q.At != p.At || q.By.ID != p.By.ID || !slices.Equal(q.Updates, p.Updates) {
					t.Fatalf("%s: push %d changed", old.Name, p.ID)
				}
			}
		}
		for i, old := range before.PullRequests() {
			q := after.PullRequests()[i]
			if q.ID != old.ID || q.Repository.ID != old.Repository.ID || q.Created != old.Created || q.Source != old.Source || q.Title() != old.Title() || q.Description() != old.Description() {
				t.Fatalf("pull request %d changed", old.ID)
			}
			for k, th := range old.Threads {
				if got := q.Threads[k]; got.Kind != th.Kind || got.At != th.At || got.Vote != th.Vote {
					t.Fatalf("pull request %d: thread %d changed", old.ID, k+1)
				}
			}
			if old.Status == devops.ActivePullRequest && q.Status != devops.ActivePullRequest {
				closed++
			}
		}
		for i, old := range before.Changesets() {
			cs := after.Changesets()[i]
			if cs.ID != old.ID || cs.At != old.At || cs.Comment != old.Comment || !slices.Equal(cs.Changes, old.Changes) {
				t.Fatalf("changeset %d changed", old.ID)
			}
		}
		if later > time.Hour && (closed == 0 || len(after.PullRequests()) <= len(before.PullRequests()) || len(after.Changesets()) <= len(before.Changesets())) {
			t.Fatal("nothing went on in a hundred days")
		}
	}
}

func TestARepositoryIsRenamedOnItsDay(t *testing.T) {
	since := DefaultSince(today)
	day := func(n int) *World { return New(Options{Seed: 1, Since: since, Now: since.AddDate(0, 0, n)}) }
	before, after := day(260), day(261)
	name := func(w *World) (string, string) {
		r := w.RepositoriesOf(w.Project("Lumen Mobile"))[2]
		return r.Name, r.ID
	}
	was, id := name(before)
	is, same := name(after)
	if was != "ui-kit" || is != "mobile-design-system" || id != same {
		t.Errorf("%s %s, then %s %s", was, id, is, same)
	}
}

func TestEachSizeHasItsAmountOfCode(t *testing.T) {
	for _, c := range []struct {
		size                               Size
		repositories, commits, pulls, sets int
	}{{Small, 15, 2_000, 250, 400}, {Medium, 100, 20_000, 3_000, 3_000}} {
		w := New(Options{Seed: 1, Size: c.size, Now: today})
		commits := 0
		for _, r := range w.Repositories() {
			commits += len(r.Commits)
		}
		t.Logf("%s: %d repositories, %d commits, %d pull requests, %d changesets", c.size, len(w.Repositories()), commits, len(w.PullRequests()), len(w.Changesets()))
		if len(w.Repositories()) < c.repositories || commits < c.commits*3/4 || len(w.PullRequests()) < c.pulls*3/4 || len(w.Changesets()) < c.sets*3/4 {
			t.Errorf("%s has too little", c.size)
		}
	}
}
