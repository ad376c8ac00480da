package sampleorg

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"sightline/backend/sampleorg/identity"
	"sightline/backend/sampleorg/rest"
	"sightline/backend/sampleorg/world"
)

// Size says how large a company is simulated.
type Size = world.Size

// The sizes: about 5,000 work items of 8 revisions, 60,000 of 10, 200,000 of 8.
const (
	Small  = world.Small
	Medium = world.Medium
	Large  = world.Large
)

// ParseSize reads small, medium or large.
func ParseSize(s string) (Size, error) { return world.ParseSize(s) }

// Options say which organization to serve, and where.
type Options struct {
	Seed uint64
	Size Size
	// Today is the last instant of the history; zero means now.
	Today time.Time
	// Since is its first day; zero means two years before Today, or up to 13 weeks more. The same Seed, Size
	// and Since with a later Today continue the same history, so that cursors stay good.
	Since time.Time
	// Addr is a loopback address with a port; empty means 127.0.0.1:0, where 0 takes a free port.
	Addr string
	// Secret keeps tokens valid over a restart; nil means random. 32 bytes or more.
	Secret []byte
	// Strict makes refresh tokens single use.
	Strict bool
	// Collection serves with the manners of Azure DevOps Server 7.0 in place of the Services'.
	Collection bool
	// FullIdentities writes identities of the reporting feed with every member an identity has elsewhere.
	FullIdentities bool
	// PageSize is how many revisions a page of the reporting feed holds; 0 means 1,000.
	PageSize int
	// BuildPage is how many builds a page holds at most; 0 means 5,000.
	BuildPage int
	// Scripts are the faults to begin with, by name: see Scripts.
	Scripts []string
}

// Server is a running sample organization.
type Server struct {
	options  Options
	since    time.Time
	listener net.Listener
	server   *http.Server
	rest     *rest.Handler
	provider *identity.Provider
	faults   *rest.Faults
	token    string
	control  string        // what the announcement gives to who may change the organization
	done     chan struct{} // closed by Close
	served   chan error
	closing  sync.Once
	closed   error

	mu        sync.Mutex // of decisions, and of making a world of them
	decisions world.Decisions
	hostile   bool

	organizations []Organization
}

// Start simulates the organization and serves it until ctx ends or Close is called.
func Start(ctx context.Context, o Options) (*Server, error) {
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	if err := loopbackOnly(o.Addr); err != nil {
		return nil, err
	}
	if o.Today.IsZero() {
		o.Today = time.Now()
	}
	if err := CheckScripts(o.Scripts...); err != nil {
		return nil, err
	}
	if slices.Contains(o.Scripts, ServerScript) {
		o.Collection = true
	}
	w := world.New(world.Options{Seed: o.Seed, Size: o.Size, Since: o.Since, Now: o.Today})
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.Addr)
	if err != nil {
		return nil, fmt.Errorf("sampleorg: cannot listen on %s: %w", o.Addr, err)
	}
	s := &Server{options: o, since: time.UnixMilli(w.Since).UTC(), listener: listener, faults: &rest.Faults{}, done: make(chan struct{}), served: make(chan error, 1)}
	if err := s.wire(w); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	if err := s.Play(o.Scripts...); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	go func() { s.served <- s.server.Serve(listener) }()
	go func() {
		select {
		case <-ctx.Done():
			_ = s.Close() // whoever ended ctx asks no more
		case <-s.done:
		}
	}()
	return s, nil
}

// wire makes the sign-in and the protocol and mounts both.
func (s *Server) wire(w *world.World) error {
	provider, err := identity.New(identity.Options{BaseURL: "http://" + s.listener.Addr().String(), Secret: s.options.Secret, Strict: s.options.Strict})
	if err != nil {
		return fmt.Errorf("sampleorg: %w", err)
	}
	s.provider = provider
	g := &gate{provider: provider}
	s.rest = rest.New(w, rest.Options{
		Tenant: identity.LumenTenantID, Authority: provider.Authority(), Authenticate: g, Faults: s.faults, Server: s.options.Collection,
		FullIdentities: s.options.FullIdentities, PageSize: s.options.PageSize, BuildPage: s.options.BuildPage,
	})
	g.rest = s.rest
	if s.token, err = provider.MintPersonalAccessToken(s.personOf(world.MemberUPN, identity.LumenTenantID)); err != nil {
		return fmt.Errorf("sampleorg: %w", err)
	}
	if s.control, err = newControlToken(); err != nil {
		return fmt.Errorf("sampleorg: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("/"+world.Name+controlPath, s.controls())
	mux.Handle(provider.PathPrefix()+"/", provider)
	mux.Handle("/", s.rest)
	if err := s.settle(mux); err != nil {
		return err
	}
	s.server = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	return nil
}

// loopbackOnly refuses addresses that others could reach: the passwords of the sample are known.
func loopbackOnly(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("sampleorg: %q is no address with a port: %w", addr, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("sampleorg: %s is not on this computer alone; use 127.0.0.1", addr)
	}
	return nil
}

// Close stops serving. It may be called more than once.
func (s *Server) Close() error {
	s.closing.Do(func() {
		close(s.done)
		err := s.server.Close()
		if served := <-s.served; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		s.closed = err
	})
	return s.closed
}

// Since is the first day of the history. Kept with a connection and given to the next Start, it makes the
// organization go on where it was, whatever the day.
func (s *Server) Since() time.Time { return s.since }

// Faults is where a test decides what goes wrong with requests to the organization.
func (s *Server) Faults() *rest.Faults { return s.faults }

// Hide takes away the permission to see some projects, by name or id, and gives back all others.
func (s *Server) Hide(projects ...string) { s.rest.Hide(projects...) }

// Provider is the sign-in, for tests that revoke tokens or read its log.
func (s *Server) Provider() *identity.Provider { return s.provider }

// World is what is served now.
func (s *Server) World() *world.World { return s.rest.World() }
