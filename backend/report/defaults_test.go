package report_test

import (
	"encoding/json"
	"slices"
	"testing"

	"sightline/backend/report"
)

func TestAStoredReportOfVersionOneGetsTheOtherPages(t *testing.T) {
	stored := `{"version":1,"name":"corpx","pages":[
		{"id":"open-bug-status","name":"Open Bug Status","title":"Open Bug Status","slicers":[],"visuals":[]},
		{"id":"mine","name":"Mine","title":"Mine","slicers":[],"visuals":[]}],
		"measures":[{"name":"Rate","expression":"[Bugs closed] / [Bugs created]"}]}`
	rep, err := report.DecodeReport([]byte(stored))
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := report.DefaultReport("corpx")
	if err != nil {
		t.Fatal(err)
	}
	if rep.Version != report.Version || rep.Name != "corpx" || len(rep.Measures) != 1 || len(rep.Pages) != len(fresh.Pages)+1 {
		t.Fatalf("version %d, %d pages, %d measures", rep.Version, len(rep.Pages), len(rep.Measures))
	}
	if rep.Pages[len(rep.Pages)-1].ID != "mine" || len(rep.Pages[0].Visuals) == 0 {
		t.Errorf("the last page is %s, the first has %d visuals", rep.Pages[len(rep.Pages)-1].ID, len(rep.Pages[0].Visuals))
	}
	b, err := json.Marshal(rep)
	if err != nil {
		t.Fatal(err)
	}
	again, err := report.DecodeReport(b)
	if err != nil || len(again.Pages) != len(rep.Pages) {
		t.Errorf("read once more: %d pages, %v", len(again.Pages), err)
	}
}

func TestDefaultPagesBeginWithCardsAndDrillFromWhatTheyShow(t *testing.T) {
	rep, err := report.DefaultReport("n")
	if err != nil {
		t.Fatal(err)
	}
	pages, slicers := map[string]bool{}, 0
	for _, p := range rep.Pages {
		if pages[p.ID] || pages[p.Name] {
			t.Errorf("two pages have the id or name of %s", p.ID)
		}
		pages[p.ID], pages[p.Name] = true, true
		if p.Noun == "" || p.Count == "" {
			t.Errorf("%s does not say what it counts", p.ID)
		}
		for _, v := range p.Visuals {
			if card := v.Type == report.Card; card != (v.Place.Y == 0) {
				t.Errorf("%s/%s: the first row holds the cards, and only them", p.ID, v.ID)
			}
			if len(v.Levels) > 0 && (len(v.Levels) < 2 || len(v.Query.Rows) == 0 || v.Levels[0] != v.Query.Rows[0]) {
				t.Errorf("%s/%s: shows %v, its levels are %v", p.ID, v.ID, v.Query.Rows, v.Levels)
			}
			if v.Type != report.Card && v.Subtitle == "" && !slices.Contains([]string{"by-severity", "by-priority", "by-repository", "by-project"}, v.ID) {
				t.Errorf("%s/%s says neither unit nor grain", p.ID, v.ID)
			}
		}
		slicers += len(p.Slicers)
	}
	if slicers < len(rep.Pages)*3 {
		t.Errorf("%d slicers on %d pages", slicers, len(rep.Pages))
	}
}
