package sqlite_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/devops"
)

// outline writes a tree: indent for depth, ~ for historical nodes.
func outline(rows []dataset.NodeRow) (out []string) {
	for _, n := range rows {
		mark := ""
		if n.Historical {
			mark = "~"
		}
		out = append(out, fmt.Sprintf("%*s%s%d %s", n.Depth, "", mark, n.ID, n.Path))
	}
	return out
}

func inArea(id, node int, path string) devops.Revision {
	return revision(id, 1, func(r *devops.Revision) { r.AreaID, r.AreaPath = node, path })
}

func TestTreesAreDepthFirstInTheirOwnOrder(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch())
	r := read(t, d)
	wantTexts(t, outline(r.Areas()), "10 Fabrikam", ` 13 Fabrikam\App`, ` 12 Fabrikam\Web`, `  11 Fabrikam\Web\Cart`)
	// Sprint 9 begins before Sprint 10, though its name sorts after it.
	wantTexts(t, outline(r.Iterations()), "20 Fabrikam", ` 21 Fabrikam\Sprint 9`, ` 22 Fabrikam\Sprint 10`)
	first := r.Iterations()[1]
	dayNumber := func(at time.Time) int32 { return int32(at.Unix() / 86400) }
	if first.StartDay != dayNumber(day(2023, 12, 25)) || first.EndDay != dayNumber(day(2024, 1, 5)) || r.Iterations()[0].StartDay != dataset.NoDay {
		t.Errorf("%+v", r.Iterations())
	}
	if a := r.Areas()[3]; a.Parent != 12 || a.Project != 1 || a.Name != "Cart" {
		t.Errorf("%+v", a)
	}
}

func TestNodesThatOnlyRevisionsKnowAreHistorical(t *testing.T) {
	d := openNew(t)
	late, last := inArea(7, 99, `Fabrikam\Between`), inArea(10, 99, `Fabrikam\Lost`)
	late.Changed, last.Changed = epoch.AddDate(0, 6, 0), epoch.AddDate(0, 9, 0)
	commit(t, d, schemaBatch(), revisions(
		inArea(1, 11, `Fabrikam\Cart`),             // moved since: the node counts, wherever it is
		inArea(2, 0, `fabrikam\WEB`),               // only a path, of a node that is there
		inArea(3, 0, `Fabrikam\Cart`),              // only a path, that node 11 once had
		inArea(4, 0, `Fabrikam\Old\Deep`),          // only a path, of no node
		inArea(5, 99, `Fabrikam\Lost`), late, last, // an id the tree has not, renamed and named back
		inArea(6, 98, `Elsewhere\Team`), // a project that is not loaded
		inArea(8, 0, ""), inArea(9, 13, "stale") /* by id */))
	r := read(t, d)
	wantTexts(t, outline(r.Areas()), `~-3 Elsewhere`, ` ~98 Elsewhere\Team`, "10 Fabrikam", ` 13 Fabrikam\App`, ` ~99 Fabrikam\Lost`,
		` ~-2 Fabrikam\Old`, `  ~-1 Fabrikam\Old\Deep`, ` 12 Fabrikam\Web`, `  11 Fabrikam\Web\Cart`)
	want := []string{`Fabrikam\Web\Cart`, `Fabrikam\Web`, `Fabrikam\Web\Cart`, `Fabrikam\Old\Deep`, `Fabrikam\Lost`, `Elsewhere\Team`, `Fabrikam\Lost`, "", `Fabrikam\App`, `Fabrikam\Lost`}
	for i, item := range flatten(r).items(t) {
		if item.Area != want[i] {
			t.Errorf("item %d is in %q, want %q", item.ID, item.Area, want[i])
		}
	}
	for _, n := range r.Areas() {
		if project := map[bool]int32{true: 1, false: 0}[n.ID != 98 && n.ID != -3]; n.Project != project {
			t.Errorf("%s belongs to project %d", n.Path, n.Project)
		}
	}
}

func TestNodesThatLeaveTheTreeStayOnlyWhileUsed(t *testing.T) {
	d := openNew(t)
	b := schemaBatch()
	commit(t, d, b, revisions(inArea(1, 11, `Fabrikam\Web\Cart`)))
	// The next tree has neither Web, Cart nor App; the iterations did not come at all and stay.
	commit(t, d, devops.Batch{NodesOf: fabrikam, Nodes: b.Nodes[:1]})
	r := read(t, d)
	wantTexts(t, outline(r.Areas()), "10 Fabrikam", ` ~12 Fabrikam\Web`, `  ~11 Fabrikam\Web\Cart`)
	if len(r.Iterations()) != 3 {
		t.Errorf("%v", outline(r.Iterations()))
	}
	commit(t, d, devops.Batch{NodesOf: fabrikam}) // an answer without a tree removes nothing
	wantTexts(t, outline(read(t, d).Areas()), "10 Fabrikam", ` ~12 Fabrikam\Web`, `  ~11 Fabrikam\Web\Cart`)
	commit(t, d, b)
	wantTexts(t, outline(read(t, d).Areas()), "10 Fabrikam", ` 13 Fabrikam\App`, ` 12 Fabrikam\Web`, `  11 Fabrikam\Web\Cart`)
}

func TestTeamsOwnTheirAreasWithEverythingBelow(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch(), revisions(inArea(1, 0, `Fabrikam\Web\Former`), inArea(2, 0, `Fabrikam\App\Former`)))
	r := read(t, d)
	teams := r.Teams()
	if len(teams) != 1 {
		t.Fatalf("%+v", teams)
	}
	var owned []string
	for _, id := range teams[0].Areas {
		owned = append(owned, flatten(r).areas[id])
	}
	wantTexts(t, owned, `Fabrikam\App`, `Fabrikam\Web`, `Fabrikam\Web\Cart`, `Fabrikam\Web\Former`)
	if !slices.Equal(teams[0].Iterations, []int32{22, 21}) || teams[0].WorkingDays != [7]bool{false, true, true, true, true, true, false} || teams[0].Project != 1 {
		t.Errorf("%+v", teams[0])
	}
	renamed := schemaBatch().Teams[0]
	renamed.Name, renamed.Areas = "Renamed", nil
	commit(t, d, devops.Batch{Teams: []devops.Team{renamed}})
	if teams = read(t, d).Teams(); len(teams) != 1 || teams[0].Name != "Renamed" || teams[0].Areas != nil {
		t.Errorf("%+v", teams)
	}
}

func TestATreeWithACircleOrALostParentIsStillRead(t *testing.T) {
	d := openNew(t)
	node := func(id, parent int, path string) devops.Node {
		return devops.Node{ID: id, ParentID: parent, Kind: devops.AreaNode, Name: path, Path: path}
	}
	commit(t, d, devops.Batch{NodesOf: fabrikam, Nodes: []devops.Node{node(1, 2, "a"), node(2, 1, "b"), node(3, 3, "c"), node(4, 555, "d"), node(5, 4, "e")}})
	rows := read(t, d).Areas()
	if len(rows) != 5 {
		t.Fatalf("%v", outline(rows))
	}
	wantTexts(t, outline(rows), "4 d", " 5 e", "1 a", " 2 b", "3 c")
}
