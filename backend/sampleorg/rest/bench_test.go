package rest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"testing"

	"sightline/backend/sampleorg/world"
)

// discard is a response that keeps only the end of the body, where the token stands, and counts bytes.
type discard struct {
	header http.Header
	bytes  int
	tail   []byte
}

func (d *discard) Header() http.Header { return d.header }
func (d *discard) WriteHeader(int)     {}
func (d *discard) Write(b []byte) (int, error) {
	d.bytes += len(b)
	if d.tail = append(d.tail, b...); len(d.tail) > 4096 {
		d.tail = append(d.tail[:0], d.tail[len(d.tail)-1024:]...)
	}
	return len(b), nil
}

var tokenAtEnd = regexp.MustCompile(`"continuationToken":"([^"]+)","isLastBatch":(true|false)}$`)

// wholeFeed reads every page of the revisions feed straight from the handler.
func wholeFeed(b *testing.B, h *Handler, gzip bool) (pages, bytes int) {
	token := ""
	for {
		r := httptest.NewRequest(http.MethodGet, "/sample"+feedPath+"?includeIdentityRef=true&includeDeleted=true&continuationToken="+url.QueryEscape(token), nil)
		r.Header.Set("Authorization", "Bearer "+goodToken)
		plain := &discard{header: http.Header{}}
		h.ServeHTTP(plain, r)
		if gzip { // the page again, compressed: the plain one told the token
			r.Header.Set("Accept-Encoding", "gzip")
			packed := &discard{header: http.Header{}}
			h.ServeHTTP(packed, r)
			bytes += packed.bytes
		} else {
			bytes += plain.bytes
		}
		pages++
		m := tokenAtEnd.FindSubmatch(plain.tail)
		if m == nil {
			b.Fatalf("no token in %q", plain.tail)
		}
		if token = string(m[1]); string(m[2]) == "true" {
			return pages, bytes
		}
	}
}

// BenchmarkFeed encodes the whole feed of a small organization: 40,000 revisions. The gzip case does the
// work of the plain one as well.
func BenchmarkFeed(b *testing.B) {
	h := New(smallWorld(), Options{Authenticate: tokens(smallWorld())})
	for name, gzip := range map[string]bool{"plain": false, "plain and gzip": true} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				pages, bytes := wholeFeed(b, h, gzip)
				b.ReportMetric(float64(pages), "pages")
				b.ReportMetric(float64(bytes)/1e6, "MB")
			}
		})
	}
}

// BenchmarkQuery is the id sweep of a large organization's first page.
func BenchmarkQuery(b *testing.B) {
	w := world.New(world.Options{Seed: 1, Size: world.Medium, Now: today})
	bench := serveWorld(b, w, Options{})
	b.ResetTimer()
	for b.Loop() {
		bench.query("/_apis/wit/wiql?$top=19999&api-version=7.1", "SELECT [System.Id] FROM WorkItems WHERE [System.Id] > 10000 AND [System.TeamProject] = 'Lumen Web' ORDER BY [System.Id]")
	}
}
