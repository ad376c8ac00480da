package sqlite

import (
	"math"

	"sightline/backend/dataset"
	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// factColumns are the columns that items and revisions share, in the order in which they are stored.
const factColumns = `r.rk, r.changed, r.changed_by, r.situation, r.area, r.iteration, r.assigned_to, r.severity, r.tag_set, r.deleted,
	r.priority, r.story_points, r.effort, r.size, r.original_estimate, r.remaining_work, r.completed_work, r.board, r.detail`

// facts fills what items and revisions share, from factColumns.
func (r *reading) facts(row *zs.Stmt, f *dataset.Facts) {
	rk := row.ColumnInt64(0)
	s := at(r.names.situations, row.ColumnInt32(3))
	f.ID, f.Rev = int32(rk>>revisionBits), int32(rk&maxRevision)
	f.Project, f.Type, f.State = s.project, s.kind, s.state
	f.Area = at(r.areas.ofPlace, row.ColumnInt32(4))
	f.Iteration = at(r.iterations.ofPlace, row.ColumnInt32(5))
	f.Assigned = at(r.person, row.ColumnInt32(6))
	f.Severity = row.ColumnInt32(7)
	f.TagSet = row.ColumnInt32(8)
	f.Priority = number(row, 10)
	f.StoryPoints = number(row, 11)
	f.Effort = number(row, 12)
	f.Size = number(row, 13)
	f.OriginalEstimate = number(row, 14)
	f.RemainingWork = number(row, 15)
	f.CompletedWork = number(row, 16)
	f.Board = 0
	if board := plausibleNumber(row, 17); int(board) < len(r.names.boards) {
		f.Board = board
	}
}

// number reads a number, NaN for null and for one that is not plausible. Null reads as 0, so only a 0 has to be asked what it is.
func number(row *zs.Stmt, i int) float64 {
	v := row.ColumnFloat(i)
	if v == 0 && row.ColumnIsNull(i) {
		return math.NaN()
	}
	return dataset.PlausibleNumber(v)
}

// Items hands out the current revision of every work item that is not deleted, ascending by id.
func (r *reading) Items(visit func(*dataset.ItemRow) error) error {
	const op = "sqlite.Items"
	if r.conn == nil {
		return closedFault("reading", r.file.path, op)
	}
	if r.failed != nil {
		return r.failed
	}
	parents, err := r.openParents()
	if err != nil {
		return r.file.explain(r.ctx, op, err)
	}
	defer parents.close()
	stmt, err := r.conn.Prepare(`SELECT ` + factColumns + `, r.activated, r.resolved, r.closed, r.state_changed, r.comments, r.parent,
		d.title, d.created, d.created_by, d.target, ` + detailColumns + `
		FROM fact_item w CROSS JOIN fact_revision r ON r.rk = (w.id << 20) + w.rev CROSS JOIN fact_detail d ON d.dk = (w.id << 20) + r.detail
		WHERE w.deleted = 0 ORDER BY w.id`)
	if err != nil {
		return r.file.explain(r.ctx, op, err)
	}
	defer stmt.Reset()
	var item dataset.ItemRow
	for {
		more, err := stmt.Step()
		if err != nil || !more {
			return r.file.explain(r.ctx, op, err)
		}
		if err := r.item(stmt, &item); err != nil {
			return r.file.explain(r.ctx, op, err)
		}
		parent, known, err := parents.of(item.ID)
		if err != nil {
			return r.file.explain(r.ctx, op, err)
		}
		if known {
			item.Parent = parent
		}
		if item.Parent == item.ID {
			item.Parent = 0
		}
		if err := visit(&item); err != nil {
			return err
		}
	}
}

func (r *reading) item(row *zs.Stmt, item *dataset.ItemRow) (err error) {
	r.facts(row, &item.Facts)
	item.Changed = plausibleInstant(row, 1)
	item.ChangedBy = at(r.person, row.ColumnInt32(2))
	item.Reason = at(r.names.situations, row.ColumnInt32(3)).reason
	item.Activated = plausibleInstant(row, 19) // null is read as 0
	item.Resolved = plausibleInstant(row, 20)
	item.Closed = plausibleInstant(row, 21)
	item.StateChanged = plausibleInstant(row, 22)
	item.Comments = row.ColumnInt32(23)
	item.Parent = row.ColumnInt32(24)
	item.Title = columnBytes(row, 25, item.Title)
	item.Created = plausibleInstant(row, 26)
	item.CreatedBy = at(r.person, row.ColumnInt32(27))
	item.Target = plausibleInstant(row, 28)
	item.Fields, err = r.fieldValues(row, 29, item.Fields)
	return err
}

// parentLinks walks the hierarchy links by child, in step with the items.
type parentLinks struct {
	stmt          *zs.Stmt
	child, parent int32 // what the links say of the child they stand at
	ended         bool
}

func (r *reading) openParents() (*parentLinks, error) {
	// Active links first, the newest first: the first row of a child is its parent.
	stmt, err := r.conn.Prepare(`SELECT l.target, l.source, l.active FROM fact_link l
		WHERE l.type = (SELECT id FROM dim_link_type WHERE name = ?) ORDER BY l.target, l.active DESC, l.changed DESC, l.source DESC`)
	if err != nil {
		return nil, err
	}
	stmt.BindText(1, devops.HierarchyLink)
	return &parentLinks{stmt: stmt}, nil
}

// of returns the parent by the newest active link; known says that there is any link, and 0 with known
// means that all of them were removed. Ids must ascend.
func (p *parentLinks) of(id int32) (parent int32, known bool, err error) {
	for !p.ended && p.child < id {
		more, err := p.stmt.Step()
		if err != nil {
			return 0, false, err
		}
		if !more {
			p.ended = true
			break
		}
		if child := p.stmt.ColumnInt32(0); child != p.child {
			p.child, p.parent = child, 0
			if p.stmt.ColumnBool(2) {
				p.parent = p.stmt.ColumnInt32(1)
			}
		}
	}
	return p.parent, p.child == id, nil
}

func (p *parentLinks) close() { p.stmt.Reset() }

// Revisions hands out the revisions of every work item that is not deleted now. Each stands from its
// change until that of the next revision, whichever that is: the interval before a deletion ends with
// it. Where the service's clock ran backwards the later revision begins with the one before.
func (r *reading) Revisions(visit func(*dataset.RevisionRow) error) error {
	const op = "sqlite.Revisions"
	if r.conn == nil {
		return closedFault("reading", r.file.path, op)
	}
	if r.failed != nil {
		return r.failed
	}
	deleted, err := r.deletedItems()
	if err != nil {
		return r.file.explain(r.ctx, op, err)
	}
	stmt, err := r.conn.Prepare(`SELECT ` + factColumns + ` FROM fact_revision r ORDER BY r.rk`)
	if err != nil {
		return r.file.explain(r.ctx, op, err)
	}
	defer stmt.Reset()
	details, err := r.openDetailWalk()
	if err != nil {
		return r.file.explain(r.ctx, op, err)
	}
	defer details.close()
	var rows [2]dataset.RevisionRow // the one held back until its end is known, and the next
	held, holds := 0, false
	for {
		more, err := stmt.Step()
		if err != nil {
			return r.file.explain(r.ctx, op, err)
		}
		if !more {
			break
		}
		next := &rows[1-held]
		next.ID = int32(stmt.ColumnInt64(0) >> revisionBits)
		if deleted.has(next.ID) {
			continue
		}
		previous := &rows[held]
		next.From = plausibleInstant(stmt, 1)
		hidden := stmt.ColumnBool(9)
		if !hidden {
			next.ChangedBy = at(r.person, stmt.ColumnInt32(2))
			r.facts(stmt, &next.Facts)
			if next.Fields, err = details.of(int64(next.ID), stmt.ColumnInt64(18), next.Fields); err != nil {
				return r.file.explain(r.ctx, op, err)
			}
		}
		if next.ID == previous.ID {
			next.From = max(next.From, previous.From)
		}
		if holds {
			previous.To = dataset.Forever
			if next.ID == previous.ID {
				previous.To = next.From
			}
			if err := visit(previous); err != nil {
				return err
			}
		}
		held, holds = 1-held, !hidden
	}
	if !holds {
		return nil
	}
	rows[held].To = dataset.Forever
	return visit(&rows[held])
}

// idSet answers for ids that ascend.
type idSet struct {
	ids []int32
	i   int
}

func (s *idSet) has(id int32) bool {
	for s.i < len(s.ids) && s.ids[s.i] < id {
		s.i++
	}
	return s.i < len(s.ids) && s.ids[s.i] == id
}

func (r *reading) deletedItems() (idSet, error) {
	var s idSet
	err := each(r.conn, "SELECT id FROM fact_item WHERE deleted = 1 ORDER BY id", func(row *zs.Stmt) error {
		s.ids = append(s.ids, row.ColumnInt32(0))
		return nil
	})
	return s, err
}
