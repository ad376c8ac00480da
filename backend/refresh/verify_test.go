package refresh_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/sqlite"
)

func verify(t *testing.T, o *testOrg, d refresh.Store, change ...func(*refresh.VerifyOptions)) (map[devops.Entity]refresh.ProofRow, refresh.Proof) {
	t.Helper()
	options := refresh.VerifyOptions{Client: hastyClient(t, o.server.URL, time.Minute), Store: d, Patterns: everything, Selection: devops.Selection{Contents: []devops.Content{devops.WorkItemsContent}}}
	for _, f := range change {
		f(&options)
	}
	proof, err := refresh.Verify(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[devops.Entity]refresh.ProofRow{}
	for _, r := range proof.Rows {
		rows[r.Entity] = r
	}
	return rows, proof
}

func sameRow(t *testing.T, rows map[devops.Entity]refresh.ProofRow, want refresh.ProofRow) {
	t.Helper()
	want.Known = true
	if got := rows[want.Entity]; got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestAProofFindsEverythingThere(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 10, 4)
	o.add("Beta", 3, 2)
	d := openStore(t)
	if _, err := load(t, o, d); err != nil {
		t.Fatal(err)
	}
	before := dump(t, d)
	var told []int
	rows, proof := verify(t, o, d, func(v *refresh.VerifyOptions) {
		v.Progress = func(done, of int) { told = append(told, done, of) }
		v.Clock = func() time.Time { return testBegin }
	})
	sameRow(t, rows, refresh.ProofRow{Entity: devops.Projects, Server: 2, Held: 2})
	sameRow(t, rows, refresh.ProofRow{Entity: devops.WorkItems, Server: 13, Held: 13})
	sameRow(t, rows, refresh.ProofRow{Entity: devops.Revisions, Server: 46, Held: 46})
	sameRow(t, rows, refresh.ProofRow{Entity: devops.Links, Server: 11, Held: 11})
	sameRow(t, rows, refresh.ProofRow{Entity: devops.Areas, Server: 2, Held: 2})
	sameRow(t, rows, refresh.ProofRow{Entity: devops.Iterations, Server: 4, Held: 4})
	if proof.Requests == 0 || !proof.Checked.Equal(testBegin) || proof.Identity.ID != annID || len(proof.Skipped) != 0 {
		t.Errorf("%+v", proof)
	}
	if dump(t, d) != before {
		t.Error("the proof changed the dataset")
	}
	if n := len(told); n < 4 || told[0] != 0 || told[n-1] == 0 || told[n-2] != told[n-1] {
		t.Errorf("told %v", told)
	}
	if _, ok := rows[devops.Builds]; ok {
		t.Error("builds were not ticked")
	}
}

// holed is a dataset that loses rows on their way into the file.
type holed struct {
	*sqlite.Dataset
	lost func(*devops.Batch)
}

func (h *holed) Commit(ctx context.Context, b devops.Batch) (devops.Changes, error) {
	h.lost(&b)
	return h.Dataset.Commit(ctx, b)
}

func TestAProofFindsWhatIsMissing(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 10, 4)
	without := func(keep func(devops.Revision) bool) func(*devops.Batch) {
		return func(b *devops.Batch) {
			var kept []devops.Revision
			for _, r := range b.Revisions {
				if keep(r) {
					kept = append(kept, r)
				}
			}
			b.Revisions = kept
		}
	}
	for name, test := range map[string]struct {
		lost                          func(*devops.Batch)
		items, heldRevisions, missing int // missing revisions
		links                         int
	}{
		"a revision in the middle": {without(func(r devops.Revision) bool { return r.ID != 1003 || r.Rev != 2 }), 0, 39, 1, 0},
		"the last revision":        {without(func(r devops.Revision) bool { return r.ID != 1003 || r.Rev != 4 }), 0, 39, 1, 0},
		"the first revision":       {without(func(r devops.Revision) bool { return r.ID != 1003 || r.Rev != 1 }), 0, 39, 1, 0},
		"a work item":              {without(func(r devops.Revision) bool { return r.ID != 1003 }), 1, 36, 4, 0},
		"links":                    {func(b *devops.Batch) { b.Links = b.Links[:len(b.Links)/2] }, 0, 40, 0, 5},
	} {
		t.Run(name, func(t *testing.T) {
			d := openStore(t)
			if _, err := load(t, o, &holed{d, test.lost}); err != nil {
				t.Fatal(err)
			}
			rows, proof := verify(t, o, d)
			sameRow(t, rows, refresh.ProofRow{Entity: devops.WorkItems, Server: 10, Held: 10 - test.items, Missing: test.items})
			sameRow(t, rows, refresh.ProofRow{Entity: devops.Revisions, Server: 40, Held: test.heldRevisions, Missing: test.missing})
			sameRow(t, rows, refresh.ProofRow{Entity: devops.Links, Server: 9, Held: 9 - test.links, Missing: test.links})
			if !proof.Gap() {
				t.Error("no gap")
			}
		})
	}
}

func TestAProofTakesWhatCameSinceTheLastRefreshForNoGap(t *testing.T) {
	o := newTestOrg(t)
	p := o.add("Alpha", 5, 2)
	d := openStore(t)
	if _, err := load(t, o, d); err != nil {
		t.Fatal(err)
	}
	refreshed := testBegin.Add(time.Duration(o.watermarks)*time.Minute + time.Second)
	o.mu.Lock()
	p.revise(o, 1001, 3, nil)
	p.revise(o, 1005, 1, nil)
	p.links = append(p.links, `{"rel":"System.LinkTypes.Related","sourceId":1001,"targetId":1005,"changedDate":"2026-01-06T08:00:00Z","isActive":true}`)
	o.mu.Unlock()
	rows, proof := verify(t, o, d, func(v *refresh.VerifyOptions) { v.Refreshed = refreshed })
	sameRow(t, rows, refresh.ProofRow{Entity: devops.WorkItems, Server: 6, Held: 5, Note: "Newer than the last refresh: 1."})
	sameRow(t, rows, refresh.ProofRow{Entity: devops.Revisions, Server: 12, Held: 10, Note: "Newer than the last refresh: 2."})
	sameRow(t, rows, refresh.ProofRow{Entity: devops.Links, Server: 5, Held: 4, Note: "Newer than the last refresh: 1."})
	for _, e := range []devops.Entity{devops.WorkItems, devops.Revisions, devops.Links} {
		if rows[e].Missing != 0 {
			t.Error(rows[e])
		}
	}
	rows, _ = verify(t, o, d)
	if rows[devops.Revisions].Missing != 2 || rows[devops.WorkItems].Missing != 1 || rows[devops.Links].Missing != 1 {
		t.Errorf("without the time of the last refresh: %+v", proof.Rows)
	}
}

func TestAProofExplainsRevisionsThatWereMadeElsewhere(t *testing.T) {
	o := newTestOrg(t)
	p := o.add("Alpha", 4, 2)
	// 1900 was made and changed in a project that nobody loads, and moved here with its third revision.
	o.mu.Lock()
	p.revise(o, 1900, 3, nil)
	p.revise(o, 1900, 4, nil)
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/_apis/wit/workItems/1900/revisions/2") {
			o.answer(w, `{"id":1900,"rev":2,"fields":{"System.TeamProject":"Elsewhere"}}`)
			return true
		}
		return false
	}
	o.mu.Unlock()
	d := openStore(t)
	if _, err := load(t, o, d); err != nil {
		t.Fatal(err)
	}
	rows, _ := verify(t, o, d)
	sameRow(t, rows, refresh.ProofRow{Entity: devops.Revisions, Server: 10, Held: 10,
		Note: "Made in projects that are not loaded, before their work items moved: 2 earlier ones."})
	o.mu.Lock()
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/_apis/wit/workItems/1900/revisions/2") {
			o.answer(w, `{"id":1900,"rev":2,"fields":{"System.TeamProject":"Alpha"}}`)
			return true
		}
		return false
	}
	o.mu.Unlock()
	rows, _ = verify(t, o, d)
	sameRow(t, rows, refresh.ProofRow{Entity: devops.Revisions, Server: 12, Held: 10, Missing: 2})
}

func TestAProofSaysWhatItCouldNotAsk(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 4, 2)
	beta := o.add("Beta", 4, 2)
	d := openStore(t)
	if _, err := load(t, o, d); err != nil {
		t.Fatal(err)
	}
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		switch {
		case !strings.Contains(r.URL.Path, beta.id):
			return false
		case strings.Contains(r.URL.Path, "workitemlinks"):
			o.refuse(w, 403, "AccessDeniedException", "no")
		case strings.HasSuffix(r.URL.Path, "wiql"):
			w.WriteHeader(500)
		default:
			return false
		}
		return true
	}
	rows, proof := verify(t, o, d)
	if rows[devops.Links].Known || rows[devops.WorkItems].Known || !rows[devops.Areas].Known || len(proof.Skipped) != 2 ||
		proof.Skipped[0] != (refresh.Skipped{Project: "Beta", What: "workItems", Why: "contoso is in trouble: it answered 500 when asked for the work item ids of a project."}) || proof.Skipped[1].What != "links" {
		t.Errorf("%+v", proof)
	}
}

func TestAProofAsSomebodyElseIsRefused(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 2, 2)
	d := openStore(t)
	if _, err := load(t, o, d); err != nil {
		t.Fatal(err)
	}
	_, err := refresh.Verify(t.Context(), refresh.VerifyOptions{Client: o.client(t), Store: d, Patterns: everything, Identity: bobID})
	if !fault.Is(err, fault.IdentityChanged) {
		t.Error(err)
	}
}
