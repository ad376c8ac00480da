package sqlite

import (
	"context"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

// Commit stores all rows of a batch and its cursors in one transaction: either all of it is there, also
// after a power cut, or nothing. Rows are upserted by natural key, and of two answers about one thing the later
// one stands, except where it is said otherwise:
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
//   - With BranchesOf, DefinitionsOf and TFVCBranchesOf, what does not come is marked gone and kept. GoneBuilds are
//     kept and marked. Whatever comes again, and does not say itself that it is gone, is there again.
//   - With BoardsOf and CapacitiesOf, what does not come is removed.
//   - A commit that comes without counts of files keeps those that are known; so does a push without the refs it
//     updated, and a changeset without files (FilesRead false). One with files has these and no others.
//   - A timeline replaces all records of its build. It counts as read until its build finishes at another time.
//   - Of the name of a definition or an environment, as builds and deployments spell it, the newest stands, and one
//     from a list before those. Renamed repositories, definitions and projects keep their rows.
//   - A changeset that several projects list belongs to the first and is counted in each.
//
// The changes count rows by entity. A row is added when it was not held before: not known, gone, or deleted.
// It is deleted when it is held no more: gone, removed, destroyed, a link that became inactive, a work item that was
// deleted. A row that is known and held and comes with anything different is changed; one that comes as it was is
// counted nowhere. Of work items the row is the current revision. When threads and timelines were read (Timeline.Read,
// Review.Read) is no content. The generation of the data grows only when something changed.
//
// Faults: Invalid for a row without a usable key (nothing is stored then), DiskFull, ReadOnly, Corrupt,
// Conflict, Canceled.
func (d *Dataset) Commit(ctx context.Context, b devops.Batch) (devops.Changes, error) {
	changes := devops.Changes{}
	err := d.file.withWriter(ctx, "sqlite.Commit", func(c *zs.Conn) error {
		err := transact(ctx, c, func(c *zs.Conn) error {
			if d.tables == nil {
				t, err := openTables(c)
				if err != nil {
					return err
				}
				d.tables = t
			}
			d.tables.changes, d.tables.dirty = changes, false
			return d.tables.store(&b, d.clock())
		})
		if err != nil {
			d.tables = nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	d.idle.Reset(d.pause)
	return changes, nil
}

// tables is the writer's knowledge of a dataset file: the numbers given to names, and the statements of
// the hot loop.
type tables struct {
	c *zs.Conn

	changes devops.Changes // of the batch being stored
	dirty   bool           // the batch being stored changed anything that can be read

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
	usedFields map[int64]bool // that a revision carries
	linkTypes  dictionary[string]
	details    detailTable

	repositories       repositoryTable
	commits            commitTable
	pullRequests       pullRequestTable
	definitions        namedTable
	releaseDefinitions namedTable
	environments       namedTable
	builds             buildTable
	timelines          timelineTable
	runs               runTable
	changesets         changesetTable
	teamBoards         boardTable
	words              words
	nodes, links       *keeper
	changedTexts       []int64 // numbers of text_search, of the batch being stored

	insertRevision  binder
	replaceRevision binder
	findRevision    *zs.Stmt
	upsertItem      binder
	deleted         map[int]struct{}   // work items whose current revision says so
	order           []*devops.Revision // of the batch being stored, by key
	scratch         []byte
	others          []otherField // of one revision
}

func openTables(c *zs.Conn) (*tables, error) {
	t := &tables{c: c}
	for _, open := range []func() error{
		t.openProjects, t.openPeople, t.openTypes, t.openSituations, t.openPlaces,
		t.openNames, t.openDetails, t.openRevisions, t.openNodes, t.openLinks, t.openWords, t.openRepositories, t.openCommits,
		t.openPullRequests, t.openDefinitions, t.openBuilds, t.openTimelines, t.openRuns, t.openChangesets, t.openTeamBoards,
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
		t.storeNodes, t.storeTeams, t.storeTeamBoards, t.storeRevisions, t.storeLinks, t.removeDestroyed,
		t.storeRepositories, t.storeBranches, t.storeCommits, t.storePushes, t.storePullRequests,
		t.storeDefinitions, t.storeBuilds, t.storeTimelines, t.storeRuns, t.storeChangesets,
	} {
		if err := step(b); err != nil {
			return err
		}
	}
	if err := t.storeChangedTexts(); err != nil {
		return err
	}
	if t.dirty {
		if err := firstOf(grow(t.c), setMeta(t.c, metaLastCommit, now.UTC().Format(time.RFC3339Nano))); err != nil {
			return err
		}
	}
	return t.storeCursors(b)
}

// grow counts one more state of the data.
func grow(c *zs.Conn) error {
	return run(c, "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = ?", metaGeneration)
}

func invalidRow(what, why string) error {
	return fault.New(fault.Invalid, "sqlite.Commit", "Azure DevOps sent "+what+" "+why+", which cannot be stored.",
		"Nothing of this page was stored. Refresh again; if it comes back, report it with this line.")
}
