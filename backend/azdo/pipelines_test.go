package azdo

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
)

// The real answers of the other tests are also decoded into the types of pipelines and tests.
func init() {
	for route, decode := range map[string]func() any{
		`(?i)/_apis/build/builds$`: func() any { return &list[Build]{} }, `(?i)/_apis/build/builds/\d+$`: func() any { return &Build{} },
		`(?i)/_apis/build/definitions$`: func() any { return &list[Definition]{} }, `(?i)/_apis/build/definitions/\d+$`: func() any { return &Definition{} },
		`(?i)/_apis/test/runs$`: func() any { return &list[TestRun]{} }, `(?i)/_apis/test/runs/\d+$`: func() any { return &TestRun{} },
	} {
		decodings = append(decodings, struct {
			route  *regexp.Regexp
			decode func() any
		}{regexp.MustCompile(route), decode})
	}
}

func TestBuildsAreAskedForAsTheServiceWantsIt(t *testing.T) {
	s := newScript(t, jsonAnswer(200, `{"count":0,"value":[]}`, "X-MS-ContinuationToken", "2026-04-01T07:00:00.1275996Z"))
	c := s.client(t)
	page, err := c.Builds(t.Context(), BuildsQuery{Project: "p 1", QueryOrder: FinishTimeAscending, StatusFilter: BuildsCompleted,
		MinTime: time.Date(2026, 4, 1, 9, 0, 0, 127_599_600, time.FixedZone("", 7200)), ContinuationToken: "a+b"})
	if err != nil || page.ContinuationToken != "2026-04-01T07:00:00.1275996Z" || len(page.Builds) != 0 {
		t.Errorf("%+v, %v", page, err)
	}
	if _, err := c.Builds(t.Context(), BuildsQuery{Project: "p", IDs: []int{3, 5}}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Deployments(t.Context(), DeploymentsQuery{Project: "p", MinModified: time.Unix(0, 0), ContinuationToken: "7"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.TestRuns(t.Context(), TestRunsQuery{Project: "p", Min: time.Unix(0, 0), Max: time.Unix(604800, 0)}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Definitions(t.Context(), "p", "x"); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		"/contoso/p%201/_apis/build/builds?$top=1000&continuationToken=a+b&minTime=2026-04-01T07:00:00.1275996Z&queryOrder=finishTimeAscending&statusFilter=completed",
		"/contoso/p/_apis/build/builds?$top=1000&buildIds=3,5",
		"/contoso/p/_apis/release/deployments?$top=100&continuationToken=7&minModifiedTime=1970-01-01T00:00:00Z&queryOrder=ascending",
		"/contoso/p/_apis/test/runs?$top=100&includeRunDetails=true&maxLastUpdatedDate=1970-01-08T00:00:00Z&minLastUpdatedDate=1970-01-01T00:00:00Z",
		"/contoso/p/_apis/build/definitions?$top=1000&continuationToken=x&queryOrder=definitionNameAscending",
	} {
		got := strings.NewReplacer("%24", "$", "%3A", ":", "%2C", ",", "%2B", "+").Replace(s.asked[i].URL.RequestURI())
		if got != want {
			t.Errorf("request %d\n got %s\nwant %s", i, got, want)
		}
	}
}

func TestABuildThatIsNotThereIsNoFaultButOneThatMayNotBeReadIs(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		found  bool
		code   fault.Code
	}{
		"there":                  {jsonAnswer(200, `{"id":7,"status":"completed"}`), true, ""},
		"deleted by retention":   {jsonAnswer(404, `{"message":"The requested build 7 could not be found.","typeKey":"BuildNotFoundException"}`), false, ""},
		"refused":                {jsonAnswer(403, `{"message":"TF215106: Access denied.","typeKey":"AccessDeniedException"}`), false, fault.Forbidden},
		"its project is gone":    {jsonAnswer(404, `{"message":"TF200016: The following project does not exist: p","typeKey":"ProjectDoesNotExistWithNameException"}`), false, fault.ProjectGone},
		"the route is not known": {jsonAnswer(404, `{"message":"The controller for path '/p' was not found or does not implement IController."}`), false, fault.NotFound},
		"an answer to nobody":    {jsonAnswer(404, `{"message":"no"}`, "X-VSS-UserData", ""), false, fault.NotFound},
	} {
		_, found, err := newScript(t, c.answer).client(t).Build(t.Context(), "p", 7)
		if found != c.found || (err != nil) != (c.code != "") || err != nil && !fault.Is(err, c.code) {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
}

func TestABuildWithoutATimelineIsNoFault(t *testing.T) {
	bare := func(status int, kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-VSS-UserData", annID+":ann@contoso.com")
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}
	for name, answer := range map[string]http.HandlerFunc{
		"204": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-VSS-UserData", annID+":ann@contoso.com")
			w.WriteHeader(204)
		},
		"empty body": bare(200, "application/json", ""), "only a line end": bare(200, "application/json; charset=utf-8", "\r\n"), "plain text": bare(200, "text/plain; charset=utf-8", "nothing here"),
		"null": jsonAnswer(200, "null"), "404": jsonAnswer(404, `{"message":"The requested build could not be found."}`),
	} {
		s := newScript(t, answer)
		got, err := s.client(t).Timeline(t.Context(), "p", 7)
		if err != nil || len(got.Records) != 0 || len(s.asked) != 1 {
			t.Errorf("%s: %+v, %v after %d requests", name, got, err, len(s.asked))
		}
	}
	// What is broken on the way is asked for again, and never taken for "none".
	broken := newScript(t, jsonAnswer(200, `{"records":[{"id":"a"`), bare(200, "text/html", "<html>"), jsonAnswer(503, ""), jsonAnswer(200, `{"records":[{"id":"a","type":"Job","startTime":"0001-01-01T00:00:00","order":null,"errorCount":2}]}`))
	got, err := broken.client(t).Timeline(t.Context(), "p", 7)
	if err != nil || len(got.Records) != 1 || got.Records[0].ErrorCount != 2 || !got.Records[0].StartTime.IsZero() || len(broken.asked) != 4 {
		t.Errorf("%+v, %v after %d requests", got, err, len(broken.asked))
	}
}

func TestReleasesAreAskedForAtTheirOwnHost(t *testing.T) {
	// In the way of vsrm.dev.azure.com: another base, which the resource areas name.
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		body := `{"count":1,"value":[{"id":5,"release":{"id":9,"name":"R9"},"deploymentStatus":8,"attempt":"2"}]}`
		if strings.HasSuffix(r.URL.Path, "/ResourceAreas") {
			body = `{"count":1,"value":[{"id":"EFC2F575-36EF-48E9-B672-0C6FB4A48AC5","name":"Release","locationUrl":"http://` + r.Host + `/vsrm/contoso/"}]}`
		}
		jsonAnswer(200, body)(w, r)
	}))
	t.Cleanup(server.Close)
	c, err := New(Options{BaseURL: server.URL + "/contoso", Credential: bearer("t")})
	if err != nil {
		t.Fatal(err)
	}
	page, err := c.Deployments(t.Context(), DeploymentsQuery{Project: "p"})
	if err != nil || len(page.Deployments) != 1 || asked[1] != "/vsrm/contoso/p/_apis/release/deployments" || page.At.IsZero() {
		t.Fatalf("%+v, %v, asked %q", page, err, asked)
	}
	if d := page.Deployments[0]; d.DeploymentStatus != "8" || d.Attempt != 2 || d.Release.ID != 9 {
		t.Errorf("%+v", d)
	}
}
