package instance_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"sightline/backend/instance"
)

func TestSecondStartRaisesTheFirstAndDoesNotOwnTheFolder(t *testing.T) {
	dir := t.TempDir()
	var raised atomic.Int32
	first, err := instance.Acquire(dir, func() { raised.Add(1) })
	if err != nil || first == nil {
		t.Fatalf("first start: %v, %v", first, err)
	}
	second, err := instance.Acquire(dir, func() { t.Error("the second start was asked to raise") })
	if err != nil {
		t.Fatalf("second start: %v", err)
	}
	if second != nil {
		t.Fatal("two instances own one folder")
	}
	if n := raised.Load(); n != 1 {
		t.Fatalf("the first window was raised %d times, want 1", n)
	}
	if err := first.Release(); err != nil {
		t.Fatalf("release: %v", err)
	}
	third, err := instance.Acquire(dir, func() {})
	if err != nil || third == nil {
		t.Fatalf("a start after the first ended: %v, %v", third, err)
	}
	if err := third.Release(); err != nil {
		t.Fatalf("release: %v", err)
	}
}

func TestAFolderWithALongPathHasAPrivateSocketElsewhere(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	dir := filepath.Join(t.TempDir(), strings.Repeat("long", 30))
	var raised atomic.Int32
	first, err := instance.Acquire(dir, func() { raised.Add(1) })
	if err != nil || first == nil {
		t.Fatalf("first start: %v, %v", first, err)
	}
	folders, _ := filepath.Glob(filepath.Join(tmp, "sightline-*"))
	if len(folders) != 1 {
		t.Fatalf("sockets elsewhere: %v", folders)
	}
	if info, err := os.Stat(folders[0]); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the socket's folder: %v %v", info.Mode(), err)
	}
	if second, err := instance.Acquire(dir, func() {}); err != nil || second != nil || raised.Load() != 1 {
		t.Errorf("second start: %v, %v, raised %d times", second, err, raised.Load())
	}
	if err := first.Release(); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(tmp, "sightline-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestOnlyThePersonReachesTheSocketHoweverTheFolderWasMade(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	first, err := instance.Acquire(dir, func() {})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Release() }()
	for _, name := range []string{"window.sock", "window.lock"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
}

func TestAStartWhileTheFirstOneEndsOwnsTheFolder(t *testing.T) {
	dir := t.TempDir()
	// An instance that is ending holds its lock but hears nobody any more.
	ending := flock.New(filepath.Join(dir, "window.lock"))
	if held, err := ending.TryLock(); !held || err != nil {
		t.Fatal(held, err)
	}
	time.AfterFunc(200*time.Millisecond, func() { _ = ending.Unlock() })
	first, err := instance.Acquire(dir, func() {})
	if err != nil || first == nil {
		t.Fatalf("%v, %v", first, err)
	}
	if err := first.Release(); err != nil {
		t.Error(err)
	}
}

func TestARelativeFolderIsTheSameFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	first, err := instance.Acquire("data", func() {})
	if err != nil || first == nil {
		t.Fatalf("%v, %v", first, err)
	}
	defer func() { _ = first.Release() }()
	whole, err := filepath.Abs("data")
	if err != nil {
		t.Fatal(err)
	}
	if second, err := instance.Acquire(whole, func() {}); second != nil || err != nil {
		t.Errorf("the same folder is owned twice: %v, %v", second, err)
	}
}
