package sqlite_test

import (
	"fmt"
	"slices"
	"time"

	"sightline/backend/devops"
)

func (s *sources) timeline(b *devops.Batch) {
	n := pick(s, s.builds)
	if n == nil {
		s.build(b)
		return
	}
	l := devops.Timeline{BuildID: n.ID, ProjectID: n.ProjectID, Read: s.tick()}
	if s.rand.IntN(6) == 0 {
		l.Empty = true
		b.Timelines = append(b.Timelines, l)
		return
	}
	stage := guid("stage", n.ID)
	l.Records = append(l.Records, devops.TimelineRecord{ID: stage, Kind: "Stage", Name: "Build", Identifier: "build", State: "completed", Result: "failed",
		Order: 1, Attempt: 1, Started: n.Started, Finished: s.tick()},
		devops.TimelineRecord{ID: guid("phase", n.ID), ParentID: stage, Kind: "Phase", Name: "Linux", Order: 1, Attempt: 1},
		devops.TimelineRecord{ID: guid("job", n.ID), ParentID: guid("phase", n.ID), Kind: "Job", Name: "Linux x64", Order: 1, Attempt: 1})
	for i := range 2 + s.rand.IntN(4) {
		r := devops.TimelineRecord{ID: guid("task", n.ID*100+i), ParentID: guid("job", n.ID), Kind: "Task", Name: fmt.Sprint("Step ", i), State: "completed",
			Result: "failed", Started: n.Started, Finished: s.now, Worker: "agent-7", Order: i + 1, Attempt: 1, Errors: s.rand.IntN(2), Warnings: i}
		if i == 0 {
			r.ID, r.ParentID, r.Result = "not a GUID", guid("unknown", 1), ""
		}
		if i == 2 {
			r.Result, r.Started, r.Finished = "skipped", time.Time{}, time.Time{}
		}
		l.Records = append(l.Records, r)
	}
	s.rand.Shuffle(len(l.Records), func(i, j int) { l.Records[i], l.Records[j] = l.Records[j], l.Records[i] })
	b.Timelines = append(b.Timelines, l)
}

func (s *sources) deployment(b *devops.Batch) {
	at := s.tick()
	id := 1 + s.rand.IntN(30) // some come again, further on
	b.Deployments = append(b.Deployments, devops.Deployment{ProjectID: contoso, ID: id, ReleaseID: id + 5, ReleaseName: fmt.Sprint("Release-", id),
		DefinitionID: 3, DefinitionName: "Ship", EnvironmentID: 4 + id%2, Environment: []string{"Test", "Production"}[id%2], Attempt: 1, Reason: "automated",
		Status: []string{"inProgress", "succeeded", "failed"}[s.rand.IntN(3)], Operation: "Approved", Queued: day(2024, 2, id%28+1), Started: at, Completed: s.tick(), Modified: at,
		RequestedFor: s.anybody(), RequestedBy: s.anybody(), BuildID: id % 3})
}

func (s *sources) testRun(b *devops.Batch) {
	r := devops.TestRun{ProjectID: s.project(), ID: 1 + s.rand.IntN(30), Name: "VSTest", Automated: true, State: "Completed", Started: s.tick(), Completed: s.tick(),
		Updated: s.tick(), Owner: s.anybody(), Total: 9, Passed: 5, Failed: 1, NotExecuted: 1, Incomplete: 1, NotApplicable: 1}
	if n := pick(s, s.builds); n != nil {
		r.BuildID = n.ID
	}
	if s.rand.IntN(2) == 0 {
		r.Outcomes, r.Stage, r.ReleaseID = map[string]int{"Passed": 5, "Failed": 1, "Not \"Impacted\"": 3}, "Test", 7
	}
	b.TestRuns = append(b.TestRuns, r)
}

func (s *sources) changeset(b *devops.Batch) {
	c := devops.Changeset{ID: s.id(), ProjectID: contoso, Author: s.anybody(), CheckedInBy: s.anybody(), Created: s.tick(), Comment: "Check-in"}
	s.changesets = append(s.changesets, c)
	b.Changesets = append(b.Changesets, c)
	if again := pick(s, s.changesets); s.rand.IntN(3) == 0 && again.ID != c.ID {
		seen := *again // the list of another project tells of it, without files
		seen.ProjectID = fabrikam
		b.Changesets = append(b.Changesets, seen)
	}
}

func (s *sources) changesetFiles(b *devops.Batch) {
	c := pick(s, s.changesets)
	if c == nil {
		s.changeset(b)
		return
	}
	read := *c
	read.FilesRead = true
	size := int64(1 << 40)
	for i := range s.rand.IntN(4) {
		read.Files = append(read.Files, devops.ChangedFile{Path: fmt.Sprintf("$/Contoso/src/%d/main.cs", i), Size: &size, Flags: devops.FlagEdit | devops.FlagMerge})
	}
	read.Files = append(read.Files, devops.ChangedFile{Path: "$/", Folder: true, Flags: devops.FlagAdd})
	b.Changesets = append(b.Changesets, read)
}

func (s *sources) tfvcList(b *devops.Batch) {
	list := s.branchPaths[contoso]
	if s.rand.IntN(3) == 0 && len(list) > 1 {
		list = slices.Delete(slices.Clone(list), 1, 2)
	} else {
		list = append(list, devops.TFVCBranch{ProjectID: contoso, Path: fmt.Sprint("$/Contoso/branch", s.id()), Parent: "$/Contoso/main", Owner: s.anybody(), Created: s.tick()})
	}
	list[0].Deleted = s.rand.IntN(2) == 0
	s.branchPaths[contoso] = list
	b.TFVCBranches, b.TFVCBranchesOf = slices.Clone(list), contoso
}

func (s *sources) board(b *devops.Batch) {
	b.BoardsOf = []string{"Team-1"}
	for i := range 1 + s.rand.IntN(2) {
		b.Boards = append(b.Boards, devops.Board{TeamID: "Team-1", ID: guid("board", i), Name: []string{"Stories", "Features"}[i], BacklogID: "Microsoft.RequirementCategory",
			ColumnField: "WEF_1_Kanban.Column", DoneField: "WEF_1_Kanban.Column.Done", LaneField: "WEF_1_Kanban.Lane",
			Columns: []devops.BoardColumn{{ID: "a", Name: "New", Kind: "incoming", States: map[string]string{"Bug": "New", "User Story": "New"}},
				{ID: "b", Name: "Doing", Kind: "inProgress", ItemLimit: 5 + s.rand.IntN(2), Split: true, Description: "Tested", States: map[string]string{"Bug": "Active"}}},
			Lanes: []devops.BoardLane{{ID: "c"}, {ID: "d", Name: "Expedite"}}})
	}
}

func (s *sources) capacity(b *devops.Batch) {
	b.CapacitiesOf = []devops.TeamIteration{{TeamID: "Team-1", IterationID: "I-22"}}
	for i := range 1 + s.rand.IntN(3) {
		b.Capacities = append(b.Capacities, devops.Capacity{TeamID: "Team-1", IterationID: "I-22", Person: personNamed(i + 1), Activity: []string{"Development", ""}[i%2], PerDay: float64(4+s.rand.IntN(4)) / 2})
	}
	if s.rand.IntN(2) == 0 {
		b.DaysOff = append(b.DaysOff, devops.DaysOff{TeamID: "Team-1", IterationID: "I-22", Start: day(2024, 1, 9), End: day(2024, 1, 10)},
			devops.DaysOff{TeamID: "Team-1", IterationID: "I-22", PersonID: personNamed(2).ID, Start: day(2024, 1, 11), End: day(2024, 1, 11)})
	}
}
