package refresh_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/refresh"
)

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
	o.forget()
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

func TestAnItemThatLeftBeforeTheFirstLoadStandsWhereItLivesNow(t *testing.T) {
	o := newTestOrg(t)
	p := o.add("Alpha", 5, 2)
	other := o.add("Other", 2, 1)
	o.mu.Lock()
	other.revise(o, 1003, 3, nil) // the feed of Alpha still holds the two revisions before the move
	p.moved = []int{1003}
	o.mu.Unlock()
	d := openStore(t)
	if _, err := load(t, o, d, func(r *refresh.Options) { r.Patterns = patterns(t, "Alpha") }); err != nil {
		t.Fatal(err)
	}
	ids, err := d.WorkItemIDs(t.Context(), p.id)
	if err != nil || !slices.Equal(ids, []int{1000, 1001, 1002, 1004}) {
		t.Errorf("%v, %v", ids, err)
	}
	if !strings.Contains(dump(t, d), `Item 1003 \"in\" rev 3`) {
		t.Error("the moved item is not stored where it lives now")
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
