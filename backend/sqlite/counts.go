package sqlite

import (
	"context"
	"maps"
	"sync"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// tally counts the rows of each project by its number.
type tally map[int64]map[devops.Entity]int

func (t tally) add(project int64, e devops.Entity, n int) {
	if t[project] == nil {
		t[project] = map[devops.Entity]int{}
	}
	t[project][e] += n
}

// countCache keeps the counts of all projects of one generation of the data: counting revisions means reading
// all of them.
type countCache struct {
	mu         sync.Mutex
	generation int64
	held, gone tally
	keys       map[string]int64 // number of a project by its key
}

// countQuery counts rows by project: it selects a project's number and how many.
type countQuery struct {
	entity     devops.Entity
	held, gone string
}

// byProject and byRepository make the queries of a table that has a project, or a repository of one.
func byProject(e devops.Entity, table, held, gone string) countQuery {
	q := countQuery{entity: e, held: "SELECT project, count(*) FROM " + table + " WHERE " + held + " GROUP BY project"}
	if gone != "" {
		q.gone = "SELECT project, count(*) FROM " + table + " WHERE " + gone + " GROUP BY project"
	}
	return q
}

func byRepository(e devops.Entity, table, held, gone string) countQuery {
	const from = "SELECT r.project, sum(n) FROM (SELECT repository, count(*) AS n FROM "
	const to = " GROUP BY repository) JOIN dim_repository r ON r.id = repository GROUP BY r.project"
	q := countQuery{entity: e, held: from + table + " WHERE " + held + to}
	if gone != "" {
		q.gone = from + table + " WHERE " + gone + to
	}
	return q
}

const everyRow = "1"

var countsByProject = []countQuery{
	byProject(devops.Teams, "dim_team", everyRow, ""),
	byProject(devops.Areas, "dim_node", "kind = 0 AND gone = 0", "kind = 0 AND gone = 1"),
	byProject(devops.Iterations, "dim_node", "kind = 1 AND gone = 0", "kind = 1 AND gone = 1"),
	byProject(devops.WorkItemTypes, "dim_type", "listed = 1", ""),
	{entity: devops.Boards, held: "SELECT t.project, count(*) FROM dim_team_board b JOIN dim_team t ON t.guid = b.team GROUP BY t.project"},
	{entity: devops.Capacities, held: `SELECT t.project, count(*) FROM (SELECT team FROM dim_capacity UNION ALL SELECT team FROM dim_day_off) b
		JOIN dim_team t ON t.guid = b.team GROUP BY t.project`},
	byProject(devops.WorkItems, "fact_item", "deleted = 0", "deleted = 1"),
	byProject(devops.Repositories, "dim_repository", "listed = 1 AND gone = 0", "listed = 1 AND gone = 1"),
	byRepository(devops.Branches, "fact_branch", "gone = 0", "gone = 1"),
	byRepository(devops.Commits, "fact_commit", everyRow, ""),
	byRepository(devops.Pushes, "fact_push", everyRow, ""),
	byProject(devops.PullRequests, "fact_pull_request", everyRow, ""),
	byProject(devops.Reviews, "fact_review", everyRow, ""),
	byProject(devops.Definitions, "dim_definition", "listed = 1 AND gone = 0", "listed = 1 AND gone = 1"),
	byProject(devops.Builds, "fact_build", "gone = 0", "gone = 1"),
	byProject(devops.Timelines, "fact_timeline", everyRow, ""),
	{entity: devops.TimelineRows, held: "SELECT project, sum(records) FROM fact_timeline GROUP BY project"},
	byProject(devops.Deployments, "fact_deployment", everyRow, ""),
	byProject(devops.TestRuns, "fact_test_run", everyRow, ""),
	{entity: devops.Changesets, held: `SELECT project, count(*) FROM (SELECT project FROM fact_changeset UNION ALL SELECT project FROM fact_changeset_project)
		GROUP BY project`},
	{entity: devops.ChangedFiles, held: `SELECT project, count(*) FROM (SELECT project, id FROM fact_changeset UNION ALL
		SELECT project, changeset FROM fact_changeset_project) s JOIN fact_changed_file f ON f.changeset = s.id GROUP BY project`},
	byProject(devops.TFVCBranches, "dim_tfvc_branch", "gone = 0", "gone = 1"),
}

// Counts says how many rows of each entity the dataset holds of a project, for the proof of load. Rows that
// are kept though they are gone, or deleted like work items in the recycle bin, are counted apart.
//
// Work items count where they are now, revisions where they were then, as the feed of one project tells them.
// Links count when they are active and either end is in the project now. Commits, pushes and branches count for
// the project of their repository, boards and capacities for that of their team. An unknown project has none.
func (d *Dataset) Counts(ctx context.Context, projectID string) (held, gone map[devops.Entity]int, err error) {
	d.counts.mu.Lock()
	defer d.counts.mu.Unlock()
	err = d.file.view(ctx, "sqlite.Counts", func(c *zs.Conn) error {
		meta, err := readMeta(c)
		if err != nil {
			return err
		}
		_, generation := infoOf(meta)
		if d.counts.held != nil && d.counts.generation == generation {
			return nil
		}
		d.counts.held = nil // until it is whole again
		return d.counts.read(c, generation)
	})
	if err != nil {
		return nil, nil, err
	}
	project := d.counts.keys[projectKey(projectID, "")]
	return whole(d.counts.held[project], project), whole(d.counts.gone[project], project), nil
}

// whole copies the counts of a project.
func whole(counts map[devops.Entity]int, project int64) map[devops.Entity]int {
	out := map[devops.Entity]int{}
	if project != 0 {
		maps.Copy(out, counts)
	}
	return out
}

// read counts everything of every project.
func (k *countCache) read(c *zs.Conn, generation int64) error {
	held, gone, keys := tally{}, tally{}, map[string]int64{}
	err := each(c, "SELECT key, id FROM dim_project", func(row *zs.Stmt) error {
		keys[row.ColumnText(0)] = row.ColumnInt64(1)
		return nil
	})
	if err != nil {
		return err
	}
	count := func(into tally, e devops.Entity, query string) error {
		if query == "" {
			return nil
		}
		return each(c, query, func(row *zs.Stmt) error {
			into.add(row.ColumnInt64(0), e, row.ColumnInt(1))
			return nil
		})
	}
	for _, q := range countsByProject {
		if err := firstOf(count(held, q.entity, q.held), count(gone, q.entity, q.gone)); err != nil {
			return err
		}
	}
	if err := firstOf(countRevisions(c, held), countLinks(c, held)); err != nil {
		return err
	}
	k.generation, k.held, k.gone, k.keys = generation, held, gone, keys
	return nil
}

// countRevisions counts revisions by the project they name, in one pass over all of them: grouping them in SQL
// would sort them.
func countRevisions(c *zs.Conn, held tally) error {
	var projects []int64 // of each situation
	err := each(c, "SELECT id, project FROM dim_situation", func(row *zs.Stmt) error {
		put(&projects, row.ColumnInt64(0), row.ColumnInt64(1))
		return nil
	})
	if err != nil {
		return err
	}
	counts := make([]int, len(projects))
	err = each(c, "SELECT situation FROM fact_revision", func(row *zs.Stmt) error {
		if s := row.ColumnInt(0); s < len(counts) {
			counts[s]++
		}
		return nil
	})
	for s, n := range counts {
		if n > 0 {
			held.add(projects[s], devops.Revisions, n)
		}
	}
	return err
}

// countLinks counts each active link once for each project that an end of it is in.
func countLinks(c *zs.Conn, held tally) error {
	return each(c, `SELECT s.project, t.project FROM fact_link l LEFT JOIN fact_item s ON s.id = l.source LEFT JOIN fact_item t ON t.id = l.target
		WHERE l.active = 1`, func(row *zs.Stmt) error {
		source, target := row.ColumnInt64(0), row.ColumnInt64(1)
		held.add(source, devops.Links, 1)
		if target != source {
			held.add(target, devops.Links, 1)
		}
		return nil
	})
}
