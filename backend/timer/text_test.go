package timer

import (
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// hard are paths as people have them.
var hard = job{
	program:   `/home/Zoë O'Neil/50% "off" & <more>/sight$line\bin`,
	arguments: []string{"refresh", "--due", "--data-dir", `/home/Zoë/Données $HOME/a\`},
}

func TestTheServiceUnitKeepsEveryPathAsItIs(t *testing.T) {
	text := string(serviceUnit(hard))
	want := `ExecStart="/home/Zoë O'Neil/50%% \"off\" & <more>/sight$line\\bin" "refresh" "--due" "--data-dir" "/home/Zoë/Données $$HOME/a\\"` + "\n"
	if !strings.Contains(text, "\n"+want) {
		t.Errorf("%s\nwant the line\n%s", text, want)
	}
	if strings.Count(string(serviceUnit(job{program: "/a\nExecStart=/evil"})), "\nExecStart=") != 1 {
		t.Error("a line break in a path makes a line of its own")
	}
}

func TestSystemdItselfTakesTheUnits(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Log("systemd-analyze is not there; the text alone was compared")
		return
	}
	dir := filepath.Join(t.TempDir(), "mit Leerzeichen ü 50%")
	program := filepath.Join(dir, "sightline")
	for path, content := range map[string][]byte{
		program: []byte("#!/bin/sh\n"),
		filepath.Join(dir, "sightline-refresh.service"): serviceUnit(job{program: program, arguments: hard.arguments}),
		filepath.Join(dir, "sightline-refresh.timer"):   timerUnit("sightline-refresh"),
	} {
		if err := write(path, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(program, 0o700); err != nil {
		t.Fatal(err)
	}
	// It also looks at the units of this computer, so only what it says of ours counts.
	said, _ := run(t.Context(), "systemd-analyze", "verify", "--user", "--man=no", filepath.Join(dir, "sightline-refresh.timer"))
	for line := range strings.Lines(said) {
		if strings.Contains(line, "sightline-refresh") {
			t.Error(line)
		}
	}
}

func TestTheTaskIsXMLThatMeansThePaths(t *testing.T) {
	var task struct {
		Command   string `xml:"Actions>Exec>Command"`
		Arguments string `xml:"Actions>Exec>Arguments"`
		Interval  string `xml:"Triggers>TimeTrigger>Repetition>Interval"`
		Missed    bool   `xml:"Settings>StartWhenAvailable"`
	}
	windows := job{program: `C:\Program Files\Zoë & Co\sightline.exe`, arguments: []string{"refresh", "--due", "--data-dir", `C:\Données <1> "x"\`}}
	d := xml.NewDecoder(strings.NewReader(taskXML(windows)))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	if err := d.Decode(&task); err != nil {
		t.Fatal(err)
	}
	if task.Command != windows.program || task.Interval != "PT15M" || !task.Missed {
		t.Errorf("%+v", task)
	}
	if got := splitWindows(task.Arguments); !slices.Equal(got, windows.arguments) {
		t.Errorf("Windows would read %q, want %q", got, windows.arguments)
	}
	file := utf16File("é\U0001F600")
	if got := []uint16{uint16(file[2]) | uint16(file[3])<<8, uint16(file[4]) | uint16(file[5])<<8, uint16(file[6]) | uint16(file[7])<<8}; file[0] != 0xff || file[1] != 0xfe || string(utf16.Decode(got)) != "é\U0001F600" {
		t.Errorf("% x", file)
	}
}

// splitWindows is CommandLineToArgvW, written from its documentation.
func splitWindows(line string) []string {
	var words []string
	var word strings.Builder
	quoted, open := false, false
	for i := 0; i < len(line); i++ {
		slashes := 0
		for i < len(line) && line[i] == '\\' {
			slashes++
			i++
		}
		if i < len(line) && line[i] == '"' {
			word.WriteString(strings.Repeat(`\`, slashes/2))
			open = true
			if slashes%2 == 1 {
				word.WriteByte('"')
			} else {
				quoted = !quoted
			}
			continue
		}
		word.WriteString(strings.Repeat(`\`, slashes))
		open = open || slashes > 0
		if i >= len(line) {
			break
		}
		if line[i] == ' ' && !quoted {
			if open {
				words = append(words, word.String())
			}
			word.Reset()
			open = false
			continue
		}
		word.WriteByte(line[i])
		open = true
	}
	if open {
		words = append(words, word.String())
	}
	return words
}

func TestWordsForWindowsComeBackAsTheyWere(t *testing.T) {
	for _, word := range []string{"plain", "", "two words", `a"b`, `a\`, `a \`, `a\\"b\\`, `\\server\share\`, "tab\there", `C:\x y\z\\`} {
		if got := splitWindows(windowsQuote(word) + " next"); !slices.Equal(got, []string{word, "next"}) && !strings.Contains(word, "\t") {
			t.Errorf("%q is written %s and read as %q", word, windowsQuote(word), got)
		}
	}
}

func TestTheAgentIsAPropertyListThatMeansThePaths(t *testing.T) {
	var list struct {
		Keys    []string `xml:"dict>key"`
		Words   []string `xml:"dict>array>string"`
		Seconds int      `xml:"dict>integer"`
	}
	if err := xml.Unmarshal(agentList("sightline.refresh", hard), &list); err != nil {
		t.Fatal(err)
	}
	if want := append([]string{hard.program}, hard.arguments...); !slices.Equal(list.Words, want) || list.Seconds != 900 {
		t.Errorf("%+v", list)
	}
}
