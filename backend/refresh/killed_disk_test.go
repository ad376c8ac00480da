package refresh_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/sampleorg/rest"
	"sightline/backend/sqlite"
)

// fillsAt is a dataset whose disk is full when rows of one entity come, and stays so.
type fillsAt struct {
	*sqlite.Dataset
	entity devops.Entity
	full   bool
}

func (f *fillsAt) Commit(ctx context.Context, b devops.Batch) (devops.Changes, error) {
	counts := map[devops.Entity]int{}
	b.Count(counts)
	if f.full = f.full || counts[f.entity] > 0; f.full {
		return nil, fault.New(fault.DiskFull, "test", "The disk is full.", "Make room.")
	}
	return f.Dataset.Commit(ctx, b)
}

func TestADiskThatFillsInAnyPartLosesNothing(t *testing.T) {
	k, want := measuredKiller(t)
	e, d := k.errand(""), openStore(t)
	// One part after the other meets a full disk wherever it stores something new, and goes on when there is room again.
	for _, part := range []struct {
		content  devops.Content
		entities []devops.Entity
	}{
		{devops.WorkItemsContent, []devops.Entity{devops.Projects, devops.Revisions, devops.Links}},
		{devops.GitContent, []devops.Entity{devops.Repositories, devops.Commits, devops.Branches, devops.Pushes}},
		{devops.PullRequestsContent, []devops.Entity{devops.PullRequests, devops.Reviews}},
		{devops.PipelinesContent, []devops.Entity{devops.Definitions, devops.Builds, devops.Timelines, devops.Deployments}},
		{devops.TestsContent, []devops.Entity{devops.TestRuns}},
		{devops.TFVCContent, []devops.Entity{devops.Changesets, devops.ChangedFiles, devops.TFVCBranches}},
	} {
		for _, entity := range part.entities {
			full := &fillsAt{Dataset: d, entity: entity}
			if sum, err := e.refresh(t, full, part.content); !full.full || !fault.Is(err, fault.DiskFull) || len(sum.Parked) > 0 {
				t.Errorf("%s: full %v, %v (%s), parked %v", entity, full.full, err, fault.CodeOf(err), sum.Parked)
			}
		}
		if _, err := e.refresh(t, d, part.content); err != nil {
			t.Errorf("%s, with room again: %v", part.content, err)
		}
	}
	checkWhole(t, &e, d, want)
}

func TestADiskThatFillsWhileBoardsAreReadLosesNothing(t *testing.T) {
	k, want := measuredKiller(t)
	e := k.errand("")
	// Boards load beside the history, so a file that met the one before may have no more of the other to store.
	for _, entity := range []devops.Entity{devops.Boards, devops.Capacities} {
		d := openStore(t)
		full := &fillsAt{Dataset: d, entity: entity}
		if sum, err := e.refresh(t, full, devops.WorkItemsContent); !full.full || !fault.Is(err, fault.DiskFull) || len(sum.Parked) > 0 {
			t.Errorf("%s: full %v, %v (%s), parked %v", entity, full.full, err, fault.CodeOf(err), sum.Parked)
		}
		checkWhole(t, &e, d, want)
	}
}

// checkWhole loads what is missing and compares the dump.
func checkWhole(t *testing.T, e *errand, d *sqlite.Dataset, want string) {
	t.Helper()
	if _, err := e.refresh(t, d, devops.AllContents...); err != nil {
		t.Fatal(err)
	}
	if got := dump(t, d); got != want {
		t.Error(firstDifference(got, want))
	}
}

// refresh loads contents in this process.
func (e *errand) refresh(t *testing.T, d refresh.Store, contents ...devops.Content) (refresh.Summary, error) {
	t.Helper()
	o, err := e.options(d)
	if err != nil {
		t.Fatal(err)
	}
	o.Selection.Contents = contents
	return refresh.Run(t.Context(), o)
}

// mount mounts a file system for the time of the test; ok is false where that is not permitted.
func mount(t *testing.T, dir string, arguments ...string) (ok bool) {
	t.Helper()
	if out, err := exec.Command("mount", append(arguments, dir)...).CombinedOutput(); err != nil {
		t.Logf("nothing can be mounted here (%s); the stores that refuse stand in for it", strings.TrimSpace(string(out)))
		return false
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	return true
}

func TestARealDiskThatFillsSeveralTimesLosesNothing(t *testing.T) {
	k, want := measuredKiller(t)
	dir := filepath.Join(t.TempDir(), "small")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if !mount(t, dir, "-t", "tmpfs", "-o", "size=600k", "tmpfs") {
		return
	}
	e, filled := k.errand(filepath.Join(dir, "data.sightline")), 0
	for size := 600; ; size = size * 7 / 5 {
		if out, err := exec.Command("mount", "-o", fmt.Sprintf("remount,size=%dk", size), dir).CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, out)
		}
		child, said := e.start(t)
		err := child.Wait()
		if err == nil {
			break
		}
		filled++
		if !strings.HasPrefix(said.String(), string(fault.DiskFull)+":") || size > 500_000 {
			t.Fatalf("on a disk of %d KB: %v, %s", size, err, said)
		}
	}
	if got := sound(t, e.Path); got != want {
		t.Errorf("after %d full disks: %s", filled, firstDifference(got, want))
	}
	if t.Logf("the disk was full %d times", filled); filled < 3 {
		t.Error("the disk was too large")
	}
}

func TestARefreshOfAReadOnlyFileRefusesAndChangesNothing(t *testing.T) {
	k, _ := measuredKiller(t)
	dir := t.TempDir()
	e := k.errand(filepath.Join(dir, "data.sightline"))
	d, err := sqlite.OpenDataset(t.Context(), e.Path, sqlite.DatasetOptions{Name: "test"})
	if err != nil {
		t.Fatal(err)
	}
	// A load that is not over, so that there is something to write.
	if _, err := e.refresh(t, &fillsAt{Dataset: d, entity: devops.Builds}, devops.AllContents...); !fault.Is(err, fault.DiskFull) {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	half := sound(t, e.Path)
	before, err := os.ReadFile(e.Path)
	if err != nil {
		t.Fatal(err)
	}
	if d, err = sqlite.OpenDataset(t.Context(), e.Path, sqlite.DatasetOptions{ReadOnly: true}); err != nil {
		t.Fatal(err)
	}
	sum, err := e.refresh(t, d, devops.AllContents...)
	if r := fault.ReportOf(err); !fault.Is(err, fault.ReadOnly) || r.Message == "" || r.Hint == "" || sum.Rows != 0 || len(sum.Changes) != 0 {
		t.Errorf("%v (%s), %+v", err, fault.CodeOf(err), sum)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if mount(t, dir, "--bind", dir) {
		if out, err := exec.Command("mount", "-o", "remount,ro,bind", dir).CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, out)
		}
		child, said := e.start(t)
		if err := child.Wait(); err == nil || !strings.HasPrefix(said.String(), string(fault.ReadOnly)+":") || !strings.Contains(said.String(), dir) {
			t.Errorf("on a read-only disk: %v, %s", err, said)
		}
	}
	if after, err := os.ReadFile(e.Path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file changed, %v", err)
	}
	if got := sound(t, e.Path); got != half || got == "" {
		t.Error(firstDifference(got, half))
	}
}

func TestTwoProcessesDoNotLoadOneDataset(t *testing.T) {
	k, want := measuredKiller(t)
	e := k.errand(filepath.Join(t.TempDir(), "data.sightline"))
	arrived, goOn := make(chan struct{}), make(chan struct{})
	k.asked.Store(0)
	k.server.Faults().Set(func(*http.Request) *rest.Fault {
		if k.asked.Add(1) == int64(k.requests/2) {
			close(arrived)
			<-goOn
		}
		return nil
	})
	holder, said := e.start(t)
	<-arrived
	asked := k.asked.Load()
	second, refusal := e.start(t)
	if err := second.Wait(); err == nil || !strings.HasPrefix(refusal.String(), string(fault.Conflict)+":") || !strings.Contains(refusal.String(), e.Path) {
		t.Errorf("the second process: %v, %s", err, refusal)
	}
	_, err := sqlite.OpenDataset(t.Context(), e.Path, sqlite.DatasetOptions{})
	if r := fault.ReportOf(err); !fault.Is(err, fault.Conflict) || r.Hint == "" {
		t.Errorf("this process: %v", err)
	}
	if !strings.Contains(sound(t, e.Path), "\nproject ") {
		t.Error("meanwhile the file cannot be read")
	}
	t.Logf("held after %d of %d requests", asked, k.requests)
	close(goOn)
	if err := holder.Wait(); err != nil {
		t.Fatalf("the holder ended with %v: %s", err, said)
	}
	if got := sound(t, e.Path); got != want {
		t.Error(firstDifference(got, want))
	}
}
