package azdo

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/fault"
)

func TestRetryAfterOn200HoldsBackTheNextCall(t *testing.T) {
	s := newScript(t, jsonAnswer(200, oneField, "Retry-After", "30", "X-RateLimit-Resource", "AzureDevOps/WorkItemTracking", "X-RateLimit-Delay", "1.500"), jsonAnswer(200, oneField))
	var events []WaitEvent
	c := s.client(t, func(o *Options) { o.OnWait = func(e WaitEvent) { events = append(events, e) } })
	began := s.now()
	for range 2 {
		if _, err := c.Fields(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.slept) != 1 || s.slept[0] != 30*time.Second {
		t.Errorf("slept %v", s.slept)
	}
	if len(events) != 2 || events[0].For != 30*time.Second || !events[0].Until.Equal(began.Add(30*time.Second)) || events[0].Retry ||
		events[0].Why != "Azure DevOps asked us to slow down (AzureDevOps/WorkItemTracking)." || !events[1].Until.IsZero() {
		t.Errorf("events %+v", events)
	}
	if got := c.Stats().Waited; got != 31500*time.Millisecond {
		t.Errorf("waited %v, want 30 s and the 1.5 s the service itself held the answer", got)
	}
}

func TestRetryAfterHoldsBackAllWorkersAndClientsOfTheIdentity(t *testing.T) {
	s := newScript(t, jsonAnswer(200, oneField, "Retry-After", "60"), jsonAnswer(200, oneField))
	budget := NewBudget(6, s.now, s.sleep)
	shared := func(o *Options) { o.Budget = budget }
	a, b := s.client(t, shared), s.client(t, shared)
	if _, err := a.Fields(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Fields(t.Context(), ""); err != nil || s.allSlept() != 60*time.Second {
		t.Errorf("%v, the second client slept %v", err, s.slept)
	}
}

func Test429WithHeadersWaitsAndGoesOn(t *testing.T) {
	busy := jsonAnswer(429, errorJSON("RequestBlockedException", "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource <x> in namespace <y>."), "Retry-After", "20")
	s := newScript(t, busy, busy, jsonAnswer(200, oneField))
	if _, err := s.client(t).Fields(t.Context(), ""); err != nil || s.allSlept() != 40*time.Second {
		t.Errorf("%v after %v", err, s.slept)
	}
}

func Test429WithoutHeadersWaitsLongerEachTimeAndThenParks(t *testing.T) {
	s := newScript(t, jsonAnswer(429, "", "Content-Type", "text/plain"))
	_, err := s.client(t).Fields(t.Context(), "")
	if !fault.Is(err, fault.Throttled) {
		t.Fatalf("%v", err)
	}
	if want := []time.Duration{15 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute}; fmt.Sprint(s.slept) != fmt.Sprint(want) {
		t.Errorf("slept %v, want %v", s.slept, want)
	}
}

func TestAWaitOverSixMinutesParksInsteadOfHanging(t *testing.T) {
	s := newScript(t, jsonAnswer(200, oneField, "Retry-After", "361"), jsonAnswer(200, oneField))
	c := s.client(t)
	if _, err := c.Fields(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	_, err := c.Fields(t.Context(), "")
	if !fault.Is(err, fault.Throttled) || len(s.slept) != 0 {
		t.Errorf("%v after %v", err, s.slept)
	}
	if m := fault.ReportOf(err).Message; m != "Azure DevOps asked us to wait 6 min 1 s, which is longer than a refresh should hang. Azure DevOps asked us to slow down." {
		t.Error(m)
	}
}

// inFlight counts calls at once at a server that holds each for a while.
type inFlight struct{ now, most atomic.Int32 }

func (f *inFlight) serve(answer http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		n := f.now.Add(1)
		defer f.now.Add(-1)
		for m := f.most.Load(); n > m && !f.most.CompareAndSwap(m, n); m = f.most.Load() {
		}
		time.Sleep(4 * time.Millisecond)
		answer(w, r)
	}
}

func manyAtOnce(n int, f func() error) error {
	var all sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		all.Go(func() { errs[i] = f() })
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestSixCallsAtOnceAndOneOnTheReportingFeeds(t *testing.T) {
	var fields, feeds inFlight
	s := newScript(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/contoso/_apis/wit/reporting/workitemlinks" {
			feeds.serve(jsonAnswer(200, `{"values":[],"isLastBatch":true,"nextLink":"https://x/?continuationToken=5"}`))(w, r)
			return
		}
		fields.serve(jsonAnswer(200, oneField))(w, r)
	})
	c := s.client(t)
	ask := func() error { _, err := c.Fields(t.Context(), ""); return err }
	if err := manyAtOnce(24, ask); err != nil || fields.most.Load() != 6 {
		t.Errorf("%v, %d at once", err, fields.most.Load())
	}
	err := manyAtOnce(5, func() error { _, err := c.ReportingLinks(t.Context(), LinksQuery{}); return err })
	if err != nil || feeds.most.Load() != 1 {
		t.Errorf("%v, %d feeds at once", err, feeds.most.Load())
	}
}

func TestALowRemainderSendsCallsOneAtATime(t *testing.T) {
	var f inFlight
	low := jsonAnswer(200, oneField, "X-RateLimit-Limit", "200", "X-RateLimit-Remaining", "39")
	s := newScript(t, f.serve(low))
	c := s.client(t)
	ask := func() error { _, err := c.Fields(t.Context(), ""); return err }
	if err := ask(); err != nil {
		t.Fatal(err)
	}
	if err := manyAtOnce(10, ask); err != nil || f.most.Load() != 1 {
		t.Errorf("%v, %d at once with 39 of 200 left", err, f.most.Load())
	}
	// An answer without the headers means that the limit is far again.
	var g inFlight
	s.mu.Lock()
	s.steps = []func(http.ResponseWriter, *http.Request){g.serve(jsonAnswer(200, oneField))}
	s.mu.Unlock()
	if err := ask(); err != nil {
		t.Fatal(err)
	}
	if err := manyAtOnce(12, ask); err != nil || g.most.Load() < 2 {
		t.Errorf("%v, %d at once when far from the limit", err, g.most.Load())
	}
}

func TestWaitingCallsAreCancelled(t *testing.T) {
	b := NewBudget(1, nil, nil)
	if err := b.acquire(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := b.acquire(ctx, false); err == nil {
		t.Error("two calls at once")
	}
	b.release(false)
	if err := b.acquire(t.Context(), false); err != nil {
		t.Error(err)
	}
}
