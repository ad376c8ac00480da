package signin_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
	"sightline/backend/signin/browser"
)

// standIn is a browser that does what a script says; $PROFILE is its folder, $LINK its address.
func standIn(t *testing.T, body string) signin.BrowserChooser {
	t.Helper()
	path := t.TempDir() + "/chromium"
	text := "#!/bin/sh\nfor a in \"$@\"; do case \"$a\" in --user-data-dir=*) PROFILE=\"${a#--user-data-dir=}\";; http*) LINK=\"$a\";; esac; done\n" + body + "\n"
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	b, known := browser.At(path)
	if !known {
		t.Fatal("the stand-in is of no family")
	}
	return func(context.Context) []browser.Browser { return []browser.Browser{b} }
}

// waitFor waits until a sign-in has got somewhere.
func waitFor(t *testing.T, s *signin.Session, there func(signin.State) bool) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); !there(s.State()); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the state stays %+v", s.State())
		}
	}
}

func TestTheWindowIsClosed(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	o.Rung, o.Browser = signin.RungIsolated, standIn(t, `touch "$PROFILE/Local State"; sleep 0.4`)
	started := time.Now()
	_, err := outcome(t, start(t, o))
	mustRefuse(t, err, fault.BrowserClosed, "lumen", "Nothing was stored")
	if took := time.Since(started); took > 9*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestABrowserThatIsNotIsolatedNeverSeesTheDirectory(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	// It fetches its address at once, and hands over to the daily browser without filling the profile.
	o.Rung, o.Browser = signin.RungIsolated, standIn(t, fmt.Sprintf(`%s & sleep 0.5`, fetcher(t)))
	s := start(t, o)
	deadline := time.Now().Add(15 * time.Second)
	for s.State().Rung != signin.RungCopyLink && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	state := s.State()
	if state.Rung != signin.RungCopyLink || state.IsolationVerified || !strings.Contains(state.Notice, "Chromium") || state.Phase != signin.PhaseWaiting {
		t.Fatalf("the state is %+v", state)
	}
	if asked, _ := d.kinds(identity.EventAsked); asked != 0 {
		t.Error("the directory's page was loaded by a browser that is not isolated")
	}
	newPerson(t, mira).open(state.URL) // the link still works
	mustSignIn(t, s)
}

func TestAClosedWindowDoesNotEndASignInByTheCopiedLink(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	stop := t.TempDir() + "/stop"
	o.Rung, o.Browser = signin.RungIsolated, standIn(t, fmt.Sprintf(`touch "$PROFILE/Local State"; while [ ! -e %s ]; do sleep 0.05; done`, stop))
	s := start(t, o)
	for s.State().Phase != signin.PhaseWaiting {
		time.Sleep(10 * time.Millisecond)
	}
	if state := s.State(); state.Rung != signin.RungIsolated || !state.IsolationVerified || state.BrowserName != "Chromium" {
		t.Errorf("the state is %+v", state)
	}
	p := newPerson(t, mira)
	answer := p.stopBefore(s, s.State().URL)
	if err := os.WriteFile(stop, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(10 * time.Second)
	for s.State().Rung != signin.RungCopyLink && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	if _, err := p.client.Get(answer.String()); err != nil {
		t.Fatal(err)
	}
	mustSignIn(t, s)
}

func TestTheNormalBrowserIsUsedOnlyWhenAskedFor(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	opened := make(chan string, 2)
	o.OpenURL = func(address string) error { opened <- address; return nil }
	o.Rung, o.Browser = signin.RungIsolated, func(context.Context) []browser.Browser { return nil }
	s := start(t, o)
	for s.State().Phase != signin.PhaseWaiting {
		time.Sleep(10 * time.Millisecond)
	}
	if state := s.State(); state.Rung != signin.RungCopyLink || state.Notice == "" || len(opened) != 0 {
		t.Errorf("without a browser the state is %+v", state)
	}
	o.Rung = signin.RungSystem
	s = start(t, o)
	newPerson(t, mira).open(<-opened)
	mustSignIn(t, s)
	if state := s.State(); state.Rung != signin.RungSystem || state.IsolationVerified {
		t.Errorf("the state is %+v", state)
	}
}

func TestTheSignInSheetIsOfMacOSOnly(t *testing.T) {
	if browser.SheetMissing() == "" {
		t.Skip("this is a Mac with a window: it has one")
	}
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	o.Rung = signin.RungEphemeral
	_, err := signin.Start(context.Background(), o)
	mustRefuse(t, err, fault.NoBrowser, "macOS")
	mustOffer(t, err, fault.Retry, fault.NormalBrowser, fault.UseDeviceCode)
	o.Rung = signin.RungToken
	_, err = signin.Start(context.Background(), o)
	mustRefuse(t, err, fault.Invalid, "token")
}

func TestTheAddressOfTheWindowIsGoodForOneVisit(t *testing.T) {
	for name, c := range map[string]struct {
		browser string // how often it visits its address, which everybody can read in the process list
		early   bool   // the thief comes before the isolation is verified
	}{
		"a thief after the window":         {browser: `touch "$PROFILE/Local State"; %[1]s; %[1]s; sleep 20`},
		"a thief while the window is held": {browser: `%[1]s & sleep 0.3; %[1]s & sleep 0.3; touch "$PROFILE/Local State"; sleep 20`, early: true},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDirectory(t, identity.Options{}, nil)
			o := d.options(t)
			o.Rung, o.Browser = signin.RungIsolated, standIn(t, fmt.Sprintf(c.browser, fetcher(t)))
			s := start(t, o)
			_, err := outcome(t, s)
			mustRefuse(t, err, fault.NoIsolation, "Somebody else on this computer", "lumen", "Nothing was stored")
			mustOffer(t, err, fault.Retry, fault.UseDeviceCode)
			if asked, _ := d.kinds(identity.EventAsked); c.early && asked != 0 {
				t.Error("one of the two was led to the directory")
			}
		})
	}
}

func TestACopiedLinkMayBeTriedTwice(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	s := start(t, d.options(t))
	link := s.State().URL
	first, second := newPerson(t, mira), newPerson(t, mira)
	answer := first.stopBefore(s, link)
	if status, page := second.open(link); status != http.StatusGone || !strings.Contains(page, "used already") {
		t.Errorf("the second visit got %d %s", status, title(page))
	}
	if _, err := first.client.Get(answer.String()); err != nil {
		t.Fatal(err)
	}
	mustSignIn(t, s)
}
