package signin

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"sightline/backend/fault"
	"sightline/backend/signin/browser"
)

// BrowserChooser returns the browsers to try, best first; none means that the person gets a link to copy.
type BrowserChooser func(ctx context.Context) []browser.Browser

// Options say whom to sign in, where and how.
type Options struct {
	Authority       string   // of Discover, or typed; with its tenant or without
	TenantID        string   // GUID or domain; wins over the one in Authority
	ClientID        string   // application id of the registration
	OrganizationURL string   // for sentences, and asked for its directory when neither of the two names a tenant
	Scopes          []string // nil means DefaultScopes; openid, profile and offline_access are always asked for

	// Expect is the address of the person who is expected, LoginHint the address to fill in. With either, the
	// directory asks that person for the password again; with neither it shows its list of accounts.
	Expect    string
	LoginHint string
	// ExpectAccount refuses everybody but this account: a sign-in that renews an existing connection.
	ExpectAccount *AccountKey

	Rung     Rung           // RungIsolated if empty; RungSystem and RungCopyLink when the person asked for them
	Browser  BrowserChooser // nil means browser.Find
	CacheDir string         // parent of the throw-away profiles
	// OpenURL opens an address in the person's normal browser. It is used on RungSystem only.
	OpenURL func(address string) error

	Timeout    time.Duration // 0 means ten minutes, which is how long a code lives
	Clock      func() time.Time
	HTTPClient *http.Client // its cookies and its redirect rule are not used
	Logger     *slog.Logger
}

// Phase says how far a sign-in is.
type Phase string

// The phases. The last three are final.
const (
	PhaseOpening   Phase = "opening"   // a browser is started and its isolation verified
	PhaseWaiting   Phase = "waiting"   // for the person
	PhaseRedeeming Phase = "redeeming" // the code is exchanged for tokens
	PhaseDone      Phase = "done"
	PhaseFailed    Phase = "failed"
	PhaseCanceled  Phase = "canceled"
)

// Rung is the way the person gets to the sign-in page.
type Rung string

// The rungs of the ladder, best first.
const (
	RungIsolated     Rung = "isolated"                 // own throw-away profile, private window
	RungIsolatedOpen Rung = "isolated-without-private" // the same where a policy forbids private windows
	RungSystem       Rung = "system"                   // the normal browser; isolation is not claimed
	RungCopyLink     Rung = "copy-link"                // the person opens the link; isolation is not claimed
)

const (
	defaultTimeout      = 10 * time.Minute // a code lives about as long
	successPageLinger   = 3 * time.Second
	redemptionTimeLimit = time.Minute
)

// State is a snapshot of a sign-in for the screen. It holds no secret.
type State struct {
	Phase             Phase     `json:"phase"`
	Rung              Rung      `json:"rung"`
	BrowserName       string    `json:"browserName"`       // empty where no browser was started
	IsolationVerified bool      `json:"isolationVerified"` // the browser took its throw-away profile
	Notice            string    `json:"notice"`            // why a lower rung is in use, or empty
	URL               string    `json:"url"`               // one-time local link to copy; a fresh one after each use; empty when over
	Started           time.Time `json:"started"`
	Deadline          time.Time `json:"deadline"`
}

// Session is one sign-in: its own loopback address, state, nonce, PKCE verifier and browser profile. Nothing of it
// is written anywhere. Its methods may be called from any goroutine.
type Session struct {
	options  Options
	about    situation
	metadata metadata
	config   oauth2.Config
	client   *http.Client
	log      *slog.Logger

	state, nonce, verifier string
	authorizeURL           string
	port                   int
	links                  links
	server                 *http.Server

	answers   chan answer
	canceled  chan struct{} // Cancel was called
	lost      chan struct{} // the browser window is closed, and nobody else can come
	settled   chan struct{} // result and err are final
	shown     chan struct{} // the browser has its last page
	hurry     chan struct{} // Close was called: do not wait for the last page
	closed    chan struct{} // listener, browser and folder are gone
	shownOnce sync.Once
	stopOnce  sync.Once
	lostOnce  sync.Once
	hurryOnce sync.Once

	mu       sync.Mutex
	snapshot State
	accepted bool // the one answer is in
	over     bool
	copied   bool // somebody uses the copied link: a closed window ends nothing
	window   *browser.Window
	result   *Result
	err      error
}

// Start begins a sign-in. ctx limits only the questions to the directory before a browser opens; the sign-in
// itself ends by Wait's result, Cancel or the timeout, and everything it opened is gone after Close.
// Errors: fault.Invalid (options), fault.Offline, fault.Timeout, fault.BadAnswer, fault.SignInRefused,
// fault.OrganizationGone.
func Start(ctx context.Context, o Options) (*Session, error) {
	const op = "signin.Start"
	o.fillIn()
	if strings.TrimSpace(o.ClientID) == "" {
		return nil, fault.New(fault.Invalid, op, "This connection has no client id yet.",
			"Register Sightline in your directory as the guide shows and paste the application id, or connect with a personal access token.")
	}
	if o.CacheDir == "" && o.Rung == RungIsolated {
		return nil, fault.New(fault.Internal, op, "There is no folder for the throw-away profile.", "Restart Sightline.")
	}
	if err := o.findDirectory(ctx); err != nil {
		return nil, fault.Wrap(op, err)
	}
	authority, err := authorityFor(o.Authority, o.TenantID)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	s := &Session{
		options: o, log: o.Logger, client: plainClient(o.HTTPClient),
		about: situation{Person: o.person(), Organization: organizationName(o.OrganizationURL), ClientID: o.ClientID, TenantID: o.TenantID},
		state: randomText(), nonce: randomText(), verifier: oauth2.GenerateVerifier(),
		answers: make(chan answer, 1), canceled: make(chan struct{}), lost: make(chan struct{}), settled: make(chan struct{}),
		shown: make(chan struct{}), hurry: make(chan struct{}), closed: make(chan struct{}),
	}
	if s.metadata, err = readMetadata(ctx, s.client, authority, s.about); err != nil {
		return nil, fault.Wrap(op, err)
	}
	s.about.TenantID = s.metadata.tenantID
	listeners, port, err := listenLoopback()
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	s.port = port
	s.config = oauth2.Config{
		ClientID: o.ClientID, Scopes: o.Scopes,
		// What is registered is http://localhost: the directory ignores the port and compares the path.
		RedirectURL: s.local(""),
		// AuthStyleInParams: to find the style out by trying could spend the code.
		Endpoint: oauth2.Endpoint{AuthURL: s.metadata.Authorization, TokenURL: s.metadata.Token, AuthStyle: oauth2.AuthStyleInParams},
	}
	s.authorizeURL = s.authorizationAddress()
	now := o.Clock()
	s.snapshot = State{Phase: PhaseOpening, Rung: o.Rung, Started: now, Deadline: now.Add(o.Timeout)}
	s.offerLink()
	s.serve(listeners)
	go s.run()
	return s, nil
}

// fillIn sets what was left out.
func (o *Options) fillIn() {
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if o.Browser == nil {
		o.Browser = browser.Find
	}
	if o.Rung == "" || o.Rung == RungIsolatedOpen {
		o.Rung = RungIsolated
	}
	o.Scopes = withIdentity(o.Scopes)
	o.Expect, o.LoginHint = strings.TrimSpace(o.Expect), strings.TrimSpace(o.LoginHint)
}

// findDirectory asks the organization for its tenant when nobody named one. An authority that was typed stays.
func (o *Options) findDirectory(ctx context.Context) error {
	if o.OrganizationURL == "" || o.TenantID != "" || tenantIn(o.Authority) != "" {
		return nil
	}
	d, err := Discover(ctx, o.HTTPClient, o.OrganizationURL)
	if err != nil {
		return err
	}
	o.TenantID = d.TenantID
	if d.MSABacked {
		o.TenantID = zeroGUID
	}
	if o.Authority == "" {
		o.Authority = d.Authority
		if d.MSABacked {
			o.Authority = publicAuthority
		}
	}
	return nil
}

// person is the address to ask for, or empty.
func (o *Options) person() string {
	if o.LoginHint != "" {
		return o.LoginHint
	}
	return o.Expect
}

// authorizationAddress is where the browser goes. A known person types the password again; an unknown one gets
// the list of accounts. Never both, which the directory refuses, and never neither, which signs somebody in
// silently.
func (s *Session) authorizationAddress() string {
	options := []oauth2.AuthCodeOption{
		oauth2.S256ChallengeOption(s.verifier),
		oauth2.SetAuthURLParam("nonce", s.nonce),
		oauth2.SetAuthURLParam("response_mode", "query"),
	}
	if person := s.options.person(); person != "" {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("login_hint", person))
	} else {
		options = append(options, oauth2.SetAuthURLParam("prompt", "select_account"))
	}
	return s.config.AuthCodeURL(s.state, options...)
}

// local is an address of this session's own listener.
func (s *Session) local(path string) string {
	return "http://localhost:" + strconv.Itoa(s.port) + path
}

func (s *Session) serve(listeners []net.Listener) {
	s.server = &http.Server{
		Handler: http.HandlerFunc(s.answerHTTP), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(slog.NewTextHandler(io.Discard, nil), slog.LevelError), // it quotes addresses
	}
	for _, l := range listeners {
		go func() { _ = s.server.Serve(l) }() // returns when the server is closed
	}
}

// State returns where the sign-in stands.
func (s *Session) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.snapshot
}

// Wait returns the outcome. When ctx ends first it returns its error and the sign-in goes on. Errors:
// fault.Canceled, fault.BrowserClosed, fault.SignInTimeout, fault.ConsentDeclined, fault.NotMember,
// fault.ConditionalAccess, fault.SignInRefused, fault.WrongPerson, fault.BadAnswer, fault.Offline.
func (s *Session) Wait(ctx context.Context) (*Result, error) {
	select {
	case <-s.settled:
		return s.result, s.err
	case <-ctx.Done():
		return nil, fault.Wrap("signin.Wait", ctx.Err())
	}
}

// Settled is closed when the outcome is final.
func (s *Session) Settled() <-chan struct{} { return s.settled }

// Cancel ends the sign-in if it is not over; Wait then returns fault.Canceled. It does not wait for the browser.
func (s *Session) Cancel() { s.stopOnce.Do(func() { close(s.canceled) }) }

// Close cancels what is not over and returns when listener, browser and profile are gone. Call it always, at the
// latest before the program ends; without it a finished sign-in closes its window three seconds later by itself.
func (s *Session) Close() {
	s.Cancel()
	s.hurryOnce.Do(func() { close(s.hurry) })
	<-s.closed
}

// Closed is closed when listener, browser and profile are gone.
func (s *Session) Closed() <-chan struct{} { return s.closed }

// SweepStale ends the browser windows and removes the throw-away profiles that a killed Sightline left below
// cacheDir, and returns how many. Call it once at program start, in the background.
func SweepStale(cacheDir string) int { return browser.Sweep(cacheDir) }

// organizationName is what a sentence calls the organization: the last part of its address.
func organizationName(address string) string {
	u, err := url.Parse(strings.TrimSuffix(address, "/"))
	if err != nil || u.Host == "" {
		return strings.TrimSpace(address)
	}
	if name := u.Path[strings.LastIndex(u.Path, "/")+1:]; name != "" {
		return name
	}
	return u.Host
}
