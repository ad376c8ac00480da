package azdo

import (
	"context"
	"net/url"
	"strconv"
	"time"
)

const areaTest = "c2aa639c-3ccc-4740-b3b6-ce2a1e1d984e"

// TestRun is one run of tests with its counts.
type TestRun struct {
	ID                 IntOrText    `json:"id"`
	Name               string       `json:"name"`
	IsAutomated        bool         `json:"isAutomated"`
	State              EnumText     `json:"state"` // Unspecified, NotStarted, InProgress, Completed, …
	StartedDate        Time         `json:"startedDate"`
	CompletedDate      Time         `json:"completedDate"`
	LastUpdatedDate    Time         `json:"lastUpdatedDate"`
	Owner              *IdentityRef `json:"owner"`
	Build              *NumberedRef `json:"build"`   // its id is text
	Release            *NumberedRef `json:"release"` // absent unless a release ran the tests
	TotalTests         *IntOrText   `json:"totalTests"`
	PassedTests        *IntOrText   `json:"passedTests"`
	IncompleteTests    IntOrText    `json:"incompleteTests"`
	NotApplicableTests IntOrText    `json:"notApplicableTests"`
	UnanalyzedTests    *IntOrText   `json:"unanalyzedTests"` // those that failed
	// RunStatistics counts results by outcome and state; absent unless details were asked for.
	RunStatistics     []RunStatistic     `json:"runStatistics"`
	PipelineReference *PipelineReference `json:"pipelineReference"`
}

// PipelineReference says in which build, and where in it, tests ran.
type PipelineReference struct {
	PipelineID     IntOrText       `json:"pipelineId"` // a build
	StageReference *StageReference `json:"stageReference"`
}

// StageReference names a stage of a build.
type StageReference struct {
	StageName string `json:"stageName"`
}

// RunStatistic counts results of one outcome.
type RunStatistic struct {
	Outcome EnumText  `json:"outcome"` // Passed, Failed, NotExecuted, …; absent while not run
	State   EnumText  `json:"state"`
	Count   IntOrText `json:"count"`
}

const (
	// TestRunsLimit is the largest page of test runs that the service hands out.
	TestRunsLimit = 100
	// TestRunsWindow is the longest stretch of time that one query of test runs may span.
	TestRunsWindow = 7 * 24 * time.Hour
)

// TestRunsQuery asks for one page of the test runs of a project that were last updated in a stretch of time
// of at most TestRunsWindow, both ends included. Both must be set.
type TestRunsQuery struct {
	Project           string // GUID
	Min, Max          time.Time
	ContinuationToken string // of the page before, whose query was the same
}

// TestRunPage is one page of test runs. ContinuationToken is empty on the last.
type TestRunPage struct {
	Runs              []TestRun
	ContinuationToken string
	// At is when the service answered, by its own clock; zero when it did not say.
	At time.Time
}

// TestRuns reads one page of test runs with their counts.
func (c *Client) TestRuns(ctx context.Context, q TestRunsQuery) (TestRunPage, error) {
	query := url.Values{"minLastUpdatedDate": {queryTime(q.Min)}, "maxLastUpdatedDate": {queryTime(q.Max)}, "includeRunDetails": {"true"},
		"$top": {strconv.Itoa(TestRunsLimit)}}
	if q.ContinuationToken != "" {
		query.Set("continuationToken", q.ContinuationToken)
	}
	var page TestRunPage
	var l list[TestRun]
	err := c.do(ctx, call{op: "azdo.TestRuns", what: "the test runs of a project", project: q.Project, area: areaTest,
		path: segments(q.Project) + "/_apis/test/runs", query: query}, func(a *answer) error {
		page.ContinuationToken, page.At = continuationToken(a), answeredAt(a)
		return decodeJSON(&l)(a)
	})
	page.Runs = l.all()
	return page, err
}
