package columns

import (
	"context"
	"errors"
	"testing"
)

// A test of each row of a large dataset takes long, so that it has to end when nobody waits for it any more.
func TestTestsOfRowsEndSoonAfterACancel(t *testing.T) {
	const rows = 10 * maskedAtOnce
	for name, run := range map[string]func(context.Context, *predicate) error{
		"of a query": func(ctx context.Context, filter *predicate) error {
			_, err := (&plan{ctx: ctx}).tested(allRows(0, rows), &look{seg: &segment{}}, filter)
			return err
		},
		"of a parent": func(ctx context.Context, filter *predicate) error {
			return filter.pass(ctx, nil, &segment{}, make([]uint8, rows), nil)
		},
	} {
		ctx, cancel := context.WithCancel(context.Background())
		looked := 0
		err := run(ctx, &predicate{tests: []rowTest{func(*generation, *segment, int32, *moment) bool {
			if looked++; looked == 3*maskedAtOnce/2 {
				cancel()
			}
			return true
		}}})
		cancel()
		if !errors.Is(err, context.Canceled) || looked > 2*maskedAtOnce {
			t.Errorf("%s: %d of %d rows were tested, %v", name, looked, rows, err)
		}
	}
}
