package instance_test

import (
	"sync/atomic"
	"testing"

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
