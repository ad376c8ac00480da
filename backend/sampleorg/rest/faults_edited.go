package rest

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
)

// edited is a writer that keeps a whole answer and sends it changed.
type edited struct {
	http.ResponseWriter
	edits  []edit
	status int
	body   bytes.Buffer
}

// WriteHeader keeps the status.
func (e *edited) WriteHeader(status int) { e.status = status }

// Write keeps a piece of the body.
func (e *edited) Write(b []byte) (int, error) { return e.body.Write(b) }

// finish sends the answer. Only good JSON answers are edited.
func (e *edited) finish() {
	h := e.ResponseWriter.Header()
	body := e.body.Bytes()
	if e.status == http.StatusOK && len(body) > 0 && strings.HasPrefix(h.Get("Content-Type"), "application/json") {
		for _, change := range e.edits {
			body = change(h, body)
		}
	}
	if e.status == 0 {
		e.status = http.StatusOK
	}
	h.Del("Transfer-Encoding")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if e.status == http.StatusNoContent || e.status == http.StatusNotModified {
		h.Del("Content-Length")
	}
	e.ResponseWriter.WriteHeader(e.status)
	_, _ = e.ResponseWriter.Write(body) // a client that went away needs no answer
}
