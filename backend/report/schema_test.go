package report_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/fault"
	"sightline/backend/report"
)

// TestTheSchemaKnowsEveryMemberOfTheDocuments compares the schema with the structs whose JSON it describes: a member
// that one of them lacks would be refused, or never looked at.
func TestTheSchemaKnowsEveryMemberOfTheDocuments(t *testing.T) {
	var schema struct {
		Defs map[string]struct {
			Properties map[string]any `json:"properties"`
			AnyOf      []struct {
				Properties map[string]any `json:"properties"`
			} `json:"anyOf"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(report.Schema, &schema); err != nil {
		t.Fatal(err)
	}
	for name, doc := range map[string]any{"report": report.Report{}, "page": report.Page{}, "when": report.When{}, "slicer": report.Slicer{},
		"card": report.FilterCard{}, "visual": report.Visual{}, "options": report.Options{}, "line": report.ReferenceLine{},
		"place": report.Place{}, "dashboard": report.Dashboard{}, "tile": report.Tile{}, "source": report.TileSource{},
		"state": report.PageState{}, "query": dataset.Query{}, "group": dataset.Group{}, "value": dataset.Value{},
		"filter": dataset.Filter{}, "sort": dataset.Sort{}, "definition": dataset.Definition{}} {
		t.Run(name, func(t *testing.T) {
			def := schema.Defs[name]
			described := def.Properties
			for _, form := range def.AnyOf {
				if form.Properties != nil {
					described = form.Properties
				}
			}
			var want, got []string
			for member := range described {
				got = append(got, member)
			}
			typ := reflect.TypeOf(doc)
			for i := range typ.NumField() {
				if tag, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ","); tag != "" {
					want = append(want, tag)
				}
			}
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("backend/report/schema.json has the members %v, the documents %v", got, want)
			}
		})
	}
}

func TestWhatTheProgramStoresIsReadAgain(t *testing.T) {
	r, err := report.DefaultReport("Lumen")
	if err != nil {
		t.Fatal(err)
	}
	d, err := report.DefaultDashboard("Lumen")
	if err != nil {
		t.Fatal(err)
	}
	detached := report.Detach(&r.Pages[0], &r.Pages[0].Visuals[0], report.PageState{})
	d.Tiles = append(d.Tiles, report.Tile{ID: "detached", Place: report.Place{Y: 19, W: 1, H: 1}, Visual: detached}, report.Tile{ID: "follows", Place: report.Place{Y: 20, W: 1, H: 1}, Source: &report.TileSource{ReportID: "r", PageID: "p"},
		State: report.PageState{Slicers: map[string][]any{"area": {"Lumen\\Web", nil}}, Drill: map[string]report.Drill{"v": {Level: 1}}}})
	body, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := report.DecodeReport(body); err != nil {
		t.Error(err)
	}
	if body, err = json.Marshal(d); err != nil {
		t.Fatal(err)
	}
	if _, err := report.DecodeDashboard(body); err != nil {
		t.Error(err)
	}
}

func TestADocumentThatDiffersFromTheSchemaIsRefusedAtItsPlace(t *testing.T) {
	page, err := fs.ReadFile(os.DirFS("defaults"), "01-open-bug-status.json")
	if err != nil {
		t.Fatal(err)
	}
	whole := func(page string) string { return `{"version":2,"name":"Lumen","pages":[` + page + `]}` }
	if _, err := report.DecodeReport([]byte(whole(string(page)))); err != nil {
		t.Fatal(err)
	}
	one := `{"id":"p","name":"P","title":"P","visuals":[{"id":"v","type":"card","title":"V","place":{"x":0,"y":0,"w":1,"h":1},"query":{"values":["Open bugs"]},"options":{}}]}`
	for name, c := range map[string]struct{ body, says string }{
		"a type that is none":         {whole(strings.Replace(one, `"card"`, `"gauge"`, 1)), "pages/0/visuals/0/type"},
		"a width of nothing":          {whole(strings.Replace(one, `"w":1`, `"w":0`, 1)), "pages/0/visuals/0/place/w"},
		"a visual without a place":    {whole(strings.Replace(one, `"place":{"x":0,"y":0,"w":1,"h":1},`, "", 1)), "pages/0/visuals/0"},
		"a value without a measure":   {whole(strings.Replace(one, `"Open bugs"`, `{"name":"Bugs"}`, 1)), "pages/0/visuals/0/query/values/0"},
		"an operator that is none":    {whole(strings.Replace(one, `"values":["Open bugs"]`, `"values":["Open bugs"],"filters":[{"field":"Teams[Team]","op":"like"}]`, 1)), "filters/0/op"},
		"a page without a name":       {whole(strings.Replace(one, `"name":"P",`, "", 1)), "pages/0"},
		"a slicer of an unknown kind": {whole(strings.Replace(one, `"visuals"`, `"slicers":[{"id":"s","title":"S","field":"Teams[Team]","kind":"wheel"}],"visuals"`, 1)), "pages/0/slicers/0/kind"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := report.DecodeReport([]byte(c.body))
			var refused *fault.Error
			if !errors.As(err, &refused) || refused.Code != fault.Corrupt || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want a refusal of %s", err, c.says)
			}
		})
	}
}
