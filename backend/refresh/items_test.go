package refresh_test

import (
	"slices"
	"testing"

	"sightline/backend/devops"
)

func TestDeletedAndRestoredItemsAreSeen(t *testing.T) {
	o := newTestOrg(t)
	p := o.add("Alpha", 4, 2)
	d := openStore(t)
	living := func() []int {
		t.Helper()
		if _, err := load(t, o, d); err != nil {
			t.Fatal(err)
		}
		ids, err := d.WorkItemIDs(t.Context(), p.id)
		if err != nil {
			t.Fatal(err)
		}
		return ids
	}
	revise := func(id, rev int, fields map[string]any) {
		o.mu.Lock()
		defer o.mu.Unlock()
		p.revise(o, id, rev, fields)
	}
	if got := living(); !slices.Equal(got, []int{1000, 1001, 1002, 1003}) {
		t.Fatal(got)
	}
	revise(1002, 3, map[string]any{"System.IsDeleted": true})
	if got := living(); !slices.Equal(got, []int{1000, 1001, 1003}) {
		t.Errorf("after the deletion: %v", got)
	}
	revise(1002, 4, map[string]any{"System.IsDeleted": false})
	if got := living(); !slices.Equal(got, []int{1000, 1001, 1002, 1003}) {
		t.Errorf("after the restore: %v", got)
	}
	spans, err := d.RevisionSpans(t.Context(), p.id)
	if err != nil || !slices.Contains(spans, devops.RevisionSpan{ID: 1002, First: 1, Last: 4, Held: 4}) {
		t.Errorf("%+v, %v", spans, err)
	}
}

func TestItemsThatChangeTypeOrProjectKeepTheirHistory(t *testing.T) {
	o := newTestOrg(t)
	alpha, beta := o.add("Alpha", 3, 2), o.add("Beta", 2, 2)
	d := &recorder{Dataset: openStore(t)}
	if _, err := load(t, o, d); err != nil {
		t.Fatal(err)
	}
	o.mu.Lock()
	alpha.revise(o, 1001, 3, map[string]any{"System.WorkItemType": "User Story", "System.CommentCount": 7})
	beta.revise(o, 1002, 3, nil) // moved
	alpha.moved = []int{1002}
	o.mu.Unlock()
	if _, err := load(t, o, d); err != nil {
		t.Fatal(err)
	}
	last := map[int]devops.Revision{}
	for _, b := range d.batches {
		for _, r := range b.Revisions {
			if r.Rev >= last[r.ID].Rev {
				last[r.ID] = r
			}
		}
	}
	if r := last[1001]; r.Type != "User Story" || r.Comments != 7 || r.Rev != 3 {
		t.Errorf("%+v", r)
	}
	for project, want := range map[string][]devops.RevisionSpan{
		alpha.id: {{ID: 1000, First: 1, Last: 2, Held: 2}, {ID: 1001, First: 1, Last: 3, Held: 3}},
		beta.id:  {{ID: 1002, First: 1, Last: 3, Held: 3}, {ID: 2000, First: 1, Last: 2, Held: 2}, {ID: 2001, First: 1, Last: 2, Held: 2}},
	} {
		if got, err := d.RevisionSpans(t.Context(), project); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v, want %v, %v", got, want, err)
		}
	}
	// The proof finds nothing missing, and counts the one that moved where it is.
	rows, proof := verify(t, o, d)
	if proof.Gap() || rows[devops.Revisions].Server != 12 || rows[devops.WorkItems].Server != 5 {
		t.Errorf("%+v", proof.Rows)
	}
}
