package signin_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
	"sightline/backend/signin/vault"
)

// testClock is a time that a test moves.
type testClock struct{ offset atomic.Int64 }

func (c *testClock) now() time.Time          { return time.Now().Add(time.Duration(c.offset.Load())) }
func (c *testClock) forward(d time.Duration) { c.offset.Add(int64(d)) }

func openVault(t *testing.T, dir string) *vault.Vault {
	t.Helper()
	v, err := vault.Open(vault.Options{Dir: dir, Keyring: vault.OSKeyring()})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// signedIn signs Mira in and keeps the result under "lumen".
func signedIn(t *testing.T, d directory, store signin.Store, now func() time.Time) *signin.Result {
	t.Helper()
	o := d.options(t)
	o.Clock = now
	s := start(t, o)
	newPerson(t, mira).open(s.State().URL)
	result := mustSignIn(t, s)
	if err := result.Keep(context.Background(), store, "lumen"); err != nil {
		t.Fatal(err)
	}
	return result
}

func source(t *testing.T, store signin.Store, now func() time.Time) *signin.TokenSource {
	t.Helper()
	c, err := signin.OpenCredential(store, "lumen", signin.SourceOptions{OrganizationURL: "https://dev.azure.com/lumen", Clock: now})
	if err != nil {
		t.Fatal(err)
	}
	return c.(*signin.TokenSource)
}

func authorize(c signin.Credential) (string, error) {
	r, err := http.NewRequest(http.MethodGet, "https://dev.azure.com/lumen/_apis/projects", nil)
	if err != nil {
		return "", err
	}
	err = c.Authorize(context.Background(), r)
	return strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), err
}

func mustAuthorize(t *testing.T, c signin.Credential) string {
	t.Helper()
	token, err := authorize(c)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestFiftyGoroutinesInTwoProgramsRenewOnce(t *testing.T) {
	keyring.MockInit()
	var clock testClock
	// Strict: a refresh token that is used twice ends the sign-in, so a second call would be seen.
	d := newDirectory(t, identity.Options{Clock: clock.now, Strict: true}, nil)
	dir := t.TempDir()
	first := signedIn(t, d, openVault(t, dir), clock.now)
	sources := []*signin.TokenSource{source(t, openVault(t, dir), clock.now), source(t, openVault(t, dir), clock.now)}
	if token := mustAuthorize(t, sources[0]); token != first.Tokens.Access.Reveal() {
		t.Error("a fresh token was not used")
	}
	if renewals, _ := d.kinds(identity.EventRefresh); renewals != 0 {
		t.Errorf("%d renewals of a fresh token", renewals)
	}
	for round := 1; round <= 3; round++ { // each with the refresh token of the round before
		clock.forward(56 * time.Minute)
		tokens := make([]string, 50)
		var wait sync.WaitGroup
		for i := range tokens {
			wait.Add(1)
			go func() {
				defer wait.Done()
				token, err := authorize(sources[i%2])
				if err != nil {
					t.Error(err)
				}
				tokens[i] = token
			}()
		}
		wait.Wait()
		for _, token := range tokens {
			if token != tokens[0] {
				t.Fatal("two different tokens are in use")
			}
		}
		if renewals, _ := d.kinds(identity.EventRefresh); renewals != round {
			t.Errorf("%d renewals after %d rounds", renewals, round)
		}
		if who, err := d.Verify(tokens[0]); err != nil || who.UPN != mira {
			t.Errorf("the token is of %v (%v)", who.UPN, err)
		}
	}
}

func TestASignInThatEndedAsksForThePersonOnceAndKeepsQuiet(t *testing.T) {
	keyring.MockInit()
	var clock testClock
	d := newDirectory(t, identity.Options{Clock: clock.now}, nil)
	store := openVault(t, t.TempDir())
	result := signedIn(t, d, store, clock.now)
	c := source(t, store, clock.now)
	who, err := d.Verify(result.Tokens.Access.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Revoke(who); err != nil {
		t.Fatal(err)
	}
	clock.forward(time.Hour)
	_, err = authorize(c)
	mustRefuse(t, err, fault.NotSignedIn, mira, "your data stays", "Sign in again", "AADSTS50173")
	before := len(d.Events())
	_, err = authorize(c)
	mustRefuse(t, err, fault.NotSignedIn)
	if len(d.Events()) != before {
		t.Error("the directory was asked again with a refresh token it had refused")
	}
	fresh := signedIn(t, d, store, clock.now)
	if token := mustAuthorize(t, c); token != fresh.Tokens.Access.Reveal() {
		t.Error("after signing in again the new token is not used")
	}
}

func TestRenewAfterARefusalHappensOnce(t *testing.T) {
	keyring.MockInit()
	d := newDirectory(t, identity.Options{}, nil)
	store := openVault(t, t.TempDir())
	signedIn(t, d, store, time.Now)
	c := source(t, store, time.Now)
	r := httptestRequest(t, "https://dev.azure.com/lumen/_apis/projects")
	if err := c.Authorize(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	late := r.Clone(context.Background())
	for _, request := range []*http.Request{r, late} { // late was refused too, but somebody has renewed since
		if err := c.Renew(context.Background(), request); err != nil {
			t.Fatal(err)
		}
	}
	if renewals, _ := d.kinds(identity.EventRefresh); renewals != 1 {
		t.Errorf("%d renewals", renewals)
	}
	if r.Header.Get("Authorization") != late.Header.Get("Authorization") {
		t.Error("two different tokens are in use")
	}
}

func TestForgettingAndSwitchingTakeEffectAtOnce(t *testing.T) {
	keyring.MockInit()
	d := newDirectory(t, identity.Options{}, nil)
	dir := t.TempDir()
	store := openVault(t, dir)
	result := signedIn(t, d, store, time.Now)
	c := source(t, store, time.Now)
	if got := c.Account(); got != result.Account || !strings.Contains(c.Describe(), mira) {
		t.Errorf("the account is %+v", got)
	}

	o := d.options(t)
	s := start(t, o)
	newPerson(t, elias).open(s.State().URL)
	if err := mustSignIn(t, s).Keep(context.Background(), store, "lumen"); err != nil {
		t.Fatal(err)
	}
	_, err := authorize(c)
	mustRefuse(t, err, fault.IdentityChanged, elias, mira)

	if err := signin.Forget(context.Background(), store, "lumen"); err != nil {
		t.Fatal(err)
	}
	_, err = authorize(c)
	mustRefuse(t, err, fault.NotSignedIn)
	_, err = signin.OpenCredential(store, "lumen", signin.SourceOptions{})
	mustRefuse(t, err, fault.NotSignedIn)
}

func TestATokenIsNotSentInClearText(t *testing.T) {
	keyring.MockInit()
	d := newDirectory(t, identity.Options{}, nil)
	store := openVault(t, t.TempDir())
	signedIn(t, d, store, time.Now)
	r := httptestRequest(t, "http://tfs.example/lumen/_apis/projects")
	mustRefuse(t, source(t, store, time.Now).Authorize(context.Background(), r), fault.Invalid, "tfs.example")
	if r.Header.Get("Authorization") != "" {
		t.Error("the header is set")
	}
}

// tokenEndpoint stands between the provider and the network and changes the answers of the token endpoint.
func tokenEndpoint(change func(w http.ResponseWriter, r *http.Request, next http.Handler)) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/token") {
				change(w, r, next)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func TestAnAnswerWithoutARefreshTokenKeepsTheOldOne(t *testing.T) {
	keyring.MockInit()
	var clock testClock
	var leaveOut atomic.Bool
	d := newDirectory(t, identity.Options{Clock: clock.now}, tokenEndpoint(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		recorded := httptest.NewRecorder()
		next.ServeHTTP(recorded, r)
		var answer map[string]any
		if err := json.Unmarshal(recorded.Body.Bytes(), &answer); err != nil {
			t.Error(err)
		}
		if leaveOut.Load() {
			delete(answer, "refresh_token")
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(recorded.Code)
		_ = json.NewEncoder(w).Encode(answer)
	}))
	store := openVault(t, t.TempDir())
	signedIn(t, d, store, clock.now)
	c := source(t, store, clock.now)
	leaveOut.Store(true)
	for range 2 { // the second renewal can only be made with the first refresh token
		clock.forward(time.Hour)
		mustAuthorize(t, c)
	}
	if renewals, _ := d.kinds(identity.EventRefresh); renewals != 2 {
		t.Errorf("%d renewals", renewals)
	}
}

func TestATroubledDirectoryChangesNothingAtRest(t *testing.T) {
	keyring.MockInit()
	var clock testClock
	var status atomic.Int64
	d := newDirectory(t, identity.Options{Clock: clock.now}, tokenEndpoint(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if code := int(status.Load()); code != 0 {
			w.WriteHeader(code)
			_, _ = w.Write([]byte("<html>canary-body"))
			return
		}
		next.ServeHTTP(w, r)
	}))
	dir := t.TempDir()
	store := openVault(t, dir)
	signedIn(t, d, store, clock.now)
	before, err := os.ReadFile(filepath.Join(dir, "lumen.sealed"))
	if err != nil {
		t.Fatal(err)
	}
	clock.forward(time.Hour)
	c := source(t, store, clock.now)
	for code, want := range map[int]fault.Code{500: fault.Offline, 503: fault.Offline, 429: fault.Throttled, 403: fault.BadAnswer, 302: fault.BadAnswer} {
		status.Store(int64(code))
		_, err := authorize(c)
		mustRefuse(t, err, want)
		if strings.Contains(fmt.Sprint(err, fault.ReportOf(err)), "canary") {
			t.Errorf("%d: the body got through", code)
		}
	}
	after, err := os.ReadFile(filepath.Join(dir, "lumen.sealed"))
	if err != nil || string(before) != string(after) {
		t.Errorf("the stored sign-in changed (%v)", err)
	}
	status.Store(0)
	mustAuthorize(t, c)
	d.server.Close()
	clock.forward(time.Hour)
	_, err = authorize(c)
	mustRefuse(t, err, fault.Offline, "cannot be reached")
}

func TestACallerThatGivesUpDoesNotLoseTheNewRefreshToken(t *testing.T) {
	keyring.MockInit()
	var clock testClock
	asked, goOn := make(chan struct{}, 8), make(chan struct{})
	var hold atomic.Bool
	d := newDirectory(t, identity.Options{Clock: clock.now, Strict: true}, tokenEndpoint(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if hold.Load() {
			asked <- struct{}{}
			<-goOn
		}
		next.ServeHTTP(w, r)
	}))
	store := openVault(t, t.TempDir())
	signedIn(t, d, store, clock.now)
	c := source(t, store, clock.now)
	clock.forward(time.Hour)
	hold.Store(true)
	ctx, giveUp := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = c.Authorize(ctx, httptestRequest(t, "https://dev.azure.com/lumen")) // either end is fine: what counts is below
	}()
	<-asked
	giveUp()
	hold.Store(false)
	close(goOn)
	<-ended
	mustAuthorize(t, c)
	clock.forward(time.Hour)
	mustAuthorize(t, c) // the strict provider would refuse a replaced refresh token
	if renewals, _ := d.kinds(identity.EventRefresh); renewals != 2 {
		t.Errorf("%d renewals", renewals)
	}
}

func TestTheSampleMayComeBackAtAnotherAddress(t *testing.T) {
	keyring.MockInit()
	var clock testClock
	secret := []byte(strings.Repeat("s", 32))
	d := newDirectory(t, identity.Options{Clock: clock.now, Secret: secret}, nil)
	store := openVault(t, t.TempDir())
	signedIn(t, d, store, clock.now)
	d.server.Close()
	again := newDirectory(t, identity.Options{Clock: clock.now, Secret: secret}, nil)
	clock.forward(time.Hour)
	c, err := signin.OpenCredential(store, "lumen", signin.SourceOptions{Clock: clock.now, Authority: again.Authority()})
	if err != nil {
		t.Fatal(err)
	}
	if who, err := again.Verify(mustAuthorize(t, c)); err != nil || who.UPN != mira {
		t.Errorf("the token is of %v (%v)", who.UPN, err)
	}
}

func TestASessionOnlyVaultServesTheSignInUntilTheProgramEnds(t *testing.T) {
	keyring.MockInitWithError(fmt.Errorf("no such service"))
	defer keyring.MockInit()
	var clock testClock
	d := newDirectory(t, identity.Options{Clock: clock.now}, nil)
	dir := t.TempDir()
	store := openVault(t, dir)
	signedIn(t, d, store, clock.now)
	clock.forward(time.Hour)
	mustAuthorize(t, source(t, store, clock.now))
	if store.State().Mode != vault.ModeSession {
		t.Errorf("the mode is %s", store.State().Mode)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("%d files were written", len(entries))
	}
}

// replacingIDToken puts *other, unless empty, where the directory's id token is.
func replacingIDToken(other *string) func(http.ResponseWriter, *http.Request, http.Handler) {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		recorded := httptest.NewRecorder()
		next.ServeHTTP(recorded, r)
		var answer map[string]any
		if json.Unmarshal(recorded.Body.Bytes(), &answer) == nil && *other != "" {
			answer["id_token"] = *other
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(recorded.Code)
		_ = json.NewEncoder(w).Encode(answer)
	}
}
