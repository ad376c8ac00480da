package timer_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"sightline/backend/fault"
	"sightline/backend/timer"
)

// tool puts a program of the system on the PATH that notes its arguments and does what body says. The folder
// $STATE is its memory.
func tool(t *testing.T, name, body string) (calls func() []string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Fatal("these tests need a shell; run them on Linux or macOS")
	}
	dir, state := t.TempDir(), t.TempDir()
	script := "#!/bin/sh\nprintf '%s\\n' \"$*\" >> \"$STATE/calls\"\n" + body + "\n"
	if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("STATE", state)
	t.Setenv("PATH", dir+":/usr/bin:/bin")
	t.Setenv("HOME", filepath.Join(t.TempDir(), "Zoë O'Neil"))
	t.Setenv("XDG_CONFIG_HOME", "")
	return func() []string {
		b, _ := os.ReadFile(filepath.Join(state, "calls"))
		return strings.Split(strings.TrimSpace(string(b)), "\n")
	}
}

// systemctl behaves as systemd's does with one unit.
const systemctl = `
case "$2" in
is-enabled) if [ -e "$STATE/on" ]; then echo enabled; else echo disabled; exit 1; fi;;
enable) touch "$STATE/on"; mkdir -p "$HOME/.config/systemd/user/timers.target.wants"; ln -sf "../$4" "$HOME/.config/systemd/user/timers.target.wants/$4";;
disable) [ -e "$STATE/on" ] || { echo "Unit file $4 does not exist."; exit 1; }; rm -f "$STATE/on" "$HOME/.config/systemd/user/timers.target.wants/$4";;
esac`

func options(system string) timer.Options {
	return timer.Options{Program: "/opt/Sight line/sightline", DataDir: "/home/Zoë/Données", Usual: true, System: system, User: `PC\Zoë`}
}

func set(t *testing.T, o timer.Options, on bool) timer.State {
	t.Helper()
	s, err := timer.New(o).Set(context.Background(), on)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func state(t *testing.T, o timer.Options) timer.State {
	t.Helper()
	s, err := timer.New(o).State(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestASystemdTimerIsWrittenListedAndRemoved(t *testing.T) {
	calls := tool(t, "systemctl", systemctl)
	o := options("linux")
	if s := state(t, o); !s.Supported || s.On || len(s.Entries) != 0 || s.Kind != "systemd user timer" {
		t.Errorf("before: %+v", s)
	}
	s := set(t, o, true)
	dir := filepath.Join(os.Getenv("HOME"), ".config/systemd/user")
	want := []string{filepath.Join(dir, "sightline-refresh.service"), filepath.Join(dir, "sightline-refresh.timer"), filepath.Join(dir, "timers.target.wants/sightline-refresh.timer")}
	if !s.On || !slices.Equal(s.Entries, want) || strings.Contains(s.Detail, "another version") {
		t.Errorf("on: %+v", s)
	}
	unit, err := os.ReadFile(want[0])
	if err != nil || !strings.Contains(string(unit), `ExecStart="/opt/Sight line/sightline" "refresh" "--due" "--data-dir" "/home/Zoë/Données"`) {
		t.Errorf("%v\n%s", err, unit)
	}
	if !slices.Contains(calls(), "--user enable --now sightline-refresh.timer") || !slices.Contains(calls(), "--user daemon-reload") {
		t.Errorf("systemctl was called with %q", calls())
	}
	if s := set(t, o, true); !s.On || len(s.Entries) != 3 {
		t.Errorf("on again: %+v", s)
	}
	moved := o
	moved.Program = "/elsewhere/sightline"
	if s := state(t, moved); !s.On || !strings.Contains(s.Detail, "another place") {
		t.Errorf("a program that was moved: %+v", s)
	}
	if s := set(t, o, false); s.On || len(s.Entries) != 0 {
		t.Errorf("off: %+v", s)
	}
	if s := set(t, o, false); s.On || len(s.Entries) != 0 {
		t.Errorf("off again: %+v", s)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*", "*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestTwoDataFoldersHaveTwoTimers(t *testing.T) {
	tool(t, "systemctl", systemctl)
	other := options("linux")
	other.DataDir, other.Usual = "/tmp/other", false
	set(t, options("linux"), true)
	if s := state(t, other); len(s.Entries) != 0 {
		t.Errorf("the timer of another folder is taken for its own: %+v", s)
	}
	set(t, other, true)
	set(t, options("linux"), false)
	if s := state(t, other); len(s.Entries) == 0 {
		t.Error("switching one off removed the other")
	}
}

func TestASystemdThatRefusesLeavesNothingBehindAndIsQuoted(t *testing.T) {
	tool(t, "systemctl", `case "$2" in is-enabled) echo disabled; exit 1;; enable) echo "Refusing to operate."; exit 4;; esac`)
	s, err := timer.New(options("linux")).Set(context.Background(), true)
	r := fault.ReportOf(err)
	if !fault.Is(err, fault.Internal) || len(r.Facts) == 0 || r.Facts[0].Value != "Refusing to operate." || len(s.Entries) != 0 {
		t.Errorf("%+v %+v", r, s)
	}
}

func TestASystemWithoutATimerSaysSo(t *testing.T) {
	tool(t, "systemctl", `echo "Failed to connect to bus: No medium found" >&2; exit 1`)
	for name, o := range map[string]timer.Options{"no session bus": options("linux"), "no launchctl": options("darwin"), "no schtasks": options("windows"), "unknown system": options("plan9")} {
		t.Run(name, func(t *testing.T) {
			if s := state(t, o); s.Supported || s.On || s.Detail == "" {
				t.Errorf("%+v", s)
			}
			if _, err := timer.New(o).Set(context.Background(), true); !fault.Is(err, fault.Invalid) {
				t.Errorf("switching it on: %v", err)
			}
		})
	}
	if left, _ := filepath.Glob(filepath.Join(os.Getenv("HOME"), "*")); len(left) != 0 {
		t.Errorf("written all the same: %v", left)
	}
}

func TestATaskIsMadeFromXMLAndDeleted(t *testing.T) {
	calls := tool(t, "schtasks", `case "$1" in
/Query) [ -e "$STATE/task" ] || { echo "ERROR: The system cannot find the file specified."; exit 1; };;
/Create) cp "$5" "$STATE/task";;
/Delete) rm "$STATE/task";;
esac`)
	mine := set(t, options("windows"), true)
	// The first three bytes of `printf '%s' 'pc\zoë' | sha256sum`.
	if !mine.On || !slices.Equal(mine.Entries, []string{"Sightline refresh 9a1aa5"}) {
		t.Errorf("on: %+v", mine)
	}
	xml, err := os.ReadFile(filepath.Join(os.Getenv("STATE"), "task"))
	if err != nil || len(xml) < 500 || xml[0] != 0xff || xml[1] != 0xfe {
		t.Errorf("%v: %d bytes", err, len(xml))
	}
	if s := set(t, options("windows"), false); s.On || len(s.Entries) != 0 {
		t.Errorf("off: %+v", s)
	}
	before := len(calls())
	if s := set(t, options("windows"), false); s.On || len(calls()) == before {
		t.Errorf("off again: %+v", s)
	}
}

func TestTwoPeopleOfOneComputerHaveTasksOfTheirOwn(t *testing.T) {
	tool(t, "schtasks", `task="$STATE/$(printf '%s' "$3" | tr ' ' _)"
case "$1" in
/Query) [ -e "$task" ] || exit 1;;
/Create) touch "$task";;
/Delete) rm "$task";;
esac`)
	mira, zoe := options("windows"), options("windows")
	mira.User = `PC\mira`
	first, second := set(t, mira, true), set(t, zoe, true)
	if len(first.Entries) != 1 || len(second.Entries) != 1 || first.Entries[0] == second.Entries[0] {
		t.Errorf("%v and %v", first.Entries, second.Entries)
	}
	set(t, zoe, false)
	if s := state(t, mira); !s.On {
		t.Errorf("one switched hers off, and the other's is gone: %+v", s)
	}
}

func TestAnAgentIsLoadedAndUnloaded(t *testing.T) {
	tool(t, "launchctl", `case "$1" in
print) [ -e "$STATE/on" ] || exit 113;;
bootstrap) cp "$3" "$STATE/on";;
bootout) [ -e "$STATE/on" ] || exit 3; rm "$STATE/on";;
esac`)
	s := set(t, options("darwin"), true)
	if !s.On || len(s.Entries) != 1 || filepath.Base(s.Entries[0]) != "sightline.refresh.plist" {
		t.Errorf("on: %+v", s)
	}
	if s := set(t, options("darwin"), true); !s.On {
		t.Errorf("on again: %+v", s)
	}
	if s := set(t, options("darwin"), false); s.On || len(s.Entries) != 0 {
		t.Errorf("off: %+v", s)
	}
}
