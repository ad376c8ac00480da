package desktop

import (
	"context"

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
