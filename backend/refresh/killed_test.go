package refresh_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/sampleorg"
	"sightline/backend/sampleorg/rest"
	"sightline/backend/sqlite"

	zs "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

var (
	killCount = flag.Int("kills", 50, "how often a load is killed; one that ends first is checked, and another is begun")
	killSeed  = flag.Uint64("killseed", 42, "decides when loads are killed")
)

const (
	childVariable = "SIGHTLINE_TEST_REFRESH" // set for a child process, which loads what its input says
	refusedExit   = 3                        // of a child that a fault ended
	historyMonths = 2
)

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		os.Exit(runErrand())
	}
	os.Exit(m.Run())
}

// errand is what a child process loads. It comes as JSON on its input, so the token is on no command line.
type errand struct {
	URL, Token string
	Path       string // of the dataset file
	Projects   []string
	Now        time.Time
	Months     int  // of history
	FirstLook  bool // looks at the current work items before their history
}

// runErrand is the child. It says on its output what ended it.
func runErrand() int {
	var e errand
	err := json.NewDecoder(os.Stdin).Decode(&e)
	if err == nil {
		err = e.load(context.Background())
	}
	if err != nil {
		fmt.Printf("%s: %v\n", fault.CodeOf(err), err)
		return refusedExit
	}
	return 0
}

// load opens the file and refreshes it as the program does, in small pages so that there are many commits.
func (e *errand) load(ctx context.Context) error {
	d, err := sqlite.OpenDataset(ctx, e.Path, sqlite.DatasetOptions{Name: "test", Clock: e.clock})
	if err != nil {
		return err
	}
	o, err := e.options(d)
	if err != nil {
		return err
	}
	if _, err := refresh.Run(ctx, o); err != nil {
		return err
	}
	if err := d.Refreshed(ctx, e.Now); err != nil {
		return err
	}
	return d.Close()
}

func (e *errand) clock() time.Time { return e.Now }

func (e *errand) options(d refresh.Store) (refresh.Options, error) {
	// Nobody waits between two attempts. The client's clock goes: it measures a silent connection by it.
	c, err := azdo.New(azdo.Options{BaseURL: e.URL, Credential: accessToken(e.Token), Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }})
	if err != nil {
		return refresh.Options{}, err
	}
	p, err := devops.ParsePatterns(e.Projects...)
	if err != nil {
		return refresh.Options{}, err
	}
	o := refresh.Options{Client: c, Store: d, Patterns: p, Selection: devops.Selection{HistoryMonths: historyMonths}, Clock: e.clock, Patience: time.Hour, PageSize: 50}
	if e.FirstLook {
		o.Patience = time.Nanosecond
	}
	return o, nil
}

// start starts a child on the errand. What it says is in said when it has ended.
func (e *errand) start(t *testing.T) (child *exec.Cmd, said *bytes.Buffer) {
	t.Helper()
	input, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	said = &bytes.Buffer{}
	child = exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childVariable+"=1")
	child.Stdin, child.Stdout, child.Stderr = bytes.NewReader(input), said, os.Stderr
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	return child, said
}

// finish lets a child run to its end, which must be a good one.
func (e *errand) finish(t *testing.T) {
	t.Helper()
	child, said := e.start(t)
	if err := child.Wait(); err != nil {
		t.Fatalf("the child ended with %v: %s", err, said)
	}
}

// killer kills children while they load, at moments that spread over the whole load however quick this computer is.
type killer struct {
	server   *sampleorg.Server
	projects []devops.ProjectPattern
	random   *rand.Rand
	requests int           // of an undisturbed load
	whole    time.Duration // how long that takes
	breaks   func(r *http.Request, n int64) *rest.Fault

	asked  atomic.Int64 // requests of the present child
	kills  int
	struck map[string]int // kills by what was last asked for
}

// newKiller loads two projects of a sample that have everything between them, undisturbed, and measures that.
func newKiller(t *testing.T, s *sampleorg.Server, straight *sqlite.Dataset) (k *killer, want string) {
	t.Helper()
	var names []string
	for _, p := range s.World().Projects {
		if p.TFVC || len(s.World().Deployments(p)) > 0 {
			names = append(names, p.Name)
		}
	}
	k = &killer{server: s, projects: patterns(t, names...)}
	s.Faults().Set(func(*http.Request) *rest.Fault { k.asked.Add(1); return nil })
	defer s.Faults().Set(nil)
	began := time.Now()
	want = k.undisturbed(t, straight)
	k.whole, k.requests = time.Since(began), int(k.asked.Load())
	for _, table := range kinds {
		if !strings.Contains(want, "\n"+table+" ") {
			t.Errorf("%v have no %s", names, table)
		}
	}
	return k.again(), want
}

// again is a killer that begins anew with the same moments.
func (k *killer) again() *killer {
	return &killer{server: k.server, projects: k.projects, requests: k.requests, whole: k.whole, random: rand.New(rand.NewPCG(*killSeed, 1)), struck: map[string]int{}}
}

// shortOrganization has a history of some weeks in small pages: many commits of few rows. All of it is within the
// window of what is loaded: from one that moves on, days fall out that only the load of an earlier day has.
func shortOrganization() sampleorg.Options {
	return sampleorg.Options{Seed: 1, Size: sampleorg.Small, Today: sampleToday, Since: sampleToday.AddDate(0, 0, -21), PageSize: 100, BuildPage: 10}
}

// measured is one undisturbed load for all tests that leave the organization as it is. Its server ends with the process.
var measured struct {
	once   sync.Once
	killer *killer
	want   string
}

func measuredKiller(t *testing.T) (k *killer, want string) {
	t.Helper()
	measured.once.Do(func() {
		s, err := sampleorg.Start(context.Background(), shortOrganization())
		if err != nil {
			t.Fatal(err)
		}
		measured.killer, measured.want = newKiller(t, s, openStore(t))
	})
	if measured.killer == nil {
		t.Fatal("the undisturbed load failed before")
	}
	k = measured.killer.again()
	t.Cleanup(func() { k.server.Faults().Set(nil) })
	return k, measured.want
}

// kinds are the kinds of rows that each part of a load writes, as a dump names them.
var kinds = []string{"revision", "link", "board", "capacity", "repository", "branch", "commit", "push", "pull", "review", "definition", "build", "timeline", "record",
	"environment", "deployment", "run", "changeset", "file", "tfvc"}

// undisturbed loads in this process, in pages as large as ever, with a client that has its usual manners.
func (k *killer) undisturbed(t *testing.T, d *sqlite.Dataset) string {
	t.Helper()
	e := k.errand(d.Path())
	sum, err := loadSample(t, k.server, d, func(o *refresh.Options) {
		o.Patterns, o.Selection.HistoryMonths, o.Clock = k.projects, historyMonths, e.clock
	})
	if err != nil || len(sum.Parked)+len(sum.Skipped) != 0 {
		t.Fatalf("%v, %v, %v", err, sum.Parked, sum.Skipped)
	}
	return dump(t, d)
}

// errand is to load the projects as they are now.
func (k *killer) errand(path string) errand {
	a := k.server.Announcement()
	e := errand{URL: a.OrganizationURL, Token: a.PersonalAccessToken, Path: path, Now: time.UnixMilli(k.server.World().Now).UTC()}
	for _, p := range k.projects {
		e.Projects = append(e.Projects, p.String())
	}
	return e
}

// kill starts a child and kills it. ended is true when it ended by itself before.
func (k *killer) kill(t *testing.T, e errand) (ended bool) {
	t.Helper()
	// One in eight is killed while it starts, opens the file, makes its tables or connects; the others some time
	// after a request, so that the answer is on its way, read, stored, or was stored.
	at := 1 + k.random.IntN(k.requests/4)
	after := time.Duration(k.random.Int64N(int64(k.whole / 20)))
	if k.random.IntN(8) == 0 {
		at, after = 0, time.Duration(k.random.Int64N(int64(k.whole/10)))
	}
	e.FirstLook = k.random.IntN(3) == 0
	reached := make(chan string, 1)
	k.asked.Store(0)
	k.server.Faults().Set(func(r *http.Request) *rest.Fault {
		n := k.asked.Add(1)
		if n == int64(at) {
			reached <- place(r.URL.Path)
		}
		if k.breaks == nil {
			return nil
		}
		return k.breaks(r, n)
	})
	if at == 0 {
		reached <- "start"
	}
	child, said := e.start(t)
	done := make(chan error, 1)
	go func() { done <- child.Wait() }()
	select {
	case where := <-reached:
		select {
		case <-time.After(after):
			_ = child.Process.Kill() // it may have ended just now
			if err := <-done; err == nil || child.ProcessState.ExitCode() == refusedExit {
				break
			}
			k.kills++
			k.struck[where]++
			return false
		case <-done:
		}
	case <-done:
	}
	if !child.ProcessState.Success() {
		t.Fatalf("after %d kills (seed %d) a child ended with %v: %s", k.kills, *killSeed, child.ProcessState, said)
	}
	return true
}

// load kills a load of the errand at most this often and lets it end then.
func (k *killer) load(t *testing.T, e errand, most int) {
	t.Helper()
	for stop := k.kills + most; k.kills < stop; {
		if k.kill(t, e) {
			return
		}
	}
	e.finish(t)
}

func (k *killer) log(t *testing.T) {
	t.Logf("seed %d: %d kills, by what was last asked for: %v; undisturbed %d requests in %v", *killSeed, k.kills, k.struck, k.requests, k.whole)
}

// place names a request as places does.
func place(path string) string {
	for _, p := range places {
		if strings.Contains(strings.ToLower(path), p.path) {
			return p.path
		}
	}
	return "other"
}

// sound checks the file and returns what it holds.
func sound(t *testing.T, path string) string {
	t.Helper()
	d, err := sqlite.OpenDataset(t.Context(), path, sqlite.DatasetOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	c, err := zs.OpenConn(path, zs.OpenReadOnly)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if verdict, err := sqlitex.ResultText(c.Prep("PRAGMA integrity_check")); err != nil || verdict != "ok" {
		t.Errorf("integrity_check of %s: %q, %v", path, verdict, err)
	}
	return dump(t, d)
}

func TestALoadKilledManyTimesEqualsAnUndisturbedOne(t *testing.T) {
	k, want := measuredKiller(t)
	loads, wanted := 0, *killCount
	if raceEnabled {
		wanted /= 10
	}
	for ; k.kills < wanted; loads++ {
		path := filepath.Join(t.TempDir(), "killed.sightline")
		before := k.kills
		k.load(t, k.errand(path), wanted-k.kills)
		if got := sound(t, path); got != want {
			t.Fatalf("load %d, after %d kills (seed %d): %s", loads, k.kills-before, *killSeed, firstDifference(got, want))
		}
	}
	t.Logf("%d loads", loads)
	k.log(t)
}

func TestALoadKilledOverTwoDaysEqualsAnUndisturbedOne(t *testing.T) {
	straight := openStore(t)
	k, _ := newKiller(t, startSample(t, func(o *sampleorg.Options) { *o = shortOrganization() }), straight)
	halfway, whole := filepath.Join(t.TempDir(), "halfway.sightline"), filepath.Join(t.TempDir(), "whole.sightline")
	// One file is left in the middle of its first load when the day ends, the other has just got through.
	for first := k.errand(halfway); k.kills < 4; {
		if k.kill(t, first) {
			t.Log("the first load ended before the day did")
			break
		}
	}
	k.load(t, k.errand(whole), 4)
	k.server.Advance(sampleToday.AddDate(0, 0, 1))
	want := k.undisturbed(t, straight)
	for _, path := range []string{halfway, whole} {
		before := k.kills
		k.load(t, k.errand(path), 4)
		if got := sound(t, path); got != want {
			t.Errorf("%s, after %d kills on the second day (seed %d): %s", filepath.Base(path), k.kills-before, *killSeed, firstDifference(got, want))
		}
	}
	k.log(t)
}

// everySeventh breaks every seventh answer in one of the ways, but not that of the same address twice running: a
// client gives up after some attempts, and is right.
func everySeventh(random *rand.Rand) func(r *http.Request, n int64) *rest.Fault {
	ways := []*rest.Fault{rest.CutBody(random.IntN(2000)), rest.Failure(500, false), rest.Reset()}
	var mu sync.Mutex
	broken, count := map[string]bool{}, 0
	return func(r *http.Request, n int64) *rest.Fault {
		mu.Lock()
		defer mu.Unlock()
		address := r.URL.String()
		if n%7 != 0 || broken[address] {
			delete(broken, address)
			return nil
		}
		broken[address] = true
		count++
		return ways[count%len(ways)]
	}
}

func TestALoadKilledWhileAnswersBreakEqualsAnUndisturbedOne(t *testing.T) {
	k, want := measuredKiller(t)
	k.breaks = everySeventh(k.random)
	wanted := 10
	if raceEnabled {
		wanted = 3
	}
	for k.kills < wanted {
		path := filepath.Join(t.TempDir(), "killed.sightline")
		k.load(t, k.errand(path), wanted-k.kills)
		if got := sound(t, path); got != want {
			t.Fatalf("after %d kills (seed %d): %s", k.kills, *killSeed, firstDifference(got, want))
		}
	}
	k.log(t)
}
