package signin_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

// The people of the sample organization.
const (
	mira   = "mira.okafor@lumen.example"    // a member
	elias  = "elias.brandt@lumen.example"   // another
	priya  = "priya.nair@quayside.example"  // a guest
	marcus = "marcus.hale@quayside.example" // of another directory, never invited
	jo     = "jo.fischer@personal.example"  // a personal account
)

// directory is the sample's identity provider behind real HTTP.
type directory struct {
	*identity.Provider
	server *httptest.Server
}

// newDirectory starts one. change, if not nil, stands between the provider and the network.
func newDirectory(t *testing.T, o identity.Options, change func(http.Handler) http.Handler) directory {
	t.Helper()
	p, err := identity.New(o)
	if err != nil {
		t.Fatal(err)
	}
	var handler http.Handler = p
	if change != nil {
		handler = change(p)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	if err := p.SetBaseURL(server.URL); err != nil {
		t.Fatal(err)
	}
	return directory{p, server}
}

// kinds counts the events of a kind, and says with which sessions they came.
func (d directory) kinds(kind identity.EventKind) (count int, sessions string) {
	for _, e := range d.Events() {
		if e.Kind == kind {
			count++
			sessions = e.Session
		}
	}
	return count, sessions
}

// options are those of a sign-in with the link left to the person.
func (d directory) options(t *testing.T) signin.Options {
	return signin.Options{
		Authority: d.Authority() + "/" + identity.LumenTenantID, TenantID: identity.LumenTenantID, ClientID: d.ClientID(),
		OrganizationURL: "https://dev.azure.com/lumen", Rung: signin.RungCopyLink, CacheDir: t.TempDir(), Timeout: time.Minute,
	}
}

func start(t *testing.T, o signin.Options) *signin.Session {
	t.Helper()
	s, err := signin.Start(context.Background(), o)
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	t.Cleanup(s.Close)
	return s
}

// outcome waits for the end of a sign-in.
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
		t.Fatalf("sign-in: %v", err)
	}
	return result
}

// mustRefuse checks the code, and that a person gets a sentence and something to do.
func mustRefuse(t *testing.T, err error, code fault.Code, words ...string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("want %s, got %s: %v", code, fault.CodeOf(err), err)
	}
	report := fault.ReportOf(err)
	if report.Message == "" || strings.Contains(report.Message+report.Hint, "{") || strings.Contains(report.Message, "defect") {
		t.Errorf("%s reads badly: %q %q", code, report.Message, report.Hint)
	}
	for _, w := range words {
		if !strings.Contains(report.Message+" "+report.Hint+fmt.Sprint(report.Facts), w) {
			t.Errorf("%q %q %v does not say %q", report.Message, report.Hint, report.Facts, w)
		}
	}
}

// person is somebody with a browser of their own: cookies stay between sign-ins.
type person struct {
	t        *testing.T
	client   *http.Client
	email    string
	decision string // the button of the consent page: accept or cancel
}

func newPerson(t *testing.T, email string) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &person{t: t, client: &http.Client{Jar: jar, Timeout: 30 * time.Second}, email: email, decision: "accept"}
}

var (
	formShape      = regexp.MustCompile(`(?s)<form\b([^>]*)>.*?</form>`)
	inputShape     = regexp.MustCompile(`<input\b[^>]*>`)
	attributeShape = regexp.MustCompile(`([a-z-]+)="([^"]*)"`)
	titleShape     = regexp.MustCompile(`<title>([^<]*)`)
)

// form finds the form that posts to a path ending in action, with its hidden fields.
func (p *person) form(page *http.Response, body, action string) (string, url.Values, bool) {
	for _, m := range formShape.FindAllStringSubmatch(body, -1) {
		target, err := page.Request.URL.Parse(attributes(m[1])["action"])
		if err != nil || !strings.HasSuffix(target.Path, action) {
			continue
		}
		fields := url.Values{}
		for _, tag := range inputShape.FindAllString(m[0], -1) {
			if input := attributes(tag); input["type"] == "hidden" {
				fields.Set(input["name"], input["value"])
			}
		}
		return target.String(), fields, true
	}
	return "", nil, false
}

func attributes(tag string) map[string]string {
	all := map[string]string{}
	for _, m := range attributeShape.FindAllStringSubmatch(tag, -1) {
		all[m[1]] = html.UnescapeString(m[2])
	}
	return all
}

// title is what a failure shows of a page.
func title(body string) string {
	if m := titleShape.FindStringSubmatch(body); m != nil {
		return m[1]
	}
	return "a page without a title"
}

// open follows the link and does what each page asks, as the person would, until no page asks any more. It
// returns the last page.
func (p *person) open(link string) (status int, body string) {
	p.t.Helper()
	return p.follow(p.client.Get(link))
}

// follow does what this page and each further one asks.
func (p *person) follow(page *http.Response, err error) (status int, body string) {
	p.t.Helper()
	for step := 0; ; step++ {
		if err != nil {
			p.t.Fatalf("the person's browser: %v", err)
		}
		content, readErr := io.ReadAll(page.Body)
		_ = page.Body.Close()
		if readErr != nil {
			p.t.Fatalf("the person's browser: %v", readErr)
		}
		body = string(content)
		if step > 6 {
			p.t.Fatalf("the pages do not end: %s", title(body))
		}
		if action, fields, here := p.form(page, body, "/signin/password"); here {
			fields.Set("email", p.email)
			fields.Set("password", identity.SamplePassword)
			fields.Set("keep", "yes")
			fields.Set("do", "signin")
			page, err = p.client.PostForm(action, fields)
		} else if action, fields, here := p.form(page, body, "/signin/consent"); here {
			fields.Set("do", p.decision)
			page, err = p.client.PostForm(action, fields)
		} else if action, fields, here := p.form(page, body, "/signin/return"); here {
			fields.Set("do", "return")
			page, err = p.client.PostForm(action, fields)
		} else {
			return page.StatusCode, body
		}
	}
}

// stopBefore lets the person's browser go everywhere but to the loopback address of s, and returns the address it
// was sent to: what an answer looks like before it arrives.
func (p *person) stopBefore(s *signin.Session, link string) *url.URL {
	p.t.Helper()
	var answer *url.URL
	port := fmt.Sprint(signin.PortOf(s))
	p.client.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if r.URL.Port() == port && r.URL.Path != "/done" && !strings.HasPrefix(r.URL.Path, "/go/") {
			answer = r.URL
			return http.ErrUseLastResponse
		}
		return nil
	}
	p.open(link)
	p.client.CheckRedirect = nil
	if answer == nil {
		p.t.Fatal("the directory sent no answer")
	}
	return answer
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

func httptestRequest(t *testing.T, address string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestMain lets this program be the one that a stand-in of a browser fetches its address with, and a second Sightline.
func TestMain(m *testing.M) {
	if dir := os.Getenv("SIGHTLINE_TEST_SIGN_INS"); dir != "" {
		beAnother(dir)
		return
	}
	if address := os.Getenv("FETCH"); address != "" {
		if response, err := http.Get(address); err == nil {
			_ = response.Body.Close()
		}
		return
	}
	os.Exit(m.Run())
}

// fetcher is the command that gets $LINK.
func fetcher(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return `FETCH="$LINK" ` + self
}
