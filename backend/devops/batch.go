package devops

// Batch is what one page of the service became. It is stored, with its cursors, in one transaction.
// Rows are upserted by natural key, so storing a batch twice changes nothing.
//
// A list with a …Of beside it is whole when …Of is set: rows of that owner that do not come are marked gone,
// never deleted.
type Batch struct {
	Projects      []Project
	People        []Person
	Teams         []Team
	Nodes         []Node // when NodesOf is set, the whole tree of that project
	NodesOf       string
	Fields        []Field
	Types         []WorkItemType
	BacklogFields []BacklogFields
	Boards        []Board    // whole for the teams in BoardsOf
	BoardsOf      []string   // team ids; boards of theirs that do not come are removed
	Capacities    []Capacity // whole for the teams in CapacitiesOf
	DaysOff       []DaysOff  // whole for the teams in CapacitiesOf
	CapacitiesOf  []TeamIteration
	Revisions     []Revision
	Links         []Link
	// Destroyed are ids that the guarded sweep proved to be gone for good.
	Destroyed []int

	Repositories []Repository
	Branches     []Branch
	BranchesOf   []string // repository ids
	Commits      []Commit
	Pushes       []Push
	PullRequests []PullRequest
	Reviews      []Review
	Changesets   []Changeset
	TFVCBranches []TFVCBranch
	// TFVCBranchesOf is a project id.
	TFVCBranchesOf string

	Definitions   []Definition
	DefinitionsOf string // project id
	Builds        []Build
	// GoneBuilds are ids that the server no longer has. Their rows are kept and marked.
	GoneBuilds  []int
	Timelines   []Timeline
	Deployments []Deployment
	TestRuns    []TestRun

	Cursor  *Cursor
	Cursors []Cursor // further ones of the same transaction
}

// TeamIteration is one iteration that a team selected.
type TeamIteration struct {
	TeamID      string
	IterationID string // identifier (GUID)
}

// Count adds the rows of a batch to counts by entity.
func (b *Batch) Count(into map[Entity]int) {
	add := func(e Entity, n int) {
		if n > 0 {
			into[e] += n
		}
	}
	for _, n := range b.Nodes {
		if n.Kind == AreaNode {
			add(Areas, 1)
		} else {
			add(Iterations, 1)
		}
	}
	for i := range b.Timelines {
		add(TimelineRows, len(b.Timelines[i].Records))
	}
	for i := range b.Changesets {
		add(ChangedFiles, len(b.Changesets[i].Files))
	}
	for _, c := range []struct {
		e Entity
		n int
	}{
		{Projects, len(b.Projects)}, {Teams, len(b.Teams)}, {Fields, len(b.Fields)}, {WorkItemTypes, len(b.Types)}, {Boards, len(b.Boards)},
		{Capacities, len(b.Capacities) + len(b.DaysOff)}, {Revisions, len(b.Revisions)}, {Links, len(b.Links)}, {Destroyed, len(b.Destroyed)},
		{Repositories, len(b.Repositories)}, {Branches, len(b.Branches)}, {Commits, len(b.Commits)}, {Pushes, len(b.Pushes)},
		{PullRequests, len(b.PullRequests)}, {Reviews, len(b.Reviews)}, {Changesets, len(b.Changesets)}, {TFVCBranches, len(b.TFVCBranches)},
		{Definitions, len(b.Definitions)}, {Builds, len(b.Builds) + len(b.GoneBuilds)}, {Timelines, len(b.Timelines)},
		{Deployments, len(b.Deployments)}, {TestRuns, len(b.TestRuns)},
	} {
		add(c.e, c.n)
	}
}

// Rows counts the rows of a batch, as progress and history report them.
func (b *Batch) Rows() int {
	counts := map[Entity]int{}
	b.Count(counts)
	n := 0
	for _, more := range counts {
		n += more
	}
	return n
}
