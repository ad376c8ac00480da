package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"sightline/backend/devops"
)

// world makes the batches of a small organization from a seed: two projects, people who are renamed,
// areas that move and vanish, work items that are edited, moved, deleted and restored.
type world struct {
	rand    *rand.Rand
	now     time.Time
	items   []devops.Revision // the newest revision of each
	batches []devops.Batch
}

var epoch = time.Date(2024, 1, 8, 7, 30, 0, 0, time.UTC)

const (
	fabrikam = "eb6e4656-77fc-42a1-9181-4c6d8e9da5d1"
	contoso  = "B4AF7E60-1A11-4D3B-9C3A-0E2A7E6B1C55"
)

var states = []devops.State{
	{Name: "New", Color: "b2b2b2", Category: devops.Proposed, Order: 0},
	{Name: "Active", Color: "007acc", Category: devops.InProgress, Order: 1},
	{Name: "Resolved", Color: "ff9d00", Category: devops.Resolved, Order: 2},
	{Name: "Closed", Color: "339933", Category: devops.Completed, Order: 3},
}

var typeNames = []string{"Bug", "User Story", "Task"}

func personNamed(i int) devops.Person {
	return devops.Person{ID: fmt.Sprintf("00000000-0000-4000-8000-%012d", i), Name: fmt.Sprintf("Person %d", i),
		UniqueName: fmt.Sprintf("person%d@example.com", i), Descriptor: fmt.Sprintf("aad.%d", i)}
}

func number(v float64) *float64 { return &v }

func truth(v bool) *bool { return &v }

// schemaBatch is what a refresh loads before work items.
func schemaBatch() devops.Batch {
	b := devops.Batch{
		Projects: []devops.Project{
			{ID: fabrikam, Name: "Fabrikam", Description: "Fibers", State: "wellFormed", Visibility: "private", LastUpdate: epoch,
				ProcessID: "adcc42ab-9882-485e-a3ed-7678f01f66bc", ProcessName: "Agile", Process: devops.ProcessAgile, Git: true, DefaultTeam: "team-1"},
			{ID: contoso, Name: "Contoso", State: "wellFormed", Process: devops.ProcessScrum, TFVC: true},
		},
		People:        []devops.Person{personNamed(1), personNamed(2)},
		Fields:        []devops.Field{{ReferenceName: "Custom.Risk", Name: "Risk", Type: "string", IsPicklist: true, Custom: true}, {ReferenceName: "Custom.Reviewer", Name: "Reviewer", Type: "identity", IsIdentity: true, Custom: true}},
		BacklogFields: []devops.BacklogFields{{ProjectID: fabrikam, Effort: "Microsoft.VSTS.Scheduling.StoryPoints", RemainingWork: "Microsoft.VSTS.Scheduling.RemainingWork", Order: "Microsoft.VSTS.Common.StackRank", Activity: "Microsoft.VSTS.Common.Activity"}, {ProjectID: contoso, Effort: "Microsoft.VSTS.Scheduling.Effort"}},
		NodesOf:       fabrikam,
		Nodes: []devops.Node{
			{ID: 10, Identifier: "a-10", ProjectID: fabrikam, Kind: devops.AreaNode, Name: "Fabrikam", Path: "Fabrikam"},
			{ID: 12, Identifier: "a-12", ProjectID: fabrikam, Kind: devops.AreaNode, ParentID: 10, Name: "Web", Path: `Fabrikam\Web`, Depth: 1},
			{ID: 11, Identifier: "a-11", ProjectID: fabrikam, Kind: devops.AreaNode, ParentID: 12, Name: "Cart", Path: `Fabrikam\Web\Cart`, Depth: 2},
			{ID: 13, Identifier: "a-13", ProjectID: fabrikam, Kind: devops.AreaNode, ParentID: 10, Name: "App", Path: `Fabrikam\App`, Depth: 1},
			{ID: 20, Identifier: "i-20", ProjectID: fabrikam, Kind: devops.IterationNode, Name: "Fabrikam", Path: "Fabrikam"},
			{ID: 22, Identifier: "i-22", ProjectID: fabrikam, Kind: devops.IterationNode, ParentID: 20, Name: "Sprint 10", Path: `Fabrikam\Sprint 10`, Depth: 1, Start: day(2024, 1, 8), Finish: day(2024, 1, 19)},
			{ID: 21, Identifier: "i-21", ProjectID: fabrikam, Kind: devops.IterationNode, ParentID: 20, Name: "Sprint 9", Path: `Fabrikam\Sprint 9`, Depth: 1, Start: day(2023, 12, 25), Finish: day(2024, 1, 5)},
		},
		Teams: []devops.Team{{ID: "Team-1", ProjectID: fabrikam, Name: "Fabrikam Team", WorkingDays: []string{"monday", "tuesday", "wednesday", "thursday", "friday"},
			BugsBehavior: "asRequirements", BacklogPath: "Fabrikam", Areas: []devops.TeamArea{{Path: `fabrikam\web`, IncludeChildren: true}, {Path: `Fabrikam\App`}}, IterationIDs: []string{"I-22", "i-21"}, DefaultAreaPth: `Fabrikam\Web`}},
	}
	for _, p := range []string{fabrikam, contoso} {
		for i, name := range typeNames {
			kind := []devops.BacklogKind{devops.RequirementBacklog, devops.RequirementBacklog, devops.TaskBacklog}[i]
			b.Types = append(b.Types, devops.WorkItemType{ProjectID: p, Name: name, ReferenceName: "Microsoft.VSTS.WorkItemTypes." + name, Color: "cc293d",
				States: slices.Clone(states), BacklogID: "Microsoft.RequirementCategory", BacklogName: "Stories", BacklogRank: 3, BacklogKind: kind, Bug: name == "Bug"})
		}
	}
	return b
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// makeWorld makes count revisions in pages of page, with links and a little trouble between them.
func makeWorld(seed uint64, count, page int) *world {
	w := &world{rand: rand.New(rand.NewPCG(seed, 1)), now: epoch, batches: []devops.Batch{schemaBatch()}}
	for made := 0; made < count; {
		n := min(page, count-made)
		b := devops.Batch{Revisions: make([]devops.Revision, 0, n)}
		for range n {
			b.Revisions = append(b.Revisions, w.next())
		}
		made += n
		b.Cursor = &devops.Cursor{Feed: "revisions", Scope: fabrikam, Token: fmt.Sprint(made), Done: made == count}
		w.batches = append(w.batches, b)
		w.batches = append(w.batches, w.linkBatch(1+n/10))
	}
	return w
}

func (w *world) linkBatch(n int) devops.Batch {
	var b devops.Batch
	for range n {
		source, target := w.rand.IntN(len(w.items))+1, w.rand.IntN(len(w.items))+1
		kind := devops.HierarchyLink
		if w.rand.IntN(3) == 0 {
			kind = "System.LinkTypes.Related"
		}
		b.Links = append(b.Links, devops.Link{Type: kind, Source: source, Target: target, Changed: w.tick(), Active: w.rand.IntN(4) > 0})
	}
	return b
}

func (w *world) tick() time.Time {
	w.now = w.now.Add(time.Duration(1+w.rand.IntN(90_000_000)) * time.Millisecond)
	return w.now
}

// next makes a new work item or a further revision of one.
func (w *world) next() devops.Revision {
	at := w.tick()
	if len(w.items) == 0 || w.rand.IntN(7) == 0 {
		id := len(w.items) + 1
		r := devops.Revision{ID: id, Rev: 1, ProjectID: fabrikam, ProjectName: "Fabrikam", Type: typeNames[id%3], State: "New", Reason: "New",
			Title: fmt.Sprintf("Item %d of the world, \"quoted\" and Grüße", id), AreaID: 10, AreaPath: "Fabrikam", IterationID: 20, Iteration: "Fabrikam",
			Changed: at, Created: at, StateChanged: at, ChangedBy: w.anybody(), Watermark: int64(id), Priority: number(2), Severity: "3 - Medium",
			ValueArea: "Business", Other: map[string]any{"Custom.Risk": "High", "Custom.Score": float64(id) / 4}}
		r.CreatedBy = r.ChangedBy
		w.items = append(w.items, r)
		return r
	}
	r := w.items[w.rand.IntN(len(w.items))]
	r.Rev++
	r.Changed, r.ChangedBy = at, w.anybody()
	r.Watermark += 1000
	w.edit(&r, at)
	w.items[r.ID-1] = r
	return r
}

// edit changes one thing.
func (w *world) edit(r *devops.Revision, at time.Time) {
	switch w.rand.IntN(14) {
	case 0, 1, 2:
		r.State = states[w.rand.IntN(len(states))].Name
		r.StateChanged = at
		r.Closed = time.Time{}
		if r.State == "Closed" {
			r.Closed = at
		}
	case 3:
		r.AssignedTo = w.anybody()
	case 4:
		r.AssignedTo = devops.Person{}
	case 5:
		r.StoryPoints = number(float64(w.rand.IntN(4)))
		r.RemainingWork = number(0.25)
	case 6:
		r.StoryPoints, r.RemainingWork = nil, nil
	case 7:
		r.Tags = [][]string{nil, {"blue"}, {"blue", "needs; care"}, {"red", "a \"b\""}}[w.rand.IntN(4)]
	case 8:
		r.AreaID, r.AreaPath = 12, `Fabrikam\Web`
		if w.rand.IntN(3) == 0 {
			r.AreaID, r.AreaPath = 0, `Fabrikam\Retired\Deep` // only its path is known
		}
	case 9:
		r.IterationID, r.Iteration = 21, `Fabrikam\Sprint 9`
		if w.rand.IntN(3) == 0 {
			r.IterationID, r.Iteration = 77, `Fabrikam\Forgotten` // the tree has it no more
		}
	case 10:
		r.Deleted = !r.Deleted
	case 11:
		r.Title = fmt.Sprintf("Renamed %d", w.rand.IntN(1000))
		r.Parent = w.rand.IntN(len(w.items) + 1)
	case 12:
		r.Other = map[string]any{"Custom.Risk": "", "Custom.Flag": w.rand.IntN(2) == 0, "Custom.Due": at.Truncate(time.Millisecond),
			"Custom.Reviewer": w.anybody(), "Custom.Score": 0.0}
	case 13:
		r.BoardColumn, r.BoardLane, r.BoardColumnDone = "Doing", "Expedite", truth(w.rand.IntN(2) == 0)
		r.StackRank, r.Comments = number(1.5e9), r.Comments+1
		r.Activity, r.BusinessValue = "Development", number(13)
	}
}

// anybody is a person, spelled as of now: some are renamed on the way, some have no id.
func (w *world) anybody() devops.Person {
	i := w.rand.IntN(9) + 1
	p := personNamed(i)
	if i == 5 && w.now.After(epoch.AddDate(1, 0, 0)) {
		p.Name = "Person Five, married"
	}
	if i == 9 {
		return devops.Person{Name: "Old Hand", UniqueName: "OLD@example.com"}
	}
	return p
}
