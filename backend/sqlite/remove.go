package sqlite

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sightline/backend/fault"

	"github.com/gofrs/flock"
)

// Remove deletes the dataset at path, which nobody has open, with everything beside it: the write-ahead log,
// a reload that was not finished, copies made before a change of format, and lock files. A file that is not
// there is no fault. Faults: Conflict while anybody writes it, ReadOnly.
func Remove(path string) error {
	const op = "sqlite.Remove"
	for _, one := range []string{ReloadPath(path), path} {
		if _, err := os.Stat(filepath.Dir(one)); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		lock, err := lockForWriting(one, datasetSchema.noun, op)
		if err != nil {
			return err
		}
		err = removeAll(one)
		dropLock(lock)
		if err != nil {
			return fault.Wrap(op, err)
		}
	}
	return nil
}

// ColumnsPath is where the columns of the dataset at path may be kept for the next start. Remove removes them too,
// and what was left of them when they were being written.
func ColumnsPath(path string) string { return path + ".columns" }

func removeAll(path string) error {
	there, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return notRemoved(path, err)
	}
	names := []string{path, path + "-wal", path + "-shm", path + "-journal"}
	for _, entry := range there {
		if strings.HasPrefix(entry.Name(), filepath.Base(path)+".version-") || strings.HasPrefix(entry.Name(), filepath.Base(ColumnsPath(path))) {
			names = append(names, filepath.Join(filepath.Dir(path), entry.Name()))
		}
	}
	for _, name := range names {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return notRemoved(name, err)
		}
	}
	return nil
}

func notRemoved(name string, err error) error {
	return fault.New(fault.ReadOnly, "sqlite.Remove", "The file "+name+" could not be deleted.",
		"Close other programs that read it, and allow writing to its folder.").With("File", name).Because(err)
}

// dropLock gives up a lock together with its file. Whoever waits at the removed file notices that it is no
// longer the one of that name (lockForWriting).
func dropLock(lock *flock.Flock) {
	_ = os.Remove(lock.Path()) // a lock file that stays does no harm; Windows removes none that is open
	_ = lock.Unlock()
}

// syncFolder makes a rename last. A system that cannot do it (Windows) makes it last by itself.
func syncFolder(dir string) {
	if f, err := os.Open(dir); err == nil {
		_ = f.Sync()
		f.Close()
	}
}
