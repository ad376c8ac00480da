package sqlite

import (
	"context"
	"os"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// Stats say how much a dataset holds.
type Stats struct {
	// Rows counts what is stored by entity: projects, people, teams, areas, iterations, fields, types,
	// states, workItems (not deleted), deletedWorkItems, revisions, links, and the further entities of devops by
	// their names, without rows that are gone.
	Rows map[string]int
	// Bytes is the size on disk, with the part that waits in the write-ahead log.
	Bytes int64
}

var countQueries = map[string]string{
	"projects":         "SELECT count(*) FROM dim_project WHERE listed = 1",
	"people":           "SELECT count(*) FROM dim_person",
	"teams":            "SELECT count(*) FROM dim_team",
	"areas":            "SELECT count(*) FROM dim_node WHERE kind = 0 AND gone = 0",
	"iterations":       "SELECT count(*) FROM dim_node WHERE kind = 1 AND gone = 0",
	"fields":           "SELECT count(*) FROM dim_field WHERE listed = 1",
	"types":            "SELECT count(*) FROM dim_type WHERE listed = 1",
	"states":           "SELECT count(*) FROM dim_state WHERE listed = 1",
	"workItems":        "SELECT count(*) FROM fact_item WHERE deleted = 0",
	"deletedWorkItems": "SELECT count(*) FROM fact_item WHERE deleted = 1",
	"revisions":        "SELECT count(*) FROM fact_revision",
	"links":            "SELECT count(*) FROM fact_link WHERE active = 1",

	string(devops.Boards):       "SELECT count(*) FROM dim_team_board",
	string(devops.Capacities):   "SELECT (SELECT count(*) FROM dim_capacity) + (SELECT count(*) FROM dim_day_off)",
	string(devops.Repositories): "SELECT count(*) FROM dim_repository WHERE listed = 1 AND gone = 0",
	string(devops.Branches):     "SELECT count(*) FROM fact_branch WHERE gone = 0",
	string(devops.Commits):      "SELECT count(*) FROM fact_commit",
	string(devops.Pushes):       "SELECT count(*) FROM fact_push",
	string(devops.PullRequests): "SELECT count(*) FROM fact_pull_request",
	string(devops.Reviews):      "SELECT count(*) FROM fact_review",
	string(devops.Definitions):  "SELECT count(*) FROM dim_definition WHERE listed = 1 AND gone = 0",
	string(devops.Builds):       "SELECT count(*) FROM fact_build WHERE gone = 0",
	string(devops.Timelines):    "SELECT count(*) FROM fact_timeline",
	string(devops.TimelineRows): "SELECT count(*) FROM fact_timeline_record",
	string(devops.Deployments):  "SELECT count(*) FROM fact_deployment",
	string(devops.TestRuns):     "SELECT count(*) FROM fact_test_run",
	string(devops.Changesets):   "SELECT count(*) FROM fact_changeset",
	string(devops.ChangedFiles): "SELECT count(*) FROM fact_changed_file",
	string(devops.TFVCBranches): "SELECT count(*) FROM dim_tfvc_branch WHERE gone = 0",
}

// Stats counts the rows of each entity in one state of the data.
func (d *Dataset) Stats(ctx context.Context) (Stats, error) {
	s := Stats{Rows: map[string]int{}}
	err := d.file.view(ctx, "sqlite.Stats", func(c *zs.Conn) error {
		for entity, query := range countQueries {
			err := each(c, query, func(row *zs.Stmt) error { s.Rows[entity] = row.ColumnInt(0); return nil })
			if err != nil {
				return err
			}
		}
		return nil
	})
	for _, suffix := range []string{"", "-wal"} {
		if info, statErr := os.Stat(d.file.path + suffix); statErr == nil {
			s.Bytes += info.Size()
		}
	}
	return s, err
}
