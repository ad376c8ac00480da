package columns_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// everyQuery asks for each measure, column and group that the model has over facts: alone, on dates, of the past.
func everyQuery(m dataset.Model) []dataset.Query {
	var out []dataset.Query
	add := func(q dataset.Query, values ...dataset.Value) {
		q.Values = values
		out = append(out, q)
		q.AsOf = "2024-03-05"
		out = append(out, q)
	}
	week := []dataset.Group{{Field: dataset.DateAxis, Grain: dataset.GrainWeek}}
	march := []dataset.Filter{{Field: dataset.DateAxis, Op: dataset.Between, Values: []any{"2024-02-15", "2024-03-31"}}}
	for _, t := range m.Tables {
		for _, ms := range m.Measures {
			if ms.Table != t.Name || t.Name == dataset.WorkItems {
				continue
			}
			v := dataset.Value{Measure: ms.Name}
			add(dataset.Query{}, v)
			add(dataset.Query{Rows: week}, v)
			add(dataset.Query{Filters: march}, v)
		}
		for _, c := range t.Columns {
			for _, table := range m.Tables {
				if table.Name == dataset.WorkItems || !m.Computed(table.Name) || !m.Reaches(table.Name, c.Ref()) || c.Ref() == dataset.DateAxis {
					continue
				}
				for _, ms := range m.Measures {
					if ms.Table == table.Name {
						add(dataset.Query{Rows: []dataset.Group{{Field: c.Ref()}}, Columns: week, Filters: march}, dataset.Value{Measure: ms.Name})
						add(dataset.Query{Filters: []dataset.Filter{{Field: c.Ref(), Op: dataset.IsBlank}}, Rows: []dataset.Group{{Field: c.Ref()}}}, dataset.Value{Measure: ms.Name})
						break
					}
				}
				if c.Summable {
					add(dataset.Query{Rows: week}, dataset.Value{Field: c.Ref(), Aggregate: dataset.Median})
				}
				add(dataset.Query{}, dataset.Value{Field: c.Ref(), Aggregate: dataset.CountDistinct})
			}
		}
	}
	return out
}

func TestEveryColumnAndMeasureOfFactsIsAnsweredAlsoWithoutRowsOrInstants(t *testing.T) {
	empty, silent := smallFacts(), smallFacts()
	for _, name := range factTableNames {
		empty.rows[name] = nil
		row := factRow{"Project": "Alpha", "Status": "completed", "Result": "failed", "Id": 7} // nothing that happened at a time
		silent.rows[name] = []factRow{row, {}}
	}
	for name, w := range map[string]*factWorld{"no rows": empty, "no instants": silent, "rows": smallFacts()} {
		e := w.engine(factsNow)
		for _, q := range everyQuery(e.Model()) {
			if _, err := e.Answer(context.Background(), q); err != nil {
				t.Fatalf("%s: %v\n%+v", name, err, q)
			}
		}
	}
}

func TestAPageOverFactsAnswersAsItsQueriesDoAlone(t *testing.T) {
	w := smallFacts()
	together, alone := w.engine(factsNow), w.engine(factsNow)
	qs := everyQuery(together.Model())
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(qs), func(i, j int) { qs[i], qs[j] = qs[j], qs[i] })
	results, errs := together.AnswerAll(context.Background(), qs)
	for i, q := range qs {
		want, err := alone.Answer(context.Background(), q)
		if err != nil || errs[i] != nil {
			t.Fatal(err, errs[i])
		}
		if got, want := jsonOf(t, results[i]), jsonOf(t, want); got != want {
			t.Errorf("%s\n%s\nalone %s", jsonOf(t, q), got, want)
		}
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestRowsThatNothingTellsTheTimeOfAreNoEventsButMembers(t *testing.T) {
	w := smallFacts()
	w.rows[dataset.Commits] = []factRow{{"Project": "Alpha", "Repository": 0, "Author": "Ann", "Commit id": "x"}}
	e := w.engine(factsNow)
	expect(t, "events", plain(ask(t, e, `{"values":["Commits"]}`).Total.Values), 0)
	if r := ask(t, e, `{"rows":["Commits[Author]"]}`); len(r.Rows) != 1 {
		t.Errorf("%d authors", len(r.Rows))
	}
}

func TestAChildOfATableThatIsNotLoadedStandsAlone(t *testing.T) {
	w := smallFacts()
	delete(w.rows, dataset.PipelineRuns)
	e := w.engine(factsNow)
	r := ask(t, e, `{"values":[{"field":"Pipeline tasks[Task]","aggregate":"count","name":"n"}],"rows":["Pipeline tasks[Result]"]}`)
	got, _ := flatten(r)
	if wrong := differences("", got, map[string][]float64{"|succeeded": {3}, "|failed": {1}}); len(wrong) > 0 {
		t.Error(strings.Join(wrong, "\n"))
	}
	_, err := e.Answer(context.Background(), decode(t, `{"values":[{"field":"Pipeline tasks[Task]","aggregate":"count"}],"rows":["Projects[Project]"]}`))
	if report := fault.ReportOf(err); report.Code != fault.Invalid || !strings.Contains(report.Message, "Projects[Project] cannot group Pipeline tasks") {
		t.Error(fmt.Sprint(report))
	}
}
