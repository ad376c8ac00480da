package dataset

import (
	"context"
	"fmt"

	"sightline/backend/fault"
)

// budget is what reading one query may cost, whatever brings the cost about: definitions, the values that name them,
// the filters that rank by them. One measure has limits of its own (checker); this holds for all of a query together,
// and finds out now and then whether anybody still waits.
type budget struct {
	ctx   context.Context
	spent int
	free  int // parts that cost nothing but time
	asked int // what was spent when the context was asked last
}

// The limits of one query with all measures that it brings: parts read, and what an engine computes for each group.
const (
	maxQueryVisits = 300_000
	maxQueryValues = 1_000
	maxQuerySteps  = 10_000
	askedEach      = 1 << 12
)

func newBudget(ctx context.Context) *budget { return &budget{ctx: ctx, asked: -askedEach} }

// spend pays for so many parts. Faults: Canceled, Invalid when there is nothing left.
func (b *budget) spend(parts int) error {
	if b.spent += parts; b.spent > maxQueryVisits {
		return defineFault("The measures of the query are too large all together.", "Leave out those that it does not use, or make them of fewer parts.")
	}
	return b.ask(0)
}

// ask finds out whether anybody still waits, after so many parts more that are not paid for. Fault Canceled.
func (b *budget) ask(parts int) error {
	if b.free += parts; b.spent+b.free-b.asked < askedEach {
		return nil
	}
	b.asked = b.spent + b.free
	return fault.Wrap("dataset.Resolve", b.ctx.Err())
}

// computable refuses a query whose values all together are too much to compute for each group.
func (r *resolver) computable(Query) error {
	values, steps := 0, 0
	for i := range r.out.Values {
		if f := r.out.Values[i].Formula; f != nil {
			values, steps = values+len(f.Bases), steps+len(f.steps)
		} else {
			values++
		}
	}
	if values <= maxQueryValues && steps <= maxQuerySteps {
		return nil
	}
	return invalid(fmt.Sprintf("The query computes %d different values, with %d steps of measures over them; up to %d and %d can be computed.", values, steps, maxQueryValues, maxQuerySteps),
		"Ask for fewer values at a time.")
}
