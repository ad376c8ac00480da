package timer

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// launchd is an agent of macOS: one property list that launchctl loads.
type launchd struct {
	job
	label string
}

const launchctl = "launchctl"

func (l *launchd) state(ctx context.Context) (State, error) {
	st := State{Kind: "launchd agent", Entries: []string{}}
	file, err := l.file()
	if err != nil {
		st.Detail = "This person has no home folder."
		return st, nil
	}
	if _, err := exec.LookPath(launchctl); err != nil {
		st.Detail = "There is no launchctl on this computer."
		return st, nil
	}
	st.Supported = true
	st.Entries = existing(file)
	st.Detail = "It runs while you are signed in to this computer."
	_, err = run(ctx, launchctl, "print", l.target())
	if err != nil && !answeredNo(err) {
		return st, err
	}
	st.On = err == nil
	switch {
	case st.On && !holds(file, agentList(l.label, l.job)):
		st.Detail = outdated
	case !st.On && len(st.Entries) > 0:
		st.Detail = "Its file is there, but launchd has not loaded it; it will at the next sign-in."
	}
	return st, nil
}

func (l *launchd) on(ctx context.Context) error {
	file, err := l.file()
	if err != nil {
		return notWritten(l.label, err)
	}
	_, _ = run(ctx, launchctl, "bootout", l.target()) // an older one makes way; mostly there is none
	if err := write(file, agentList(l.label, l.job)); err != nil {
		return err
	}
	if said, err := run(ctx, launchctl, "bootstrap", domain(), file); err != nil {
		_ = remove(file) // half an agent is none
		return refused(launchctl, said, err)
	}
	return nil
}

func (l *launchd) off(ctx context.Context) error {
	file, err := l.file()
	if err != nil {
		return notWritten(l.label, err)
	}
	_, loaded := run(ctx, launchctl, "print", l.target())
	said, err := run(ctx, launchctl, "bootout", l.target())
	if removeErr := remove(file); removeErr != nil {
		return removeErr
	}
	if err != nil && loaded == nil {
		return refused(launchctl, said, err)
	}
	return nil
}

func (l *launchd) file() (string, error) {
	home, err := os.UserHomeDir()
	return filepath.Join(home, "Library", "LaunchAgents", l.label+".plist"), err
}

// domain is that of the person's own session on the screen.
func domain() string { return "gui/" + strconv.Itoa(os.Getuid()) }

func (l *launchd) target() string { return domain() + "/" + l.label }

// agentList is the property list (launchd.plist(5)).
func agentList(label string, j job) []byte {
	var words strings.Builder
	for _, w := range append([]string{j.program}, j.arguments...) {
		fmt.Fprintf(&words, "    <string>%s</string>\n", escapeXML(w))
	}
	return fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>%s</string>
  <key>ProgramArguments</key>
  <array>
%s  </array>
  <key>StartInterval</key>
  <integer>%d</integer>
  <key>RunAtLoad</key>
  <true/>
  <key>ProcessType</key>
  <string>Background</string>
</dict>
</plist>
`, escapeXML(label), words.String(), int(Every/time.Second))
}
