package columns_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
)

// A trend adds up changes day by day, so a number that was typed wrong must not stay in it once it is corrected.
func TestAHugeNumberThatWasCorrectedLeavesTheDaysAfterItRight(t *testing.T) {
	for _, huge := range []float64{1e17, -1e17, 1.7e308, dataset.MostNumber * (1 + 1e-15)} {
		s := newScene("UTC")
		s.add(1, "User Story", points("03-01 09:00", 2), points("03-05 09:00", huge), points("03-07 09:00", 2))
		s.add(2, "User Story", points("03-01 09:00", 3))
		query := `{"values":[{"field":"Story points","aggregate":"sum"},{"measure":"Story points"}],"rows":["Dates[Date]"]}`
		r := values(ask(t, s.engine(goldenNow), query))
		for day, want := range map[string]float64{"2024-03-04": 5, "2024-03-05": 3, "2024-03-06": 3, "2024-03-07": 5, "2024-03-20": 5} {
			expect(t, fmt.Sprintf("%g on %s", huge, day), r[day], want, want)
		}
	}
}

func TestTheLargestPlausibleNumberCounts(t *testing.T) {
	for _, x := range []float64{dataset.MostNumber, -dataset.MostNumber} {
		s := newScene("UTC")
		s.add(1, "User Story", points("03-01 09:00", 2), points("03-05 09:00", x), points("03-07 09:00", 2))
		r := values(ask(t, s.engine(goldenNow), `{"values":[{"field":"Story points","aggregate":"sum"}],"rows":["Dates[Date]"]}`))
		expect(t, "before", r["2024-03-04"], 2)
		expect(t, "while it was there", r["2024-03-06"], x)
		expect(t, "after", r["2024-03-07"], 2)
	}
}

// Every number of a work item is looked at by itself: one slip does not take the others.
func TestEveryNumberOfAWorkItemIsBlankBeyondThePlausible(t *testing.T) {
	s := newScene("UTC")
	s.add(1, "User Story", change{"03-01 09:00", func(v *rev) {
		v.priority, v.points, v.effort, v.size, v.original, v.remaining, v.workDone = 1e13, 1e13, 5, -1e13, 1e13, 7, 1e13
	}})
	if r := values(ask(t, s.engine(goldenNow), `{"values":["Work items"],"rows":["Priority"]}`)); len(r) != 1 || r["(Blank)"] == nil {
		t.Errorf("priorities %v", r)
	}
	expect(t, "sums", total(t, s, `{"values":[{"field":"Story points","aggregate":"average"},{"field":"Effort","aggregate":"average"},
		{"field":"Size","aggregate":"average"},{"field":"Original estimate","aggregate":"average"},{"field":"Remaining work","aggregate":"average"},{"field":"Completed work","aggregate":"average"}]}`),
		null, 5, null, null, 7, null)
}

func TestNumbersOfFactsAreBlankBeyondThePlausible(t *testing.T) {
	w := smallFacts()
	w.rows[dataset.Commits][0]["Files added"] = 1e17
	w.rows[dataset.Commits][1]["Files added"] = dataset.MostNumber
	expect(t, "files", plain(ask(t, w.engine(factsNow), `{"values":[{"field":"Commits[Files added]","aggregate":"sum"}]}`).Total.Values), dataset.MostNumber+3)
}

func TestNumbersOfFieldsAreBlankBeyondThePlausible(t *testing.T) {
	w := smallFacts()
	w.fields = true
	score := func(at time.Time, x float64) rev {
		v := w.items[0].revs[0]
		v.at, v.score = at, x
		return v
	}
	w.items[0].revs = []rev{score(at("2024-03-01", 9), 2), score(at("2024-03-05", 9), 1e17), score(at("2024-03-07", 9), 2)}
	r := values(ask(t, w.engine(factsNow), `{"values":[{"field":"Score","aggregate":"sum"}],"rows":["Dates[Date]"]}`))
	for day, want := range map[string]float64{"2024-03-04": 2, "2024-03-05": null, "2024-03-07": 2} {
		expect(t, day, r[day], want)
	}
}

// foreignRows hands out every number of a project, person, repository or pipeline 2^32 too high.
type foreignRows struct{ *factWorld }

func (w foreignRows) Read(ctx context.Context) (dataset.Reading, error) {
	r, err := w.factWorld.Read(ctx)
	return foreignReading{r}, err
}

type foreignReading struct{ dataset.Reading }

func (r foreignReading) Facts(table string, visit func(*dataset.FactRow) error) error {
	layout := dataset.FactTableOf(table)
	return r.Reading.Facts(table, func(row *dataset.FactRow) error {
		out := *row
		out.Values = slices.Clone(row.Values)
		for i, c := range layout.Columns {
			switch c.Kind {
			case dataset.FactProject, dataset.FactPerson, dataset.FactRepository, dataset.FactPipeline:
				out.Values[i] += 1 << 32
			}
		}
		return visit(&out)
	})
}

// A number beyond those of the file is nobody's, rather than that of another row with the same low bits.
func TestNumbersOfNobodyAreBlank(t *testing.T) {
	e, err := columns.Open(t.Context(), foreignRows{smallFacts()}, columns.Options{Clock: func() time.Time { return factsNow }})
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range []string{"Commits[Author]", "Repositories[Repository]", "Projects[Project]"} {
		r := ask(t, e, fmt.Sprintf(`{"values":["Commits"],"rows":[%q]}`, group))
		if got := values(r); got["(Blank)"] == nil || got["(Blank)"][0] != 4 {
			t.Errorf("%s: %v", group, got)
		}
	}
}
