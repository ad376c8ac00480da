package signin_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

// A program of its own signs in, renews three times, signs out and crashes. Nothing it leaves behind, prints, logs or
// is started with may hold anything the directory ever issued, nor what it made up itself.
func TestNoSecretIsLeftAnywhere(t *testing.T) {
	if dir := os.Getenv("SIGHTLINE_TEST_CANARY"); dir != "" {
		leaveTraces(t, dir)
		return
	}
	d := newDirectory(t, identity.Options{}, nil)
	dir := t.TempDir()
	token, err := d.MintPersonalAccessToken(d.People()[0])
	if err != nil {
		t.Fatal(err)
	}
	secrets := filepath.Join(t.TempDir(), "secrets.json") // not where the search looks
	order, err := json.Marshal(assignment{Authority: d.options(t).Authority, ClientID: d.ClientID(), Token: token, Secrets: secrets})
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	victim := exec.Command(self, "-test.run", "^TestNoSecretIsLeftAnywhere$")
	victim.Env = append(os.Environ(), "SIGHTLINE_TEST_CANARY="+dir, "GOTRACEBACK=all", "HOME="+dir)
	victim.Stdin = bytes.NewReader(order)
	var printed bytes.Buffer
	victim.Stdout, victim.Stderr = &printed, &printed
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- victim.Wait() }()
	var processes bytes.Buffer
	for running := true; running; {
		select {
		case err = <-ended:
			running = false
		case <-time.After(20 * time.Millisecond):
			processes.Write(commandLines())
		}
	}
	if err == nil || !strings.Contains(printed.String(), "panic: a defect") || !strings.Contains(printed.String(), "goroutine") {
		t.Fatalf("the program did not crash as it should (%v):\n%s", err, printed.String())
	}
	if !bytes.Contains(processes.Bytes(), []byte("TestNoSecretIsLeftAnywhere")) {
		t.Fatal("the process list was not seen")
	}
	if err := os.WriteFile(filepath.Join(dir, "printed"), printed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "processes"), processes.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	all := everySecret(t, d, secrets)
	for _, where := range find(t, dir, all) {
		t.Error(where)
	}
	// The search must be able to fail.
	if err := os.WriteFile(filepath.Join(dir, "planted"), []byte("x"+url.QueryEscape(all["access_token 0"])), 0o600); err != nil {
		t.Fatal(err)
	}
	if found := find(t, dir, all); len(found) != 1 || !strings.Contains(found[0], "planted") {
		t.Errorf("the search found %v", found)
	}
}

// assignment is what the program is told on its standard input.
type assignment struct {
	Authority, ClientID, Token string

	Secrets string // file for what the program made up itself
}

// everySecret lists what the directory issued and what the program made up.
func everySecret(t *testing.T, d directory, file string) map[string]string {
	t.Helper()
	all, kinds := map[string]string{}, map[identity.SecretKind]int{}
	for _, s := range d.Issued() {
		all[fmt.Sprintf("%s %d", s.Kind, kinds[s.Kind])] = s.Value
		kinds[s.Kind]++
	}
	if kinds[identity.SecretRefreshToken] != 4 || kinds[identity.SecretAccessToken] != 4 || kinds[identity.SecretCode] != 1 || kinds[identity.SecretPersonalToken] != 1 {
		t.Errorf("the directory issued %v", kinds)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var own []string
	if err := json.Unmarshal(content, &own); err != nil || len(own) != 3 {
		t.Fatalf("the program made up %d secrets (%v)", len(own), err)
	}
	for i, s := range own {
		all[fmt.Sprintf("own %d", i)] = s
	}
	return all
}

// find searches every file below dir for every secret, as it is and as it would stand in an address or a Basic header.
func find(t *testing.T, dir string, secrets map[string]string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		for name, secret := range secrets {
			for _, form := range []string{secret, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte(":" + secret))} {
				if bytes.Contains(content, []byte(form)) {
					found = append(found, name+" is in "+strings.TrimPrefix(path, dir))
					break
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// commandLines is the process list as everybody on this computer sees it.
func commandLines() (all []byte) {
	paths, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, path := range paths {
		line, _ := os.ReadFile(path) // a process may have ended
		all = append(append(all, line...), '\n')
	}
	return all
}

// leaveTraces is the program. It logs everything it holds, and ends in a panic with all of it in scope.
func leaveTraces(t *testing.T, dir string) {
	var a assignment
	if err := json.NewDecoder(os.Stdin).Decode(&a); err != nil {
		t.Fatal(err)
	}
	logFile, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(logFile, &slog.HandlerOptions{Level: slog.LevelDebug}))
	store, err := sharedVault(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s := start(t, signin.Options{
		Authority: a.Authority, TenantID: identity.LumenTenantID, ClientID: a.ClientID, OrganizationURL: "https://dev.azure.com/lumen",
		Rung: signin.RungCopyLink, CacheDir: filepath.Join(dir, "cache"), Timeout: time.Minute, Logger: log,
	})
	own, err := json.Marshal(signin.SecretsOf(s))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(a.Secrets, own, 0o600); err != nil {
		t.Fatal(err)
	}
	newPerson(t, mira).open(s.State().URL)
	result := mustSignIn(t, s)
	pat, err := signin.NewPAT(a.Token, time.Time{}, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := result.Keep(ctx, store, "lumen"); err != nil {
		t.Fatal(err)
	}
	if err := pat.Keep(ctx, store, "token"); err != nil {
		t.Fatal(err)
	}
	credential, err := signin.OpenCredential(store, "lumen", signin.SourceOptions{Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	source := credential.(*signin.TokenSource)
	for range 3 {
		r := httptestRequest(t, "https://dev.azure.com/lumen/_apis/projects")
		if err := source.Authorize(ctx, r); err != nil {
			t.Fatal(err)
		}
		if err := source.Renew(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	refused := source.Authorize(ctx, httptestRequest(t, "http://tfs.example/"))
	log.Debug("everything", "result", result, "value", *result, "pat", pat, "source", source, "session", s, "error", refused, "state", s.State())
	for _, v := range []any{result, *result, result.Tokens, result.Credential(), pat, source, s, s.State(), refused, store.State()} {
		log.Debug(fmt.Sprintf("%v %+v %#v", v, v, v))
		if text, err := json.Marshal(v); err == nil {
			log.Debug(string(text))
		}
	}
	if err := os.CopyFS(filepath.Join(dir, "while signed in"), os.DirFS(filepath.Join(dir, "sign-ins"))); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"lumen", "token"} {
		if err := signin.Forget(ctx, store, id); err != nil {
			t.Fatal(err)
		}
	}
	crash(result, *result, pat, source, s)
}

// crash panics with what it was given on the stack.
//
//go:noinline
func crash(held ...any) { panic(fmt.Sprintf("a defect, holding %d things: %+v", len(held), held)) }
