package azdo

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const areaBuild = "965220d5-5bb9-42cf-8d67-9b146df2a5a4"

// Build is one run of a pipeline as lists and single answers describe it.
type Build struct {
	ID            IntOrText     `json:"id"`
	BuildNumber   string        `json:"buildNumber"`
	Status        EnumText      `json:"status"` // notStarted, postponed, inProgress, cancelling, completed
	Result        EnumText      `json:"result"` // absent until completed
	Reason        EnumText      `json:"reason"`
	QueueTime     Time          `json:"queueTime"`
	StartTime     Time          `json:"startTime"`
	FinishTime    Time          `json:"finishTime"`
	SourceBranch  string        `json:"sourceBranch"`
	SourceVersion string        `json:"sourceVersion"`
	Definition    DefinitionRef `json:"definition"`
	Queue         *BuildQueue   `json:"queue"`
	Repository    *BuildSource  `json:"repository"`
	RequestedFor  *IdentityRef  `json:"requestedFor"`
	RequestedBy   *IdentityRef  `json:"requestedBy"`
	Tags          []string      `json:"tags"`
	KeepForever   bool          `json:"keepForever"`
	Deleted       bool          `json:"deleted"` // by retention or a person, and not yet for good
}

// DefinitionRef names the definition of a build.
type DefinitionRef struct {
	ID   IntOrText `json:"id"`
	Name string    `json:"name"`
	Path string    `json:"path"`
}

// BuildQueue is the agent queue of a build with its pool.
type BuildQueue struct {
	Name string    `json:"name"`
	Pool *NamedRef `json:"pool"`
}

// BuildSource is the repository of a build: a GUID for TfsGit, the other service's own id else.
type BuildSource struct {
	ID   string `json:"id"`
	Type string `json:"type"` // TfsGit, TfsVersionControl, GitHub, …
	Name string `json:"name"`
}

// IntOrText is a whole number that some answers spell as text. Missing, null and empty are 0.
type IntOrText int

// UnmarshalJSON reads 12, "12", "" or null.
func (n *IntOrText) UnmarshalJSON(b []byte) error {
	text := strings.Trim(string(b), `"`)
	if text == "" || text == "null" {
		*n = 0
		return nil
	}
	v, err := strconv.Atoi(text)
	if err != nil {
		return fmt.Errorf("azdo: %.40q is no whole number", b)
	}
	*n = IntOrText(v)
	return nil
}

// EnumText is the name of a value of an enumeration. A value that an answer spells as a number keeps its
// digits, so that a page with one that nobody knows can still be read.
type EnumText string

// UnmarshalJSON reads "completed", 2 or null.
func (e *EnumText) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*e = ""
		return nil
	}
	var s string
	if unmarshal(b, &s) != nil {
		s = string(b)
	}
	*e = EnumText(s)
	return nil
}

// Orders of a list of builds. MinTime of a query applies to the time that the order names.
const (
	FinishTimeAscending = "finishTimeAscending"
	QueueTimeAscending  = "queueTimeAscending"
	QueueTimeDescending = "queueTimeDescending"
)

// Status filters of a list of builds.
const (
	BuildsNotStarted = "notStarted"
	BuildsInProgress = "inProgress"
	BuildsPostponed  = "postponed"
	BuildsCancelling = "cancelling"
	BuildsCompleted  = "completed"
)

// BuildsLimit is how many builds a page asks for: the documented default. A build is about 5 KB.
const BuildsLimit = 1000

// BuildIDsLimit is how many builds one call asks for by id, so that its address stays short enough for any
// proxy.
const BuildIDsLimit = 200

// BuildsQuery asks for one page of the builds of a project.
type BuildsQuery struct {
	Project      string    // GUID
	QueryOrder   string    // always set: the default order left running builds out on a Server
	StatusFilter string    // one status; empty for all
	MinTime      time.Time // first instant of the time that QueryOrder names; zero for no bound
	IDs          []int     // at most BuildIDsLimit; the other conditions are left empty then
	Top          int       // BuildsLimit when 0
	// ContinuationToken is that of the page before, whose query was the same. It is a time, so that rows at
	// the border come twice.
	ContinuationToken string
}

// BuildPage is one page of builds. ContinuationToken is empty on the last.
type BuildPage struct {
	Builds            []Build
	ContinuationToken string
}

// Builds reads one page of builds. Builds that retention deleted, and those that may not be read, are left
// out without a word.
func (c *Client) Builds(ctx context.Context, q BuildsQuery) (BuildPage, error) {
	if q.Top == 0 {
		q.Top = BuildsLimit
	}
	query := url.Values{"$top": {strconv.Itoa(q.Top)}}
	set := func(name, value string) {
		if value != "" {
			query.Set(name, value)
		}
	}
	set("queryOrder", q.QueryOrder)
	set("statusFilter", q.StatusFilter)
	set("minTime", queryTime(q.MinTime))
	set("continuationToken", q.ContinuationToken)
	if len(q.IDs) > 0 {
		ids := make([]string, len(q.IDs))
		for i, id := range q.IDs {
			ids[i] = strconv.Itoa(id)
		}
		query.Set("buildIds", strings.Join(ids, ","))
	}
	var page BuildPage
	var l list[Build]
	err := c.do(ctx, call{op: "azdo.Builds", what: "the builds of a project", project: q.Project, area: areaBuild,
		path: segments(q.Project) + "/_apis/build/builds", query: query}, func(a *answer) error {
		page.ContinuationToken = continuationToken(a)
		return decodeJSON(&l)(a)
	})
	page.Builds = l.all()
	return page, err
}

// Build reads one build. found is false when the service says that there is none (404): the proof that
// retention deleted it, which a list never gives. One that may not be read is a fault.
func (c *Client) Build(ctx context.Context, project string, id int) (b Build, found bool, err error) {
	err = c.do(ctx, call{op: "azdo.Build", what: "the build " + strconv.Itoa(id), project: project, area: areaBuild, bears: isAbsent,
		path: segments(project) + "/_apis/build/builds/" + strconv.Itoa(id)}, func(a *answer) error {
		if found = a.status < 300; !found {
			return nil
		}
		return decodeJSON(&b)(a)
	})
	return b, found && err == nil, err
}

// Definition is a pipeline as lists describe it. Its name and folder may change, its id never does.
type Definition struct {
	ID          IntOrText `json:"id"`
	Name        string    `json:"name"`
	Path        string    `json:"path"`        // \ or \Release
	Type        EnumText  `json:"type"`        // build, xaml
	QueueStatus EnumText  `json:"queueStatus"` // enabled, paused, disabled
}

// definitionsPage is how many definitions a page asks for; one is about 2 KB.
const definitionsPage = 1000

// DefinitionPage is one page of definitions. ContinuationToken is empty on the last.
type DefinitionPage struct {
	Definitions       []Definition
	ContinuationToken string
}

// Definitions reads one page of the pipelines of a project, in the order of their names, after a token.
func (c *Client) Definitions(ctx context.Context, project, token string) (DefinitionPage, error) {
	query := url.Values{"$top": {strconv.Itoa(definitionsPage)}, "queryOrder": {"definitionNameAscending"}}
	if token != "" {
		query.Set("continuationToken", token)
	}
	var page DefinitionPage
	var l list[Definition]
	err := c.do(ctx, call{op: "azdo.Definitions", what: "the pipelines of a project", project: project, area: areaBuild,
		path: segments(project) + "/_apis/build/definitions", query: query}, func(a *answer) error {
		page.ContinuationToken = continuationToken(a)
		return decodeJSON(&l)(a)
	})
	page.Definitions = l.all()
	return page, err
}

// isAbsent reports whether an answer says that the one thing asked for is not there: neither its project, nor
// the whole route, nor an answer to nobody.
func isAbsent(a *answer) bool {
	if a.status != http.StatusNotFound && a.status != http.StatusGone || a.caller.Anonymous() {
		return false
	}
	project := strings.Contains(a.message, "TF200016") || strings.Contains(a.message, "VS800075") || strings.HasPrefix(a.typeKey, "ProjectDoesNotExist")
	return !project && !strings.Contains(a.message, "does not implement IController")
}

// continuationToken is the token of the next page, which some lists send in a header.
func continuationToken(a *answer) string { return a.header.Get("x-ms-continuationtoken") }

// answeredAt is when the service answered by its own clock; zero when it did not say. People's clocks are
// wrong by hours more often than one thinks, so that cursors must not hang on them.
func answeredAt(a *answer) time.Time {
	at, err := http.ParseTime(a.header.Get("Date"))
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// queryTime writes an instant for a query; "" for the zero time.
func queryTime(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}
