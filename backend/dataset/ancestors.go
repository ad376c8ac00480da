package dataset

import (
	"slices"
	"strings"
)

// chains are the parents and children that the processes know, topmost first (reports.md §2.3). Any
// sub-chain works: a task directly under an epic has it as its Parent Epic.
var chains = map[string][]string{
	"agile": {"epic", "feature", "user story", "bug", "task"},
	"scrum": {"epic", "feature", "product backlog item", "bug", "task"},
	"cmmi":  {"epic", "feature", "requirement", "change request", "issue", "bug", "task"},
	"basic": {"epic", "issue", "task"},
}

// Ancestry knows which parent links count on the way to an ancestor.
type Ancestry struct {
	process map[int32]string // chain of a project, by ProjectRow.ID
}

// NewAncestry of the projects of a reading.
func NewAncestry(projects []ProjectRow) Ancestry {
	a := Ancestry{process: map[int32]string{}}
	for _, p := range projects {
		a.process[p.ID] = strings.ToLower(p.Process)
	}
	return a
}

// Above reports whether a link from an item of the type child to a parent of the type counts: the chain of
// the child's process has it, or the parent's type stands on a higher backlog, which is how inherited
// processes add types. Other links, such as a task under a risk or a story under a story, end the way: what
// lies above them is (Unparented).
func (a Ancestry) Above(parent, child TypeRow) bool {
	chain := chains[a.process[child.Project]]
	p, c := slices.Index(chain, strings.ToLower(parent.Name)), slices.Index(chain, strings.ToLower(child.Name))
	if p >= 0 && c >= 0 {
		return p < c
	}
	return parent.Level != "" && child.Level != "" && parent.LevelRank > child.LevelRank
}

// MaxAncestors bounds the way up: no process has as many levels.
const MaxAncestors = 32

// Types are the names of the types that can be above another, highest backlog first: each has a column
// that ParentOf names. Types of several projects with one name are one.
func (a Ancestry) Types(types []TypeRow) []string {
	type level struct {
		name string
		rank int32
		at   int // in a chain
	}
	var found []level
	for _, parent := range types {
		if !slices.ContainsFunc(types, func(child TypeRow) bool { return child.Project == parent.Project && a.Above(parent, child) }) {
			continue
		}
		at := slices.Index(chains[a.process[parent.Project]], strings.ToLower(parent.Name))
		i := slices.IndexFunc(found, func(l level) bool { return strings.EqualFold(l.name, parent.Name) })
		if i < 0 {
			found = append(found, level{parent.Name, parent.LevelRank, at})
			continue
		}
		found[i].rank = max(found[i].rank, parent.LevelRank)
	}
	slices.SortStableFunc(found, func(x, y level) int {
		if x.rank != y.rank {
			return int(y.rank) - int(x.rank)
		}
		if x.at != y.at {
			return x.at - y.at
		}
		return strings.Compare(x.name, y.name)
	})
	var out []string
	for _, l := range found {
		out = append(out, l.name)
	}
	return out
}
