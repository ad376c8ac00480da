package sqlite

import (
	"context"
	"time"
)

// FailedBuildsWithoutTimeline lists, newest first and at most limit, those of BuildsWithoutTimeline that failed.
func (d *Dataset) FailedBuildsWithoutTimeline(ctx context.Context, projectID string, since time.Time, limit int) ([]int, error) {
	return d.numbers(ctx, "sqlite.FailedBuildsWithoutTimeline", `SELECT id FROM fact_build WHERE project = (SELECT id FROM dim_project WHERE key = ?1)
		AND waits IS NOT NULL AND waits = 2 AND (?2 IS NULL OR queued >= ?2) ORDER BY queued DESC, id DESC LIMIT ?3`, projectKey(projectID, ""), millis(since), limit)
}
