package rest

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

type runList struct {
	Count int
	Value []struct {
		ID, TotalTests, PassedTests, UnanalyzedTests, NotApplicableTests, IncompleteTests int
		State                                                                             string
		IsAutomated                                                                       bool
		LastUpdatedDate                                                                   time.Time
		RunStatistics                                                                     []struct {
			Outcome string
			Count   int
		}
		Build *struct{ ID string }
	}
}

func testWindow(from, to time.Time, more string) string {
	return "/Lumen%20Web/_apis/test/runs?api-version=7.1&minLastUpdatedDate=" + url.QueryEscape(from.Format(time.RFC3339)) + "&maxLastUpdatedDate=" + url.QueryEscape(to.Format(time.RFC3339)) + more
}

func TestTestRunsWantBothDatesAndSevenDaysAtMost(t *testing.T) {
	b := serve(t, Options{})
	week := 7 * 24 * time.Hour
	for name, path := range map[string]string{
		"eight days": testWindow(today.Add(-week-time.Second), today, ""), "backwards": testWindow(today, today.Add(-time.Hour), ""),
		"one date": "/Lumen%20Web/_apis/test/runs?minLastUpdatedDate=2026-11-01", "too many": testWindow(today.Add(-week), today, "&$top=101"),
		"eleven builds": testWindow(today.Add(-week), today, "&buildIds=1,2,3,4,5,6,7,8,9,10,11"),
	} {
		if a := b.ask(http.MethodGet, path, nil); a.status != http.StatusBadRequest || a.error(t).Message == "" {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	// Windows side by side find every run once.
	seen, p := map[int]bool{}, b.world.Project("Lumen Web")
	for to := today; to.After(time.UnixMilli(b.world.Since)); to = to.Add(-week) {
		token, last := "", time.Time{}
		for {
			var got runList
			a := b.get(testWindow(to.Add(-week), to, "&includeRunDetails=true&$top=20&continuationToken="+url.QueryEscape(token)), &got)
			for _, r := range got.Value {
				if r.LastUpdatedDate.Before(last) || r.TotalTests != r.PassedTests+r.UnanalyzedTests+r.NotApplicableTests+r.IncompleteTests {
					t.Fatalf("%+v", r)
				}
				sum := 0
				for _, s := range r.RunStatistics {
					sum += s.Count
				}
				if sum != r.TotalTests {
					t.Fatalf("%+v", r)
				}
				last, seen[r.ID] = r.LastUpdatedDate, true
			}
			if token = a.header.Get("x-ms-continuationtoken"); token == "" {
				break
			}
		}
	}
	if want := len(b.world.TestRuns(p)); len(seen) != want || want < 300 {
		t.Errorf("%d runs of %d", len(seen), want)
	}
}

func TestResultsOfARunAgreeWithItsCounts(t *testing.T) {
	b := serve(t, Options{})
	w, p := b.world, b.world.Project("Lumen Web")
	for _, r := range w.TestRuns(p) {
		n := w.Counts(r)
		if n.Failed == 0 || r.Build == nil {
			continue
		}
		var got struct{ Count int }
		b.get(fmt.Sprintf("/Lumen%%20Web/_apis/test/Runs/%d/results?outcomes=Failed", r.ID), &got)
		if got.Count != n.Failed {
			t.Errorf("%d failed results, counted %d", got.Count, n.Failed)
		}
		var sum struct {
			AggregatedResultsAnalysis struct {
				TotalTests int
				Duration   string
			}
		}
		b.get(fmt.Sprintf("/Lumen%%20Web/_apis/testresults/resultsummarybybuild?buildId=%d&api-version=7.1-preview.1", r.Build.ID), &sum)
		if sum.AggregatedResultsAnalysis.TotalTests < n.Total || !strings.Contains(sum.AggregatedResultsAnalysis.Duration, ":") {
			t.Errorf("%+v", sum)
		}
		if a := b.ask(http.MethodGet, fmt.Sprintf("/Lumen%%20Web/_apis/testresults/resultsummarybybuild?buildId=%d&api-version=7.1", r.Build.ID), nil); a.status != http.StatusBadRequest {
			t.Errorf("without the preview mark: %d", a.status)
		}
		return
	}
	t.Error("no run failed")
}

func TestDeploymentsPageByNumberAndByModification(t *testing.T) {
	b := serve(t, Options{})
	all := b.world.Deployments(b.world.Project("Lumen Web"))
	type page struct {
		Count int
		Value []struct {
			ID               int
			LastModifiedOn   time.Time
			DeploymentStatus string
			CompletedOn      string
		}
	}
	token, n, last := "", 0, 0
	for {
		var got page
		a := b.get("/Lumen%20Web/_apis/release/deployments?queryOrder=ascending&$top=1000&continuationToken="+token, &got)
		if got.Count > 100 {
			t.Fatalf("%d on a page", got.Count)
		}
		for _, d := range got.Value {
			if d.ID <= last {
				t.Fatalf("%d after %d", d.ID, last)
			}
			last = d.ID
		}
		n += got.Count
		if token = a.header.Get("x-ms-continuationtoken"); token == "" {
			break
		}
	}
	if n != len(all) || n < 200 {
		t.Errorf("%d deployments of %d", n, len(all))
	}
	var newest, recent page
	b.get("/Lumen%20Web/_apis/release/deployments", &newest)
	if newest.Count != 50 || newest.Value[0].ID != last {
		t.Errorf("%d, first %+v", newest.Count, newest.Value[0])
	}
	since := today.AddDate(0, 0, -14)
	b.get("/Lumen%20Web/_apis/release/deployments?$top=100&minModifiedTime="+since.Format(time.RFC3339), &recent)
	for _, d := range recent.Value {
		if d.LastModifiedOn.Before(since) {
			t.Errorf("%+v", d)
		}
	}
	var releases struct {
		Value []struct {
			ID           int
			Environments []struct{ Name string }
		}
	}
	b.get("/Lumen%20Web/_apis/release/releases?$expand=environments&$top=3", &releases)
	if len(releases.Value) != 3 || len(releases.Value[0].Environments) != 3 || recent.Count == 0 {
		t.Errorf("%+v, %d recent", releases, recent.Count)
	}
	server := serve(t, Options{Server: true})
	if a := server.ask(http.MethodGet, "/Lumen%20Web/_apis/testresults/resultsummarybybuild?buildId=1&api-version=7.0-preview.1", nil); a.status != http.StatusNotFound {
		t.Errorf("a Server of 7.0 sums results: %d", a.status)
	}
	server.get("/Lumen%20Web/_apis/release/deployments?api-version=7.0", &recent)
	server.get("/Lumen%20Web/_apis/build/builds?api-version=7.0&$top=3", &recent)
}
