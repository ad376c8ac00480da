package dataset

import (
	"encoding/json"
	"testing"
	"time"

	"sightline/backend/fault"
)

func TestCalendarPeriodsAndRollingOnesWithoutToday(t *testing.T) {
	today := day("2026-07-20") // a Monday
	for _, c := range []struct {
		filter      string
		first, last string
	}{
		{`{"op": "lastCalendar", "values": [2, "months"]}`, "2026-05-01", "2026-06-30"},
		{`{"op": "lastCalendar", "values": [1, "week"]}`, "2026-07-12", "2026-07-18"},
		{`{"op": "nextCalendar", "values": [1, "quarter"]}`, "2026-10-01", "2026-12-31"},
		{`{"op": "nextCalendar", "values": [2, "year"]}`, "2027-01-01", "2028-12-31"},
		{`{"op": "last", "values": [2, "month"]}`, "2026-05-21", "2026-07-20"},
		{`{"op": "last", "values": [7, "day", true]}`, "2026-07-14", "2026-07-20"},
		{`{"op": "last", "values": [7, "day", false]}`, "2026-07-13", "2026-07-19"},
		{`{"op": "next", "values": [1, "week", false]}`, "2026-07-21", "2026-07-27"},
	} {
		f := filterOf(t, c.filter)
		f.Field = CreatedDate
		m := model()
		r, err := m.Resolve(Query{Values: []Value{{Measure: CountOfWorkItems}}, Filters: []Filter{f}})
		if err != nil {
			t.Fatal(err)
		}
		days := r.Filters[0].Days(today, time.Sunday)
		if days.First.String() != c.first || days.Last.String() != c.last {
			t.Errorf("%s: %s to %s, want %s to %s", c.filter, days.First, days.Last, c.first, c.last)
		}
		again, err := m.Resolve(Query{Values: []Value{{Measure: CountOfWorkItems}}, Filters: []Filter{r.Filters[0].Filter()}})
		if err != nil || again.Filters[0].Key() != r.Filters[0].Key() {
			t.Errorf("%s is written back otherwise: %v", c.filter, err)
		}
	}
}

func TestAlternativesAreOnOneColumnAndTestOneValueEach(t *testing.T) {
	for _, text := range []string{
		`{"field": "Work items[State]", "op": "in", "values": ["New"], "any": [{"values": ["New"]}]}`,
		`{"field": "Work items[State]", "op": "anyOf"}`,
		`{"field": "Work items[State]", "any": [{"field": "Work items[Type]", "values": ["Bug"]}]}`,
		`{"field": "Work items[State]", "any": [{"any": [{"values": ["New"]}]}]}`,
		`{"field": "Work items[State]", "any": [{"op": "top", "values": [3], "by": "Work items"}]}`,
		`{"field": "Work items[Created date]", "op": "last", "values": [3, "day", "no"]}`,
		`{"field": "Work items[Created date]", "op": "this", "values": [3, "day", false]}`,
		`{"field": "Work items[Priority]", "op": "notContains", "values": ["1"]}`,
	} {
		m := model()
		if _, err := m.Resolve(Query{Values: []Value{{Measure: CountOfWorkItems}}, Filters: []Filter{filterOf(t, text)}}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v, want Invalid", text, err)
		}
	}
}

func filterOf(t *testing.T, text string) Filter {
	t.Helper()
	var f Filter
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	return f
}
