package sqlite

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// The key of a revision is the work item's id and the revision's number in one integer, which orders
// both. Twenty bits leave room for a million revisions of one work item.
const (
	revisionBits = 20
	maxRevision  = 1<<revisionBits - 1
)

func (t *tables) openRevisions() (err error) {
	const columns = `rk, changed, changed_by, situation, area, iteration, assigned_to, severity, tag_set, deleted, priority, story_points, effort, size,
		original_estimate, remaining_work, completed_work, detail, activated, resolved, closed, state_changed, comments, parent, board, stack_rank,
		revised, watermark`
	marks := "(?" + strings.Repeat(", ?", strings.Count(columns, ",")) + ")"
	// Most revisions are new, and an insertion that does nothing else costs least. Only one that is there
	// already is read and compared.
	if t.insertRevision, err = newBinder(t.c, "INSERT INTO fact_revision ("+columns+") VALUES "+marks+" ON CONFLICT DO NOTHING"); err != nil {
		return err
	}
	// REPLACE and not an update: without a secondary index SQLite then simply overwrites the row.
	if t.replaceRevision, err = newBinder(t.c, "INSERT OR REPLACE INTO fact_revision ("+columns+") VALUES "+marks); err != nil {
		return err
	}
	if t.findRevision, err = t.c.Prepare("SELECT " + columns + " FROM fact_revision WHERE rk = ?"); err != nil {
		return err
	}
	t.upsertItem, err = newBinder(t.c, `INSERT INTO fact_item (id, rev, project, deleted) VALUES (?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, project = excluded.project, deleted = excluded.deleted
		WHERE excluded.rev > rev OR (excluded.rev = rev AND (excluded.project <> project OR excluded.deleted <> deleted))`)
	if err != nil {
		return err
	}
	t.deleted = map[int]struct{}{}
	return each(t.c, "SELECT id FROM fact_item WHERE deleted = 1", func(row *zs.Stmt) error {
		t.deleted[row.ColumnInt(0)] = struct{}{}
		return nil
	})
}

// storeRevisions stores the revisions of a batch in the order of their keys, because neighbours share a
// page of the file: of a batch of ten thousand this saves a fifth. Of two with one key the later stands.
func (t *tables) storeRevisions(b *devops.Batch) error {
	order := t.order[:0]
	for i := range b.Revisions {
		order = append(order, &b.Revisions[i])
	}
	slices.SortStableFunc(order, func(a, b *devops.Revision) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Rev, b.Rev))
	})
	var change devops.Change
	for i, r := range order {
		project, did, err := t.storeRevision(r)
		if err != nil {
			return err
		}
		switch did {
		case added:
			change.Added++
		case replaced:
			change.Changed++
		}
		if i+1 < len(order) && order[i+1].ID == r.ID {
			continue
		}
		// The last of a work item is the highest of this batch, and current unless the file has a higher.
		if err := t.storeItem(r, project, did == replaced); err != nil {
			return err
		}
	}
	t.count(devops.Revisions, change)
	clear(order) // the batch is the caller's, and may go
	t.order = order
	return nil
}

// deed is what storing a revision did.
type deed int8

const (
	nothing deed = iota
	added
	replaced
)

// storeRevision stores one revision and returns its project's number.
func (t *tables) storeRevision(r *devops.Revision) (project int64, did deed, err error) {
	if r.ID <= 0 || r.ID > math.MaxInt32 || r.Rev < 0 || r.Rev > maxRevision {
		return 0, nothing, invalidRow(fmt.Sprintf("revision %d of work item %d", r.Rev, r.ID), "with a number out of range")
	}
	k, err := t.revisionKeys(r)
	if err != nil {
		return 0, nothing, err
	}
	b := &t.insertRevision
	b.int(1, int64(r.ID)<<revisionBits|int64(r.Rev))
	b.time(2, r.Changed)
	b.int(3, k.changedBy)
	b.int(4, k.situation.id)
	b.int(5, k.area)
	b.int(6, k.iteration)
	b.int(7, k.assigned)
	b.int(8, k.severity)
	b.int(9, k.tags)
	b.bool(10, r.Deleted)
	b.number(11, r.Priority)
	b.number(12, r.StoryPoints)
	b.number(13, r.Effort)
	b.number(14, r.Size)
	b.number(15, r.OriginalEstimate)
	b.number(16, r.RemainingWork)
	b.number(17, r.CompletedWork)
	b.int(18, k.detail)
	b.time(19, r.Activated)
	b.time(20, r.ResolvedDate)
	b.time(21, r.Closed)
	b.time(22, r.StateChanged)
	b.int(23, int64(r.Comments))
	b.int(24, int64(r.Parent))
	b.int(25, k.board)
	b.number(26, r.StackRank)
	b.time(27, r.Revised)
	b.int(28, r.Watermark)
	if err := b.step(); err != nil {
		return 0, nothing, err
	}
	if t.c.Changes() > 0 {
		return k.situation.project, added, nil
	}
	did, err = t.compareRevision()
	return k.situation.project, did, err
}

// compareRevision replaces the stored row of the revision that is bound, unless it has the same values.
func (t *tables) compareRevision() (did deed, err error) {
	now, find := &t.insertRevision, t.findRevision
	find.BindInt64(1, int64(now.last[1].bits))
	if _, err := find.Step(); err != nil {
		return nothing, err
	}
	same := true
	for i := 1; i < len(now.last) && same; i++ {
		same = now.last[i].equals(find, i-1)
	}
	if err := find.Reset(); err != nil || same {
		return nothing, err
	}
	r := &t.replaceRevision
	for i := 1; i < len(now.last); i++ {
		r.again(i, now.last[i])
	}
	return replaced, r.step()
}

// storeItem keeps which revision of a work item is current, and counts what that did. differs says that r was
// stored before with other values.
func (t *tables) storeItem(r *devops.Revision, project int64, differs bool) error {
	id := int64(r.ID)
	// An insertion leaves its key as the last one, and an update does not. Should the last key be this one by
	// chance, it says nothing.
	known := t.c.LastInsertRowID() == id
	was := absent
	if known {
		var err error
		if was, err = t.itemWas(r.ID); err != nil {
			return err
		}
	}
	u := &t.upsertItem
	u.int(1, id)
	u.int(2, int64(r.Rev))
	u.int(3, project)
	u.bool(4, r.Deleted)
	if err := u.step(); err != nil {
		return err
	}
	wrote := t.c.Changes() > 0
	if !wrote && !differs {
		return nil
	}
	if !known && !(wrote && t.c.LastInsertRowID() == id) {
		_, deleted := t.deleted[r.ID]
		was = presenceOf(deleted)
	}
	if !wrote {
		return t.noteIfCurrent(r, was)
	}
	if r.Deleted {
		t.deleted[r.ID] = struct{}{}
	} else if was == retired {
		delete(t.deleted, r.ID)
	}
	t.note(devops.WorkItems, was, presenceOf(r.Deleted), true)
	t.textChanged(workItemTexts, id)
	return nil
}

// noteIfCurrent counts a work item as changed when the revision that came with other values is the current one.
func (t *tables) noteIfCurrent(r *devops.Revision, was presence) error {
	return each(t.c, "SELECT 1 FROM fact_item WHERE id = +? AND rev = ?", func(*zs.Stmt) error {
		t.note(devops.WorkItems, was, was, true)
		t.textChanged(workItemTexts, int64(r.ID))
		return nil
	}, r.ID, r.Rev)
}

// itemWas reads whether a work item is there.
func (t *tables) itemWas(id int) (was presence, err error) {
	err = each(t.c, "SELECT deleted FROM fact_item WHERE id = +?", func(row *zs.Stmt) error {
		was = presenceOf(row.ColumnBool(0))
		return nil
	}, id)
	return was, err
}

// revisionKeys are the numbers that stand for the names in a revision.
type revisionKeys struct {
	situation                              situation
	changedBy, assigned                    int64
	area, iteration, severity, tags, board int64
	detail                                 int64
}

func (t *tables) revisionKeys(r *devops.Revision) (k revisionKeys, err error) {
	seen := periodOf(r.Changed)
	if k.situation, err = t.situation(r, seen); err != nil {
		return k, err
	}
	if k.changedBy, err = t.person(&r.ChangedBy, seen); err != nil {
		return k, err
	}
	if k.assigned, err = t.person(&r.AssignedTo, seen); err != nil {
		return k, err
	}
	if k.area, err = t.place(areaKind, r.AreaID, r.AreaPath, seen); err != nil {
		return k, err
	}
	if k.iteration, err = t.place(iterationKind, r.IterationID, r.Iteration, seen); err != nil {
		return k, err
	}
	if k.severity, err = t.severity(r.Severity); err != nil {
		return k, err
	}
	if k.tags, err = t.tagSet(r.Tags); err != nil {
		return k, err
	}
	if k.board, err = t.board(r.BoardColumn, r.BoardLane, r.BoardColumnDone); err != nil {
		return k, err
	}
	createdBy, err := t.person(&r.CreatedBy, seen)
	if err != nil {
		return k, err
	}
	k.detail, err = t.detail(r, createdBy, seen)
	return k, err
}
