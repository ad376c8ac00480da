package dataset

import (
	"strings"
	"testing"

	"sightline/backend/fault"
)

func TestQueryUsesItsOwnMeasures(t *testing.T) {
	r := mustResolve(t, `{"define": [{"name": "Fix rate", "expression": "[Bugs closed] / [Bugs created]"}, {"name": "Spare", "expression": "PREVIOUS([Closed])"}],
		"values": ["Open bugs", {"measure": "[fix RATE]", "name": "Rate", "filters": [{"field": "Priority", "values": [1]}]}], "rows": ["State"],
		"sort": [{"by": "Fix rate", "descending": true}, {"by": "rate"}]}`)
	v := r.Values[1]
	if v.Formula == nil || v.Measure != nil || v.Info.Name != "Rate" || v.Info.Measure != "Fix rate" || v.Info.Format != "percent" || len(v.Formula.Bases) != 2 {
		t.Fatalf("%+v", v)
	}
	for _, b := range v.Formula.Bases {
		if b.Table != WorkItems || len(b.Filters) != 1 || b.Filters[0].Column.Ref() != Priority {
			t.Errorf("%+v", b)
		}
	}
	if len(r.Sort) != 2 || r.Sort[0].Value != 1 || !r.Sort[0].Descending || r.Sort[1].Value != 1 {
		t.Errorf("%+v", r.Sort)
	}
}

func TestBasesOfAFormulaKeepToTheirTables(t *testing.T) {
	r := mustResolve(t, `{"define": [{"name": "People", "expression": "DISTINCTCOUNT(Areas[Area path])"}], "values": ["People"], "filters": [{"field": "Work items[State]", "values": ["New"]}]}`)
	if b := r.Values[0].Formula.Bases[0]; b.Table != WorkItems {
		t.Errorf("%+v", b)
	}
	r = mustResolve(t, `{"define": [{"name": "Seven", "expression": "7"}], "values": ["Seven"], "rows": ["Work items[State]"]}`)
	if r.Table != WorkItems {
		t.Errorf("a constant by state is over %q", r.Table)
	}
}

func TestQueriesWithDefinitionsAreRefused(t *testing.T) {
	m := model()
	for name, tc := range map[string]struct{ query, says, hint string }{
		"a definition that is not used":   {`{"define": [{"name": "A", "expression": "[Nowhere]"}], "values": ["Open bugs"]}`, "no measure Nowhere", ""},
		"a misspelt definition":           {`{"define": [{"name": "Fix rate", "expression": "1"}], "values": ["Fix rat"]}`, "no measure Fix rat", "Fix rate"},
		"an aggregate of a definition":    {`{"define": [{"name": "A", "expression": "1"}], "values": [{"measure": "A", "aggregate": "sum"}]}`, "", ""},
		"a look back without dates":       {`{"define": [{"name": "A", "expression": "PREVIOUS([Closed])"}], "values": ["A"], "rows": ["State"]}`, "Dates[Date]", "grain"},
		"a state that Top adds up":        {`{"define": [{"name": "A", "expression": "[Closed] / [Created]"}], "values": ["A"], "rows": ["State"], "top": 1, "others": true}`, "others cannot be used with A", ""},
		"a filter that does not fit":      {`{"define": [{"name": "A", "expression": "[Closed]"}], "values": [{"measure": "A", "filters": [{"field": "Nowhere", "values": [1]}]}]}`, "no column Nowhere", ""},
		"a definition without expression": {`{"define": [{"name": "A"}], "values": ["A"]}`, "empty", ""},
	} {
		_, err := resolve(t, m, tc.query)
		if r := fault.ReportOf(err); !fault.Is(err, fault.Invalid) || !strings.Contains(r.Message, tc.says) || !strings.Contains(r.Hint, tc.hint) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestADefinitionRanksByMeasuresOfTheModelOnly(t *testing.T) {
	m := model()
	if _, err := resolve(t, m, `{"define": [{"name": "A", "expression": "CALCULATE([Open bugs], TOP(Areas[Area path], 3, [Open bugs]))"}], "values": ["A"]}`); err != nil {
		t.Error(err)
	}
	for _, expression := range []string{"CALCULATE([Open bugs], TOP(Areas[Area path], 3, [A]))", "CALCULATE([Open bugs], TOP(Areas[Area path], 3, [B]))"} {
		_, err := resolve(t, m, `{"define": [{"name": "A", "expression": "`+expression+`"}, {"name": "B", "expression": "[Open bugs]"}], "values": ["A"]}`)
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", expression, err)
		}
	}
}

func TestADefinitionTellsWhichTableABareNameIsOf(t *testing.T) {
	m := wholeModel()
	r, err := resolve(t, m, `{"define": [{"name": "A", "expression": "COUNT(Pull requests[Id]) / 2"}], "values": ["A"], "rows": ["Created by"]}`)
	if err != nil || r.Rows[0].Column.Ref() != PullCreatedBy {
		t.Errorf("%+v %v", r, err)
	}
}

func TestAMeasureOverTwoTablesIsGroupedByWhatReachesBoth(t *testing.T) {
	m := BuildModel(loads{tables: []string{PipelineRuns}})
	defs := `"define": [{"name": "A", "expression": "COUNT(Work items[Id]) / COUNT(Pipeline runs[Id])"}]`
	r, err := resolve(t, m, `{`+defs+`, "values": ["A"], "rows": ["Projects[Project]"]}`)
	if err != nil || r.Values[0].Formula.Bases[0].Table != WorkItems || r.Values[0].Formula.Bases[1].Table != PipelineRuns {
		t.Errorf("%+v %v", r, err)
	}
	if _, err := resolve(t, m, `{`+defs+`, "values": ["A"], "rows": ["Work items[State]"]}`); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.ReportOf(err).Message, PipelineRuns) {
		t.Errorf("a state of runs: %v", err)
	}
}
