package sqlite

import (
	"io"

	zs "zombiezen.com/go/sqlite"
)

func dumpPipelines(c *zs.Conn, _ *names, w io.Writer) error {
	for _, q := range [][2]string{
		{"definition", `SELECT p.key, d.definition, d.name, d.path, d.queue_status, d.kind, d.gone, d.listed FROM dim_definition d
			LEFT JOIN dim_project p ON p.id = d.project ORDER BY p.key, d.definition`},
		{"build", `SELECT b.id, p.key, b.number, d.definition, s.text, x.text, y.text, n.text, b.version, o.kind, o.repository, l.text,
			b.queued, b.started, b.finished, coalesce(u.key, ''), coalesce(v.key, ''), ts.tags, b.keep_forever, b.gone
			FROM fact_build b LEFT JOIN dim_project p ON p.id = b.project LEFT JOIN dim_definition d ON d.id = b.definition
			LEFT JOIN dim_text s ON s.id = b.status LEFT JOIN dim_text x ON x.id = b.result LEFT JOIN dim_text y ON y.id = b.reason
			LEFT JOIN dim_text n ON n.id = b.branch LEFT JOIN dim_text l ON l.id = b.pool LEFT JOIN dim_build_source o ON o.id = b.source
			LEFT JOIN dim_person u ON u.id = b.requested_for LEFT JOIN dim_person v ON v.id = b.requested_by
			LEFT JOIN dim_tag_set ts ON ts.id = b.tags ORDER BY b.id`},
		{"timeline", "SELECT t.build, p.key, t.empty, t.records FROM fact_timeline t LEFT JOIN dim_project p ON p.id = t.project ORDER BY t.build"},
		{"record", `SELECT t.rk >> 16, t.id, coalesce(m.id, t.parent), k.text, n.text, i.text, s.text, x.text, w.text, t.position, t.attempt, t.errors, t.warnings,
			t.started, t.finished FROM fact_timeline_record t
			LEFT JOIN fact_timeline_record m ON typeof(t.parent) = 'integer' AND m.rk = ((t.rk >> 16) << 16) + t.parent
			LEFT JOIN dim_text k ON k.id = t.kind LEFT JOIN dim_text n ON n.id = t.name LEFT JOIN dim_text i ON i.id = t.identifier
			LEFT JOIN dim_text s ON s.id = t.state LEFT JOIN dim_text x ON x.id = t.result LEFT JOIN dim_text w ON w.id = t.worker ORDER BY t.rk`},
		{"environment", `SELECT p.key, d.definition, d.name, e.environment, e.name FROM dim_environment e JOIN dim_release_definition d ON d.id = e.definition
			LEFT JOIN dim_project p ON p.id = d.project ORDER BY p.key, d.definition, e.environment`},
		{"deployment", `SELECT p.key, x.id, x.release, x.release_name, d.definition, e.environment, x.attempt, y.text, s.text, o.text, x.queued, x.started, x.completed,
			x.modified, coalesce(u.key, ''), coalesce(v.key, ''), x.build FROM fact_deployment x LEFT JOIN dim_project p ON p.id = x.project
			LEFT JOIN dim_environment e ON e.id = x.environment LEFT JOIN dim_release_definition d ON d.id = e.definition
			LEFT JOIN dim_text y ON y.id = x.reason LEFT JOIN dim_text s ON s.id = x.status LEFT JOIN dim_text o ON o.id = x.operation
			LEFT JOIN dim_person u ON u.id = x.requested_for LEFT JOIN dim_person v ON v.id = x.requested_by ORDER BY p.key, x.id`},
		{"run", `SELECT p.key, r.id, r.name, r.automated, s.text, r.started, r.completed, r.updated, coalesce(u.key, ''), r.build, r.release, g.text, r.total,
			r.passed, r.failed, r.not_executed, r.incomplete, r.not_applicable, r.outcomes FROM fact_test_run r LEFT JOIN dim_project p ON p.id = r.project
			LEFT JOIN dim_text s ON s.id = r.state LEFT JOIN dim_text g ON g.id = r.stage LEFT JOIN dim_person u ON u.id = r.owner ORDER BY p.key, r.id`},
		{"board", "SELECT team, board, name, backlog, column_field, done_field, lane_field, columns, lanes FROM dim_team_board ORDER BY team, board"},
		{"capacity", `SELECT c.team, c.iteration, u.key, c.activity, c.per_day FROM dim_capacity c JOIN dim_person u ON u.id = c.person
			ORDER BY c.team, c.iteration, u.key, c.activity`},
		{"off", `SELECT o.team, o.iteration, coalesce(u.key, ''), o.first, o.last FROM dim_day_off o LEFT JOIN dim_person u ON u.id = o.person
			ORDER BY o.team, o.iteration, u.key, o.first, o.last`},
	} {
		if err := lines(c, w, q[0], q[1], plainRows); err != nil {
			return err
		}
	}
	return nil
}
