//go:build linux

package acceptance_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sightline/backend/signin"
	"sightline/backend/signin/browser"
)

// standIn is a program that is taken for a browser. $LINK is the address it is to open.
func standIn(t *testing.T, path, body string) browser.Browser {
	t.Helper()
	path = filepath.Join(t.TempDir(), path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	text := "#!/bin/sh\nfor a in \"$@\"; do case \"$a\" in http*) LINK=\"$a\";; esac; done\n" + body + "\n"
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	b, known := browser.At(path)
	if !known {
		t.Fatalf("%s is of no family", path)
	}
	return b
}

// first is a computer with a browser and, after it, a good one.
func first(b browser.Browser, good realBrowser) signin.BrowserChooser {
	return func(ctx context.Context) []browser.Browser { return append([]browser.Browser{b}, good.only()(ctx)...) }
}

// quoted is a command line for a shell.
func quoted(args []string) string {
	for i, a := range args {
		args[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
	}
	return strings.Join(args, " ")
}

// The first fault of all: a private window that goes into the person's running browser, where all private windows
// share one set of cookies. Nothing of the directory is loaded in it, and the next browser has its turn.
func TestAPrivateWindowOfTheRunningBrowserNeverSeesTheDirectory(t *testing.T) {
	t.Parallel()
	d := sampleDirectory(t)
	d.person(d.wrong.address, "")
	own := newDaily(t, d, chromium)
	own.open("--incognito")
	own.signIn()
	if silently := own.signIn(); silently != d.wrong.address {
		t.Fatalf("the control let %q in silently, want %s: private windows do not share their cookies, or the test is broken", silently, d.wrong.address)
	}
	before := len(d.events())
	o := d.options(t, d.right, chromium)
	handsOver := standIn(t, "chromium", fmt.Sprintf(`exec %s %s "$LINK"`, chromium.path(t), quoted(own.command("--incognito"))))
	o.Browser = first(handsOver, firefox)
	s := start(t, o)
	d.is(t, d.right, mustSignIn(t, s))
	verified(t, s, firefox, signin.RungIsolated)
	d.asked(t, before, 1)
	s.Close()
	nothingLeft(t, o.CacheDir, "")
	if silently := own.signIn(); silently != d.wrong.address {
		t.Errorf("the person's own browser now knows %q", silently)
	}
}

// A browser in a box (Flatpak) that takes another profile than the one it is given, as some do. It opens a real
// window, which is closed before any page, and the next browser has its turn.
func TestABoxedBrowserThatTakesAnotherProfileNeverSeesTheDirectory(t *testing.T) {
	t.Parallel()
	d := sampleDirectory(t)
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "user.js"), []byte(dailySettings), 0o600); err != nil {
		t.Fatal(err)
	}
	boxed := standIn(t, "flatpak/exports/bin/org.mozilla.firefox", fmt.Sprintf(`exec %s --no-remote --profile %s --private-window "$LINK"`, firefox.path(t), other))
	if boxed.Home == "" {
		t.Fatal("it is not taken for a boxed browser")
	}
	boxed.Home = filepath.Join(t.TempDir(), "cache") // not below this person's home
	o := d.options(t, d.right, chromium)
	o.Browser = first(boxed, chromium)
	s := start(t, o)
	d.is(t, d.right, mustSignIn(t, s))
	verified(t, s, chromium, signin.RungIsolated)
	d.asked(t, 0, 1)
	s.Close()
	nothingLeft(t, o.CacheDir, "")
	if left := processesNaming(other); len(left) != 0 {
		t.Errorf("%d processes of the refused window still run", len(left))
	}
	if left, _ := os.ReadDir(boxed.Home); len(left) != 0 {
		t.Errorf("%d profiles are left in the box", len(left))
	}
}
