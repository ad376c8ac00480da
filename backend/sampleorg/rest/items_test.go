package rest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/sampleorg/world"
)

type workItem struct {
	ID        int
	Rev       int
	Fields    map[string]any
	Relations []struct {
		Rel, URL   string
		Attributes struct{ Name string }
	}
	URL string
}

type batchAnswer struct {
	Count int
	Value []*workItem
}

// find returns the first item for which f holds.
func find(t testing.TB, w *world.World, what string, f func([]world.Revision) bool) int {
	t.Helper()
	for i := range w.Items {
		if all := w.Item(i + 1); len(all) > 0 && f(all) {
			return i + 1
		}
	}
	t.Fatalf("no item that %s", what)
	return 0
}

func isDeletedNow(all []world.Revision) bool { return all[len(all)-1].Has(world.Deleted) }

func TestABatchLeavesOutWhatCannotBeRead(t *testing.T) {
	b := serve(t, Options{})
	deleted := find(t, b.world, "lies in the bin", isDeletedNow)
	destroyed := b.world.Destroyed[0]
	ids := []int{1, deleted, destroyed, 9_999_999, 2}
	var got batchAnswer
	b.decode(b.ask(http.MethodPost, "/_apis/wit/workitemsbatch?api-version=7.1", obj{"ids": ids, "errorPolicy": "omit"}), "batch", &got)
	if got.Count != 5 || len(got.Value) != 5 || got.Value[0] == nil || got.Value[1] != nil || got.Value[2] != nil || got.Value[3] != nil || got.Value[4] == nil {
		t.Fatalf("%+v", got)
	}
	// Official clients send enumerations as numbers.
	b.decode(b.ask(http.MethodPost, "/_apis/wit/workitemsbatch?api-version=7.1", obj{"ids": ids, "errorPolicy": 2, "$expand": 1}), "batch", &got)
	a := b.ask(http.MethodPost, "/_apis/wit/workitemsbatch?api-version=7.1", obj{"ids": ids})
	if a.status != http.StatusNotFound || !strings.HasPrefix(a.error(t).Message, "TF401232") {
		t.Errorf("without omit: %d %s", a.status, a.body)
	}
}

func TestABatchTakesAtMost200IDs(t *testing.T) {
	b := serve(t, Options{})
	ids := make([]int, 201)
	for i := range ids {
		ids[i] = 1
	}
	if a := b.ask(http.MethodPost, "/_apis/wit/workitemsbatch?api-version=7.1", obj{"ids": ids}); a.status != http.StatusBadRequest {
		t.Errorf("201 ids: %d", a.status)
	}
	if a := b.ask(http.MethodPost, "/_apis/wit/workitemsbatch?api-version=7.1", obj{"ids": ids[:200]}); a.status != http.StatusOK {
		t.Errorf("200 ids: %d", a.status)
	}
	if a := b.ask(http.MethodPost, "/_apis/wit/workitemsbatch?api-version=7.1", obj{"ids": ids[:1], "fields": []string{"System.Id"}, "$expand": "relations"}); a.status != http.StatusBadRequest {
		t.Errorf("fields with expand: %d", a.status)
	}
}

func TestAsOfIsTheRevisionOfThatTime(t *testing.T) {
	b := serve(t, Options{})
	id := find(t, b.world, "has five revisions", func(all []world.Revision) bool { return len(all) >= 5 && !isDeletedNow(all) })
	third := b.world.Item(id)[2]
	at := time.UnixMilli(third.Changed).UTC().Format(time.RFC3339Nano)
	var got batchAnswer
	b.decode(b.ask(http.MethodPost, "/_apis/wit/workitemsbatch?api-version=7.1", obj{"ids": []int{id}, "asOf": at, "fields": []string{"System.Rev"}}), "batch", &got)
	if got.Value[0].Rev != 3 || got.Value[0].Fields["System.Rev"] != 3.0 {
		t.Errorf("%+v", got.Value[0])
	}
	var one workItem
	if b.get(fmt.Sprintf("/_apis/wit/workitems/%d?asOf=%s", id, at), &one); one.Rev != 3 {
		t.Errorf("rev %d", one.Rev)
	}
	if a := b.ask(http.MethodGet, fmt.Sprintf("/_apis/wit/workitems/%d?asOf=2001-01-01", id), nil); a.status != http.StatusNotFound {
		t.Errorf("before it was made: %d", a.status)
	}
}

func TestAReparentingIsSeenInTheItemAndNotInItsRevisions(t *testing.T) {
	b := serve(t, Options{})
	id := find(t, b.world, "has a new parent without a revision", func(all []world.Revision) bool {
		last := &all[len(all)-1]
		return b.world.Items[last.Item-1].Parent != last.Parent && b.world.Items[last.Item-1].Parent != 0 && !isDeletedNow(all)
	})
	parent := b.world.Items[id-1].Parent
	var item workItem
	b.get(fmt.Sprintf("/_apis/wit/workitems/%d?$expand=relations", id), &item)
	if item.Fields["System.Parent"] != float64(parent) {
		t.Errorf("System.Parent %v, want %d", item.Fields["System.Parent"], parent)
	}
	parents := 0
	for _, r := range item.Relations {
		if r.Rel == "System.LinkTypes.Hierarchy-Reverse" {
			parents++
			if !strings.HasSuffix(r.URL, fmt.Sprintf("/workItems/%d", parent)) || r.Attributes.Name != "Parent" {
				t.Errorf("%+v", r)
			}
		}
	}
	if parents != 1 {
		t.Errorf("%d parents", parents)
	}
	var revisions batchAnswer
	b.get(fmt.Sprintf("/_apis/wit/workitems/%d/revisions", id), &revisions)
	if last := revisions.Value[len(revisions.Value)-1]; last.Fields["System.Parent"] == float64(parent) {
		t.Error("the last revision knows the new parent")
	}
}

func TestUpdatesAddUpToTheRevisions(t *testing.T) {
	b := serve(t, Options{})
	id := find(t, b.world, "has ten revisions and a child", func(all []world.Revision) bool {
		return len(all) >= 10 && len(all) < 40 && !isDeletedNow(all) && b.world.Types[all[0].Type].Kind == world.KindRequirement
	})
	var updates struct {
		Count int
		Value []struct {
			ID, WorkItemID, Rev int
			Fields              map[string]struct{ OldValue, NewValue any }
			Relations           struct{ Added, Removed []any }
		}
	}
	b.get(fmt.Sprintf("/_apis/wit/workItems/%d/updates", id), &updates)
	state, revisions, links := any(nil), 0, 0
	for i, u := range updates.Value {
		if u.ID != i+1 || u.WorkItemID != id {
			t.Errorf("update %d: %+v", i+1, u)
		}
		if u.Fields != nil {
			revisions++
		}
		links += len(u.Relations.Added) + len(u.Relations.Removed)
		if f, ok := u.Fields["System.State"]; ok {
			if f.OldValue != state {
				t.Errorf("update %d: state was %v, says %v", i+1, state, f.OldValue)
			}
			state = f.NewValue
		}
	}
	last := b.world.Latest(id)
	if want := b.world.Types[last.Type].States[last.State].Name; state != want || revisions != int(last.Rev) || links == 0 {
		t.Errorf("ends in %v after %d revisions and %d links, want %s after %d", state, revisions, links, want, last.Rev)
	}
	var page struct{ Count int }
	if b.get(fmt.Sprintf("/_apis/wit/workItems/%d/updates?$top=3&$skip=2", id), &page); page.Count != 3 {
		t.Errorf("%d of 3", page.Count)
	}
}

func TestCommentsComeInPages(t *testing.T) {
	b := serve(t, Options{})
	id := find(t, b.world, "has five comments", func(all []world.Revision) bool {
		return all[len(all)-1].Comments >= 5 && all[len(all)-1].Comments < 20 && !isDeletedNow(all)
	})
	total := int(b.world.Latest(id).Comments)
	type answer struct {
		TotalCount, Count int
		Comments          []struct {
			ID, WorkItemID    int
			Text, CreatedDate string
		}
		ContinuationToken, NextPage string
	}
	var ids []int
	token := ""
	for {
		var p answer
		b.get(fmt.Sprintf("/_apis/wit/workItems/%d/comments?$top=2&order=asc&api-version=7.1-preview.4&continuationToken=%s", id, token), &p)
		if p.TotalCount != total || p.Count != len(p.Comments) {
			t.Fatalf("%+v", p)
		}
		for _, c := range p.Comments {
			ids = append(ids, c.ID)
			if c.Text == "" || c.WorkItemID != id {
				t.Errorf("%+v", c)
			}
		}
		if token = p.ContinuationToken; token == "" {
			break
		}
	}
	if len(ids) != total || !slices.IsSorted(ids) {
		t.Errorf("%v of %d", ids, total)
	}
	if a := b.ask(http.MethodGet, fmt.Sprintf("/_apis/wit/workItems/%d/comments?api-version=7.1", id), nil); a.error(t).TypeKey != "VssInvalidPreviewVersionException" {
		t.Errorf("without preview: %d", a.status)
	}
}

func TestTheRecycleBinHoldsWhatWasDeleted(t *testing.T) {
	b := serve(t, Options{})
	want := map[string]int{}
	var some *world.Revision
	for i := range b.world.Items {
		if r := b.world.Latest(i + 1); r != nil && r.Has(world.Deleted) {
			want[b.world.Projects[r.Project].Name]++
			some = r
		}
	}
	for _, p := range b.world.Projects {
		var bin struct{ Count int }
		if b.get("/"+p.ID+"/_apis/wit/recyclebin?api-version=7.1", &bin); bin.Count != want[p.Name] {
			t.Errorf("%s: %d, want %d", p.Name, bin.Count, want[p.Name])
		}
	}
	var described struct {
		Value []struct {
			ID                                          int
			Type, Name, Project, DeletedDate, DeletedBy string
		}
	}
	b.get(fmt.Sprintf("/%s/_apis/wit/recyclebin?ids=%d", b.world.Projects[some.Project].ID, some.Item), &described)
	if len(described.Value) != 1 {
		t.Fatalf("%+v", described)
	}
	d := described.Value[0]
	if _, err := time.Parse("1/2/2006 3:04:05 PM", d.DeletedDate); err != nil || d.Name != b.world.Title(some) || !strings.Contains(d.DeletedBy, "<") {
		t.Errorf("%+v: %v", d, err)
	}
}
