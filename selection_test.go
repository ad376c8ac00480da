package main

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"sightline/backend/desktop"
)

// asked notes which parts of the service were asked.
type asked struct {
	mu    sync.Mutex
	paths []string
}

func (a *asked) note(r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.paths = append(a.paths, r.URL.Path)
}

func (a *asked) count(part string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := 0
	for _, p := range a.paths {
		if strings.Contains(p, part) {
			n++
		}
	}
	return n
}

// contentPaths are what only one content asks.
var contentPaths = map[string]string{
	"workItems": "/_apis/wit/reporting/", "git": "/pushes", "pullRequests": "/pullrequests", "pipelines": "/_apis/build/builds",
	"tests": "/_apis/test/runs", "tfvc": "/_apis/tfvc/",
}

func phaseNames(v desktop.ProgressView) string {
	var out []string
	for _, p := range v.Phases {
		out = append(out, p.Phase)
	}
	return strings.Join(out, " ")
}

func TestOnlyWhatIsTickedIsAskedFor(t *testing.T) {
	a := sample(t)
	wireNote := &asked{}
	wire(t, &a, wireNote.note)
	_, id := connected(t, a, "--load", "pipelines,tests", "--history", "6m")
	for content, path := range contentPaths {
		ticked := content == "pipelines" || content == "tests"
		if n := wireNote.count(path); (n > 0) != ticked {
			t.Errorf("%s: %d requests for %s", content, n, path)
		}
	}
	p, _, done := open(t, dataDir(t), false)
	defer done()
	s := p.Services()
	v := answered[desktop.DatasetView](t)(s.Datasets.Dataset(id))
	if strings.Join(v.Contents, " ") != "pipelines tests" || v.HistoryMonths != 6 || v.WorkItems != 0 || v.Matched != 1 || v.IdentityID == "" || !v.Server {
		t.Errorf("%+v", v)
	}

	v = answered[desktop.DatasetView](t)(s.Datasets.SetContents(id, []string{"tests", "workItems"}, -1))
	if strings.Join(v.Contents, " ") != "workItems tests" || v.HistoryMonths != -1 {
		t.Errorf("after a change: %v, %d months", v.Contents, v.HistoryMonths)
	}
	end, err := p.Refresh(t.Context(), id, func(desktop.ProgressView) {})
	if err != nil || phaseNames(end) != "projects workItems history links tests compute" {
		t.Fatalf("%v: phases %s", err, phaseNames(end))
	}
	if v = answered[desktop.DatasetView](t)(s.Datasets.Dataset(id)); v.WorkItems == 0 || wireNote.count("/_apis/wit/reporting/") == 0 {
		t.Errorf("%d work items after they were ticked", v.WorkItems)
	}
	for _, phase := range end.Phases {
		if phase.State != "finished" {
			t.Errorf("%s is %s", phase.Phase, phase.State)
		}
	}

	if v = answered[desktop.DatasetView](t)(s.Datasets.SetContents(id, nil, 0)); len(v.Contents) != 6 || v.HistoryMonths != 24 {
		t.Errorf("nothing said is %v, %d months", v.Contents, v.HistoryMonths)
	}
	for _, bad := range []struct {
		contents []string
		months   int
	}{{[]string{"everything"}, 0}, {nil, -2}, {nil, 100_000}} {
		if _, err := s.Datasets.SetContents(id, bad.contents, bad.months); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}

func TestOtherPatternsCountFromTheNextRefreshOn(t *testing.T) {
	_, id := connected(t, sample(t), "--load", "tests", "--history", "1m")
	p, _, done := open(t, dataDir(t), false)
	defer done()
	s := p.Services().Datasets
	if _, err := s.SetPatterns(id, []string{"T*st"}); err == nil {
		t.Error("a star in the middle was taken")
	}
	if _, err := s.SetPatterns(id, nil); err == nil {
		t.Error("no pattern was taken")
	}
	if v := answered[desktop.DatasetView](t)(s.SetPatterns(id, []string{"Tooling", "Lumen Web"})); strings.Join(v.Patterns, ", ") != "Tooling, Lumen Web" || v.Matched != 1 {
		t.Errorf("%v, %d projects", v.Patterns, v.Matched)
	}
	if _, err := p.Refresh(t.Context(), id, func(desktop.ProgressView) {}); err != nil {
		t.Fatal(err)
	}
	if v := answered[desktop.DatasetView](t)(s.Dataset(id)); v.Matched != 2 {
		t.Errorf("%d projects after a refresh", v.Matched)
	}
}

func TestTheDialogSaysWhatCanBeLoadedAndWhatWillBeRead(t *testing.T) {
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	d := answered[desktop.ConnectDefaults](t)(p.Services().GetData.Defaults())
	if len(d.Contents) != len(contentPaths) || len(d.HistoryChoices) != 5 {
		t.Errorf("%+v", d)
	}
	covered := map[string]bool{}
	for _, permission := range d.Permissions {
		for _, c := range permission.Contents {
			covered[c] = true
		}
	}
	for _, c := range d.Contents {
		if _, known := contentPaths[c.Content]; !known || !c.On || c.Name == "" || !strings.HasSuffix(c.Sentence, ".") || !covered[c.Content] {
			t.Errorf("%+v, in the permissions: %v", c, covered[c.Content])
		}
	}
}

func TestWrongSelectionsAreRefusedBeforeAnybodySignsIn(t *testing.T) {
	a := sample(t)
	command(t, t.TempDir())
	for name, args := range map[string][]string{
		"unknown content": {"--load", "git,wikis"}, "no number": {"--history", "long"}, "no unit": {"--history", "24"}, "too long": {"--history", "999y"},
	} {
		t.Run(name, func(t *testing.T) {
			v := runVerb(t.Context(), stdin(a.PersonalAccessToken), append([]string{"connect", "--url", a.OrganizationURL, "--project", "Tooling", "--token-stdin"}, args...)...)
			if v.status != 2 || v.out.String() != "" || v.diag.String() == "" {
				t.Errorf("status %d: %s", v.status, v.diag)
			}
		})
	}
}
