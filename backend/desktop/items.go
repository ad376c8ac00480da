package desktop

import (
	"context"
	"fmt"
	"slices"

	"sightline/backend/dataset"
	"sightline/backend/fault"
	"sightline/backend/report"
)

// Items lists the rows behind the marks of a report, tells their history, and explains differences item by item.
type Items struct{ p *Program }

// Behind lists the rows that count into one value of a mark: of the visual under the state of its page, narrowed by
// the filters of the mark. value is the position of the value in the visual's answer. Faults: NotFound for a page or
// visual that is gone, Invalid for a number that no rows stand behind, Conflict when the data changed between two pages.
func (i *Items) Behind(reportID, pageID, visualID string, state report.PageState, marks []dataset.Filter, value int, ask ItemsAsk) (ItemsView, error) {
	i.p.await()
	return guard(i.p.Log, "Items.Behind", func() (ItemsView, error) {
		ctx := i.p.ctx
		o, err := i.p.openPage(ctx, reportID, pageID)
		if err != nil {
			return ItemsView{}, err
		}
		visual, err := o.visual(visualID)
		if err != nil {
			return ItemsView{}, err
		}
		state, now := settled(ctx, o.engine, o.page, state)
		q, _ := report.Compile(o.page, visual, state)
		q = now.onSprint(q)
		q.Filters = slices.Concat(q.Filters, marks)
		if !ask.Whole {
			q.Filters = append(q.Filters, q.Highlight...)
		}
		b, err := rowsBehind(ctx, o.engine, q, value)
		if err != nil {
			return ItemsView{}, err
		}
		b.at = momentOf(o.engine.Model(), b.info, q.AsOf, marks, i.p.Clock())
		view, err := b.view(ctx, ask)
		view.Filters = q.Filters
		return view, err
	})
}

// ByKeys lists rows of a table that are named by their numbers, or commits and TFVC branches by their keys. Faults:
// Invalid for what the table has not, Conflict as Behind.
func (i *Items) ByKeys(datasetID, table string, keys []any, asOf string, ask ItemsAsk) (ItemsView, error) {
	i.p.await()
	return guard(i.p.Log, "Items.ByKeys", func() (ItemsView, error) {
		engine, err := i.p.open(i.p.ctx, datasetID)
		if err != nil {
			return ItemsView{}, err
		}
		l, err := newListing(engine, table)
		if err != nil {
			return ItemsView{}, err
		}
		l.keys, l.at = keys, momentOf(engine.Model(), nil, asOf, nil, i.p.Clock())
		l.generation = engine.Generation()
		return l.view(i.p.ctx, ask)
	})
}

// Columns are what a list of the table can show. Fault: Invalid for a table that has no lists.
func (i *Items) Columns(datasetID, table string) ([]ItemsColumn, error) {
	i.p.await()
	return guard(i.p.Log, "Items.Columns", func() ([]ItemsColumn, error) {
		engine, err := i.p.open(i.p.ctx, datasetID)
		if err != nil {
			return nil, err
		}
		l, err := newListing(engine, table)
		if err != nil {
			return nil, err
		}
		sources, err := l.sources(i.p.ctx)
		if err != nil {
			return nil, err
		}
		out := make([]ItemsColumn, len(sources))
		for at := range sources {
			out[at] = sources[at].ItemsColumn
		}
		return out, nil
	})
}

// History tells the revisions of a work item, the newest first, older than the revision before (0: the newest).
// Fault: NotFound.
func (i *Items) History(datasetID string, id, before int) (dataset.ItemHistory, error) {
	i.p.await()
	return guard(i.p.Log, "Items.History", func() (dataset.ItemHistory, error) {
		engine, err := i.p.open(i.p.ctx, datasetID)
		if err != nil {
			return dataset.ItemHistory{}, err
		}
		return engine.Records().ItemHistory(i.p.ctx, id, before, historyPage)
	})
}

// historyPage is how many revisions are told at a time.
const historyPage = 50

// Search finds work items, pull requests, commits and changesets by their words or numbers.
func (i *Items) Search(datasetID, text string) ([]dataset.Found, error) {
	i.p.await()
	return guard(i.p.Log, "Items.Search", func() ([]dataset.Found, error) {
		engine, err := i.p.open(i.p.ctx, datasetID)
		if err != nil {
			return nil, err
		}
		found, err := engine.Records().Search(i.p.ctx, dataset.SearchQuery{Text: text})
		return append([]dataset.Found{}, found...), err
	})
}

// Timeline says which days a page can show: the first and the last with history, what happened on each, the sprints.
func (i *Items) Timeline(datasetID string) (dataset.Span, error) {
	i.p.await()
	return guard(i.p.Log, "Items.Timeline", func() (dataset.Span, error) {
		engine, err := i.p.open(i.p.ctx, datasetID)
		if err != nil {
			return dataset.Span{}, err
		}
		return engine.Span(i.p.ctx)
	})
}

// openedPage is a page of a report with the engine that answers it.
type openedPage struct {
	page   *report.Page
	engine OpenedDataset
}

func (p *Program) openPage(ctx context.Context, reportID, pageID string) (openedPage, error) {
	doc, rep, err := p.report(ctx, reportID)
	if err != nil {
		return openedPage{}, err
	}
	page := rep.Page(pageID)
	if page == nil {
		return openedPage{}, fault.New(fault.NotFound, "desktop.openPage", fmt.Sprintf("The report %s has no page %s.", doc.Name, pageID), "Choose one of the tabs at the bottom.")
	}
	engine, err := p.open(ctx, doc.DatasetID)
	if err != nil {
		return openedPage{}, err
	}
	model := engine.Model()
	page.Over(&model)
	return openedPage{page, engine}, nil
}

func (o openedPage) visual(id string) (*report.Visual, error) {
	if v := o.page.Visual(id); v != nil {
		return v, nil
	}
	return nil, fault.New(fault.NotFound, "desktop.visual", "The page "+o.page.Name+" has no such visual any more.", "Open the page again.")
}
