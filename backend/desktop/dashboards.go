package desktop

import (
	"context"

	"sightline/backend/dataset"
	"sightline/backend/fault"
	"sightline/backend/report"
	"sightline/backend/workspace"
)

// Dashboards answers dashboards and their tiles.
type Dashboards struct{ p *Program }

// Dashboard returns the tiles, to be drawn before their numbers are there.
func (d *Dashboards) Dashboard(id string) (DashboardView, error) {
	d.p.await()
	return guard(d.p.Log, "Dashboards.Dashboard", func() (DashboardView, error) {
		return d.p.dashboardView(d.p.ctx, id)
	})
}

// Data answers every tile over one generation of the data.
func (d *Dashboards) Data(id string) (DashboardData, error) {
	d.p.await()
	return guard(d.p.Log, "Dashboards.Data", func() (DashboardData, error) {
		doc, board, err := d.p.dashboard(d.p.ctx, id)
		if err != nil {
			return DashboardData{}, err
		}
		engine, err := d.p.open(d.p.ctx, doc.DatasetID)
		if err != nil {
			return DashboardData{}, err
		}
		return answerTiles(d.p.ctx, engine, board)
	})
}

// TileCSV writes what one tile shows as CSV.
func (d *Dashboards) TileCSV(id, tileID string) (CSVFile, error) {
	d.p.await()
	return guard(d.p.Log, "Dashboards.TileCSV", func() (CSVFile, error) {
		doc, board, err := d.p.dashboard(d.p.ctx, id)
		if err != nil {
			return CSVFile{}, err
		}
		engine, err := d.p.open(d.p.ctx, doc.DatasetID)
		if err != nil {
			return CSVFile{}, err
		}
		for _, t := range board.Tiles {
			if t.ID == tileID {
				now, _ := currentSprint(d.p.ctx, engine, "")
				r, err := engine.Answer(d.p.ctx, now.onSprint(t.Visual.Query))
				return writeCSV(t.Visual.Title, &r), err
			}
		}
		return CSVFile{}, fault.New(fault.NotFound, "desktop.TileCSV", "The dashboard "+doc.Name+" has no such tile any more.", "Open the dashboard again.")
	})
}

func (p *Program) dashboardView(ctx context.Context, id string) (DashboardView, error) {
	doc, board, err := p.dashboard(ctx, id)
	if err != nil {
		return DashboardView{}, err
	}
	view, err := p.datasetView(ctx, doc.DatasetID)
	return DashboardView{ID: doc.ID, Name: doc.Name, Dataset: view, Revision: board.Revision, Tiles: board.Tiles, Narrow: board.Narrow}, err
}

func (p *Program) dashboard(ctx context.Context, id string) (workspace.Document, report.Dashboard, error) {
	doc, err := p.Workspace.Document(ctx, id)
	if err != nil {
		return doc, report.Dashboard{}, err
	}
	if doc.Kind != workspace.DashboardDocument {
		return doc, report.Dashboard{}, fault.New(fault.NotFound, "desktop.dashboard", "There is no such dashboard.", "Choose one at the left.")
	}
	board, err := report.DecodeDashboard(doc.Body)
	return doc, board, err
}

func answerTiles(ctx context.Context, engine dataset.Engine, board report.Dashboard) (DashboardData, error) {
	var b batch
	now, _ := currentSprint(ctx, engine, "")
	out := DashboardData{Tiles: make([]VisualData, len(board.Tiles))}
	texts := make([]string, len(board.Tiles))
	for i := range board.Tiles {
		texts[i] = board.Tiles[i].Visual.Subtitle
	}
	now.askUnit(&b, texts...)
	for i := range board.Tiles {
		t, d := &board.Tiles[i], &out.Tiles[i]
		d.ID, d.Subtitle = t.ID, t.Visual.Subtitle
		b.ask(now.onSprint(t.Visual.Query), func(r *dataset.Result, err error) { d.Result, d.Fault = r, reportOf(err) })
		if sq := report.CompileSpark(&report.Page{}, &t.Visual, report.PageState{}); sq != nil {
			b.ask(now.onSprint(*sq), func(r *dataset.Result, err error) { d.Spark = r })
		}
	}
	if err := b.run(ctx, engine); err != nil {
		return DashboardData{}, err
	}
	for i := range out.Tiles {
		if r := out.Tiles[i].Result; r != nil {
			out.Generation = r.Generation
			out.Tiles[i].Subtitle = now.fillSubtitle(out.Tiles[i].Subtitle, r)
		}
	}
	return out, nil
}
