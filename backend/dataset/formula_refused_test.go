package dataset

import (
	"strings"
	"testing"

	"sightline/backend/fault"
)

func TestRefusedDefinitionsPointAtThePlace(t *testing.T) {
	m := model()
	for name, tc := range map[string]struct {
		expression   string
		line, column string
		here         string // what the mark stands under
		says, hint   string
	}{
		"empty":                         {" \n ", "2", "2", "", "empty", "[Bugs closed]"},
		"unknown measure":               {"[Bugs closd] / 2", "1", "1", "[Bugs closd]", "no measure Bugs closd", "Bugs closed"},
		"on another line":               {"1 +\n\t[Bugs closd]", "2", "2", "[Bugs closd]", "no measure Bugs closd", "Bugs closed"},
		"after letters of two bytes":    {"[Open bugs] /* größer */ + [X y]", "1", "28", "[X y]", "no measure X y", "Did you mean"},
		"a column as a measure":         {"[State]", "1", "1", "[State]", "no measure State", "COUNT(Work items[State])"},
		"a column without aggregate":    {"1 + Work items[Story points]", "1", "5", "Work items[Story points]", "a value for each row", "SUM(Work items[Story points])"},
		"unknown column":                {"SUM(Work items[Storypoints])", "1", "5", "Work items[Storypoints]", "no column Work items[Storypoints]", "Work items[Story points]"},
		"unknown table":                 {"SUM(Items[Story points])", "1", "5", "Items[Story points]", "no column Items[Story points]", "Work items[Story points]"},
		"sum of a text":                 {"SUM(Work items[State])", "1", "1", "SUM(Work items[State])", "no quantities", "count"},
		"sum of a measure":              {"SUM([Open bugs])", "1", "5", "[Open bugs]", "is a measure", "SUM(Work items[Story points])"},
		"sum of a number":               {"SUM(1)", "1", "5", "1", "takes a column", "SUM("},
		"unknown function":              {"[Open bugs] + RUNINGTOTAL([Closed])", "1", "15", "RUNINGTOTAL", "no function RUNINGTOTAL", "RUNNINGTOTAL"},
		"too few arguments":             {"DIVIDE(1)", "1", "1", "DIVIDE(1)", "2 or 3 arguments, not 1", "DIVIDE("},
		"too many arguments":            {"ABS(1, 2)", "1", "1", "ABS(1, 2)", "1 argument, not 2", "ABS("},
		"adding a text":                 {`[Open bugs] + "x"`, "1", "15", `"x"`, "is no number", "CALCULATE"},
		"adding a condition":            {"1 + (2 > 1)", "1", "6", "2 > 1", "true or false", "IF("},
		"a condition as a measure":      {"[Open bugs] > 1", "1", "1", "[Open bugs] > 1", "true or false", "IF("},
		"a number as a condition":       {"IF([Open bugs], 1, 2)", "1", "4", "[Open bugs]", "condition", "> 0"},
		"two comparisons":               {"IF(1 < 2 < 3, 1, 2)", "1", "4", "1 < 2", "true or false", "IF("},
		"IN outside of a filter":        {`IF([Open bugs] IN {1}, 1, 2)`, "1", "4", "[Open bugs] IN {1}", "IN compares a column", "CALCULATE"},
		"a filter outside":              {`UNDER(Areas[Area path], "A")`, "1", "1", `UNDER(Areas[Area path], "A")`, "is a filter", "CALCULATE"},
		"a missing bracket":             {"([Open bugs] + 1", "1", "17", "", "bracket ) is missing", "character 1"},
		"a missing comma":               {"IF(1 = 1 2)", "1", "10", "2", "comma or ) is missing", ""},
		"a missing operand":             {"[Open bugs] +", "1", "14", "", "ends too early", ""},
		"two operators":                 {"1 * / 2", "1", "5", "/", "nothing before it", ""},
		"something behind":              {"[Open bugs] [Closed]", "1", "13", "[Closed]", "Nothing was expected", ""},
		"a bracket too many":            {"[Open bugs])", "1", "12", ")", "Nothing was expected", ""},
		"an open text":                  {`CALCULATE(1, Work items[State] = "New)`, "1", "34", `"`, `closing " is missing`, ""},
		"an open name":                  {"[Open bugs", "1", "1", "[", "closing ] is missing", ""},
		"an open comment":               {"1 /* no end", "1", "3", "/*", "does not end", ""},
		"a strange character":           {"1 § 2", "1", "3", "§", "has no meaning", ""},
		"a percentage":                  {"80%", "1", "1", "80%", "no number", "0.8"},
		"a number with two points":      {"1.2.3", "1", "1", "1.2.", "no number", ""},
		"a huge number":                 {"1e999", "1", "1", "1e999", "too large", ""},
		"a word alone":                  {"Open bugs", "1", "1", "Open bugs", "alone", "[Open bugs]"},
		"a table alone":                 {"SUM('Work items')", "1", "5", "'Work items'", "without a column", ""},
		"a bad filter value":            {`CALCULATE([Work items], Work items[Priority] = "high")`, "1", "25", `Work items[Priority] = "high"`, "cannot be compared", "whole numbers"},
		"a measure in a filter":         {`CALCULATE([Work items], [Open bugs] > 1)`, "1", "25", "[Open bugs]", "is a measure", ""},
		"a filter between measures":     {`CALCULATE([Work items], Work items[Priority] = [Open bugs])`, "1", "48", "[Open bugs]", "written out", ""},
		"either filter":                 {`CALCULATE([Work items], [Priority] = 1 || [Priority] = 2)`, "1", "25", "[Priority] = 1 || [Priority] = 2", "joined by a comma", "IN"},
		"not greater":                   {`CALCULATE([Work items], NOT [Priority] > 1)`, "1", "29", "[Priority] > 1", "does not turn", ""},
		"not under":                     {`CALCULATE([Work items], NOT UNDER([Area path], "A"))`, "1", "29", `UNDER([Area path], "A")`, "NOT UNDER", ""},
		"an unknown filter":             {`CALCULATE([Work items], UNDR([Area path], "A"))`, "1", "25", `UNDR([Area path], "A")`, "no filter", "UNDER"},
		"an operator that does not fit": {`CALCULATE([Work items], CURRENT([Area path]))`, "1", "25", `CURRENT([Area path])`, "does not fit", ""},
		"an empty list":                 {`CALCULATE([Work items], [Priority] IN {})`, "1", "39", `{}`, "list in braces", ""},
		"a number as a filter":          {`CALCULATE([Work items], 1)`, "1", "25", `1`, "filter is needed", ""},
		"a moving average of none":      {"MOVINGAVERAGE([Closed], 0)", "1", "25", "0", "from 1 to 1000", ""},
		"a moving average of halves":    {"MOVINGAVERAGE([Closed], 1.5)", "1", "25", "1.5", "whole number", ""},
		"a moving average of a measure": {"MOVINGAVERAGE([Closed], [Created])", "1", "25", "[Created]", "whole number", ""},
		"a running total of a state":    {"RUNNINGTOTAL([Open bugs])", "1", "14", "[Open bugs]", "state", "Closed"},
		"a running total of a mean":     {"RUNNINGTOTAL([Average lead time])", "1", "14", "[Average lead time]", "does not add up", ""},
		"a share of days of a state":    {"SHARE([Open bugs], Dates[Date])", "1", "20", "Dates[Date]", "state", ""},
		"a percentile of nothing":       {"PERCENTILE(Work items[Lead time days], 0)", "1", "40", "0", "0.01", ""},
		"a percentile of thousandths":   {"PERCENTILE(Work items[Lead time days], 0.755)", "1", "40", "0.755", "hundredths", ""},
		"itself":                        {"1 + [Mine]", "1", "5", "[Mine]", "[Mine] → [Mine]", ""},
		"no text":                       {"1 + \xff", "1", "1", "1", "valid text", ""},
	} {
		_, err := m.Define(define(tc.expression))
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r := fault.ReportOf(err)
		facts := map[string]string{}
		for _, f := range r.Facts {
			facts[f.Name] = f.Value
		}
		marked := ""
		if from, to := strings.IndexByte(facts["Here"], '^'), len(facts["Here"]); tc.here != "" && from >= 0 && to <= len([]rune(facts["Text"])) {
			marked = string([]rune(facts["Text"])[from:to])
		}
		if facts["Line"] != tc.line || facts["Column"] != tc.column || marked != tc.here || !strings.Contains(r.Message, tc.says) || !strings.Contains(r.Hint, tc.hint) || facts["Measure"] != "Mine" {
			t.Errorf("%s: %s\n%s\n%s\n%s\nline %s column %s marks %q", name, r.Message, r.Hint, facts["Text"], facts["Here"], facts["Line"], facts["Column"], marked)
		}
	}
}

func TestALongLineIsShownAroundThePlace(t *testing.T) {
	m := model()
	long := strings.Repeat("[Closed] + ", 40) + "[Nowhere] + " + strings.Repeat("[Closed] + ", 40) + "1"
	_, err := m.Define(define(long))
	facts := map[string]string{}
	for _, f := range fault.ReportOf(err).Facts {
		facts[f.Name] = f.Value
	}
	if at := strings.IndexByte(facts["Here"], '^'); len(facts["Text"]) > 2*windowHalf || at < 0 || !strings.HasPrefix(facts["Text"][at:], "[Nowhere]") {
		t.Errorf("%v", facts)
	}
}

func TestRefusedNamesAndTimes(t *testing.T) {
	m := model()
	one := Definition{Name: "One", Expression: "1"}
	for name, tc := range map[string]struct {
		defs []Definition
		says string
	}{
		"no name":                 {[]Definition{{Name: " ", Expression: "1"}}, "no name"},
		"brackets":                {[]Definition{{Name: "A[b]", Expression: "1"}}, "cannot be"},
		"control characters":      {[]Definition{{Name: "A\nb", Expression: "1"}}, "cannot be"},
		"a measure of the model":  {[]Definition{{Name: "open BUGS", Expression: "1"}}, "has a measure"},
		"a number of the model":   {[]Definition{{Name: "m11", Expression: "1"}}, "has a measure"},
		"twice":                   {[]Definition{one, {Name: " ONE ", Expression: "2"}}, "twice"},
		"a format nobody has":     {[]Definition{{Name: "A", Expression: "1", Format: "roman"}}, "no format"},
		"a cycle":                 {[]Definition{{Name: "A", Expression: "[B] + 1"}, {Name: "B", Expression: "[C]"}, {Name: "C", Expression: "2 * [a]"}}, "[A] → [B] → [C] → [A]"},
		"more than anybody needs": {make([]Definition, maxDefinitions+1), "up to 200"},
	} {
		if _, err := m.Define(tc.defs); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.ReportOf(err).Message, tc.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, f := range []string{"PREVIOUS([Closed])", "DIFFERENCE([Closed])", "GROWTH([Closed])", "RUNNINGTOTAL([Closed])", "MOVINGAVERAGE([Closed], 2)"} {
		if _, _, err := inQuery(&m, define(f), []FieldRef{State}, nil); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.ReportOf(err).Message, "Dates[Date]") {
			t.Errorf("%s without dates: %v", f, err)
		}
	}
}
