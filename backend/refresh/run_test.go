package refresh_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
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
	options := refresh.Options{Client: o.client(t), Store: d, Patterns: everything}
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

func TestAnonymousAnswersAreRefused(t *testing.T) {
	o := newTestOrg(t)
	o.caller = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa:"
	if id, _, err := refresh.Probe(t.Context(), o.client(t)); !fault.Is(err, fault.Anonymous) || !id.Anonymous {
		t.Errorf("%+v, %v", id, err)
	}
	o.caller = ""
	if _, _, err := refresh.Probe(t.Context(), o.client(t)); !fault.Is(err, fault.Anonymous) {
		t.Errorf("%v", err)
	}
	o.caller = annID + ":ann@contoso.com"
	if id, projects, err := refresh.Probe(t.Context(), o.client(t)); err != nil || len(projects) != 0 || id.Name != "Ann Ab" {
		t.Errorf("%+v, %v, %v", id, projects, err)
	}
}

func TestAWildcardLetsANewProjectJoin(t *testing.T) {
	o := newTestOrg(t)
	o.add("Test1", 3, 2)
	o.add("App1", 3, 2)
	d := openStore(t)
	tests := func(r *refresh.Options) { r.Patterns = patterns(t, "Test*") }
	if s, err := load(t, o, d, tests); err != nil || !slices.Equal(s.Projects, []string{"Test1"}) {
		t.Fatalf("%v, %v", s.Projects, err)
	}
	o.add("Test2", 5, 3)
	s, err := load(t, o, d, tests)
	if err != nil || !slices.Equal(s.Projects, []string{"Test1", "Test2"}) || s.Counts["revisions"] != 15 || s.Counts["projects"] != 1 {
		t.Errorf("%v, %v, %v", s.Projects, s.Counts, err)
	}
	if text := dump(t, d); strings.Contains(text, "App1") {
		t.Error("App1 was loaded")
	}
}

func TestAVanishedProjectIsMarkedAndKept(t *testing.T) {
	o := newTestOrg(t)
	o.add("Test1", 3, 2)
	gone := o.add("Test2", 3, 2)
	d := openStore(t)
	if _, err := load(t, o, d); err != nil {
		t.Fatal(err)
	}
	gone.hidden = true
	s, err := load(t, o, d)
	if err != nil || !slices.Equal(s.Gone, []string{"Test2"}) {
		t.Fatalf("%v, %v", s.Gone, err)
	}
	if !strings.Contains(dump(t, d), `Item 2001 \"in\" rev 2`) {
		t.Error("its revisions are lost")
	}
	goneNow := func() (names []string) {
		projects, err := d.Projects(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range projects {
			if p.Gone {
				names = append(names, p.Name)
			}
		}
		return names
	}
	if !slices.Equal(goneNow(), []string{"Test2"}) {
		t.Errorf("gone: %v", goneNow())
	}
	gone.hidden = false
	if _, err := load(t, o, d); err != nil || len(goneNow()) != 0 {
		t.Errorf("when it is back: %v, gone %v", err, goneNow())
	}
}

func TestARenamedProjectKeepsItsIdentity(t *testing.T) {
	o := newTestOrg(t)
	p := o.add("Alpha", 3, 2)
	d := openStore(t)
	alpha := func(r *refresh.Options) { r.Patterns = patterns(t, "Alpha") }
	if _, err := load(t, o, d, alpha); err != nil {
		t.Fatal(err)
	}
	o.mu.Lock()
	p.name = "Omega"
	p.revise(o, 1001, 3, nil)
	o.mu.Unlock()
	s, err := load(t, o, d, alpha)
	if err != nil || !slices.Equal(s.Projects, []string{"Omega"}) || s.Counts["revisions"] != 1 {
		t.Fatalf("%v, %v, %v", s.Projects, s.Counts, err)
	}
	ids, err := d.WorkItemIDs(t.Context(), p.id)
	if projects, perr := d.Projects(t.Context()); err != nil || perr != nil || len(ids) != 3 || len(projects) != 1 || projects[0].Name != "Omega" {
		t.Errorf("%v, %v, %v, %v", ids, projects, err, perr)
	}
}

func TestNoMatchNamesTheNearest(t *testing.T) {
	o := newTestOrg(t)
	for _, name := range []string{"Harbor-Web", "Harbor-Api", "Payroll"} {
		o.add(name, 1, 1)
	}
	_, err := load(t, o, openStore(t), func(r *refresh.Options) { r.Patterns = patterns(t, "Harbour*") })
	r := fault.ReportOf(err)
	if r.Code != fault.NoProjectMatches || r.Hint != "Did you mean Harbor*?" || r.Message != "None of the 3 projects this account sees matches Harbour*." {
		t.Errorf("%+v", r)
	}
	if len(r.Facts) < 2 || r.Facts[1].Value != "Harbor-Web, Harbor-Api" {
		t.Errorf("facts %v", r.Facts)
	}
}

func TestTheSweepRemovesOnlyWhatIsProvedDestroyed(t *testing.T) {
	o := newTestOrg(t)
	p := o.add("Alpha", 30, 2)
	other := o.add("Other", 2, 1)
	d := openStore(t)
	alpha := func(r *refresh.Options) { r.Patterns = patterns(t, "Alpha") }
	now := time.Now()
	at := func(r *refresh.Options) { r.Clock = func() time.Time { return now } }
	if _, err := load(t, o, d, alpha, at); err != nil {
		t.Fatal(err)
	}
	o.mu.Lock()
	p.destroyed = []int{1005}
	p.binned = []int{1006}
	// 1007 moved to a project that is not loaded: it left this feed without a word.
	p.revisions = slices.DeleteFunc(p.revisions, func(r testRevision) bool { return r.id == 1007 })
	other.revise(o, 1007, 3, nil)
	o.mu.Unlock()
	if s, err := load(t, o, d, alpha, at); err != nil || s.Counts["destroyed"] != 0 || o.asked("wiql") != 0 {
		t.Errorf("a fresh dataset was swept: %v, %v", s.Counts, err)
	}
	now = now.Add(21 * time.Hour)
	s, err := load(t, o, d, alpha, at)
	if err != nil || s.Counts["destroyed"] != 1 {
		t.Fatalf("%v, %v", s.Counts, err)
	}
	ids, err := d.WorkItemIDs(t.Context(), p.id)
	if err != nil || len(ids) != 28 || slices.Contains(ids, 1005) || !slices.Contains(ids, 1006) || slices.Contains(ids, 1007) {
		t.Errorf("%v, %v", ids, err)
	}
	if !strings.Contains(dump(t, d), `Item 1007 \"in\" rev 3`) {
		t.Error("the moved item is not stored where it lives now")
	}
	// Most items hidden at once look like a lost permission; an empty list proves nothing at all.
	for _, hidden := range [][]int{p.living()[:25], p.living()} {
		o.mu.Lock()
		p.destroyed = append(p.destroyed, hidden...)
		o.mu.Unlock()
		now = now.Add(21 * time.Hour)
		if s, err := load(t, o, d, alpha, at); err != nil || s.Counts["destroyed"] != 0 {
			t.Errorf("%d hidden: %v, %v", len(hidden), s.Counts, err)
		}
	}
}

func TestNewIterationsAreReadAtOnce(t *testing.T) {
	o := newTestOrg(t)
	p := o.add("Alpha", 3, 2)
	d := openStore(t)
	if _, err := load(t, o, d); err != nil {
		t.Fatal(err)
	}
	o.forget()
	o.mu.Lock()
	p.revise(o, 1001, 3, map[string]any{"System.IterationId": 22, "System.IterationPath": `Alpha\Sprint 2`})
	o.mu.Unlock()
	if _, err := load(t, o, d); err != nil || o.asked("classificationnodes") != 1 {
		t.Errorf("%v, nodes read %d times", err, o.asked("classificationnodes"))
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
			time.Sleep(250 * time.Millisecond)
			now.Add(int64(d))
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

func (f *fullDisk) Commit(ctx context.Context, b devops.Batch) error {
	if f.left--; f.left < 0 {
		return fault.New(fault.DiskFull, "test", "The disk is full.", "Make room.")
	}
	return f.Dataset.Commit(ctx, b)
}
