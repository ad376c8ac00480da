package rest

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Faults is where a test decides, request by request, what goes wrong. The zero Faults lets everything pass.
type Faults struct {
	mu   sync.RWMutex
	hook func(r *http.Request) *Fault
}

// Set puts the hook in place; nil ends all faults. The hook may run for many requests at the same time.
func (f *Faults) Set(hook func(r *http.Request) *Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hook = hook
}

func (f *Faults) of(r *http.Request) *Fault {
	f.mu.RLock()
	hook := f.hook
	f.mu.RUnlock()
	if hook == nil {
		return nil
	}
	return hook(r)
}

// Fault is one thing that goes wrong with one request. Make it with the functions below.
type Fault struct {
	delay    time.Duration // before anything is written
	header   http.Header   // added to the answer, or replacing what it has
	refuse   func(c *call) *refusal
	cutAfter int           // bytes of body after which the connection breaks; -1 for never
	stall    time.Duration // how long the body stops at cutAfter instead of breaking
	reset    bool          // the connection breaks before an answer
	edits    []edit        // of the whole answer, when it is good
	feed     *feedShape
}

// CutBody breaks the connection after n bytes of the body.
func CutBody(n int) *Fault { return &Fault{cutAfter: n} }

// Stall stops for d after n bytes of the body, then goes on. It ends early when the client leaves.
func Stall(n int, d time.Duration) *Fault { return &Fault{cutAfter: n, stall: d} }

// Reset breaks the connection before any answer.
func Reset() *Fault { return &Fault{reset: true} }

// Throttle refuses with 429. retryAfter 0 leaves out every header that would say how long to wait.
func Throttle(retryAfter time.Duration) *Fault {
	return &Fault{cutAfter: -1, refuse: func(*call) *refusal {
		r := &refusal{status: http.StatusTooManyRequests, typeKey: "RequestBlockedException",
			message:  "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource 'Concurrency' in namespace 'User'.",
			typeName: "Microsoft.TeamFoundation.Framework.Server.RequestBlockedException, Microsoft.TeamFoundation.Framework.Server"}
		if retryAfter > 0 {
			r.header = rateLimit(retryAfter)
		}
		return r
	}}
}

// SlowDown answers well, but says to wait before the next request; the answer itself comes after delay.
func SlowDown(retryAfter, delay time.Duration) *Fault {
	h := rateLimit(retryAfter)
	if delay > 0 {
		h.Set("X-RateLimit-Delay", strconv.FormatFloat(delay.Seconds(), 'f', 3, 64))
	}
	return &Fault{cutAfter: -1, delay: delay, header: h}
}

// rateLimit are the headers of a caller who is near the limit.
func rateLimit(retryAfter time.Duration) http.Header {
	h := http.Header{}
	h.Set("Retry-After", strconv.Itoa(int(retryAfter.Round(time.Second)/time.Second)))
	h.Set("X-RateLimit-Resource", "Services/TSTUs")
	h.Set("X-RateLimit-Limit", "200")
	h.Set("X-RateLimit-Remaining", "11")
	h.Set("X-RateLimit-Reset", strconv.FormatInt(time.Now().Add(5*time.Minute).Unix(), 10))
	return h
}

// Failure refuses with a status of the 500s and a JSON error; with bom its body begins with a byte order mark.
func Failure(status int, bom bool) *Fault {
	return refused(refusal{status: status, bom: bom, typeKey: "VssServiceException", message: "TF400898: An Internal Error Occurred. Activity Id: " + newGUID() + "."})
}

// OrganizationStopped is an organization that was switched off because nobody used it.
func OrganizationStopped() *Fault {
	return &Fault{cutAfter: -1, refuse: func(c *call) *refusal {
		return &refusal{status: http.StatusServiceUnavailable, bom: true, typeKey: "VssServiceException",
			message: "TF24668: The following team project collection is stopped: " + c.h.o.Organization + ". Start the collection and then try again. Administrator Reason: This Azure DevOps organization has been deactivated due to inactivity."}
	}}
}

// WrongContentType answers 200 with a page of something in between, such as a proxy.
func WrongContentType() *Fault {
	return refused(refusal{status: http.StatusOK, kind: "text/html; charset=utf-8", plain: "<html><head><title>Network notice</title></head><body>Your request was inspected.</body></html>"})
}

// SignInPage answers 203 with the page that a client without a usable credential ends at.
func SignInPage() *Fault {
	return &Fault{cutAfter: -1, refuse: func(c *call) *refusal { return c.signInPage() }}
}

// EmptyList answers 401 with a body that looks like success, as was once recorded.
func EmptyList() *Fault {
	return refused(refusal{status: http.StatusUnauthorized, kind: "application/json; charset=utf-8", plain: `{"count":0,"value":[]}`})
}

// SomebodyElse answers well, but as another identity.
func SomebodyElse(id, upn string) *Fault {
	return &Fault{cutAfter: -1, header: http.Header{"X-Vss-Userdata": {id + ":" + upn}}}
}

// ConditionalAccess is a policy of the directory that refuses this device or network.
func ConditionalAccess() *Fault {
	return refused(refusal{status: http.StatusForbidden, typeKey: "VssServiceException",
		message: "VS403463: The conditional access policy defined by your Microsoft Entra administrator has failed."})
}

// NotAuthorized is TF400813 that names whom the service saw: tenant\mail, "Windows Live ID\mail", a bare
// GUID, or the anonymous identity.
func NotAuthorized(seen string) *Fault {
	return &Fault{cutAfter: -1, refuse: func(c *call) *refusal { return c.notAuthorized(seen) }}
}

// AnonymousID is the identity of nobody.
const AnonymousID = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"

// Anonymous answers as an organization with public projects answers nobody: 200, an empty list, and no
// word about a user.
func Anonymous() *Fault {
	return refused(refusal{status: http.StatusOK, kind: "application/json; charset=utf-8; api-version=7.1", plain: `{"count":0,"value":[]}`})
}

// OAuthPolicyOff is the organization's policy against programs of others: TF400813 that names a bare GUID.
func OAuthPolicyOff() *Fault {
	return &Fault{cutAfter: -1, refuse: func(c *call) *refusal {
		seen, why := c.h.o.Authenticate.Authenticate(c.r)
		if why != Accepted {
			return c.signIn()
		}
		return c.notAuthorized(seen.ID)
	}}
}

// NotMaterialized is a person who never opened the organization in a browser. The status is not documented.
func NotMaterialized() *Fault {
	return &Fault{cutAfter: -1, refuse: func(c *call) *refusal {
		seen, _ := c.h.o.Authenticate.Authenticate(c.r)
		return &refusal{status: http.StatusUnauthorized, typeKey: "IdentityNotMaterializedException", header: c.challenges(),
			message: "Identity " + seen.ID + " has not been materialized, please use interactive login over the browser first."}
	}}
}

func refused(r refusal) *Fault {
	return &Fault{cutAfter: -1, refuse: func(*call) *refusal { return &r }}
}

// before applies what comes before the answer. It returns the writer to answer through, and whether the
// request is finished.
func (f *Fault) before(c *call) (http.ResponseWriter, bool) {
	if f.reset {
		panic(http.ErrAbortHandler) // how net/http breaks a connection without an answer
	}
	if f.delay > 0 {
		select {
		case <-time.After(f.delay):
		case <-c.r.Context().Done():
			return c.w, true
		}
	}
	for name, values := range f.header {
		c.w.Header()[name] = values
	}
	if f.refuse != nil {
		c.begin()
		c.answer(f.refuse(c))
		return c.w, true
	}
	c.shape = f.feed
	w := c.w
	if f.cutAfter >= 0 {
		w = &cutting{ResponseWriter: w, left: f.cutAfter, stall: f.stall, done: c.r.Context().Done()}
	}
	if len(f.edits) > 0 {
		c.r = c.r.Clone(c.r.Context())
		c.r.Header.Del("Accept-Encoding") // a compressed body cannot be edited
		w = &edited{ResponseWriter: w, edits: f.edits}
	}
	return w, false
}

// cutting is a writer that breaks off, or stops for a while, in the middle of the body.
type cutting struct {
	http.ResponseWriter
	left  int
	stall time.Duration
	over  bool
	done  <-chan struct{}
}

// Write passes bytes on until the place of the fault.
func (w *cutting) Write(b []byte) (int, error) {
	if w.over || len(b) < w.left {
		w.left -= len(b)
		return w.ResponseWriter.Write(b)
	}
	n, err := w.ResponseWriter.Write(b[:w.left])
	if err != nil {
		return n, err
	}
	if f, ok := w.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
	if w.stall == 0 {
		panic(http.ErrAbortHandler)
	}
	w.over = true
	select {
	case <-time.After(w.stall):
	case <-w.done:
	}
	m, err := w.ResponseWriter.Write(b[n:])
	return n + m, err
}
