package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"sightline/backend/devops"
)

// told is one revision in the order in which the service tells them.
type told struct {
	at       int64
	item     int32 // from 0
	revision int32
}

// chronicle is the history of a world in the order of time, as a feed has it.
type chronicle struct {
	w         *world
	items     []item // each with its own revisions
	order     []told
	people    []devops.Person
	titleRoom []byte
}

func newChronicle(w *world) (*chronicle, error) {
	c := &chronicle{w: w, items: make([]item, 0, w.items), people: make([]devops.Person, peopleCount+1)}
	for i := range c.people[1:] {
		c.people[i+1] = devops.Person{ID: guid("person", i+1), Name: fmt.Sprintf("Person %d", i+1), UniqueName: fmt.Sprintf("person%d@contoso.example", i+1), Descriptor: fmt.Sprintf("aad.%d", i+1)}
	}
	err := w.each(func(it *item) error {
		for k := range it.revisions {
			c.order = append(c.order, told{it.revisions[k].at, int32(len(c.items)), int32(k)})
		}
		kept := *it
		kept.revisions = slices.Clone(it.revisions)
		c.items = append(c.items, kept)
		return nil
	})
	slices.SortFunc(c.order, func(a, b told) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.item, b.item), cmp.Compare(a.revision, b.revision))
	})
	return c, err
}

func guid(kind string, n int) string {
	return fmt.Sprintf("%08x-0000-4000-8000-%012d", []byte(kind)[0], n)
}

// schema is what a refresh stores before work items.
func (c *chronicle) schema() devops.Batch {
	b := devops.Batch{People: c.people[1:], Fields: []devops.Field{
		{ReferenceName: "Custom.Risk", Name: "Risk", Type: "string", IsPicklist: true, Custom: true},
		{ReferenceName: "Custom.Customer", Name: "Customer", Type: "string", Custom: true},
		{ReferenceName: "Custom.Score", Name: "Score", Type: "double", Custom: true},
		{ReferenceName: "System.AuthorizedDate", Name: "Authorized Date", Type: "dateTime"},
		{ReferenceName: "Microsoft.VSTS.Build.FoundIn", Name: "Found In", Type: "string"}}}
	for p, name := range c.w.projects {
		id := guid("project", p)
		b.Projects = append(b.Projects, devops.Project{ID: id, Name: name, State: "wellFormed", ProcessName: "Agile", Process: devops.ProcessAgile, Git: true})
		b.BacklogFields = append(b.BacklogFields, devops.BacklogFields{ProjectID: id, Effort: "Microsoft.VSTS.Scheduling.StoryPoints",
			RemainingWork: "Microsoft.VSTS.Scheduling.RemainingWork", Order: "Microsoft.VSTS.Common.StackRank", Activity: "Microsoft.VSTS.Common.Activity"})
		for i, t := range types {
			kind := devops.WorkItemType{ProjectID: id, Name: t.name, ReferenceName: "Microsoft.VSTS.WorkItemTypes." + t.name, BacklogID: "Microsoft." + t.level, BacklogName: t.level,
				BacklogRank: int(t.rank), BacklogKind: devops.BacklogKind(t.level), Bug: i == bugType}
			for s, state := range states {
				kind.States = append(kind.States, devops.State{Name: state.name, Category: devops.StateCategories[state.category-1], Order: s})
			}
			b.Types = append(b.Types, kind)
		}
	}
	b.Nodes = append(c.nodes(c.w.areas, devops.AreaNode), c.nodes(c.w.iterations, devops.IterationNode)...)
	return b
}

// nodeID is that of a node: both trees share the numbers.
func nodeID(kind devops.NodeKind, code int) int {
	if kind == devops.IterationNode {
		return 100_000 + code + 1
	}
	return code + 1
}

func (c *chronicle) nodes(nodes []node, kind devops.NodeKind) (out []devops.Node) {
	for i, n := range nodes {
		d := devops.Node{ID: nodeID(kind, i), Identifier: guid(string(kind), i), ProjectID: guid("project", n.project), Kind: kind, Name: n.name, Path: n.path, Depth: n.depth}
		if n.parent >= 0 {
			d.ParentID = nodeID(kind, n.parent)
		}
		if n.first != 0 {
			d.Start, d.Finish = time.UnixMilli(int64(n.first)*millisADay).UTC(), time.UnixMilli(int64(n.end)*millisADay).UTC()
		}
		out = append(out, d)
	}
	return out
}

// batch is a few pages of the feed, as a refresh stores them together.
func (c *chronicle) batch(from, to int, into []devops.Revision) devops.Batch {
	for _, t := range c.order[from:to] {
		into = append(into, c.revision(&c.items[t.item], int(t.revision)))
	}
	return devops.Batch{Revisions: into, Cursor: &devops.Cursor{Feed: "revisions", Token: fmt.Sprint(to), Done: to == len(c.order)}}
}

func instantOf(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func value(x float64) *float64 { return &x }

// tenthsOf is a number of hours, nil when it is not set.
func tenthsOf(x int32) *float64 {
	if x == none {
		return nil
	}
	return value(float64(x) / 10)
}

// revision is one revision with all that the service says of it, fields that no visual shows included.
func (c *chronicle) revision(it *item, k int) devops.Revision {
	v := &it.revisions[k]
	upTo := item{revisions: it.revisions[:k+1]}
	stateChanged := v.at
	for i := k; i >= 0 && it.revisions[i].state == v.state; i-- {
		stateChanged = it.revisions[i].at
	}
	c.titleRoom = title(c.titleRoom[:0], it.id)
	r := devops.Revision{ID: it.id, Rev: k + 1, ProjectID: guid("project", it.project), ProjectName: c.w.projects[it.project], Type: types[it.typ].name, State: states[v.state].name,
		Reason: "Moved to state " + states[v.state].name, Title: string(c.titleRoom), AreaID: nodeID(devops.AreaNode, it.area), AreaPath: c.w.areas[it.area].path,
		IterationID: nodeID(devops.IterationNode, v.iteration), Iteration: c.w.iterations[v.iteration].path,
		Changed: instantOf(v.at), Created: instantOf(it.revisions[0].at), ChangedBy: c.people[v.changedBy], CreatedBy: c.people[it.createdBy],
		AssignedTo: c.people[v.assigned], Comments: it.id % 5, Priority: value(float64(it.priority)), StackRank: value(float64(1_000_000*it.id + k/3)),
		OriginalEstimate: tenthsOf(v.original), RemainingWork: tenthsOf(v.left), CompletedWork: tenthsOf(v.spent), ValueArea: "Business",
		Activated: instantOf(upTo.activated()), Closed: instantOf(upTo.closed()), StateChanged: instantOf(stateChanged), BoardColumn: states[v.state].name,
		Other: map[string]any{"Custom.Risk": []string{"Low", "Medium", "High"}[it.id%3], "Custom.Customer": fmt.Sprint("Customer ", it.id%500), "Custom.Score": float64(it.id % 100),
			"System.AuthorizedDate": instantOf(v.at), "Microsoft.VSTS.Build.FoundIn": "2024.1"}}
	if k+1 < len(it.revisions) {
		r.Revised = instantOf(it.revisions[k+1].at)
	}
	if v.tagSet > 0 {
		r.Tags = c.w.tagSets[v.tagSet-1]
	}
	if v.points > 0 {
		r.StoryPoints = value(float64(v.points))
	}
	if it.severity > 0 {
		r.Severity = severities[it.severity-1]
	}
	return r
}
