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

const (
	successPageLinger   = 3 * time.Second
	redemptionTimeLimit = time.Minute
)

// window is what a browser of ours shows the sign-in page in. Close returns when nothing of it is left.
type window interface {
	Closed() <-chan struct{}
	Close()
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
	server                 *http.Server               // nil on RungDeviceCode
	device                 *oauth2.DeviceAuthResponse // on RungDeviceCode only

	answers   chan answer
	canceled  chan struct{} // Cancel was called
	lost      chan struct{} // the browser window is closed, and nobody else can come
	stolen    chan struct{} // somebody else visited the address that our window is started on
	settled   chan struct{} // result and err are final
	shown     chan struct{} // the browser has its last page
	hurry     chan struct{} // Close was called: do not wait for the last page
	closed    chan struct{} // listener, browser and folder are gone
	shownOnce sync.Once
	stopOnce  sync.Once
	lostOnce  sync.Once
	stealOnce sync.Once
	hurryOnce sync.Once

	mu       sync.Mutex
	snapshot State
	accepted bool // the one answer is in
	over     bool
	copied   bool // somebody uses the copied link: a closed window ends nothing
	window   window
	result   *Result
	err      error
}

// Start begins a sign-in. ctx limits only the questions to the directory before a browser opens; the sign-in
// itself ends by Wait's result, Cancel or the timeout, and everything it opened is gone after Close.
// Errors: fault.Invalid (options), fault.NoBrowser (the rung that was asked for cannot be taken here), fault.Offline,
// fault.Timeout, fault.BadAnswer, fault.SignInRefused, fault.OrganizationGone; for RungDeviceCode those of Wait too.
func Start(ctx context.Context, o Options) (*Session, error) {
	const op = "signin.Start"
	o.fillIn()
	if err := o.check(); err != nil {
		return nil, fault.Wrap(op, err)
	}
	if err := o.findDirectory(ctx); err != nil {
		return nil, fault.Wrap(op, err)
	}
	authority, err := authorityFor(o.Authority, o.TenantID)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	s := newSession(o)
	s.about.Authority = authority.String()
	if s.metadata, err = readMetadata(ctx, s.client, authority, s.about); err != nil {
		return nil, fault.Wrap(op, err)
	}
	s.about.TenantID = s.metadata.tenantID
	s.config = oauth2.Config{
		ClientID: o.ClientID, Scopes: o.Scopes,
		// AuthStyleInParams: to find the style out by trying could spend the code.
		Endpoint: oauth2.Endpoint{AuthURL: s.metadata.Authorization, TokenURL: s.metadata.Token, DeviceAuthURL: s.metadata.Device, AuthStyle: oauth2.AuthStyleInParams},
	}
	s.snapshot.Authority, s.snapshot.AuthorityKnown = s.metadata.asksForPassword()
	s.snapshot.Notice = s.withCaution("")
	if err := s.prepare(ctx); err != nil {
		return nil, fault.Wrap(op, err)
	}
	go s.run()
	return s, nil
}

// prepare gets ready what the person is to be shown.
func (s *Session) prepare(ctx context.Context) error {
	if !s.options.Rung.usesBrowser() {
		return s.askForCode(ctx)
	}
	if err := s.foresee(ctx); err != nil {
		return err
	}
	return s.openLoopback()
}

// withCaution adds to a notice that the page which asks for the password is none of Microsoft's.
func (s *Session) withCaution(notice string) string {
	if host, known := s.metadata.asksForPassword(); !known {
		return strings.TrimSpace(notice + " The page that asks for your password is of " + host + ", which is none of Microsoft's: go on only if your organization told you so.")
	}
	return notice
}

func newSession(o Options) *Session {
	now := o.Clock()
	return &Session{
		options: o, log: o.Logger, client: plainClient(o.HTTPClient),
		about: situation{Person: o.hint(), Organization: organizationName(o.OrganizationURL), OrganizationURL: o.OrganizationURL, ClientID: o.ClientID, TenantID: o.TenantID,
			Scopes: o.Scopes, ByCode: o.Rung == RungDeviceCode, InNormalBrowser: o.Rung == RungSystem},
		answers: make(chan answer, 1), canceled: make(chan struct{}), lost: make(chan struct{}), stolen: make(chan struct{}), settled: make(chan struct{}),
		shown: make(chan struct{}), hurry: make(chan struct{}), closed: make(chan struct{}),
		snapshot: State{Phase: PhaseOpening, Rung: o.Rung, Started: now, Deadline: now.Add(o.Timeout)},
	}
}

// openLoopback makes the local address that the browser starts at and answers to.
func (s *Session) openLoopback() error {
	listeners, port, err := listenLoopback(net.Listen)
	if err != nil {
		return err
	}
	s.state, s.nonce, s.verifier = randomText(), randomText(), oauth2.GenerateVerifier()
	s.port = port
	// What is registered is http://localhost: the directory ignores the port and compares the path.
	s.config.RedirectURL = s.local("")
	s.authorizeURL = s.authorizationAddress()
	s.offerLink()
	s.serve(listeners)
	return nil
}

// authorizationAddress is where the browser goes. A known person types the password again; an unknown one gets
// the list of accounts. Never both, which the directory refuses, and never neither, which signs somebody in
// silently: the page of permissions, where it is asked for, names the person and waits for a button.
func (s *Session) authorizationAddress() string {
	options := []oauth2.AuthCodeOption{
		oauth2.S256ChallengeOption(s.verifier),
		oauth2.SetAuthURLParam("nonce", s.nonce),
		oauth2.SetAuthURLParam("response_mode", "query"),
	}
	prompt, hint := "select_account", s.options.hint()
	if hint != "" {
		prompt = "login"
		options = append(options, oauth2.SetAuthURLParam("login_hint", hint))
	}
	if s.options.AskConsent {
		prompt = "consent"
	}
	return s.config.AuthCodeURL(s.state, append(options, oauth2.SetAuthURLParam("prompt", prompt))...)
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
// cacheDir, and returns how many. Every face of the program calls it when it starts, also beside another one that
// runs: windows of a Sightline that lives are left alone.
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
