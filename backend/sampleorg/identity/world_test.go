package identity_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/oauth2"

	"sightline/backend/sampleorg/identity"
)

const (
	mira   = "mira.okafor@lumen.example"
	elias  = "elias.brandt@lumen.example"
	priya  = "priya.nair@quayside.example"
	sofia  = "sofia.lindqvist@lumen.example"
	marcus = "marcus.hale@quayside.example"
	jo     = "jo.fischer@personal.example"

	allScopes = "openid profile offline_access " + identity.Resource + "/.default"
	back      = "http://localhost:49152/"
)

// clock is a time that a test moves by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// world is one provider behind a real HTTP server.
type world struct {
	*testing.T
	p     *identity.Provider
	clock *clock
	srv   *httptest.Server
}

func newWorld(t *testing.T, options ...func(*identity.Options)) *world {
	t.Helper()
	w := &world{T: t, clock: &clock{now: time.Now()}}
	o := identity.Options{Clock: w.clock.Now}
	for _, change := range options {
		change(&o)
	}
	p, err := identity.New(o)
	if err != nil {
		t.Fatal(err)
	}
	p.ShareKey()
	w.p, w.srv = p, httptest.NewServer(p)
	t.Cleanup(w.srv.Close)
	if err := p.SetBaseURL(w.srv.URL); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) config(tenant string, scopes ...string) *oauth2.Config {
	if scopes == nil {
		scopes = strings.Fields(allScopes)
	}
	return &oauth2.Config{ClientID: w.p.ClientID(), RedirectURL: back, Scopes: scopes, Endpoint: oauth2.Endpoint{
		AuthURL: w.url(tenant, "/oauth2/v2.0/authorize"), TokenURL: w.url(tenant, "/oauth2/v2.0/token"),
		AuthStyle: oauth2.AuthStyleInParams,
	}}
}

func (w *world) url(tenant, path string) string { return w.p.Authority() + "/" + tenant + path }

// kinds lists the events from a point on, as "kind/session".
func (w *world) kinds(from int) []string {
	var out []string
	for _, e := range w.p.Events()[from:] {
		out = append(out, string(e.Kind)+"/"+e.Session)
	}
	return out
}

// browser is a person's browser: a cookie jar that fills in forms.
type browser struct {
	w      *world
	client *http.Client
}

func (w *world) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.Fatal(err)
	}
	return &browser{w: w, client: &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if r.URL.Hostname() == "localhost" {
			return http.ErrUseLastResponse // nobody listens there: the test is the program
		}
		return nil
	}}}
}

// page is what a browser shows, or the answer it carries back to the program.
type page struct {
	w        *world
	status   int
	header   http.Header
	body     string
	root     *html.Node
	callback url.Values // of the redirect to the program; nil when a page is shown
	target   string     // where the callback goes
}

func (b *browser) do(r *http.Request) *page {
	b.w.Helper()
	res, err := b.client.Do(r)
	if err != nil {
		b.w.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.w.Fatal(err)
	}
	p := &page{w: b.w, status: res.StatusCode, header: res.Header, body: string(body)}
	if location, err := res.Location(); err == nil {
		p.callback = location.Query()
		location.RawQuery = ""
		p.target = location.String()
		return p
	}
	if p.root, err = html.Parse(strings.NewReader(p.body)); err != nil {
		b.w.Fatal(err)
	}
	return p
}

func (b *browser) get(address string) *page {
	b.w.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		b.w.Fatal(err)
	}
	return b.do(r)
}

func (b *browser) post(address string, v url.Values) *page {
	b.w.Helper()
	r, err := http.NewRequest(http.MethodPost, address, strings.NewReader(v.Encode()))
	if err != nil {
		b.w.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

// form reads the form with a certain end of its action: its address and hidden fields.
func (p *page) form(actionEnd string) (string, url.Values) {
	p.w.Helper()
	for n := range p.root.Descendants() {
		if n.Data != "form" || !strings.HasSuffix(attr(n, "action"), actionEnd) {
			continue
		}
		v := url.Values{}
		for in := range n.Descendants() {
			if in.Data == "input" && attr(in, "type") == "hidden" {
				v.Add(attr(in, "name"), attr(in, "value"))
			}
		}
		address := attr(n, "action")
		if strings.HasPrefix(address, "/") {
			address = p.w.srv.URL + address
		}
		return address, v
	}
	p.w.Fatalf("the page has no form for %s:\n%s", actionEnd, p.text())
	return "", nil
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// press fills a form in and presses a button.
func (b *browser) press(p *page, actionEnd string, fields ...string) *page {
	b.w.Helper()
	address, v := p.form(actionEnd)
	for i := 0; i < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	return b.post(address, v)
}

// text is what a person reads on the page.
func (p *page) text() string {
	if p.root == nil {
		return p.body
	}
	var b strings.Builder
	for n := range p.root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "style" && n.Parent.Data != "script" {
			b.WriteString(strings.TrimSpace(n.Data) + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// title is the first heading.
func (p *page) title() string {
	if p.root != nil {
		for n := range p.root.Descendants() {
			if n.Data == "h1" && n.FirstChild != nil {
				return n.FirstChild.Data
			}
		}
	}
	return ""
}

// shows fails the test unless the page has this heading.
func (p *page) shows(title string) *page {
	p.w.Helper()
	if p.title() != title {
		p.w.Fatalf("page %q is shown, want %q (callback %v)", p.title(), title, slices.Sorted(mapKeys(p.callback)))
	}
	return p
}

func mapKeys(v url.Values) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range v {
			if !yield(k) {
				return
			}
		}
	}
}

// program is one sign-in of a program: what it sent, to redeem the answer with.
type program struct {
	w        *world
	config   *oauth2.Config
	verifier string
	state    string
	nonce    string
}

func (w *world) program(tenant string, scopes ...string) *program {
	return &program{w: w, config: w.config(tenant, scopes...), verifier: oauth2.GenerateVerifier(), state: "st-1&<x>", nonce: "nonce-1"}
}

// address is the authorize address, with more or other parameters.
func (g *program) address(params ...string) string {
	options := []oauth2.AuthCodeOption{oauth2.S256ChallengeOption(g.verifier), oauth2.SetAuthURLParam("nonce", g.nonce)}
	for i := 0; i < len(params); i += 2 {
		options = append(options, oauth2.SetAuthURLParam(params[i], params[i+1]))
	}
	return g.config.AuthCodeURL(g.state, options...)
}

// code takes the code out of a callback.
func (g *program) code(p *page) string {
	g.w.Helper()
	if p.callback.Get("code") == "" || p.callback.Get("state") != g.state {
		g.w.Fatalf("no code for the program: page %q, error %q", p.title(), p.callback.Get("error_description"))
	}
	return p.callback.Get("code")
}

func (g *program) redeem(p *page) *oauth2.Token {
	g.w.Helper()
	token, err := g.config.Exchange(context.Background(), g.code(p), oauth2.VerifierOption(g.verifier))
	if err != nil {
		g.w.Fatalf("redeem the code: %v", err)
	}
	return token
}

// typePassword signs in on the sign-in page.
func (b *browser) typePassword(p *page, upn string) *page {
	b.w.Helper()
	return b.press(p.shows("Sign in"), "/signin/password", "email", upn, "password", identity.SamplePassword, "keep", "yes", "do", "signin")
}

// signIn goes the whole way: sign-in page, consent page when it comes, tokens.
func (b *browser) signIn(upn, tenant string) *oauth2.Token {
	b.w.Helper()
	g := b.w.program(tenant)
	p := b.typePassword(b.get(g.address("prompt", "login")), upn)
	if p.callback == nil {
		p = b.press(p.shows("Authorize Sightline"), "/signin/consent", "do", "accept")
	}
	return g.redeem(p)
}

// answer is the error object of the token endpoint.
type answer struct {
	status        int
	Error         string `json:"error"`
	Description   string `json:"error_description"`
	Codes         []int  `json:"error_codes"`
	Timestamp     string `json:"timestamp"`
	TraceID       string `json:"trace_id"`
	CorrelationID string `json:"correlation_id"`
	Suberror      string `json:"suberror"`
	AccessToken   string `json:"access_token"`
	RefreshToken  string `json:"refresh_token"`
	Scope         string `json:"scope"`
}

// ask posts to the token or device code endpoint as a program does.
func (w *world) ask(tenant, endpoint string, fields ...string) answer {
	w.Helper()
	v := url.Values{"client_id": {w.p.ClientID()}}
	for i := 0; i < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	res, err := http.PostForm(w.url(tenant, "/oauth2/v2.0/"+endpoint), v)
	if err != nil {
		w.Fatal(err)
	}
	defer res.Body.Close()
	a := answer{status: res.StatusCode}
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		w.Fatal(err)
	}
	return a
}

// refused fails the test unless an answer is a certain error.
func (a answer) refused(w *world, oauthError string, code int) {
	w.Helper()
	if a.Error != oauthError || len(a.Codes) != 1 || a.Codes[0] != code {
		w.Errorf("answer is %s %v, want %s %d", a.Error, a.Codes, oauthError, code)
	}
}
