//go:build linux

package browser_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sightline/backend/signin/browser"
)

// machine is a PATH of our own with the programs named, and a display unless told otherwise.
func machine(t *testing.T, programs ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, program := range programs {
		if err := os.WriteFile(filepath.Join(dir, program), []byte("#!/bin/sh\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	t.Setenv("HOME", t.TempDir())
	t.Setenv("DISPLAY", ":99")
	for _, unset := range []string{"BROWSER", "SIGHTLINE_BROWSER", "SIGHTLINE_BROWSER_ARGS", "WAYLAND_DISPLAY"} {
		t.Setenv(unset, "")
	}
	return dir
}

func found() string {
	var list []string
	for _, b := range browser.Find(context.Background()) {
		list = append(list, b.Name)
	}
	return strings.Join(list, ", ")
}

func TestFindOrder(t *testing.T) {
	dir := machine(t, "firefox", "google-chrome", "microsoft-edge", "vivaldi", "brave-browser", "lynx")
	if got, want := found(), "Google Chrome, Microsoft Edge, Brave, Vivaldi, Firefox"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	t.Setenv("BROWSER", "lynx:vivaldi")
	if got := found(); !strings.HasPrefix(got, "Vivaldi, Google Chrome") {
		t.Errorf("with $BROWSER found %s", got)
	}
	t.Setenv("BROWSER", "")
	if err := os.WriteFile(filepath.Join(dir, "xdg-settings"), []byte("#!/bin/sh\necho firefox.desktop\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if got := found(); !strings.HasPrefix(got, "Firefox, Google Chrome") {
		t.Errorf("with the desktop's default found %s", got)
	}
}

func TestFindOnePerProgram(t *testing.T) {
	dir := machine(t, "chromium")
	if err := os.Symlink(filepath.Join(dir, "chromium"), filepath.Join(dir, "chromium-browser")); err != nil {
		t.Fatal(err)
	}
	if got := found(); got != "Chromium" {
		t.Errorf("found %s", got)
	}
}

func TestFindNothingWithoutADisplayOrWhenTold(t *testing.T) {
	machine(t, "chromium", "firefox")
	t.Setenv("DISPLAY", "")
	if got := found(); got != "" {
		t.Errorf("without a display found %s", got)
	}
	t.Setenv("SIGHTLINE_BROWSER_ARGS", "--headless=new")
	if got := found(); got == "" {
		t.Error("a browser that needs no display was not found")
	}
	t.Setenv("DISPLAY", ":99")
	t.Setenv("SIGHTLINE_BROWSER", "none")
	if got := found(); got != "" {
		t.Errorf("told none, found %s", got)
	}
	t.Setenv("SIGHTLINE_BROWSER", "firefox")
	if got := found(); got != "Firefox" {
		t.Errorf("told firefox, found %s", got)
	}
	t.Setenv("SIGHTLINE_BROWSER", "/nowhere/chromium")
	if got := found(); got != "" {
		t.Errorf("told a missing program, found %s", got)
	}
}

func TestPoliciesThatForbidPrivateWindows(t *testing.T) {
	machine(t, "chromium", "google-chrome", "firefox")
	root := t.TempDir()
	defer browser.SetPolicyRoot(root)()
	write := func(path, content string) {
		t.Helper()
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("chromium/policies/managed/company.json", `{"HomepageLocation":"https://example.com","IncognitoModeAvailability": 1}`)
	write("opt/chrome/policies/managed/company.json", `{"IncognitoModeAvailability": 0}`)
	list := browser.Find(context.Background())
	if len(list) != 3 || list[0].Name != "Google Chrome" || list[0].PrivateForbidden || list[2].Name != "Chromium" || !list[2].PrivateForbidden {
		t.Errorf("found %+v", list)
	}
	write("opt/chrome/policies/managed/other.json", `{"IncognitoModeAvailability": 1}`)
	write("firefox/policies/policies.json", `{"policies":{"DisablePrivateBrowsing":true}}`)
	if list = browser.Find(context.Background()); len(list) != 3 || list[0].Name != "Firefox" || !list[0].PrivateForbidden {
		t.Errorf("with all forbidden found %+v", list)
	}
}

func TestConfinedBrowsersKeepTheirProfileWhereTheyCanWrite(t *testing.T) {
	dir := machine(t)
	home := os.Getenv("HOME")
	wrapper := filepath.Join(dir, "chromium-browser")
	if err := os.WriteFile(wrapper, []byte("#!/bin/sh\nexec /snap/bin/chromium \"$@\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	flatpak := filepath.Join(home, ".local/share/flatpak/exports/bin")
	if err := os.MkdirAll(flatpak, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(flatpak, "org.mozilla.firefox"), []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	list := browser.Find(context.Background())
	if len(list) != 2 {
		t.Fatalf("found %+v", list)
	}
	if want := filepath.Join(home, "snap/chromium/common/sightline-sign-in"); list[0].Home != want {
		t.Errorf("the Snap keeps it in %s, want %s", list[0].Home, want)
	}
	if want := filepath.Join(home, ".var/app/org.mozilla.firefox/cache/sightline-sign-in"); list[1].Home != want {
		t.Errorf("the Flatpak keeps it in %s, want %s", list[1].Home, want)
	}

	cache := t.TempDir()
	w, err := browser.Open(list[0], cache, "http://127.0.0.1:9/")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(browser.ProfileOf(w), list[0].Home+"/") {
		t.Errorf("the profile is %s", browser.ProfileOf(w))
	}
	w.Close()
	gone(t, w, cache)
}
