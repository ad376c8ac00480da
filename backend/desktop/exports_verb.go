package desktop

import (
	"context"
	"strings"

	"sightline/backend/fault"
	"sightline/backend/report"
)

// ExportOf finds the request of a verb: a visual of a page of a dataset's report, by ids or titles, with its slicers
// set. Faults: NotFound with the names that there are, Invalid for a slicer that is none.
func (p *Program) ExportOf(ctx context.Context, datasetID, pageName, visualName string, state report.PageState, slicers []string) (ExportRequest, error) {
	const op = "desktop.ExportOf"
	p.await()
	_, reportID, err := p.documentsOf(ctx, datasetID)
	if err != nil {
		return ExportRequest{}, err
	}
	_, rep, err := p.report(ctx, reportID)
	if err != nil {
		return ExportRequest{}, err
	}
	page := rep.Page(pageName)
	if page == nil {
		names := make([]string, len(rep.Pages))
		for i := range rep.Pages {
			names[i] = rep.Pages[i].Name
		}
		return ExportRequest{}, fault.New(fault.NotFound, op, "The report has no page "+pageName+".", "Name one of its pages.").With("Pages", strings.Join(names, ", "))
	}
	visual := visualCalled(page, visualName)
	if visual == nil {
		names := make([]string, len(page.Visuals))
		for i := range page.Visuals {
			names[i] = page.Visuals[i].ID
		}
		return ExportRequest{}, fault.New(fault.NotFound, op, "The page "+page.Name+" has no visual "+visualName+".", "Name one of its visuals.").With("Visuals", strings.Join(names, ", "))
	}
	if len(slicers) > 0 {
		engine, err := p.open(ctx, datasetID)
		if err != nil {
			return ExportRequest{}, err
		}
		set, more, err := readSlicers(page, engine.Model(), slicers)
		if err != nil {
			return ExportRequest{}, err
		}
		if len(more) > 0 {
			return ExportRequest{}, fault.New(fault.Invalid, op, "The page "+page.Name+" has no slicer for "+report.Restate(more)+".", "Give a state with --state, or use a column that the page slices by.")
		}
		if state.Slicers == nil {
			state.Slicers = map[string][]any{}
		}
		for id, picked := range set.Slicers {
			state.Slicers[id] = picked
		}
	}
	return ExportRequest{ReportID: reportID, PageID: page.ID, VisualID: visual.ID, State: state}, nil
}

func visualCalled(page *report.Page, name string) *report.Visual {
	if v := page.Visual(name); v != nil {
		return v
	}
	for i := range page.Visuals {
		if strings.EqualFold(page.Visuals[i].Title, name) {
			return &page.Visuals[i]
		}
	}
	return nil
}
