package columns_test

import (
	"context"
	"reflect"
	"sync/atomic"
	"testing"

	"sightline/backend/fault"
)

func TestAMeasureOfAPersonStandsBesideThoseOfTheModel(t *testing.T) {
	w, now := manyBugs(3, 400)
	e := w.engine(now)
	r := ask(t, e, `{"define": [{"name": "Fix rate", "expression": "[Bugs closed] / [Bugs created]"}, {"name": "Again", "expression": "[Fix rate] * [Bugs created]"}],
		"values": ["Bugs created", "Bugs closed", "Fix rate", "Again"], "rows": ["Work items[Priority]"], "sort": [{"by": "Fix rate", "descending": true}], "top": 2}`)
	if r.Values[2].Format != "percent" || r.Values[2].Measure != "Fix rate" || len(r.Rows) != 2 || r.Truncated == 0 {
		t.Fatalf("%+v", r)
	}
	last := 2.0
	for _, row := range append(r.Rows, r.Total) {
		v := plain(row.Values)
		if !same(v[2], v[1]/v[0]) || !same(v[3], v[1]) {
			t.Errorf("%v", v)
		}
		if len(row.Keys) > 0 {
			if v[2] > last {
				t.Errorf("sorted by the rate: %v after %v", v[2], last)
			}
			last = v[2]
		}
	}
}

func TestSharesOfTheMembersSumToOne(t *testing.T) {
	w, now := manyBugs(3, 400)
	r := ask(t, w.engine(now), `{"define": [{"name": "S", "expression": "SHARE([Open bugs])"}, {"name": "Of state", "expression": "SHARE([Open bugs], Work items[State])"}],
		"values": ["S", "Of state"], "rows": ["Work items[State]"], "columns": [{"field": "Dates[Date]", "grain": "month"}], "filters": [{"field": "Dates[Date]", "op": "last", "values": [3, "month"]}]}`)
	sums := map[int]float64{}
	for _, row := range r.Rows {
		v := plain(row.Values)
		if !same(v[0], v[1]) {
			t.Errorf("%v: the only row group is the state", v)
		}
		sums[row.Keys[1]] += orZero(v[0])
	}
	if len(sums) < 3 {
		t.Fatalf("%v", sums)
	}
	for period, sum := range sums {
		if !same(sum, 1) {
			t.Errorf("period %d sums to %v", period, sum)
		}
	}
	for _, row := range r.ColumnTotals {
		if !same(*row.Values[0], 1) {
			t.Errorf("a whole column has the share %v", *row.Values[0])
		}
	}
}

func TestAFormulaWithoutMeasuresMakesNoRows(t *testing.T) {
	w, now := manyBugs(3, 40)
	e := w.engine(now)
	r := ask(t, e, `{"define": [{"name": "Seven", "expression": "3 + 4"}], "values": ["Seven"], "rows": ["Work items[State]"]}`)
	plainly := ask(t, e, `{"values": ["Work items"], "rows": ["Work items[State]"]}`)
	if len(r.Rows) != len(plainly.Rows) || *r.Total.Values[0] != 7 || *r.Rows[0].Values[0] != 7 {
		t.Errorf("%d rows, %d states", len(r.Rows), len(plainly.Rows))
	}
	if r := ask(t, e, `{"define": [{"name": "Off", "expression": "[Open bugs] + 5"}], "values": ["Off"], "rows": ["Work items[State]"], "filters": [{"field": "Work items[Id]", "values": [-1]}]}`); len(r.Rows) != 0 || *r.Total.Values[0] != 5 {
		t.Errorf("%+v", r)
	}
}

func TestAFormulaOfEventsAddsUpWhatTopCutOff(t *testing.T) {
	w, now := manyBugs(5, 300)
	r := ask(t, w.engine(now), `{"define": [{"name": "Net", "expression": "[Created] - [Closed]"}], "values": ["Net"], "rows": ["Work items[Assigned to]"], "sort": [{"by": "Net", "descending": true}], "top": 1, "others": true}`)
	sum := 0.0
	for _, row := range r.Rows {
		sum += *row.Values[0]
	}
	if len(r.Rows) != 2 || !same(sum, *r.Total.Values[0]) {
		t.Errorf("%d rows sum to %v of %v", len(r.Rows), sum, *r.Total.Values[0])
	}
}

// ending is a context that ends when it was asked a number of times.
type ending struct {
	context.Context
	left *atomic.Int64
}

func (c ending) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

func TestACanceledFormulaIsNeverAnswered(t *testing.T) {
	w, now := manyBugs(3, 60)
	e := w.engine(now)
	q := decode(t, `{"define": [{"name": "A", "expression": "MOVINGAVERAGE([Closed], 4) + SHARE([Created])"}], "values": ["A"], "rows": ["Work items[State]", {"field": "Dates[Date]", "grain": "month"}]}`)
	want, err := e.Answer(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	for asked := int64(0); ; asked++ {
		var left atomic.Int64
		left.Store(asked)
		r, err := e.Answer(ending{context.Background(), &left}, q)
		if err == nil {
			if asked < 5 || !reflect.DeepEqual(r, want) {
				t.Errorf("after %d looks at the context: %+v", asked, r)
			}
			return
		}
		if !fault.Is(err, fault.Canceled) {
			t.Fatalf("after %d looks at the context: %v", asked, err)
		}
	}
}

func TestPercentilesOfAnyHundredthAreExact(t *testing.T) {
	w, now := manyBugs(3, 101)
	e := w.engine(now)
	r := ask(t, e, `{"define": [{"name": "P30", "expression": "PERCENTILE(Work items[Age in days], 0.3)"}], "values": ["P30", {"field": "Work items[Age in days]", "aggregate": "p30"}]}`)
	list := ask(t, e, `{"values": [{"field": "Work items[Age in days]", "aggregate": "sum"}], "rows": ["Work items[Id]"], "sort": [{"by": "Sum of Age in days"}]}`)
	var ages []float64
	for _, row := range list.Rows {
		if row.Values[0] != nil {
			ages = append(ages, *row.Values[0])
		}
	}
	rank := 0.3 * float64(len(ages)-1)
	low := int(rank)
	want := ages[low] + (rank-float64(low))*(ages[low+1]-ages[low])
	if v := plain(r.Total.Values); !same(v[0], want) || !same(v[1], want) {
		t.Errorf("%v, want %v of %d ages", v, want, len(ages))
	}
}
