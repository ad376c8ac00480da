package sqlite

import (
	"cmp"
	"slices"
	"strings"

	"sightline/backend/dataset"

	zs "zombiezen.com/go/sqlite"
)

// nodeRecord is a node as the service listed it.
type nodeRecord struct {
	dataset.NodeRow
	identifier string
	gone       bool
}

// tree is one of the two trees, depth-first, with the nodes that only revisions know.
type tree struct {
	rows    []dataset.NodeRow
	ofPlace []int32          // number of a place → node id; 0 for a place of the other tree
	byPath  map[string]int32 // folded path → position in rows
}

const dayMillis = 24 * 60 * 60 * 1000

func readNodes(c *zs.Conn) (nodes [2][]nodeRecord, err error) {
	err = each(c, "SELECT kind, id, identifier, project, parent, name, path, start, finish, gone FROM dim_node", func(row *zs.Stmt) error {
		n := nodeRecord{identifier: row.ColumnText(2), gone: row.ColumnBool(9)}
		n.NodeRow = dataset.NodeRow{ID: row.ColumnInt32(1), Project: row.ColumnInt32(3), Parent: row.ColumnInt32(4),
			Name: row.ColumnText(5), Path: row.ColumnText(6), StartDay: plausibleDay(row, 7), EndDay: plausibleDay(row, 8), Historical: n.gone}
		kind := row.ColumnInt(0) & 1
		nodes[kind] = append(nodes[kind], n)
		return checkPath(n.Path)
	})
	return nodes, err
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// fold makes paths comparable: Azure DevOps ignores case in them.
func fold(path string) string { return strings.ToLower(path) }

func parentPath(path string) string {
	if i := strings.LastIndexByte(path, '\\'); i >= 0 {
		return path[:i]
	}
	return ""
}

func lastSegment(path string) string { return path[strings.LastIndexByte(path, '\\')+1:] }

// growTree joins the listed nodes with what revisions say of places. A place with an id is that node,
// wherever it stands now and even if the tree lost it. A place with a path alone is the node that has
// or had this path; if none did, a historical node with a negative id is made for it.
func growTree(kind int8, listed []nodeRecord, n *names) tree {
	g := grower{kind: kind, names: n, nodes: map[int32]*nodeRecord{}, byPath: map[string]int32{}, wanted: map[int32]bool{}}
	for i := range listed {
		g.nodes[listed[i].ID] = &listed[i]
	}
	g.addUnlisted()
	g.wantUsed()
	g.indexPaths()
	t := tree{ofPlace: g.resolvePlaces()}
	g.adoptOrphans()
	t.rows = g.depthFirst()
	t.byPath = make(map[string]int32, len(t.rows))
	for i, row := range t.rows {
		if at, taken := t.byPath[fold(row.Path)]; !taken || t.rows[at].Historical && !row.Historical {
			t.byPath[fold(row.Path)] = int32(i)
		}
	}
	return t
}

type grower struct {
	kind   int8
	names  *names
	nodes  map[int32]*nodeRecord
	byPath map[string]int32 // folded path → node id
	wanted map[int32]bool   // nodes that go into the tree
	made   int32            // how many negative ids were given
}

// places visits the places of this tree, the newest spelling first.
func (g *grower) places(visit func(number int, p placeRecord)) {
	var order []int
	for i, p := range g.names.places {
		if i > 0 && p.kind == g.kind {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		p, q := g.names.places[a], g.names.places[b]
		return cmp.Or(cmp.Compare(q.seen, p.seen), cmp.Compare(p.path, q.path), cmp.Compare(p.node, q.node))
	})
	for _, i := range order {
		visit(i, g.names.places[i])
	}
}

// addUnlisted makes nodes for ids that no tree ever listed, with their newest path.
func (g *grower) addUnlisted() {
	g.places(func(_ int, p placeRecord) {
		if p.node > 0 && g.nodes[p.node] == nil {
			g.nodes[p.node] = g.historical(p.node, p.path)
		}
	})
}

func (g *grower) historical(id int32, path string) *nodeRecord {
	return &nodeRecord{gone: true, NodeRow: dataset.NodeRow{ID: id, Project: g.projectOf(path), Name: lastSegment(path), Path: path,
		StartDay: dataset.NoDay, EndDay: dataset.NoDay, Historical: true}}
}

// projectOf finds the project by the first segment of a path, which is its name.
func (g *grower) projectOf(path string) int32 {
	root, _, _ := strings.Cut(path, `\`)
	for id, p := range g.names.projects {
		if id > 0 && strings.EqualFold(p.Name, root) {
			return int32(id)
		}
	}
	return 0
}

// wantUsed wants every node the tree has now, and of the others those that a revision names, with all
// that is above them.
func (g *grower) wantUsed() {
	for id, n := range g.nodes {
		if !n.gone {
			g.wanted[id] = true
		}
	}
	g.places(func(_ int, p placeRecord) { g.want(p.node) })
}

func (g *grower) want(id int32) {
	for depth := 0; id > 0 && g.nodes[id] != nil && depth < len(g.nodes); depth++ {
		g.wanted[id] = true
		id = g.nodes[id].Parent
	}
}

// indexPaths finds nodes by path: a node that stands there now before one that stood there last, and
// that before one that merely was called so once.
func (g *grower) indexPaths() {
	offer := func(path string, id int32) {
		if _, taken := g.byPath[fold(path)]; !taken && path != "" {
			g.byPath[fold(path)] = id
		}
	}
	ids := make([]int32, 0, len(g.nodes))
	for id := range g.nodes {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, gone := range []bool{false, true} {
		for _, id := range ids {
			if g.nodes[id].gone == gone {
				offer(g.nodes[id].Path, id)
			}
		}
	}
	g.places(func(_ int, p placeRecord) {
		if p.node > 0 {
			offer(p.path, p.node)
		}
	})
}

func (g *grower) resolvePlaces() []int32 {
	out := make([]int32, len(g.names.places))
	var pathOnly []int
	g.places(func(number int, p placeRecord) {
		if p.node > 0 {
			out[number] = p.node
		} else if p.node == 0 {
			pathOnly = append(pathOnly, number)
		}
	})
	slices.SortFunc(pathOnly, func(a, b int) int { return cmp.Compare(g.names.places[a].path, g.names.places[b].path) })
	for _, number := range pathOnly {
		out[number] = g.nodeAt(g.names.places[number].path)
	}
	return out
}

// nodeAt is the node of a path; it is made, with all above it, when there never was one.
func (g *grower) nodeAt(path string) int32 {
	if id, ok := g.byPath[fold(path)]; ok {
		g.want(id)
		return id
	}
	g.made++
	id := -g.made
	n := g.historical(id, path)
	g.nodes[id], g.byPath[fold(path)], g.wanted[id] = n, id, true
	if up := parentPath(path); up != "" {
		n.Parent = g.nodeAt(up)
	}
	return id
}

// adoptOrphans gives nodes whose parent is not known one by their path; a path without a node above
// gets made ones.
func (g *grower) adoptOrphans() {
	var orphans []int32
	for id := range g.wanted {
		n := g.nodes[id]
		if n.gone && parentPath(n.Path) != "" && (n.Parent == 0 || g.nodes[n.Parent] == nil) {
			orphans = append(orphans, id)
		}
	}
	slices.SortFunc(orphans, func(a, b int32) int {
		return cmp.Or(cmp.Compare(g.nodes[a].Path, g.nodes[b].Path), cmp.Compare(a, b))
	})
	for _, id := range orphans {
		if up := g.nodeAt(parentPath(g.nodes[id].Path)); up != id {
			g.nodes[id].Parent = up
		}
	}
}

// depthFirst orders the wanted nodes so that each subtree is a range. A node whose parent is missing
// becomes a root, and so does one of a circle or too far below.
func (g *grower) depthFirst() []dataset.NodeRow {
	children := map[int32][]*nodeRecord{}
	all := make([]*nodeRecord, 0, len(g.wanted))
	for id := range g.wanted {
		n := g.nodes[id]
		if !g.wanted[n.Parent] {
			n.Parent = 0
		}
		all = append(all, n)
	}
	slices.SortFunc(all, compareSiblings)
	for _, n := range all {
		children[n.Parent] = append(children[n.Parent], n)
	}
	rows := make([]dataset.NodeRow, 0, len(all))
	done := make(map[int32]bool, len(all))
	var visit func(n *nodeRecord, depth int16)
	visit = func(n *nodeRecord, depth int16) {
		if done[n.ID] {
			return
		}
		done[n.ID] = true
		n.Depth = depth
		rows = append(rows, n.NodeRow)
		for _, child := range children[n.ID] {
			if depth < deepest {
				visit(child, depth+1)
			}
		}
	}
	for _, root := range children[0] {
		visit(root, 0)
	}
	for _, n := range all {
		if !done[n.ID] {
			n.Parent = 0
			visit(n, 0)
		}
	}
	return rows
}

// compareSiblings orders dated iterations by their dates and everything else by name.
func compareSiblings(a, b *nodeRecord) int {
	startOf := func(n *nodeRecord) int64 {
		if n.StartDay == dataset.NoDay {
			return 1 << 40
		}
		return int64(n.StartDay)
	}
	return cmp.Or(cmp.Compare(startOf(a), startOf(b)), cmp.Compare(fold(a.Name), fold(b.Name)), cmp.Compare(a.Path, b.Path), cmp.Compare(a.ID, b.ID))
}

// under lists the positions of a node and everything below it.
func (t *tree) under(at int32) []int32 {
	out := []int32{at}
	for i := at + 1; int(i) < len(t.rows) && t.rows[i].Depth > t.rows[at].Depth; i++ {
		out = append(out, i)
	}
	return out
}
