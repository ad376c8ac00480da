package world

// Project is one team project.
type Project struct {
	Index       int
	ID          string
	Name        string
	first       string // its name when it was made; what is derived from a name is derived from this one
	Description string
	Visibility  string
	Process     *Process
	TFVC        bool
	Revision    int
	LastUpdate  int64
	Areas       *Node
	Iterations  *Node
	Sprints     []*Node // in order of time
	Teams       []*Team // the default team first
	weekday     int     // of a sprint's first day: 0 Monday
	opens       int     // the day, counted from Since, on which work begins
	layout      sprintLayout
	nextNode    int
}

// Team is one team of a project.
type Team struct {
	ID          string
	Name        string
	Description string
	Project     *Project
	Areas       []TeamArea // empty for a team that never chose one
	Members     []*Person
	Bugs        string // off, asTasks, asRequirements
	Boards      []Board
	sprintsFrom int // teams founded later chose no earlier sprints
	delivery    *delivery
}

// TeamArea is one area a team owns.
type TeamArea struct {
	Node     *Node
	Children bool
}

// Board is the board of one backlog level of one team.
type Board struct {
	ID      string
	Name    string
	Field   string // WEF_…_Kanban, the stem of its three fields
	Backlog *Backlog
}

// delivery is what the simulation needs to know of a team that builds things.
type delivery struct {
	weight  float64 // how much it does, 1 being a team of four
	work    []beat  // what it works on, the most frequent first
	devs    []*Person
	owner   *Person
	testers []*Person
	former  map[uint16]uint16 // identity used before the day of change
	changed int               // that day
}

// beat is a domain a team works in and the area such work lands in.
type beat struct {
	domain uint8
	area   *Node
}

// Node is an area or an iteration.
type Node struct {
	ID        int
	GUID      string
	Name      string
	Path      string // as work items spell it: Project\Sprint 1
	Iteration bool
	Project   *Project
	Parent    *Node
	Children  []*Node
	Start     int64 // midnight UTC of the first day; 0 when undated
	Finish    int64 // midnight UTC of the last day, which is included
	// FormerPath is how revisions before Renamed spell the path; empty when it never changed.
	FormerPath string
	Renamed    int64
	Index      uint16 // position in World.Nodes
}

// Under reports whether the node is other or stands below it.
func (n *Node) Under(other *Node) bool {
	for m := n; m != nil; m = m.Parent {
		if m == other {
			return true
		}
	}
	return false
}

// Depth is 0 for the root of a tree.
func (n *Node) Depth() int {
	d := 0
	for m := n.Parent; m != nil; m = m.Parent {
		d++
	}
	return d
}

// Find walks down from n by names, ignoring case; nil when there is no such node.
func (n *Node) Find(names []string, equal func(a, b string) bool) *Node {
	for _, name := range names {
		var next *Node
		for _, c := range n.Children {
			if equal(c.Name, name) {
				next = c
				break
			}
		}
		if next == nil {
			return nil
		}
		n = next
	}
	return n
}

// DefaultTeam is the team the project was made with.
func (p *Project) DefaultTeam() *Team { return p.Teams[0] }

// Owns reports whether the team owns an area.
func (t *Team) Owns(area *Node) bool {
	for _, a := range t.Areas {
		if a.Node == area || a.Children && area.Under(a.Node) {
			return true
		}
	}
	return false
}

// Sprints are the iterations the team selected.
func (t *Team) Sprints() []*Node {
	if t.sprintsFrom >= len(t.Project.Sprints) {
		return nil
	}
	return t.Project.Sprints[t.sprintsFrom:]
}

// BoardOf returns the team's board of a level, or nil.
func (t *Team) BoardOf(level *Backlog) *Board {
	for i := range t.Boards {
		if t.Boards[i].Backlog == level {
			return &t.Boards[i]
		}
	}
	return nil
}

func (w *World) addNode(p *Project, parent *Node, name string, iteration bool) *Node {
	n := &Node{ID: 1000*(p.Index+1) + p.nextNode, Name: name, Iteration: iteration, Project: p, Parent: parent, Index: uint16(len(w.Nodes))}
	p.nextNode++
	n.Path = name
	if parent != nil {
		n.Path = parent.Path + `\` + name
		parent.Children = append(parent.Children, n)
	}
	kind := "area"
	if iteration {
		kind = "iteration"
	}
	n.GUID = w.GUID(kind, p.Name, n.Path)
	w.Nodes = append(w.Nodes, n)
	return n
}
