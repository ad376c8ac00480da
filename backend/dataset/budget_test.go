package dataset

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"sightline/backend/fault"
)

// chain is so many definitions, each of which names the one before twice under two filters of a long list: the first
// few are small, and each of the others alone is within the limits of one measure or refused by them.
func chain(n, values int) []Definition {
	list := make([]string, values)
	for i := range list {
		list[i] = fmt.Sprint(i)
	}
	in := strings.Join(list, ",")
	out := []Definition{{Name: "D0", Expression: "[Open bugs]"}}
	for i := 1; i < n; i++ {
		out = append(out, Definition{Name: fmt.Sprint("D", i),
			Expression: fmt.Sprintf("CALCULATE([D%d], Work items[Priority] IN {%s}) + CALCULATE([D%d], Work items[Story points] IN {%s})", i-1, in, i-1, in)})
	}
	return out
}

// repeated is so many definitions that all read the same large one, which is few steps but many parts: none of them is
// too large, all together are.
func repeated(n int) []Definition {
	out := []Definition{{Name: "X0", Expression: "[M1]"}}
	for i := 1; i <= 12; i++ {
		out = append(out, Definition{Name: fmt.Sprint("X", i), Expression: fmt.Sprintf("[X%d] + [X%d]", i-1, i-1)})
	}
	for i := range n {
		out = append(out, Definition{Name: fmt.Sprint("C", i), Expression: "[X12] + " + fmt.Sprint(i)})
	}
	return out
}

func TestDefinitionsThatAreEachSmallAreRefusedWhenAllTogetherAreNot(t *testing.T) {
	m := model()
	if _, err := m.Resolve(Query{Values: []Value{{Measure: "C3"}}, Define: repeated(4)}); err != nil {
		t.Fatalf("a few: %v", err)
	}
	_, err := m.Resolve(Query{Values: []Value{{Measure: "C3"}}, Define: repeated(180)})
	if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.ReportOf(err).Message, "together") {
		t.Errorf("many: %v", err)
	}
	_, err = m.Define(repeated(180))
	if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.ReportOf(err).Message, "together") {
		t.Errorf("checked by themselves: %v", err)
	}
}

func TestOneValueMoreOfTheSameDefinitionIsPaidForToo(t *testing.T) {
	q := Query{Define: repeated(2)}
	for range 200 {
		q.Values = append(q.Values, Value{Measure: "C1"})
	}
	m := model()
	if _, err := m.Resolve(q); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.ReportOf(err).Message, "together") {
		t.Errorf("200 values of one large measure: %v", err)
	}
}

func TestAMeasureOfTooManyValuesIsRefusedBeforeAllAreMade(t *testing.T) {
	m := model()
	_, err := m.Define(chain(15, 500))
	if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.ReportOf(err).Message, "different values") {
		t.Fatalf("%v", err)
	}
	made := testing.AllocsPerRun(1, func() { _, _ = m.Define(chain(15, 500)) })
	if made > 400_000 {
		t.Errorf("%v pieces of memory for a measure that is refused", made)
	}
}

func TestAQueryComputesABoundedNumberOfDifferentValues(t *testing.T) {
	m := model()
	q := Query{}
	for i := range 21 { // 100 different values each, under the limit of one measure
		var parts []string
		for j := range 100 {
			parts = append(parts, fmt.Sprintf("CALCULATE([M1], Work items[Story points] = %d)", 100*i+j))
		}
		for k, at := range []int{0, 25, 50, 75} { // an expression has 5,000 characters
			q.Define = append(q.Define, Definition{Name: fmt.Sprint("P", i, "-", k), Expression: strings.Join(parts[at:at+25], "+")})
		}
		q.Values = append(q.Values, Value{Measure: fmt.Sprint("P", i, "-0")}, Value{Measure: fmt.Sprint("P", i, "-1")}, Value{Measure: fmt.Sprint("P", i, "-2")}, Value{Measure: fmt.Sprint("P", i, "-3")})
	}
	_, err := m.Resolve(q)
	if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.ReportOf(err).Message, "2100 different values") {
		t.Errorf("%v", err)
	}
	q.Values = q.Values[:40]
	if _, err := m.Resolve(q); err != nil {
		t.Errorf("1000 different values: %v", err)
	}
}

// ended is a context that ends after it was asked so many times.
type ended struct {
	context.Context
	left int
}

func (c *ended) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestDefinitionsAreGivenUpWhileTheyAreRead(t *testing.T) {
	m := model()
	ctx := &ended{context.Background(), 3}
	if _, err := m.ResolveContext(ctx, Query{Values: []Value{{Measure: "C1"}}, Define: repeated(8)}); !fault.Is(err, fault.Canceled) || ctx.left < -20 {
		t.Errorf("%v, asked %d times more", err, -ctx.left)
	}
	if _, err := m.ResolveContext(&ended{context.Background(), 1 << 30}, Query{Values: []Value{{Measure: "C1"}}, Define: repeated(8)}); err != nil {
		t.Errorf("nobody gave up: %v", err)
	}
	values := make([]any, maxValues)
	for i := range values {
		values[i] = float64(i)
	}
	var filters []Filter
	for range 20 {
		filters = append(filters, Filter{Field: ID, Values: values})
	}
	ctx = &ended{context.Background(), 3}
	if _, err := m.ResolveContext(ctx, Query{Values: []Value{{Measure: CountOfWorkItems}}, Filters: filters}); !fault.Is(err, fault.Canceled) {
		t.Errorf("while filters are read: %v", err)
	}
}
