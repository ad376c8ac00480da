package refresh_test

import (
	"strings"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/refresh"
	"sightline/backend/sampleorg"
	"sightline/backend/sampleorg/world"
	"sightline/backend/sqlite"
)

// TestTheSourceControlOfTheSampleLoadsWhole counts what the world holds beside what was stored of it.
func TestTheSourceControlOfTheSampleLoadsWhole(t *testing.T) {
	s := startSample(t)
	d := watch(t)
	everything := func(o *refresh.Options) {
		o.Selection = devops.Selection{HistoryMonths: -1, Contents: []devops.Content{devops.GitContent, devops.PullRequestsContent, devops.TFVCContent}}
		o.Clock = func() time.Time { return sampleToday }
	}
	sum, err := loadSample(t, s, d, everything)
	if err != nil {
		t.Fatal(err)
	}
	held := map[devops.Entity]int{}
	projects, err := d.Projects(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range projects {
		have, _, err := d.Counts(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		for e, n := range have {
			held[e] += n
		}
	}
	want := worldSource(s.World())
	for _, e := range []devops.Entity{devops.Repositories, devops.Branches, devops.Commits, devops.Pushes, devops.PullRequests, devops.Reviews, devops.Changesets, devops.ChangedFiles, devops.TFVCBranches} {
		if held[e] != want[e] || want[e] == 0 {
			t.Errorf("%s: we hold %d of %d", e, held[e], want[e])
		}
	}
	t.Logf("%d requests for %v; skipped %v", sum.Requests, want, sum.Skipped)
	votes, first := 0, 0
	for _, r := range came(d, func(b *devops.Batch) []devops.Review { return b.Reviews }) {
		q := s.World().PullRequest(r.PullRequestID)
		votes += len(r.Votes)
		if !r.FirstReview.IsZero() {
			first++
		}
		for _, th := range q.Threads {
			if th.Kind == world.VoteThread {
				votes--
			}
		}
		if !r.FirstReview.IsZero() && r.FirstReview.UnixMilli() < q.Created {
			t.Errorf("pull request %d was reviewed before it was made", q.ID)
		}
	}
	if votes != 0 || first == 0 {
		t.Errorf("%d votes differ; %d pull requests were reviewed", votes, first)
	}
	// And again: nothing new, and each repository that can be read costs one request.
	again, err := loadSample(t, s, d, everything)
	if err != nil || len(again.Changes) != 0 {
		t.Errorf("%v, %v", again.Changes, err)
	}
	enabled, tfvc := 0, 0
	for _, r := range s.World().Repositories() {
		if !r.IsDisabled() {
			enabled++
		}
	}
	for _, p := range projects {
		if p.TFVC {
			tfvc++
		}
	}
	// ResourceAreas, connectionData and projects; the list of repositories and three lists of pull requests per project.
	if most := 3 + 4*len(projects) + enabled + tfvc; again.Requests != most {
		t.Errorf("%d requests, want %d", again.Requests, most)
	}
}

// worldSource counts the source control of a world that a refresh can see.
func worldSource(w *world.World) map[devops.Entity]int {
	n := map[devops.Entity]int{devops.PullRequests: len(w.PullRequests()), devops.Repositories: len(w.Repositories()), devops.Changesets: len(w.Changesets())}
	for _, r := range w.Repositories() {
		if !r.IsDisabled() {
			n[devops.Pushes] += len(r.Pushes)
			n[devops.Reviews] += len(r.Requests)
			reached := map[int32]bool{}
			for _, ref := range r.Refs {
				if len(ref.Name) > 11 && ref.Name[:11] == "refs/heads/" {
					n[devops.Branches]++
					for _, at := range r.Reachable(ref.Head) {
						reached[at] = true
					}
				}
			}
			n[devops.Commits] += len(reached)
		}
	}
	for _, c := range w.Changesets() {
		n[devops.ChangedFiles] += len(c.Changes)
	}
	for _, p := range w.Projects {
		n[devops.TFVCBranches] += len(w.TFVCBranches(p))
	}
	return n
}

// TestTheSourceControlOfTheSampleIsFollowed lets days pass and looks whether heads, commits and pull requests are
// as the world has them then.
func TestTheSourceControlOfTheSampleIsFollowed(t *testing.T) {
	for name, collection := range map[string]bool{"Services": false, "Server 7.0": true} {
		t.Run(name, func(t *testing.T) {
			followSample(t, startSample(t, func(o *sampleorg.Options) { o.Collection = collection }))
		})
	}
}

func followSample(t *testing.T, s *sampleorg.Server) {
	d := openStore(t)
	for days := range 2 {
		today := sampleToday.AddDate(0, 0, 9*days)
		if days > 0 {
			s.Advance(today)
		}
		sum, err := loadSample(t, s, d, func(o *refresh.Options) {
			o.Selection = devops.Selection{HistoryMonths: -1, Contents: []devops.Content{devops.GitContent, devops.PullRequestsContent, devops.TFVCContent}}
			o.Clock = func() time.Time { return today }
		})
		if err != nil {
			t.Fatal(err)
		}
		if days > 0 && (sum.Requests > 500 || sum.Changes[devops.Commits].Added == 0 || sum.Changes[devops.Commits].Changed+sum.Changes[devops.Commits].Deleted != 0) {
			t.Errorf("after %d days: %d requests, %v", 9*days, sum.Requests, sum.Changes)
		}
		w := s.World()
		open := 0
		for _, q := range w.PullRequests() {
			if q.Status == devops.ActivePullRequest {
				open++
			}
		}
		for _, p := range w.Projects {
			active, err := d.ActivePullRequests(t.Context(), p.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range active {
				if w.PullRequest(q.ID).Status != devops.ActivePullRequest {
					t.Errorf("after %d days: pull request %d is still active here", 9*days, q.ID)
				}
			}
			open -= len(active)
		}
		if open != 0 {
			t.Errorf("after %d days: %d active pull requests are missing", 9*days, open)
		}
		for _, r := range w.Repositories() {
			if !r.IsDisabled() {
				followed(t, d, r)
			}
		}
	}
}

// followed compares the branches of a repository and what can be reached from them.
func followed(t *testing.T, d *sqlite.Dataset, r *world.Repository) {
	t.Helper()
	heads, err := d.BranchHeads(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, ref := range r.Refs {
		if !strings.HasPrefix(ref.Name, "refs/heads/") {
			continue
		}
		if head := r.Commits[ref.Head].ID.String(); heads[ref.Name] != head {
			t.Errorf("%s of %s stands at %s, here at %q", ref.Name, r.Name, head, heads[ref.Name])
		}
		delete(heads, ref.Name)
		var ids []string
		for _, at := range r.Reachable(ref.Head) {
			ids = append(ids, r.Commits[at].ID.String())
		}
		known, err := d.KnownCommits(t.Context(), r.ID, ids)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			if !known[id] {
				t.Errorf("commit %s of %s in %s is missing", id, ref.Name, r.Name)
			}
		}
	}
	if len(heads) != 0 {
		t.Errorf("branches of %s that are deleted: %v", r.Name, heads)
	}
}
