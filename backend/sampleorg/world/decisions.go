package world

import (
	"strings"
	"time"
)

// Decisions are what administrators did, which no simulation foresees. They are a part of what makes a world:
// the same decisions and a later Now continue the same history.
type Decisions struct {
	Renamings    []Renaming
	Destructions []Destruction
	// KeptDays is how long finished builds are kept; 0 means KeptDays of this package.
	KeptDays int
}

// Renaming gives a project another name. Its id and everything derived from its first name stay.
type Renaming struct {
	Project string // its name before, or its id
	Name    string
	At      time.Time
}

// Destruction removes work items for good: no feed ever tells.
type Destruction struct {
	Items []int
	At    time.Time
}

// rename applies the renamings that happened by now. Paths of areas and iterations follow at once, those of
// old revisions too, as the service writes them.
func (w *World) rename(list []Renaming) {
	for _, r := range list {
		p := w.Project(r.Project)
		if at := r.At.UnixMilli(); p != nil && at <= w.Now && r.Name != p.Name {
			was := p.Name
			p.Name, p.LastUpdate = r.Name, at
			p.Revision++
			for _, n := range w.Nodes {
				if n.Project == p {
					n.Path, n.FormerPath = below(r.Name, was, n.Path), below(r.Name, was, n.FormerPath)
				}
			}
			p.Areas.Name, p.Iterations.Name = r.Name, r.Name
		}
	}
}

// below is a path below another root.
func below(root, was, path string) string {
	rest, ok := strings.CutPrefix(path, was)
	if !ok {
		return path
	}
	return root + rest
}

// condemn marks the items that were destroyed by decision by now.
func (w *World) condemn(gone []bool) {
	for _, d := range w.decided.Destructions {
		if d.At.UnixMilli() > w.Now {
			continue
		}
		for _, id := range d.Items {
			if id > 0 && id < len(gone) && !gone[id] {
				gone[id] = true
				w.Destroyed = append(w.Destroyed, id)
			}
		}
	}
}

// keptDays is how long a finished build is kept.
func (w *World) keptDays() int64 {
	if w.decided.KeptDays > 0 {
		return int64(w.decided.KeptDays)
	}
	return KeptDays
}
