package columns_test

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"sightline/backend/dataset"
)

// born is the instant from which on a row of a table is there.
var born = map[string]string{dataset.Commits: "Authored", dataset.PullRequests: "Created", dataset.PipelineRuns: "Queued", dataset.PipelineTasks: "Started",
	dataset.TestRuns: "Started", dataset.Deployments: "Queued", dataset.Changesets: "Created", dataset.TFVCBranches: "Created"}

// asItWas is the world as it stood at the instant: what came later is not there yet, and what ended later is under way.
func (w *factWorld) asItWas(at time.Time) *factWorld {
	then := *w
	then.rows = map[string][]factRow{}
	for table, rows := range w.rows {
		then.rows[table] = nil
		for _, row := range rows {
			if birth := row.time(born[table]); birth.After(at) {
				continue
			}
			row = maps.Clone(row)
			for _, c := range dataset.FactTableOf(table).Columns {
				if c.Kind == dataset.FactInstant && row.time(c.Name).After(at) {
					delete(row, c.Name)
					row.undo(table, c.Name)
				}
			}
			then.rows[table] = append(then.rows[table], row)
		}
	}
	return &then
}

// undo takes back what an instant brought.
func (r factRow) undo(table, instant string) {
	switch {
	case table == dataset.PullRequests && instant == "Closed":
		r["Status"] = dataset.PullActive
	case table == dataset.PipelineRuns && instant == "Finished":
		r["Status"], r["Result"] = "inProgress", ""
		if r.time("Started").IsZero() {
			r["Status"] = "notStarted"
		}
	case table == dataset.PipelineRuns && instant == "Started":
		r["Status"] = "notStarted"
	case table == dataset.PipelineTasks && instant == "Finished":
		r["Result"] = ""
	case table == dataset.Deployments && instant == "Completed":
		r["Status"] = "inProgress"
	}
}

// A question about the past is answered as the same question was then: two engines, no calculator.
func TestFactsAsOfAnInstantAreThoseOfTheDatasetThatWasThen(t *testing.T) {
	for seed := *firstSeed; seed < *firstSeed+20; seed++ {
		d := newDice(seed)
		w, now := d.factWorld()
		at := now.Add(-time.Duration(d.IntN(90*24*60)) * time.Minute)
		today, then := w.engine(now), w.asItWas(at).engine(at)
		for range 40 {
			q := d.factQuery(w, at)
			q.AsOf = ""
			if slices.ContainsFunc(q.Filters, func(f dataset.Filter) bool {
				return f.Field == dataset.DateAxis && (f.Op == dataset.Less || f.Op == dataset.LessEqual)
			}) {
				continue // an axis without a beginning begins with the first row, and that may be one of later
			}
			want, err := then.Answer(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			q.AsOf = at.Format(time.RFC3339)
			got, err := today.Answer(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			gotRows, gotParts := flatten(got)
			wantRows, wantParts := flatten(want)
			wrong := append(differences("", gotRows, wantRows), differences("part", gotParts, wantParts)...)
			if !slices.EqualFunc(plain(got.Total.Values), plain(want.Total.Values), same) {
				wrong = append(wrong, "the total differs")
			}
			if len(wrong) > 0 {
				t.Fatalf("seed %d as of %s: %+v\n%s", seed, at, q, wrong[:min(6, len(wrong))])
			}
		}
	}
}
