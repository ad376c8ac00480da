package columns_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"sightline/backend/dataset"
	pages "sightline/backend/report"
)

// slicedPage has five slicers, of which a reader has set three, and three visuals.
func slicedPage() (*pages.Page, pages.PageState) {
	p := &pages.Page{Count: dataset.CountOfWorkItems, Slicers: []pages.Slicer{
		{ID: "project", Field: dataset.Project}, {ID: "area", Field: dataset.AreaPath, Op: dataset.Under}, {ID: "priority", Field: dataset.Priority},
		{ID: "type", Field: dataset.Type}, {ID: "category", Field: dataset.Category},
	}}
	return p, pages.PageState{Slicers: map[string][]any{"area": {`Alpha`}, "priority": {1.0, 2.0}, "category": {"Proposed", "InProgress"}}}
}

// slicedQueries are the visuals of the page, then its slicers.
func slicedQueries(p *pages.Page, s pages.PageState) (qs []dataset.Query) {
	for _, field := range []dataset.FieldRef{dataset.Category, dataset.Type, dataset.Area} {
		v := pages.Visual{ID: string(field), Query: dataset.Query{Values: []dataset.Value{{Measure: dataset.CountOfWorkItems}}, Rows: []dataset.Group{{Field: field}}}}
		q, _ := pages.Compile(p, &v, s)
		qs = append(qs, q)
	}
	for i := range p.Slicers {
		qs = append(qs, *pages.CompileSlicer(p, &p.Slicers[i], s))
	}
	return qs
}

func TestSlicersOfAPageShowWhatAllFiltersButTheirOwnLeave(t *testing.T) {
	w, now := manyBugs(11, 150)
	p, state := slicedPage()
	qs := slicedQueries(p, state)
	picked := map[dataset.FieldRef]string{dataset.AreaPath: "area", dataset.Priority: "priority", dataset.Category: "category"}
	e := w.engine(now)
	results, errs := e.AnswerAll(context.Background(), qs)
	for i, r := range results {
		if errs[i] != nil {
			t.Fatal(errs[i])
		}
		own := dataset.FieldRef("")
		if i >= 3 {
			own = p.Slicers[i-3].Field
		}
		// The filters once more, from what the reader set and not from how the page was compiled.
		q := dataset.Query{Values: qs[i].Values, Rows: qs[i].Rows}
		for field, id := range picked {
			if field == own {
				continue
			}
			f := dataset.Filter{Field: field, Op: dataset.In, Values: state.Slicers[id]}
			if field == dataset.AreaPath {
				f.Op = dataset.Under
			}
			q.Filters = append(q.Filters, f)
		}
		want := answerSlowly(w, now, q)
		name := fmt.Sprintf("query %d by %s", i, qs[i].Rows[0].Field)
		rows, _ := flatten(r)
		if !same(*r.Total.Values[0], want.total[0]) || len(rows) != len(want.rows) {
			t.Errorf("%s: total %v of %d members, want %v of %d", name, *r.Total.Values[0], len(rows), want.total[0], len(want.rows))
		}
		for key, xs := range want.rows {
			expect(t, name+" "+key, rows[key], xs...)
		}
	}
	if *results[0].Total.Values[0] == *results[3+1].Total.Values[0] {
		t.Error("the filter on areas changes nothing, so that this shows nothing")
	}
}

// Three visuals and two slicers that nobody set stand under the same filters; each of the three that are set lacks one.
func TestSlicersAndVisualsUnderTheSameFiltersSelectRowsOnce(t *testing.T) {
	w, now := manyBugs(11, 150)
	p, state := slicedPage()
	qs := slicedQueries(p, state)
	e := w.engine(now)
	alone, err := e.Selections(context.Background(), qs[:1])
	if err != nil || alone == 0 {
		t.Fatalf("one visual selects %d times, %v", alone, err)
	}
	got, err := e.Selections(context.Background(), qs)
	if err != nil || got != alone*(1+3) {
		t.Errorf("eight queries select rows %d times, %v: want %d, once for each different list of filters", got, err, alone*(1+3))
	}
	two, err := e.Selections(context.Background(), qs[:3])
	if err != nil || two != alone {
		t.Errorf("three visuals select rows %d times, %v: want %d", two, err, alone)
	}
}

func TestABatchOfSlicersIsCancelled(t *testing.T) {
	w, now := manyBugs(11, 150)
	p, state := slicedPage()
	qs := slicedQueries(p, state)
	cancelled := 0
	for looks := range 60 {
		results, errs := w.engine(now).AnswerAll(expiringAfter(looks), qs)
		first := -1
		for i, err := range errs {
			switch {
			case errors.Is(err, context.Canceled):
				if first < 0 {
					first = i
				}
				cancelled++
			case err != nil:
				t.Fatal(err)
			case len(results[i].Rows) == 0:
				t.Errorf("after %d looks query %d is neither answered nor cancelled", looks, i)
			}
		}
		if looks == 0 && first != 0 {
			t.Errorf("cancelled before it began, it answers up to %d", first)
		}
	}
	if cancelled < 3*len(qs) {
		t.Errorf("only %d queries were cancelled", cancelled)
	}
}
