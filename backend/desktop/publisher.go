package desktop

import (
	"sync"
	"time"

	"sightline/backend/refresh"
)

// publisher shows what a refresh has stored while the refresh goes on: after a commit a new generation is
// built beside the old one and swapped in. Commits that come while one is being built, or too soon after it,
// are shown together with those that follow, so that building never takes more than a tenth of the time.
type publisher struct {
	show  func() // builds a generation from what is stored and tells the interface
	clock func() time.Time

	showing sync.WaitGroup
	mu      sync.Mutex
	rows    int // stored when the generation that is shown was begun
	next    time.Time
	busy    bool
}

// The shortest time between two generations, and how much longer than its building each stands.
const (
	publishPause = 2 * time.Second
	publishShare = 10
)

// heard is called for every step of the refresh and returns at once. Nothing is shown before the current
// state of every work item is stored.
func (p *publisher) heard(now refresh.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !now.FirstLook || p.busy || now.Rows == p.rows || p.clock().Before(p.next) {
		return
	}
	p.busy, p.rows = true, now.Rows
	p.showing.Go(func() {
		began := p.clock()
		p.show()
		ended := p.clock()
		p.mu.Lock()
		defer p.mu.Unlock()
		p.busy, p.next = false, ended.Add(max(publishPause, publishShare*ended.Sub(began)))
	})
}

// wait returns when nothing is being built any more.
func (p *publisher) wait() { p.showing.Wait() }
