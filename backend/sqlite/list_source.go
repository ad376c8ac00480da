package sqlite

import "sightline/backend/dataset"

var commitsList = listTable{
	from: `fact_commit c JOIN dim_repository r ON r.id = c.repository LEFT JOIN dim_project p ON p.id = r.project LEFT JOIN dim_signature a ON a.id = c.author
		LEFT JOIN dim_signature m ON m.id = c.committer LEFT JOIN fact_commit_comment t ON t.id = c.id`,
	where: "1", row: "c.id", key: "c.id",
	names: "c.repository IN (SELECT id FROM dim_repository) AND c.sha IN (SELECT coalesce(unhex(value), value) FROM json_each(?1))",
	columns: []listColumn{
		{"Commit id", dataset.Text, commitName("c.sha"), plainForm, ""},
		{"Project", dataset.Text, "p.name", plainForm, ""},
		{"Repository", dataset.Text, "r.name", plainForm, ""},
		{"Comment", dataset.Text, "t.comment", plainForm, ""},
		{"Author", dataset.Text, "a.name", plainForm, ""},
		{"Author date", dataset.DateTime, "c.authored", plainForm, ""},
		{"Committer", dataset.Text, "m.name", plainForm, ""},
		{"Commit date", dataset.DateTime, "c.committed", plainForm, ""},
		{"Files added", dataset.Number, "c.adds", plainForm, ""},
		{"Files edited", dataset.Number, "c.edits", plainForm, ""},
		{"Files deleted", dataset.Number, "c.deletes", plainForm, ""},
	},
}

var pullRequestsList = listTable{
	from: `fact_pull_request q LEFT JOIN dim_project p ON p.id = q.project LEFT JOIN dim_repository r ON r.id = q.repository LEFT JOIN dim_text s ON s.id = q.status
		LEFT JOIN dim_text source ON source.id = q.source LEFT JOIN dim_text target ON target.id = q.target
		LEFT JOIN dim_person creator ON creator.id = q.created_by LEFT JOIN dim_person closer ON closer.id = q.closed_by LEFT JOIN fact_review v ON v.pull_request = q.id`,
	where: "1", row: "q.id", key: "q.id", ids: "q.id" + amongIDs,
	columns: []listColumn{
		{"Id", dataset.Integer, "q.id", plainForm, ""},
		{"Title", dataset.Text, "q.title", plainForm, ""},
		{"Status", dataset.Text, "s.text", plainForm, ""},
		{"Is draft", dataset.Boolean, "q.draft", plainForm, ""},
		{"Project", dataset.Text, "p.name", plainForm, ""},
		{"Repository", dataset.Text, "r.name", plainForm, ""},
		{"Source branch", dataset.Text, refName("source.text"), plainForm, ""},
		{"Target branch", dataset.Text, refName("target.text"), plainForm, ""},
		{"Created by", dataset.Text, "creator.name", plainForm, ""},
		{"Created date", dataset.DateTime, "q.created", plainForm, ""},
		{"Closed date", dataset.DateTime, "q.closed", plainForm, ""},
		{"Closed by", dataset.Text, "closer.name", plainForm, ""},
		{"Hours to close", dataset.Number, "(q.closed - q.created) / 3600000.0", plainForm, ""},
		{"First review date", dataset.DateTime, "v.first_review", plainForm, ""},
		{"Hours to first review", dataset.Number, "(v.first_review - q.created) / 3600000.0", plainForm, ""},
		{"Comments", dataset.Integer, "v.comments", plainForm, ""},
		{"Label", dataset.Text, tagsOf("q.labels"), tagsForm, ""},
	},
}

var reviewsList = listTable{
	from: `fact_pull_request q JOIN json_each(CASE WHEN json_valid(q.reviewers) THEN q.reviewers ELSE '[]' END) w
		LEFT JOIN dim_person u ON u.id = iif(w.type = 'array', json_extract(w.value, '$[0]'), 0)`,
	where: "w.type = 'array'", row: "q.id", key: "q.id * 65536 + w.key", ids: "q.id" + amongIDs,
	columns: []listColumn{
		{"Pull request", dataset.Integer, "q.id", plainForm, ""},
		{"Title", dataset.Text, "q.title", plainForm, ""},
		{"Reviewer", dataset.Text, "u.name", plainForm, ""},
		{"Vote", dataset.Text, "json_extract(w.value, '$[1]')", voteForm, ""},
		{"Is required", dataset.Boolean, "json_extract(w.value, '$[2]') & 1", plainForm, ""},
	},
}

var changesetsList = listTable{
	from: `fact_changeset c LEFT JOIN dim_project p ON p.id = c.project LEFT JOIN dim_person a ON a.id = c.author
		LEFT JOIN dim_person k ON k.id = c.checked_in_by`,
	where: "1", row: "c.id", key: "c.id", ids: "c.id" + amongIDs,
	columns: []listColumn{
		{"Id", dataset.Integer, "c.id", plainForm, ""},
		{"Comment", dataset.Text, "c.comment", plainForm, ""},
		{"Project", dataset.Text, "p.name", plainForm, ""},
		{"Author", dataset.Text, "a.name", plainForm, ""},
		{"Checked in by", dataset.Text, "k.name", plainForm, ""},
		{"Created date", dataset.DateTime, "c.created", plainForm, ""},
		{"Files", dataset.Integer, "CASE c.files_read WHEN 1 THEN (SELECT count(*) FROM fact_changed_file f WHERE f.changeset = c.id) END", plainForm, ""},
	},
}

var fileChangesList = listTable{
	from:  "fact_changed_file f JOIN dim_file n ON n.id = f.file LEFT JOIN dim_text d ON d.id = n.folder",
	where: "1", row: "f.changeset", key: "f.changeset * 2147483648 + f.file", ids: "f.changeset" + amongIDs,
	columns: []listColumn{
		{"Changeset", dataset.Integer, "f.changeset", plainForm, ""},
		{"Path", dataset.Text, "CASE WHEN d.id IS NULL THEN n.name ELSE d.text || '/' || n.name END", plainForm, ""},
		{"Change type", dataset.Text, "f.flags", flagsForm, ""},
		{"Extension", dataset.Text, "CASE f.folder WHEN 0 THEN n.name END", extensionForm, ""},
		{"Is folder", dataset.Boolean, "f.folder", plainForm, ""},
		{"Bytes", dataset.Integer, "f.size", plainForm, ""},
	},
}

var tfvcBranchesList = listTable{
	from:  "dim_tfvc_branch b LEFT JOIN dim_project p ON p.id = b.project LEFT JOIN dim_person u ON u.id = b.owner",
	where: "b.deleted = 0 AND b.gone = 0", row: "b.path", key: "b.path", names: "b.path" + amongIDs,
	columns: []listColumn{
		{"Branch", dataset.Text, "b.path", plainForm, ""},
		{"Project", dataset.Text, "p.name", plainForm, ""},
		{"Parent branch", dataset.Text, "b.parent", plainForm, ""},
		{"Owner", dataset.Text, "u.name", plainForm, ""},
		{"Created date", dataset.DateTime, "b.created", plainForm, ""},
	},
}
