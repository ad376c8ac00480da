// Package instance lets one window at a time own a data folder. A second start finds the first and asks
// it to come to the front. It uses a file lock and a local socket beside it, because the D-Bus name that
// desktops use for this silently does nothing where no session bus runs.
package instance

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"sightline/backend/fault"
)

// Instance is the one that owns the data folder.
type Instance struct {
	lock   *flock.Flock
	listen net.Listener
}

// raiseWord is all that is ever said on the socket.
const raiseWord = "raise\n"

// Acquire owns the folder, or asks the instance that does to raise its window. first is nil in that
// case. onRaise is called whenever a later start asks; it may be called from any goroutine.
func Acquire(dir string, onRaise func()) (first *Instance, err error) {
	const op = "instance.Acquire"
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.New(fault.ReadOnly, op, "The data folder "+dir+" cannot be made.", "Choose another with --data-dir.").Because(err)
	}
	lock := flock.New(filepath.Join(dir, "window.lock"))
	held, err := lock.TryLock()
	if err != nil {
		return nil, fault.New(fault.ReadOnly, op, "The data folder "+dir+" cannot be written.", "Choose another with --data-dir.").Because(err)
	}
	socket := socketPath(dir)
	if !held {
		return nil, raise(socket)
	}
	// Whoever held the lock before is gone, and so is whoever listened there.
	if err := os.Remove(socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		_ = lock.Unlock() // the folder is not ours after all
		return nil, fault.Wrap(op, err)
	}
	l, err := net.Listen("unix", socket)
	if err != nil {
		_ = lock.Unlock() // the folder is not ours after all
		return nil, fault.Wrap(op, err)
	}
	i := &Instance{lock: lock, listen: l}
	go i.hear(onRaise)
	return i, nil
}

// longestSocket is below what every system takes for the path of a local socket (108 on Linux, 104 on macOS).
const longestSocket = 100

// socketPath is beside the lock, or under a short name among the temporary files when that is too long.
func socketPath(dir string) string {
	path := filepath.Join(dir, "window.sock")
	if len(path) <= longestSocket {
		return path
	}
	sum := sha256.Sum256([]byte(path))
	return filepath.Join(os.TempDir(), "sightline-"+hex.EncodeToString(sum[:8])+".sock")
}

// Release lets the next start own the folder.
func (i *Instance) Release() error {
	return errors.Join(i.listen.Close(), i.lock.Unlock())
}

func (i *Instance) hear(onRaise func()) {
	for {
		c, err := i.listen.Accept()
		if err != nil {
			return
		}
		word := make([]byte, len(raiseWord))
		_ = c.SetDeadline(time.Now().Add(time.Second)) // a silent caller is let go of below all the same
		if n, _ := c.Read(word); string(word[:n]) == raiseWord {
			onRaise()
			_, _ = c.Write([]byte("done\n")) // the caller may be gone already
		}
		_ = c.Close() // nothing was left to write
	}
}

func raise(socket string) error {
	busy := func(err error) error {
		return fault.New(fault.Conflict, "instance.raise", "Sightline is open already, but its window does not answer.",
			"Close it, or end its process, and start again.").Because(err)
	}
	c, err := net.DialTimeout("unix", socket, 2*time.Second)
	if err != nil {
		return busy(err)
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(2 * time.Second)); err != nil {
		return busy(err)
	}
	if _, err := c.Write([]byte(raiseWord)); err != nil {
		return busy(err)
	}
	if _, err := c.Read(make([]byte, 8)); err != nil {
		return busy(err)
	}
	return nil
}
