package cli

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"sightline/backend/fault"
)

// WriteWhole writes a file beside its place and moves it there when it is whole. What was there before stays until then;
// a file that could not be written is not there. Only the person may read it. Faults: DiskFull, ReadOnly, those of write.
func WriteWhole(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // of mode 0600
	if err != nil {
		return notWritten(path, err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	buffered := bufio.NewWriterSize(f, 1<<16)
	if err := write(buffered); err != nil {
		return notWritten(path, err)
	}
	if err := buffered.Flush(); err != nil {
		return notWritten(path, err)
	}
	if err := f.Close(); err != nil {
		return notWritten(path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return notWritten(path, err)
	}
	return nil
}

// notWritten says what became of a file. What a disk says is told; any other fault is that of who made the content.
func notWritten(path string, err error) error {
	const op = "cli.WriteWhole"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.New(fault.NotFound, op, "There is no folder "+filepath.Dir(path)+".", "Make it, or name another file.").Because(err)
	case errors.Is(err, fs.ErrPermission):
		return fault.New(fault.ReadOnly, op, "The file "+path+" may not be written.", "Choose another folder.").Because(err)
	case errors.Is(err, syscall.ENOSPC):
		return fault.New(fault.DiskFull, op, "There is no room left for "+path+".", "Make room, or choose another disk. Nothing of the file is left.").Because(err)
	}
	return fault.Wrap(op, err)
}
