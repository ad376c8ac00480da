package identity

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"time"
)

// trace names one request in the answers, so that a person can tell support which one it was.
type trace struct {
	id          string
	correlation string
	at          time.Time
}

var guidPattern = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// traceOf makes the ids of a request. As at Entra a program may choose the correlation id.
func (p *Provider) traceOf(r *http.Request) trace {
	t := trace{id: newGUID(), correlation: r.Header.Get("client-request-id"), at: p.clock().UTC()}
	if !guidPattern.MatchString(t.correlation) {
		t.correlation = r.URL.Query().Get("client-request-id")
	}
	if !guidPattern.MatchString(t.correlation) {
		t.correlation = newGUID()
	}
	return t
}

func (t trace) timestamp() string { return t.at.Format("2006-01-02 15:04:05Z") }

// describe writes error_description the way Entra does.
func (t trace) describe(r *refusal) string {
	return fmt.Sprintf("AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s",
		r.Code, r.Text, t.id, t.correlation, t.timestamp())
}

// refuse answers a program with Entra's error object.
func (p *Provider) refuse(w http.ResponseWriter, r *http.Request, why *refusal) {
	t := p.traceOf(r)
	w.Header().Set("x-ms-request-id", t.id)
	if why.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(why.RetryAfter))
	}
	writeJSON(w, why.status(), struct {
		Error         string `json:"error"`
		Description   string `json:"error_description"`
		Codes         []int  `json:"error_codes"`
		Timestamp     string `json:"timestamp"`
		TraceID       string `json:"trace_id"`
		CorrelationID string `json:"correlation_id"`
		Suberror      string `json:"suberror,omitempty"`
	}{why.OAuth, t.describe(why), []int{why.Code}, t.timestamp(), t.id, t.correlation, why.Sub})
}

// writeJSON answers a program; nothing of it may be kept by a cache.
func writeJSON(w http.ResponseWriter, status int, v any) {
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store, no-cache")
	h.Set("Pragma", "no-cache")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	// The only error left is a client that went away.
	_ = json.NewEncoder(w).Encode(v)
}

// randomText returns n random bytes as text that fits a URL, a cookie and a form.
func randomText(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // crypto/rand ends the program rather than fail
	return base64.RawURLEncoding.EncodeToString(b)
}

// newGUID returns a random (version 4) GUID in lower case.
func newGUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
