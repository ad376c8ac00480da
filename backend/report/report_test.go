package report_test

import (
	"encoding/json"
	"slices"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/fault"
	"sightline/backend/report"
)

func page() *report.Page {
	return &report.Page{
		ID: "p", Name: "P", Noun: "bugs", Count: "Open bugs",
		Slicers: []report.Slicer{
			{ID: "area", Title: "Area", Field: "Areas[Area path]", Op: dataset.Under},
			{ID: "priority", Title: "Priority", Field: "Work items[Priority]"},
		},
		Filters: []dataset.Filter{{Field: "Work items[Is bug]", Values: []any{true}}},
		Visuals: []report.Visual{
			{ID: "bar", Type: report.Bar, Query: dataset.Query{Values: []dataset.Value{{Measure: "Open bugs"}},
				Filters: []dataset.Filter{{Field: "Work items[Severity]", Values: []any{"1 - Critical"}}}}},
			{ID: "card", Type: report.Card, Query: dataset.Query{Values: []dataset.Value{{Measure: "Open bugs"}}}},
			{ID: "table", Type: report.Table, Query: dataset.Query{Values: []dataset.Value{{Measure: "Open bugs"}}}},
			{ID: "still", Type: report.Card, Query: dataset.Query{Values: []dataset.Value{{Measure: "Open bugs"}}}},
		},
	}
}

func fields(filters []dataset.Filter) []string {
	out := make([]string, len(filters))
	for i, f := range filters {
		out[i] = string(f.Field) + " " + string(f.Op)
	}
	return out
}

func TestSlicersNarrowEveryVisualAndEachOtherButNotThemselves(t *testing.T) {
	p := page()
	s := report.PageState{Slicers: map[string][]any{"area": {`P\Web`}, "priority": {1.0, 2.0}, "unknown": {"x"}}, AsOf: "2026-10-07"}
	q, follows := report.Compile(p, p.Visual("card"), s)
	want := []string{"Work items[Is bug] ", "Areas[Area path] under", "Work items[Priority] "}
	if got := fields(q.Filters); !slices.Equal(got, want) || follows != report.FollowsNothing || q.AsOf != "2026-10-07" {
		t.Errorf("card: %v %q asOf %q, want %v", got, follows, q.AsOf, want)
	}
	sq := report.CompileSlicer(p, &p.Slicers[0], s)
	if got, want := fields(sq.Filters), []string{"Work items[Is bug] ", "Work items[Priority] "}; !slices.Equal(got, want) {
		t.Errorf("slicer: %v, want %v", got, want)
	}
}

func TestSelectionHighlightsBarsFiltersTablesAndLeavesItsSource(t *testing.T) {
	p := page()
	p.Visuals[0].Interactions = map[string]report.Interaction{"still": report.NoInteraction}
	picked := []dataset.Filter{{Field: "Areas[Area path]", Values: []any{`P\Web`}}}
	s := report.PageState{Selection: &report.Selection{Visual: "bar", Filters: picked}}

	q, follows := report.Compile(p, p.Visual("card"), s)
	// The bar's own filter travels with what was picked in it.
	if got, want := fields(q.Highlight), []string{"Areas[Area path] ", "Work items[Severity] "}; follows != report.FollowsHighlight || !slices.Equal(got, want) {
		t.Errorf("card: %q %v, want highlight %v", follows, got, want)
	}
	q, follows = report.Compile(p, p.Visual("table"), s)
	if follows != report.FollowsFilter || len(q.Highlight) != 0 || len(q.Filters) != 3 {
		t.Errorf("table: %q %v %v, want the selection among its filters", follows, q.Highlight, q.Filters)
	}
	q, follows = report.Compile(p, p.Visual("bar"), s)
	if follows != report.FollowsSource || len(q.Highlight) != 0 || len(q.Filters) != 2 {
		t.Errorf("source: %q %v %v, want it untouched", follows, q.Highlight, q.Filters)
	}
	if q, follows = report.Compile(p, p.Visual("still"), s); follows != report.FollowsNone || len(q.Highlight) != 0 || len(q.Filters) != 1 {
		t.Errorf("a visual without interaction: %q %v %v", follows, q.Highlight, q.Filters)
	}
	if len(p.Filters) != 1 || len(p.Visuals[0].Query.Filters) != 1 {
		t.Error("compiling changed the document")
	}
}

func TestASparkKeepsItsOwnPeriodAndTheOtherFiltersOfItsCard(t *testing.T) {
	p := &report.Page{}
	v := &report.Visual{
		Query: dataset.Query{Filters: []dataset.Filter{{Field: "Work items[Is bug]"}, {Field: "Dates[Date]", Op: dataset.Last}}},
		Spark: &dataset.Query{Filters: []dataset.Filter{{Field: "Dates[Date]", Op: dataset.This}}},
	}
	q := report.CompileSpark(p, v, report.PageState{})
	if got, want := fields(q.Filters), []string{"Work items[Is bug] ", "Dates[Date] this"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if len(v.Query.Filters) != 2 {
		t.Error("compiling changed the document")
	}
}

func TestMeasuresOfAReportGoAlongWithTheVisualsThatUseThem(t *testing.T) {
	rate := dataset.Definition{Name: "Rate", Expression: "[Bugs closed] / [Bugs created]"}
	p := page()
	p.Count = "Rate"
	p.Visuals[0].Query.Filters = append(p.Visuals[0].Query.Filters, dataset.Filter{Field: "Areas[Area path]", Op: dataset.TopN, Values: []any{3.0}, By: &dataset.Value{Measure: "rate"}})
	p.Visuals[2].Query.Values = []dataset.Value{{Measure: "Rate"}}
	for i := range p.Visuals {
		p.Visuals[i].Place = report.Place{X: i, W: 1, H: 1}
	}
	p.Visuals[3].Spark = &dataset.Query{Values: []dataset.Value{{Measure: "Rate"}}}
	b, err := json.Marshal(report.Report{Version: report.Version, Pages: []report.Page{*p}, Measures: []dataset.Definition{rate, {Name: "Unused", Expression: "1"}}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := report.DecodeReport(b)
	if err != nil {
		t.Fatal(err)
	}
	found := r.Page("p")
	s := report.PageState{Selection: &report.Selection{Visual: "bar", Filters: []dataset.Filter{{Field: "Work items[State]", Values: []any{"New"}}}}}
	defined := func(q dataset.Query) bool { return slices.Equal(q.Define, []dataset.Definition{rate}) }
	table, _ := report.Compile(found, found.Visual("table"), report.PageState{})
	still, _ := report.Compile(found, found.Visual("still"), report.PageState{})
	picked, _ := report.Compile(found, found.Visual("card"), s) // takes the filters of the bar along
	if !defined(table) || len(still.Define) != 0 || !defined(picked) {
		t.Errorf("table %v, still %v, card %v", table.Define, still.Define, picked.Define)
	}
	if !defined(*report.CompileSpark(found, found.Visual("still"), s)) || !defined(*report.CompileSlicer(found, &found.Slicers[0], s)) || !defined(*report.CompileCount(found, s)) {
		t.Error("a small line, a slicer or the count goes without")
	}
}

func TestRestatementReadsAsASentence(t *testing.T) {
	for want, filters := range map[string][]dataset.Filter{
		"Area is Checkout":                  {{Field: "Areas[Area path]", Values: []any{`Web\Checkout`}}},
		"Priority is 1, 2 or 3":             {{Field: "Work items[Priority]", Values: []any{1.0, 2.0, 3.0}}},
		"State category is not In progress": {{Field: "Work items[State category]", Op: dataset.NotIn, Values: []any{"InProgress"}}},
		"Assigned to is (Blank) and Is bug is Yes": {
			{Field: "Work items[Assigned to]", Values: []any{nil}}, {Field: "Work items[Is bug]", Values: []any{true}},
		},
	} {
		if got := report.Restate(filters); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestDefaultDocumentsAreReadAndPlacedWithoutOverlap(t *testing.T) {
	rep, err := report.DefaultReport("corpx / Test*")
	if err != nil {
		t.Fatal(err)
	}
	board, err := report.DefaultDashboard("corpx / Test*")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range rep.Pages {
		places := map[string]report.Place{}
		for _, v := range p.Visuals {
			places[v.ID] = v.Place
		}
		checkPlaces(t, p.ID, places, 12)
	}
	places := map[string]report.Place{}
	for _, tile := range board.Tiles {
		places[tile.ID] = tile.Place
		if rep.Page(tile.PageID) == nil {
			t.Errorf("tile %s opens %s, which is no page", tile.ID, tile.PageID)
		}
	}
	if len(places) < 6 {
		t.Errorf("%d tiles, want at least 6", len(places))
	}
	checkPlaces(t, "dashboard", places, 5)
}

func checkPlaces(t *testing.T, where string, places map[string]report.Place, columns int) {
	t.Helper()
	taken := map[[2]int]string{}
	for id, p := range places {
		if p.W < 1 || p.H < 1 || p.X < 0 || p.X+p.W > columns {
			t.Errorf("%s: %s stands outside: %+v", where, id, p)
		}
		for x := p.X; x < p.X+p.W; x++ {
			for y := p.Y; y < p.Y+p.H; y++ {
				if other := taken[[2]int{x, y}]; other != "" {
					t.Errorf("%s: %s and %s overlap", where, id, other)
				}
				taken[[2]int{x, y}] = id
			}
		}
	}
}

func TestDocumentsSurviveStorageAndNewerOnesAreRefused(t *testing.T) {
	rep, err := report.DefaultReport("n")
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(rep)
	if err != nil {
		t.Fatal(err)
	}
	back, err := report.DecodeReport(b)
	if err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(back)
	if err != nil || string(again) != string(b) {
		t.Errorf("a stored report reads back differently: %v", err)
	}
	rep.Version = report.Version + 1
	newer, err := json.Marshal(rep)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := report.DecodeReport(newer); !fault.Is(err, fault.NewerFile) {
		t.Errorf("a newer report: %v, want NewerFile", err)
	}
	if _, err := report.DecodeReport([]byte("{")); !fault.Is(err, fault.Corrupt) {
		t.Errorf("a damaged report: %v, want Corrupt", err)
	}
}
