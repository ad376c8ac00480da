package desktop

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/fault"
	"sightline/backend/report"
	"sightline/backend/signin"
	"sightline/backend/workspace"
)

// This file is for the verbs of the command line. They go the same way as the interface and add what a
// script needs: waiting for the end, and names instead of ids.

// Connect leads a request from sign-in to a loaded dataset without a face. ask is called whenever the
// attempt's phase or what the person needs to sign in changes, to print it. token is the personal access
// token for a request with that method. The identity is accepted only if it is the expected one. With the other
// purposes of a request it signs in for a dataset or an account that is here already.
func (p *Program) Connect(ctx context.Context, request ConnectRequest, name string, token signin.Secret, ask func(AttemptView)) (AttemptView, error) {
	p.await()
	a, err := p.newAttempt(ctx, request)
	if err != nil {
		return AttemptView{}, err
	}
	a.name = name
	defer a.abandon()
	if a.request.Method == methodToken && (request.Account == "" || !token.IsZero()) {
		if err := a.give(token); err != nil {
			return AttemptView{}, err
		}
	}
	if err := p.launch(a); err != nil {
		return AttemptView{}, err
	}
	v, err := p.watch(ctx, a, ask)
	if err != nil {
		return v, err
	}
	if err := p.accept(a, false); err != nil {
		return v, err
	}
	return a.snapshot(), nil
}

// watch waits until an attempt is to be confirmed, or has failed.
func (p *Program) watch(ctx context.Context, a *attempt, ask func(AttemptView)) (AttemptView, error) {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	told := ""
	for {
		v := a.snapshot()
		if now := strings.Join([]string{v.Phase, v.Link, v.Code}, " "); now != told {
			told = now
			ask(v)
		}
		switch v.Phase {
		case "confirm":
			return v, nil
		case "failed", "canceled":
			return v, a.failure()
		}
		select {
		case <-ctx.Done():
			return v, ctx.Err()
		case <-tick.C:
		}
	}
}

// Refresh refreshes a dataset because a verb says so, and waits for the end. report is called now and then with the progress. A
// refresh that ctx ends counts as interrupted: the next one goes on where it stopped.
func (p *Program) Refresh(ctx context.Context, datasetID string, report func(ProgressView)) (ProgressView, error) {
	p.await()
	r, err := p.startRun(datasetID, workspace.CommandRun)
	if err != nil {
		return ProgressView{}, err
	}
	return p.follow(ctx, datasetID, r, report)
}

// Reload loads a dataset again from nothing because a verb says so, and waits for the end.
func (p *Program) Reload(ctx context.Context, datasetID string, report func(ProgressView)) (ProgressView, error) {
	p.await()
	if err := p.startOnly(datasetID, workspace.FullRun); err != nil {
		return ProgressView{}, err
	}
	return p.follow(ctx, datasetID, p.runOf(datasetID), report)
}

// follow waits for the end of a refresh.
func (p *Program) follow(ctx context.Context, datasetID string, r *run, report func(ProgressView)) (ProgressView, error) {
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			r.cancel(ctx.Err())
			<-r.ended
			return ProgressView{}, fault.New(fault.Canceled, "desktop.Refresh", "The load was interrupted.",
				"What was loaded stays; `sightline refresh` goes on from there.").Because(ctx.Err())
		case <-r.ended:
			v, err := p.progressView(ctx, datasetID)
			if err != nil {
				return v, err
			}
			_, rerr, _ := r.snapshot()
			return v, rerr
		case <-tick.C:
			if v, err := p.progressView(ctx, datasetID); err == nil {
				report(v)
			}
		}
	}
}

// Opened returns the opened dataset, for verbs that ask its engine.
func (p *Program) Opened(ctx context.Context, datasetID string) (OpenedDataset, error) {
	p.await()
	return p.open(ctx, datasetID)
}

// DatasetPage answers a page of the dataset's report by its id or name. Each slicer is COLUMN=VALUE: a
// slicer of the page by its title or id, or any other column of the model.
func (p *Program) DatasetPage(ctx context.Context, datasetID, pageName string, slicers []string) (report.Page, PageData, error) {
	p.await()
	_, reportID, err := p.documentsOf(ctx, datasetID)
	if err != nil {
		return report.Page{}, PageData{}, err
	}
	_, rep, err := p.report(ctx, reportID)
	if err != nil {
		return report.Page{}, PageData{}, err
	}
	page := rep.Page(pageName)
	if page == nil {
		names := make([]string, len(rep.Pages))
		for i := range rep.Pages {
			names[i] = rep.Pages[i].Name
		}
		return report.Page{}, PageData{}, fault.New(fault.NotFound, "desktop.DatasetPage", "The report has no page "+pageName+".", "Name one of its pages.").With("Pages", strings.Join(names, ", "))
	}
	engine, err := p.open(ctx, datasetID)
	if err != nil {
		return *page, PageData{}, err
	}
	model := engine.Model()
	page.Over(&model)
	state, filters, err := readSlicers(page, model, slicers)
	if err != nil {
		return *page, PageData{}, err
	}
	page.Filters = slices.Concat(page.Filters, filters) // those of the page are shared with other readers
	data, err := answerPage(ctx, engine, page, state)
	return *page, data, err
}

// readSlicers sorts COLUMN=VALUE texts into slicers of the page and filters on other columns.
func readSlicers(page *report.Page, model dataset.Model, texts []string) (report.PageState, []dataset.Filter, error) {
	state := report.PageState{Slicers: map[string][]any{}}
	var filters []dataset.Filter
	for _, text := range texts {
		name, value, ok := strings.Cut(text, "=")
		if !ok {
			return state, nil, fault.New(fault.Invalid, "desktop.readSlicers", "The slicer "+text+" is not COLUMN=VALUE.", "For example --slicer Priority=1.")
		}
		if sl := findSlicer(page, name); sl != nil {
			state.Slicers[sl.ID] = append(state.Slicers[sl.ID], typedValue(model, sl.Field, value))
			continue
		}
		field := dataset.FieldRef(name)
		filters = append(filters, dataset.Filter{Field: field, Values: []any{typedValue(model, field, value)}})
	}
	return state, filters, nil
}

func findSlicer(page *report.Page, name string) *report.Slicer {
	for i := range page.Slicers {
		sl := &page.Slicers[i]
		_, column := sl.Field.Split()
		if strings.EqualFold(sl.ID, name) || strings.EqualFold(sl.Title, name) || strings.EqualFold(string(sl.Field), name) || strings.EqualFold(column, name) {
			return sl
		}
	}
	return nil
}

// typedValue reads a text as the column's type: a number, a truth value, or null for "(Blank)".
func typedValue(model dataset.Model, field dataset.FieldRef, text string) any {
	if text == "(Blank)" || text == "Unassigned" {
		return nil
	}
	table, column := field.Split()
	for _, t := range model.Tables {
		for _, c := range t.Columns {
			if strings.EqualFold(c.Name, column) && (table == "" || strings.EqualFold(t.Name, table)) {
				return parseValue(c.Type, text)
			}
		}
	}
	return text
}

func parseValue(t dataset.ColumnType, text string) any {
	switch t {
	case dataset.Integer, dataset.Number:
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			return f
		}
	case dataset.Boolean:
		if b, err := strconv.ParseBool(text); err == nil {
			return b
		}
	}
	return text
}
