package identity

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// How long things live. All are Entra's.
const (
	accessTokenLife  = time.Hour
	codeLife         = 10 * time.Minute
	deviceLife       = 15 * time.Minute
	refreshTokenIdle = 90 * 24 * time.Hour
	cookieLife       = 90 * 24 * time.Hour
)

// Options configure a Provider. The zero value is the sample organization as it is.
type Options struct {
	// Clock tells the time; nil means time.Now. A clock that runs ahead or behind shows clock skew.
	Clock func() time.Time
	// BaseURL is scheme and host under which the handler is reached, without a slash at the end, for
	// example http://127.0.0.1:8080. It may come later by SetBaseURL, but before the first request.
	BaseURL string
	// PathPrefix is where the handler is mounted; empty means /identity.
	PathPrefix string
	// People can sign in; nil means Cast().
	People []Account
	// Tenants are the directories; nil means Directories().
	Tenants []Tenant
	// ClientID and Name register the program; empty means the constant ClientID, and Sightline.
	ClientID string
	Name     string
	// RedirectURIs are where the program may be answered; nil means http://localhost, whatever the port.
	RedirectURIs []string
	// Permissions are the Azure DevOps scopes that …/.default stands for; nil means work, code, build,
	// test, and project and team, all read only.
	Permissions []string
	// Strict makes refresh tokens single use: the replaced token dies, and using it again ends every token
	// that came from the same sign-in. Without it old refresh tokens stay valid, as Entra's do.
	Strict bool
	// Secret seals refresh tokens and personal access tokens. With the same 32 bytes or more they stay
	// valid over a restart; nil means random, so that they end with the Provider.
	Secret []byte
}

// Provider is the identity provider. It is an http.Handler for every path below its prefix and safe for
// use by many goroutines.
type Provider struct {
	clock  func() time.Time
	prefix string
	dir    directory
	strict bool

	signer   *signer
	sealed   *sealedTokens
	sessions *sessionStore
	flows    *flowStore
	codes    *codeStore
	devices  *deviceStore
	consents *consentStore
	ended    *endedTokens
	log      *eventLog
	csrfKey  []byte
	issued   *issuedLog
	playing  atomic.Pointer[[]Fault]

	mux *http.ServeMux

	mu      sync.RWMutex
	baseURL string
}

// New makes a Provider. It fails when the options contradict each other.
func New(o Options) (*Provider, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.PathPrefix == "" {
		o.PathPrefix = "/identity"
	}
	if !strings.HasPrefix(o.PathPrefix, "/") || strings.HasSuffix(o.PathPrefix, "/") || strings.ContainsAny(o.PathPrefix, "{}") {
		return nil, fmt.Errorf("identity: the path prefix %q must begin with a slash and not end with one", o.PathPrefix)
	}
	if o.People == nil {
		o.People = Cast()
	}
	if o.Tenants == nil {
		o.Tenants = Directories()
	}
	if o.Secret == nil {
		o.Secret = make([]byte, 32)
		_, _ = rand.Read(o.Secret)
	}
	if len(o.Secret) < 32 {
		return nil, errors.New("identity: the secret must have 32 bytes or more")
	}
	app := registration{ClientID: o.ClientID, Name: o.Name, RedirectURIs: slices.Clone(o.RedirectURIs), Permissions: inOrder(o.Permissions)}
	if app.ClientID == "" {
		app.ClientID = ClientID
	}
	if app.Name == "" {
		app.Name = "Sightline"
	}
	if o.RedirectURIs == nil {
		app.RedirectURIs = []string{"http://localhost"}
	}
	if o.Permissions == nil {
		app.Permissions = []string{"vso.work", "vso.code", "vso.build", "vso.test", "vso.project"}
	} else if len(app.Permissions) != len(o.Permissions) {
		return nil, errors.New("identity: a permission is named twice or is none of Azure DevOps")
	}
	if err := app.check(); err != nil {
		return nil, err
	}
	dir := directory{tenants: slices.Clone(o.Tenants), accounts: slices.Clone(o.People), app: app}
	if err := dir.check(); err != nil {
		return nil, err
	}
	sealed, err := newSealedTokens(o.Secret)
	if err != nil {
		return nil, err
	}
	csrfKey := make([]byte, 32)
	_, _ = rand.Read(csrfKey)
	var p *Provider
	clock := func() time.Time {
		if p.plays(faultClock) {
			return o.Clock().Add(clockAhead)
		}
		return o.Clock()
	}
	p = &Provider{
		clock: clock, issued: &issuedLog{}, prefix: o.PathPrefix, dir: dir, strict: o.Strict,
		signer: newSigner(), sealed: sealed,
		sessions: newSessionStore(clock), flows: newFlowStore(clock), codes: newCodeStore(clock),
		devices: newDeviceStore(clock), consents: newConsentStore(), ended: newEndedTokens(),
		log: newEventLog(clock), csrfKey: csrfKey,
	}
	if err := p.SetBaseURL(o.BaseURL); err != nil {
		return nil, err
	}
	p.route()
	return p, nil
}

// SetBaseURL says under which scheme and host the handler is reached, once that is known. Issuers and
// endpoints change with it, so it is called once, before the first request.
func (p *Provider) SetBaseURL(base string) error {
	base = strings.TrimSuffix(base, "/")
	if base != "" && !strings.HasPrefix(base, "http://") && !strings.HasPrefix(base, "https://") {
		return fmt.Errorf("identity: the base URL %q does not begin with http:// or https://", base)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.baseURL = base
	return nil
}

func (p *Provider) base() string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.baseURL
}

// secure reports whether cookies may be limited to https.
func (p *Provider) secure() bool { return strings.HasPrefix(p.base(), "https://") }

// Authority is the address of the provider without a tenant, for example http://127.0.0.1:8080/identity.
// A program appends /{tenant} to it, as to https://login.microsoftonline.com.
func (p *Provider) Authority() string { return p.base() + p.prefix }

// Issuer is the iss of the id tokens of one tenant, and where its discovery document is found.
func (p *Provider) Issuer(tenantID string) string { return p.Authority() + "/" + tenantID + "/v2.0" }

// PathPrefix is where the handler wants to be mounted, without a slash at the end.
func (p *Provider) PathPrefix() string { return p.prefix }

// ClientID is the application id of the one registered program.
func (p *Provider) ClientID() string { return p.dir.app.ClientID }

// Tenants lists the directories.
func (p *Provider) Tenants() []Tenant { return slices.Clone(p.dir.tenants) }

// Accounts lists everybody who can sign in, with the sample passwords.
func (p *Provider) Accounts() []Account { return slices.Clone(p.dir.accounts) }

// People lists everybody who can sign in.
func (p *Provider) People() []Person {
	people := make([]Person, len(p.dir.accounts))
	for i, a := range p.dir.accounts {
		people[i] = a.Person
	}
	return people
}

// ServeHTTP answers every path below the prefix.
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if p.base() == "" {
		http.Error(w, "The identity provider does not know its own address yet.", http.StatusServiceUnavailable)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	p.mux.ServeHTTP(w, p.withSessions(r))
}

// route lists every path. Those with two methods tell a wrong one in Entra's words.
func (p *Provider) route() {
	p.mux = http.NewServeMux()
	t := p.prefix + "/{tenant}"
	p.mux.HandleFunc("GET "+t+"/v2.0/.well-known/openid-configuration", p.discovery)
	p.mux.HandleFunc("GET "+t+"/discovery/v2.0/keys", p.keys)
	p.mux.HandleFunc("GET "+t+"/oauth2/v2.0/authorize", p.authorize)
	p.mux.HandleFunc(t+"/oauth2/v2.0/token", p.postOnly(p.token))
	p.mux.HandleFunc(t+"/oauth2/v2.0/devicecode", p.postOnly(p.deviceCode))
	p.mux.HandleFunc("GET "+t+"/oauth2/v2.0/logout", p.logout)
	p.mux.HandleFunc("POST "+t+"/oauth2/v2.0/logout", p.logoutChosen)

	// The forms of the pages.
	p.mux.HandleFunc("GET "+t+"/oauth2/deviceauth", p.devicePage)
	p.mux.HandleFunc("POST "+t+"/oauth2/deviceauth", p.deviceEntered)
	p.mux.HandleFunc("POST "+t+"/signin/password", p.passwordEntered)
	p.mux.HandleFunc("POST "+t+"/signin/account", p.accountPicked)
	p.mux.HandleFunc("POST "+t+"/signin/another", p.anotherAccount)
	p.mux.HandleFunc("POST "+t+"/signin/consent", p.consentGiven)
	p.mux.HandleFunc("POST "+t+"/signin/return", p.returnRefused)
}

// postOnly answers other methods than POST as Entra does.
func (p *Provider) postOnly(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			p.refuse(w, r, methodRefused("POST", r.Method))
			return
		}
		next(w, r)
	}
}
