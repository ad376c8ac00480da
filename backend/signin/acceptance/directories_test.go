//go:build linux

package acceptance_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"sightline/backend/sampleorg"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

// who is a person of a provider.
type who struct{ tenant, object, address string }

// event is one line of a provider's log.
type event struct {
	Kind    string `json:"kind"`
	Person  string `json:"person"`
	Session string `json:"session"` // none, or something else when the browser was known
}

// directory is an identity provider with two tenants. right and wrong are of one, far is of the other.
type directory struct {
	*witness
	name              string
	clientID          string
	authority         string // without a tenant
	right, wrong, far who
	organizations     map[string]string // of a tenant, where there is one
	events            func() []event
	issued            func() []string // every secret it gave, as far as it tells
	// whose asks the other side of an access token who it belongs to: not what the token says, what it does.
	whose func(tenant, token string) (address string, err error)
}

// sampleDirectory is the sign-in of a sample organization of its own, with the organization behind it.
func sampleDirectory(t *testing.T) *directory {
	t.Helper()
	s, err := sampleorg.Start(context.Background(), sampleorg.Options{Seed: 1, Today: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	people := map[string]who{}
	for _, p := range s.Provider().People() {
		people[p.UPN] = who{p.TenantID, p.ObjectID, p.UPN}
		if p.HomeTenantID != "" {
			people["home: "+p.UPN] = who{p.HomeTenantID, p.HomeObjectID, p.UPN}
		}
	}
	a := s.Announcement()
	base := a.Authority[:len(a.Authority)-len(s.Provider().PathPrefix())]
	d := &directory{
		witness: newWitness(t, base, identity.SamplePassword), name: "sample", clientID: a.ClientID, authority: a.Authority,
		right: people["mira.okafor@lumen.example"], wrong: people["elias.brandt@lumen.example"], far: people["home: priya.nair@quayside.example"],
		organizations: map[string]string{},
	}
	for _, o := range slices.Backward(a.Organizations) { // the first of a tenant counts
		d.organizations[o.Tenant] = o.URL
	}
	d.events = func() []event {
		var all []event
		for _, e := range s.Provider().Events() {
			all = append(all, event{string(e.Kind), e.Person, e.Session})
		}
		return all
	}
	d.issued = func() (all []string) {
		for _, secret := range s.Provider().Issued() {
			all = append(all, secret.Value)
		}
		return all
	}
	d.whose = func(tenant, token string) (string, error) {
		return connectedAs(d.organizations[tenant], token)
	}
	return d
}

// connectedAs asks the organization whom it sees.
func connectedAs(organization, token string) (string, error) {
	var said struct {
		AuthenticatedUser struct {
			Properties struct {
				Account struct {
					Value string `json:"$value"`
				}
			} `json:"properties"`
		} `json:"authenticatedUser"`
	}
	err := getJSON(organization+"/_apis/connectionData?api-version=7.1-preview", token, &said)
	return said.AuthenticatedUser.Properties.Account.Value, err
}

func getJSON(address, token string, into any) error {
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", r.URL.Path, answer.Status)
	}
	return json.Unmarshal(body, into)
}

// second is the other provider's program, built once.
var second struct {
	once sync.Once
	path string
	err  error
	stop func()
}

// secondDirectory is a process of the other provider.
func secondDirectory(t *testing.T) *directory {
	t.Helper()
	second.once.Do(func() {
		folder, err := os.MkdirTemp("", "provider")
		if err != nil {
			second.err = err
			return
		}
		second.path, second.stop = filepath.Join(folder, "provider"), func() { _ = os.RemoveAll(folder) }
		build := exec.Command("go", "build", "-C", "../../../build/provider", "-o", second.path, ".")
		build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-trimpath")
		if out, err := build.CombinedOutput(); err != nil {
			second.err = fmt.Errorf("%w\n%s", err, out)
		}
	})
	if second.err != nil {
		t.Fatalf("the second provider cannot be built: %v", second.err)
	}
	cmd := exec.Command(second.path)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = stdin.Close() // it ends by that
		if err := cmd.Wait(); err != nil && !errors.Is(err, os.ErrClosed) {
			t.Errorf("the second provider: %v", err)
		}
	})
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var said struct {
		Authority, ClientID, Password string
		People                        []struct{ TenantID, ObjectID, Address string }
	}
	if err := json.Unmarshal(line, &said); err != nil || len(said.People) != 3 {
		t.Fatalf("the second provider said %s (%v)", line, err)
	}
	person := func(i int) who { p := said.People[i]; return who{p.TenantID, p.ObjectID, p.Address} }
	d := &directory{
		witness: newWitness(t, said.Authority, said.Password), name: "second", clientID: said.ClientID, authority: said.Authority,
		right: person(0), wrong: person(1), far: person(2),
	}
	d.events = func() (all []event) {
		if err := getJSON(said.Authority+"/events", "", &all); err != nil {
			t.Error(err)
		}
		return all
	}
	d.issued = func() []string { return nil }
	d.whose = func(tenant, token string) (string, error) {
		var claims struct {
			Address string `json:"preferred_username"`
		}
		err := getJSON(said.Authority+"/"+tenant+"/v2.0/userinfo", token, &claims)
		return claims.Address, err
	}
	return d
}

// options are those of a sign-in as p in one of the browsers.
func (d *directory) options(t *testing.T, p who, b realBrowser) signin.Options {
	o := signin.Options{
		Authority: d.authority + "/" + p.tenant, TenantID: p.tenant, ClientID: d.clientID, Expect: p.address,
		OrganizationURL: "https://dev.azure.com/lumen", Rung: signin.RungIsolated, Browser: b.only(),
		CacheDir: t.TempDir(), Timeout: time.Minute, HTTPClient: d.client(),
	}
	if organization := d.organizations[p.tenant]; organization != "" {
		o.OrganizationURL = organization
	}
	return o
}

// asked checks that since the event number `before` nobody was let in silently, and that `times` browsers were
// asked which the directory did not know.
func (d *directory) asked(t *testing.T, before, times int) {
	t.Helper()
	asked := 0
	for _, e := range d.events()[before:] {
		switch e.Kind {
		case "silent", "picker", "picked":
			t.Errorf("%s let %q in by a session of the browser (%s)", d.name, e.Person, e.Kind)
		case "asked":
			asked++
			if e.Session != "none" {
				t.Errorf("%s asked a browser that it knew already (%s)", d.name, e.Session)
			}
		case "signed_in":
			if e.Session != "none" {
				t.Errorf("%s signed %s in in a browser that knew somebody by then (%s)", d.name, e.Person, e.Session)
			}
		}
	}
	if asked != times {
		t.Errorf("%s asked %d times, want %d", d.name, asked, times)
	}
}

// is checks that a sign-in is of the person, by its proof and by what its access token does.
func (d *directory) is(t *testing.T, p who, r *signin.Result) {
	t.Helper()
	if r.Account.TenantID != p.tenant || r.Account.ObjectID != p.object || r.Account.Address != p.address || !r.Matches {
		t.Errorf("signed in as %+v, want %+v", r.Account, p)
	}
	if address, err := d.whose(p.tenant, r.Tokens.Access.Reveal()); err != nil || address != p.address {
		t.Errorf("the access token is of %q (%v), want %s", address, err, p.address)
	}
}
