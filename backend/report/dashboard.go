package report

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"sightline/backend/fault"
)

// DashboardVersion is the version of the dashboards this package writes. It reads every older one: version 1 had
// detached tiles only.
const DashboardVersion = 2

// Dashboard is a grid of 5 columns of tiles.
type Dashboard struct {
	Version int `json:"version"`
	// Revision grows by one with each change, so that one who changed an older state is told.
	Revision int    `json:"revision,omitempty"`
	Name     string `json:"name"`
	Tiles    []Tile `json:"tiles"`
	// Narrow is the order of the tiles, by id, in a window narrower than 900 pixels; tiles that it does not name come
	// last, from the top left to the bottom right.
	Narrow []string `json:"narrow,omitempty"`
}

// Tile shows a visual or a page without interaction, or a text or a picture. A click opens its page.
type Tile struct {
	ID    string `json:"id"`
	Place Place  `json:"place"`
	// Source is what the tile follows: it is drawn as its report has it now. Without one the tile is detached and
	// draws Visual, which is also a text or a picture.
	Source *TileSource `json:"source,omitempty"`
	Visual Visual      `json:"visual"`
	// State are the slicers, filters, drill and as-of day with which it was pinned.
	State PageState `json:"state,omitzero"`
	// PageID is the page that a click opens, of Source.ReportID or of the report of the dashboard's dataset.
	PageID string `json:"pageId,omitempty"`
	// Title and Subtitle stand in the place of the visual's own.
	Title    string `json:"title,omitempty"`
	Subtitle string `json:"subtitle,omitempty"`
	// Refreshed shows when its data was refreshed.
	Refreshed bool `json:"refreshed,omitempty"`
}

// TileSource names a visual of a report, or with an empty VisualID the whole page.
type TileSource struct {
	ReportID string `json:"reportId"`
	PageID   string `json:"pageId"`
	VisualID string `json:"visualId,omitempty"`
}

// Detach copies a visual with what its page, its slicers and its cards keep, so that it can stand by itself.
func Detach(p *Page, v *Visual, s PageState) Visual {
	own := *v
	s.Selection = nil
	own.Query, _ = Compile(p, v, s)
	own.Spark = CompileSpark(p, v, s)
	own.Cards, own.Levels, own.Tooltips, own.Interactions = nil, nil, nil, nil
	own.Place = Place{}
	return own
}

// The limits of a dashboard.
const (
	Columns         = 5
	mostTiles       = 100
	mostTileHeight  = 5
	mostRows        = 500
	mostPicture     = 2 << 20 // bytes, before base64
	longestTileText = 10_000
)

// CheckDashboard says what is wrong with a dashboard that somebody made. Fault: Invalid.
func CheckDashboard(d *Dashboard) error {
	if len(d.Tiles) > mostTiles {
		return invalid("A dashboard has at most %d tiles.", mostTiles)
	}
	ids := map[string]bool{}
	for i := range d.Tiles {
		t := &d.Tiles[i]
		if t.ID == "" || ids[t.ID] {
			return invalid("Each tile of a dashboard has an id of its own; tile %d has not.", i+1)
		}
		ids[t.ID] = true
		if err := checkTile(t); err != nil {
			return err
		}
	}
	if !slices.ContainsFunc(d.Narrow, func(id string) bool { return !ids[id] }) {
		return nil
	}
	return invalid("The order for narrow windows names a tile that is not there.")
}

func checkTile(t *Tile) error {
	p := t.Place
	if p.W < 1 || p.H < 1 || p.W > Columns || p.H > mostTileHeight || p.X < 0 || p.Y < 0 || p.X+p.W > Columns || p.Y+p.H > mostRows {
		return invalid("A tile has between 1 and %d columns and rows, within the grid.", Columns)
	}
	switch {
	case t.Source != nil:
		if t.Source.ReportID == "" || t.Source.PageID == "" {
			return invalid("A tile that follows a report names the report and the page.")
		}
	case t.Visual.Type == Image:
		return checkPicture(t.Visual.Text)
	case t.Visual.Type == "":
		return invalid("A tile shows a visual, a text or a picture.")
	}
	if len(t.Title) > 200 || len(t.Subtitle) > 200 || len(t.Visual.Text) > longestTileText {
		return invalid("The text of a tile is too long.")
	}
	return nil
}

// checkPicture takes pictures that are in the document itself: nothing is ever fetched for a tile, and SVG, which can
// hold scripts and addresses, is none of them.
func checkPicture(text string) error {
	kind, data, ok := strings.Cut(strings.TrimPrefix(text, "data:"), ";base64,")
	if !ok || !slices.Contains([]string{"image/png", "image/jpeg", "image/gif", "image/webp"}, kind) {
		return invalid("A picture is a PNG, JPEG, GIF or WebP file.")
	}
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil || !isPicture(kind, raw) {
		return invalid("This file is no picture that can be shown.")
	}
	if len(raw) > mostPicture {
		return invalid("A picture has at most %d MB.", mostPicture>>20)
	}
	return nil
}

// isPicture reports whether the first bytes are those of the kind.
func isPicture(kind string, raw []byte) bool {
	head := map[string]string{"image/png": "\x89PNG\r\n\x1a\n", "image/jpeg": "\xff\xd8\xff", "image/gif": "GIF8", "image/webp": "RIFF"}[kind]
	return strings.HasPrefix(string(raw), head) && (kind != "image/webp" || len(raw) > 12 && string(raw[8:12]) == "WEBP")
}

func invalid(text string, about ...any) error {
	return fault.New(fault.Invalid, "report.CheckDashboard", fmt.Sprintf(text, about...), "Change it and try again.")
}
