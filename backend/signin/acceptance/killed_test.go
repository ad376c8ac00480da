//go:build linux

package acceptance_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"sightline/backend/signin"
)

// killed is the environment variable that makes this program a Sightline in the middle of a sign-in.
const killed = "ACCEPTANCE_KILLED"

// attempt is what that program is told.
type attempt struct {
	Authority, ClientID, Expect, CacheDir string

	Program  string // of the browser
	Provider string // and through whom it is reached
	Witness  string
	Log      string
}

// victim signs in as it is told and then waits to be killed.
func victim() bool {
	text := os.Getenv(killed)
	if text == "" {
		return false
	}
	if err := playVictim(text); err != nil {
		fmt.Println(err)
	}
	return true
}

func playVictim(text string) error {
	var a attempt
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return err
	}
	log, err := os.Create(a.Log)
	if err != nil {
		return err
	}
	w := &witness{Server: &httptest.Server{URL: a.Witness}, provider: a.Provider, secrets: map[string]bool{}}
	s, err := signin.Start(context.Background(), signin.Options{
		Authority: a.Authority, ClientID: a.ClientID, Expect: a.Expect, CacheDir: a.CacheDir,
		HTTPClient: w.client(), Browser: realBrowser{program: a.Program}.only(),
		Logger: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		return err
	}
	if _, err := s.Wait(context.Background()); err != nil {
		return err
	}
	fmt.Println("signed in")
	time.Sleep(time.Minute) // the kill comes long before
	return nil
}

// A program that is killed closes nothing. Its next start does: window, profile and what they hold are gone.
func TestAfterAKillTheNextStartLeavesNothing(t *testing.T) {
	for _, c := range []struct {
		name     string
		in       realBrowser
		signedIn bool
	}{
		{"while the person is asked", firefox, false},
		{"right after the sign-in", chromium, true},
	} {
		t.Run(c.name+" in "+c.in.name, func(t *testing.T) {
			t.Parallel()
			d := sampleDirectory(t)
			if !c.signedIn {
				d.nobody()
			}
			a := attempt{Authority: d.authority + "/" + d.right.tenant, ClientID: d.clientID, Expect: d.right.address, CacheDir: t.TempDir(),
				Program: c.in.program, Provider: d.provider, Witness: d.URL, Log: filepath.Join(t.TempDir(), "log")}
			said := launchVictim(t, a)
			if c.signedIn {
				if line, err := said.line(); line != "signed in\n" {
					t.Fatalf("the program said %q (%v)", line, err)
				}
			} else {
				for end := time.Now().Add(30 * time.Second); d.pages() == 0 && time.Now().Before(end); {
					time.Sleep(20 * time.Millisecond)
				}
			}
			said.kill()

			if len(browsersNaming(a.CacheDir)) == 0 {
				t.Fatal("the browser ended with the program, so this proves nothing")
			}
			var log journal
			written, err := os.ReadFile(a.Log)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = log.Write(written)
			notSeen(t, d, &log, a.CacheDir)
			if n := signin.SweepStale(a.CacheDir); n != 1 {
				t.Errorf("the next start put %d windows away", n)
			}
			nothingLeft(t, a.CacheDir, "")
			notSeen(t, d, &log, a.CacheDir)
		})
	}
}

// program is one that was started to be killed.
type program struct {
	cmd  *exec.Cmd
	read *bufio.Reader
}

func launchVictim(t *testing.T, a attempt) *program {
	t.Helper()
	text, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), killed+"="+string(text))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &program{cmd, bufio.NewReader(out)}
	t.Cleanup(p.kill)
	return p
}

func (p *program) line() (string, error) {
	line, err := p.read.ReadString('\n')
	if err == io.EOF {
		err = fmt.Errorf("it ended")
	}
	return line, err
}

func (p *program) kill() {
	if p.cmd.ProcessState == nil {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
	}
}
