package sqlite

import (
	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// ownedID is an id of the service that is unique within its owner.
type ownedID struct{ owner, id int64 }

// named is something that rows spell by name, with its newest spelling.
type named struct {
	id   int64
	name spelling
}

// namedTable numbers things that have an id within an owner and a name that may change.
type namedTable struct {
	byKey          map[ownedID]*named
	insert, rename string
}

func (n *namedTable) open(c *zs.Conn, table, owner, id string) error {
	n.byKey = map[ownedID]*named{}
	n.insert = "INSERT INTO " + table + " (id, " + owner + ", " + id + ", name, name_seen) VALUES (?, ?, ?, ?, ?)"
	n.rename = "UPDATE " + table + " SET name = ?, name_seen = ? WHERE id = ?"
	return each(c, "SELECT id, "+owner+", "+id+", name, name_seen FROM "+table, func(row *zs.Stmt) error {
		n.byKey[ownedID{row.ColumnInt64(1), row.ColumnInt64(2)}] = &named{row.ColumnInt64(0), spelling{row.ColumnText(3), row.ColumnInt64(4)}}
		return nil
	})
}

// number numbers what a row names and keeps the newest spelling.
func (n *namedTable) number(t *tables, key ownedID, name string, seen int64) (int64, error) {
	known := n.byKey[key]
	if known == nil {
		known = &named{id: int64(len(n.byKey)) + 1} // nothing is ever removed, so their count is the last number
		known.name.offer(name, seen)
		n.byKey[key] = known
		t.dirty = true
		return known.id, run(t.c, n.insert, known.id, key.owner, key.id, known.name.text, known.name.seen)
	}
	if !known.name.offer(name, seen) {
		return known.id, nil
	}
	t.dirty = true
	return known.id, run(t.c, n.rename, known.name.text, known.name.seen, known.id)
}

func (t *tables) openDefinitions() error {
	return firstOf(
		t.definitions.open(t.c, "dim_definition", "project", "definition"),
		t.releaseDefinitions.open(t.c, "dim_release_definition", "project", "definition"),
		t.environments.open(t.c, "dim_environment", "definition", "environment"))
}

func (t *tables) storeDefinitions(b *devops.Batch) error {
	come := map[int64]bool{}
	for i := range b.Definitions {
		id, err := t.storeDefinition(&b.Definitions[i], b.DefinitionsOf)
		if err != nil {
			return err
		}
		come[id] = true
	}
	if b.DefinitionsOf == "" {
		return nil
	}
	project, err := t.project(b.DefinitionsOf, "", 0)
	if err != nil {
		return err
	}
	return t.retire(devops.Definitions, "SELECT id FROM dim_definition WHERE project = ? AND listed = 1 AND gone = 0", project,
		func(row *zs.Stmt) bool { return come[row.ColumnInt64(0)] }, "UPDATE dim_definition SET gone = 1 WHERE id = ? AND project = ?")
}

func (t *tables) storeDefinition(d *devops.Definition, of string) (id int64, err error) {
	projectID := d.ProjectID
	if projectID == "" {
		projectID = of
	}
	project, err := t.project(projectID, "", 0)
	if err != nil {
		return 0, err
	}
	if d.ID <= 0 || project == 0 {
		return 0, invalidRow("a definition", "without a project or an id")
	}
	look := "SELECT CASE WHEN listed = 0 THEN 0 WHEN gone = 1 THEN 1 ELSE 2 END, json_array(name, path, queue_status, kind) FROM dim_definition WHERE project = ? AND definition = ?"
	err = t.observe(devops.Definitions, func() error {
		if id, err = t.definitions.number(t, ownedID{project, int64(d.ID)}, d.Name, listed); err != nil {
			return err
		}
		return run(t.c, "UPDATE dim_definition SET path = ?, queue_status = ?, kind = ?, gone = ?, listed = 1 WHERE id = ?",
			d.Path, d.QueueStatus, d.Kind, d.Gone, id)
	}, look, project, d.ID)
	return id, err
}
