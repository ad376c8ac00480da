package desktop

import (
	"context"
	"fmt"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/fault"
	"sightline/backend/report"
	"sightline/backend/workspace"
)

// Reports answers reports and their pages.
type Reports struct{ p *Program }

// Report returns the pages of a report, to be drawn before their numbers are there.
func (r *Reports) Report(id string) (ReportView, error) {
	r.p.await()
	return guard(r.p.Log, "Reports.Report", func() (ReportView, error) { return r.p.reportView(r.p.ctx, id) })
}

// Page answers every visual and slicer of a page over one generation of the data.
func (r *Reports) Page(reportID, pageID string, state report.PageState) (PageData, error) {
	r.p.await()
	return guard(r.p.Log, "Reports.Page", func() (PageData, error) {
		return r.p.page(r.p.ctx, reportID, pageID, state)
	})
}

// VisualCSV writes what one visual of a page shows now as CSV.
func (r *Reports) VisualCSV(reportID, pageID, visualID string, state report.PageState) (CSVFile, error) {
	r.p.await()
	return guard(r.p.Log, "Reports.VisualCSV", func() (CSVFile, error) {
		data, err := r.p.page(r.p.ctx, reportID, pageID, state)
		if err != nil {
			return CSVFile{}, err
		}
		_, rep, err := r.p.report(r.p.ctx, reportID)
		if err != nil {
			return CSVFile{}, err
		}
		page := rep.Page(pageID)
		for _, v := range data.Visuals {
			if v.ID == visualID && v.Result != nil {
				return writeCSV(page.Visual(visualID).Title, v.Result), nil
			}
		}
		return CSVFile{}, fault.New(fault.NotFound, "desktop.VisualCSV", "This visual has no data to export.", "Open the page again.")
	})
}

// report reads a report document.
func (p *Program) report(ctx context.Context, id string) (workspace.Document, report.Report, error) {
	doc, err := p.Workspace.Document(ctx, id)
	if err != nil {
		return doc, report.Report{}, err
	}
	if doc.Kind != workspace.ReportDocument {
		return doc, report.Report{}, fault.New(fault.NotFound, "desktop.report", "There is no such report.", "Choose one at the left.")
	}
	rep, err := p.decoded.read(doc)
	return doc, rep, err
}

func (p *Program) page(ctx context.Context, reportID, pageID string, state report.PageState) (PageData, error) {
	page, engine, err := p.pageAndEngine(ctx, reportID, pageID)
	if err != nil {
		return PageData{}, err
	}
	return answerPage(ctx, engine, page, state)
}

// pageAndEngine finds a page of a report and opens its dataset.
func (p *Program) pageAndEngine(ctx context.Context, reportID, pageID string) (*report.Page, dataset.Engine, error) {
	doc, rep, err := p.report(ctx, reportID)
	if err != nil {
		return nil, nil, err
	}
	page := rep.Page(pageID)
	if page == nil {
		return nil, nil, fault.New(fault.NotFound, "desktop.page", fmt.Sprintf("The report %s has no page %s.", doc.Name, pageID), "Choose one of the tabs at the bottom.")
	}
	engine, err := p.open(ctx, doc.DatasetID)
	if err != nil {
		return nil, nil, err
	}
	model := engine.Model()
	page.Over(&model)
	return page, engine, nil
}

// answerPage asks for all visuals, small lines, slicers and the count of a page as one batch, so that
// they share one generation and its filter masks.
func answerPage(ctx context.Context, engine dataset.Engine, page *report.Page, state report.PageState) (PageData, error) {
	began := time.Now() // measures the machine, not the data: no injected clock
	var b batch
	asked := askPage(ctx, engine, page, state, &b)
	if err := b.run(ctx, engine); err != nil {
		return PageData{}, err
	}
	out := asked.answer()
	out.Millis = float64(time.Since(began).Microseconds()) / 1000
	return out, nil
}

// askedPage is a page whose questions are in a batch; once that ran, it has their answers.
type askedPage struct {
	out PageData
	now sprint
}

// askPage puts the questions of a page into the batch. What has to be found in the data first, such as the current sprint,
// is asked at once.
func askPage(ctx context.Context, engine dataset.Engine, page *report.Page, state report.PageState, b *batch) *askedPage {
	model := engine.Model()
	page.Over(&model)
	chosen := state.Slicers
	state, now := settled(ctx, engine, page, state)
	a := &askedPage{now: now, out: PageData{Visuals: make([]VisualData, len(page.Visuals)), Slicers: make([]SlicerData, len(page.Slicers))}}
	texts := make([]string, len(page.Visuals))
	for i := range page.Visuals {
		texts[i] = page.Visuals[i].Subtitle
	}
	a.now.askUnit(b, texts...)
	for i := range page.Visuals {
		v := &page.Visuals[i]
		q, follows := report.Compile(page, v, state)
		d := &a.out.Visuals[i]
		d.ID, d.Follows, d.Subtitle = v.ID, string(follows), v.Subtitle
		b.ask(now.onSprint(q), func(r *dataset.Result, err error) { d.Result, d.Fault = r, reportOf(err) })
		if sq := report.CompileSpark(page, v, state); sq != nil {
			b.ask(now.onSprint(*sq), func(r *dataset.Result, err error) { d.Spark = r })
		}
	}
	for i := range page.Slicers {
		sl := &page.Slicers[i]
		d := &a.out.Slicers[i]
		d.ID, d.Members = sl.ID, []dataset.Member{}
		if _, changed := chosen[sl.ID]; !changed && searched(sl) {
			d.Picked = state.Slicers[sl.ID]
		}
		if q := report.CompileSlicer(page, sl, state); q != nil {
			b.ask(now.onSprint(bounded(sl, *q)), func(r *dataset.Result, err error) { d.take(sl, r, err) })
		}
	}
	if cq := report.CompileCount(page, state); cq != nil {
		b.ask(now.onSprint(*cq), func(r *dataset.Result, err error) {
			if r != nil {
				a.out.Part, a.out.Whole = number(r.Total.Parts), number(r.Total.Values)
				a.out.Restatement = restatement(page, state, a.out.Part, a.out.Whole)
			}
		})
	}
	return a
}

// answer is what the page shows, after its batch ran.
func (a *askedPage) answer() PageData {
	for i := range a.out.Visuals {
		if r := a.out.Visuals[i].Result; r != nil {
			a.out.Generation, a.out.AsOf = r.Generation, r.AsOf
			a.out.Visuals[i].Subtitle = a.now.fillSubtitle(a.out.Visuals[i].Subtitle, r)
		}
	}
	return a.out
}

// restatement is the sentence under the title: "Area is Checkout: 21 of 126 open bugs".
func restatement(page *report.Page, state report.PageState, part, whole *float64) string {
	said := report.Restate(state.Selection.Filters)
	if whole == nil || part == nil {
		return said
	}
	return fmt.Sprintf("%s: %.0f of %.0f %s", said, *part, *whole, page.Noun)
}

func number(values []*float64) *float64 {
	if len(values) == 0 {
		return nil
	}
	return values[0]
}
