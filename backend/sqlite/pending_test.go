package sqlite_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
)

func TestRepositoriesAndTheHeadsOfTheirBranches(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch(), oneOfEach())
	web := oneOfEach().Repositories[0]
	commit(t, d, devops.Batch{Commits: []devops.Commit{{RepositoryID: guid("never listed", 1), ID: sha(1)}}})
	web.Name, web.Gone = "Web renamed", true
	commit(t, d, devops.Batch{Repositories: []devops.Repository{web, {ID: guid("repository", 9), ProjectID: contoso, Name: "Other"}}})
	got, err := d.Repositories(ctx, strings.ToUpper(fabrikam))
	if err != nil || !reflect.DeepEqual(got, []devops.Repository{web}) {
		t.Errorf("%+v %v", got, err)
	}
	heads, err := d.BranchHeads(ctx, strings.ToUpper(web.ID))
	if err != nil || !maps.Equal(heads, map[string]string{"refs/heads/main": sha(1)}) {
		t.Errorf("%v %v", heads, err)
	}
	commit(t, d, devops.Batch{BranchesOf: []string{web.ID}, Branches: []devops.Branch{{RepositoryID: web.ID, Name: "refs/heads/old", Head: sha(3)}}})
	heads, err = d.BranchHeads(ctx, web.ID)
	if err != nil || !maps.Equal(heads, map[string]string{"refs/heads/old": sha(3)}) {
		t.Errorf("main was not in the list and old came back: %v %v", heads, err)
	}
	known, err := d.KnownCommits(ctx, web.ID, []string{sha(1), sha(2), "not hexadecimal"})
	if err != nil || !maps.Equal(known, map[string]bool{sha(1): true}) {
		t.Errorf("%v %v", known, err)
	}
	for _, unknown := range []string{guid("repository", 9), "unknown"} {
		if known, err := d.KnownCommits(ctx, unknown, []string{sha(1)}); err != nil || len(known) > 0 {
			t.Errorf("%v %v", known, err)
		}
	}
}

func TestActivePullRequestsComeBackWhole(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch(), devops.Batch{People: []devops.Person{personNamed(3)}})
	active := oneOfEach().PullRequests[0]
	active.Status, active.Closed, active.ClosedBy = devops.ActivePullRequest, time.Time{}, devops.Person{}
	second := active
	second.ID, second.Reviewers, second.Labels = 5, nil, nil
	closed := oneOfEach().PullRequests[0]
	closed.ID = 6
	elsewhere := second
	elsewhere.ID, elsewhere.ProjectID = 7, contoso
	commit(t, d, devops.Batch{Repositories: oneOfEach().Repositories, PullRequests: []devops.PullRequest{active, second, closed, elsewhere}})
	got, err := d.ActivePullRequests(ctx, fabrikam)
	if err != nil || !reflect.DeepEqual(got, []devops.PullRequest{second, active}) {
		t.Errorf("%+v %v", got, err)
	}
	closed.ID = active.ID
	commit(t, d, devops.Batch{PullRequests: []devops.PullRequest{closed}})
	if got, err := d.ActivePullRequests(ctx, fabrikam); err != nil || len(got) != 1 || got[0].ID != 5 {
		t.Errorf("%+v %v", got, err)
	}
}

func TestPullRequestsWaitForTheirReview(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch())
	now := day(2024, 6, 10)
	hours := func(n int) time.Time { return now.Add(time.Duration(n) * time.Hour) }
	pull := func(id int, closed time.Time) devops.PullRequest {
		p := devops.PullRequest{ID: id, ProjectID: fabrikam, Status: devops.ActivePullRequest, Created: hours(-100), Closed: closed}
		if !closed.IsZero() {
			p.Status = devops.CompletedPullRequest
		}
		return p
	}
	review := func(id int, read time.Time) devops.Review {
		return devops.Review{PullRequestID: id, ProjectID: fabrikam, Read: read}
	}
	commit(t, d,
		devops.Batch{Reviews: []devops.Review{review(8, hours(-1))}}, // before its pull request
		devops.Batch{
			PullRequests: []devops.PullRequest{
				pull(1, time.Time{}), // active, never read
				pull(2, time.Time{}), // active, read long ago
				pull(3, time.Time{}), // active, just read
				pull(4, hours(-90)),  // closed, never read
				pull(5, hours(-90)),  // closed, read two days after
				pull(6, hours(-30)),  // closed, read one hour after, long ago
				pull(7, hours(-3)),   // closed, last read while it was active
				pull(8, hours(-3)),   // closed, just read
				pull(9, hours(-50)),  // closed, never read
			},
			Reviews: []devops.Review{review(2, hours(-21)), review(3, hours(-1)), review(5, hours(-40)), review(6, hours(-29)), review(7, hours(-4))},
		})
	numbers := func(limit int) (ids []int) {
		t.Helper()
		list, err := d.PullRequestsToReview(ctx, fabrikam, hours(-20), limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			ids = append(ids, p.ID)
		}
		return ids
	}
	if got := numbers(100); !slices.Equal(got, []int{9, 7, 6, 4, 2, 1}) {
		t.Errorf("%v", got)
	}
	if got := numbers(2); !slices.Equal(got, []int{9, 7}) {
		t.Errorf("%v", got)
	}
	for _, id := range []int{9, 7, 6, 4, 2, 1} {
		commit(t, d, devops.Batch{Reviews: []devops.Review{review(id, now)}})
	}
	if got := numbers(100); len(got) > 0 {
		t.Errorf("all were read, but %v are to be read", got)
	}
	// The same content read again is no change, and still counts as read.
	changes, err := d.Commit(ctx, devops.Batch{Reviews: []devops.Review{review(1, hours(5))}})
	if err != nil || len(changes) > 0 {
		t.Errorf("%v %v", changes, err)
	}
	commit(t, d, devops.Batch{PullRequests: []devops.PullRequest{pull(1, hours(6))}})
	if got := numbers(100); !slices.Equal(got, []int{1}) {
		t.Errorf("closed after it was read: %v", got)
	}
}

func TestChangesetsWaitForTheirFiles(t *testing.T) {
	d := openNew(t)
	set := func(id int, project string, files ...string) devops.Changeset {
		c := devops.Changeset{ID: id, ProjectID: project, FilesRead: len(files) > 0}
		for _, f := range files {
			c.Files = append(c.Files, devops.ChangedFile{Path: f})
		}
		return c
	}
	commit(t, d, schemaBatch(), devops.Batch{Changesets: []devops.Changeset{set(1, contoso), set(2, contoso), set(3, contoso), set(4, fabrikam), set(2, fabrikam)}})
	check := func(limit int, want ...int) {
		t.Helper()
		if got, err := d.ChangesetsWithoutFiles(ctx, contoso, limit); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v %v, want %v", got, err, want)
		}
	}
	check(10, 3, 2, 1)
	check(2, 3, 2)
	commit(t, d, devops.Batch{Changesets: []devops.Changeset{set(3, contoso, "$/a", "$/b")}}, devops.Batch{Changesets: []devops.Changeset{set(3, contoso)}})
	check(10, 2, 1)
	if held, _, err := d.Counts(ctx, contoso); err != nil || held[devops.ChangedFiles] != 2 || held[devops.Changesets] != 3 {
		t.Errorf("a list that knows no files took some away: %v %v", held, err)
	}
	if held, _, err := d.Counts(ctx, fabrikam); err != nil || held[devops.Changesets] != 2 {
		t.Errorf("a changeset of two projects counts in both: %v %v", held, err)
	}
}

func TestBuildsThatAreOpenKeptOrWaitForTheirTimeline(t *testing.T) {
	d := openNew(t)
	build := func(id int, result string, change func(*devops.Build)) devops.Build {
		b := devops.Build{ID: id, ProjectID: fabrikam, Status: "inProgress", Result: result, Queued: day(2024, 1, id)}
		if result != "" {
			b.Status, b.Finished = devops.BuildCompleted, b.Queued.Add(time.Hour)
		}
		if change != nil {
			change(&b)
		}
		return b
	}
	commit(t, d, schemaBatch(), devops.Batch{Timelines: []devops.Timeline{{BuildID: 9, ProjectID: fabrikam, Read: epoch}}}, devops.Batch{Builds: []devops.Build{
		build(9, "", nil), build(3, "", nil), build(2, "succeeded", nil), build(5, "failed", nil), build(6, "succeeded", nil), build(4, "failed", nil),
		build(7, "canceled", func(b *devops.Build) { b.Queued = time.Time{} }), build(8, "failed", func(b *devops.Build) { b.ProjectID = contoso }), build(1, "failed", nil),
	}, GoneBuilds: []int{1, 777}})
	check := func(what string, got []int, err error, want ...int) {
		t.Helper()
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v %v, want %v", what, got, err, want)
		}
	}
	got, err := d.OpenBuilds(ctx, strings.ToUpper(fabrikam))
	check("open", got, err, 3, 9)
	got, err = d.BuildIDs(ctx, fabrikam, time.Time{})
	check("kept", got, err, 2, 3, 4, 5, 6, 7, 9)
	got, err = d.BuildIDs(ctx, fabrikam, day(2024, 1, 5))
	check("kept and queued since", got, err, 5, 6, 9)
	got, err = d.BuildsWithoutTimeline(ctx, fabrikam, time.Time{}, 100)
	check("waiting", got, err, 5, 4, 6, 2, 7)
	got, err = d.BuildsWithoutTimeline(ctx, fabrikam, day(2024, 1, 4), 3)
	check("waiting and queued since", got, err, 5, 4, 6)
	got, err = d.BuildsWithoutTimeline(ctx, fabrikam, time.Time{}, 1)
	check("the first that waits", got, err, 5)
	got, err = d.FailedBuildsWithoutTimeline(ctx, fabrikam, time.Time{}, 9)
	check("failed and waiting", got, err, 5, 4)

	commit(t, d, devops.Batch{Timelines: []devops.Timeline{{BuildID: 5, ProjectID: fabrikam, Read: epoch, Empty: true}, {BuildID: 6, ProjectID: fabrikam, Read: epoch}}},
		devops.Batch{GoneBuilds: []int{2}, Builds: []devops.Build{build(9, "succeeded", nil)}})
	got, err = d.BuildsWithoutTimeline(ctx, fabrikam, time.Time{}, 100)
	check("after two were read, one went, and one finished after its timeline was read", got, err, 4, 9, 7)
	again := build(5, "succeeded", func(b *devops.Build) { b.Finished = b.Finished.Add(time.Hour) })
	commit(t, d, devops.Batch{Builds: []devops.Build{again, build(2, "succeeded", nil), build(6, "succeeded", nil)}})
	got, err = d.BuildsWithoutTimeline(ctx, fabrikam, time.Time{}, 100)
	check("one ran again, and one came back", got, err, 4, 9, 5, 2, 7)
	got, err = d.OpenBuilds(ctx, fabrikam)
	check("open", got, err, 3)
}

func TestATimelineReplacesTheRecordsOfItsBuild(t *testing.T) {
	d := openNew(t)
	records := func(names ...string) devops.Batch {
		l := devops.Timeline{BuildID: 5, ProjectID: fabrikam, Read: epoch}
		for i, name := range names {
			l.Records = append(l.Records, devops.TimelineRecord{ID: guid("record", i), ParentID: guid("record", 0), Name: name})
		}
		return devops.Batch{Timelines: []devops.Timeline{l}}
	}
	neighbours := devops.Batch{Timelines: []devops.Timeline{{BuildID: 4, Read: epoch, Records: []devops.TimelineRecord{{ID: "x"}}}, {BuildID: 6, Read: epoch, Records: []devops.TimelineRecord{{ID: "y"}}}}}
	commit(t, d, schemaBatch(), neighbours)
	for _, c := range []struct {
		b    devops.Batch
		want devops.Changes
	}{
		{records("a", "b", "c"), devops.Changes{devops.Timelines: {Added: 1}, devops.TimelineRows: {Added: 3}}},
		{records("a", "b", "c"), devops.Changes{}},
		{records("a", "other"), devops.Changes{devops.Timelines: {Changed: 1}, devops.TimelineRows: {Changed: 1, Deleted: 1}}},
		{records(), devops.Changes{devops.Timelines: {Changed: 1}, devops.TimelineRows: {Deleted: 2}}},
	} {
		if got, err := d.Commit(ctx, c.b); err != nil || !maps.Equal(got, c.want) {
			t.Errorf("%v %v, want %v", got, err, c.want)
		}
	}
	if s, err := d.Stats(ctx); err != nil || s.Rows["timelineRecords"] != 2 {
		t.Errorf("the neighbours have %v %v", s.Rows, err)
	}
}

func TestRowsOfSourceControlThatCannotBeStoredAreRefusedWithASentence(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch())
	before := dump(t, d)
	at := day(2024, 1, 1)
	for name, b := range map[string]devops.Batch{
		"repository":      {Repositories: []devops.Repository{{Name: "R"}}},
		"branch":          {Branches: []devops.Branch{{RepositoryID: "r"}}},
		"list of none":    {BranchesOf: []string{""}},
		"commit":          {Commits: []devops.Commit{{RepositoryID: "r"}}},
		"push":            {Pushes: []devops.Push{{RepositoryID: "r"}}},
		"pull request":    {PullRequests: []devops.PullRequest{{Title: "T"}}},
		"review":          {Reviews: []devops.Review{{Threads: 1}}},
		"unread review":   {Reviews: []devops.Review{{PullRequestID: 1}}},
		"definition":      {Definitions: []devops.Definition{{ID: 1}}},
		"build":           {Builds: []devops.Build{{ProjectID: fabrikam, ID: -1}}},
		"build of none":   {Builds: []devops.Build{{ID: 1}}},
		"timeline":        {Timelines: []devops.Timeline{{ProjectID: fabrikam}}},
		"huge timeline":   {Timelines: []devops.Timeline{{BuildID: 1, Records: make([]devops.TimelineRecord, 1<<16)}}},
		"timeline record": {Timelines: []devops.Timeline{{BuildID: 1, Records: []devops.TimelineRecord{{Name: "N"}}}}},
		"deployment":      {Deployments: []devops.Deployment{{ID: 1}}},
		"test run":        {TestRuns: []devops.TestRun{{ProjectID: fabrikam}}},
		"changeset":       {Changesets: []devops.Changeset{{ProjectID: fabrikam}}},
		"changed file":    {Changesets: []devops.Changeset{{ID: 1, FilesRead: true, Files: []devops.ChangedFile{{}}}}},
		"TFVC branch":     {TFVCBranches: []devops.TFVCBranch{{ProjectID: fabrikam}}},
		"board":           {Boards: []devops.Board{{TeamID: "t"}}},
		"capacity":        {Capacities: []devops.Capacity{{TeamID: "t", IterationID: "i"}}},
		"days off":        {DaysOff: []devops.DaysOff{{TeamID: "t", IterationID: "i", Start: at}}},
	} {
		t.Run(name, func(t *testing.T) {
			b.Cursor = &devops.Cursor{Feed: "x", Token: name}
			changes, err := d.Commit(ctx, b)
			wantFault(t, err, fault.Invalid)
			if after := dump(t, d); after != before || changes != nil {
				t.Errorf("left behind %v: %s", changes, firstDifference(after, before))
			}
		})
	}
	if _, ok, err := d.Cursor(ctx, "x", ""); ok || err != nil {
		t.Errorf("a refused batch left its cursor: %v", err)
	}
}

func TestSeveralCursorsAreStoredWithOneBatch(t *testing.T) {
	d := openNew(t)
	b := devops.Batch{Cursor: &devops.Cursor{Feed: "a", Token: "1"}}
	for i := range 3 {
		b.Cursors = append(b.Cursors, devops.Cursor{Feed: "b", Scope: fmt.Sprint(i), Token: fmt.Sprint("t", i), Done: i == 1})
	}
	commit(t, d, b)
	for i := range 3 {
		if c, ok, err := d.Cursor(ctx, "b", fmt.Sprint(i)); c != b.Cursors[i] || !ok || err != nil {
			t.Errorf("%+v %v %v", c, ok, err)
		}
	}
}

// TestQuestionsOfEachRefreshUseTheirIndex holds the few secondary indexes to their purpose.
func TestQuestionsOfEachRefreshUseTheirIndex(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch(), oneOfEach())
	db := foreign(t, d.Path())
	_, indexes := query(t, db, "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
	want := []string{"fact_build_kept", "fact_build_open", "fact_build_waits", "fact_changeset_unread", "fact_item_deleted", "fact_pull_request_pending"}
	if !slices.Equal(indexes, want) {
		t.Errorf("the indexes are %v", indexes)
	}
	const mine = "project = (SELECT id FROM dim_project WHERE key = 'x')"
	for index, question := range map[string]string{
		"fact_build_kept":           "SELECT id FROM fact_build WHERE " + mine + " AND gone = 0 AND queued >= 5 ORDER BY id",
		"fact_build_open":           "SELECT id FROM fact_build WHERE " + mine + " AND completed = 0 AND gone = 0 ORDER BY id",
		"fact_build_waits":          "SELECT id FROM fact_build WHERE " + mine + " AND waits IS NOT NULL AND waits = 2 AND (5 IS NULL OR queued >= 5) ORDER BY queued DESC, id DESC LIMIT 9",
		"fact_changeset_unread":     "SELECT id FROM fact_changeset WHERE " + mine + " AND files_read = 0 ORDER BY id DESC LIMIT 9",
		"fact_pull_request_pending": "SELECT id FROM fact_pull_request q WHERE q." + mine + " AND (q.active = 1 OR q.reviewed IS NULL OR q.reviewed < q.closed + 86400000) AND q.active = 1 ORDER BY q.id",
	} {
		_, plan := query(t, db, "EXPLAIN QUERY PLAN "+question)
		if !strings.Contains(strings.Join(plan, "\n"), index) {
			t.Errorf("%s is not used:\n%s", index, strings.Join(plan, "\n"))
		}
	}
}
