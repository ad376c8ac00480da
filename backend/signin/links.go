package signin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"slices"
	"sync"
)

// links are the one-time local addresses /go/<random> that lead to the authority. The address that a browser is
// started on can be read by every user of the computer in the process list, so it must be worth nothing: it
// works once, and for a browser of ours only after the browser has proved that it is isolated.
type links struct {
	mu   sync.Mutex
	open []*link
}

type link struct {
	name string
	gate *gate // nil: leads on at once
	used func()
	// stolen, if not nil, is called at the second visit. Such a link is remembered after the first one.
	stolen func()
	spent  bool
}

// gate holds a browser back until it is known whether it is isolated.
type gate struct {
	once    sync.Once
	decided chan struct{}
	allowed bool
}

func newGate() *gate { return &gate{decided: make(chan struct{})} }

func (g *gate) decide(allowed bool) {
	g.once.Do(func() {
		g.allowed = allowed
		close(g.decided)
	})
}

// wait returns whether the browser may go on; false when ctx ends before that is known.
func (g *gate) wait(ctx context.Context) bool {
	select {
	case <-g.decided:
		return g.allowed
	case <-ctx.Done():
		return false
	}
}

// add makes a link and returns the random end of its address. used, if not nil, is called when it is visited.
func (l *links) add(g *gate, used func()) string {
	return l.put(&link{gate: g, used: used})
}

// addGuarded makes a link for a browser of ours, which visits it once. stolen is called at each further visit.
func (l *links) addGuarded(g *gate, stolen func()) string {
	return l.put(&link{gate: g, stolen: stolen})
}

func (l *links) put(made *link) string {
	made.name = randomText()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = append(l.open, made)
	return made.name
}

// take returns the link of that name, to the first who asks only.
func (l *links) take(name string) (*link, bool) {
	found, first := l.find(name)
	if found != nil && !first {
		found.gate.decide(false) // whoever came first may be the wrong one
		found.stolen()
	}
	return found, first
}

func (l *links) find(name string) (found *link, first bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, candidate := range l.open {
		switch {
		case !same(candidate.name, name):
			continue
		case candidate.spent:
			return candidate, false
		case candidate.stolen != nil:
			candidate.spent = true
		default:
			l.open = slices.Delete(l.open, i, i+1)
		}
		return candidate, true
	}
	return nil, false
}

// forget removes a link, so that it leads nowhere and is nobody's any more.
func (l *links) forget(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = slices.DeleteFunc(l.open, func(candidate *link) bool { return same(candidate.name, name) })
}

// randomText returns 32 random bytes for an address.
func randomText() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // crypto/rand ends the program rather than return an error
	return base64.RawURLEncoding.EncodeToString(b)
}

// same compares without telling by its time how much was right.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
