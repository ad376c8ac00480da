package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/report"
	"sightline/backend/sampleorg"
)

// openReport connects to Lumen Data with everything that reports need and returns its report and the organization.
func openReport(t *testing.T) (*desktop.Program, desktop.Services, desktop.AttemptView, sampleorg.Announcement) {
	t.Helper()
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	t.Cleanup(done)
	v := connect(t, p, a, "Lumen Data")
	waitFor(t, "the first load", func() bool {
		progress, err := p.Services().Refreshes.Progress(v.DatasetID)
		return err == nil && progress.State == "succeeded"
	})
	return p, p.Services(), v, a
}

const bugPage = "open-bug-status"

func idsOf(t *testing.T, v desktop.ItemsView) []int {
	t.Helper()
	out := []int{}
	for _, k := range v.Keys {
		n, ok := k.(float64)
		if !ok {
			t.Fatalf("%v is no number", k)
		}
		out = append(out, int(n))
	}
	slices.Sort(out)
	return out
}

func sorted[V any](m map[int]V, keep func(V) bool) []int {
	out := []int{}
	for id, v := range m {
		if keep(v) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// column finds a column of a list.
func column(t *testing.T, v desktop.ItemsView, name string) (int, desktop.ItemsColumn) {
	t.Helper()
	i := slices.IndexFunc(v.Columns, func(c desktop.ItemsColumn) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("the list has no column %s", name)
	}
	return i, v.Columns[i]
}

// written is a cell as a person reads it.
func written(c desktop.ItemsColumn, cell any) string {
	if at, ok := cell.(int); ok && len(c.Members) > 0 {
		return c.Members[at].Label
	}
	return fmt.Sprint(cell)
}

var everything = desktop.ItemsAsk{Limit: 500, Columns: []string{"Title", "State", "Priority", "Area path", "Assigned to", "Changed date", "Age in days", "Created date"}}

func TestTheItemsBehindAMarkAreTheOnesItCounts(t *testing.T) {
	_, s, v, a := openReport(t)
	truth := tell(t, a, "Lumen Data").openBugsAt(t, time.Now())
	priority := func(n float64) []dataset.Filter {
		return []dataset.Filter{{Field: dataset.Priority, Values: []any{n}}}
	}
	seen := 0
	for _, n := range []float64{1, 2, 3, 4} {
		want := sorted(truth, func(r revision) bool { return r.Fields["Microsoft.VSTS.Common.Priority"] == n })
		got := answered[desktop.ItemsView](t)(s.Items.Behind(v.ReportID, bugPage, "by-priority", report.PageState{}, priority(n), 0, everything))
		if len(want) > 0 && (!slices.Equal(idsOf(t, got), want) || got.Count != len(want) || !got.Same || got.Number == nil || *got.Number != float64(len(want))) {
			t.Errorf("priority %v: %v, want %v: %+v", n, idsOf(t, got), want, got.Number)
		}
		seen += got.Count
		at, c := column(t, got, "State")
		for i, row := range got.Rows {
			if id := int(got.Keys[i].(float64)); written(c, row[at]) != truth[id].text("System.State") {
				t.Errorf("state of %d: %s, want %s", id, written(c, row[at]), truth[id].text("System.State"))
			}
		}
	}
	if seen < 5 || seen != len(truth) {
		t.Errorf("%d open bugs in all priorities, want %d, and more than a few", seen, len(truth))
	}
	selected := report.PageState{Selection: &report.Selection{Visual: "by-priority", Filters: priority(2)}}
	lit := answered[desktop.ItemsView](t)(s.Items.Behind(v.ReportID, bugPage, "by-severity", selected, nil, 0, everything))
	whole := everything
	whole.Whole = true
	all := answered[desktop.ItemsView](t)(s.Items.Behind(v.ReportID, bugPage, "by-severity", selected, nil, 0, whole))
	if second := len(sorted(truth, func(r revision) bool { return r.Fields["Microsoft.VSTS.Common.Priority"] == 2.0 })); lit.Count != second || all.Count != len(truth) {
		t.Errorf("lit %d of %d, want %d of %d", lit.Count, all.Count, second, len(truth))
	}
}

func TestTheItemsOfAPastDayAreThoseThatCountedThen(t *testing.T) {
	_, s, v, a := openReport(t)
	history := tell(t, a, "Lumen Data")
	zone := time.UTC
	if d := answered[desktop.DatasetView](t)(s.Datasets.Dataset(v.DatasetID)); d.TimeZone != "" {
		var err error
		if zone, err = time.LoadLocation(d.TimeZone); err != nil {
			t.Fatal(err)
		}
	}
	day := time.Now().In(zone).AddDate(0, 0, -90)
	end := time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, zone).Add(-time.Millisecond)
	want := history.openBugsAt(t, end)
	for _, asOf := range []string{day.Format(time.DateOnly), end.Format(time.RFC3339)} {
		got := answered[desktop.ItemsView](t)(s.Items.Behind(v.ReportID, bugPage, "open", report.PageState{AsOf: asOf}, nil, 0, everything))
		if !slices.Equal(idsOf(t, got), sorted(want, func(revision) bool { return true })) || !got.Past || !got.Same {
			t.Fatalf("%s: %v, want %v", asOf, idsOf(t, got), sorted(want, func(revision) bool { return true }))
		}
		at, c := column(t, got, "State")
		titles, title := column(t, got, "Title")
		changed := 0
		for i, row := range got.Rows {
			id := int(got.Keys[i].(float64))
			if written(c, row[at]) != want[id].text("System.State") {
				t.Errorf("%s: %d was %s, want %s", asOf, id, written(c, row[at]), want[id].text("System.State"))
			}
			revs := history.revisions[id]
			if revs[len(revs)-1].text("System.State") != want[id].text("System.State") {
				changed++
			}
			if row[titles] == nil {
				t.Errorf("%d has no title", id)
			}
		}
		if c.Time != "then" || title.Time != "now" || changed == 0 {
			t.Errorf("state %q, title %q, %d items in another state now", c.Time, title.Time, changed)
		}
	}
}

func TestAListIsSortedPagedAndSearched(t *testing.T) {
	_, s, v, _ := openReport(t)
	list := func(ask desktop.ItemsAsk) desktop.ItemsView {
		return answered[desktop.ItemsView](t)(s.Items.Behind(v.ReportID, bugPage, "open", report.PageState{}, nil, 0, ask))
	}
	all := list(everything)
	for _, by := range []string{"Age in days", "Changed date", "Id", "Priority", "Created date", "Title"} {
		for _, descending := range []bool{false, true} {
			ask := everything
			ask.OrderBy, ask.Descending = by, descending
			whole := list(ask)
			at := -1
			var c desktop.ItemsColumn
			if by != "Id" {
				at, c = column(t, whole, by)
			}
			value := func(i int) any {
				if at < 0 {
					return whole.Keys[i]
				}
				return whole.Rows[i][at]
			}
			for i := 1; i < len(whole.Keys); i++ {
				if below(value(i), value(i-1)) && !descending || below(value(i-1), value(i)) && descending && value(i-1) != nil {
					t.Errorf("%s, descending %v: %v before %v", by, descending, written(c, value(i-1)), written(c, value(i)))
				}
			}
			var paged []any
			ask.Limit = 7
			for more := true; more; more = ask.After != "" {
				part := list(ask)
				paged = append(paged, part.Keys...)
				ask.After = part.Next
			}
			if fmt.Sprint(paged) != fmt.Sprint(whole.Keys) || len(paged) != all.Count {
				t.Errorf("%s: %v in pages, %v at once", by, paged, whole.Keys)
			}
		}
	}
	at, c := column(t, all, "Title")
	word := strings.ToUpper(strings.Fields(written(c, all.Rows[0][at]))[0])
	want := 0
	for _, row := range all.Rows {
		if strings.Contains(strings.ToUpper(written(c, row[at])), word) {
			want++
		}
	}
	ask := everything
	ask.Search = word
	if got := list(ask); got.Found != want || got.Count != all.Count {
		t.Errorf("%d of %d with %s, want %d", got.Found, got.Count, word, want)
	}
	ask.Search = fmt.Sprintf("#%v", all.Keys[3])
	if got := list(ask); got.Found < 1 || !slices.Contains(got.Keys, all.Keys[3]) {
		t.Errorf("%s: %v", ask.Search, got.Keys)
	}
	ask.After = "1:x"
	if _, err := s.Items.Behind(v.ReportID, bugPage, "open", report.PageState{}, nil, 0, ask); !fault.Is(err, fault.Invalid) {
		t.Errorf("a page that is none: %v", err)
	}
}

// below compares cells; a position among members stands for the member's own order, and nothing is below nothing.
func below(a, b any) bool {
	switch a := a.(type) {
	case float64:
		b, ok := b.(float64)
		return ok && a < b
	case int:
		b, ok := b.(int)
		return ok && a < b
	case string:
		b, ok := b.(string)
		return ok && a < b
	}
	return false
}
