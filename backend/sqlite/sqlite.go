// Package sqlite keeps a workspace (workspace.db) and one file per dataset. It is the only place with
// SQL: it implements workspace.Store, the Store of package refresh (whose methods use nothing but the
// vocabulary of devops) and dataset.Source.
//
// Rows pass through the low-level binding of modernc's SQLite (zombiezen), not through database/sql,
// which costs five times as much on bulk reads. Each file has one writer connection behind a token and
// a few readers; a reader never waits for the writer. No database file is ever opened by os.Open: in one
// process, closing such a descriptor would drop SQLite's own locks on the file.
package sqlite

import (
	"sightline/backend/dataset"
	"sightline/backend/workspace"
)

var (
	_ workspace.Store = (*Workspace)(nil)
	_ dataset.Source  = (*Dataset)(nil)
	_ dataset.Reading = (*reading)(nil)
)
