package signin

import (
	"context"

	"sightline/backend/fault"
	"sightline/backend/signin/browser"
)

// climb goes down the ladder until the person has a way to the sign-in page, then watches over it. By itself it takes
// isolated rungs and the link to copy, never the normal browser.
func (s *Session) climb(ctx context.Context) {
	switch s.options.Rung {
	case RungDeviceCode:
		s.awaitCode(ctx)
	case RungCopyLink:
		s.copyLink("")
	case RungSystem:
		s.openNormalBrowser()
	case RungEphemeral:
		s.openSheet(ctx)
	default:
		s.climbIsolated(ctx)
	}
}

// climbIsolated tries the installed browsers, at most three because each may take ten seconds to fail.
func (s *Session) climbIsolated(ctx context.Context) {
	candidates := s.options.Browser(ctx)
	if len(candidates) == 0 && browser.SheetMissing() == "" {
		s.openSheet(ctx) // a Mac with Safari only
		return
	}
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
// that no page of the directory is ever loaded by a browser that may know other accounts. Every user of this computer
// can read the address in the process list: a second visit, by whomever, ends the sign-in.
func (s *Session) openIsolated(ctx context.Context, b browser.Browser) (window, error) {
	s.update(func(st *State) { st.BrowserName, st.Rung = b.Name, rungOf(b) })
	held := newGate()
	name := s.links.addGuarded(held, s.steal)
	failed := func(err error) (window, error) {
		held.decide(false)
		s.links.forget(name)
		return nil, err
	}
	opened, err := browser.Open(b, s.options.CacheDir, s.local("/go/"+name))
	if err != nil {
		return failed(err)
	}
	s.show(opened)
	if err := opened.Verify(ctx); err != nil {
		held.decide(false)
		opened.Close()
		s.show(nil)
		return failed(err)
	}
	s.update(func(st *State) {
		st.Phase, st.IsolationVerified = PhaseWaiting, true
		if b.PrivateForbidden {
			st.Notice = s.withCaution("A policy of this computer forbids private windows, so " + b.Name + " shows an ordinary one. Its profile is fresh all the same and knows no account.")
		}
	})
	s.log.Info("an isolated browser is open", "browser", b.Name, "private", !b.PrivateForbidden)
	held.decide(true)
	return opened, nil
}

// show remembers what has to be put away.
func (s *Session) show(w window) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.window = w
}

// steal ends the sign-in because the address of our own window was visited twice.
func (s *Session) steal() {
	if !s.answered() {
		s.stealOnce.Do(func() { close(s.stolen) })
	}
}

func rungOf(b browser.Browser) Rung {
	if b.PrivateForbidden {
		return RungIsolatedOpen
	}
	return RungIsolated
}

// openSheet shows the page in the system's own sign-in sheet, which keeps nothing. That cannot be verified, so no
// isolation is claimed.
func (s *Session) openSheet(ctx context.Context) {
	name := s.links.add(nil, nil)
	sheet, err := browser.OpenSheet(s.local("/go/" + name))
	if err != nil {
		s.links.forget(name)
		s.copyLink(fault.ReportOf(err).Message)
		return
	}
	s.show(sheet)
	s.update(func(st *State) {
		st.Phase, st.Rung, st.BrowserName, st.IsolationVerified = PhaseWaiting, RungEphemeral, "", false
	})
	s.watch(ctx, sheet)
}

// watch ends the sign-in when the person closes the window, unless somebody works with the copied link.
func (s *Session) watch(ctx context.Context, window window) {
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
		st.Phase, st.Rung, st.BrowserName, st.IsolationVerified, st.Notice = PhaseWaiting, RungCopyLink, "", false, s.withCaution(notice)
	})
}
