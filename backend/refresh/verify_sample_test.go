package refresh_test

import (
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/refresh"
)

func TestTheSampleLoadedWholeIsProvedWhole(t *testing.T) {
	s := shortLife(t)
	d := openStore(t)
	halfYear := devops.Selection{HistoryMonths: 6}
	today := func() time.Time { return sampleToday }
	sum, err := loadSample(t, s, d, func(o *refresh.Options) { o.Selection, o.Clock = halfYear, today })
	if err != nil {
		t.Fatal(err)
	}
	proof, err := refresh.Verify(t.Context(), refresh.VerifyOptions{Client: sampleClient(t, s), Store: d, Patterns: everything, Selection: halfYear, Clock: today})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[devops.Entity]bool{}
	for _, r := range proof.Rows {
		seen[r.Entity] = true
		t.Logf("%-16s server %7d, held %7d, gone %4d, missing %d, known %v %s", r.Entity, r.Server, r.Held, r.Gone, r.Missing, r.Known, r.Note)
		unknown := r.Entity == devops.Commits || r.Entity == devops.ChangedFiles
		if r.Missing != 0 || r.Known == unknown || r.Held == 0 {
			t.Errorf("%+v", r)
		}
		if r.Known && r.Server != r.Held-r.Gone && r.Entity != devops.Builds && r.Entity != devops.WorkItems {
			t.Errorf("not the same: %+v", r)
		}
	}
	if proof.Gap() || len(proof.Skipped) != 0 || len(seen) < 20 || proof.Requests > sum.Requests {
		t.Errorf("%d kinds of rows, %d requests for a load of %d, skipped %+v", len(seen), proof.Requests, sum.Requests, proof.Skipped)
	}
	t.Logf("%d requests for a load of %d", proof.Requests, sum.Requests)
	everyFactIsHandedOut(t, d)
	theDocumentedQueriesAnswer(t, d)
}

// loses leaves the first row of each kind that comes out of every batch.
type loses struct {
	build, deployment, testRun, changeset, pullRequest int
	branch, commit                                     string
}

// drop removes the rows that key names as the lost one, which is the first that ever came.
func drop[R any, K comparable](rows []R, lost *K, key func(*R) K) []R {
	var none K
	kept := rows[:0:0]
	for i := range rows {
		if *lost == none {
			*lost = key(&rows[i])
		}
		if key(&rows[i]) != *lost {
			kept = append(kept, rows[i])
		}
	}
	return kept
}

func (l *loses) from(b *devops.Batch) {
	b.Builds = drop(b.Builds, &l.build, func(r *devops.Build) int { return r.ID })
	b.Deployments = drop(b.Deployments, &l.deployment, func(r *devops.Deployment) int { return r.ID })
	b.TestRuns = drop(b.TestRuns, &l.testRun, func(r *devops.TestRun) int { return r.ID })
	b.Changesets = drop(b.Changesets, &l.changeset, func(r *devops.Changeset) int { return r.ID })
	b.PullRequests = drop(b.PullRequests, &l.pullRequest, func(r *devops.PullRequest) int { return r.ID })
	b.Branches = drop(b.Branches, &l.branch, func(r *devops.Branch) string { return r.RepositoryID + r.Name })
	b.Commits = drop(b.Commits, &l.commit, func(r *devops.Commit) string { return r.RepositoryID + r.ID })
}

func TestAProofFindsWhatIsMissingOfEveryContent(t *testing.T) {
	s := shortLife(t)
	var l loses
	d := openStore(t)
	today := func() time.Time { return sampleToday }
	contents := devops.Selection{HistoryMonths: 2, Contents: []devops.Content{devops.GitContent, devops.PullRequestsContent, devops.PipelinesContent, devops.TestsContent, devops.TFVCContent}}
	if _, err := loadSample(t, s, &holed{d, l.from}, func(o *refresh.Options) { o.Selection, o.Clock = contents, today }); err != nil {
		t.Fatal(err)
	}
	proof, err := refresh.Verify(t.Context(), refresh.VerifyOptions{Client: sampleClient(t, s), Store: d, Patterns: everything, Selection: contents, Clock: today})
	if err != nil || !proof.Gap() {
		t.Fatal(err)
	}
	// Ids of deployments and test runs are those of a project, so one may be lost in several.
	lost := map[devops.Entity]bool{devops.Builds: true, devops.Deployments: true, devops.TestRuns: true, devops.Changesets: true, devops.PullRequests: true, devops.Branches: true, devops.Commits: true}
	for _, r := range proof.Rows {
		switch { // a build that was queued before the window and finished in it is held, too
		case lost[r.Entity] && (r.Missing == 0 || !r.Known || r.Server != r.Held+r.Missing && r.Entity != devops.Builds):
			t.Errorf("not found to be missing: %+v", r)
		case !lost[r.Entity] && r.Missing != 0:
			t.Errorf("found to be missing: %+v", r)
		}
		if lost[r.Entity] && r.Missing > 6 {
			t.Errorf("too much is missing: %+v", r)
		}
	}
}
