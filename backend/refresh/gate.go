package refresh

import (
	"context"
	"sync"
)

// Gate pauses and resumes one refresh. The page under way is still stored; the next is not asked for until
// the gate opens. The zero Gate is open; it is safe for concurrent use.
type Gate struct {
	mu     sync.Mutex
	closed chan struct{} // nil while open; closed (the channel) when it opens again
}

// NewGate makes an open gate.
func NewGate() *Gate { return &Gate{} }

// Pause closes the gate.
func (g *Gate) Pause() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed == nil {
		g.closed = make(chan struct{})
	}
}

// Resume opens the gate.
func (g *Gate) Resume() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed != nil {
		close(g.closed)
		g.closed = nil
	}
}

// Paused reports whether the gate is closed.
func (g *Gate) Paused() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.closed != nil
}

// Wait returns when the gate is open, or with the context's error.
func (g *Gate) Wait(ctx context.Context) error {
	for {
		g.mu.Lock()
		closed := g.closed
		g.mu.Unlock()
		if closed == nil {
			return ctx.Err()
		}
		select {
		case <-closed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
