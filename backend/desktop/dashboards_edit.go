package desktop

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"sightline/backend/fault"
	"sightline/backend/report"
	"sightline/backend/workspace"
)

// PinRequest pins a visual of a report, or with an empty VisualID a whole page.
type PinRequest struct {
	Source report.TileSource `json:"source"`
	State  report.PageState  `json:"state"` // as it is on the screen now
	// Detached keeps the visual as it is now; otherwise the tile follows the report.
	Detached bool `json:"detached"`
	// DashboardID is where it goes; "" makes a new dashboard called Name.
	DashboardID string `json:"dashboardId"`
	Name        string `json:"name"`
}

// Pinned says where a tile went.
type Pinned struct {
	DashboardID string `json:"dashboardId"`
	Name        string `json:"name"` // of the dashboard
	TileID      string `json:"tileId"`
}

// Save stores a dashboard that was changed on the screen. Fault Conflict when it was changed elsewhere since the
// revision that board carries, Invalid for what no dashboard can be.
func (d *Dashboards) Save(id string, board report.Dashboard) (DashboardView, error) {
	d.p.await()
	return guard(d.p.Log, "Dashboards.Save", func() (DashboardView, error) {
		if err := report.CheckDashboard(&board); err != nil {
			return DashboardView{}, err
		}
		err := d.p.changeDashboard(d.p.ctx, id, func(now *report.Dashboard) error {
			if now.Revision != board.Revision {
				return fault.New(fault.Conflict, "desktop.Save", "This dashboard was changed in another window.", "It is shown as it is now; make your change again.")
			}
			now.Tiles, now.Narrow = stored(board.Tiles), board.Narrow
			return nil
		})
		if err != nil {
			return DashboardView{}, err
		}
		return d.p.dashboardView(d.p.ctx, id)
	})
}

// Pin puts a visual or a page of a report on a dashboard, below what is there.
func (d *Dashboards) Pin(request PinRequest) (Pinned, error) {
	d.p.await()
	return guard(d.p.Log, "Dashboards.Pin", func() (Pinned, error) { return d.p.pin(d.p.ctx, &request) })
}

// New makes an empty dashboard over a dataset.
func (d *Dashboards) New(datasetID, name string) (Pinned, error) {
	d.p.await()
	return guard(d.p.Log, "Dashboards.New", func() (Pinned, error) {
		return d.p.newDashboard(d.p.ctx, datasetID, &report.Dashboard{Name: name, Tiles: []report.Tile{}})
	})
}

// Duplicate copies a dashboard; both follow the same reports.
func (d *Dashboards) Duplicate(id string) (Pinned, error) {
	d.p.await()
	return guard(d.p.Log, "Dashboards.Duplicate", func() (Pinned, error) {
		doc, board, err := d.p.dashboard(d.p.ctx, id)
		if err != nil {
			return Pinned{}, err
		}
		board.Name, board.Revision = "Copy of "+doc.Name, 0
		return d.p.newDashboard(d.p.ctx, doc.DatasetID, &board)
	})
}

// Delete removes a dashboard; its dataset and reports stay.
func (d *Dashboards) Delete(id string) error {
	d.p.await()
	return guardDo(d.p.Log, "Dashboards.Delete", func() error {
		if _, _, err := d.p.dashboard(d.p.ctx, id); err != nil {
			return err
		}
		if err := d.p.Workspace.DeleteDocument(d.p.ctx, id); err != nil {
			return err
		}
		d.p.emit("workspace:changed", nil)
		return nil
	})
}

func (p *Program) pin(ctx context.Context, request *PinRequest) (Pinned, error) {
	doc, rep, err := p.report(ctx, request.Source.ReportID)
	if err != nil {
		return Pinned{}, err
	}
	tile, err := pinnedTile(&rep, request)
	if err != nil {
		return Pinned{}, err
	}
	if request.DashboardID == "" {
		return p.newDashboard(ctx, doc.DatasetID, &report.Dashboard{Name: request.Name, Tiles: []report.Tile{tile}})
	}
	err = p.changeDashboard(ctx, request.DashboardID, func(board *report.Dashboard) error {
		for _, t := range board.Tiles {
			tile.Place.Y = max(tile.Place.Y, t.Place.Y+t.Place.H)
		}
		board.Tiles = append(board.Tiles, tile)
		return report.CheckDashboard(board)
	})
	if err != nil {
		return Pinned{}, err
	}
	board, err := p.Workspace.Document(ctx, request.DashboardID)
	return Pinned{DashboardID: request.DashboardID, Name: board.Name, TileID: tile.ID}, err
}

// pinnedTile makes the tile of a request: a page takes the whole width, a card one place, all else two by two.
func pinnedTile(rep *report.Report, request *PinRequest) (report.Tile, error) {
	page := rep.Page(request.Source.PageID)
	if page == nil {
		return report.Tile{}, fault.New(fault.NotFound, "desktop.Pin", "The report has no such page any more.", "Open the report again.")
	}
	source := request.Source
	tile := report.Tile{ID: newID(), PageID: page.ID, State: request.State, Place: report.Place{W: report.Columns, H: 3}}
	tile.State.Selection = nil // what was picked on the page is no part of what is pinned
	if source.VisualID == "" {
		tile.Source = &source
		return tile, nil
	}
	visual := page.Visual(source.VisualID)
	if visual == nil {
		return report.Tile{}, fault.New(fault.NotFound, "desktop.Pin", "The page "+page.Name+" has no such visual any more.", "Open the page again.")
	}
	tile.Place.W, tile.Place.H = 2, 2
	if visual.Type == report.Card {
		tile.Place.W, tile.Place.H = 1, 1
	}
	if !request.Detached {
		tile.Source = &source
		return tile, nil
	}
	tile.Visual = report.Detach(page, visual, tile.State)
	tile.State = report.PageState{}
	return tile, nil
}

func (p *Program) newDashboard(ctx context.Context, datasetID string, board *report.Dashboard) (Pinned, error) {
	name := strings.TrimSpace(board.Name)
	if name == "" || len([]rune(name)) > 120 {
		return Pinned{}, fault.New(fault.Invalid, "desktop.newDashboard", "A name has between 1 and 120 characters.", "Type another name.")
	}
	if _, err := p.Workspace.Dataset(ctx, datasetID); err != nil {
		return Pinned{}, err
	}
	docs, err := p.Workspace.Documents(ctx)
	if err != nil {
		return Pinned{}, err
	}
	board.Version, board.Name = report.DashboardVersion, name
	body, err := json.Marshal(board)
	if err != nil {
		return Pinned{}, fault.Wrap("desktop.newDashboard", err)
	}
	doc := workspace.Document{ID: newID(), Kind: workspace.DashboardDocument, DatasetID: datasetID, Name: name, Body: body, Changed: p.Clock()}
	for _, other := range docs {
		doc.Position = max(doc.Position, other.Position+1)
	}
	if err := p.Workspace.PutDocument(ctx, doc); err != nil {
		return Pinned{}, err
	}
	p.emit("workspace:changed", nil)
	made := Pinned{DashboardID: doc.ID, Name: name}
	if len(board.Tiles) == 1 {
		made.TileID = board.Tiles[0].ID
	}
	return made, nil
}

// changeDashboard reads a dashboard, lets change alter it and stores it with the next revision, in one transaction.
func (p *Program) changeDashboard(ctx context.Context, id string, change func(*report.Dashboard) error) error {
	var refused error
	err := p.Workspace.ChangeDocument(ctx, id, func(doc *workspace.Document) bool {
		refused = alterDashboard(doc, p.Clock(), change)
		return refused == nil
	})
	if err == nil {
		err = refused
	}
	if err == nil {
		p.emit("workspace:changed", nil)
	}
	return err
}

func alterDashboard(doc *workspace.Document, now time.Time, change func(*report.Dashboard) error) error {
	if doc.Kind != workspace.DashboardDocument {
		return fault.New(fault.NotFound, "desktop.changeDashboard", "There is no such dashboard.", "Choose one at the left.")
	}
	board, err := report.DecodeDashboard(doc.Body)
	if err != nil {
		return err
	}
	if err := change(&board); err != nil {
		return err
	}
	board.Version = report.DashboardVersion
	board.Revision++
	body, err := json.Marshal(board)
	if err != nil {
		return fault.Wrap("desktop.changeDashboard", err)
	}
	doc.Body, doc.Changed = body, now
	return nil
}
