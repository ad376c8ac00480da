package desktop

import (
	"context"
	"slices"

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
		return d.p.answerTiles(d.p.ctx, doc.DatasetID, &board)
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
		board.Tiles = slices.DeleteFunc(board.Tiles, func(t report.Tile) bool { return t.ID != tileID })
		data, err := d.p.answerTiles(d.p.ctx, doc.DatasetID, &board)
		if err != nil {
			return CSVFile{}, err
		}
		if len(data.Tiles) == 0 || data.Tiles[0].Result == nil {
			return CSVFile{}, fault.New(fault.NotFound, "desktop.TileCSV", "The dashboard "+doc.Name+" has no such tile with numbers any more.", "Open the dashboard again.")
		}
		tiles := d.p.tileViews(d.p.ctx, doc.DatasetID, board.Tiles)
		return writeCSV(tiles[0].Visual.Title, data.Tiles[0].Result), nil
	})
}

func (p *Program) dashboardView(ctx context.Context, id string) (DashboardView, error) {
	doc, board, err := p.dashboard(ctx, id)
	if err != nil {
		return DashboardView{}, err
	}
	view, err := p.datasetView(ctx, doc.DatasetID)
	return DashboardView{ID: doc.ID, Name: doc.Name, Dataset: view, Revision: board.Revision, Tiles: p.tileViews(ctx, doc.DatasetID, board.Tiles), Narrow: append([]string{}, board.Narrow...)}, err
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
