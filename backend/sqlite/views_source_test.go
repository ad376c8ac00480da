package sqlite_test

import (
	"slices"
	"testing"
	"time"

	"sightline/backend/devops"
)

// oneOfEach is one known row of every entity of source control and pipelines.
func oneOfEach() devops.Batch {
	at := time.Date(2024, 3, 2, 1, 0, 0, 500_000_000, time.UTC)
	head, other := sha(1), sha(2)
	size := int64(120)
	repository := guid("repository", 1)
	b := devops.Batch{
		Repositories: []devops.Repository{{ID: repository, ProjectID: fabrikam, Name: "Web", DefaultBranch: "refs/heads/main", Size: 9, WebURL: "https://x", Fork: true}},
		Branches:     []devops.Branch{{RepositoryID: repository, Name: "refs/heads/main", Head: head}, {RepositoryID: repository, Name: "refs/heads/old", Gone: true}},
		Commits: []devops.Commit{{RepositoryID: repository, ID: head, Author: devops.Signature{Name: "Ann", Address: "ann@x.com", At: at},
			Committer: devops.Signature{Name: "Bob", Address: "bob@x.com", At: at.Add(time.Hour)}, Comment: "First", Adds: count(0), Edits: count(2)}},
		Pushes: []devops.Push{{RepositoryID: repository, ID: 7, At: at, By: personNamed(1), Updates: []devops.RefUpdate{{Name: "refs/heads/main", Old: other, New: head}, {Name: "refs/tags/v1", New: head}}}},
		PullRequests: []devops.PullRequest{{ID: 12, RepositoryID: repository, ProjectID: fabrikam, Title: "Mend", Status: devops.CompletedPullRequest,
			Source: "refs/heads/topic", Target: "refs/heads/main", MergeStatus: "succeeded", Draft: true, Created: at, Closed: at.Add(36 * time.Hour), CreatedBy: personNamed(1),
			ClosedBy: personNamed(2), Reviewers: []devops.Reviewer{{Person: personNamed(2), Vote: 10, Required: true}, {Person: personNamed(3), Group: true, Declined: true}},
			Labels: []string{"risky", "web"}, SourceCommit: head}},
		Reviews: []devops.Review{{PullRequestID: 12, RepositoryID: repository, ProjectID: fabrikam, Read: at.Add(40 * time.Hour), Threads: 2, Comments: 5,
			FirstReview: at.Add(90 * time.Minute), Votes: []devops.Vote{{Person: personNamed(2), Vote: -5, At: at.Add(90 * time.Minute)}, {Person: personNamed(2), Vote: 10, At: at.Add(2 * time.Hour)}}}},
		Definitions: []devops.Definition{{ProjectID: fabrikam, ID: 3, Name: "CI", Path: `\`, QueueStatus: "enabled", Kind: "build"}},
		Builds: []devops.Build{{ID: 50, ProjectID: fabrikam, Number: "20240302.1", DefinitionID: 3, DefinitionName: "CI of old", Status: devops.BuildCompleted, Result: "failed",
			Reason: "schedule", Branch: "refs/heads/main", Commit: head, RepositoryID: repository, RepositoryKind: "TfsGit", Pool: "Default", Queued: at,
			Started: at.Add(30 * time.Second), Finished: at.Add(5 * time.Minute), RequestedFor: personNamed(1), RequestedBy: personNamed(3), Tags: []string{"nightly"}, KeepForever: true},
			{ID: 51, ProjectID: fabrikam, Number: "2", Status: "inProgress", Commit: "C12", RepositoryID: "$/", RepositoryKind: "TfsVersionControl"}},
		GoneBuilds: []int{51},
		Timelines: []devops.Timeline{{BuildID: 50, ProjectID: fabrikam, Read: at, Records: []devops.TimelineRecord{
			{ID: "b0000000-0000-4000-8000-000000000000", ParentID: "a0000000-0000-4000-8000-000000000000", Kind: "Task", Name: "Test", Identifier: "t", State: "completed",
				Result: "failed", Worker: "agent", Order: 2, Attempt: 1, Errors: 3, Warnings: 4, Started: at, Finished: at.Add(2500 * time.Millisecond)},
			{ID: "a0000000-0000-4000-8000-000000000000", Kind: "Job", Name: "Linux", State: "completed", Order: 1, Attempt: 1}}}},
		Deployments: []devops.Deployment{{ProjectID: fabrikam, ID: 4, ReleaseID: 9, ReleaseName: "Release-9", DefinitionID: 2, DefinitionName: "Ship", EnvironmentID: 6, Environment: "Production",
			Attempt: 2, Reason: "manual", Status: "succeeded", Operation: "Approved", Queued: at, Started: at, Completed: at, Modified: at, RequestedFor: personNamed(1), RequestedBy: personNamed(2), BuildID: 50}},
		TestRuns: []devops.TestRun{{ProjectID: fabrikam, ID: 8, Name: "VSTest", Automated: true, State: "Completed", Started: at, Completed: at, Owner: personNamed(1), BuildID: 50, Stage: "Test",
			Total: 9, Passed: 4, Failed: 2, NotExecuted: 1, Incomplete: 1, NotApplicable: 1, Outcomes: map[string]int{"Passed": 4, "Failed": 2}}},
		Changesets: []devops.Changeset{{ID: 17, ProjectID: contoso, Author: personNamed(1), CheckedInBy: personNamed(2), Created: at, Comment: "In", FilesRead: true,
			Files: []devops.ChangedFile{{Path: "$/Contoso/src/a.cs", Size: &size, Flags: devops.FlagEdit | devops.FlagMerge}, {Path: "$/Contoso", Folder: true, Flags: devops.FlagRename}}},
			{ID: 18, ProjectID: contoso}},
		TFVCBranches: []devops.TFVCBranch{{ProjectID: contoso, Path: "$/Contoso/main", Owner: personNamed(1), Created: at}, {ProjectID: contoso, Path: "$/Contoso/r1", Parent: "$/Contoso/main", Deleted: true}},
		Capacities:   []devops.Capacity{{TeamID: "team-1", IterationID: "i-22", Person: personNamed(1), Activity: "Development", PerDay: 5.5}},
		DaysOff: []devops.DaysOff{{TeamID: "Team-1", IterationID: "I-22", Start: day(2024, 1, 9), End: day(2024, 1, 10)},
			{TeamID: "Team-1", IterationID: "I-22", PersonID: personNamed(2).ID, Start: day(2024, 1, 9), End: day(2024, 1, 9)}},
		Boards: []devops.Board{{TeamID: "Team-1", ID: "B-1", Name: "Stories", BacklogID: "Microsoft.RequirementCategory", ColumnField: "WEF.Column", Columns: []devops.BoardColumn{
			{ID: "1", Name: "New", Kind: "incoming", States: map[string]string{"Bug": "New"}},
			{ID: "2", Name: "Doing", Kind: "inProgress", ItemLimit: 5, Split: true, Description: "Done is tested", States: map[string]string{"Bug": "Active", "Task": "Active"}}},
			Lanes: []devops.BoardLane{{ID: "3"}, {ID: "4", Name: "Expedite"}}}},
	}
	return b
}

func TestTheViewsOfSourceControlAndPipelines(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch(), devops.Batch{People: []devops.Person{personNamed(3)}}, oneOfEach())
	db := foreign(t, d.Path())
	const at, later = "2024-03-02T01:00:00.500Z", "2024-03-02T02:30:00.500Z"
	board := "b-1|team-1|"
	for view, want := range map[string][]string{
		"repository":      {guid("repository", 1) + "|Fabrikam|Web|refs/heads/main|9|https://x|0|0|1|0"},
		"branch":          {"Fabrikam|Web|refs/heads/main|" + sha(1) + "|0", "Fabrikam|Web|refs/heads/old|null|1"},
		"git_commit":      {"Fabrikam|Web|" + sha(1) + "|Ann|ann@x.com|" + at + "|Bob|bob@x.com|2024-03-02T02:00:00.500Z|0|2|null|First"},
		"push":            {"Fabrikam|Web|7|" + at + "|Person 1|person1@example.com"},
		"push_ref_update": {"Fabrikam|Web|7|refs/heads/main|" + sha(2) + "|" + sha(1), "Fabrikam|Web|7|refs/tags/v1|null|" + sha(1)},
		"pull_request": {"12|Fabrikam|Web|Mend|completed|1|refs/heads/topic|refs/heads/main|succeeded|Person 1|person1@example.com|" + at +
			"|2024-03-03T13:00:00.500Z|Person 2|36|" + later + "|1.5|2|5|risky; web|" + sha(1)},
		"pull_request_reviewer": {"12|Person 2|person2@example.com|10|1|0|0", "12|Person 3|person3@example.com|0|0|1|1"},
		"pull_request_vote":     {"12|Person 2|person2@example.com|-5|" + later, "12|Person 2|person2@example.com|10|2024-03-02T03:00:00.500Z"},
		"pull_request_label":    {"12|risky", "12|web"},
		"build_definition":      {`3|Fabrikam|CI|\|enabled|build|0`},
		"build": {"50|Fabrikam|3|CI|20240302.1|completed|failed|schedule|refs/heads/main|" + sha(1) + "|TfsGit|Web|Default|" + at + "|2024-03-02T01:00:30.500Z|2024-03-02T01:05:00.500Z" +
			"|0.5|4.5|Person 1|person1@example.com|Person 3|nightly|1|0",
			"51|Fabrikam|null|null|2|inProgress|null|null|null|C12|TfsVersionControl|$/|null|null|null|null|null|null|null|null|null|null|0|1"},
		"build_tag": {"50|nightly"},
		"build_timeline_record": {"50|1|null|Job|Linux|null|completed|null|null|1|1|0|0|null|null|null",
			"50|2|1|Task|Test|t|completed|failed|agent|2|1|3|4|" + at + "|2024-03-02T01:00:03.000Z|2.5"},
		"deployment":         {"4|Fabrikam|2|Ship|9|Release-9|6|Production|2|manual|succeeded|Approved|" + at + "|" + at + "|" + at + "|Person 1|Person 2|50"},
		"test_run":           {"8|Fabrikam|VSTest|1|Completed|" + at + "|" + at + "|Person 1|50|null|Test|9|4|2|1|1|1"},
		"test_run_outcome":   {"8|Fabrikam|Failed|2", "8|Fabrikam|Passed|4"},
		"changeset":          {"17|Contoso|Person 1|person1@example.com|Person 2|" + at + "|In|2", "18|Contoso|null|null|null|null|null|null"},
		"changeset_project":  {"17|Contoso", "18|Contoso"},
		"changed_file":       {"17|$/Contoso/src/a.cs|0|120|0|1|0|0|0|1|34", "17|$/Contoso|1|null|0|0|0|1|0|0|8"},
		"tfvc_branch":        {"$/Contoso/main|Contoso|null|Person 1|" + at + "|0|0", "$/Contoso/r1|Contoso|$/Contoso/main|null|null|1|0"},
		"board":              {board + "Fabrikam Team|Fabrikam|Stories|Microsoft.RequirementCategory"},
		"board_column":       {board + "0|New|incoming|null|0|null", board + "1|Doing|inProgress|5|1|Done is tested"},
		"board_column_state": {board + "0|New|Bug|New", board + "1|Doing|Bug|Active", board + "1|Doing|Task|Active"},
		"board_lane":         {board + "0|", board + "1|Expedite"},
		"team_capacity":      {`team-1|Fabrikam Team|22|Fabrikam\Sprint 10|Person 1|person1@example.com|Development|5.5`},
		"team_day_off":       {`team-1|Fabrikam Team|22|Fabrikam\Sprint 10|Person 2|2024-01-09|2024-01-09`, `team-1|Fabrikam Team|22|Fabrikam\Sprint 10|null|2024-01-09|2024-01-10`},
	} {
		_, got := query(t, db, "SELECT * FROM "+view)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", view, got, want)
		}
	}
}
