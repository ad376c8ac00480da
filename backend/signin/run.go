package signin

import (
	"context"
	"fmt"
	"time"

	"sightline/backend/fault"
)

// run is the life of a session.
func (s *Session) run() {
	defer close(s.closed)
	life, end := context.WithCancel(context.Background())
	defer end()
	limit := time.NewTimer(s.options.Timeout)
	defer limit.Stop()

	climbing, stopClimbing := context.WithCancel(life)
	defer stopClimbing()
	climbed := make(chan struct{})
	go func() {
		defer close(climbed)
		s.climb(climbing)
	}()

	answeredHere := false
	select {
	case a := <-s.answers:
		answeredHere = true
		s.settle(s.redeemOrCancel(life, a))
	case <-s.lost:
		s.settle(nil, fault.New(fault.BrowserClosed, "signin.Session", "The browser window was closed before you were signed in to "+named(s.about.Organization)+".",
			"Nothing was stored. If Microsoft's page refused you, try another account or another way; else sign in again when you are ready.").
			Offering(fault.Retry, fault.SignInElse, fault.NormalBrowser))
	case <-s.stolen:
		s.settle(nil, fault.New(fault.NoIsolation, "signin.Session", "Somebody else on this computer opened the address that only your sign-in window may open, so this sign-in to "+named(s.about.Organization)+" was stopped.",
			"Nothing was stored. Sign in again; if it comes back, another program or another user of this computer watches what you start.").
			Offering(fault.Retry, fault.UseDeviceCode))
	case <-limit.C:
		s.settle(nil, fault.New(fault.SignInTimeout, "signin.Session", "Nobody finished the sign-in to "+named(s.about.Organization)+" within "+spoken(s.options.Timeout)+".",
			"Nothing was stored. Sign in again when you are ready.").Offering(fault.Retry))
	case <-s.canceled:
		s.settle(nil, s.wasCanceled())
	}
	stopClimbing()
	<-climbed
	s.putAway(answeredHere && s.options.Rung.usesBrowser())
	s.log.Info("sign-in is put away", "phase", s.State().Phase)
}

// redeemOrCancel turns the answer into a result; Cancel ends it on the way.
func (s *Session) redeemOrCancel(ctx context.Context, a answer) (*Result, error) {
	s.mu.Lock()
	s.snapshot.end(PhaseRedeeming)
	s.mu.Unlock()
	ctx, stop := context.WithTimeout(ctx, redemptionTimeLimit)
	defer stop()
	go func() {
		select {
		case <-s.canceled:
			stop()
		case <-ctx.Done():
		}
	}()
	result, err := s.resultOf(ctx, a)
	if fault.Is(err, fault.Canceled) {
		return nil, s.wasCanceled()
	}
	return result, err
}

// resultOf proves who the answer is of.
func (s *Session) resultOf(ctx context.Context, a answer) (*Result, error) {
	switch {
	case a.failed != nil:
		return nil, a.failed
	case a.token != nil:
		return s.prove(ctx, a.token)
	}
	return s.redeem(ctx, a)
}

func (s *Session) wasCanceled() error {
	return fault.New(fault.Canceled, "signin.Session", "The sign-in to "+named(s.about.Organization)+" was canceled.", "Nothing was stored.").
		Offering(fault.Retry)
}

// settle makes the outcome final.
func (s *Session) settle(result *Result, err error) {
	phase := PhaseDone
	switch {
	case fault.Is(err, fault.Canceled):
		phase = PhaseCanceled
	case err != nil:
		phase = PhaseFailed
	}
	s.mu.Lock()
	s.over, s.result, s.err = true, result, fault.Wrap("signin.Wait", err)
	s.snapshot.end(phase)
	s.mu.Unlock()
	s.log.Info("sign-in is over", "phase", phase, "code", fault.CodeOf(err))
	close(s.settled)
}

// putAway leaves the last page on the screen for a moment, then ends browser and listener and removes the profile.
func (s *Session) putAway(showLastPage bool) {
	s.mu.Lock()
	window := s.window
	s.mu.Unlock()
	if showLastPage {
		s.linger(window)
	}
	if window != nil {
		window.Close()
	}
	if s.server == nil {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Second) // for a page that is being sent
	defer stop()
	if s.server.Shutdown(ctx) != nil {
		_ = s.server.Close()
	}
}

func (s *Session) linger(window window) {
	var windowClosed <-chan struct{}
	if window != nil {
		windowClosed = window.Closed()
	}
	read := time.NewTimer(successPageLinger)
	defer read.Stop()
	select {
	case <-read.C:
	case <-s.hurry:
		// A page that is on its way still gets there: the program may end right after.
		select {
		case <-s.shown:
		case <-windowClosed:
		case <-time.After(500 * time.Millisecond):
		}
	case <-windowClosed:
	}
}

// offerLink puts a fresh one-time link into the state, now and each time the last one was used.
func (s *Session) offerLink() {
	name := s.links.add(nil, func() {
		s.mu.Lock()
		s.copied = true
		s.mu.Unlock()
		s.offerLink()
	})
	s.update(func(st *State) { st.URL = s.local("/go/" + name) })
}

// update changes the state as long as the answer is awaited.
func (s *Session) update(change func(*State)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.accepted && !s.over {
		change(&s.snapshot)
	}
}

// accept takes the first right answer; false for every further one and when the sign-in is over.
func (s *Session) accept(a answer) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.accepted || s.over {
		return false
	}
	s.accepted = true
	s.answers <- a // has room for one
	return true
}

// answered reports whether an answer came or the sign-in is over.
func (s *Session) answered() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.accepted || s.over
}

// spoken says a duration in words.
func spoken(d time.Duration) string {
	if d >= time.Minute {
		return fmt.Sprintf("%d minutes", int(d.Round(time.Minute)/time.Minute))
	}
	return fmt.Sprintf("%d seconds", int((d+time.Second-1)/time.Second))
}
