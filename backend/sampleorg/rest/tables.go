package rest

import (
	"strings"
	"sync"

	"sightline/backend/sampleorg/world"
)

// feeds keeps the tables that the revision encoder reads, one set for each address the organization is
// reached under, because identities name it.
type feeds struct {
	mu     sync.Mutex
	byBase map[string]*tables
}

func (f *feeds) at(c *call) *tables {
	f.mu.Lock()
	defer f.mu.Unlock()
	if t := f.byBase[c.base]; t != nil {
		return t
	}
	if f.byBase == nil || len(f.byBase) > 8 {
		f.byBase = map[string]*tables{}
	}
	t := newTables(c)
	f.byBase[c.base] = t
	return t
}

// tables are the values of revisions, encoded once.
type tables struct {
	w        *world.World
	people   []personText
	nodes    []nodeText
	projects [][]byte
	types    []typeText
	reasons  [][]byte
	kanban   map[uint32][]kanbanText // by type and area
	short    plan                    // all reportable fields
}

// personText is a person in the three forms in which fields show one.
type personText struct {
	plain []byte // "Ann Ab <ann@contoso.com>"
	short []byte // an object with id, names and descriptor
	full  []byte // an object with every member
}

// nodeText is an area or iteration; former is how it was before it was renamed.
type nodeText struct {
	now, former pathText
	renamed     int64
}

type pathText struct {
	path, name []byte
	levels     [4][]byte
}

type typeText struct {
	name   []byte
	states [][]byte
}

// kanbanText are the keys of one board's three fields.
type kanbanText struct {
	column, done, lane          []byte
	columnRef, doneRef, laneRef string
}

func newTables(c *call) *tables {
	w := c.world
	t := &tables{w: w, people: make([]personText, len(w.People)), nodes: make([]nodeText, len(w.Nodes)), kanban: map[uint32][]kanbanText{}}
	for i, p := range w.People[1:] {
		full, _ := encode(c.identity(p)) // text always encodes
		short := appendString(append([]byte(nil), `{"displayName":`...), p.Name)
		short = appendString(append(short, `,"id":`...), p.ID)
		short = appendString(append(short, `,"uniqueName":`...), p.UPN)
		short = append(appendString(append(short, `,"descriptor":`...), p.Descriptor), '}')
		t.people[i+1] = personText{plain: appendString(nil, p.Name+" <"+p.UPN+">"), short: short, full: full}
	}
	for i, n := range w.Nodes {
		t.nodes[i] = nodeText{now: newPathText(n.Path), former: newPathText(n.Path)}
		if n.FormerPath != "" {
			t.nodes[i].former, t.nodes[i].renamed = newPathText(n.FormerPath), n.Renamed
		}
	}
	for _, p := range w.Projects {
		t.projects = append(t.projects, appendString(nil, p.Name))
	}
	for _, ty := range w.Types {
		tt := typeText{name: appendString(nil, ty.Name)}
		for _, s := range ty.States {
			tt.states = append(tt.states, appendString(nil, s.Name))
		}
		t.types = append(t.types, tt)
	}
	for _, r := range world.Reasons {
		t.reasons = append(t.reasons, appendString(nil, r))
	}
	t.placeBoards()
	t.short = newPlan(w, nil, false)
	return t
}

func newPathText(p string) pathText {
	names := strings.Split(p, `\`)
	t := pathText{path: appendString(nil, p), name: appendString(nil, names[len(names)-1])}
	for i := range t.levels {
		if i < len(names) {
			t.levels[i] = appendString(nil, names[i])
		}
	}
	return t
}

// placeBoards finds, for every area and type, the boards on which such items stand.
func (t *tables) placeBoards() {
	for _, n := range t.w.Nodes {
		if n.Iteration {
			continue
		}
		for i, ty := range t.w.Types {
			if ty.Process != n.Project.Process {
				continue
			}
			r := world.Revision{Type: uint8(i), Area: n.Index, Project: uint8(n.Project.Index), Column: 1}
			var keys []kanbanText
			for _, b := range t.w.BoardsOf(&r) {
				key := func(suffix string) []byte { return append(appendString(nil, b.Field+suffix), ':') }
				keys = append(keys, kanbanText{column: key(".Column"), done: key(".Column.Done"), lane: key(".Lane"), columnRef: b.Field + ".Column", doneRef: b.Field + ".Column.Done", laneRef: b.Field + ".Lane"})
			}
			if keys != nil {
				t.kanban[kanbanKey(&r)] = keys
			}
		}
	}
}

func kanbanKey(r *world.Revision) uint32 { return uint32(r.Type)<<16 | uint32(r.Area) }

func (t *tables) area(r *world.Revision) *pathText {
	n := &t.nodes[r.Area]
	if r.Changed < n.renamed {
		return &n.former
	}
	return &n.now
}

// appendString writes a JSON string.
func appendString(b []byte, s string) []byte {
	const digits = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		switch ch := s[i]; {
		case ch == '"' || ch == '\\':
			b = append(b, '\\', ch)
		case ch == '\n':
			b = append(b, '\\', 'n')
		case ch < ' ':
			b = append(b, '\\', 'u', '0', '0', digits[ch>>4], digits[ch&15])
		default:
			b = append(b, ch)
		}
	}
	return append(b, '"')
}
