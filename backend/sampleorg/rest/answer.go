package rest

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// kept is an encoded answer and its compressed form.
type kept struct {
	plain  []byte
	packed []byte
}

// cache keeps encoded answers of things that do not change while a world is served.
type cache struct {
	mu   sync.RWMutex
	kept map[string]*kept
}

// maxKept bounds the cache; a large organization has thousands of teams.
const maxKept = 20_000

func (s *cache) get(key string) (*kept, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	k, ok := s.kept[key]
	return k, ok
}

func (s *cache) put(key string, plain []byte) *kept {
	k := &kept{plain: plain}
	if len(plain) >= worthPacking {
		var b bytes.Buffer
		z := packer(&b)
		_, _ = z.Write(plain) // a buffer takes everything
		_ = z.Close()
		packers.Put(z)
		k.packed = b.Bytes()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil || len(s.kept) >= maxKept {
		s.kept = map[string]*kept{}
	}
	s.kept[key] = k
	return k
}

// worthPacking is the size from which an answer is compressed.
const worthPacking = 1024

var packers sync.Pool

// packer returns a compressor at the quickest level; put it back into packers.
func packer(w io.Writer) *gzip.Writer {
	if z, ok := packers.Get().(*gzip.Writer); ok {
		z.Reset(w)
		return z
	}
	z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed) // the level is one that exists
	return z
}

// takesGzip says whether the client takes a compressed answer.
func (c *call) takesGzip() bool {
	for _, part := range strings.Split(c.r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if (strings.EqualFold(name, "gzip") || name == "*") && strings.ReplaceAll(quality, " ", "") != "q=0" {
			return true
		}
	}
	return false
}

// send writes a whole body.
func (c *call) send(status int, contentType string, body []byte) {
	c.head(contentType)
	h := c.w.Header()
	if len(body) >= worthPacking && c.takesGzip() {
		h.Set("Content-Encoding", "gzip")
		c.status(status)
		z := packer(c.w)
		_, _ = z.Write(body) // a client that went away needs no answer
		_ = z.Close()
		packers.Put(z)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	c.status(status)
	if c.r.Method != http.MethodHead {
		_, _ = c.w.Write(body)
	}
}

// sendKept writes an answer that was encoded before.
func (c *call) sendKept(k *kept) {
	c.head(c.contentType())
	body := k.plain
	if k.packed != nil && c.takesGzip() {
		c.w.Header().Set("Content-Encoding", "gzip")
		body = k.packed
	}
	c.w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	c.status(http.StatusOK)
	_, _ = c.w.Write(body)
}

// stream writes a body of unknown length in pieces, compressed when the client takes it. write gets the
// function that takes a piece; it returns false when the client is gone.
func (c *call) stream(write func(piece func([]byte) bool)) {
	c.head(c.contentType())
	if !c.takesGzip() {
		c.status(http.StatusOK)
		write(func(b []byte) bool {
			_, err := c.w.Write(b)
			return err == nil
		})
		return
	}
	c.w.Header().Set("Content-Encoding", "gzip")
	c.status(http.StatusOK)
	z := packer(c.w)
	write(func(b []byte) bool {
		_, err := z.Write(b)
		return err == nil
	})
	_ = z.Close()
	packers.Put(z)
}

func (c *call) status(code int) {
	c.wrote = true
	c.w.WriteHeader(code)
}

// answer writes a refusal, if there is one.
func (c *call) answer(why *refusal) {
	if why == nil || c.wrote {
		return
	}
	for name, values := range why.header {
		for _, v := range values {
			c.w.Header().Add(name, v)
		}
	}
	if why.message != "" {
		c.w.Header().Set("X-TFS-ServiceError", escapeHeader(why.message))
	}
	body, contentType := why.render(c)
	c.send(why.status, contentType, body)
}
