//go:build linux

package acceptance_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/oauth2"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"sightline/backend/signin"
	"sightline/backend/signin/browser"
)

// realBrowser is an installed browser, as a person's own and as the one a sign-in opens.
type realBrowser struct {
	program string
	name    string         // as Sightline calls it
	cookies string         // the file of its own profile that holds them
	query   string         // what of that file must stay as it is
	quit    syscall.Signal // ends it as its menu does
	atOnce  bool           // it writes cookies down while it runs, soon; else when it ends
}

var (
	chromium = realBrowser{"chromium", "Chromium", "Default/Cookies",
		"SELECT name, hex(encrypted_value), value, creation_utc, last_access_utc, expires_utc FROM cookies WHERE host_key='127.0.0.1' AND is_persistent=1 ORDER BY name", syscall.SIGINT, false} // after SIGTERM it leaves without writing cookies
	firefox = realBrowser{"firefox-esr", "Firefox", "cookies.sqlite",
		"SELECT name, value, creationTime, lastAccessed, expiry FROM moz_cookies WHERE host='127.0.0.1' ORDER BY name", syscall.SIGTERM, true}
	realBrowsers = []realBrowser{chromium, firefox}
)

func (b realBrowser) path(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath(b.program)
	if err != nil {
		t.Fatalf("this test needs %s; make test installs it", b.program)
	}
	return path
}

// only makes it the one browser of this computer.
func (b realBrowser) only() signin.BrowserChooser {
	return func(context.Context) []browser.Browser {
		path, err := exec.LookPath(b.program)
		if err != nil {
			return nil
		}
		found, _ := browser.At(path)
		return []browser.Browser{found}
	}
}

// dailySettings keep a person's own Firefox from opening pages of its own.
const dailySettings = `user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.preonboarding.enabled", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("browser.startup.page", 0);
user_pref("browser.sessionstore.resume_from_crash", false);
user_pref("browser.warnOnQuit", false);
user_pref("termsofuse.bypassNotification", true);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "http://127.0.0.1:9/");
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("app.update.enabled", false);
`

// daily is a person's own browser with the profile it always has. It stands at the page of an ordinary program, which
// leads it to the directory without asking for anybody, as a program without care does.
type daily struct {
	t        *testing.T
	d        *directory
	b        realBrowser
	profile  string
	server   *httptest.Server
	answered chan struct{}
	cmd      *exec.Cmd
	exited   chan struct{}

	mu   sync.Mutex
	next string // where its page goes; "" is to stay
}

func newDaily(t *testing.T, d *directory, b realBrowser) *daily {
	t.Helper()
	y := &daily{t: t, d: d, b: b, profile: t.TempDir(), answered: make(chan struct{}, 1)}
	y.server = httptest.NewServer(y)
	t.Cleanup(y.server.Close)
	t.Cleanup(y.kill)
	if err := os.WriteFile(filepath.Join(y.profile, "user.js"), []byte(dailySettings), 0o600); err != nil {
		t.Fatal(err)
	}
	return y
}

// command is how the person opens their browser; an address follows.
func (y *daily) command(more ...string) []string {
	if y.b.name == "Firefox" {
		return append([]string{"--no-remote", "--profile", y.profile}, append(more, "--new-window")...)
	}
	args := append(strings.Fields(quiet), "--user-data-dir="+y.profile, "--no-first-run", "--no-default-browser-check", "--password-store=basic")
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox")
	}
	return append(args, more...)
}

func (y *daily) open(more ...string) {
	y.t.Helper()
	y.cmd, y.exited = exec.Command(y.b.path(y.t), append(y.command(more...), y.here())...), make(chan struct{})
	y.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := y.cmd.Start(); err != nil {
		y.t.Fatal(err)
	}
	go func(cmd *exec.Cmd, exited chan struct{}) {
		_ = cmd.Wait()
		close(exited)
	}(y.cmd, y.exited)
}

// handOver opens an address as the operating system does: the browser that runs already takes it.
func (y *daily) handOver(address string) error {
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	return exec.CommandContext(ctx, y.b.path(y.t), append(y.command(), address)...).Run()
}

// close ends the browser as its person does.
func (y *daily) close() {
	y.t.Helper()
	_ = syscall.Kill(y.cmd.Process.Pid, y.b.quit)
	select {
	case <-y.exited:
	case <-time.After(15 * time.Second):
		y.t.Fatalf("the daily %s does not end", y.b.name)
	}
	// The process that writes cookies outlives the first one by a moment.
	for end := time.Now().Add(10 * time.Second); syscall.Kill(-y.cmd.Process.Pid, 0) == nil && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
	y.kill()
}

func (y *daily) kill() {
	if y.cmd != nil {
		_ = syscall.Kill(-y.cmd.Process.Pid, syscall.SIGKILL)
		<-y.exited
		y.cmd = nil
	}
}

func (y *daily) here() string { return strings.Replace(y.server.URL, "127.0.0.1", "localhost", 1) }

func (y *daily) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/next": // until it has arrived: a page that is being left may ask once more
		y.mu.Lock()
		defer y.mu.Unlock()
		_, _ = w.Write([]byte(y.next))
	case "/":
		arrived := r.URL.Query().Has("code") && y.goTo("")
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<!doctype html><script>(async()=>{for(;;){const a=await(await fetch("/next")).text();
if(a){location=a;return}await new Promise(r=>setTimeout(r,100))}})()</script>`))
		if arrived {
			y.answered <- struct{}{}
		}
	default:
		http.NotFound(w, r)
	}
}

// goTo says where the page goes next, and reports whether it was on its way somewhere.
func (y *daily) goTo(address string) (wasUnderWay bool) {
	y.mu.Lock()
	defer y.mu.Unlock()
	wasUnderWay, y.next = y.next != "", address
	return wasUnderWay
}

// signIn signs in without any prompt, and returns whom the directory let in silently, or "" when it asked.
func (y *daily) signIn() (silently string) {
	y.t.Helper()
	before := len(y.d.events())
	config := oauth2.Config{ClientID: y.d.clientID, Scopes: signin.DefaultScopes(), RedirectURL: y.here(),
		Endpoint: oauth2.Endpoint{AuthURL: y.d.authorizePage(y.t, y.d.wrong.tenant)}}
	y.goTo(config.AuthCodeURL("a-state-of-another-program", oauth2.S256ChallengeOption(oauth2.GenerateVerifier())))
	select {
	case <-y.answered:
	case <-time.After(time.Minute):
		y.t.Fatalf("the daily %s did not come back", y.b.name)
	}
	for _, e := range y.d.events()[before:] {
		if e.Kind == "silent" {
			silently = e.Person
		}
	}
	return silently
}

// authorizePage is where a directory signs people in.
func (d *directory) authorizePage(t *testing.T, tenant string) string {
	t.Helper()
	var metadata struct {
		Page string `json:"authorization_endpoint"`
	}
	if err := getJSON(d.authority+"/"+tenant+"/v2.0/.well-known/openid-configuration", "", &metadata); err != nil {
		t.Fatal(err)
	}
	return strings.Replace(metadata.Page, d.provider, d.URL, 1)
}

// kept returns the cookies on the disk, whole. The browser must be closed.
func (y *daily) kept() []string {
	y.t.Helper()
	copied := filepath.Join(y.t.TempDir(), "cookies")
	for _, end := range []string{"", "-wal", "-journal"} { // a copy, because reading may write
		content, err := os.ReadFile(filepath.Join(y.profile, y.b.cookies) + end)
		if err != nil {
			continue
		}
		if err := os.WriteFile(copied+end, content, 0o600); err != nil {
			y.t.Fatal(err)
		}
	}
	db, err := sqlite.OpenConn(copied, sqlite.OpenReadWrite)
	if err != nil {
		y.t.Fatal(err)
	}
	defer db.Close()
	var rows []string
	err = sqlitex.ExecuteTransient(db, y.b.query, &sqlitex.ExecOptions{ResultFunc: func(row *sqlite.Stmt) error {
		var columns []string
		for i := range row.ColumnCount() {
			columns = append(columns, row.ColumnText(i))
		}
		rows = append(rows, strings.Join(columns, "|"))
		return nil
	}})
	if err != nil {
		y.t.Fatal(err)
	}
	return rows
}

// processesNaming lists the processes of this computer whose command line holds the text.
func processesNaming(text string) []string {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	var found []string
	for _, file := range files {
		if line, err := os.ReadFile(file); err == nil && strings.Contains(string(line), text) {
			found = append(found, strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return found
}

// nothingLeft checks that a sign-in is gone: no process, no folder and, where the port is known, no listener.
func nothingLeft(t *testing.T, cacheDir string, port string) {
	t.Helper()
	if left := processesNaming(cacheDir); len(left) > 0 {
		t.Errorf("%d processes still name the profile", len(left))
	}
	entries, _ := os.ReadDir(filepath.Join(cacheDir, "sign-in"))
	for _, entry := range entries {
		t.Errorf("%s is left in the cache folder", entry.Name())
	}
	if port != "" {
		closed(t, port)
	}
}

// closed checks that nobody listens any more, on either address.
func closed(t *testing.T, port string) {
	t.Helper()
	for _, address := range []string{"127.0.0.1:" + port, "[::1]:" + port} {
		if c, err := net.Dial("tcp", address); err == nil {
			_ = c.Close()
			t.Errorf("%s still listens", address)
		}
	}
}

// start begins a sign-in that ends with the test.
func start(t *testing.T, o signin.Options) *signin.Session {
	t.Helper()
	s, err := signin.Start(context.Background(), o)
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	t.Cleanup(s.Close)
	return s
}

func outcome(t *testing.T, s *signin.Session) (*signin.Result, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 70*time.Second)
	defer cancel()
	return s.Wait(ctx)
}

func mustSignIn(t *testing.T, s *signin.Session) *signin.Result {
	t.Helper()
	result, err := outcome(t, s)
	if err != nil {
		t.Fatalf("sign-in: %v (%+v)", err, s.State())
	}
	return result
}

// verified checks what the screen says of the window.
func verified(t *testing.T, s *signin.Session, b realBrowser, rung signin.Rung) {
	t.Helper()
	if state := s.State(); state.Rung != rung || !state.IsolationVerified || state.BrowserName != b.name {
		t.Errorf("the state is %s in %q, verified %v", state.Rung, state.BrowserName, state.IsolationVerified)
	}
}

// pair is a provider and a browser.
type pair struct {
	name string
	make func(*testing.T) *directory
	in   realBrowser
}

// pairs are both browsers at the sample organization and the ones named at the other provider.
func pairs(other ...realBrowser) (all []pair) {
	for _, b := range realBrowsers {
		all = append(all, pair{"the sample organization in " + b.name, sampleDirectory, b})
	}
	for _, b := range other {
		all = append(all, pair{"another provider in " + b.name, secondDirectory, b})
	}
	return all
}

// each runs a test with every pair.
func each(t *testing.T, all []pair, test func(t *testing.T, d *directory, b realBrowser)) {
	for _, p := range all {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			test(t, p.make(t), p.in)
		})
	}
}

func mustEqual(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %d lines, before %d, and not the same", what, len(got), len(want))
	}
}
