package sqlite_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sightline/backend/devops"
)

// model holds what a dataset should hold, in plain maps and without any of its code.
type model struct {
	revisions map[[2]int]devops.Revision
	links     map[linkKey]devops.Link
}

type linkKey struct {
	kind           string
	source, target int
}

func newModel() *model {
	return &model{revisions: map[[2]int]devops.Revision{}, links: map[linkKey]devops.Link{}}
}

func (m *model) apply(b devops.Batch) {
	for _, r := range b.Revisions {
		m.revisions[[2]int{r.ID, r.Rev}] = r
	}
	for _, l := range b.Links {
		key := linkKey{l.Type, l.Source, l.Target}
		old, ok := m.links[key]
		if !ok || l.Changed.After(old.Changed) || l.Changed.Equal(old.Changed) && l.Active {
			m.links[key] = l
		}
	}
	for _, id := range b.Destroyed {
		maps.DeleteFunc(m.revisions, func(k [2]int, _ devops.Revision) bool { return k[0] == id })
		maps.DeleteFunc(m.links, func(k linkKey, _ devops.Link) bool { return k.source == id || k.target == id })
	}
}

// histories are the revisions of each work item that is not deleted now, by id and revision.
func (m *model) histories() [][]devops.Revision {
	byItem := map[int][]devops.Revision{}
	for _, r := range m.revisions {
		byItem[r.ID] = append(byItem[r.ID], r)
	}
	var out [][]devops.Revision
	for _, id := range slices.Sorted(maps.Keys(byItem)) {
		h := byItem[id]
		slices.SortFunc(h, func(a, b devops.Revision) int { return cmp.Compare(a.Rev, b.Rev) })
		if !h[len(h)-1].Deleted {
			out = append(out, h)
		}
	}
	return out
}

// parent of a work item: the newest active hierarchy link, else the field when no link is known at all.
func (m *model) parent(r devops.Revision) int {
	var newest devops.Link
	known := false
	for _, l := range m.links {
		if l.Type != devops.HierarchyLink || l.Target != r.ID {
			continue
		}
		known = true
		if l.Active && (newest.Source == 0 || l.Changed.After(newest.Changed) || l.Changed.Equal(newest.Changed) && l.Source > newest.Source) {
			newest = l
		}
	}
	parent := newest.Source
	if !known {
		parent = r.Parent
	}
	if parent == r.ID {
		return 0
	}
	return parent
}

// flatItem and flatRevision are rows with names instead of numbers, so that model and reading compare.
type flatFacts struct {
	ID, Rev                          int
	Project, Type, State             string
	Area, Iteration                  string // path as the tree has it now
	Assigned, Severity, Tags         string
	Priority, StoryPoints, Remaining string
}

type flatItem struct {
	flatFacts
	Title, Reason, CreatedBy, ChangedBy                                   string
	Created, Changed, Activated, Resolved, Closed, StateChanged, TargetAt int64
	Parent, Comments                                                      int
}

type flatRevision struct {
	flatFacts
	From, To  int64
	ChangedBy string
}

func (m *model) facts(r devops.Revision) flatFacts {
	return flatFacts{ID: r.ID, Rev: r.Rev, Project: strings.ToLower(r.ProjectID), Type: r.Type, State: r.State, Area: r.AreaPath, Iteration: r.Iteration,
		Assigned: identity(r.AssignedTo), Severity: r.Severity, Tags: strings.Join(r.Tags, "|"),
		Priority: numberText(r.Priority), StoryPoints: numberText(r.StoryPoints), Remaining: numberText(r.RemainingWork)}
}

func identity(p devops.Person) string { return strings.ToLower(p.UniqueName) }

func (m *model) items() []flatItem {
	var out []flatItem
	for _, h := range m.histories() {
		r := h[len(h)-1]
		out = append(out, flatItem{flatFacts: m.facts(r), Title: r.Title, Reason: r.Reason, CreatedBy: identity(r.CreatedBy), ChangedBy: identity(r.ChangedBy),
			Created: ms(r.Created), Changed: ms(r.Changed), Activated: ms(r.Activated), Resolved: ms(r.ResolvedDate), Closed: ms(r.Closed),
			StateChanged: ms(r.StateChanged), TargetAt: ms(r.TargetDate), Parent: m.parent(r), Comments: r.Comments})
	}
	return out
}

func (m *model) spans() []flatRevision {
	var out []flatRevision
	for _, h := range m.histories() {
		for i, r := range h {
			if r.Deleted {
				continue
			}
			to := int64(1<<63 - 1)
			if i+1 < len(h) {
				to = ms(h[i+1].Changed)
			}
			out = append(out, flatRevision{flatFacts: m.facts(r), From: ms(r.Changed), To: to, ChangedBy: identity(r.ChangedBy)})
		}
	}
	return out
}
