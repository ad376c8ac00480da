package dataset

import (
	"strings"
	"testing"

	"sightline/backend/fault"
)

func TestAFilterTakesAHundredThousandValuesAndNoMore(t *testing.T) {
	m := model()
	values := make([]any, 100_000)
	for i := range values {
		values[i] = float64(i)
	}
	q := Query{Values: []Value{{Measure: CountOfWorkItems}}, Filters: []Filter{{Field: ID, Op: In, Values: values}}}
	if _, err := m.Resolve(q); err != nil {
		t.Errorf("100,000 values: %v", err)
	}
	q.Filters[0].Values = append(values, 1.0)
	if _, err := m.Resolve(q); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "100000") {
		t.Errorf("one more: %v", err)
	}
}
