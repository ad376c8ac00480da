// Package timer has the operating system run `sightline refresh --due` while no window is open: by a systemd
// user timer on Linux, the Task Scheduler on Windows, a launchd agent on macOS. It writes what the system needs,
// lists what is there and removes it again. Which datasets are due is not its business.
package timer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"sightline/backend/fault"
)

// Every is how often the timer looks for datasets that are due. A look at nothing costs one short process.
const Every = 15 * time.Minute

// Options say what the timer runs.
type Options struct {
	Program string // whole path of the program
	DataDir string // whole path of the data folder, which is carried along
	// Usual marks the person's own data folder. Any other has a timer of its own, so that two folders do not
	// take each other's.
	Usual bool
	// System is the operating system as runtime.GOOS names it; "" is this one.
	System string
	// User is who signed in to this computer; "" asks the system.
	User string
}

// State is what there is of the timer.
type State struct {
	Supported bool   // this system has such a timer
	Kind      string // as people call it
	On        bool
	Entries   []string // files, or names of tasks, that are there
	Detail    string   // what a person should know besides
}

// Timer is the timer of one data folder. It is safe for concurrent use by processes: the last word counts.
type Timer struct {
	system system
}

// system is what one operating system does about it. on and off may be called in any state.
type system interface {
	state(ctx context.Context) (State, error)
	on(ctx context.Context) error
	off(ctx context.Context) error
}

// New makes a timer. It touches nothing.
func New(o Options) *Timer {
	if o.System == "" {
		o.System = runtime.GOOS
	}
	job := job{program: o.Program, arguments: []string{"refresh", "--due", "--data-dir", o.DataDir}}
	suffix := ""
	if !o.Usual {
		sum := sha256.Sum256([]byte(filepath.Clean(o.DataDir)))
		suffix = "-" + hex.EncodeToString(sum[:4])
	}
	switch o.System {
	case "linux":
		return &Timer{&systemd{job: job, name: "sightline-refresh" + suffix}}
	case "windows":
		return &Timer{&taskScheduler{job: job, name: taskName(o.User) + suffix}}
	case "darwin":
		return &Timer{&launchd{job: job, label: "sightline.refresh" + suffix}}
	}
	return &Timer{none{}}
}

// job is what the timer runs.
type job struct {
	program   string
	arguments []string
}

const description = "Sightline: refresh the datasets that are due"

// State says what is there.
func (t *Timer) State(ctx context.Context) (State, error) {
	s, err := t.system.state(ctx)
	return s, fault.Wrap("timer.State", err)
}

// Set writes the timer and switches it on, or switches it off and removes it, and says what is there then. Faults:
// Invalid where there is no such timer, ReadOnly for a folder that cannot be written, Internal with what the
// system's own program said.
func (t *Timer) Set(ctx context.Context, on bool) (State, error) {
	const op = "timer.Set"
	before, err := t.system.state(ctx)
	if err != nil {
		return before, fault.Wrap(op, err)
	}
	if !before.Supported {
		return before, fault.New(fault.Invalid, op, "This computer offers no timer that Sightline could use. "+before.Detail,
			"Keep Sightline open, or run `sightline refresh --due` from a scheduler of your own.")
	}
	do := t.system.off
	if on {
		do = t.system.on
	}
	err = do(ctx)
	after, stateErr := t.system.state(ctx)
	if err == nil {
		err = stateErr
	}
	return after, fault.Wrap(op, err)
}

// none is a system without a timer that we know.
type none struct{}

func (none) state(context.Context) (State, error) {
	return State{Detail: "Its operating system is none that Sightline knows."}, nil
}
func (none) on(context.Context) error  { return nil }
func (none) off(context.Context) error { return nil }

// patience is how long a program of the system may take.
const patience = 30 * time.Second

// run runs a program of the system and returns what it said. The error is an *exec.ExitError when the program
// answered no.
func run(ctx context.Context, name string, arguments ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var said bytes.Buffer
	c := exec.CommandContext(ctx, name, arguments...)
	c.Env = append(os.Environ(), "LC_ALL=C")
	c.Stdout, c.Stderr = &said, &said
	c.WaitDelay = time.Second
	err := c.Run()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return strings.TrimSpace(said.String()), err
}

// answeredNo reports whether the program ran and said no, as opposed to one that could not be run.
func answeredNo(err error) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit)
}

// refused is the fault of a program of the system that did not do what it was asked.
func refused(program, said string, err error) error {
	return fault.New(fault.Internal, "timer.run", program+" did not take the timer.",
		"Nothing was changed that is not listed in the settings. Try again, or run `sightline refresh --due` from a scheduler of your own.").
		With("It said", firstLines(said)).Because(err)
}

// firstLines bounds what another program said.
func firstLines(said string) string {
	const most = 400
	if len(said) > most {
		return strings.ToValidUTF8(said[:most], "") + "…"
	}
	return said
}

// write writes a file whole or not at all.
func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return notWritten(path, err)
	}
	partial := path + ".partial"
	if err := os.WriteFile(partial, content, 0o644); err != nil {
		return notWritten(path, err)
	}
	if err := os.Rename(partial, path); err != nil {
		_ = os.Remove(partial) // it is named in nothing
		return notWritten(path, err)
	}
	return nil
}

func notWritten(path string, err error) error {
	return fault.New(fault.ReadOnly, "timer.write", "The file "+path+" of the timer cannot be written.", "Allow writing to its folder.").
		With("File", path).Because(err)
}

// remove removes a file that may be gone already.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fault.New(fault.ReadOnly, "timer.remove", "The file "+path+" of the timer could not be removed.", "Remove it yourself.").
			With("File", path).Because(err)
	}
	return nil
}

// existing keeps the files that are there.
func existing(paths ...string) []string {
	there := []string{}
	for _, p := range paths {
		if _, err := os.Lstat(p); err == nil {
			there = append(there, p)
		}
	}
	return there
}

// holds reports whether a file has exactly this content.
func holds(path string, content []byte) bool {
	b, err := os.ReadFile(path)
	return err == nil && bytes.Equal(b, content)
}

// outdated is what a person should know of entries that another program or place wrote.
const outdated = "It was written by another version of Sightline, or for another place; switch it off and on to renew it."
