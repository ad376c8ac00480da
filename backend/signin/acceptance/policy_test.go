//go:build linux

package acceptance_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"sightline/backend/signin"
)

// policies forbid private windows, each in its browser's own file below /etc.
var policies = []struct {
	name       string
	in         realBrowser
	file, text string
}{
	{"IncognitoModeAvailability", chromium, "chromium/policies/managed/company.json", `{"IncognitoModeAvailability": 1}`},
	{"DisablePrivateBrowsing", firefox, "firefox/policies/policies.json", `{"policies": {"DisablePrivateBrowsing": true}}`},
	{"PrivateBrowsingModeAvailability", firefox, "firefox/policies/policies.json", `{"policies": {"PrivateBrowsingModeAvailability": 1}}`},
}

// Where a company forbids private windows, the fresh profile isolates all the same, and the screen says which it was.
// The policy is in force in a process of its own with an /etc of its own: it is nobody else's.
func TestUnderAPolicyAgainstPrivateWindowsTheFreshProfileIsolates(t *testing.T) {
	for _, p := range policies {
		t.Run(p.name, func(t *testing.T) {
			if os.Getenv(namespaced) == p.name {
				forbid(t, p.file, p.text)
				underPolicy(t, p.in)
				return
			}
			t.Parallel()
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(self, "-test.v", "-test.run", "^TestUnderAPolicyAgainstPrivateWindowsTheFreshProfileIsolates$/^"+p.name+"$")
			cmd.Env = append(os.Environ(), namespaced+"="+p.name)
			cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
			if uid := os.Geteuid(); uid != 0 {
				cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
				cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: uid, Size: 1}}
				cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}}
			}
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// underPolicy runs with the policy in force.
func underPolicy(t *testing.T, b realBrowser) {
	d := sampleDirectory(t)
	d.person(d.wrong.address, "")
	if b.name == "Chromium" {
		// Control: the policy is in force. A "private" window of the person's own profile is an ordinary one then, and
		// brings the wrong person without a word.
		own := newDaily(t, d, b)
		own.open()
		own.signIn()
		own.close()
		own.open("--incognito")
		if silently := own.signIn(); silently != d.wrong.address {
			t.Fatalf("the control let %q in silently, want %s: the policy is not in force", silently, d.wrong.address)
		}
	}
	before := len(d.events())
	o := d.options(t, d.right, b)
	s := start(t, o)
	d.is(t, d.right, mustSignIn(t, s))
	verified(t, s, b, signin.RungIsolatedOpen)
	d.asked(t, before, 1)
	s.Close()
	nothingLeft(t, o.CacheDir, "")
}

// forbid puts a file into /etc, for this process and its children alone.
func forbid(t *testing.T, file, text string) {
	t.Helper()
	etc := filepath.Join(t.TempDir(), "etc")
	if out, err := exec.Command("cp", "-a", "/etc", etc).CombinedOutput(); err != nil {
		t.Logf("not all of /etc could be copied: %v\n%s", err, out) // what root alone may read
	}
	path := filepath.Join(etc, file)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		t.Fatalf("this process has no file systems of its own: %v", err)
	}
	if err := syscall.Mount(etc, "/etc", "", syscall.MS_BIND, ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Unmount("/etc", syscall.MNT_DETACH) })
}
