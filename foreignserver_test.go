package main

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/sampleorg"
	"sightline/backend/sqlite"
	"sightline/backend/workspace"
)

// bearers notes who issued the tokens that come to an organization.
func bearers(t *testing.T, a *sampleorg.Announcement) (issuers func() map[string]bool) {
	t.Helper()
	var mu sync.Mutex
	seen := map[string]bool{}
	wire(t, a, func(r *http.Request) {
		token, is := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !is {
			return
		}
		var claims struct {
			Issuer string `json:"iss"`
		}
		if parts := strings.Split(token, "."); len(parts) == 3 {
			payload, err := base64.RawURLEncoding.DecodeString(parts[1])
			if err != nil || json.Unmarshal(payload, &claims) != nil {
				t.Errorf("a token that cannot be read: %v", err)
			}
		}
		mu.Lock()
		defer mu.Unlock()
		seen[claims.Issuer] = true
	})
	return func() map[string]bool {
		mu.Lock()
		defer mu.Unlock()
		out := map[string]bool{}
		for issuer := range seen {
			out[issuer] = true
		}
		return out
	}
}

// Two servers, each with a directory of its own which names the same person: one of them is not who it says it is.
func TestASignInAtOneServerNeverReachesAnotherThatNamesTheSamePerson(t *testing.T) {
	good, evil := ownSample(t).Announcement(), ownSample(t).Announcement()
	atGood, atEvil := bearers(t, &good), bearers(t, &evil)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	d := loadedAs(t, p, requestOf(good), mira)
	e := loadedAs(t, p, requestOf(evil), mira)
	for _, a := range []sampleorg.Announcement{good, evil, good} {
		r := desktop.ConnectRequest{Purpose: "account", Source: "server", Organization: a.OrganizationURL, ClientID: a.ClientID}
		accept(t, p, signedInAs(t, p, r, mira).ID)
		for _, id := range []string{d.DatasetID, e.DatasetID} {
			if _, err := p.Refresh(t.Context(), id, func(desktop.ProgressView) {}); err != nil {
				t.Errorf("after a sign-in at %s: %v", a.OrganizationURL, err)
			}
		}
	}
	for _, at := range []struct {
		seen map[string]bool
		own  string
	}{{atGood(), good.Authority}, {atEvil(), evil.Authority}} {
		for issuer := range at.seen {
			if !strings.HasPrefix(issuer, at.own) {
				t.Errorf("the server that signs in at %s was sent a token of %s", at.own, issuer)
			}
		}
		if len(at.seen) != 1 {
			t.Errorf("issuers at %s: %v", at.own, at.seen)
		}
	}
}

func TestNothingIsSentToAServerThatTheSignInWasNotMadeFor(t *testing.T) {
	a := sample(t)
	seen := bearers(t, &a)
	dir := t.TempDir()
	p, _, done := open(t, dir, false)
	id := loadedAs(t, p, requestOf(a), mira).DatasetID
	done()
	w, err := sqlite.OpenWorkspace(t.Context(), filepath.Join(dir, "workspace.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	connections, err := w.Connections(t.Context())
	if err != nil || len(connections) != 1 {
		t.Fatalf("%v %d", err, len(connections))
	}
	evil := sample(t)
	taken := bearers(t, &evil)
	if err := w.ChangeConnection(t.Context(), connections[0].ID, func(c *workspace.Connection) bool { c.URL = evil.OrganizationURL; return true }); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	p, _, done = open(t, dir, false)
	defer done()
	_, err = p.Refresh(t.Context(), id, func(desktop.ProgressView) {})
	if !fault.Is(err, fault.SignInRefused) || !strings.Contains(err.Error(), "never signed in to") {
		t.Errorf("%v", err)
	}
	if len(seen()) != 1 || len(taken()) != 0 {
		t.Errorf("tokens of %v came", taken())
	}
}
