package desktop

import (
	"context"
	"slices"

	"sightline/backend/dataset"
	"sightline/backend/fault"
	"sightline/backend/report"
)

// drawn is what one tile draws: a page of a report, cut down to one visual unless the tile is the whole page.
type drawn struct {
	datasetID string
	page      *report.Page
	visual    *report.Visual // nil for a whole page
	state     report.PageState
	err       error // what it followed is gone
}

// drawnBy finds out what a tile draws. A dashboard may hold tiles of several datasets; a detached tile is one of the
// dashboard's own.
func (p *Program) drawnBy(ctx context.Context, datasetID string, t *report.Tile) drawn {
	if t.Source == nil {
		v := t.Visual
		return drawn{datasetID: datasetID, page: &report.Page{Visuals: []report.Visual{v}}, visual: &v}
	}
	doc, rep, err := p.report(ctx, t.Source.ReportID)
	if err != nil {
		return drawn{err: gone(err, "The report of this tile was deleted.")}
	}
	page := rep.Page(t.Source.PageID)
	if page == nil {
		return drawn{err: gone(nil, "The page of this tile is not in the report "+doc.Name+" any more.")}
	}
	d := drawn{datasetID: doc.DatasetID, page: page, state: t.State}
	if t.Source.VisualID == "" {
		return d
	}
	if d.visual = page.Visual(t.Source.VisualID); d.visual == nil {
		return drawn{err: gone(nil, "The visual of this tile is not on the page "+page.Name+" any more.")}
	}
	page.Visuals = []report.Visual{*d.visual}
	d.visual = &page.Visuals[0]
	return d
}

// gone is the refusal of a tile whose source is not there any more; anything else is told as it is.
func gone(err error, sentence string) error {
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return fault.New(fault.NotFound, "desktop.drawnBy", sentence, "Delete the tile, or pin another one.")
}

// tileViews are the tiles to be drawn, with the visuals and pages as their reports have them now.
func (p *Program) tileViews(ctx context.Context, datasetID string, tiles []report.Tile) []TileView {
	out := make([]TileView, len(tiles))
	for i := range tiles {
		t := &tiles[i]
		v := TileView{ID: t.ID, Place: t.Place, Source: t.Source, Visual: t.Visual, State: t.State, PageID: t.PageID,
			Title: t.Title, Subtitle: t.Subtitle, Refreshed: t.Refreshed, DatasetID: datasetID}
		d := p.drawnBy(ctx, datasetID, t)
		switch {
		case d.err != nil:
			v.Missing = fault.ReportOf(d.err).Message
		case d.visual == nil:
			v.Page, v.DatasetID = d.page, d.datasetID
		default:
			v.Visual, v.DatasetID = *d.visual, d.datasetID
		}
		out[i] = v
	}
	return out
}

// answerTiles answers every tile. Tiles of one dataset are answered over one generation as long as no refresh
// commits in between; a tile that cannot be answered says so itself.
func (p *Program) answerTiles(ctx context.Context, datasetID string, board *report.Dashboard) (DashboardData, error) {
	out := DashboardData{Tiles: make([]VisualData, len(board.Tiles)), Pages: map[string]PageData{}}
	for i := range board.Tiles {
		t, v := &board.Tiles[i], &out.Tiles[i]
		d := p.drawnBy(ctx, datasetID, t)
		if d.err != nil {
			*v = VisualData{ID: t.ID, Fault: reportOf(d.err)}
			continue
		}
		if d.visual != nil && (d.visual.Type == report.Text || d.visual.Type == report.Image) {
			*v = VisualData{ID: t.ID}
			continue
		}
		data, err := p.answerDrawn(ctx, &d)
		if ctx.Err() != nil {
			return DashboardData{}, ctx.Err()
		}
		switch {
		case err != nil:
			*v = VisualData{Fault: reportOf(err)}
		case d.visual == nil:
			out.Pages[t.ID] = data
		default:
			*v = data.Visuals[0]
		}
		v.ID = t.ID
		out.Generation = max(out.Generation, data.Generation)
	}
	return out, nil
}

func (p *Program) answerDrawn(ctx context.Context, d *drawn) (PageData, error) {
	var engine dataset.Engine
	engine, err := p.open(ctx, d.datasetID)
	if err != nil {
		return PageData{}, err
	}
	return answerPage(ctx, engine, d.page, d.state)
}

// stored are the tiles as they are kept: what a tile follows is its report's, not the dashboard's.
func stored(tiles []report.Tile) []report.Tile {
	tiles = slices.Clone(tiles)
	for i := range tiles {
		if tiles[i].Source != nil {
			tiles[i].Visual = report.Visual{}
		}
	}
	return tiles
}
