package vault_test

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"sightline/backend/fault"
	"sightline/backend/signin/vault"
)

// session is a session bus of its own. Nothing starts by itself on it.
type session struct {
	t       *testing.T
	address string
	dir     string
	keyring *exec.Cmd
}

const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=DIR</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`

func newSession(t *testing.T) *session {
	t.Helper()
	dir, err := os.MkdirTemp("", "sl") // short: the address of a socket has a limit
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	config := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(config, []byte(strings.Replace(busConfig, "DIR", dir, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	bus := exec.Command("dbus-daemon", "--config-file="+config, "--nofork", "--nosyslog", "--print-address=1")
	out, err := bus.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := bus.Start(); err != nil {
		t.Fatalf("the Debian package dbus-daemon is needed: %v", err)
	}
	t.Cleanup(func() {
		_ = bus.Process.Kill()
		_ = bus.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return &session{t: t, address: strings.TrimSpace(address), dir: dir}
}

// env is what a program of this desktop session finds in its environment. There is no screen to show a dialog on.
func (s *session) env() []string {
	return []string{"DBUS_SESSION_BUS_ADDRESS=" + s.address, "HOME=" + s.dir, "XDG_RUNTIME_DIR=" + s.dir, "XDG_DATA_HOME=" + s.dir,
		"GNOME_KEYRING_CONTROL=" + filepath.Join(s.dir, "control"), "DISPLAY=", "WAYLAND_DISPLAY="}
}

const loginPassword = "the password of the login"

// startKeyring starts gnome-keyring as a login does: unlocked by the person's password.
func (s *session) startKeyring() {
	s.t.Helper()
	s.keyring = exec.Command("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets", "--control-directory="+filepath.Join(s.dir, "control"))
	s.keyring.Env, s.keyring.Stdin = append(os.Environ(), s.env()...), strings.NewReader(loginPassword)
	if err := s.keyring.Start(); err != nil {
		s.t.Fatalf("the Debian package gnome-keyring is needed: %v", err)
	}
	daemon := s.keyring
	s.t.Cleanup(func() {
		_ = daemon.Process.Kill()
		_ = daemon.Wait()
	})
	eventually(s.t, "the keyring", func() bool { locked, err := s.locked(); return err == nil && !locked })
}

func (s *session) bus() *dbus.Conn {
	s.t.Helper()
	bus, err := dbus.Connect(s.address)
	if err != nil {
		s.t.Fatal(err)
	}
	return bus
}

const (
	secretsName = "org.freedesktop.secrets"
	login       = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
)

func (s *session) locked() (bool, error) {
	bus := s.bus()
	defer func() { _ = bus.Close() }()
	value, err := bus.Object(secretsName, login).GetProperty("org.freedesktop.Secret.Collection.Locked")
	locked, _ := value.Value().(bool)
	return locked, err
}

// lock locks the keyring, as some desktops do with the screen.
func (s *session) lock() {
	s.t.Helper()
	bus := s.bus()
	defer func() { _ = bus.Close() }()
	if err := bus.Object(secretsName, "/org/freedesktop/secrets").Call("org.freedesktop.Secret.Service.Lock", 0, []dbus.ObjectPath{login}).Err; err != nil {
		s.t.Fatal(err)
	}
	eventually(s.t, "the lock", func() bool { locked, err := s.locked(); return err == nil && locked })
}

// unlock gives the person's password to the daemon that runs, as the dialog does.
func (s *session) unlock() {
	s.t.Helper()
	bus := s.bus()
	defer func() { _ = bus.Close() }()
	service := bus.Object(secretsName, "/org/freedesktop/secrets")
	var nothing dbus.Variant
	var plain dbus.ObjectPath
	if err := service.Call("org.freedesktop.Secret.Service.OpenSession", 0, "plain", dbus.MakeVariant("")).Store(&nothing, &plain); err != nil {
		s.t.Fatal(err)
	}
	password := struct {
		Session     dbus.ObjectPath
		Parameters  []byte
		Value       []byte
		ContentType string
	}{plain, []byte{}, []byte(loginPassword), "text/plain"}
	if err := service.Call("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface.UnlockWithMasterPassword", 0, login, password).Err; err != nil {
		s.t.Fatal(err)
	}
	eventually(s.t, "the unlock", func() bool { locked, err := s.locked(); return err == nil && !locked })
}

// mustKeepNothing checks that no sign-in is on disk.
func mustKeepNothing(t *testing.T, dir string) {
	t.Helper()
	if entries, err := os.ReadDir(dir); err != nil && !errors.Is(err, os.ErrNotExist) || len(entries) > 0 {
		t.Errorf("%d files were written (%v)", len(entries), err)
	}
}

func TestSecretServiceKeepsASignInOverAKillOfTheProgram(t *testing.T) {
	t.Parallel() // each has a session and programs of its own
	s, dir := newSession(t), filepath.Join(t.TempDir(), "sign-ins")
	s.startKeyring()
	first := newProgram(t, dir, s.env()...)
	first.mustBe(vault.State{Mode: vault.ModeKeyring})
	mustKeepNothing(t, dir) // to say so took nothing but a look
	first.must("put", "a", canary)
	first.must("put", "b", canary)
	first.kill()
	mustNotLeak(t, dir)
	stolen, err := os.ReadFile(filepath.Join(dir, "a.sealed"))
	if err != nil {
		t.Fatal(err)
	}

	second := newProgram(t, dir, s.env()...)
	for _, id := range []string{"a", "b"} {
		if got := second.must("get", id).Text; got != canary {
			t.Errorf("%s came back as something else", id)
		}
	}
	second.must("delete", "a")
	if err := os.WriteFile(filepath.Join(dir, "a.sealed"), stolen, 0o600); err != nil {
		t.Fatal(err)
	}
	third := newProgram(t, dir, s.env()...)
	if r := third.tell("get", "a"); r.Code != fault.NotSignedIn || r.Text != "" {
		t.Errorf("a copy of a file that was signed out opens: %+v", r.Code)
	}
	third.must("get", "b")
}

func TestSecretServiceThatIsLockedLosesNothingAndIsUsedOnceItIsUnlocked(t *testing.T) {
	t.Parallel() // each has a session and programs of its own
	s, dir := newSession(t), filepath.Join(t.TempDir(), "sign-ins")
	s.startKeyring()
	running := newProgram(t, dir, s.env()...)
	running.must("put", "kept", canary)
	s.lock()

	fresh := newProgram(t, dir, s.env()...)
	fresh.mustBe(vault.State{Mode: vault.ModeSession, Locked: true, Why: "locked"})
	r := fresh.tell("get", "kept")
	if r.Code != fault.NotSignedIn || len(r.Actions) == 0 || r.Actions[0] != fault.UnlockKeys {
		t.Errorf("a locked sign-in answers %s, offers %v", r.Code, r.Actions)
	}
	fresh.must("put", "new", canary)
	if got := fresh.must("get", "new").Text; got != canary {
		t.Error("the sign-in of this session is not there")
	}
	if _, err := os.Stat(filepath.Join(dir, "new.sealed")); err == nil {
		t.Error("it was written without a key that rests anywhere")
	}
	if r := fresh.tell("retry"); r.Code != fault.NotSignedIn || r.Message == "" {
		t.Errorf("no screen for a dialog, and trying again says %q %q", r.Code, r.Message)
	}
	running.must("put", "kept", canary+"-renewed") // a token is renewed while the screen is locked

	s.unlock()
	fresh.must("retry")
	fresh.mustBe(vault.State{Mode: vault.ModeKeyring})
	fresh.kill()
	mustNotLeak(t, dir)
	after := newProgram(t, dir, s.env()...)
	if got := after.must("get", "kept").Text; got != canary+"-renewed" {
		t.Error("the renewed token is lost")
	}
	if got := after.must("get", "new").Text; got != canary {
		t.Error("the sign-in of the locked session was not moved to the keyring")
	}
}

func TestSecretServiceThatIsNotThereMeansThisSessionUntilItComes(t *testing.T) {
	t.Parallel() // each has a session and programs of its own
	s, dir := newSession(t), filepath.Join(t.TempDir(), "sign-ins")
	p := newProgram(t, dir, s.env()...)
	p.mustBe(vault.State{Mode: vault.ModeSession, Why: "absent"})
	p.must("put", "a", canary)
	if got := p.must("get", "a").Text; got != canary {
		t.Error("the sign-in of this session is not there")
	}
	mustKeepNothing(t, dir)
	s.startKeyring()
	p.must("retry")
	p.mustBe(vault.State{Mode: vault.ModeKeyring})
	p.kill()
	mustNotLeak(t, dir)
	if got := newProgram(t, dir, s.env()...).must("get", "a").Text; got != canary {
		t.Error("the sign-in was not moved to the keyring")
	}
}

func TestSecretServiceThatHangsCostsThreeSecondsOnceAndIsUsedWhenItGoesOn(t *testing.T) {
	t.Parallel() // each has a session and programs of its own
	s, dir := newSession(t), filepath.Join(t.TempDir(), "sign-ins")
	s.startKeyring()
	if err := s.keyring.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	p := newProgram(t, dir, s.env()...)
	started := time.Now()
	p.must("put", "a", canary)
	for range 20 {
		p.must("put", "a", canary)
		if got := p.must("get", "a").Text; got != canary {
			t.Error("the sign-in of this session is not there")
		}
	}
	p.mustBe(vault.State{Mode: vault.ModeSession, Why: "silent"})
	if took := time.Since(started); took > 10*time.Second { // two seconds each, they would take eighty
		t.Errorf("twenty uses took %v", took)
	}
	mustKeepNothing(t, dir)
	if err := s.keyring.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the keyring in use", func() bool { return p.must("state").State.Mode == vault.ModeKeyring })
	eventually(t, "the move to the file", func() bool { _, err := os.Stat(filepath.Join(dir, "a.sealed")); return err == nil })
	mustNotLeak(t, dir)
}

func TestSecretServiceThatHangsCanBeReplacedByAPassphrase(t *testing.T) {
	t.Parallel() // each has a session and programs of its own
	s, dir := newSession(t), filepath.Join(t.TempDir(), "sign-ins")
	s.startKeyring()
	if err := s.keyring.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	p := newProgram(t, dir, s.env()...)
	p.must("put", "a", canary)
	p.must("passphrase", "correct-horse")
	p.mustBe(vault.State{Mode: vault.ModePassphrase, Chosen: true})
	p.kill()
	mustNotLeak(t, dir)
	again := newProgram(t, dir, s.env()...)
	again.mustBe(vault.State{Mode: vault.ModePassphrase, Chosen: true, Locked: true, Why: "locked"})
	if r := again.tell("passphrase", "battery-staple"); r.Code != fault.NotSignedIn || !strings.Contains(r.Message, "not the passphrase") {
		t.Errorf("a wrong passphrase answers %s %q", r.Code, r.Message)
	}
	again.must("passphrase", "correct-horse")
	if got := again.must("get", "a").Text; got != canary {
		t.Error("it came back as something else")
	}
}

// prompter takes every dialog it is asked for and never shows it, as one that crashed does.
type prompter struct{ asked chan struct{} }

func (p prompter) BeginPrompting(dbus.ObjectPath) *dbus.Error {
	p.asked <- struct{}{}
	return nil
}

func TestSecretServiceWhoseDialogNeverComesBackIsAskedAgainByThePerson(t *testing.T) {
	t.Parallel() // each has a session and programs of its own
	s, dir := newSession(t), filepath.Join(t.TempDir(), "sign-ins")
	s.startKeyring()
	s.lock()
	bus := s.bus()
	defer func() { _ = bus.Close() }()
	dialogs := prompter{make(chan struct{}, 8)}
	if err := bus.Export(dialogs, "/org/gnome/keyring/Prompter", "org.gnome.keyring.internal.Prompter"); err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName("org.gnome.keyring.SystemPrompter", dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	p := newProgram(t, dir, s.env()...)
	p.mustBe(vault.State{Mode: vault.ModeSession, Why: "locked"})
	if n := len(dialogs.asked); n != 0 {
		t.Errorf("to say where sign-ins rest, %d dialogs were asked for", n)
	}
	p.must("put", "a", canary)
	p.must("put", "a", canary)
	if n := len(dialogs.asked); n != 1 {
		t.Errorf("to store a sign-in, %d dialogs were asked for", n)
	}
	mustKeepNothing(t, dir)
	s.unlock() // the person logs in again
	p.must("retry")
	p.mustBe(vault.State{Mode: vault.ModeKeyring})
	p.kill()
	if got := newProgram(t, dir, s.env()...).must("get", "a").Text; got != canary {
		t.Error("the sign-in was not moved to the keyring")
	}
}
