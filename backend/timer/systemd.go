package timer

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// systemd is a user timer: two unit files and a link that systemctl makes.
type systemd struct {
	job
	name string
}

func (s *systemd) state(ctx context.Context) (State, error) {
	st := State{Kind: "systemd user timer", Entries: []string{}}
	dir, err := units()
	if err != nil {
		st.Detail = "This person has no home folder."
		return st, nil
	}
	if _, err := exec.LookPath("systemctl"); err != nil {
		st.Detail = "There is no systemctl on this computer."
		return st, nil
	}
	// It answers only through the person's own systemd; is-enabled would read the files without it.
	if said, err := run(ctx, "systemctl", "--user", "show-environment"); err != nil {
		if !answeredNo(err) {
			return st, err
		}
		st.Detail = "systemd does not run for this person: " + firstLines(said) + "."
		return st, nil
	}
	said, err := run(ctx, "systemctl", "--user", "is-enabled", s.name+".timer")
	if err != nil && !answeredNo(err) {
		return st, err
	}
	st.Supported = true
	st.Entries = existing(s.service(dir), s.timer(dir), filepath.Join(dir, "timers.target.wants", s.name+".timer"))
	st.On = err == nil && said == "enabled"
	st.Detail = "It runs while you are signed in to this computer."
	switch {
	case st.On && (!holds(s.service(dir), serviceUnit(s.job)) || !holds(s.timer(dir), timerUnit(s.name))):
		st.Detail = outdated
	case !st.On && len(st.Entries) > 0:
		st.Detail = "Its files are there, but systemd has not switched it on."
	}
	return st, nil
}

func (s *systemd) on(ctx context.Context) error {
	dir, err := units()
	if err != nil {
		return notWritten(s.name, err)
	}
	if err := write(s.service(dir), serviceUnit(s.job)); err != nil {
		return err
	}
	if err := write(s.timer(dir), timerUnit(s.name)); err != nil {
		return err
	}
	for _, arguments := range [][]string{{"--user", "daemon-reload"}, {"--user", "enable", "--now", s.name + ".timer"}} {
		if said, err := run(ctx, "systemctl", arguments...); err != nil {
			_ = s.off(ctx) // half a timer is none; why it failed is what counts
			return refused("systemctl", said, err)
		}
	}
	return nil
}

func (s *systemd) off(ctx context.Context) error {
	dir, err := units()
	if err != nil {
		return notWritten(s.name, err)
	}
	// A timer that systemd does not know cannot be switched off and need not be.
	said, disableErr := run(ctx, "systemctl", "--user", "disable", "--now", s.name+".timer")
	there := existing(s.timer(dir))
	for _, path := range []string{filepath.Join(dir, "timers.target.wants", s.name+".timer"), s.timer(dir), s.service(dir)} {
		if err := remove(path); err != nil {
			return err
		}
	}
	if disableErr != nil && len(there) > 0 {
		return refused("systemctl", said, disableErr)
	}
	if said, err := run(ctx, "systemctl", "--user", "daemon-reload"); err != nil && len(there) > 0 {
		return refused("systemctl", said, err)
	}
	return nil
}

func (s *systemd) service(dir string) string { return filepath.Join(dir, s.name+".service") }
func (s *systemd) timer(dir string) string   { return filepath.Join(dir, s.name+".timer") }

// units is where systemd looks for a person's own units.
func units() (string, error) {
	config, err := os.UserConfigDir()
	return filepath.Join(config, "systemd", "user"), err
}

// serviceUnit is the text of the service that the timer starts.
func serviceUnit(j job) []byte {
	line := systemdQuote(j.program)
	for _, a := range j.arguments {
		line += " " + strings.ReplaceAll(systemdQuote(a), "$", "$$")
	}
	return fmt.Appendf(nil, `# Written by Sightline, which removes it again: Settings, or "sightline timer off".
[Unit]
Description=%s

[Service]
Type=oneshot
ExecStart=%s
Nice=10
`, description, line)
}

// timerUnit is the text of the timer. Persistent makes up for the times at which the computer was off.
func timerUnit(name string) []byte {
	return fmt.Appendf(nil, `# Written by Sightline, which removes it again: Settings, or "sightline timer off".
[Unit]
Description=%s

[Timer]
Unit=%s.service
OnCalendar=*:0/%d
RandomizedDelaySec=30
Persistent=true

[Install]
WantedBy=timers.target
`, description, name, int(Every/time.Minute))
}

// systemdQuote quotes one word of ExecStart (systemd.service(5), Command lines; systemd.unit(5), Specifiers). The
// dollar sign is for the caller: systemd substitutes variables in every word but the first.
func systemdQuote(word string) string {
	var out strings.Builder
	out.WriteByte('"')
	for i := range len(word) {
		switch c := word[i]; {
		case c == '"' || c == '\\':
			out.WriteByte('\\')
			out.WriteByte(c)
		case c == '%':
			out.WriteString("%%")
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&out, `\x%02x`, c)
		default:
			out.WriteByte(c)
		}
	}
	out.WriteByte('"')
	return out.String()
}
