//go:build linux

package signin_test

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

// listening says on which families of this computer the port is listened on. The tables of the kernel are asked: to
// knock would open the question whose port it is by now.
func listening(t *testing.T, port int) (families []string) {
	t.Helper()
	for family, file := range map[string]string{"127.0.0.1": "/proc/self/net/tcp", "::1": "/proc/self/net/tcp6"} {
		table, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(table), "\n")[1:] {
			fields := strings.Fields(line)
			if len(fields) > 3 && strings.HasSuffix(fields[1], fmt.Sprintf(":%04X", port)) && fields[3] == "0A" {
				families = append(families, family)
			}
		}
	}
	return families
}

// mustLeaveNothing checks that no process, no folder and no listener of a sign-in is left.
func mustLeaveNothing(t *testing.T, s *signin.Session, cacheDir string) {
	t.Helper()
	if strings.Contains(processList(t), cacheDir) {
		t.Error("a process still names the profile")
	}
	left, err := os.ReadDir(filepath.Join(cacheDir, "sign-in"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, entry := range left {
		t.Errorf("%s is left in the cache folder", entry.Name())
	}
	if on := listening(t, signin.PortOf(s)); len(on) != 0 {
		t.Errorf("it still listens on %v", on)
	}
}

func TestARealWindowLeavesNothingHoweverItEnds(t *testing.T) {
	chromium(t)
	d := newDirectory(t, identity.Options{}, nil)
	for name, c := range map[string]struct {
		timeout time.Duration
		end     func(*testing.T, *signin.Session, string)
		code    fault.Code
	}{
		"canceled":                    {time.Minute, func(_ *testing.T, s *signin.Session, _ string) { s.Cancel() }, fault.Canceled},
		"closed while it opens":       {time.Minute, func(_ *testing.T, s *signin.Session, _ string) { s.Close() }, fault.Canceled},
		"timed out":                   {5 * time.Second, func(*testing.T, *signin.Session, string) {}, fault.SignInTimeout},
		"window closed by the person": {time.Minute, func(t *testing.T, _ *signin.Session, cacheDir string) { endBrowsers(t, cacheDir) }, fault.BrowserClosed},
	} {
		t.Run(name, func(t *testing.T) {
			o := d.options(t)
			o.Rung, o.Timeout = signin.RungIsolated, c.timeout
			s := start(t, o)
			if name != "closed while it opens" {
				waitFor(t, s, func(st signin.State) bool { return st.Phase == signin.PhaseWaiting })
				if !strings.Contains(processList(t), o.CacheDir) || !s.State().IsolationVerified {
					t.Fatal("there is no window that could be left")
				}
				if on := listening(t, signin.PortOf(s)); len(on) != 2 && hasIPv6() {
					t.Errorf("it listens on %v only", on)
				}
			}
			c.end(t, s, o.CacheDir)
			_, err := outcome(t, s)
			mustRefuse(t, err, c.code, "lumen")
			mustOffer(t, err)
			select {
			case <-s.Closed(): // by itself: nobody calls Close
			case <-time.After(10 * time.Second):
				t.Fatal("it is not put away")
			}
			mustLeaveNothing(t, s, o.CacheDir)
		})
	}
}

func hasIPv6() bool {
	l, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		return false
	}
	_ = l.Close()
	return true
}

// endBrowsers ends the browser on a profile below the folder as its last window does when it is closed.
func endBrowsers(t *testing.T, cacheDir string) {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		line, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(line), "--user-data-dir="+cacheDir) || strings.Contains(string(line), "--type=") {
			continue
		}
		var pid int
		if _, err := fmt.Sscan(filepath.Base(filepath.Dir(file)), &pid); err != nil {
			t.Fatal(err)
		}
		p, err := os.FindProcess(pid)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhoReadsTheAddressOfARealWindowInTheProcessListEndsTheSignIn(t *testing.T) {
	chromium(t)
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	o.Rung = signin.RungIsolated
	s := start(t, o)
	waitFor(t, s, func(st signin.State) bool {
		asked, _ := d.kinds(identity.EventAsked)
		return st.IsolationVerified && asked == 1
	})
	address := regexp.MustCompile(fmt.Sprintf(`http://localhost:%d/go/[A-Za-z0-9_-]+`, signin.PortOf(s))).FindString(processList(t))
	if address == "" {
		t.Fatal("the process list does not tell the address: there is nothing to be guarded")
	}
	page, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	_ = page.Body.Close()
	if page.StatusCode != http.StatusGone || page.Request.URL.String() != address {
		t.Errorf("the thief got %d at %s", page.StatusCode, page.Request.URL.Host)
	}
	_, err = outcome(t, s)
	mustRefuse(t, err, fault.NoIsolation, "Somebody else on this computer")
	select {
	case <-s.Closed():
	case <-time.After(10 * time.Second):
		t.Fatal("it is not put away")
	}
	mustLeaveNothing(t, s, o.CacheDir)
}

func TestASweepBesideARunningSignInTakesNothingFromIt(t *testing.T) {
	chromium(t)
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	o.Rung = signin.RungIsolated
	s := start(t, o)
	waitFor(t, s, func(st signin.State) bool { return st.Phase == signin.PhaseWaiting })
	for range 3 { // a verb, another window and a refresh of the schedule begin
		if swept := signin.SweepStale(o.CacheDir); swept != 0 {
			t.Errorf("%d windows in use were swept", swept)
		}
	}
	if !strings.Contains(processList(t), o.CacheDir) || s.State().Phase != signin.PhaseWaiting {
		t.Errorf("the window is gone: %+v", s.State())
	}
	s.Close()
	mustLeaveNothing(t, s, o.CacheDir)
	if swept := signin.SweepStale(o.CacheDir) + signin.SweepStale(t.TempDir()+"/never"); swept != 0 {
		t.Errorf("%d were swept where nothing is", swept)
	}
}
