//go:build linux

package signin_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/zalando/go-keyring"

	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

// headless are the arguments of a browser without a display and without the internet.
const headless = "--headless=new --disable-gpu --disable-quic --disable-background-networking --disable-component-update --disable-sync"

// chromium makes the real browser of this machine the one that sign-ins use.
func chromium(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("this test needs Chromium: run it by make test, which installs it")
	}
	if os.Getenv("SIGHTLINE_BROWSER_ARGS") == "" { // set from outside: for a look at the windows under Xvfb
		t.Setenv("SIGHTLINE_BROWSER_ARGS", headless)
	}
	t.Setenv("SIGHTLINE_BROWSER", path)
	return path
}

// pressButtons plays the person inside a real browser: a script in each page types and presses. whoever is typed
// where no address is filled in.
func pressButtons(whoever string) func(http.Handler) http.Handler {
	script := fmt.Sprintf(`<script>addEventListener("load",()=>{
const p=document.querySelector("input[name=password]");
if(p){const e=document.querySelector("input[name=email]");e.value=e.value||%q;p.value=%q;document.querySelector("button[value=signin]").click();return}
const a=document.querySelector("button[value=accept]");if(a)a.click()})</script>`, whoever, identity.SamplePassword)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			recorded := httptest.NewRecorder()
			next.ServeHTTP(recorded, r)
			for name, values := range recorded.Header() {
				w.Header()[name] = values
			}
			body := recorded.Body.Bytes()
			if strings.HasPrefix(recorded.Header().Get("Content-Type"), "text/html") {
				w.Header().Del("Content-Security-Policy") // it forbids scripts, rightly
				body = append(body, script...)
			}
			w.Header().Del("Content-Length")
			w.WriteHeader(recorded.Code)
			_, _ = w.Write(body)
		})
	}
}

// dailyBrowser is a person's own browser, which stays open. It is at an ordinary program's page, which leads it to
// the directory without any prompt, as a program without care does.
type dailyBrowser struct {
	t        *testing.T
	d        directory
	server   *httptest.Server
	next     chan string
	answered chan struct{}
}

func openDailyBrowser(t *testing.T, d directory, path string) *dailyBrowser {
	t.Helper()
	b := &dailyBrowser{t: t, d: d, next: make(chan string, 1), answered: make(chan struct{}, 1)}
	b.server = httptest.NewServer(b)
	t.Cleanup(b.server.Close)
	args := append(strings.Fields(os.Getenv("SIGHTLINE_BROWSER_ARGS")), "--user-data-dir="+t.TempDir(), "--no-first-run", "--password-store=basic")
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox")
	}
	cmd := exec.Command(path, append(args, b.here())...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
	})
	return b
}

func (b *dailyBrowser) here() string {
	return strings.Replace(b.server.URL, "127.0.0.1", "localhost", 1)
}

func (b *dailyBrowser) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/next":
		select {
		case address := <-b.next:
			_, _ = w.Write([]byte(address))
		default:
		}
	case "/":
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<!doctype html><script>setInterval(()=>fetch("/next").then(r=>r.text()).then(a=>{if(a)location=a}),50)</script>`))
		if r.URL.Query().Has("code") {
			b.answered <- struct{}{}
		}
	default:
		http.NotFound(w, r)
	}
}

// signIn signs in without any prompt, and returns whom the directory let in silently, or "" when it asked.
func (b *dailyBrowser) signIn() (silently string) {
	b.t.Helper()
	before := len(b.d.Events())
	config := oauth2.Config{ClientID: b.d.ClientID(), Scopes: signin.DefaultScopes(), RedirectURL: b.here(),
		Endpoint: oauth2.Endpoint{AuthURL: b.d.Authority() + "/" + identity.LumenTenantID + "/oauth2/v2.0/authorize"}}
	b.next <- config.AuthCodeURL("state", oauth2.S256ChallengeOption(oauth2.GenerateVerifier()))
	select {
	case <-b.answered:
	case <-time.After(30 * time.Second):
		b.t.Fatal("the daily browser did not come back")
	}
	for _, e := range b.d.Events()[before:] {
		if e.Kind == identity.EventSilent {
			silently = e.Person
		}
	}
	return silently
}

// processList is what every user of this computer can read.
func processList(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, file := range files {
		if line, err := os.ReadFile(file); err == nil {
			all.Write(line)
			all.WriteByte('\n')
		}
	}
	return all.String()
}

// mustNotHold reads every file below the folders and looks for the secrets.
func mustNotHold(t *testing.T, secrets []string, folders ...string) (files int) {
	t.Helper()
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return nil // a browser removes files while we look
			}
			content, err := os.ReadFile(path)
			if err != nil {
				return nil
			}
			files++
			for _, secret := range secrets {
				if bytes.Contains(content, []byte(secret)) {
					t.Errorf("%s holds a secret in plain text", entry.Name())
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestRealChromiumSignsInTheRightPersonBesideADailyBrowserThatKnowsAnother(t *testing.T) {
	keyring.MockInit()
	path := chromium(t)
	var codes sync.Map
	d := newDirectory(t, identity.Options{}, func(next http.Handler) http.Handler {
		pages := pressButtons(elias)(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/token") {
				body := http.MaxBytesReader(w, r.Body, 1<<16)
				var copied bytes.Buffer
				_, _ = copied.ReadFrom(body)
				if form, err := url.ParseQuery(copied.String()); err == nil {
					codes.Store(form.Get("code"), true)
				}
				r.Body = readCloser{&copied}
			}
			pages.ServeHTTP(w, r)
		})
	})
	daily := openDailyBrowser(t, d, path)

	// Control: the fault exists. If this stops failing for a careless program, the rest proves nothing.
	if who := daily.signIn(); who != "" {
		t.Fatalf("a new browser was signed in silently as %s", who)
	}
	if who := daily.signIn(); who != elias {
		t.Fatalf("the control signed in %q silently, want %s: the test itself is broken", who, elias)
	}

	// Sightline, while that browser is open.
	o := d.options(t)
	o.Rung, o.Expect, o.CacheDir = signin.RungIsolated, mira, t.TempDir()
	var log journal
	o.Logger = log.logger()
	before := len(d.Events())
	s := start(t, o)
	result := mustSignIn(t, s)
	if result.Account.Address != mira || !result.Matches {
		t.Errorf("signed in as %s", result.Account)
	}
	state := s.State()
	if state.Rung != signin.RungIsolated || !state.IsolationVerified || state.BrowserName != "Chromium" {
		t.Errorf("the state is %+v", state)
	}
	for _, e := range d.Events()[before:] {
		if e.Kind == identity.EventSilent || (e.Kind == identity.EventAsked && e.Session != "none") {
			t.Errorf("the directory saw %s with %s sessions", e.Kind, e.Session)
		}
	}
	dataDir := t.TempDir()
	if err := result.Keep(t.Context(), openVault(t, dataDir), "lumen"); err != nil {
		t.Fatal(err)
	}

	secrets := append(signin.SecretsOf(s), result.Tokens.Access.Reveal(), result.Tokens.Refresh.Reveal())
	codes.Range(func(code, _ any) bool {
		if code.(string) != "" {
			secrets = append(secrets, code.(string))
		}
		return true
	})
	if len(secrets) != 6 {
		t.Fatalf("%d secrets are looked for", len(secrets))
	}
	look := func() int {
		list := processList(t)
		for _, secret := range secrets {
			if strings.Contains(list, secret) || strings.Contains(list, url.QueryEscape(secret)) || strings.Contains(log.String(), secret) {
				t.Error("a secret is in the process list or in the log")
			}
		}
		return mustNotHold(t, secrets, o.CacheDir, dataDir)
	}
	if !strings.Contains(processList(t), o.CacheDir) {
		t.Error("the browser is closed before its last page could be read")
	}
	if files := look(); files < 5 { // while the browser is open its profile is there to be searched
		t.Errorf("only %d files were searched", files)
	}
	select {
	case <-s.Closed():
	case <-time.After(10 * time.Second):
		t.Fatal("the session is not put away")
	}
	look()
	if strings.Contains(processList(t), o.CacheDir) {
		t.Error("a process still names the profile")
	}
	if left, _ := os.ReadDir(filepath.Join(o.CacheDir, "sign-in")); len(left) != 0 {
		t.Errorf("%d entries are left in the cache folder", len(left))
	}
	if who := daily.signIn(); who != elias {
		t.Errorf("the daily browser now knows %q", who)
	}
}

type readCloser struct{ *bytes.Buffer }

func (readCloser) Close() error { return nil }

func TestRealChromiumSignsTwoPeopleInAtTheSameTime(t *testing.T) {
	chromium(t)
	d := newDirectory(t, identity.Options{}, pressButtons(""))
	var wait sync.WaitGroup
	for _, email := range []string{mira, priya} {
		o := d.options(t)
		o.Rung, o.Expect = signin.RungIsolated, email
		s := start(t, o)
		wait.Add(1)
		go func() {
			defer wait.Done()
			result, err := outcome(t, s)
			if err != nil {
				t.Errorf("%s: %v", email, err)
				return
			}
			if result.Account.Address != email {
				t.Errorf("%s was signed in as %s", email, result.Account)
			}
			s.Close() // at once, as a program does that ends
			if left, _ := os.ReadDir(filepath.Join(o.CacheDir, "sign-in")); len(left) != 0 {
				t.Errorf("%d entries are left in the cache folder", len(left))
			}
		}()
	}
	wait.Wait()
	for _, e := range d.Events() {
		if e.Kind == identity.EventSilent || (e.Kind == identity.EventAsked && e.Session != "none") {
			t.Errorf("the directory saw %s of %s with %s sessions", e.Kind, e.Person, e.Session)
		}
	}
}
