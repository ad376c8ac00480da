package timer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf16"
)

// taskScheduler is a task of the Windows Task Scheduler.
type taskScheduler struct {
	job
	name string
}

const schtasks = "schtasks"

// taskName is the name of a person's task. All people of a computer share one folder of tasks, so each has a name of
// her own; the hash keeps characters out of it that a task may not have.
func taskName(person string) string {
	if person == "" {
		if u, err := user.Current(); err == nil {
			person = u.Username // DOMAIN\name on Windows
		} else {
			person = os.Getenv("USERNAME")
		}
	}
	sum := sha256.Sum256([]byte(strings.ToLower(person))) // Windows takes both cases for one name
	return "Sightline refresh " + hex.EncodeToString(sum[:3])
}

func (t *taskScheduler) state(ctx context.Context) (State, error) {
	st := State{Kind: "Windows Task Scheduler", Entries: []string{}}
	if _, err := exec.LookPath(schtasks); err != nil {
		st.Detail = "There is no schtasks on this computer."
		return st, nil
	}
	st.Supported = true
	st.Detail = "It runs while you are signed in to this computer."
	_, err := run(ctx, schtasks, "/Query", "/TN", t.name)
	switch {
	case err == nil:
		st.On, st.Entries = true, []string{t.name}
	case !answeredNo(err):
		return st, err
	}
	return st, nil
}

func (t *taskScheduler) on(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "sightline-task-")
	if err != nil {
		return notWritten(t.name, err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "task.xml")
	if err := write(file, utf16File(taskXML(t.job))); err != nil {
		return err
	}
	if said, err := run(ctx, schtasks, "/Create", "/TN", t.name, "/XML", file, "/F"); err != nil {
		return refused(schtasks, said, err)
	}
	return nil
}

func (t *taskScheduler) off(ctx context.Context) error {
	if _, err := run(ctx, schtasks, "/Query", "/TN", t.name); answeredNo(err) {
		return nil // there is none
	}
	if said, err := run(ctx, schtasks, "/Delete", "/TN", t.name, "/F"); err != nil {
		return refused(schtasks, said, err)
	}
	return nil
}

// taskXML is the task (Task Scheduler schema 1.2): every 15 minutes while the person is signed in, also on
// batteries, one at a time, and soon after a time that was missed.
func taskXML(j job) string {
	words := make([]string, len(j.arguments))
	for i, a := range j.arguments {
		words[i] = windowsQuote(a)
	}
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>%s</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT%dM</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2020-01-01T00:00:00</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <ExecutionTimeLimit>PT12H</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>%s</Command>
      <Arguments>%s</Arguments>
    </Exec>
  </Actions>
</Task>
`, escapeXML(description), int(Every/time.Minute), escapeXML(j.program), escapeXML(strings.Join(words, " ")))
}

// windowsQuote quotes one word as CommandLineToArgvW reads it: backslashes count only before a quotation mark.
func windowsQuote(word string) string {
	if word != "" && !strings.ContainsAny(word, " \t\n\v\"") {
		return word
	}
	var out strings.Builder
	out.WriteByte('"')
	slashes := 0
	for _, r := range word {
		switch r {
		case '\\':
			slashes++
			continue
		case '"':
			out.WriteString(strings.Repeat(`\`, 2*slashes+1))
		default:
			out.WriteString(strings.Repeat(`\`, slashes))
		}
		slashes = 0
		out.WriteRune(r)
	}
	out.WriteString(strings.Repeat(`\`, 2*slashes))
	out.WriteByte('"')
	return out.String()
}

func escapeXML(text string) string {
	var out bytes.Buffer
	_ = xml.EscapeText(&out, []byte(text)) // a buffer takes everything
	return out.String()
}

// utf16File is a text as schtasks wants it: UTF-16 with a byte order mark.
func utf16File(text string) []byte {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}
