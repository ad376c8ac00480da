package main

import (
	"math"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/report"
	"sightline/backend/signin"
)

// TestEveryNumberOfEveryPageHasItsRows opens the rows behind each value of each visual of the default pages, over what an
// Agile project with Git and a CMMI project with TFVC hold. What adds up is the sum of what its rows add, and the list shows as many rows as it says.
func TestEveryNumberOfEveryPageHasItsRows(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	v := answered[desktop.AttemptView](t)(p.Connect(t.Context(), desktop.ConnectRequest{Source: "server", Organization: a.OrganizationURL, Patterns: []string{"Lumen Web", "Fleet Ops"}, Method: "token",
		Contents: []string{"workItems", "git", "pullRequests", "pipelines", "tests", "tfvc"}}, "", signin.NewSecret(a.PersonalAccessToken), func(desktop.AttemptView) {}))
	s := p.Services()
	refreshed(t, p, v.DatasetID) // waits for the first load, however long it takes
	tables, adding := map[string]int{}, 0
	for _, page := range answered[desktop.ReportView](t)(s.Reports.Report(v.ReportID)).Pages {
		for _, visual := range page.Visuals {
			for value := range visual.Query.Values {
				got, err := s.Items.Behind(v.ReportID, page.ID, visual.ID, report.PageState{}, nil, value, desktop.ItemsAsk{Limit: 500})
				name := page.ID + "/" + visual.ID + "/" + visual.Title
				if fault.Is(err, fault.Invalid) {
					t.Logf("%s, value %d: %v", name, value, err)
					continue
				}
				if err != nil {
					t.Errorf("%s, value %d: %v", name, value, err)
					continue
				}
				if len(got.Rows) != min(got.Count, 500) || len(got.Keys) != len(got.Rows) {
					t.Errorf("%s, value %d: %d rows of %d", name, value, len(got.Rows), got.Count)
				}
				if got.Count > 0 {
					tables[got.Table]++
				}
				if got.Sum == nil || got.Number == nil {
					continue
				}
				adding++
				if math.Abs(*got.Sum-*got.Number) > 1e-6*math.Max(1, math.Abs(*got.Number)) {
					t.Errorf("%s, %s: rows add up to %v of %v", name, got.Value.Name, *got.Sum, *got.Number)
				}
			}
		}
	}
	for _, table := range []string{dataset.WorkItems, dataset.PullRequests, dataset.PipelineRuns, dataset.Commits, dataset.TestRuns, dataset.Changesets} {
		if tables[table] == 0 {
			t.Errorf("no number led to a row of %s: %v", table, tables)
		}
	}
	if adding < 40 {
		t.Errorf("only %d numbers add up", adding)
	}
}
