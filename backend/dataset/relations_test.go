package dataset

import (
	"strings"
	"testing"

	"sightline/backend/fault"
)

// loads is a reading that has tables beside work items.
type loads struct {
	smallReading
	tables []string
}

func (r loads) FactTables() []FactTable {
	var out []FactTable
	for _, t := range r.tables {
		out = append(out, *FactTableOf(t))
	}
	return out
}

// wholeModel has every table.
func wholeModel() Model {
	var r loads
	for _, t := range factTables {
		r.tables = append(r.tables, t.Table)
	}
	return BuildModel(r)
}

func TestColumnsReachTheRowsThatTheyDescribe(t *testing.T) {
	m := wholeModel()
	for _, c := range []struct {
		table  string
		column FieldRef
		want   bool
	}{
		{WorkItems, Tag, true}, {WorkItems, Project, true}, {WorkItems, Repository, false}, {WorkItems, CommitAuthor, false},
		{Commits, Repository, true}, {Commits, Project, true}, {Commits, DateAxis, true}, {Commits, Team, false}, {Commits, State, false}, {Commits, PullLabel, false},
		{Reviews, PullLabel, true}, {Reviews, Repository, true}, {Reviews, DateAxis, true}, {PullRequests, Reviewer, false},
		{PipelineTasks, Pipeline, true}, {PipelineTasks, RunResult, true}, {PipelineTasks, Project, true}, {TestRuns, RunBranch, true}, {Deployments, Pipeline, true},
		{PipelineRuns, Repository, true}, {PipelineRuns, Task, false}, {FileChanges, ChangesetAuthor, true}, {FileChanges, Project, true}, {Changesets, FileFolder, false},
	} {
		if got := m.Reaches(c.table, c.column); got != c.want {
			t.Errorf("%s reaches %s: %t", c.column, c.table, got)
		}
	}
}

func TestGroupsAndFiltersThatDoNotReachAValueAreRefused(t *testing.T) {
	for _, c := range []struct{ query, message, hint string }{
		{`{"values":["Commits"],"rows":["Work items[State]"]}`, "Work items[State] cannot group Commits: nothing relates them.", "Commits, Projects, Repositories and Dates"},
		{`{"values":["Open bugs"],"rows":["Commits[Author]"]}`, "Commits[Author] cannot group Work items: nothing relates them.", "Tags"},
		{`{"values":["Open bugs","Commits"],"rows":["Projects[Project]"],"filters":[{"field":"Areas[Area]","op":"under","values":["A"]}]}`, "Areas[Area] cannot filter Commits", ""},
		{`{"values":["Open bugs"],"highlight":[{"field":"Repositories[Repository]","values":["A"]}]}`, "Repositories[Repository] cannot filter Work items", ""},
		{`{"values":[{"measure":"Commits","filters":[{"field":"Teams[Team]","values":["A"]}]}]}`, "Teams[Team] cannot filter Commits", ""},
		{`{"rows":["Work items[State]","Commits[Author]"]}`, "Work items and Commits cannot stand in one query", "one by one"},
	} {
		_, err := resolve(t, wholeModel(), c.query)
		r := fault.ReportOf(err)
		if r.Code != fault.Invalid || !strings.Contains(r.Message, c.message) || !strings.Contains(r.Hint, c.hint) {
			t.Errorf("%s\n%s: %s %s", c.query, r.Code, r.Message, r.Hint)
		}
	}
	if _, err := resolve(t, wholeModel(), `{"values":["Open bugs","Commits"],"rows":["Projects[Project]","Dates[Date]"]}`); err != nil {
		t.Error(err)
	}
}

func TestEachValueHasATableThatItIsComputedOver(t *testing.T) {
	for _, c := range []struct {
		query string
		want  []string
	}{
		{`{"values":["Open bugs",{"field":"Pipeline runs[Run minutes]","aggregate":"median"}]}`, []string{WorkItems, PipelineRuns}},
		{`{"values":[{"field":"Projects[Project]","aggregate":"countDistinct"}]}`, []string{WorkItems}},
		{`{"values":[{"field":"Projects[Project]","aggregate":"countDistinct"},"Commits"]}`, []string{Commits, Commits}},
		{`{"values":[{"field":"Repositories[Repository]","aggregate":"countDistinct"}],"rows":["Pull requests[Created by]"]}`, []string{PullRequests}},
	} {
		r, err := resolve(t, wholeModel(), c.query)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range c.want {
			if r.Values[i].Table != want {
				t.Errorf("%s\nvalue %d over %s", c.query, i, r.Values[i].Table)
			}
		}
	}
	for query, want := range map[string]string{`{"rows":["Projects[Project]"]}`: WorkItems, `{"rows":["Repositories[Repository]"]}`: Commits,
		`{"rows":["Pipelines[Pipeline]"],"filters":[{"field":"Pipeline tasks[Task]","values":["Build"]}]}`: PipelineTasks} {
		r, err := resolve(t, wholeModel(), query)
		if err != nil || r.Table != want {
			t.Errorf("%s: %v %v", query, r, err)
		}
	}
}
