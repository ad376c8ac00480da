package sqlite

import "sightline/backend/dataset"

// taskAncestor is the name of the nearest record of a kind above a task.
func taskAncestor(kind string) string {
	return `(WITH RECURSIVE up (parent, depth) AS (SELECT t.parent, 0
			UNION ALL SELECT a.parent, up.depth + 1 FROM up JOIN fact_timeline_record a ON a.rk = t.rk - (t.rk & 65535) + up.parent
			WHERE typeof(up.parent) = 'integer' AND up.depth < 50)
		SELECT nullif(n.text, '__default') FROM up JOIN fact_timeline_record a ON a.rk = t.rk - (t.rk & 65535) + up.parent
			JOIN dim_text k ON k.id = a.kind JOIN dim_text n ON n.id = a.name
		WHERE typeof(up.parent) = 'integer' AND k.text = '` + kind + `' ORDER BY up.depth LIMIT 1)`
}

var pipelineRunsList = listTable{
	from: `fact_build b LEFT JOIN dim_project p ON p.id = b.project LEFT JOIN dim_definition d ON d.id = b.definition LEFT JOIN dim_text s ON s.id = b.status
		LEFT JOIN dim_text x ON x.id = b.result LEFT JOIN dim_text why ON why.id = b.reason LEFT JOIN dim_text n ON n.id = b.branch LEFT JOIN dim_text l ON l.id = b.pool
		LEFT JOIN dim_build_source o ON o.id = b.source LEFT JOIN dim_repository r ON o.kind = 'TfsGit' AND r.key = o.repository LEFT JOIN dim_person u ON u.id = b.requested_for`,
	where: "1", row: "b.id", key: "b.id", ids: "b.id" + amongIDs,
	columns: []listColumn{
		{"Id", dataset.Integer, "b.id", plainForm, ""},
		{"Number", dataset.Text, "b.number", plainForm, ""},
		{"Project", dataset.Text, "p.name", plainForm, ""},
		{"Pipeline", dataset.Text, "d.name", plainForm, ""},
		{"Status", dataset.Text, "s.text", plainForm, ""},
		{"Result", dataset.Text, "x.text", plainForm, ""},
		{"Reason", dataset.Text, "why.text", plainForm, ""},
		{"Repository", dataset.Text, "coalesce(r.name, o.repository)", plainForm, ""},
		{"Branch", dataset.Text, refName("n.text"), plainForm, ""},
		{"Pool", dataset.Text, "l.text", plainForm, ""},
		{"Requested for", dataset.Text, "u.name", plainForm, ""},
		{"Tag", dataset.Text, tagsOf("b.tags"), tagsForm, ""},
		{"Queued date", dataset.DateTime, "b.queued", plainForm, ""},
		{"Started date", dataset.DateTime, "b.started", plainForm, ""},
		{"Finished date", dataset.DateTime, "b.finished", plainForm, ""},
		{"Queue minutes", dataset.Number, "(b.started - b.queued) / 60000.0", plainForm, ""},
		{"Run minutes", dataset.Number, "(b.finished - b.started) / 60000.0", plainForm, ""},
		{"Total minutes", dataset.Number, "(b.finished - b.queued) / 60000.0", plainForm, ""},
		{"Gone on server", dataset.Boolean, "b.gone", plainForm, ""},
	},
}

var pipelineTasksList = listTable{
	from: `fact_timeline_record t JOIN dim_text kind ON kind.id = t.kind LEFT JOIN dim_text n ON n.id = t.name LEFT JOIN dim_text x ON x.id = t.result
		LEFT JOIN dim_text w ON w.id = t.worker LEFT JOIN fact_build b ON b.id = t.rk >> 16 LEFT JOIN dim_definition d ON d.id = b.definition`,
	where: "kind.text = 'Task' AND t.started IS NOT NULL", row: "t.rk", key: "t.rk",
	ids: "t.rk IN (SELECT o.rk FROM json_each(?1) i JOIN fact_timeline_record o ON o.rk BETWEEN i.value << 16 AND (i.value << 16) + 65535)",
	columns: []listColumn{
		{"Run", dataset.Integer, "t.rk >> 16", plainForm, ""},
		{"Number", dataset.Text, "b.number", plainForm, ""},
		{"Pipeline", dataset.Text, "d.name", plainForm, ""},
		{"Task", dataset.Text, "n.text", plainForm, ""},
		{"Job", dataset.Text, taskAncestor("Job"), plainForm, ""},
		{"Stage", dataset.Text, taskAncestor("Stage"), plainForm, ""},
		{"Result", dataset.Text, "x.text", plainForm, ""},
		{"Agent", dataset.Text, "w.text", plainForm, ""},
		{"Started date", dataset.DateTime, "t.started", plainForm, ""},
		{"Finished date", dataset.DateTime, "t.finished", plainForm, ""},
		{"Task minutes", dataset.Number, "(t.finished - t.started) / 60000.0", plainForm, ""},
		{"Errors", dataset.Integer, "t.errors", plainForm, ""},
		{"Warnings", dataset.Integer, "t.warnings", plainForm, ""},
	},
}

var testRunsList = listTable{
	from: `fact_test_run t LEFT JOIN dim_project p ON p.id = t.project LEFT JOIN dim_text s ON s.id = t.state LEFT JOIN dim_text g ON g.id = t.stage
		LEFT JOIN dim_person u ON u.id = t.owner LEFT JOIN fact_build b ON b.id = t.build LEFT JOIN dim_definition d ON d.id = b.definition`,
	where: "t.project IN (SELECT id FROM dim_project)", row: "t.id", key: "t.id * 65536 + t.project", ids: "t.id" + amongIDs,
	columns: []listColumn{
		{"Id", dataset.Integer, "t.id", plainForm, ""},
		{"Name", dataset.Text, "t.name", plainForm, ""},
		{"Project", dataset.Text, "p.name", plainForm, ""},
		{"Run", dataset.Integer, "nullif(t.build, 0)", plainForm, ""},
		{"Number", dataset.Text, "b.number", plainForm, ""},
		{"Pipeline", dataset.Text, "d.name", plainForm, ""},
		{"State", dataset.Text, "s.text", plainForm, ""},
		{"Is automated", dataset.Boolean, "t.automated", plainForm, ""},
		{"Workflow", dataset.Text, "CASE WHEN t.release <> 0 THEN '" + releaseWorkflow + "' WHEN t.build <> 0 THEN '" + buildWorkflow + "' ELSE '" + manualWorkflow + "' END", plainForm, ""},
		{"Stage", dataset.Text, "g.text", plainForm, ""},
		{"Owner", dataset.Text, "u.name", plainForm, ""},
		{"Started date", dataset.DateTime, "t.started", plainForm, ""},
		{"Completed date", dataset.DateTime, "t.completed", plainForm, ""},
		{"Run minutes", dataset.Number, "(t.completed - t.started) / 60000.0", plainForm, ""},
		{"Total", dataset.Integer, "t.total", plainForm, ""},
		{"Passed", dataset.Integer, "t.passed", plainForm, ""},
		{"Failed", dataset.Integer, "t.failed", plainForm, ""},
		{"Not executed", dataset.Integer, "t.not_executed", plainForm, ""},
	},
}

var deploymentsList = listTable{
	from: `fact_deployment x LEFT JOIN dim_project p ON p.id = x.project LEFT JOIN dim_environment e ON e.id = x.environment LEFT JOIN dim_release_definition d ON d.id = e.definition
		LEFT JOIN dim_text why ON why.id = x.reason LEFT JOIN dim_text s ON s.id = x.status LEFT JOIN dim_person u ON u.id = x.requested_for`,
	where: "x.project IN (SELECT id FROM dim_project)", row: "x.id", key: "x.id * 65536 + x.project", ids: "x.id" + amongIDs,
	columns: []listColumn{
		{"Id", dataset.Integer, "x.id", plainForm, ""},
		{"Release", dataset.Text, "x.release_name", plainForm, ""},
		{"Release pipeline", dataset.Text, "d.name", plainForm, ""},
		{"Environment", dataset.Text, "e.name", plainForm, ""},
		{"Status", dataset.Text, "s.text", plainForm, ""},
		{"Reason", dataset.Text, "why.text", plainForm, ""},
		{"Project", dataset.Text, "p.name", plainForm, ""},
		{"Requested for", dataset.Text, "u.name", plainForm, ""},
		{"Run", dataset.Integer, "nullif(x.build, 0)", plainForm, ""},
		{"Queued date", dataset.DateTime, "x.queued", plainForm, ""},
		{"Started date", dataset.DateTime, "x.started", plainForm, ""},
		{"Completed date", dataset.DateTime, "x.completed", plainForm, ""},
		{"Minutes", dataset.Number, "(x.completed - x.started) / 60000.0", plainForm, ""},
	},
}
