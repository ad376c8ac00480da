package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/refresh"
	"sightline/backend/sampleorg"
	"sightline/backend/sqlite"
)

// The benchmarks of loading, each beside the floor it is held against in the same run:
//
//   - History: decode, transform and store revisions from pages in memory, against the same rows put into
//     the same tables by prepared statements from memory (goal: 60,000 revisions a second, 2.0 times the floor).
//     What is done behind a load, such as indexing for the search, stands beside it as after-s.
//   - IdleRefresh: a refresh of the large sample with nothing new (goal: 1.5 s).
//   - MediumLoad: a load of the medium sample against the larger of what the server alone needs to produce
//     the answers and what the store alone needs to keep the rows (goal: 1.3 times).

// answers keeps what a server said, by what it was asked.
type answers struct {
	mu   sync.Mutex
	kept map[string]*keptAnswer
	list []sentRequest
}

type keptAnswer struct {
	status int
	header http.Header
	body   []byte
}

type sentRequest struct {
	method, url string
	body        []byte
	header      http.Header
}

// reporting says whether the service wants one such request at a time.
func (a sentRequest) reporting() bool { return strings.Contains(a.url, "/reporting/") }

func keyOf(r *http.Request) (string, []byte) {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body) // bytes in memory never fail
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	return r.Method + " " + r.URL.String() + " " + string(body), body
}

// recorder asks a server and keeps what it says, unpacked.
type recorder struct{ *answers }

func (t recorder) RoundTrip(r *http.Request) (*http.Response, error) {
	key, body := keyOf(r)
	r = r.Clone(r.Context())
	r.Header.Del("Accept-Encoding")
	res, err := plainTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }() // read to its end
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	a := &keptAnswer{res.StatusCode, res.Header, b}
	t.mu.Lock()
	t.kept[key] = a
	t.list = append(t.list, sentRequest{r.Method, r.URL.String(), body, r.Header})
	t.mu.Unlock()
	return a.response(r), nil
}

// plainTransport is that of the program: it leaves bodies as they come.
var plainTransport = azdo.NewTransport()

// replayer answers from memory.
type replayer struct{ *answers }

func (t replayer) RoundTrip(r *http.Request) (*http.Response, error) {
	key, _ := keyOf(r)
	t.mu.Lock()
	a := t.kept[key]
	t.mu.Unlock()
	if a == nil {
		return nil, fmt.Errorf("nothing was kept for %s", key)
	}
	return a.response(r), nil
}

func (a *keptAnswer) response(r *http.Request) *http.Response {
	return &http.Response{Status: http.StatusText(a.status), StatusCode: a.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: a.header,
		Body: io.NopCloser(bytes.NewReader(a.body)), ContentLength: int64(len(a.body)), Request: r}
}

// basic is a personal access token.
type basic string

func (t basic) Authorize(_ context.Context, r *http.Request) error {
	r.SetBasicAuth("", string(t))
	return nil
}

// benchOrganization serves a sample organization of a size that does not change.
func benchOrganization(b *testing.B, size sampleorg.Size) sampleorg.Announcement {
	b.Helper()
	s, err := sampleorg.Start(context.Background(), sampleorg.Options{Seed: 1, Size: size, FullIdentities: true, Today: benchToday})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s.Announcement()
}

// benchToday is the day of the benchmarks, for the organization and for who loads it.
var benchToday = time.Date(2026, 3, 2, 16, 0, 0, 0, time.UTC)

// benchRefresh brings a store up to date with an organization and returns how long that took.
func benchRefresh(b *testing.B, a sampleorg.Announcement, transport http.RoundTripper, what devops.Selection, pattern string, store refresh.Store) (refresh.Summary, time.Duration) {
	b.Helper()
	organization, err := devops.ParseOrganization(a.OrganizationURL)
	if err != nil {
		b.Fatal(err)
	}
	client, err := refresh.Connect(refresh.Connection{Organization: organization, Credential: basic(a.PersonalAccessToken), HTTP: &http.Client{Transport: transport}})
	if err != nil {
		b.Fatal(err)
	}
	all, err := devops.ParsePatterns(strings.Split(pattern, ",")...)
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	sum, err := refresh.Run(b.Context(), refresh.Options{Client: client, Store: store, Patterns: all, Selection: what, Patience: time.Hour,
		Clock: func() time.Time { return benchToday }})
	took := time.Since(began)
	if err != nil {
		b.Fatal(err)
	}
	return sum, took
}

// benchLoaded is a file that was loaded: how long the load took, and then making ready what is done behind it,
// which is the index of the search.
type benchLoaded struct {
	path        string
	sum         refresh.Summary
	took, after time.Duration
}

// benchLoad loads an organization into a new file.
func benchLoad(b *testing.B, a sampleorg.Announcement, transport http.RoundTripper, what devops.Selection, pattern string, wrap func(refresh.Store) refresh.Store) benchLoaded {
	b.Helper()
	path := filepath.Join(b.TempDir(), "load.sqlite")
	d, err := sqlite.OpenDataset(b.Context(), path, sqlite.DatasetOptions{})
	if err != nil {
		b.Fatal(err)
	}
	var store refresh.Store = d
	if wrap != nil {
		store = wrap(d)
	}
	sum, took := benchRefresh(b, a, transport, what, pattern, store)
	began := time.Now()
	if err := d.Refreshed(b.Context(), benchToday); err != nil {
		b.Fatal(err)
	}
	after := time.Since(began)
	if err := d.Close(); err != nil {
		b.Fatal(err)
	}
	return benchLoaded{path, sum, took, after}
}

// BenchmarkHistory measures decode, transform and store from pages in memory beside the floor.
func BenchmarkHistory(b *testing.B) {
	a := benchOrganization(b, sampleorg.Medium)
	workItems := devops.Selection{Contents: []devops.Content{devops.WorkItemsContent}}
	kept := &answers{kept: map[string]*keptAnswer{}}
	first := benchLoad(b, a, recorder{kept}, workItems, "Atlas*,Beacon*", nil)
	// In the order in which the service tells them: not that of the keys, which would be easier to insert.
	rows := tableRows(b, first.path, [][2]string{
		{"fact_revision", "SELECT * FROM fact_revision ORDER BY watermark"},
		{"fact_detail", `SELECT d.* FROM fact_detail d JOIN (SELECT ((rk >> 20) << 20) + detail AS dk, min(watermark) AS seen FROM fact_revision GROUP BY 1) f
			ON f.dk = d.dk ORDER BY f.seen`},
		{"fact_item", "SELECT w.* FROM fact_item w JOIN fact_revision r ON r.rk = (w.id << 20) + w.rev ORDER BY r.watermark"},
	})
	revisions := float64(first.sum.Counts[devops.Revisions])
	var chain, after, floor time.Duration
	for b.Loop() {
		l := benchLoad(b, a, replayer{kept}, workItems, "Atlas*,Beacon*", nil)
		chain, after = chain+l.took, after+l.after
		floor += insertRows(b, first.path, rows)
	}
	n := float64(b.N)
	b.ReportMetric(after.Seconds()/n, "after-s")
	b.ReportMetric(revisions*n/chain.Seconds(), "revisions/s")
	b.ReportMetric(revisions*n/floor.Seconds(), "floor-revisions/s")
	b.ReportMetric(chain.Seconds()/floor.Seconds(), "x-floor")
}

// batchKeeper stores and keeps every batch.
type batchKeeper struct {
	refresh.Store
	mu   sync.Mutex
	kept []devops.Batch
}

// Commit stores and keeps a batch.
func (k *batchKeeper) Commit(ctx context.Context, b devops.Batch) (devops.Changes, error) {
	copied := b
	copied.Revisions = slices.Clone(b.Revisions) // a refresh uses their room again
	k.mu.Lock()
	k.kept = append(k.kept, copied)
	k.mu.Unlock()
	return k.Store.Commit(ctx, b)
}

// BenchmarkMediumLoad measures a load of everything of the medium sample beside what server and store need alone.
// The server is a process of its own on one core, as the service is a computer of its own: where both share all
// cores, their work adds up and nothing is said about who waits for whom. The processor time of both while loading
// stands beside it: on a machine that others use too, the times of a clock say little.
func BenchmarkMediumLoad(b *testing.B) {
	service := serveOwn(b, "medium")
	a := service.Announcement
	var server, store, load, after, clientUsed, serverUsed time.Duration
	var sum refresh.Summary
	for b.Loop() {
		// The load comes first: with the batches of another one in memory it would pay for collecting around them.
		ours, theirs := processorTime(), service.processorTime(b)
		l := benchLoad(b, a, plainTransport, devops.Selection{}, "*", nil)
		clientUsed, serverUsed = clientUsed+processorTime()-ours, serverUsed+service.processorTime(b)-theirs
		load, after, sum = load+l.took, after+l.after, l.sum
		asked, stored := takenApart(b, a)
		server += produce(b, asked)
		store += storeAlone(b, stored)
	}
	n := float64(b.N)
	b.ReportMetric(float64(sum.Rows), "rows")
	b.ReportMetric(load.Seconds()/n, "load-s")
	b.ReportMetric(after.Seconds()/n, "after-s")
	b.ReportMetric(server.Seconds()/n, "server-alone-s")
	b.ReportMetric(store.Seconds()/n, "store-alone-s")
	b.ReportMetric(clientUsed.Seconds()/n, "client-cpu-s")
	b.ReportMetric(serverUsed.Seconds()/n, "server-cpu-s")
	b.ReportMetric(load.Seconds()/max(server, store).Seconds(), "x-larger")
}

// takenApart loads an organization and returns what was asked and what was stored.
func takenApart(b *testing.B, a sampleorg.Announcement) ([]sentRequest, []devops.Batch) {
	b.Helper()
	sent := &answers{}
	var keeper *batchKeeper
	benchLoad(b, a, listing{sent}, devops.Selection{}, "*", func(s refresh.Store) refresh.Store {
		keeper = &batchKeeper{Store: s}
		return keeper
	})
	return sent.list, keeper.kept
}

// listing notes what is asked and lets it pass.
type listing struct{ *answers }

func (t listing) RoundTrip(r *http.Request) (*http.Response, error) {
	_, body := keyOf(r)
	t.mu.Lock()
	t.list = append(t.list, sentRequest{r.Method, r.URL.String(), body, r.Header.Clone()})
	t.mu.Unlock()
	return plainTransport.RoundTrip(r)
}

// produce lets the server make all answers again, and throws them away: the reporting feeds one at a time, the
// rest five at a time.
func produce(b *testing.B, list []sentRequest) time.Duration {
	b.Helper()
	began := time.Now()
	feed, other := make(chan sentRequest, len(list)), make(chan sentRequest, len(list))
	for _, q := range list {
		if q.reporting() {
			feed <- q
		} else {
			other <- q
		}
	}
	close(feed)
	close(other)
	var all sync.WaitGroup
	for _, queue := range []chan sentRequest{feed, other, other, other, other, other} {
		all.Go(func() {
			for q := range queue {
				r, err := http.NewRequestWithContext(b.Context(), q.method, q.url, bytes.NewReader(q.body))
				if err != nil {
					b.Error(err)
					return
				}
				r.Header = q.header
				res, err := plainTransport.RoundTrip(r)
				if err != nil {
					b.Error(err)
					return
				}
				_, err = io.Copy(io.Discard, res.Body)
				if cerr := res.Body.Close(); err != nil || cerr != nil {
					b.Error(err, cerr)
				}
			}
		})
	}
	all.Wait()
	return time.Since(began)
}

// storeAlone stores the batches of a load into a new file.
func storeAlone(b *testing.B, batches []devops.Batch) time.Duration {
	b.Helper()
	d, err := sqlite.OpenDataset(b.Context(), filepath.Join(b.TempDir(), "store.sqlite"), sqlite.DatasetOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = d.Close() }() // a file that is thrown away
	began := time.Now()
	for _, batch := range batches {
		if _, err := d.Commit(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(began)
}

// BenchmarkIdleRefresh measures a refresh of everything of the large sample when nothing is new.
func BenchmarkIdleRefresh(b *testing.B) {
	a := benchOrganization(b, sampleorg.Large)
	d, err := sqlite.OpenDataset(b.Context(), filepath.Join(b.TempDir(), "idle.sqlite"), sqlite.DatasetOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = d.Close() }() // a file that is thrown away
	first, _ := benchRefresh(b, a, plainTransport, devops.Selection{}, "*", d)
	var idle time.Duration
	var requests int
	for b.Loop() {
		sum, took := benchRefresh(b, a, plainTransport, devops.Selection{}, "*", d)
		idle, requests = idle+took, sum.Requests
	}
	b.ReportMetric(float64(first.Rows), "rows")
	b.ReportMetric(float64(len(first.Projects)), "projects")
	b.ReportMetric(float64(requests), "requests")
	b.ReportMetric(idle.Seconds()/float64(b.N), "s/refresh")
}
