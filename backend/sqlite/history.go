package sqlite

import (
	"context"
	"fmt"

	"sightline/backend/devops"
	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

// wholeRevision reads everything a revision carries, in the order of work items and revisions. The service says
// when a revision ended only to who reads it afterwards; one that was read as the current one ended when the next began.
const wholeRevision = `SELECT r.rk, r.changed, r.changed_by, r.situation, r.area, r.iteration, r.assigned_to, r.severity, r.tag_set,
	r.deleted, r.priority, r.story_points, r.effort, r.size, r.original_estimate, r.remaining_work, r.completed_work,
	r.activated, r.resolved, r.closed, r.state_changed, r.comments, r.parent, r.board, r.stack_rank,
	coalesce(r.revised, (SELECT n.changed FROM fact_revision n WHERE n.rk > r.rk AND n.rk < ((r.rk >> 20) + 1) << 20 ORDER BY n.rk LIMIT 1)), r.watermark,
	d.title, d.created, d.created_by, d.target, d.start, d.finish, d.business_value, d.value_area, d.activity, d.other
	FROM fact_revision r LEFT JOIN fact_detail d ON d.dk = ((r.rk >> 20) << 20) + r.detail
	WHERE r.rk >= ? AND r.rk < ? ORDER BY r.rk`

// History returns every stored revision of one work item as the service has it, oldest first, also of a
// deleted one. People carry their newest spelling, and the project its id if a list told it later. Fault:
// NotFound.
func (d *Dataset) History(ctx context.Context, id int) ([]devops.Revision, error) {
	const op = "sqlite.History"
	var out []devops.Revision
	err := d.file.view(ctx, op, func(c *zs.Conn) error {
		n, err := readNames(c)
		if err != nil {
			return err
		}
		return each(c, wholeRevision, func(row *zs.Stmt) error {
			r, err := n.revision(row)
			out = append(out, r)
			return err
		}, int64(id)<<revisionBits, (int64(id)+1)<<revisionBits)
	})
	if err == nil && len(out) == 0 {
		err = fault.New(fault.NotFound, op, fmt.Sprintf("Work item %d is not in this dataset.", id),
			"Check its number, or whether its project is among those that are loaded.")
	}
	return out, err
}

// revision decodes a row of wholeRevision.
func (n *names) revision(row *zs.Stmt) (devops.Revision, error) {
	rk := row.ColumnInt64(0)
	s := at(n.situations, row.ColumnInt32(3))
	area, iteration := at(n.places, row.ColumnInt32(4)), at(n.places, row.ColumnInt32(5))
	board := at(n.boards, row.ColumnInt32(23))
	r := devops.Revision{
		ID: int(rk >> revisionBits), Rev: int(rk & maxRevision),
		ProjectID: at(n.projects, s.project).ID, ProjectName: s.projectName, Type: at(n.types, s.kind).Name, State: at(n.states, s.state).Name, Reason: s.reason,
		Changed: columnTime(row, 1), ChangedBy: at(n.people, row.ColumnInt32(2)),
		AreaID: int(area.node), AreaPath: area.path, IterationID: int(iteration.node), Iteration: iteration.path,
		AssignedTo: at(n.people, row.ColumnInt32(6)), Severity: at(n.severities, row.ColumnInt32(7)), Tags: at(n.tagSets, row.ColumnInt32(8)),
		Deleted: row.ColumnBool(9), Priority: columnNumber(row, 10), StoryPoints: columnNumber(row, 11), Effort: columnNumber(row, 12),
		Size: columnNumber(row, 13), OriginalEstimate: columnNumber(row, 14), RemainingWork: columnNumber(row, 15), CompletedWork: columnNumber(row, 16),
		Activated: columnTime(row, 17), ResolvedDate: columnTime(row, 18), Closed: columnTime(row, 19), StateChanged: columnTime(row, 20),
		Comments: row.ColumnInt(21), Parent: row.ColumnInt(22), BoardColumn: board.column, BoardLane: board.lane, BoardColumnDone: board.done,
		StackRank: columnNumber(row, 24), Revised: columnTime(row, 25), Watermark: row.ColumnInt64(26),
		Title: row.ColumnText(27), Created: columnTime(row, 28), CreatedBy: at(n.people, row.ColumnInt32(29)),
		TargetDate: columnTime(row, 30), StartDate: columnTime(row, 31), FinishDate: columnTime(row, 32),
		BusinessValue: columnNumber(row, 33), ValueArea: row.ColumnText(34), Activity: row.ColumnText(35),
	}
	var err error
	if !row.ColumnIsNull(36) {
		r.Other, err = parseOther([]byte(row.ColumnText(36)), n.fields, n.people)
	}
	return r, err
}
