package sqlite

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"sightline/backend/devops"
)

// The key of a revision is the work item's id and the revision's number in one integer, which orders
// both. Twenty bits leave room for a million revisions of one work item.
const (
	revisionBits = 20
	maxRevision  = 1<<revisionBits - 1
)

func (t *tables) openRevisions() (err error) {
	// REPLACE and not an upsert: without a secondary index SQLite then simply overwrites the row.
	t.insertRevision, err = newBinder(t.c, `INSERT OR REPLACE INTO fact_revision (rk, changed, changed_by, situation, area, iteration,
		assigned_to, severity, tag_set, deleted, priority, story_points, effort, size, original_estimate, remaining_work, completed_work,
		detail, activated, resolved, closed, state_changed, comments, parent, board, stack_rank, revised, watermark)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	t.upsertItem, err = newBinder(t.c, `INSERT INTO fact_item (id, rev, project, deleted) VALUES (?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, project = excluded.project, deleted = excluded.deleted WHERE excluded.rev >= rev`)
	return err
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
	for i, r := range order {
		project, err := t.storeRevision(r)
		if err != nil {
			return err
		}
		if i+1 < len(order) && order[i+1].ID == r.ID {
			continue
		}
		// The last of a work item is the highest of this batch, and current unless the file has a higher.
		u := &t.upsertItem
		u.int(1, int64(r.ID))
		u.int(2, int64(r.Rev))
		u.int(3, project)
		u.bool(4, r.Deleted)
		if err := u.step(); err != nil {
			return err
		}
	}
	clear(order) // the batch is the caller's, and may go
	t.order = order
	return nil
}

// storeRevision stores one revision and returns its project's number.
func (t *tables) storeRevision(r *devops.Revision) (project int64, err error) {
	if r.ID <= 0 || r.ID > math.MaxInt32 || r.Rev < 0 || r.Rev > maxRevision {
		return 0, invalidRow(fmt.Sprintf("revision %d of work item %d", r.Rev, r.ID), "with a number out of range")
	}
	k, err := t.revisionKeys(r)
	if err != nil {
		return 0, err
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
	return k.situation.project, b.step()
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
