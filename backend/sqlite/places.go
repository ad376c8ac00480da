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

func (t *tables) openNodes() (err error) {
	t.nodes, err = t.keeper("dim_node", []string{"kind", "id"}, []string{"identifier", "project", "parent", "name", "path", "depth", "start", "finish", "gone"})
	return err
}

func (t *tables) storeNode(kind, project int64, n *devops.Node) error {
	k := t.nodes
	k.keyInt(1, kind)
	k.keyInt(2, int64(n.ID))
	p := &k.put
	p.text(3, n.Identifier)
	p.int(4, project)
	p.int(5, int64(n.ParentID))
	p.text(6, n.Name)
	p.text(7, n.Path)
	p.int(8, int64(n.Depth))
	p.time(9, n.Start)
	p.time(10, n.Finish)
	p.bool(11, false)
	_, _, err := t.keep(k, nodeEntity(kind), false)
	return err
}

func nodeEntity(kind int64) devops.Entity {
	if kind == areaKind {
		return devops.Areas
	}
	return devops.Iterations
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
		if err := t.storeNode(kind, project, n); err != nil {
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
			t.note(nodeEntity(int64(kind)), held, retired, true)
		}
	}
	return nil
}
