package desktop

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"sightline/backend/fault"
	"sightline/backend/report"
	"sightline/backend/workspace"
)

// PageArrangement is what a person decides of a page: its place by its position in the list, its name, whether it
// has a tab.
type PageArrangement struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Hidden bool   `json:"hidden"`
}

// longestPageName is what still fits a tab.
const longestPageName = 60

// Arrange puts the pages of a report in the order of the list, with its names and without tabs for hidden ones. Pages
// that the list leaves out, as those that are absent, keep their places behind the page they follow. Faults: NotFound for
// a report or a page that is gone, Invalid for an empty or too long name, or when no page would have a tab.
func (r *Reports) Arrange(reportID string, pages []PageArrangement) (ReportView, error) {
	r.p.await()
	return guard(r.p.Log, "Reports.Arrange", func() (ReportView, error) {
		if err := r.p.arrange(r.p.ctx, reportID, pages); err != nil {
			return ReportView{}, err
		}
		return r.p.reportView(r.p.ctx, reportID)
	})
}

func (p *Program) arrange(ctx context.Context, reportID string, pages []PageArrangement) error {
	var refused error
	err := p.Workspace.ChangeDocument(ctx, reportID, func(d *workspace.Document) bool {
		var rep report.Report
		if d.Kind != workspace.ReportDocument {
			refused = fault.New(fault.NotFound, "desktop.arrange", "There is no such report.", "Choose one at the left.")
			return false
		}
		if rep, refused = report.DecodeReport(d.Body); refused != nil {
			return false
		}
		if rep.Pages, refused = arranged(rep.Pages, pages); refused != nil {
			return false
		}
		var body []byte
		if body, refused = json.Marshal(rep); refused != nil {
			refused = fault.Wrap("desktop.arrange", refused)
			return false
		}
		d.Body, d.Changed = body, p.Clock()
		return true
	})
	if refused != nil {
		return refused
	}
	return err
}

// arranged are the pages in the order of the list. The list is refused as a whole.
func arranged(pages []report.Page, list []PageArrangement) ([]report.Page, error) {
	const op = "desktop.arranged"
	listed := map[string]bool{}
	visible := false
	var out []report.Page
	for _, a := range list {
		at := slices.IndexFunc(pages, func(p report.Page) bool { return p.ID == a.ID })
		if at < 0 || listed[a.ID] {
			return nil, fault.New(fault.NotFound, op, "The report has changed: its pages are not those that were arranged.", "Open the report again.")
		}
		name := strings.Join(strings.Fields(a.Name), " ")
		if name == "" || len([]rune(name)) > longestPageName {
			return nil, fault.New(fault.Invalid, op, "The page "+pages[at].Name+" needs a name of 1 to 60 characters.", "Type a name.")
		}
		listed[a.ID] = true
		visible = visible || !a.Hidden
		page := pages[at]
		page.Name, page.Hidden = name, a.Hidden
		out = append(out, page)
	}
	if !visible {
		return nil, fault.New(fault.Invalid, op, "One page at least must stay.", "Show another page first.")
	}
	for i, p := range pages {
		if listed[p.ID] {
			continue
		}
		after := 0 // at the front, when it was the first
		if i > 0 {
			after = 1 + slices.IndexFunc(out, func(o report.Page) bool { return o.ID == pages[i-1].ID })
		}
		out = slices.Insert(out, after, p)
	}
	return out, nil
}
