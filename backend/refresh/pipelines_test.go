package refresh_test

import (
	"database/sql"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the file belongs to the person: any SQLite reads it

	"sightline/backend/devops"
	"sightline/backend/refresh"
	"sightline/backend/sqlite"
)

// rowsOf runs a query over the documented views of a dataset file and writes each row as one text.
func rowsOf(t *testing.T, d *sqlite.Dataset, query string) (rows []string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+d.Path()+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	found, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	names, _ := found.Columns()
	for found.Next() {
		values := make([]any, len(names))
		for i := range values {
			values[i] = new(any)
		}
		if err := found.Scan(values...); err != nil {
			t.Fatal(err)
		}
		texts := make([]string, len(values))
		for i, v := range values {
			texts[i] = fmt.Sprint(*v.(*any))
		}
		rows = append(rows, strings.Join(texts, " "))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

// pipelineRows is everything that the views say of pipelines and tests, beside the dump.
func pipelineRows(t *testing.T, d *sqlite.Dataset) string {
	t.Helper()
	all := []string{dump(t, d)}
	for _, view := range []string{"build_definition", "build", "build_tag", "build_timeline_record", "deployment", "test_run", "test_run_outcome"} {
		rows := rowsOf(t, d, "SELECT * FROM "+view)
		slices.Sort(rows)
		all = append(append(all, view), rows...)
	}
	return strings.Join(all, "\n")
}

func want(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s\n got %q\nwant %q", what, got, want)
	}
}

// refreshed refreshes and wants no fault.
func (o *pipelineOrg) refreshed(d refresh.Store, change ...func(*refresh.Options)) refresh.Summary {
	o.t.Helper()
	o.forget()
	s, err := load(o.t, o.testOrg, d, append([]func(*refresh.Options){pipelinesOnly}, change...)...)
	if err != nil {
		o.t.Fatal(err)
	}
	return s
}

// later moves the clock of a refresh.
func later(by time.Duration) func(*refresh.Options) {
	return func(r *refresh.Options) {
		now := r.Clock()
		r.Clock = func() time.Time { return now.Add(by) }
	}
}

const builds = `SELECT build_id, status, result, gone FROM build ORDER BY build_id`

func TestBuildsLoadWholeWithEverythingTheyTell(t *testing.T) {
	o := newPipelineOrg(t)
	for i := range 20 {
		o.build(500+i, 10*i, 10*i+6, []string{"succeeded", "failed"}[i%2])
	}
	o.build(600, 300, 0, "")
	d := openStore(t)
	s := o.refreshed(d)
	if s.Counts[devops.Builds] != 21 || s.Counts[devops.Timelines] != 20 || s.Counts[devops.TimelineRows] != 40 || s.Counts[devops.Definitions] != 2 || len(s.Skipped)+len(s.Parked) != 0 {
		t.Errorf("%v, skipped %v, parked %v", s.Counts, s.Skipped, s.Parked)
	}
	want(t, "one build", rowsOf(t, d, `SELECT number, definition_id, definition, status, result, reason, branch, source_version, repository_kind, repository, pool, queued, started, finished, requested_for, requested_for_address, tags, keep_forever, gone FROM build WHERE build_id = 501`),
		"2026.501 7 CI completed failed individualCI refs/heads/main "+strings.Repeat("0a", 20)+" TfsGit f450d1a9-29b5-4ec5-b12b-7aca7ebd6643 Azure Pipelines 2026-01-05T08:10:00.000Z 2026-01-05T08:11:00.000Z 2026-01-05T08:16:00.000Z Ann Ab ann@contoso.com nightly 0 0")
	want(t, "one timeline", rowsOf(t, d, `SELECT kind, name, identifier, state, result, worker, errors, warnings, parent_record IS NULL FROM build_timeline_record WHERE build_id = 501 ORDER BY kind DESC`),
		"Stage Build build completed succeeded <nil> 0 0 1", "Job Job of 501 <nil> completed failed Agent 1 2 1 0")
	want(t, "definitions", rowsOf(t, d, `SELECT definition_id, name, path, queue_status, kind, gone FROM build_definition ORDER BY 1`), `7 CI \Team enabled build 0`, `9 Nightly \Team enabled build 0`)
}

func TestABuildQueuedBeforeAndFinishedAfterTheLastRefreshIsSeenToFinish(t *testing.T) {
	o := newPipelineOrg(t)
	o.build(501, 10, 20, "succeeded")
	long := o.build(502, 12, 0, "")
	for i := range 10 {
		o.build(510+i, 100+20*i, 110+20*i, "succeeded")
	}
	d := openStore(t)
	o.refreshed(d)
	want(t, "while it runs", rowsOf(t, d, builds+" LIMIT 2"), "501 completed succeeded 0", "502 inProgress <nil> 0")
	// It finishes long after builds that were queued after it.
	long.finished, long.result = 2000, "failed"
	s := o.refreshed(d)
	want(t, "finished", rowsOf(t, d, builds+" LIMIT 2"), "501 completed succeeded 0", "502 completed failed 0")
	if s.Counts[devops.Timelines] != 1 || o.asked("/builds/502/timeline") != 1 {
		t.Errorf("%v", s.Counts)
	}
}

func TestARunningBuildIsReadAgainUntilItFinishes(t *testing.T) {
	o := newPipelineOrg(t)
	o.build(501, 10, 20, "succeeded")
	running := o.build(502, 12, 0, "")
	o.build(503, 500, 510, "succeeded")
	d := openStore(t)
	o.refreshed(d)
	for range 2 {
		if o.refreshed(d); o.asked("buildIds=502") != 1 || o.asked("/builds/502") != 0 {
			t.Errorf("asked %q", o.requests)
		}
	}
	running.finished, running.result = 505, "succeeded"
	o.refreshed(d)
	o.refreshed(d)
	if n := o.asked("buildIds="); n != 0 {
		t.Errorf("%d requests for builds that have finished", n)
	}
}

func TestAnUnfinishedBuildThatIsDeletedIsAskedForAloneAndMarked(t *testing.T) {
	o := newPipelineOrg(t)
	o.build(501, 10, 20, "succeeded")
	deleted, hidden := o.build(502, 12, 0, ""), o.build(503, 13, 0, "")
	d := openStore(t)
	o.refreshed(d)
	deleted.gone, o.denied[hidden.id] = true, true
	s := o.refreshed(d)
	want(t, "builds", rowsOf(t, d, builds), "501 completed succeeded 0", "502 inProgress <nil> 1", "503 inProgress <nil> 0")
	if len(s.Skipped) != 1 || !strings.Contains(s.Skipped[0].What, "1 builds") || o.asked("/build/builds/502") != 1 {
		t.Errorf("skipped %+v, asked %q", s.Skipped, o.requests)
	}
}

func TestBuildsThatRetentionDeletesAreKeptAndMarked(t *testing.T) {
	o := newPipelineOrg(t)
	for i := range 40 {
		o.build(500+i, 10*i, 10*i+5, "succeeded")
	}
	d := openStore(t)
	o.refreshed(d)
	jobs := len(rowsOf(t, d, `SELECT * FROM build_timeline_record`))
	o.builds[3].gone, o.builds[4].gone = true, true
	o.denied[510] = true // a list leaves out what may not be read just as well
	if o.refreshed(d, later(2*time.Hour)); len(rowsOf(t, d, builds)) != 40 || len(rowsOf(t, d, `SELECT 1 FROM build WHERE gone`)) != 0 {
		t.Error("the look for deleted builds is made once a day")
	}
	s := o.refreshed(d, later(25*time.Hour))
	want(t, "gone", rowsOf(t, d, `SELECT build_id FROM build WHERE gone ORDER BY 1`), "503", "504")
	if len(rowsOf(t, d, builds)) != 40 || len(rowsOf(t, d, `SELECT * FROM build_timeline_record`)) != jobs || len(s.Skipped) != 1 {
		t.Errorf("rows were lost, or the hidden build was not named: %v", s.Skipped)
	}
	// One day later nothing more is missing.
	o.refreshed(d, later(50*time.Hour))
	want(t, "gone the next day", rowsOf(t, d, `SELECT build_id FROM build WHERE gone ORDER BY 1`), "503", "504")
}

func TestManyMissingBuildsAreBelievedOnlyWithProof(t *testing.T) {
	o := newPipelineOrg(t)
	o.pageSize = 100
	for i := range 100 {
		o.build(500+i, 10*i, 10*i+5, "succeeded")
	}
	d := openStore(t)
	o.refreshed(d)
	for i := range 60 {
		o.denied[500+i] = true
	}
	s := o.refreshed(d, later(25*time.Hour))
	want(t, "gone although only hidden", rowsOf(t, d, `SELECT build_id FROM build WHERE gone`))
	if len(s.Skipped) != 1 {
		t.Errorf("skipped %v", s.Skipped)
	}
	o.denied = map[int]bool{}
	for i := range 60 {
		o.builds[i].gone = true
	}
	o.refreshed(d, later(50*time.Hour))
	if n := len(rowsOf(t, d, `SELECT build_id FROM build WHERE gone AND build_id < 560`)); n != 60 || o.asked("/build/builds/5") != 20 {
		t.Errorf("%d of 60 marked, %d asked for alone", n, o.asked("/build/builds/5"))
	}
	// A list that is empty all at once proves nothing.
	for _, b := range o.builds {
		b.gone = true
	}
	o.refreshed(d, later(75*time.Hour))
	if n := len(rowsOf(t, d, `SELECT build_id FROM build WHERE gone`)); n != 60 {
		t.Errorf("an empty list marked builds: %d", n)
	}
}

func TestARenamedDefinitionIsTheSameDefinition(t *testing.T) {
	o := newPipelineOrg(t)
	o.build(501, 10, 20, "succeeded")
	d := openStore(t)
	o.refreshed(d)
	o.definitions[7] = "Continuous"
	delete(o.definitions, 9)
	if o.refreshed(d); o.asked("/definitions") != 0 {
		t.Error("definitions are listed once a day")
	}
	o.refreshed(d, later(25*time.Hour))
	want(t, "definitions", rowsOf(t, d, `SELECT definition_id, name, gone FROM build_definition ORDER BY 1`), "7 Continuous 0", "9 Nightly 1")
	want(t, "the build's", rowsOf(t, d, `SELECT definition_id, definition FROM build`), "7 Continuous")
	// A build of a pipeline that nobody has seen makes the list be read at once.
	o.definitions[11] = "New"
	o.build(502, 300, 310, "succeeded").definition = 11
	if o.refreshed(d, later(26*time.Hour)); o.asked("/definitions") != 1 {
		t.Errorf("asked %q", o.requests)
	}
	want(t, "with the new one", rowsOf(t, d, `SELECT definition_id, name, gone FROM build_definition ORDER BY 1`), "7 Continuous 0", "9 Nightly 1", "11 New 0")
}

func TestContinuationTokensThatLeadNowhereLoseNoBuilds(t *testing.T) {
	o := newPipelineOrg(t)
	o.sameToken = true
	for i := range 17 {
		o.build(500+i, 10*i, 10*i+5, "succeeded")
	}
	d := openStore(t)
	o.refreshed(d)
	if n := len(rowsOf(t, d, builds)); n != 17 {
		t.Errorf("%d of 17 builds", n)
	}
}

func TestBuildsAtTheSameInstantOnTheBorderOfPagesComeOnce(t *testing.T) {
	o := newPipelineOrg(t)
	for i := range 9 {
		o.build(500+i, 10*(i/2), 10*(i/2)+5, "succeeded")
	}
	d := openStore(t)
	s := o.refreshed(d)
	if n := len(rowsOf(t, d, builds)); n != 9 {
		t.Errorf("%d of 9 builds: %v", n, s.Counts)
	}
}

func TestAnIdleRefreshOfPipelinesAsksFewRequests(t *testing.T) {
	o := newPipelineOrg(t)
	o.pageSize = 100
	for i := range 30 {
		o.build(500+i, 100*i, 100*i+50, "succeeded")
	}
	o.deployments = []orgDeployment{{1, 10, "succeeded"}, {2, 500, "failed"}}
	o.runs = []orgRun{{1, 500, minute(60), 5, 0}}
	d := openStore(t)
	o.refreshed(d)
	before := pipelineRows(t, d)
	count := func(parts ...string) []int {
		var n []int
		for _, p := range parts {
			n = append(n, o.asked(p))
		}
		return n
	}
	s := o.refreshed(d)
	if pipelineRows(t, d) != before {
		t.Error("an idle refresh changed rows")
	}
	if got := count("/build/", "/release/", "/test/"); !reflect.DeepEqual(got, []int{2, 1, 1}) || s.Requests != 3+4 {
		t.Errorf("builds, deployments, tests: %v; all %d: %q", got, s.Requests, o.requests)
	}
	for entity, c := range s.Changes {
		t.Errorf("%s changed: %+v", entity, c)
	}
	// One that runs costs one more.
	o.build(700, 4000, 0, "")
	o.refreshed(d)
	o.builds[len(o.builds)-1].queued = 3000 // so that no list of newly queued builds holds it
	o.build(701, 3990, 3995, "succeeded")
	o.refreshed(d)
	if got := count("/build/builds?"); !reflect.DeepEqual(got, []int{3}) {
		t.Errorf("%v: %q", got, o.requests)
	}
	if pipelineRows(t, d) == before {
		t.Error("new builds changed nothing")
	}
}

func TestAProjectWithoutReleasesIsNamedAndTheRestLoads(t *testing.T) {
	for _, status := range []int{403, 404} {
		o := newPipelineOrg(t)
		o.noReleases = status
		o.build(501, 10, 20, "succeeded")
		o.runs = []orgRun{{1, 501, minute(30), 5, 1}}
		d := openStore(t)
		s := o.refreshed(d)
		if len(s.Skipped) != 1 || s.Skipped[0].What != "the deployments of classic releases" || len(rowsOf(t, d, builds)) != 1 || len(rowsOf(t, d, `SELECT * FROM test_run`)) != 1 {
			t.Errorf("%d: skipped %+v", status, s.Skipped)
		}
	}
}

func TestDeploymentsComeAgainWhenTheyChange(t *testing.T) {
	o := newPipelineOrg(t)
	for i := range 10 {
		o.deployments = append(o.deployments, orgDeployment{i + 1, 100 * (i + 1), "succeeded"})
	}
	o.deployments[1].status = "inProgress"
	d := openStore(t)
	if s := o.refreshed(d); s.Counts[devops.Deployments] != 10 || o.asked("/release/") != 4 {
		t.Errorf("%v, %q", s.Counts, o.requests)
	}
	want(t, "one deployment", rowsOf(t, d, `SELECT deployment_id, definition, release_id, release, environment_id, environment, attempt, reason, status, operation_status, queued, started, completed, build_id FROM deployment WHERE deployment_id = 2`),
		"2 Web 1002 Release-2 12 Production 1 automated inProgress Approved 2026-01-05T08:00:00.123Z 2026-01-05T08:01:00.000Z 2026-01-05T08:11:00.000Z 501")
	o.deployments[1].status, o.deployments[1].modified = "failed", 1500
	s := o.refreshed(d)
	want(t, "states", rowsOf(t, d, `SELECT status, count(*) FROM deployment GROUP BY 1 ORDER BY 1`), "failed 1", "succeeded 9")
	if o.asked("/release/") != 1 || s.Changes[devops.Deployments].Changed != 1 {
		t.Errorf("%v, %q", s.Changes, o.requests)
	}
}

func TestTestRunsAreReadInWindowsOfAWeekAndNoneIsLostAtTheEdges(t *testing.T) {
	o := newPipelineOrg(t)
	since := time.Date(2025, 12, 19, 0, 0, 0, 0, time.UTC) // a month before the clock of pipelinesOnly
	week := 7 * 24 * time.Hour
	for i, at := range []time.Time{since, since.Add(week), since.Add(week + 1), since.Add(2*week - time.Second), since.Add(2 * week), minute(14 * 24 * 60), since.Add(-time.Second)} {
		o.runs = append(o.runs, orgRun{i + 1, 500 + i, at, 10 + i, i})
	}
	for i := range 8 { // more than two pages in one window
		o.runs = append(o.runs, orgRun{20 + i, 0, since.Add(3*week + time.Duration(i)*time.Hour), 1, 0})
	}
	d := openStore(t)
	s := o.refreshed(d)
	if s.Counts[devops.TestRuns] != 14 {
		t.Errorf("%v", s.Counts)
	}
	want(t, "runs", rowsOf(t, d, `SELECT group_concat(test_run_id, ' ') FROM (SELECT * FROM test_run ORDER BY test_run_id)`), "1 2 3 4 5 6 20 21 22 23 24 25 26 27")
	want(t, "one run", rowsOf(t, d, `SELECT name, automated, state, started, completed, owner, build_id, release_id, stage, total, passed, failed, incomplete, not_applicable FROM test_run WHERE test_run_id = 3`),
		"Unit tests 1 Completed 2026-01-05T08:00:00.000Z 2026-01-05T08:00:30.000Z Ann Ab 502 <nil> Test 14 12 2 0 0")
	want(t, "its outcomes", rowsOf(t, d, `SELECT outcome, results FROM test_run_outcome WHERE test_run_id = 3 ORDER BY 1`), "Failed 2", "Passed 12")
	// A run that is updated comes again; ten days later there are two windows.
	o.runs[0].updated, o.runs[0].passed = minute(14*24*60+60), 99
	o.refreshed(d, later(2*time.Hour))
	want(t, "the updated run", rowsOf(t, d, `SELECT passed FROM test_run WHERE test_run_id = 1`), "99")
	o.refreshed(d, later(10*24*time.Hour))
	if n := o.asked("/test/runs"); n != 2 {
		t.Errorf("%d requests after ten days", n)
	}
}

func TestALongerHistoryIsLoadedWhenAPersonAsksForIt(t *testing.T) {
	o := newPipelineOrg(t)
	day := 24 * 60
	o.build(401, -100*day, -100*day+5, "succeeded")
	o.build(501, 10, 20, "succeeded")
	o.runs = []orgRun{{1, 401, minute(-100 * day), 5, 0}, {2, 501, minute(30), 6, 0}}
	o.deployments = []orgDeployment{{1, -100 * day, "succeeded"}, {2, 10, "succeeded"}}
	d := openStore(t)
	o.refreshed(d)
	counts := `SELECT (SELECT count(*) FROM build), (SELECT count(*) FROM test_run), (SELECT count(*) FROM deployment)`
	want(t, "one month", rowsOf(t, d, counts), "1 1 1")
	o.refreshed(d, func(r *refresh.Options) { r.Selection.HistoryMonths = 12 })
	want(t, "a year", rowsOf(t, d, counts), "2 2 2")
	o.refreshed(d) // a shorter one later deletes nothing
	want(t, "a month again", rowsOf(t, d, counts), "2 2 2")
}

func TestALoadThatIsStoppedAnywhereGivesTheSameRows(t *testing.T) {
	fill := func() *pipelineOrg {
		o := newPipelineOrg(t)
		for i := range 14 {
			o.build(500+i, 10*i, 10*i+6, []string{"succeeded", "failed", "canceled"}[i%3])
			o.deployments = append(o.deployments, orgDeployment{i + 1, 50 * (14 - i), "succeeded"})
			o.runs = append(o.runs, orgRun{i + 1, 500 + i, minute(60 * 24 * i), 10, i})
		}
		o.build(600, 300, 0, "")
		return o
	}
	whole := fill()
	d := openStore(t)
	whole.refreshed(d)
	reference, requests := pipelineRows(t, d), len(whole.requests)
	if !strings.Contains(reference, "2026.513") || requests < 40 {
		t.Fatalf("%d requests; the dump lacks builds:\n%.2000s", requests, reference)
	}
	for stop := 1; stop < requests; stop += 7 {
		o := fill()
		d := openStore(t)
		served := 0
		// Called with the lock held.
		o.before = func(w http.ResponseWriter, r *http.Request) bool {
			if served++; served > stop {
				panic(http.ErrAbortHandler) // the connection breaks, and every later one
			}
			return o.serve(w, r)
		}
		_, err := load(t, o.testOrg, d, pipelinesOnly, func(r *refresh.Options) { r.Client = hastyClient(t, o.server.URL, time.Minute) })
		if err == nil {
			t.Fatalf("stopped after %d requests without a fault", stop)
		}
		o.mu.Lock()
		o.before = o.serve
		o.mu.Unlock()
		o.refreshed(d)
		if again := pipelineRows(t, d); again != reference {
			t.Fatalf("stopped after %d requests: %s", stop, firstDifference(again, reference))
		}
	}
}
