package dataset

// FactEvents says on which instant of a table of facts its rows stand when nothing else is said: plain
// aggregates of its columns, and filters and groups of Dates[Date]. A table without an instant of its own
// stands on its parent's Created.
var FactEvents = map[string]string{Commits: "Authored", PullRequests: "Created", PipelineRuns: "Finished", PipelineTasks: "Finished",
	TestRuns: "Completed", Deployments: "Completed", Changesets: "Created", TFVCBranches: "Created"}

// factOrder is the order of the tables beside work items in the model, which is how people read them.
var factOrder = []string{Repositories, Commits, PullRequests, Reviews, Pipelines, PipelineRuns, PipelineTasks, TestRuns, Deployments,
	Changesets, FileChanges, TFVCBranches}

// FactDay names the column that has the days of a stored instant: Pull requests[Created date] of Created.
func FactDay(table, instant string) FieldRef {
	switch {
	case table == Commits && instant == "Authored":
		return AuthorDate
	case table == Commits && instant == "Committed":
		return CommitDate
	}
	return FieldRef(table + "[" + instant + " date]")
}

// addFacts adds the tables that the dataset loads, the tables of names that they need, and what relates them.
func (m *Model) addFacts(loaded []FactTable) {
	needed := map[string]bool{}
	for i := range loaded {
		t := &loaded[i]
		needed[t.Table] = true
		for _, c := range t.Columns {
			needed[Repositories] = needed[Repositories] || c.Kind == FactRepository
			needed[Pipelines] = needed[Pipelines] || c.Kind == FactPipeline
		}
	}
	for _, name := range factOrder {
		t, ms, ok := factModelOf(name)
		if !ok || !needed[name] {
			continue
		}
		m.Measures = append(m.Measures, ms...)
		if stored := FactTableOf(name); stored != nil {
			m.relateFacts(stored, needed)
			markTags(&t, stored)
		}
		m.Tables = append(m.Tables, t)
	}
}

// relateFacts joins a table of facts to what describes its rows.
func (m *Model) relateFacts(t *FactTable, loaded map[string]bool) {
	to := map[FactKind]FieldRef{FactProject: Project, FactRepository: Repository, FactPipeline: Pipeline}
	if parent := FactParents[t.Table]; loaded[parent] {
		to[FactParent] = FieldRef(parent + "[Id]")
	}
	for _, c := range t.Columns {
		if ref := to[c.Kind]; ref != "" {
			m.Relationships = append(m.Relationships, Relationship{From: FieldRef(t.Table + "[" + c.Name + "]"), To: ref})
		}
	}
	if event := FactEvents[t.Table]; event != "" {
		m.Relationships = append(m.Relationships, Relationship{From: FactDay(t.Table, event), To: DateAxis})
	}
}

// markTags marks the columns under several of whose members a row stands.
func markTags(t *Table, stored *FactTable) {
	for i := range t.Columns {
		if at := stored.Column(t.Columns[i].Name); at >= 0 && stored.Columns[at].Kind == FactTags {
			t.Columns[i].Many = true
		}
	}
}
