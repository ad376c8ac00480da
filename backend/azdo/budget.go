package azdo

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"sightline/backend/fault"
)

// MaxWait is the longest we wait for the service in one go. A refresh that is asked to wait longer is
// parked with its cursors saved, instead of holding a person in front of a screen.
const MaxWait = 6 * time.Minute

// lowShare is the part of the rate limit under which calls go out one at a time.
const lowShare = 0.2

// WaitEvent tells that calls are held back, or, with a zero Until, that they go on.
type WaitEvent struct {
	Until time.Time     // when calls go on; zero at the end of a wait
	For   time.Duration // how long from now
	Why   string        // a sentence for a person
	// Retry is true when one call is tried again after a failure, false when the service asked all of
	// us to slow down.
	Retry bool
}

// Budget is the share of the service that one identity may use. Azure DevOps counts per identity, so
// all clients of one identity should share one Budget. It is safe for concurrent use.
type Budget struct {
	clock func() time.Time
	sleep func(context.Context, time.Duration) error
	most  int // calls at once

	mu        sync.Mutex
	changed   chan struct{} // closed and replaced whenever a call may have become possible
	inFlight  int
	reporting int // calls on the reporting feeds in flight; at most 1
	feeds     int // callers that wait for their turn on the reporting feeds
	low       bool
	lowUntil  time.Time
	notBefore time.Time
	why       string
	waiters   int
	waitBegan time.Time
	waited    time.Duration
	listeners map[int]func(WaitEvent)
	nextID    int
}

// NewBudget makes a budget of at most most calls at once (6 when most is 0). clock and sleep may be nil
// for the real ones.
func NewBudget(most int, clock func() time.Time, sleep func(context.Context, time.Duration) error) *Budget {
	if most <= 0 {
		most = 6
	}
	if clock == nil {
		clock = time.Now
	}
	if sleep == nil {
		sleep = sleepReal
	}
	return &Budget{clock: clock, sleep: sleep, most: most, changed: make(chan struct{}), listeners: map[int]func(WaitEvent){}}
}

func sleepReal(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Waited is how long calls were held back or delayed by the service, in all.
func (b *Budget) Waited() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.waiters > 0 {
		return b.waited + b.clock().Sub(b.waitBegan)
	}
	return b.waited
}

// subscribe calls f at each wait until the returned function is called.
func (b *Budget) subscribe(f func(WaitEvent)) (cancel func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.nextID++
	id := b.nextID
	b.listeners[id] = f
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.listeners, id)
	}
}

// tell calls the listeners outside the lock, which the caller must not hold.
func (b *Budget) tell(e WaitEvent) {
	b.mu.Lock()
	all := make([]func(WaitEvent), 0, len(b.listeners))
	for _, f := range b.listeners {
		all = append(all, f)
	}
	b.mu.Unlock()
	for _, f := range all {
		f(e)
	}
}

// acquire waits until one more call may go out. Every acquire needs a release. The fault Throttled
// means that the wait would be longer than MaxWait.
func (b *Budget) acquire(ctx context.Context, reporting bool) error {
	if reporting {
		b.queueFeed(1)
		defer b.queueFeed(-1)
	}
	for {
		b.mu.Lock()
		hold, free := b.free(reporting)
		if free {
			b.inFlight++
			if reporting {
				b.reporting++
			}
			b.mu.Unlock()
			return nil
		}
		changed, why := b.changed, b.why
		b.mu.Unlock()
		if hold > MaxWait {
			return tooLong(hold, why)
		}
		if hold > 0 {
			if err := b.hold(ctx, hold, why); err != nil {
				return err
			}
			continue
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// free reports whether one more call may go out now, and how long all of them are held back. The lock is
// held. A call on the reporting feeds goes before the others, because the history is what people wait for
// longest, and only one goes at a time.
func (b *Budget) free(reporting bool) (hold time.Duration, ok bool) {
	now := b.clock()
	if b.low && !b.lowUntil.IsZero() && now.After(b.lowUntil) {
		b.low = false
	}
	most := b.most
	if b.low {
		most = 1
	}
	if hold = b.notBefore.Sub(now); hold > 0 {
		return hold, false
	}
	turn := b.reporting == 0
	if !reporting {
		turn = b.reporting > 0 || b.feeds == 0
	}
	return 0, turn && b.inFlight < most
}

// queueFeed counts callers that wait for the reporting feeds.
func (b *Budget) queueFeed(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.feeds += n
	if n < 0 {
		b.wake()
	}
}

func tooLong(hold time.Duration, why string) error {
	return fault.New(fault.Throttled, "azdo.Budget", "Azure DevOps asked us to wait "+spokenDuration(hold)+", which is longer than a refresh should hang. "+why,
		"Everything read so far is kept. Refresh again later; it goes on where it stopped.").With("Asked to wait", spokenDuration(hold))
}

// hold sleeps and accounts the wall time during which at least one call was held back.
func (b *Budget) hold(ctx context.Context, d time.Duration, why string) error {
	b.mu.Lock()
	now := b.clock()
	first := b.waiters == 0
	if first {
		b.waitBegan = now
	}
	b.waiters++
	b.mu.Unlock()
	if first {
		b.tell(WaitEvent{Until: now.Add(d), For: d, Why: why})
	}
	err := b.sleep(ctx, d)
	b.mu.Lock()
	b.waiters--
	last := b.waiters == 0
	if last {
		b.waited += b.clock().Sub(b.waitBegan)
	}
	b.mu.Unlock()
	if last {
		b.tell(WaitEvent{})
	}
	return err
}

func (b *Budget) release(reporting bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.inFlight--
	if reporting {
		b.reporting--
	}
	b.wake()
}

func (b *Budget) wake() {
	close(b.changed)
	b.changed = make(chan struct{})
}

// note reads the rate limit headers of an answer, which come on 200 too: Retry-After holds back every
// next call, a low remainder sends them one at a time.
func (b *Budget) note(h http.Header) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.clock()
	if delay, err := strconv.ParseFloat(h.Get("X-RateLimit-Delay"), 64); err == nil && delay > 0 && delay < 3600 {
		b.waited += time.Duration(delay * float64(time.Second))
	}
	if d, ok := retryAfter(h, now); ok && d > 0 {
		b.blockLocked(now.Add(d), throttleReason(h))
	}
	limit, err1 := strconv.ParseFloat(h.Get("X-RateLimit-Limit"), 64)
	remaining, err2 := strconv.ParseFloat(h.Get("X-RateLimit-Remaining"), 64)
	// Far from the limit the service sends no such headers at all.
	b.low = err1 == nil && err2 == nil && limit > 0 && remaining/limit < lowShare
	if b.low {
		b.lowUntil = resetTime(h)
	}
	b.wake()
}

// block holds back every call until an instant.
func (b *Budget) block(d time.Duration, why string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.blockLocked(b.clock().Add(d), why)
}

func (b *Budget) blockLocked(until time.Time, why string) {
	if until.After(b.notBefore) {
		b.notBefore, b.why = until, why
	}
}

// retryAfter reads Retry-After as seconds or as a date.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	s := strings.TrimSpace(h.Get("Retry-After"))
	if s == "" {
		return 0, false
	}
	if seconds, err := strconv.ParseFloat(s, 64); err == nil {
		if seconds < 0 || seconds > 1e7 {
			return 0, false
		}
		return time.Duration(seconds * float64(time.Second)), true
	}
	if at, err := http.ParseTime(s); err == nil {
		return max(0, at.Sub(now)), true
	}
	return 0, false
}

// resetTime reads X-RateLimit-Reset, the epoch second at which usage would be back at 0.
func resetTime(h http.Header) time.Time {
	epoch, err := strconv.ParseInt(strings.TrimSpace(h.Get("X-RateLimit-Reset")), 10, 64)
	if err != nil || epoch <= 0 {
		return time.Time{}
	}
	return time.Unix(epoch, 0).UTC()
}

func throttleReason(h http.Header) string {
	if r := strings.TrimSpace(h.Get("X-RateLimit-Resource")); r != "" {
		return "Azure DevOps asked us to slow down (" + r + ")."
	}
	return "Azure DevOps asked us to slow down."
}

// spokenDuration writes 45 s, 6 min or 1 h 5 min.
func spokenDuration(d time.Duration) string {
	d = d.Round(time.Second)
	switch {
	case d < time.Minute:
		return strconv.Itoa(int(d/time.Second)) + " s"
	case d < time.Hour:
		s := strconv.Itoa(int(d/time.Minute)) + " min"
		if r := int(d % time.Minute / time.Second); r > 0 {
			s += " " + strconv.Itoa(r) + " s"
		}
		return s
	}
	return strconv.Itoa(int(d/time.Hour)) + " h " + strconv.Itoa(int(d%time.Hour/time.Minute)) + " min"
}
