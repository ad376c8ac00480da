package refresh

import (
	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// testRunOf transforms a test run. Counts that the service leaves out are what its statistics say.
func testRunOf(projectID string, w *azdo.TestRun) devops.TestRun {
	t := devops.TestRun{
		ProjectID: projectID, ID: int(w.ID), Name: w.Name, Automated: w.IsAutomated, State: string(w.State), Started: w.StartedDate.Time,
		Completed: w.CompletedDate.Time, Updated: w.LastUpdatedDate.Time, Owner: identityOn(w.Owner),
		Incomplete: int(w.IncompleteTests), NotApplicable: int(w.NotApplicableTests),
	}
	if w.Build != nil {
		t.BuildID = int(w.Build.ID)
	}
	if w.Release != nil {
		t.ReleaseID = int(w.Release.ID)
	}
	if ref := w.PipelineReference; ref != nil {
		if t.BuildID == 0 {
			t.BuildID = int(ref.PipelineID)
		}
		if ref.StageReference != nil {
			t.Stage = ref.StageReference.StageName
		}
	}
	sum := 0
	for _, s := range w.RunStatistics {
		if t.Outcomes == nil {
			t.Outcomes = map[string]int{}
		}
		outcome := string(s.Outcome)
		if outcome == "" {
			outcome = "Unspecified"
		}
		t.Outcomes[outcome] += int(s.Count)
		sum += int(s.Count)
	}
	t.Total = countOr(w.TotalTests, sum)
	t.Passed = countOr(w.PassedTests, t.Outcomes["Passed"])
	// The service counts as unanalyzed what failed and nobody looked into yet; a failure that somebody did
	// look into remains one.
	t.Failed = max(countOr(w.UnanalyzedTests, 0), t.Outcomes["Failed"])
	t.NotExecuted = t.Outcomes["NotExecuted"]
	return t
}

// countOr is a count of the service, or another when it did not say.
func countOr(n *azdo.IntOrText, other int) int {
	if n == nil {
		return other
	}
	return int(*n)
}
