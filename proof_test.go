package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"sightline/backend/desktop"
)

func proofRow(t *testing.T, p desktop.ProofView, entity string) desktop.ProofRowView {
	t.Helper()
	for _, r := range p.Rows {
		if r.Entity == entity {
			return r
		}
	}
	t.Fatalf("the proof has no row %s: %+v", entity, p.Rows)
	return desktop.ProofRowView{}
}

func TestAProofOfLoadIsEqualUntilSomethingIsLost(t *testing.T) {
	dir, id := connected(t, sample(t))
	p, _, done := open(t, dir, false)
	if none := answered[desktop.ProofView](t)(p.Services().Datasets.Proof(id)); none.Checked != "" || len(none.Rows) != 0 {
		t.Errorf("before anybody asked: %+v", none)
	}
	done()
	held := countIn(t, dir, "SELECT count(*) FROM fact_item WHERE NOT deleted AND project = (SELECT id FROM dim_project WHERE name = 'Tooling')")

	equal := answer[desktop.ProofView](t, runVerb(t.Context(), nil, "verify", "Tools", "--json"))
	for _, r := range equal.Rows {
		if r.State == "missing" || r.Missing != 0 || r.Name == "" {
			t.Errorf("%+v", r)
		}
	}
	items := proofRow(t, equal, "workItems")
	if items.Server != held || items.Held != held || !items.Known || items.State != "equal" || equal.Checked == "" || !strings.Contains(equal.Person, "mira.okafor@lumen.example") || equal.Requests == 0 {
		t.Errorf("%+v\n%+v", items, equal)
	}

	spoil(t, dir, loseRows)
	v := runVerb(t.Context(), nil, "verify", "Tools")
	var gap desktop.ProofView
	if err := json.Unmarshal([]byte(v.out.String()), &gap); err != nil || v.status != 1 || !strings.Contains(v.diag.String(), "Work items: 3 missing") {
		t.Fatalf("status %d: %v\n%s\n%s", v.status, err, v.out, v.diag)
	}
	if r := proofRow(t, gap, "workItems"); r.State != "missing" || r.Missing != 3 || r.Held != held-3 || r.Server != held {
		t.Errorf("%+v", r)
	}

	p, _, done = open(t, dir, false)
	defer done()
	if kept := answered[desktop.ProofView](t)(p.Services().Datasets.Proof(id)); kept.Checked != gap.Checked || len(kept.Rows) != len(gap.Rows) || proofRow(t, kept, "workItems").Missing != 3 {
		t.Errorf("kept: %+v", kept)
	}
	answered[desktop.ProofView](t)(p.Services().Datasets.Verify(id))
	notices := answered[[]desktop.NoticeView](t)(p.Services().Shell.Notices())
	if len(notices) != 1 || notices[0].Kind != "proofGap" || !strings.Contains(notices[0].Text, "Work items: 3") || notices[0].DatasetID != id {
		t.Errorf("%+v", notices)
	}
}

func TestAProofThatComparesNothingIsNoProof(t *testing.T) {
	a := sample(t)
	var refuse atomic.Bool
	answering(t, &a, func(w http.ResponseWriter, r *http.Request, pass http.Handler) bool {
		signIn := strings.Contains(r.URL.Path, "connectionData") || strings.Contains(r.URL.Path, "/_apis/projects")
		if !refuse.Load() || signIn && !strings.Contains(r.URL.Path, "/teams") {
			return false
		}
		granted := httptest.NewRecorder()
		pass.ServeHTTP(granted, r)
		w.Header().Set("X-VSS-UserData", granted.Header().Get("X-VSS-UserData")) // a refusal says as whom, too
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte(`{"message":"TF50309: no","typeKey":"AccessDeniedException","errorCode":0}`))
		return true
	})
	connected(t, a, "--load", "workItems")
	refuse.Store(true)
	v := runVerb(t.Context(), nil, "verify", "Tools")
	var proof desktop.ProofView
	if err := json.Unmarshal([]byte(v.out.String()), &proof); err != nil || v.status != 1 || len(proof.Rows) < 5 || len(proof.Notes) < 3 {
		t.Fatalf("status %d: %v\n%s\n%s", v.status, err, v.out, v.diag)
	}
	for _, want := range []string{"Nothing of Tools could be compared", "mira.okafor@lumen.example", "Not asked: Tooling"} {
		if !strings.Contains(v.diag.String(), want) {
			t.Errorf("%q is not in: %s", want, v.diag)
		}
	}
}

func TestTheHistorySaysWhatEachRefreshDid(t *testing.T) {
	dir, id := connected(t, sample(t))
	p, _, done := open(t, dir, false)
	defer done()
	if _, err := p.Refresh(t.Context(), id, func(desktop.ProgressView) {}); err != nil {
		t.Fatal(err)
	}
	runs := history(t, p, id)
	held := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id))
	first, second := runs[1], runs[0]
	if first.Changes["revisions"].Added != held.Revisions || first.Changes["workItems"].Added == 0 && first.Changes["revisions"].Added == 0 || first.Added < held.Revisions || first.Bytes == 0 || first.Requests == 0 {
		t.Errorf("the first: %+v, held %d revisions", first, held.Revisions)
	}
	if second.Type != "command" || second.Changes["revisions"] != (desktop.ChangeView{}) || second.Parked == nil || second.Skipped == nil || second.Added > first.Added/10 {
		t.Errorf("the second, in which nothing happened: %+v", second)
	}
}
