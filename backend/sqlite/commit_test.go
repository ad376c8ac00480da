package sqlite_test

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
)

var ctx = context.Background()

// revision is a plain revision of Fabrikam; change edits it.
func revision(id, rev int, change func(*devops.Revision)) devops.Revision {
	r := devops.Revision{ID: id, Rev: rev, ProjectID: fabrikam, ProjectName: "Fabrikam", Type: "Bug", State: "New", Title: fmt.Sprint("Item ", id),
		AreaID: 10, AreaPath: "Fabrikam", IterationID: 20, Iteration: "Fabrikam", Changed: epoch.Add(time.Duration(rev) * time.Hour), Created: epoch}
	if change != nil {
		change(&r)
	}
	return r
}

func revisions(r ...devops.Revision) devops.Batch { return devops.Batch{Revisions: r} }

func fullRevision() devops.Revision {
	at := time.Date(2025, 5, 4, 3, 2, 1, 987_000_000, time.UTC)
	return devops.Revision{
		ID: 2_000_000_007, Rev: 70_001, ProjectID: fabrikam, ProjectName: "Fabrikam as it was", Type: "Bug", State: "Active", Reason: "Approved",
		Title: "Ünïcode \U0001F41B and \"quotes\" \\ \x01", AreaID: 12, AreaPath: `Fabrikam\Once\Web`, IterationID: 22, Iteration: `Fabrikam\Sprint 10`,
		Changed: at, Revised: at.Add(time.Millisecond), Created: at.AddDate(-1, 0, 0), ChangedBy: personNamed(1), CreatedBy: personNamed(2),
		AssignedTo: personNamed(3), Tags: []string{"zeta", "Alpha; beta", "a\"b"}, Deleted: true, Comments: 7, Parent: 41, Watermark: 1 << 40,
		Priority: number(0), Severity: "1 - Critical", StackRank: number(1999999999.123), StoryPoints: number(0.1), Effort: number(1e21),
		Size: number(-3), OriginalEstimate: number(8), RemainingWork: number(0), CompletedWork: number(1.0 / 3), BusinessValue: number(100),
		ValueArea: "Architectural", Activity: "Testing", Activated: at.Add(1 * time.Hour), ResolvedDate: at.Add(2 * time.Hour), Closed: at.Add(3 * time.Hour),
		StateChanged: at.Add(4 * time.Hour), TargetDate: day(2025, 6, 1), StartDate: day(1969, 12, 31), FinishDate: day(2025, 6, 30),
		BoardColumn: "Doing", BoardColumnDone: truth(false), BoardLane: "Expedite",
		Other: map[string]any{"Custom.Text": "plain <b>", "Custom.Empty": "", "Custom.Zero": 0.0, "Custom.Third": 1.0 / 3, "Custom.Big": 9007199254740993.0,
			"Custom.No": false, "Custom.Yes": true, "Custom.When": at, "Custom.Who": personNamed(4)},
	}
}

func TestARevisionComesBackWhole(t *testing.T) {
	d := openNew(t)
	empty, emptyToo := devops.Revision{ID: 5, Rev: 1}, devops.Revision{ID: 6, Rev: 1}
	commit(t, d, schemaBatch(), revisions(empty, fullRevision(), emptyToo))
	for _, want := range []devops.Revision{fullRevision(), empty, emptyToo} {
		got, err := d.History(ctx, want.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("\n got %+v\nwant %+v", got, want)
		}
	}
	_, err := d.History(ctx, 7)
	wantFault(t, err, fault.NotFound)
}

func TestEveryFieldOfARevisionIsTried(t *testing.T) {
	v := reflect.ValueOf(fullRevision())
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("the full revision of this test leaves %s empty", v.Type().Field(i).Name)
		}
	}
}

func TestTheSameRevisionAgainReplacesTheOldOne(t *testing.T) {
	d := openNew(t)
	commit(t, d, revisions(revision(1, 1, nil)), revisions(revision(1, 1, func(r *devops.Revision) {
		r.Title, r.Revised, r.Deleted = "Corrected", epoch.AddDate(0, 1, 0), true
	})))
	h, err := d.History(ctx, 1)
	if err != nil || len(h) != 1 || h[0].Title != "Corrected" || h[0].Revised.IsZero() {
		t.Fatalf("%+v %v", h, err)
	}
	if rows := flatten(read(t, d)).items(t); len(rows) != 0 {
		t.Errorf("it is deleted now, but %+v came", rows)
	}
	commit(t, d, revisions(revision(2, 1, func(r *devops.Revision) { r.Deleted = true }), revision(2, 1, nil)))
	if rows := flatten(read(t, d)).items(t); len(rows) != 1 || rows[0].ID != 2 {
		t.Errorf("of two in one page the last stands, but %+v came", rows)
	}
}

func TestContentThatDoesNotChangeIsStoredOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.sightline")
	page := func(from, to int) devops.Batch {
		var b devops.Batch
		for rev := from; rev <= to; rev++ {
			b.Revisions = append(b.Revisions, revision(1, rev, func(r *devops.Revision) {
				r.Other = map[string]any{"Custom.A": "a", "Custom.B": 2.0, "Custom.C": true, "Custom.D": "d", "Custom.E": personNamed(1), "Custom.F": epoch}
			}))
		}
		return b
	}
	d := open(t, path)
	commit(t, d, page(1, 30))
	must(t, d.Close())
	d = open(t, path) // what another process stored is found again
	commit(t, d, page(31, 60))
	if _, rows := query(t, foreign(t, path), "SELECT count(*) FROM fact_detail"); rows[0] != "1" {
		t.Errorf("%s contents", rows[0])
	}
	if h, err := d.History(ctx, 1); err != nil || len(h) != 60 || h[59].Other["Custom.D"] != "d" {
		t.Errorf("%d revisions, %v", len(h), err)
	}
}

func TestRowsAndCursorAreStoredTogetherOrNotAtAll(t *testing.T) {
	d := openNew(t)
	if _, ok, err := d.Cursor(ctx, "revisions", fabrikam); ok || err != nil {
		t.Fatalf("a new dataset has a cursor: %v %v", ok, err)
	}
	want := devops.Cursor{Feed: "revisions", Scope: fabrikam, Token: "813;350;1"}
	b := revisions(revision(1, 1, nil))
	b.Cursor = &want
	commit(t, d, b)
	bad := revisions(revision(2, 1, nil), revision(3, 1<<20, nil))
	bad.People = []devops.Person{personNamed(77)}
	bad.Cursor = &devops.Cursor{Feed: "revisions", Scope: fabrikam, Token: "later", Done: true}
	before := dump(t, d)
	wantFault(t, commitFault(d.Commit(ctx, bad)), fault.Invalid)
	if after := dump(t, d); after != before {
		t.Errorf("a refused batch left something: %s", firstDifference(after, before))
	}
	if got, ok, err := d.Cursor(ctx, "revisions", fabrikam); got != want || !ok || err != nil {
		t.Errorf("got %+v %v %v", got, ok, err)
	}
	// The numbers given inside the refused transaction are given again, and rightly.
	commit(t, d, devops.Batch{People: []devops.Person{personNamed(88)}}, revisions(revision(2, 1, func(r *devops.Revision) { r.AssignedTo = personNamed(88) })))
	if rows := flatten(read(t, d)).items(t); len(rows) != 2 || rows[1].Assigned != "person88@example.com" {
		t.Errorf("%+v", rows)
	}
}

func TestRowsThatCannotBeStoredAreRefusedWithASentence(t *testing.T) {
	d := openNew(t)
	for name, b := range map[string]devops.Batch{
		"revision without an id":     revisions(devops.Revision{Rev: 1}),
		"id beyond 31 bits":          revisions(devops.Revision{ID: 1 << 31, Rev: 1}),
		"negative revision number":   revisions(devops.Revision{ID: 1, Rev: -1}),
		"a number that is none":      revisions(devops.Revision{ID: 1, Rev: 1, Other: map[string]any{"X": nan()}}),
		"a person nobody knows":      {People: []devops.Person{{Descriptor: "aad.x"}}},
		"a project without an id":    {Projects: []devops.Project{{Name: "P"}}},
		"a link without an end":      {Links: []devops.Link{{Type: devops.HierarchyLink, Source: 1}}},
		"a node without a kind":      {Nodes: []devops.Node{{ID: 1, Path: "P"}}},
		"a team without an id":       {Teams: []devops.Team{{Name: "T"}}},
		"a type without a name":      {Types: []devops.WorkItemType{{ProjectID: fabrikam}}},
		"a field without a name":     {Fields: []devops.Field{{Name: "F"}}},
		"backlog without a project":  {BacklogFields: []devops.BacklogFields{{Effort: "E"}}},
		"a person in no known field": {People: []devops.Person{{}}},
	} {
		t.Run(name, func(t *testing.T) {
			wantFault(t, commitFault(d.Commit(ctx, b)), fault.Invalid)
			if s := dump(t, d); s != "" {
				t.Errorf("left behind: %s", s)
			}
		})
	}
	wantFault(t, commitFault(d.Commit(ctx, revisions(devops.Revision{ID: 1, Rev: 1, Other: map[string]any{"X": []int{1}}}))), fault.Internal)
}

func nan() float64 { zero := 0.0; return zero / zero }

func TestWorkItemIDsAreThoseOfTheProjectThatAreNotDeleted(t *testing.T) {
	d := openNew(t)
	moved := func(r *devops.Revision) { r.ProjectID, r.ProjectName = contoso, "Contoso" }
	commit(t, d, revisions(revision(9, 1, nil), revision(3, 1, nil), revision(3, 2, func(r *devops.Revision) { r.Deleted = true }),
		revision(4, 1, nil), revision(4, 2, moved), revision(1, 1, nil), revision(5, 2, nil), revision(5, 1, moved)))
	for project, want := range map[string][]int{fabrikam: {1, 5, 9}, strings.ToUpper(fabrikam): {1, 5, 9}, contoso: {4}, "unknown": nil} {
		if got, err := d.WorkItemIDs(ctx, project); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %v %v, want %v", project, got, err, want)
		}
	}
}

func TestProjectsKeepThoseThatAreGoneAndLeaveOutThoseOnlyItemsName(t *testing.T) {
	d := openNew(t)
	b := schemaBatch()
	commit(t, d, b, revisions(revision(1, 1, func(r *devops.Revision) { r.ProjectID, r.ProjectName = "another-guid", "Elsewhere" })))
	left := b.Projects[1]
	left.Gone, left.Name = true, "A Contoso renamed"
	commit(t, d, devops.Batch{Projects: []devops.Project{left}})
	got, err := d.Projects(ctx)
	if err != nil || !reflect.DeepEqual(got, []devops.Project{left, b.Projects[0]}) {
		t.Errorf("got %+v %v", got, err)
	}
	var rows []string
	for _, p := range read(t, d).Projects() {
		rows = append(rows, fmt.Sprint(p.Name, " ", p.Process, " ", p.EstimateField, " ", p.Gone))
	}
	if want := []string{"Fabrikam Agile 1 false", "A Contoso renamed Scrum 2 true", "Elsewhere  0 false"}; !slices.Equal(rows, want) {
		t.Errorf("got %q, want %q", rows, want)
	}
}

func TestAProjectKnownByNameOnlyIsTheListedOneOfThatName(t *testing.T) {
	byName := func(r *devops.Revision) { r.ProjectID = "" }
	for name, order := range map[string][]devops.Batch{
		"list first":  {schemaBatch(), revisions(revision(1, 1, byName))},
		"items first": {revisions(revision(1, 1, byName)), schemaBatch()},
	} {
		d := openNew(t)
		commit(t, d, order...)
		if ids, err := d.WorkItemIDs(ctx, fabrikam); err != nil || !slices.Equal(ids, []int{1}) {
			t.Errorf("%s: %v %v", name, ids, err)
		}
	}
}

func TestAProjectNameMayPassToAnotherProject(t *testing.T) {
	d := openNew(t)
	byName := func(r *devops.Revision) { r.ProjectID = "" }
	b := schemaBatch()
	commit(t, d, b, revisions(revision(1, 1, byName)))
	b.Projects[0].Name, b.Projects[1].Name = "Fabrikam Classic", "Fabrikam"
	commit(t, d, devops.Batch{Projects: b.Projects}, revisions(revision(2, 1, byName)))
	for project, want := range map[string][]int{fabrikam: {1}, contoso: {2}} {
		if ids, err := d.WorkItemIDs(ctx, project); err != nil || !slices.Equal(ids, want) {
			t.Errorf("%s has %v %v, want %v", project, ids, err, want)
		}
	}
}

func TestDestroyedItemsLeaveNothing(t *testing.T) {
	d := openNew(t)
	link := func(source, target int) devops.Link {
		return devops.Link{Type: devops.HierarchyLink, Source: source, Target: target, Changed: epoch, Active: true}
	}
	kept := revisions(revision(1, 1, nil), revision(3, 1, nil))
	kept.Links = []devops.Link{link(1, 3)}
	commit(t, d, kept)
	want := dump(t, d)
	gone := revisions(revision(2, 1, nil), revision(2, 2, nil), revision(4, 1, nil))
	gone.Links = []devops.Link{link(2, 3), link(3, 2), link(4, 1)}
	commit(t, d, gone, devops.Batch{Destroyed: []int{2, 4, 12345}})
	if got := dump(t, d); got != want {
		t.Errorf("left: %s", firstDifference(got, want))
	}
	commit(t, d, gone)
	if h, err := d.History(ctx, 2); err != nil || len(h) != 2 || h[1].Title != "Item 2" {
		t.Errorf("sent again, it is back: %+v %v", h, err)
	}
}

func TestStatsBackupAndCompact(t *testing.T) {
	d := openNew(t)
	commit(t, d, makeWorld(3, 500, 100).batches...)
	want := dump(t, d)
	s, err := d.Stats(ctx)
	if err != nil || s.Rows["revisions"] != 500 || s.Rows["projects"] != 2 || s.Rows["areas"] != 4 || s.Rows["iterations"] != 3 ||
		s.Rows["workItems"]+s.Rows["deletedWorkItems"] < 50 || s.Rows["states"] != 24 || s.Bytes < 50_000 {
		t.Errorf("%+v %v", s, err)
	}
	to := filepath.Join(t.TempDir(), "copy.sightline")
	if err := d.Backup(ctx, to); err != nil {
		t.Fatal(err)
	}
	wantFault(t, d.Backup(ctx, to), fault.Conflict)
	if got := dump(t, open(t, to)); got != want {
		t.Error("the copy holds something else: ", firstDifference(got, want))
	}
	if err := d.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	if got := dump(t, d); got != want {
		t.Error("compacting changed something: ", firstDifference(got, want))
	}
	commit(t, d, revisions(revision(1, 900, nil))) // and it can still be written
}
