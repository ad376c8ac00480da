package sqlite_test

import (
	"bufio"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/sqlite"
)

const (
	childVariable = "SIGHTLINE_TEST_LOAD" // path of the dataset that a child process loads
	killSeed      = 42
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childVariable); path != "" {
		loadFromCursor(path)
		return
	}
	if path := os.Getenv(swapVariable); path != "" {
		swapUntilKilled(path)
		return
	}
	os.Exit(m.Run())
}

// loadFromCursor is the child: it goes on from the saved cursor and says each commit on its output. Now and then it
// indexes what it has, as after a refresh.
func loadFromCursor(path string) {
	check := func(err error) {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
	}
	d, err := sqlite.OpenDataset(ctx, path, options)
	check(err)
	check(resume(d, func(done int) {
		fmt.Println(done)
		if done%3 == 0 {
			check(d.Refreshed(ctx, epoch))
		}
	}))
	check(d.Close())
}

// resume commits what is left of the world. A page and its links are told apart by the token, so a kill
// between the two repeats nothing and skips nothing.
func resume(d *sqlite.Dataset, committed func(int)) error {
	at := 0
	if c, ok, err := d.Cursor(ctx, "test", ""); err != nil {
		return err
	} else if ok {
		if at, err = strconv.Atoi(c.Token); err != nil {
			return err
		}
	}
	batches := killWorld()
	for ; at < len(batches); at++ {
		b := batches[at]
		b.Cursor = &devops.Cursor{Feed: "test", Token: strconv.Itoa(at + 1)}
		if _, err := d.Commit(ctx, b); err != nil {
			return err
		}
		committed(at + 1)
	}
	return nil
}

// killWorld has every entity, in many small commits.
func killWorld() []devops.Batch { return mixedWorld(killSeed, 1000, 10, 600) }

var killCount = flag.Int("kills", 50, "how often a load is killed; one that ends first is checked, and another is begun")

func TestALoadKilledManyTimesEqualsAnUndisturbedOne(t *testing.T) {
	straight := openNew(t)
	if err := resume(straight, func(int) {}); err != nil {
		t.Fatal(err)
	}
	want, model := dump(t, straight), newModel()
	for _, b := range killWorld() {
		model.apply(b)
	}
	random := rand.New(rand.NewPCG(killSeed, 2))
	kills, loads, wanted := 0, 0, *killCount
	if raceEnabled {
		wanted /= 5
	}
	for kills < wanted {
		path := filepath.Join(t.TempDir(), "killed.sightline")
		kills += killWhileLoading(t, path, random, wanted-kills)
		loads++
		d := open(t, path)
		if err := resume(d, func(int) {}); err != nil {
			t.Fatal(err)
		}
		if got := dump(t, d); got != want {
			t.Fatal(firstDifference(got, want))
		}
		same(t, d, model)
		sameCounts(t, d)
		searchesAsAScan(t, d, foreign(t, path))
		must(t, d.Refreshed(ctx, epoch))
		indexed(t, path)
		if _, lines := query(t, foreign(t, path), "PRAGMA integrity_check"); !slices.Equal(lines, []string{"ok"}) {
			t.Fatalf("integrity_check: %v", lines)
		}
	}
	t.Logf("%d kills in %d loads", kills, loads)
}

// killWhileLoading kills the load of one file at most this often, and less when it ends first.
func killWhileLoading(t *testing.T, path string, random *rand.Rand, most int) (kills int) {
	t.Helper()
	for seen := 0; kills < most; kills++ {
		// Some are killed while they open the file, make its tables or read its cursor.
		commits, extra := random.IntN(9), time.Duration(random.IntN(2000))*time.Microsecond
		if commits == 0 {
			extra *= 30
		}
		last, ended := killAfter(t, path, commits, extra)
		if ended {
			return kills
		}
		if last != 0 && last <= seen {
			t.Fatalf("after kill %d the load went on at %d, but %d was committed", kills, last, seen)
		}
		seen = max(seen, last)
	}
	return kills
}

// killAfter starts a child, waits for some commits and a little longer, and kills it with SIGKILL. last is
// the last commit that the child said, 0 when it said none.
func killAfter(t *testing.T, path string, commits int, extra time.Duration) (last int, ended bool) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if commits == 0 {
		time.Sleep(extra)
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
	}
	lines := bufio.NewScanner(out)
	for n := 1; lines.Scan(); n++ {
		if last, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatal(err)
		}
		if n == commits {
			time.Sleep(extra)
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	err = child.Wait()
	if child.ProcessState.ExitCode() == 3 {
		t.Fatalf("the child failed: %v", err)
	}
	return last, err == nil
}
