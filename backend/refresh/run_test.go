package refresh_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/refresh"
	"sightline/backend/sqlite"
)

type token string

func (t token) Authorize(_ context.Context, r *http.Request) error {
	r.Header.Set("Authorization", "Bearer "+string(t))
	return nil
}

func patterns(t *testing.T, texts ...string) []devops.ProjectPattern {
	t.Helper()
	p, err := devops.ParsePatterns(texts...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// everything is the pattern of all projects.
var everything, _ = devops.ParsePatterns("*")

func organizationAt(server string) devops.Organization {
	return devops.Organization{Name: "contoso", URL: server + "/contoso", Server: true}
}

func connect(t *testing.T, url string) *refresh.Client {
	t.Helper()
	c, err := refresh.Connect(refresh.Connection{Organization: organizationAt(url), Credential: token("x"), Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (o *testOrg) client(t *testing.T) *refresh.Client { return connect(t, o.server.URL) }

func openStore(t *testing.T) *sqlite.Dataset {
	t.Helper()
	d, err := sqlite.OpenDataset(t.Context(), filepath.Join(t.TempDir(), "dataset.sqlite"), sqlite.DatasetOptions{Name: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func dump(t *testing.T, d *sqlite.Dataset) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.Dump(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// firstDifference shows where two dumps part.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

func load(t *testing.T, o *testOrg, d refresh.Store, change ...func(*refresh.Options)) (refresh.Summary, error) {
	t.Helper()
	// A testOrg knows work items alone; tests of other contents tick them.
	options := refresh.Options{Client: o.client(t), Store: d, Patterns: everything, Selection: devops.Selection{Contents: []devops.Content{devops.WorkItemsContent}}}
	for _, f := range change {
		f(&options)
	}
	return refresh.Run(t.Context(), options)
}

func TestAFullLoadStoresEveryRevisionOnce(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 10, 4)
	o.add("Beta & Co", 3, 2).noBacklog = true
	d := openStore(t)
	var last atomic.Pointer[refresh.Progress]
	s, err := load(t, o, d, func(r *refresh.Options) { r.Progress = func(p refresh.Progress) { last.Store(&p) } })
	if err != nil {
		t.Fatal(err)
	}
	if s.Counts["revisions"] != 46 || s.Counts["links"] != 11 || s.Counts["projects"] != 2 || s.Counts["teams"] != 2 || s.Counts["areas"] != 2 || s.Counts["iterations"] != 4 {
		t.Errorf("counts %v", s.Counts)
	}
	if s.Identity.ID != annID || s.Identity.Address != "ann@contoso.com" || s.Identity.TenantID != "72f988bf-86f1-41af-91ab-2d7cd011db47" || s.Requests == 0 || s.Bytes == 0 || s.FirstLook {
		t.Errorf("summary %+v", s)
	}
	text := dump(t, d)
	for id := 1000; id < 1010; id++ {
		for rev := 1; rev <= 4; rev++ {
			if n := strings.Count(text, fmt.Sprintf(`Item %d \"in\" rev %d`, id, rev)); n != 1 {
				t.Fatalf("revision %d of %d is there %d times", rev, id, n)
			}
		}
	}
	if len(s.Skipped) != 1 || s.Skipped[0].Project != "Beta & Co" || s.Skipped[0].What != "backlog levels" || !strings.Contains(s.Skipped[0].Why, "may not read") {
		t.Errorf("skipped %+v", s.Skipped)
	}
	p := last.Load()
	if p == nil || p.State != refresh.RunSucceeded || p.Percent != 100 || p.Rows < 57 || !slices.Equal(p.Projects, []string{"Alpha", "Beta & Co"}) {
		t.Fatalf("last progress %+v", p)
	}
	for _, phase := range p.Phases {
		if phase.State != refresh.Finished {
			t.Errorf("%s is %s", phase.Phase, phase.State)
		}
	}
	if h := p.Phases[2]; h.Done != 46 || h.Expected != 46 {
		t.Errorf("history %+v", h)
	}
	projects, err := d.Projects(t.Context())
	if err != nil || len(projects) != 2 || projects[0].Process != devops.ProcessAgile || projects[0].ProcessName != "Our Agile" || !projects[0].Git || projects[0].TFVC {
		t.Errorf("%+v, %v", projects, err)
	}
}

func TestASecondRefreshAsksFewRequestsAndChangesNothing(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 10, 4)
	o.add("Beta", 3, 2)
	d := openStore(t)
	if _, err := load(t, o, d); err != nil {
		t.Fatal(err)
	}
	before := dump(t, d)
	o.forget()
	s, err := load(t, o, d)
	if err != nil {
		t.Fatal(err)
	}
	// ResourceAreas, connectionData, projects, and one page of both feeds per project.
	if s.Requests != 3+2*2 || s.Rows != 0 {
		t.Errorf("%d requests, %d rows: %q", s.Requests, s.Rows, o.requests)
	}
	if after := dump(t, d); after != before {
		t.Error("the rows changed")
	}
}

func TestLaterRevisionsComeByTheSavedCursor(t *testing.T) {
	o := newTestOrg(t)
	p := o.add("Alpha", 10, 4)
	d := openStore(t)
	if _, err := load(t, o, d); err != nil {
		t.Fatal(err)
	}
	o.mu.Lock()
	p.revise(o, 1003, 5, map[string]any{"System.State": "Closed", "System.AssignedTo": map[string]any{"displayName": "Bob", "id": bobID, "uniqueName": "bob@contoso.com"}})
	o.mu.Unlock()
	s, err := load(t, o, d)
	if err != nil || s.Counts["revisions"] != 1 {
		t.Errorf("%v, %v", s.Counts, err)
	}
	if !strings.Contains(dump(t, d), `Item 1003 \"in\" rev 5`) {
		t.Error("revision 5 is missing")
	}
}

func TestASlowHistoryBringsThePresentStateFirst(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 40, 6)
	d := openStore(t)
	var clock atomic.Int64 // seconds; every page takes one
	o.before = func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, "reporting") {
			clock.Add(1)
		}
		return false
	}
	looked, done := make(chan int, 1), 0
	s, err := load(t, o, d, func(r *refresh.Options) {
		r.Clock = func() time.Time { return testBegin.Add(24*time.Hour + time.Duration(clock.Load())*time.Second) }
		r.Progress = func(p refresh.Progress) {
			done = p.Phases[2].Done
			if p.FirstLook {
				select {
				case looked <- p.Phases[1].Done:
				default:
				}
			}
		}
	})
	if err != nil || !s.FirstLook || s.Counts["revisions"] != 40*6+40 || done != 240 {
		t.Fatalf("%+v, history %d, %v", s.Counts, done, err)
	}
	select {
	case n := <-looked:
		if n != 40 {
			t.Errorf("%d work items at the first look", n)
		}
	default:
		t.Error("no first look")
	}
	plain := openStore(t)
	o.before = nil
	if s, err := load(t, o, plain); err != nil || s.FirstLook {
		t.Fatal(err)
	}
	if dump(t, d) != dump(t, plain) {
		t.Error("the rows differ from those of a load without a first look")
	}
}

func TestPauseHoldsTheLoadAndResumeGoesOn(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 20, 4)
	d, gate := openStore(t), refresh.NewGate()
	pages, paused := 0, make(chan struct{}, 1)
	o.before = func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, "workitemrevisions") {
			if pages++; pages == 3 {
				gate.Pause()
			}
		}
		return false
	}
	go func() {
		<-paused
		time.Sleep(50 * time.Millisecond)
		o.mu.Lock()
		if pages != 3 {
			t.Errorf("%d pages although paused at the third", pages)
		}
		o.mu.Unlock()
		gate.Resume()
	}()
	s, err := load(t, o, d, func(r *refresh.Options) {
		r.Gate = gate
		r.Progress = func(p refresh.Progress) {
			if p.State == refresh.RunPaused {
				select {
				case paused <- struct{}{}:
				default:
				}
			}
		}
	})
	if err != nil || s.Counts["revisions"] != 80 {
		t.Errorf("%v, %v", s.Counts, err)
	}
}
