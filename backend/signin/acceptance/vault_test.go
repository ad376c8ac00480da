//go:build linux

package acceptance_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/signin"
	"sightline/backend/signin/vault"
)

// testClock is a time that a test moves.
type testClock struct{ ahead atomic.Int64 }

func (c *testClock) now() time.Time          { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *testClock) forward(d time.Duration) { c.ahead.Add(int64(d)) }

func openVault(t *testing.T, dir string) *vault.Vault {
	t.Helper()
	v, err := vault.Open(vault.Options{Dir: dir, Keyring: vault.OSKeyring()})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func mustKeep(t *testing.T, r *signin.Result, store signin.Store, id string) {
	t.Helper()
	if err := r.Keep(context.Background(), store, id); err != nil {
		t.Fatal(err)
	}
}

// stored opens what was kept, as a connection does.
func stored(t *testing.T, d *directory, store signin.Store, id string, clock *testClock) signin.Credential {
	t.Helper()
	c, err := signin.OpenCredential(store, id, signin.SourceOptions{Clock: clock.now, HTTPClient: d.client()})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// token is what the credential puts on a request.
func token(c signin.Credential) (string, error) {
	r, err := http.NewRequest(http.MethodGet, "https://dev.azure.com/lumen/_apis/projects", nil)
	if err != nil {
		return "", err
	}
	err = c.Authorize(context.Background(), r)
	return strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), err
}

// sealed is the file of a sign-in.
func sealed(t *testing.T, dir, id string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, id+".sealed"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(content)
}

// refreshes counts the renewals of a person.
func (d *directory) refreshes(address string) (n int) {
	for _, e := range d.events() {
		if e.Kind == "refresh" && e.Person == address {
			n++
		}
	}
	return n
}
