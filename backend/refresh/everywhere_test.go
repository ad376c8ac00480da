package refresh_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/sampleorg"
	"sightline/backend/sampleorg/rest"
)

// places are requests of every part of a refresh with the rows that their answers would become.
var places = []struct {
	path    string // part of the path, in small letters
	content devops.Content
	rows    []devops.Entity
}{
	{"/_apis/projects/", "", []devops.Entity{devops.Projects}},
	{"/wit/fields", "", []devops.Entity{devops.Fields}},
	{"/teamsettings/teamfieldvalues", "", []devops.Entity{devops.Teams}},
	{"/work/boards", devops.WorkItemsContent, []devops.Entity{devops.Boards, devops.Capacities}},
	{"/capacities", devops.WorkItemsContent, []devops.Entity{devops.Capacities}},
	{"/reporting/workitemrevisions", devops.WorkItemsContent, []devops.Entity{devops.Revisions, devops.Links}},
	{"/reporting/workitemlinks", devops.WorkItemsContent, []devops.Entity{devops.Links}},
	{"/wit/wiql", devops.WorkItemsContent, []devops.Entity{devops.Destroyed}},
	{"/git/repositories", devops.GitContent, []devops.Entity{devops.Repositories, devops.Commits}},
	{"/refs", devops.GitContent, []devops.Entity{devops.Branches, devops.Commits}},
	{"/pushes", devops.GitContent, []devops.Entity{devops.Pushes}},
	{"/commits", devops.GitContent, []devops.Entity{devops.Commits}},
	{"/git/pullrequests", devops.PullRequestsContent, []devops.Entity{devops.PullRequests, devops.Reviews}},
	{"/threads", devops.PullRequestsContent, []devops.Entity{devops.Reviews}},
	{"/build/definitions", devops.PipelinesContent, []devops.Entity{devops.Definitions, devops.Builds}},
	{"/build/builds", devops.PipelinesContent, []devops.Entity{devops.Builds, devops.Timelines}},
	{"/timeline", devops.PipelinesContent, []devops.Entity{devops.Timelines}},
	{"/release/deployments", devops.PipelinesContent, []devops.Entity{devops.Deployments}},
	{"/test/runs", devops.TestsContent, []devops.Entity{devops.TestRuns}},
	{"/tfvc/changesets", devops.TFVCContent, []devops.Entity{devops.Changesets, devops.ChangedFiles}},
	{"/tfvc/branches", devops.TFVCContent, []devops.Entity{devops.TFVCBranches}},
}

// withEverything is the pattern of two projects that have everything between them: TFVC the one, pull requests
// the other.
func withEverything(t *testing.T, s *sampleorg.Server) []devops.ProjectPattern {
	t.Helper()
	c := sampleClient(t, s)
	_, projects, err := refresh.Probe(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	tfvc, pulls := "", ""
	for _, p := range projects {
		detail, err := c.Project(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if tfvc == "" && strings.EqualFold(detail.Capabilities.VersionControl.TfvcEnabled, "true") {
			tfvc = p.Name
			continue
		}
		if page, err := c.PullRequests(t.Context(), azdo.PullRequestsQuery{Project: p.ID, Status: "all"}); err == nil && len(page.Rows) > 3 && pulls == "" {
			pulls = p.Name
		}
	}
	if tfvc == "" || pulls == "" {
		t.Fatalf("TFVC %q, pull requests %q", tfvc, pulls)
	}
	return patterns(t, tfvc, pulls)
}

// lately makes a load of the last two months of the sample, which is short.
func lately(o *refresh.Options) {
	o.Selection.HistoryMonths, o.Clock = 2, func() time.Time { return sampleToday }
}

func TestAnotherIdentityInAnyPartStopsBeforeARowOfItIsStored(t *testing.T) {
	s := shortLife(t)
	one := withEverything(t, s)
	for _, place := range places {
		d := openStore(t) // of its own: what runs beside a refused part may go through, and is not due again soon
		for name, kind := range map[string]*rest.Fault{"somebody else": rest.SomebodyElse(bobID, "bob@lumen.example"), "nobody": rest.Anonymous()} {
			var hits atomic.Int64
			s.Faults().Set(func(r *http.Request) *rest.Fault {
				if strings.Contains(strings.ToLower(r.URL.Path), place.path) {
					hits.Add(1)
					return kind
				}
				return nil
			})
			sum, err := loadSample(t, s, d, func(o *refresh.Options) {
				lately(o)
				o.Patterns, o.Selection.Contents = one, []devops.Content{}
				if place.content != "" {
					o.Selection.Contents = []devops.Content{place.content}
				}
			})
			if !fault.Is(err, fault.IdentityChanged) {
				t.Errorf("%s at %s: %v (%s)", name, place.path, err, fault.CodeOf(err))
			}
			for _, e := range place.rows {
				if sum.Counts[e] != 0 {
					t.Errorf("%s at %s: %d %s stored", name, place.path, sum.Counts[e], e)
				}
			}
			if hits.Load() == 0 || hits.Load() > 12 {
				t.Errorf("%s at %s: asked %d times", name, place.path, hits.Load())
			}
		}
	}
	s.Faults().Set(nil)
}

// counting counts requests under way, from the first byte sent to the end of the answer.
type counting struct {
	http.RoundTripper
	mu               sync.Mutex
	now, most        int
	feeds, mostFeeds int
	unnamed, all     int // requests without a name, and all
}

func (c *counting) RoundTrip(r *http.Request) (*http.Response, error) {
	feed := strings.Contains(strings.ToLower(r.URL.Path), "/reporting/")
	c.mu.Lock()
	c.all++
	c.now++
	c.most = max(c.most, c.now)
	if feed {
		c.feeds++
		c.mostFeeds = max(c.mostFeeds, c.feeds)
	}
	if r.UserAgent() != "Sightline/test" {
		c.unnamed++
	}
	c.mu.Unlock()
	end := func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.now--
		if feed {
			c.feeds--
		}
	}
	answer, err := c.RoundTripper.RoundTrip(r)
	if err != nil {
		end()
		return answer, err
	}
	answer.Body = &closing{answer.Body, sync.OnceFunc(end)}
	return answer, nil
}

type closing struct {
	io.ReadCloser
	end func()
}

func (c *closing) Close() error {
	c.end()
	return c.ReadCloser.Close()
}

func TestAWholeLoadKeepsWithinItsShare(t *testing.T) {
	s := shortLife(t)
	one := withEverything(t, s)
	transport := &counting{RoundTripper: http.DefaultTransport.(*http.Transport).Clone()}
	c := recordedClient(t, s, transport)
	sum, err := loadSample(t, s, openStore(t), func(o *refresh.Options) { lately(o); o.Client, o.Patterns, o.PageSize = c, one, 300 })
	if err != nil || len(sum.Parked)+len(sum.Skipped) != 0 {
		t.Fatalf("%+v, %+v, %v", sum.Parked, sum.Skipped, err)
	}
	if transport.most > 6 || transport.most < 2 || transport.mostFeeds != 1 || transport.unnamed != 0 || sum.Requests != transport.all {
		t.Errorf("at once %d, on the feeds %d, without a name %d; %d requests sent, %d told", transport.most, transport.mostFeeds, transport.unnamed, transport.all, sum.Requests)
	}
	for _, e := range []devops.Entity{devops.Revisions, devops.Boards, devops.Commits, devops.PullRequests, devops.Builds, devops.TestRuns, devops.Changesets} {
		if sum.Counts[e] == 0 {
			t.Errorf("no %s", e)
		}
	}
}

func TestWaitsOfAllPartsAddUpOnce(t *testing.T) {
	s := shortLife(t)
	one := withEverything(t, s)
	var asked atomic.Int64
	s.Faults().Set(func(*http.Request) *rest.Fault {
		if asked.Add(1) == 60 {
			return rest.SlowDown(time.Second, 0)
		}
		return nil
	})
	sum, err := loadSample(t, s, openStore(t), func(o *refresh.Options) {
		lately(o)
		o.Patterns, o.Selection.Contents = one, []devops.Content{devops.GitContent, devops.PullRequestsContent, devops.PipelinesContent}
	})
	// Six requests that wait for the same second wait for one second, less what was on its way when it began.
	if err != nil || sum.Waited < time.Second/2 || sum.Waited > 30*time.Second {
		t.Errorf("waited %v, %v", sum.Waited, err)
	}
}
