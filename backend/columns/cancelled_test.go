package columns_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"sightline/backend/dataset"
)

// expiring is a context that is cancelled once it was looked at as often as it has left.
type expiring struct {
	context.Context
	left atomic.Int64
}

func expiringAfter(looks int) *expiring {
	c := &expiring{Context: context.Background()}
	c.left.Store(int64(looks))
	return c
}

func (c *expiring) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// A person who clicks on while a visual is worked out cancels it; whoever asks next gets the whole answer.
func TestACancelledQuerySpoilsNoLaterOne(t *testing.T) {
	w, now := manyBugs(3, 120)
	whole := w.engine(now)
	for name, q := range map[string]dataset.Query{
		"without a filter":  {Values: []dataset.Value{{Measure: dataset.OpenWorkItems}}, Rows: []dataset.Group{{Field: dataset.State}}},
		"by a text":         {Values: []dataset.Value{{Measure: dataset.OpenBugs}}, Rows: []dataset.Group{{Field: dataset.Title}}},
		"under a filter":    {Values: []dataset.Value{{Measure: dataset.OpenBugs}}, Rows: []dataset.Group{{Field: dataset.State}}, Filters: []dataset.Filter{{Field: dataset.Title, Op: dataset.Contains, Values: []any{"Item"}}}},
		"at an earlier day": {Values: []dataset.Value{{Measure: dataset.OpenWorkItems}}, Rows: []dataset.Group{{Field: dataset.State}}, AsOf: now.AddDate(0, 0, -20).Format("2006-01-02")},
	} {
		want, err := whole.Answer(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		cancelled := 0
		for looks := range 12 {
			e := w.engine(now)
			if _, err := e.Answer(expiringAfter(looks), q); errors.Is(err, context.Canceled) {
				cancelled++
			} else if err != nil {
				t.Fatal(err)
			}
			if got, err := e.Answer(context.Background(), q); err != nil || !alike(got, want) {
				t.Errorf("%s, after one that was cancelled at look %d: %v, %v", name, looks+1, got.Rows, err)
			}
		}
		if cancelled < 2 {
			t.Errorf("%s: only %d queries were cancelled", name, cancelled)
		}
	}
}
