package rest

import (
	"encoding/json"
	"io"
	"math"
	"net/http"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"

	"sightline/backend/sampleorg/world"
)

// asked is one request to the reporting feed of revisions.
type asked struct {
	token      string
	start      time.Time
	fields     []string
	types      map[string]bool // lower case
	expand     bool
	identities bool
	deleted    bool
	tagRefs    bool
	latest     bool
	discussion bool
	pageSize   int
}

// revisionFeed serves reporting/workitemrevisions by GET and POST.
func (c *call) revisionFeed() *refusal {
	q, refused := c.readAsked()
	if refused != nil {
		return refused
	}
	return c.feed(q)
}

// discussionFeed serves only revisions that added a comment.
func (c *call) discussionFeed() *refusal {
	q, refused := c.readAsked()
	if refused != nil {
		return refused
	}
	q.discussion = true
	return c.feed(q)
}

// maxBody bounds what a client may send.
const maxBody = 4 << 20

// body decodes the JSON a client sent.
func (c *call) body(v any) *refusal {
	b, err := io.ReadAll(io.LimitReader(c.r.Body, maxBody))
	if err == nil {
		err = json.Unmarshal([]byte(strings.TrimPrefix(string(b), byteOrderMark)), v)
	}
	if err != nil {
		return badRequest("VssPropertyValidationException", "TF400898: The request body is not valid JSON for this resource: "+err.Error())
	}
	return nil
}

func splitList(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

// readAsked reads the parameters. A POST has most of them in its body and knows no $maxPageSize.
func (c *call) readAsked() (asked, *refusal) {
	q := asked{token: c.param("continuationToken"), pageSize: c.h.o.PageSize, expand: strings.EqualFold(c.param("$expand"), "fields")}
	if q.token == "" {
		q.token = c.param("watermark") // its name in the first versions
	}
	var types []string
	if c.r.Method == http.MethodPost {
		var in struct {
			Fields, Types                                                        []string
			IncludeIdentityRef, IncludeDeleted, IncludeTagRef, IncludeLatestOnly bool
			IncludeDiscussionChangesOnly                                         bool
		}
		if refused := c.body(&in); refused != nil {
			return q, refused
		}
		q.fields, types = in.Fields, in.Types
		q.identities, q.deleted, q.tagRefs, q.latest, q.discussion = in.IncludeIdentityRef, in.IncludeDeleted, in.IncludeTagRef, in.IncludeLatestOnly, in.IncludeDiscussionChangesOnly
	} else {
		q.fields, types = splitList(c.param("fields")), splitList(c.param("types"))
		q.identities, q.deleted, q.tagRefs, q.latest, q.discussion = c.flag("includeIdentityRef"), c.flag("includeDeleted"), c.flag("includeTagRef"), c.flag("includeLatestOnly"), c.flag("includeDiscussionChangesOnly")
		size, refused := c.number("$maxPageSize", q.pageSize)
		if refused != nil {
			return q, refused
		}
		q.pageSize = min(max(size, 1), 10_000)
	}
	for _, t := range types {
		if q.types == nil {
			q.types = map[string]bool{}
		}
		q.types[strings.ToLower(strings.TrimSpace(t))] = true
	}
	if text := c.param("startDateTime"); text != "" {
		t, ok := parseTime(text)
		if !ok {
			return q, badRequest("VssPropertyValidationException", "The value '"+text+"' is not valid for startDateTime.")
		}
		q.start = t
	}
	switch { // documented as incompatible; the status is not documented
	case q.token != "" && !q.start.IsZero():
		return q, badRequest("ArgumentException", "The parameters continuationToken and startDateTime cannot be combined.")
	case q.expand && len(q.fields) > 0:
		return q, badRequest("ArgumentException", "The parameters fields and $expand cannot be combined.")
	}
	return q, nil
}

// token is a place in the feed: behind a revision.
type token struct{ watermark, item, rev uint32 }

func (t token) String() string {
	return strconv.FormatUint(uint64(t.watermark), 10) + ";" + strconv.FormatUint(uint64(t.item), 10) + ";" + strconv.FormatUint(uint64(t.rev), 10)
}

// parseToken reads watermark;id;rev, or a bare watermark, which was the token of the first versions.
func parseToken(text string) (token, bool) {
	parts := strings.Split(text, ";")
	var n [3]uint32
	for i, p := range parts {
		v, err := strconv.ParseUint(p, 10, 32)
		if err != nil || i > 2 {
			return token{}, false
		}
		n[i] = uint32(v)
	}
	switch len(parts) {
	case 1:
		return token{n[0], math.MaxUint32, math.MaxUint32}, true
	case 3:
		return token{n[0], n[1], n[2]}, true
	}
	return token{}, false
}

// behind reports whether a revision comes after the place.
func (t token) behind(r *world.Revision) bool {
	if r.Watermark != t.watermark {
		return r.Watermark > t.watermark
	}
	if r.Item != t.item {
		return r.Item > t.item
	}
	return uint32(r.Rev) > t.rev
}

// history are the positions of the revisions in scope, by watermark: of the organization, or of one
// project. A work item that moved away is in a project's history only up to the move.
func (c *call) history() []uint32 {
	if c.project != nil {
		return c.world.ByProject[c.project.Index]
	}
	return c.world.Order
}

func badToken(text string) *refusal {
	return badRequest("VssPropertyValidationException", "The continuation token '"+text+"' is not valid.")
}

// feed writes one page.
func (c *call) feed(q asked) *refusal {
	selected, refused := c.choose(q.fields)
	if refused != nil {
		return refused
	}
	order, w := c.history(), c.world
	at, from, exact := 0, token{}, false
	switch {
	case q.token != "":
		var ok bool
		if from, ok = parseToken(q.token); !ok {
			return badToken(q.token)
		}
		at = sort.Search(len(order), func(i int) bool { return from.behind(&w.Revisions[order[i]]) })
		exact = at > 0 && at < len(order) && tokenOf(&w.Revisions[order[at-1]]) == from
	case !q.start.IsZero():
		at = sort.Search(len(order), func(i int) bool { return w.Revisions[order[i]].Changed >= q.start.UnixMilli() })
	}
	size := c.shape.size(q.pageSize, at, exact)
	at = c.shape.begin(at, size)
	t := c.served.feeds.at(c)
	e := &rows{t: t, w: w, plan: &t.short, tagRefs: q.tagRefs}
	if selected != nil || q.expand {
		p := newPlan(w, selected, q.expand)
		e.plan = &p
	}
	if q.identities {
		e.people = shortIdentity
		if c.h.o.FullIdentities {
			e.people = fullIdentity
		}
	}
	c.stream(func(piece func([]byte) bool) {
		e.b = append(make([]byte, 0, flushAt+4096), `{"values":[`...)
		written := 0
		for ; at < len(order) && written < size; at++ {
			r := &w.Revisions[order[at]]
			from = tokenOf(r)
			if !c.wants(&q, r) {
				continue
			}
			if written > 0 {
				e.b = append(e.b, ',')
			}
			written++
			e.b = strconv.AppendUint(append(e.b, `{"id":`...), uint64(r.Item), 10)
			e.b = strconv.AppendUint(append(e.b, `,"rev":`...), uint64(r.Rev), 10)
			e.b = append(e.b, `,"fields":`...)
			e.fields(r)
			e.b = append(e.b, '}')
			if len(e.b) >= flushAt {
				if !piece(e.b) {
					return
				}
				e.b = e.b[:0]
			}
		}
		if size == 0 {
			from.rev++ // an empty page still moves on, if only by a place where nothing stands
		}
		// A page that is just full does not know that it was the last: an empty one follows.
		last := at >= len(order) && written < size
		next := from.String()
		if from == (token{}) {
			next = q.token
		}
		e.b = appendString(append(e.b, `],"nextLink":`...), c.nextLink(next))
		e.b = appendString(append(e.b, `,"continuationToken":`...), next)
		e.b = strconv.AppendBool(append(e.b, `,"isLastBatch":`...), last)
		e.b = append(e.b, '}')
		piece(e.b)
	})
	return nil
}

// flushAt is how much of a page is collected before it is sent on its way.
const flushAt = 64 << 10

func tokenOf(r *world.Revision) token { return token{r.Watermark, r.Item, uint32(r.Rev)} }

// pageSize makes some pages short and a few empty, as the service's are for reasons of its own. It depends
// on the place alone, so that a page read again is the same. Only a place behind a revision has an empty
// page: the next request stands elsewhere and gets on.
func pageSize(size, at int, exact bool) int {
	switch n := uint32(at) * 2_654_435_761 >> 16; {
	case exact && n%13 == 3:
		return 0
	case at > 0 && n%7 == 2 && size > 3:
		return size * 2 / 5
	}
	return size
}

// wants says whether a revision belongs to what was asked for.
func (c *call) wants(q *asked, r *world.Revision) bool {
	w := c.world
	switch {
	case c.hidesRow(r):
		return false
	case q.types != nil && !q.types[strings.ToLower(w.Types[r.Type].Name)]:
		return false
	case !q.deleted && (r.Has(world.Deleted) || w.Latest(int(r.Item)).Has(world.Deleted)):
		return false
	case q.latest && !w.IsLatest(r):
		return false
	case q.discussion && !r.Has(world.Commented):
		return false
	}
	return true
}

// nextLink repeats the address with another token.
func (c *call) nextLink(next string) string {
	v := url.Values{}
	for name, values := range c.query {
		if !strings.EqualFold(name, "continuationToken") && !strings.EqualFold(name, "watermark") && !strings.EqualFold(name, "startDateTime") {
			v[name] = values
		}
	}
	if c.version != "" {
		v.Set("api-version", c.version)
	}
	scheme, rest, _ := strings.Cut(c.base, "://")
	host, _, _ := strings.Cut(rest, "/")
	// The token's semicolons stand unescaped in the service's links.
	link := scheme + "://" + host + c.r.URL.EscapedPath() + "?continuationToken=" + next
	if len(v) > 0 {
		link += "&" + v.Encode()
	}
	return link
}
