package rest

import (
	"net/http"
	"strings"
	"sync"

	"sightline/backend/sampleorg/world"
)

// Options say how an organization is served.
type Options struct {
	Organization string // its name in the path; empty means sample
	Tenant       string // GUID of the directory it trusts; the zero GUID means personal accounts
	Authority    string // address of the sign-in without a tenant; may come later by SetAuthority
	Authenticate Authenticator
	// Public answers whoever is no member, and even a bad credential, with what is in public projects, as the
	// service does in an organization that has some.
	Public bool
	// Faults injects what goes wrong in the world; nil means nothing does.
	Faults *Faults
	// Server gives the manners of Azure DevOps Server 7.0 in place of the Services': 7.1 is out of range,
	// there are no resource areas, no profiles, and the path names a collection.
	Server bool
	// PageSize is how many revisions a page of the reporting feed holds; 0 means 1,000.
	PageSize int
	// BuildPage is how many builds a page holds at most; 0 means 5,000. Tests lower it.
	BuildPage int
	// QueryLimit is how many work items a query may find; 0 means 20,000. Tests lower it.
	QueryLimit int
	// FullIdentities writes identities of the reporting feed with every member an identity has elsewhere,
	// four times as long; without it they have id, displayName, uniqueName and descriptor.
	FullIdentities bool
}

// Handler serves one organization below /{organization}, and what the hosts beside it serve, from one base.
type Handler struct {
	o      Options
	mu     sync.RWMutex
	served *served
	hidden map[string]bool // ids of projects the caller may not see
}

// served is a world with everything that was computed from it. It is replaced as a whole.
type served struct {
	world *world.World
	cache cache
	feeds feeds
}

// New makes a handler. Authenticate must be set.
func New(w *world.World, o Options) *Handler {
	if o.Organization == "" {
		o.Organization = world.Name
	}
	if o.PageSize <= 0 {
		o.PageSize = 1000
	}
	if o.BuildPage <= 0 {
		o.BuildPage = buildPageMax
	}
	if o.QueryLimit <= 0 {
		o.QueryLimit = queryLimit
	}
	if o.Faults == nil {
		o.Faults = &Faults{}
	}
	h := &Handler{o: o}
	h.Replace(w)
	return h
}

// Replace serves another state of the same organization from the next request on.
func (h *Handler) Replace(w *world.World) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.served = &served{world: w}
}

// SetAuthority says where people sign in, once that is known.
func (h *Handler) SetAuthority(authority string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.o.Authority = authority
}

// SetTenant moves the organization to another directory; empty means personal accounts.
func (h *Handler) SetTenant(tenant string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.o.Tenant = tenant
}

// Tenant is the directory the organization trusts now; empty means personal accounts.
func (h *Handler) Tenant() string {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.o.Tenant
}

// Hide takes away the permission to see some projects, by name or id, and gives back all others. Lists
// then are shorter without a word, and what is asked for by name is not there.
func (h *Handler) Hide(projects ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.hidden = map[string]bool{}
	for _, name := range projects {
		if p := h.served.world.Project(name); p != nil {
			h.hidden[p.ID] = true
		}
	}
}

// World is the state that is served now.
func (h *Handler) World() *world.World {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.served.world
}

func (h *Handler) authority() string {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.o.Authority
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	h.mu.RLock()
	served, hidden := h.served, h.hidden
	h.mu.RUnlock()
	c := &call{h: h, served: served, world: served.world, hidden: hidden, w: rw, r: r}
	fault := h.o.Faults.of(r)
	if fault != nil {
		var done bool
		if c.w, done = fault.before(c); done {
			return
		}
	}
	c.answer(c.serve())
	if e, ok := c.w.(*edited); ok {
		e.finish()
	}
}

// serve finds the route and runs it. The result is nil when the answer was written.
func (c *call) serve() *refusal {
	c.begin()
	p := splitPath(c.r.URL.EscapedPath())
	switch {
	case len(p) == 1 && strings.EqualFold(p[0], "_signin") && !c.h.o.Server:
		return c.signInPage()
	case len(p) > 0 && strings.EqualFold(p[0], "_apis") && !c.h.o.Server:
		// What app.vssps.visualstudio.com serves belongs to no organization.
		c.outside = true
		return c.dispatch(p)
	case len(p) == 0 || !strings.EqualFold(p[0], c.h.o.Organization):
		return noOrganization(p)
	}
	return c.dispatch(p[1:])
}
