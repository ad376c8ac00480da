//go:build unix

package browser

import (
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// processGroup is the browser with its children.
type processGroup struct{ state *groupState }

type groupState struct {
	mu   sync.Mutex
	id   int  // of the group, which is its leader's
	dead bool // the leader has ended, so the number may be given anew
}

// startGroup starts cmd as the leader of a process group of its own.
func startGroup(cmd *exec.Cmd) (processGroup, error) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return processGroup{}, err
	}
	return processGroup{&groupState{id: cmd.Process.Pid}}, nil
}

func (g processGroup) terminate() { g.signal(syscall.SIGTERM) }
func (g processGroup) kill()      { g.signal(syscall.SIGKILL) }
func (processGroup) release()     {}

// ended is called when the leader has ended. Children that are left get the last signal now, because later the
// number may belong to somebody else.
func (g processGroup) ended() {
	g.signal(syscall.SIGKILL)
	g.state.mu.Lock()
	g.state.dead = true
	g.state.mu.Unlock()
}

func (g processGroup) signal(s syscall.Signal) {
	g.state.mu.Lock()
	defer g.state.mu.Unlock()
	if !g.state.dead {
		_ = syscall.Kill(-g.state.id, s)
	}
}

// endAll ends every process of this person whose command line names the profile: helpers that left the group,
// and the browser of a Sightline that was killed. The name is 32 random digits, so nothing else is meant.
func endAll(profile string) {
	deadline := time.Now().Add(2 * endLimit)
	for first := true; time.Now().Before(deadline); first = false {
		left := processesNaming(profile)
		if len(left) == 0 {
			return
		}
		for _, pid := range left {
			if first {
				_ = syscall.Kill(pid, syscall.SIGTERM)
			} else {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
}
