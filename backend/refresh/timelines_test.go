package refresh_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/refresh"
)

func TestFailedBuildsHaveTheirJobsFirst(t *testing.T) {
	o := newPipelineOrg(t)
	for i := range 60 {
		o.build(500+i, 10*i, 10*i+5, "succeeded")
	}
	// They are the oldest, so that they come last where the newest come first.
	o.builds[2].result, o.builds[5].result = "failed", "failed"
	o.pageSize = 100
	d := openStore(t)
	o.refreshed(d)
	var order []string
	for _, r := range o.requests {
		if strings.Contains(r, "/timeline") {
			order = append(order, strings.Split(r, "/builds/")[1][:3])
		}
	}
	// Fifty are read and stored together, several at once and so in any order.
	if len(order) != 60 || !slices.Contains(order[:50], "502") || !slices.Contains(order[:50], "505") || slices.Contains(order[:50], "501") {
		t.Errorf("timelines in the order %v", order)
	}
	want(t, "failed jobs", rowsOf(t, d, `SELECT b.build_id, t.name FROM build b JOIN build_timeline_record t ON t.build_id = b.build_id WHERE b.result = 'failed' AND t.kind = 'Job' ORDER BY 1`), "502 Job of 502", "505 Job of 505")
}

func TestTimelinesOfOldBuildsAreReadOnlyWhenTheyFailed(t *testing.T) {
	o := newPipelineOrg(t)
	day := 24 * 60
	o.build(501, -200*day, -200*day+5, "succeeded")
	o.build(502, -200*day, -200*day+6, "failed")
	o.build(503, -89*day, -89*day+5, "succeeded")
	o.build(504, 0, 5, "succeeded")
	d := openStore(t)
	s := o.refreshed(d, func(r *refresh.Options) { r.Selection.HistoryMonths = 12 })
	want(t, "timelines", rowsOf(t, d, `SELECT DISTINCT build_id FROM build_timeline_record ORDER BY 1`), "502", "503", "504")
	if s.Counts[devops.Builds] != 4 {
		t.Errorf("%v", s.Counts)
	}
}

func TestABuildWithoutATimelineIsAskedForItOnce(t *testing.T) {
	o := newPipelineOrg(t)
	for i, quirk := range []string{"204", "empty", "text", "404", `{"records":[]}`} {
		o.build(501+i, 10*i, 10*i+5, "failed")
		o.timelines[501+i] = quirk
	}
	d := openStore(t)
	s := o.refreshed(d)
	if s.Counts[devops.Timelines] != 5 || s.Counts[devops.TimelineRows] != 0 || len(s.Skipped)+len(s.Parked) != 0 {
		t.Errorf("%v, %v, %v", s.Counts, s.Skipped, s.Parked)
	}
	if o.refreshed(d); o.asked("/timeline") != 0 {
		t.Errorf("asked again: %q", o.requests)
	}
}

func TestABuildThatRunsAgainGetsItsNewTimeline(t *testing.T) {
	o := newPipelineOrg(t)
	again := o.build(501, 10, 20, "failed")
	o.build(502, 100, 110, "succeeded")
	d := openStore(t)
	o.refreshed(d)
	again.finished, again.result = 130, "succeeded"
	o.timelines[501] = `{"records":[{"id":"cccccccc-0000-4000-8000-000000000001","type":"Job","name":"Second attempt","attempt":2,"state":"completed","result":"succeeded"}]}`
	s := o.refreshed(d)
	want(t, "its jobs", rowsOf(t, d, `SELECT name, attempt FROM build_timeline_record WHERE build_id = 501`), "Second attempt 2")
	if o.asked("/timeline") != 1 || s.Counts[devops.Timelines] != 1 {
		t.Errorf("asked %q", o.requests)
	}
}

func TestABrokenTimelineParksItselfAndTheRestLoads(t *testing.T) {
	o := newPipelineOrg(t)
	for i := range 5 {
		o.build(501+i, 10*i, 10*i+5, "failed")
	}
	o.timelines[503], o.timelines[504] = "html", "403"
	d := openStore(t)
	o.forget()
	s, err := load(t, o.testOrg, d, pipelinesOnly, func(r *refresh.Options) { r.Client = hastyClient(t, o.server.URL, time.Minute) })
	if err == nil || len(s.Parked) != 1 || len(s.Skipped) != 1 || s.Counts[devops.Timelines] != 3 || s.Counts[devops.Builds] != 5 {
		t.Errorf("%v, parked %+v, skipped %+v, %v", err, s.Parked, s.Skipped, s.Counts)
	}
	delete(o.timelines, 503)
	delete(o.timelines, 504)
	if s := o.refreshed(d); s.Counts[devops.Timelines] != 2 {
		t.Errorf("the next refresh: %v", s.Counts)
	}
}
