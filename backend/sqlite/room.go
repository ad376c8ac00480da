package sqlite

import (
	"fmt"
	"os"
	"path/filepath"

	"sightline/backend/fault"
)

// roomToSpare is what a full reload leaves free beside the second file.
const roomToSpare = 64 << 20

// RoomBeside checks before a full reload that the disk has room for a second file as large as the one at path,
// less what a reload that was begun holds already. Fault DiskFull. A disk that does not tell has room.
func RoomBeside(path string) error {
	free, known := freeSpace(filepath.Dir(path))
	needed := sizeOf(path) - sizeOf(ReloadPath(path)) + roomToSpare
	if !known || free >= needed {
		return nil
	}
	return fault.New(fault.DiskFull, "sqlite.RoomBeside",
		fmt.Sprintf("A full reload builds a second file beside the first and needs %d MB; the disk has %d MB left.", needed>>20, free>>20),
		"Make room on the disk and reload again. Nothing was changed.").With("File", path)
}

// sizeOf is the size of a dataset with its write-ahead log in bytes; 0 for one that is not there.
func sizeOf(path string) int64 {
	sum := int64(0)
	for _, name := range []string{path, path + "-wal"} {
		if info, err := os.Stat(name); err == nil {
			sum += info.Size()
		}
	}
	return sum
}
