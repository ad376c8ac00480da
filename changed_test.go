package main

import (
	"slices"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/report"
)

func TestWhatChangedAddsUpItemByItem(t *testing.T) {
	_, s, v, a := openReport(t)
	history := tell(t, a, "Lumen Data")
	zone, err := time.LoadLocation(answered[desktop.DatasetView](t)(s.Datasets.Dataset(v.DatasetID)).TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	day := time.Now().In(zone).AddDate(0, 0, -60)
	before := history.openBugsAt(t, time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, zone).Add(-time.Millisecond))
	after := history.openBugsAt(t, time.Now())
	entered := sorted(after, func(r revision) bool { _, was := before[r.ID]; return !was })
	left := sorted(before, func(r revision) bool { _, is := after[r.ID]; return !is })

	state := report.PageState{CompareWith: day.Format(time.DateOnly)}
	got := answered[desktop.ChangesView](t)(s.Items.Changes(v.ReportID, bugPage, state, desktop.ChangesAsk{}))
	if got.Before == nil || got.After == nil || int(*got.Before) != len(before) || int(*got.After) != len(after) {
		t.Fatalf("%v to %v, want %d to %d", got.Before, got.After, len(before), len(after))
	}
	sum, up, down := *got.Before, []int{}, []int{}
	for _, part := range got.Parts {
		sum += part.Delta
		listed := answered[desktop.ItemsView](t)(s.Items.Changed(v.ReportID, bugPage, state, desktop.ChangesAsk{}, part.Kind, part.Field, everything))
		if listed.Count != part.Count || len(part.Items) != min(part.Count, 200) {
			t.Errorf("%s lists %d of %d", part.Kind, listed.Count, part.Count)
		}
		if part.Delta > 0 {
			up = append(up, idsOf(t, listed)...)
		} else {
			down = append(down, idsOf(t, listed)...)
		}
		if part.Kind == dataset.ChangeCreated {
			for _, id := range idsOf(t, listed) {
				if created := history.revisions[id][0].at(t); created.Before(day.AddDate(0, 0, -1)) {
					t.Errorf("%d was created %s, before %s", id, created, day)
				}
			}
		}
	}
	slices.Sort(up)
	slices.Sort(down)
	if sum != *got.After || !slices.Equal(up, entered) || !slices.Equal(down, left) || len(up) == 0 || len(down) == 0 {
		t.Errorf("the parts add up to %v of %v; entered %v, want %v; left %v, want %v", sum, *got.After, up, entered, down, left)
	}
	total := 0.0
	for _, row := range got.By.Rows {
		total += cell(row.After) - cell(row.Before)
	}
	if total != *got.After-*got.Before || len(got.By.Rows) == 0 {
		t.Errorf("by %s: %v, want %v", got.By.Name, total, *got.After-*got.Before)
	}
	// The other way round it is the same, because the earlier of the two times comes first.
	back := answered[desktop.ChangesView](t)(s.Items.Changes(v.ReportID, bugPage, report.PageState{AsOf: state.CompareWith, CompareWith: time.Now().In(zone).Format(time.DateOnly)}, desktop.ChangesAsk{}))
	if *back.Before != *got.Before || *back.After != *got.After {
		t.Errorf("%v to %v, the other way round %v to %v", *got.Before, *got.After, *back.Before, *back.After)
	}
	if _, err := s.Items.Changes(v.ReportID, bugPage, report.PageState{}, desktop.ChangesAsk{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a second day: %v", err)
	}
}

func cell(v *float64) float64 {
	if v == nil {
		return 0
	}
	return *v
}

func TestTheTimelineHasEveryDayOfTheHistory(t *testing.T) {
	_, s, v, a := openReport(t)
	history := tell(t, a, "Lumen Data")
	zone, err := time.LoadLocation(answered[desktop.DatasetView](t)(s.Datasets.Dataset(v.DatasetID)).TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	first, created := "9999", map[string]int{}
	for _, revs := range history.revisions {
		day := revs[0].at(t).In(zone).Format(time.DateOnly)
		first = min(first, day)
		created[day]++
	}
	span := answered[dataset.Span](t)(s.Items.Timeline(v.DatasetID))
	if span.First != first || span.Last < time.Now().In(zone).Format(time.DateOnly) || len(span.Sprints) == 0 {
		t.Fatalf("%s to %s with %d sprints, want from %s", span.First, span.Last, len(span.Sprints), first)
	}
	start, err := time.Parse(time.DateOnly, span.First)
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range span.Changes {
		if day := start.AddDate(0, 0, i).Format(time.DateOnly); n < created[day] {
			t.Errorf("%s: %d changes, but %d items were created", day, n, created[day])
		}
	}
	if last := start.AddDate(0, 0, len(span.Changes)-1).Format(time.DateOnly); last != span.Last {
		t.Errorf("the days end on %s, want %s", last, span.Last)
	}
	for _, sp := range span.Sprints {
		if sp.Name == "" || sp.First > sp.Last {
			t.Errorf("%+v", sp)
		}
	}
}

func TestAnItemTellsItsHistoryAndIsFoundByItsWords(t *testing.T) {
	_, s, v, a := openReport(t)
	history := tell(t, a, "Lumen Data")
	id := slices.MaxFunc(sorted(history.revisions, func([]revision) bool { return true }), func(a, b int) int {
		return len(history.revisions[a]) - len(history.revisions[b])
	})
	h := answered[dataset.ItemHistory](t)(s.Items.History(v.DatasetID, id, 0))
	if len(h.Steps) != len(history.revisions[id]) && !h.More {
		t.Errorf("%d has %d steps, want %d", id, len(h.Steps), len(history.revisions[id]))
	}
	found := answered[[]dataset.Found](t)(s.Items.Search(v.DatasetID, h.Title))
	if !slices.ContainsFunc(found, func(f dataset.Found) bool { return f.ID == int64(id) }) {
		t.Errorf("%q is not found: %+v", h.Title, found)
	}
	named := answered[desktop.ItemsView](t)(s.Items.ByKeys(v.DatasetID, dataset.WorkItems, []any{float64(id)}, "", everything))
	if named.Count != 1 || named.Value != nil || len(named.Rows) != 1 {
		t.Errorf("%+v", named)
	}
	if _, err := s.Items.History(v.DatasetID, 99_999_999, 0); !fault.Is(err, fault.NotFound) {
		t.Errorf("an item that is nowhere: %v", err)
	}
	if _, err := s.Items.ByKeys(v.DatasetID, "Moons", nil, "", everything); !fault.Is(err, fault.Invalid) {
		t.Errorf("a table that is none: %v", err)
	}
}
