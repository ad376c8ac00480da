package sqlite_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/fault"
)

func TestOneRowOfEveryFactTable(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch(), devops.Batch{People: []devops.Person{personNamed(3)}}, oneOfEach())
	r := read(t, d)
	const at = "2024-03-02T01:00:00.500Z"
	const one, two, three = "Person 1 <person1@example.com>", "Person 2 <person2@example.com>", "Person 3 <person3@example.com>"
	want := map[string][]string{
		dataset.Commits:       {"Fabrikam|Web|" + sha(1) + "|Ann <ann@x.com>|Bob <bob@x.com>|" + at + "|2024-03-02T02:00:00.500Z|0|2|-"},
		dataset.PullRequests:  {"12|Fabrikam|Web|Mend|completed|yes|" + one + "|topic|main|risky; web|" + at + "|2024-03-03T13:00:00.500Z|2024-03-02T02:30:00.500Z|5|2"},
		dataset.Reviews:       {"12|" + two + "|Approved|yes", "12|" + three + "|No vote|no"},
		dataset.PipelineRuns:  {"50|Fabrikam|CI|Web|20240302.1|completed|failed|schedule|main|Default|" + one + "|nightly|" + at + "|2024-03-02T01:00:30.500Z|2024-03-02T01:05:00.500Z|no", "51|Fabrikam|-|-|2|inProgress|-|-|-|-|-|-|-|-|-|yes"},
		dataset.PipelineTasks: {"50|Test|Linux|-|failed|" + at + "|2024-03-02T01:00:03.000Z"},
		dataset.TestRuns:      {"8|Fabrikam|50|VSTest|Completed|yes|Build|Test|" + at + "|" + at + "|9|4|2|1|0"},
		dataset.Deployments:   {"4|Fabrikam|50|Release-9|Ship|Production|succeeded|manual|" + one + "|" + at + "|" + at + "|" + at},
		dataset.Changesets:    {"17|Contoso|" + one + "|" + two + "|" + at + "|In|-|2", "18|Contoso|-|-|-||-|-"},
		dataset.FileChanges:   {"17|Edit; Merge|.cs|$/Contoso/src", "17|Rename|-|$/"},
		dataset.TFVCBranches:  {"$/Contoso/main|Contoso|-|0|" + one + "|" + at},
	}
	var listed []string
	for _, table := range r.FactTables() {
		listed = append(listed, table.Table)
	}
	if len(listed) != len(want) {
		t.Errorf("it lists %q", listed)
	}
	for table, lines := range want {
		got := factLines(t, r, table)
		slices.Sort(got)
		if !slices.Equal(got, lines) {
			t.Errorf("%s\n got %q\nwant %q", table, got, lines)
		}
	}
	if got, want := r.Repositories(), []dataset.RepositoryRow{{ID: 1, Project: 1, Name: "Web", DefaultBranch: "main"}}; !slices.Equal(got, want) {
		t.Errorf("repositories %+v", got)
	}
	if got, want := r.Pipelines(), []dataset.PipelineRow{{ID: 1, Project: 1, Name: "CI", Folder: `\`}}; !slices.Equal(got, want) {
		t.Errorf("pipelines %+v", got)
	}
	boards := []dataset.TeamBoardRow{{Team: 1, Name: "Stories", Backlog: "Stories", Lanes: []string{"", "Expedite"},
		Columns: []dataset.BoardColumn{{Name: "New", Kind: "incoming"}, {Name: "Doing", Kind: "inProgress"}}}}
	if got := r.TeamBoards(); !reflect.DeepEqual(got, boards) {
		t.Errorf("boards %+v", got)
	}
}

func TestATableIsListedFromTheFirstPageOfItsFeedAndWhenItHasRows(t *testing.T) {
	d := openNew(t)
	tables := func() (names []string) {
		for _, f := range read(t, d).FactTables() {
			names = append(names, f.Table)
		}
		return names
	}
	if got := tables(); len(got) != 0 {
		t.Errorf("a new dataset lists %q", got)
	}
	commit(t, d, devops.Batch{Cursor: &devops.Cursor{Feed: "pullRequests", Scope: fabrikam, Token: "1"}},
		devops.Batch{TFVCBranches: []devops.TFVCBranch{{ProjectID: contoso, Path: "$/Contoso/main"}}})
	if got, want := tables(), []string{dataset.PullRequests, dataset.Reviews, dataset.TFVCBranches}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := factLines(t, read(t, d), dataset.Commits); len(got) != 0 {
		t.Errorf("%q", got)
	}
	err := read(t, d).Facts("Work items", nil)
	wantFault(t, err, fault.NotFound)
}

func TestACommitterIsThePersonOfThatAddressElseSomebodyForEachAddress(t *testing.T) {
	d := openNew(t)
	shared := personNamed(4)
	shared.ID, shared.UniqueName = "00000000-0000-4000-8000-00000000000f", "shared@example.com"
	other := shared
	other.ID = "00000000-0000-4000-8000-00000000000e"
	b := devops.Batch{People: []devops.Person{shared, other}, Repositories: []devops.Repository{{ID: guid("repository", 1), ProjectID: fabrikam, Name: "Web"}}}
	for i, who := range []devops.Signature{{Name: "p. one", Address: "PERSON1@example.com"}, {Name: "Ann", Address: "ann@home.net"}, {Name: "Ann", Address: "ann@work.com"},
		{Name: "Ann B.", Address: "Ann@Work.com"}, {Name: "Shared", Address: "shared@example.com"}, {Name: "No address"}, {}} {
		b.Commits = append(b.Commits, devops.Commit{RepositoryID: guid("repository", 1), ID: sha(i), Author: who})
	}
	commit(t, d, schemaBatch(), b)
	r := read(t, d)
	names, got := namesOf(r), []string{}
	people := map[int64]bool{}
	if err := r.Facts(dataset.Commits, func(row *dataset.FactRow) error {
		people[row.Values[3]] = true
		got = append(got, names.text(dataset.FactPerson, row.Values[3], nil))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"Person 1 <person1@example.com>", "Ann <ann@home.net>", "Ann B. <ann@work.com>", "Ann B. <ann@work.com>", "Shared <shared@example.com>", "No address <>", "-"}; !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if len(people) != 6 {
		t.Errorf("%d people wrote", len(people))
	}
}

func TestRefsLoseWhatEveryBranchBeginsWith(t *testing.T) {
	d := openNew(t)
	var b devops.Batch
	refs := []string{"refs/heads/main", "refs/heads/users/ann/x", "refs/pull/12/merge", "refs/tags/v1", "$/Contoso/main", "main", ""}
	for i, ref := range refs {
		b.Builds = append(b.Builds, devops.Build{ID: i + 1, ProjectID: fabrikam, Branch: ref})
	}
	commit(t, d, schemaBatch(), b)
	r := read(t, d)
	names, got := namesOf(r), []string{}
	ids := map[string]int64{}
	if err := r.Facts(dataset.PipelineRuns, func(row *dataset.FactRow) error {
		branch := names.text(dataset.FactText, row.Values[8], nil)
		if id, known := ids[branch]; known && id != row.Values[8] {
			t.Errorf("%s has two numbers", branch)
		}
		ids[branch] = row.Values[8]
		got = append(got, branch)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"main", "users/ann/x", "pull/12/merge", "tags/v1", "$/Contoso/main", "main", "-"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTasksAreThoseThatBeganWithTheirJobAndStage(t *testing.T) {
	d := openNew(t)
	at := time.Date(2024, 3, 2, 1, 0, 0, 0, time.UTC)
	record := func(id, parent int, kind, name, result string, seconds int) devops.TimelineRecord {
		r := devops.TimelineRecord{ID: guid("record", id), Kind: kind, Name: name, Result: result, State: "completed", Attempt: 1}
		if parent > 0 {
			r.ParentID = guid("record", parent)
		}
		if seconds > 0 {
			r.Started, r.Finished = at, at.Add(time.Duration(seconds)*time.Second)
		}
		return r
	}
	commit(t, d, schemaBatch(), devops.Batch{
		Builds: []devops.Build{{ID: 50, ProjectID: fabrikam, Status: "completed"}, {ID: 51, ProjectID: fabrikam, Status: "completed"}},
		Timelines: []devops.Timeline{
			{BuildID: 50, ProjectID: fabrikam, Read: at, Records: []devops.TimelineRecord{
				record(1, 0, "Stage", "Deploy", "failed", 9), record(2, 1, "Phase", "Roll out", "failed", 9), record(3, 2, "Job", "Linux", "failed", 9),
				record(4, 3, "Task", "Copy", "failed", 4), record(5, 3, "Task", "Tidy", "skipped", 0), record(6, 3, "Task", "Report", "canceled", 1),
				record(7, 0, "Stage", "__default", "succeeded", 9), record(8, 7, "Job", "__default", "succeeded", 9), record(9, 8, "Task", "Build", "succeeded", 2),
				{ID: guid("record", 10), ParentID: guid("nowhere", 1), Kind: "Task", Name: "Lost", Result: "succeeded", Started: at},
				record(11, 0, "Checkpoint", "Approval", "succeeded", 3)}},
			{BuildID: 99, ProjectID: fabrikam, Read: at, Records: []devops.TimelineRecord{record(20, 0, "Task", "Of a run that is not there", "failed", 3)}},
			{BuildID: 51, ProjectID: fabrikam, Read: at, Records: []devops.TimelineRecord{record(30, 0, "Task", "Alone", "succeeded", 3)}},
		}})
	got := factLines(t, read(t, d), dataset.PipelineTasks)
	slices.Sort(got)
	const began = "2024-03-02T01:00:00.000Z"
	want := []string{
		"50|Build|-|-|succeeded|" + began + "|2024-03-02T01:00:02.000Z",
		"50|Copy|Linux|Deploy|failed|" + began + "|2024-03-02T01:00:04.000Z",
		"50|Lost|-|-|succeeded|" + began + "|-",
		"50|Report|Linux|Deploy|canceled|" + began + "|2024-03-02T01:00:01.000Z",
		"51|Alone|-|-|succeeded|" + began + "|2024-03-02T01:00:03.000Z",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestWorkflowAndNotImpactedOfTestRuns(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch(), devops.Batch{
		Builds: []devops.Build{{ID: 50, ProjectID: fabrikam}},
		TestRuns: []devops.TestRun{
			{ProjectID: fabrikam, ID: 1, BuildID: 50, Outcomes: map[string]int{"Passed": 1, "NotImpacted": 7}},
			{ProjectID: fabrikam, ID: 2, BuildID: 50, ReleaseID: 3, Outcomes: map[string]int{"Passed": 1}},
			{ProjectID: fabrikam, ID: 3, BuildID: 60}, // of a run that is not loaded
			{ProjectID: fabrikam, ID: 4, Automated: true},
			{ProjectID: fabrikam, ID: 5}}})
	var got []string
	r := read(t, d)
	names := namesOf(r)
	if err := r.Facts(dataset.TestRuns, func(row *dataset.FactRow) error {
		v := row.Values
		got = append(got, names.text(dataset.FactText, v[6], nil)+" "+names.text(dataset.FactParent, v[2], nil)+" "+names.text(dataset.FactNumber, v[14], nil))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"Build 50 7", "Release 50 0", "Build - -", "Manual - -", "Manual - -"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAChangesetStandsUnderEveryBranchItsFilesLieIn(t *testing.T) {
	d := openNew(t)
	changeset := func(id int, paths ...string) devops.Changeset {
		c := devops.Changeset{ID: id, ProjectID: contoso, FilesRead: true}
		for _, p := range paths {
			c.Files = append(c.Files, devops.ChangedFile{Path: p, Flags: devops.FlagEdit})
		}
		return c
	}
	commit(t, d, schemaBatch(), devops.Batch{
		TFVCBranches: []devops.TFVCBranch{{ProjectID: contoso, Path: "$/Contoso/Main"}, {ProjectID: contoso, Path: "$/Contoso/Main/Hotfix", Parent: "$/Contoso/Main"},
			{ProjectID: contoso, Path: "$/Contoso/Rel1", Parent: "$/contoso/main", Gone: true}, {ProjectID: contoso, Path: "$/Contoso/Rel", Parent: "$/Contoso/Main/Hotfix"}},
		Changesets: []devops.Changeset{
			changeset(1, "$/Contoso/Main/src/a.cs", "$/Contoso/Rel1/a.cs", "$/Contoso/Main/b"),
			changeset(2, "$/contoso/MAIN/hotfix/a.cs"), // other case, and the longer path
			changeset(3, "$/Contoso/Main/Hotfix"),      // the branch itself
			changeset(4, "$/Contoso/Release/a.cs", "$/Other/x"),
			changeset(5), changeset(6, "$/Contoso/Rel1/c", "$/Contoso/Main/c"),
			{ID: 7, ProjectID: contoso}}})
	r := read(t, d)
	names, got, sets := namesOf(r), []string{}, map[int64]bool{}
	if err := r.Facts(dataset.Changesets, func(row *dataset.FactRow) error {
		got = append(got, names.text(dataset.FactTags, row.Values[6], nil)+" "+names.text(dataset.FactNumber, row.Values[7], nil))
		sets[row.Values[6]] = true
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want := []string{"$/Contoso/Main; $/Contoso/Rel1 3", "$/Contoso/Main/Hotfix 1", "$/Contoso/Main/Hotfix 1", "- 2", "- 0", "$/Contoso/Main; $/Contoso/Rel1 2", "- -"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if len(sets) != 3 {
		t.Errorf("%d sets of branches", len(sets))
	}
	branches := []string{"$/Contoso/Main|Contoso|-|0|-|-", "$/Contoso/Main/Hotfix|Contoso|$/Contoso/Main|1|-|-", "$/Contoso/Rel|Contoso|$/Contoso/Main/Hotfix|2|-|-"}
	if got := factLines(t, r, dataset.TFVCBranches); !slices.Equal(got, branches) {
		t.Errorf("got %q", got)
	}
}

func TestChangeTypesAndExtensionsOfFiles(t *testing.T) {
	d := openNew(t)
	file := func(path string, flags devops.ChangeFlags) devops.ChangedFile {
		return devops.ChangedFile{Path: path, Flags: flags}
	}
	commit(t, d, schemaBatch(), devops.Batch{Changesets: []devops.Changeset{{ID: 1, ProjectID: contoso, FilesRead: true, Files: []devops.ChangedFile{
		file("$/P/a.CS", devops.FlagAdd|devops.FlagEncoding), file("$/P/b.cs", devops.FlagDelete|devops.FlagSourceRename), file("$/P/.gitignore", devops.FlagLock),
		file("$/P/none", 0), file("$/P/x.tar.gz", devops.FlagUndelete|devops.FlagRollback|devops.FlagBranch), file("$/P/end.", devops.FlagProperty|devops.FlagTargetRename),
		file("$/P/ü.ÄÖ", 1<<20), {Path: "$/P/folder.d", Folder: true, Flags: devops.FlagRename}}}}})
	got := factLines(t, read(t, d), dataset.FileChanges)
	want := []string{"1|Add; Encoding|.cs|$/P", "1|Delete; Source rename|.cs|$/P", "1|Lock|-|$/P", "1|-|-|$/P", "1|Branch; Rollback; Undelete|.gz|$/P",
		"1|Property; Target rename|-|$/P", "1|-|.äö|$/P", "1|Rename|-|$/P"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestAVisitorOfFactsStopsTheWalkWithItsOwnError(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch(), oneOfEach())
	r := read(t, d)
	stop := errors.New("enough")
	for _, table := range r.FactTables() {
		rows := 0
		if err := r.Facts(table.Table, func(*dataset.FactRow) error { rows++; return stop }); err != stop || rows != 1 {
			t.Errorf("%s: %v after %d rows", table.Table, err, rows)
		}
		if len(factLines(t, r, table.Table)) == 0 {
			t.Errorf("%s cannot be walked again", table.Table)
		}
	}
}
