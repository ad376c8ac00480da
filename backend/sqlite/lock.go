package sqlite

import (
	"errors"
	"io/fs"
	"os"

	"sightline/backend/fault"

	"github.com/gofrs/flock"
)

// lockForWriting takes the lock file beside a dataset: one process at a time writes it. The system drops
// the lock when the process ends, however it ends. The file stays until the dataset is removed: a lock on a
// file that somebody removed meanwhile is a lock on nothing, so then the new one of that name is taken.
func lockForWriting(path, noun, op string) (*flock.Flock, error) {
	lock := flock.New(path + ".lock")
	held, err := lock.TryLock()
	for err == nil && held && !still(lock) {
		_ = lock.Unlock()
		held, err = lock.TryLock()
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, fault.New(fault.ReadOnly, op, "The "+noun+" "+path+" cannot be written: its folder is read-only.",
			"Allow writing to the folder, or copy the file to a folder that is yours.").With("File", path).Because(err)
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.New(fault.NotFound, op, "The folder of "+path+" does not exist.",
			"Create it, or choose another data folder.").With("File", path).Because(err)
	case err != nil:
		return nil, fault.New(fault.ReadOnly, op, "The "+noun+" "+path+" cannot be locked for writing.",
			"Copy it to a disk of this computer; some network drives know no locks.").With("File", path).Because(err)
	case !held:
		return nil, busyFault(noun, path, op)
	}
	return lock, nil
}

// still reports whether a held lock is one on the file that has its name now.
func still(lock *flock.Flock) bool {
	mine, err := lock.Stat()
	if err != nil {
		return true
	}
	there, err := os.Stat(lock.Path())
	return err == nil && os.SameFile(mine, there)
}

// InUse reports whether a dataset is open for writing, by another process or by this one. A file that cannot
// be asked counts as free: opening it says what is wrong.
func InUse(path string) bool {
	if info, err := os.Lstat(path + ".lock"); err == nil && !info.Mode().IsRegular() {
		return false // asking would make the file that a link leads to
	}
	lock := flock.New(path + ".lock")
	held, err := lock.TryLock()
	if err == nil && held {
		_ = lock.Unlock() // the file is closed with it, whatever it answers
	}
	return err == nil && !held
}
