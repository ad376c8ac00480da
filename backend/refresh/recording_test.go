package refresh_test

import (
	"net/http"
	"net/url"
	"sync"
	"testing"

	"sightline/backend/devops"
	"sightline/backend/refresh"
	"sightline/backend/sampleorg"
)

// recording keeps the addresses that were asked for, and the tokens of further pages that were given.
type recording struct {
	http.RoundTripper
	mu    sync.Mutex
	asked []*url.URL
	given map[string]string // token → path
}

func (c *recording) RoundTrip(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	c.asked = append(c.asked, r.URL)
	c.mu.Unlock()
	answer, err := c.RoundTripper.RoundTrip(r)
	if err == nil {
		// Whoever asks for one row wants no second page.
		if token := answer.Header.Get("x-ms-continuationtoken"); token != "" && r.URL.Query().Get("$top") != "1" {
			c.mu.Lock()
			if c.given == nil {
				c.given = map[string]string{}
			}
			c.given[token] = r.URL.Path
			c.mu.Unlock()
		}
	}
	return answer, err
}

func (c *recording) all() []*url.URL           { c.mu.Lock(); defer c.mu.Unlock(); return c.asked }
func (c *recording) tokens() map[string]string { c.mu.Lock(); defer c.mu.Unlock(); return c.given }

// recordedClient makes a client of the sample over a transport.
func recordedClient(t *testing.T, s *sampleorg.Server, transport http.RoundTripper) *refresh.Client {
	t.Helper()
	org, err := devops.ParseOrganization(s.Announcement().OrganizationURL)
	if err != nil {
		t.Fatal(err)
	}
	c, err := refresh.Connect(refresh.Connection{Organization: org, Credential: accessToken(s.Announcement().PersonalAccessToken), Version: "test", HTTP: &http.Client{Transport: transport}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
