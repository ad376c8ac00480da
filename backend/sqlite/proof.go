package sqlite

import (
	"context"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// RevisionSpans says, by ascending work item id, which revisions are held of the items whose current revision
// is in a project, deleted ones too, whichever project a revision was made in.
func (d *Dataset) RevisionSpans(ctx context.Context, projectID string) ([]devops.RevisionSpan, error) {
	var spans []devops.RevisionSpan
	err := d.file.view(ctx, "sqlite.RevisionSpans", func(c *zs.Conn) error {
		// Without the two hints SQLite walks an index of all revisions for each item.
		return each(c, `SELECT i.id, min(r.rk) & 1048575, max(r.rk) & 1048575, count(*) FROM fact_item i
			CROSS JOIN fact_revision r NOT INDEXED ON r.rk >= i.id * 1048576 AND r.rk < (i.id + 1) * 1048576
			WHERE i.project = (SELECT p.id FROM dim_project p WHERE p.key = ?) GROUP BY i.id ORDER BY i.id`,
			func(row *zs.Stmt) error {
				spans = append(spans, devops.RevisionSpan{ID: row.ColumnInt(0), First: row.ColumnInt(1), Last: row.ColumnInt(2), Held: row.ColumnInt(3)})
				return nil
			}, projectKey(projectID, ""))
	})
	return spans, err
}

// ActiveLinks visits every active link of the dataset, in no order.
func (d *Dataset) ActiveLinks(ctx context.Context, visit func(kind string, source, target int)) error {
	return d.file.view(ctx, "sqlite.ActiveLinks", func(c *zs.Conn) error {
		return each(c, "SELECT t.name, l.source, l.target FROM fact_link l JOIN dim_link_type t ON t.id = l.type WHERE l.active = 1",
			func(row *zs.Stmt) error {
				visit(row.ColumnText(0), row.ColumnInt(1), row.ColumnInt(2))
				return nil
			})
	})
}

const projectOf = "project = (SELECT p.id FROM dim_project p WHERE p.key = ?1)"

// heldIDs are the queries of HeldIDs by entity; the project is their parameter.
var heldIDs = map[devops.Entity]string{
	devops.Areas:        "SELECT id FROM dim_node WHERE kind = 0 AND " + projectOf + " ORDER BY id",
	devops.Iterations:   "SELECT id FROM dim_node WHERE kind = 1 AND " + projectOf + " ORDER BY id",
	devops.Definitions:  "SELECT definition FROM dim_definition WHERE listed = 1 AND " + projectOf + " ORDER BY definition",
	devops.Builds:       "SELECT id FROM fact_build WHERE " + projectOf + " ORDER BY id",
	devops.Deployments:  "SELECT id FROM fact_deployment WHERE " + projectOf + " ORDER BY id",
	devops.TestRuns:     "SELECT id FROM fact_test_run WHERE " + projectOf + " ORDER BY id",
	devops.PullRequests: "SELECT id FROM fact_pull_request WHERE " + projectOf + " ORDER BY id",
	devops.Changesets: "SELECT id FROM fact_changeset WHERE " + projectOf + " UNION SELECT changeset FROM fact_changeset_project WHERE " +
		projectOf + " ORDER BY 1",
}

// HeldIDs lists, in ascending order, the ids of the rows of an entity of a project, those that are gone too. ok
// is false for an entity whose rows have no whole number for an id.
func (d *Dataset) HeldIDs(ctx context.Context, projectID string, e devops.Entity) (ids []int, ok bool, err error) {
	query, ok := heldIDs[e]
	if !ok {
		return nil, false, nil
	}
	err = d.file.view(ctx, "sqlite.HeldIDs", func(c *zs.Conn) error {
		return each(c, query, func(row *zs.Stmt) error { ids = append(ids, row.ColumnInt(0)); return nil }, projectKey(projectID, ""))
	})
	return ids, true, err
}
