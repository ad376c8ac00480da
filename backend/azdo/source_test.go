package azdo

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
)

// Real answers of source control decode without loss, too (TestRecordingsDecodeWithoutLoss, TestExamplesDecodeWithoutLoss).
func init() {
	add := func(route string, decode func() any) {
		decodings = append(decodings, struct {
			route  *regexp.Regexp
			decode func() any
		}{regexp.MustCompile(route), decode})
	}
	add(`(?i)/git/repositories$`, func() any { return &list[GitRepository]{} })
	add(`(?i)/git/repositories/[^/]+/refs$`, func() any { return &list[GitRef]{} })
	add(`(?i)/git/repositories/[^/]+/commits$`, func() any { return &list[GitCommit]{} })
	add(`(?i)/git/repositories/[^/]+/pushes$`, func() any { return &list[GitPush]{} })
	add(`(?i)/git/(repositories/[^/]+/)?pullrequests$`, func() any { return &list[PullRequest]{} })
	add(`(?i)/git/(repositories/[^/]+/)?pullrequests/[^/]+$`, func() any { return &PullRequest{} })
	add(`(?i)/pullrequests/[^/]+/reviewers$`, func() any { return &list[Reviewer]{} })
	add(`(?i)/pullrequests/[^/]+/threads$`, func() any { return &list[Thread]{} })
	add(`(?i)/tfvc/changesets$`, func() any { return &list[Changeset]{} })
	add(`(?i)/tfvc/changesets/[0-9]+$`, func() any { return &Changeset{} })
	add(`(?i)/tfvc/branches$`, func() any { return &list[TFVCBranch]{} })
}

var testRepository = RepositoryRef{Project: "p-1", ProjectName: "Harbor & Co", ID: "r-1", Name: "web"}

func TestSourceControlAsksAsDocumented(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600))
	empty := jsonAnswer(200, `{"value":[],"count":0}`)
	for name, c := range map[string]struct {
		ask  func(*Client) error
		want string
	}{
		"repositories": {func(c *Client) error { _, err := c.GitRepositories(t.Context(), "p-1", "P"); return err }, "/p-1/_apis/git/repositories"},
		"branches":     {func(c *Client) error { _, err := c.GitBranches(t.Context(), testRepository); return err }, "/p-1/_apis/git/repositories/r-1/refs?$top=1000&filter=heads/"},
		"commits": {func(c *Client) error {
			_, err := c.GitCommits(t.Context(), CommitsQuery{Repository: testRepository, Reachable: "abc", FromDate: at, Skip: 1000})
			return err
		}, "/p-1/_apis/git/repositories/r-1/commits?searchCriteria.$skip=1000&searchCriteria.$top=1000&searchCriteria.fromDate=2026-01-02T02:04:05Z&searchCriteria.itemVersion.version=abc&searchCriteria.itemVersion.versionType=commit"},
		"pushes": {func(c *Client) error {
			_, err := c.GitPushes(t.Context(), PushesQuery{Repository: testRepository, FromDate: at})
			return err
		}, "/p-1/_apis/git/repositories/r-1/pushes?$top=1000&searchCriteria.fromDate=2026-01-02T02:04:05Z&searchCriteria.includeRefUpdates=true"},
		"pull requests": {func(c *Client) error {
			_, err := c.PullRequests(t.Context(), PullRequestsQuery{Project: "p-1", Status: "all", Range: ClosedRange, From: at, Skip: 101})
			return err
		}, "/p-1/_apis/git/pullrequests?$skip=101&$top=1000&searchCriteria.minTime=2026-01-02T02:04:05Z&searchCriteria.queryTimeRangeType=closed&searchCriteria.status=all"},
		"active pull requests": {func(c *Client) error {
			_, err := c.PullRequests(t.Context(), PullRequestsQuery{Project: "p-1", Status: "active"})
			return err
		}, "/p-1/_apis/git/pullrequests?$top=1000&searchCriteria.status=active"},
		"threads": {func(c *Client) error { _, err := c.Threads(t.Context(), testRepository, 7); return err }, "/p-1/_apis/git/repositories/r-1/pullRequests/7/threads"},
		"changesets": {func(c *Client) error {
			_, err := c.Changesets(t.Context(), ChangesetsQuery{Project: "p-1", FromID: 5})
			return err
		}, "/p-1/_apis/tfvc/changesets?$orderby=id asc&$top=1000&maxCommentLength=2000&searchCriteria.fromId=5"},
		"changes":       {func(c *Client) error { _, err := c.ChangesetChanges(t.Context(), 5); return err }, "/_apis/tfvc/changesets/5/changes?$top=1000"},
		"TFVC branches": {func(c *Client) error { _, err := c.TFVCBranches(t.Context(), "p-1", "P"); return err }, "/p-1/_apis/tfvc/branches?includeChildren=true&includeDeleted=true"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScript(t, empty)
			if err := c.ask(s.client(t)); err != nil {
				t.Fatal(err)
			}
			got, _ := url.QueryUnescape(strings.TrimPrefix(s.asked[0].URL.RequestURI(), "/contoso"))
			if got != c.want {
				t.Errorf("asked\n%s, want\n%s", got, c.want)
			}
		})
	}
}

func TestAShortPageIsTheLastOnlyBelowTheDefault(t *testing.T) {
	rows := func(n int) string {
		return `{"value":[` + strings.TrimSuffix(strings.Repeat(`{"pullRequestId":1},`, n), ",") + `],"count":` + strconv.Itoa(n) + `}`
	}
	for n, last := range map[int]bool{0: true, 100: true, 101: false, 500: false, 1000: false} {
		s := newScript(t, jsonAnswer(200, rows(n)))
		page, err := s.client(t).PullRequests(t.Context(), PullRequestsQuery{Project: "p", Status: "active"})
		if err != nil || len(page.Rows) != n || page.Last != last {
			t.Errorf("%d pull requests: %d rows, last %v, %v", n, len(page.Rows), page.Last, err)
		}
	}
	for n, last := range map[int]bool{99: true, 100: false} {
		s := newScript(t, jsonAnswer(200, rows(n)))
		if page, err := s.client(t).GitCommits(t.Context(), CommitsQuery{Repository: testRepository, Reachable: "a"}); err != nil || page.Last != last {
			t.Errorf("%d commits: last %v, %v", n, page.Last, err)
		}
	}
}

func TestBranchesArePagedByTokenUntilNoneComes(t *testing.T) {
	ref := func(n int) string {
		return `{"name":"refs/heads/b` + strconv.Itoa(n) + `","objectId":"` + strings.Repeat("A", 40) + `"}`
	}
	s := newScript(t,
		jsonAnswer(200, `{"value":[`+ref(1)+`,`+ref(2)+`],"count":2}`, "X-MS-ContinuationToken", "t1"),
		jsonAnswer(200, `{"value":[`+ref(2)+`,`+ref(3)+`],"count":2}`, "x-ms-continuationtoken", "t2"),
		jsonAnswer(200, `{"value":[],"count":0}`))
	refs, err := s.client(t).GitBranches(t.Context(), testRepository)
	if err != nil || len(refs) != 3 || s.requests() != 3 || s.asked[2].URL.Query().Get("continuationToken") != "t2" {
		t.Errorf("%d refs in %d requests, %v", len(refs), s.requests(), err)
	}
	s = newScript(t, jsonAnswer(200, `{"value":[`+ref(1)+`],"count":1}`, "x-ms-continuationtoken", "same"))
	if _, err := s.client(t).GitBranches(t.Context(), testRepository); !fault.Is(err, fault.BadAnswer) || !strings.Contains(err.Error(), "again and again") {
		t.Errorf("a token that repeats gave %v", err)
	}
}

func TestChangesOfAChangesetOverPages(t *testing.T) {
	change := func(i int) string { return `{"item":{"path":"$/P/f` + strconv.Itoa(i) + `"},"changeType":"edit"}` }
	page := func(from, to int) string {
		var rows []string
		for i := from; i < to; i++ {
			rows = append(rows, change(i))
		}
		return `{"count":1,"value":[` + strings.Join(rows, ",") + `]}`
	}
	for name, steps := range map[string][]func(http.ResponseWriter, *http.Request){
		"by token":                {jsonAnswer(200, page(0, 150), "x-ms-continuationtoken", "n"), jsonAnswer(200, page(150, 160))},
		"by skip":                 {jsonAnswer(200, page(0, 100)), jsonAnswer(200, page(100, 160))},
		"by skip, full page":      {jsonAnswer(200, page(0, 160)), jsonAnswer(200, `{"count":0,"value":[]}`)},
		"a server without skip":   {jsonAnswer(200, page(0, 160)), jsonAnswer(200, page(0, 160))},
		"a token with the last":   {jsonAnswer(200, page(0, 160), "x-ms-continuationtoken", "n"), jsonAnswer(200, `{"count":0,"value":[]}`, "x-ms-continuationtoken", "n")},
		"more than was asked for": {jsonAnswer(200, page(0, 160)), jsonAnswer(200, page(160, 160))},
	} {
		s := newScript(t, steps...)
		got, err := s.client(t).ChangesetChanges(t.Context(), 5)
		if err != nil || len(got) != 160 || s.requests() != 2 {
			t.Errorf("%s: %d changes in %d requests, %v", name, len(got), s.requests(), err)
		}
	}
}

func TestPullRequestsInAllTheirForms(t *testing.T) {
	var p PullRequest
	for text, want := range map[string]PullRequestStatus{`"active"`: "active", `1`: "active", `2`: "abandoned", `3`: "completed", `null`: "", `9`: "9"} {
		if err := unmarshal([]byte(`{"pullRequestId":7,"status":`+text+`}`), &p); err != nil || p.Status != want {
			t.Errorf("status %s = %q, %v", text, p.Status, err)
		}
	}
	// An abandoned one as it was recorded, with a reviewer without descriptor and an odd date.
	err := unmarshal([]byte(`{"repository":{"id":"R","project":{"id":"P","state":"unchanged","lastUpdateTime":"0001-01-01T00:00:00"}},"pullRequestId":57,"status":"abandoned","mergeStatus":3,
		"creationDate":"2025-01-10T12:23:52.6038843","closedDate":"2025-01-10T12:23:55.6039017Z","createdBy":{"id":"A","displayName":"Ann"},
		"reviewers":[{"vote":-5,"hasDeclined":true,"isRequired":true,"id":"B","displayName":"Bob","uniqueName":"bob@x"},{"vote":10,"id":"T","displayName":"[P]\\Team","isContainer":true}],"labels":[{"id":"1","name":"docs"}]}`), &p)
	if err != nil || p.ClosedBy != nil || p.MergeStatus != "succeeded" || p.LastMergeSourceCommit != nil || p.CreationDate.Nanosecond() != 603884300 || p.Labels[0].Name != "docs" {
		t.Fatalf("%+v, %v", p, err)
	}
	if r := p.Reviewers; len(r) != 2 || r[0].ID != "B" || r[0].UniqueName != "bob@x" || r[0].Vote != -5 || !r[0].HasDeclined || !r[0].IsRequired || !r[1].IsContainer || r[1].Vote != 10 {
		t.Errorf("reviewers %+v", p.Reviewers)
	}
}

func TestChangeTypesAsNamesAndAsBits(t *testing.T) {
	for text, want := range map[string]ChangeType{`"merge, edit"`: "merge, edit", `130`: "edit, merge", `17`: "add, delete", `0`: ""} {
		var got ChangeType
		if err := unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s = %q, %v", text, got, err)
		}
	}
}

func TestTimeFiltersOfPullRequestsComeWith71(t *testing.T) {
	s := newScript(t, jsonAnswer(200, `{}`))
	for version, want := range map[string]bool{"6.0": false, "7.0": false, "7.1": true, "7.2": true, "8.0": true} {
		if got := s.client(t, func(o *Options) { o.APIVersion = version }).PullRequestTimes(); got != want {
			t.Errorf("%s: %v", version, got)
		}
	}
}

func FuzzSourceControlDecoders(f *testing.F) {
	for _, seed := range []string{
		`{"value":[{"commitId":"a","author":{"date":"2018-06-15T17:06:53Z"},"changeCounts":{"Add":1}}],"count":1}`, `{"value":[{"pullRequestId":1,"status":2,"reviewers":[{"vote":10,"id":"x"}]}]}`,
		`{"value":[null,{"properties":{"CodeReviewVoteResult":{"$value":"10"}},"comments":[{"commentType":3}]}]}`, `[{"changeType":130,"item":{"size":1}}]`, `{"value":[{"path":"$/A","children":[{"path":"$/B"}]}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, v := range []any{&list[GitCommit]{}, &list[GitPush]{}, &list[PullRequest]{}, &list[*Thread]{}, &list[Changeset]{}, &list[TFVCChange]{}, &list[TFVCBranch]{}} {
			if unmarshal(body, v) != nil {
				continue
			}
			if threads, ok := v.(*list[*Thread]); ok {
				for _, th := range threads.all() {
					if th != nil && th.Property("CodeReviewVoteResult") == "null" {
						t.Error("a missing vote is a text")
					}
				}
			}
		}
	})
}
