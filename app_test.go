package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sightline/backend/cli"
	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/sampleorg"
	"sightline/backend/signin"
)

// quiet is a face nobody looks at.
type quiet struct {
	opened, revealed []string
	quit             bool

	mu    sync.Mutex
	shown []desktop.Notification
}

func (*quiet) Face() string             { return "test" }
func (*quiet) Emit(string, any)         {}
func (q *quiet) OpenURL(u string) error { q.opened = append(q.opened, u); return nil }

func (q *quiet) Quit() error { q.quit = true; return nil }

func (*quiet) SaveStream(string, func(io.Writer) error) (saved string, ok bool, err error) {
	return "", false, nil
}

func (q *quiet) Notify(n desktop.Notification) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.shown = append(q.shown, n)
	return nil
}

func (q *quiet) Reveal(path string) error { q.revealed = append(q.revealed, path); return nil }

func (*quiet) SaveFile(string, []byte) (saved string, ok bool, err error) { return "", false, nil }

func open(t *testing.T, dir string, background bool) (*desktop.Program, *quiet, func()) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	t.Setenv("SIGHTLINE_BROWSER", "none")
	face := &quiet{}
	p, done, err := openProgram(t.Context(), cli.OpenOptions{DataDir: dir, Platform: face, Background: background})
	if err != nil {
		t.Fatal(err)
	}
	return p, face, done
}

// sharedSample is one sample organization for all tests: nobody writes to it, and making one takes time.
var sharedSample = sync.OnceValues(func() (*sampleorg.Server, error) {
	return sampleorg.Start(context.Background(), sampleorg.Options{Seed: 7, Size: sampleorg.Small})
})

func sample(t *testing.T) sampleorg.Announcement {
	t.Helper()
	s, err := sharedSample()
	if err != nil {
		t.Fatal(err)
	}
	return s.Announcement()
}

// answered unwraps what the interface gets, failing on a refusal.
func answered[T any](t *testing.T) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatalf("refused: %v", err)
		}
		return v
	}
}

func connect(t *testing.T, p *desktop.Program, a sampleorg.Announcement, patterns ...string) desktop.AttemptView {
	t.Helper()
	// Work items alone: what these tests are about needs no more, and a test is to be quick.
	request := desktop.ConnectRequest{Source: "server", Organization: a.OrganizationURL, Patterns: patterns, Method: "token", Contents: []string{"workItems"}}
	v, err := p.Connect(t.Context(), request, "", signin.NewSecret(a.PersonalAccessToken), func(desktop.AttemptView) {})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func waitFor(t *testing.T, what string, ask func() bool) {
	t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if ask() {
			return
		}
	}
	t.Fatalf("%s: not within a minute", what)
}

func TestAnInterruptedFirstLoadGoesOnAtTheNextStart(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	v := connect(t, p, a, "Lumen Data")
	waitFor(t, "some rows", func() bool {
		return answered[desktop.ProgressView](t)(p.Services().Refreshes.Progress(v.DatasetID)).Rows > 0
	})
	done() // the window is closed in the middle of the load

	p, _, done = open(t, dir, true)
	defer done()
	waitFor(t, "the load goes on by itself and ends", func() bool {
		now := answered[desktop.ProgressView](t)(p.Services().Refreshes.Progress(v.DatasetID))
		if now.State == "failed" {
			t.Fatalf("%+v", now.Fault)
		}
		return now.State == "succeeded" || now.State == "idle" && now.FirstLook
	})
	runs := answered[[]desktop.RunView](t)(p.Services().Refreshes.History(v.DatasetID))
	if runs[0].Status != "succeeded" {
		t.Errorf("history %+v", runs)
	}
	whole, err := p.Refresh(t.Context(), v.DatasetID, func(desktop.ProgressView) {})
	if err != nil || whole.State != "succeeded" {
		t.Fatalf("a refresh after it: %v %+v", err, whole)
	}
	resumed := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(v.DatasetID))

	undisturbed, _, close := open(t, t.TempDir(), false)
	defer close()
	other := connect(t, undisturbed, a, "Lumen Data")
	if _, err := undisturbed.Refresh(t.Context(), other.DatasetID, func(desktop.ProgressView) {}); err != nil {
		t.Fatal(err)
	}
	want := answered[desktop.DatasetView](t)(undisturbed.Services().Datasets.Dataset(other.DatasetID))
	if resumed.WorkItems != want.WorkItems || resumed.Revisions != want.Revisions || want.WorkItems == 0 {
		t.Errorf("the resumed load holds %d work items and %d revisions, an undisturbed one %d and %d",
			resumed.WorkItems, resumed.Revisions, want.WorkItems, want.Revisions)
	}
}

func TestNothingIsStoredForTheWrongPersonOrForNoProject(t *testing.T) {
	a := sample(t)
	for name, tc := range map[string]struct {
		request desktop.ConnectRequest
		code    fault.Code
		says    string
	}{
		"somebody else was expected": {desktop.ConnectRequest{Patterns: []string{"*"}, Expect: "elias.brandt@lumen.example"}, fault.WrongPerson, "elias.brandt@lumen.example was expected"},
		"no project matches":         {desktop.ConnectRequest{Patterns: []string{"Lumen Wbe"}}, fault.NoProjectMatches, "Lumen W"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			p, _, done := open(t, dir, false)
			defer done()
			r := tc.request
			r.Source, r.Organization, r.Method = "server", a.OrganizationURL, "token"
			_, err := p.Connect(t.Context(), r, "", signin.NewSecret(a.PersonalAccessToken), func(desktop.AttemptView) {})
			told := fault.ReportOf(err)
			text, _ := json.Marshal(told)
			if !fault.Is(err, tc.code) || !strings.Contains(string(text), tc.says) || told.Hint == "" {
				t.Errorf("%s", text)
			}
			shell := answered[desktop.ShellView](t)(p.Services().Shell.State())
			if len(shell.Datasets)+len(shell.Accounts)+len(shell.Reports) != 0 {
				t.Errorf("something was stored: %+v", shell)
			}
			if sealed, _ := filepath.Glob(filepath.Join(dir, "sign-ins", "*.sealed")); len(sealed) != 0 {
				t.Errorf("a secret was kept: %v", sealed)
			}
		})
	}
}

func TestTheTokenIsInNoFileOfTheDataFolder(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	v := connect(t, p, a, "Tooling")
	if _, err := p.Refresh(t.Context(), v.DatasetID, func(desktop.ProgressView) {}); err != nil {
		t.Fatal(err)
	}
	done()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		files++
		if strings.Contains(string(b), a.PersonalAccessToken) {
			t.Errorf("%s holds the token", d.Name())
		}
		return err
	})
	if err != nil || files < 3 {
		t.Fatalf("%d files were searched: %v", files, err)
	}
}

func TestDeletingADatasetTakesItsTrioItsFileAndItsSecret(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	defer done()
	v := connect(t, p, a, "Tooling")
	if _, err := p.Refresh(t.Context(), v.DatasetID, func(desktop.ProgressView) {}); err != nil {
		t.Fatal(err)
	}
	if err := p.Services().Datasets.Delete(v.DatasetID); err != nil {
		t.Fatal(err)
	}
	shell := answered[desktop.ShellView](t)(p.Services().Shell.State())
	if len(shell.Dashboards)+len(shell.Reports)+len(shell.Datasets) != 0 {
		t.Errorf("left behind: %+v", shell)
	}
	for _, pattern := range []string{"datasets/*.sqlite*", "sign-ins/*.sealed"} {
		if left, _ := filepath.Glob(filepath.Join(dir, pattern)); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

func TestSigningOutKeepsTheDataReadableAndStopsRefreshing(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	v := connect(t, p, a, "Tooling")
	if _, err := p.Refresh(t.Context(), v.DatasetID, func(desktop.ProgressView) {}); err != nil {
		t.Fatal(err)
	}
	s := p.Services()
	account := answered[desktop.ShellView](t)(s.Shell.State()).Accounts[0]
	answered[desktop.SignOutReport](t)(s.Accounts.SignOut(account.Key, nil))
	if _, err := p.Refresh(t.Context(), v.DatasetID, func(desktop.ProgressView) {}); !fault.Is(err, fault.NotSignedIn) {
		t.Errorf("a refresh without a sign-in: %v", err)
	}
	if d := answered[desktop.DashboardData](t)(s.Dashboards.Data(v.DashboardID)); len(d.Tiles) < 6 {
		t.Errorf("%d tiles, want the dashboard as it was", len(d.Tiles))
	}
}

func TestOnlyPagesOfConnectedOrganizationsAreOpened(t *testing.T) {
	a := sample(t)
	p, face, done := open(t, t.TempDir(), false)
	defer done()
	connect(t, p, a, "Tooling")
	shell := p.Services().Shell
	if err := shell.OpenExternal(a.OrganizationURL + "/Tooling/_workitems/edit/1"); err != nil || len(face.opened) != 1 {
		t.Errorf("a work item: %v, opened %v", err, face.opened)
	}
	for _, bad := range []string{"https://evil.example/", "file:///etc/passwd", "javascript:alert(1)", a.OrganizationURL + ".evil.example/x", strings.Replace(a.OrganizationURL, "http://", "http://x@", 1) + "/a"} {
		if err := shell.OpenExternal(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v, want a refusal", bad, err)
		}
	}
	if len(face.opened) != 1 {
		t.Errorf("opened %v", face.opened)
	}
}

func TestEveryQueryOfTheDefaultDocumentsIsAnswered(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	v := connect(t, p, a, "Lumen Data", "Tooling")
	if _, err := p.Refresh(t.Context(), v.DatasetID, func(desktop.ProgressView) {}); err != nil {
		t.Fatal(err)
	}
	page, data, err := p.DatasetPage(t.Context(), v.DatasetID, "Open Bug Status", []string{"Priority=2"})
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range data.Visuals {
		if d.Fault != nil || d.Result == nil || d.Result.Total.Values[0] == nil {
			t.Errorf("%s: %+v", page.Visuals[i].ID, d.Fault)
		}
	}
	if data.Part != nil || data.Whole != nil {
		t.Errorf("%v of %v without a selection", data.Part, data.Whole)
	}
	for _, s := range data.Slicers {
		if s.Fault != nil || len(s.Members) == 0 {
			t.Errorf("slicer %s: %+v, %d members", s.ID, s.Fault, len(s.Members))
		}
	}
	board := answered[desktop.DashboardData](t)(p.Services().Dashboards.Data(v.DashboardID))
	for _, d := range board.Tiles {
		if d.Fault != nil || d.Result == nil || len(d.Result.Rows) == 0 && d.Result.Total.Values[0] == nil {
			t.Errorf("tile %s: %+v", d.ID, d.Fault)
		}
		if d.ID == "sprint-burndown" && !strings.HasSuffix(d.Subtitle, ", story points") && !strings.HasSuffix(d.Subtitle, ", effort") && !strings.HasSuffix(d.Subtitle, ", size") {
			t.Errorf("the burndown says %q, not what its project estimates in", d.Subtitle)
		}
		if strings.Contains(d.Subtitle, "{") {
			t.Errorf("tile %s: subtitle %q", d.ID, d.Subtitle)
		}
	}
}

// wire puts a wire of the test's own before the organization: before sees every request first, and may hold it.
func wire(t *testing.T, a *sampleorg.Announcement, before func(*http.Request)) {
	t.Helper()
	organization, err := url.Parse(a.OrganizationURL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: organization.Scheme, Host: organization.Host})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		before(r)
		if r.Context().Err() == nil {
			proxy.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	a.OrganizationURL = s.URL + organization.Path
}

func TestARefreshOfAWholeDatasetIsNeverPartial(t *testing.T) {
	a := sample(t)
	var gate sync.RWMutex // requests pass only while it is open
	wire(t, &a, func(*http.Request) {
		gate.RLock()
		defer gate.RUnlock()
	})

	p, _, done := open(t, t.TempDir(), false)
	defer done()
	services := p.Services()
	v := connect(t, p, a, "Tooling")
	if _, err := p.Refresh(t.Context(), v.DatasetID, func(desktop.ProgressView) {}); err != nil {
		t.Fatal(err)
	}

	gate.Lock()
	answered[desktop.ProgressView](t)(services.Refreshes.Start(v.DatasetID))
	state := answered[desktop.DatasetView](t)(services.Datasets.Dataset(v.DatasetID)).State
	frame := answered[desktop.ShellView](t)(services.Shell.State())
	gate.Unlock()
	if state != "refreshing" || frame.Datasets[0].State != "refreshing" {
		t.Errorf("during a refresh the dataset is %s, in the navigation %s", state, frame.Datasets[0].State)
	}
	if frame.Dashboards[0].State != "ready" || frame.Reports[0].State != "ready" {
		t.Errorf("during a refresh the dashboard is %s, the report %s", frame.Dashboards[0].State, frame.Reports[0].State)
	}
	waitFor(t, "the refresh ends", func() bool {
		return answered[desktop.DatasetView](t)(services.Datasets.Dataset(v.DatasetID)).State == "ready"
	})
}
