package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

// almostFull is the free space under which a refused write means a full disk: SQLite reports some of
// them as plain input/output errors.
const almostFull = 1 << 20

// resultCorruptFS is SQLITE_IOERR_CORRUPTFS, which the binding does not name.
const resultCorruptFS zs.ResultCode = 10 | 33<<8

// explain turns an error of SQLite into a fault that names the file and says what to do. A fault passes
// as it is, with the operation added. ctx says why a statement was interrupted.
func (f *file) explain(ctx context.Context, op string, err error) error {
	if err == nil {
		return nil
	}
	var known *fault.Error
	if errors.As(err, &known) {
		return fault.Wrap(op, err)
	}
	var what strange
	if errors.As(err, &what) {
		return strangeFault(f.noun, f.path, op, what)
	}
	if cause := ctx.Err(); cause != nil && zs.ErrCode(err).ToPrimary() == zs.ResultInterrupt {
		return fault.Wrap(op, cause)
	}
	return explainCode(f.noun, f.path, op, err)
}

func explainCode(noun, path, op string, err error) error {
	free, known := freeSpace(filepath.Dir(path))
	space := ""
	if known {
		space = byteText(free)
	}
	code := zs.ErrCode(err)
	switch primary := code.ToPrimary(); {
	case primary == zs.ResultFull,
		primary == zs.ResultIOErr && known && free < almostFull:
		return fault.New(fault.DiskFull, op, "The disk is full: "+path+" cannot grow.",
			"Free some space on that disk and try again; what was stored before is kept.").
			With("File", path).With("Free space", space).Because(err)
	case primary == zs.ResultReadOnly, primary == zs.ResultPerm:
		return fault.New(fault.ReadOnly, op, "The "+noun+" "+path+" cannot be written.",
			"Allow writing to the file and to its folder, or copy the file to a folder that is yours.").
			With("File", path).Because(err)
	case primary == zs.ResultCorrupt, primary == zs.ResultNotADB, code == resultCorruptFS:
		return fault.New(fault.Corrupt, op, "The "+noun+" "+path+" is damaged or is not a file of Sightline.",
			"Restore it from a backup, or delete it and load it again.").
			With("File", path).Because(err)
	case primary == zs.ResultCantOpen:
		return explainCantOpen(noun, path, op, err)
	case primary == zs.ResultBusy, primary == zs.ResultLocked, primary == zs.ResultProtocol:
		return busyFault(noun, path, op).Because(err)
	case primary == zs.ResultTooBig:
		return fault.New(fault.Invalid, op, "One value is larger than "+path+" can hold.", "Leave the field out that holds it.").
			With("File", path).Because(err)
	case primary == zs.ResultIOErr:
		return fault.New(fault.Internal, op, "The disk that holds "+path+" reported an error.",
			"Check that the drive is connected and healthy, then try again; what was stored before is kept.").
			With("File", path).With("Free space", space).Because(err)
	}
	return fault.Wrap(op, err)
}

func explainCantOpen(noun, path, op string, err error) error {
	info, statErr := os.Stat(path)
	switch {
	case statErr == nil && info.IsDir():
		return fault.New(fault.Invalid, op, path+" is a folder, not a "+noun+".", "Choose a file.").Because(err)
	case errors.Is(statErr, os.ErrNotExist):
		if _, dirErr := os.Stat(filepath.Dir(path)); dirErr == nil {
			return fault.New(fault.ReadOnly, op, "The "+noun+" "+path+" cannot be created.",
				"Allow writing to the folder, or choose a data folder that is yours.").With("File", path).Because(err)
		}
		return fault.New(fault.NotFound, op, "The folder of "+path+" does not exist.", "Create it, or choose another data folder.").
			With("File", path).Because(err)
	}
	return fault.New(fault.ReadOnly, op, "The "+noun+" "+path+" cannot be opened.",
		"Allow reading and writing of the file and of its folder.").With("File", path).Because(err)
}

func busyFault(noun, path, op string) *fault.Error {
	return fault.New(fault.Conflict, op, "Another Sightline is writing the "+noun+" "+path+".",
		"Wait until it has finished, or close it, and try again. Reading works meanwhile.").With("File", path)
}

func missingFault(noun, path, op string) *fault.Error {
	return fault.New(fault.NotFound, op, "There is no "+noun+" at "+path+".",
		"Check the path; if it was deleted, restore a backup or load it again.").With("File", path)
}

// byteText writes a number of bytes for a person.
func byteText(n int64) string {
	units := []string{"B", "KB", "MB", "GB", "TB"}
	v, i := float64(n), 0
	for v >= 1000 && i < len(units)-1 {
		v, i = v/1000, i+1
	}
	if i == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", v, units[i])
}
