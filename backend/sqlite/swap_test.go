package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/sqlite"
)

// pair is a dataset with its reload, both closed: their bytes and what each holds.
type pair struct {
	old, new           []byte
	oldFacts, newFacts string
}

// reloadedPair is made once, by the first test that needs it.
var reloadedPair *pair

func makePair(t *testing.T) *pair {
	t.Helper()
	path, oldFacts := closedDataset(t)
	d := open(t, path)
	must(t, d.SetInfo(ctx, "Renamed meanwhile", "Asia/Tokyo", 0))
	must(t, d.Close())
	d = open(t, sqlite.ReloadPath(path))
	commit(t, d, makeWorld(10, 200, 50).batches...)
	p := &pair{oldFacts: oldFacts, newFacts: dump(t, d)}
	must(t, d.Close())
	var oldErr, newErr error
	p.old, oldErr = os.ReadFile(path)
	p.new, newErr = os.ReadFile(sqlite.ReloadPath(path))
	must(t, oldErr)
	must(t, newErr)
	return p
}

// reloaded makes a dataset with its reload beside it, both closed, and says what each holds.
func reloaded(t *testing.T) (path, oldFacts, newFacts string) {
	t.Helper()
	if reloadedPair == nil {
		reloadedPair = makePair(t)
	}
	path = filepath.Join(t.TempDir(), "data.sightline")
	must(t, os.WriteFile(path, reloadedPair.old, 0o600))
	must(t, os.WriteFile(sqlite.ReloadPath(path), reloadedPair.new, 0o600))
	return path, reloadedPair.oldFacts, reloadedPair.newFacts
}

// holds opens the dataset at path, which must be sound, and dumps it.
func holds(t *testing.T, path string) string {
	t.Helper()
	db := foreign(t, path)
	if _, lines := query(t, db, "PRAGMA integrity_check"); !slices.Equal(lines, []string{"ok"}) {
		t.Fatalf("integrity_check: %v", lines)
	}
	must(t, db.Close())
	d, err := sqlite.OpenDataset(ctx, path, options)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	return dump(t, d)
}

func TestASwapPutsTheReloadInThePlaceOfTheOldFile(t *testing.T) {
	path, oldFacts, newFacts := reloaded(t)
	if !sqlite.ReloadPending(path) {
		t.Fatal("the reload is not seen")
	}
	if got := holds(t, path); got != oldFacts {
		t.Error("before the swap the old rows are there")
	}
	before := generation(t, path)
	must(t, sqlite.Swap(ctx, sqlite.ReloadPath(path), path))
	if sqlite.ReloadPending(path) {
		t.Error("the reload is still there")
	}
	if got := holds(t, path); got != newFacts {
		t.Error(firstDifference(got, newFacts))
	}
	if after := generation(t, path); after <= before {
		t.Errorf("generation %d follows %d", after, before)
	}
	d := open(t, path)
	r := read(t, d)
	if info := r.Info(); info.Name != "Renamed meanwhile" || info.TimeZone != "Asia/Tokyo" || info.WeekStart != 0 {
		t.Errorf("%+v", info)
	}
	must(t, r.Close())
	commit(t, d, revisions(revision(1, 900, nil))) // and it can be written
	must(t, d.Close())
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range left {
		if entry.Name() != filepath.Base(path) && entry.Name() != filepath.Base(path)+".lock" {
			t.Errorf("%s is left", entry.Name())
		}
	}
}

func generation(t *testing.T, path string) int64 {
	t.Helper()
	d := openReadOnly(t, path)
	defer d.Close()
	r := read(t, d)
	defer r.Close()
	return r.Generation()
}

// swapSteps are the moments at which a swap may be cut off, with what stands after.
var swapSteps = []struct {
	step string
	new  bool
}{{"locked", false}, {"old sealed", false}, {"new sealed", false}, {"renamed", true}}

func TestASwapKilledAtAnyStepLeavesOneWholeDataset(t *testing.T) {
	for _, s := range swapSteps {
		t.Run(s.step, func(t *testing.T) {
			path, oldFacts, newFacts := reloaded(t)
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), swapVariable+"="+path, stepVariable+"="+s.step)
			if out, err := child.CombinedOutput(); err == nil || len(out) > 0 {
				t.Fatalf("the child was to be killed: %v %s", err, out)
			}
			want := oldFacts
			if s.new {
				want = newFacts
			}
			if got := holds(t, path); got != want {
				t.Fatal(firstDifference(got, want))
			}
			if sqlite.ReloadPending(path) == s.new {
				t.Errorf("a reload is pending: %v", !s.new)
			}
			if s.new {
				return
			}
			if got := holds(t, sqlite.ReloadPath(path)); got != newFacts {
				t.Error("the reload lost something")
			}
			must(t, sqlite.Swap(ctx, sqlite.ReloadPath(path), path))
			if got := holds(t, path); got != newFacts {
				t.Error(firstDifference(got, newFacts))
			}
		})
	}
}

const (
	swapVariable = "SIGHTLINE_TEST_SWAP" // path of the dataset whose reload a child process swaps in
	stepVariable = "SIGHTLINE_TEST_STEP" // the step at which it is killed
)

// swapUntilKilled is the child.
func swapUntilKilled(path string) {
	err := sqlite.SwapReaching(ctx, sqlite.ReloadPath(path), path, func(step string) error {
		if step == os.Getenv(stepVariable) {
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Kill()
			}
			if err == nil {
				select {} // until the signal comes
			}
			return err
		}
		return nil
	})
	fmt.Println("not killed:", err)
}

func TestASwapThatFailsKeepsBothFiles(t *testing.T) {
	for _, s := range swapSteps[:3] {
		path, oldFacts, newFacts := reloaded(t)
		stop := errors.New("stop")
		err := sqlite.SwapReaching(ctx, sqlite.ReloadPath(path), path, func(step string) error {
			if step == s.step {
				return stop
			}
			return nil
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		if holds(t, path) != oldFacts || holds(t, sqlite.ReloadPath(path)) != newFacts {
			t.Errorf("after %s something is lost", s.step)
		}
	}
}

func TestASwapWaitsForNobodyWhoHasAFileOpen(t *testing.T) {
	path, oldFacts, _ := reloaded(t)
	d := open(t, path)
	wantFault(t, sqlite.Swap(ctx, sqlite.ReloadPath(path), path), fault.Conflict)
	must(t, d.Close())
	d = open(t, sqlite.ReloadPath(path))
	wantFault(t, sqlite.Swap(ctx, sqlite.ReloadPath(path), path), fault.Conflict)
	must(t, d.Close())

	reader := openReadOnly(t, path)
	r := read(t, reader)
	short, cancel := context.WithCancel(ctx)
	go cancel()
	wantFault(t, sqlite.Swap(short, sqlite.ReloadPath(path), path), fault.Canceled)
	r.Close()
	if dump(t, reader) != oldFacts {
		t.Error("the reader lost its rows")
	}
	must(t, reader.Close())
	must(t, sqlite.Swap(ctx, sqlite.ReloadPath(path), path))
}

func TestAReloadMendsADamagedOrMissingDataset(t *testing.T) {
	path, _, newFacts := reloaded(t)
	must(t, os.WriteFile(path, []byte(strings.Repeat("no database", 1000)), 0o600))
	must(t, os.WriteFile(path+"-wal", []byte("no log either"), 0o600))
	must(t, sqlite.Swap(ctx, sqlite.ReloadPath(path), path))
	if got := holds(t, path); got != newFacts {
		t.Error(firstDifference(got, newFacts))
	}

	path, _, newFacts = reloaded(t)
	must(t, os.Remove(path))
	must(t, sqlite.Swap(ctx, sqlite.ReloadPath(path), path))
	if got := holds(t, path); got != newFacts {
		t.Error(firstDifference(got, newFacts))
	}
}

func TestASwapRefusesWhatIsNoReload(t *testing.T) {
	path, facts := closedDataset(t)
	wantFault(t, sqlite.Swap(ctx, path, path), fault.Invalid)
	wantFault(t, sqlite.Swap(ctx, sqlite.ReloadPath(path), path), fault.NotFound)
	must(t, os.WriteFile(sqlite.ReloadPath(path), nil, 0o600))
	wantFault(t, sqlite.Swap(ctx, sqlite.ReloadPath(path), path), fault.Invalid)
	must(t, os.WriteFile(sqlite.ReloadPath(path), []byte(strings.Repeat("no database", 1000)), 0o600))
	wantFault(t, sqlite.Swap(ctx, sqlite.ReloadPath(path), path), fault.Corrupt)
	if holds(t, path) != facts {
		t.Error("the old dataset was touched")
	}
}

func TestRemoveLeavesNothingOfADatasetAndItsReload(t *testing.T) {
	path, _, _ := reloaded(t)
	other := filepath.Join(filepath.Dir(path), "data.sightline2")
	must(t, os.WriteFile(other, nil, 0o600))
	must(t, os.WriteFile(path+".version-1.backup", nil, 0o600))
	must(t, os.WriteFile(sqlite.ColumnsPath(path), nil, 0o600))
	d := open(t, path)
	wantFault(t, sqlite.Remove(path), fault.Conflict)
	commit(t, d, devops.Batch{People: []devops.Person{personNamed(1)}}) // it is still good
	must(t, d.Close())
	must(t, sqlite.Remove(path))
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 || left[0].Name() != filepath.Base(other) {
		t.Errorf("left: %v %v", left, err)
	}
	must(t, sqlite.Remove(path))
	must(t, sqlite.Remove(filepath.Join(path, "no", "folder")))
}

func TestALockOnARemovedFileCountsForNothing(t *testing.T) {
	path, _ := closedDataset(t)
	d := open(t, path)
	must(t, os.Remove(path+".lock"))
	must(t, d.Close())
	d = open(t, path)
	if !sqlite.InUse(path) {
		t.Error("the lock is not one on the file of that name")
	}
	must(t, d.Close())
}
