package desktop

import (
	"context"
	"sync"
	"time"

	"sightline/backend/report"
	"sightline/backend/workspace"
)

// AbsentPage is a page of a report for which the dataset has no data, and why.
type AbsentPage struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Why  string `json:"why"`
}

// absentPages remembers, by report, which pages are absent, for one state of the data and of the report.
type absentPages struct {
	mu    sync.Mutex
	known map[string]judgement
}

type judgement struct {
	generation int64
	changed    time.Time
	why        map[string]string
}

func (a *absentPages) find(doc workspace.Document, generation int64) (map[string]string, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	j, ok := a.known[doc.ID]
	return j.why, ok && j.generation == generation && j.changed.Equal(doc.Changed)
}

func (a *absentPages) keep(doc workspace.Document, generation int64, why map[string]string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == nil {
		a.known = map[string]judgement{}
	}
	a.known[doc.ID] = judgement{generation, doc.Changed, why}
}

// reportView is a report with the pages that its dataset has data for. While the dataset cannot be opened, as before
// its first load, all pages are there: what is missing is then said by each.
func (p *Program) reportView(ctx context.Context, id string) (ReportView, error) {
	doc, rep, err := p.report(ctx, id)
	if err != nil {
		return ReportView{}, err
	}
	view := ReportView{ID: doc.ID, Name: doc.Name, Pages: []report.Page{}, Cards: rep.Cards, Absent: []AbsentPage{}, Problems: []report.Problem{}}
	if view.Dataset, err = p.datasetView(ctx, doc.DatasetID); err != nil {
		return view, err
	}
	why := map[string]string{}
	engine, err := p.open(ctx, doc.DatasetID)
	opened := err == nil
	if opened {
		if why, err = p.absent(ctx, doc, &rep, engine); err != nil {
			return view, err
		}
	}
	for _, page := range rep.Pages {
		if reason := why[page.ID]; reason != "" {
			view.Absent = append(view.Absent, AbsentPage{ID: page.ID, Name: page.Name, Why: reason})
			continue
		}
		view.Pages = append(view.Pages, page)
	}
	if opened {
		model := engine.Model()
		rep.Pages = view.Pages
		view.Problems = append(view.Problems, report.Check(&rep, &model)...)
	}
	return view, nil
}

// absent judges the pages once a generation. A dataset that has data for none of them is still loading, or holds
// nothing: no page is absent then, so that there is something to look at.
func (p *Program) absent(ctx context.Context, doc workspace.Document, rep *report.Report, engine OpenedDataset) (map[string]string, error) {
	generation := engine.Generation()
	if why, ok := p.absentPages.find(doc, generation); ok {
		return why, nil
	}
	why, err := report.Absent(ctx, rep.Pages, engine)
	if err != nil {
		return nil, err
	}
	if len(why) == len(rep.Pages) {
		why = map[string]string{}
	}
	p.absentPages.keep(doc, generation, why)
	return why, nil
}
