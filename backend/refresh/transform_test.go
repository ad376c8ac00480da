package refresh

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/fault"
)

// revise decodes and transforms one page.
func revise(t *testing.T, scope, body string) []devops.Revision {
	t.Helper()
	p, err := azdo.NewRevisionDecoder().Decode([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	names := nameProjects([]devops.Project{{ID: "p1", Name: "Fabrikam"}, {ID: "p2", Name: "Other"}}, []devops.Project{{ID: "p1", Name: "Before"}})
	return newReviser(names).append(nil, scope, p)
}

func TestARevisionKeepsEveryField(t *testing.T) {
	got := revise(t, "p1", `{"values":[{"id":7,"rev":3,"fields":{"System.Id":7,"System.Rev":3,"System.TeamProject":"Fabrikam","System.WorkItemType":"Bug","System.State":"Active",
		"System.Reason":"New","System.Title":"A \"b\" \u00e9","System.AreaId":11,"System.AreaPath":"Fabrikam\\Web","System.AreaLevel1":"Fabrikam","System.NodeName":"Web","System.IterationId":12,
		"System.IterationPath":"Fabrikam\\S1","System.ChangedDate":"2024-01-02T03:04:05.67Z","System.RevisedDate":"9999-01-01T00:00:00Z","System.CreatedDate":"2024-01-01T00:00:00Z",
		"System.ChangedBy":{"displayName":"Ann","id":"a-1","uniqueName":"ann@x","descriptor":"aad.1"},"System.CreatedBy":"Bob Bo <bob@x>","System.Tags":" a; ;b ;c d","System.IsDeleted":true,
		"System.CommentCount":4,"System.Parent":5,"System.Watermark":99,"Microsoft.VSTS.Common.Priority":2,"Microsoft.VSTS.Common.Severity":"1 - Critical","Microsoft.VSTS.Common.StackRank":1.5,
		"Microsoft.VSTS.Scheduling.StoryPoints":0,"Microsoft.VSTS.Scheduling.RemainingWork":3.25,"Microsoft.VSTS.Common.ClosedDate":"2024-01-02T03:04:05Z","System.BoardColumn":"Doing",
		"System.BoardColumnDone":false,"System.BoardLane":"Fast","WEF_6CB513B6E70E43499D9FC94E5BBFB784_Kanban.Column":"Doing","Custom.Risk":"High","Custom.Score":8.5,"Custom.Signed":true,
		"Custom.When":"2024-05-06T07:08:09Z","Custom.Text":"2024-05-06","Custom.Owner":{"displayName":"Cy","id":"c-1","uniqueName":"cy@x"},"Custom.Empty":null,"Custom.Never":"0001-01-01T00:00:00Z"}}],"isLastBatch":true}`)
	two, zero, rank, remaining, done := 2.0, 0.0, 1.5, 3.25, false
	want := devops.Revision{
		ID: 7, Rev: 3, ProjectID: "p1", ProjectName: "Fabrikam", Type: "Bug", State: "Active", Reason: "New", Title: `A "b" é`, AreaID: 11, AreaPath: `Fabrikam\Web`,
		IterationID: 12, Iteration: `Fabrikam\S1`, Changed: time.Date(2024, 1, 2, 3, 4, 5, 670_000_000, time.UTC), Created: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC),
		ChangedBy: devops.Person{ID: "a-1", Name: "Ann", UniqueName: "ann@x", Descriptor: "aad.1"}, CreatedBy: devops.Person{Name: "Bob Bo", UniqueName: "bob@x"},
		Tags: []string{"a", "b", "c d"}, Deleted: true, Comments: 4, Parent: 5, Watermark: 99, Priority: &two, Severity: "1 - Critical", StackRank: &rank, StoryPoints: &zero,
		RemainingWork: &remaining, Closed: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC), BoardColumn: "Doing", BoardColumnDone: &done, BoardLane: "Fast",
		Other: map[string]any{"WEF_6CB513B6E70E43499D9FC94E5BBFB784_Kanban.Column": "Doing", "Custom.Risk": "High", "Custom.Score": 8.5, "Custom.Signed": true,
			"Custom.When": time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC), "Custom.Text": "2024-05-06", "Custom.Owner": devops.Person{ID: "c-1", Name: "Cy", UniqueName: "cy@x"}},
	}
	if len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

func TestMissingEstimatesAreNotZero(t *testing.T) {
	got := revise(t, "p1", `{"values":[{"id":7,"rev":3,"fields":{"System.Title":"x"}}],"isLastBatch":true}`)[0]
	if got.StoryPoints != nil || got.Effort != nil || got.Priority != nil || got.RemainingWork != nil || got.BoardColumnDone != nil || !got.Closed.IsZero() || got.AssignedTo != (devops.Person{}) || got.Other != nil {
		t.Errorf("%+v", got)
	}
}

func TestRevisionsFindTheirProjectByPresentAndFormerNames(t *testing.T) {
	for _, test := range []struct{ name, scope, want string }{
		{"Fabrikam", "p1", "p1"}, {"FABRIKAM", "p1", "p1"}, {"Before", "p1", "p1"}, {"Long ago", "p1", "p1"}, {"Other", "", "p2"}, {"Unknown", "", ""},
	} {
		got := revise(t, test.scope, fmt.Sprintf(`{"values":[{"id":7,"rev":3,"fields":{"System.TeamProject":%q}}],"isLastBatch":true}`, test.name))
		if got[0].ProjectID != test.want || got[0].ProjectName != test.name {
			t.Errorf("%s in the feed of %q is %q", test.name, test.scope, got[0].ProjectID)
		}
	}
	// A new project took the old name: the renamed project's own feed still means itself.
	names := nameProjects([]devops.Project{{ID: "p1", Name: "New"}, {ID: "p2", Name: "Old"}}, []devops.Project{{ID: "p1", Name: "Old"}})
	if got := names.find("Old", "p1"); got != "p1" {
		t.Errorf("in the feed of the renamed project: %q", got)
	}
	if got := names.find("Old", ""); got != "p2" {
		t.Errorf("without a feed: %q", got)
	}
}

func TestNodePathsAreSpelledAsWorkItemsSpellThem(t *testing.T) {
	day := func(d int) azdo.Time { return azdo.Time{Time: time.Date(2026, 1, d, 0, 0, 0, 0, time.UTC)} }
	rows := nodesOf("p1", []azdo.ClassificationNode{
		{ID: 10, Identifier: "A-1", Name: "Fab", StructureType: "area", Children: []azdo.ClassificationNode{{ID: 11, Name: "Web", StructureType: "area"}}},
		{ID: 20, Name: "Fab", StructureType: "iteration", Path: `\Fab\Iteration`, Children: []azdo.ClassificationNode{
			{ID: 21, Name: "R1", StructureType: "iteration", Children: []azdo.ClassificationNode{{ID: 22, Name: "Sprint 1", StructureType: "iteration", Path: `\Fab\Iteration\R1\Sprint 1`,
				Attributes: &azdo.NodeAttributes{StartDate: day(5), FinishDate: day(16)}}}}}},
	})
	var got []string
	for _, n := range rows {
		got = append(got, fmt.Sprintf("%s %d<%d %s %d", n.Kind, n.ID, n.ParentID, n.Path, n.Depth))
	}
	want := []string{`area 10<0 Fab 0`, `area 11<10 Fab\Web 1`, `iteration 20<0 Fab 0`, `iteration 21<20 Fab\R1 1`, `iteration 22<21 Fab\R1\Sprint 1 2`}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if rows[0].Identifier != "a-1" || !rows[4].Finish.Equal(day(16).Time) || !rows[3].Start.IsZero() || lastNode(rows) != 22 {
		t.Errorf("%+v", rows)
	}
}

// agileTypes are the types of an inherited Agile process with a custom type.
func agileTypes() typeParts {
	states := []azdo.WorkItemState{{Name: "New", Category: "Proposed"}, {Name: "Active", Category: "InProgress"}, {Name: "Closed", Category: "completed"}, {Name: "Removed", Category: "Removed"}}
	return typeParts{
		types:      []azdo.WorkItemType{{Name: "Epic", States: states}, {Name: "User Story", States: states}, {Name: "Bug", States: states}, {Name: "Task", States: states}, {Name: "Incident", States: states}, {Name: "Issue", States: states}},
		categories: []azdo.WorkItemTypeCategory{{ReferenceName: "Microsoft.BugCategory", WorkItemTypes: []azdo.NamedRef{{Name: "Bug"}, {Name: "Incident"}}}},
		backlogs: &azdo.BacklogConfiguration{
			PortfolioBacklogs:  []azdo.BacklogLevel{{ID: "Microsoft.EpicCategory", Name: "Epics", Rank: 4, WorkItemTypes: []azdo.NamedRef{{Name: "Epic"}}}},
			RequirementBacklog: azdo.BacklogLevel{ID: "Microsoft.RequirementCategory", Name: "Stories", Rank: 2, WorkItemTypes: []azdo.NamedRef{{Name: "User Story"}}},
			TaskBacklog:        azdo.BacklogLevel{ID: "Microsoft.TaskCategory", Name: "Tasks", Rank: 1, WorkItemTypes: []azdo.NamedRef{{Name: "Task"}}},
			BugsBehavior:       "asTasks",
			BacklogFields:      azdo.BacklogFields{TypeFields: map[string]string{"Effort": "Microsoft.VSTS.Scheduling.StoryPoints"}},
		},
	}
}

func describeTypes(rows []devops.WorkItemType) string {
	var out []string
	for _, r := range rows {
		s := r.Name + "=" + string(r.BacklogKind)
		if r.Bug {
			s += "!"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestTypesStandOnBacklogLevelsNotOnNames(t *testing.T) {
	w := agileTypes()
	if got, want := describeTypes(typesOf("p1", &w)), "Epic=portfolio User Story=requirement Bug=task! Task=task Incident=task! Issue="; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	w.backlogs.BugsBehavior = "off"
	if got, want := describeTypes(typesOf("p1", &w)), "Epic=portfolio User Story=requirement Bug=! Task=task Incident=! Issue="; got != want {
		t.Errorf("bugs off: %s, want %s", got, want)
	}
	if got := backlogFieldsOf("p1", &w); len(got) != 1 || got[0].Effort != "Microsoft.VSTS.Scheduling.StoryPoints" {
		t.Errorf("fields %+v", got)
	}
	w.process, w.backlogs = &azdo.ProcessConfiguration{
		TaskBacklog:        &azdo.CategoryConfiguration{ReferenceName: "Microsoft.TaskCategory", Name: "Tasks", WorkItemTypes: []azdo.NamedRef{{Name: "Task"}}},
		RequirementBacklog: &azdo.CategoryConfiguration{Name: "Stories", WorkItemTypes: []azdo.NamedRef{{Name: "User Story"}, {Name: "Incident"}}},
		PortfolioBacklogs:  []azdo.CategoryConfiguration{{Name: "Epics", WorkItemTypes: []azdo.NamedRef{{Name: "Epic"}}}},
		TypeFields:         map[string]azdo.FieldRef{"Effort": {ReferenceName: "E"}},
	}, nil
	if got, want := describeTypes(typesOf("p1", &w)), "Epic=portfolio User Story=requirement Bug=! Task=task Incident=requirement! Issue="; got != want {
		t.Errorf("process configuration: %s, want %s", got, want)
	}
	if got := backlogFieldsOf("p1", &w); len(got) != 1 || got[0].Effort != "E" {
		t.Errorf("fields %+v", got)
	}
	w.process, w.categories = nil, nil
	if got, want := describeTypes(typesOf("p1", &w)), "Epic=portfolio User Story=requirement Bug=! Task=task Incident= Issue="; got != want {
		t.Errorf("by names: %s, want %s", got, want)
	}
}

func TestStatesIncludeRemovedOnesInWorkflowOrder(t *testing.T) {
	w := agileTypes()
	states := typesOf("p1", &w)[0].States
	if len(states) != 4 || states[2] != (devops.State{Name: "Closed", Category: devops.Completed, Order: 2}) || states[3].Category != devops.Removed {
		t.Errorf("%+v", states)
	}
	w.types[0].States = nil
	w.states = map[string][]azdo.WorkItemState{"Epic": {{Name: "Only", Category: "Resolved"}}}
	if states := typesOf("p1", &w)[0].States; len(states) != 1 || states[0].Category != devops.Resolved {
		t.Errorf("from the states call: %+v", states)
	}
	w.states = nil
	w.backlogs.WorkItemTypeMappedStates = []azdo.TypeStateMapping{{WorkItemTypeName: "Epic", States: map[string]string{"Done": "Completed", "To Do": "Proposed", "Doing": "InProgress"}}}
	var names []string
	for _, s := range typesOf("p1", &w)[0].States {
		names = append(names, s.Name)
	}
	if !slices.Equal(names, []string{"To Do", "Doing", "Done"}) {
		t.Errorf("from the mapping: %v", names)
	}
}

func TestTheProcessIsInferredFromItsRequirementType(t *testing.T) {
	for kind, want := range map[string]devops.Process{"User Story": devops.ProcessAgile, "Product Backlog Item": devops.ProcessScrum, "Requirement": devops.ProcessCMMI, "Issue": devops.ProcessBasic, "Thing": devops.ProcessUnknown} {
		if got := processRoot([]azdo.WorkItemType{{Name: "Task"}, {Name: kind}}); got != want {
			t.Errorf("%s: %q", kind, got)
		}
	}
}

func TestTeamsSpellTheirBacklogAsWorkItemsDo(t *testing.T) {
	project := &devops.Project{ID: "p1", Name: "Fab"}
	nodes := []devops.Node{{Kind: devops.IterationNode, Identifier: "abc", Path: `Fab\R1`}}
	for _, test := range []struct {
		b    azdo.NodeRef
		want string
	}{
		{azdo.NodeRef{ID: "ABC", Path: `\whatever`}, `Fab\R1`}, {azdo.NodeRef{ID: "x", Path: ""}, "Fab"}, {azdo.NodeRef{ID: "x", Path: `\Iteration 1`}, `Fab\Iteration 1`},
		{azdo.NodeRef{ID: "x", Path: `Fab\R2`}, `Fab\R2`}, {azdo.NodeRef{ID: "x", Path: "Fab"}, "Fab"},
	} {
		got := teamOf(project, nodes, &teamParts{team: azdo.Team{ID: "T-1", Name: "One"}, settings: azdo.TeamSettings{BacklogIteration: &test.b}, iterations: []azdo.TeamIteration{{ID: "IT-1"}}})
		if got.BacklogPath != test.want || got.ID != "t-1" || !slices.Equal(got.IterationIDs, []string{"it-1"}) {
			t.Errorf("%+v: %+v", test.b, got)
		}
	}
}

func TestLinksLoseTheirDirectionNotTheirMeaning(t *testing.T) {
	got := linksOf([]azdo.WorkItemLink{{Rel: devops.HierarchyLink, SourceID: 1, TargetID: 2, IsActive: true}, {Rel: devops.HierarchyLink + "-Reverse", SourceID: 4, TargetID: 3}, {Rel: devops.HierarchyLink + "-Forward", SourceID: 5, TargetID: 6}})
	want := []devops.Link{{Type: devops.HierarchyLink, Source: 1, Target: 2, Active: true}, {Type: devops.HierarchyLink, Source: 3, Target: 4}, {Type: devops.HierarchyLink, Source: 5, Target: 6}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestNearNamesAreFoundAndFarOnesAreNot(t *testing.T) {
	projects := []devops.Project{{Name: "Harbor-Web"}, {Name: "Harbor-Api"}, {Name: "Payroll"}, {Name: "Test1"}}
	for _, test := range []struct{ pattern, hint string }{
		{"Harbour*", "Did you mean Harbor*?"}, {"harbor-wen", "Did you mean Harbor-Web?"}, {"Web", "Did you mean Harbor-Web?"}, {"Tset1", "Did you mean Test1?"},
		{"Zzzzzzzz", "Choose one of the projects below, or type * for all of them."},
	} {
		p, err := devops.ParsePatterns(test.pattern)
		if err != nil {
			t.Fatal(err)
		}
		_, err = MatchOrExplain(p, projects)
		if err == nil || !strings.Contains(fmt.Sprintf("%+v", fault.ReportOf(err)), test.hint) {
			t.Errorf("%s: %+v", test.pattern, fault.ReportOf(err))
		}
	}
	p, _ := devops.ParsePatterns("test*")
	if got, err := MatchOrExplain(p, projects); err != nil || len(got) != 1 {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := MatchOrExplain(p, nil); err == nil || !strings.Contains(fault.ReportOf(err).Message, "sees no projects at all") {
		t.Errorf("%v", err)
	}
}

func TestEditDistanceIsLevenshteins(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{{"", "abc", 3}, {"kitten", "sitting", 3}, {"Flaw", "lawn", 2}, {"same", "SAME", 0}, {"é", "e", 1}} {
		if got := editDistance(test.a, test.b); got != test.want || editDistance(test.b, test.a) != test.want {
			t.Errorf("%s %s: %d", test.a, test.b, got)
		}
	}
}

func TestAProjectKnowsItsSourceControl(t *testing.T) {
	w := azdo.Project{ID: "ABC", Name: "P", Capabilities: &azdo.Capabilities{}}
	w.Capabilities.VersionControl.GitEnabled, w.Capabilities.VersionControl.TfvcEnabled = "True", "False"
	w.Capabilities.ProcessTemplate.TemplateTypeID = "ADCC42AB-9882-485E-A3ED-7678F01F66BC"
	if p := projectOf(&w); !p.Git || p.TFVC || p.ID != "abc" || p.Process != devops.ProcessAgile {
		t.Errorf("%+v", p)
	}
	w.Capabilities.VersionControl.GitEnabled, w.Capabilities.VersionControl.TfvcEnabled, w.Capabilities.VersionControl.SourceControlType = "", "", "Tfvc"
	if p := projectOf(&w); p.Git || !p.TFVC {
		t.Errorf("%+v", p)
	}
}

// TestExamplesTransform transforms Microsoft's own examples of the feed, where they are.
func TestExamplesTransform(t *testing.T) {
	file := filepath.Join("..", "..", "..", "shared", "examples", "wit", "workItemRevisions", "GET__wit_reporting_workItemRevisions_includeIdentityRef-true_watermark-794.json")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Log("the published examples are not there, so they were not transformed")
		return
	}
	var example struct {
		Responses map[string]struct{ Body json.RawMessage } `json:"responses"`
	}
	if err := json.Unmarshal(text, &example); err != nil {
		t.Fatal(err)
	}
	rows := revise(t, "p1", string(example.Responses["200"].Body))
	if len(rows) != 2 || rows[0].ID != 3 || rows[0].ChangedBy.ID != "d6245f20-2af8-44f4-9451-8107cb2767db" || rows[0].ChangedBy.Name != "Normal Paulk" ||
		rows[0].ChangedBy.UniqueName != "fabrikamfiber16@hotmail.com" || *rows[0].Priority != 3 || *rows[0].StackRank != 1000063244 || !rows[0].Revised.IsZero() || *rows[1].BoardColumnDone {
		t.Errorf("%+v", rows)
	}
}
