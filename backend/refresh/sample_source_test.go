package refresh_test

import (
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/refresh"
	"sightline/backend/sampleorg/world"
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
