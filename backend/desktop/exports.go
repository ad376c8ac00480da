package desktop

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"sightline/backend/dataset"
	"sightline/backend/export"
	"sightline/backend/fault"
	"sightline/backend/report"
)

// Exports writes what visuals show, and the rows behind them, as files.
type Exports struct{ p *Program }

// ExportRequest says what is to be written.
type ExportRequest struct {
	ReportID string           `json:"reportId"`
	PageID   string           `json:"pageId"`
	VisualID string           `json:"visualId"`
	State    report.PageState `json:"state"`
	Format   string           `json:"format"` // csv or xlsx
	// What is summarized, the numbers as the visual shows them, or underlying, the rows that count into its first value.
	What string `json:"what"`
	// Columns of underlying rows, as Items.Columns names them; none are the usual ones of their table.
	Columns []string `json:"columns"`
	// Mark begins a CSV file with a byte order mark, which spreadsheets want and other programs do not.
	Mark bool `json:"mark"`
}

// ExportPlan is an export before it is made.
type ExportPlan struct {
	Name string `json:"name"` // of the file
	Rows int    `json:"rows"`
	// Warning says what to expect of a file that is very large, or "".
	Warning string `json:"warning"`
	// Link is where the page downloads it from under serve; it works once.
	Link string `json:"link"`
}

const (
	csvFormat      = "csv"
	xlsxFormat     = "xlsx"
	summarized     = "summarized"
	underlying     = "underlying"
	warnedRows     = 1_000_000
	workbookSheets = export.MostRows - 1
)

// Plan says what a file would be, without writing it. Faults: NotFound for what the report has not any more, Invalid for
// a visual that no rows stand behind.
func (e *Exports) Plan(request ExportRequest) (ExportPlan, error) {
	e.p.await()
	return guard(e.p.Log, "Exports.Plan", func() (ExportPlan, error) {
		made, err := e.p.exported(e.p.ctx, &request)
		if err != nil {
			return ExportPlan{}, err
		}
		return made.plan(), nil
	})
}

// Save writes the file where the person says. Under serve nothing is written: the answer carries a link that the page
// downloads.
func (e *Exports) Save(request ExportRequest) (SaveResult, error) {
	e.p.await()
	return guard(e.p.Log, "Exports.Save", func() (SaveResult, error) {
		made, err := e.p.exported(e.p.ctx, &request)
		if err != nil {
			return SaveResult{}, err
		}
		path, ok, err := e.p.Platform.SaveStream(made.name, made.write)
		if err != nil {
			return SaveResult{}, fault.New(fault.CodeOf(err), "desktop.Exports.Save", "The file "+made.name+" could not be written.", "Choose another folder, or make room.").Because(err)
		}
		if !ok {
			return SaveResult{Download: true, Link: "/api/exports/" + e.p.offers.add(made)}, nil
		}
		return SaveResult{Path: path, Canceled: path == ""}, nil
	})
}

// Export writes one visual of a page to out, for a verb. It answers what was written.
func (p *Program) Export(ctx context.Context, request ExportRequest, out io.Writer) (ExportPlan, error) {
	p.await()
	made, err := p.exported(ctx, &request)
	if err != nil {
		return ExportPlan{}, err
	}
	return made.plan(), made.write(out)
}

// made is a file that is about to be written.
type made struct {
	name   string
	sheet  export.Sheet
	rows   int
	format string
	mark   bool
}

func (m *made) plan() ExportPlan {
	plan := ExportPlan{Name: m.name, Rows: m.rows}
	switch {
	case m.rows > warnedRows:
		plan.Warning = fmt.Sprintf("%d rows: the file takes a while to write, and many programs open no more than a million.", m.rows)
	case m.format == xlsxFormat && m.rows > workbookSheets:
		plan.Warning = "A sheet of a workbook holds 1,048,575 rows; the others go on in further sheets."
	}
	return plan
}

func (m *made) write(out io.Writer) error {
	if m.format == xlsxFormat {
		return export.XLSX(out, &m.sheet)
	}
	return export.CSV(out, &m.sheet, m.mark)
}

// exported finds what a request asks for. Its rows are read when they are written.
func (p *Program) exported(ctx context.Context, request *ExportRequest) (*made, error) {
	const op = "desktop.exported"
	if !slices.Contains([]string{csvFormat, xlsxFormat}, request.Format) || !slices.Contains([]string{summarized, underlying}, request.What) {
		return nil, fault.New(fault.Invalid, op, fmt.Sprintf("There is no export as %q of %q.", request.Format, request.What), "Choose csv or xlsx, and summarized or underlying.")
	}
	doc, rep, err := p.report(ctx, request.ReportID)
	if err != nil {
		return nil, err
	}
	page, engine, err := p.pageAndEngine(ctx, request.ReportID, request.PageID)
	if err != nil {
		return nil, err
	}
	visual := page.Visual(request.VisualID)
	if visual == nil {
		return nil, fault.New(fault.NotFound, op, "The page "+page.Name+" has no such visual any more.", "Open the page again.")
	}
	opened, err := p.open(ctx, doc.DatasetID)
	if err != nil {
		return nil, err
	}
	d, c, err := p.connected(ctx, doc.DatasetID)
	if err != nil {
		return nil, err
	}
	out := &made{name: fileName(visual.Title) + "." + request.Format, format: request.Format, mark: request.Mark}
	out.sheet.Title = visual.Title
	source := exportSource{engine: engine, opened: opened, url: c.URL, page: page, visual: visual, request: request}
	if request.What == summarized {
		err = source.summarize(ctx, out)
	} else {
		err = source.list(ctx, out)
	}
	if err != nil {
		return nil, err
	}
	out.sheet.About = append(out.sheet.About, export.Fact{Name: "Report", Value: rep.Name}, export.Fact{Name: "Page", Value: page.Title},
		export.Fact{Name: "Dataset", Value: d.Name}, export.Fact{Name: "Organization", Value: c.Organization}, export.Fact{Name: "Address", Value: c.URL},
		export.Fact{Name: "Connected as", Value: strings.TrimSpace(c.IdentityName + " " + c.IdentityAddress)}, export.Fact{Name: "Refreshed", Value: stamp(d.LastRefresh)}, export.Fact{Name: "Written", Value: stamp(p.Clock())})
	return out, nil
}

// exportSource is a visual that is exported, with what answers it.
type exportSource struct {
	engine  dataset.Engine
	opened  OpenedDataset
	url     string // of the organization
	page    *report.Page
	visual  *report.Visual
	request *ExportRequest
}

// query is that of the visual under the state of its page.
func (s *exportSource) query(ctx context.Context) dataset.Query {
	state, now := settled(ctx, s.engine, s.page, s.request.State)
	q, _ := report.Compile(s.page, s.visual, state)
	return now.onSprint(q)
}

// narrowed are the facts that say what the rows are of.
func narrowed(q *dataset.Query, asOf, zone string) []export.Fact {
	facts := []export.Fact{{Name: "As of", Value: asOf}, {Name: "Time zone", Value: zone}}
	if len(q.Filters) > 0 {
		facts = append(facts, export.Fact{Name: "Filters", Value: report.Restate(q.Filters)})
	}
	if len(q.Highlight) > 0 {
		facts = append(facts, export.Fact{Name: "Highlighted", Value: report.Restate(q.Highlight)})
	}
	return facts
}
