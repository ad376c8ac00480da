package azdo

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/fault"
)

const oneField = `{"count":1,"value":[{"name":"Title","referenceName":"System.Title","type":"string"}]}`

func TestRequestsCarryTheHeadersOfOfficialClients(t *testing.T) {
	s := newScript(t, jsonAnswer(200, oneField))
	c := s.client(t)
	for range 2 {
		if _, err := c.Fields(t.Context(), "My #1 & Co"); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		"Accept": "application/json;api-version=7.1", "X-Tfs-Fedauthredirect": "Suppress", "Accept-Encoding": "gzip",
		"User-Agent": "Sightline/1.2.3", "Authorization": "Bearer secret-token",
	} {
		if got := s.asked[0].Header.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if a, b := s.asked[0].Header.Get("X-TFS-Session"), s.asked[1].Header.Get("X-TFS-Session"); a == "" || a != b {
		t.Errorf("sessions %q and %q", a, b)
	}
	if got := s.asked[0].URL.EscapedPath(); got != "/contoso/My%20%231%20&%20Co/_apis/wit/fields" {
		t.Errorf("path %q", got)
	}
	s2 := newScript(t, jsonAnswer(200, oneField))
	if _, err := s2.client(t, func(o *Options) { o.FollowSignInRedirect = true }).Fields(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if got := s2.asked[0].Header.Get("X-TFS-FedAuthRedirect"); got != "" {
		t.Errorf("X-TFS-FedAuthRedirect = %q although switched off", got)
	}
}

func TestGzipAndByteOrderMarkAreUnpacked(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte("\xef\xbb\xbf" + oneField + strings.Repeat(" ", 5000)))
	_ = z.Close()
	s := newScript(t, jsonAnswer(200, packed.String(), "Content-Encoding", "gzip"))
	c := s.client(t)
	for range 3 { // readers are kept between answers
		fields, err := c.Fields(t.Context(), "")
		if err != nil || len(fields) != 1 || fields[0].ReferenceName != "System.Title" {
			t.Fatalf("%v, %v", fields, err)
		}
	}
	if got := c.Stats(); got.Requests != 4 || got.Bytes < 3*int64(packed.Len()) || got.Bytes > 3*int64(packed.Len())+100 {
		t.Errorf("stats %+v; the answer has %d bytes on the wire", got, packed.Len())
	}
}

func TestFailuresThatMayPassAreTriedAgain(t *testing.T) {
	cut := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte(oneField[:20]))
	}
	reset := func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			_ = conn.Close()
		}
	}
	stall := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(oneField[:20]))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}
	silent := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	for name, bad := range map[string]func(http.ResponseWriter, *http.Request){
		"truncated JSON":        jsonAnswer(200, oneField[:40]),
		"empty body":            jsonAnswer(200, ""),
		"body cut off":          cut,
		"connection reset":      reset,
		"stalled body":          stall,
		"no answer at all":      silent,
		"500":                   jsonAnswer(500, `{"message":"x"}`),
		"502 without JSON":      jsonAnswer(502, "<html>", "Content-Type", "text/html"),
		"503":                   jsonAnswer(503, ""),
		"200 of a wrong type":   jsonAnswer(200, "<html><title>Welcome</title>", "Content-Type", "text/html"),
		"broken gzip":           jsonAnswer(200, "no gzip", "Content-Encoding", "gzip"),
		"truncated in a string": jsonAnswer(200, oneField[:len(oneField)-8]),
	} {
		t.Run(name, func(t *testing.T) {
			s := newScript(t, bad, bad, jsonAnswer(200, oneField))
			// Long enough for a busy machine to reach the server, whose requests are counted.
			const idle = 400 * time.Millisecond
			// Without kept connections net/http itself never repeats a request.
			fresh := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
			c := s.client(t, func(o *Options) { o.IdleTimeout, o.HTTP = idle, fresh })
			fields, err := c.Fields(t.Context(), "")
			if err != nil || len(fields) != 1 {
				t.Fatalf("%v, %v", fields, err)
			}
			if got := s.requests(); got != 3 {
				t.Errorf("%d requests, want 3", got)
			}
			if want := 1500 * time.Millisecond; s.allSlept() != want {
				t.Errorf("slept %v, want %v", s.slept, want)
			}
			// The same for ever ends in a fault that keeps what was read.
			s = newScript(t, bad)
			_, err = s.client(t, func(o *Options) { o.IdleTimeout, o.Attempts, o.HTTP = idle, 3, fresh }).Fields(t.Context(), "")
			switch fault.CodeOf(err) {
			case fault.Offline, fault.Timeout, fault.BadAnswer:
			default:
				t.Errorf("in the end: %v (%s)", err, fault.CodeOf(err))
			}
			if r := fault.ReportOf(err); !strings.Contains(r.Message, "work item fields") && !strings.Contains(r.Message, "127.0.0.1") || r.Hint == "" {
				t.Errorf("report %+v", r)
			}
			if got := s.requests(); got != 3 {
				t.Errorf("%d attempts, want 3", got)
			}
		})
	}
}

func TestRefusedConnectionsEndSoon(t *testing.T) {
	s := newScript(t, jsonAnswer(200, oneField))
	c := s.client(t)
	s.server.Close()
	_, err := c.Fields(t.Context(), "")
	if !fault.Is(err, fault.Offline) || len(s.slept) != 2 {
		t.Errorf("%v after %v", err, s.slept)
	}
}

func TestRefusalsAreNotTriedAgain(t *testing.T) {
	for _, status := range []int{400, 401, 403, 404, 409, 410} {
		s := newScript(t, jsonAnswer(status, `{"message":"no"}`))
		if _, err := s.client(t).Fields(t.Context(), ""); err == nil || s.requests() != 1 {
			t.Errorf("%d: %v after %d requests", status, err, s.requests())
		}
	}
}

func TestStatusComesBeforeAListShapedBody(t *testing.T) {
	s := newScript(t, jsonAnswer(401, `{"count":0,"value":[]}`, "X-VSS-UserData", ""))
	if got, err := s.client(t).Fields(t.Context(), ""); !fault.Is(err, fault.NotSignedIn) {
		t.Errorf("%v, %v", got, err)
	}
}

type renewing struct {
	renewed atomic.Int32
}

func (r *renewing) Authorize(ctx context.Context, req *http.Request) error {
	return bearer(fmt.Sprint("token", r.renewed.Load())).Authorize(ctx, req)
}

func (r *renewing) Renew(_ context.Context, refused *http.Request) error {
	if refused.Header.Get("Authorization") != "Bearer token0" {
		return fault.New(fault.Internal, "test", "renewed for another token", "")
	}
	r.renewed.Add(1)
	return nil
}

func TestARefusedTokenIsRenewedOnce(t *testing.T) {
	refuse := jsonAnswer(401, "", "X-VSS-UserData", "")
	s := newScript(t, refuse, jsonAnswer(200, oneField))
	r := &renewing{}
	if _, err := s.client(t, func(o *Options) { o.Credential = r }).Fields(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if got := s.asked[1].Header.Get("Authorization"); got != "Bearer token1" {
		t.Errorf("second attempt with %q", got)
	}
	s, r = newScript(t, refuse), &renewing{}
	_, err := s.client(t, func(o *Options) { o.Credential = r }).Fields(t.Context(), "")
	if !fault.Is(err, fault.NotSignedIn) || r.renewed.Load() != 1 || s.requests() != 2 {
		t.Errorf("%v after %d renewals and %d requests", err, r.renewed.Load(), s.requests())
	}
}

func TestAuthorizationNeverLeavesTheHost(t *testing.T) {
	var stolen atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		stolen.Add(1)
		jsonAnswer(200, oneField)(w, r)
	}))
	defer other.Close()
	elsewhere := strings.Replace(other.URL, "127.0.0.1", "localhost", 1)
	s := newScript(t, jsonAnswer(302, "", "Location", elsewhere+"/contoso/_apis/wit/fields"))
	if _, err := s.client(t).Fields(t.Context(), ""); !fault.Is(err, fault.BadAnswer) {
		t.Errorf("redirect to another host: %v", err)
	}
	// Another port of the same machine is another server too.
	s = newScript(t, jsonAnswer(307, "", "Location", other.URL+"/contoso/_apis/wit/fields"))
	if _, err := s.client(t).Fields(t.Context(), ""); !fault.Is(err, fault.BadAnswer) {
		t.Errorf("redirect to another port: %v", err)
	}
	// Resource areas that name a stranger are not believed.
	areas := fmt.Sprintf(`{"count":1,"value":[{"id":"%s","name":"wit","locationUrl":"%s/contoso/"}]}`, strings.ToUpper(areaWit), elsewhere)
	mux := http.NewServeMux()
	mux.HandleFunc("/contoso/_apis/ResourceAreas", jsonAnswer(200, areas))
	mux.HandleFunc("/contoso/_apis/wit/fields", jsonAnswer(200, oneField))
	server := httptest.NewServer(mux)
	defer server.Close()
	c, err := New(Options{BaseURL: server.URL + "/contoso", Credential: bearer("x")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Fields(t.Context(), ""); err != nil {
		t.Error(err)
	}
	if stolen.Load() != 0 {
		t.Errorf("the other host was asked %d times", stolen.Load())
	}
}

func TestRedirectsWithinTheHostAreFollowed(t *testing.T) {
	s := newScript(t, jsonAnswer(307, "", "Location", "/contoso/renamed/_apis/wit/fields"), jsonAnswer(200, oneField))
	if _, err := s.client(t).Fields(t.Context(), ""); err != nil || s.asked[1].URL.Path != "/contoso/renamed/_apis/wit/fields" {
		t.Errorf("%v, asked %v", err, s.asked)
	}
}

func TestResourceAreasGiveTheBase(t *testing.T) {
	var path atomic.Value
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	defer server.Close()
	mux.HandleFunc("/contoso/_apis/ResourceAreas", jsonAnswer(200, fmt.Sprintf(`{"count":1,"value":[{"id":"%s","name":"wit","locationUrl":"%s/tracking/contoso/"}]}`, areaWit, server.URL)))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { path.Store(r.URL.Path); jsonAnswer(200, oneField)(w, r) })
	c, err := New(Options{BaseURL: server.URL + "/contoso/", Credential: bearer("x")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Fields(t.Context(), "P"); err != nil || path.Load() != "/tracking/contoso/P/_apis/wit/fields" {
		t.Errorf("%v, asked %v", err, path.Load())
	}
	for _, answer := range []http.HandlerFunc{jsonAnswer(200, `{"count":0,"value":[]}`), jsonAnswer(404, "", "Content-Type", "text/plain", "X-VSS-UserData", "")} {
		mux := http.NewServeMux()
		mux.HandleFunc("/contoso/_apis/ResourceAreas", answer)
		mux.HandleFunc("/contoso/P/_apis/wit/fields", jsonAnswer(200, oneField))
		server := httptest.NewServer(mux)
		c, err := New(Options{BaseURL: server.URL + "/contoso", Credential: bearer("x")})
		if err == nil {
			_, err = c.Fields(t.Context(), "P")
		}
		if err != nil {
			t.Errorf("without resource areas: %v", err)
		}
		server.Close()
	}
}

func TestAnOlderServerLowersTheVersion(t *testing.T) {
	tooNew := jsonAnswer(400, `{"$id":"1","message":"The requested REST API version of 7.1 is out of range for this server. The latest REST API version this server supports is 7.0.","typeKey":"VssVersionOutOfRangeException"}`)
	s := newScript(t, tooNew, jsonAnswer(200, oneField))
	c := s.client(t)
	for range 2 {
		if _, err := c.Fields(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.asked[1].Header.Get("Accept"); got != "application/json;api-version=7.0" || s.requests() != 3 {
		t.Errorf("asked with %q, %d requests", got, s.requests())
	}
}

func TestAnotherIdentityStopsBeforeTheBodyIsUsed(t *testing.T) {
	page := `{"values":[{"id":1,"rev":1,"fields":{}}],"continuationToken":"1;1;1","isLastBatch":true}`
	for name, header := range map[string]string{"somebody else": "11111111-1821-6536-a446-928b06348385:bob@contoso.com", "nobody": ""} {
		s := newScript(t, jsonAnswer(200, page), jsonAnswer(200, page, "X-VSS-UserData", header))
		c := s.client(t)
		c.Pin(strings.ToUpper(annID))
		d := NewRevisionDecoder()
		if _, err := c.ReportingRevisions(t.Context(), RevisionsQuery{}, d); err != nil {
			t.Fatalf("as pinned: %v", err)
		}
		p, err := c.ReportingRevisions(t.Context(), RevisionsQuery{}, d)
		if !fault.Is(err, fault.IdentityChanged) || p != nil {
			t.Errorf("%s: %v, %v", name, p, err)
		}
		if m := fault.ReportOf(err).Message; !strings.Contains(m, "ann@contoso.com") {
			t.Errorf("%s: %s", name, m)
		}
	}
}

func TestARefusalOfOneThingIsBelievedOfThePinnedIdentityAlone(t *testing.T) {
	bob := []string{"X-VSS-UserData", "11111111-1821-6536-a446-928b06348385:bob@contoso.com"}
	nobody := []string{"X-VSS-UserData", ""}
	missing := errorJSON("GitRepositoryNotFoundException", "TF401019: The Git repository does not exist or you do not have permissions.")
	for _, test := range []struct {
		name   string
		status int
		body   string
		header []string
		code   fault.Code
	}{
		{"as pinned", 404, missing, nil, fault.Forbidden},
		{"404 as somebody else", 404, missing, bob, fault.IdentityChanged},
		{"404 as nobody", 404, missing, nobody, fault.IdentityChanged},
		{"403 as somebody else", 403, errorJSON("AccessDeniedException", "VS403403: Access denied."), bob, fault.IdentityChanged},
		{"the project as nobody", 404, errorJSON("ProjectDoesNotExistException", "VS800075: The project does not exist."), nobody, fault.IdentityChanged},
		{"a web server before the service", 404, "<html>404</html>", append([]string{"Content-Type", "text/html"}, nobody...), fault.NotFound},
	} {
		s := newScript(t, jsonAnswer(200, oneField), jsonAnswer(test.status, test.body, test.header...))
		c := s.client(t)
		c.Pin(annID)
		if _, err := c.Fields(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		if _, err := c.GitRepository(t.Context(), annID, "web"); fault.CodeOf(err) != test.code {
			t.Errorf("%s: %v (%s)", test.name, err, fault.CodeOf(err))
		}
	}
}

func TestAutoPinTakesTheFirstIdentity(t *testing.T) {
	s := newScript(t, jsonAnswer(200, oneField), jsonAnswer(200, oneField, "X-VSS-UserData", "11111111-1821-6536-a446-928b06348385:bob@contoso.com"))
	c := s.client(t, func(o *Options) { o.AutoPin = true })
	if _, err := c.Fields(t.Context(), ""); err != nil || c.Pinned() != annID {
		t.Fatalf("%v, pinned %q", err, c.Pinned())
	}
	if _, err := c.Fields(t.Context(), ""); !fault.Is(err, fault.IdentityChanged) {
		t.Errorf("%v", err)
	}
}

func TestCancelEndsEveryWait(t *testing.T) {
	s := newScript(t, jsonAnswer(200, oneField, "Retry-After", "300"))
	c := s.client(t, func(o *Options) { o.Sleep = nil; o.Clock = nil })
	if _, err := c.Fields(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := c.Fields(ctx, ""); !fault.Is(err, fault.Timeout) || time.Since(began) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}
