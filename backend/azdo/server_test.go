package azdo

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

const annID = "22157d54-1821-6536-a446-928b06348385"

// script is a server that gives prepared answers, one after the other; the last one stays.
type script struct {
	mu     sync.Mutex
	steps  []func(w http.ResponseWriter, r *http.Request)
	asked  []*http.Request
	server *httptest.Server
	clock  time.Time
	slept  []time.Duration
}

// newScript serves steps at /contoso and a fixed empty list of resource areas.
func newScript(t *testing.T, steps ...func(http.ResponseWriter, *http.Request)) *script {
	s := &script{steps: steps, clock: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/contoso/_apis/ResourceAreas" {
			jsonAnswer(200, `{"count":0,"value":[]}`)(w, r)
			return
		}
		s.mu.Lock()
		s.asked = append(s.asked, r.Clone(context.Background()))
		step := s.steps[min(len(s.asked), len(s.steps))-1]
		s.mu.Unlock()
		step(w, r)
	}))
	t.Cleanup(s.server.Close)
	return s
}

// requests is how often the script was asked.
func (s *script) requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.asked)
}

// client makes a client of the script whose clock moves only by sleeping.
func (s *script) client(t *testing.T, change ...func(*Options)) *Client {
	t.Helper()
	o := Options{
		BaseURL: s.server.URL + "/contoso", Account: "ann@contoso.com", Credential: bearer("secret-token"), HTTP: s.server.Client(),
		UserAgent: "Sightline/1.2.3", Jitter: func() float64 { return 1 }, Clock: s.now, Sleep: s.sleep,
	}
	for _, f := range change {
		f(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (s *script) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clock
}

func (s *script) sleep(ctx context.Context, d time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.slept = append(s.slept, d)
	s.clock = s.clock.Add(d)
	return ctx.Err()
}

func (s *script) allSlept() (all time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.slept {
		all += d
	}
	return all
}

type bearer string

func (b bearer) Authorize(_ context.Context, r *http.Request) error {
	r.Header.Set("Authorization", "Bearer "+string(b))
	return nil
}

// jsonAnswer is an answer as ann@contoso.com, with extra header pairs.
func jsonAnswer(status int, body string, header ...string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8; api-version=7.1")
		w.Header().Set("X-VSS-UserData", annID+":ann@contoso.com")
		w.Header().Set("X-VSS-E2EID", "e2e-1")
		w.Header().Set("ActivityId", "activity-1")
		for i := 0; i+1 < len(header); i += 2 {
			if header[i+1] == "" {
				w.Header().Del(header[i])
			} else {
				w.Header().Set(header[i], header[i+1])
			}
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}
