package serve_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"sightline/backend/fault"
	"sightline/backend/serve"
)

// Greeter is a bound struct.
type Greeter struct{}

func (Greeter) Greet(name string, times int) (string, error) {
	if times < 0 {
		return "", errors.New(`{"code":"invalid"}`)
	}
	return strings.Repeat("Hello "+name, times), nil
}

type running struct {
	server *serve.Server
	url    string
	base   string
	stop   func()
	ahead  *atomic.Int64 // how far its clock is ahead of now
}

// pass lets time go by.
func (r running) pass(d time.Duration) { r.ahead.Add(int64(d)) }

func start(t *testing.T) running {
	t.Helper()
	began, ahead := time.Now(), &atomic.Int64{}
	s, err := serve.Listen(serve.Options{
		Clock: func() time.Time { return began.Add(time.Duration(ahead.Load())) },
		Addr:  "127.0.0.1:0", Bound: []any{&Greeter{}}, CSP: "default-src 'none'",
		API: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, "api %s", r.Method) }),
		Pages: fstest.MapFS{
			"index.html":     {Data: []byte("<html><head></head><body>page</body></html>")},
			"assets/app.css": {Data: []byte("body{}")},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("run: %v", err)
		}
	})
	address := s.URL()
	return running{server: s, url: address, base: address[:strings.Index(address, "/?")], stop: cancel, ahead: ahead}
}

func browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, Timeout: 5 * time.Second}
}

func body(t *testing.T, r *http.Response, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func call(t *testing.T, c *http.Client, base, path, args string, header ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, base+path, strings.NewReader(args))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		} else {
			r.Header.Set(header[i], header[i+1])
		}
	}
	answer, err := c.Do(r)
	text := body(t, answer, err)
	return answer.StatusCode, text
}

func TestPrintedAddressLetsOneBrowserInOnce(t *testing.T) {
	s := start(t)
	first := browser(t)
	r, err := first.Get(s.url)
	if page := body(t, r, err); !strings.Contains(page, "page") || !strings.Contains(page, `src="/bridge.js"`) {
		t.Fatalf("the first browser got %q", page)
	}
	if r.Request.URL.RawQuery != "" {
		t.Errorf("the token stayed in the address: %s", r.Request.URL)
	}
	if got := r.Header.Get("Content-Security-Policy"); got != "default-src 'none'" {
		t.Errorf("policy %q", got)
	}
	u, err := url.Parse(s.base)
	if err != nil {
		t.Fatal(err)
	}
	if len(first.Jar.Cookies(u)) != 1 {
		t.Fatal("the first browser has no cookie")
	}
	second := browser(t)
	r, err = second.Get(s.url)
	if body(t, r, err); r.StatusCode != http.StatusForbidden {
		t.Errorf("a second browser with the same address got %d, want 403", r.StatusCode)
	}
	r, err = first.Get(s.base + "/")
	if body(t, r, err); r.StatusCode != http.StatusOK {
		t.Errorf("the first browser came again and got %d", r.StatusCode)
	}
}

func TestCookieIsOutOfReachOfScriptsAndOtherSites(t *testing.T) {
	s := start(t)
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := c.Get(s.url)
	body(t, r, err)
	cookies := r.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode {
		t.Fatalf("cookies %v", cookies)
	}
}

func TestPrintedAddressEndsAfterTenMinutes(t *testing.T) {
	s := start(t)
	s.pass(10 * time.Minute)
	r, err := browser(t).Get(s.url)
	if text := body(t, r, err); r.StatusCode != http.StatusForbidden || !strings.Contains(text, "within ten minutes") {
		t.Errorf("an old address answered %d %q, want 403 and why", r.StatusCode, text)
	}
	fresh := s.server.URL()
	s.pass(10*time.Minute - time.Second)
	r, err = browser(t).Get(fresh)
	if body(t, r, err); r.StatusCode != http.StatusOK {
		t.Errorf("an address of almost ten minutes answered %d", r.StatusCode)
	}
}

func TestCookieLastsAWeekFromItsLastUse(t *testing.T) {
	const week = 7 * 24 * time.Hour
	s := start(t)
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := c.Get(s.url)
	body(t, r, err)
	cookie := r.Cookies()[0]
	if cookie.MaxAge != int(week/time.Second) {
		t.Errorf("the browser may keep the cookie for %d s", cookie.MaxAge)
	}
	// The same cookie comes back whatever the browser was told, as from one that keeps it too long.
	ask := func() (int, []*http.Cookie) {
		q, err := http.NewRequest(http.MethodGet, s.base+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		q.AddCookie(&http.Cookie{Name: cookie.Name, Value: cookie.Value})
		r, err := c.Do(q)
		body(t, r, err)
		return r.StatusCode, r.Cookies()
	}
	if status, renewed := ask(); status != http.StatusOK || len(renewed) != 0 {
		t.Errorf("at once: %d, told again %v", status, renewed)
	}
	for range 3 {
		s.pass(week - time.Second)
		if status, renewed := ask(); status != http.StatusOK || len(renewed) != 1 || renewed[0].Value != cookie.Value || renewed[0].MaxAge != int(week/time.Second) {
			t.Fatalf("before the end: %d, told %v", status, renewed)
		}
	}
	s.pass(week)
	if status, renewed := ask(); status != http.StatusForbidden || len(renewed) != 0 {
		t.Errorf("after a week without use: %d, told %v", status, renewed)
	}
}

// A page that stays open asks this way that its cookie goes on.
func TestAnOpenPageKeepsItsCookie(t *testing.T) {
	s := start(t)
	c := browser(t)
	r, err := c.Get(s.url)
	body(t, r, err)
	s.pass(2 * time.Hour)
	r, err = c.Head(s.base + "/bridge.js")
	body(t, r, err)
	if r.StatusCode != http.StatusOK || len(r.Cookies()) != 1 {
		t.Errorf("%d, told %v", r.StatusCode, r.Cookies())
	}
}

func TestACallIsJSONAndNothingThatAFormCanSend(t *testing.T) {
	s := start(t)
	c := browser(t)
	r, err := c.Get(s.url)
	body(t, r, err)
	for kind, want := range map[string]int{
		"application/json": 200, "application/json; charset=utf-8": 200, "": 415, "text/plain": 415,
		"application/x-www-form-urlencoded": 415, "multipart/form-data; boundary=x": 415, "text/plain; application/json": 415,
	} {
		if status, text := call(t, c, s.base, "/call/Greeter/Greet", `["Ann",1]`, "Content-Type", kind); status != want {
			t.Errorf("%q: %d %s, want %d", kind, status, text, want)
		}
	}
}

func TestCallsReachBoundMethods(t *testing.T) {
	s := start(t)
	c := browser(t)
	r, err := c.Get(s.url)
	body(t, r, err)
	for name, tc := range map[string]struct {
		path, args string
		status     int
		want       string
	}{
		"result":             {"/call/Greeter/Greet", `["Ann",2]`, 200, `{"result":"Hello AnnHello Ann"}`},
		"error":              {"/call/Greeter/Greet", `["Ann",-1]`, 200, `{"error":"{\"code\":\"invalid\"}"}`},
		"unknown method":     {"/call/Greeter/Shout", `[]`, 404, ""},
		"too few arguments":  {"/call/Greeter/Greet", `["Ann"]`, 400, ""},
		"wrong type":         {"/call/Greeter/Greet", `[5,1]`, 400, ""},
		"arguments not list": {"/call/Greeter/Greet", `{"a":1}`, 400, ""},
	} {
		t.Run(name, func(t *testing.T) {
			status, text := call(t, c, s.base, tc.path, tc.args)
			if status != tc.status || tc.want != "" && strings.TrimSpace(text) != tc.want {
				t.Errorf("got %d %s, want %d %s", status, text, tc.status, tc.want)
			}
		})
	}
}

func TestWhatDoesNotFitACallGoesThroughTheAPI(t *testing.T) {
	s := start(t)
	c := browser(t)
	r, err := c.Get(s.url)
	body(t, r, err)
	if status, text := call(t, c, s.base, "/api/attempts/1/token", "secret"); status != 200 || text != "api POST" {
		t.Errorf("got %d %q", status, text)
	}
	if status, _ := call(t, browser(t), s.base, "/api/attempts/1/token", "secret"); status != http.StatusForbidden {
		t.Errorf("without the cookie: got %d, want 403", status)
	}
}

func TestForeignRequestsAreRefused(t *testing.T) {
	s := start(t)
	c := browser(t)
	r, err := c.Get(s.url)
	body(t, r, err)
	for name, header := range map[string][]string{
		"another origin":     {"Origin", "http://evil.example"},
		"null origin":        {"Origin", "null"},
		"another site":       {"Sec-Fetch-Site", "cross-site"},
		"rebound host":       {"Host", "evil.example"},
		"rebound host, port": {"Host", "evil.example:" + s.base[strings.LastIndex(s.base, ":")+1:]},
	} {
		t.Run(name, func(t *testing.T) {
			if status, text := call(t, c, s.base, "/call/Greeter/Greet", `["Ann",1]`, header...); status != http.StatusForbidden {
				t.Errorf("got %d %s, want 403", status, text)
			}
		})
	}
	if status, _ := call(t, browser(t), s.base, "/call/Greeter/Greet", `["Ann",1]`); status != http.StatusForbidden {
		t.Errorf("without the cookie: got %d, want 403", status)
	}
}

func TestOnlyTheLoopbackIsServed(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "nonsense"} {
		if _, err := serve.Listen(serve.Options{Addr: addr, Pages: fstest.MapFS{}}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v, want a refusal", addr, err)
		}
	}
}

func TestEventsArriveInOrder(t *testing.T) {
	s := start(t)
	c := browser(t)
	c.Timeout = 0
	r, err := c.Get(s.url)
	body(t, r, err)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := c.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	lines := bufio.NewScanner(stream.Body)
	if !lines.Scan() || !strings.HasPrefix(lines.Text(), "retry") {
		t.Fatalf("the stream begins with %q", lines.Text())
	}
	for i := range 100 {
		s.server.Emit("tick", map[string]int{"n": i})
	}
	next := 0
	for next < 100 && lines.Scan() {
		text, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var e struct {
			Name string
			Data struct{ N int }
		}
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			t.Fatal(err)
		}
		if e.Name != "tick" || e.Data.N != next {
			t.Fatalf("event %+v, want tick %d", e, next)
		}
		next++
	}
	if next != 100 {
		t.Fatalf("%d events arrived: %v", next, lines.Err())
	}
}
