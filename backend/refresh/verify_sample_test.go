package refresh_test

import (
	"testing"

	"sightline/backend/devops"
	"sightline/backend/refresh"
)

func TestTheSampleLoadedWholeIsProvedWhole(t *testing.T) {
	s := startSample(t)
	d := openStore(t)
	sum, err := loadSample(t, s, d)
	if err != nil {
		t.Fatal(err)
	}
	proof, err := refresh.Verify(t.Context(), refresh.VerifyOptions{Client: sampleClient(t, s), Store: d, Patterns: everything, Clock: nil})
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
}
