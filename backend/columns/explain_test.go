package columns_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
)

func TestExplanationCountsTheRowsThatWereRead(t *testing.T) {
	w, now := manyBugs(3, 300)
	e := w.engine(now)
	all := *ask(t, e, `{"values": ["Work items"]}`).Total.Values[0]
	r := ask(t, e, `{"explain": true, "values": ["Work items", "Closed"], "rows": ["Work items[State]"], "filters": [{"field": "Work items[Priority]", "values": [1, null]}, {"field": "Work items[Title]", "op": "contains", "values": ["3"]}]}`)
	x := r.Explanation
	if x == nil || len(x.Tables) != 2 || x.Elapsed <= 0 || x.Elapsed > time.Minute {
		t.Fatalf("%+v", x)
	}
	now1, closed := x.Tables[0], x.Tables[1]
	if now1.Table != dataset.WorkItems || now1.Read != "current" || !slices.Equal(now1.Values, []string{"Work items"}) || float64(now1.Rows) != all || now1.Scanned != now1.Rows || float64(now1.Passed) != *r.Total.Values[0] {
		t.Errorf("%+v of %v, total %v", now1, all, *r.Total.Values[0])
	}
	if !strings.HasPrefix(closed.Read, "events by day of completion") || !slices.Equal(closed.Values, []string{"Closed"}) || closed.Scanned != now1.Scanned || closed.Passed < int(*r.Total.Values[1]) || closed.Passed > now1.Passed {
		t.Errorf("%+v, closed %v", closed, *r.Total.Values[1])
	}
	if f := x.Filters; len(f) != 2 || f[0].Filter != "Work items[Priority] in 1, (Blank)" || !strings.HasPrefix(f[0].How, "look-up of ") || !strings.HasSuffix(f[0].How, " codes") || f[0].Value != "" ||
		f[1].Filter != "Work items[Title] contains 3" || f[1].How != "test of each row" {
		t.Errorf("%+v", x.Filters)
	}
	if ask(t, e, `{"values": ["Work items"]}`).Explanation != nil {
		t.Error("explained unasked")
	}
}

// It counts by plain loops the revisions that held at the end of some week.
func TestExplanationOfATrendCountsIntervals(t *testing.T) {
	w, now := manyBugs(3, 300)
	e := w.engine(now)
	r := ask(t, e, `{"explain": true, "define": [{"name": "Open share", "expression": "[Open work items] / [Work items]"}], "values": ["Open share"], "rows": [{"field": "Dates[Date]", "grain": "week"}], "filters": [{"field": "Dates[Date]", "op": "this", "values": [4, "week"]}, {"field": "Projects[Project]", "values": ["Alpha"]}]}`)
	x := r.Explanation
	if len(x.Tables) != 2 || len(x.Filters) != 2 || !strings.HasPrefix(x.Filters[0].How, "range of days from ") {
		t.Fatalf("%+v", x)
	}
	s := &slow{w: w, loc: w.location(), now: now, dates: map[int64]string{}, kept: map[string]map[string]bool{}}
	held := map[*rev]bool{}
	for _, m := range r.Dimensions[0].Members {
		p := point{kind: "day", day: m.End}
		if m.End >= now.Format(time.DateOnly) {
			p = point{kind: "now", day: now.Format(time.DateOnly)}
		}
		for _, row := range s.rowsAt(p) {
			if row.rev.project == "Alpha" {
				held[row.rev] = true
			}
		}
	}
	trend, total := x.Tables[0], x.Tables[1]
	if !strings.HasPrefix(trend.Read, "history at the end of 4 weeks from ") || trend.Rows != e.Size().Intervals || trend.Passed != len(held) || trend.Scanned > trend.Rows || trend.Scanned < trend.Passed || !slices.Equal(trend.Values, []string{"Open share"}) {
		t.Errorf("%+v, want %d intervals of %d", trend, len(held), e.Size().Intervals)
	}
	if total.Read != "current" || float64(total.Passed) != *ask(t, e, `{"values": ["Work items"], "filters": [{"field": "Projects[Project]", "values": ["Alpha"]}]}`).Total.Values[0] {
		t.Errorf("%+v", total)
	}
}

func TestExplanationOfAComparisonReadsBothTimes(t *testing.T) {
	w, now := manyBugs(3, 60)
	r := ask(t, w.engine(now), `{"explain": true, "asOf": "2024-03-20", "compareWith": "2024-03-05", "values": ["Work items"], "filters": [{"field": "Work items[Assigned to]", "op": "top", "values": [2], "by": "Work items"}]}`)
	x := r.Explanation
	if len(x.Tables) != 2 || x.Tables[0].Read != "as of 2024-03-20" || x.Tables[1].Read != "as of 2024-03-05" || float64(x.Tables[0].Passed) != *r.Total.Values[0] || float64(x.Tables[1].Passed) != *r.Total.Compared[0] {
		t.Errorf("%+v of %v and %v", x.Tables, *r.Total.Values[0], *r.Total.Compared[0])
	}
	if len(x.Filters) != 2 || x.Filters[0].Filter != "Work items[Assigned to] top 2 by Work items" || !strings.HasPrefix(x.Filters[1].Filter, "Work items[Assigned to] in ") {
		t.Errorf("%+v", x.Filters)
	}
}

func TestExplanationNamesTheTimeAndTheFiltersOfAValue(t *testing.T) {
	w, now := manyBugs(3, 60)
	e := w.engine(now)
	r := ask(t, e, `{"explain": true, "asOf": "2024-03-20", "values": [{"measure": "Open bugs", "name": "Urgent", "filters": [{"field": "Work items[Priority]", "op": "<=", "values": [2]}]}, "Original scope"], "filters": [{"field": "Dates[Date]", "op": ">=", "values": ["2024-03-05"]}], "highlight": [{"field": "Areas[Area path]", "op": "under", "values": ["Alpha\\Web"]}]}`)
	var read []string
	for _, table := range r.Explanation.Tables {
		read = append(read, table.Read)
	}
	if !slices.Equal(read, []string{"as of 2024-03-20", "as of 2024-03-05, the start"}) {
		t.Errorf("%q", read)
	}
	var filters []string
	for _, f := range r.Explanation.Filters {
		filters = append(filters, f.Value+": "+f.Filter)
	}
	if !slices.Equal(filters, []string{": Dates[Date] >= 2024-03-05", `highlight: Areas[Area path] under Alpha\Web`, "Urgent: Work items[Priority] <= 2"}) {
		t.Errorf("%q", filters)
	}
}
