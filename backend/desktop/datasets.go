package desktop

import (
	"context"
	"path/filepath"

	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/refresh"
	"sightline/backend/workspace"
)

// Datasets answers what a dataset is and deletes it.
type Datasets struct{ p *Program }

// Dataset returns the facts of one dataset.
func (d *Datasets) Dataset(id string) (DatasetView, error) {
	d.p.await()
	return guard(d.p.Log, "Datasets.Dataset", func() (DatasetView, error) {
		v, err := d.p.datasetView(d.p.ctx, id)
		if err != nil {
			return v, err
		}
		return v, d.p.fillHeld(d.p.ctx, &v)
	})
}

// Model returns the tables, columns and measures of a dataset.
func (d *Datasets) Model(id string) (dataset.Model, error) {
	d.p.await()
	return guard(d.p.Log, "Datasets.Model", func() (dataset.Model, error) {
		opened, err := d.p.open(d.p.ctx, id)
		if err != nil {
			return dataset.Model{}, err
		}
		return opened.Model(), nil
	})
}

// Query answers one query, given as JSON.
func (d *Datasets) Query(id, query string) (dataset.Result, error) {
	d.p.await()
	return guard(d.p.Log, "Datasets.Query", func() (dataset.Result, error) {
		q, err := dataset.DecodeQuery([]byte(query))
		if err != nil {
			return dataset.Result{}, err
		}
		opened, err := d.p.open(d.p.ctx, id)
		if err != nil {
			return dataset.Result{}, err
		}
		return opened.Answer(d.p.ctx, q)
	})
}

// Delete removes a dataset with its report, its dashboard, its history and its file.
func (d *Datasets) Delete(id string) error {
	d.p.await()
	return guardDo(d.p.Log, "Datasets.Delete", func() error {
		ds, c, err := d.p.connected(d.p.ctx, id)
		if err != nil {
			return err
		}
		return d.p.deleteDataset(ds, c)
	})
}

// fillHeld says what the file of a dataset holds.
func (p *Program) fillHeld(ctx context.Context, v *DatasetView) error {
	opened, err := p.open(ctx, v.ID)
	if err != nil {
		return err
	}
	size, projects, err := held(ctx, opened)
	if again, _ := p.open(ctx, v.ID); err != nil && again != nil && again != opened {
		size, projects, err = held(ctx, again) // a full reload exchanged the file
	}
	v.WorkItems, v.Revisions, v.Bytes = size.WorkItems, size.Revisions, size.Bytes
	for _, project := range projects {
		if project.Gone {
			v.Gone = append(v.Gone, project.Name)
		} else {
			v.Matched++
		}
	}
	return err
}

func held(ctx context.Context, opened OpenedDataset) (DatasetSize, []devops.Project, error) {
	size, err := opened.Size(ctx)
	if err != nil {
		return size, nil, err
	}
	projects, err := opened.Store().Projects(ctx)
	return size, projects, err
}

// datasetView reads the facts that need no opened file.
func (p *Program) datasetView(ctx context.Context, id string) (DatasetView, error) {
	d, c, err := p.connected(ctx, id)
	if err != nil {
		return DatasetView{}, err
	}
	v := DatasetView{
		ID: d.ID, Name: d.Name, Organization: c.Organization, URL: c.URL, Patterns: c.Patterns,
		Person: c.IdentityName, Address: c.IdentityAddress, IdentityID: c.IdentityID, Sample: c.Sample, Server: c.Server,
		TimeZone: d.TimeZone, LastRefresh: stamp(d.LastRefresh), LastError: d.LastError,
		File: filepath.Base(d.File), Schedule: p.scheduleView(&d), Gone: []string{},
	}
	v.NextRefresh, v.AccountKey = v.Schedule.Next, c.AccountKey
	signIns, err := p.signIns(ctx)
	if err != nil {
		return v, err
	}
	v.SignIn, v.SignInSentence = p.connectionState(&c, signIns)
	v.Contents, v.HistoryMonths = contentsOf(d.Selection)
	v.State, _ = p.itemState(d)
	v.DashboardID, v.ReportID, err = p.documentsOf(ctx, d.ID)
	if e := p.library.peek(id); e != nil {
		v.Generation = e.Generation()
	}
	return v, err
}

// documentsOf finds the first dashboard and the first report of a dataset.
func (p *Program) documentsOf(ctx context.Context, datasetID string) (dashboardID, reportID string, err error) {
	docs, err := p.Workspace.Documents(ctx)
	if err != nil {
		return "", "", err
	}
	for _, doc := range docs {
		if doc.DatasetID != datasetID {
			continue
		}
		switch {
		case doc.Kind == workspace.DashboardDocument && dashboardID == "":
			dashboardID = doc.ID
		case doc.Kind == workspace.ReportDocument && reportID == "":
			reportID = doc.ID
		}
	}
	return dashboardID, reportID, nil
}

// itemState is the state a dataset and its documents show in the navigation, with percent while
// something loads. What was loaded whole once is refreshing, never partial: its data stay whole meanwhile.
func (p *Program) itemState(d workspace.Dataset) (state string, percent float64) {
	if r := p.runOf(d.ID); r != nil {
		now, err, finished := r.snapshot()
		switch {
		case !finished && r.gate.Paused():
			return "paused", now.Percent
		case !finished && !d.LastRefresh.IsZero():
			return "refreshing", now.Percent
		case !finished && now.FirstLook:
			return "partial", now.Percent
		case !finished:
			return "loading", now.Percent
		case err != nil:
			return "failed", now.Percent
		case now.State == refresh.RunCanceled && d.LastRefresh.IsZero():
			return "paused", now.Percent
		}
	}
	switch {
	case d.LastError != "":
		return "failed", 0
	case d.LastRefresh.IsZero():
		return "paused", 0
	}
	return "ready", 100
}
