package sqlite

import (
	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// situation is what a revision says of project, type, state and reason: few combinations occur, so a
// revision needs one number for all of them.
type situation struct {
	id, project int64
}

// situationNames are a situation as a revision spells it.
type situationNames struct{ projectID, projectName, kind, state, reason string }

type situationKey struct {
	project             int64
	projectName, reason string
	kind, state         int64
}

type situationTable struct {
	dictionary[situationKey]
	seen map[situationNames]situation // so that most revisions need one look-up
}

func (t *tables) openSituations() error {
	t.situations.seen = map[situationNames]situation{}
	return each(t.c, "SELECT id, project, project_name, type, state, reason FROM dim_situation", func(row *zs.Stmt) error {
		t.situations.load(situationKey{project: row.ColumnInt64(1), projectName: row.ColumnText(2),
			kind: row.ColumnInt64(3), state: row.ColumnInt64(4), reason: row.ColumnText(5)}, row.ColumnInt64(0))
		return nil
	})
}

func (t *tables) situation(r *devops.Revision, seen int64) (situation, error) {
	names := situationNames{r.ProjectID, r.ProjectName, r.Type, r.State, r.Reason}
	if s, ok := t.situations.seen[names]; ok {
		return s, nil
	}
	key := situationKey{projectName: r.ProjectName, reason: r.Reason}
	var err error
	if key.project, err = t.project(r.ProjectID, r.ProjectName, seen); err != nil {
		return situation{}, err
	}
	if r.Type != "" || r.State != "" {
		if key.kind, err = t.workItemType(key.project, r.Type); err != nil {
			return situation{}, err
		}
	}
	if r.State != "" {
		if key.state, err = t.state(key.kind, r.State); err != nil {
			return situation{}, err
		}
	}
	id, isNew := t.situations.add(key)
	if isNew {
		err = run(t.c, "INSERT INTO dim_situation (id, project, project_name, type, state, reason) VALUES (?, ?, ?, ?, ?, ?)",
			id, key.project, key.projectName, key.kind, key.state, key.reason)
		if err != nil {
			return situation{}, err
		}
	}
	s := situation{id: id, project: key.project}
	t.situations.seen[names] = s
	return s, nil
}
