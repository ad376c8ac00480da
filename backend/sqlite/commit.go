package sqlite

import (
	"context"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

// Commit stores all rows of a batch and its cursor in one transaction: either all of it is there, also
// after a power cut, or nothing. Rows are upserted by natural key:
//
//   - A revision that comes again replaces what was stored of it. The current state of a work item is
//     its highest revision, whatever the order in which revisions arrive.
//   - Of a link the newest change stands. Of a person the newest spelling, and one from Batch.People
//     before one that a revision carries.
//   - Projects, fields, types and teams are replaced by what comes; those that do not come stay. The
//     states of a type are replaced as a whole. With NodesOf, areas (or iterations) of that project that
//     do not come are marked gone and kept for the past, for each of the two trees that has any node.
//   - Destroyed removes a work item with its revisions and links. It comes back if the service sends it
//     again: a sweep that was wrong must not hide it for ever.
//
// Faults: Invalid for a row without a usable key (nothing is stored then), DiskFull, ReadOnly, Corrupt,
// Conflict, Canceled.
func (d *Dataset) Commit(ctx context.Context, b devops.Batch) (devops.Changes, error) {
	changes := devops.Changes{}
	return changes, d.file.withWriter(ctx, "sqlite.Commit", func(c *zs.Conn) error {
		err := transact(ctx, c, func(c *zs.Conn) error {
			if d.tables == nil {
				t, err := openTables(c)
				if err != nil {
					return err
				}
				d.tables = t
			}
			return d.tables.store(&b, d.clock())
		})
		if err != nil {
			d.tables = nil
		}
		return err
	})
}

// tables is the writer's knowledge of a dataset file: the numbers given to names, and the statements of
// the hot loop.
type tables struct {
	c *zs.Conn

	projects   projectTable
	people     map[string]*person
	types      dictionary[typeKey]
	states     dictionary[stateKey]
	situations situationTable
	places     map[placeKey]*place
	tagSets    dictionary[string]
	severities dictionary[string]
	boards     dictionary[boardKey]
	fields     dictionary[string]
	linkTypes  dictionary[string]
	details    detailTable

	insertRevision binder
	upsertItem     binder
	order          []*devops.Revision // of the batch being stored, by key
	scratch        []byte
	keys           []int64 // of the other fields of one revision, with their names
	otherNames     []string
}

func openTables(c *zs.Conn) (*tables, error) {
	t := &tables{c: c}
	for _, open := range []func() error{
		t.openProjects, t.openPeople, t.openTypes, t.openSituations, t.openPlaces,
		t.openNames, t.openDetails, t.openRevisions,
	} {
		if err := open(); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// store writes a batch inside the caller's transaction.
func (t *tables) store(b *devops.Batch, now time.Time) error {
	for _, step := range []func(*devops.Batch) error{
		t.storeProjects, t.storePeople, t.storeFields, t.storeTypes, t.storeBacklogFields,
		t.storeNodes, t.storeTeams, t.storeRevisions, t.storeLinks, t.removeDestroyed,
	} {
		if err := step(b); err != nil {
			return err
		}
	}
	if b.Rows() > 0 {
		if err := firstOf(grow(t.c), setMeta(t.c, metaLastCommit, now.UTC().Format(time.RFC3339Nano))); err != nil {
			return err
		}
	}
	if b.Cursor == nil {
		return nil
	}
	if err := storeCursor(t.c, *b.Cursor); err != nil {
		return err
	}
	return t.noteComplete()
}

// grow counts one more state of the data.
func grow(c *zs.Conn) error {
	return run(c, "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = ?", metaGeneration)
}

func invalidRow(what, why string) error {
	return fault.New(fault.Invalid, "sqlite.Commit", "Azure DevOps sent "+what+" "+why+", which cannot be stored.",
		"Nothing of this page was stored. Refresh again; if it comes back, report it with this line.")
}
