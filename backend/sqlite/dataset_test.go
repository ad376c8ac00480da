package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/sqlite"
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
	wantFault(t, d.Commit(ctx, bad), fault.Invalid)
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
			d := openNew(t)
			wantFault(t, d.Commit(ctx, b), fault.Invalid)
			if s := dump(t, d); s != "" {
				t.Errorf("left behind: %s", s)
			}
		})
	}
	wantFault(t, openNew(t).Commit(ctx, revisions(devops.Revision{ID: 1, Rev: 1, Other: map[string]any{"X": []int{1}}})), fault.Internal)
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

func TestDeletedRevisionsLeaveAHoleAndDeletedItemsVanish(t *testing.T) {
	d := openNew(t)
	deleted := func(r *devops.Revision) { r.Deleted = true }
	commit(t, d, revisions(revision(1, 1, nil), revision(1, 2, deleted), revision(1, 3, deleted), revision(1, 4, nil),
		revision(2, 1, nil), revision(2, 2, deleted), revision(3, 1, deleted), revision(3, 2, nil)))
	f := flatten(read(t, d))
	var got []string
	for _, r := range f.spans(t) {
		to := "now"
		if r.To != dataset.Forever {
			to = fmt.Sprint((r.To - epoch.UnixMilli()) / 3_600_000)
		}
		got = append(got, fmt.Sprintf("%d.%d %d-%s", r.ID, r.Rev, (r.From-epoch.UnixMilli())/3_600_000, to))
	}
	if want := []string{"1.1 1-2", "1.4 4-now", "3.2 2-now"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if items := f.items(t); len(items) != 2 || items[0].ID != 1 || items[1].ID != 3 {
		t.Errorf("%+v", items)
	}
}

func TestAClockThatRanBackwardsMakesNoOverlap(t *testing.T) {
	d := openNew(t)
	at := func(h int) func(*devops.Revision) {
		return func(r *devops.Revision) { r.Changed = epoch.Add(time.Duration(h) * time.Hour) }
	}
	commit(t, d, revisions(revision(1, 1, at(5)), revision(1, 2, at(3)), revision(1, 3, at(9)), revision(1, 4, func(r *devops.Revision) { r.Changed = time.Time{} })))
	last := int64(0)
	for i, r := range flatten(read(t, d)).spans(t) {
		if r.From > r.To || i > 0 && r.From != last {
			t.Errorf("revision %d stands from %d to %d after %d", r.Rev, r.From, r.To, last)
		}
		last = r.To
	}
}

func TestAnItemMayHaveMoreThan65535Revisions(t *testing.T) {
	d := openNew(t)
	commit(t, d, revisions(revision(7, 1, nil), revision(7, 70_000, func(r *devops.Revision) { r.State = "Active" }), revision(7, 65_536, nil), revision(8, 1, nil)))
	rows := flatten(read(t, d)).spans(t)
	var got []int
	for _, r := range rows {
		got = append(got, r.ID*1_000_000+r.Rev)
	}
	if want := []int{7_000_001, 7_065_536, 7_070_000, 8_000_001}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNullIsNotZero(t *testing.T) {
	d := openNew(t)
	commit(t, d, revisions(revision(1, 1, func(r *devops.Revision) { r.StoryPoints, r.RemainingWork = number(0), nil })))
	err := read(t, d).Items(func(i *dataset.ItemRow) error {
		if i.StoryPoints != 0 || i.RemainingWork == i.RemainingWork || i.Priority == i.Priority {
			t.Errorf("points %v, remaining %v, priority %v", i.StoryPoints, i.RemainingWork, i.Priority)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheParentIsTheNewestActiveLinkElseTheField(t *testing.T) {
	link := func(source, target, hour int, active bool) devops.Link {
		return devops.Link{Type: devops.HierarchyLink, Source: source, Target: target, Changed: epoch.Add(time.Duration(hour) * time.Hour), Active: active}
	}
	b := devops.Batch{Links: []devops.Link{
		link(11, 1, 1, true), link(12, 1, 2, true), // re-parented, and the old link was never closed
		link(12, 2, 2, true), link(12, 2, 3, false), link(11, 2, 1, true), // moved back: the newer one was removed
		link(11, 3, 5, false), // unparented
		{Type: "System.LinkTypes.Related", Source: 99, Target: 4, Changed: epoch, Active: true},
		link(6, 6, 1, true),
		link(11, 5, 4, true), link(11, 5, 2, false), // an older removal that comes later
		link(11, 7, 1, true), link(11, 7, 1, false), // at one instant, in either order
		link(11, 8, 1, false), link(11, 8, 1, true),
	}}
	for id := 1; id <= 8; id++ {
		b.Revisions = append(b.Revisions, revision(id, 1, func(r *devops.Revision) { r.Parent = 50 }))
	}
	d := openNew(t)
	commit(t, d, b)
	got := map[int]int{}
	for _, i := range flatten(read(t, d)).items(t) {
		got[i.ID] = i.Parent
	}
	if want := map[int]int{1: 12, 2: 11, 3: 0, 4: 50, 5: 11, 6: 0, 7: 11, 8: 11}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
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

func TestGenerationGrowsWithRowsOnlyAndAReadingStandsStill(t *testing.T) {
	d := openNew(t)
	first := read(t, d)
	if first.Generation() != 1 {
		t.Errorf("a new dataset has generation %d", first.Generation())
	}
	commit(t, d, devops.Batch{Cursor: &devops.Cursor{Feed: "links", Token: "1"}})
	if g := read(t, d).Generation(); g != 1 {
		t.Errorf("a cursor alone made generation %d", g)
	}
	commit(t, d, schemaBatch(), revisions(revision(1, 1, nil)))
	second := read(t, d)
	commit(t, d, revisions(revision(1, 2, nil), revision(2, 1, nil)))
	if first.Generation() != 1 || second.Generation() != 3 {
		t.Errorf("generations %d and %d", first.Generation(), second.Generation())
	}
	for i, r := range []dataset.Reading{first, second, read(t, d)} {
		if n := len(flatten(r).items(t)); n != i {
			t.Errorf("reading %d has %d items", i, n)
		}
	}
}

func TestInfoSaysWhatTheFileIsAbout(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d")
	d := open(t, path)
	commit(t, d, schemaBatch())
	if i := read(t, d).Info(); i.Complete || !i.LastRefresh.Equal(options.Clock()) {
		t.Errorf("%+v", i)
	}
	for _, project := range []string{fabrikam, contoso} {
		if read(t, d).Info().Complete {
			t.Errorf("complete before %s is done", project)
		}
		commit(t, d, devops.Batch{Cursor: &devops.Cursor{Feed: "revisions", Scope: project, Token: "x", Done: true}})
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 6_000_000, time.UTC)
	if err := d.Refreshed(ctx, at); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := sqlite.OpenDataset(ctx, path, sqlite.DatasetOptions{Name: "Other", TimeZone: "Asia/Tokyo"})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	want := dataset.Info{Name: "Fabrikam", Organization: "fabrikam", URL: "https://dev.azure.com/fabrikam", TimeZone: "Europe/Berlin",
		WeekStart: time.Monday, LastRefresh: at, Complete: true}
	if got := read(t, again).Info(); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if err := again.SetInfo(ctx, "New name", "UTC", time.Sunday); err != nil {
		t.Fatal(err)
	}
	want.Name, want.TimeZone, want.WeekStart = "New name", "UTC", time.Sunday
	if got := read(t, again).Info(); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestStatesAreThoseOfTheProcessAndThoseInUse(t *testing.T) {
	d := openNew(t)
	b := schemaBatch()
	commit(t, d, b, revisions(revision(1, 1, func(r *devops.Revision) { r.State = "Triaged" }), revision(2, 1, func(r *devops.Revision) { r.State = "Active" })))
	bug := b.Types[0]
	bug.States = []devops.State{{Name: "Open", Category: devops.InProgress, Order: 0}, {Name: "Away", Category: devops.Removed, Order: 1}}
	commit(t, d, devops.Batch{Types: []devops.WorkItemType{bug}})
	r := read(t, d)
	bugType := int32(0)
	for _, ty := range r.Types() {
		if ty.Bug && ty.Project == 1 {
			bugType = ty.ID
			if ty.Level != "requirement" || ty.LevelName != "Stories" || ty.LevelRank != 3 {
				t.Errorf("%+v", ty)
			}
		}
	}
	got := map[string]string{}
	for _, s := range r.States() {
		if s.Type == bugType {
			got[s.Name] = fmt.Sprint(s.Category, " ", s.Order)
		}
	}
	// New, Resolved and Closed left the process and nothing uses them; Active did too, but is in use.
	if want := map[string]string{"Open": "2 0", "Away": "5 1", "Active": "0 0", "Triaged": "0 0"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
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

func TestCommitsAndReadingsAtTheSameTime(t *testing.T) {
	d := openNew(t)
	w := makeWorld(11, 1500, 50)
	var readers sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				r, err := d.Read(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				items, current := 0, 0
				err = errors.Join(r.Items(func(*dataset.ItemRow) error { items++; return nil }),
					r.Revisions(func(x *dataset.RevisionRow) error {
						if x.To == dataset.Forever {
							current++
						}
						return nil
					}))
				if err != nil || items != current {
					t.Errorf("%d items but %d current revisions, %v", items, current, err)
				}
				r.Close()
			}
		})
	}
	commit(t, d, w.batches...)
	close(done)
	readers.Wait()
}

func TestReadingRowsMakesNoGarbage(t *testing.T) {
	d := openNew(t)
	commit(t, d, makeWorld(5, 4000, 1000).batches...)
	r := read(t, d)
	visitItem, visitRevision := func(*dataset.ItemRow) error { return nil }, func(*dataset.RevisionRow) error { return nil }
	for name, walk := range map[string]func() error{"items": func() error { return r.Items(visitItem) }, "revisions": func() error { return r.Revisions(visitRevision) }} {
		if allocations := testing.AllocsPerRun(3, func() {
			if err := walk(); err != nil {
				t.Fatal(err)
			}
		}); allocations > 100 {
			t.Errorf("%s: %v allocations", name, allocations)
		}
	}
}

func TestAVisitorStopsTheWalkWithItsOwnError(t *testing.T) {
	d := openNew(t)
	commit(t, d, makeWorld(5, 100, 100).batches...)
	r := read(t, d)
	stop := errors.New("enough")
	rows := 0
	if err := r.Items(func(*dataset.ItemRow) error { rows++; return stop }); err != stop || rows != 1 {
		t.Errorf("%v after %d rows", err, rows)
	}
	if err := r.Revisions(func(*dataset.RevisionRow) error { return stop }); err != stop {
		t.Errorf("%v", err)
	}
	if n := len(flatten(r).items(t)); n == 0 {
		t.Error("the reading cannot be walked again")
	}
}

func TestCanceledWorkStoresNothingAndSaysSo(t *testing.T) {
	d := openNew(t)
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	wantFault(t, d.Commit(canceled, schemaBatch()), fault.Canceled)
	_, err := d.Read(canceled)
	wantFault(t, err, fault.Canceled)
	_, err = sqlite.OpenDataset(canceled, filepath.Join(t.TempDir(), "x"), options)
	wantFault(t, err, fault.Canceled)
	commit(t, d, makeWorld(5, 2000, 1000).batches...)
	midway, stop := context.WithCancel(ctx)
	r, err := d.Read(midway)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	rows := 0
	err = r.Revisions(func(*dataset.RevisionRow) error {
		if rows++; rows == 10 {
			stop()
		}
		return nil
	})
	wantFault(t, err, fault.Canceled)
	if len(flatten(read(t, d)).items(t)) == 0 {
		t.Error("the next reading is empty")
	}
}

func TestAClosedDatasetSaysSoAndOpenReadingsLiveOn(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch(), revisions(revision(1, 1, nil)))
	r := read(t, d)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if n := len(flatten(r).items(t)); n != 1 {
		t.Errorf("%d items", n)
	}
	wantFault(t, d.Commit(ctx, schemaBatch()), fault.Conflict)
	_, err := d.Read(ctx)
	wantFault(t, err, fault.Conflict)
	if err := d.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	r.Close()
	wantFault(t, r.Items(nil), fault.Conflict)
}
