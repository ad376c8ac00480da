package azdo

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"sightline/backend/fault"
)

// RevisionsQuery asks for one page of the revisions feed. A token belongs to its project and filters:
// with other filters it means nothing.
type RevisionsQuery struct {
	Project            string // GUID or name; empty for the organization
	ProjectName        string // for sentences
	ContinuationToken  string
	StartDateTime      time.Time // only without a token
	Fields, Types      []string  // all when empty
	IncludeIdentityRef bool
	IncludeDeleted     bool
	IncludeTagRef      bool
	IncludeLatestOnly  bool
	ExpandFields       bool // long texts too; only without Fields
	MaxPageSize        int  // the service's choice when 0; a POST cannot say it
	Post               bool // chosen by itself when the query is too long for an address
}

// longestQuery is how long a query string may be before the same is sent as a POST.
const longestQuery = 1800

func (q RevisionsQuery) values() url.Values {
	v := url.Values{}
	if q.ContinuationToken != "" {
		v.Set("continuationToken", q.ContinuationToken)
	}
	if !q.StartDateTime.IsZero() {
		v.Set("startDateTime", q.StartDateTime.UTC().Format(time.RFC3339Nano))
	}
	if q.ExpandFields {
		v.Set("$expand", "fields")
	}
	return v
}

// ReportingRevisions reads one page of the revisions feed. Pages may be short or empty; only IsLast says
// that nothing is left. Use one decoder for all pages of a feed, from one goroutine; Release the page.
func (c *Client) ReportingRevisions(ctx context.Context, q RevisionsQuery, d *RevisionDecoder) (*RevisionPage, error) {
	const op = "azdo.ReportingRevisions"
	if q.ContinuationToken != "" && !q.StartDateTime.IsZero() || q.ExpandFields && len(q.Fields) > 0 {
		return nil, fault.New(fault.Invalid, op, "The revisions feed takes a token or a date, and fields or all fields, never both.", "Report it: this is a defect.")
	}
	what := "the work item history"
	if q.ProjectName != "" {
		what += " of " + q.ProjectName
	}
	send := call{op: op, what: what, project: orElse(q.ProjectName, q.Project), area: areaWit, reporting: true, keep: true,
		path: segments(q.Project) + "/_apis/wit/reporting/workitemrevisions", query: q.values()}
	get := q.values()
	for name, on := range map[string]bool{"includeIdentityRef": q.IncludeIdentityRef, "includeDeleted": q.IncludeDeleted,
		"includeTagRef": q.IncludeTagRef, "includeLatestOnly": q.IncludeLatestOnly} {
		if on {
			get.Set(name, "true")
		}
	}
	for name, texts := range map[string][]string{"fields": q.Fields, "types": q.Types} {
		if len(texts) > 0 {
			get.Set(name, strings.Join(texts, ","))
		}
	}
	if q.MaxPageSize > 0 {
		get.Set("$maxPageSize", strconv.Itoa(q.MaxPageSize))
	}
	if q.Post || len(get.Encode()) > longestQuery {
		send.method = http.MethodPost
		send.body = map[string]any{"fields": q.Fields, "types": q.Types, "includeIdentityRef": q.IncludeIdentityRef,
			"includeDeleted": q.IncludeDeleted, "includeTagRef": q.IncludeTagRef, "includeLatestOnly": q.IncludeLatestOnly}
	} else {
		send.query = get
	}
	var page *RevisionPage
	err := c.do(ctx, send, func(a *answer) (err error) {
		page, err = d.decode(a)
		return err
	})
	return page, err
}

// WorkItemLink is one change of one link. Rel has no -Forward or -Reverse; the source of a hierarchy link
// is the parent.
type WorkItemLink struct {
	Rel         string `json:"rel"`
	SourceID    int    `json:"sourceId"`
	TargetID    int    `json:"targetId"`
	ChangedDate Time   `json:"changedDate"`
	IsActive    bool   `json:"isActive"`
}

// LinkPage is one page of the links feed.
type LinkPage struct {
	Values            []WorkItemLink `json:"values"`
	NextLink          string         `json:"nextLink"`
	ContinuationToken string         `json:"continuationToken"`
	IsLast            bool           `json:"isLastBatch"`
}

// LinksQuery asks for one page of the links feed.
type LinksQuery struct {
	Project           string
	ProjectName       string
	ContinuationToken string
	LinkTypes         []string // all when empty
	Types             []string
	StartDateTime     time.Time // only without a token
}

// ReportingLinks reads one page of the links feed. With a project it gives links of which either end is in it.
func (c *Client) ReportingLinks(ctx context.Context, q LinksQuery) (LinkPage, error) {
	query := url.Values{}
	if q.ContinuationToken != "" {
		query.Set("continuationToken", q.ContinuationToken)
	} else if !q.StartDateTime.IsZero() {
		query.Set("startDateTime", q.StartDateTime.UTC().Format(time.RFC3339Nano))
	}
	if len(q.LinkTypes) > 0 {
		query.Set("linkTypes", strings.Join(q.LinkTypes, ","))
	}
	if len(q.Types) > 0 {
		query.Set("types", strings.Join(q.Types, ","))
	}
	what := "the links between work items"
	if q.ProjectName != "" {
		what += " of " + q.ProjectName
	}
	var page LinkPage
	decode := decodeJSON(&page)
	err := c.do(ctx, call{op: "azdo.ReportingLinks", what: what, project: orElse(q.ProjectName, q.Project), area: areaWit, reporting: true,
		path: segments(q.Project) + "/_apis/wit/reporting/workitemlinks", query: query}, func(a *answer) error {
		if err := decode(a); err != nil {
			return err
		}
		if page.ContinuationToken == "" {
			page.ContinuationToken = tokenOf(page.NextLink)
		}
		if !page.IsLast && page.ContinuationToken == "" {
			return fmt.Errorf("%w: neither the last page nor a way to the next", errBrokenBody)
		}
		return nil
	})
	return page, err
}

// tokenOf finds the token in a nextLink, for answers that have no continuationToken of their own.
func tokenOf(nextLink string) string {
	u, err := url.Parse(nextLink)
	if err != nil {
		return ""
	}
	// A token holds semicolons, which url.ParseQuery refuses as separators.
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		if name, value, ok := strings.Cut(pair, "="); ok && strings.EqualFold(name, "continuationToken") {
			if t, err := url.QueryUnescape(value); err == nil {
				return t
			}
			return value
		}
	}
	return ""
}
