package desktop

import (
	"maps"
	"slices"
	"sync"
	"time"

	"sightline/backend/fault"
)

// attemptLife is how long an attempt may stand without a step of the person before what it holds is forgotten.
const attemptLife = 15 * time.Minute

// attempts are the sign-ins under way. They live in memory only: an attempt that was not accepted
// leaves nothing behind.
type attempts struct {
	mu   sync.Mutex
	byID map[string]*attempt
}

func (t *attempts) find(id string) *attempt {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.byID[id]
}

func (t *attempts) add(a *attempt) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.byID[a.id] = a
}

func (t *attempts) all() []*attempt {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Collect(maps.Values(t.byID))
}

func (t *attempts) drop(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.byID, id)
}

// cancelAll ends every attempt and forgets what it holds.
func (t *attempts) cancelAll() {
	for _, a := range t.all() {
		a.abandon()
	}
}

// attempt returns a sign-in that is under way, or nil. One that is overdue is ended first.
func (p *Program) attempt(id string) *attempt {
	p.endOverdue()
	return p.tries.find(id)
}

// endOverdue ends the attempts that nobody accepted and drops those that are over, 15 minutes after their last step.
func (p *Program) endOverdue() {
	limit := p.Clock().Add(-attemptLife)
	for _, a := range p.tries.all() {
		if over, since := a.standing(); since.After(limit) {
			continue
		} else if over {
			p.tries.drop(a.id)
		} else {
			a.expire()
		}
	}
}

// watchOverdue ends and drops an attempt in time also when nobody asks about any.
func (p *Program) watchOverdue(a *attempt) {
	time.AfterFunc(attemptLife+time.Second, func() {
		if p.ctx.Err() != nil {
			return // closing has forgotten it
		}
		p.endOverdue()
		if p.tries.find(a.id) != nil {
			p.watchOverdue(a)
		}
	})
}

// standing says whether an attempt is over, and since when it stands where it is.
func (a *attempt) standing() (over bool, since time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return finalPhase(a.view.Phase), a.since
}

func finalPhase(phase string) bool {
	return phase == "accepted" || phase == "failed" || phase == "canceled"
}

// expire ends an attempt that nobody accepted in time and forgets who signed in. One in the middle of a step is
// left to it.
func (a *attempt) expire() {
	if !a.turn.TryLock() {
		return
	}
	defer a.turn.Unlock()
	a.end()
	if over, _ := a.standing(); !over {
		a.fail(fault.New(fault.SignInTimeout, "desktop.attempt", "Nobody accepted this sign-in within 15 minutes, so it was forgotten.",
			"Nothing was stored. Sign in again when you are ready.").Offering(fault.Retry))
	}
}
