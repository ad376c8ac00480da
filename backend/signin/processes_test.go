package signin_test

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
	"sightline/backend/signin/vault"
)

// folder is the keyring of several processes: one file per item, in a folder beside what it opens.
type folder string

func (f folder) path(service, user string) string {
	sum := sha256.Sum256([]byte(service + "/" + user))
	return filepath.Join(string(f), hex.EncodeToString(sum[:]))
}

func (f folder) Set(service, user, secret string) error {
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return err
	}
	return os.WriteFile(f.path(service, user), []byte(secret), 0o600)
}

func (f folder) Get(service, user string) (string, error) {
	secret, err := os.ReadFile(f.path(service, user))
	if os.IsNotExist(err) {
		return "", keyring.ErrNotFound
	}
	return string(secret), err
}

func (f folder) Delete(service, user string) error { return os.Remove(f.path(service, user)) }

// sharedVault is the vault of a folder as each of several processes opens it.
func sharedVault(dir string) (*vault.Vault, error) {
	return vault.Open(vault.Options{Dir: filepath.Join(dir, "sign-ins"), Keyring: folder(filepath.Join(dir, "keyring"))})
}

// askingToWrite says on its way out that a secret is about to be written, and then waits for ever.
type askingToWrite struct {
	*vault.Vault
	out *json.Encoder
}

func (s askingToWrite) Put(string, []byte) error {
	_ = s.out.Encode(outcomes{Writing: true})
	select {}
}

// outcomes is what another process says.
type outcomes struct {
	Tokens  []string // their SHA-256
	Codes   []fault.Code
	Report  fault.Report // of the first that failed
	Ended   bool
	Writing bool
}

// beAnother is the other process: for each line "N SECONDS" it authorizes N requests at once, with a clock that is
// so much ahead.
func beAnother(dir string) {
	v, err := sharedVault(dir)
	if err != nil {
		panic(err)
	}
	out := json.NewEncoder(os.Stdout)
	var store signin.Store = v
	if os.Getenv("SIGHTLINE_TEST_KILL") != "" {
		store = askingToWrite{v, out}
	}
	lines := bufio.NewScanner(os.Stdin)
	var clock testClock
	c, err := signin.OpenCredential(store, "lumen", signin.SourceOptions{OrganizationURL: "https://dev.azure.com/lumen", Clock: clock.now})
	if err != nil {
		panic(err)
	}
	for lines.Scan() {
		var n, seconds int
		if _, err := fmt.Sscan(lines.Text(), &n, &seconds); err != nil {
			panic(err)
		}
		clock.offset.Store(int64(time.Duration(seconds) * time.Second))
		_ = out.Encode(authorizeAtOnce(c, n))
	}
}

func authorizeAtOnce(c signin.Credential, n int) outcomes {
	var o outcomes
	var mu sync.Mutex
	var wait sync.WaitGroup
	for range n {
		wait.Go(func() {
			token, err := authorize(c)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				sum := sha256.Sum256([]byte(token))
				o.Tokens = append(o.Tokens, hex.EncodeToString(sum[:]))
				return
			}
			if len(o.Codes) == 0 {
				o.Report, o.Ended = fault.ReportOf(err), signin.Ended(err)
			}
			o.Codes = append(o.Codes, fault.CodeOf(err))
		})
	}
	wait.Wait()
	return o
}

// another is another process of the program.
type another struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.Writer
	out *json.Decoder
}

func newAnother(t *testing.T, dir string, env ...string) *another {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	a := &another{t: t, cmd: exec.Command(self)}
	a.cmd.Env = append(append(os.Environ(), "SIGHTLINE_TEST_SIGN_INS="+dir), env...)
	a.cmd.Stderr = os.Stderr
	stdout, err := a.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if a.in, err = a.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	a.out = json.NewDecoder(stdout)
	if err := a.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.kill)
	return a
}

func (a *another) kill() {
	_ = a.cmd.Process.Kill()
	_ = a.cmd.Wait()
}

func (a *another) tell(n int, ahead time.Duration) {
	a.t.Helper()
	if _, err := fmt.Fprintln(a.in, n, int(ahead.Seconds())); err != nil {
		a.t.Fatal(err)
	}
}

func (a *another) answer() outcomes {
	a.t.Helper()
	var o outcomes
	if err := a.out.Decode(&o); err != nil {
		a.t.Fatal(err)
	}
	return o
}

// signedInOn signs Mira in and keeps that in a folder for all processes.
func signedInOn(t *testing.T, o identity.Options, clock *testClock) (directory, string) {
	t.Helper()
	o.Clock = clock.now
	d := newDirectory(t, o, nil)
	dir := t.TempDir()
	v, err := sharedVault(dir)
	if err != nil {
		t.Fatal(err)
	}
	signedIn(t, d, v, clock.now)
	return d, dir
}

func TestTwoProcessesWithFiftyGoroutinesEachRenewOnce(t *testing.T) {
	var clock testClock
	d, dir := signedInOn(t, identity.Options{Strict: true}, &clock) // a second use of a refresh token would end the sign-in
	programs := []*another{newAnother(t, dir), newAnother(t, dir)}
	for round := 1; round <= 3; round++ {
		ahead := time.Duration(round) * 56 * time.Minute
		clock.offset.Store(int64(ahead))
		for _, p := range programs {
			p.tell(50, ahead)
		}
		var tokens []string
		for _, p := range programs {
			o := p.answer()
			if len(o.Codes) > 0 {
				t.Fatalf("round %d: %v %+v", round, o.Codes, o.Report)
			}
			tokens = append(tokens, o.Tokens...)
		}
		for _, token := range tokens {
			if token != tokens[0] {
				t.Fatalf("round %d: two different tokens are in use", round)
			}
		}
		if renewals, _ := d.kinds(identity.EventRefresh); len(tokens) != 100 || renewals != round {
			t.Errorf("round %d: %d requests, %d renewals", round, len(tokens), renewals)
		}
	}
}

func TestAKillBetweenTheAnswerAndTheWrite(t *testing.T) {
	for name, strict := range map[string]bool{"old refresh tokens stay good": false, "a refresh token is good once": true} {
		t.Run(name, func(t *testing.T) {
			var clock testClock
			d, dir := signedInOn(t, identity.Options{Strict: strict}, &clock)
			file := filepath.Join(dir, "sign-ins", "lumen.sealed")
			before, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			const ahead = time.Hour
			clock.forward(ahead)
			victim := newAnother(t, dir, "SIGHTLINE_TEST_KILL=1")
			victim.tell(1, ahead)
			if !victim.answer().Writing {
				t.Fatal("nothing was to be written")
			}
			victim.kill()
			if renewals, _ := d.kinds(identity.EventRefresh); renewals != 1 {
				t.Fatalf("%d renewals before the kill", renewals)
			}
			after, err := os.ReadFile(file)
			if err != nil || string(after) != string(before) {
				t.Fatalf("the stored sign-in changed (%v)", err)
			}

			next := newAnother(t, dir)
			next.tell(10, ahead)
			o := next.answer()
			if !strict {
				if len(o.Tokens) != 10 {
					t.Errorf("it does not go on: %v %+v", o.Codes, o.Report)
				}
				return
			}
			if len(o.Codes) != 10 || !o.Ended || o.Report.Code != fault.NotSignedIn {
				t.Fatalf("it answers %v, ended %v", o.Codes, o.Ended)
			}
			if said := o.Report.Message + " " + o.Report.Hint; !strings.Contains(said, "your data stays") || !strings.Contains(said, "Sign in again as "+mira) {
				t.Errorf("it says %q", said)
			}
			if refused := d.refusals(70000); refused != 1 {
				t.Errorf("the directory was asked %d times with what it had refused", refused)
			}
			if after, err = os.ReadFile(file); err != nil || string(after) != string(before) {
				t.Errorf("the stored sign-in changed (%v)", err)
			}
		})
	}
}

// refusals counts the answers with an AADSTS number.
func (d directory) refusals(number int) (count int) {
	for _, e := range d.Events() {
		if e.Kind == identity.EventRefused && e.Code == number {
			count++
		}
	}
	return count
}

func TestALockedSignInHasNotEnded(t *testing.T) {
	var clock testClock
	_, dir := signedInOn(t, identity.Options{}, &clock)
	locked, err := vault.Open(vault.Options{Dir: filepath.Join(dir, "sign-ins")}) // the keyring is out of reach
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = signin.StoredAccount(locked, "lumen")
	mustRefuse(t, err, fault.NotSignedIn, "locked", "your data stays")
	if signin.Ended(err) {
		t.Error("a sign-in that is only locked counts as ended")
	}
	if err := signin.Forget(t.Context(), locked, "lumen"); err != nil {
		t.Errorf("it cannot be signed out: %v", err)
	}
	if _, _, err = signin.StoredAccount(locked, "lumen"); !signin.Ended(err) {
		t.Errorf("after signing out: %v", err)
	}
}

// full is a vault on a disk that is full for a while.
type full struct {
	*vault.Vault
	writes []bool // whether each Put in turn finds space; none left: it does
}

func (f *full) Put(id string, secret []byte) error {
	if len(f.writes) > 0 {
		ok := f.writes[0]
		f.writes = f.writes[1:]
		if !ok {
			return fault.New(fault.DiskFull, "vault.Put", "The disk is full.", "Free some space.")
		}
	}
	return f.Vault.Put(id, secret)
}

func TestTokensAreWrittenBeforeTheyAreUsedAndAFullDiskLosesNone(t *testing.T) {
	var clock testClock
	d, dir := signedInOn(t, identity.Options{Strict: true}, &clock)
	v, err := sharedVault(dir)
	if err != nil {
		t.Fatal(err)
	}
	store := &full{Vault: v}
	c := source(t, store, clock.now)
	clock.forward(time.Hour)
	store.writes = []bool{false, false}
	for range 2 {
		token, err := authorize(c)
		mustRefuse(t, err, fault.DiskFull)
		if token != "" {
			t.Error("a token was used that is stored nowhere")
		}
	}
	token := mustAuthorize(t, c)
	if renewals, _ := d.kinds(identity.EventRefresh); renewals != 1 {
		t.Errorf("%d renewals", renewals)
	}
	again, err := sharedVault(dir)
	if err != nil {
		t.Fatal(err)
	}
	if other := mustAuthorize(t, source(t, again, clock.now)); other != token {
		t.Error("what is used is not what is stored")
	}
	clock.forward(time.Hour)
	mustAuthorize(t, c) // the strict directory still takes the refresh token
}

func TestARenewalForSomebodyElseIsRefused(t *testing.T) {
	keyring.MockInit()
	var clock testClock
	var other string
	d := newDirectory(t, identity.Options{Clock: clock.now}, tokenEndpoint(replacingIDToken(&other)))
	store := openVault(t, t.TempDir())
	signedIn(t, d, store, clock.now)
	c := source(t, store, clock.now)
	payload := base64.RawURLEncoding.EncodeToString([]byte(`{"tid":"` + identity.LumenTenantID + `","oid":"d932e1ff-37d9-4861-bdeb-ceed75f4839d","preferred_username":"` + elias + `"}`))
	other = "eyJhbGciOiJub25lIn0." + payload + ".x"
	clock.forward(time.Hour)
	token, err := authorize(c)
	mustRefuse(t, err, fault.IdentityChanged, mira, elias)
	if token != "" {
		t.Error("the token of somebody else was used")
	}
	other = ""
	mustAuthorize(t, c)
}
