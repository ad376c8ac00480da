package rest

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"sightline/backend/devops"
)

type projectList struct {
	Count int
	Value []struct{ ID, Name, Description, State, Visibility string }
}

func TestProjectsComeInPagesUntilTheTokenIsAbsent(t *testing.T) {
	b := serve(t, Options{})
	names := map[string]int{}
	token, pages, empty := "", 0, 0
	for {
		var p projectList
		a := b.get("/_apis/projects?api-version=7.1&$top=3&continuationToken="+token, &p)
		pages++
		if p.Count != len(p.Value) {
			t.Errorf("count %d, %d values", p.Count, len(p.Value))
		}
		if len(p.Value) == 0 {
			empty++
		}
		for _, v := range p.Value {
			names[v.Name]++
		}
		if token = a.header.Get("X-Ms-Continuationtoken"); token == "" {
			break
		}
	}
	if len(names) != len(b.world.Projects) || pages != 3 || empty != 1 {
		t.Errorf("%v in %d pages, %d of them empty: an exactly full last page is followed by an empty one", names, pages, empty)
	}
	var p projectList
	if b.get("/_apis/projects?$top=2&$skip=4", &p); p.Count != 2 {
		t.Errorf("skip: %d", p.Count)
	}
	if b.get("/_apis/projects?stateFilter=deleting", &p); p.Count != 0 {
		t.Errorf("deleting: %d", p.Count)
	}
}

func TestADescriptionThatIsEmptyIsLeftOut(t *testing.T) {
	b := serve(t, Options{})
	var list struct{ Value []map[string]any }
	b.get("/_apis/projects", &list)
	for _, v := range list.Value {
		_, has := v["description"]
		if want := b.world.Project(v["name"].(string)).Description != ""; has != want {
			t.Errorf("%v: description %v", v["name"], has)
		}
	}
}

func TestTheProcessOfAProjectLeadsToItsSystemProcess(t *testing.T) {
	b := serve(t, Options{})
	for _, p := range b.world.Projects {
		var one struct {
			Capabilities struct {
				ProcessTemplate struct{ TemplateName, TemplateTypeID string }
				VersionControl  struct{ TfvcEnabled, GitEnabled string }
			}
		}
		b.get("/_apis/projects/"+p.ID+"?includeCapabilities=true", &one)
		id, steps := one.Capabilities.ProcessTemplate.TemplateTypeID, 0
		for devops.SystemProcess[id] == "" && steps < 5 {
			var process struct{ ParentProcessTypeID, CustomizationType string }
			b.get("/_apis/work/processes/"+id, &process)
			if process.CustomizationType != "inherited" {
				t.Fatalf("%s: %s is %s", p.Name, id, process.CustomizationType)
			}
			id = process.ParentProcessTypeID
			steps++
		}
		if devops.SystemProcess[id] != p.Process.System || (steps > 0) != (p.Process.Name == "Lumen Agile") {
			t.Errorf("%s: %s after %d steps", p.Name, devops.SystemProcess[id], steps)
		}
		if want := map[bool]string{true: "True", false: "False"}[p.TFVC]; one.Capabilities.VersionControl.TfvcEnabled != want {
			t.Errorf("%s: tfvcEnabled %q", p.Name, one.Capabilities.VersionControl.TfvcEnabled)
		}
	}
}

func TestTeamsAndTheirSettings(t *testing.T) {
	b := serve(t, Options{})
	for _, p := range b.world.Projects {
		for _, team := range p.Teams {
			at := "/" + p.ID + "/" + team.ID + "/_apis/work/teamsettings"
			var current struct {
				Count int
				Value []struct {
					ID         string
					Attributes struct{ StartDate, FinishDate, TimeFrame string }
				}
			}
			b.get(at+"/iterations?$timeframe=current", &current)
			if want := min(len(team.Sprints()), 1); current.Count != want {
				t.Errorf("%s: %d current sprints", team.Name, current.Count)
			}
			var areas struct {
				DefaultValue any
				Values       []struct {
					Value           string
					IncludeChildren bool
				}
			}
			b.get(at+"/teamfieldvalues", &areas)
			if len(areas.Values) != len(team.Areas) || (areas.DefaultValue == nil) != (len(team.Areas) == 0) || areas.Values == nil {
				t.Errorf("%s: %+v", team.Name, areas)
			}
			var settings struct{ BugsBehavior string }
			if b.get(at, &settings); settings.BugsBehavior != team.Bugs {
				t.Errorf("%s: bugs %s", team.Name, settings.BugsBehavior)
			}
			if current.Count == 0 {
				continue
			}
			var now, older struct {
				TeamMembers         []any
				TotalCapacityPerDay float64
				Value               []any
			}
			b.get(at+"/iterations/"+current.Value[0].ID+"/capacities?api-version=7.1", &now)
			b.get(at+"/iterations/"+current.Value[0].ID+"/capacities?api-version=5.1-preview.2", &older)
			if len(now.TeamMembers) != len(team.Members) || len(older.Value) != len(team.Members) || now.TotalCapacityPerDay == 0 {
				t.Errorf("%s: capacities %+v and %+v", team.Name, now, older)
			}
		}
	}
}

func TestNodesAreCutAtTheDepthAndKeepTheirSecondSegment(t *testing.T) {
	b := serve(t, Options{})
	type node struct {
		ID                                    int
		Identifier, Name, Path, StructureType string
		HasChildren                           bool
		Attributes                            *struct{ StartDate, FinishDate string }
		Children                              []node
	}
	var flat, deep struct{ Value []node }
	b.get("/Lumen%20Web/_apis/wit/classificationnodes", &flat)
	b.get("/Lumen%20Web/_apis/wit/classificationnodes?$depth=14", &deep)
	if len(flat.Value) != 2 || !flat.Value[0].HasChildren || flat.Value[0].Children != nil {
		t.Fatalf("depth 0: %+v", flat)
	}
	count, dated := 0, 0
	var walk func(n node)
	walk = func(n node) {
		count++
		segment := map[string]string{"area": "Area", "iteration": "Iteration"}[n.StructureType]
		if !strings.HasPrefix(n.Path, `\Lumen Web\`+segment) {
			t.Errorf("path %s", n.Path)
		}
		if n.Attributes != nil {
			dated++
			if start, err := time.Parse(time.RFC3339, n.Attributes.StartDate); err != nil || start.Hour() != 0 {
				t.Errorf("%s starts %s", n.Path, n.Attributes.StartDate)
			}
		}
		for _, c := range n.Children {
			walk(c)
		}
	}
	for _, n := range deep.Value {
		walk(n)
	}
	want := 0
	for _, n := range b.world.Nodes {
		if n.Project.Name == "Lumen Web" {
			want++
		}
	}
	if count != want || dated < 50 {
		t.Errorf("%d nodes, %d dated, want %d", count, dated, want)
	}
	var one node
	for _, path := range []string{"/Lumen%20Web/_apis/wit/classificationnodes/areas/Storefront/Search", "/Lumen%20Web/_apis/wit/classificationNodes/Areas/%5CStorefront%5CSearch"} {
		if b.get(path, &one); one.Name != "Search" {
			t.Errorf("%s: %+v", path, one)
		}
	}
	var byID struct{ Value []*node }
	b.get("/Lumen%20Web/_apis/wit/classificationnodes?errorPolicy=omit&ids=999999,"+strconv.Itoa(one.ID), &byID)
	if len(byID.Value) != 2 || byID.Value[0] != nil || byID.Value[1] == nil || byID.Value[1].ID != one.ID {
		t.Errorf("by id: %+v", byID)
	}
}

func TestBacklogConfigurationMapsTypesStatesAndFields(t *testing.T) {
	b := serve(t, Options{})
	var c struct {
		RequirementBacklog struct{ WorkItemTypes []struct{ Name string } }
		PortfolioBacklogs  []struct {
			ID   string
			Rank int
		}
		WorkItemTypeMappedStates []struct {
			WorkItemTypeName string
			States           map[string]string
		}
		BacklogFields struct{ TypeFields map[string]string }
	}
	b.get("/Lumen%20Data/_apis/work/backlogconfiguration", &c)
	if len(c.RequirementBacklog.WorkItemTypes) != 2 || c.RequirementBacklog.WorkItemTypes[1].Name != "Spike" {
		t.Errorf("requirements %+v", c.RequirementBacklog)
	}
	for _, m := range c.WorkItemTypeMappedStates {
		if m.WorkItemTypeName == "User Story" && (m.States["In Review"] != "InProgress" || m.States["Resolved"] != "InProgress") || m.WorkItemTypeName == "Bug" && m.States["Resolved"] != "Resolved" {
			t.Errorf("%+v", m)
		}
		if _, has := m.States["Removed"]; has {
			t.Errorf("%s maps Removed, which the published answer leaves out", m.WorkItemTypeName)
		}
	}
	for project, effort := range map[string]string{"Lumen Web": "StoryPoints", "Lumen Mobile": "Effort", "Fleet%20Ops": "Size", "Tooling": "Effort"} {
		b.get("/"+strings.ReplaceAll(project, " ", "%20")+"/_apis/work/backlogconfiguration", &c)
		if got := c.BacklogFields.TypeFields["Effort"]; got != "Microsoft.VSTS.Scheduling."+effort {
			t.Errorf("%s: %s", project, got)
		}
	}
}

func TestBoardColumnsOfRevisionsAreThoseOfTheBoards(t *testing.T) {
	b := serve(t, Options{})
	p := b.world.Project("Lumen Web")
	team := p.Team("Checkout")
	var board struct {
		Columns []struct {
			Name          string
			StateMappings map[string]string
		}
		Fields struct {
			ColumnField struct{ ReferenceName string }
		}
	}
	b.get("/"+p.ID+"/"+team.ID+"/_apis/work/boards/Stories?api-version=7.1", &board)
	names := map[string]bool{"Dev": true} // as Development was called at first
	for _, c := range board.Columns {
		names[c.Name] = true
		if c.StateMappings["User Story"] == "" || c.StateMappings["Bug"] == "" {
			t.Errorf("%+v", c)
		}
	}
	seen := map[string]int{}
	for _, page := range b.readFeed("/"+p.ID+feedPath, "fields=System.AreaPath,"+board.Fields.ColumnField.ReferenceName, "") {
		for _, v := range page.Values {
			if column, ok := v.Fields[board.Fields.ColumnField.ReferenceName].(string); ok {
				seen[column]++
				if !names[column] {
					t.Fatalf("item %d stands in %q, which the board does not have", v.ID, column)
				}
			}
		}
	}
	if len(seen) != len(names) {
		t.Errorf("columns %v of %v", seen, names)
	}
	var list struct{ Count int }
	if a := b.ask(http.MethodGet, "/"+p.ID+"/"+team.ID+"/_apis/work/boards/Nope", nil); a.status != http.StatusNotFound {
		t.Errorf("an unknown board: %d", a.status)
	}
	if b.get("/"+p.ID+"/"+team.ID+"/_apis/work/boards", &list); list.Count != 3 {
		t.Errorf("%d boards", list.Count)
	}
}

func TestResourceAreasLiveAtTheBase(t *testing.T) {
	b := serve(t, Options{})
	var areas struct {
		Count int
		Value []struct{ ID, Name, LocationURL string }
	}
	b.get("/_apis/ResourceAreas?api-version=7.1-preview.1", &areas)
	ids := map[string]bool{}
	for _, a := range areas.Value {
		if a.LocationURL != b.server.URL+"/sample/" || ids[a.ID] {
			t.Errorf("%+v", a)
		}
		ids[a.ID] = true
	}
	if areas.Count < 10 {
		t.Errorf("%d areas", areas.Count)
	}
	a := b.ask(http.MethodOptions, "/_apis", nil)
	if a.status != 200 || a.header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("OPTIONS: %d %s", a.status, a.header.Get("Content-Type"))
	}
}

func TestDatesAreWrittenAsTheStandardLibraryWouldDoIt(t *testing.T) {
	for ms := int64(-3_000_000_000_000); ms < 5_000_000_000_000; ms += 7_777_777_321 {
		if ms < 0 {
			continue // nothing here is older than the epoch
		}
		if got, want := zuluTime(ms), time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.999Z"); got != want {
			t.Fatalf("%s, want %s", got, want)
		}
	}
	if got := midnight(time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC).UnixMilli()); got != "2024-02-29T00:00:00Z" {
		t.Error(got)
	}
	for f, want := range map[float64]string{5: "5.0", 0.5: "0.5", 0: "0.0", 1234567: "1234567.0"} {
		if got := string(appendDouble([]byte("1.5,"), f)); got != "1.5,"+want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
