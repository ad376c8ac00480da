//go:build linux

package browser_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/signin/browser"
)

// headless are the arguments of a browser without a display and without the internet.
const headless = "--headless=new --disable-gpu --disable-quic --disable-background-networking --disable-component-update --disable-sync"

// chromium returns the real browser of this machine.
func chromium(t *testing.T) browser.Browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("these tests need Chromium: run them by make test, which installs it")
	}
	t.Setenv("SIGHTLINE_BROWSER_ARGS", headless)
	t.Setenv("SIGHTLINE_BROWSER", path)
	found := browser.Find(context.Background())
	if len(found) != 1 || found[0].Family != browser.Chromium {
		t.Fatalf("found %+v", found)
	}
	return found[0]
}

// page serves one page that sets a persistent cookie, and tells of every visit the cookie it came with.
func page(t *testing.T) (address string, visits chan string) {
	t.Helper()
	visits = make(chan string, 16)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/go" {
			http.NotFound(w, r)
			return
		}
		visits <- r.Header.Get("Cookie")
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "somebody", Path: "/", MaxAge: 3600})
		_, _ = w.Write([]byte("<!doctype html><title>sign-in</title>"))
	}))
	t.Cleanup(server.Close)
	return server.URL + "/go", visits
}

func visit(t *testing.T, visits chan string) string {
	t.Helper()
	select {
	case cookie := <-visits:
		return cookie
	case <-time.After(20 * time.Second):
		t.Fatal("the browser did not come")
		return ""
	}
}

// gone checks that nothing of a window is left: no process names the profile, no folder, no lock.
func gone(t *testing.T, w *browser.Window, cacheDir string) {
	t.Helper()
	if left := browser.ProcessesNaming(browser.ProfileOf(w)); len(left) > 0 {
		t.Errorf("%d processes still name the profile", len(left))
	}
	if _, err := os.Stat(browser.ProfileOf(w)); !os.IsNotExist(err) {
		t.Errorf("the profile is still there (%v)", err)
	}
	entries, _ := os.ReadDir(filepath.Join(cacheDir, "sign-in"))
	for _, entry := range entries {
		t.Errorf("%s is still in the cache folder", entry.Name())
	}
}

func TestTwoRealWindowsShareNothingAndLeaveNothing(t *testing.T) {
	b := chromium(t)
	cache := t.TempDir()
	address, visits := page(t)
	for i := range 2 { // the second would send the first one's cookie if anything were shared or reused
		w, err := browser.Open(b, cache, address)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		if err := w.Verify(context.Background()); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(browser.ProfileOf(w))
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("others may read the profile: %v %v", info.Mode(), err)
		}
		if cookie := visit(t, visits); cookie != "" {
			t.Errorf("window %d came with the cookie %q", i, cookie)
		}
		if i == 0 {
			continue // the first stays open beside the second
		}
		w.Close()
		select {
		case <-w.Closed():
		default:
			t.Error("a closed window does not say so")
		}
	}
}

func TestCloseLeavesNoProcessAndNoFolder(t *testing.T) {
	b := chromium(t)
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", "")
	cache := t.TempDir()
	address, visits := page(t)
	w, err := browser.Open(b, cache, address)
	if err != nil {
		t.Fatal(err)
	}
	visit(t, visits)
	w.Close()
	w.Close()
	gone(t, w, cache)
	if _, err := os.Stat(filepath.Join(home, ".config", "chromium")); !os.IsNotExist(err) {
		t.Errorf("the browser wrote into the folder of the person's own profiles (%v)", err)
	}
}

// TestMain lets this program be a Sightline that is killed while its window is open.
func TestMain(m *testing.M) {
	if cache := os.Getenv("KILLED_CACHE"); cache != "" {
		found := browser.Find(context.Background())
		if len(found) == 0 {
			os.Exit(1)
		}
		if _, err := browser.Open(found[0], cache, os.Getenv("KILLED_ADDRESS")); err != nil {
			os.Exit(1)
		}
		time.Sleep(time.Minute) // the kill comes long before
	}
	os.Exit(m.Run())
}

func TestSweepEndsWhatAKilledSightlineLeftAndNothingElse(t *testing.T) {
	b := chromium(t)
	cache := t.TempDir()
	address, visits := page(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	victim := exec.Command(self)
	victim.Env = append(os.Environ(), "KILLED_CACHE="+cache, "KILLED_ADDRESS="+address)
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	visit(t, visits)
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = victim.Wait()
	orphans := browser.ProcessesNaming(cache)
	if len(orphans) == 0 {
		t.Fatal("the browser died with the program, so this test proves nothing")
	}

	inUse, err := browser.Open(b, cache, address)
	if err != nil {
		t.Fatal(err)
	}
	defer inUse.Close()
	visit(t, visits)
	stranger := filepath.Join(cache, "sign-in", "not-ours")
	if err := os.MkdirAll(stranger, 0o700); err != nil {
		t.Fatal(err)
	}

	if n := browser.Sweep(cache); n != 1 {
		t.Errorf("swept %d windows", n)
	}
	left := browser.ProcessesNaming(cache)
	for _, pid := range orphans {
		if slices.Contains(left, pid) {
			t.Errorf("process %d of the killed program still runs", pid)
		}
	}
	select {
	case <-inUse.Closed():
		t.Error("a window in use was closed")
	default:
	}
	for _, kept := range []string{stranger, browser.ProfileOf(inUse)} {
		if _, err := os.Stat(kept); err != nil {
			t.Errorf("Sweep removed what is not stale: %v", err)
		}
	}
	inUse.Close()
	if err := os.Remove(stranger); err != nil {
		t.Fatal(err)
	}
	gone(t, inUse, cache)
	if n := browser.Sweep(cache); n != 0 {
		t.Errorf("a second sweep found %d", n)
	}
}

// script writes a stand-in for a browser; $PROFILE is the folder it was given.
func script(t *testing.T, name, body string) browser.Browser {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	text := "#!/bin/sh\nfor a in \"$@\"; do case \"$a\" in --user-data-dir=*) PROFILE=\"${a#--user-data-dir=}\";; esac; done\n" + body + "\n"
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	b, known := browser.At(path)
	if !known {
		t.Fatalf("%s is of no known family", name)
	}
	return b
}

func TestABrowserThatHandsOverToARunningOneIsNoIsolation(t *testing.T) {
	cache := t.TempDir()
	w, err := browser.Open(script(t, "chromium", "echo 'Opening in existing session http://127.0.0.1/go/secret' >&2; exit 0"), cache, "http://127.0.0.1:9/")
	if err != nil {
		t.Fatal(err)
	}
	err = w.Verify(context.Background())
	if !fault.Is(err, fault.NoIsolation) {
		t.Fatalf("got %v", err)
	}
	report := fault.ReportOf(err)
	if len(report.Facts) != 1 || strings.Contains(report.Facts[0].Value, "secret") || !strings.Contains(report.Facts[0].Value, "existing session") {
		t.Errorf("facts are %+v", report.Facts)
	}
	w.Close()
	gone(t, w, cache)
}

func TestABrowserThatIgnoresItsProfileAndItsSignalsIsEndedAllTheSame(t *testing.T) {
	cache := t.TempDir()
	w, err := browser.Open(script(t, "google-chrome", "trap '' TERM; while :; do sleep 1; done"), cache, "http://127.0.0.1:9/")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	if err := w.Verify(ctx); fault.CodeOf(err) != fault.Timeout {
		t.Errorf("got %v", err)
	}
	start := time.Now()
	w.Close()
	if took := time.Since(start); took > 9*time.Second {
		t.Errorf("it took %v", took)
	}
	gone(t, w, cache)
}

func TestOurSettingsDoNotReachTheBrowser(t *testing.T) {
	t.Setenv("SIGHTLINE_DATA_DIR", "/somewhere")
	cache, out := t.TempDir(), filepath.Join(t.TempDir(), "env")
	w, err := browser.Open(script(t, "chromium", "env >"+out+".new; mv "+out+".new "+out+"; echo >\"$PROFILE/Local State\"; sleep 60"), cache, "http://127.0.0.1:9/")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Verify(context.Background()); err != nil {
		t.Fatal(err)
	}
	env, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(env), "SIGHTLINE_") || !strings.Contains(string(env), "PATH=") {
		t.Error("the environment is not what it should be")
	}
}

func TestAProgramThatCannotStartSaysSo(t *testing.T) {
	cache := t.TempDir()
	_, err := browser.Open(browser.Browser{Name: "Chromium", Path: filepath.Join(cache, "missing"), Family: browser.Chromium}, cache, "http://127.0.0.1:9/")
	if !fault.Is(err, fault.NoIsolation) {
		t.Fatalf("got %v", err)
	}
	entries, _ := os.ReadDir(filepath.Join(cache, "sign-in"))
	if len(entries) > 0 {
		t.Errorf("%d entries are left", len(entries))
	}
}
