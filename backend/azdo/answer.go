package azdo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"sightline/backend/azdo/gunzip"

	"github.com/go-json-experiment/json/jsontext"
)

// maxBody is more than any answer of the interface; beyond it something is wrong.
const maxBody = 512 << 20

// answer is one answer of the service, read to its end.
type answer struct {
	status  int
	header  http.Header
	body    []byte        // unpacked, without a byte order mark
	buffer  *bytes.Buffer // what body is in
	packed  *bytes.Buffer // the body as it came, until open
	url     *url.URL
	request *http.Request
	message string // the service's own sentence, on errors
	typeKey string
	caller  Caller
}

// buffers keeps the memory of answers between calls: a page of revisions is some megabytes.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// packedBuffers is the same for bodies as they came, which are a tenth as long.
var packedBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// release gives the memory back. The body must not be used afterwards.
func (a *answer) release() {
	if a == nil || a.buffer == nil {
		return
	}
	buffers.Put(a.buffer)
	a.buffer, a.body = nil, nil
	if a.packed != nil {
		packedBuffers.Put(a.packed)
		a.packed = nil
	}
}

// errBrokenBody marks a body that ended early, stalled or does not parse: worth another attempt.
var errBrokenBody = errors.New("azdo: broken body")

// send makes one attempt and reads the answer whole, as it comes. Only transport failures are errors.
func (c *Client) send(ctx context.Context, r *http.Request, idle time.Duration) (*answer, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	// The watchdog bites on silence, not on length: a page may be slow, but it must move.
	watchdog := time.AfterFunc(idle, func() { cancel(errSilent) })
	defer watchdog.Stop()
	c.requests.Add(1)
	resp, err := c.http.Do(r.WithContext(ctx))
	if err != nil {
		return nil, silence(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }()
	a := &answer{
		status: resp.StatusCode, header: resp.Header, url: r.URL, caller: parseCaller(resp.Header.Get("X-VSS-UserData")),
		buffer: buffers.Get().(*bytes.Buffer), request: r,
	}
	a.buffer.Reset()
	wire := &countingReader{r: resp.Body, n: &c.bytes, watchdog: watchdog, idle: idle}
	if strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip") {
		a.packed = packedBuffers.Get().(*bytes.Buffer)
		a.packed.Reset()
		err = readBody(a.packed, wire)
	} else {
		if resp.ContentLength > 0 && resp.ContentLength < maxBody {
			a.buffer.Grow(int(resp.ContentLength) + bytes.MinRead)
		}
		err = readBody(a.buffer, wire)
	}
	if err != nil {
		a.release()
		return nil, silence(ctx, fmt.Errorf("%w: %w", errBrokenBody, err))
	}
	return a, nil
}

// open unpacks the body of an answer, which does not need the service any more. Call it once, before anything
// reads the body.
func (a *answer) open() error {
	if a.packed != nil {
		err := unpack(a.buffer, a.packed)
		packedBuffers.Put(a.packed)
		a.packed = nil
		if err != nil {
			a.release()
			return fmt.Errorf("%w: %w", errBrokenBody, err)
		}
	}
	a.body = bytes.TrimPrefix(a.buffer.Bytes(), []byte("\xef\xbb\xbf"))
	if a.status >= 300 || !a.json() {
		a.readError()
	}
	return nil
}

var errSilent = errors.New("no byte arrived in time")

// silence turns the error of a request that the watchdog ended into its cause.
func silence(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), errSilent) {
		return fmt.Errorf("%w: %w", errBrokenBody, errSilent)
	}
	return err
}

// readBody reads what is not longer than an answer may be.
func readBody(to *bytes.Buffer, from io.Reader) error {
	n, err := to.ReadFrom(io.LimitReader(from, maxBody+1))
	if err == nil && n > maxBody {
		err = fmt.Errorf("longer than %d MB", maxBody>>20)
	}
	return err
}

// unpack appends a gzip body to an empty buffer, whose memory it uses.
func unpack(to, packed *bytes.Buffer) error {
	plain, err := gunzip.Append(to.AvailableBuffer(), packed.Bytes(), maxBody)
	*to = *bytes.NewBuffer(plain)
	return err
}

// countingReader counts bytes on the wire and keeps the watchdog quiet while they come.
type countingReader struct {
	r        io.Reader
	n        *atomic.Int64
	watchdog *time.Timer
	idle     time.Duration
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if n > 0 {
		c.n.Add(int64(n))
		c.watchdog.Reset(c.idle)
	}
	return n, err
}

// json reports whether the body says to be JSON.
func (a *answer) json() bool {
	kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	return strings.HasSuffix(kind, "/json") || strings.HasSuffix(kind, "+json")
}

// scheme is the kind of authorization we sent: Basic, Bearer, …
func (a *answer) scheme() string {
	scheme, _, _ := strings.Cut(a.request.Header.Get("Authorization"), " ")
	return scheme
}

// good reports whether the answer is one of the protocol: 2xx with JSON. 203 is the sign-in page.
func (a *answer) good() bool {
	return a.status >= 200 && a.status < 300 && a.status != http.StatusNonAuthoritativeInfo && a.json()
}

// nothing reports whether the answer is a good status without a body: 204, or 200 with none.
func (a *answer) nothing() bool {
	return (a.status == http.StatusOK || a.status == http.StatusNoContent) && len(a.body) == 0
}

// html reports whether the body is a page for a person.
func (a *answer) html() bool {
	return strings.Contains(strings.ToLower(a.header.Get("Content-Type")), "html")
}

// readError finds the service's own sentence in the forms in which errors come: an object with message,
// {"count":1,"value":{"Message"}}, OData's {"error":{"message"}}, plain text, a page with a title, or
// nothing but the header X-TFS-ServiceError.
func (a *answer) readError() {
	var o struct {
		Message string         `json:"message"`
		TypeKey string         `json:"typeKey"`
		Value   jsontext.Value `json:"value"`
		Error   jsontext.Value `json:"error"`
	}
	if unmarshal(a.body, &o) == nil {
		a.message, a.typeKey = o.Message, o.TypeKey
		for _, inner := range []jsontext.Value{o.Value, o.Error} {
			var m struct {
				Message string `json:"message"` // also matches Message
				TypeKey string `json:"typeKey"`
			}
			if a.message == "" && unmarshal(inner, &m) == nil {
				a.message, a.typeKey = m.Message, m.TypeKey
			}
		}
	} else if a.html() {
		a.message = htmlTitle(a.body)
	} else if strings.HasPrefix(a.header.Get("Content-Type"), "text/") {
		a.message = string(bytes.TrimSpace(a.body[:min(len(a.body), 400)]))
	}
	if a.message == "" {
		if s, err := url.QueryUnescape(a.header.Get("X-TFS-ServiceError")); err == nil {
			a.message = s
		}
	}
	a.message = strings.ToValidUTF8(a.message, "")
	if runes := []rune(a.message); len(runes) > 400 {
		a.message = string(runes[:400]) + "…"
	}
}

func htmlTitle(page []byte) string {
	lower := bytes.ToLower(page[:min(len(page), 64<<10)])
	open := bytes.Index(lower, []byte("<title"))
	if open < 0 {
		return ""
	}
	start := bytes.IndexByte(lower[open:], '>')
	if start < 0 {
		return ""
	}
	rest := page[open+start+1:]
	end := bytes.Index(lower[open+start+1:], []byte("</title"))
	if end < 0 || end > len(rest) {
		return ""
	}
	return strings.Join(strings.Fields(string(rest[:end])), " ")
}
