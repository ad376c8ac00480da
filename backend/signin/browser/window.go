package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"sightline/backend/fault"
)

// Window is one browser window on a throw-away profile. Close it, always: Close ends every process of it and
// removes the profile.
type Window struct {
	Browser Browser

	attempt *attempt
	cmd     *exec.Cmd
	group   processGroup
	exited  chan struct{}

	closing sync.Once
	gone    chan struct{}
}

// The limits of a window's life. The prototype measured 0.3 s for Chromium and 1.1 s for Firefox until the
// profile filled, and 0.1 s from the polite signal to the end.
const (
	fillLimit = 10 * time.Second
	endLimit  = 2 * time.Second
)

// noIsolation is what can be done when a window could know other accounts: never that by itself.
var noIsolation = []fault.Action{fault.Retry, fault.NormalBrowser, fault.UseDeviceCode}

// Open starts b on a fresh profile below cacheDir and lets it load address, which other users of this computer
// can read in the process list. The window counts for nothing until Verify has returned nil.
func Open(b Browser, cacheDir, address string) (*Window, error) {
	const op = "browser.Open"
	a, err := newAttempt(b, cacheDir)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	cmd := exec.Command(b.Path, b.arguments(a.profile, address)...)
	cmd.Env = append(environment(), b.crashSettings(a.profile)...)
	if log, err := os.OpenFile(a.logPath(), os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
		cmd.Stderr = log // a file, not a pipe: children outlive the browser's main process and would keep a pipe open
		defer log.Close()
	}
	w := &Window{Browser: b, attempt: a, cmd: cmd, exited: make(chan struct{}), gone: make(chan struct{})}
	if w.group, err = startGroup(cmd); err != nil {
		a.remove()
		return nil, fault.New(fault.NoIsolation, op, b.Name+" could not be started.",
			"Copy the sign-in link into a private window yourself.").
			Offering(noIsolation...).Because(err)
	}
	go func() {
		_ = cmd.Wait() // how it ended does not matter, that it ended does
		w.group.ended()
		close(w.exited)
	}()
	return w, nil
}

// Verify waits until the browser has filled its throw-away profile, at most ten seconds. fault.NoIsolation: it
// did not, so it may have handed the address to the person's daily browser; close the window then.
func (w *Window) Verify(ctx context.Context) error {
	const op = "browser.Verify"
	marker := filepath.Join(w.attempt.profile, w.Browser.marker())
	limit := time.NewTimer(fillLimit)
	defer limit.Stop()
	look := time.NewTicker(30 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return fault.Wrap(op, ctx.Err())
		case <-w.exited:
			return fault.New(fault.NoIsolation, op, w.Browser.Name+" closed before its separate window was ready.",
				"Another browser is tried; else copy the sign-in link into a private window yourself.").
				Offering(noIsolation...).With("Browser said", w.attempt.lastWords())
		case <-limit.C:
			return fault.New(fault.NoIsolation, op, w.Browser.Name+" did not use the separate profile Sightline gave it, so its window could know your other accounts.",
				"Sightline closed that window before any page loaded; another browser is tried.").Offering(noIsolation...)
		case <-look.C:
			if _, err := os.Stat(marker); err == nil {
				return nil
			}
		}
	}
}

// Closed is closed when the browser has ended, by the person or by Close.
func (w *Window) Closed() <-chan struct{} { return w.exited }

// Close ends the browser, politely first and after two seconds by force, and removes its profile. It returns
// when all that is done; further calls wait for the first.
func (w *Window) Close() {
	w.closing.Do(func() {
		defer close(w.gone)
		w.group.terminate()
		select {
		case <-w.exited:
		case <-time.After(endLimit):
		}
		w.group.kill()
		endAll(w.attempt.profile)
		select {
		case <-w.exited:
			w.group.release()
		case <-time.After(endLimit):
		}
		w.attempt.remove()
	})
	<-w.gone
}

// environment is ours without our own settings, which are none of the browser's business.
func environment() []string {
	var kept []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "SIGHTLINE_") {
			kept = append(kept, variable)
		}
	}
	return kept
}

func (a *attempt) logPath() string { return filepath.Join(a.dir, "browser.log") }

// address is anything in a browser's complaint that could be the one-time link.
var address = regexp.MustCompile(`\S+://\S+`)

// lastWords returns the last line the browser complained with, without addresses, at most 200 characters.
func (a *attempt) lastWords() string {
	content, err := os.ReadFile(a.logPath())
	if err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	last := address.ReplaceAllString(strings.TrimSpace(lines[len(lines)-1]), "…")
	if len(last) > 200 {
		last = last[:200]
	}
	return strings.ToValidUTF8(last, "")
}

// String names the window for a log, without its address.
func (w *Window) String() string {
	return fmt.Sprintf("%s (process %d)", w.Browser.Name, w.cmd.Process.Pid)
}
