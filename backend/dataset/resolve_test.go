package dataset

import (
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
)

// smallReading is what BuildModel reads.
type smallReading struct {
	Reading
	projects []ProjectRow
}

func (smallReading) Info() Info {
	return Info{Name: "contoso", TimeZone: "Europe/Berlin", WeekStart: time.Monday}
}
func (r smallReading) Projects() []ProjectRow { return r.projects }
func (smallReading) Areas() []NodeRow         { return []NodeRow{{Depth: 0}, {Depth: 2}} }
func (smallReading) Iterations() []NodeRow    { return []NodeRow{{Depth: 0}} }
func (smallReading) Types() []TypeRow         { return nil }
func (smallReading) Fields() []FieldRow       { return nil }
func (smallReading) FactTables() []FactTable  { return nil }

func model() Model { return BuildModel(smallReading{projects: []ProjectRow{{EstimateField: 1}}}) }

func resolve(t *testing.T, m Model, query string) (*Resolved, error) {
	t.Helper()
	q, err := DecodeQuery([]byte(query))
	if err != nil {
		return nil, err
	}
	return m.Resolve(q)
}

func mustResolve(t *testing.T, query string) *Resolved {
	t.Helper()
	r, err := resolve(t, model(), query)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	return r
}

func TestModelNamesAreUniqueAlsoWithoutTheirTable(t *testing.T) {
	m := model()
	seen := map[string]string{}
	claim := func(kind, name, owner string) {
		key := kind + strings.ToLower(name)
		if other, taken := seen[key]; taken && other != owner {
			t.Errorf("%s %s means %s and %s", kind, name, other, owner)
		}
		seen[key] = owner
	}
	for _, table := range m.Tables {
		for _, c := range table.Columns {
			if c.Table != table.Name || c.Description == "" || c.Type == "" {
				t.Errorf("column %+v", c)
			}
			for _, name := range append([]string{c.Name}, c.Synonyms...) {
				claim("column ", name, string(c.Ref()))
				if got, err := m.Column(FieldRef(name)); err != nil || got.Ref() != c.Ref() {
					t.Errorf("bare %s: %v", name, err)
				}
			}
		}
	}
	for _, ms := range m.Measures {
		claim("measure ", ms.Name, ms.Name)
		if ms.Table != WorkItems || ms.Formula == "" || ms.Description == "" || ms.Format == "" || ms.Folder == "" || ms.Direction == "" || ms.OverTime == "" {
			t.Errorf("measure %+v", ms)
		}
		for _, s := range ms.Synonyms {
			if !strings.HasPrefix(s, "M") {
				claim("measure ", s, ms.Name)
			}
		}
	}
}

func TestModelFollowsTheDataInLevelsUnitsAndWeek(t *testing.T) {
	m := model()
	if _, err := m.Column("Area level 3"); err != nil {
		t.Error(err)
	}
	if _, err := m.Column("Area level 4"); err == nil {
		t.Error("a fourth level of a tree with three")
	}
	if m.WeekStart != "Monday" || m.TimeZone != "Europe/Berlin" || m.Name != "contoso" {
		t.Errorf("%+v", m)
	}
	unit := func(fields ...int8) string {
		var ps []ProjectRow
		for _, f := range fields {
			ps = append(ps, ProjectRow{EstimateField: f})
		}
		m := BuildModel(smallReading{projects: ps})
		ms, _, err := m.measure(RemainingEstimate)
		if err != nil {
			t.Fatal(err)
		}
		return ms.Unit
	}
	for want, fields := range map[string][]int8{"story points": {1, 1}, "effort": {2}, "size": {3}, "estimate": {1, 2}} {
		if got := unit(fields...); got != want {
			t.Errorf("%v estimate in %s", fields, got)
		}
	}
}

func TestNamesAreFoundInAnyCaseByNumberAndSynonym(t *testing.T) {
	for name, want := range map[string]string{"open BUGS": OpenBugs, "Active bugs": OpenBugs, "m10": AverageAge, "[Closed]": Closed, "M19": Ideal, "M4": AverageLeadTime} {
		r := mustResolve(t, `{"values":["`+name+`"]}`)
		if got := r.Values[0].Info.Measure; got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	r := mustResolve(t, `{"values":["M1"],"rows":["severity","'Work items'[Assignee]","Work items[TYPE]"]}`)
	if len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "M1 is shared by Work items, Open work items and Open bugs; Work items was taken.") {
		t.Errorf("notes %q", r.Notes)
	}
	for i, want := range []FieldRef{Severity, AssignedTo, Type} {
		if got := r.Rows[i].Column.Ref(); got != want {
			t.Errorf("row %d is %s", i, got)
		}
	}
}

func TestRefusalsNameTheNearest(t *testing.T) {
	for _, c := range []struct{ query, message, hint string }{
		{`{"values":["Opn bugs"]}`, "There is no measure Opn bugs.", OpenBugs},
		{`{"values":["Open bugs"],"rows":["Work items[Sate]"]}`, "There is no column Work items[Sate].", string(State)},
		{`{"values":["Open bugs"],"rows":["Prioritty"]}`, "There is no column Prioritty.", string(Priority)},
		{`{}`, "asks for nothing", CountOfWorkItems},
		{`{"values":["Open bugs"],"rowz":["State"]}`, "rowz", "rows, columns"},
		{`{"values":[{"measure":"Open bugs","field":"Size"}]}`, "both", "Keep one"},
		{`{"values":[{"field":"Title","aggregate":"sum"}]}`, "no quantities", "countDistinct"},
		{`{"values":[{"field":"Size","aggregate":"mean"}]}`, `no aggregate "mean"`, "average"},
		{`{"values":["Open bugs"],"rows":[{"field":"State","grain":"week"}]}`, "has no grain", "Dates[Date]"},
		{`{"values":["Open bugs"],"rows":[{"field":"Dates[Date]","grain":"fortnight"}]}`, `no grain "fortnight"`, "week"},
		{`{"values":["Open bugs"],"rows":["Dates[Date]"],"columns":["Date"]}`, "stands twice", "Keep one"},
		{`{"values":["Open bugs"],"filters":[{"field":"State","op":"under","values":["x"]}]}`, `"under" does not fit`, "contains"},
		{`{"values":["Open bugs"],"filters":[{"field":"Priority","values":["high"]}]}`, "high cannot be compared", "whole numbers"},
		{`{"values":["Open bugs"],"filters":[{"field":"Created date","op":">=","values":["soon"]}]}`, "soon cannot be compared", "2026-11-18"},
		{`{"values":["Open bugs"],"filters":[{"field":"State","values":[]}]}`, "at least one value", "leave the filter out"},
		{`{"values":["Open bugs"],"filters":[{"field":"Priority","op":"between","values":[1]}]}`, "two values, not 1", ""},
		{`{"values":["Open bugs"],"filters":[{"field":"Dates[Date]","op":"last","values":[3,"fortnight"]}]}`, "a number and a unit", "quarter"},
		{`{"values":["Open bugs"],"filters":[{"field":"Dates[Date]","values":[null]}]}`, "no blank days", "Completed date"},
		{`{"values":["Open bugs"],"filters":[{"field":"Priority","op":">","values":[null]}]}`, "null cannot be used", "isBlank"},
		{`{"values":["Open bugs"],"asOf":"yesterday"}`, "asOf yesterday is no time", "2026-11-18"},
		{`{"values":["Open bugs"],"rows":["State"],"sort":[{"by":"Title"}]}`, "cannot be sorted by Title", "Open bugs or Work items[State]"},
		{`{"values":["Open bugs"],"rows":["State"],"others":true}`, "others needs top", ""},
		{`{"values":["Average age"],"rows":["State"],"top":3,"others":true}`, "do not add up", "Leave out others"},
		{`{"values":["Open bugs"],"rows":["Tag"],"top":3,"others":true}`, "under several of its members", ""},
		{`{"values":["Open bugs"],"rows":["Dates[Date]"],"top":3,"others":true}`, "days are not added up", ""},
		{`{"values":["Open bugs"],"rows":["State"],"top":-1}`, "negative", ""},
	} {
		_, err := resolve(t, model(), c.query)
		r := fault.ReportOf(err)
		if r.Code != fault.Invalid || !strings.Contains(r.Message, c.message) || !strings.Contains(r.Hint, c.hint) {
			t.Errorf("%s\n%s: %s %s", c.query, r.Code, r.Message, r.Hint)
		}
	}
}

func TestAColumnOfTwoTablesNeedsItsTable(t *testing.T) {
	m := model()
	m.Tables = append(m.Tables, table("Pull requests", "", grouped("Pull requests[Title]", Text, RoleTitle, "")))
	_, err := m.Column("Title")
	if r := fault.ReportOf(err); !strings.Contains(r.Message, "several tables") || !strings.Contains(r.Hint, "Work items[Title] or Pull requests[Title]") {
		t.Errorf("%+v", r)
	}
	if _, err := m.Column("Pull requests[title]"); err != nil {
		t.Error(err)
	}
}

func TestValuesOfFiltersTakeTheTypeOfTheColumn(t *testing.T) {
	r := mustResolve(t, `{"values":["Open bugs"],"filters":[{"field":"Priority","values":["1",2,null,"(Blank)"]},{"field":"Is bug","values":["yes"]},
		{"field":"State","values":[5]},{"field":"Dates[Date]","op":"last","values":["30","days"]},{"field":"Completed date","values":[2026]}]}`)
	if v := r.Filters[0].Values; v[0] != 1.0 || v[1] != 2.0 || v[2] != nil || v[3] != nil {
		t.Errorf("priority %v", v)
	}
	if v := r.Filters[1].Values; v[0] != true {
		t.Errorf("is bug %v", v)
	}
	if v := r.Filters[2].Values; v[0] != "5" {
		t.Errorf("state %v", v)
	}
	if f := r.Filters[3]; f.N != 30 || f.Unit != GrainDay {
		t.Errorf("last %d %s", f.N, f.Unit)
	}
	if v := r.Filters[4].Values; v[0] != "2026" {
		t.Errorf("year %v", v)
	}
}

func TestDefaultsOfValuesAndGroups(t *testing.T) {
	r := mustResolve(t, `{"values":[{"field":"Story points"},{"field":"Age in days"},{"field":"Title","aggregate":"count","name":"n"}],"rows":["Dates[Date]"],"highlight":[]}`)
	for i, want := range []struct {
		name   string
		agg    Aggregate
		format string
	}{{"Sum of Story points", Sum, "decimal1"}, {"Average of Age in days", Average, "decimal1"}, {"n", Count, "integer"}} {
		v := r.Values[i]
		if v.Info.Name != want.name || v.Aggregate != want.agg || v.Info.Format != want.format {
			t.Errorf("value %d: %+v", i, v.Info)
		}
	}
	if r.Rows[0].Grain != GrainDay || !r.Highlighted {
		t.Errorf("grain %q, highlighted %t", r.Rows[0].Grain, r.Highlighted)
	}
}
