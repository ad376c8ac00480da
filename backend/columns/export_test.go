package columns

import (
	"context"

	"sightline/backend/dataset"
)

// ByLists is an engine over the same generation that never goes the direct way.
func (e *Engine) ByLists() *Engine {
	g := *e.current.Load()
	g.listed, g.whole = true, newShared()
	out := &Engine{source: e.source, options: e.options}
	out.current.Store(&g)
	return out
}

// GoesDirectly reports whether the direct way answers the query.
func (e *Engine) GoesDirectly(ctx context.Context, q dataset.Query) bool {
	p, err := newPlan(ctx, e.current.Load(), newShared(), q, e.options.Clock().UnixMilli())
	return err == nil && p.goesDirectly()
}
