package signin

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// bodyLimit bounds a posted answer; a code has about two kilobytes.
const bodyLimit = 64 << 10

// answer is what came back through the browser with the right state, or what the directory said of a typed code.
type answer struct {
	code    Secret
	refused *refusal
	token   *oauth2.Token // of a typed code
	failed  error         // of a typed code
}

// answerHTTP serves the loopback address of one sign-in. Everything that is not the one right answer is turned away
// and changes nothing, so that no page and no program of this computer can end somebody's sign-in.
func (s *Session) answerHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", pagePolicy)
	switch {
	case !s.ourHost(r.Host):
		// A foreign name that was pointed at this computer (DNS rebinding).
		refusePage(w, http.StatusNotFound)
	case r.Method == http.MethodOptions:
		methodNotAllowed(w, "GET, POST")
	case r.URL.Path == "/":
		s.serveCallback(w, r)
	case r.URL.Path == "/done":
		s.serveDone(w, r)
	case strings.HasPrefix(r.URL.Path, "/go/"):
		s.serveGo(w, r)
	default:
		refusePage(w, http.StatusNotFound)
	}
}

func (s *Session) ourHost(host string) bool {
	port := ":" + strconv.Itoa(s.port)
	return host == "localhost"+port || host == "127.0.0.1"+port || host == "[::1]"+port
}

// serveCallback takes the answer of the authority, by GET (query) or by POST (form_post).
func (s *Session) serveCallback(w http.ResponseWriter, r *http.Request) {
	var values url.Values
	switch r.Method {
	case http.MethodGet:
		values = r.URL.Query()
	case http.MethodPost:
		r.Body = http.MaxBytesReader(w, r.Body, bodyLimit)
		if err := r.ParseForm(); err != nil {
			refusePage(w, http.StatusRequestEntityTooLarge)
			return
		}
		values = r.PostForm
	default:
		methodNotAllowed(w, "GET, POST")
		return
	}
	if len(values["state"]) != 1 || len(values["code"]) > 1 || len(values["error"]) > 1 || !same(values.Get("state"), s.state) {
		refusePage(w, http.StatusNotFound)
		return
	}
	var a answer
	switch {
	case values.Has("iss") && values.Get("iss") != s.metadata.Issuer: // RFC 9207: somebody else's answer
		refusePage(w, http.StatusNotFound)
		return
	case values.Get("error") != "":
		refused := refusalOf(values)
		a.refused = &refused
	case values.Get("code") != "":
		a.code = NewSecret(values.Get("code"))
	default:
		refusePage(w, http.StatusNotFound)
		return
	}
	if !s.accept(a) { // the first right one won
		writePage(w, http.StatusGone, usedPage)
		return
	}
	// On to /done, so that the code does not stay in the address bar.
	w.Header().Set("Location", "/done")
	w.WriteHeader(http.StatusSeeOther)
}

// serveDone tells the person at the browser to go back. It waits for the outcome, so that it never says well done
// before it is.
func (s *Session) serveDone(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		methodNotAllowed(w, "GET")
		return
	}
	if !s.answered() {
		refusePage(w, http.StatusNotFound)
		return
	}
	limit := time.NewTimer(20 * time.Second)
	defer limit.Stop()
	select {
	case <-s.settled:
	case <-r.Context().Done():
	case <-limit.C:
	}
	if s.State().Phase == PhaseDone {
		writePage(w, http.StatusOK, donePage)
	} else {
		writePage(w, http.StatusOK, stoppedPage)
	}
	s.shownOnce.Do(func() { close(s.shown) })
}

// serveGo leads a browser from its one-time address to the authority.
func (s *Session) serveGo(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		methodNotAllowed(w, "GET")
		return
	}
	l, here := s.links.take(strings.TrimPrefix(r.URL.Path, "/go/"))
	if !here {
		writePage(w, http.StatusGone, usedPage)
		return
	}
	if l.used != nil {
		l.used()
	}
	if l.gate != nil && !l.gate.wait(r.Context()) {
		writePage(w, http.StatusForbidden, notIsolatedPage)
		return
	}
	if s.answered() { // while the browser was held back
		writePage(w, http.StatusGone, usedPage)
		return
	}
	w.Header().Set("Location", s.authorizeURL)
	w.WriteHeader(http.StatusFound)
}
