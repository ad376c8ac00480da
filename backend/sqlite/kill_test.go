package sqlite_test

import (
	"bufio"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
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

// loadFromCursor is the child: it goes on from the saved cursor and says each commit on its output.
func loadFromCursor(path string) {
	check := func(err error) {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
	}
	d, err := sqlite.OpenDataset(ctx, path, options)
	check(err)
	check(resume(d, func(done int) { fmt.Println(done) }))
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
	batches := makeWorld(killSeed, 3000, 6).batches
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

var killCount = flag.Int("kills", 9, "how often a load is killed before it may end; the world is good for 24")

func TestALoadKilledManyTimesEqualsAnUndisturbedOne(t *testing.T) {
	straight := openNew(t)
	if err := resume(straight, func(int) {}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "killed.sightline")
	random := rand.New(rand.NewPCG(killSeed, 2))
	kills, seen := 0, 0
	for ; kills < *killCount; kills++ {
		last, ended := killAfter(t, path, 1+random.IntN(9), time.Duration(random.IntN(3000))*time.Microsecond)
		if ended {
			break
		}
		if last <= seen {
			t.Fatalf("after kill %d the load went on at %d, but %d was committed", kills, last, seen)
		}
		seen = last
	}
	if kills < *killCount*5/6 {
		t.Fatalf("the load ended after %d kills already", kills)
	}
	d := open(t, path)
	if err := resume(d, func(int) {}); err != nil {
		t.Fatal(err)
	}
	if got, want := dump(t, d), dump(t, straight); got != want {
		t.Fatal(firstDifference(got, want))
	}
	same(t, d, worldModel())
	t.Logf("%d kills, the last at commit %d", kills, seen)
}

func worldModel() *model {
	m := newModel()
	for _, b := range makeWorld(killSeed, 3000, 6).batches {
		m.apply(b)
	}
	return m
}

// killAfter starts a child, waits for some commits and a little longer, and kills it with SIGKILL. last is
// the last commit that the child said.
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
