package main

import (
	"database/sql"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/desktop"
	"sightline/backend/fault"

	_ "modernc.org/sqlite"
)

// dataDir is the data folder of the test's verbs.
func dataDir(t *testing.T) string {
	t.Helper()
	return os.Getenv("SIGHTLINE_DATA_DIR")
}

// theFile opens the only dataset file of a data folder, which nobody else has open.
func theFile(t *testing.T, dir string) *sql.DB {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "datasets", "*.sqlite"))
	if len(files) != 1 {
		t.Fatalf("dataset files: %v", files)
	}
	db, err := sql.Open("sqlite", files[0])
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// countIn answers a query of one number on that file.
func countIn(t *testing.T, dir, query string) (n int) {
	t.Helper()
	db := theFile(t, dir)
	defer db.Close()
	if err := db.QueryRow(query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// spoil runs a statement on that file. The columns beside it know nothing of it: whoever writes past the program has to
// remove them (docs/data.md).
func spoil(t *testing.T, dir, statement string) {
	t.Helper()
	beside, _ := filepath.Glob(filepath.Join(dir, "datasets", "*.columns"))
	for _, name := range beside {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	db := theFile(t, dir)
	defer db.Close()
	r, err := db.Exec(statement)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		t.Fatalf("%s changed %d rows: %v", statement, n, err)
	}
}

// workItems asks the engine how many there are.
func workItems(t *testing.T, p *desktop.Program, id string) float64 {
	t.Helper()
	r := answered[dataset.Result](t)(p.Services().Datasets.Query(id, `{"values":["Work items"]}`))
	return *r.Total.Values[0]
}

// loseRows deletes work items from the file, as no refresh would notice.
const loseRows = `DELETE FROM fact_revision WHERE rk / 1048576 IN (SELECT id FROM fact_item WHERE NOT deleted ORDER BY id LIMIT 3);
	DELETE FROM fact_item WHERE id IN (SELECT id FROM fact_item WHERE NOT deleted ORDER BY id LIMIT 3)`

func reloadFiles(dir string) []string {
	left, _ := filepath.Glob(filepath.Join(dir, "datasets", "*.reload*"))
	return left
}

func TestAFullReloadAnswersMeanwhileAndThenSwaps(t *testing.T) {
	dir, id := connected(t, sample(t), "--load", "workItems")
	p, _, done := open(t, dir, false)
	whole := workItems(t, p, id)
	done()
	spoil(t, dir, loseRows)

	p, _, done = open(t, dir, false)
	defer done()
	s := p.Services()
	before := answered[desktop.DatasetView](t)(s.Datasets.Dataset(id))
	if have := workItems(t, p, id); have != whole-3 {
		t.Fatalf("%v work items, want %v", have, whole-3)
	}
	var reading sync.WaitGroup
	var asked atomic.Int32
	var over atomic.Bool
	for range 3 {
		reading.Go(func() {
			for !over.Load() {
				if n := workItems(t, p, id); n != whole && n != whole-3 {
					t.Errorf("%v work items while it reloads", n)
				}
				if v, err := s.Datasets.Dataset(id); err != nil || v.WorkItems == 0 {
					t.Errorf("the dataset while it reloads: %v %+v", err, v.WorkItems)
				}
				asked.Add(1)
			}
		})
	}
	v := answered[desktop.ProgressView](t)(s.Datasets.FullReload(id))
	if v.Type != "full" || v.State != "running" {
		t.Errorf("%s, %s", v.Type, v.State)
	}
	waitFor(t, "the full reload", func() bool { return strings.HasPrefix(kinds(history(t, p, id)), "full succeeded") })
	over.Store(true)
	reading.Wait()
	after := answered[desktop.DatasetView](t)(s.Datasets.Dataset(id))
	if n := workItems(t, p, id); n != whole || after.Generation <= before.Generation || after.Name != before.Name {
		t.Errorf("%v work items, want %v; generation %d after %d", n, whole, after.Generation, before.Generation)
	}
	if left := reloadFiles(dir); len(left) != 0 || asked.Load() == 0 {
		t.Errorf("left behind: %v; asked %d times", left, asked.Load())
	}
	if _, err := p.Refresh(t.Context(), id, func(desktop.ProgressView) {}); err != nil {
		t.Errorf("a refresh after it: %v", err)
	}
}

func TestAFullReloadThatWasInterruptedGoesOnAtTheNextStart(t *testing.T) {
	a := sample(t)
	var hold atomic.Bool
	var reached atomic.Int32
	wire(t, &a, func(r *http.Request) {
		if hold.Load() && strings.Contains(r.URL.Path, "/reporting/workitemlinks") {
			reached.Add(1)
			<-r.Context().Done()
		}
	})
	dir, id := connected(t, a, "--load", "workItems")
	hold.Store(true)
	p, _, done := open(t, dir, false)
	whole := workItems(t, p, id)
	answered[desktop.ProgressView](t)(p.Services().Datasets.FullReload(id))
	waitFor(t, "the last feed", func() bool { return reached.Load() > 0 })
	done() // the window is closed
	if left := reloadFiles(dir); len(left) == 0 {
		t.Fatal("what was reloaded is gone")
	}
	p, _, done = open(t, dir, false)
	if n := workItems(t, p, id); n != whole {
		t.Errorf("the old file answers %v, want %v", n, whole)
	}
	done()

	hold.Store(false)
	p, _, done = open(t, dir, true)
	defer done()
	waitFor(t, "the reload that goes on", func() bool { return kinds(history(t, p, id)) == "full succeeded, full interrupted, first succeeded" })
	if n := workItems(t, p, id); n != whole || len(reloadFiles(dir)) != 0 {
		t.Errorf("%v work items, want %v; left %v", n, whole, reloadFiles(dir))
	}
}

// halfReloaded is a data folder in which a full reload was interrupted at its last feed. fromStart counts how often
// the feed of revisions was read from its beginning since.
func halfReloaded(t *testing.T) (dir, id string, fromStart *atomic.Int32) {
	t.Helper()
	a := sample(t)
	var hold atomic.Bool
	var reached atomic.Int32
	fromStart = &atomic.Int32{}
	wire(t, &a, func(r *http.Request) {
		switch {
		case hold.Load() && strings.Contains(r.URL.Path, "/reporting/workitemlinks"):
			reached.Add(1)
			<-r.Context().Done()
		case strings.Contains(r.URL.Path, "/reporting/workitemrevisions") && r.URL.Query().Get("continuationToken") == "":
			fromStart.Add(1)
		}
	})
	dir, id = connected(t, a, "--load", "workItems")
	hold.Store(true)
	p, _, done := open(t, dir, false)
	answered[desktop.ProgressView](t)(p.Services().Datasets.FullReload(id))
	waitFor(t, "the last feed", func() bool { return reached.Load() > 0 })
	done() // the window is closed
	if len(reloadFiles(dir)) == 0 {
		t.Fatal("what was reloaded is gone")
	}
	hold.Store(false)
	fromStart.Store(0)
	return dir, id, fromStart
}

func TestAFullReloadBeginsAnewWhenItIsNotWhatIsWantedAnyMore(t *testing.T) {
	for name, c := range map[string]struct {
		change func(t *testing.T, p *desktop.Program, id string)
		anew   bool
	}{
		"nothing changed":   {func(*testing.T, *desktop.Program, string) {}, false},
		"nearly a day went": {func(_ *testing.T, p *desktop.Program, _ string) { p.Clock = in(23 * time.Hour) }, false},
		"a day went":        {func(_ *testing.T, p *desktop.Program, _ string) { p.Clock = in(25 * time.Hour) }, true},
		"other projects": {func(t *testing.T, p *desktop.Program, id string) {
			answered[desktop.DatasetView](t)(p.Services().Datasets.SetPatterns(id, []string{"Tool*"}))
		}, true},
		"other contents": {func(t *testing.T, p *desktop.Program, id string) {
			answered[desktop.DatasetView](t)(p.Services().Datasets.SetContents(id, []string{"workItems", "tests"}, 0))
		}, true},
		"another window of history": {func(t *testing.T, p *desktop.Program, id string) {
			answered[desktop.DatasetView](t)(p.Services().Datasets.SetContents(id, []string{"workItems"}, 12))
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			dir, id, fromStart := halfReloaded(t)
			p, _, done := open(t, dir, false)
			defer done()
			c.change(t, p, id)
			answered[desktop.ProgressView](t)(p.Services().Datasets.FullReload(id))
			waitFor(t, "the reload", func() bool { return strings.HasPrefix(kinds(history(t, p, id)), "full succeeded") })
			if anew := fromStart.Load() > 0; anew != c.anew || len(reloadFiles(dir)) != 0 {
				t.Errorf("read from the start %d times; left %v", fromStart.Load(), reloadFiles(dir))
			}
		})
	}
}

// in is a clock that goes ahead.
func in(ahead time.Duration) func() time.Time {
	return func() time.Time { return time.Now().Add(ahead) }
}

func TestAnInterruptedFullReloadOfOtherContentsIsGivenUpAtTheNextStart(t *testing.T) {
	dir, id, fromStart := halfReloaded(t)
	p, _, done := open(t, dir, false)
	answered[desktop.DatasetView](t)(p.Services().Datasets.SetContents(id, []string{"workItems"}, 12))
	done()
	p, _, done = open(t, dir, true)
	defer done()
	waitFor(t, "the file to go", func() bool { return len(reloadFiles(dir)) == 0 })
	if got := kinds(history(t, p, id)); got != "full interrupted, first succeeded" || fromStart.Load() != 0 {
		t.Errorf("%s; read from the start %d times", got, fromStart.Load())
	}
}

func TestAFullReloadThatIsStoppedLeavesTheOldFileAlone(t *testing.T) {
	a := sample(t)
	var hold atomic.Bool
	var reached atomic.Int32
	wire(t, &a, func(r *http.Request) {
		if hold.Load() && strings.Contains(r.URL.Path, "/reporting/workitemlinks") {
			reached.Add(1)
			<-r.Context().Done()
		}
	})
	dir, id := connected(t, a, "--load", "workItems")
	p, _, done := open(t, dir, false)
	defer done()
	s := p.Services()
	whole := workItems(t, p, id)
	hold.Store(true)
	answered[desktop.ProgressView](t)(s.Datasets.FullReload(id))
	waitFor(t, "the last feed", func() bool { return reached.Load() > 0 })
	if _, err := s.Datasets.Verify(id); !fault.Is(err, fault.Conflict) {
		t.Errorf("a proof beside a reload: %v", err)
	}
	answered[desktop.ProgressView](t)(s.Refreshes.Cancel(id))
	waitFor(t, "the end", func() bool { return strings.HasPrefix(kinds(history(t, p, id)), "full canceled") })
	if n := workItems(t, p, id); n != whole || len(reloadFiles(dir)) != 0 {
		t.Errorf("%v work items, want %v; left %v", n, whole, reloadFiles(dir))
	}
	hold.Store(false)
	if v := answer[desktop.ProgressView](t, refreshVerb(t, done, "refresh", "Tools", "--full")); v.Type != "full" || v.State != "succeeded" {
		t.Errorf("by the verb: %s %s", v.Type, v.State)
	}
}

// refreshVerb closes the window first: one Sightline at a time writes a dataset.
func refreshVerb(t *testing.T, done func(), args ...string) verb {
	t.Helper()
	done()
	return runVerb(t.Context(), nil, args...)
}

func TestAnIdleRefreshAsksLittle(t *testing.T) {
	a := sample(t)
	_, _ = connected(t, a)
	began := time.Now()
	v := answer[desktop.ProgressView](t, runVerb(t.Context(), nil, "refresh", "Tools"))
	t.Logf("%d requests, %d rows in %v", v.Requests, v.Rows, time.Since(began))
	if v.Requests > 60 {
		t.Errorf("a refresh of one project in which nothing happened made %d requests", v.Requests)
	}
}
