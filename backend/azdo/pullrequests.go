package azdo

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// PullRequest is a pull request as lists and single answers describe it. An abandoned one may lack MergeStatus,
// ClosedBy and the merge commits.
type PullRequest struct {
	PullRequestID         int                `json:"pullRequestId"`
	Status                PullRequestStatus  `json:"status"`
	CreationDate          Time               `json:"creationDate"`
	ClosedDate            Time               `json:"closedDate"`
	Title                 string             `json:"title"`
	SourceRefName         string             `json:"sourceRefName"`
	TargetRefName         string             `json:"targetRefName"`
	MergeStatus           PullRequestMerge   `json:"mergeStatus"`
	IsDraft               bool               `json:"isDraft"`
	Repository            GitRepository      `json:"repository"`
	CreatedBy             IdentityRef        `json:"createdBy"`
	ClosedBy              *IdentityRef       `json:"closedBy"`
	Reviewers             []Reviewer         `json:"reviewers"`
	Labels                []PullRequestLabel `json:"labels"`
	LastMergeSourceCommit *struct {
		CommitID string `json:"commitId"`
	} `json:"lastMergeSourceCommit"`
}

// PullRequestLabel is a tag of a pull request.
type PullRequestLabel struct {
	Name string `json:"name"`
}

// PullRequestStatus is active, completed or abandoned.
type PullRequestStatus string

// UnmarshalJSON reads the name, or the number that older answers carry.
func (s *PullRequestStatus) UnmarshalJSON(b []byte) error {
	name, err := enumName(b, "notSet", "active", "abandoned", "completed", "all")
	*s = PullRequestStatus(name)
	return err
}

// PullRequestMerge is how the merge stands: succeeded, conflicts, queued, …; "" when not said.
type PullRequestMerge string

// UnmarshalJSON reads the name or the number.
func (s *PullRequestMerge) UnmarshalJSON(b []byte) error {
	name, err := enumName(b, "notSet", "queued", "conflicts", "succeeded", "rejectedByPolicy", "failure")
	*s = PullRequestMerge(name)
	return err
}

// enumName reads an enumeration as its name or as its number, which counts the names from 0. null is "".
func enumName(b []byte, names ...string) (string, error) {
	var name *string
	if unmarshal(b, &name) == nil {
		if name == nil {
			return "", nil
		}
		return *name, nil
	}
	var n int
	if err := unmarshal(b, &n); err != nil {
		return "", err
	}
	if n < 0 || n >= len(names) {
		return strconv.Itoa(n), nil
	}
	return names[n], nil
}

// Reviewer is somebody who was asked to review with the vote that stands: 10, 5, 0, -5 or -10. Rows may lack
// the descriptor.
type Reviewer struct {
	IdentityRef
	Vote        int
	IsRequired  bool
	HasDeclined bool
}

// UnmarshalJSONFrom reads the identity and what a reviewer has beside it.
func (r *Reviewer) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	type person IdentityRef // without its method
	var o struct {
		person
		Vote        int  `json:"vote"`
		IsRequired  bool `json:"isRequired"`
		HasDeclined bool `json:"hasDeclined"`
	}
	if err := json.UnmarshalDecode(d, &o); err != nil {
		return err
	}
	*r = Reviewer{IdentityRef: IdentityRef(o.person), Vote: o.Vote, IsRequired: o.IsRequired, HasDeclined: o.HasDeclined}
	return nil
}

// PullRequestRange says which date a range of time is about.
type PullRequestRange string

// The two dates.
const (
	CreatedRange PullRequestRange = "created"
	ClosedRange  PullRequestRange = "closed"
)

// PullRequestsQuery asks for one page of the pull requests of a project, newest first.
type PullRequestsQuery struct {
	Project, ProjectName string
	Status               string // active, completed, abandoned, all
	// Range and From leave out what was created or closed earlier. Servers before 7.1 ignore them without a word.
	Range PullRequestRange
	From  time.Time
	Skip  int
}

// PullRequests reads one page.
func (c *Client) PullRequests(ctx context.Context, q PullRequestsQuery) (SkippedPage[PullRequest], error) {
	query := url.Values{"searchCriteria.status": {q.Status}, "$top": {strconv.Itoa(GitPage)}}
	if q.Range != "" && !q.From.IsZero() {
		query.Set("searchCriteria.queryTimeRangeType", string(q.Range))
		setDate(query, "searchCriteria.minTime", q.From)
	}
	setSkip(query, "$skip", q.Skip)
	var l list[PullRequest]
	err := c.do(ctx, call{op: "azdo.PullRequests", what: "the pull requests of " + q.ProjectName, project: q.ProjectName, area: areaGit,
		path: segments(q.Project) + "/_apis/git/pullrequests", query: query}, decodeJSON(&l))
	return skippedPage(l.all(), standardPullsPage), err
}

// PullRequest reads one pull request by its id, whatever its project.
func (c *Client) PullRequest(ctx context.Context, id int) (PullRequest, error) {
	var p PullRequest
	err := c.do(ctx, call{op: "azdo.PullRequest", what: "pull request " + strconv.Itoa(id), area: areaGit,
		path: "/_apis/git/pullrequests" + segments(strconv.Itoa(id))}, decodeJSON(&p))
	return p, err
}

// PullRequestTimes reports whether the service knows the time filters of pull requests, which came with 7.1. A
// Server is asked for 7.1 first and lowers the version at its first refusal.
func (c *Client) PullRequestTimes() bool {
	major, minor, _ := strings.Cut(*c.version.Load(), ".")
	a, _ := strconv.Atoi(major)
	b, _ := strconv.Atoi(minor)
	return a > 7 || a == 7 && b >= 1
}
