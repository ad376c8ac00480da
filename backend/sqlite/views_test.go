package sqlite_test

import (
	"database/sql"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/devops"
)

// foreign opens the file as any tool would, through database/sql, while Sightline has it open for writing.
func foreign(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// query returns the rows as texts, NULL as null.
func query(t *testing.T, db *sql.DB, text string) (columns []string, lines []string) {
	t.Helper()
	rows, err := db.Query(text)
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	defer rows.Close()
	if columns, err = rows.Columns(); err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		texts := make([]string, len(values))
		for i, v := range values {
			if texts[i] = fmt.Sprint(v); v == nil {
				texts[i] = "null"
			}
		}
		lines = append(lines, strings.Join(texts, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return columns, lines
}

func TestTheViewsSayWhatTheModelSays(t *testing.T) {
	d, m := openNew(t), newModel()
	for _, b := range makeWorld(21, 800, 100).batches {
		commit(t, d, b)
		m.apply(b)
	}
	db := foreign(t, d.Path())
	orNull := func(s string) string {
		if s == "" {
			return "null"
		}
		return s
	}
	iso := func(at time.Time) string {
		if at.IsZero() {
			return "null"
		}
		return at.UTC().Format("2006-01-02T15:04:05.000Z")
	}
	var want []string
	for _, h := range m.histories() {
		r := h[len(h)-1]
		parent := "null"
		if p := m.parent(r); p != 0 {
			parent = fmt.Sprint(p)
		}
		want = append(want, strings.Join([]string{fmt.Sprint(r.ID), fmt.Sprint(r.Rev), r.ProjectName, r.Type, r.State, r.Title, r.AreaPath,
			orNull(strings.ToLower(r.AssignedTo.UniqueName)), iso(r.Created), iso(r.Changed), iso(r.Closed), numberText(r.StoryPoints), orNull(strings.Join(r.Tags, "; ")), parent}, "|"))
	}
	_, got := query(t, db, `SELECT work_item_id, rev, project, work_item_type, state, title, area_path, lower(assigned_to_address), created, changed,
		closed, story_points, tags, parent_id FROM work_item ORDER BY work_item_id`)
	sameRows(t, "rows of work_item", got, want)

	want = nil
	for _, s := range m.spans() {
		to := "null"
		if s.To != 1<<63-1 {
			to = iso(time.UnixMilli(s.To))
		}
		want = append(want, fmt.Sprintf("%d|%d|%s|%s|%s", s.ID, s.Rev, iso(time.UnixMilli(s.From)), to, s.State))
	}
	_, got = query(t, db, `SELECT work_item_id, rev, valid_from, valid_to, state FROM work_item_revision
		WHERE deleted = 0 AND work_item_id IN (SELECT work_item_id FROM work_item) ORDER BY work_item_id, rev`)
	sameRows(t, "rows of work_item_revision", got, want)
}

func TestTheOtherViews(t *testing.T) {
	d := openNew(t)
	at := time.Date(2024, 3, 2, 1, 0, 0, 500_000_000, time.UTC)
	commit(t, d, schemaBatch(), revisions(revision(1, 1, func(r *devops.Revision) {
		r.Tags = []string{"red", "blue"}
		r.AssignedTo = personNamed(2)
		r.Other = map[string]any{"Custom.Risk": "High", "Custom.Reviewer": personNamed(3), "Custom.Due": at, "Custom.Score": 2.5, "Custom.Flag": true, "Custom.Unlisted": "x"}
	})), devops.Batch{Links: []devops.Link{{Type: devops.HierarchyLink, Source: 8, Target: 1, Changed: at, Active: true}},
		Cursor: &devops.Cursor{Feed: "links", Scope: fabrikam, Token: "x", Done: true}})
	db := foreign(t, d.Path())
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"SELECT tag FROM work_item_tag WHERE work_item_id = 1 ORDER BY tag", []string{"blue", "red"}},
		{"SELECT reference_name, field, value FROM work_item_field WHERE work_item_id = 1 ORDER BY reference_name", []string{
			"Custom.Due|null|2024-03-02T01:00:00.500Z", "Custom.Flag|null|True", "Custom.Reviewer|Reviewer|Person 3", "Custom.Risk|Risk|High",
			"Custom.Score|null|2.5", "Custom.Unlisted|null|x"}},
		{"SELECT link_type, source_id, target_id, active, changed FROM work_item_link", []string{"System.LinkTypes.Hierarchy|8|1|1|2024-03-02T01:00:00.500Z"}},
		{"SELECT parent_id FROM work_item", []string{"8"}},
		{"SELECT name, process, gone FROM project ORDER BY name", []string{"Contoso|Scrum|0", "Fabrikam|Agile|0"}},
		{"SELECT path, depth, parent_area_id FROM area ORDER BY path", []string{`Fabrikam|0|null`, `Fabrikam\App|1|10`, `Fabrikam\Web|1|10`, `Fabrikam\Web\Cart|2|12`}},
		{"SELECT name, start_date, finish_date FROM iteration WHERE depth = 1 ORDER BY start_date", []string{"Sprint 9|2023-12-25|2024-01-05", "Sprint 10|2024-01-08|2024-01-19"}},
		{"SELECT name, project, bugs_behavior, working_days FROM team", []string{"Fabrikam Team|Fabrikam|asRequirements|monday, tuesday, wednesday, thursday, friday"}},
		{"SELECT area_path, include_children FROM team_area", []string{`fabrikam\web|1`, `Fabrikam\App|0`}},
		{"SELECT iteration_id, iteration_path FROM team_iteration ORDER BY 1", []string{`21|Fabrikam\Sprint 9`, `22|Fabrikam\Sprint 10`}},
		{"SELECT project, name, category, position FROM work_item_state WHERE work_item_type = 'Bug' AND project = 'Contoso' ORDER BY position", []string{
			"Contoso|New|Proposed|0", "Contoso|Active|InProgress|1", "Contoso|Resolved|Resolved|2", "Contoso|Closed|Completed|3"}},
		{"SELECT name, bug, backlog, backlog_kind FROM work_item_type WHERE project = 'Fabrikam' ORDER BY name", []string{
			"Bug|1|Stories|requirement", "Task|0|Stories|task", "User Story|0|Stories|requirement"}},
		{"SELECT reference_name, type, custom FROM field ORDER BY 1", []string{"Custom.Reviewer|identity|1", "Custom.Risk|string|1"}},
		{"SELECT feed, scope, done FROM feed", []string{"links|Fabrikam|1"}},
		{"SELECT name, address FROM person WHERE person_id LIKE '%2'", []string{"Person 2|person2@example.com"}},
		{"SELECT value FROM dataset_info WHERE name IN ('organization', 'time_zone', 'url') ORDER BY name", []string{"fabrikam", "Europe/Berlin", "https://dev.azure.com/fabrikam"}},
	} {
		_, got := query(t, db, c.query)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.query, got, c.want)
		}
	}
}

// documentation is docs/data.md.
func documentation(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/data.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTheDocumentedQueriesRunAndAnswer(t *testing.T) {
	d := openNew(t)
	commit(t, d, mixedWorld(4, 600, 100, 600)...)
	must(t, d.Refreshed(ctx, epoch)) // from then on the words of titles are in text_search
	db := foreign(t, d.Path())
	queries := regexp.MustCompile("(?s)```sql\n(.*?)```").FindAllStringSubmatch(documentation(t), -1)
	if len(queries) != 11 {
		t.Fatalf("%d queries are documented", len(queries))
	}
	for _, q := range queries {
		if _, rows := query(t, db, q[1]); len(rows) == 0 {
			t.Errorf("no rows from %s", q[1])
		}
	}
}

// documentedColumns are the columns of a view in the order of docs/data.md, with their types.
func documentedColumns(text, view string) (columns [][2]string) {
	_, section, _ := strings.Cut(text, "#### `"+view+"`\n")
	section, _, _ = strings.Cut(section, "\n##")
	for _, m := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\| (\\w+) \\|").FindAllStringSubmatch(section, -1) {
		columns = append(columns, [2]string{m[1], m[2]})
	}
	return columns
}

// ofType says what the values of each documented type look like.
var ofType = map[string]*regexp.Regexp{
	"integer": regexp.MustCompile(`^-?\d+$`), "number": regexp.MustCompile(`^-?\d+(\.\d+)?(e[+-]\d+)?$`), "text": regexp.MustCompile(`(?s)^.*$`), "any": regexp.MustCompile(`(?s)^.*$`),
	"time": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`), "day": regexp.MustCompile(`^\d{4}-\d\d-\d\d$`), "flag": regexp.MustCompile(`^[01]$`),
}

func TestEveryViewIsDocumentedWithItsColumnsAndTheirTypes(t *testing.T) {
	d := openNew(t)
	commit(t, d, mixedWorld(4, 400, 100, 400)...)
	commit(t, d, oneOfEach())
	db := foreign(t, d.Path())
	text := documentation(t)
	_, views := query(t, db, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")
	if len(views) != 43 || strings.Count(text, "\n#### `") != len(views) {
		t.Errorf("%d views, %d of them documented", len(views), strings.Count(text, "\n#### `"))
	}
	for _, view := range views {
		columns, _ := query(t, db, "SELECT * FROM "+view+" LIMIT 0")
		if view == "work_item_revision" {
			columns = []string{"valid_from", "valid_to", "deleted"} // the rest is "those of work_item"
		}
		documented := documentedColumns(text, view)
		var names []string
		for _, c := range documented {
			names = append(names, c[0])
			pattern := ofType[c[1]]
			if pattern == nil {
				t.Errorf("docs/data.md says that %s.%s is of type %s", view, c[0], c[1])
				continue
			}
			_, values := query(t, db, "SELECT DISTINCT "+c[0]+" FROM "+view+" WHERE "+c[0]+" IS NOT NULL")
			if wrong := slices.IndexFunc(values, func(v string) bool { return !pattern.MatchString(v) }); wrong >= 0 {
				t.Errorf("%s.%s is %q, which is no %s", view, c[0], values[wrong], c[1])
			}
		}
		if !slices.Equal(names, columns) {
			t.Errorf("%s has the columns %q, docs/data.md says %q", view, columns, names)
		}
	}
}
