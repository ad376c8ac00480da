package world

import "sightline/backend/devops"

// The ids of the system processes, the same in every organization.
const (
	agileID = "adcc42ab-9882-485e-a3ed-7678f01f66bc"
	scrumID = "6b724908-ef14-45cf-84f8-768b5384da45"
	cmmiID  = "27450541-8e31-4150-9947-dc59f998fc01"
	basicID = "b8a3a935-7e91-48b8-a94c-606d37c3e9f2"
)

// Colors of states as the service shows them.
const (
	grey   = "b2b2b2"
	blue   = "007acc"
	orange = "ff9d00"
	green  = "339933"
	white  = "ffffff"
)

func states(list ...State) []State { return list }

func proposed(name string) State   { return State{name, grey, devops.Proposed} }
func inProgress(name string) State { return State{name, blue, devops.InProgress} }
func completed(name string) State  { return State{name, green, devops.Completed} }

var (
	// reviewed is Resolved where a requirement is meant: the service counts it as in progress.
	reviewed = State{"Resolved", orange, devops.InProgress}
	resolved = State{"Resolved", orange, devops.Resolved}
	removed  = State{"Removed", white, devops.Removed}
)

const (
	epicCategory        = "Microsoft.EpicCategory"
	featureCategory     = "Microsoft.FeatureCategory"
	requirementCategory = "Microsoft.RequirementCategory"
	taskCategory        = "Microsoft.TaskCategory"
	bugCategory         = "Microsoft.BugCategory"
	testCaseCategory    = "Microsoft.TestCaseCategory"
)

var (
	portfolioFields = []string{"Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Common.ValueArea", "Microsoft.VSTS.Common.BusinessValue", "Microsoft.VSTS.Common.TimeCriticality",
		"Microsoft.VSTS.Common.Risk", "Microsoft.VSTS.Scheduling.Effort", "Microsoft.VSTS.Scheduling.StartDate", "Microsoft.VSTS.Scheduling.TargetDate"}
	hours = []string{"Microsoft.VSTS.Scheduling.OriginalEstimate", "Microsoft.VSTS.Scheduling.RemainingWork", "Microsoft.VSTS.Scheduling.CompletedWork"}
)

func with(lists ...[]string) []string {
	var out []string
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

func fields(names ...string) []string { return names }

// wit names the reference of a type of a system process.
func wit(name string) string { return "Microsoft.VSTS.WorkItemTypes." + name }

func epicType(s []State) *Type {
	return &Type{Name: "Epic", ReferenceName: wit("Epic"), Color: "FF7B00", Icon: "icon_crown", Kind: KindEpic, Categories: []string{epicCategory}, States: s, Fields: portfolioFields,
		Description: "Epics help teams effectively manage and groom their product backlog"}
}

func featureType(s []State) *Type {
	return &Type{Name: "Feature", ReferenceName: wit("Feature"), Color: "773B93", Icon: "icon_trophy", Kind: KindFeature, Categories: []string{featureCategory}, States: s, Fields: portfolioFields,
		Description: "Tracks a feature that will be released with the product"}
}

// testTypes are in every process but Basic's backlog; people write test cases, the rest is there to be listed.
func testTypes() []*Type {
	return []*Type{
		{Name: "Test Case", ReferenceName: wit("TestCase"), Color: "004B50", Icon: "test_case", Kind: KindTestCase, Categories: []string{testCaseCategory},
			States: states(proposed("Design"), inProgress("Ready"), completed("Closed")), Fields: fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.TCM.AutomationStatus"),
			Description: "Server-side data for a set of steps to be tested."},
		{Name: "Test Plan", ReferenceName: wit("TestPlan"), Color: "004B50", Icon: "test_plan", Kind: KindOther, Categories: []string{"Microsoft.TestPlanCategory", hiddenCategory},
			States: states(inProgress("Active"), completed("Inactive")), Fields: fields("Microsoft.VSTS.Scheduling.StartDate", "Microsoft.VSTS.Scheduling.FinishDate"),
			Description: "Tracks test activities for a specific milestone or release."},
		{Name: "Test Suite", ReferenceName: wit("TestSuite"), Color: "004B50", Icon: "test_suite", Kind: KindOther, Categories: []string{"Microsoft.TestSuiteCategory", hiddenCategory},
			States: states(inProgress("In Planning"), inProgress("In Progress"), completed("Completed")), Description: "Tracks test activites for a specific feature, requirement, or user story."},
		{Name: "Shared Steps", ReferenceName: wit("SharedStep"), Color: "004B50", Icon: "test_step", Kind: KindOther, Categories: []string{"Microsoft.SharedStepCategory", hiddenCategory},
			States: states(inProgress("Active"), completed("Closed")), Fields: fields("Microsoft.VSTS.Common.Priority"), Description: "Server-side data for reusable set of test steps."},
	}
}

const hiddenCategory = "Microsoft.HiddenCategory"

func agile() *Process {
	story := func() []State {
		return states(proposed("New"), inProgress("Active"), reviewed, completed("Closed"), removed)
	}
	return &Process{
		ID: agileID, Name: "Agile", ReferenceName: "ProcessTemplate.Agile", System: devops.ProcessAgile, BugsBehavior: "asTasks",
		Description: "This template is flexible and will work great for most teams using Agile planning methods, including those practicing Scrum.",
		Types: append([]*Type{
			{Name: "Bug", ReferenceName: wit("Bug"), Color: "CC293D", Icon: "icon_insect", Kind: KindBug, Categories: []string{bugCategory},
				Description: "Describes a divergence between required and actual behavior, and tracks the work done to correct the defect and verify the correction.",
				States:      states(proposed("New"), inProgress("Active"), resolved, completed("Closed"), removed),
				Fields: with(fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Common.Severity", "Microsoft.VSTS.Scheduling.StoryPoints", "Microsoft.VSTS.Common.ValueArea", "Microsoft.VSTS.Common.Activity",
					"Microsoft.VSTS.Common.ResolvedReason", "Microsoft.VSTS.Build.FoundIn", "Microsoft.VSTS.Build.IntegrationBuild", "Microsoft.VSTS.TCM.ReproSteps", "Microsoft.VSTS.TCM.SystemInfo"), hours)},
			epicType(story()), featureType(story()),
			{Name: "Issue", ReferenceName: wit("Issue"), Color: "B4009E", Icon: "icon_clipboard_issue", Kind: KindImpediment,
				States: states(inProgress("Active"), completed("Closed")), Fields: fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Scheduling.DueDate"), Description: "Tracks an obstacle to progress."},
			{Name: "Task", ReferenceName: wit("Task"), Color: "F2CB1D", Icon: "icon_clipboard", Kind: KindTask, Categories: []string{taskCategory},
				States: states(proposed("New"), inProgress("Active"), completed("Closed"), removed), Fields: with(fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Common.Activity"), hours),
				Description: "Tracks work that needs to be done."},
			{Name: "User Story", ReferenceName: wit("UserStory"), Color: "009CCC", Icon: "icon_book", Kind: KindRequirement, Categories: []string{requirementCategory}, States: story(),
				Fields:      fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Scheduling.StoryPoints", "Microsoft.VSTS.Common.ValueArea", "Microsoft.VSTS.Common.Risk", "Microsoft.VSTS.Common.AcceptanceCriteria"),
				Description: "Tracks an activity the user will be able to perform with the product"},
		}, testTypes()...),
		Backlogs: backlogs("Stories", "User Story", true),
		Columns: []BoardColumn{{Name: "New", Role: roleNew}, {Name: "Ready", Role: roleNew, Limit: 12}, {Name: "Development", Former: "Dev", Role: roleActive, Split: true, Limit: 8},
			{Name: "Acceptance", Role: roleResolved, Limit: 6}, {Name: "Closed", Role: roleDone}},
		EffortField: "Microsoft.VSTS.Scheduling.StoryPoints", OrderField: "Microsoft.VSTS.Common.StackRank", ActivityField: "Microsoft.VSTS.Common.Activity",
	}
}

func scrum() *Process {
	pbi := func() []State {
		return states(proposed("New"), proposed("Approved"), inProgress("Committed"), completed("Done"), removed)
	}
	upper := func() []State {
		return states(proposed("New"), inProgress("In Progress"), completed("Done"), removed)
	}
	return &Process{
		ID: scrumID, Name: "Scrum", ReferenceName: "ProcessTemplate.Scrum", System: devops.ProcessScrum, BugsBehavior: "asRequirements",
		Description: "This template is for teams who follow the Scrum framework.",
		Types: append([]*Type{
			{Name: "Bug", ReferenceName: wit("Bug"), Color: "CC293D", Icon: "icon_insect", Kind: KindBug, Categories: []string{bugCategory}, States: pbi(),
				Description: "Describes a divergence between required and actual behavior, and tracks the work done to correct the defect and verify the correction.",
				Fields: fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Common.Severity", "Microsoft.VSTS.Scheduling.Effort", "Microsoft.VSTS.Scheduling.RemainingWork", "Microsoft.VSTS.Common.Activity",
					"Microsoft.VSTS.Common.ValueArea", "Microsoft.VSTS.Build.FoundIn", "Microsoft.VSTS.Build.IntegrationBuild", "Microsoft.VSTS.TCM.ReproSteps", "Microsoft.VSTS.Common.AcceptanceCriteria")},
			epicType(upper()), featureType(upper()),
			{Name: "Impediment", ReferenceName: wit("Impediment"), Color: "B4009E", Icon: "icon_traffic_cone", Kind: KindImpediment,
				States: states(inProgress("Open"), completed("Closed")), Fields: fields("Microsoft.VSTS.Common.Priority"), Description: "Tracks an obstacle to progress."},
			{Name: "Product Backlog Item", ReferenceName: wit("ProductBacklogItem"), Color: "009CCC", Icon: "icon_list", Kind: KindRequirement, Categories: []string{requirementCategory}, States: pbi(),
				Fields:      fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Scheduling.Effort", "Microsoft.VSTS.Common.ValueArea", "Microsoft.VSTS.Common.BusinessValue", "Microsoft.VSTS.Common.AcceptanceCriteria"),
				Description: "Tracks an activity the user will be able to perform with the product"},
			{Name: "Task", ReferenceName: wit("Task"), Color: "F2CB1D", Icon: "icon_clipboard", Kind: KindTask, Categories: []string{taskCategory},
				States: states(proposed("To Do"), inProgress("In Progress"), completed("Done"), removed),
				Fields: fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Common.Activity", "Microsoft.VSTS.Scheduling.RemainingWork"), Description: "Tracks work that needs to be done."},
		}, testTypes()...),
		Backlogs: backlogs("Backlog items", "Product Backlog Item", true),
		Columns: []BoardColumn{{Name: "New", Role: roleNew}, {Name: "Approved", Role: roleReady, Limit: 10}, {Name: "Committed", Role: roleActive, Split: true, Limit: 8},
			{Name: "Done", Role: roleDone}},
		EffortField: "Microsoft.VSTS.Scheduling.Effort", OrderField: "Microsoft.VSTS.Common.BacklogPriority", ActivityField: "Microsoft.VSTS.Common.Activity",
	}
}

func basic() *Process {
	three := func() []State { return states(proposed("To Do"), inProgress("Doing"), completed("Done")) }
	return &Process{
		ID: basicID, Name: "Basic", ReferenceName: "ProcessTemplate.Basic", System: devops.ProcessBasic, Default: true, BugsBehavior: "off",
		Description: "This template is flexible for any process and great for teams getting started with Azure DevOps.",
		Types: append([]*Type{
			epicType(three()),
			{Name: "Issue", ReferenceName: wit("Issue"), Color: "B4009E", Icon: "icon_clipboard_issue", Kind: KindRequirement, Categories: []string{requirementCategory}, States: three(),
				Fields: fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Scheduling.Effort", "Microsoft.VSTS.Common.Activity"), Description: "Tracks an obstacle to progress."},
			{Name: "Task", ReferenceName: wit("Task"), Color: "F2CB1D", Icon: "icon_clipboard", Kind: KindTask, Categories: []string{taskCategory}, States: three(),
				Fields: fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Common.Activity", "Microsoft.VSTS.Scheduling.RemainingWork"), Description: "Tracks work that needs to be done."},
		}, testTypes()...),
		Backlogs:    backlogs("Issues", "Issue", false),
		Columns:     []BoardColumn{{Name: "To Do", Role: roleNew}, {Name: "Doing", Role: roleActive, Limit: 5}, {Name: "Done", Role: roleDone}},
		EffortField: "Microsoft.VSTS.Scheduling.Effort", OrderField: "Microsoft.VSTS.Common.StackRank", ActivityField: "Microsoft.VSTS.Common.Activity",
	}
}

// backlogs makes the levels of a process; Basic has no level of features.
func backlogs(name, requirement string, features bool) []Backlog {
	list := []Backlog{{ID: epicCategory, Name: "Epics", Kind: devops.PortfolioBacklog, Rank: 4, Color: "FF7B00", Types: []string{"Epic"}}}
	if features {
		list = append(list, Backlog{ID: featureCategory, Name: "Features", Kind: devops.PortfolioBacklog, Rank: 3, Color: "773B93", Types: []string{"Feature"}})
	}
	return append(list,
		Backlog{ID: requirementCategory, Name: name, Kind: devops.RequirementBacklog, Rank: 2, Color: "009CCC", Types: []string{requirement}},
		Backlog{ID: taskCategory, Name: "Tasks", Kind: devops.TaskBacklog, Rank: 1, Color: "F2CB1D", Types: []string{"Task"}})
}
