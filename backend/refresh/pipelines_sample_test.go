package refresh_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/refresh"
	"sightline/backend/sampleorg"
	"sightline/backend/sampleorg/world"
	"sightline/backend/sqlite"
)

// sampleCounts counts in the world itself what a load of a history window has to hold of a project.
func sampleCounts(w *world.World, p *world.Project, since time.Time) (builds, results, timelines, deployments, runs string) {
	from := since.UnixMilli()
	var newest int64
	byResult, kept := map[string]int{}, 0
	for _, b := range w.Builds(p) {
		newest = max(newest, w.Finished(b))
		if at := w.Finished(b); at == 0 || at >= from {
			kept++
			byResult[cmp.Or(string(w.Result(b)), "<nil>")]++
		}
	}
	recent, read, records := newest-(90*24*time.Hour).Milliseconds(), 0, 0
	for _, b := range w.Builds(p) {
		if w.Finished(b) >= from && w.Finished(b) != 0 && (b.Queued >= recent || w.Result(b) == world.Failed && b.Queued >= from) {
			read++
			records += len(w.Timeline(b))
		}
	}
	changed := 0
	for _, d := range w.Deployments(p) {
		if _, _, _, _, modified := w.Stage(d); modified >= from {
			changed++
		}
	}
	tests, total, passed := 0, 0, 0
	for _, t := range w.TestRuns(p) {
		if w.RunUpdated(t) >= from {
			tests++
			if w.RunCompleted(t) != 0 { // one that runs says when it ends that it changed, not before
				total, passed = total+w.Counts(t).Total, passed+w.Counts(t).Passed
			}
		}
	}
	var lines []string
	for result, n := range byResult {
		lines = append(lines, fmt.Sprint(result, " ", n))
	}
	slices.Sort(lines)
	return fmt.Sprint(kept), strings.Join(lines, ", "), fmt.Sprint(read, " ", records), fmt.Sprint(changed), fmt.Sprint(tests, " ", total, " ", passed)
}

// heldCounts counts the same in the dataset.
func heldCounts(t *testing.T, d *sqlite.Dataset, project string) (builds, results, timelines, deployments, runs string) {
	t.Helper()
	one := func(query string) string {
		return strings.Join(rowsOf(t, d, strings.ReplaceAll(query, "$P", "'"+strings.ReplaceAll(project, "'", "''")+"'")), ", ")
	}
	lines := strings.Split(one(`SELECT result, count(*) FROM build WHERE project = $P AND NOT gone GROUP BY 1`), ", ")
	slices.Sort(lines)
	return one(`SELECT count(*) FROM build WHERE project = $P AND NOT gone`), strings.Join(lines, ", "),
		one(`SELECT (SELECT count(*) FROM fact_timeline t JOIN build b ON b.build_id = t.build WHERE b.project = $P AND NOT b.gone),
			(SELECT count(*) FROM build_timeline_record t JOIN build b USING (build_id) WHERE b.project = $P AND NOT b.gone)`),
		one(`SELECT count(*) FROM deployment WHERE project = $P`),
		// With a build the service deletes its test runs, which we keep.
		one(`SELECT count(*), coalesce(sum(total) FILTER (WHERE completed IS NOT NULL), 0), coalesce(sum(passed) FILTER (WHERE completed IS NOT NULL), 0) FROM test_run WHERE project = $P AND coalesce(build_id, 0) NOT IN (SELECT build_id FROM build WHERE gone)`)
}

func TestThePipelinesOfTheSampleOrganizationLoadWhole(t *testing.T) {
	s := startSample(t, func(o *sampleorg.Options) {
		if raceEnabled {
			o.Since = sampleToday.AddDate(0, -13, 0) // retention deletes what is a year old
		}
	})
	d := openStore(t)
	now := sampleToday
	since := devops.Selection{HistoryMonths: 13}.Since(now)
	options := func(o *refresh.Options) {
		o.Selection = devops.Selection{Contents: []devops.Content{devops.PipelinesContent, devops.TestsContent}, HistoryMonths: 13}
		o.Clock = func() time.Time { return now }
	}
	compare := func(when string, first bool) {
		t.Helper()
		for _, p := range s.World().Projects {
			b1, r1, l1, d1, t1 := heldCounts(t, d, p.Name)
			b2, r2, l2, d2, t2 := sampleCounts(s.World(), p, since)
			if !first {
				l1, l2 = "", "" // those that were recent then stay
			}
			if b1 != b2 || r1 != r2 || l1 != l2 || d1 != d2 || t1 != t2 {
				t.Errorf("%s, %s:\nheld  %s builds (%s), timelines %s, deployments %s, tests %s\nworld %s builds (%s), timelines %s, deployments %s, tests %s", when, p.Name, b1, r1, l1, d1, t1, b2, r2, l2, d2, t2)
			}
		}
	}
	began := time.Now()
	first, err := loadSample(t, s, d, options)
	if err != nil || len(first.Skipped)+len(first.Parked) != 0 {
		t.Fatalf("%v, skipped %v, parked %v", err, first.Skipped, first.Parked)
	}
	t.Logf("%v by %d requests, %d bytes, in %v", first.Counts, first.Requests, first.Bytes, time.Since(began))
	compare("after the first load", true)
	idle, err := loadSample(t, s, d, options)
	if projects := len(s.World().Projects); err != nil || idle.Requests > 3+5*projects || len(idle.Changes) != 0 {
		t.Errorf("idle: %v, %d requests for %d projects, changes %v", err, idle.Requests, projects, idle.Changes)
	}
	// Two days of life: builds queued and finished, runs looked at again, and what is a year old deleted.
	now = now.AddDate(0, 0, 2)
	s.Advance(now)
	next, err := loadSample(t, s, d, options)
	if err != nil || len(next.Skipped)+len(next.Parked) != 0 {
		t.Fatalf("%v, skipped %v, parked %v", err, next.Skipped, next.Parked)
	}
	gone := len(rowsOf(t, d, `SELECT 1 FROM build WHERE gone`))
	t.Logf("two days later: %v by %d requests; %d builds are gone", next.Changes, next.Requests, gone)
	compare("two days later", false)
	if gone == 0 || next.Counts[devops.Builds] > 200 {
		t.Errorf("%d builds were deleted, %d came", gone, next.Counts[devops.Builds])
	}
	// Somebody shortens the retention: most builds are deleted at once.
	if err := s.Play("retention"); err != nil {
		t.Fatal(err)
	}
	now = now.AddDate(0, 0, 1)
	s.Advance(now)
	if _, err := loadSample(t, s, d, options); err != nil {
		t.Fatal(err)
	}
	compare("after a shorter retention", false)
	if most := len(rowsOf(t, d, `SELECT 1 FROM build WHERE gone`)); most < 10*gone {
		t.Errorf("%d builds are gone", most)
	}
}

func TestPipelinesLoadFromACollectionOfAServerToo(t *testing.T) {
	s := startSample(t, func(o *sampleorg.Options) { o.Collection = true })
	d := openStore(t)
	sum, err := loadSample(t, s, d, func(o *refresh.Options) {
		o.Selection = devops.Selection{Contents: []devops.Content{devops.PipelinesContent, devops.TestsContent}, HistoryMonths: 3}
		o.Clock = func() time.Time { return sampleToday }
	})
	if err != nil || len(sum.Skipped)+len(sum.Parked) != 0 || sum.Counts[devops.Deployments] == 0 {
		t.Fatalf("%v, skipped %v, parked %v, %v", err, sum.Skipped, sum.Parked, sum.Counts)
	}
	for _, p := range s.World().Projects {
		b1, r1, l1, d1, t1 := heldCounts(t, d, p.Name)
		b2, r2, l2, d2, t2 := sampleCounts(s.World(), p, devops.Selection{HistoryMonths: 3}.Since(sampleToday))
		if got, want := []string{b1, r1, l1, d1, t1}, []string{b2, r2, l2, d2, t2}; !slices.Equal(got, want) {
			t.Errorf("%s: held %q, the world has %q", p.Name, got, want)
		}
	}
}
