package signin

import (
	"context"
	"fmt"
	"time"

	"sightline/backend/fault"
	"sightline/backend/signin/browser"
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
			"Nothing was stored. Sign in again when you are ready."))
	case <-limit.C:
		s.settle(nil, fault.New(fault.SignInTimeout, "signin.Session", "Nobody finished the sign-in to "+named(s.about.Organization)+" within "+spoken(s.options.Timeout)+".",
			"Nothing was stored. Sign in again when you are ready."))
	case <-s.canceled:
		s.settle(nil, fault.New(fault.Canceled, "signin.Session", "The sign-in to "+named(s.about.Organization)+" was canceled.", "Nothing was stored."))
	}
	stopClimbing()
	<-climbed
	s.putAway(answeredHere)
	s.log.Info("sign-in is put away", "phase", s.State().Phase)
}

// redeemOrCancel turns the answer into a result; Cancel ends it on the way.
func (s *Session) redeemOrCancel(ctx context.Context, a answer) (*Result, error) {
	s.mu.Lock()
	s.snapshot.Phase, s.snapshot.URL = PhaseRedeeming, ""
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
	result, err := s.redeem(ctx, a)
	if fault.Is(err, fault.Canceled) {
		return nil, fault.New(fault.Canceled, "signin.Session", "The sign-in to "+named(s.about.Organization)+" was canceled.", "Nothing was stored.")
	}
	return result, err
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
	s.snapshot.Phase, s.snapshot.URL = phase, ""
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
	ctx, stop := context.WithTimeout(context.Background(), time.Second) // for a page that is being sent
	defer stop()
	if s.server.Shutdown(ctx) != nil {
		_ = s.server.Close()
	}
}

func (s *Session) linger(window *browser.Window) {
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

// climb goes down the ladder until the person has a way to the sign-in page, then watches the window.
func (s *Session) climb(ctx context.Context) {
	switch s.options.Rung {
	case RungCopyLink:
		s.copyLink("")
		return
	case RungSystem:
		s.openNormalBrowser()
		return
	}
	candidates := s.options.Browser(ctx)
	if len(candidates) == 0 {
		s.copyLink("No browser can be opened here.")
		return
	}
	if len(candidates) > 3 {
		candidates = candidates[:3]
	}
	notice := ""
	for _, b := range candidates {
		window, err := s.openIsolated(ctx, b)
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			s.watch(ctx, window)
			return
		}
		notice = fault.ReportOf(err).Message
		s.log.Warn("a browser was not isolated", "browser", b.Name, "error", err)
	}
	s.copyLink(notice)
}

// openIsolated opens b and verifies its isolation. Until then the one-time address holds the browser back, so
// that no page of the directory is ever loaded by a browser that may know other accounts.
func (s *Session) openIsolated(ctx context.Context, b browser.Browser) (*browser.Window, error) {
	s.update(func(st *State) { st.BrowserName, st.Rung = b.Name, rungOf(b) })
	held := newGate()
	name := s.links.add(held, nil)
	window, err := browser.Open(b, s.options.CacheDir, s.local("/go/"+name))
	if err != nil {
		held.decide(false)
		s.links.take(name)
		return nil, err
	}
	s.mu.Lock()
	s.window = window
	s.mu.Unlock()
	if err := window.Verify(ctx); err != nil {
		held.decide(false)
		s.links.take(name)
		window.Close()
		s.mu.Lock()
		s.window = nil
		s.mu.Unlock()
		return nil, err
	}
	s.update(func(st *State) { st.Phase, st.IsolationVerified = PhaseWaiting, true })
	s.log.Info("an isolated browser is open", "browser", b.Name, "private", !b.PrivateForbidden)
	held.decide(true)
	return window, nil
}

func rungOf(b browser.Browser) Rung {
	if b.PrivateForbidden {
		return RungIsolatedOpen
	}
	return RungIsolated
}

// watch ends the sign-in when the person closes the window, unless somebody works with the copied link.
func (s *Session) watch(ctx context.Context, window *browser.Window) {
	select {
	case <-ctx.Done():
		return
	case <-window.Closed():
	}
	s.mu.Lock()
	goesOn := s.accepted || s.copied
	s.mu.Unlock()
	if !goesOn {
		s.lostOnce.Do(func() { close(s.lost) })
		return
	}
	s.copyLink("The browser window was closed; the link you copied still counts.")
}

func (s *Session) openNormalBrowser() {
	if s.options.OpenURL == nil {
		s.copyLink("The normal browser cannot be opened here.")
		return
	}
	if err := s.options.OpenURL(s.local("/go/" + s.links.add(nil, nil))); err != nil {
		s.copyLink("The normal browser could not be opened.")
		return
	}
	s.update(func(st *State) {
		st.Phase, st.Rung, st.BrowserName, st.IsolationVerified = PhaseWaiting, RungSystem, "", false
	})
}

// copyLink leaves the link to the person.
func (s *Session) copyLink(notice string) {
	s.update(func(st *State) {
		st.Phase, st.Rung, st.BrowserName, st.IsolationVerified, st.Notice = PhaseWaiting, RungCopyLink, "", false, notice
	})
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
