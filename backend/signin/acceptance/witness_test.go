//go:build linux

package acceptance_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// witness stands between real browsers and a provider. It plays the person, by a script in every page that types
// and presses, and it remembers every secret that goes by, so that a test can look for them where they must not be.
type witness struct {
	*httptest.Server
	provider string // http://127.0.0.1:PORT
	password string

	mu      sync.Mutex
	types   string // who is typed where no address is filled in
	insists string // who is typed whatever is filled in
	idle    bool   // nobody types
	waits   int    // how many more browsers a page waits for
	met     chan struct{}
	shown   int // pages so far
	secrets map[string]bool
}

func newWitness(t *testing.T, provider, password string) *witness {
	t.Helper()
	w := &witness{provider: provider, password: password, met: make(chan struct{}), secrets: map[string]bool{}}
	target, err := url.Parse(provider)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			for _, name := range []string{"Origin", "Referer"} {
				if value := r.In.Header.Get(name); value != "" {
					r.Out.Header.Set(name, strings.Replace(value, w.URL, provider, 1))
				}
			}
			r.Out.Header.Del("Accept-Encoding")
			w.note(r.In.URL.Query())
		},
		ModifyResponse: w.play,
		ErrorLog:       log.New(io.Discard, "", 0), // browsers that are closed break off
	}
	w.Server = httptest.NewServer(proxy)
	t.Cleanup(w.Close)
	return w
}

// play puts the person's script into a page, and our address in the place of the provider's.
func (w *witness) play(r *http.Response) error {
	if location, err := r.Location(); err == nil {
		w.note(location.Query())
		if absolute := r.Header.Get("Location"); strings.HasPrefix(absolute, w.provider) {
			r.Header.Set("Location", w.URL+strings.TrimPrefix(absolute, w.provider))
		}
	}
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	r.Header.Del("Content-Security-Policy") // it forbids scripts, rightly
	body = append(bytes.ReplaceAll(body, []byte(w.provider), []byte(w.URL)), w.script()...)
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.Header.Set("Content-Length", strconv.Itoa(len(body)))
	w.meet()
	return nil
}

// together makes the first page of each of n browsers wait for all of them, so that they are there at the same time.
func (w *witness) together(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waits = n
}

func (w *witness) meet() {
	w.mu.Lock()
	w.shown++
	waits := w.waits > 0
	if waits {
		if w.waits--; w.waits == 0 {
			close(w.met)
		}
	}
	w.mu.Unlock()
	if waits {
		select {
		case <-w.met:
		case <-time.After(30 * time.Second):
		}
	}
}

// pages says how many pages browsers were shown.
func (w *witness) pages() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.shown
}

// nobody leaves the pages to a person who does nothing.
func (w *witness) nobody() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.idle = true
}

func (w *witness) script() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.idle {
		return ""
	}
	return fmt.Sprintf(`<script>addEventListener("load",()=>{
const p=document.querySelector("input[type=password]");
if(p){const a=p.form.querySelector("input[name=email],input[name=address]");a.value=%q||a.value||%q;p.value=%q;
(p.form.querySelector("button[value=signin]")||p.form.querySelector("button")).click();return}
const accept=document.querySelector("button[value=accept]");if(accept)accept.click()})</script>`, w.insists, w.types, w.password)
}

// person says who types from now on.
func (w *witness) person(types, insists string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.types, w.insists = types, insists
}

func (w *witness) note(values url.Values) {
	for _, name := range []string{"state", "nonce", "code", "code_verifier", "refresh_token"} {
		w.noteText(values.Get(name))
	}
}

func (w *witness) noteText(secret string) {
	if len(secret) < 20 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.secrets[secret] = true
}

// seen lists every secret that went by.
func (w *witness) seen() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []string
	for secret := range w.secrets {
		all = append(all, secret)
	}
	return all
}

// client is the one a sign-in talks to the provider with: what it says is as the provider said it, but the page that
// browsers are sent to is ours.
func (w *witness) client() *http.Client { return &http.Client{Transport: listener{w}} }

type listener struct{ *witness }

func (l listener) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		if form, err := url.ParseQuery(string(body)); err == nil {
			l.note(form)
		}
		r = r.Clone(r.Context())
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil || !strings.HasPrefix(answer.Header.Get("Content-Type"), "application/json") {
		return answer, err
	}
	body, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if err != nil {
		return nil, err
	}
	var fields map[string]any
	if json.Unmarshal(body, &fields) == nil {
		for _, name := range []string{"access_token", "refresh_token", "id_token"} {
			secret, _ := fields[name].(string)
			l.noteText(secret)
		}
		if page, here := fields["authorization_endpoint"].(string); here {
			fields["authorization_endpoint"] = strings.Replace(page, l.provider, l.URL, 1)
			if body, err = json.Marshal(fields); err != nil {
				return nil, err
			}
		}
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	answer.ContentLength = int64(len(body))
	return answer, nil
}
