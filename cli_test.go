package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"sightline/backend/cli"
	"sightline/backend/desktop"
	"sightline/backend/sampleorg/identity"
)

// output is what a verb writes; it may be read while the verb runs.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// verb is one call of the command line on a data folder.
type verb struct {
	status    int
	out, diag *output
}

func command(t *testing.T, dir string) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	t.Setenv("SIGHTLINE_BROWSER", "none")
	t.Setenv("SIGHTLINE_DATA_DIR", dir)
}

func runVerb(ctx context.Context, in io.Reader, args ...string) verb {
	v := verb{out: &output{}, diag: &output{}}
	v.status = startVerb(ctx, in, v, args...)
	return v
}

func startVerb(ctx context.Context, in io.Reader, v verb, args ...string) int {
	return cli.Run(ctx, cli.Host{
		Version: "test", Pages: fstest.MapFS{"index.html": {Data: []byte("<head></head>page")}}, CSP: policy,
		Open: openProgram, DefaultDataDir: defaultDataDir,
		Window: func(context.Context, string) error { return errors.New("no window here") },
	}, args, in, v.out, v.diag)
}

// answer decodes the JSON of a verb that succeeded.
func answer[T any](t *testing.T, v verb) (out T) {
	t.Helper()
	if v.status != 0 {
		t.Fatalf("status %d: %s", v.status, v.diag)
	}
	if err := json.Unmarshal([]byte(v.out.String()), &out); err != nil {
		t.Fatalf("%v: %s", err, v.out)
	}
	return out
}

func stdin(text string) io.Reader { return strings.NewReader(text) }

// closed is a standard input that was closed.
type closed struct{}

func (closed) Read([]byte) (int, error) { return 0, errors.New("bad file descriptor") }

// silent is a standard input on which nobody types.
type silent struct{ ended <-chan struct{} }

func (s silent) Read([]byte) (int, error) {
	<-s.ended
	return 0, io.EOF
}

func TestVerbsConnectAndAnswer(t *testing.T) {
	a := sample(t)
	command(t, t.TempDir())
	ctx := t.Context()
	made := answer[struct {
		DatasetID, Name string
		Projects        []string
		Rows            int
		Dataset         desktop.DatasetView
	}](t, runVerb(ctx, stdin(a.PersonalAccessToken+"\n"), "connect", "--url", a.OrganizationURL, "--project", "Lumen D*", "--token-stdin", "--expect", "mira.okafor@lumen.example", "--name", "Tools", "--load", "workItems", "--json"))
	if made.Name != "Tools" || made.Rows == 0 || len(made.Projects) != 1 || made.Dataset.WorkItems == 0 {
		t.Fatalf("connected %+v", made)
	}
	if list := answer[[]desktop.DatasetView](t, runVerb(ctx, nil, "datasets", "--json")); len(list) != 1 || list[0].ID != made.DatasetID {
		t.Errorf("datasets %+v", list)
	}
	model := answer[struct{ Tables, Measures []struct{ Name string } }](t, runVerb(ctx, nil, "model", "tools"))
	if len(model.Tables) < 4 || len(model.Measures) < 10 {
		t.Errorf("model %+v", model)
	}
	type result struct{ Total struct{ Values []*float64 } }
	all := answer[result](t, runVerb(ctx, stdin(`{"values":["Work items"]}`), "query", made.DatasetID, "--json"))
	if *all.Total.Values[0] != float64(made.Dataset.WorkItems) {
		t.Errorf("%v work items, the dataset holds %d", *all.Total.Values[0], made.Dataset.WorkItems)
	}
	type page struct {
		Visuals []struct {
			ID     string
			Result *result
			Fault  any
		}
	}
	open := func(slicers ...string) float64 {
		args := []string{"page", "Tools", "Open Bug Status"}
		for _, s := range slicers {
			args = append(args, "--slicer", s)
		}
		p := answer[page](t, runVerb(ctx, nil, args...))
		for _, v := range p.Visuals {
			if v.Fault != nil || v.Result == nil {
				t.Errorf("%v: %s: %v", slicers, v.ID, v.Fault)
			}
		}
		for _, v := range p.Visuals {
			if v.ID == "open" {
				return *v.Result.Total.Values[0]
			}
		}
		t.Fatal("the page has no visual called open")
		return 0
	}
	if one, two, both, whole := open("Priority=1"), open("Priority=2"), open("Priority=1", "Priority=2"), open(); one+two != both || both > whole || both == 0 {
		t.Errorf("open bugs: %v of priority 1, %v of 2, %v of either, %v in all", one, two, both, whole)
	}
	if again := answer[desktop.ProgressView](t, runVerb(ctx, nil, "refresh", "Tools", "--json")); again.State != "succeeded" {
		t.Errorf("refresh %+v", again)
	}
}

func TestVerbsSayHowTheyFailed(t *testing.T) {
	a := sample(t)
	command(t, t.TempDir())
	connect := []string{"connect", "--url", a.OrganizationURL, "--project", "Tooling", "--token-stdin"}
	for name, tc := range map[string]struct {
		args   []string
		in     io.Reader
		status int
		says   string
	}{
		"unknown verb":          {[]string{"frobnicate"}, nil, 2, "frobnicate"},
		"unknown flag":          {[]string{"datasets", "--frobnicate"}, nil, 2, "--frobnicate"},
		"too few arguments":     {[]string{"page", "Tools"}, nil, 2, "2 arguments are needed, not 1"},
		"sample alone":          {[]string{"sample"}, nil, 2, "sample serve"},
		"connect to nothing":    {[]string{"connect", "--project", "*"}, nil, 2, "--url"},
		"two stars":             {append(connect, "--project", "T*st"), stdin(a.PersonalAccessToken), 2, "T*st"},
		"no token":              {connect, stdin(""), 2, "standard input"},
		"closed standard input": {connect, closed{}, 2, "standard input"},
		"token with a blank":    {connect, stdin("a b"), 2, "personal access token"},
		"wrong token":           {connect, stdin(strings.Repeat("x", 84)), 1, "token"},
		"somebody else":         {append(connect, "--expect", "elias.brandt@lumen.example"), stdin(a.PersonalAccessToken), 1, "elias.brandt@lumen.example was expected"},
		"no such project":       {[]string{"connect", "--url", a.OrganizationURL, "--project", "Toling", "--token-stdin"}, stdin(a.PersonalAccessToken), 1, "Tooling"},
		"unknown dataset":       {[]string{"model", "Tools"}, nil, 1, "There is no dataset Tools"},
		"no query":              {[]string{"query", "Tools"}, closed{}, 2, "No query"},
		"query that is no JSON": {[]string{"query", "Tools"}, stdin("{"), 2, ""},
		"size nobody knows":     {[]string{"sample", "serve", "--size", "huge"}, nil, 2, "huge"},
		"serve to everybody":    {[]string{"serve", "--addr", "0.0.0.0:0"}, nil, 2, "this computer only"},
		"window that fails":     {nil, nil, 1, "sightline:"},
	} {
		t.Run(name, func(t *testing.T) {
			v := runVerb(t.Context(), tc.in, tc.args...)
			if v.status != tc.status || !strings.Contains(v.diag.String(), tc.says) || v.out.String() != "" {
				t.Errorf("status %d, want %d\nout: %s\ndiag: %s", v.status, tc.status, v.out, v.diag)
			}
			if strings.Contains(v.diag.String(), a.PersonalAccessToken) {
				t.Error("the token is in the output")
			}
		})
	}
	if list := answer[[]desktop.DatasetView](t, runVerb(t.Context(), nil, "datasets")); len(list) != 0 {
		t.Errorf("a verb that failed left %+v", list)
	}
}

func TestHostileNamesDoNotReachTheTerminal(t *testing.T) {
	command(t, t.TempDir())
	v := runVerb(t.Context(), nil, "model", "x\x1b]0;owned\a\u009b31m\u202e")
	if v.status != 1 || strings.ContainsAny(v.diag.String(), "\x1b\a\u009b\u202e") || !strings.Contains(v.diag.String(), "owned") {
		t.Errorf("%d %q", v.status, v.diag.String())
	}
	a := sample(t)
	made := runVerb(t.Context(), stdin(a.PersonalAccessToken), "connect", "--url", a.OrganizationURL, "--project", "Tooling", "--token-stdin", "--name", "a\u009bb\u202ec", "--load", "tests", "--history", "1m")
	if strings.ContainsAny(made.out.String(), "\u009b\u202e") {
		t.Errorf("%q", made.out.String())
	}
	if name := answer[struct{ Name string }](t, made).Name; name != "a\u009bb\u202ec" {
		t.Errorf("a program reads %q", name)
	}
}

func TestWithoutABrowserTheAddressIsPrintedAndAPersonSignsInThere(t *testing.T) {
	a := sample(t)
	command(t, t.TempDir())
	v := verb{out: &output{}, diag: &output{}}
	ended := make(chan int, 1)
	go func() {
		ended <- startVerb(t.Context(), nil, v, "connect", "--url", a.OrganizationURL, "--project", "Tooling", "--load", "tests", "--history", "1m",
			"--authority", a.Authority+"/"+identity.LumenTenantID, "--client-id", a.ClientID, "--expect", "mira.okafor@lumen.example")
	}()
	var link []string
	waitFor(t, "the address", func() bool {
		link = regexp.MustCompile(`Sign in: (http://localhost:\S+)`).FindStringSubmatch(v.diag.String())
		return link != nil || len(ended) > 0
	})
	if link == nil {
		t.Fatalf("no address was printed: %s", v.diag)
	}
	signInAs(t, link[1], "mira.okafor@lumen.example")
	v.status = <-ended
	made := answer[struct{ Identity desktop.IdentityView }](t, v)
	if made.Identity.Address != "mira.okafor@lumen.example" || made.Identity.Kind != "work" {
		t.Errorf("%+v", made.Identity)
	}
	if d := v.diag.String(); !strings.Contains(d, "Signed in as Mira Okafor (mira.okafor@lumen.example) to organization ") || strings.Contains(d, "code=") {
		t.Errorf("said: %s", d)
	}
}

func TestASignalEndsAVerbThatWaitsForATokenOrAPerson(t *testing.T) {
	a := sample(t)
	command(t, t.TempDir())
	for name, args := range map[string][]string{
		"token":  {"--token-stdin"},
		"person": {"--authority", a.Authority + "/" + identity.LumenTenantID, "--client-id", a.ClientID},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, signal := context.WithTimeout(t.Context(), 500*time.Millisecond)
			defer signal()
			began := time.Now()
			v := runVerb(ctx, silent{t.Context().Done()}, append([]string{"connect", "--url", a.OrganizationURL, "--project", "*"}, args...)...)
			if v.status != 1 || time.Since(began) > 20*time.Second || v.out.String() != "" {
				t.Errorf("status %d after %v: %s", v.status, time.Since(began), v.diag)
			}
		})
	}
}

func TestASignalWhileLoadingLeavesADatasetThatGoesOn(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	command(t, dir)
	ctx, signal := context.WithCancel(t.Context())
	defer signal()
	v := verb{out: &output{}, diag: &output{}}
	var pages atomic.Int32
	wire(t, &a, func(r *http.Request) { // the signal comes when some pages of the history are in
		if strings.Contains(r.URL.Path, "/reporting/workitemrevisions") && pages.Add(1) == 4 {
			signal()
			<-r.Context().Done()
		}
	})
	v.status = startVerb(ctx, stdin(a.PersonalAccessToken), v, "connect", "--url", a.OrganizationURL, "--project", "Lumen Mobile", "--token-stdin", "--name", "Cut", "--load", "workItems")
	if v.status != 1 || v.out.String() != "" || !strings.Contains(v.diag.String(), "interrupted") {
		t.Fatalf("status %d: %s", v.status, v.diag)
	}
	p, _, done := open(t, dir, false)
	d, err := p.FindDataset(t.Context(), "Cut")
	if err != nil {
		t.Fatal(err)
	}
	if runs := answered[[]desktop.RunView](t)(p.Services().Refreshes.History(d.ID)); len(runs) != 1 || runs[0].Status != "interrupted" {
		t.Errorf("history %+v", runs)
	}
	done()
	if pages.Load() < 4 {
		t.Errorf("the load was cut after %d pages", pages.Load())
	}
	if again := answer[desktop.ProgressView](t, runVerb(t.Context(), nil, "refresh", "Cut")); again.State != "succeeded" {
		t.Errorf("%+v", again)
	}
}

func TestSampleServeAnnouncesItselfInOneLine(t *testing.T) {
	ctx, signal := context.WithCancel(t.Context())
	defer signal()
	v := verb{out: &output{}, diag: &output{}}
	ended := make(chan int, 1)
	go func() {
		ended <- startVerb(ctx, nil, v, "sample", "serve", "--addr", "127.0.0.1:0", "--seed", "3", "--data-dir", t.TempDir(), "--json")
	}()
	waitFor(t, "the line", func() bool { return strings.HasSuffix(v.out.String(), "\n") || len(ended) > 0 })
	var a struct {
		OrganizationURL, Authority, ClientID, PersonalAccessToken string
		People                                                    []struct{ UserName, Password string }
	}
	if err := json.Unmarshal([]byte(v.out.String()), &a); err != nil || strings.Count(v.out.String(), "\n") != 1 || a.OrganizationURL == "" || a.PersonalAccessToken == "" || len(a.People) < 3 {
		t.Errorf("%v: %s", err, v.out)
	}
	signal()
	if status := <-ended; status != 0 {
		t.Errorf("status %d: %s", status, v.diag)
	}
}

func TestServePrintsAnAddressThatOpensThePage(t *testing.T) {
	command(t, t.TempDir())
	ctx, signal := context.WithCancel(t.Context())
	defer signal()
	v := verb{out: &output{}, diag: &output{}}
	ended := make(chan int, 1)
	go func() { ended <- startVerb(ctx, nil, v, "serve", "--json") }()
	waitFor(t, "the address", func() bool { return strings.HasSuffix(v.out.String(), "\n") || len(ended) > 0 })
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	page, err := client.Get(strings.TrimSpace(strings.TrimPrefix(v.out.String(), "Open ")))
	if err != nil {
		t.Fatal(err)
	}
	defer page.Body.Close()
	if b, err := io.ReadAll(page.Body); err != nil || page.StatusCode != http.StatusOK || !strings.Contains(string(b), "page") {
		t.Errorf("%d %s %v", page.StatusCode, b, err)
	}
	signal()
	if status := <-ended; status != 0 {
		t.Errorf("status %d: %s", status, v.diag)
	}
}

var (
	formShape      = regexp.MustCompile(`(?s)<form\b([^>]*)>.*?</form>`)
	inputShape     = regexp.MustCompile(`<input\b[^>]*>`)
	attributeShape = regexp.MustCompile(`([a-z-]+)="([^"]*)"`)
)

func attributes(tag string) map[string]string {
	all := map[string]string{}
	for _, m := range attributeShape.FindAllStringSubmatch(tag, -1) {
		all[m[1]] = html.UnescapeString(m[2])
	}
	return all
}

// signInAs does what a person does behind the link: name and password, then Accept on the page that lists
// the permissions.
func signInAs(t *testing.T, link, email string) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, Timeout: 30 * time.Second}
	page, err := browser.Get(link)
	for range 6 {
		if err != nil {
			t.Fatal(err)
		}
		body, readErr := io.ReadAll(page.Body)
		_ = page.Body.Close()
		if readErr != nil {
			t.Fatal(readErr)
		}
		action, fields := theForm(page, string(body))
		switch {
		case strings.HasSuffix(action, "/signin/password"):
			fields.Set("email", email)
			fields.Set("password", identity.SamplePassword)
			fields.Set("do", "signin")
		case strings.HasSuffix(action, "/signin/consent"):
			fields.Set("do", "accept")
		default:
			return
		}
		page, err = browser.PostForm(action, fields)
	}
	t.Fatal("the pages do not end")
}

// theForm is the address and the hidden fields of the form that asks for a password or a consent.
func theForm(page *http.Response, body string) (action string, fields url.Values) {
	for _, m := range formShape.FindAllStringSubmatch(body, -1) {
		target, err := page.Request.URL.Parse(attributes(m[1])["action"])
		if err != nil || !strings.HasSuffix(target.Path, "/signin/password") && !strings.HasSuffix(target.Path, "/signin/consent") {
			continue
		}
		fields := url.Values{}
		for _, tag := range inputShape.FindAllString(m[0], -1) {
			if input := attributes(tag); input["type"] == "hidden" {
				fields.Set(input["name"], input["value"])
			}
		}
		return target.String(), fields
	}
	return "", nil
}
