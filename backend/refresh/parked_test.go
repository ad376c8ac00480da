package refresh_test

import (
	"context"
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

// hastyClient makes a client that waits for nothing but an answer.
func hastyClient(t *testing.T, url string, idle time.Duration) *refresh.Client {
	t.Helper()
	c, err := azdo.New(azdo.Options{BaseURL: url + "/contoso", Organization: "contoso", Account: "ann@contoso.com", Credential: token("x"), IdleTimeout: idle,
		Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// stall is how long a client waits for the next byte of a body that stalls. Good answers have to come sooner, also
// from a machine that is slow.
const stall = time.Second

// breakages are the ways in which a page can come broken although the service is there.
var breakages = map[string]struct {
	answer func(w http.ResponseWriter)
	code   fault.Code
	why    string // part of the reason that is shown
}{
	"a corrupt page": {func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"values":[{"id":1000,"rev":"x","fields":{"System.Title":"corrupt"}}],"continuationToken":"9;9;9","isLastBatch":false}`))
	}, fault.BadAnswer, "something that cannot be read, 6 times"},
	"truncated JSON": {func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"values":[{"id":1000,"rev":99,"fields":{"System.Title":"half`))
	}, fault.BadAnswer, "something that cannot be read, 6 times"},
	"a body that ends early": {func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", "9999")
		_, _ = w.Write([]byte(`{"values":[{"id":1000,"rev":99,"fields":{"System.Title":"half`))
	}, fault.BadAnswer, "broke off in the middle of the work item history of Broken (6 attempts)"},
	"a reset connection": {func(w http.ResponseWriter) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			_ = c.Close()
		}
	}, fault.Offline, "failed 6 times when asking for the work item history of Broken"},
	"500": {func(w http.ResponseWriter) { w.WriteHeader(500) }, fault.Offline, "contoso is in trouble: it answered 500 when asked for the work item history of Broken"},
	"503": {func(w http.ResponseWriter) { w.WriteHeader(503) }, fault.Offline, "contoso is in trouble: it answered 503"},
	"a stalled body": {func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"values":[`))
		_ = http.NewResponseController(w).Flush()
		time.Sleep(2 * stall)
	}, fault.Timeout, "did not answer when asked for the work item history of Broken (6 attempts)"},
	"a wrong content type": {func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = w.Write([]byte(`{"values":[],"continuationToken":"9;9;9","isLastBatch":true}`))
	}, fault.BadAnswer, "something that is not Azure DevOps' protocol"},
	"an empty body": {func(w http.ResponseWriter) { w.Header().Set("Content-Type", "application/json") }, fault.BadAnswer, "something that cannot be read, 6 times"},
}

func TestABrokenFeedIsTriedAgainParkedAndGoneOnWith(t *testing.T) {
	for name, b := range breakages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newTestOrg(t)
			broken := o.add("Broken", 10, 4)
			o.add("Whole", 5, 3)
			var tries atomic.Int64
			o.before = func(w http.ResponseWriter, r *http.Request) bool {
				if !strings.Contains(r.URL.Path, broken.id) || !strings.Contains(r.URL.Path, "workitemrevisions") || !strings.HasPrefix(r.URL.Query().Get("continuationToken"), "14;") {
					return false
				}
				tries.Add(1)
				w.Header().Set("X-VSS-UserData", o.caller)
				o.mu.Unlock() // a stalled answer must not hold the others
				b.answer(w)
				o.mu.Lock()
				return true
			}
			d := openStore(t)
			idle := time.Minute
			if b.code == fault.Timeout {
				idle = stall
			}
			options := func(r *refresh.Options) {
				r.Client, r.Patience = hastyClient(t, o.server.URL, idle), time.Hour
			}
			s, err := load(t, o, d, options)
			// Go's transport by itself asks again when a kept connection was closed.
			if !fault.Is(err, b.code) || tries.Load() < 6 {
				t.Errorf("%v (%s) after %d attempts", err, fault.CodeOf(err), tries.Load())
			}
			if len(s.Parked) != 1 || s.Parked[0].Project != "Broken" || s.Parked[0].What != "the history" || !strings.Contains(s.Parked[0].Why, b.why) {
				t.Errorf("parked %+v", s.Parked)
			}
			// Two good pages of the broken project, everything of the other, and the links of both.
			if s.Counts["revisions"] != 14+15 || s.Counts["links"] != 9+4 || len(s.Skipped) != 0 {
				t.Errorf("%v, skipped %+v", s.Counts, s.Skipped)
			}
			o.mu.Lock()
			o.before = nil
			o.mu.Unlock()
			s, err = load(t, o, d, options)
			if err != nil || s.Counts["revisions"] != 40-14 || len(s.Parked) != 0 {
				t.Errorf("mended: %v, %v", s.Counts, err)
			}
			whole := openStore(t)
			if _, err := load(t, o, whole, options); err != nil {
				t.Fatal(err)
			}
			if got, want := dump(t, d), dump(t, whole); got != want {
				t.Error("the rows differ from those of an undisturbed load: " + firstDifference(got, want))
			}
		})
	}
}

func TestAServiceInTroubleEverywhereEndsTheRefreshSoon(t *testing.T) {
	o := newTestOrg(t)
	for _, name := range []string{"A", "B", "C", "D", "E", "F", "G"} {
		o.add(name, 2, 2)
	}
	feeds := 0
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, "reporting") || strings.Contains(r.URL.Path, "/_apis/work/boards") {
			feeds++
		}
		if feeds > 0 {
			w.WriteHeader(500)
		}
		return feeds > 0
	}
	s, err := load(t, o, openStore(t), func(r *refresh.Options) { r.Client = hastyClient(t, o.server.URL, time.Minute) })
	// Two faults are parked, the third in a row says that nothing answers; a few others are on their way then.
	if !fault.Is(err, fault.Offline) || len(s.Parked) != 2 || o.asked("") > 100 {
		t.Errorf("%v, parked %+v, %d requests", err, s.Parked, o.asked(""))
	}
}

func TestAProjectWhoseSchemaIsBrokenWaitsAndTheOthersLoad(t *testing.T) {
	o := newTestOrg(t)
	broken := o.add("Broken", 4, 2)
	o.add("Whole", 5, 3)
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, broken.id) && strings.HasSuffix(r.URL.Path, "/wit/fields") {
			w.WriteHeader(502)
			return true
		}
		return false
	}
	d := openStore(t)
	hasty := func(r *refresh.Options) { r.Client = hastyClient(t, o.server.URL, time.Minute) }
	s, err := load(t, o, d, hasty)
	if !fault.Is(err, fault.Offline) || s.Counts["revisions"] != 15 || len(s.Parked) != 1 || s.Parked[0].Project != "Broken" {
		t.Errorf("%v, %v, parked %+v", s.Counts, err, s.Parked)
	}
	if o.asked(broken.id+"/_apis/wit/reporting") != 0 {
		t.Error("the history was read although nobody knows its types")
	}
	o.mu.Lock()
	o.before = nil
	o.mu.Unlock()
	if s, err := load(t, o, d, hasty); err != nil || s.Counts["revisions"] != 8 || s.Counts["projects"] != 1 {
		t.Errorf("mended: %v, %v", s.Counts, err)
	}
}

// panicking is a dataset with a defect.
type panicking struct {
	*sqlite.Dataset
	cursor string // the feed whose cursor panics
	links  bool   // storing links panics
}

func (p *panicking) Cursor(ctx context.Context, feed, scope string) (devops.Cursor, bool, error) {
	if feed == p.cursor {
		panic("a defect")
	}
	return p.Dataset.Cursor(ctx, feed, scope)
}

func (p *panicking) Commit(ctx context.Context, b devops.Batch) (devops.Changes, error) {
	if p.links && len(b.Links) > 0 {
		panic("a defect")
	}
	return p.Dataset.Commit(ctx, b)
}

// A row without a key cannot be stored, today or tomorrow. It must not keep everything else from being loaded.
func TestARowThatCannotBeStoredCostsItsListAlone(t *testing.T) {
	o := newPipelineOrg(t)
	o.build(1, 10, 20, "succeeded")
	o.runs = []orgRun{{id: 1, build: 1, updated: minute(30), passed: 3}}
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(strings.ToLower(r.URL.Path), "/_apis/build/builds") {
			o.answer(w, `{"count":1,"value":[null]}`)
			return true
		}
		return o.serve(w, r)
	}
	sum, err := load(t, o.testOrg, openStore(t), pipelinesOnly)
	if !fault.Is(err, fault.Invalid) || len(sum.Parked) != 1 || sum.Parked[0].What != "the builds" {
		t.Errorf("%v, parked %+v", err, sum.Parked)
	}
	if sum.Counts[devops.TestRuns] != 1 || sum.Counts[devops.Definitions] != 2 {
		t.Errorf("%v", sum.Counts)
	}
}

func TestADefectInOnePartCostsThatPartAlone(t *testing.T) {
	for name, test := range map[string]struct {
		store     panicking
		revisions int
		what      string
	}{
		"boards":      {panicking{cursor: "boards"}, 20, "the boards"},
		"the history": {panicking{cursor: "revisions"}, 0, "the work items"},
		"storing":     {panicking{links: true}, 20, "the work items"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newTestOrg(t)
			o.add("Alpha", 5, 4)
			test.store.Dataset = openStore(t)
			s, err := load(t, o, &test.store)
			if !fault.Is(err, fault.Internal) || !strings.Contains(err.Error(), "a defect") || s.Counts["revisions"] != test.revisions {
				t.Errorf("%v, %v", s.Counts, err)
			}
			if len(s.Parked) != 1 || s.Parked[0].What != test.what || !strings.Contains(s.Parked[0].Why, "defect of its own") {
				t.Errorf("parked %+v", s.Parked)
			}
			if s, err := load(t, o, test.store.Dataset); err != nil || len(s.Parked) != 0 {
				t.Errorf("mended: %v, %v", s, err)
			}
		})
	}
}

func TestAPhaseOfWhichSomethingIsParkedEndsAsFailed(t *testing.T) {
	o := newTestOrg(t)
	broken := o.add("Broken", 4, 2)
	o.add("Whole", 5, 3)
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, broken.id) && strings.Contains(r.URL.Path, "workitemlinks") {
			w.WriteHeader(500)
			return true
		}
		return false
	}
	var last refresh.Progress
	_, err := load(t, o, openStore(t), func(r *refresh.Options) {
		r.Client = hastyClient(t, o.server.URL, time.Minute)
		r.Progress = func(p refresh.Progress) { last = p }
	})
	if err == nil || last.State != refresh.RunFailed || last.Percent >= 100 {
		t.Errorf("%v, %+v", err, last)
	}
	said := false
	for _, line := range last.Log {
		said = said || strings.HasPrefix(line.Text, "Parked the links of Broken: contoso is in trouble")
	}
	if !said {
		t.Errorf("log %+v", last.Log)
	}
	for _, p := range last.Phases {
		want := refresh.Finished
		if p.Phase == refresh.PhaseLinks {
			want = refresh.Failed
		}
		if p.State != want {
			t.Errorf("%s is %s", p.Phase, p.State)
		}
	}
}
