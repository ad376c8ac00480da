package serve

import (
	"net"
	"net/http"
	"strings"
	"time"
)

// cookieName holds the port, because browsers share cookies between the ports of one host and two
// programs may serve at the same time.
func cookieName(addr net.Addr) string {
	_, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		port = "0"
	}
	return "sightline_" + port
}

// check lets in who has the cookie, and exchanges a token in the address of the first page for it.
func (s *secrets) check(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		addr, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
		name := cookieName(addr)
		if token := r.URL.Query().Get("token"); token != "" && r.Method == http.MethodGet && r.URL.Path == "/" {
			if value, ok := s.exchange(token); ok {
				giveCookie(w, name, value)
				http.Redirect(w, r, "/", http.StatusSeeOther)
				return
			}
		}
		if c, err := r.Cookie(name); err == nil {
			known, renewed := s.known(c.Value)
			if renewed {
				giveCookie(w, name, c.Value)
			}
			if known {
				next.ServeHTTP(w, r)
				return
			}
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte("Sightline does not know this browser.\n\nOpen the address that `sightline serve` printed. It works once, within ten minutes; for another one, end `sightline serve` and run it again.\n"))
	})
}

// giveCookie tells a browser its cookie and when it ends.
func giveCookie(w http.ResponseWriter, name, value string) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(cookieLife / time.Second), HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
}

// checkOrigin refuses requests that name another host (DNS rebinding) or come from another page.
func checkOrigin(addr net.Addr, next http.Handler) http.Handler {
	_, port, _ := net.SplitHostPort(addr.String())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, p, err := net.SplitHostPort(r.Host)
		if err != nil || p != port || !isLoopback(host) {
			http.Error(w, "wrong host", http.StatusForbidden)
			return
		}
		if o := r.Header.Get("Origin"); o != "" && strings.TrimPrefix(o, "http://") != r.Host {
			http.Error(w, "wrong origin", http.StatusForbidden)
			return
		}
		if !welcome(r) {
			http.Error(w, "wrong site", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// welcome reports whether the page that made the request is our own, as far as the browser says. Only the
// first page may be opened from elsewhere; another port of this computer counts as elsewhere, though
// browsers give it our cookie.
func welcome(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	}
	return r.Method == http.MethodGet && r.URL.Path == "/"
}

// longestBody is how long a body may take to arrive.
const longestBody = 20 * time.Second

// limitBody lets go of a connection whose body does not come.
func limitBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			// A connection that knows no deadline is one of a test; the server takes it back after the request.
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(longestBody))
		}
		next.ServeHTTP(w, r)
	})
}

// filesOnly lists no folder.
func filesOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/") {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// headers go on every answer.
func headers(csp string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", csp)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if strings.HasPrefix(r.URL.Path, "/assets/") {
			h.Set("Cache-Control", "public, max-age=31536000, immutable") // names carry a hash
		} else {
			h.Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	})
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
