package report_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/report"
)

// readingPage is read from JSON, as documents are.
func readingPage(t *testing.T) *report.Page {
	t.Helper()
	r, err := report.DecodeReport([]byte(`{
	  "version": 1, "name": "R",
	  "cards": [{ "id": "type", "field": "Work items[Type]", "filters": [{ "field": "Work items[Type]", "values": ["Bug"] }] }],
	  "pages": [{
	    "id": "p", "name": "P", "title": "P", "count": "Open bugs",
	    "slicers": [
	      { "id": "iteration", "title": "Iteration", "field": "Iterations[Iteration path]", "op": "under", "default": { "field": "Iterations[Iteration path]", "op": "current" } },
	      { "id": "age", "title": "Age", "field": "Work items[Age in days]", "kind": "between" },
	      { "id": "created", "title": "Created", "field": "Work items[Created date]", "kind": "relative" },
	      { "id": "priority", "title": "Priority", "field": "Work items[Priority]", "kind": "list", "single": true }
	    ],
	    "cards": [
	      { "id": "state", "field": "Work items[State category]", "filters": [{ "field": "Work items[State category]", "op": "notIn", "values": ["Removed"] }] },
	      { "id": "fixed", "field": "Work items[Is bug]", "locked": true, "filters": [{ "field": "Work items[Is bug]", "values": [true] }] },
	      { "id": "unseen", "field": "Work items[Severity]", "hidden": true, "filters": [{ "field": "Work items[Severity]", "op": "isNotBlank" }] }
	    ],
	    "visuals": [
	      { "id": "area", "type": "bar", "title": "Area", "place": { "x": 0, "y": 0, "w": 6, "h": 4 }, "options": {},
	        "levels": ["Areas[Area level 1]", "Areas[Area level 2]", "Areas[Area level 3]"],
	        "tooltips": ["Bugs closed"],
	        "cards": [{ "id": "top", "field": "Work items[Assigned to]", "filters": [{ "field": "Work items[Assigned to]", "op": "isNotBlank" }] }],
	        "query": { "values": ["Open bugs"], "rows": ["Areas[Area level 1]"], "columns": ["Work items[State]"],
	          "sort": [{ "by": "Open bugs", "descending": true }], "top": 8, "others": true } },
	      { "id": "card", "type": "card", "title": "Card", "place": { "x": 6, "y": 0, "w": 6, "h": 4 }, "options": {}, "query": { "values": ["Open bugs"] } }
	    ]
	  }]
	}`))
	if err != nil {
		t.Fatal(err)
	}
	return r.Page("p")
}

func stateOf(t *testing.T, text string) report.PageState {
	t.Helper()
	var s report.PageState
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// has tells how often the query is filtered on a field and what the last such filter keeps.
func has(filters []dataset.Filter, field dataset.FieldRef) (n int, op dataset.Op, values []any) {
	for _, f := range filters {
		if f.Field == field {
			n, op, values = n+1, f.Op, f.Values
		}
	}
	return n, op, values
}

func TestCardsHoldAsTheirAuthorLeftThemUntilAReaderChangesThem(t *testing.T) {
	p := readingPage(t)
	for name, c := range map[string]struct {
		state  string
		field  dataset.FieldRef
		n      int
		op     dataset.Op
		values []any
	}{
		"of the report":           {`{}`, "Work items[Type]", 1, "", []any{"Bug"}},
		"of the report, changed":  {`{"cards": {"report/type": [{"field": "Work items[Type]", "op": "in", "values": ["Task", null]}]}}`, "Work items[Type]", 1, "in", []any{"Task", nil}},
		"of the page, changed":    {`{"cards": {"page/state": [{"field": "Work items[State category]", "values": ["Proposed"]}]}}`, "Work items[State category]", 1, "", []any{"Proposed"}},
		"of the page, (All)":      {`{"cards": {"page/state": []}}`, "Work items[State category]", 0, "", nil},
		"of another page":         {`{"cards": {"area/state": []}}`, "Work items[State category]", 1, "notIn", []any{"Removed"}},
		"locked":                  {`{"cards": {"page/fixed": []}}`, "Work items[Is bug]", 1, "", []any{true}},
		"hidden":                  {`{"cards": {"page/unseen": []}}`, "Work items[Severity]", 1, "isNotBlank", nil},
		"only on its own column":  {`{"cards": {"page/state": [{"field": "Work items[Title]", "op": "contains", "values": ["x"]}]}}`, "Work items[Title]", 0, "", nil},
		"of the visual":           {`{}`, "Work items[Assigned to]", 1, "isNotBlank", nil},
		"of the visual's own row": {`{"cards": {"area/Areas[Area level 1]": [{"field": "Areas[Area level 1]", "values": ["Web"]}]}}`, "Areas[Area level 1]", 1, "", []any{"Web"}},
	} {
		q, _ := report.Compile(p, p.Visual("area"), stateOf(t, c.state))
		if n, op, values := has(q.Filters, c.field); n != c.n || op != c.op || !reflect.DeepEqual(values, c.values) {
			t.Errorf("a card %s: %d filters, %q %v, want %d, %q %v", name, n, op, values, c.n, c.op, c.values)
		}
	}
	card, _ := report.Compile(p, p.Visual("card"), report.PageState{})
	if n, _, _ := has(card.Filters, "Work items[Assigned to]"); n != 0 {
		t.Error("a visual's card filters another visual")
	}
}

func TestSlicersOfEveryKind(t *testing.T) {
	p := readingPage(t)
	for name, c := range map[string]struct {
		state  string
		field  dataset.FieldRef
		n      int
		op     dataset.Op
		values []any
	}{
		"a default holds":               {`{}`, "Iterations[Iteration path]", 1, "current", nil},
		"an empty pick lifts a default": {`{"slicers": {"iteration": []}}`, "Iterations[Iteration path]", 0, "", nil},
		"a pick replaces a default":     {`{"slicers": {"iteration": ["P\\S1"]}}`, "Iterations[Iteration path]", 1, "under", []any{`P\S1`}},
		"blank is no node of a tree":    {`{"slicers": {"iteration": ["P\\S1", null]}}`, "Iterations[Iteration path]", 1, "in", []any{`P\S1`, nil}},
		"between two ends":              {`{"slicers": {"age": [5, 30]}}`, "Work items[Age in days]", 1, "between", []any{5.0, 30.0}},
		"from one end":                  {`{"slicers": {"age": [5, null]}}`, "Work items[Age in days]", 1, ">=", []any{5.0}},
		"up to one end":                 {`{"slicers": {"age": [null, 30]}}`, "Work items[Age in days]", 1, "<=", []any{30.0}},
		"no ends":                       {`{"slicers": {"age": [null, null]}}`, "Work items[Age in days]", 0, "", nil},
		"relative days":                 {`{"slicers": {"created": ["last", 30, "day"]}}`, "Work items[Created date]", 1, "last", []any{30.0, "day"}},
		"calendar months":               {`{"slicers": {"created": ["lastCalendar", 2, "month"]}}`, "Work items[Created date]", 1, "lastCalendar", []any{2.0, "month"}},
		"one member at a time":          {`{"slicers": {"priority": [1, 2]}}`, "Work items[Priority]", 1, "", []any{1.0}},
	} {
		q, _ := report.Compile(p, p.Visual("card"), stateOf(t, c.state))
		if n, op, values := has(q.Filters, c.field); n != c.n || op != c.op || !reflect.DeepEqual(values, c.values) {
			t.Errorf("%s: %d filters, %q %v, want %d, %q %v", name, n, op, values, c.n, c.op, c.values)
		}
	}
	if report.CompileSlicer(p, &p.Slicers[2], report.PageState{}) != nil {
		t.Error("a slicer by relative days asks for members")
	}
}

func TestDrillingPutsLevelsInThePlaceOfTheAxis(t *testing.T) {
	p := readingPage(t)
	one, two, three := dataset.Group{Field: "Areas[Area level 1]"}, dataset.Group{Field: "Areas[Area level 2]"}, dataset.Group{Field: "Areas[Area level 3]"}
	for name, c := range map[string]struct {
		drill string
		rows  []dataset.Group
		top   int
		path  int
	}{
		"not drilled":                  {`{"level": 0}`, []dataset.Group{one}, 8, 0},
		"the next level of all":        {`{"level": 1}`, []dataset.Group{two}, 8, 0},
		"into one member":              {`{"level": 1, "path": [{"field": "Areas[Area level 1]", "values": ["Web"]}]}`, []dataset.Group{two}, 8, 1},
		"expanded":                     {`{"level": 1, "expanded": true}`, []dataset.Group{one, two}, 0, 0},
		"expanded below what is open":  {`{"level": 2, "expanded": true, "path": [{"field": "Areas[Area level 1]", "values": ["Web"]}]}`, []dataset.Group{two, three}, 0, 1},
		"a level that is not there":    {`{"level": 9}`, []dataset.Group{three}, 8, 0},
		"a level below the first":      {`{"level": -1}`, []dataset.Group{one}, 8, 0},
		"expanded at the widest level": {`{"level": 0, "expanded": true}`, []dataset.Group{one}, 8, 0},
	} {
		q, _ := report.Compile(p, p.Visual("area"), stateOf(t, `{"drill": {"area": `+c.drill+`}}`))
		n, _, _ := has(q.Filters, "Areas[Area level 1]")
		if !slices.Equal(q.Rows, c.rows) || q.Top != c.top || n != c.path || (c.top > 0) != q.Others {
			t.Errorf("%s: rows %v top %d others %t, %d filters of the path", name, q.Rows, q.Top, q.Others, n)
		}
		if len(q.Columns) != 1 {
			t.Errorf("%s: the legend is gone", name)
		}
	}
	if rows := p.Visual("area").Query.Rows; len(rows) != 1 || rows[0] != one {
		t.Error("compiling changed the document")
	}
}

func TestWhatWasDrilledIntoAndTheCardsTravelWithASelection(t *testing.T) {
	p := readingPage(t)
	s := stateOf(t, `{"drill": {"area": {"level": 1, "path": [{"field": "Areas[Area level 1]", "values": ["Web"]}]}},
	  "selection": {"visual": "area", "filters": [{"field": "Areas[Area level 2]", "values": ["Shop"]}]}}`)
	q, follows := report.Compile(p, p.Visual("card"), s)
	want := []string{"Areas[Area level 2] ", "Areas[Area level 1] ", "Work items[Assigned to] isNotBlank"}
	if got := fields(q.Highlight); follows != report.FollowsHighlight || !slices.Equal(got, want) {
		t.Errorf("%q %v, want %v", follows, got, want)
	}
	if n, _, _ := has(q.Filters, "Areas[Area level 1]"); n != 0 {
		t.Error("another visual is drilled too")
	}
}

func TestSortsOfAReaderAndTooltips(t *testing.T) {
	p := readingPage(t)
	for name, c := range map[string]struct {
		state string
		want  []dataset.Sort
	}{
		"the author's":           {`{}`, []dataset.Sort{{By: "Open bugs", Descending: true}}},
		"by the group":           {`{"sort": {"area": [{"by": "Areas[Area level 1]"}]}}`, []dataset.Sort{{By: "Areas[Area level 1]"}}},
		"by a value of tooltips": {`{"sort": {"area": [{"by": "Bugs closed", "descending": true}]}}`, []dataset.Sort{{By: "Bugs closed", Descending: true}}},
		"by a level not shown":   {`{"sort": {"area": [{"by": "Areas[Area level 1]"}]}, "drill": {"area": {"level": 1}}}`, []dataset.Sort{{By: "Open bugs", Descending: true}}},
		"by what is not there":   {`{"sort": {"area": [{"by": "Commits"}]}}`, []dataset.Sort{{By: "Open bugs", Descending: true}}},
	} {
		q, _ := report.Compile(p, p.Visual("area"), stateOf(t, c.state))
		if !slices.Equal(q.Sort, c.want) {
			t.Errorf("%s: %v, want %v", name, q.Sort, c.want)
		}
		if n := len(q.Values); n != 2 || q.Values[0].Measure != "Open bugs" || q.Values[1].Measure != "Bugs closed" {
			t.Errorf("%s: values %v, want that of the tooltip last", name, q.Values)
		}
	}
	if len(p.Visual("area").Query.Values) != 1 {
		t.Error("compiling changed the document")
	}
}

func TestASecondDayStandsBesideTheFirst(t *testing.T) {
	p := readingPage(t)
	q, _ := report.Compile(p, p.Visual("card"), report.PageState{AsOf: "2026-11-18", CompareWith: "2026-10-07"})
	if q.AsOf != "2026-11-18" || q.CompareWith != "2026-10-07" {
		t.Errorf("as of %q, compared with %q", q.AsOf, q.CompareWith)
	}
}

func TestMembersOfACardAreThoseThatTheOtherCardsLeave(t *testing.T) {
	p := readingPage(t)
	s := stateOf(t, `{"slicers": {"priority": [1]}, "cards": {"page/state": [{"field": "Work items[State category]", "values": ["Proposed"]}]}}`)
	q := report.CompileMembers(p, "Work items[State category]", nil, s)
	got := fields(q.Filters)
	slices.Sort(got)
	want := []string{"Iterations[Iteration path] current", "Work items[Is bug] ", "Work items[Priority] ", "Work items[Severity] isNotBlank", "Work items[Type] "}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestFiltersReadAsPowerBISaysThem(t *testing.T) {
	by := &dataset.Value{Measure: "Open bugs"}
	for want, f := range map[string]dataset.Filter{
		"Title does not contain login":                          {Field: "Work items[Title]", Op: dataset.NotContains, Values: []any{"login"}},
		"Title starts with Log or contains sign in":             {Field: "Work items[Title]", Any: []dataset.Filter{{Op: dataset.StartsWith, Values: []any{"Log"}}, {Op: dataset.Contains, Values: []any{"sign in"}}}},
		"Priority is less than or equal to 2":                   {Field: "Work items[Priority]", Op: dataset.LessEqual, Values: []any{2.0}},
		"Created date is on or after 2026-10-01":                {Field: "Work items[Created date]", Op: dataset.GreaterEqual, Values: []any{"2026-10-01"}},
		"Created date is in the last 30 days":                   {Field: "Work items[Created date]", Op: dataset.Last, Values: []any{30.0, "day"}},
		"Created date is in the last 30 days without today":     {Field: "Work items[Created date]", Op: dataset.Last, Values: []any{30.0, "day", false}},
		"Created date is in the last 2 calendar months":         {Field: "Work items[Created date]", Op: dataset.LastCalendar, Values: []any{2.0, "month"}},
		"Created date is in the next 1 calendar week":           {Field: "Work items[Created date]", Op: dataset.NextCalendar, Values: []any{1.0, "week"}},
		"Created date is in this month":                         {Field: "Work items[Created date]", Op: dataset.This, Values: []any{1.0, "month"}},
		"Assigned to is one of the top 5 by Open bugs":          {Field: "Work items[Assigned to]", Op: dataset.TopN, Values: []any{5.0}, By: by},
		"Iteration is the current one":                          {Field: "Iterations[Iteration path]", Op: dataset.Current},
		"Date is in the present and past 13 calendar weeks":     {Field: "Dates[Date]", Op: dataset.This, Values: []any{13.0, "week"}},
		"Area is Checkout or Payments or below":                 {Field: "Areas[Area path]", Op: dataset.Under, Values: []any{`Web\Checkout`, `Web\Payments`}},
		"Story points is between 1 and 5":                       {Field: "Work items[Story points]", Op: dataset.Between, Values: []any{1.0, 5.0}},
		"Tag does not start with x":                             {Field: "Tags[Tag]", Op: dataset.NotStartsWith, Values: []any{"x"}},
		"Assigned to is one of the bottom 3 by Oldest open bug": {Field: "Work items[Assigned to]", Op: dataset.BottomN, Values: []any{3.0}, By: &dataset.Value{Field: "Work items[Age in days]", Name: "Oldest open bug"}},
	} {
		if got := report.Restate([]dataset.Filter{f}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
