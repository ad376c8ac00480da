package azdo

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// peak counts how many of something are under way, and the most there ever were.
type peak struct{ now, most atomic.Int64 }

func (p *peak) in() {
	n := p.now.Add(1)
	for m := p.most.Load(); n > m && !p.most.CompareAndSwap(m, n); m = p.most.Load() {
	}
}

func (p *peak) out() { p.now.Add(-1) }

func TestTwoIdentitiesTakeTurnsAtOneOrganization(t *testing.T) {
	var all, reporting peak
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all.in()
		defer all.out()
		if r.URL.Path == "/contoso/_apis/wit/reporting/workitemlinks" {
			reporting.in()
			defer reporting.out()
		}
		time.Sleep(5 * time.Millisecond)
		w.Header().Set("X-VSS-UserData", annID+":ann@contoso.com")
		jsonAnswer(200, `{"count":0,"value":[],"values":[],"isLastBatch":true}`)(w, r)
	}))
	defer server.Close()
	lanes := NewLanes(0)
	var clients []*Client
	for range 3 { // each with a budget of its own: three identities
		c, err := New(Options{BaseURL: server.URL + "/contoso", Credential: bearer("secret-token"), HTTP: server.Client(), Lanes: lanes})
		if err != nil {
			t.Fatal(err)
		}
		clients = append(clients, c)
	}
	var wait sync.WaitGroup
	for n := range 60 {
		c := clients[n%len(clients)]
		wait.Go(func() {
			var err error
			if n%3 == 0 {
				_, err = c.ReportingLinks(t.Context(), LinksQuery{})
			} else {
				_, err = c.Fields(t.Context(), "")
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if all.most.Load() > 6 || reporting.most.Load() != 1 {
		t.Errorf("%d calls at once, %d of them on the reporting feeds", all.most.Load(), reporting.most.Load())
	}
}
