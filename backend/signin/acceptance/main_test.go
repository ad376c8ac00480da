//go:build linux

package acceptance_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

// quiet are the arguments that keep a Chromium from talking to anybody but us.
const quiet = "--disable-gpu --disable-quic --disable-background-networking --disable-component-update --disable-sync"

// namespaced is the environment variable that says which policy is in force in this process.
const namespaced = "ACCEPTANCE_POLICY_OF"

// TestMain opens a screen of our own for the windows: a browser without one is no proof of what a person's does.
func TestMain(m *testing.M) {
	if victim() {
		return
	}
	keyring.MockInit() // the tests of vault have the real ones
	end, err := openScreen()
	if err != nil {
		fmt.Fprintln(os.Stderr, "these tests need Xvfb; make test installs it:", err)
		os.Exit(1)
	}
	code := m.Run()
	end()
	if second.stop != nil {
		second.stop()
	}
	os.Exit(code)
}

// openScreen starts Xvfb and makes it the display of every browser of this process.
func openScreen() (end func(), err error) {
	for name, value := range map[string]string{"SIGHTLINE_BROWSER": "", "SIGHTLINE_BROWSER_ARGS": quiet, "MOZ_ENABLE_WAYLAND": "0"} {
		if err := os.Setenv(name, value); err != nil {
			return nil, err
		}
	}
	if os.Getenv(namespaced) != "" { // the display of the test that started us
		return func() {}, nil
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	screen := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
	screen.ExtraFiles = []*os.File{write}
	if err := screen.Start(); err != nil {
		return nil, err
	}
	_ = write.Close()
	end = func() {
		_ = screen.Process.Kill()
		_ = screen.Wait()
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err == nil {
		err = os.Setenv("DISPLAY", ":"+strings.TrimSpace(number))
	}
	if err != nil {
		end()
	}
	return end, err
}
