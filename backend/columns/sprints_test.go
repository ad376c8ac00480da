package columns_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// The golden seed has the sprints S1 from 4 to 15 March 2024 and S2 from 18 to 29 March (reports.md §14).
func bySprint(values ...string) dataset.Query {
	q := dataset.Query{Rows: []dataset.Group{{Field: dataset.DateAxis, Grain: dataset.GrainSprint}}}
	for _, v := range values {
		q.Values = append(q.Values, dataset.Value{Measure: v})
	}
	return q
}

func TestSprintsAreStepsOfADateAxis(t *testing.T) {
	e := open(t, golden("UTC"), time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC))
	r, err := e.Answer(context.Background(), bySprint(dataset.CountOfWorkItems, dataset.Closed, dataset.OpenBugs))
	if err != nil {
		t.Fatal(err)
	}
	members := r.Dimensions[0].Members
	if len(members) != 2 || members[0].Label != "S1" || members[0].Start != "2024-03-04" || members[0].End != "2024-03-15" || members[1].Label != "S2" || members[1].Partial {
		t.Fatalf("the sprints are %+v", members)
	}
	// #1 and #2 were closed last in S1, #3, #5 and #8 in S2; two bugs were open at the end of S1, #7 is still at that of S2.
	for i, want := range [][]float64{{9, 2, 2}, {9, 3, 1}} {
		for v, w := range want {
			if got := r.Rows[i].Values[v]; got == nil || *got != w {
				t.Errorf("%s, %s: %v, want %v", members[i].Label, r.Values[v].Name, got, w)
			}
		}
	}
}

func TestASprintThatIsNotOverIsPartialAndThoseToComeAreAbsent(t *testing.T) {
	w := golden("UTC")
	e := open(t, w, time.Date(2024, 3, 6, 12, 0, 0, 0, time.UTC))
	r, err := e.Answer(context.Background(), bySprint(dataset.CountOfWorkItems))
	if err != nil || len(r.Rows) != 1 {
		t.Fatalf("%v: %+v", err, r.Rows)
	}
	if m := r.Dimensions[0].Members[0]; m.Label != "S1" || !m.Partial {
		t.Errorf("%+v", m)
	}
}

func TestSprintsSideBySideMakeNoAxis(t *testing.T) {
	w := golden("UTC")
	w.iterations = append(w.iterations, worldIteration{path: w.iterations[0].path + `\Slow`, start: "2024-03-11", end: "2024-03-22"})
	e := open(t, w, time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC))
	_, err := e.Answer(context.Background(), bySprint(dataset.CountOfWorkItems))
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "Slow") {
		t.Errorf("%v", err)
	}
}

func TestAFilterOnAProjectOrATeamChoosesAmongSprintsSideBySide(t *testing.T) {
	w := golden("UTC")
	other := w.projects[0]
	other.name = "Other"
	w.projects = append(w.projects, other)
	w.iterations = append(w.iterations, worldIteration{path: `Other`}, worldIteration{path: `Other\Slow`, start: "2024-03-11", end: "2024-03-22"})
	w.teams = append(w.teams, worldTeam{name: "Second half", project: w.projects[0].name, areas: []string{w.areas[0]}, iterations: []string{`Gold\S2`}})
	e := open(t, w, time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC))
	for _, tc := range []struct {
		field dataset.FieldRef
		value string
		want  []string
	}{
		{dataset.Project, w.projects[0].name, []string{"S1", "S2"}},
		{dataset.Project, "Other", []string{"Slow"}},
		{dataset.Team, "Second half", []string{"S2"}},
	} {
		q := bySprint(dataset.CountOfWorkItems)
		q.Filters = []dataset.Filter{{Field: tc.field, Values: []any{tc.value}}}
		r, err := e.Answer(context.Background(), q)
		if err != nil {
			t.Errorf("%s: %v", tc.value, err)
			continue
		}
		var got []string
		for _, m := range r.Dimensions[0].Members {
			got = append(got, m.Label)
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s has the sprints %v, want %v", tc.value, got, tc.want)
		}
	}
}
