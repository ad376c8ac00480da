package main

import (
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/report"
	"sightline/backend/sampleorg"
	"sightline/backend/workspace"
)

// board opens a loaded dataset with its report and dashboard.
func board(t *testing.T) (p *desktop.Program, d desktop.DatasetView) {
	t.Helper()
	dir, id := connected(t, sample(t), "--load", "workItems", "--project", "Lumen Web")
	p, _, done := open(t, dir, false)
	t.Cleanup(done)
	return p, answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id))
}

// totals is the total of each tile, or nil.
func totals(t *testing.T, p *desktop.Program, id string) map[string]*float64 {
	t.Helper()
	out := map[string]*float64{}
	for _, v := range answered[desktop.DashboardData](t)(p.Services().Dashboards.Data(id)).Tiles {
		if v.Result != nil && len(v.Result.Total.Values) > 0 {
			out[v.ID] = v.Result.Total.Values[0]
		}
	}
	return out
}

// onPage is the total of a visual as its page shows it.
func onPage(t *testing.T, p *desktop.Program, d desktop.DatasetView, visual string, state report.PageState) float64 {
	t.Helper()
	for _, v := range answered[desktop.PageData](t)(p.Services().Reports.Page(d.ReportID, "open-bug-status", state)).Visuals {
		if v.ID == visual {
			return *v.Result.Total.Values[0]
		}
	}
	t.Fatalf("no visual %s", visual)
	return 0
}

func code(err error) fault.Code {
	return fault.CodeOf(err)
}

func TestAPinnedVisualKeepsWhatWasChosenOnItsPage(t *testing.T) {
	p, d := board(t)
	dashboards := p.Services().Dashboards
	priority := report.PageState{Slicers: map[string][]any{"priority": {2.0}}}
	want, all := onPage(t, p, d, "open", priority), onPage(t, p, d, "open", report.PageState{})
	if want == all || want == 0 {
		t.Fatalf("priority 2 is no part: %v of %v", want, all)
	}
	source := report.TileSource{ReportID: d.ReportID, PageID: "open-bug-status", VisualID: "open"}
	priority.Selection = &report.Selection{Visual: "by-area", Filters: []dataset.Filter{{Field: "Areas[Area]", Values: []any{"Nowhere"}}}}
	for _, detached := range []bool{false, true} {
		pinned := answered[desktop.Pinned](t)(dashboards.Pin(desktop.PinRequest{Source: source, State: priority, Detached: detached, Name: "Mine"}))
		if pinned.Name != "Mine" || pinned.TileID == "" {
			t.Errorf("%+v", pinned)
		}
		if got := totals(t, p, pinned.DashboardID)[pinned.TileID]; got == nil || *got != want {
			t.Errorf("detached %v: the tile says %v, the page %v", detached, got, want)
		}
	}
}

// changeReport changes the stored report as an editor would.
func changeReport(t *testing.T, p *desktop.Program, id string, change func(*report.Report)) {
	t.Helper()
	err := p.Workspace.ChangeDocument(t.Context(), id, func(doc *workspace.Document) bool {
		rep, err := report.DecodeReport(doc.Body)
		if err != nil {
			t.Fatal(err)
		}
		change(&rep)
		doc.Body = encoded(t, rep)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestATileFollowsItsReportUnlessItIsDetached(t *testing.T) {
	p, d := board(t)
	dashboards := p.Services().Dashboards
	pin := func(detached bool, board string) desktop.Pinned {
		return answered[desktop.Pinned](t)(dashboards.Pin(desktop.PinRequest{
			Source: report.TileSource{ReportID: d.ReportID, PageID: "open-bug-status", VisualID: "open"}, Detached: detached, DashboardID: board, Name: "Mine"}))
	}
	follows := pin(false, "")
	stands := pin(true, follows.DashboardID)
	before := totals(t, p, follows.DashboardID)
	changeReport(t, p, d.ReportID, func(r *report.Report) {
		v := r.Page("open-bug-status").Visual("open")
		v.Title, v.Query.Filters = "Critical ones", append(v.Query.Filters, dataset.Filter{Field: "Work items[Priority]", Values: []any{1.0}})
	})
	after := totals(t, p, follows.DashboardID)
	if *after[follows.TileID] == *before[follows.TileID] || *after[stands.TileID] != *before[stands.TileID] {
		t.Errorf("before %v and %v, after %v and %v", *before[follows.TileID], *before[stands.TileID], *after[follows.TileID], *after[stands.TileID])
	}
	view := answered[desktop.DashboardView](t)(dashboards.Dashboard(follows.DashboardID))
	if view.Tiles[0].Visual.Title != "Critical ones" || view.Tiles[1].Visual.Title != "Open bugs" {
		t.Errorf("%q and %q", view.Tiles[0].Visual.Title, view.Tiles[1].Visual.Title)
	}
	if a, b := view.Tiles[0].Place, view.Tiles[1].Place; a.Y+a.H > b.Y {
		t.Errorf("the second tile covers the first: %+v, %+v", a, b)
	}

	changeReport(t, p, d.ReportID, func(r *report.Report) {
		page := r.Page("open-bug-status")
		page.Visuals = page.Visuals[1:]
	})
	view = answered[desktop.DashboardView](t)(dashboards.Dashboard(follows.DashboardID))
	if !strings.Contains(view.Tiles[0].Missing, "not on the page") || view.Tiles[1].Missing != "" {
		t.Errorf("missing: %q and %q", view.Tiles[0].Missing, view.Tiles[1].Missing)
	}
	if got := totals(t, p, follows.DashboardID); got[follows.TileID] != nil || *got[stands.TileID] != *before[stands.TileID] {
		t.Errorf("%v", got)
	}
}

func TestAPageIsPinnedWhole(t *testing.T) {
	p, d := board(t)
	dashboards := p.Services().Dashboards
	pinned := answered[desktop.Pinned](t)(dashboards.Pin(desktop.PinRequest{Source: report.TileSource{ReportID: d.ReportID, PageID: "open-bug-status"}, Name: "Pages"}))
	page := answered[desktop.DashboardData](t)(dashboards.Data(pinned.DashboardID)).Pages[pinned.TileID]
	if len(page.Visuals) != 11 || *page.Visuals[0].Result.Total.Values[0] != onPage(t, p, d, "open", report.PageState{}) {
		t.Errorf("%d visuals", len(page.Visuals))
	}
	view := answered[desktop.DashboardView](t)(dashboards.Dashboard(pinned.DashboardID))
	if view.Tiles[0].Page == nil || view.Tiles[0].Page.Title != "Open Bug Status" || view.Tiles[0].Place.W != report.Columns {
		t.Errorf("%+v", view.Tiles[0])
	}
}

func TestADashboardIsSavedCopiedAndDeleted(t *testing.T) {
	p, d := board(t)
	dashboards := p.Services().Dashboards
	made := answered[desktop.Pinned](t)(dashboards.New(d.ID, " Standup "))
	text := report.Tile{ID: "t", Place: report.Place{W: 2, H: 1}, Visual: report.Visual{ID: "t", Type: report.Text, Text: "**Goal** of the week"}}
	saved := answered[desktop.DashboardView](t)(dashboards.Save(made.DashboardID, report.Dashboard{Tiles: []report.Tile{text}, Narrow: []string{"t"}}))
	if saved.Name != "Standup" || len(saved.Tiles) != 1 || saved.Tiles[0].Visual.Text != text.Visual.Text || saved.Revision != 1 || !reflect.DeepEqual(saved.Narrow, []string{"t"}) {
		t.Errorf("%+v", saved)
	}
	if _, err := dashboards.Save(made.DashboardID, report.Dashboard{}); code(err) != fault.Conflict {
		t.Errorf("an older state was taken: %v", err)
	}
	copied := answered[desktop.Pinned](t)(dashboards.Duplicate(made.DashboardID))
	if copied.Name != "Copy of Standup" || copied.DashboardID == made.DashboardID {
		t.Errorf("%+v", copied)
	}
	if err := dashboards.Delete(made.DashboardID); err != nil {
		t.Fatal(err)
	}
	if _, err := dashboards.Dashboard(made.DashboardID); code(err) != fault.NotFound {
		t.Errorf("it is still there: %v", err)
	}
	if v := answered[desktop.DashboardView](t)(dashboards.Dashboard(copied.DashboardID)); len(v.Tiles) != 1 || v.Tiles[0].Visual.Text != text.Visual.Text {
		t.Errorf("the copy: %+v", v.Tiles)
	}
	var names []string
	for _, n := range answered[desktop.ShellView](t)(p.Services().Shell.State()).Dashboards {
		names = append(names, n.Name)
	}
	if got := strings.Join(names, ", "); got != "Tools, Copy of Standup" {
		t.Errorf("the navigation lists %s", got)
	}
	if err := dashboards.Delete(d.ReportID); code(err) != fault.NotFound {
		t.Errorf("a report was deleted as a dashboard: %v", err)
	}
}

func TestADashboardTakesNothingThatCannotBeShown(t *testing.T) {
	p, d := board(t)
	dashboards := p.Services().Dashboards
	made := answered[desktop.Pinned](t)(dashboards.New(d.ID, "Mine"))
	picture := func(kind string, bytes string) report.Visual {
		return report.Visual{ID: "i", Type: report.Image, Text: "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString([]byte(bytes))}
	}
	card := report.Visual{ID: "c", Type: report.Card, Query: dataset.Query{Values: []dataset.Value{{Measure: "Open bugs"}}}}
	one := report.Place{W: 1, H: 1}
	for _, c := range []struct {
		name  string
		tiles []report.Tile
		taken bool
	}{
		{"a card", []report.Tile{{ID: "a", Place: one, Visual: card}}, true},
		{"a PNG", []report.Tile{{ID: "a", Place: one, Visual: picture("image/png", "\x89PNG\r\n\x1a\n....")}}, true},
		{"a WebP", []report.Tile{{ID: "a", Place: one, Visual: picture("image/webp", "RIFF\x00\x00\x00\x00WEBPVP8 ")}}, true},
		{"an SVG, which can hold scripts", []report.Tile{{ID: "a", Place: one, Visual: picture("image/svg+xml", "<svg/>")}}, false},
		{"a page that calls itself a picture", []report.Tile{{ID: "a", Place: one, Visual: picture("image/png", "<html>")}}, false},
		{"an address", []report.Tile{{ID: "a", Place: one, Visual: report.Visual{ID: "i", Type: report.Image, Text: "https://example.org/a.png"}}}, false},
		{"a picture of 3 MB", []report.Tile{{ID: "a", Place: one, Visual: picture("image/gif", "GIF89a"+strings.Repeat("x", 3<<20))}}, false},
		{"six columns", []report.Tile{{ID: "a", Place: report.Place{X: 3, W: 3, H: 1}, Visual: card}}, false},
		{"no rows", []report.Tile{{ID: "a", Place: report.Place{W: 1}, Visual: card}}, false},
		{"one id twice", []report.Tile{{ID: "a", Place: one, Visual: card}, {ID: "a", Place: one, Visual: card}}, false},
		{"nothing in it", []report.Tile{{ID: "a", Place: one}}, false},
		{"a source without a page", []report.Tile{{ID: "a", Place: one, Source: &report.TileSource{ReportID: d.ReportID}}}, false},
	} {
		now := answered[desktop.DashboardView](t)(dashboards.Dashboard(made.DashboardID))
		_, err := dashboards.Save(made.DashboardID, report.Dashboard{Revision: now.Revision, Tiles: c.tiles})
		if taken := err == nil; taken != c.taken || err != nil && code(err) != fault.Invalid {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for _, name := range []string{"", "  ", strings.Repeat("n", 121)} {
		if _, err := dashboards.New(d.ID, name); code(err) != fault.Invalid {
			t.Errorf("the name %q: %v", name, err)
		}
	}
}

// A dashboard that the first version stored: its tiles are detached, and it is written in the new version by the first change.
func TestADashboardOfTheFirstVersionIsRead(t *testing.T) {
	p, d := board(t)
	const stored = `{"version":1,"name":"Tools","tiles":[{"id":"bugs","place":{"x":0,"y":0,"w":1,"h":1},"pageId":"open-bug-status",
		"visual":{"id":"bugs","type":"card","title":"Active bugs","place":{"x":0,"y":0,"w":1,"h":1},"query":{"values":["Open bugs"]},"options":{}}}]}`
	err := p.Workspace.ChangeDocument(t.Context(), d.DashboardID, func(doc *workspace.Document) bool { doc.Body = []byte(stored); return true })
	if err != nil {
		t.Fatal(err)
	}
	if got, want := totals(t, p, d.DashboardID)["bugs"], onPage(t, p, d, "open", report.PageState{}); got == nil || *got != want {
		t.Errorf("%v, want %v", got, want)
	}
	source := report.TileSource{ReportID: d.ReportID, PageID: "open-bug-status", VisualID: "by-area"}
	answered[desktop.Pinned](t)(p.Services().Dashboards.Pin(desktop.PinRequest{Source: source, DashboardID: d.DashboardID}))
	doc, err := p.Workspace.Document(t.Context(), d.DashboardID)
	if err != nil || !strings.Contains(string(doc.Body), `"version":2`) || !strings.Contains(string(doc.Body), `"Active bugs"`) {
		t.Errorf("%s, %v", doc.Body, err)
	}
}

func encoded(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestTheTilesOfADatasetAreOfOneGeneration asks for a dashboard again and again while refreshes bring new days.
func TestTheTilesOfADatasetAreOfOneGeneration(t *testing.T) {
	a := serveSample(t)
	dir, id := connected(t, sampleorg.Announcement{OrganizationURL: a.OrganizationURL, PersonalAccessToken: a.PersonalAccessToken}, "--load", "workItems", "--project", "Lumen Web")
	p, _, done := open(t, dir, false)
	t.Cleanup(done)
	d := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id))
	refreshing := make(chan struct{})
	go func() {
		defer close(refreshing)
		for range 2 {
			runVerb(t.Context(), strings.NewReader(a.ControlToken+"\n"), "sample", "advance", "--url", a.OrganizationURL, "--token-stdin", "--days", "1")
			if _, err := p.Refresh(t.Context(), id, func(desktop.ProgressView) {}); err != nil {
				t.Error(err)
			}
		}
	}()
	t.Cleanup(func() { <-refreshing })
	seen := map[int64]bool{}
	for last := false; !last; {
		select {
		case <-refreshing:
			last = true
		default:
		}
		data := answered[desktop.DashboardData](t)(p.Services().Dashboards.Data(d.DashboardID))
		answers := 0
		for _, v := range data.Tiles {
			if v.Result == nil {
				continue
			}
			answers++
			if v.Result.Generation != data.Generation {
				t.Fatalf("tile %s is of generation %d, the dashboard of %d", v.ID, v.Result.Generation, data.Generation)
			}
		}
		if answers < 5 {
			t.Fatalf("%d tiles have an answer", answers)
		}
		seen[data.Generation] = true
	}
	if len(seen) < 2 {
		t.Errorf("only the generations %v were seen: nothing was refreshed meanwhile", seen)
	}
}
