package columns_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

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
