package desktop

import (
	"context"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/refresh"
)

func TestALoadThatDoesNotEndIsNotWaitedForForEver(t *testing.T) {
	stuck := &run{gate: refresh.NewGate(), cancel: func(error) {}, ended: make(chan struct{})}
	p := &Program{}
	p.runs = runs{byDataset: map[string]*run{"d": stuck}, barred: map[string]error{}}
	why := fault.New(fault.Conflict, "test", "It is being moved.", "Wait.")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := p.bar(ctx, "d", why); !fault.Is(err, fault.Timeout) {
		t.Errorf("%v", err)
	}
	close(stuck.ended)
	release, err := p.bar(t.Context(), "d", why)
	if err != nil {
		t.Fatalf("what was given up still bars: %v", err)
	}
	if _, err := p.bar(t.Context(), "d", why); !fault.Is(err, fault.Conflict) {
		t.Errorf("two of them at once: %v", err)
	}
	release(true)
	if p.runOf("d") != nil || len(p.runs.barred) != 0 {
		t.Error("something is left")
	}
}
