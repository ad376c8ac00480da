package vault_test

import (
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/signin/vault"
)

// clock is a time that a test moves.
type clock struct{ offset atomic.Int64 }

func (c *clock) now() time.Time          { return time.Now().Add(time.Duration(c.offset.Load())) }
func (c *clock) forward(d time.Duration) { c.offset.Add(int64(d)) }

// eventually waits for what happens in the background.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatalf("%s did not happen", what)
}

func mustBe(t *testing.T, v *vault.Vault, want vault.State) {
	t.Helper()
	got := v.State()
	if (got.Why == "") != (want.Why == "") {
		t.Errorf("the reason is %q", got.Why)
	}
	got.Why, want.Why = "", ""
	if got != want {
		t.Errorf("the state is %+v, want %+v", got, want)
	}
}

func TestTheStateTellsTheKeyringOfTheDesktopFromThatOfTheKernel(t *testing.T) {
	desktop, kernel := newRing(), newRing()
	dir := t.TempDir()
	o := vault.Options{Dir: dir, Keyring: desktop, Fallback: vault.UntilRestart(kernel)}
	mustBe(t, open(t, o), vault.State{Mode: vault.ModeKeyring})
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("to say so, %d files were written", len(entries))
	}
	desktop.setAway(true)
	remote := open(t, o)
	mustBe(t, remote, vault.State{Mode: vault.ModeKernel, Why: "the desktop's is away"})
	put(t, remote, "a", canary)
	mustBe(t, remote, vault.State{Mode: vault.ModeKernel, Why: "the desktop's is away"})
	if kernel.size() != 1 {
		t.Errorf("the kernel holds %d keys", kernel.size())
	}
	// The computer is restarted: the kernel has forgotten, and that sign-in is over, not locked.
	kernel.items = map[string]string{}
	after := open(t, o)
	_, err := after.Get("a")
	mustRefuse(t, err, fault.NotSignedIn)
	if actions := fault.ReportOf(err).Actions; len(actions) != 1 || actions[0] != fault.SignInAgain {
		t.Errorf("it offers %v", actions)
	}
	mustBe(t, open(t, vault.Options{}), vault.State{Mode: vault.ModeSession, Why: "no folder"})
	mustBe(t, open(t, vault.Options{Dir: dir}), vault.State{Mode: vault.ModeSession, Locked: true, Why: "no keyring"})
}

func TestAKeyringThatComesBackIsUsedAgainAfterAMinute(t *testing.T) {
	var c clock
	desktop, dir := newRing(), t.TempDir()
	desktop.setAway(true)
	o := vault.Options{Dir: dir, Keyring: desktop, Clock: c.now}
	v := open(t, o)
	put(t, v, "a", canary)
	mustBe(t, v, vault.State{Mode: vault.ModeSession, Why: "away"})
	desktop.setAway(false)
	c.forward(59 * time.Second)
	mustBe(t, v, vault.State{Mode: vault.ModeSession, Why: "away"})
	c.forward(time.Second)
	mustHold(t, v, "a", canary) // any use makes it look, in the background
	eventually(t, "the move to the file", func() bool { _, err := os.Stat(filepath.Join(dir, "a.sealed")); return err == nil })
	mustBe(t, v, vault.State{Mode: vault.ModeKeyring})
	mustHold(t, v, "a", canary)
	mustHold(t, open(t, o), "a", canary)
	mustNotLeak(t, dir)
}

func TestRetryAsksTheKeyringAtOnceAndMovesThereWhatRestsWorse(t *testing.T) {
	desktop, kernel, dir := newRing(), newRing(), t.TempDir()
	desktop.setAway(true)
	o := vault.Options{Dir: dir, Keyring: desktop, Fallback: vault.UntilRestart(kernel)}
	v := open(t, o)
	put(t, v, "a", canary)
	if err := v.Retry(); err != nil {
		t.Errorf("the kernel's keyring serves, and it says %v", err)
	}
	desktop.setAway(false)
	if err := v.Retry(); err != nil {
		t.Fatal(err)
	}
	mustBe(t, v, vault.State{Mode: vault.ModeKeyring})
	if desktop.size() != 1 || kernel.size() != 0 {
		t.Errorf("the keyrings hold %d and %d keys", desktop.size(), kernel.size())
	}
	mustHold(t, v, "a", canary)
	mustHold(t, open(t, vault.Options{Dir: dir, Keyring: desktop}), "a", canary)

	alone := open(t, vault.Options{Dir: t.TempDir(), Keyring: refusing{}})
	err := alone.Retry()
	mustRefuse(t, err, fault.NotSignedIn)
	mustOffer(t, err, fault.UnlockKeys)
}

// dialog is a keyring whose calls wait until the person has answered a dialog.
type dialog struct {
	*ring
	answered chan struct{}
	opened   atomic.Int64
}

func (d *dialog) Set(service, user, secret string) error {
	d.opened.Add(1)
	<-d.answered
	return d.ring.Set(service, user, secret)
}

func TestAPersonWhoTakesLongToUnlockTheKeyringHasItInUseAfterwards(t *testing.T) {
	desktop := &dialog{ring: newRing(), answered: make(chan struct{})}
	dir := t.TempDir()
	v := open(t, vault.Options{Dir: dir, Keyring: desktop, KeyringTimeout: 1500 * time.Millisecond})
	put(t, v, "a", canary)
	mustBe(t, v, vault.State{Mode: vault.ModeSession, Why: "silent"})
	for range 5 {
		put(t, v, "a", canary)
		_ = v.State()
	}
	if n := desktop.opened.Load(); n != 1 {
		t.Errorf("%d dialogs were opened", n)
	}
	mustRefuse(t, v.Retry(), fault.NotSignedIn) // the person asked for another one
	close(desktop.answered)
	eventually(t, "the keyring in use", func() bool { return v.State().Mode == vault.ModeKeyring })
	eventually(t, "the move to the file", func() bool { _, err := os.Stat(filepath.Join(dir, "a.sealed")); return err == nil })
	mustHold(t, v, "a", canary)
}

func TestOnlyAUseOpensTheDialogAndOnlyOnce(t *testing.T) {
	var c clock
	var locked atomic.Bool
	var dialogs atomic.Int64
	locked.Store(true)
	inner := newRing()
	inner.setAway(true) // the person closes every dialog
	asked := counting{inner, &dialogs}
	dir := t.TempDir()
	v := open(t, vault.Options{Dir: dir, Keyring: vault.Lockable(asked, locked.Load), Clock: c.now})
	mustBe(t, v, vault.State{Mode: vault.ModeSession, Why: "locked"})
	if n := dialogs.Load(); n != 0 {
		t.Errorf("a question opened %d dialogs", n)
	}
	put(t, v, "a", canary)
	for range 3 {
		c.forward(time.Hour)
		put(t, v, "a", canary)
		_ = v.State()
	}
	if n := dialogs.Load(); n != 1 {
		t.Errorf("%d dialogs were opened", n)
	}
	locked.Store(false)
	inner.setAway(false)
	c.forward(time.Hour)
	eventually(t, "the keyring in use", func() bool { return v.State().Mode == vault.ModeKeyring })
	eventually(t, "the move to the file", func() bool { _, err := os.Stat(filepath.Join(dir, "a.sealed")); return err == nil })
}

// counting counts what would open a dialog.
type counting struct {
	*ring
	n *atomic.Int64
}

func (k counting) Set(service, user, secret string) error {
	k.n.Add(1)
	return k.ring.Set(service, user, secret)
}

func TestNothingWaitsForAKeyringThatIsAskedForSomethingElse(t *testing.T) {
	defer vault.SetScryptWorkFactor(10)()
	desktop := &dialog{ring: newRing(), answered: make(chan struct{})}
	defer close(desktop.answered)
	v := open(t, vault.Options{Dir: t.TempDir(), Keyring: desktop, KeyringTimeout: 4 * time.Second})
	stored := make(chan error, 1)
	go func() { stored <- v.Put("a", []byte(canary)) }()
	eventually(t, "the dialog", func() bool { return desktop.opened.Load() > 0 })
	started := time.Now()
	if _, err := v.Get("b"); !fault.Is(err, fault.NotFound) {
		t.Errorf("got %v", err)
	}
	unlock(t, v, "correct horse") // the person would rather have a passphrase than look for the dialog
	put(t, v, "b", canary)
	mustBe(t, v, vault.State{Mode: vault.ModePassphrase, Chosen: true})
	if took := time.Since(started); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	if err := <-stored; err != nil {
		t.Fatal(err)
	}
	mustHold(t, v, "a", canary)
}

func TestTheStateIsSaidWithinItsLimit(t *testing.T) {
	silent := hangs{until: make(chan struct{})}
	defer close(silent.until)
	v := open(t, vault.Options{Dir: t.TempDir(), Keyring: silent, Fallback: vault.UntilRestart(newRing()), KeyringTimeout: 2 * time.Second})
	started := time.Now()
	mustBe(t, v, vault.State{Mode: vault.ModeKernel, Why: "silent"})
	if took := time.Since(started); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestAKeyringThatIsLockedInTheMiddleLosesNothing(t *testing.T) {
	dir, desktop := t.TempDir(), newRing()
	v := open(t, vault.Options{Dir: dir, Keyring: desktop})
	put(t, v, "a", "first")
	desktop.setAway(true)
	put(t, v, "a", "second") // under the key that is still known
	put(t, v, "b", canary)   // in memory
	mustHold(t, v, "a", "second")
	mustHold(t, v, "b", canary)
	mustNotLeak(t, dir)
	desktop.setAway(false)
	if err := v.Retry(); err != nil {
		t.Fatal(err)
	}
	again := open(t, vault.Options{Dir: dir, Keyring: desktop})
	mustHold(t, again, "a", "second")
	mustHold(t, again, "b", canary)
}

// blobs refuses what Windows refuses: a credential of more than 2,560 bytes.
type blobs struct{ *ring }

func (k blobs) Set(service, user, secret string) error {
	if len(secret) > 2560 {
		return errNoService
	}
	return k.ring.Set(service, user, secret)
}

func TestTheTokensOfASignInNeedNotFitIntoTheKeyring(t *testing.T) {
	long := canary + string(make([]byte, 20_000))
	dir, k := t.TempDir(), blobs{newRing()}
	put(t, open(t, vault.Options{Dir: dir, Keyring: k}), "a", long)
	again := open(t, vault.Options{Dir: dir, Keyring: k})
	mustHold(t, again, "a", long)
	mustBe(t, again, vault.State{Mode: vault.ModeKeyring})
	mustNotLeak(t, dir)
}
