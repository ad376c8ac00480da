package sqlite

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

//go:embed migrations
var migrations embed.FS

// schema is one kind of file: its numbered scripts and the number by which SQLite tools know it.
type schema struct {
	noun          string
	folder        string // of migrations
	applicationID int64  // PRAGMA application_id: four letters, so that `file` can name it
	verified      bool   // may come from somebody else, so it must be as the scripts make it
}

var (
	workspaceSchema = schema{noun: "workspace", folder: "workspace", applicationID: 0x534c5753}             // SLWS
	datasetSchema   = schema{noun: "dataset", folder: "dataset", applicationID: 0x534c4453, verified: true} // SLDS
)

// schemaState is what a file says of itself.
type schemaState struct {
	version int  // PRAGMA user_version: the number of the last script that was run
	fresh   bool // nothing is in it yet
}

// scripts lists the names of the scripts in their order; the n-th brings a file to version n.
func (s schema) scripts() []string {
	names, err := fs.Glob(migrations, "migrations/"+s.folder+"/*.sql")
	if err != nil {
		panic(err) // the pattern is a constant of ours
	}
	for i, name := range names {
		number, _, _ := strings.Cut(name[strings.LastIndexByte(name, '/')+1:], "_")
		if n, err := strconv.Atoi(number); err != nil || n != i+1 {
			panic(fmt.Sprintf("migration %s should have number %d", name, i+1))
		}
	}
	return names
}

func (s schema) latest() int { return len(s.scripts()) }

// inspect reads the version of a file and refuses one that is not ours or that is newer than we are.
func (s schema) inspect(c *zs.Conn, path string) (schemaState, error) {
	const op = "sqlite.Open"
	var version, application, tables int64
	for _, q := range []struct {
		text string
		into *int64
	}{
		{"PRAGMA user_version", &version},
		{"PRAGMA application_id", &application},
		{"SELECT count(*) FROM sqlite_schema", &tables},
	} {
		err := each(c, q.text, func(row *zs.Stmt) error { *q.into = row.ColumnInt64(0); return nil })
		if err != nil {
			return schemaState{}, err
		}
	}
	if application == 0 && version == 0 && tables == 0 {
		return schemaState{fresh: true}, nil
	}
	if application != s.applicationID {
		return schemaState{}, fault.New(fault.Invalid, op, path+" is not a "+s.noun+" of Sightline.",
			"Choose another file, or move this one away.").With("File", path)
	}
	if latest := s.latest(); version > int64(latest) {
		return schemaState{}, fault.New(fault.NewerFile, op,
			fmt.Sprintf("The %s %s was written by a newer Sightline (format %d; this one knows %d).", s.noun, path, version, latest),
			"Install the newest Sightline and open it again; nothing was changed.").With("File", path)
	}
	return schemaState{version: int(version)}, nil
}

// migrate runs the scripts that a file has not seen, each in one transaction with its number. A file
// with rows in it is copied beside itself first.
func (s schema) migrate(ctx context.Context, c *zs.Conn, path string, state schemaState) error {
	names := s.scripts()
	if state.version == len(names) {
		return nil
	}
	if !state.fresh {
		if err := copyInto(c, fmt.Sprintf("%s.version-%d.backup", path, state.version)); err != nil {
			return err
		}
	}
	for i := state.version; i < len(names); i++ {
		text, err := migrations.ReadFile(names[i])
		if err != nil {
			return err
		}
		err = transact(ctx, c, func(c *zs.Conn) error {
			// Another process may have done it while this one waited for its turn.
			if now, err := s.inspect(c, path); err != nil || now.version > i {
				return err
			}
			return runScript(c, fmt.Sprintf("%s\nPRAGMA application_id = %d; PRAGMA user_version = %d;", text, s.applicationID, i+1))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// copyInto writes a whole, defragmented copy of the database to a new file. The copy takes its name only
// when it is complete.
func copyInto(c *zs.Conn, to string) error {
	partial := to + ".partial"
	if err := os.Remove(partial); err != nil && !os.IsNotExist(err) {
		return err
	}
	createPrivate(partial)
	if err := run(c, "VACUUM INTO ?", partial); err != nil {
		os.Remove(partial)
		return err
	}
	return os.Rename(partial, to)
}
