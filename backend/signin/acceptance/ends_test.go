//go:build linux

package acceptance_test

import (
	"bytes"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/signin"
)

// However a sign-in ends, window, profile and local address end with it, and no secret of it is anywhere but in the
// memory of who asked for it.
func TestNothingIsLeftHoweverASignInEnds(t *testing.T) {
	for _, c := range []struct {
		name string
		in   realBrowser
		want fault.Code
		end  func(t *testing.T, s *signin.Session, cacheDir string)
	}{
		{"success", firefox, "", nil},
		{"cancel", chromium, fault.Canceled, func(_ *testing.T, s *signin.Session, _ string) { s.Cancel() }},
		{"time-out", chromium, fault.SignInTimeout, nil},
		{"window closed", chromium, fault.BrowserClosed, closeWindow},
		{"window closed", firefox, fault.BrowserClosed, closeWindow},
	} {
		t.Run(c.name+" in "+c.in.name, func(t *testing.T) {
			t.Parallel()
			d := sampleDirectory(t)
			o := d.options(t, d.right, c.in)
			var log journal
			o.Logger = log.logger()
			if c.want != "" {
				d.nobody()
			}
			if c.want == fault.SignInTimeout {
				o.Timeout = 5 * time.Second
			}
			s := start(t, o)
			port := portOf(t, s)
			for _, address := range []string{"127.0.0.1:" + port, "[::1]:" + port} {
				if l, err := net.Listen("tcp", address); err == nil {
					_ = l.Close()
					t.Errorf("another program can listen on %s", address)
				}
			}
			if c.end != nil {
				d.mustShow(t, s, 1)
				notSeen(t, d, &log, o.CacheDir) // while the profile is there to be searched
				began := time.Now()
				c.end(t, s, o.CacheDir)
				if _, _ = outcome(t, s); time.Since(began) > 5*time.Second {
					t.Errorf("the end took %v", time.Since(began))
				}
			}
			result, err := outcome(t, s)
			dir := t.TempDir()
			switch {
			case c.want != "":
				mustBe(t, err, c.want)
			case err != nil:
				t.Fatal(err)
			default:
				mustKeep(t, result, openVault(t, dir), "lumen")
			}
			if c.want == "" && len(browsersNaming(o.CacheDir)) == 0 {
				t.Error("the window is closed before its last page could be read")
			}
			notSeen(t, d, &log, o.CacheDir, dir)
			if c.want != "" {
				s.Close()
			}
			select { // a sign-in that went well puts itself away
			case <-s.Closed():
			case <-time.After(15 * time.Second):
				t.Error("the sign-in is not put away")
			}
			nothingLeft(t, o.CacheDir, port)
			notSeen(t, d, &log, o.CacheDir, dir)
		})
	}
}

// closeWindow ends the browser itself, as closing its last window does.
func closeWindow(t *testing.T, s *signin.Session, cacheDir string) {
	t.Helper()
	for _, p := range browsersNaming(cacheDir) {
		_ = syscall.Kill(p, syscall.SIGTERM)
	}
}

// browsersNaming lists the first processes of the browsers on a profile below the folder; their helpers say what they
// are for.
func browsersNaming(cacheDir string) (found []int) {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, file := range files {
		line, err := os.ReadFile(file)
		if err != nil || !bytes.Contains(line, []byte(cacheDir)) || bytes.Contains(line, []byte("--type=")) || bytes.Contains(line, []byte("-contentproc")) {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file))); err == nil {
			found = append(found, pid)
		}
	}
	return found
}

// mustShow waits until browsers were shown so many pages.
func (d *directory) mustShow(t *testing.T, s *signin.Session, pages int) {
	t.Helper()
	limit := time.After(30 * time.Second)
	for d.pages() < pages {
		select {
		case <-s.Settled():
			_, err := outcome(t, s)
			t.Fatalf("the sign-in ended before its page was there: %v", err)
		case <-limit:
			t.Fatalf("no browser came (%+v)", s.State())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func portOf(t *testing.T, s *signin.Session) string {
	t.Helper()
	u, err := url.Parse(s.State().URL)
	if err != nil || u.Port() == "" {
		t.Fatalf("the link is %q (%v)", s.State().URL, err)
	}
	return u.Port()
}

// notSeen looks for every secret that the provider or the program ever said: in what any user of this computer can
// read, in the log and in the folders.
func notSeen(t *testing.T, d *directory, log *journal, folders ...string) {
	t.Helper()
	secrets := append(d.seen(), d.issued()...)
	if len(secrets) < 2 {
		t.Fatalf("only %d secrets are looked for", len(secrets))
	}
	list := strings.Join(processesNaming(""), "\n")
	for _, secret := range secrets {
		if strings.Contains(list, secret) || strings.Contains(list, url.QueryEscape(secret)) {
			t.Error("a secret is in the process list")
		}
		if strings.Contains(log.String(), secret) {
			t.Error("a secret is in the log")
		}
	}
	if log.String() == "" {
		t.Error("nothing was logged at all, so its silence proves nothing")
	}
	for _, folder := range folders {
		_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return nil // a browser removes files while we look
			}
			content, _ := os.ReadFile(path)
			for _, secret := range secrets {
				if bytes.Contains(content, []byte(secret)) {
					t.Errorf("%s holds a secret in plain text", entry.Name())
				}
			}
			return nil
		})
	}
}

// journal is a log that remembers.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func (j *journal) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(j, &slog.HandlerOptions{Level: slog.LevelDebug}))
}
