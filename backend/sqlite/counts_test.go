package sqlite_test

import (
	"testing"

	"sightline/backend/devops"
	"sightline/backend/sqlite"
)

// sameCounts checks the counts of a dataset against its own statistics, which count each table without
// regard to projects, and returns how many rows were counted.
func sameCounts(t *testing.T, d *sqlite.Dataset) (sum int) {
	t.Helper()
	held := map[devops.Entity]int{}
	for _, project := range []string{fabrikam, contoso} {
		h, _, err := d.Counts(ctx, project)
		if err != nil {
			t.Fatal(err)
		}
		for e, n := range h {
			held[e] += n
			sum += n
		}
	}
	s, err := d.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []devops.Entity{devops.Teams, devops.Areas, devops.Iterations, devops.Boards, devops.Capacities, devops.Repositories, devops.Branches,
		devops.Commits, devops.Pushes, devops.PullRequests, devops.Reviews, devops.Definitions, devops.Builds, devops.Timelines, devops.TimelineRows,
		devops.Deployments, devops.TestRuns, devops.TFVCBranches, devops.WorkItems, devops.Revisions} {
		if held[e] != s.Rows[string(e)] {
			t.Errorf("%s: the projects hold %d, the dataset %d", e, held[e], s.Rows[string(e)])
		}
	}
	return sum
}

func TestCountsSayWhatEachProjectHolds(t *testing.T) {
	d, m := openNew(t), newTallied()
	for _, b := range mixedWorld(5, 600, 60, 500) {
		commit(t, d, b)
		m.apply(b)
	}
	sameCounts(t, d)
	// The model knows the project of some rows by their content or owner.
	want := map[string]map[devops.Entity][2]int{}
	count := func(project string, e devops.Entity, held bool) {
		if want[project] == nil {
			want[project] = map[devops.Entity][2]int{}
		}
		n := want[project][e]
		if held {
			n[0]++
		} else {
			n[1]++
		}
		want[project][e] = n
	}
	var of struct {
		ProjectID string
		Projects  []string
	}
	for _, e := range []devops.Entity{devops.Repositories, devops.PullRequests, devops.Reviews, devops.Definitions, devops.Builds, devops.Timelines,
		devops.Deployments, devops.TestRuns, devops.TFVCBranches, devops.Revisions, devops.WorkItems, devops.Areas, devops.Iterations, devops.Teams} {
		for _, row := range m.rows[e] {
			fromText(row.content, &of)
			count(of.ProjectID, e, row.held)
		}
	}
	for _, row := range m.rows[devops.Changesets] {
		of.Projects = nil
		fromText(row.content, &of)
		for _, p := range of.Projects {
			count(p, devops.Changesets, true)
		}
	}
	for _, project := range []string{fabrikam, contoso} {
		held, gone, err := d.Counts(ctx, project)
		if err != nil {
			t.Fatal(err)
		}
		for e, n := range want[project] {
			if held[e] != n[0] || gone[e] != n[1] {
				t.Errorf("%s of %s: %d held and %d gone, want %v", e, project, held[e], gone[e], n)
			}
		}
	}
	if held, gone, err := d.Counts(ctx, "unknown"); err != nil || len(held)+len(gone) > 0 {
		t.Errorf("an unknown project holds %v %v, %v", held, gone, err)
	}
}

func TestCountsFollowEachCommitAndCountLinksOfEitherEnd(t *testing.T) {
	d := openNew(t)
	moved := func(r *devops.Revision) { r.ProjectID, r.ProjectName = contoso, "Contoso" }
	link := func(source, target int, active bool) devops.Link {
		return devops.Link{Type: devops.HierarchyLink, Source: source, Target: target, Changed: epoch, Active: active}
	}
	b := revisions(revision(1, 1, nil), revision(2, 1, nil), revision(2, 2, moved), revision(3, 1, moved))
	b.Links = []devops.Link{link(1, 2, true), link(2, 3, true), link(1, 3, false), link(1, 77, true), link(88, 99, true)}
	commit(t, d, schemaBatch(), b)
	check := func(project string, items, revisions, links int) {
		t.Helper()
		held, _, err := d.Counts(ctx, project)
		if err != nil || held[devops.WorkItems] != items || held[devops.Revisions] != revisions || held[devops.Links] != links {
			t.Errorf("%s: %v %v, want %d, %d, %d", project, held, err, items, revisions, links)
		}
	}
	check(fabrikam, 1, 2, 2)
	check(contoso, 2, 2, 2)
	held, _, err := d.Counts(ctx, contoso)
	if err != nil {
		t.Fatal(err)
	}
	held[devops.WorkItems] = 1000 // the caller's own copy
	check(contoso, 2, 2, 2)
	commit(t, d, revisions(revision(1, 2, moved)))
	check(fabrikam, 0, 2, 0)
	check(contoso, 3, 3, 3)
}
