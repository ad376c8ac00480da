package columns_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"sightline/backend/dataset"
	pages "sightline/backend/report"
)

// pageScene is a random organization that the pages of the default report are asked of.
type pageScene struct {
	w      *factWorld
	now    time.Time
	engine dataset.Engine
}

// requirementOf is the requirement type of each process (reports.md §1.1).
var requirementOf = map[string]string{"Agile": "User Story", "Scrum": "Product Backlog Item", "CMMI": "Requirement", "Basic": "Issue"}

// newPageScene has enough items and rows that every visual has something to show. The first project has the process,
// the second is of Scrum.
func newPageScene(seed uint64, process string) pageScene {
	d := newDice(seed)
	f, now := d.factWorld()
	for fewRows(f) {
		seed++
		d = newDice(seed)
		f, now = d.factWorld()
	}
	f.fields = true
	for id := int32(1000); len(f.items) < 90; id++ {
		f.items = append(f.items, d.item(f.world, id, now))
	}
	if process != "Scrum" {
		f.turnTo(process)
	}
	return pageScene{f, now, f.engine(now)}
}

func fewRows(f *factWorld) bool {
	for table, least := range map[string]int{dataset.Commits: 25, dataset.PullRequests: 15, dataset.PipelineRuns: 15, dataset.PipelineTasks: 15,
		dataset.TestRuns: 10, dataset.Changesets: 5, dataset.TFVCBranches: 1} {
		if len(f.rows[table]) < least {
			return true
		}
	}
	return false
}

// turnTo gives the first project another process, whose requirements have another name.
func (w *world) turnTo(process string) {
	w.projects = slices.Clone(w.projects)
	p := &w.projects[0]
	p.process, p.types = process, slices.Clone(p.types)
	for i := range p.types {
		if p.types[i].name == "User Story" {
			p.types[i].name = requirementOf[process]
		}
	}
	for _, it := range w.items {
		for i := range it.revs {
			if v := &it.revs[i]; v.project == p.name && v.typ == "User Story" {
				v.typ = requirementOf[process]
			}
		}
	}
}

// processOf is the process that a page is made for, Agile for those that are for all.
func processOf(p *pages.Page) string {
	if p.When != nil && len(p.When.Processes) > 0 {
		return p.When.Processes[0]
	}
	return "Agile"
}

// pageSlicers are picks of slicers by their field, as people make them.
var pageSlicers = map[dataset.FieldRef][]any{
	dataset.Project: {"Alpha"}, dataset.AreaPath: {`Alpha\Web`}, dataset.IterationPath: {`Alpha\R1\S2`}, dataset.Team: {"Shop"},
	dataset.Priority: {1.0, 2.0}, dataset.Repository: {"api"}, dataset.RunBranch: {"main"},
}

// pageStates are the ways in which each page is looked at.
func pageStates(t *testing.T, s pageScene, p *pages.Page) map[string]pages.PageState {
	t.Helper()
	states := map[string]pages.PageState{"as it opens": {}, "of a day in the past": {AsOf: "2024-03-25"}}
	for _, sl := range p.Slicers {
		if picked, ok := pageSlicers[sl.Field]; ok {
			states["with "+sl.ID+" picked"] = pages.PageState{Slicers: map[string][]any{sl.ID: picked}}
		}
	}
	for i := range p.Visuals { // the first bar that has a mark to click
		v := &p.Visuals[i]
		if v.Type == pages.Card || v.Type == pages.Table || len(v.Query.Rows) == 0 || v.Query.Rows[0].Field == dataset.DateAxis {
			continue
		}
		q, _ := pages.Compile(p, v, pages.PageState{})
		r, err := s.engine.Answer(context.Background(), q)
		if err != nil {
			t.Fatalf("%s: %v", v.ID, err)
		}
		for _, m := range r.Dimensions[0].Members {
			if !m.Other {
				picked := []dataset.Filter{{Field: v.Query.Rows[0].Field, Op: dataset.In, Values: []any{m.Value}}}
				states["with a mark of "+v.ID+" clicked"] = pages.PageState{Selection: &pages.Selection{Visual: v.ID, Filters: picked}}
				return states
			}
		}
	}
	return states
}

// Every number of every visual of every page of the default report, and of the small lines of its cards, is what
// plain loops over the revisions and rows say.
func TestEveryVisualOfTheDefaultReportAgreesWithPlainLoops(t *testing.T) {
	rep, err := pages.DefaultReport("n")
	if err != nil {
		t.Fatal(err)
	}
	scenes := map[string]pageScene{}
	for i := range rep.Pages {
		p := rep.Page(rep.Pages[i].ID)
		process := processOf(p)
		s, ok := scenes[process]
		if !ok {
			s = newPageScene(1, process)
			scenes[process] = s
		}
		model := s.engine.Model()
		p.Over(&model)
		t.Run(p.ID, func(t *testing.T) {
			states, numbers := pageStates(t, s, p), 0
			for _, v := range p.Visuals {
				t.Run(v.ID, func(t *testing.T) {
					for name, state := range states {
						q, _ := pages.Compile(p, &v, state)
						numbers += s.compare(t, name, q)
						if q := pages.CompileSpark(p, &v, state); q != nil {
							numbers += s.compare(t, name+", small line", *q)
						}
					}
				})
			}
			if numbers < 2*len(p.Visuals) {
				t.Errorf("only %d numbers to compare: the page shows next to nothing", numbers)
			}
		})
	}
}

// ofWorkItems reports whether the query is for the slow calculator of work items.
func ofWorkItems(q dataset.Query) bool {
	for _, v := range q.Values {
		if _, is := slowMeasures[v.Measure]; is {
			return false
		}
		if table, _ := v.Field.Split(); v.Field != "" && table != dataset.WorkItems {
			return false
		}
	}
	return true
}

func (s pageScene) slowly(q dataset.Query) slowAnswer {
	q.Sort, q.Top, q.Others, q.ShowEmpty, q.Define = nil, 0, false, false, nil
	if ofWorkItems(q) {
		return answerSlowly(s.w.world, s.now, q)
	}
	return answerFactsSlowly(s.w, s.now, q)
}

// withoutTop puts the members in the place of a filter that keeps the members with the largest values, ties included.
func (s pageScene) withoutTop(q dataset.Query) dataset.Query {
	for i, f := range q.Filters {
		if f.Op != dataset.TopN {
			continue
		}
		ranking := q
		ranking.Filters = slices.Delete(slices.Clone(q.Filters), i, i+1)
		ranking.Rows, ranking.Columns, ranking.Highlight, ranking.Values = []dataset.Group{{Field: f.Field}}, nil, nil, []dataset.Value{*f.By}
		answer := s.slowly(ranking)
		var all []float64
		for _, xs := range answer.rows {
			all = append(all, xs[0])
		}
		slices.Sort(all)
		var kept []any
		for key, xs := range answer.rows {
			if n := int(f.Values[0].(float64)); len(all) <= n || xs[0] >= all[len(all)-n] {
				kept = append(kept, key[1:])
			}
		}
		q.Filters = slices.Clone(q.Filters)
		q.Filters[i] = dataset.Filter{Field: f.Field, Op: dataset.In, Values: kept}
		return s.withoutTop(q)
	}
	return q
}

// compare asks the engine and the slow calculator, and tells how many numbers that are not null agreed.
func (s pageScene) compare(t *testing.T, name string, q dataset.Query) (numbers int) {
	t.Helper()
	r, err := s.engine.Answer(context.Background(), q)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return 0
	}
	plainQ, combine := withoutDefinitions(t, s.withoutTop(q))
	want := combine(s.slowly(plainQ))
	rows, parts := flattenOther(r)
	wrong := cutOff(q, r, rows, &want)
	for key, xs := range rows {
		if _, ok := want.rows[key]; !ok && q.ShowEmpty && !slices.ContainsFunc(xs, func(x float64) bool { return x > 0 || x < 0 }) {
			delete(rows, key)
			delete(parts, key)
		}
		for _, x := range xs {
			numbers += boolCount(x == x)
		}
	}
	one := func(xs []float64) map[string][]float64 { return map[string][]float64{"": xs} }
	wrong = append(wrong, differences("", rows, want.rows)...)
	wrong = append(wrong, differences("total", one(plain(r.Total.Values)), one(want.total))...)
	if q.Highlight != nil && q.Top == 0 {
		wrong = append(wrong, differences("part", parts, want.parts)...)
		wrong = append(wrong, differences("total part", one(plain(r.Total.Parts)), one(want.totalParts))...)
	}
	if q.Top == 0 {
		wrong = append(wrong, wrongTotals("row total", r, r.RowTotals, 0, r.RowGroups, want.rowTotals)...)
		wrong = append(wrong, wrongTotals("column total", r, r.ColumnTotals, r.RowGroups, len(r.Dimensions), want.columnTotals)...)
	}
	if len(wrong) > 0 {
		t.Errorf("%s: %d differences, such as\n%v", name, len(wrong), wrong[:min(4, len(wrong))])
	}
	return numbers
}
