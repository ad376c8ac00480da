package sqlite

import (
	"strings"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// project is a project the writer knows: listed by the service, or only named by rows.
type project struct {
	id     int64
	key    string
	name   spelling
	listed bool
}

type projectTable struct {
	byKey map[string]*project
	last  int64
}

// projectKey is the id, or the name while no id is known.
func projectKey(guid, name string) string {
	if guid != "" {
		return strings.ToLower(guid)
	}
	return "name:" + strings.ToLower(name)
}

func (t *tables) openProjects() error {
	t.projects = projectTable{byKey: map[string]*project{}}
	return each(t.c, "SELECT id, key, name, name_seen, listed FROM dim_project", func(row *zs.Stmt) error {
		p := &project{id: row.ColumnInt64(0), key: row.ColumnText(1),
			name: spelling{row.ColumnText(2), row.ColumnInt64(3)}, listed: row.ColumnBool(4)}
		t.projects.byKey[p.key] = p
		t.projects.last = max(t.projects.last, p.id)
		return nil
	})
}

// project numbers the project that a row names; 0 for none. A row that knows the name only means the
// listed project of that name, if there is one.
func (t *tables) project(guid, name string, seen int64) (int64, error) {
	if guid == "" && name == "" {
		return 0, nil
	}
	p := t.projects.byKey[projectKey(guid, name)]
	if p == nil && guid == "" {
		for _, other := range t.projects.byKey {
			if other.listed && strings.EqualFold(other.name.text, name) {
				return other.id, nil
			}
		}
	}
	if p == nil {
		p = &project{key: projectKey(guid, name)}
		p.name.offer(name, seen)
		return t.addProject(p, guid)
	}
	if !p.name.offer(name, seen) {
		return p.id, nil
	}
	t.dirty = true
	return p.id, run(t.c, "UPDATE dim_project SET name = ?, name_seen = ? WHERE id = ?", p.name.text, p.name.seen, p.id)
}

func (t *tables) addProject(p *project, guid string) (int64, error) {
	t.dirty = true
	t.projects.last++
	p.id = t.projects.last
	t.projects.byKey[p.key] = p
	return p.id, run(t.c, "INSERT INTO dim_project (id, key, guid, name, name_seen) VALUES (?, ?, ?, ?, ?)",
		p.id, p.key, guid, p.name.text, p.name.seen)
}

func (t *tables) storeProjects(b *devops.Batch) error {
	const look = `SELECT CASE WHEN listed = 0 THEN 0 WHEN gone = 1 THEN 1 ELSE 2 END, json_array(guid, name, description, state, visibility,
		last_update, process_id, process_name, process, tfvc, git, default_team) FROM dim_project WHERE key = ?`
	for i := range b.Projects {
		p := &b.Projects[i]
		err := t.observe(devops.Projects, func() error { return t.storeProject(p) }, look, projectKey(p.ID, ""))
		if err != nil {
			return err
		}
	}
	if len(b.Projects) > 0 {
		// A name may mean another project now.
		clear(t.situations.seen)
	}
	return nil
}

func (t *tables) storeProject(p *devops.Project) error {
	if p.ID == "" {
		return invalidRow("a project", "without an id")
	}
	known := t.projects.byKey[projectKey(p.ID, "")]
	if known == nil {
		// Rows that came before the list may have named it without knowing its id.
		byName := projectKey("", p.Name)
		if known = t.projects.byKey[byName]; known != nil {
			delete(t.projects.byKey, byName)
			known.key = projectKey(p.ID, "")
			t.projects.byKey[known.key] = known
		}
	}
	if known == nil {
		known = &project{key: projectKey(p.ID, "")}
		if _, err := t.addProject(known, p.ID); err != nil {
			return err
		}
	}
	known.listed = true
	known.name.offer(p.Name, listed)
	return run(t.c, `UPDATE dim_project SET key = ?, guid = ?, name = ?, name_seen = ?, description = ?, state = ?, visibility = ?,
		last_update = ?, process_id = ?, process_name = ?, process = ?, tfvc = ?, git = ?, default_team = ?, gone = ?, listed = 1
		WHERE id = ?`, known.key, p.ID, known.name.text, known.name.seen, p.Description, p.State, p.Visibility,
		millis(p.LastUpdate), p.ProcessID, p.ProcessName, string(p.Process), p.TFVC, p.Git, p.DefaultTeam, p.Gone, known.id)
}

func (t *tables) storeBacklogFields(b *devops.Batch) error {
	for _, f := range b.BacklogFields {
		id, err := t.project(f.ProjectID, "", 0)
		if err != nil {
			return err
		}
		if id == 0 {
			return invalidRow("backlog fields", "without a project")
		}
		err = run(t.c, `UPDATE dim_project SET effort_field = ?1, remaining_field = ?2, order_field = ?3, activity_field = ?4
			WHERE id = ?5 AND (effort_field, remaining_field, order_field, activity_field) IS NOT (?1, ?2, ?3, ?4)`,
			f.Effort, f.RemainingWork, f.Order, f.Activity, id)
		if err != nil {
			return err
		}
		t.dirty = t.dirty || t.c.Changes() > 0
	}
	return nil
}

// readProjects lists the listed projects, also those that are gone, by name. Projects that only work
// items name, because they moved there, are not among them.
func readProjects(c *zs.Conn) ([]devops.Project, error) {
	var out []devops.Project
	err := each(c, `SELECT guid, name, description, state, visibility, last_update, process_id, process_name, process, tfvc, git, default_team, gone
		FROM dim_project WHERE listed = 1 ORDER BY name COLLATE NOCASE, guid`, func(row *zs.Stmt) error {
		out = append(out, devops.Project{
			ID: row.ColumnText(0), Name: row.ColumnText(1), Description: row.ColumnText(2), State: row.ColumnText(3),
			Visibility: row.ColumnText(4), LastUpdate: columnTime(row, 5), ProcessID: row.ColumnText(6),
			ProcessName: row.ColumnText(7), Process: devops.Process(row.ColumnText(8)), TFVC: row.ColumnBool(9),
			Git: row.ColumnBool(10), DefaultTeam: row.ColumnText(11), Gone: row.ColumnBool(12),
		})
		return nil
	})
	return out, err
}
