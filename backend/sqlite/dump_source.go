package sqlite

import (
	"io"
	"strings"

	zs "zombiezen.com/go/sqlite"
)

// lines writes one line for each row of a query, as columns gives its values, in the order of the query.
func lines(c *zs.Conn, w io.Writer, table, query string, values func(row *zs.Stmt) ([]any, error)) error {
	return each(c, query, func(row *zs.Stmt) error {
		v, err := values(row)
		if err != nil {
			return err
		}
		return line(w, table, v...)
	})
}

// texts reads columns as texts, NULL as null.
func texts(row *zs.Stmt, from, to int) []any {
	var out []any
	for i := from; i < to; i++ {
		out = append(out, plainColumn(row, i))
	}
	return out
}

// plainColumn reads a column as it is: a number, a text, or an id that is stored as bytes.
func plainColumn(row *zs.Stmt, i int) any {
	switch row.ColumnType(i) {
	case zs.TypeNull:
		return nil
	case zs.TypeInteger:
		return row.ColumnInt64(i)
	case zs.TypeFloat:
		return row.ColumnFloat(i)
	case zs.TypeBlob:
		return columnID(row, i)
	}
	return row.ColumnText(i)
}

// plainRows is the function for lines that writes every column as it is.
func plainRows(row *zs.Stmt) ([]any, error) { return texts(row, 0, row.ColumnCount()), nil }

// who is the key of a person by number.
func (n *names) who(id int64) string {
	p := at(n.people, int32(id))
	return personKey(&p)
}

func dumpSource(c *zs.Conn, n *names, w io.Writer) error {
	for _, q := range [][2]string{
		{"repository", `SELECT r.key, p.key, r.name, r.default_branch, r.size, r.web_url, r.disabled, r.in_maintenance, r.fork, r.gone
			FROM dim_repository r LEFT JOIN dim_project p ON p.id = r.project WHERE r.listed = 1 ORDER BY r.key`},
		{"branch", `SELECT r.key, n.text, b.head, b.gone FROM fact_branch b JOIN dim_repository r ON r.id = b.repository
			JOIN dim_text n ON n.id = b.ref ORDER BY r.key, n.text`},
		{"commit", `SELECT r.key, m.sha, a.name, a.address, m.authored, k.name, k.address, m.committed, m.adds, m.edits, m.deletes, coalesce(t.comment, '')
			FROM fact_commit m JOIN dim_repository r ON r.id = m.repository LEFT JOIN dim_signature a ON a.id = m.author
			LEFT JOIN dim_signature k ON k.id = m.committer LEFT JOIN fact_commit_comment t ON t.id = m.id ORDER BY r.key, m.sha`},
		{"push", `SELECT r.key, h.id, h.pushed, coalesce(u.key, ''), (SELECT json_group_array(json_array(n.text, lower(hex(o.old)), lower(hex(o.new)))) FROM
				(SELECT * FROM fact_ref_update WHERE repository = h.repository AND push = h.id ORDER BY position) o JOIN dim_text n ON n.id = o.ref)
			FROM fact_push h JOIN dim_repository r ON r.id = h.repository LEFT JOIN dim_person u ON u.id = h.pushed_by ORDER BY r.key, h.id`},
		{"changeset", `SELECT s.id, (SELECT json_group_array(key) FROM (SELECT p.key FROM dim_project p WHERE p.id = s.project OR EXISTS (
				SELECT 1 FROM fact_changeset_project a WHERE a.project = p.id AND a.changeset = s.id) ORDER BY p.key)),
			coalesce(a.key, ''), coalesce(b.key, ''), s.created, s.comment, s.files_read FROM fact_changeset s
			LEFT JOIN dim_person a ON a.id = s.author LEFT JOIN dim_person b ON b.id = s.checked_in_by ORDER BY s.id`},
		{"file", `SELECT f.changeset, coalesce(d.text || '/', '') || m.name AS path, f.flags, f.folder, f.size FROM fact_changed_file f
			JOIN dim_file m ON m.id = f.file LEFT JOIN dim_text d ON d.id = m.folder ORDER BY f.changeset, path`},
		{"tfvc", `SELECT b.path, p.key, b.parent, coalesce(u.key, ''), b.created, b.deleted, b.gone FROM dim_tfvc_branch b
			LEFT JOIN dim_project p ON p.id = b.project LEFT JOIN dim_person u ON u.id = b.owner ORDER BY b.path`},
	} {
		if err := lines(c, w, q[0], q[1], plainRows); err != nil {
			return err
		}
	}
	return dumpPullRequests(c, n, w)
}

func dumpPullRequests(c *zs.Conn, n *names, w io.Writer) error {
	err := lines(c, w, "pull", wholePullRequest+"ORDER BY q.id", func(row *zs.Stmt) ([]any, error) {
		reviewers, err := n.triples(row.ColumnText(15), true)
		return []any{row.ColumnInt(0), strings.ToLower(row.ColumnText(1)), strings.ToLower(row.ColumnText(2)), row.ColumnText(3), row.ColumnText(4),
			row.ColumnText(5), row.ColumnText(6), row.ColumnText(7), row.ColumnBool(8), columnTime(row, 9), columnTime(row, 10),
			n.who(row.ColumnInt64(11)), n.who(row.ColumnInt64(12)), columnID(row, 13), plainColumn(row, 14), reviewers}, err
	})
	if err != nil {
		return err
	}
	return lines(c, w, "review", `SELECT v.pull_request, p.key, r.key, v.threads, v.comments, v.first_review, v.votes FROM fact_review v
		LEFT JOIN dim_project p ON p.id = v.project LEFT JOIN dim_repository r ON r.id = v.repository ORDER BY v.pull_request`, func(row *zs.Stmt) ([]any, error) {
		votes, err := n.triples(row.ColumnText(6), false)
		return append(texts(row, 0, 6), votes), err
	})
}

// triples writes reviewers or votes with the keys of people, reviewers in their order.
func (n *names) triples(text string, inOrder bool) (string, error) {
	rows, err := parseTriples(text)
	if err != nil {
		return "", err
	}
	var out sorted
	for _, row := range rows {
		if err := line(&out, "", n.who(row[0]), row[1], row[2]); err != nil {
			return "", err
		}
	}
	var all strings.Builder
	if inOrder {
		err = out.flush(&all)
	} else {
		_, err = all.WriteString(strings.Join(out, ""))
	}
	return all.String(), err
}
