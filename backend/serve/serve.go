// Package serve is the HTTP face of the bound structs: the same interface in the person's own browser.
//
// It listens on the loopback only. Whoever has the printed address may use it once, within ten minutes:
// its token is exchanged at once for an HttpOnly SameSite=Strict cookie, which ends when it was not used
// for a week. Host and Origin are checked on every request, so that neither a rebound name nor another
// page can reach it.
package serve

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"time"

	"sightline/backend/fault"
)

// Options say what to serve.
type Options struct {
	Addr  string       // host:port on the loopback; port 0 takes a free one
	Bound []any        // the bound structs
	Pages fs.FS        // the built interface
	API   http.Handler // what does not fit a call, below /api/
	CSP   string       // Content-Security-Policy of every answer

	Clock func() time.Time // tells when tokens and cookies end; nil is the time of this computer
}

// Server serves one program to one person.
type Server struct {
	listener net.Listener
	http     *http.Server
	calls    *calls
	events   *events
	secrets  *secrets
}

// Listen opens the port. Faults: Invalid for an address that is not the loopback, Conflict for a port
// that is taken.
func Listen(o Options) (*Server, error) {
	const op = "serve.Listen"
	host, _, err := net.SplitHostPort(o.Addr)
	if err != nil || !isLoopback(host) {
		return nil, fault.New(fault.Invalid, op, "Sightline serves this computer only, not "+o.Addr+".", "Use an address such as 127.0.0.1:8400.")
	}
	l, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return nil, fault.New(fault.Conflict, op, "The address "+o.Addr+" cannot be used.", "Another program may hold the port; use --addr 127.0.0.1:0 for a free one.").Because(err)
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	s := &Server{listener: l, calls: newCalls(o.Bound), events: newEvents(), secrets: newSecrets(o.Clock)}
	s.http = &http.Server{
		Handler:           s.handler(o),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	return s, nil
}

// URL is the address to open, with its token. It is valid once, for ten minutes.
func (s *Server) URL() string {
	return "http://" + s.listener.Addr().String() + "/?token=" + s.secrets.mint()
}

// Emit sends an event to every page that is open. It never blocks: a page that does not read is cut
// off and asks again when it reconnects.
func (s *Server) Emit(event string, data any) { s.events.emit(event, data) }

// Run serves until the context ends.
func (s *Server) Run(ctx context.Context) error {
	stopped := make(chan error, 1)
	go func() { stopped <- s.http.Serve(s.listener) }()
	select {
	case err := <-stopped:
		return fault.Wrap("serve.Run", err)
	case <-ctx.Done():
	}
	s.events.close()
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	err := s.http.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.http.Close() // a page that does not read its answer keeps nobody from ending
	}
	return fault.Wrap("serve.Run", err)
}

func (s *Server) handler(o Options) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page(o.Pages))
	mux.Handle("GET /bridge.js", http.HandlerFunc(bridgeScript))
	mux.Handle("POST /call/{service}/{method}", http.HandlerFunc(s.calls.serve))
	mux.Handle("GET /events", http.HandlerFunc(s.events.serve))
	if o.API != nil {
		mux.Handle("GET /api/", o.API)
		mux.Handle("POST /api/", o.API)
	}
	mux.Handle("GET /", filesOnly(http.FileServerFS(o.Pages)))
	return headers(o.CSP, checkOrigin(s.listener.Addr(), s.secrets.check(limitBody(mux))))
}
