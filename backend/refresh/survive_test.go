package refresh_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/sqlite"
)

// TestALoadStoppedAnywhereEndsWithTheSameRows cancels at random requests until the load gets through.
func TestALoadStoppedAnywhereEndsWithTheSameRows(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 20, 5)
	o.add("Beta", 15, 6)
	whole := openStore(t)
	if _, err := load(t, o, whole); err != nil {
		t.Fatal(err)
	}
	want := dump(t, whole)
	random := rand.New(rand.NewPCG(7, 7))
	for round := range 8 {
		d, stops := openStore(t), 0
		for {
			ctx, cancel := context.WithCancel(t.Context())
			left := random.IntN(12) + 3 + stops
			o.mu.Lock()
			o.before = func(http.ResponseWriter, *http.Request) bool {
				if left--; left == 0 {
					cancel()
				}
				return false
			}
			o.mu.Unlock()
			_, err := refresh.Run(ctx, refresh.Options{Client: o.client(t), Store: d, Patterns: everything})
			cancel()
			if err == nil {
				break
			}
			if !fault.Is(err, fault.Canceled) {
				t.Fatal(err)
			}
			stops++
		}
		if got := dump(t, d); got != want {
			t.Fatalf("round %d, after %d stops the rows differ: %s", round, stops, firstDifference(got, want))
		}
	}
}

func TestAServerThatStopsMidPageIsAskedAgainAndThenParked(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 10, 4)
	d := openStore(t)
	broken := 0
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, "workitemrevisions") && r.URL.Query().Get("continuationToken") != "" && broken < 2 {
			broken++
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("X-VSS-UserData", o.caller)
			w.Header().Set("Content-Length", "9999")
			_, _ = w.Write([]byte(`{"values":[{"id":1000,"rev":99,"fields":{"System.Title":"half`))
			return true
		}
		return false
	}
	if s, err := load(t, o, d); err != nil || s.Counts["revisions"] != 40 {
		t.Errorf("%v, %v", s.Counts, err)
	}
	if strings.Contains(dump(t, d), "half") {
		t.Error("something of the broken page was stored")
	}
}

func TestAnotherIdentityMidLoadStoresNothingOfIt(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 10, 4)
	for name, now := range map[string]string{"somebody else": bobID + ":bob@contoso.com", "nobody": ""} {
		d := openStore(t)
		pages := 0
		o.mu.Lock()
		o.caller = annID + ":ann@contoso.com"
		o.before = func(_ http.ResponseWriter, r *http.Request) bool {
			if strings.Contains(r.URL.Path, "workitemrevisions") {
				if pages++; pages == 3 {
					o.caller = now
				}
			}
			return false
		}
		o.mu.Unlock()
		s, err := load(t, o, d, func(r *refresh.Options) { r.Identity = annID })
		if !fault.Is(err, fault.IdentityChanged) {
			t.Fatalf("%s: %v", name, err)
		}
		if s.Counts["revisions"] != 14 {
			t.Errorf("%s: %d revisions stored, want the 14 of the first two pages", name, s.Counts["revisions"])
		}
		if got := strings.Count(dump(t, d), `\"in\" rev`); got != 14 {
			t.Errorf("%s: %d revisions in the file", name, got)
		}
	}
	o.mu.Lock()
	o.before, o.caller = nil, bobID+":bob@contoso.com"
	o.mu.Unlock()
	d := openStore(t)
	if _, err := load(t, o, d, func(r *refresh.Options) { r.Identity = annID }); !fault.Is(err, fault.IdentityChanged) || dump(t, d) != dump(t, openStore(t)) {
		t.Errorf("from the start: %v", err)
	}
}

func TestAFeedThatRepeatsItsPageIsAFault(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 3, 2)
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, "workitemrevisions") {
			o.answer(w, `{"values":[{"id":1,"rev":1,"fields":{"System.Title":"x","System.ChangedDate":"2026-01-01T00:00:00Z"}}],"continuationToken":"5;1;1","isLastBatch":false}`)
			return true
		}
		return false
	}
	if _, err := load(t, o, openStore(t)); !fault.Is(err, fault.BadAnswer) {
		t.Errorf("%v", err)
	}
}

func TestEmptyPagesDoNotEndAFeed(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 3, 2)
	empties := 0
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, "workitemrevisions") && empties < 3 {
			empties++
			o.answer(w, fmt.Sprintf(`{"values":[],"continuationToken":"0;%d;0","isLastBatch":false}`, empties))
			return true
		}
		return false
	}
	if s, err := load(t, o, openStore(t)); err != nil || s.Counts["revisions"] != 6 {
		t.Errorf("%v, %v", s.Counts, err)
	}
}

// slowedClient makes a client whose waits move a clock and let the screen see them.
func slowedClient(t *testing.T, o *testOrg, now *atomic.Int64) *refresh.Client {
	t.Helper()
	clock := func() time.Time { return testBegin.Add(time.Duration(now.Load())) }
	c, err := azdo.New(azdo.Options{BaseURL: o.server.URL + "/contoso", Credential: token("x"), Clock: clock,
		Sleep: func(ctx context.Context, d time.Duration) error {
			until := now.Load() + int64(d) // several may wait for the same instant
			time.Sleep(250 * time.Millisecond)
			for at := now.Load(); at < until && !now.CompareAndSwap(at, until); at = now.Load() {
			}
			return ctx.Err()
		}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheScreenSaysThatTheServiceMakesUsWait(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 10, 4)
	pages := 0
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, "workitemrevisions") {
			if pages++; pages == 2 {
				w.Header().Set("Retry-After", "20")
			}
		}
		return false
	}
	var now atomic.Int64
	var waiting []refresh.Progress
	s, err := load(t, o, openStore(t), func(r *refresh.Options) {
		r.Client, r.Patience = slowedClient(t, o, &now), time.Hour
		r.Clock = func() time.Time { return testBegin.Add(time.Duration(now.Load())) }
		r.Progress = func(p refresh.Progress) {
			if !p.WaitUntil.IsZero() {
				waiting = append(waiting, p)
			}
		}
	})
	if err != nil || s.Waited != 20*time.Second || s.Counts["revisions"] != 40 {
		t.Fatalf("%+v, %v", s, err)
	}
	if len(waiting) == 0 {
		t.Fatal("nothing was said")
	}
	p := waiting[0]
	if p.WaitWhy != "Azure DevOps asked us to slow down." || !p.WaitUntil.Equal(testBegin.Add(20*time.Second)) || p.Phases[2].State != refresh.Waiting || len(p.Log) == 0 {
		t.Errorf("%+v", p)
	}
}

func TestATooLongWaitParksTheLoadWithItsCursors(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 10, 4)
	pages := 0
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, "workitemrevisions") {
			if pages++; pages == 3 {
				w.Header().Set("Retry-After", "3600")
			}
		}
		return false
	}
	d := openStore(t)
	var now atomic.Int64
	s, err := load(t, o, d, func(r *refresh.Options) { r.Client = slowedClient(t, o, &now) })
	if !fault.Is(err, fault.Throttled) || s.Counts["revisions"] != 21 {
		t.Fatalf("%v, %v", s.Counts, err)
	}
	if s, err := load(t, o, d); err != nil || s.Counts["revisions"] != 19 {
		t.Errorf("the next refresh: %v, %v", s.Counts, err)
	}
}

func TestAProjectWhoseHistoryMayNotBeReadIsListedAndTheOthersLoad(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 3, 2)
	secret := o.add("Secret", 3, 2)
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, secret.id) && strings.Contains(r.URL.Path, "reporting") {
			o.refuse(w, 403, "AccessDeniedException", "no")
			return true
		}
		return false
	}
	s, err := load(t, o, openStore(t))
	if err != nil || s.Counts["revisions"] != 6 || len(s.Skipped) != 2 || s.Skipped[0].Project != "Secret" || s.Skipped[0].What != "history" {
		t.Errorf("%v, %+v, %v", s.Counts, s.Skipped, err)
	}
}

func TestAFullDiskStopsTheLoadAndKeepsWhatIsStored(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 20, 4)
	d := &fullDisk{Dataset: openStore(t), left: 4}
	_, err := load(t, o, d)
	if !fault.Is(err, fault.DiskFull) {
		t.Fatalf("%v", err)
	}
	if s, err := load(t, o, d.Dataset); err != nil || strings.Count(dump(t, d.Dataset), `\"in\" rev`) != 80 {
		t.Errorf("with room again: %v, %v", s.Counts, err)
	}
}

// fullDisk is a dataset whose disk is full after some commits.
type fullDisk struct {
	*sqlite.Dataset
	left int
}

func (f *fullDisk) Commit(ctx context.Context, b devops.Batch) (devops.Changes, error) {
	if f.left--; f.left < 0 {
		return nil, fault.New(fault.DiskFull, "test", "The disk is full.", "Make room.")
	}
	return f.Dataset.Commit(ctx, b)
}
