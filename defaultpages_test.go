package main

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/desktop"
	"sightline/backend/report"
)

// nothingThere are the visuals of default pages that have no number over the sample.
var nothingThere = map[string]bool{
	"release-burndown/end": true, // the scope grows faster than it burns down
}

// isBlank reports whether a visual says nothing: a card has no number, anything else not one but 0.
func isBlank(v *report.Visual, r *dataset.Result) bool {
	if v.Type == report.Card {
		return r.Total.Values[0] == nil
	}
	return !slices.ContainsFunc(r.Rows, func(row dataset.Row) bool {
		return slices.ContainsFunc(row.Values, func(n *float64) bool { return n != nil && *n != 0 })
	})
}

// loaded is a dataset of the sample with its report, as the interface sees it.
func loaded(t *testing.T, contents []string, patterns ...string) (*desktop.Program, desktop.ReportView) {
	t.Helper()
	a := sample(t)
	dir := t.TempDir()
	command(t, dir)
	args := []string{"connect", "--url", a.OrganizationURL, "--token-stdin", "--name", "Pages"}
	for _, p := range patterns {
		args = append(args, "--project", p)
	}
	for _, c := range contents {
		args = append(args, "--load", c)
	}
	made := answer[struct{ Dataset desktop.DatasetView }](t, runVerb(t.Context(), stdin(a.PersonalAccessToken+"\n"), args...))
	p, _, done := open(t, os.Getenv("SIGHTLINE_DATA_DIR"), false)
	t.Cleanup(done)
	return p, answered[desktop.ReportView](t)(p.Services().Reports.Report(made.Dataset.ReportID))
}

func TestEveryVisualOfEveryDefaultPageIsAnsweredOverTheSample(t *testing.T) {
	p, view := loaded(t, nil, "*")
	if len(view.Absent) != 0 || len(view.Problems) != 0 || len(view.Pages) != 22 {
		t.Fatalf("%d pages, absent %v, problems %v", len(view.Pages), view.Absent, view.Problems)
	}
	for _, page := range view.Pages {
		data := answered[desktop.PageData](t)(p.Services().Reports.Page(view.ID, page.ID, report.PageState{}))
		for i, v := range data.Visuals {
			where := page.ID + "/" + v.ID
			if v.Fault != nil {
				t.Errorf("%s: %s %s", where, v.Fault.Message, v.Fault.Hint)
				continue
			}
			if blank := isBlank(&page.Visuals[i], v.Result); blank != nothingThere[where] {
				t.Errorf("%s: blank %v", where, blank)
			}
			if page.Visuals[i].Spark != nil && !hasNumbers(v.Spark) {
				t.Errorf("%s has no small line", where)
			}
		}
		for _, s := range data.Slicers {
			at := slices.IndexFunc(page.Slicers, func(sl report.Slicer) bool { return sl.ID == s.ID })
			if s.Fault != nil || len(s.Members) == 0 && page.Slicers[at].Kind != report.Relative {
				t.Errorf("%s: slicer %s: %v, %d members", page.ID, s.ID, s.Fault, len(s.Members))
			}
		}
	}
}

func TestEverySlicerOfADefaultPageNarrowsItWithoutAFault(t *testing.T) {
	p, view := loaded(t, nil, "Lumen D*", "Fleet*")
	for _, page := range view.Pages {
		first := answered[desktop.PageData](t)(p.Services().Reports.Page(view.ID, page.ID, report.PageState{}))
		state := report.PageState{Slicers: map[string][]any{}}
		for i, s := range first.Slicers {
			if len(s.Members) > 0 && page.Slicers[i].Kind != report.Relative {
				state.Slicers[s.ID] = []any{s.Members[0].Value}
			}
		}
		state.Selection = &report.Selection{Visual: page.Visuals[0].ID, Filters: nil}
		data := answered[desktop.PageData](t)(p.Services().Reports.Page(view.ID, page.ID, state))
		for _, v := range data.Visuals {
			if v.Fault != nil {
				t.Errorf("%s/%s: %s %s", page.ID, v.ID, v.Fault.Message, v.Fault.Hint)
			}
		}
	}
}

func TestPagesWithoutDataAreAbsentAndSayWhy(t *testing.T) {
	_, view := loaded(t, []string{"workItems"}, "Lumen D*")
	why := map[string]string{}
	for _, a := range view.Absent {
		why[a.ID] = a.Why
	}
	for id, want := range map[string]string{
		"git-activity":         "Commits are not loaded into this dataset.",
		"pull-requests":        "Pull requests are not loaded into this dataset.",
		"version-control":      "Changesets are not loaded into this dataset.",
		"project-status-scrum": "No project of the dataset uses the process Scrum.",
	} {
		if why[id] != want {
			t.Errorf("%s: %q, want %q", id, why[id], want)
		}
	}
	for _, id := range []string{"open-bug-status", "project-status-agile", "sprint-burndown", "cumulative-flow", "data-quality"} {
		if !slices.ContainsFunc(view.Pages, func(p report.Page) bool { return p.ID == id }) {
			t.Errorf("%s is absent: %s", id, why[id])
		}
	}
	if len(view.Pages)+len(view.Absent) != 22 || len(view.Problems) != 0 {
		t.Errorf("%d pages, %d absent, problems %v", len(view.Pages), len(view.Absent), view.Problems)
	}
}

func TestPagesAreOrderedNamedAndHiddenAndStaySo(t *testing.T) {
	p, view := loaded(t, []string{"workItems"}, "Lumen D*")
	reports := p.Services().Reports
	list := make([]desktop.PageArrangement, len(view.Pages))
	for i, page := range view.Pages {
		list[i] = desktop.PageArrangement{ID: page.ID, Name: page.Name, Hidden: page.ID == "velocity"}
	}
	slices.Reverse(list)
	list[0].Name = "  Gaps \t in the data "
	answered[desktop.ReportView](t)(reports.Arrange(view.ID, list))
	after := answered[desktop.ReportView](t)(reports.Report(view.ID))
	for i, page := range after.Pages {
		if page.ID != list[i].ID || page.Hidden != (page.ID == "velocity") {
			t.Errorf("page %d is %s, hidden %v; want %s", i, page.ID, page.Hidden, list[i].ID)
		}
	}
	if after.Pages[0].Name != "Gaps in the data" || len(after.Absent) != len(view.Absent) {
		t.Errorf("named %q, %d absent", after.Pages[0].Name, len(after.Absent))
	}
	before, _ := json.Marshal(after)
	hidden := slices.Clone(list)
	for i := range hidden {
		hidden[i].Hidden = true
	}
	nameless := slices.Clone(list)
	nameless[3].Name = " "
	for name, bad := range map[string][]desktop.PageArrangement{"all hidden": hidden, "a page without a name": nameless, "twice": append(list[:1:1], list[0]), "unknown": {{ID: "x", Name: "X"}}} {
		if _, err := reports.Arrange(view.ID, bad); err == nil {
			t.Errorf("%s: not refused", name)
		}
	}
	still := answered[desktop.ReportView](t)(reports.Report(view.ID))
	if now, _ := json.Marshal(still); string(now) != string(before) {
		t.Error("a refused arrangement changed the report")
	}
}

// Tiles, links and states of readers hold the ids of pages.
func TestIdsOfDefaultPagesStay(t *testing.T) {
	want := []string{"open-bug-status", "project-status-agile", "project-status-scrum", "project-status-cmmi", "project-status-basic", "sprint-burndown",
		"velocity", "cumulative-flow", "lead-cycle-time", "pull-requests", "git-activity", "pipelines", "bug-trend", "feature-progress", "release-burndown",
		"pipeline-duration", "stage-failures", "time-in-state", "test-summary", "failed-tests", "version-control", "data-quality"}
	rep, err := report.DefaultReport("n")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range rep.Pages {
		got = append(got, p.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
