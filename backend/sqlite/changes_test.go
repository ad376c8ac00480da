package sqlite_test

import (
	"database/sql"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"sightline/backend/devops"
)

// mixedWorld is all entities: work items beside source control and pipelines. No batch has two versions of one
// row, which would be counted one after the other.
func mixedWorld(seed uint64, revisions, page, others int) []devops.Batch {
	var out []devops.Batch
	work, rest := makeWorld(seed, revisions, page).batches, makeSources(seed, others)
	for i := range work {
		seen := map[linkKey]bool{}
		work[i].Links = slices.DeleteFunc(work[i].Links, func(l devops.Link) bool {
			key := linkKey{l.Type, l.Source, l.Target}
			twice := seen[key]
			seen[key] = true
			return twice
		})
	}
	for len(work)+len(rest) > 0 {
		if len(rest) == 0 || len(work) > 0 && len(work)*others >= len(rest)*revisions*2/page {
			out, work = append(out, work[0]), work[1:]
		} else {
			out, rest = append(out, rest[0]), rest[1:]
		}
	}
	return out
}

func TestACommitSaysWhatItChanged(t *testing.T) {
	seen := devops.Changes{}
	for seed := range seeds(3) {
		d, m := openNew(t), newTallied()
		db := foreign(t, d.Path())
		for i, b := range mixedWorld(seed, 500, 50, 400) {
			got, err := d.Commit(ctx, b)
			if err != nil {
				t.Fatal(err)
			}
			if want := m.apply(b); !maps.Equal(got, want) {
				t.Fatalf("seed %d, batch %d:\n got %v\nwant %v\n%+v", seed, i, got, want, b)
			}
			for e, c := range got {
				seen.Add(e, c)
			}
			before := generationOf(t, db)
			if got, err = d.Commit(ctx, b); err != nil || len(got) > 0 {
				t.Fatalf("seed %d, batch %d came again and changed %v, %v", seed, i, got, err)
			}
			if after := generationOf(t, db); after != before {
				t.Fatalf("nothing changed, but generation %s became %s", before, after)
			}
		}
	}
	if raceEnabled {
		return // one world alone does not do everything
	}
	for _, e := range []devops.Entity{devops.WorkItems, devops.Revisions, devops.Links, devops.Repositories, devops.Branches, devops.Commits, devops.Pushes,
		devops.PullRequests, devops.Reviews, devops.Definitions, devops.Builds, devops.Timelines, devops.TimelineRows, devops.Deployments, devops.TestRuns,
		devops.Changesets, devops.ChangedFiles, devops.TFVCBranches, devops.Boards, devops.Capacities} {
		if seen[e].Added == 0 {
			t.Errorf("this test never adds %s", e)
		}
	}
	for _, e := range []devops.Entity{devops.WorkItems, devops.Links, devops.Repositories, devops.Branches, devops.Definitions, devops.Builds, devops.TimelineRows,
		devops.ChangedFiles, devops.TFVCBranches, devops.Boards, devops.Capacities} {
		if seen[e].Deleted == 0 {
			t.Errorf("this test never deletes %s", e)
		}
	}
}

func generationOf(t *testing.T, db *sql.DB) string {
	t.Helper()
	_, rows := query(t, db, "SELECT value FROM dataset_info WHERE name = 'generation'")
	return rows[0]
}

func TestChangesOfTheSchemaAndOfWorkItemsThatComeAgain(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch(), revisions(revision(1, 1, nil), revision(1, 2, nil), revision(2, 1, nil)))
	for _, c := range []struct {
		name string
		b    devops.Batch
		want devops.Changes
	}{
		{"the schema again", schemaBatch(), devops.Changes{}},
		{"an older revision", revisions(revision(2, 0, nil)), devops.Changes{devops.Revisions: {Added: 1}}},
		{"the current one with another title", revisions(revision(2, 1, func(r *devops.Revision) { r.Title = "New" })),
			devops.Changes{devops.Revisions: {Changed: 1}, devops.WorkItems: {Changed: 1}}},
		{"an old one with another title", revisions(revision(1, 1, func(r *devops.Revision) { r.Title = "New" })), devops.Changes{devops.Revisions: {Changed: 1}}},
		{"a deletion", revisions(revision(1, 3, func(r *devops.Revision) { r.Deleted = true })),
			devops.Changes{devops.Revisions: {Added: 1}, devops.WorkItems: {Deleted: 1}}},
		{"the deletion corrected", revisions(revision(1, 3, nil)), devops.Changes{devops.Revisions: {Changed: 1}, devops.WorkItems: {Added: 1}}},
		{"one that is born deleted", revisions(revision(7, 1, func(r *devops.Revision) { r.Deleted = true })), devops.Changes{devops.Revisions: {Added: 1}}},
		{"and restored", revisions(revision(7, 2, nil)), devops.Changes{devops.Revisions: {Added: 1}, devops.WorkItems: {Added: 1}}},
		{"a work item whose number is the key of another's revision", revisions(revision(1<<20|1, 1, nil), revision(1, 1, nil)),
			devops.Changes{devops.Revisions: {Added: 1, Changed: 1}, devops.WorkItems: {Added: 1}}},
		{"destroyed", devops.Batch{Destroyed: []int{1, 99}},
			devops.Changes{devops.Revisions: {Deleted: 3}, devops.WorkItems: {Deleted: 1}, devops.Destroyed: {Deleted: 1}}},
		{"a project that is gone", devops.Batch{Projects: []devops.Project{{ID: contoso, Name: "Contoso", State: "wellFormed", Process: devops.ProcessScrum, TFVC: true, Gone: true}}},
			devops.Changes{devops.Projects: {Deleted: 1}}},
		{"a type that lost a state", func() devops.Batch {
			kind := schemaBatch().Types[0]
			kind.States = kind.States[:3]
			return devops.Batch{Types: []devops.WorkItemType{kind}}
		}(), devops.Changes{devops.WorkItemTypes: {Changed: 1}}},
		{"a tree that lost a node", func() devops.Batch {
			b := schemaBatch()
			return devops.Batch{NodesOf: fabrikam, Nodes: slices.Delete(b.Nodes, 3, 4)}
		}(), devops.Changes{devops.Areas: {Deleted: 1}}},
		{"a team with other areas", func() devops.Batch {
			team := schemaBatch().Teams[0]
			team.Areas = team.Areas[:1]
			return devops.Batch{Teams: []devops.Team{team}}
		}(), devops.Changes{devops.Teams: {Changed: 1}}},
		{"a person", devops.Batch{People: []devops.Person{{ID: personNamed(1).ID, Name: "Renamed"}}}, devops.Changes{}},
	} {
		got, err := d.Commit(ctx, c.b)
		if err != nil || !maps.Equal(got, c.want) {
			t.Errorf("%s: %v %v, want %v", c.name, got, err, c.want)
		}
	}
}

// single cuts a batch into batches of one row each, but for lists that are whole.
func single(b devops.Batch) []devops.Batch {
	var out []devops.Batch
	cut := func(n int, one func(i int) devops.Batch) {
		for i := range n {
			out = append(out, one(i))
		}
	}
	cut(len(b.Repositories), func(i int) devops.Batch { return devops.Batch{Repositories: b.Repositories[i : i+1]} })
	cut(len(b.Commits), func(i int) devops.Batch { return devops.Batch{Commits: b.Commits[i : i+1]} })
	cut(len(b.Pushes), func(i int) devops.Batch { return devops.Batch{Pushes: b.Pushes[i : i+1]} })
	cut(len(b.PullRequests), func(i int) devops.Batch { return devops.Batch{PullRequests: b.PullRequests[i : i+1]} })
	cut(len(b.Reviews), func(i int) devops.Batch { return devops.Batch{Reviews: b.Reviews[i : i+1]} })
	cut(len(b.Builds), func(i int) devops.Batch { return devops.Batch{Builds: b.Builds[i : i+1]} })
	cut(len(b.Timelines), func(i int) devops.Batch { return devops.Batch{Timelines: b.Timelines[i : i+1]} })
	cut(len(b.Changesets), func(i int) devops.Batch { return devops.Batch{Changesets: b.Changesets[i : i+1]} })
	rest := b
	rest.Repositories, rest.Commits, rest.Pushes, rest.PullRequests, rest.Reviews = nil, nil, nil, nil, nil
	rest.Builds, rest.Timelines, rest.Changesets = nil, nil, nil
	return append(out, rest)
}

// streams takes a load apart into feeds that know nothing of each other, as parts that load at the same time.
func streams(batches []devops.Batch) [][]devops.Batch {
	out := make([][]devops.Batch, 9)
	add := func(i int, b devops.Batch) { out[i] = append(out[i], b) }
	for _, b := range batches {
		add(0, devops.Batch{Projects: b.Projects, People: b.People, Fields: b.Fields, Types: b.Types, BacklogFields: b.BacklogFields, Nodes: b.Nodes, NodesOf: b.NodesOf,
			Teams: b.Teams, Boards: b.Boards, BoardsOf: b.BoardsOf, Capacities: b.Capacities, DaysOff: b.DaysOff, CapacitiesOf: b.CapacitiesOf})
		add(1, devops.Batch{Repositories: b.Repositories})
		add(2, devops.Batch{Branches: b.Branches, BranchesOf: b.BranchesOf})
		add(3, devops.Batch{Commits: b.Commits, Pushes: b.Pushes})
		add(4, devops.Batch{PullRequests: b.PullRequests})
		add(5, devops.Batch{Reviews: b.Reviews})
		add(6, devops.Batch{Definitions: b.Definitions, DefinitionsOf: b.DefinitionsOf, Deployments: b.Deployments, TestRuns: b.TestRuns})
		add(7, devops.Batch{Builds: b.Builds, GoneBuilds: b.GoneBuilds})
		add(8, devops.Batch{Timelines: b.Timelines, Changesets: b.Changesets, TFVCBranches: b.TFVCBranches, TFVCBranchesOf: b.TFVCBranchesOf})
	}
	return out
}

func TestAnyChunkingAndInterleavingOfTheFeedsGivesTheSameDataset(t *testing.T) {
	for seed := range seeds(3) {
		batches := makeSources(seed+10, 300)
		straight := openNew(t)
		commit(t, straight, batches...)
		want := dump(t, straight)

		cut := openNew(t)
		for _, b := range batches {
			commit(t, cut, single(b)...)
		}
		if got := dump(t, cut); got != want {
			t.Fatalf("seed %d, cut into rows: %s", seed, firstDifference(got, want))
		}

		random := rand.New(rand.NewPCG(seed, 3))
		mixed, feeds := openNew(t), streams(batches)
		for len(feeds) > 0 {
			i := random.IntN(len(feeds))
			n := min(len(feeds[i]), 1+random.IntN(20))
			commit(t, mixed, feeds[i][:n]...)
			if feeds[i] = feeds[i][n:]; len(feeds[i]) == 0 {
				feeds = slices.Delete(feeds, i, i+1)
			}
		}
		if got := dump(t, mixed); got != want {
			t.Fatalf("seed %d, feeds interleaved: %s", seed, firstDifference(got, want))
		}
		if got := sameCounts(t, mixed); got == 0 {
			t.Error("nothing was counted")
		}
	}
}
