package instance

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
)

// door is the local socket of an instance. Nobody but the person can reach it: it lies in the data folder
// or in a folder of its own under a name that nobody can foretell, and only the owner may write to it.
type door struct {
	listener net.Listener
	folder   string // folder of a socket that could not lie in the data folder, or ""
	note     string // file that says where it is, or ""
}

// longestSocket is below what every system takes for the path of a local socket (108 on Linux, 104 on macOS).
const longestSocket = 100

const (
	socketName = "window.sock"
	noteName   = "window.address" // where the socket is when it is not in the data folder
)

// openDoor listens in dir. Where the path is too long or the disk knows no sockets it listens in a new
// private folder among the temporary files and leaves a note in dir. The caller holds the folder's lock, so
// whoever listened there before is gone.
func openDoor(dir string) (*door, error) {
	socket, note := filepath.Join(dir, socketName), filepath.Join(dir, noteName)
	for _, old := range []string{socket, note} {
		if err := os.Remove(old); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
	}
	if len(socket) <= longestSocket {
		if l, err := listenPrivately(socket); err == nil {
			return &door{listener: l}, nil
		}
	}
	private, err := os.MkdirTemp("", "sightline-") // with mode 0700
	if err != nil {
		return nil, err
	}
	socket = filepath.Join(private, socketName)
	l, err := listenPrivately(socket)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(private))
	}
	d := &door{listener: l, folder: private, note: note}
	if err := os.WriteFile(note, []byte(socket), 0o600); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

func listenPrivately(socket string) (net.Listener, error) {
	l, err := net.Listen("unix", socket)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(socket, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// findDoor returns the path of the socket of whoever owns dir.
func findDoor(dir string) string {
	if said, err := os.ReadFile(filepath.Join(dir, noteName)); err == nil {
		return strings.TrimSpace(string(said))
	}
	return filepath.Join(dir, socketName)
}

func (d *door) close() error {
	err := d.listener.Close() // removes the socket
	if d.folder != "" {
		err = errors.Join(err, os.RemoveAll(d.folder), os.Remove(d.note))
	}
	return err
}
