package sqlite

import (
	"context"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// revisionFeed is the feed that carries the history of work items.
const revisionFeed = "revisions"

// storeCursors stores the cursors of a batch.
func (t *tables) storeCursors(b *devops.Batch) error {
	cursors := b.Cursors
	if b.Cursor != nil {
		cursors = append([]devops.Cursor{*b.Cursor}, cursors...)
	}
	history := false
	for _, cursor := range cursors {
		if err := storeCursor(t.c, cursor); err != nil {
			return err
		}
		history = history || cursor.Feed == revisionFeed
	}
	if !history {
		return nil
	}
	return t.noteComplete()
}

func storeCursor(c *zs.Conn, cursor devops.Cursor) error {
	return run(c, `INSERT INTO sync_cursor (feed, scope, token, done) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET token = excluded.token, done = excluded.done`,
		cursor.Feed, cursor.Scope, cursor.Token, cursor.Done)
}

// noteComplete remembers for good that the history was once loaded whole: by a feed over the whole
// organization, or by one for each project that is not gone.
func (t *tables) noteComplete() error {
	return run(t.c, `INSERT INTO meta (name, value) SELECT ?1, '1'
		WHERE EXISTS (SELECT 1 FROM sync_cursor WHERE feed = ?2 AND scope = '' AND done = 1)
		OR (EXISTS (SELECT 1 FROM dim_project WHERE listed = 1 AND gone = 0) AND NOT EXISTS (
			SELECT 1 FROM dim_project p WHERE p.listed = 1 AND p.gone = 0 AND NOT EXISTS (
				SELECT 1 FROM sync_cursor s WHERE s.feed = ?2 AND lower(s.scope) = p.key AND s.done = 1)))
		ON CONFLICT DO NOTHING`, metaComplete, revisionFeed)
}

// Cursor returns the saved cursor of a feed and scope; ok is false when there is none yet.
func (d *Dataset) Cursor(ctx context.Context, feed, scope string) (cursor devops.Cursor, ok bool, err error) {
	err = d.file.view(ctx, "sqlite.Cursor", func(c *zs.Conn) error {
		return each(c, "SELECT token, done FROM sync_cursor WHERE feed = ? AND scope = ?", func(row *zs.Stmt) error {
			cursor, ok = devops.Cursor{Feed: feed, Scope: scope, Token: row.ColumnText(0), Done: row.ColumnBool(1)}, true
			return nil
		}, feed, scope)
	})
	return cursor, ok, err
}

// WorkItemIDs lists, in ascending order, the ids whose current revision is in the project and is not
// deleted.
func (d *Dataset) WorkItemIDs(ctx context.Context, projectID string) ([]int, error) {
	var ids []int
	err := d.file.view(ctx, "sqlite.WorkItemIDs", func(c *zs.Conn) error {
		return each(c, `SELECT w.id FROM fact_item w WHERE w.deleted = 0
			AND w.project = (SELECT p.id FROM dim_project p WHERE p.key = ?) ORDER BY w.id`,
			func(row *zs.Stmt) error { ids = append(ids, row.ColumnInt(0)); return nil }, projectKey(projectID, ""))
	})
	return ids, err
}

// Projects lists the projects the dataset holds, also those that are gone, by name. Projects that only
// work items name, because they moved there, are not among them.
func (d *Dataset) Projects(ctx context.Context) ([]devops.Project, error) {
	var projects []devops.Project
	err := d.file.view(ctx, "sqlite.Projects", func(c *zs.Conn) (err error) {
		projects, err = readProjects(c)
		return err
	})
	return projects, err
}
