package azdo

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"sightline/backend/fault"
)

// Credential puts the authorization of one connection on a request. It is called for every attempt and
// only for requests to the organization's own hosts.
type Credential interface {
	Authorize(ctx context.Context, r *http.Request) error
}

// Renewer is a Credential that can get a fresh token. It is asked once per call, with the request that the
// service refused, so that it can tell whether somebody renewed since.
type Renewer interface {
	Renew(ctx context.Context, refused *http.Request) error
}

// Options describe one connection.
type Options struct {
	// BaseURL is the base of every request: https://dev.azure.com/contoso, or the collection of a Server.
	BaseURL string
	// Organization is its name for sentences; empty means the last segment of BaseURL.
	Organization string
	// Account is whom we believe to be, for sentences; empty is allowed.
	Account    string
	Credential Credential
	// HTTP gives the transport; nil means one of our own. Its redirect policy and time-out are not used:
	// redirects never leave the host, and time-outs are per silence, not per answer.
	HTTP      *http.Client
	UserAgent string // "Sightline/1.2.3"
	// APIVersion is 7.1 when empty. A Server that is older lowers it by itself at the first refusal.
	APIVersion string
	// Budget is shared by all clients of one identity; nil means one of our own.
	Budget *Budget
	// Lanes are shared by all clients of one organization; nil means that only the Budget bounds.
	Lanes         *Lanes
	MaxConcurrent int // for our own Budget; 6 when 0
	Clock         func() time.Time
	Sleep         func(ctx context.Context, d time.Duration) error
	Jitter        func() float64 // 0 to 1; nil means random
	// IdleTimeout ends an attempt after this long without a byte; 100 s when 0. (The service delays
	// answers by up to 30 s when it throttles.)
	IdleTimeout time.Duration
	Attempts    int // per call, on failures that may pass; 6 when 0
	// AutoPin pins the identity of the first answer.
	AutoPin bool
	// FollowSignInRedirect leaves out X-TFS-FedAuthRedirect: Suppress, which some directories' Conditional
	// Access cannot bear.
	FollowSignInRedirect bool
	OnWait               func(WaitEvent)
	Logger               *slog.Logger
}

// Client speaks with one organization as one identity. It is safe for concurrent use.
type Client struct {
	o       Options
	base    *url.URL
	http    *http.Client
	budget  *Budget
	session string
	log     *slog.Logger

	version  atomic.Pointer[string]
	pin      atomic.Pointer[string]
	seen     atomic.Pointer[Caller]
	requests atomic.Int64
	answers  atomic.Int64
	bytes    atomic.Int64

	areasMu sync.Mutex
	areas   map[string]*url.URL // by lower-case id; nil until read
}

// New makes a client. It sends nothing. The fault is Invalid when the address cannot be used.
func New(o Options) (*Client, error) {
	base, err := url.Parse(strings.TrimRight(o.BaseURL, "/"))
	if err != nil || base.Host == "" || (base.Scheme != "https" && base.Scheme != "http") {
		return nil, fault.New(fault.Invalid, "azdo.New", o.BaseURL+" is no address of an organization.", "It looks like https://dev.azure.com/contoso.")
	}
	if o.Credential == nil {
		return nil, fault.New(fault.Invalid, "azdo.New", "No credential was given for "+o.BaseURL+".", "Sign in first.")
	}
	if o.Organization == "" {
		o.Organization = base.Path[strings.LastIndexByte(base.Path, '/')+1:]
		if o.Organization == "" {
			o.Organization = base.Host
		}
	}
	setDefaults(&o)
	c := &Client{o: o, base: base, budget: o.Budget, session: newGUID(), log: o.Logger}
	if c.budget == nil {
		c.budget = NewBudget(o.MaxConcurrent, o.Clock, o.Sleep)
	}
	if o.OnWait != nil {
		c.budget.subscribe(o.OnWait)
	}
	c.version.Store(&o.APIVersion)
	c.http = &http.Client{
		Transport:     o.HTTP.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

func setDefaults(o *Options) {
	if o.HTTP == nil {
		o.HTTP = &http.Client{Transport: NewTransport()}
	}
	if o.UserAgent == "" {
		o.UserAgent = "Sightline"
	}
	if o.APIVersion == "" {
		o.APIVersion = "7.1"
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleepReal
	}
	if o.Jitter == nil {
		o.Jitter = mathrand.Float64
	}
	if o.IdleTimeout <= 0 {
		o.IdleTimeout = 100 * time.Second
	}
	if o.Attempts <= 0 {
		o.Attempts = 6
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
}

// NewTransport makes the transport of a client: kept connections enough for a budget, the proxy of the
// environment, the machine's own certificates.
func NewTransport() *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          32,
		MaxIdleConnsPerHost:   8,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   20 * time.Second,
		ExpectContinueTimeout: time.Second,
		ReadBufferSize:        64 << 10,
		// We ask for gzip and unpack it ourselves, so that bytes on the wire can be counted.
		DisableCompression: true,
	}
}

// Stats counts what a client has done since New.
type Stats struct {
	Requests int           // attempts sent
	Answers  int           // of them answered well
	Bytes    int64         // of answer bodies, as they came over the wire
	Waited   time.Duration // how long the service held us back
}

// Stats returns the counts so far.
func (c *Client) Stats() Stats {
	return Stats{Requests: int(c.requests.Load()), Answers: int(c.answers.Load()), Bytes: c.bytes.Load(), Waited: c.budget.Waited()}
}

// Subscribe calls f at each wait, beside OnWait, until the returned function is called.
func (c *Client) Subscribe(f func(WaitEvent)) (cancel func()) { return c.budget.subscribe(f) }

// Organization is the name of the organization, for sentences.
func (c *Client) Organization() string { return c.o.Organization }

// BaseURL is the base of every request, without a slash at the end.
func (c *Client) BaseURL() string { return c.base.String() }

// Caller is whom the last answer came as. It is the zero Caller before the first answer.
func (c *Client) Caller() Caller {
	if seen := c.seen.Load(); seen != nil {
		return *seen
	}
	return Caller{}
}

// Pin fixes the identity (a GUID, as X-VSS-UserData carries it) that every later answer must come as.
// An answer as somebody else, or as nobody, becomes the fault IdentityChanged before its body is used.
func (c *Client) Pin(identityID string) {
	id := strings.ToLower(strings.TrimSpace(identityID))
	c.pin.Store(&id)
}

// Pinned returns the pinned identity, or "".
func (c *Client) Pinned() string {
	if p := c.pin.Load(); p != nil {
		return *p
	}
	return ""
}

// newGUID makes a random (version 4) GUID.
func newGUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
