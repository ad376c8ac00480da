package rest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sightline/backend/sampleorg/world"
)

// obj is a JSON object whose members are listed where it is made.
type obj = map[string]any

// call is one request on its way to its answer.
type call struct {
	h       *Handler
	served  *served
	world   *world.World
	hidden  map[string]bool
	w       http.ResponseWriter
	r       *http.Request
	query   url.Values
	base    string // scheme, host and organization, without a slash at the end
	outside bool   // the path names no organization
	caller  Caller
	version string // api-version as asked, or empty
	vars    map[string]string
	project *world.Project
	team    *world.Team
	wrote   bool
	shape   *feedShape // nil for pages as they are
}

// begin reads what every route needs.
func (c *call) begin() {
	// ParseQuery drops a pair with a bare semicolon, which continuation tokens hold when a client follows a
	// nextLink as it stands.
	c.query, _ = url.ParseQuery(strings.ReplaceAll(c.r.URL.RawQuery, ";", "%3B"))
	scheme := "http"
	if c.r.TLS != nil {
		scheme = "https"
	}
	c.base = scheme + "://" + c.r.Host + "/" + c.h.o.Organization
}

// param is a query parameter; its name is matched without regard to case, as the service does.
func (c *call) param(name string) string {
	if v, ok := c.query[name]; ok {
		return v[0]
	}
	for k, v := range c.query {
		if strings.EqualFold(k, name) {
			return v[0]
		}
	}
	return ""
}

func (c *call) flag(name string) bool { return strings.EqualFold(c.param(name), "true") }

// number is a whole, non-negative query parameter, or otherwise.
func (c *call) number(name string, otherwise int) (int, *refusal) {
	text := c.param(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, badRequest("VssPropertyValidationException", "The value '"+text+"' is not valid for "+name+".")
	}
	return n, nil
}

// list writes the envelope of a list.
func (c *call) list(values []any) *refusal {
	if values == nil {
		values = []any{}
	}
	return c.json(obj{"count": len(values), "value": values})
}

// json writes a 200 with a value.
func (c *call) json(v any) *refusal {
	b, err := encode(v)
	if err != nil {
		return crash(err)
	}
	c.send(http.StatusOK, c.contentType(), b)
	return nil
}

// cached writes what make returns, encoded once for each address and world.
func (c *call) cached(make func() (any, *refusal)) *refusal {
	key := c.base + "\x00" + c.r.URL.Path + "\x00" + c.query.Encode()
	kept, ok := c.served.cache.get(key)
	if !ok {
		v, refused := make()
		if refused != nil {
			return refused
		}
		b, err := encode(v)
		if err != nil {
			return crash(err)
		}
		kept = c.served.cache.put(key, b)
	}
	c.sendKept(kept)
	return nil
}

// encode is JSON as the service writes it: without escaping what HTML would mind.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// contentType names the version, as asked or as served by default.
func (c *call) contentType() string {
	v := c.version
	if v == "" {
		v = c.h.latest()
	}
	return "application/json; charset=utf-8; api-version=" + v
}

// path escapes segments and puts a slash before each.
func path(segments ...string) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(s))
	}
	return b.String()
}

// at is the address of a project's resource. Addresses in answers name projects by id.
func (c *call) at(p *world.Project, rest string) string { return c.base + "/" + p.ID + rest }

// hides says whether the caller may not see a project.
func (c *call) hides(p *world.Project) bool { return c.hidden[p.ID] }

// hidesRow says the same of the project a revision is in.
func (c *call) hidesRow(r *world.Revision) bool {
	return len(c.hidden) > 0 && c.hides(c.world.Projects[r.Project])
}

func link(href string) obj { return obj{"href": href} }
