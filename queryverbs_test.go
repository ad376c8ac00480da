package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sightline/backend/dataset"
)

// toBeAsked loads the work items of one project of the sample for verbs to ask.
func toBeAsked(t *testing.T, load string) {
	t.Helper()
	a := sample(t)
	command(t, t.TempDir())
	args := []string{"connect", "--url", a.OrganizationURL, "--project", "Lumen D*", "--token-stdin", "--name", "Tools", "--history", "3m"}
	if load != "" {
		args = append(args, "--load", load)
	}
	if v := runVerb(t.Context(), stdin(a.PersonalAccessToken+"\n"), args...); v.status != 0 {
		t.Fatalf("status %d: %s", v.status, v.diag)
	}
}

func TestQueryVerbTakesFlagsFilesAndStandardInput(t *testing.T) {
	toBeAsked(t, "workItems")
	ctx := t.Context()
	query := `{"values": ["Open bugs"], "rows": ["Work items[Priority]"], "filters": [{"field": "Work items[State category]", "values": ["InProgress"]}]}`
	file := filepath.Join(t.TempDir(), "query.json")
	if err := os.WriteFile(file, []byte(query), 0o600); err != nil {
		t.Fatal(err)
	}
	want := answer[dataset.Result](t, runVerb(ctx, stdin(query), "query", "Tools"))
	if len(want.Rows) == 0 {
		t.Fatalf("%+v", want)
	}
	for name, v := range map[string]verb{
		"a file":                runVerb(ctx, closed{}, "query", "Tools", "--file", file),
		"standard input by -":   runVerb(ctx, stdin(query), "query", "Tools", "--file", "-"),
		"flags":                 runVerb(ctx, closed{}, "query", "Tools", "--value", "open bugs", "--row", "Priority", "--filter", "State category=InProgress"),
		"flags in the language": runVerb(ctx, closed{}, "query", "Tools", "--value", "[Open bugs]", "--row", "Work items[Priority]", "--filter", `[State category] IN {"InProgress"}`),
		"both":                  runVerb(ctx, stdin(`{"values": ["Open bugs"], "rows": ["Work items[Priority]"]}`), "query", "Tools", "--filter", `NOT [State category] IN {"Proposed", "Resolved", "Completed", "Removed"}`),
	} {
		got := answer[dataset.Result](t, v)
		a, _ := json.Marshal(want.Rows)
		b, _ := json.Marshal(got.Rows)
		if string(a) != string(b) {
			t.Errorf("%s: %s, want %s", name, b, a)
		}
	}
}

func TestQueryVerbComputesMeasuresOfAPerson(t *testing.T) {
	toBeAsked(t, "workItems")
	ctx := t.Context()
	r := answer[dataset.Result](t, runVerb(ctx, nil, "query", "Tools", "--define", "Fix rate = [Bugs closed] / [Bugs created]", "--value", "Fix rate", "--value", "Bugs closed", "--value", "Bugs created",
		"--value", `CALCULATE([Open bugs], [Priority] = 1)`, "--value", "PERCENTILE(Work items[Lead time days], 0.6)", "--row", "Dates[Date]:quarter", "--sort", "Fix rate desc", "--top", "2"))
	if len(r.Rows) == 0 || len(r.Rows) > 2 || r.Values[0].Format != "percent" || r.Values[3].Name != "CALCULATE(Open bugs, Priority = 1)" || r.Dimensions[0].Grain != dataset.GrainQuarter {
		t.Fatalf("%+v", r)
	}
	if v := r.Total.Values; *v[2] == 0 || *v[0] != *v[1] / *v[2] {
		t.Errorf("a rate of %v for %v of %v", *v[0], *v[1], *v[2])
	}
}

func TestQueryVerbPrintsTablesAndCSV(t *testing.T) {
	toBeAsked(t, "workItems")
	ctx := t.Context()
	args := []string{"query", "Tools", "--value", "Work items", "--value", "Average age", "--row", "Work items[State]"}
	want := answer[dataset.Result](t, runVerb(ctx, nil, args...))
	table := runVerb(ctx, nil, append(args, "--output", "table")...)
	lines := strings.Split(strings.TrimSpace(table.out.String()), "\n")
	if table.status != 0 || len(lines) != len(want.Rows)+2 || !strings.HasPrefix(lines[0], "State ") || !strings.Contains(lines[0], "Average age in days") {
		t.Fatalf("%s%s", table.out, table.diag)
	}
	if total := strings.Fields(lines[len(lines)-1]); total[0] != "Total" || total[1] != strconv.Itoa(int(*want.Total.Values[0])) {
		t.Errorf("%q", lines[len(lines)-1])
	}
	sheet := runVerb(ctx, nil, append(args, "-o", "csv")...)
	rows, err := csv.NewReader(strings.NewReader(sheet.out.String())).ReadAll()
	if err != nil || sheet.status != 0 || len(rows) != len(want.Rows)+1 || rows[0][0] != "State" || rows[1][1] != strconv.Itoa(int(*want.Rows[0].Values[0])) {
		t.Errorf("%v %q", err, rows)
	}
}

func TestAMeasureOverTwoTablesIsThatOfBoth(t *testing.T) {
	toBeAsked(t, "workItems,pipelines")
	ctx := t.Context()
	ask := func(values ...string) map[string][]*float64 {
		args := []string{"query", "Tools", "--row", "Dates[Date]:month", "--filter", `THIS(Dates[Date], 3, "month")`}
		for _, v := range values {
			args = append(args, "--value", v)
		}
		r := answer[dataset.Result](t, runVerb(ctx, nil, args...))
		out := map[string][]*float64{"total": r.Total.Values}
		for _, row := range r.Rows {
			out[r.Dimensions[0].Members[row.Keys[0]].Start] = row.Values
		}
		return out
	}
	both, closed, runs := ask("[Closed] / COUNT(Pipeline runs[Id])"), ask("Closed"), ask("COUNT(Pipeline runs[Id])")
	found := 0
	for month, v := range both {
		c, n := *closed[month][0], *runs[month][0]
		if n > 0 && c > 0 {
			found++
		}
		if n > 0 && *v[0] != c/n || n == 0 && v[0] != nil {
			t.Errorf("%s: %v closed, %v runs", month, c, n)
		}
	}
	if found < 2 {
		t.Errorf("%d months with both", found)
	}
}

func TestQueryVerbComparesAndRanks(t *testing.T) {
	toBeAsked(t, "workItems")
	ctx := t.Context()
	args := []string{"query", "Tools", "--value", "Work items", "--row", "Work items[Assigned to]", "--filter", "TOP(Work items[Assigned to], 2, [Work items])", "--compare-with", "2026-01-01"}
	r := answer[dataset.Result](t, runVerb(ctx, nil, args...))
	if len(r.Rows) < 2 || r.ComparedWith == "" || len(r.Rows[0].Compared) != 1 || len(r.Rows) > 3 {
		t.Fatalf("%+v", r)
	}
	sheet := runVerb(ctx, nil, append(args, "--output", "csv")...)
	rows, err := csv.NewReader(strings.NewReader(sheet.out.String())).ReadAll()
	if err != nil || len(rows) != len(r.Rows)+1 || rows[0][2] != "Work items (compared)" {
		t.Errorf("%v %q", err, rows)
	}
	if table := runVerb(ctx, nil, append(args, "--highlight", "Type=Bug", "-o", "table")...); !strings.Contains(table.out.String(), "Work items (part)  Work items (compared)") {
		t.Errorf("%s%s", table.out, table.diag)
	}
}

func TestQueryVerbExplains(t *testing.T) {
	toBeAsked(t, "workItems")
	v := runVerb(t.Context(), nil, "query", "Tools", "--value", "Open bugs", "--filter", "Priority=1", "--explain")
	r := answer[dataset.Result](t, v)
	if r.Explanation == nil || len(r.Explanation.Tables) != 1 || r.Explanation.Tables[0].Rows == 0 {
		t.Fatalf("%+v", r.Explanation)
	}
	rows := strconv.Itoa(r.Explanation.Tables[0].Rows)
	for _, want := range []string{"Answered in ", "generation ", "Table ", "Work items  current", rows, "Work items[Priority] in 1", "look-up of"} {
		if !strings.Contains(v.diag.String(), want) {
			t.Errorf("%q is missing in\n%s", want, v.diag)
		}
	}
}

func TestModelVerbDescribesOneTable(t *testing.T) {
	toBeAsked(t, "workItems")
	ctx := t.Context()
	whole := answer[dataset.Model](t, runVerb(ctx, nil, "model", "Tools"))
	m := answer[dataset.Model](t, runVerb(ctx, nil, "model", "Tools", "--table", "areas"))
	if len(m.Tables) != 1 || m.Tables[0].Name != "Areas" || len(m.Measures) != 0 || len(m.Relationships) == 0 || len(m.Relationships) >= len(whole.Relationships) {
		t.Errorf("%+v", m)
	}
	text := runVerb(ctx, nil, "model", "Tools", "--output", "table")
	for _, want := range []string{"Work items: ", "  [Open bugs] ", "M1 over types of the bug category", "  Story points ", "Relationships:", "Areas[Area]"} {
		if text.status != 0 || !strings.Contains(text.out.String(), want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func TestQueryVerbsSayWhatTheyDidNotUnderstand(t *testing.T) {
	toBeAsked(t, "workItems")
	ctx := t.Context()
	for name, tc := range map[string]struct {
		args   []string
		status int
		says   []string
	}{
		"an expression":       {[]string{"query", "Tools", "--value", "[Open bugs] / [Nowhere]"}, 2, []string{"column 15", "no measure Nowhere", "Text: [Open bugs] / [Nowhere]", "Here:               ^^^^^^^^^"}},
		"a filter":            {[]string{"query", "Tools", "--value", "Open bugs", "--filter", `[Priority] ! 1`}, 2, []string{"column 12", "no meaning"}},
		"a column":            {[]string{"query", "Tools", "--value", "Open bugs", "--row", "Priorty"}, 2, []string{"no column Priorty", "Work items[Priority]"}},
		"a definition":        {[]string{"query", "Tools", "--define", "1 + 1", "--value", "Open bugs"}, 2, []string{"NAME = EXPRESSION"}},
		"an output":           {[]string{"query", "Tools", "--value", "Open bugs", "--output", "xml"}, 2, []string{"json, table or csv"}},
		"an output of models": {[]string{"model", "Tools", "--output", "csv"}, 2, []string{"json or table"}},
		"a table":             {[]string{"model", "Tools", "--table", "Nowhere"}, 2, []string{"no table Nowhere", "Work items, "}},
		"a file":              {[]string{"query", "Tools", "--file", "nowhere.json"}, 2, []string{"nowhere.json cannot be read"}},
		"a dataset":           {[]string{"query", "Nowhere", "--value", "Open bugs"}, 1, []string{"no dataset Nowhere"}},
	} {
		v := runVerb(ctx, nil, tc.args...)
		if v.status != tc.status || v.out.String() != "" {
			t.Errorf("%s: status %d, out %s", name, v.status, v.out)
		}
		for _, want := range tc.says {
			if !strings.Contains(v.diag.String(), want) {
				t.Errorf("%s: %q is missing in\n%s", name, want, v.diag)
			}
		}
	}
}
