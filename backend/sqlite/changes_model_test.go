package sqlite_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sightline/backend/devops"
)

// tallied is what a dataset should hold of everything but people, in plain maps, so that what each batch
// changes is counted without any SQL: a row is its content as JSON, and whether it is held.
type tallied struct {
	rows map[devops.Entity]map[string]talliedRow
	work *model // of work items and links
}

type talliedRow struct {
	content string
	held    bool
	owner   string // of a list that may be whole
}

func newTallied() *tallied {
	return &tallied{rows: map[devops.Entity]map[string]talliedRow{}, work: newModel()}
}

// snapshot copies the rows, so that two states can be compared.
func (m *tallied) snapshot() map[devops.Entity]map[string]talliedRow {
	out := map[devops.Entity]map[string]talliedRow{}
	for e, rows := range m.rows {
		out[e] = maps.Clone(rows)
	}
	return out
}

// compare counts the difference of two states by entity.
func compare(before, after map[devops.Entity]map[string]talliedRow) devops.Changes {
	changes := devops.Changes{}
	add := func(e devops.Entity, c devops.Change) {
		if c != (devops.Change{}) {
			changes.Add(e, c)
		}
	}
	for e, rows := range after {
		for key, is := range rows {
			switch was, known := before[e][key]; {
			case is.held && !was.held:
				add(e, devops.Change{Added: 1})
			case was.held && !is.held:
				add(e, devops.Change{Deleted: 1})
			case known && is.content != was.content:
				add(e, devops.Change{Changed: 1})
			}
		}
	}
	for e, rows := range before {
		for key, was := range rows {
			if _, still := after[e][key]; !still && was.held {
				add(e, devops.Change{Deleted: 1})
			}
		}
	}
	return changes
}

// apply stores a batch and says what that changed.
func (m *tallied) apply(b devops.Batch) devops.Changes {
	before := m.snapshot()
	m.applyNames(b)
	m.applyGit(b)
	m.applyPipelines(b)
	m.applyTFVC(b)
	if len(b.Revisions)+len(b.Links)+len(b.Destroyed) > 0 {
		m.applyWork(b)
	}
	return compare(before, m.snapshot())
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func (m *tallied) put(e devops.Entity, key, owner string, held bool, content any) {
	if m.rows[e] == nil {
		m.rows[e] = map[string]talliedRow{}
	}
	m.rows[e][key] = talliedRow{content: text(content), held: held, owner: owner}
}

// retire takes what did not come off a whole list.
func (m *tallied) retire(e devops.Entity, owner string, come map[string]bool, remove bool) {
	for key, row := range m.rows[e] {
		if row.owner == owner && row.held && !come[key] {
			row.held = false
			if m.rows[e][key] = row; remove {
				delete(m.rows[e], key)
			}
		}
	}
}

func (m *tallied) applyNames(b devops.Batch) {
	for _, p := range b.Projects {
		held := !p.Gone
		p.Gone = false
		m.put(devops.Projects, p.ID, "", held, p)
	}
	for _, f := range b.Fields {
		m.put(devops.Fields, f.ReferenceName, "", true, f)
	}
	for _, t := range b.Types {
		t.States = slices.Clone(t.States)
		slices.SortFunc(t.States, func(a, b devops.State) int { return cmp.Compare(a.Name, b.Name) })
		m.put(devops.WorkItemTypes, t.ProjectID+t.Name, "", true, t)
	}
	for _, t := range b.Teams {
		m.put(devops.Teams, t.ID, "", true, t)
	}
	come := map[devops.Entity]map[string]bool{devops.Areas: {}, devops.Iterations: {}}
	for _, n := range b.Nodes {
		e := devops.Areas
		if n.Kind == devops.IterationNode {
			e = devops.Iterations
		}
		m.put(e, fmt.Sprint(n.ID), n.ProjectID, true, n)
		come[e][fmt.Sprint(n.ID)] = true
	}
	for e, ids := range come {
		if b.NodesOf != "" && len(ids) > 0 {
			m.retire(e, b.NodesOf, ids, false)
		}
	}
	m.applyBoards(b)
}

func (m *tallied) applyBoards(b devops.Batch) {
	come := map[string]bool{}
	for _, r := range b.Boards {
		come[r.TeamID+r.ID] = true
		m.put(devops.Boards, r.TeamID+r.ID, r.TeamID, true, r)
	}
	for _, team := range b.BoardsOf {
		m.retire(devops.Boards, team, come, true)
	}
	come = map[string]bool{}
	for _, c := range b.Capacities {
		key := fmt.Sprint("work ", c.TeamID, c.IterationID, c.Person.ID, c.Activity)
		come[key] = true
		m.put(devops.Capacities, key, c.TeamID+c.IterationID, true, c)
	}
	for _, o := range b.DaysOff {
		come[text(o)] = true
		m.put(devops.Capacities, text(o), o.TeamID+o.IterationID, true, o)
	}
	for _, of := range b.CapacitiesOf {
		m.retire(devops.Capacities, of.TeamID+of.IterationID, come, true)
	}
}

func (m *tallied) applyGit(b devops.Batch) {
	for _, r := range b.Repositories {
		held := !r.Gone
		r.Gone = false
		m.put(devops.Repositories, r.ID, "", held, r)
	}
	come := map[string]bool{}
	for _, r := range b.Branches {
		key := r.RepositoryID + r.Name
		come[key] = true
		m.put(devops.Branches, key, r.RepositoryID, true, r)
	}
	for _, repository := range b.BranchesOf {
		m.retire(devops.Branches, repository, come, false)
	}
	for _, c := range b.Commits {
		var was devops.Commit
		if row, ok := m.rows[devops.Commits][c.RepositoryID+c.ID]; ok {
			fromText(row.content, &was)
		}
		c.Adds, c.Edits, c.Deletes = cmp.Or(c.Adds, was.Adds), cmp.Or(c.Edits, was.Edits), cmp.Or(c.Deletes, was.Deletes)
		m.put(devops.Commits, c.RepositoryID+c.ID, "", true, c)
	}
	for _, p := range b.Pushes {
		key := fmt.Sprint(p.RepositoryID, p.ID)
		if row, ok := m.rows[devops.Pushes][key]; ok && len(p.Updates) == 0 {
			var was devops.Push
			fromText(row.content, &was)
			p.Updates = was.Updates
		}
		m.put(devops.Pushes, key, "", true, p)
	}
	for _, p := range b.PullRequests {
		p.Reviewers = slices.Clone(p.Reviewers)
		slices.SortFunc(p.Reviewers, func(a, b devops.Reviewer) int { return cmp.Compare(a.Person.ID, b.Person.ID) })
		m.put(devops.PullRequests, fmt.Sprint(p.ID), "", true, p)
	}
	for _, v := range b.Reviews {
		v.Read = time.Time{}
		m.put(devops.Reviews, fmt.Sprint(v.PullRequestID), "", true, v)
	}
}

func fromText(content string, into any) {
	if err := json.Unmarshal([]byte(content), into); err != nil {
		panic(err)
	}
}

func (m *tallied) applyPipelines(b devops.Batch) {
	come := map[string]bool{}
	for _, d := range b.Definitions {
		come[fmt.Sprint(d.ProjectID, d.ID)] = true
		m.put(devops.Definitions, fmt.Sprint(d.ProjectID, d.ID), d.ProjectID, true, d)
	}
	if b.DefinitionsOf != "" {
		m.retire(devops.Definitions, b.DefinitionsOf, come, false)
	}
	for _, n := range b.Builds {
		held := !n.Gone
		n.Gone, n.DefinitionName = false, ""
		m.put(devops.Builds, fmt.Sprint(n.ID), "", held, n)
	}
	for _, id := range b.GoneBuilds {
		if row, ok := m.rows[devops.Builds][fmt.Sprint(id)]; ok {
			row.held = false
			m.rows[devops.Builds][fmt.Sprint(id)] = row
		}
	}
	for _, l := range b.Timelines {
		m.retire(devops.TimelineRows, fmt.Sprint(l.BuildID), nil, true)
		l.Records, l.Read = slices.Clone(l.Records), time.Time{}
		slices.SortFunc(l.Records, func(a, b devops.TimelineRecord) int { return strings.Compare(a.ID, b.ID) })
		for _, r := range l.Records {
			m.put(devops.TimelineRows, fmt.Sprint(l.BuildID, r.ID), fmt.Sprint(l.BuildID), true, r)
		}
		m.put(devops.Timelines, fmt.Sprint(l.BuildID), "", true, l)
	}
	for _, d := range b.Deployments {
		d.DefinitionName, d.Environment = "", ""
		m.put(devops.Deployments, fmt.Sprint(d.ProjectID, d.ID), "", true, d)
	}
	for _, r := range b.TestRuns {
		m.put(devops.TestRuns, fmt.Sprint(r.ProjectID, r.ID), "", true, r)
	}
}

// talliedChangeset is a changeset with all the projects that listed it, the first first.
type talliedChangeset struct {
	devops.Changeset
	Projects []string
}

func (m *tallied) applyTFVC(b devops.Batch) {
	for _, c := range b.Changesets {
		key := fmt.Sprint(c.ID)
		is := talliedChangeset{Changeset: c}
		if row, ok := m.rows[devops.Changesets][key]; ok {
			var was talliedChangeset
			fromText(row.content, &was)
			is.Projects, is.FilesRead = was.Projects, c.FilesRead || was.FilesRead
		}
		if !slices.Contains(is.Projects, c.ProjectID) {
			is.Projects = append(is.Projects, c.ProjectID)
		}
		is.ProjectID, is.Files = is.Projects[0], nil
		m.put(devops.Changesets, key, "", true, is)
		if !c.FilesRead {
			continue
		}
		m.retire(devops.ChangedFiles, key, nil, true)
		for _, f := range c.Files {
			m.put(devops.ChangedFiles, key+f.Path, key, true, f)
		}
	}
	come := map[string]bool{}
	for _, r := range b.TFVCBranches {
		come[r.Path] = true
		m.put(devops.TFVCBranches, r.Path, r.ProjectID, true, r)
	}
	if b.TFVCBranchesOf != "" {
		m.retire(devops.TFVCBranches, b.TFVCBranchesOf, come, false)
	}
}

// applyWork counts work items, revisions and links.
func (m *tallied) applyWork(b devops.Batch) {
	m.work.apply(b)
	m.rows[devops.Revisions], m.rows[devops.WorkItems], m.rows[devops.Links] = map[string]talliedRow{}, map[string]talliedRow{}, map[string]talliedRow{}
	current := map[int]devops.Revision{}
	for _, r := range m.work.revisions {
		r.ChangedBy, r.CreatedBy, r.AssignedTo = devops.Person{ID: r.ChangedBy.ID}, devops.Person{ID: r.CreatedBy.ID}, devops.Person{ID: r.AssignedTo.ID}
		m.put(devops.Revisions, fmt.Sprint(r.ID, " ", r.Rev), "", true, r)
		if was, ok := current[r.ID]; !ok || r.Rev > was.Rev {
			current[r.ID] = r
		}
	}
	for id, r := range current {
		m.put(devops.WorkItems, fmt.Sprint(id), "", !r.Deleted, r)
	}
	for key, l := range m.work.links {
		m.put(devops.Links, fmt.Sprint(key), "", l.Active, l)
	}
}
