//go:build linux

package signin_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// headless are the arguments of a browser without a display and without the internet. Whether a browser isolates is
// judged in acceptance, where the windows are real.
const headless = "--headless=new --disable-gpu --disable-quic --disable-background-networking --disable-component-update --disable-sync"

// chromium makes the real browser of this machine the one that sign-ins use.
func chromium(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("this test needs Chromium: run it by make test, which installs it")
	}
	if os.Getenv("SIGHTLINE_BROWSER_ARGS") == "" { // set from outside: for a look at the windows under Xvfb
		t.Setenv("SIGHTLINE_BROWSER_ARGS", headless)
	}
	t.Setenv("SIGHTLINE_BROWSER", path)
	return path
}

// processList is what every user of this computer can read.
func processList(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, file := range files {
		if line, err := os.ReadFile(file); err == nil {
			all.Write(line)
			all.WriteByte('\n')
		}
	}
	return all.String()
}
