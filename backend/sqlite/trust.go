package sqlite

import (
	"errors"
	"fmt"
	"io"
	"os"

	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

// A file may come from somebody else. What is in it is data and nothing more: it may be wrong, but it may not
// run, reach another file or take all memory. What Sightline never makes is refused before anything else is
// read.

// limits bound what one statement over a file may take. The longest text of the service has a few megabytes.
var limits = map[zs.Limit]int32{
	zs.LimitLength:       64 << 20,
	zs.LimitSQLLength:    1 << 20,
	zs.LimitAttached:     1, // copying and compacting attach the copy
	zs.LimitTriggerDepth: 1,
}

// untrusting makes a new connection one that believes nothing a file says of itself. It comes before the
// first statement.
//
// Conn.SetDefensive is left alone: zombiezen 1.4.2 hands SQLite one argument where it reads two, and SQLite then
// writes to wherever the second happens to point, which ends the process now and then. What that mode forbids needs
// SQL that only we could write; what a file could bring of its own (triggers, views, virtual tables) is refused by
// its schema.
func untrusting(c *zs.Conn) error {
	for limit, value := range limits {
		c.Limit(limit, value)
	}
	return runScript(c, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")
}

// companions are the files beside a database that SQLite or we open by its name.
var companions = []string{"-wal", "-shm", "-journal", ".lock"}

// checkPlain refuses a path or a companion of it that is a link or no file at all, through which another file
// would be read or written, and a journal that names one.
func checkPlain(path, noun, op string) error {
	for _, suffix := range append([]string{""}, companions...) {
		info, err := os.Lstat(path + suffix)
		if err != nil || info.Mode().IsRegular() || suffix == "" && info.IsDir() {
			continue // what is not there or cannot be opened is for SQLite to explain
		}
		return fault.New(fault.Invalid, op, path+suffix+" is a link or something else that is not a plain file, so the "+noun+" was not opened.",
			"Put the file itself there, or move this one away.").With("File", path+suffix)
	}
	names, err := namesAnother(path + "-journal")
	if err != nil {
		return fault.Wrap(op, err)
	}
	if names {
		return fault.New(fault.Corrupt, op, path+"-journal names another file, which Sightline never does, so the "+noun+" was not opened.",
			"Somebody made it to harm you. Delete both files and load the data again.").With("File", path+"-journal")
	}
	return nil
}

// superMagic ends a rollback journal that is one of several. When SQLite rolls such a journal back it deletes
// the file that the journal names as the list of them: of older versions any file, of newer ones one that is
// called so.
const superMagic = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"

func namesAnother(journal string) (bool, error) {
	f, err := os.Open(journal)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	end := make([]byte, len(superMagic))
	if _, err := f.Seek(-int64(len(end)), io.SeekEnd); err != nil {
		return false, nil // shorter than that
	}
	if _, err := io.ReadFull(f, end); err != nil {
		return false, err
	}
	return string(end) == superMagic, nil
}

// strange is content that Sightline never writes and that cannot be read as if it had.
type strange string

func (s strange) Error() string { return string(s) }

func strangeFault(noun, path, op string, what strange) *fault.Error {
	return fault.New(fault.Corrupt, op, fmt.Sprintf("The %s %s holds %s, which Sightline never writes.", noun, path, what),
		"What you added yourself with another tool, take out again there. Otherwise do not trust the file: restore it from a backup, or delete it and load it again.").With("File", path)
}
