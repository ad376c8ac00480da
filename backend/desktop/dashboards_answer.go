package desktop

import (
	"context"
	"slices"

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

// answerTiles answers every tile. All tiles of one dataset are one batch over one generation; a tile that cannot be
// answered says so itself.
func (p *Program) answerTiles(ctx context.Context, datasetID string, board *report.Dashboard) (DashboardData, error) {
	out := DashboardData{Tiles: make([]VisualData, len(board.Tiles)), Pages: map[string]PageData{}}
	batches := map[string]*tileBatch{}
	for i := range board.Tiles {
		t, v := &board.Tiles[i], &out.Tiles[i]
		v.ID = t.ID
		d := p.drawnBy(ctx, datasetID, t)
		if d.err != nil {
			v.Fault = reportOf(d.err)
			continue
		}
		if d.visual != nil && (d.visual.Type == report.Text || d.visual.Type == report.Image) {
			continue
		}
		of := batches[d.datasetID]
		if of == nil {
			of = &tileBatch{}
			of.engine, of.err = p.open(ctx, d.datasetID)
			batches[d.datasetID] = of
		}
		if of.err != nil {
			v.Fault = reportOf(of.err)
			continue
		}
		of.tiles = append(of.tiles, askedTile{at: i, whole: d.visual == nil, page: askPage(ctx, of.engine, d.page, d.state, &of.batch)})
	}
	for _, of := range batches {
		if of.err != nil {
			continue
		}
		if err := of.run(ctx, of.engine); err != nil {
			return DashboardData{}, err
		}
		for _, t := range of.tiles {
			out.take(t)
		}
	}
	return out, ctx.Err()
}

// tileBatch is what the tiles of one dataset ask of it.
type tileBatch struct {
	batch
	engine OpenedDataset
	err    error // the dataset cannot be opened
	tiles  []askedTile
}

// askedTile is a tile whose questions are in a batch.
type askedTile struct {
	at    int // in the dashboard
	whole bool
	page  *askedPage
}

func (out *DashboardData) take(t askedTile) {
	data, v := t.page.answer(), &out.Tiles[t.at]
	id := v.ID
	if t.whole {
		out.Pages[id] = data
	} else {
		*v = data.Visuals[0]
		v.ID = id
	}
	out.Generation = max(out.Generation, data.Generation)
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
