// Package instance lets one window at a time own a data folder. A second start finds the first and asks
// it to come to the front. It uses a file lock and a local socket beside it, because the D-Bus name that
// desktops use for this silently does nothing where no session bus runs.
package instance

import (
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
	lock *flock.Flock
	door *door
}

// raiseWord is all that is ever said on the socket.
const raiseWord = "raise\n"

// patience is how long a second start waits for the first, which may be starting or ending just now.
const patience = 3 * time.Second

// Acquire owns the folder, or asks the instance that does to raise its window. first is nil in that
// case. onRaise is called whenever a later start asks; it may be called from any goroutine. Faults:
// ReadOnly for a folder that cannot be used, Conflict when the first instance does not answer.
func Acquire(dir string, onRaise func()) (first *Instance, err error) {
	const op = "instance.Acquire"
	dir, err = filepath.Abs(dir)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.New(fault.ReadOnly, op, "The data folder "+dir+" cannot be made.", "Choose another with --data-dir.").Because(err)
	}
	lock := flock.New(filepath.Join(dir, "window.lock"), flock.SetPermissions(0o600))
	for until := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		held, err := lock.TryLock()
		if err != nil {
			return nil, fault.New(fault.ReadOnly, op, "The data folder "+dir+" cannot be written.", "Choose another with --data-dir.").Because(err)
		}
		if held {
			return own(lock, dir, onRaise)
		}
		err = raise(dir)
		if err == nil {
			return nil, lock.Close()
		}
		if time.Now().After(until) {
			return nil, fault.New(fault.Conflict, op, "Sightline is open already, but its window does not answer.",
				"Close it, or end its process, and start again.").Because(errors.Join(err, lock.Close()))
		}
	}
}

// own opens the door of a folder that is ours.
func own(lock *flock.Flock, dir string, onRaise func()) (*Instance, error) {
	d, err := openDoor(dir)
	if err != nil {
		return nil, fault.Wrap("instance.own", errors.Join(err, lock.Unlock()))
	}
	i := &Instance{lock: lock, door: d}
	go i.hear(onRaise)
	return i, nil
}

// Release lets the next start own the folder.
func (i *Instance) Release() error {
	return errors.Join(i.door.close(), i.lock.Unlock())
}

func (i *Instance) hear(onRaise func()) {
	for {
		c, err := i.door.listener.Accept()
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

// raise asks whoever owns the folder to come to the front.
func raise(dir string) error {
	c, err := net.DialTimeout("unix", findDoor(dir), time.Second)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(2 * time.Second)); err != nil {
		return err
	}
	if _, err := c.Write([]byte(raiseWord)); err != nil {
		return err
	}
	_, err = c.Read(make([]byte, 8))
	return err
}
