package sqlite

import (
	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

const (
	areaKind      = 0
	iterationKind = 1
)

func kindNumber(k devops.NodeKind) (int64, bool) {
	switch k {
	case devops.AreaNode:
		return areaKind, true
	case devops.IterationNode:
		return iterationKind, true
	}
	return 0, false
}

// placeKey is what a revision says of its area or iteration: the node's id and the path of that day.
type placeKey struct {
	kind int64
	node int
	path string
}

type place struct{ id, seen int64 }

func (t *tables) openPlaces() error {
	t.places = map[placeKey]*place{}
	return each(t.c, "SELECT id, kind, node, path, seen FROM dim_place", func(row *zs.Stmt) error {
		t.places[placeKey{row.ColumnInt64(1), row.ColumnInt(2), row.ColumnText(3)}] = &place{row.ColumnInt64(0), row.ColumnInt64(4)}
		return nil
	})
}

// place numbers an area or iteration as a revision names it; 0 for none. It remembers the newest period
// of each spelling, so that a node the tree no longer has gets its last path.
func (t *tables) place(kind int64, node int, path string, seen int64) (int64, error) {
	if node == 0 && path == "" {
		return 0, nil
	}
	key := placeKey{kind, node, path}
	p := t.places[key]
	switch {
	case p == nil:
		p = &place{id: int64(len(t.places)) + 1, seen: seen}
		t.places[key] = p
		return p.id, run(t.c, "INSERT INTO dim_place (id, kind, node, path, seen) VALUES (?, ?, ?, ?, ?)", p.id, kind, node, path, seen)
	case seen > p.seen:
		p.seen = seen
		return p.id, run(t.c, "UPDATE dim_place SET seen = ? WHERE id = ?", seen, p.id)
	}
	return p.id, nil
}

func (t *tables) storeNodes(b *devops.Batch) error {
	come := [2]map[int]bool{{}, {}}
	for i := range b.Nodes {
		n := &b.Nodes[i]
		kind, ok := kindNumber(n.Kind)
		if !ok || n.ID <= 0 {
			return invalidRow("an area or iteration", "without an id or a kind")
		}
		projectID := n.ProjectID
		if projectID == "" {
			projectID = b.NodesOf
		}
		project, err := t.project(projectID, "", 0)
		if err != nil {
			return err
		}
		come[kind][n.ID] = true
		err = run(t.c, `INSERT INTO dim_node (kind, id, identifier, project, parent, name, path, depth, start, finish, gone)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
			ON CONFLICT DO UPDATE SET identifier = excluded.identifier, project = excluded.project, parent = excluded.parent,
			name = excluded.name, path = excluded.path, depth = excluded.depth, start = excluded.start, finish = excluded.finish, gone = 0`,
			kind, n.ID, n.Identifier, project, n.ParentID, n.Name, n.Path, n.Depth, millis(n.Start), millis(n.Finish))
		if err != nil {
			return err
		}
	}
	if b.NodesOf == "" {
		return nil
	}
	return t.markGone(b.NodesOf, come)
}

// markGone marks the nodes of a project that its whole tree no longer has. A tree without any node did
// not come at all: every project has its two roots.
func (t *tables) markGone(projectID string, come [2]map[int]bool) error {
	project, err := t.project(projectID, "", 0)
	if err != nil {
		return err
	}
	for kind, ids := range come {
		if len(ids) == 0 {
			continue
		}
		var gone []int
		err := each(t.c, "SELECT id FROM dim_node WHERE kind = ? AND project = ? AND gone = 0", func(row *zs.Stmt) error {
			if id := row.ColumnInt(0); !ids[id] {
				gone = append(gone, id)
			}
			return nil
		}, kind, project)
		if err != nil {
			return err
		}
		for _, id := range gone {
			if err := run(t.c, "UPDATE dim_node SET gone = 1 WHERE kind = ? AND id = ?", kind, id); err != nil {
				return err
			}
		}
	}
	return nil
}
