package vault_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"sightline/backend/fault"
	"sightline/backend/signin/vault"
)

const canary = "canary-0.AX8-refresh-token-that-must-never-rest-in-plain-text"

func open(t *testing.T, o vault.Options) *vault.Vault {
	t.Helper()
	v, err := vault.Open(o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return v
}

func put(t *testing.T, v *vault.Vault, id, secret string) {
	t.Helper()
	if err := v.Put(id, []byte(secret)); err != nil {
		t.Fatalf("put %s: %v", id, err)
	}
}

func mustHold(t *testing.T, v *vault.Vault, id, want string) {
	t.Helper()
	got, err := v.Get(id)
	if err != nil {
		t.Fatalf("get %s: %v", id, err)
	}
	if string(got) != want {
		t.Fatalf("get %s: a different secret came back", id)
	}
}

func mustRefuse(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("want %s, got %v", code, err)
	}
	if report := fault.ReportOf(err); report.Message == "" || strings.Contains(report.Message, "defect") {
		t.Errorf("%s has no sentence of its own: %q", code, report.Message)
	}
}

// mustNotLeak reads every file below dir and looks for the canary.
func mustNotLeak(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte("canary")) {
			t.Errorf("%s holds a secret in plain text", entry.Name())
		}
		info, statErr := entry.Info()
		if statErr == nil && runtime.GOOS != "windows" && strings.HasSuffix(path, ".sealed") && info.Mode().Perm() != 0o600 {
			t.Errorf("%s may be read by others: %v", entry.Name(), info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestKeyringModeSurvivesARestartAndNeverRestsInPlainText(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	v := open(t, vault.Options{Dir: dir, Keyring: vault.OSKeyring()})
	if mode := v.State().Mode; mode != vault.ModeKeyring {
		t.Fatalf("mode is %s", mode)
	}
	put(t, v, "connection-1", canary+"-old")
	put(t, v, "connection-1", canary)
	put(t, v, "connection-2", canary+"-2")
	mustNotLeak(t, dir)

	again := open(t, vault.Options{Dir: dir, Keyring: vault.OSKeyring()})
	mustHold(t, again, "connection-1", canary)
	mustHold(t, again, "connection-2", canary+"-2")
}

func TestDeleteForgetsOneConnectionAndLeavesTheOtherByteForByte(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	v := open(t, vault.Options{Dir: dir, Keyring: vault.OSKeyring()})
	put(t, v, "a", canary)
	put(t, v, "b", canary)
	other, err := os.ReadFile(filepath.Join(dir, "b.sealed"))
	if err != nil {
		t.Fatal(err)
	}
	stolen, err := os.ReadFile(filepath.Join(dir, "a.sealed"))
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Delete("a"); err != nil {
		t.Fatal(err)
	}
	_, err = v.Get("a")
	mustRefuse(t, err, fault.NotFound)
	if err := v.Delete("a"); err != nil {
		t.Errorf("a second delete: %v", err)
	}
	now, err := os.ReadFile(filepath.Join(dir, "b.sealed"))
	if err != nil || !bytes.Equal(now, other) {
		t.Errorf("the other connection's file changed (%v)", err)
	}
	// A copy out of a backup no longer opens: its key is gone from the keyring.
	if err := os.WriteFile(filepath.Join(dir, "a.sealed"), stolen, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = v.Get("a")
	mustRefuse(t, err, fault.NotSignedIn)
}

func TestAFileCopiedOverAnotherConnectionDoesNotOpen(t *testing.T) {
	defer vault.SetScryptWorkFactor(10)()
	dir := t.TempDir() // with a passphrase both files have the same key: only the additional data tells them apart
	v := open(t, vault.Options{Dir: dir})
	unlock(t, v, "correct horse")
	put(t, v, "a", canary+"-a")
	put(t, v, "b", canary+"-b")
	a, err := os.ReadFile(filepath.Join(dir, "a.sealed"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "b.sealed"), a, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = v.Get("b")
	mustRefuse(t, err, fault.Corrupt)
	a[len(a)-1] ^= 1
	if err := os.WriteFile(filepath.Join(dir, "a.sealed"), a, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = v.Get("a")
	mustRefuse(t, err, fault.Corrupt)
}

func TestTwoDataFoldersWithTheSameConnectionNameDoNotShareAKey(t *testing.T) {
	keyring.MockInit()
	one := open(t, vault.Options{Dir: t.TempDir(), Keyring: vault.OSKeyring()})
	two := open(t, vault.Options{Dir: t.TempDir(), Keyring: vault.OSKeyring()})
	put(t, one, "1", "first")
	put(t, two, "1", "second")
	if err := two.Delete("1"); err != nil {
		t.Fatal(err)
	}
	mustHold(t, one, "1", "first")
}

func TestSignedOutAndInAgainByAnotherProcess(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	here := open(t, vault.Options{Dir: dir, Keyring: vault.OSKeyring()})
	there := open(t, vault.Options{Dir: dir, Keyring: vault.OSKeyring()})
	put(t, here, "a", "first")
	if err := there.Delete("a"); err != nil {
		t.Fatal(err)
	}
	_, err := here.Get("a")
	mustRefuse(t, err, fault.NotFound)
	put(t, there, "a", "second")
	mustHold(t, here, "a", "second")
	if err := there.Delete("a"); err != nil {
		t.Fatal(err)
	}
	put(t, here, "a", "third") // here still remembers a key that the keyring no longer holds
	mustHold(t, open(t, vault.Options{Dir: dir, Keyring: vault.OSKeyring()}), "a", "third")
}

func TestWithoutKeyringSecretsStayInMemory(t *testing.T) {
	for name, o := range map[string]vault.Options{
		"no keyring":      {},
		"keyring refuses": {Keyring: refusing{}},
		"keyring forgets": {Keyring: forgetful{}},
		"no folder":       {},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if name != "no folder" {
				o.Dir = dir
			}
			v := open(t, o)
			put(t, v, "a", canary)
			mustHold(t, v, "a", canary)
			if mode := v.State().Mode; mode != vault.ModeSession {
				t.Errorf("mode is %s", mode)
			}
			if entries, _ := os.ReadDir(dir); len(entries) > 0 {
				t.Errorf("%d files were written", len(entries))
			}
			_, err := open(t, o).Get("a")
			mustRefuse(t, err, fault.NotFound)
			if err := v.Delete("a"); err != nil {
				t.Fatal(err)
			}
			_, err = v.Get("a")
			mustRefuse(t, err, fault.NotFound)
		})
	}
}

func TestAKeyringThatHangsCostsItsLimitOnce(t *testing.T) {
	hanging := hangs{until: make(chan struct{})}
	defer close(hanging.until)
	v := open(t, vault.Options{Dir: t.TempDir(), Keyring: hanging, KeyringTimeout: 1500 * time.Millisecond})
	start := time.Now()
	put(t, v, "a", canary)
	mustHold(t, v, "a", canary)
	if mode := v.State().Mode; mode != vault.ModeSession {
		t.Errorf("mode is %s", mode)
	}
	if took := time.Since(start); took >= 2*time.Second { // each dialog would cost one
		t.Errorf("it took %v", took)
	}
}

func TestAKeyringThatIsGoneLeavesTheStoredSignInLockedNotLost(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	put(t, open(t, vault.Options{Dir: dir, Keyring: vault.OSKeyring()}), "a", canary)

	locked := open(t, vault.Options{Dir: dir})
	_, err := locked.Get("a")
	mustRefuse(t, err, fault.NotSignedIn)
	put(t, locked, "a", "for this session")
	mustHold(t, locked, "a", "for this session")

	mustHold(t, open(t, vault.Options{Dir: dir, Keyring: vault.OSKeyring()}), "a", canary)
}

func TestNamesThatCouldLeaveTheFolderAreRefused(t *testing.T) {
	v := open(t, vault.Options{})
	for _, id := range []string{"", ".", "..", "../a", "a/b", `a\b`, "A", "a b", strings.Repeat("a", 101)} {
		mustRefuse(t, v.Put(id, nil), fault.Invalid)
		_, err := v.Get(id)
		mustRefuse(t, err, fault.Invalid)
		mustRefuse(t, v.Delete(id), fault.Invalid)
	}
	_, err := vault.Open(vault.Options{Dir: "relative"})
	mustRefuse(t, err, fault.Invalid)
}

func TestTheLockHoldsAcrossGoroutinesAndVaults(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	vaults := []*vault.Vault{
		open(t, vault.Options{Dir: dir, Keyring: vault.OSKeyring()}),
		open(t, vault.Options{Dir: dir, Keyring: vault.OSKeyring()}), // as another process has it
	}
	put(t, vaults[0], "a", "")
	var wait sync.WaitGroup
	for i := range 20 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			v := vaults[i%2]
			unlock, err := v.Lock(context.Background(), "a")
			if err != nil {
				t.Error(err)
				return
			}
			defer unlock()
			before, err := v.Get("a")
			if err != nil {
				t.Error(err)
			}
			if err := v.Put("a", append(before, 'x')); err != nil {
				t.Error(err)
			}
		}()
	}
	wait.Wait()
	mustHold(t, vaults[0], "a", strings.Repeat("x", 20))

	unlock, err := vaults[0].Lock(context.Background(), "a")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_, err = vaults[1].Lock(ctx, "a")
	if fault.CodeOf(err) != fault.Timeout {
		t.Errorf("a second holder got %v", err)
	}
	other, err := vaults[1].Lock(context.Background(), "b")
	if err != nil {
		t.Fatalf("another connection had to wait: %v", err)
	}
	other()
}

func TestOldUnfinishedFilesAreRemoved(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	old, fresh := filepath.Join(dir, ".new-1"), filepath.Join(dir, ".new-2")
	for _, path := range []string{old, fresh} {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	past := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(old, past, past); err != nil {
		t.Fatal(err)
	}
	put(t, open(t, vault.Options{Dir: dir, Keyring: vault.OSKeyring()}), "a", "x")
	if _, err := os.Stat(old); err == nil {
		t.Error("the old half file is still there")
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Error("a file that another process may be writing is gone")
	}
}

// refusing is a keyring that answers every call with an error, as a machine without a Secret Service does.
type refusing struct{}

var errNoService = errors.New("the name org.freedesktop.secrets was not provided by any .service files")

func (refusing) Set(string, string, string) error   { return errNoService }
func (refusing) Get(string, string) (string, error) { return "", errNoService }
func (refusing) Delete(string, string) error        { return errNoService }

// forgetful takes everything and keeps nothing.
type forgetful struct{}

func (forgetful) Set(string, string, string) error   { return nil }
func (forgetful) Get(string, string) (string, error) { return "", keyring.ErrNotFound }
func (forgetful) Delete(string, string) error        { return nil }

// hangs waits for an unlock dialog that nobody sees.
type hangs struct{ until chan struct{} }

func (h hangs) Set(string, string, string) error   { <-h.until; return nil }
func (h hangs) Get(string, string) (string, error) { <-h.until; return "", nil }
func (h hangs) Delete(string, string) error        { <-h.until; return nil }
