package columns_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
)

// slowFormula works a formula out from plain loops over revisions.
type slowFormula struct {
	*slow
	c       slowCase
	groups  []dataset.Group
	column  int // group of the column that a share is over, -1 for one that is no group
	tables  map[string]cellMap
	axis    int
	periods []string
}

func newSlowFormula(w *world, now time.Time, q dataset.Query, c slowCase, column int) *slowFormula {
	s := &slow{w: w, loc: w.location(), now: now, q: q, dates: map[int64]string{}, kept: map[string]map[string]bool{}}
	s.at = s.asOfPoint(q.AsOf)
	s.findRange()
	f := &slowFormula{slow: s, c: c, groups: append(slices.Clone(q.Rows), q.Columns...), column: column, tables: map[string]cellMap{}}
	f.axis = slices.IndexFunc(f.groups, func(g dataset.Group) bool { return g.Field == dataset.DateAxis })
	for _, p := range s.periods {
		f.periods = append(f.periods, p.days[0])
	}
	return f
}

// cellsOf are the cells of some of the groups.
func (f *slowFormula) cellsOf(kept []int) cellMap {
	name := fmt.Sprint(kept)
	if m, ok := f.tables[name]; ok {
		return m
	}
	var groups []dataset.Group
	for _, i := range kept {
		groups = append(groups, f.groups[i])
	}
	f.tables[name] = f.cells(groups)
	return f.tables[name]
}

// number is a value in a cell of some of the groups.
func (f *slowFormula) number(kept []int, key string, value int, part bool) float64 {
	cells := f.cellsOf(kept).whole
	if part {
		cells = f.cellsOf(kept).part
	}
	c, ok := cells[key]
	if !ok { // a group that has no rows there: its counts are 0
		c = make([]slowCell, len(f.q.Values))
	}
	if part {
		return f.partNumbers(c)[value]
	}
	return f.numbers(c)[value]
}

// at works the formula out in one cell.
func (f *slowFormula) at(kept []int, key string, part bool) float64 {
	parts := strings.Split(key, "|")[1:]
	axis := slices.Index(kept, f.axis)
	e := slowEnv{period: -1}
	if axis >= 0 {
		e.period = slices.Index(f.periods, parts[axis])
		if c := f.cellsOf(kept).whole[key]; f.c.dated && len(c) > 0 && c[0].ahead {
			return null
		}
	} else if f.c.dated && !strings.HasPrefix(f.c.text, "RUNNING") {
		return null
	}
	e.at = func(value, back int) float64 {
		if back == 0 {
			return f.number(kept, key, value, part)
		}
		if e.period < back {
			return null
		}
		moved := slices.Clone(parts)
		moved[axis] = f.periods[e.period-back]
		return f.number(kept, "|"+strings.Join(moved, "|"), value, part)
	}
	without := func(value int, off func(group int) bool) float64 {
		var left []int
		wide := ""
		for i, g := range kept {
			if !off(g) {
				left = append(left, g)
				wide += "|" + parts[i]
			}
		}
		return f.number(left, wide, value, part)
	}
	e.rows = func(value int) float64 {
		return without(value, func(g int) bool { return len(f.q.Rows) == 0 || g < len(f.q.Rows) })
	}
	e.column = func(value int) float64 { return without(value, func(g int) bool { return g == f.column }) }
	return f.c.value(e)
}

// differences compares every number of a result.
func (f *slowFormula) differences(r dataset.Result) []string {
	all := make([]int, len(f.groups))
	for i := range all {
		all[i] = i
	}
	want := answerSlowly(f.w, f.now, f.q)
	works := func(kept []int, cells map[string][]float64, part bool) map[string][]float64 {
		out := map[string][]float64{}
		for key := range cells {
			out[key] = []float64{f.at(kept, key, part)}
		}
		return out
	}
	rows, parts := flatten(r)
	one := map[string][]float64{"": nil}
	wrong := differences("", rows, works(all, want.rows, false))
	wrong = append(wrong, differences("total", map[string][]float64{"": plain(r.Total.Values)}, works(nil, one, false))...)
	if f.q.Highlight != nil {
		wrong = append(wrong, differences("part", parts, works(all, want.rows, true))...)
		wrong = append(wrong, differences("total part", map[string][]float64{"": plain(r.Total.Parts)}, works(nil, one, true))...)
	}
	n := len(f.q.Rows)
	for _, row := range r.RowTotals { // also of groups that stand in cells only
		want.rowTotals[keyIn(r.Dimensions[:n], row)] = nil
	}
	for _, row := range r.ColumnTotals {
		want.columnTotals[keyIn(r.Dimensions[n:], row)] = nil
	}
	wrong = append(wrong, wrongTotals("row total", r, r.RowTotals, 0, n, works(all[:n], want.rowTotals, false))...)
	return append(wrong, wrongTotals("column total", r, r.ColumnTotals, n, len(all), works(all[n:], want.columnTotals, false))...)
}

var eventMeasures = []string{dataset.Created, dataset.Closed, dataset.BugsCreated, dataset.BugsClosed}

func TestFormulasAgreeWithPlainLoopsOverRevisions(t *testing.T) {
	ctx := context.Background()
	count := *queryCount / 8
	if raceEnabled && *queryCount == 2000 {
		count = 40
	}
	for done, seed := 0, *firstSeed+1<<20; done < count; seed++ {
		d := newDice(seed)
		w, now := d.world()
		e := w.engine(now)
		for range queriesPerWorld {
			q := d.query(w, now)
			c := pick(d, slowCases)
			groups := append(slices.Clone(q.Rows), q.Columns...)
			if onDates := slices.ContainsFunc(groups, func(g dataset.Group) bool { return g.Field == dataset.DateAxis }); c.dated && !onDates || hasTwice(groups) {
				continue
			}
			done++
			values := make([]dataset.Value, 1+strings.Count(c.text, "%[2]s")/max(1, strings.Count(c.text, "%[2]s")))
			for i := range values {
				for values[i] = d.value(w, now); strings.HasPrefix(values[i].Measure, "Ideal") || slices.ContainsFunc(values[i].Filters, unwritable); {
					values[i] = d.value(w, now)
				}
				if c.event {
					values[i].Measure, values[i].Field, values[i].Aggregate = pick(d, eventMeasures), "", ""
				}
			}
			column, share := -1, string(dataset.Severity)
			if len(groups) > 0 {
				column = d.IntN(len(groups))
				share = string(groups[column].Field)
			} else if strings.Contains(c.text, "%[3]s") {
				share = string(dataset.Type)
			}
			if i := slices.IndexFunc(groups, func(g dataset.Group) bool { return string(g.Field) == share }); i >= 0 {
				column = i
			}
			texts := []any{writeValue(values[0]), "", share}
			if len(values) > 1 {
				texts[1] = writeValue(values[1])
			}
			q.Define = []dataset.Definition{{Name: "Mine", Expression: strings.Split(fmt.Sprintf(c.text, texts...), "%!(EXTRA")[0]}}
			q.Values = []dataset.Value{{Measure: "Mine"}}
			r, err := e.Answer(ctx, q)
			if err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, q.Define[0].Expression)
			}
			plainly := q
			plainly.Define, plainly.Values = nil, values
			if wrong := newSlowFormula(w, now, plainly, c, column).differences(r); len(wrong) > 0 {
				text, err := json.Marshal(q)
				t.Fatalf("seed %d, zone %s, now %s: %d differences\n%s %v\n%s", seed, w.zone, now, len(wrong), text, err, strings.Join(wrong[:min(8, len(wrong))], "\n"))
			}
		}
	}
}

func hasTwice(groups []dataset.Group) bool {
	for i, g := range groups {
		if slices.ContainsFunc(groups[:i], func(other dataset.Group) bool { return other.Field == g.Field }) {
			return true
		}
	}
	return false
}
