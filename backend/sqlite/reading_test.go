package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/sqlite"
)

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
	// The stamp is another one for each state.
	if want.Stamp = read(t, again).Info().Stamp; want.Stamp == "" {
		t.Error("the state has no stamp")
	}
	if got := read(t, again).Info(); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if err := again.SetInfo(ctx, "New name", "UTC", time.Sunday); err != nil {
		t.Fatal(err)
	}
	before := want.Stamp
	if want.Stamp = read(t, again).Info().Stamp; want.Stamp == before {
		t.Errorf("two states have the stamp %q", before)
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

func TestCommitsAndReadingsAtTheSameTime(t *testing.T) {
	d := openNew(t)
	w := makeWorld(11, 800, 40)
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
	commit(t, d, makeWorld(5, 1500, 500).batches...)
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
	wantFault(t, commitFault(d.Commit(canceled, schemaBatch())), fault.Canceled)
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
	wantFault(t, commitFault(d.Commit(ctx, schemaBatch())), fault.Conflict)
	_, err := d.Read(ctx)
	wantFault(t, err, fault.Conflict)
	if err := d.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	r.Close()
	wantFault(t, r.Items(nil), fault.Conflict)
}
