package report_test

import (
	"slices"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/report"
)

// gitModel has work items and commits; both stand in projects, and repositories reach commits only.
func gitModel() *dataset.Model {
	column := func(table, name string) dataset.Column {
		return dataset.Column{Table: table, Name: name, Type: dataset.Text, Groupable: true, Filterable: true}
	}
	return &dataset.Model{
		Tables: []dataset.Table{
			{Name: "Work items", Columns: []dataset.Column{column("Work items", "Id"), column("Work items", "State")}},
			{Name: "Commits", Columns: []dataset.Column{column("Commits", "Commit id")}},
			{Name: "Projects", Columns: []dataset.Column{column("Projects", "Project")}},
			{Name: "Repositories", Columns: []dataset.Column{column("Repositories", "Repository")}},
		},
		Measures: []dataset.Measure{{Name: "Work items", Table: "Work items", Additive: true}, {Name: "Commits", Table: "Commits", Additive: true}},
		Relationships: []dataset.Relationship{
			{From: "Work items[Id]", To: "Projects[Project]"},
			{From: "Commits[Project]", To: "Projects[Project]"},
			{From: "Commits[Repository]", To: "Repositories[Repository]"},
		},
	}
}

func mixedPage() *report.Page {
	return &report.Page{
		ID: "p", Name: "P", Count: "Commits",
		Slicers: []report.Slicer{{ID: "project", Field: "Projects[Project]"}, {ID: "repository", Field: "Repositories[Repository]"}},
		Visuals: []report.Visual{
			{ID: "items", Type: report.Card, Query: dataset.Query{Values: []dataset.Value{{Measure: "Work items"}}}},
			{ID: "commits", Type: report.Bar, Query: dataset.Query{Values: []dataset.Value{{Measure: "Commits"}}, Rows: []dataset.Group{{Field: "Repositories[Repository]"}}}},
			{ID: "wrong", Type: report.Card, Query: dataset.Query{Values: []dataset.Value{{Measure: "Work items"}},
				Filters: []dataset.Filter{{Field: "Repositories[Repository]", Values: []any{"web"}}}}},
		},
	}
}

func TestWhatDoesNotReachAVisualIsLeftOutOfItsQuery(t *testing.T) {
	p := mixedPage()
	p.Over(gitModel())
	s := report.PageState{Slicers: map[string][]any{"project": {"Alpha"}, "repository": {"web"}}}
	items, _ := report.Compile(p, p.Visual("items"), s)
	commits, _ := report.Compile(p, p.Visual("commits"), s)
	if got, want := fields(items.Filters), []string{"Projects[Project] "}; !slices.Equal(got, want) {
		t.Errorf("work items: %v, want %v", got, want)
	}
	if got, want := fields(commits.Filters), []string{"Projects[Project] ", "Repositories[Repository] "}; !slices.Equal(got, want) {
		t.Errorf("commits: %v, want %v", got, want)
	}
	// A visual's own filter stays, so that its answer says what is wrong with it.
	s.Slicers["repository"] = []any{"api"}
	wrong, _ := report.Compile(p, p.Visual("wrong"), s)
	if len(wrong.Filters) != 2 || wrong.Filters[1].Values[0] != "web" {
		t.Errorf("a wrong filter of its own: %v, want it to stay and the slicer to go", wrong.Filters)
	}
	p.Over(nil)
	if all, _ := report.Compile(p, p.Visual("items"), s); len(all.Filters) != 2 {
		t.Errorf("without a model: %v", all.Filters)
	}
}

func TestASelectionThatDoesNotReachAVisualLeavesItAlone(t *testing.T) {
	p := mixedPage()
	p.Over(gitModel())
	s := report.PageState{Selection: &report.Selection{Visual: "commits", Filters: []dataset.Filter{{Field: "Repositories[Repository]", Values: []any{"web"}}}}}
	q, follows := report.Compile(p, p.Visual("items"), s)
	if q.Highlight != nil || follows != report.FollowsNone {
		t.Errorf("highlight %v, follows %q", q.Highlight, follows)
	}
}

func TestAVisualThatIsFilteredBySelectionsSaysSoOnlyWhereTheyReachIt(t *testing.T) {
	p := mixedPage()
	p.Visuals[0].Type, p.Visuals[1].Interactions = report.Table, map[string]report.Interaction{"items": report.FilterVisual}
	p.Over(gitModel())
	for field, want := range map[dataset.FieldRef]report.Follows{"Repositories[Repository]": report.FollowsNone, "Projects[Project]": report.FollowsFilter} {
		s := report.PageState{Selection: &report.Selection{Visual: "commits", Filters: []dataset.Filter{{Field: field, Values: []any{"web"}}}}}
		if _, follows := report.Compile(p, p.Visual("items"), s); follows != want {
			t.Errorf("picked by %s: follows %q, want %q", field, follows, want)
		}
	}
}

func TestATableOfTheFirstRowsKeepsThemWhenAReaderSortsIt(t *testing.T) {
	p := mixedPage()
	table := &p.Visuals[1]
	table.Type, table.Query.Sort, table.Query.Top = report.Table, []dataset.Sort{{By: "Commits", Descending: true}}, 20
	s := report.PageState{Sort: map[string][]dataset.Sort{"commits": {{By: "Repositories[Repository]"}}}}
	if q, _ := report.Compile(p, table, s); len(q.Sort) != 1 || q.Sort[0].By != "Commits" {
		t.Errorf("sorted by %v: other rows would be the first twenty", q.Sort)
	}
	table.Query.Top = 0
	if q, _ := report.Compile(p, table, s); len(q.Sort) != 1 || q.Sort[0].By != "Repositories[Repository]" {
		t.Errorf("a whole table is sorted by %v", q.Sort)
	}
}

func TestAReportIsCheckedAgainstTheModel(t *testing.T) {
	p := mixedPage()
	p.Visuals[0].Query.Rows = []dataset.Group{{Field: "Work items[Stat]"}}
	p.Visuals[1].Interactions = map[string]report.Interaction{"nobody": report.Highlight}
	for i := range p.Visuals {
		p.Visuals[i].Place = report.Place{X: 4 * i, W: 4, H: 1}
	}
	p.Visuals[2].Place.X = 6
	absent := *mixedPage()
	absent.ID, absent.When = "absent", &report.When{Tables: []string{"Changesets"}}
	absent.Visuals = []report.Visual{{ID: "a", Type: report.Card, Place: report.Place{W: 1, H: 1}, Query: dataset.Query{Values: []dataset.Value{{Measure: "Changesets"}}}}}
	got := map[string]int{}
	for _, problem := range report.Check(&report.Report{Pages: []report.Page{*p, absent}}, gitModel()) {
		got[problem.PageID+"/"+problem.Visual]++
	}
	// wrong lies over commits, and filters work items by repositories.
	if want := map[string]int{"p/items": 1, "p/commits": 1, "p/wrong": 2}; len(got) != 3 || got["p/items"] != 1 || got["p/commits"] != 1 || got["p/wrong"] != want["p/wrong"] {
		t.Errorf("%v, want %v", got, want)
	}
}
