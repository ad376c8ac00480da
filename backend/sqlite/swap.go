package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

const sealPause = 25 * time.Millisecond // between two tries to have a file alone

// ReloadPath is where a full reload of the dataset at path builds the new file: beside the old one, so that
// both are on one disk. A file that is there is a reload that was interrupted: opened again, it goes on from
// its own cursors.
func ReloadPath(path string) string { return path + ".reload" }

// ReloadPending reports whether a full reload of the dataset at path was begun and neither swapped in nor
// given up.
func ReloadPending(path string) bool {
	_, err := os.Stat(ReloadPath(path))
	return err == nil
}

// Swap puts the dataset file from in the place of the dataset to, after a full reload. Both are closed, in
// this process and in every other. It is the last step of a full reload, which goes like this:
//
//	beside := sqlite.ReloadPath(path)
//	fresh, err := sqlite.OpenDataset(ctx, beside, options) // the dataset at path stays open and readable
//	…refresh into fresh until it succeeded; fresh.Refreshed; fresh.Close
//	…close the engine and the dataset at path
//	err = sqlite.Swap(ctx, beside, path)
//	…open path again, whether Swap failed or not
//
// The new file takes over the name and the calendar that the old one has now, and a later generation, so
// that nobody takes answers over the old file for answers over the new. The one step that counts is a rename: a
// crash before it leaves the old dataset whole, with from beside it, and one after it leaves the new dataset
// whole; there is nothing to clean up at the next start but from's lock file, which does no harm. When to is
// damaged or missing, from takes its place all the same: a full reload is the remedy for that.
//
// To give a reload up, close it and call Remove(ReloadPath(path)).
//
// Faults: Conflict while anybody has one of the two open, also for reading only; NotFound without from; Invalid
// or NewerFile when one of them is no dataset of this Sightline; Corrupt when from is damaged; ReadOnly, DiskFull,
// Canceled. After any of them both files are as they were, and Swap may be called again.
func Swap(ctx context.Context, from, to string) error {
	return swap(ctx, from, to, func(string) error { return nil })
}

// swap does it; reached is told each step when it is done, and an error of its ends everything there, as a
// crash would.
func swap(ctx context.Context, from, to string, reached func(step string) error) (err error) {
	const op = "sqlite.Swap"
	if from, to, err = absolutePair(from, to); err != nil {
		return fault.Wrap(op, err)
	}
	if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
		return missingFault(datasetSchema.noun, from, op)
	}
	toLock, err := lockForWriting(to, datasetSchema.noun, op)
	if err != nil {
		return err
	}
	defer toLock.Unlock()
	fromLock, err := lockForWriting(from, datasetSchema.noun, op)
	if err != nil {
		return err
	}
	defer fromLock.Unlock()
	if err := reached("locked"); err != nil {
		return err
	}
	kept, err := sealOld(ctx, to)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if err := reached("old sealed"); err != nil {
		return err
	}
	if err := sealNew(ctx, from, kept); err != nil {
		return fault.Wrap(op, err)
	}
	if err := reached("new sealed"); err != nil {
		return err
	}
	if err := replaceFile(from, to, op); err != nil {
		return err
	}
	if err := reached("renamed"); err != nil {
		return err
	}
	dropLock(fromLock)
	return nil
}

func absolutePair(from, to string) (string, string, error) {
	from, fromErr := filepath.Abs(from)
	to, toErr := filepath.Abs(to)
	if from == to {
		return "", "", fault.New(fault.Invalid, "sqlite.Swap", from+" cannot take its own place.", "Name two files.")
	}
	return from, to, firstOf(fromErr, toErr)
}

// sealOld folds the write-ahead log of the dataset at path into it, so that none of its rows are in a file
// that a new one would take for its own, and returns what a new one takes over. nil: there is nothing to
// take over, because the file is missing or damaged.
func sealOld(ctx context.Context, path string) (map[string]string, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, dropCompanions(path)
	}
	var kept map[string]string
	err := seal(ctx, path, func(c *zs.Conn) (err error) {
		kept, err = readMeta(c)
		return err
	})
	if fault.Is(err, fault.Corrupt) {
		return nil, dropCompanions(path)
	}
	return kept, err
}

// sealNew gives the new dataset what it takes over and makes one file of it.
func sealNew(ctx context.Context, path string, kept map[string]string) error {
	return seal(ctx, path, func(c *zs.Conn) error {
		return transact(ctx, c, func(c *zs.Conn) error {
			for _, name := range []string{metaName, metaTimeZone, metaWeekStart} {
				if value, ok := kept[name]; ok {
					if err := setMeta(c, name, value); err != nil {
						return err
					}
				}
			}
			own, err := readMeta(c)
			if err != nil {
				return err
			}
			_, mine := infoOf(own)
			_, old := infoOf(kept)
			return setMeta(c, metaGeneration, strconv.FormatInt(max(mine, old)+1, 10))
		})
	})
}

// seal opens a dataset that nobody has open, does something with it, and leaves it as one file without a
// write-ahead log, all of it on the disk. Changing the journal needs the file for itself alone, so it fails
// with Conflict while anybody reads.
func seal(ctx context.Context, path string, do func(*zs.Conn) error) error {
	f := &file{path: path, noun: datasetSchema.noun}
	c, err := zs.OpenConn(path, zs.OpenReadWrite)
	if err != nil {
		return f.explain(ctx, "sqlite.Swap", err)
	}
	c.SetBusyTimeout(busyTimeout)
	c.SetInterrupt(ctx.Done())
	err = sealed(ctx, c, path, do)
	c.SetInterrupt(nil)
	return f.explain(ctx, "sqlite.Swap", firstOf(err, c.Close()))
}

func sealed(ctx context.Context, c *zs.Conn, path string, do func(*zs.Conn) error) error {
	if err := untrusting(c); err != nil {
		return err
	}
	state, err := datasetSchema.inspect(c, path)
	if err == nil {
		err = datasetSchema.verify(c, state)
	}
	if err != nil {
		return err
	}
	if state.fresh {
		return fault.New(fault.Invalid, "sqlite.Swap", path+" holds nothing yet.", "Reload the dataset again.").With("File", path)
	}
	if err := firstOf(runScript(c, everyPragmas+"PRAGMA synchronous = FULL;"), do(c)); err != nil {
		return err
	}
	// SQLite does not wait here by itself. A reading that somebody just closed may need a moment.
	for end := time.Now().Add(busyTimeout); ; {
		err := runScript(c, "PRAGMA journal_mode = DELETE;")
		if zs.ErrCode(err).ToPrimary() != zs.ResultBusy {
			return err
		}
		if time.Now().After(end) {
			return fault.New(fault.Conflict, "sqlite.Swap", "The dataset "+path+" is open in another program, so the reloaded one cannot take its place.",
				"Close whatever reads the file and reload again: what was loaded is kept.").With("File", path).Because(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(sealPause):
		}
	}
}

// replaceFile renames from to to and makes that last.
func replaceFile(from, to, op string) error {
	// A sealed file has none; one of a damaged or missing file must not be taken for the new one's.
	if err := dropCompanions(to); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return fault.New(fault.ReadOnly, op, "The newly loaded "+from+" could not take the place of "+to+".",
			"Close other programs that read the file, allow writing to its folder, and reload again: what was loaded is kept.").
			With("File", to).Because(err)
	}
	syncFolder(filepath.Dir(to))
	return nil
}

// dropCompanions removes what SQLite keeps beside a file while it is open.
func dropCompanions(path string) error {
	for _, suffix := range []string{"-wal", "-shm", "-journal"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return notRemoved(path+suffix, err)
		}
	}
	return nil
}
