package desktop

import (
	"context"
	"strings"
	"time"

	"sightline/backend/dataset"
)

// batch gathers the queries of one screen and hands each answer back to who asked.
type batch struct {
	queries []dataset.Query
	takers  []func(*dataset.Result, error)
}

func (b *batch) ask(q dataset.Query, take func(*dataset.Result, error)) {
	b.queries = append(b.queries, q)
	b.takers = append(b.takers, take)
}

// run answers all queries over one generation. Its own error is only that of the context: a query that
// cannot be answered spoils its own visual, not the page.
func (b *batch) run(ctx context.Context, e dataset.Engine) error {
	results, errs := e.AnswerAll(ctx, b.queries)
	if err := ctx.Err(); err != nil {
		return err
	}
	for i, take := range b.takers {
		if errs[i] != nil {
			take(nil, errs[i])
		} else {
			take(&results[i], nil)
		}
	}
	return nil
}

// fillSubtitle replaces {asOf}, {sprint} and {zone}.
func fillSubtitle(ctx context.Context, e dataset.Engine, text string, r *dataset.Result) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return strings.NewReplacer("{asOf}", dayOf(r), "{sprint}", currentSprint(ctx, e, r), "{zone}", r.TimeZone).Replace(text)
}

func dayOf(r *dataset.Result) string {
	at, err := time.Parse(time.RFC3339, r.AsOf)
	if err != nil {
		return r.AsOf
	}
	if zone, err := time.LoadLocation(r.TimeZone); err == nil {
		at = at.In(zone)
	}
	return at.Format("2 Jan")
}

// currentSprint names the iterations that contain the day: one name when all teams share it, else how
// many there are.
func currentSprint(ctx context.Context, e dataset.Engine, r *dataset.Result) string {
	answer, err := e.Answer(ctx, dataset.Query{
		Values:  []dataset.Value{{Measure: "M1"}},
		Rows:    []dataset.Group{{Field: "Iterations[Iteration]"}},
		Filters: []dataset.Filter{{Field: "Iterations[Iteration]", Op: dataset.Current}},
		AsOf:    r.AsOf,
	})
	if err != nil || len(answer.Dimensions) == 0 || len(answer.Dimensions[0].Members) == 0 {
		return "No current sprint"
	}
	names := map[string]bool{}
	first := ""
	for _, m := range answer.Dimensions[0].Members {
		if first == "" {
			first = m.Label
		}
		names[m.Label] = true
	}
	if len(names) == 1 {
		return first
	}
	return "Current sprints"
}
