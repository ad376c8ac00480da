package vault_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/signin/vault"
)

// TestMain lets this program be a second one, with a vault of the real keyring that does what it is told line by line.
func TestMain(m *testing.M) {
	if dir := os.Getenv("SIGHTLINE_TEST_VAULT"); dir != "" {
		vault.SetScryptWorkFactor(10)
		obey(dir, os.Stdin, os.Stdout)
		return
	}
	os.Exit(m.Run())
}

// reply is what a program answers to one line.
type reply struct {
	Code    fault.Code
	Message string
	Actions []fault.Action
	Text    string
	State   vault.State
	Took    time.Duration
}

func obey(dir string, in io.Reader, out io.Writer) {
	v, err := vault.Open(vault.Options{Dir: dir, Keyring: vault.OSKeyring()})
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		words := strings.SplitN(lines.Text(), " ", 3)
		var r reply
		var err error
		started := time.Now()
		switch words[0] {
		case "put":
			err = v.Put(words[1], []byte(words[2]))
		case "get":
			var secret []byte
			secret, err = v.Get(words[1])
			r.Text = string(secret)
		case "delete":
			err = v.Delete(words[1])
		case "retry":
			err = v.Retry()
		case "passphrase":
			err = v.UsePassphrase(words[1])
		case "state":
			r.State = v.State()
		}
		r.Took = time.Since(started)
		if err != nil {
			report := fault.ReportOf(err)
			r.Code, r.Message, r.Actions = report.Code, report.Message, report.Actions
		}
		_ = json.NewEncoder(out).Encode(r)
	}
}

// program is another process with the vault of a folder.
type program struct {
	t       *testing.T
	cmd     *exec.Cmd
	in      io.Writer
	answers *json.Decoder
}

func newProgram(t *testing.T, dir string, env ...string) *program {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, cmd: exec.Command(self)}
	p.cmd.Env = append(append(os.Environ(), "SIGHTLINE_TEST_VAULT="+dir), env...)
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	p.answers = json.NewDecoder(out)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	return p
}

// kill ends the program without a goodbye.
func (p *program) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

// tell says one line and returns the answer, which must come within the limit of a keyring and what a busy computer
// adds to it.
func (p *program) tell(line ...string) reply {
	p.t.Helper()
	if _, err := fmt.Fprintln(p.in, strings.Join(line, " ")); err != nil {
		p.t.Fatalf("%s: %v", line[0], err)
	}
	var r reply
	if err := p.answers.Decode(&r); err != nil {
		p.t.Fatalf("%s: %v", line[0], err)
	}
	if r.Took > 5*time.Second {
		p.t.Errorf("%s took %v", line[0], r.Took)
	}
	return r
}

// must tells one line that has to work.
func (p *program) must(line ...string) reply {
	p.t.Helper()
	r := p.tell(line...)
	if r.Code != "" {
		p.t.Fatalf("%s: %s %s", line[0], r.Code, r.Message)
	}
	return r
}

func (p *program) mustBe(want vault.State) {
	p.t.Helper()
	got := p.must("state").State
	if (got.Why == "") != (want.Why == "") {
		p.t.Errorf("the reason is %q", got.Why)
	}
	got.Why, want.Why = "", ""
	if got != want {
		p.t.Errorf("the state is %+v, want %+v", got, want)
	}
}
