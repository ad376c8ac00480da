package sqlite_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/sqlite"

	zs "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// raw runs SQL on a file that nobody has open, as a foreign tool would.
func raw(t *testing.T, path, script string) {
	t.Helper()
	c, err := zs.OpenConn(path, zs.OpenReadWrite, zs.OpenCreate)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := sqlitex.ExecuteScript(c, script, nil); err != nil {
		t.Fatal(err)
	}
}

// closedDataset makes a dataset with rows and closes it.
func closedDataset(t *testing.T) (path, facts string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "data.sightline")
	d := open(t, path)
	commit(t, d, mixedWorld(9, 300, 150, 150)...)
	facts = dump(t, d)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return path, facts
}

func openReadOnly(t *testing.T, path string) *sqlite.Dataset {
	t.Helper()
	d, err := sqlite.OpenDataset(ctx, path, sqlite.DatasetOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestTwoWritersAreRefusedAndReadersAreNot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.sightline")
	d := open(t, path)
	commit(t, d, schemaBatch(), revisions(revision(1, 1, nil)))
	_, err := sqlite.OpenDataset(ctx, path, options)
	wantFault(t, err, fault.Conflict)
	if r := fault.ReportOf(err); !strings.Contains(r.Message, path) {
		t.Errorf("the sentence does not name the file: %s", r.Message)
	}
	reader := openReadOnly(t, path)
	if n := len(flatten(read(t, reader)).items(t)); n != 1 {
		t.Errorf("%d items", n)
	}
	commit(t, d, revisions(revision(2, 1, nil)))
	if n := len(flatten(read(t, reader)).items(t)); n != 2 {
		t.Errorf("the reader sees %d items after the next commit", n)
	}
	wantFault(t, commitFault(reader.Commit(ctx, schemaBatch())), fault.ReadOnly)
	wantFault(t, reader.Refreshed(ctx, epoch), fault.ReadOnly)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, path)
	commit(t, again, revisions(revision(3, 1, nil)))
}

func TestAFileOfANewerSightlineIsRefusedUntouched(t *testing.T) {
	path, _ := closedDataset(t)
	raw(t, path, "PRAGMA user_version = 99; PRAGMA journal_mode = DELETE;")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{false, true} {
		_, err = sqlite.OpenDataset(ctx, path, sqlite.DatasetOptions{ReadOnly: readOnly})
		wantFault(t, err, fault.NewerFile)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the file was touched: %v", err)
	}
}

func TestAFileThatIsNoDatasetIsRefusedUntouched(t *testing.T) {
	dir := t.TempDir()
	foreign := filepath.Join(dir, "photos.db")
	raw(t, foreign, "CREATE TABLE photo (id INTEGER PRIMARY KEY); PRAGMA user_version = 1;")
	_, err := sqlite.OpenDataset(ctx, foreign, options)
	wantFault(t, err, fault.Invalid)
	workspace := filepath.Join(dir, "workspace.db")
	w, err := sqlite.OpenWorkspace(ctx, workspace, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.Close()
	_, err = sqlite.OpenDataset(ctx, workspace, options)
	wantFault(t, err, fault.Invalid)
	_, err = sqlite.OpenDataset(ctx, dir, options)
	wantFault(t, err, fault.Invalid)
	text := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("These are notes. ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = sqlite.OpenDataset(ctx, text, options)
	wantFault(t, err, fault.Corrupt)
	_, err = sqlite.OpenDataset(ctx, filepath.Join(dir, "missing"), sqlite.DatasetOptions{ReadOnly: true})
	wantFault(t, err, fault.NotFound)
	_, err = sqlite.OpenDataset(ctx, filepath.Join(dir, "no", "such", "folder"), options)
	wantFault(t, err, fault.NotFound)
}

func TestADamagedFileIsSaidToBeDamaged(t *testing.T) {
	path, _ := closedDataset(t)
	// Everything after the schema's page is overwritten, as by a failing disk.
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	junk := make([]byte, info.Size()-4*8192)
	for i := range junk {
		junk[i] = byte(i*7 + 13)
	}
	if _, err := f.WriteAt(junk, 4*8192); err != nil {
		t.Fatal(err)
	}
	f.Close()
	d, err := sqlite.OpenDataset(ctx, path, options)
	if err == nil {
		defer d.Close()
		_, err = d.Read(ctx)
	}
	wantFault(t, err, fault.Corrupt)
	if d != nil {
		wantFault(t, commitFault(d.Commit(ctx, makeWorld(9, 100, 100).batches[1])), fault.Corrupt)
	}
}

// fillWorld has every entity and is larger than the disks of these tests.
var fillWorld = sync.OnceValue(func() []devops.Batch { return mixedWorld(13, 5000, 200, 800) })

// fill commits until a commit fails, and returns how many worked.
func fill(t *testing.T, d *sqlite.Dataset) (int, error) {
	t.Helper()
	for i, b := range fillWorld() {
		b.Cursor = &devops.Cursor{Feed: "test", Token: fmt.Sprint(i + 1)}
		if _, err := d.Commit(ctx, b); err != nil {
			return i, err
		}
	}
	t.Fatal("the disk never filled")
	return 0, nil
}

// afterFull checks that a full disk lost nothing: what was committed is there, whole pages only.
func afterFull(t *testing.T, d *sqlite.Dataset, committed int, err error) {
	t.Helper()
	wantFault(t, err, fault.DiskFull)
	space := ""
	for _, f := range fault.ReportOf(err).Facts {
		space += f.Name + " "
	}
	if !strings.Contains(space, "File") || !strings.Contains(space, "Free space") {
		t.Errorf("the fault has the facts %q", space)
	}
	if committed < 20 {
		t.Fatalf("only %d commits fitted", committed)
	}
	holdsFirst(t, d, committed)
	if c, _, err := d.Cursor(ctx, "test", ""); err != nil || c.Token != fmt.Sprint(committed) {
		t.Errorf("the cursor says %q, %d were committed, %v", c.Token, committed, err)
	}
}

// holdsFirst checks that a dataset holds the first batches of fillWorld, by a plain model and by a dataset that
// had all the room it needed, and that the file is sound.
func holdsFirst(t *testing.T, d *sqlite.Dataset, batches int) {
	t.Helper()
	m, roomy := newModel(), openNew(t)
	for _, b := range fillWorld()[:batches] {
		m.apply(b)
		commit(t, roomy, b)
	}
	same(t, d, m)
	if got, want := dump(t, d), dump(t, roomy); got != want {
		t.Error(firstDifference(got, want))
	}
	if _, lines := query(t, foreign(t, d.Path()), "PRAGMA integrity_check"); !slices.Equal(lines, []string{"ok"}) {
		t.Errorf("integrity_check: %v", lines)
	}
}

func TestAFullFileLosesNothingAndGoesOnWhenThereIsRoom(t *testing.T) {
	d := openNew(t)
	if err := d.LimitPages(110); err != nil {
		t.Fatal(err)
	}
	committed, err := fill(t, d)
	afterFull(t, d, committed, err)
	if err := d.LimitPages(1 << 30); err != nil {
		t.Fatal(err)
	}
	commit(t, d, fillWorld()[committed:committed+10]...)
	holdsFirst(t, d, committed+10)
}

// mount mounts a file system for the time of the test; ok is false where that is not permitted.
func mount(t *testing.T, dir string, arguments ...string) (ok bool) {
	t.Helper()
	if out, err := exec.Command("mount", append(arguments, dir)...).CombinedOutput(); err != nil {
		t.Logf("nothing can be mounted here (%s); the limit on pages stands in for it", strings.TrimSpace(string(out)))
		return false
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	return true
}

func TestAFullDiskLosesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "small")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if !mount(t, dir, "-t", "tmpfs", "-o", "size=3m", "tmpfs") {
		return
	}
	d, err := sqlite.OpenDataset(ctx, filepath.Join(dir, "data.sightline"), options)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	committed, err := fill(t, d)
	afterFull(t, d, committed, err)
}

func TestADatasetOnAReadOnlyDiskIsReadButNotWritten(t *testing.T) {
	path, facts := closedDataset(t)
	dir := filepath.Dir(path)
	if !mount(t, dir, "--bind", dir) {
		return
	}
	if out, err := exec.Command("mount", "-o", "remount,ro,bind", dir).CombinedOutput(); err != nil {
		t.Logf("no read-only disk here: %s", out)
		return
	}
	_, err := sqlite.OpenDataset(ctx, path, options)
	wantFault(t, err, fault.ReadOnly)
	_, err = sqlite.OpenDataset(ctx, filepath.Join(dir, "new"), options)
	wantFault(t, err, fault.ReadOnly)
	_, err = sqlite.OpenWorkspace(ctx, filepath.Join(dir, "workspace.db"), nil)
	wantFault(t, err, fault.ReadOnly)
	if got := dump(t, openReadOnly(t, path)); got != facts {
		t.Error(firstDifference(got, facts))
	}
}

func TestAReadOnlyFileIsReadButNotWritten(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Log("root may write every file; the read-only disk above stands in for it")
		return
	}
	path, facts := closedDataset(t)
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	_, err := sqlite.OpenDataset(ctx, path, options)
	wantFault(t, err, fault.ReadOnly)
	if got := dump(t, openReadOnly(t, path)); got != facts {
		t.Error(firstDifference(got, facts))
	}
}

// foreignWriter begins a write on a file and holds it until the returned function is called.
func foreignWriter(t *testing.T, path string) (end func()) {
	t.Helper()
	c, err := zs.OpenConn(path, zs.OpenReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	if err := sqlitex.ExecuteTransient(c, "BEGIN IMMEDIATE", nil); err != nil {
		t.Fatal(err)
	}
	return func() { c.Close() }
}
