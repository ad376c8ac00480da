package sqlite

import (
	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

type typeKey struct {
	project int64
	name    string
}

type stateKey struct {
	kind int64 // the type
	name string
}

func (t *tables) openTypes() error {
	err := each(t.c, "SELECT id, project, name FROM dim_type", func(row *zs.Stmt) error {
		t.types.load(typeKey{row.ColumnInt64(1), row.ColumnText(2)}, row.ColumnInt64(0))
		return nil
	})
	if err != nil {
		return err
	}
	return each(t.c, "SELECT id, type, name FROM dim_state", func(row *zs.Stmt) error {
		t.states.load(stateKey{row.ColumnInt64(1), row.ColumnText(2)}, row.ColumnInt64(0))
		return nil
	})
}

// workItemType numbers a type, also one that no process names any more.
func (t *tables) workItemType(project int64, name string) (int64, error) {
	id, isNew := t.types.add(typeKey{project, name})
	if !isNew {
		return id, nil
	}
	return id, run(t.c, "INSERT INTO dim_type (id, project, name) VALUES (?, ?, ?)", id, project, name)
}

// state numbers a state of a type, also one that no process names any more.
func (t *tables) state(kind int64, name string) (int64, error) {
	id, isNew := t.states.add(stateKey{kind, name})
	if !isNew {
		return id, nil
	}
	return id, run(t.c, "INSERT INTO dim_state (id, type, name) VALUES (?, ?, ?)", id, kind, name)
}

func (t *tables) storeFields(b *devops.Batch) error {
	for i := range b.Fields {
		f := &b.Fields[i]
		if f.ReferenceName == "" {
			return invalidRow("a field", "without a reference name")
		}
		err := t.observe(devops.Fields, func() error {
			id, err := t.field(f.ReferenceName)
			if err != nil {
				return err
			}
			return run(t.c, "UPDATE dim_field SET name = ?, type = ?, is_identity = ?, is_picklist = ?, custom = ?, listed = 1 WHERE id = ?",
				f.Name, f.Type, f.IsIdentity, f.IsPicklist, f.Custom, id)
		}, "SELECT 2 * listed, json_array(name, type, is_identity, is_picklist, custom) FROM dim_field WHERE reference_name = ?", f.ReferenceName)
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tables) storeTypes(b *devops.Batch) error {
	for i := range b.Types {
		if err := t.storeType(&b.Types[i]); err != nil {
			return err
		}
	}
	return nil
}

func (t *tables) storeType(w *devops.WorkItemType) error {
	if w.ProjectID == "" || w.Name == "" {
		return invalidRow("a work item type", "without a project or a name")
	}
	project, err := t.project(w.ProjectID, "", 0)
	if err != nil {
		return err
	}
	const look = `SELECT 2 * listed, json_array(reference_name, color, disabled, backlog_id, backlog_name, backlog_rank, backlog_kind, bug,
		(SELECT json_group_array(json_array(name, color, category, position)) FROM (
			SELECT name, color, category, position FROM dim_state s WHERE s.type = dim_type.id AND listed = 1 ORDER BY name)))
		FROM dim_type WHERE project = ? AND name = ?`
	return t.observe(devops.WorkItemTypes, func() error { return t.replaceType(project, w) }, look, project, w.Name)
}

// replaceType stores a type with its states.
func (t *tables) replaceType(project int64, w *devops.WorkItemType) error {
	id, err := t.workItemType(project, w.Name)
	if err != nil {
		return err
	}
	err = run(t.c, `UPDATE dim_type SET reference_name = ?, color = ?, disabled = ?, backlog_id = ?, backlog_name = ?, backlog_rank = ?,
		backlog_kind = ?, bug = ?, listed = 1 WHERE id = ?`, w.ReferenceName, w.Color, w.Disabled, w.BacklogID, w.BacklogName,
		w.BacklogRank, string(w.BacklogKind), w.Bug, id)
	if err != nil {
		return err
	}
	// A state that does not come is one that the process no longer has: revisions keep its name, but
	// what it means is unknown from now on.
	if err := run(t.c, "UPDATE dim_state SET listed = 0, category = NULL, color = NULL, position = NULL WHERE type = ?", id); err != nil {
		return err
	}
	for _, s := range w.States {
		state, err := t.state(id, s.Name)
		if err != nil {
			return err
		}
		err = run(t.c, "UPDATE dim_state SET color = ?, category = ?, position = ?, listed = 1 WHERE id = ?",
			s.Color, string(s.Category), s.Order, state)
		if err != nil {
			return err
		}
	}
	return nil
}
