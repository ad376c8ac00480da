package dataset

import "time"

// BuildModel describes what a query over this reading may name. Measures of work items are the same for every
// dataset, so that a report fits them all; the levels of the trees, the parents, the fields of the organization
// and the unit of the estimates follow the data, and the tables beside work items are those that the dataset loads. It reads
// the small dictionaries only.
func BuildModel(r Reading) Model {
	info := r.Info()
	m := Model{
		Name: info.Name, TimeZone: info.TimeZone, WeekStart: info.WeekStart.String(),
		Tables: []Table{
			workItems(r, estimateUnit(r.Projects())),
			projectTable(),
			areaTable(levels(r.Areas())),
			iterationTable(levels(r.Iterations())),
			teamTable(), tagTable(), dateTable(),
		},
		Measures: measures(estimateUnit(r.Projects())),
	}
	if m.TimeZone == "" {
		m.TimeZone = time.UTC.String()
	}
	for _, to := range []FieldRef{Project, Area, Iteration, DateAxis} {
		m.Relationships = append(m.Relationships, Relationship{From: ID, To: to})
	}
	for _, to := range []FieldRef{Team, Tag} {
		m.Relationships = append(m.Relationships, Relationship{From: ID, To: to, ManyToMany: true})
	}
	m.addFacts(r.FactTables())
	return m
}

// maxLevels is how many levels of a tree become columns, as in Analytics.
const maxLevels = 14

func levels(nodes []NodeRow) int {
	n := 1
	for _, node := range nodes {
		n = max(n, int(node.Depth)+1)
	}
	return min(n, maxLevels)
}

// estimateUnit is the unit that all projects estimate in, or "estimate" when they differ: story
// points and effort must not be added up under the name of one of them (reports.md §13).
func estimateUnit(projects []ProjectRow) string {
	units := [...]string{"estimate", "story points", "effort", "size"}
	unit := ""
	for _, p := range projects {
		field := p.EstimateField
		if field < 0 || int(field) >= len(units) {
			field = 0
		}
		u := units[field]
		if unit != "" && unit != u {
			return units[0]
		}
		unit = u
	}
	if unit == "" {
		return units[0]
	}
	return unit
}

func table(name, description string, columns ...Column) Table {
	for i := range columns {
		columns[i].Table = name
	}
	return Table{Name: name, Description: description, Columns: columns}
}

// grouped is a column that stands in rows, columns and filters.
func grouped(ref FieldRef, t ColumnType, role Role, description string) Column {
	_, name := ref.Split()
	return Column{Name: name, Type: t, Role: role, Description: description, Groupable: true, Filterable: true}
}

// number is a numeric column that is also aggregated in values.
func number(ref FieldRef, folder, unit, format, description string) Column {
	c := grouped(ref, Number, RoleNone, description)
	c.Folder, c.Unit, c.Format, c.Summable = folder, unit, format, true
	return c
}

// wholeDays is a number of days without its decimals: 4.9 days stand with 4.
func wholeDays(ref FieldRef, description string) Column {
	c := number(ref, "Days", "days", "integer", description)
	c.Type = Integer
	return c
}

func (c Column) field(reference string) Column  { c.Field = reference; return c }
func (c Column) in(folder string) Column        { c.Folder = folder; return c }
func (c Column) sorted(by string) Column        { c.SortBy = by; return c }
func (c Column) also(synonyms ...string) Column { c.Synonyms = synonyms; return c }

// many marks a column under several of whose members a row stands.
func (c Column) many() Column { c.Many = true; return c }

// workItems is the table with the columns that follow from the data behind those that every dataset has.
func workItems(r Reading, unit string) Table {
	t := workItemTable(unit)
	for _, columns := range [][]Column{placeColumns(), moreDateColumns(), qualityColumns(), rollupColumns(unit), parentColumns(r)} {
		t.Columns = append(t.Columns, columns...)
	}
	t.Columns = append(t.Columns, fieldColumns(r.Fields(), t.Columns)...)
	return table(t.Name, t.Description, t.Columns...)
}

func workItemTable(unit string) Table {
	vsts := "Microsoft.VSTS."
	comments := number(Comments, "", "", "integer", "Number of comments, as it is now.").field("System.CommentCount")
	comments.Type = Integer
	age := number(AgeDays, "Days", "days", "integer", "Whole days from the day of creation to the as-of day; blank when the item is not open (M10).").also("Age")
	age.Type = Integer
	return table(WorkItems, "Work items of every type. One row an item, as it was at the as-of time.",
		grouped(ID, Integer, RoleWorkItemID, "Number of the work item.").field("System.Id"),
		grouped(Title, Text, RoleTitle, "Title, as it is now.").field("System.Title"),
		grouped(Type, Text, RoleWorkItemType, "Work item type, such as Bug or User Story.").field("System.WorkItemType").sorted("backlog level").also("Work item type"),
		grouped(State, Text, RoleState, "State of the workflow.").field("System.State").sorted("state category, then workflow order"),
		grouped(Category, Text, RoleStateCategory, "What the state means in any process: Proposed, In progress, Resolved, Completed or Removed.").sorted("Proposed to Removed").also("Category"),
		grouped(Reason, Text, RoleNone, "Reason of the state, as it is now.").field("System.Reason"),
		grouped(Priority, Integer, RolePriority, "Priority; 1 is the highest.").field(vsts+"Common.Priority"),
		grouped(Severity, Text, RoleSeverity, "Severity, such as 1 - Critical.").field(vsts+"Common.Severity"),
		grouped(AssignedTo, Text, RolePerson, "Who the item is assigned to; Unassigned when nobody.").field("System.AssignedTo").also("Assignee", "Owner"),
		grouped(CreatedBy, Text, RolePerson, "Who created the item.").field("System.CreatedBy").also("Author"),
		grouped(ChangedBy, Text, RolePerson, "Who changed the item last.").field("System.ChangedBy"),
		grouped(TagSet, Text, RoleNone, "All tags of the item in one text. Tags[Tag] has them one by one.").field("System.Tags"),
		grouped(IsBug, Boolean, RoleNone, "True for types of the bug category, whatever a process calls them."),
		grouped(BacklogLevel, Text, RoleNone, "Portfolio, Requirement or Task: the backlog the type stands on.").sorted("Portfolio to Task"),
		grouped(Backlog, Text, RoleNone, "Name of that backlog, such as Epics or Stories.").sorted("backlog level"),
		grouped(ParentID, Integer, RoleNone, "Number of the parent item, as it is now.").field("System.Parent"),
		comments,
		grouped(CreatedDate, Date, RoleDate, "Day of creation.").field("System.CreatedDate").in("Dates").also("Created on"),
		grouped(ChangedDate, Date, RoleDate, "Day of the last change.").field("System.ChangedDate").in("Dates"),
		grouped(CompletedDate, Date, RoleDate, "Day on which the item last entered the category Completed; blank unless it is Completed (M2).").in("Dates"),
		grouped(TargetDate, Date, RoleDate, "Target date, as it is now.").field(vsts+"Scheduling.TargetDate").in("Dates"),
		age,
		grouped(AgeBucket, Text, RoleBucket, "Age of an open item: 0–7 days, 8–30, 31–90, over 90.").in("Days").sorted("age"),
		number(LeadTime, "Days", "days", "days", "Days from creation to completion; completed items only (M2)."),
		number(CycleTime, "Days", "days", "days", "Days from the first time in progress to completion, 0 when that was skipped; completed items only (M3)."),
		wholeDays(LeadTimeWhole, "Lead time, cut to whole days as histograms count them; completed items only (M2)."),
		wholeDays(CycleTimeWhole, "Cycle time, cut to whole days as histograms count them; completed items only (M3)."),
		number(DaysProposed, "Days", "days", "days", "Days spent in the category Proposed so far (M8)."),
		number(DaysInProgress, "Days", "days", "days", "Days spent in the category In progress so far (M8)."),
		number(DaysResolved, "Days", "days", "days", "Days spent in the category Resolved so far (M8)."),
		number(Estimate, "Estimates", unit, "decimal1", "The estimate in the field of the project's process: story points, effort or size."),
		number(StoryPoints, "Estimates", "story points", "decimal1", "Story points (Agile).").field(vsts+"Scheduling.StoryPoints"),
		number(Effort, "Estimates", "effort", "decimal1", "Effort (Scrum, Basic).").field(vsts+"Scheduling.Effort"),
		number(Size, "Estimates", "size", "decimal1", "Size (CMMI).").field(vsts+"Scheduling.Size"),
		number(OriginalEstimate, "Hours", "hours", "hours", "Hours of work first planned.").field(vsts+"Scheduling.OriginalEstimate"),
		number(RemainingWork, "Hours", "hours", "hours", "Hours of work left.").field(vsts+"Scheduling.RemainingWork"),
		number(CompletedWork, "Hours", "hours", "hours", "Hours of work done.").field(vsts+"Scheduling.CompletedWork"),
	)
}

func projectTable() Table {
	return table(Projects, "Team projects of the organization.",
		grouped(Project, Text, RoleProject, "Name of the project.").field("System.TeamProject"),
		grouped(Process, Text, RoleNone, "System process of the project: Agile, Scrum, CMMI or Basic."))
}

func areaTable(levels int) Table {
	t := table(Areas, "Area tree. A filter with under takes the area itself and everything below it.",
		grouped(Area, Text, RoleArea, "The area itself, shown by its name; the value is its path.").field("System.AreaId").sorted("tree"),
		grouped(AreaPath, Text, RoleArea, "The area, shown by its path.").field("System.AreaPath").sorted("tree"))
	return withLevels(t, levels, AreaLevel, RoleArea, "area")
}

func iterationTable(levels int) Table {
	t := table(Iterations, "Iteration tree with the dates of the sprints.",
		grouped(Iteration, Text, RoleIteration, "The iteration itself, shown by its name; the value is its path.").field("System.IterationId").sorted("start date, undated last").also("Sprint"),
		grouped(IterationPath, Text, RoleIteration, "The iteration, shown by its path.").field("System.IterationPath").sorted("start date, undated last"),
		grouped(StartDate, Date, RoleDate, "First day of the iteration.").also("Sprint start"),
		grouped(EndDate, Date, RoleDate, "Last day of the iteration, which is included.").also("Sprint end"))
	return withLevels(t, levels, IterationLevel, RoleIteration, "iteration")
}

func withLevels(t Table, levels int, name func(int) FieldRef, role Role, what string) Table {
	for n := 1; n <= levels; n++ {
		c := grouped(name(n), Text, role, "The "+what+" on this level of the tree that the item lies in or below.").in("Levels").sorted("tree")
		c.Table = t.Name
		t.Columns = append(t.Columns, c)
	}
	return t
}

func teamTable() Table {
	return table(Teams, "Teams. An item belongs to every team that owns its area, so teams do not sum to the total.",
		grouped(Team, Text, RoleTeam, "Name of the team.").many())
}

func tagTable() Table {
	return table(Tags, "Tags. An item with two tags counts under both, so tags do not sum to the total.",
		grouped(Tag, Text, RoleNone, "One tag.").many())
}

func dateTable() Table {
	c := grouped(DateAxis, Date, RoleDate, "Days of the dataset's time zone. In rows or columns it makes a trend: as-of measures at the end of each period, events in it. In filters it sets the range.")
	return table(Dates, "The calendar of trends.", c)
}
