package azdo

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"sightline/backend/fault"
)

// areaGit is the resource area of Git and pull requests.
const areaGit = "4e080c62-fa21-4fbc-8fef-2a10a2b38049"

// SkippedPage is one page of a list that is paged by $top and $skip.
type SkippedPage[T any] struct {
	Rows []T
	// Last is true when nothing can follow. What the service caps a page at is published nowhere, so a page
	// that is shorter than asked proves nothing unless it is shorter than the default, too.
	Last bool
}

func skippedPage[T any](rows []T, standard int) SkippedPage[T] {
	return SkippedPage[T]{Rows: rows, Last: len(rows) < standard}
}

// GitPage is how many commits, pushes or pull requests one page asks for; clients were seen to get as many.
const GitPage = 1000

// What the service sends unasked (azure-devops-api.md section 2).
const (
	standardGitPage   = 100
	standardPullsPage = 101
)

// GitRepository is a repository as lists and single answers describe it. An empty one has no default branch.
type GitRepository struct {
	ID              string `json:"id"`
	Name            string `json:"name"`
	DefaultBranch   string `json:"defaultBranch"` // refs/heads/main
	Size            int64  `json:"size"`          // bytes
	RemoteURL       string `json:"remoteUrl"`
	WebURL          string `json:"webUrl"`
	IsDisabled      bool   `json:"isDisabled"`
	IsInMaintenance bool   `json:"isInMaintenance"`
	IsFork          bool   `json:"isFork"`
	Project         struct {
		ID   string `json:"id"`
		Name string `json:"name"` // never store it: lists fill the rest with placeholders
	} `json:"project"`
}

// GitRepositories lists the repositories of a project that the caller may see, disabled ones too. It is whole.
func (c *Client) GitRepositories(ctx context.Context, project, projectName string) ([]GitRepository, error) {
	var l list[GitRepository]
	err := c.do(ctx, call{op: "azdo.GitRepositories", what: "the Git repositories of " + projectName, project: projectName, area: areaGit,
		path: segments(project) + "/_apis/git/repositories"}, decodeJSON(&l))
	return l.all(), err
}

// GitRepository reads one repository by its GUID, whatever its project. One that is gone and one that may not
// be read are refused alike, with Forbidden.
func (c *Client) GitRepository(ctx context.Context, id, name string) (GitRepository, error) {
	var r GitRepository
	err := c.do(ctx, call{op: "azdo.GitRepository", what: "the Git repository " + name, area: areaGit,
		path: "/_apis/git/repositories" + segments(id)}, decodeJSON(&r))
	return r, err
}

// RepositoryRef says which repository of which project is meant. Names are for sentences only.
type RepositoryRef struct {
	Project, ProjectName string
	ID, Name             string
}

func (r RepositoryRef) call(op, what, below string, query url.Values) call {
	return call{op: op, what: what + " of the Git repository " + r.Name + " in " + r.ProjectName, project: r.ProjectName, area: areaGit,
		path: segments(r.Project) + "/_apis/git/repositories" + segments(r.ID) + below, query: query}
}

// GitRef is a branch or a tag with what it points to.
type GitRef struct {
	Name     string      `json:"name"`     // refs/heads/main
	ObjectID string      `json:"objectId"` // SHA-1
	Creator  IdentityRef `json:"creator"`
}

// refsPage is the documented maximum of one page of refs.
const refsPage = 1000

// GitBranches lists all branches of a repository, over as many pages as it takes. The fault is BadAnswer when
// the service sends the same page again.
func (c *Client) GitBranches(ctx context.Context, r RepositoryRef) ([]GitRef, error) {
	query := url.Values{"filter": {"heads/"}, "$top": {strconv.Itoa(refsPage)}}
	var all []GitRef
	known := map[string]bool{}
	for {
		var page list[GitRef]
		next := ""
		err := c.do(ctx, r.call("azdo.GitBranches", "the branches", "/refs", query), func(a *answer) error {
			next = a.header.Get("x-ms-continuationtoken")
			return decodeJSON(&page)(a)
		})
		if err != nil {
			return nil, err
		}
		fresh := 0
		for _, ref := range page.all() {
			if !known[ref.Name] {
				known[ref.Name] = true
				all = append(all, ref)
				fresh++
			}
		}
		switch {
		case next == "":
			return all, nil
		case next == query.Get("continuationToken") && fresh > 0, fresh == 0 && len(page.all()) > 0:
			return nil, fault.New(fault.BadAnswer, "azdo.GitBranches", c.o.Organization+" sends the same page of the branches of "+r.Name+" again and again.",
				"Everything read so far is kept. Refresh again later; if it stays, report it.").With("Organization", c.o.Organization).With("Project", r.ProjectName)
		case next == query.Get("continuationToken"):
			return all, nil
		}
		query.Set("continuationToken", next)
	}
}

// GitCommit is a commit as lists describe it. ChangeCounts count files; the service counts no lines.
type GitCommit struct {
	CommitID         string        `json:"commitId"`
	Author           GitSignature  `json:"author"`
	Committer        GitSignature  `json:"committer"`
	Comment          string        `json:"comment"`
	CommentTruncated bool          `json:"commentTruncated"`
	ChangeCounts     *ChangeCounts `json:"changeCounts"`
}

// ChangeCounts are how many files a commit added, edited and deleted.
type ChangeCounts struct {
	Add    int `json:"Add"`
	Edit   int `json:"Edit"`
	Delete int `json:"Delete"`
}

// GitSignature is who wrote or committed, as Git knows them.
type GitSignature struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	Date  Time   `json:"date"`
}

// CommitsQuery asks for one page of what can be reached from one commit, newest first. Asking by commit and not
// by branch keeps pages apart while others push.
type CommitsQuery struct {
	Repository RepositoryRef
	Reachable  string    // commit id
	FromDate   time.Time // inclusive, by the committer's date; zero for everything
	Skip       int
}

// GitCommits reads one page of commits.
func (c *Client) GitCommits(ctx context.Context, q CommitsQuery) (SkippedPage[GitCommit], error) {
	query := url.Values{
		"searchCriteria.itemVersion.version": {q.Reachable}, "searchCriteria.itemVersion.versionType": {"commit"},
		"searchCriteria.$top": {strconv.Itoa(GitPage)},
	}
	setDate(query, "searchCriteria.fromDate", q.FromDate)
	setSkip(query, "searchCriteria.$skip", q.Skip)
	var l list[GitCommit]
	err := c.do(ctx, q.Repository.call("azdo.GitCommits", "the commits", "/commits", query), decodeJSON(&l))
	return skippedPage(l.all(), standardGitPage), err
}

// GitPush is one push with what it did to branches and tags.
type GitPush struct {
	PushID     int            `json:"pushId"`
	Date       Time           `json:"date"` // of the server
	PushedBy   IdentityRef    `json:"pushedBy"`
	RefUpdates []GitRefUpdate `json:"refUpdates"`
}

// GitRefUpdate is one moved ref. Forty zeros stand for none: the ref was made or deleted.
type GitRefUpdate struct {
	Name        string `json:"name"`
	OldObjectID string `json:"oldObjectId"`
	NewObjectID string `json:"newObjectId"`
}

// PushesQuery asks for one page of pushes, newest first.
type PushesQuery struct {
	Repository RepositoryRef
	FromDate   time.Time // zero for everything
	Skip       int
}

// GitPushes reads one page of pushes with their ref updates.
func (c *Client) GitPushes(ctx context.Context, q PushesQuery) (SkippedPage[GitPush], error) {
	query := url.Values{"searchCriteria.includeRefUpdates": {"true"}, "$top": {strconv.Itoa(GitPage)}}
	setDate(query, "searchCriteria.fromDate", q.FromDate)
	setSkip(query, "$skip", q.Skip)
	var l list[GitPush]
	err := c.do(ctx, q.Repository.call("azdo.GitPushes", "the pushes", "/pushes", query), decodeJSON(&l))
	return skippedPage(l.all(), standardGitPage), err
}

// setDate sets a date of a query to the second, in UTC; a zero time leaves it out.
func setDate(query url.Values, name string, at time.Time) {
	if !at.IsZero() {
		query.Set(name, at.UTC().Format(time.RFC3339))
	}
}

func setSkip(query url.Values, name string, skip int) {
	if skip > 0 {
		query.Set(name, strconv.Itoa(skip))
	}
}

// ObjectID writes the id of a Git object in small letters, and "" for the forty zeros that stand for none.
func ObjectID(id string) string {
	if strings.Trim(id, "0") == "" {
		return ""
	}
	return strings.ToLower(id)
}
